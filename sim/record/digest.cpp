#include "sim/record/digest.hpp"

#include <algorithm>
#include <mutex>
#include <vector>

#include "sim/contract/errors.hpp"
#include "sim/record/compress.hpp"
#include "sim/record/h5.hpp"
#include "sim/result/digest.hpp"

namespace sarx {

namespace {

using h5::Handle;

std::vector<std::string> names_in(hid_t group) {
    H5G_info_t info;
    h5::check(H5Gget_info(group, &info), "list a group");
    std::vector<std::string> found;
    for (hsize_t i = 0; i < info.nlinks; ++i) {
        ssize_t const n = H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, i, nullptr, 0, H5P_DEFAULT);
        if (n < 0) throw h5::Error("HDF5 could not list a group");
        std::string name(static_cast<std::size_t>(n), '\0');
        H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, i, name.data(), name.size() + 1, H5P_DEFAULT);
        found.push_back(std::move(name));
    }
    return found;
}

bool is_axis(hid_t dataset) { return H5Aexists(dataset, "CLASS") > 0; }  // a dimension scale

std::vector<std::size_t> lengths_of(hid_t space) {
    std::vector<hsize_t> lengths(static_cast<std::size_t>(std::max(H5Sget_simple_extent_ndims(space), 0)));
    H5Sget_simple_extent_dims(space, lengths.data(), nullptr);
    return {lengths.begin(), lengths.end()};
}

/// Numbers of a box of a dataset.
template <class T>
std::vector<T> box(hid_t dataset, hid_t space, hid_t type, std::vector<std::size_t> const& first,
                   std::vector<std::size_t> const& lengths) {
    std::vector<hsize_t> const start(first.begin(), first.end());
    std::vector<hsize_t> const count(lengths.begin(), lengths.end());
    hsize_t n = 1;
    for (hsize_t const c : count) n *= c;
    Handle const memory(H5Screate_simple(1, &n, nullptr), "space");
    h5::check(H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr), "select");
    std::vector<T> numbers(n);
    h5::check(H5Dread(dataset, type, memory.id(), space, H5P_DEFAULT, numbers.data()), "read values");
    return numbers;
}

/// Adds a dataset of numbers, about 4 million at a time.
void add_dataset(hid_t id, std::string const& path, Digest& digest) {
    constexpr std::size_t at_once = std::size_t{1} << 22;
    Handle const type(H5Dget_type(id), "type");
    Handle const space(H5Dget_space(id), "space");
    H5T_class_t const kind = H5Tget_class(type.id());
    auto const lengths = lengths_of(space.id());
    bool const is_empty = std::ranges::find(lengths, std::size_t{0}) != lengths.end();
    if ((kind != H5T_FLOAT && kind != H5T_INTEGER) || lengths.empty() || is_empty || is_axis(id)) return;
    h5::require_filters(id, path);
    // Boxes reach along the last axes whole, along one of the others as far as fits, and one place along those before.
    std::vector<std::size_t> reach(lengths.size(), 1);
    std::size_t numbers = 1;
    for (std::size_t a = lengths.size(); a-- > 0 && numbers < at_once; numbers *= reach[a])
        reach[a] = std::clamp<std::size_t>(at_once / numbers, 1, lengths[a]);
    std::vector<std::size_t> first(lengths.size(), 0);
    for (;;) {
        std::vector<std::size_t> count;
        for (std::size_t a = 0; a < first.size(); ++a) count.push_back(std::min(reach[a], lengths[a] - first[a]));
        if (kind == H5T_FLOAT)
            digest.add<double>(path, first, count, box<double>(id, space.id(), H5T_NATIVE_DOUBLE, first, count));
        else
            digest.add<std::int64_t>(path, first, count,
                                     box<std::int64_t>(id, space.id(), H5T_NATIVE_INT64, first, count));
        std::size_t a = first.size();
        while (a-- > 0) {
            first[a] += reach[a];
            if (first[a] < lengths[a]) break;
            first[a] = 0;
            if (a == 0) return;
        }
    }
}

