// Laws that hold for every kind, whatever it does.

#include <algorithm>
#include <cmath>
#include <map>

#include "bench.hpp"
#include "models/cascade.hpp"
#include "support/catch.hpp"

using namespace sarx;
using namespace sarx::models;
using namespace sarx::models::testing;

namespace {

bool has(auto const& list, auto const& what) { return std::ranges::find(list, what) != list.end(); }

/// All columns but those of units.
std::vector<ColumnId> columns_of_people() {
    std::vector<ColumnId> ids;
    for (std::size_t c = 0; c < std::size(columns); ++c)
        if (columns[c].level != Level::unit) ids.push_back({static_cast<std::uint16_t>(c)});
    return ids;
}

/// Calls `f` with every number of a column that the person in lane 10 has.
void each_number(Block& block, ColumnId c, auto const& f) {
    for (int m = 0; m < (columns[c.index].level == Level::person ? 1 : block.muscle_count()); ++m)
        for (int row = 0; row < columns[c.index].width; ++row) f(block.muscle(c, m)[row * lanes + 10]);
}

/// Whether a column of the person in lane 10 differs between blocks.
bool differ(Block& a, Block& b, ColumnId c) {
    std::vector<float> of_a;
    std::vector<float> of_b;
    each_number(a, c, [&](float x) { of_a.push_back(x); });
    each_number(b, c, [&](float x) { of_b.push_back(x); });
    return !same_bits(of_a, of_b);
}

/// Somebody in lane 10 who is ill and trains, with something in every place of bouts, so that whatever is moved is seen.
Block ill_and_training() {
    Block block = people_at_habit();
    block.person(column("oestrogen_ratio"))[10] = 0.9F;
    give(block, 10, "chronic_disease", {0.5});
    give(block, 10, "combined_training", dose_of(spec_of("combined_training"), 1.0));
    for (int m = 0; m < block.muscle_count(); ++m)
        for (ColumnId const c : {column("bout_effort"), column("bout_velocity"), column("bout_volume"),
                                 column("bout_tension"), column("bout_order")})
            for (int place = static_cast<int>(block.muscle(column("bout_count"), m)[10]); place < max_bouts; ++place)
                block.muscle(c, m)[place * lanes + 10] = 0.123F;
    return block;
}

/// The same person with other numbers of the model.
Block with_parameters(Block const& block, ParameterLanes const& values) {
    Block other(shape(), values);
    other.copy_lane(block, 10, 10);
    return other;
}

}  // namespace

