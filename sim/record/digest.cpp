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

class OldDigest {
public:
    void bytes(std::span<std::byte const> data) { value_ = hash_of(data, value_); }
    void text(std::string_view t) {
        bytes(std::as_bytes(std::span(t.data(), t.size())));
        number(t.size());
    }
    void number(std::uint64_t n) { bytes(std::as_bytes(std::span(&n, 1))); }
    [[nodiscard]] std::uint64_t value() const { return value_; }

    void group(hid_t id, std::string const& path) {
        text(path);
        if (path != "/provenance") attributes(id);
        for (std::string const& name : names_in(id)) {
            std::string child = path == "/" ? path : path + "/";
            child += name;
            Handle const object(H5Oopen(id, name.c_str(), H5P_DEFAULT), child);
            if (H5Iget_type(object.id()) == H5I_GROUP)
                group(object.id(), child);
            else if (H5Iget_type(object.id()) == H5I_DATASET)
                dataset(object.id(), child);
        }
    }

private:
    void values(hid_t type, hid_t space, hsize_t count, auto read) {
        H5T_class_t const kind = H5Tget_class(type);
        if (H5Tis_variable_str(type) > 0) {
            std::vector<char*> texts(count, nullptr);
            h5::check(read(h5::text_type(), texts.data()), "read text");
            for (char const* t : texts) text(t == nullptr ? "" : t);
            H5Dvlen_reclaim(h5::text_type(), space, H5P_DEFAULT, texts.data());
            return;
        }
        Handle const native(H5Tget_native_type(type, H5T_DIR_ASCEND), "type");
        number(static_cast<std::uint64_t>(kind));
        number(H5Tget_size(native.id()));
        Bytes raw(count * H5Tget_size(native.id()));
        h5::check(read(native.id(), raw.data()), "read values");
        bytes(raw);
    }

    void attributes(hid_t object) {
        Handle const where(H5Oopen(object, ".", H5P_DEFAULT), "object");
        std::vector<std::string> found;
        auto const collect = [](hid_t, char const* name, H5A_info_t const*, void* into) -> herr_t {
            static_cast<std::vector<std::string>*>(into)->emplace_back(name);
            return 0;
        };
        h5::check(H5Aiterate2(where.id(), H5_INDEX_NAME, H5_ITER_INC, nullptr, collect, &found), "list attributes");
        std::sort(found.begin(), found.end());
        for (std::string const& name : found) {
            // References are addresses in this very file; what they say is in the axes' names and lengths.
            if (name == "DIMENSION_LIST" || name == "REFERENCE_LIST") continue;
            text(name);
            Handle const a(H5Aopen(object, name.c_str(), H5P_DEFAULT), name);
            Handle const type(H5Aget_type(a.id()), "type");
            Handle const space(H5Aget_space(a.id()), "space");
            auto const count = static_cast<hsize_t>(std::max<hssize_t>(0, H5Sget_simple_extent_npoints(space.id())));
            number(count);
            values(type.id(), space.id(), count,
                   [&](hid_t memory, void* into) { return H5Aread(a.id(), memory, into); });
        }
    }

    void dataset(hid_t id, std::string const& path) {
        text(path);
        attributes(id);
        h5::require_filters(id, path);
        Handle const type(H5Dget_type(id), "type");
        Handle const space(H5Dget_space(id), "space");
        int const rank = H5Sget_simple_extent_ndims(space.id());
        std::vector<hsize_t> dims(static_cast<std::size_t>(std::max(rank, 0)));
        H5Sget_simple_extent_dims(space.id(), dims.data(), nullptr);
        for (hsize_t const d : dims) number(d);
        if (std::find(dims.begin(), dims.end(), hsize_t{0}) != dims.end()) return;
        // A dimension without labels has a length and no values.
        if (H5Dget_storage_size(id) == 0 && H5Tis_variable_str(type.id()) == 0) return;
        if (rank == 0) {
            values(type.id(), space.id(), 1,
                   [&](hid_t memory, void* into) { return H5Dread(id, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, into); });
            return;
        }
        // Slabs: one row of all leading axes but the longest of the first two, at most about 4 million values.
        std::size_t const split = rank >= 2 ? 1 : 0;
        hsize_t inner = 1;
        for (std::size_t i = split + 1; i < dims.size(); ++i) inner *= dims[i];
        hsize_t const step = std::max<hsize_t>(1, (hsize_t{1} << 22) / inner);
        for (hsize_t outer = 0; outer < (split == 1 ? dims[0] : 1); ++outer) {
            for (hsize_t from = 0; from < dims[split]; from += step) {
                std::vector<hsize_t> start(dims.size(), 0);
                std::vector<hsize_t> count = dims;
                if (split == 1) {
                    start[0] = outer;
                    count[0] = 1;
                }
                start[split] = from;
                count[split] = std::min(step, dims[split] - from);
                hsize_t const n = count[split] * inner;
                Handle const memory_space(H5Screate_simple(1, &n, nullptr), "space");
                h5::check(H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
                          "select");
                values(type.id(), memory_space.id(), n, [&](hid_t memory, void* into) {
                    return H5Dread(id, memory, memory_space.id(), space.id(), H5P_DEFAULT, into);
                });
            }
        }
    }

    std::uint64_t value_ = 0;
};

}  // namespace

std::uint64_t file_digest(std::string const& path) {
    static std::mutex one_at_a_time;
    std::lock_guard const lock(one_at_a_time);
    hid_t const opened = h5::open_to_read(path);
    if (opened < 0) throw InputError(path + ": not an HDF5 file, or damaged");
    try {
        Handle const file(opened, path);
        Handle const root(H5Gopen2(file.id(), "/", H5P_DEFAULT), "root");
        OldDigest digest;
        digest.group(root.id(), "/");
        return digest.value();
    } catch (h5::Error const& e) { throw OutputError("cannot read " + path + ": " + e.what()); }
}

namespace {

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
