// Laws that hold for every kind, whatever it does.

#include <algorithm>
#include <cmath>
#include <map>

#include "bench.hpp"
#include "support/catch.hpp"

using namespace sarx;
using namespace sarx::models;
using namespace sarx::models::testing;

TEST_CASE("every kind of the contract exists, with doses a scenario can leave out", "[interventions]") {
    std::vector<std::string> const interventions = {
        "resistance_training",  "power_training",    "endurance_training",     "combined_training",
        "low_effort_activity",  "protein_intake",    "amino_acid_supplement",  "sleep",
        "testosterone_therapy", "oestrogen_therapy", "growth_hormone_therapy", "disease_management",
        "electrostimulation",   "notch_inhibitor"};
    std::vector<std::string> const insults = {"bed_rest",     "immobilisation", "microgravity",
                                              "inactivity",   "acute_illness",  "chronic_disease",
                                              "malnutrition", "nerve_injury",   "menopause"};
    CHECK(kind_specs().size() == interventions.size() + insults.size());
    for (auto const& name : interventions) CHECK_FALSE(spec_of(name).insult);
    for (auto const& name : insults) CHECK(spec_of(name).insult);
    for (auto const& spec : kind_specs()) {
        INFO(spec.name);
        CHECK_FALSE(spec.about.empty());
        CHECK(spec.hypothetical == (spec.name == "notch_inhibitor"));
        REQUIRE_FALSE(spec.dose.empty());
        CHECK(spec.dose[0].low == 0.0);
        CHECK(spec.dose[0].fallback > 0.0);
        for (auto const& field : spec.dose) {
            INFO(field.name);
            CHECK(field.low <= field.fallback);
            CHECK(field.fallback <= field.high);
            CHECK_FALSE(field.unit.empty());
            CHECK_FALSE(field.meaning.empty());
        }
    }
    CHECK_THROWS_AS(make_kind("hypnosis", numbers().table), std::logic_error);
}

TEST_CASE("every kind does something at its default dose, and only to the lane it is given to", "[interventions]") {
    for (auto const& spec : kind_specs()) {
        INFO(spec.name);
        Block block = people_at_habit();
        if (spec.name == "disease_management") give(block, 10, "chronic_disease", {1.0});
        if (spec.name == "menopause") block.person(column("oestrogen_ratio"))[10] = 1.0F;
        Block before = block;
        give(block, 10, spec.name, dose_of(spec, spec.dose[0].fallback));
        for (int lane = 0; lane < lanes; ++lane) {
            INFO("lane " << lane);
            CHECK(same_bits(lane_of(block, lane), lane_of(before, lane)) == (lane != 10));
        }
    }
}

TEST_CASE("a dose of zero changes no bit", "[interventions]") {
    for (auto const& spec : kind_specs()) {
        INFO(spec.name);
        Block block = people_at_habit();
        Block before = block;
        for (int lane = 0; lane < lanes; ++lane) {
            give(block, lane, spec.name, dose_of(spec, 0.0));
            give(block, lane, spec.name, dose_of(spec, spec.dose[0].fallback), 0U);
            CHECK(same_bits(lane_of(block, lane), lane_of(before, lane)));
        }
    }
}

TEST_CASE("nothing a kind does leaves a column's valid range, up to the largest dose", "[interventions]") {
    for (auto const& spec : kind_specs())
        for (double const share : {0.01, 0.5, 1.0}) {
            Block block = people_at_habit();
            give(block, 2, spec.name, dose_of(spec, share * spec.dose[0].high));
            for (std::size_t c = 0; c < std::size(columns); ++c)
                for (int m = 0; m < block.muscle_count(); ++m) {
                    if (columns[c].level == Level::unit || columns[c].report == Report::hidden) continue;
                    INFO(spec.name << " at " << share << ": " << columns[c].name);
                    auto const x = static_cast<double>(block.muscle(ColumnId{static_cast<std::uint16_t>(c)}, m)[2]);
                    CHECK(std::isfinite(x));
                    CHECK(x >= columns[c].valid_min);
                    CHECK(x <= columns[c].valid_max);
                }
        }
}

