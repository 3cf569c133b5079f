#include "sim/tables/draws_file.hpp"

#include <algorithm>

namespace sarx {

namespace {

void place(YamlNode& node, Mark const& mark) {
    node.mark = mark;
    for (auto& item : node.items) place(item, mark);
    for (auto& [key, value] : node.fields) {
        place(key, mark);
        place(value, mark);
    }
}

}  // namespace

DrawsFile::DrawsFile(std::string_view text, std::string const& path, Problems& problems)
    : csv_(text), file_(static_cast<int>(problems.files.size())), problems_(problems) {
    problems.files.push_back(path);
    std::size_t const before = problems.list().size();
    problems.add_faults_of(text, file_);
    if (problems.list().size() == before) read_columns();
    if (problems.list().size() != before) columns_.clear();
}

void DrawsFile::read_columns() {
    std::string fault;
    auto const header = csv_.next(fault);
    if (!header) return refuse(0, 0, "", "holds no parameter sets", "a row each, below the names of columns");
    if (!fault.empty()) refuse(header->line, 1, "", fault, "");
    for (auto const& cell : header->cells) {
        std::string const name = cell.text.substr(0, 100);
        if (!name.starts_with(parameters_path))
            refuse(header->line, cell.column, "", "'" + name + "' is no path of --set",
                   "a column is named " + std::string(parameters_path) + "..., of the parameter");
        if (std::ranges::find(columns_, cell.text, &YamlNode::text) != columns_.end())
            refuse(header->line, cell.column, name, "the column stands here twice", "");
        columns_.push_back(node_of(*header, cell));
    }
}

std::optional<std::vector<YamlNode>> DrawsFile::next() {
    std::string fault;
    while (auto const row = csv_.next(fault)) {
        ++rows_;
        std::size_t const before = problems_.list().size();
        if (!fault.empty()) refuse(row->line, 1, "", fault, "");
        fault.clear();
        if (row->cells.size() != columns_.size())
            refuse(row->line, 1, "", std::to_string(row->cells.size()) + " cells",
                   "the first row names " + std::to_string(columns_.size()) + " columns");
        std::vector<YamlNode> cells;
        for (auto const& cell : row->cells) {
            if (cell.text.empty() && cells.size() < columns_.size())
                refuse(row->line, cell.column, columns_[cells.size()].text, "is empty",
                       "a set has a value in each of its columns");
            cells.push_back(node_of(*row, cell));
        }
        if (problems_.list().size() == before) return cells;
    }
    return std::nullopt;
}

void DrawsFile::refuse(int line, int column, std::string const& name, std::string what, std::string why) {
    problems_.add({{file_, line, column}, name, std::move(what), std::move(why), ""});
}

YamlNode DrawsFile::node_of(CsvRow const& row, CsvCell const& cell) {
    Mark const here{file_, row.line, cell.column};
    YamlNode node;
    node.kind = YamlNode::Kind::scalar;
    node.text = cell.text;
    if (cell.text.starts_with('{')) {
        Problems inside;
        if (auto map = parse_yaml(cell.text, file_, inside)) node = std::move(*map);
        for (auto problem : inside.list()) {
            problem.where = here;
            problems_.add(std::move(problem));
        }
    }
    place(node, here);
    return node;
}

}  // namespace sarx
