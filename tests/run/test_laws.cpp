// The laws that hold for every scenario (README: what may be relied on), on the real model.

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <string>
#include <utility>

#include "support/catch.hpp"
#include "support/real_model.hpp"

using namespace sarx;
using namespace sarx::testing;

namespace {

std::string scenario(std::string const& arms, int people = 40, std::string const& extra = "") {
    return R"(sarx: 1
seed: 5
population: {people: )" +
           std::to_string(people) + R"(, start_age: 55 years, end_age: 85 years}
clock: {step: 1 month, record_every: 5 years}
record: {variables: all}
interventions:
  power: {kind: power_training, dose: {sessions_per_week: 2}, ramp_up: 12 weeks, waning: {exponential: {half_life: 6 months}}}
  nothing: {kind: power_training, dose: {sessions_per_week: 0}}
  rest: {kind: bed_rest}
)" + extra +
           "arms:\n" + arms;
}

std::string const usual = "  usual: []\n";
std::string const power =
    "  power: [{give: power, from: {age: 60 years}, until: {age: 75 years}, reach: {coverage: 0.7, adherence: {mean: "
    "0.7, sd: 0.2}, dropout_per_year: 0.1}}]\n";
std::string const rest = "  rest: [{give: rest, from: {when: \"grip_strength_kg < 35\"}, until: {after: 10 days}}]\n";

/// Every bit of every trajectory of one arm against another arm of another run, for the first people.
std::size_t differences(Plan const& p, std::vector<BatchResult> const& a, std::size_t arm_a, Plan const& q,
                        std::vector<BatchResult> const& b, std::size_t arm_b, std::uint32_t people) {
    std::size_t count = 0;
    for (std::size_t s = 0; s < series_of(p).size(); ++s)
        for (std::uint32_t i = 0; i < people; ++i)
            for (int r = 0; r < p.clock.records; ++r)
                count += !same_bits(value_at(p, a, s, arm_a, i, r), value_at(q, b, s, arm_b, i, r));
    return count;
}

}  // namespace

TEST_CASE("what only a condition looks at is read for it as if it were recorded", "[laws]") {
    auto const plan = [](std::string const& variables) {
        std::string text =
            scenario(usual + "  rest: [{give: rest, from: {when: \"mune_estimate_count.tibialis_anterior < 70\"}}]\n");
        return plan_of(real_model(), text.replace(text.find("variables: all"), 14, "variables: " + variables));
    };
    Plan const alone = plan("[grip_strength_kg]");
    Plan const with_it = plan("[grip_strength_kg, mune_estimate_count]");
    auto const a = simulate_all(alone);
    auto const b = simulate_all(with_it);
    CHECK(series_of(with_it).size() > series_of(alone).size());
    CHECK(series_of(alone).front().column == series_of(with_it).front().column);
    std::size_t apart = 0;
    for (std::uint32_t i = 0; i < 40; ++i)
        for (int r = 0; r < alone.clock.records; ++r) {
            for (std::size_t arm = 0; arm < 2; ++arm)
                CHECK(same_bits(value_at(alone, a, 0, arm, i, r), value_at(with_it, b, 0, arm, i, r)));
            apart += !same_bits(value_at(alone, a, 0, 0, i, r), value_at(alone, a, 0, 1, i, r));
        }
    CHECK(apart > 0);  // somebody was found and put to bed
}

