#pragma once
// Reads datasets of a finished file, and runs a whole recorder.

#include <algorithm>
#include <thread>

#include "made_up.hpp"
#include "sim/record/digest.hpp"
#include "sim/record/h5.hpp"
#include "sim/record/recorder.hpp"

namespace made_up {

template <class T>
std::vector<T> read(std::string const& file, std::string const& name) {
    h5::be_quiet();
    h5::Handle const f(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), file);
    h5::Handle const d(H5Dopen2(f.id(), name.c_str(), H5P_DEFAULT), name);
    h5::Handle const s(H5Dget_space(d.id()), "space");
    std::vector<T> values(static_cast<std::size_t>(H5Sget_simple_extent_npoints(s.id())));
    if (!values.empty())
        h5::check(H5Dread(d.id(), h5::type_of<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "read " + name);
    return values;
}

inline bool has(std::string const& file, std::string const& name) {
    h5::be_quiet();
    h5::Handle const f(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), file);
    return H5Lexists(f.id(), name.c_str(), H5P_DEFAULT) > 0;
}

inline std::vector<BatchResult> all_batches(Plan const& plan) {
    std::vector<BatchResult> batches;
    for (std::uint32_t b = 0; b < batches_of(plan); ++b) batches.push_back(batch_of(plan, b));
    return batches;
}

/// A whole run in one go; returns the digest of its file.
inline std::uint64_t record(Plan const& plan, std::string const& file) {
    Recorder recorder(plan, {.path = file, .command = "test"});
    for (auto const& b : all_batches(plan)) recorder.accept(b);
    recorder.finish();
    return digest_of_file(file);
}

/// Every batch a resumed run still has to do; returns the digest of the finished file.
inline std::uint64_t resume(Plan const& plan, std::string const& file) {
    Recorder recorder(plan, {.path = file, .resume = true, .command = "test, resumed"});
    auto const done = recorder.done();
    for (std::uint32_t b = 0; b < batches_of(plan); ++b)
        if (!done[b]) recorder.accept(batch_of(plan, b));
    recorder.finish();
    return digest_of_file(file);
}

/// What `f` throws, as text; "" where it does not.
template <class Error, class F>
std::string message_of(F f) {
    try {
        f();
    } catch (Error const& e) { return e.what(); }
    return "";
}

}  // namespace made_up
