// The digest of results: the same from the stream and from the file, in any order, and another for any other number.

#include "sim/result/digest.hpp"

#include <hdf5.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <set>

#include "read_file.hpp"
#include "sim/result/results.hpp"
#include "support/catch.hpp"

using namespace made_up;

namespace {

/// Digest of the stream alone.
std::uint64_t streamed(Plan const& plan, std::vector<BatchResult> const& batches) {
    Results results(plan);
    for (auto const& b : batches) results.accept(b);
    return results.digest(plan.population.people);
}

/// Names of all datasets of a file, links below groups and all.
std::vector<std::string> datasets_of(std::string const& file) {
    h5::Handle const f(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), file);
    std::vector<std::string> names;
    auto const collect = [](hid_t, char const* name, H5O_info_t const* info, void* into) -> herr_t {
        if (info->type == H5O_TYPE_DATASET) static_cast<std::vector<std::string>*>(into)->emplace_back(name);
        return 0;
    };
    h5::check(H5Ovisit1(f.id(), H5_INDEX_NAME, H5_ITER_INC, collect, &names), "visit");
    return names;
}

/// Changes the last number of a dataset; false where it has none that counts.
bool change(std::string const& file, std::string const& name) {
    h5::Handle const f(H5Fopen(file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), file);
    h5::Handle const d(H5Dopen2(f.id(), name.c_str(), H5P_DEFAULT), name);
    h5::Handle const type(H5Dget_type(d.id()), "type");
    h5::Handle const space(H5Dget_space(d.id()), "space");
    hssize_t const count = H5Sget_simple_extent_npoints(space.id());
    if (H5Tget_class(type.id()) == H5T_STRING || count == 0 || H5Aexists(d.id(), "CLASS") > 0) return false;
    std::vector<double> values(static_cast<std::size_t>(count));
    h5::check(H5Dread(d.id(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "read");
    values.back() = values.back() == 1.0 ? 2.0 : 1.0;
    h5::check(H5Dwrite(d.id(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "write");
    return true;
}

}  // namespace

TEST_CASE("stream and file have one digest, whatever is recorded", "[digest]") {
    Folder const folder;
    std::set<std::uint64_t> seen;
    auto const check = [&](Plan const& plan) {
        std::uint64_t const digest = streamed(plan, all_batches(plan));
        CHECK(record(plan, folder.file(std::to_string(seen.size()) + ".h5")) == digest);
        CHECK(seen.insert(digest).second);
    };
    Plan plan = plan_of(300);
    check(plan);
    plan.record.significant_bits = 9;
    check(plan);
    plan.record.people = 70;
    check(plan);
    plan.record.people = 0;
    plan.record.motor_units.people = 0;
    check(plan);
    Plan ages = plan_of(200);
    ages.population.start_age_from_years = 60.0;
    ages.population.start_age_to_years = 75.0;
    check(ages);
    Plan alone = plan_of(50);
    alone.arms.resize(1);
    check(alone);
    Plan bare = plan_of(50);
    bare.record.traits.clear();  // then sex and age are written for themselves
    check(bare);
    Plan survey = plan_of(130);
    survey.population.weighted = survey.population.has_strata = survey.population.has_sampling_units = true;
    for (std::uint32_t p = 0; p < 130; ++p) {
        GivenPerson person;
        person.id = std::to_string(p);
        person.age_years = 60.0 + p % 7;
        person.weight = 1.0 + p % 3;
        person.stratum = p % 2 == 0 ? "north" : "south";
        person.sampling_unit = std::to_string(p % 11);
        survey.population.given.push_back(person);
        survey.population.chosen.push_back(2 * p);
    }
    check(survey);
}

TEST_CASE("batches may come in any order, and from any part", "[digest]") {
    Plan const plan = plan_of(300);
    auto batches = all_batches(plan);
    std::uint64_t const digest = streamed(plan, batches);
    std::ranges::reverse(batches);
    CHECK(streamed(plan, batches) == digest);

    Layout const layout(plan);
    Accumulators sums(layout);
    Digest parts;
    for (auto const& b : batches) {
        parts.add(digest_of(layout, b));
        sums.add(b);
    }
    parts.add(digest_of(layout, sums));
    CHECK(parts.value() == digest);
}

TEST_CASE("one number changed anywhere is another digest", "[digest]") {
    Folder const folder;
    Plan plan = plan_of(40);
    std::uint64_t const digest = record(plan, folder.file());
    int changed = 0;
    for (std::string const& name : datasets_of(folder.file())) {
        if (name.starts_with("provenance/")) continue;
        std::filesystem::copy_file(folder.file(), folder.file("other.h5"),
                                   std::filesystem::copy_options::overwrite_existing);
        if (!change(folder.file("other.h5"), name)) continue;
        INFO(name);
        CHECK(digest_of_file(folder.file("other.h5")) != digest);
        ++changed;
    }
    CHECK(changed > 100);
}

TEST_CASE("two numbers that change places are another digest", "[digest]") {
    Plan const plan = plan_of(40);
    auto batches = all_batches(plan);
    std::uint64_t const digest = streamed(plan, batches);
    std::swap(batches[0].traits[batches[0].people], batches[0].traits[batches[0].people + 1]);
    CHECK(streamed(plan, batches) != digest);
}

TEST_CASE("what words and descriptions say does not count", "[digest]") {
    Plan const plan = plan_of(40);
    Plan other = plan;
    other.title = "Another title";
    other.arms[1].name = "another_name";
    other.resolved += "more\n";
    CHECK(streamed(other, all_batches(plan)) == streamed(plan, all_batches(plan)));
}

TEST_CASE("the definition, worked by hand", "[digest]") {
    std::uint64_t const nan = 0x7ff8000000000000ULL;
    std::uint64_t const seed = XXH3_64bits("strength_kg", 11);
    std::uint64_t const first[] = {1, 5, std::bit_cast<std::uint64_t>(0.5)};
    std::uint64_t const second[] = {1, 6, nan};
    Digest digest;
    std::vector<float> const numbers{0.5F, -std::nanf("7")};
    std::vector<std::size_t> const place{1, 5}, lengths{1, 2};
    digest.add<float>("strength_kg", place, lengths, numbers);
    CHECK(digest.value() ==
          XXH3_64bits_withSeed(first, sizeof first, seed) + XXH3_64bits_withSeed(second, sizeof second, seed));

    Digest whole;
    std::vector<std::int32_t> const counts{-3};
    std::vector<std::size_t> const zero{0}, one{1};
    whole.add<std::int32_t>("n", zero, one, counts);
    std::uint64_t const words[] = {0, static_cast<std::uint64_t>(-3LL)};
    CHECK(whole.value() == XXH3_64bits_withSeed(words, sizeof words, XXH3_64bits("n", 1)));
    CHECK(hexadecimal(0xfeedULL) == "000000000000feed");
}