TEST_CASE("looking oftener, at other times or at other things changes nobody's life", "[laws]") {
    auto const plan = [](std::string const& every, std::string const& variables) {
        return plan_of(real_model(), R"(sarx: 1
seed: 7
population: {people: 48, start_age: {from: 74 years, to: 76 years}, end_age: 81.3 years}
clock: {step: 1 month, record_every: )" + every +
                                         R"(}
record: {variables: )" + variables + R"(, motor_units: {people: 3, every: )" +
                                         every + R"(}}
interventions:
  train: {kind: resistance_training, dose: {sessions_per_week: 3}, ramp_up: 3 weeks, waning: {exponential: {half_life: 1 month}}}
  rest: {kind: bed_rest}
arms:
  usual: []
  slow: [{give: train, from: {when: "chair_rise_s > 12"}}]
  read: [{give: train, from: {screen: "mune_estimate_count.tibialis_anterior < 90", every: 5 weeks}, until: {after: 40 days}, repeat: true}]
  rests: [{give: rest, from: {age: 77.21 years}, until: {after: 12 days}}, {give: train, from: {event: fall}, until: {after: 2 months}, repeat: true}]
)");
    };
    Plan const yearly = plan("1 year", "all");
    auto const run = simulate_all(yearly);
    struct Other {
        std::string every;
        std::string variables;
        int at_a_year;  ///< records a year; 0: only the start and the end are common
    };
    for (auto const& [every, variables, at_a_year] :
         {Other{"1 month", "all", 12}, Other{"7 weeks", "all", 0}, Other{"9 days", "[grip_strength_kg]", 0},
          Other{"30 years", "[grip_strength_kg, mune_estimate_count]", 0}, Other{"1 year", "default", 1}}) {
        INFO("records every " << every);
        Plan const other = plan(every, variables);
        auto const again = simulate_all(other);
        int const last = other.clock.records - 1;
        std::size_t compared = 0;
        for (std::size_t s = 0; s < series_of(other).size(); ++s) {
            auto const [column, muscle] = series_of(other)[s];
            std::size_t const here =
                series_index(yearly, std::string(yearly.model->columns()[column.index].name), muscle);
            for (std::size_t arm = 0; arm < yearly.arms.size(); ++arm)
                for (std::uint32_t p = 0; p < 48; ++p)
                    for (int r = 0; r < yearly.clock.records; ++r) {
                        bool const end = r + 1 == yearly.clock.records;
                        if (at_a_year == 0 && r > 0 && !end) continue;
                        float const x = value_at(yearly, run, here, arm, p, r);
                        float const y = value_at(other, again, s, arm, p, end ? last : r * at_a_year);
                        compared += x == x;
                        if (!same_bits(x, y))
                            FAIL_CHECK(yearly.model->columns()[column.index].name << " of " << p << " in arm " << arm
                                                                                  << " at record " << r);
                    }
        }
        CHECK(compared > 0);
        for (std::size_t arm = 0; arm < yearly.arms.size(); ++arm) {
            std::vector<Event> a;
            std::vector<Event> b;
            for (auto const& batch : run) a.insert(a.end(), batch.events[arm].begin(), batch.events[arm].end());
            for (auto const& batch : again) b.insert(b.end(), batch.events[arm].begin(), batch.events[arm].end());
            CHECK(a.size() > 10);
            CHECK(std::ranges::equal(a, b, [](Event const& x, Event const& y) {
                return x.person == y.person && x.kind == y.kind && x.time_years == y.time_years && x.value == y.value;
            }));
        }
    }
}

TEST_CASE("a record between two steps is what a shorter last step would show", "[laws]") {
    // The same people, followed to that moment: the last step ends where the record looks.
    auto const text = [](std::string const& follow, std::string const& every) {
        return "sarx: 1\nseed: 7\npopulation: {people: 32, start_age: 85 years, follow: " + follow +
               "}\nclock: {step: 3 months, record_every: " + every +
               "}\nrecord: {variables: all}\ninterventions: {rest: {kind: bed_rest}}\n"
               "arms: {usual: [], rest: [{give: rest, from: {time: 400 days}, until: {after: 20 days}}]}\n";
    };
    Plan const whole = plan_of(real_model(), text("2 years", "1.1 years"));
    Plan const cut = plan_of(real_model(), text("1.1 years", "1.1 years"));
    auto const a = simulate_all(whole);
    auto const b = simulate_all(cut);
    REQUIRE(whole.clock.records == 3);
    for (std::size_t s = 0; s < series_of(whole).size(); ++s) {
        // The rate of death is that of the middle of a span, which may have begun at the end of a stay.
        if (series_of(whole)[s].column == whole.model->death_rate_per_year()) continue;
        for (std::size_t arm = 0; arm < 2; ++arm)
            for (std::uint32_t p = 0; p < 32; ++p)
                if (!same_bits(value_at(whole, a, s, arm, p, 1), value_at(cut, b, s, arm, p, 1)))
                    FAIL_CHECK(whole.model->columns()[series_of(whole)[s].column.index].name
                               << " of " << p << " in arm " << arm << ": " << value_at(whole, a, s, arm, p, 1) << ", "
                               << value_at(cut, b, s, arm, p, 1));
    }
}

TEST_CASE("every instruction set gives the same bits", "[laws]") {
    Plan const plan = plan_of(real_model(), scenario(usual + power + rest));
    auto const best = simulate_all(plan);
    for (auto const set : real_model().instruction_sets()) {
        INFO(set);
        auto const other = simulate_all(plan, std::string(set));
        for (std::size_t arm = 0; arm < 3; ++arm) CHECK(differences(plan, best, arm, plan, other, arm, 40) == 0);
    }
}

TEST_CASE("an intervention of zero dose, or that reaches nobody, is no intervention", "[laws]") {
    Plan const plan = plan_of(
        real_model(), scenario(usual +
                               "  zero: [{give: nothing, from: {age: 60 years, }, until: {age: 70.3 years}}]\n"
                               "  nobody: [{give: power, from: {age: 60.123 years}, to: \"age_years < 20\"}]\n"
                               "  uncovered: [{give: power, from: {age: 60.123 years}, reach: {coverage: 0}}]\n"
                               "  unwilling: [{give: power, from: {age: 60.123 years}, reach: {adherence: 0}}]\n" +
                               power));
    auto const run = simulate_all(plan);
    for (std::size_t arm = 1; arm <= 4; ++arm) {
        INFO(plan.arms[arm].name);
        CHECK(differences(plan, run, 0, plan, run, arm, 40) == 0);
        for (auto const& b : run)
            for (std::size_t i = 0; i < b.people; ++i) CHECK(std::isnan(b.first_divergence_years[arm * b.people + i]));
    }
    CHECK(differences(plan, run, 0, plan, run, 5, 40) > 0);  // the test can see a difference
}

TEST_CASE("adding, removing or renaming an arm changes no other", "[laws]") {
    Plan const three = plan_of(real_model(), scenario(usual + power + rest));
    Plan const two = plan_of(real_model(), scenario(usual + "  another_name" + rest.substr(6)));
    auto const a = simulate_all(three);
    auto const b = simulate_all(two);
    CHECK(differences(three, a, 0, two, b, 0, 40) == 0);
    CHECK(differences(three, a, 2, two, b, 1, 40) == 0);
}

TEST_CASE("the first people of a small run are those of a large one", "[laws]") {
    Plan const large = plan_of(real_model(), scenario(usual + power, 75));
    Plan const small = plan_of(real_model(), scenario(usual + power, 21));
    auto const a = simulate_all(large);
    auto const b = simulate_all(small);
    for (std::size_t arm = 0; arm < 2; ++arm) CHECK(differences(small, b, arm, large, a, arm, 21) == 0);
}

TEST_CASE("nobody's life depends on who shares the block", "[laws]") {
    // Women's days in bed split their steps; men beside them idle meanwhile, on a treatment of their own, and differ in
    // no bit at any record.
    Plan const plan = plan_of(real_model(), R"(sarx: 1
seed: 8
population: {people: 32, start_age: 70 years, end_age: 71 years}
clock: {step: 1 month, record_every: 1 month}
record: {variables: all}
interventions: {rest: {kind: bed_rest}, gel: {kind: testosterone_therapy}}
arms:
  usual: [{give: gel, to: "sex == male"}]
  rest: [{give: gel, to: "sex == male"}, {give: rest, from: {age: 70.2 years}, until: {after: 250 days}, to: "sex == female", reach: {dropout_per_year: 2}}]
)");
    auto const run = simulate_all(plan);
    std::size_t men = 0;
    std::size_t in_men = 0;
    std::size_t in_women = 0;
    for (std::uint32_t p = 0; p < 32; ++p) {
        bool const man =
            run[p / batch_people(plan)].sex[p % batch_people(plan)] == static_cast<std::uint8_t>(Sex::male);
        men += man;
        for (std::size_t s = 0; s < series_of(plan).size(); ++s)
            for (int r = 0; r < plan.clock.records; ++r)
                (man ? in_men : in_women) +=
                    !same_bits(value_at(plan, run, s, 0, p, r), value_at(plan, run, s, 1, p, r));
    }
    CHECK((men > 5 && men < 27));
    CHECK(in_women > 0);
    CHECK(in_men == 0);
}

TEST_CASE("what follows an event has a luck of its own each time", "[laws]") {
    Plan const plan = plan_of(real_model(), R"(sarx: 1
seed: 9
population: {people: 600, start_age: 80 years, end_age: 95 years}
clock: {step: 1 month, record_every: 5 years}
model:
  parameters: {fracture.probability_per_fall_at_75: 0.5, fracture.age_slope_per_year: 0, fracture.lean_slope_m2_per_kg: 0}
)");
    auto const kinds = plan.model->events();
    auto const number = [&](std::string_view name) {
        return static_cast<std::uint8_t>(std::ranges::find(kinds, name, &EventSpec::name) - kinds.begin());
    };
    double falls = 0.0;
    double fractures = 0.0;
    double pairs = 0.0;
    double alike = 0.0;
    for (auto const& b : simulate_all(plan)) {
        std::map<std::pair<std::uint32_t, double>, bool> broke;  // by person and time
        for (auto const& e : b.events[0]) {
            if (e.kind == number("fall")) broke.try_emplace({e.person, e.time_years}, false);
            if (e.kind == number("fracture")) broke[{e.person, e.time_years}] = true;
        }
        for (auto at = broke.begin(); at != broke.end(); ++at) {
            ++falls;
            fractures += at->second ? 1.0 : 0.0;
            auto const next = std::next(at);
            if (next == broke.end() || next->first.first != at->first.first) continue;
            ++pairs;
            alike += at->second == next->second ? 1.0 : 0.0;
        }
    }
    REQUIRE(pairs > 1000.0);
    CHECK(std::abs(fractures - 0.5 * falls) < 4.0 * std::sqrt(0.25 * falls));
    CHECK(std::abs(alike - 0.5 * pairs) < 4.0 * std::sqrt(0.25 * pairs));
}

TEST_CASE("fibres are conserved, motor units never increase, nothing is absurd, nothing moves after death", "[laws]") {
    Plan const plan = plan_of(real_model(), R"(sarx: 1
seed: 9
population: {people: 48, start_age: 20 years, end_age: 95 years}
clock: {step: 1 month, record_every: 1 month}
record: {variables: all}
interventions:
  rest: {kind: bed_rest}
  power: {kind: power_training, dose: {sessions_per_week: 3}}
  injury: {kind: nerve_injury}
arms:
  usual: []
  hard_life:
    - {give: rest, from: {event: hospital_stay}, until: {after: 20 days}, repeat: true}
    - {give: injury, from: {age: 40 years}, until: {after: 1 month}}
    - {give: power, from: {age: 30 years}, until: {age: 50 years}}
)");
    auto const run = simulate_all(plan);
    std::size_t const alive = series_index(plan, "alive");
    auto const all = series_of(plan);
    std::size_t dead_records = 0;
    for (std::size_t arm = 0; arm < 2; ++arm)
        for (std::uint32_t p = 0; p < 48; ++p) {
            for (int m = 0; m < 3; ++m) {
                std::size_t const innervated = series_index(plan, "innervated_fibre_count", m);
                std::size_t const denervated = series_index(plan, "denervated_fibre_count", m);
                std::size_t const lost = series_index(plan, "lost_fibre_count", m);
                std::size_t const units = series_index(plan, "motor_unit_count", m);
                double youth = 0.0;
                float before = 1e9F;
                for (int r = 0; r < plan.clock.records; ++r) {
                    if (!(value_at(plan, run, alive, arm, p, r) > 0.0F)) break;
                    double const sum = static_cast<double>(value_at(plan, run, innervated, arm, p, r)) +
                                       static_cast<double>(value_at(plan, run, denervated, arm, p, r)) +
                                       static_cast<double>(value_at(plan, run, lost, arm, p, r));
                    if (r == 0) youth = sum;
                    if (std::abs(sum - youth) > 2e-4 * youth)
                        FAIL_CHECK("person " << p << " record " << r << ": " << sum << " fibres, " << youth
                                             << " in youth");
                    float const now = value_at(plan, run, units, arm, p, r);
                    if (now > before) FAIL_CHECK("person " << p << ": motor units rose to " << now);
                    before = now;
                }
            }
            for (std::size_t s = 0; s < all.size(); ++s) {
                auto const& spec = plan.model->columns()[all[s].column.index];
                for (int r = 0; r < plan.clock.records; ++r) {
                    float const x = value_at(plan, run, s, arm, p, r);
                    bool const lives = value_at(plan, run, alive, arm, p, r) > 0.0F;
                    dead_records += !lives;
                    if (s == alive) continue;
                    if (lives && !(x >= static_cast<float>(spec.valid_min) && x <= static_cast<float>(spec.valid_max)))
                        FAIL_CHECK(spec.name << " = " << x << " for person " << p << " at record " << r);
                    if (!lives && !std::isnan(x)) FAIL_CHECK(spec.name << " moves after death");
                }
            }
        }
    CHECK(dead_records > 0);
}

TEST_CASE("month and day steps agree", "[laws]") {
    auto const text = [](std::string const& step) {
        return R"(sarx: 1
seed: 3
population: {people: 1000, start_age: 68 years, end_age: 71 years}
clock: {step: )" +
               step + R"(, record_every: 3 years}
interventions:
  rest: {kind: bed_rest}
  power: {kind: power_training, dose: {sessions_per_week: 2}, ramp_up: 12 weeks}
arms:
  usual: []
  busy:
    - {give: power, from: {age: 68.21 years}}
    - {give: rest, from: {age: 69.93 years}, until: {after: 12 days}}
)";
    };
    Plan const month = plan_of(real_model(), text("1 month"));
    Plan const day = plan_of(real_model(), text("0.00273785 years"));
    auto const a = simulate_all(month);
    auto const b = simulate_all(day);
    auto const all = series_of(month);
    for (std::size_t s = 0; s < all.size(); ++s)
        for (std::size_t arm = 0; arm < 2; ++arm)
            for (int r = 1; r < month.clock.records; ++r) {
                double sum = 0.0;
                double difference = 0.0;
                double squares = 0.0;
                int n = 0;
                for (std::uint32_t p = 0; p < 1000; ++p) {
                    double const x = static_cast<double>(value_at(month, a, s, arm, p, r));
                    double const y = static_cast<double>(value_at(day, b, s, arm, p, r));
                    if (std::isnan(x) || std::isnan(y)) continue;
                    ++n;
                    sum += y;
                    difference += x - y;
                    squares += (x - y) * (x - y);
                }
                double const mean = sum / n;
                double const gap = difference / n;
                double const se = std::sqrt(std::max(0.0, squares / n - gap * gap) / n);
                INFO(month.model->columns()[all[s].column.index].name
                     << " arm " << arm << " record " << r << ": " << mean + gap << " by month, " << mean << " by day");
                // Two standard errors for one mean; three where some sixty are looked at together.
                CHECK((std::abs(gap) <= 0.01 * std::abs(mean) + 1e-6 || std::abs(gap) <= 3.0 * se));
            }
}

