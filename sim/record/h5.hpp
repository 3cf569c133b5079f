#pragma once
// HDF5 with owners for its handles and exceptions for its errors, and netCDF-4's dimensions: every axis
// of every dataset is a dimension scale.

#include <hdf5.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace sarx::h5 {

struct Error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Owns one identifier of any kind.
class Handle {
public:
    Handle() = default;
    /// Takes what a call of HDF5 returned; throws Error naming `what` where that is a failure.
    Handle(hid_t id, std::string_view what);
    Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)) {}
    Handle& operator=(Handle&& other) noexcept {
        std::swap(id_, other.id_);
        return *this;
    }
    Handle(Handle const&) = delete;
    Handle& operator=(Handle const&) = delete;
    ~Handle();
    [[nodiscard]] hid_t id() const { return id_; }
    explicit operator bool() const { return id_ >= 0; }
    /// Closes now and says whether that went well.
    [[nodiscard]] bool close();

private:
    hid_t id_ = H5I_INVALID_HID;
};

/// Throws Error where a call of HDF5 failed.
void check(herr_t result, std::string_view what);

/// Variable-length UTF-8 text.
[[nodiscard]] hid_t text_type();

template <class T>
[[nodiscard]] hid_t type_of() {
    if constexpr (std::is_same_v<T, float>)
        return H5T_NATIVE_FLOAT;
    else if constexpr (std::is_same_v<T, double>)
        return H5T_NATIVE_DOUBLE;
    else if constexpr (std::is_same_v<T, std::int32_t>)
        return H5T_NATIVE_INT32;
    else {
        static_assert(std::is_same_v<T, std::uint8_t>);
        return H5T_NATIVE_UINT8;
    }
}

/// A netCDF-4 dimension of a group: a labelled axis, or a bare length.
struct Axis {
    Handle dataset;
    hsize_t length = 0;
    hobj_ref_t reference{};
    std::vector<std::pair<hobj_ref_t, int>> users;
};

/// How a dataset is stored: in one piece where `chunk` is empty.
struct Storage {
    std::vector<hsize_t> chunk;
    bool shuffle = false;
    bool has_fill = false;
};

class File {
public:
    /// Creates it, in the place of what is there.
    explicit File(std::string const& path);
    ~File();
    File(File const&) = delete;
    File& operator=(File const&) = delete;

    [[nodiscard]] hid_t root() const { return file_.id(); }
    [[nodiscard]] Handle group(hid_t parent, std::string const& name) const;

    /// A labelled axis "name" of a group.
    template <class T>
    Axis& axis(hid_t group, std::string const& name, std::span<T const> values) {
        Handle d = dataset(group, name, type_of<T>(), {}, values.size());
        if (!values.empty()) write(d, values.data());
        return add_axis(group, name, std::move(d), values.size(), name);
    }
    Axis& axis(hid_t group, std::string const& name, std::span<std::string const> labels);
    /// An axis without labels.
    Axis& axis(hid_t group, std::string const& name, hsize_t length);

    /// A dataset along axes; floats are filled with NaN and uint8 with 255 where nothing is written.
    template <class T>
    Handle create(hid_t group, std::string const& name, std::vector<Axis*> const& axes, Storage const& storage = {}) {
        return create(group, name, type_of<T>(), axes, storage);
    }
    Handle create(hid_t group, std::string const& name, hid_t type, std::vector<Axis*> const& axes,
                  Storage const& storage);
    template <class T>
    Handle create_with(hid_t group, std::string const& name, std::vector<Axis*> const& axes,
                       std::span<T const> values) {
        Handle d = create<T>(group, name, axes, Storage{{}, false, std::is_floating_point_v<T>});
        if (!values.empty()) write(d, values.data());
        return d;
    }
    Handle create_with(hid_t group, std::string const& name, std::vector<Axis*> const& axes,
                       std::span<std::string const> values);
    /// One text, no axes.
    Handle text(hid_t group, std::string const& name, std::string const& value);

    template <class T>
    void write(Handle const& d, T const* values) {
        check(H5Dwrite(d.id(), type_of<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values), "write values");
    }
    /// Writes one chunk that is filtered already.
    void write_chunk(Handle const& d, std::vector<hsize_t> const& offset, std::span<std::byte const> stored);

    /// Names the axes' datasets on both sides, then closes. Throws Error where the file cannot be completed.
    void finish();

private:
    Handle dataset(hid_t group, std::string const& name, hid_t type, Storage const& storage, hsize_t length);
    Axis& add_axis(hid_t group, std::string const& name, Handle d, hsize_t length, std::string const& label);

    Handle file_;
    std::vector<std::unique_ptr<Axis>> axes_;
};

void attribute(hid_t object, std::string const& name, std::string const& value);
template <class T>
requires std::is_arithmetic_v<T>
void attribute(hid_t object, std::string const& name, std::vector<T> const& values) {
    hsize_t const count = values.size();
    Handle const space(count == 1 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &count, nullptr), "space");
    Handle const a(H5Acreate2(object, name.c_str(), type_of<T>(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
                   "attribute " + name);
    check(H5Awrite(a.id(), type_of<T>(), values.data()), "attribute " + name);
}
template <class T>
requires std::is_arithmetic_v<T>
void attribute(hid_t object, std::string const& name, T value) { attribute(object, name, std::vector<T>{value}); }

/// HDF5's own error printing off, and its cleaning up at exit, for good. Before any other use of HDF5.
void be_quiet();

/// Opens a file to be read; negative where it is no HDF5 file. Throws InputError where there is no such file.
[[nodiscard]] hid_t open_to_read(std::string const& path);

/// Throws Error, with the filter's name, where this HDF5 cannot undo what a dataset was stored with.
void require_filters(hid_t dataset, std::string_view name);
/// Whether this HDF5 has the filters that files are written with; else the name of one that it lacks.
[[nodiscard]] std::string missing_filter();

}  // namespace sarx::h5
