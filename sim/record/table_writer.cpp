#include "sim/record/table_writer.hpp"

#include <span>
#include <type_traits>
#include <variant>
#include <vector>

namespace sarx {

void describe(hid_t dataset, std::string const& unit, std::string const& meaning) {
    h5::attribute(dataset, "units", unit);
    h5::attribute(dataset, "long_name", meaning);
}

h5::Axis& write_axis(h5::File& file, hid_t group, TableAxis const& axis) {
    h5::Axis& written = std::visit(
        [&]<class T>(std::vector<T> const& labels) -> h5::Axis& {
            if constexpr (std::is_same_v<T, std::string>)
                return file.axis(group, axis.name, std::span<std::string const>(labels));
            else
                return file.axis<T>(group, axis.name, std::span<T const>(labels));
        },
        axis.labels);
    describe(written.dataset.id(), axis.unit, axis.meaning);
    return written;
}

void TableWriter::begin(TableGroup const& group) {
    Begun& begun = groups_[group.name];
    begun.group = file_->group(file_->root(), group.name);
    for (auto const& [name, text] : group.attributes) h5::attribute(begun.group.id(), name, text);
    for (SharedAxis const& axis : group.axes) begun.axes[axis->name] = &write_axis(*file_, begun.group.id(), *axis);
}

void TableWriter::take(TableGroup const& group, Table const& table) {
    Begun const& begun = groups_.at(group.name);
    std::vector<h5::Axis*> axes;
    for (SharedAxis const& axis : table.axes) axes.push_back(begun.axes.at(axis->name));
    std::visit(
        [&]<class T>(std::vector<T> const& values) {
            h5::Storage storage{{}, false, std::is_floating_point_v<T>};
            if (table.axes.front()->name == "statistic") {  // statistics lie one after the other, each in a chunk
                storage.shuffle = true;
                for (h5::Axis const* axis : axes) storage.chunk.push_back(storage.chunk.empty() ? 1 : axis->length);
            }
            h5::Handle const d = file_->create<T>(begun.group.id(), table.name, axes, storage);
            if (!values.empty()) file_->write(d, values.data());
            describe(d.id(), table.unit, table.meaning);
            for (auto const& [name, value] : table.attributes)
                std::visit([&, &key = name](auto const& v) { h5::attribute(d.id(), key, v); }, value);
        },
        table.values);
}

}  // namespace sarx