/// A column of a group, whole or from a place on.
template <class T>
std::vector<T> column(hid_t group, std::string const& name, hid_t type, std::size_t from, std::size_t count) {
    if (count == 0) return {};
    Handle const d(H5Dopen2(group, name.c_str(), H5P_DEFAULT), name);
    h5::require_filters(d.id(), name);
    Handle const space(H5Dget_space(d.id()), "space");
    return box<T>(d.id(), space.id(), type, {from}, {count});
}

std::size_t length_of(hid_t group, std::string const& name) {
    Handle const d(H5Dopen2(group, name.c_str(), H5P_DEFAULT), name);
    Handle const space(H5Dget_space(d.id()), "space");
    return lengths_of(space.id()).at(0);
}

void add_events(hid_t group, Digest& digest) {
    constexpr std::size_t at_once = std::size_t{1} << 20;
    std::size_t const all = length_of(group, "arm");
    for (std::size_t from = 0; from < all; from += at_once) {
        std::size_t const n = std::min(at_once, all - from);
        auto const arm = column<std::uint32_t>(group, "arm", H5T_NATIVE_UINT32, from, n);
        auto const person = column<std::uint32_t>(group, "person", H5T_NATIVE_UINT32, from, n);
        auto const kind = column<std::uint8_t>(group, "kind", H5T_NATIVE_UINT8, from, n);
        auto const time = column<double>(group, "time_years", H5T_NATIVE_DOUBLE, from, n);
        auto const value = column<float>(group, "value", H5T_NATIVE_FLOAT, from, n);
        for (std::size_t i = 0; i < n; ++i) digest.add_event(arm[i], person[i], kind[i], time[i], value[i]);
    }
}

void add_motor_units(hid_t group, std::vector<std::string> const& names, Digest& digest) {
    std::size_t const n = length_of(group, "row_size");
    auto const size = column<std::uint32_t>(group, "row_size", H5T_NATIVE_UINT32, 0, n);
    auto const arm = column<std::uint32_t>(group, "arm", H5T_NATIVE_UINT32, 0, n);
    auto const person = column<std::uint32_t>(group, "person", H5T_NATIVE_UINT32, 0, n);
    auto const muscle = column<std::uint32_t>(group, "muscle", H5T_NATIVE_UINT32, 0, n);
    auto const time = column<double>(group, "time_years", H5T_NATIVE_DOUBLE, 0, n);
    std::size_t const units = length_of(group, "unit");
    for (std::string const& name : names) {
        if (name == "row_size" || name == "arm" || name == "person" || name == "muscle" || name == "time_years" ||
            name == "unit" || name == "snapshot")
            continue;
        auto const numbers = column<float>(group, name, H5T_NATIVE_FLOAT, 0, units);
        std::size_t from = 0;
        for (std::size_t i = 0; i < n; from += size[i++]) {
            if (from + size[i] > units) throw h5::Error("motor units of a snapshot are missing");
            digest.add_units(name, arm[i], person[i], muscle[i], time[i], std::span(numbers).subspan(from, size[i]));
        }
    }
}

void add_group(hid_t id, std::string const& path, Digest& digest) {
    std::vector<std::string> const names = names_in(id);
    if (path == "provenance") return;
    if (path == "events") return add_events(id, digest);
    if (path == "motor_units") return add_motor_units(id, names, digest);
    for (std::string const& name : names) {
        std::string const child = path.empty() ? name : path + "/" + name;
        Handle const object(H5Oopen(id, name.c_str(), H5P_DEFAULT), child);
        if (H5Iget_type(object.id()) == H5I_GROUP)
            add_group(object.id(), child, digest);
        else if (H5Iget_type(object.id()) == H5I_DATASET)
            add_dataset(object.id(), child, digest);
    }
}

}  // namespace

std::uint64_t digest_of_file(std::string const& path) {
    static std::mutex one_at_a_time;
    std::lock_guard const lock(one_at_a_time);
    hid_t const opened = h5::open_to_read(path);
    if (opened < 0) throw InputError(path + ": not an HDF5 file, or damaged");
    try {
        Handle const file(opened, path);
        Handle const root(H5Gopen2(file.id(), "/", H5P_DEFAULT), "root");
        Digest digest;
        add_group(root.id(), "", digest);
        return digest.value();
    } catch (h5::Error const& e) { throw OutputError("cannot read " + path + ": " + e.what()); }
}

}  // namespace sarx
