#pragma once
// Numbers along named axes: what statistics are told in, whoever writes, compares, hashes or prints them.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace sarx {

/// An axis and what lies at each of its places.
struct TableAxis {
    std::string name;  ///< "arm", "sex", "time_years"
    std::string unit;
    std::string meaning;
    std::variant<std::vector<std::string>, std::vector<double>, std::vector<std::int32_t>> labels;

    [[nodiscard]] std::size_t length() const {
        return std::visit([](auto const& list) { return list.size(); }, labels);
    }
};
using SharedAxis = std::shared_ptr<TableAxis const>;

/// One statistic of everything along its axes, the last of which runs fastest.
struct Table {
    std::string name;  ///< "grip_strength_kg_mean"
    std::string unit;
    std::string meaning;
    std::vector<SharedAxis> axes;
    std::variant<std::vector<double>, std::vector<std::int32_t>> values;  ///< NaN where there is nothing to tell
    std::vector<std::pair<std::string, std::variant<double, std::string>>> attributes{};
};

/// Tables that stand together and share axes.
struct TableGroup {
    std::string name;                                             ///< "summary"
    std::vector<std::pair<std::string, std::string>> attributes;  ///< "comment", "reference_arm"
    std::vector<SharedAxis> axes;                                 ///< those of any table, and no two of one name
};

/// Takes tables as they are made, so that not all need be in memory at once.
class TableSink {
public:
    virtual ~TableSink() = default;
    /// Before the group's first table.
    virtual void begin(TableGroup const& group) = 0;
    virtual void take(TableGroup const& group, Table const& table) = 0;
};

}  // namespace sarx
