// What single kinds are for, in numbers that their sources or their definitions give.

#include <cmath>

#include "bench.hpp"
#include "models/interventions/chronic_disease.hpp"
#include "models/interventions/nerve_injury.hpp"
#include "models/interventions/nutrition.hpp"
#include "models/interventions/oestrogen.hpp"
#include "models/interventions/sleep.hpp"
#include "models/interventions/training.hpp"
#include "support/catch.hpp"

using namespace sarx;
using namespace sarx::models;
using namespace sarx::models::testing;

namespace {

double person(Block& block, ColumnId c, int lane = 0) { return static_cast<double>(block.person(c)[lane]); }
double muscle(Block& block, ColumnId c, int m, int lane = 0) { return static_cast<double>(block.muscle(c, m)[lane]); }

}  // namespace

TEST_CASE("doses that reach two ways in time agree: sessions and minutes trade against each other", "[interventions]") {
    Block often = people_at_habit();
    Block longer = people_at_habit();
    give(often, 0, "resistance_training", {4.0, 0.8, 30.0});
    give(longer, 0, "resistance_training", {2.0, 0.8, 60.0});
    CHECK(work(often, 0, 1) == Approx(work(longer, 0, 1)).epsilon(1e-6));
    CHECK(person(often, column("metabolic_activity_ratio")) ==
          Approx(person(longer, column("metabolic_activity_ratio"))).epsilon(1e-6));
    CHECK(muscle(often, column("task_practice_fraction"), 1) > muscle(longer, column("task_practice_fraction"), 1));
}

TEST_CASE("power is fast, endurance is aerobic, walking trains neither", "[interventions]") {
    auto const after = [](std::string_view kind) {
        Block block = people_at_habit();
        give(block, 0, kind, dose_of(spec_of(kind), 3.0));
        return block;
    };
    Block heavy = after("resistance_training");
    Block fast = after("power_training");
    Block aerobic = after("endurance_training");
    Block walking = after("low_effort_activity");
    Block both = after("combined_training");
    auto const fast_practice = column("fast_practice_fraction");
    CHECK(muscle(fast, fast_practice, 1) > 3.0 * muscle(heavy, fast_practice, 1));
    CHECK(muscle(walking, fast_practice, 1) == 0.0);
    CHECK(muscle(walking, column("task_practice_fraction"), 1) == 0.0);
    auto const metabolic = column("metabolic_activity_ratio");
    CHECK(person(aerobic, metabolic) > person(heavy, metabolic));
    CHECK(person(walking, metabolic) > 0.8);
    CHECK(work(heavy, 0, 1) > work(aerobic, 0, 1));
    CHECK(work(aerobic, 0, 1) > work(walking, 0, 1));
    auto const balance = column("balance_training_h_per_week");
    CHECK(person(both, balance) == Approx(3.0 * 1.0 * 0.25).epsilon(1e-6));
    CHECK(person(both, balance) > person(fast, balance));
    CHECK(person(walking, balance) == 0.0);
}

TEST_CASE("walking leaves the hand alone", "[interventions]") {
    Block block = people_at_habit();
    double const hand = work(block, 0, 0);
    double const thigh = work(block, 0, 1);
    give(block, 0, "low_effort_activity", {5.0, 0.25, 30.0});
    CHECK(work(block, 0, 0) - hand < 0.1 * (work(block, 0, 1) - thigh));
}

TEST_CASE("training a side trains half of the muscle that stands for both", "[interventions]") {
    Block one = people_at_habit();
    Block both = people_at_habit();
    double const habit = work(one, 0, 1);
    give(one, 0, "resistance_training", {3.0, 0.8, 45.0}, 2U, 0.5);
    give(both, 0, "resistance_training", {3.0, 0.8, 45.0}, 2U, 1.0);
    CHECK(work(one, 0, 1) - habit == Approx(0.5 * (work(both, 0, 1) - habit)).epsilon(1e-5));
}

TEST_CASE("strict bed rest leaves the thigh nothing to do and bars exercise, but not the electrode",
          "[interventions]") {
    Block block = people_at_habit();
    give(block, 0, "bed_rest", {1.0});
    CHECK(work(block, 0, 1) == 0.0);
    CHECK(work(block, 0, 0) > 0.0);
    CHECK(muscle(block, column("unloading_fraction"), 1) == 1.0);
    CHECK(person(block, column("body_unloading_fraction")) == 1.0);
    CHECK(person(block, column("metabolic_activity_ratio")) == Approx(0.3 * 0.8).epsilon(1e-5));
    give(block, 0, "resistance_training", {3.0, 0.8, 45.0});
    CHECK(work(block, 0, 1) == 0.0);
    CHECK(muscle(block, column("task_practice_fraction"), 1) == 0.0);
    give(block, 0, "electrostimulation", {3.0, 0.4, 30.0});
    CHECK(work(block, 0, 1) > 0.0);
}