TEST_CASE("where no pathway raises exposure, more protection brings no once-only event earlier", "[laws]") {
    // Adherence shares one trait, so dose is the only difference; junctions and units of the trained are safer.
    Plan const plan = plan_of(real_model(), R"(sarx: 1
seed: 21
population: {people: 64, start_age: 60 years, end_age: 90 years}
clock: {step: 1 month, record_every: 1 year}
interventions:
  little: {kind: disease_management, dose: {}}
  much: {kind: disease_management, dose: {}}
arms:
  none: []
  some: [{give: little, from: {event: chronic_disease}, reach: {adherence: 0.5}}]
  full: [{give: much, from: {event: chronic_disease}, reach: {adherence: 1}}]
)");
    auto const run = simulate_all(plan);
    std::size_t const units = series_index(plan, "motor_unit_count", 1);
    std::size_t const alive = series_index(plan, "alive");
    for (std::uint32_t p = 0; p < 64; ++p)
        for (int r = 0; r < plan.clock.records; ++r) {
            bool const all_alive = value_at(plan, run, alive, 0, p, r) > 0 && value_at(plan, run, alive, 1, p, r) > 0 &&
                                   value_at(plan, run, alive, 2, p, r) > 0;
            if (!all_alive) break;
            CHECK(value_at(plan, run, units, 1, p, r) >= value_at(plan, run, units, 0, p, r));
            CHECK(value_at(plan, run, units, 2, p, r) >= value_at(plan, run, units, 1, p, r));
        }
}
