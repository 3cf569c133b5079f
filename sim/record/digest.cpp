#include "sim/record/digest.hpp"

#include <algorithm>
#include <mutex>
#include <vector>

#include "sim/contract/errors.hpp"
#include "sim/record/compress.hpp"
#include "sim/record/h5.hpp"

namespace sarx {

namespace {

using h5::Handle;

class Digest {
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
        for (std::string const& name : names(id)) {
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
    static std::vector<std::string> names(hid_t group) {
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
        Digest digest;
        digest.group(root.id(), "/");
        return digest.value();
    } catch (h5::Error const& e) { throw OutputError("cannot read " + path + ": " + e.what()); }
}

}  // namespace sarx