TEST_CASE("a stay in bed interrupts training, whichever is added first", "[interventions]") {
    for (auto const insult : {"bed_rest", "immobilisation", "acute_illness", "microgravity"}) {
        Block first = people_at_habit();
        Block last = people_at_habit();
        give(first, 0, insult, {0.7});
        give(first, 0, "power_training", {3.0, 0.7, 60.0});
        give(last, 0, "power_training", {3.0, 0.7, 60.0});
        give(last, 0, insult, {0.7});
        INFO(insult);
        for (int m = 0; m < first.muscle_count(); ++m) {
            CHECK(work(last, 0, m) == Approx(work(first, 0, m)).epsilon(1e-5));
            CHECK(muscle(last, column("task_practice_fraction"), m) ==
                  Approx(muscle(first, column("task_practice_fraction"), m)).epsilon(1e-5));
            CHECK(muscle(last, column("fast_practice_fraction"), m) ==
                  Approx(muscle(first, column("fast_practice_fraction"), m)).epsilon(1e-5));
        }
    }
}

TEST_CASE("in orbit exercise is possible and the arm is spared", "[interventions]") {
    Block block = people_at_habit();
    give(block, 0, "microgravity", {1.0});
    double const rest = work(block, 0, 1);
    CHECK(muscle(block, column("unloading_fraction"), 0) < 0.2);
    CHECK(muscle(block, column("unloading_fraction"), 1) > 0.8);
    give(block, 0, "combined_training", {6.0, 0.7, 90.0});
    CHECK(work(block, 0, 1) > rest);
}

TEST_CASE("two partial unloadings never pass one", "[interventions]") {
    Block block = people_at_habit();
    give(block, 0, "bed_rest", {0.8});
    give(block, 0, "immobilisation", {0.8}, 2U);
    CHECK(muscle(block, column("unloading_fraction"), 1) == Approx(1.0 - 0.2 * 0.2).epsilon(1e-5));
}

TEST_CASE("insults commute with each other", "[interventions]") {
    std::vector<std::string_view> const insults = {"bed_rest", "inactivity", "acute_illness", "malnutrition",
                                                   "immobilisation"};
    for (auto const a : insults)
        for (auto const b : insults) {
            Block ab = people_at_habit();
            Block ba = people_at_habit();
            give(ab, 0, a, {0.6});
            give(ab, 0, b, {0.3});
            give(ba, 0, b, {0.3});
            give(ba, 0, a, {0.6});
            auto const x = lane_of(ab, 0);
            auto const y = lane_of(ba, 0);
            INFO(a << " and " << b);
            for (std::size_t i = 0; i < x.size(); ++i) CHECK(x[i] == Approx(y[i]).epsilon(1e-5).margin(1e-7));
        }
}

TEST_CASE("management holds off its share of the disease, whichever comes first", "[interventions]") {
    auto const inflammation = column("inflammation");
    Block healthy = people_at_habit();
    Block ill = people_at_habit();
    Block managed = people_at_habit();
    Block foreseen = people_at_habit();
    give(ill, 0, "chronic_disease", {1.0});
    give(managed, 0, "chronic_disease", {1.0});
    give(managed, 0, "disease_management", {0.6});
    give(foreseen, 0, "disease_management", {0.6});
    give(foreseen, 0, "chronic_disease", {1.0});
    double const burden = person(ill, inflammation) - person(healthy, inflammation);
    CHECK(burden > 0.0);
    CHECK(person(managed, inflammation) - person(healthy, inflammation) == Approx(0.4 * burden).epsilon(1e-5));
    CHECK(person(foreseen, inflammation) == Approx(person(managed, inflammation)).epsilon(1e-6));
    CHECK(person(ill, column("metabolic_activity_ratio")) < person(managed, column("metabolic_activity_ratio")));
    Block alone = people_at_habit();
    give(alone, 0, "disease_management", {0.6});
    CHECK(person(alone, inflammation) == person(healthy, inflammation));
}

TEST_CASE("the disease is felt as what management leaves of it, in however many steps it came", "[interventions]") {
    CHECK(felt_burden(2.0, 0.25) == 1.5);
    CHECK(felt_burden(0.0, 0.5) == 0.0);
    CHECK(metabolic_change(0.15, 0.0, 1.0) == Approx(1.0 / 1.15 - 1.0).epsilon(1e-12));
    CHECK(metabolic_change(0.15, 0.7, 0.7) == 0.0);
    double const in_steps = (1.0 + metabolic_change(0.5, 0.0, 1.0)) * (1.0 + metabolic_change(0.5, 1.0, 0.3));
    CHECK(in_steps == Approx(1.0 + metabolic_change(0.5, 0.0, 0.3)).epsilon(1e-12));
}

