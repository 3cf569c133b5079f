// People one by one: the cube, traits, events, motor units.

#include <cstring>

#include "read_file.hpp"
#include "sim/result/layout.hpp"
#include "support/catch.hpp"

using namespace made_up;

TEST_CASE("the cube, traits and divergences are what the batches said") {
    for (std::uint32_t const recorded : {1U, 20U, 90U, 100U}) {
        Plan plan = plan_of(100);
        plan.record.people = recorded;
        Folder const folder;
        record(plan, folder.file());
        auto const count = read<float>(folder.file(), "/unit_count");
        auto const stage = read<std::uint8_t>(folder.file(), "/stage");
        auto const youth = read<float>(folder.file(), "/youth_unit_count");
        auto const female = read<std::uint8_t>(folder.file(), "/female");
        auto const divergence = read<float>(folder.file(), "/effects/first_divergence_years");
        REQUIRE(count.size() == 3 * recorded * 2 * 9);
        REQUIRE(youth.size() == recorded * 2);
        REQUIRE(divergence.size() == 2 * recorded);
        auto const same = [](float a, float b) {
            return std::memcmp(&a, &b, sizeof a) == 0 || (std::isnan(a) && std::isnan(b));
        };
        bool all = true;
        for (auto const& b : all_batches(plan))
            for (std::size_t p = 0; p < b.people && b.first_person + p < recorded; ++p) {
                std::size_t const row = b.first_person + p;
                all = all && female[row] == (b.sex[p] == 0 ? 1 : 0);
                for (std::size_t m = 0; m < 2; ++m)
                    all = all && same(youth[row * 2 + m], b.traits[(2 + m) * b.people + p]);
                for (std::size_t a = 0; a < 3; ++a) {
                    if (a > 0)
                        all = all &&
                              same(divergence[(a - 1) * recorded + row], b.first_divergence_years[a * b.people + p]);
                    for (std::size_t t = 0; t < 9; ++t) {
                        for (std::size_t m = 0; m < 2; ++m)
                            all = all && same(count[((a * recorded + row) * 2 + m) * 9 + t],
                                              b.trajectories[(((1 + m) * 3 + a) * b.people + p) * 9 + t]);
                        float const s = b.trajectories[((4 * 3 + a) * b.people + p) * 9 + t];
                        all = all && stage[(a * recorded + row) * 9 + t] == (std::isnan(s) ? 255 : static_cast<int>(s));
                    }
                }
            }
        CHECK(all);
    }
}

TEST_CASE("events are those of recorded people, sorted by arm, person, time") {
    Plan plan = plan_of(100);
    plan.record.people = 41;
    Folder const folder;
    record(plan, folder.file());
    auto const arm = read<std::int32_t>(folder.file(), "/events/arm");
    auto const person = read<std::int32_t>(folder.file(), "/events/person");
    auto const time = read<double>(folder.file(), "/events/time_years");
    auto const kind = read<std::uint8_t>(folder.file(), "/events/kind");
    auto const value = read<float>(folder.file(), "/events/value");
    auto const batches = all_batches(plan);
    std::size_t at = 0;
    bool all = true;
    for (std::int32_t a = 0; a < 3; ++a)
        for (auto const& b : batches)
            for (Event const& e : b.events[static_cast<std::size_t>(a)]) {
                if (e.person >= 41) continue;
                REQUIRE(at < arm.size());
                all = all && arm[at] == a && person[at] == static_cast<std::int32_t>(e.person) &&
                      time[at] == e.time_years && kind[at] == e.kind && value[at] == e.value;
                ++at;
            }
    CHECK(at == arm.size());
    CHECK(all);
    for (std::size_t i = 1; i < arm.size(); ++i)
        CHECK(std::tuple(arm[i - 1], person[i - 1], time[i - 1]) <= std::tuple(arm[i], person[i], time[i]));
}

TEST_CASE("motor units are ragged arrays of the recorded snapshots") {
    Plan const plan = plan_of(100);
    Folder const folder;
    record(plan, folder.file());
    auto const row_size = read<std::int32_t>(folder.file(), "/motor_units/row_size");
    auto const person = read<std::int32_t>(folder.file(), "/motor_units/person");
    auto const size = read<float>(folder.file(), "/motor_units/unit_size");
    auto const age = read<float>(folder.file(), "/motor_units/unit_age_years");
    CHECK_FALSE(has(folder.file(), "/motor_units/unit_secret"));
    REQUIRE(row_size.size() == 5 * 3 * 2);
    std::size_t units = 0;
    for (auto const n : row_size) units += static_cast<std::size_t>(n);
    CHECK(units == size.size());
    CHECK(std::is_sorted(person.begin(), person.end()));
    auto const first = batch_of(plan, 0);
    std::size_t at = 0;
    for (std::size_t i = 0; i < first.motor_units.size(); ++i) {
        REQUIRE(static_cast<std::size_t>(row_size[i]) == first.motor_units[i].values[0].size());
        for (std::size_t u = 0; u < first.motor_units[i].values[0].size(); ++u, ++at) {
            CHECK(size[at] == first.motor_units[i].values[0][u]);
            CHECK(age[at] == first.motor_units[i].values[1][u]);
        }
    }
}

