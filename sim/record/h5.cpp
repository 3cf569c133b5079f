#include "sim/record/h5.hpp"

#include <cstring>
#include <filesystem>
#include <limits>
#include <memory>
#include <system_error>

#include "sim/contract/errors.hpp"

namespace sarx::h5 {

void be_quiet() {
    // Its cleaning up at exit crashes where memory has run out; whatever is open has an owner here.
    static bool const no_cleaning = H5dont_atexit() >= 0;
    static_cast<void>(no_cleaning);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

void require_filters(hid_t dataset, std::string_view name) {
    Handle const creation(H5Dget_create_plist(dataset), "dataset");
    for (int i = 0; i < H5Pget_nfilters(creation.id()); ++i) {
        unsigned flags = 0;
        std::size_t values = 0;
        char filter[64] = "";
        H5Z_filter_t const id = H5Pget_filter2(creation.id(), static_cast<unsigned>(i), &flags, &values, nullptr,
                                               sizeof filter, filter, nullptr);
        if (id >= 0 && H5Zfilter_avail(id) <= 0)
            throw Error(std::string(name) + " is stored with the filter '" + filter + "' (number " +
                        std::to_string(id) + "), which the HDF5 library here lacks");
    }
}

hid_t open_to_read(std::string const& path) {
    be_quiet();
    std::error_code unknown;
    if (!std::filesystem::exists(path, unknown)) throw InputError(path + ": there is no such file");
    return H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
}

std::string missing_filter() {
    be_quiet();
    if (H5Zfilter_avail(H5Z_FILTER_DEFLATE) <= 0) return "deflate";
    return H5Zfilter_avail(H5Z_FILTER_SHUFFLE) <= 0 ? "shuffle" : "";
}

void check(herr_t result, std::string_view what) {
    if (result < 0) throw Error("HDF5 could not " + std::string(what));
}

Handle::Handle(hid_t id, std::string_view what) : id_(id) {
    if (id < 0) throw Error("HDF5 could not make " + std::string(what));
}

bool Handle::close() {
    hid_t const id = std::exchange(id_, H5I_INVALID_HID);
    if (id < 0) return true;
    switch (H5Iget_type(id)) {
        case H5I_FILE: return H5Fclose(id) >= 0;
        case H5I_GROUP: return H5Gclose(id) >= 0;
        case H5I_DATASET: return H5Dclose(id) >= 0;
        case H5I_DATATYPE: return H5Tclose(id) >= 0;
        case H5I_DATASPACE: return H5Sclose(id) >= 0;
        case H5I_ATTR: return H5Aclose(id) >= 0;
        case H5I_GENPROP_LST: return H5Pclose(id) >= 0;
        case H5I_BADID: return false;
        default: return H5Oclose(id) >= 0;
    }
}

Handle::~Handle() { static_cast<void>(close()); }

hid_t text_type() {
    static Handle const type = [] {
        Handle t(H5Tcopy(H5T_C_S1), "text type");
        check(H5Tset_size(t.id(), H5T_VARIABLE), "size text");
        check(H5Tset_cset(t.id(), H5T_CSET_UTF8), "encode text");
        return t;
    }();
    return type.id();
}

namespace {

void fixed_text(hid_t object, char const* name, std::string const& value) {
    Handle const type(H5Tcopy(H5T_C_S1), "text type");
    check(H5Tset_size(type.id(), value.size() + 1), "size text");
    Handle const space(H5Screate(H5S_SCALAR), "space");
    Handle const a(H5Acreate2(object, name, type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT), name);
    check(H5Awrite(a.id(), type.id(), value.c_str()), name);
}

constexpr unsigned tracked = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

}  // namespace

void attribute(hid_t object, std::string const& name, std::string const& value) {
    Handle const space(H5Screate(H5S_SCALAR), "space");
    Handle const a(H5Acreate2(object, name.c_str(), text_type(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
                   "attribute " + name);
    char const* const text = value.c_str();
    check(H5Awrite(a.id(), text_type(), &text), "write attribute " + name);
}

File::File(std::string const& path) {
    be_quiet();
    Handle const creation(H5Pcreate(H5P_FILE_CREATE), "file");
    check(H5Pset_link_creation_order(creation.id(), tracked), "order links");
    check(H5Pset_attr_creation_order(creation.id(), tracked), "order attributes");
    Handle const access(H5Pcreate(H5P_FILE_ACCESS), "file");
    check(H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG), "set closing");
    file_ = Handle(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation.id(), access.id()), path);
}

File::~File() {
    axes_.clear();
    static_cast<void>(file_.close());
}

Handle File::group(hid_t parent, std::string const& name) const {
    Handle const creation(H5Pcreate(H5P_GROUP_CREATE), "group");
    check(H5Pset_link_creation_order(creation.id(), tracked), "order links");
    check(H5Pset_attr_creation_order(creation.id(), tracked), "order attributes");
    check(H5Pset_obj_track_times(creation.id(), false), "leave out times");
    return {H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, creation.id(), H5P_DEFAULT), "group " + name};
}

namespace {

Handle creation_of(hid_t type, Storage const& storage) {
    Handle c(H5Pcreate(H5P_DATASET_CREATE), "dataset");
    check(H5Pset_attr_creation_order(c.id(), tracked), "order attributes");
    check(H5Pset_obj_track_times(c.id(), false), "leave out times");
    if (!storage.chunk.empty()) {
        check(H5Pset_chunk(c.id(), static_cast<int>(storage.chunk.size()), storage.chunk.data()), "set chunks");
        if (storage.shuffle) check(H5Pset_shuffle(c.id()), "set shuffle");
        check(H5Pset_deflate(c.id(), 1), "set deflate");
    }
    if (storage.has_fill && H5Tequal(type, H5T_NATIVE_UINT8) > 0) {
        std::uint8_t const fill = 255;
        check(H5Pset_fill_value(c.id(), type, &fill), "set fill");
    } else if (storage.has_fill && H5Tequal(type, H5T_NATIVE_DOUBLE) > 0) {
        double const fill = std::numeric_limits<double>::quiet_NaN();
        check(H5Pset_fill_value(c.id(), type, &fill), "set fill");
    } else if (storage.has_fill) {
        float const fill = std::numeric_limits<float>::quiet_NaN();
        check(H5Pset_fill_value(c.id(), type, &fill), "set fill");
    }
    return c;
}

void fill_attribute(hid_t dataset, hid_t type) {
    if (H5Tequal(type, H5T_NATIVE_UINT8) > 0)
        attribute(dataset, "_FillValue", std::uint8_t{255});
    else if (H5Tequal(type, H5T_NATIVE_DOUBLE) > 0)
        attribute(dataset, "_FillValue", std::numeric_limits<double>::quiet_NaN());
    else
        attribute(dataset, "_FillValue", std::numeric_limits<float>::quiet_NaN());
}

std::vector<char const*> pointers_to(std::span<std::string const> texts) {
    std::vector<char const*> pointers;
    for (std::string const& t : texts) pointers.push_back(t.c_str());
    return pointers;
}

}  // namespace

Handle File::dataset(hid_t group, std::string const& name, hid_t type, Storage const& storage, hsize_t length) {
    Handle const space(H5Screate_simple(1, &length, nullptr), "space");
    Handle const creation = creation_of(type, storage);
    return {H5Dcreate2(group, name.c_str(), type, space.id(), H5P_DEFAULT, creation.id(), H5P_DEFAULT),
            "dataset " + name};
}

Axis& File::add_axis(hid_t group, std::string const& name, Handle d, hsize_t length, std::string const& label) {
    fixed_text(d.id(), "CLASS", "DIMENSION_SCALE");
    fixed_text(d.id(), "NAME", label);
    auto axis = std::make_unique<Axis>();
    check(H5Rcreate(&axis->reference, group, name.c_str(), H5R_OBJECT, -1), "refer to " + name);
    axis->dataset = std::move(d);
    axis->length = length;
    axes_.push_back(std::move(axis));
    return *axes_.back();
}

Axis& File::axis(hid_t group, std::string const& name, std::span<std::string const> labels) {
    Handle d = dataset(group, name, text_type(), {}, labels.size());
    auto const pointers = pointers_to(labels);
    if (!labels.empty())
        check(H5Dwrite(d.id(), text_type(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "write " + name);
    return add_axis(group, name, std::move(d), labels.size(), name);
}

Axis& File::axis(hid_t group, std::string const& name, hsize_t length) {
    // netCDF-4's sign of a dimension without a variable: this name, and the length in ten places.
    std::string digits = std::to_string(length);
    digits.insert(0, digits.size() < 10 ? 10 - digits.size() : 0, ' ');
    Handle d = dataset(group, name, H5T_NATIVE_FLOAT, {}, length);
    return add_axis(group, name, std::move(d), length,
                    "This is a netCDF dimension but not a netCDF variable." + digits);
}

Handle File::create(hid_t group, std::string const& name, hid_t type, std::vector<Axis*> const& axes,
                    Storage const& storage) {
    std::vector<hsize_t> dims;
    for (Axis const* a : axes) dims.push_back(a->length);
    Handle const space(
        dims.empty() ? H5Screate(H5S_SCALAR) : H5Screate_simple(static_cast<int>(dims.size()), dims.data(), nullptr),
        "space");
    Handle const creation = creation_of(type, storage);
    Handle d(H5Dcreate2(group, name.c_str(), type, space.id(), H5P_DEFAULT, creation.id(), H5P_DEFAULT),
             "dataset " + name);
    if (storage.has_fill) fill_attribute(d.id(), type);
    if (axes.empty()) return d;

    std::vector<hvl_t> lists;
    for (Axis* a : axes) lists.push_back({1, &a->reference});
    hsize_t const rank = axes.size();
    Handle const list_type(H5Tvlen_create(H5T_STD_REF_OBJ), "list of axes");
    Handle const list_space(H5Screate_simple(1, &rank, nullptr), "space");
    Handle const list(H5Acreate2(d.id(), "DIMENSION_LIST", list_type.id(), list_space.id(), H5P_DEFAULT, H5P_DEFAULT),
                      "list of axes");
    check(H5Awrite(list.id(), list_type.id(), lists.data()), "write list of axes");
    hobj_ref_t self{};
    check(H5Rcreate(&self, group, name.c_str(), H5R_OBJECT, -1), "refer to " + name);
    for (std::size_t i = 0; i < axes.size(); ++i) axes[i]->users.emplace_back(self, static_cast<int>(i));
    return d;
}

Handle File::create_with(hid_t group, std::string const& name, std::vector<Axis*> const& axes,
                         std::span<std::string const> values) {
    Handle d = create(group, name, text_type(), axes, {});
    auto const pointers = pointers_to(values);
    if (!values.empty())
        check(H5Dwrite(d.id(), text_type(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "write " + name);
    return d;
}

Handle File::text(hid_t group, std::string const& name, std::string const& value) {
    return create_with(group, name, {}, std::span<std::string const>(&value, 1));
}

void File::write_chunk(Handle const& d, std::vector<hsize_t> const& offset, std::span<std::byte const> stored) {
    check(H5Dwrite_chunk(d.id(), H5P_DEFAULT, 0, offset.data(), stored.size(), stored.data()), "write a chunk");
}

void File::finish() {
    struct User {
        hobj_ref_t dataset;
        int dimension;
    };
    Handle const type(H5Tcreate(H5T_COMPOUND, sizeof(User)), "list of users");
    check(H5Tinsert(type.id(), "dataset", offsetof(User, dataset), H5T_STD_REF_OBJ), "list users");
    check(H5Tinsert(type.id(), "dimension", offsetof(User, dimension), H5T_NATIVE_INT), "list users");
    for (auto const& axis : axes_) {
        std::vector<User> users;
        for (auto const& [dataset, dimension] : axis->users) users.push_back({dataset, dimension});
        if (users.empty()) continue;
        hsize_t const count = users.size();
        Handle const space(H5Screate_simple(1, &count, nullptr), "space");
        Handle const list(
            H5Acreate2(axis->dataset.id(), "REFERENCE_LIST", type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
            "list of users");
        check(H5Awrite(list.id(), type.id(), users.data()), "write list of users");
    }
    axes_.clear();
    check(H5Fflush(file_.id(), H5F_SCOPE_GLOBAL), "write the file");
    if (!file_.close()) throw Error("HDF5 could not close the file");
}

}  // namespace sarx::h5
