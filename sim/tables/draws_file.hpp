#pragma once
// A table of parameter sets, a row each, as `sarx calibrate` writes it: columns are named as paths of `--set`.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/tables/csv.hpp"
#include "sim/text/problems.hpp"
#include "sim/text/yaml_tree.hpp"

namespace sarx {

inline constexpr std::string_view parameters_path = "model.parameters.";

/// Every fault of the table's form goes to `problems` with its line; what the cells mean is the caller's to judge.
class DrawsFile {
public:
    DrawsFile(std::string_view text, std::string const& path, Problems& problems);

    /// Names of the columns, "model.parameters." and all; empty where the first row has a fault.
    [[nodiscard]] std::vector<YamlNode> const& columns() const { return columns_; }
    /// The next row that is whole, a cell for each column; empty at the end.
    std::optional<std::vector<YamlNode>> next();
    /// Rows so far, those with a fault counted.
    [[nodiscard]] std::uint32_t rows() const { return rows_; }

private:
    void refuse(int line, int column, std::string const& name, std::string what, std::string why);
    /// A number, or a distribution as a map of YAML.
    [[nodiscard]] YamlNode node_of(CsvRow const& row, CsvCell const& cell);
    void read_columns();

    Csv csv_;
    int file_;
    Problems& problems_;
    std::vector<YamlNode> columns_;
    std::uint32_t rows_ = 0;
};

}  // namespace sarx