TEST_CASE("every kind of the contract exists, with doses a scenario can leave out", "[interventions]") {
    std::vector<std::string> const interventions = {
        "resistance_training",  "power_training",    "endurance_training",     "combined_training",
        "low_effort_activity",  "protein_intake",    "amino_acid_supplement",  "sleep",
        "testosterone_therapy", "oestrogen_therapy", "growth_hormone_therapy", "disease_management",
        "electrostimulation",   "notch_inhibitor"};
    std::vector<std::string> const insults = {"bed_rest",     "immobilisation", "microgravity",
                                              "inactivity",   "acute_illness",  "chronic_disease",
                                              "malnutrition", "nerve_injury",   "menopause"};
    for (auto const& name : interventions) CHECK_FALSE(spec_of(name).insult);
    for (auto const& name : insults) CHECK(spec_of(name).insult);
    for (auto const& spec : kind_specs()) {
        INFO(spec.name);
        CHECK_FALSE(spec.about.empty());
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
    CHECK(spec_of("notch_inhibitor").hypothetical);
    CHECK_THROWS_AS(make_kind("hypnosis", numbers().table), std::logic_error);
}

TEST_CASE("kinds come in one order, interventions before insults and each by name, and no name twice",
          "[interventions]") {
    for (std::size_t i = 1; i < kind_specs().size(); ++i) {
        auto const& before = kind_specs()[i - 1];
        auto const& spec = kind_specs()[i];
        INFO(before.name << ", " << spec.name);
        CHECK((before.insult == spec.insult ? before.name < spec.name : spec.insult));
    }
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

TEST_CASE("a local dose to one side moves less than to both, the same way", "[interventions]") {
    for (auto const& spec : kind_specs()) {
        if (!spec.local) continue;
        INFO(spec.name);
        Block before = people_at_habit();
        Block one = before;
        Block both = before;
        give(one, 5, spec.name, dose_of(spec, spec.dose[0].fallback), 7U, 0.5);
        give(both, 5, spec.name, dose_of(spec, spec.dose[0].fallback), 7U, 1.0);
        auto const start = lane_of(before, 5);
        auto const half = lane_of(one, 5);
        auto const whole = lane_of(both, 5);
        CHECK_FALSE(same_bits(half, whole));
        for (std::size_t i = 0; i < start.size(); ++i) {
            float const by_one = half[i] - start[i];
            float const by_both = whole[i] - start[i];
            CHECK(by_one * by_both >= 0.0F);
            CHECK(std::abs(by_one) <= std::abs(by_both));
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
        Block block = ill_and_training();
        Block before = block;
        give(block, 10, spec.name, dose_of(spec, 0.7 * spec.dose[0].high));
        for (ColumnId const c : columns_of_people()) {
            bool const declared = has(spec.adds_to, c);
            bool const moved = differ(block, before, c);
            INFO(columns[c.index].name);
            CHECK((declared || !moved));
            if (declared) moved_by_some[columns[c.index].name] |= moved;
        }
    }
    CHECK(moved_by_some.size() > 20);
    for (auto const& [name, moved] : moved_by_some) {
        INFO(name);
        CHECK(moved);
    }
}

TEST_CASE("what a kind does depends on each parameter that it declares, and on no other", "[interventions]") {
    for (auto const& spec : kind_specs())
        for (std::size_t p = 0; p < numbers().table.parameters.size(); ++p) {
            auto const& parameter = numbers().table.parameters[p];
            ParameterLanes other = numbers().values;
            auto const row = static_cast<std::size_t>(other.muscle_count) * lanes;
            for (std::size_t i = p * row; i < (p + 1) * row; ++i) {
                auto const low = static_cast<float>(parameter.low);
                auto const towards = other.values[i] > low ? low : static_cast<float>(parameter.high);
                other.values[i] = 0.5F * (other.values[i] + towards);
            }
            Block const start = ill_and_training();
            Block usual = with_parameters(start, numbers().values);
            Block changed = with_parameters(start, other);
            auto const dose = dose_of(spec, 0.7 * spec.dose[0].high);
            give(usual, 10, spec.name, dose);
            give(changed, 10, spec.name, dose);
            bool const depends = !same_bits(lane_of(usual, 10), lane_of(changed, 10));
            INFO(spec.name << ": " << parameter.path);
            CHECK(depends == has(spec.parameters, std::string_view(parameter.path)));
        }
}

TEST_CASE("what a kind does depends on no column but those it declares, and none is declared in vain",
          "[interventions]") {
    std::map<std::string_view, bool> heard_by_some;
    for (auto const& spec : kind_specs())
        for (ColumnId const c : columns_of_people()) {
            bool depends = false;
            for (auto const& [slope, shift] : {std::pair(0.5F, 0.0F), {-1.0F, 1.0F}, {1.0F, -1.0F}}) {
                Block usual = ill_and_training();
                Block changed = usual;
                each_number(changed, c, [&, a = slope, b = shift](float& x) {
                    x = std::clamp(a * x + b, static_cast<float>(columns[c.index].valid_min),
                                   static_cast<float>(columns[c.index].valid_max));
                });
                auto const dose = dose_of(spec, 0.7 * spec.dose[0].high);
                give(usual, 10, spec.name, dose);
                give(changed, 10, spec.name, dose);
                for (ColumnId const other : columns_of_people())
                    depends = depends || (other != c && differ(usual, changed, other));
            }
            INFO(spec.name << ": " << columns[c.index].name);
            bool const read = has(spec.reads, c);
            CHECK((read || has(spec.adds_to, c) || !depends));
            if (read) heard_by_some[columns[c.index].name] |= depends;
        }
    CHECK(heard_by_some.size() >= 4);
    for (auto const& [name, heard] : heard_by_some) {
        INFO(name);
        CHECK(heard);
    }
}

TEST_CASE("what kinds add to is set anew in each span by a stage of life", "[interventions]") {
    for (auto const& spec : kind_specs())
        for (ColumnId const c : spec.adds_to) {
            INFO(spec.name << ": " << columns[c.index].name);
            CHECK(std::ranges::any_of(stage_specs(), [&](StageSpec const& stage) {
                return stage.phase == Phase::life && has(stage.writes, c);
            }));
        }
}

TEST_CASE("every number of interventions.yaml is a kind's or a stage's", "[interventions]") {
    for (auto const& parameter : numbers().table.parameters) {
        std::string_view const path = parameter.path;
        auto const uses = [&](auto const& spec) { return has(spec.parameters, path); };
        INFO(path);
        CHECK((std::ranges::any_of(kind_specs(), uses) || std::ranges::any_of(stage_specs(), uses)));
    }
}