TEST_CASE("a nerve injury takes its share of axons and then stops", "[interventions]") {
    for (double const fraction : {0.1, 0.5, 0.9})
        for (double const weeks : {1.0, 4.0, 52.0}) {
            double const years = weeks * 7.0 / 365.25;
            CHECK(std::exp(-injury_rate_per_year(fraction, years) * years) == Approx(1.0 - fraction).epsilon(1e-12));
        }
    Block block = people_at_habit();
    give(block, 0, "nerve_injury", {0.5, 4.0}, 4U, 1.0, 0.5);
    CHECK(muscle(block, column("axon_injury_rate_per_year"), 2) == 0.0);
    give(block, 0, "nerve_injury", {0.5, 4.0}, 4U, 1.0, 0.0);
    CHECK(muscle(block, column("axon_injury_rate_per_year"), 2) ==
          Approx(std::log(2.0) / (28.0 / 365.25)).epsilon(1e-5));
}

TEST_CASE("loss of the ovaries is a loss to women before menopause alone", "[interventions]") {
    auto const oestrogen = column("oestrogen_ratio");
    Block block = people_at_habit();
    for (int const lane : {0, 1, 10}) give(block, lane, "menopause", {1.0});
    CHECK(person(block, oestrogen, 0) == Approx(0.1).epsilon(1e-5));
    CHECK(person(block, oestrogen, 1) == 1.0);
    CHECK(person(block, oestrogen, 10) <= 0.3);
    double const before = person(block, oestrogen, 0);
    give(block, 0, "oestrogen_therapy", {1.0});
    CHECK(person(block, oestrogen, 0) == Approx(before + 0.6 * (1.0 - before)).epsilon(1e-5));
    give(block, 1, "oestrogen_therapy", {1.0});
    CHECK(person(block, oestrogen, 1) == 1.0);
}

TEST_CASE("sleep helps those who sleep too little", "[interventions]") {
    CHECK(missing_sleep_regained(2.0, 6.0, 7.5) == 1.5);
    CHECK(missing_sleep_regained(1.0, 6.0, 7.5) == 1.0);
    CHECK(missing_sleep_regained(1.0, 8.0, 7.5) == 0.0);
    Block block = people_at_habit();
    block.person(column("sleep_h_per_day"))[0] = 8.0F;
    block.person(column("sleep_h_per_day"))[1] = 5.0F;
    for (int const lane : {0, 1}) give(block, lane, "sleep", {1.0});
    CHECK(person(block, column("recovery_ratio"), 0) == 1.0);
    CHECK(person(block, column("recovery_ratio"), 1) > 1.0);
}

TEST_CASE("amino acids saturate", "[interventions]") {
    CHECK(saturating(3.0, 0.04, 3.0) == Approx(0.02));
    CHECK(saturating(1e6, 0.04, 3.0) < 0.04);
}

TEST_CASE("the equations of exercise have the right ends", "[interventions]") {
    CHECK(met_above_rest(0.0, 10.0) == 0.0);
    CHECK(met_above_rest(1.0, 10.0) == 9.0);
    CHECK(practice_share(0.0, 0.8) == 0.0);
    CHECK(practice_share(2.0, 0.8) == Approx(1.0 - std::exp(-1.6)).epsilon(1e-12));
}

TEST_CASE("every number has its unit, bounds that hold it, evidence and a source", "[interventions]") {
    for (auto const& group : numbers().file)
        for (auto const& entry : group.second) {
            INFO(group.first.as<std::string>() << "." << entry.first.as<std::string>());
            YAML::Node const spec = entry.second;
            double const low = spec["low"].as<double>();
            double const high = spec["high"].as<double>();
            auto const holds = [&](double x) { return x >= low && x <= high; };
            if (spec["value"].IsMap()) {
                for (auto const& one : spec["value"]) CHECK(holds(one.second.as<double>()));
            } else {
                CHECK(holds(spec["value"].as<double>()));
            }
            CHECK(holds(spec["plausible"][0].as<double>()));
            CHECK(holds(spec["plausible"][1].as<double>()));
            auto const evidence = spec["evidence"].as<std::string>();
            auto const source = spec["source"].as<std::string>();
            CHECK((evidence != "assumed" || source.starts_with("assumed: ")));
            CHECK((evidence != "measured" || source.find("doi:") != std::string::npos));
            CHECK_FALSE(spec["meaning"].as<std::string>().empty());
        }
}