TEST_CASE("nobody recorded: summaries only, the same as with everybody") {
    Plan plan = plan_of(100);
    Folder const folder;
    record(plan, folder.file("all.h5"));
    plan.record.people = 0;
    record(plan, folder.file("none.h5"));
    CHECK_FALSE(has(folder.file("none.h5"), "/strength_kg"));
    CHECK(read<double>(folder.file("none.h5"), "/summary/strength_kg_p25") ==
          read<double>(folder.file("all.h5"), "/summary/strength_kg_p25"));
    CHECK(read<std::int32_t>(folder.file("none.h5"), "/events/arm").empty());
}

TEST_CASE("fewer significant bits: nearest even, in the cube only") {
    Plan plan = plan_of(50);
    Folder const folder;
    record(plan, folder.file("full.h5"));
    plan.record.significant_bits = 10;
    record(plan, folder.file("short.h5"));
    auto const full = read<float>(folder.file("full.h5"), "/strength_kg");
    auto const cut = read<float>(folder.file("short.h5"), "/strength_kg");
    for (std::size_t i = 0; i < full.size(); ++i) {
        REQUIRE(std::isnan(full[i]) == std::isnan(cut[i]));
        if (std::isnan(full[i])) continue;
        std::uint32_t bits = 0;
        std::memcpy(&bits, &cut[i], sizeof bits);
        REQUIRE((bits & 0x1fffU) == 0);
        REQUIRE(std::abs(full[i] - cut[i]) <= std::ldexp(std::abs(full[i]), -11));
    }
    CHECK(read<double>(folder.file("full.h5"), "/summary/strength_kg_sd") ==
          read<double>(folder.file("short.h5"), "/summary/strength_kg_sd"));
    CHECK(read<float>(folder.file("full.h5"), "/height_cm") == read<float>(folder.file("short.h5"), "/height_cm"));
}

TEST_CASE("a value half way between two is rounded to the even one") {
    CHECK(rounded_to_bits(1.0F + 0x1p-3F, 2) == 1.0F);              // half way to 1.25
    CHECK(rounded_to_bits(1.25F + 0x1p-3F, 2) == 1.5F);             // half way to 1.5
    CHECK(rounded_to_bits(1.0F + 0x1p-3F + 0x1p-23F, 2) == 1.25F);  // above half
    CHECK(rounded_to_bits(-1.0F - 0x1p-3F, 2) == -1.0F);
    CHECK(rounded_to_bits(1.1F, 0) == 1.1F);
}

TEST_CASE("a batch is a multiple of sixteen people from 16 to 1024") {
    for (std::uint32_t const people : {1U, 16U, 1000U, 10000U, 1000000U}) {
        std::uint32_t const size = batch_people(plan_of(people, 71));
        CHECK(size % 16 == 0);
        CHECK(size >= 16);
        CHECK(size <= 1024);
    }
}

TEST_CASE("more events than a chunk holds come back whole") {
    Plan plan = plan_of(16000, 1);
    plan.arms.resize(1);
    plan.interventions.clear();
    plan.record.motor_units.people = 0;
    plan.record.variables = {{3}};
    Folder const folder;
    std::size_t count = 0;
    double sum = 0;
    {
        Recorder recorder(plan, {.path = folder.file()});
        for (std::uint32_t i = 0; i < batches_of(plan); ++i) {
            auto b = batch_of(plan, i);
            b.flow.clear();
            for (Event const& e : b.events[0]) sum += static_cast<double>(e.value) * e.person;
            for (Event e : std::vector<Event>(b.events[0])) b.events[0].push_back(e);
            for (Event e : std::vector<Event>(b.events[0])) b.events[0].push_back(e);
            std::stable_sort(b.events[0].begin(), b.events[0].end(), [](Event const& x, Event const& y) {
                return std::tuple(x.person, x.time_years) < std::tuple(y.person, y.time_years);
            });
            count += b.events[0].size();
            recorder.accept(b);
        }
        recorder.finish();
    }
    auto const person = read<std::int32_t>(folder.file(), "/events/person");
    auto const value = read<float>(folder.file(), "/events/value");
    REQUIRE(count > 65536);
    REQUIRE(person.size() == count);
    double found = 0;
    for (std::size_t i = 0; i < count; ++i) found += static_cast<double>(value[i]) * person[i];
    CHECK_THAT(found, WithinRel(4 * sum, 1e-9));
    CHECK_FALSE(has(folder.file(), "/effects"));
    CHECK_FALSE(has(folder.file(), "/flow"));
}