TEST_CASE("more of a dose moves every stimulus further the same way", "[interventions]") {
    for (auto const& spec : kind_specs()) {
        INFO(spec.name);
        std::map<std::string, std::vector<double>> course;
        for (int step = 0; step <= 8; ++step) {
            Block block = people_at_habit();
            if (spec.name == "disease_management") give(block, 10, "chronic_disease", {1.0});
            give(block, 10, spec.name, dose_of(spec, 0.125 * step * spec.dose[0].high));
            for (std::size_t c = 0; c < std::size(columns); ++c)
                for (int m = 0; m < block.muscle_count(); ++m)
                    if (columns[c].level != Level::unit && columns[c].report != Report::hidden)
                        course[std::string(columns[c].name) + "." + std::to_string(m)].push_back(
                            static_cast<double>(block.muscle(ColumnId{static_cast<std::uint16_t>(c)}, m)[10]));
            for (int m = 0; m < block.muscle_count(); ++m)
                course["work." + std::to_string(m)].push_back(work(block, 10, m));
        }
        for (auto const& [name, values] : course) {
            INFO(name);
            double const direction = values.back() - values.front();
            for (std::size_t i = 1; i < values.size(); ++i) CHECK((values[i] - values[i - 1]) * direction >= 0.0);
        }
    }
}

TEST_CASE("a local dose touches its muscles and no other", "[interventions]") {
    for (auto const& spec : kind_specs()) {
        if (!spec.local) continue;
        for (int treated = 0; treated < 3; ++treated) {
            Block block = people_at_habit();
            Block before = block;
            give(block, 5, spec.name, dose_of(spec, spec.dose[0].fallback), 1U << treated);
            for (int m = 0; m < block.muscle_count(); ++m) {
                bool same = true;
                for (std::size_t c = 0; c < std::size(columns); ++c)
                    if (columns[c].level == Level::muscle)
                        for (int row = 0; row < columns[c].width; ++row)
                            same =
                                same && block.muscle(ColumnId{static_cast<std::uint16_t>(c)}, m)[row * lanes + 5] ==
                                            before.muscle(ColumnId{static_cast<std::uint16_t>(c)}, m)[row * lanes + 5];
                INFO(spec.name << " on " << muscles[static_cast<std::size_t>(treated)] << ", looking at "
                               << muscles[static_cast<std::size_t>(m)]);
                CHECK(same == (m != treated));
            }
        }
    }
}

TEST_CASE("a stimulus is the same wherever the person sits in the block", "[interventions]") {
    for (auto const& spec : kind_specs()) {
        INFO(spec.name);
        Block block = people_at_habit();
        for (int lane = 1; lane < lanes; ++lane) block.copy_lane(block, 0, lane);
        if (spec.name == "disease_management")
            for (int lane = 0; lane < lanes; ++lane) give(block, lane, "chronic_disease", {1.0});
        for (int lane = lanes - 1; lane >= 0; --lane)
            give(block, lane, spec.name, dose_of(spec, spec.dose[0].fallback));
        for (int lane = 1; lane < lanes; ++lane) CHECK(same_bits(lane_of(block, lane), lane_of(block, 0)));
    }
}

TEST_CASE("a kind moves no column but those it declares, and none is declared in vain", "[interventions]") {
    std::map<std::string_view, bool> moved_by_some;  // a share that is a parameter may be 0 for one kind
    for (auto const& spec : kind_specs()) {
        INFO(spec.name);
        // Somebody who is ill and trains, with something in every place of bouts, so that whatever is moved is seen.
        Block block = people_at_habit();
        block.person(column("oestrogen_ratio"))[10] = 0.9F;
        give(block, 10, "chronic_disease", {0.5});
        give(block, 10, "combined_training", dose_of(spec_of("combined_training"), 1.0));
        for (int m = 0; m < block.muscle_count(); ++m)
            for (ColumnId const c : {column("bout_effort"), column("bout_velocity"), column("bout_volume"),
                                     column("bout_tension"), column("bout_order")})
                for (int place = static_cast<int>(block.muscle(column("bout_count"), m)[10]); place < max_bouts;
                     ++place)
                    block.muscle(c, m)[place * lanes + 10] = 0.123F;
        Block before = block;
        give(block, 10, spec.name, dose_of(spec, 0.7 * spec.dose[0].high));
        for (std::size_t c = 0; c < std::size(columns); ++c) {
            ColumnId const id{static_cast<std::uint16_t>(c)};
            if (columns[c].level == Level::unit) continue;
            bool moved = false;
            for (int m = 0; m < block.muscle_count(); ++m)
                for (int row = 0; row < columns[c].width; ++row)
                    moved = moved || block.muscle(id, m)[row * lanes + 10] != before.muscle(id, m)[row * lanes + 10];
            bool const declared = std::ranges::find(spec.adds_to, id) != spec.adds_to.end();
            INFO(columns[c].name);
            CHECK((declared || !moved));
            if (declared) moved_by_some[columns[c].name] = moved_by_some[columns[c].name] || moved;
        }
    }
    CHECK(moved_by_some.size() > 20);
    for (auto const& [name, moved] : moved_by_some) {
        INFO(name);
        CHECK(moved);
    }
}
