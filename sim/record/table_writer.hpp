#pragma once
// Tables into an HDF5 file: a group each, its axes as dimension scales, a dataset a table.

#include <map>
#include <string>

#include "sim/record/h5.hpp"
#include "sim/result/table.hpp"

namespace sarx {

/// units and long_name.
void describe(hid_t dataset, std::string const& unit, std::string const& meaning);

/// Writes an axis with its labels and what they mean.
h5::Axis& write_axis(h5::File& file, hid_t group, TableAxis const& axis);

class TableWriter final : public TableSink {
public:
    explicit TableWriter(h5::File& file) : file_(&file) {}
    void begin(TableGroup const& group) override;
    void take(TableGroup const& group, Table const& table) override;

    /// A group that was begun, and one of its axes.
    [[nodiscard]] hid_t group(std::string const& name) const { return groups_.at(name).group.id(); }
    [[nodiscard]] h5::Axis& axis(std::string const& group, std::string const& name) const {
        return *groups_.at(group).axes.at(name);
    }

private:
    struct Begun {
        h5::Handle group;
        std::map<std::string, h5::Axis*> axes;  ///< by name
    };
    h5::File* file_;
    std::map<std::string, Begun> groups_;
};

}  // namespace sarx
