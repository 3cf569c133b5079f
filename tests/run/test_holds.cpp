// Stages that are left out, and columns that are held: nothing piles up, and what is held does not move.

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "models/columns.hpp"
#include "sim/run/crew.hpp"
#include "sim/run/life.hpp"
#include "sim/scenario/cascade_check.hpp"
#include "support/catch.hpp"
#include "support/real_model.hpp"
#include "support/undying_model.hpp"

using namespace sarx;
using namespace sarx::testing;

namespace {

Model const& undying() {
    static UndyingModel const model(real_model());
    return model;
}

/// Sixteen people from 20 to 90, in a hard life: the first eight train and are treated, and go through every insult.
class HardLife {
public:
    explicit HardLife(std::string const& model_part) : HardLife(plan_of(undying(), text(model_part))) {}
    explicit HardLife(Plan plan)
        : plan_(std::move(plan)),
          world_(plan_, ""),
          crew_(crew_of(world_, 0, lanes)),
          parameters_(parameters_of(world_, crew_, {})),
          shape_(shape_of(world_, parameters_)),
          life_(world_, crew_, {.random = world_.drawing.random()}),
          state_(born(world_, crew_, shape_, parameters_, world_.drawing.random())) {
        state_.arms.push_back({});
        ArmState& arm = state_.arms.front();
        for (std::int16_t lane = 0; lane < treated; ++lane)
            for (std::size_t i = 0; i < plan_.interventions.size(); ++i)
                arm.exposures.push_back({.lane = lane,
                                         .source = static_cast<std::int16_t>(i),
                                         .start_years = -60.0 + 0.1 * static_cast<double>(i),
                                         .stop_years = -1.0});
        life_.settle(state_);
    }

    static constexpr std::int16_t treated = 8;

    static std::string text(std::string const& model_part) {
        std::string out =
            "sarx: 1\nseed: 11\npopulation: {people: 16, start_age: 90 years, end_age: 91 years}\nmodel: {" +
            model_part + "}\narms: {usual: []}\nrecord: {variables: []}\ninterventions:\n";
        for (auto const& kind : undying().kinds())
            out += "  " + std::string(kind.name) + ": {kind: " + std::string(kind.name) + "}\n";
        return out;
    }

    /// Lives to 90 month by month; calls `seen(lanes that nothing is done to)` after each.
    template <class Seen>
    void live(Seen&& seen) {
        constexpr int steps = 70 * 12;
        for (int k = -steps; k < 0; ++k) {
            std::array<bool, lanes> quiet{};
            for (std::size_t l = 0; l < lanes; ++l)
                quiet[l] = (l >= treated || k < -61 * 12 || k >= -12) &&
                           std::ranges::none_of(state_.standing, [&](Exposure const& e) {
                               return static_cast<std::size_t>(e.lane) == l;
                           });
            if (k % 24 == 0) state_.block.compact_units(undying().unit_presence());
            life_.step(state_, k / 12.0, 1.0 / 12.0);
            seen(quiet);
        }
    }

    Block& block() { return state_.block; }
    /// All numbers of a column in a lane, over muscles and rows.
    std::vector<float> of(ColumnId c, std::size_t lane) {
        std::vector<float> out;
        each_piece(state_.block, undying().columns()[c.index], c, [&](float const* first, std::size_t count) {
            for (std::size_t i = lane; i < count; i += lanes) out.push_back(first[i]);
        });
        return out;
    }
    std::size_t stays() const {
        return static_cast<std::size_t>(state_.block.person(models::column("hospital_stays_count"))[0]);
    }

private:
    Plan plan_;
    World world_;
    Crew crew_;
    ParameterLanes parameters_;
    BlockShape shape_;
    Life life_;
    LifeState state_;
};

std::vector<std::string> stages() { return undying().cascades().front().stages; }

bool has(std::vector<ColumnId> const& list, ColumnId c) { return std::ranges::find(list, c) != list.end(); }

StageSpec const& stage(std::string const& name) {
    return *std::ranges::find(undying().stages(), name, &StageSpec::name);
}

std::string without(std::vector<std::string> const& names) {
    std::string out = "cascade: {like: nerve_first, without: [";
    for (auto const& name : names) out += (name == names.front() ? "" : ", ") + name;
    return out + "]}";
}

/// Fibres with a nerve, without one and lost are those of youth; everything is finite and within its range.
void check_sums_and_ranges(HardLife& life) {
    Block& block = life.block();
    auto const columns = undying().columns();
    for (int m = 0; m < block.muscle_count(); ++m)
        for (int lane = 0; lane < lanes; ++lane) {
            auto const of = [&](ColumnId c) { return static_cast<double>(block.muscle(c, m)[lane]); };
            double const youth = of(models::column("youth_fibre_count"));
            double const sum = of(models::column("innervated_fibre_count")) +
                               of(models::column("denervated_fibre_count")) + of(models::column("lost_fibre_count"));
            if (!(std::abs(sum - youth) < 2e-4 * youth)) FAIL_CHECK(sum << " fibres, " << youth << " in youth");
        }
    std::map<std::string_view, float> absurd;
    for (std::size_t c = 0; c < columns.size(); ++c)
        for (std::size_t lane = 0; lane < lanes; ++lane)
            for (float const x : life.of({static_cast<std::uint16_t>(c)}, lane)) {
                bool const within =
                    columns[c].report == Report::hidden || columns[c].level == Level::unit ||
                    (x >= static_cast<float>(columns[c].valid_min) && x <= static_cast<float>(columns[c].valid_max));
                if (!std::isfinite(x) || !within) absurd[columns[c].name] = x;
            }
    for (auto const& [column, x] : absurd) FAIL_CHECK(column << " = " << x);
}

}  // namespace

TEST_CASE("a stage left out leaves its columns at youth, whatever is added to them", "[holds]") {
    auto const columns = undying().columns();
    std::size_t added_to = 0;
    for (auto const& name : stages()) {
        INFO("without " << name);
        HardLife life(without({name}));
        for (ColumnId const c : stage(name).writes) {
            if (columns[c.index].level == Level::unit) continue;
            added_to += std::ranges::any_of(undying().kinds(), [&](KindSpec const& k) { return has(k.adds_to, c); });
        }
        std::vector<std::array<std::vector<float>, lanes>> youth(columns.size());
        for (ColumnId const c : stage(name).writes)
            for (std::size_t l = 0; l < lanes; ++l) youth[c.index][l] = life.of(c, l);
        std::map<std::string_view, std::size_t> moved;
        life.live([&](std::array<bool, lanes> const& quiet) {
            for (ColumnId const c : stage(name).writes) {
                // What stages beside it add (disease takes its part of activity) is told below.
                auto const adds = [&](auto const& spec) { return has(spec.adds_to, c); };
                if (columns[c.index].level == Level::unit || std::ranges::any_of(undying().stages(), adds)) continue;
                bool const stimulus = std::ranges::any_of(undying().kinds(), adds);
                for (std::size_t l = 0; l < lanes; ++l)
                    if ((quiet[l] || !stimulus) && life.of(c, l) != youth[c.index][l]) ++moved[columns[c.index].name];
            }
        });
        for (auto const& [column, times] : moved) FAIL_CHECK(column << " was not that of youth " << times << " times");
        CHECK((life.stays() > 0 || name == "adverse_events"));
        check_sums_and_ranges(life);
    }
    CHECK(added_to > 20);
}

TEST_CASE("what one stage adds to another's column does not pile up where that other is left out", "[holds]") {
    HardLife life(without({"habits"}));
    std::array<std::vector<float>, lanes> values;  // of activity: youth's, and what a disease leaves of it
    life.live([&](std::array<bool, lanes> const& quiet) {
        for (std::size_t l = 0; l < lanes; ++l) {
            float const now = life.of(models::column("metabolic_activity_ratio"), l).front();
            if (quiet[l] && std::ranges::find(values[l], now) == values[l].end()) values[l].push_back(now);
        }
    });
    std::size_t ill = 0;
    for (auto const& of_person : values) {
        CHECK(of_person.front() == 1.0F);
        CHECK(of_person.size() <= 2);
        ill += of_person.size() - 1;
    }
    CHECK(ill > 0);
}

TEST_CASE("whatever stages are left out together, sums hold and nothing is absurd", "[holds]") {
    Random const random(3);
    auto const all = stages();
    int lived = 0;
    for (std::uint32_t draw = 0; draw < 25; ++draw) {
        std::vector<std::string> gone;
        for (std::size_t s = 0; s < all.size(); ++s)
            if (random.uniform(draw, Purpose("left out"), static_cast<std::uint32_t>(s)) < 0.25) gone.push_back(all[s]);
        if (gone.empty()) continue;
        std::string names;
        for (auto const& name : gone) names += " " + name;
        INFO("without" << names);
        HardLife life(without(gone));
        life.live([](std::array<bool, lanes> const&) {});
        check_sums_and_ranges(life);
        ++lived;
    }
    CHECK(lived > 20);
}

TEST_CASE("to hold all that a stage writes is to leave it out, where youth is that of the dictionary", "[holds]") {
    for (std::string const name : {"er_mitochondria_contacts", "sarcopenia", "disability", "body_water"}) {
        INFO(name);
        std::string holds;
        for (ColumnId const c : stage(name).writes)
            holds += (holds.empty() ? "" : ", ") + std::string(undying().columns()[c.index].name) + ": youth";
        HardLife held("hold: {" + holds + "}");
        HardLife out(without({name}));
        HardLife usual("cascade: nerve_first");
        for (HardLife* const life : {&held, &out, &usual}) life->live([](std::array<bool, lanes> const&) {});
        std::size_t apart = 0;
        std::size_t moved = 0;
        for (std::size_t c = 0; c < undying().columns().size(); ++c)
            for (std::size_t l = 0; l < lanes; ++l) {
                ColumnId const id{static_cast<std::uint16_t>(c)};
                apart += held.of(id, l) != out.of(id, l);
                moved += held.of(id, l) != usual.of(id, l);
            }
        CHECK(apart == 0);
        CHECK(moved > 0);
    }
}

TEST_CASE("any column that can be held stays that of youth to the bit, and the rest stays finite", "[holds]") {
    Random const random(4);
    auto const columns = undying().columns();
    std::vector<ColumnId> can;
    for (std::size_t c = 0; c < columns.size(); ++c)
        if (ColumnId const id{static_cast<std::uint16_t>(c)}; why_never_held(undying(), id).empty()) can.push_back(id);
    std::vector<bool> was_held(can.size());
    for (std::uint32_t draw = 0; draw < 20; ++draw) {
        std::vector<ColumnId> held;
        std::string holds;
        for (std::size_t i = 0; i < can.size(); ++i) {
            if (random.uniform(draw, Purpose("held"), static_cast<std::uint32_t>(i)) > 0.15) continue;
            was_held[i] = true;
            held.push_back(can[i]);
            holds += (holds.empty() ? "" : ", ") + std::string(columns[can[i].index].name) + ": youth";
        }
        INFO(holds);
        HardLife life("hold: {" + holds + "}");
        std::vector<std::array<std::vector<float>, lanes>> youth(columns.size());
        for (ColumnId const c : held)
            for (std::size_t l = 0; l < lanes; ++l) youth[c.index][l] = life.of(c, l);
        std::set<std::string_view> wrong;
        life.live([&](std::array<bool, lanes> const&) {
            for (ColumnId const c : held)
                for (std::size_t l = 0; l < lanes && columns[c.index].level != Level::unit; ++l)
                    if (life.of(c, l) != youth[c.index][l]) wrong.insert(columns[c.index].name);
        });
        for (std::size_t c = 0; c < columns.size(); ++c)
            for (std::size_t l = 0; l < lanes; ++l)
                for (float const x : life.of({static_cast<std::uint16_t>(c)}, l))
                    if (!std::isfinite(x)) wrong.insert(columns[c].name);
        // Units die and the living close ranks, each with what it had in youth.
        for (ColumnId const c : held)
            for (std::size_t l = 0; l < lanes && columns[c.index].level == Level::unit; ++l) {
                auto const fibres = life.of(models::column("unit_fibres"), l);
                auto const now = life.of(c, l);
                for (std::size_t i = 0; i < now.size(); ++i)
                    if (fibres[i] > 0.0F && std::ranges::find(youth[c.index][l], now[i]) == youth[c.index][l].end())
                        wrong.insert(columns[c.index].name);
            }
        CHECK(wrong == std::set<std::string_view>{});
    }
    CHECK(std::ranges::count(was_held, true) > static_cast<std::ptrdiff_t>(can.size() * 9 / 10));
}

namespace {

std::string run_text(std::string const& hold, std::string const& start_age = "55 years") {
    return "sarx: 1\nseed: 6\npopulation: {people: 48, start_age: " + start_age + R"(, end_age: 80 years}
clock: {step: 1 month, record_every: 1 year}
record: {variables: all}
)" + (hold.empty() ? "" : "model: {hold: {" + hold + "}}\n") +
           R"(interventions:
  power: {kind: power_training}
  protein: {kind: protein_intake}
  none: {kind: power_training, dose: {sessions_per_week: 0}}
  ill: {kind: acute_illness}
arms:
  usual: []
  zero: [{give: none}]
  fed: [{give: protein, from: {age: 60 years}}]
  power: [{give: power, from: {age: 60.2 years}, until: {age: 70 years}}, {give: ill, from: {age: 65.1 years}, until: {after: 3 weeks}}]
)";
}

/// Values that differ between two arms of two runs of the same people, dead or alive.
std::size_t apart(Plan const& p, std::vector<BatchResult> const& a, std::size_t arm_a,
                  std::vector<BatchResult> const& b, std::size_t arm_b) {
    std::size_t count = 0;
    for (std::size_t s = 0; s < series_of(p).size(); ++s)
        for (std::uint32_t i = 0; i < 48; ++i)
            for (int r = 0; r < p.clock.records; ++r)
                count += !same_bits(value_at(p, a, s, arm_a, i, r), value_at(p, b, s, arm_b, i, r));
    return count;
}

}  // namespace

TEST_CASE("what is held is the person's own, in every arm and from the moment asked for", "[holds]") {
    std::string const holds =
        "inflammation: youth, protein_intake_g_per_kg_day: youth, nmj_stability: youth, mune_estimate_count: youth, "
        "fat_ratio: entry, muscle_force_ratio: entry, mup_area_uV_ms: entry, body_mass_kg: youth";
    Plan const plan = plan_of(real_model(), run_text(holds));
    Plan const from_20 = plan_of(real_model(), run_text(holds, "20 years"));
    Plan const free = plan_of(real_model(), run_text(""));
    auto const run = simulate_all(plan);
    auto const young = simulate_all(from_20);
    auto const usual = simulate_all(free);
    auto const all = series_of(plan);
    std::map<std::string_view, std::size_t> kinds;
    for (std::size_t s = 0; s < all.size(); ++s) {
        auto const hold = std::ranges::find(plan.holds, all[s].column, &Hold::column);
        if (hold == plan.holds.end()) continue;
        auto const name = plan.model->columns()[all[s].column.index].name;
        INFO(name);
        std::size_t wrong = 0;
        std::size_t people = 0;
        std::size_t values = 0;
        for (std::uint32_t i = 0; i < 48; ++i) {
            float const at_20 = value_at(from_20, young, s, 0, i, 0);
            float const at_entry = value_at(plan, run, s, 0, i, 0);
            // From 20 on everybody's own; from entry on what was lived to until then.
            if (hold->at == Hold::At::youth) wrong += at_entry != at_20;
            people += at_entry != value_at(plan, run, s, 0, 0, 0);
            for (std::size_t arm = 0; arm < plan.arms.size(); ++arm)
                for (int r = 0; r < plan.clock.records; ++r) {
                    float const x = value_at(plan, run, s, arm, i, r);
                    wrong += !std::isnan(x) && x != at_entry;
                    values += !std::isnan(x);
                }
        }
        CHECK(wrong == 0);
        CHECK(values > 48 * 20 * plan.arms.size());
        ++kinds[name];
        if (name != "inflammation") CHECK(people > 0);
    }
    CHECK(kinds.size() == plan.holds.size());

    CHECK(apart(plan, run, 0, run, 1) == 0);  // a dose of nothing
    CHECK(apart(plan, run, 0, run, 2) == 0);  // protein, whose only column is held
    CHECK(apart(plan, run, 0, run, 3) > 0);
    CHECK(apart(plan, usual, 0, usual, 2) > 0);  // where it is not held, protein is felt
    CHECK(apart(plan, run, 0, usual, 0) > 0);
}

TEST_CASE("mortality is centred on the model as written, before anything is held", "[holds]") {
    Plan const free = plan_of(real_model(), run_text(""));
    // A blood marker that nobody's death depends on, so that the cohort is not found again but lived again.
    ReadOptions other_marker;
    other_marker.set = {{"model.parameters.blood_markers.caf_base_pmol_per_l", "91"}};
    Plan const held = plan_of(real_model(), run_text("grip_strength_kg: youth, disease_burden: youth"), other_marker);
    CHECK(base_rate(free).log_rate == base_rate(held).log_rate);
    // Those as strong as at 20 are likelier to live on.
    auto const a_run = simulate_all(free);
    auto const b_run = simulate_all(held);
    std::size_t const rate = series_index(free, "death_rate_per_year");
    double of_free = 0.0;
    double of_held = 0.0;
    for (std::uint32_t i = 0; i < 48; ++i) {
        float const x = value_at(free, a_run, rate, 0, i, 15);
        float const y = value_at(held, b_run, rate, 0, i, 15);
        if (std::isnan(x) || std::isnan(y)) continue;
        of_free += static_cast<double>(x);
        of_held += static_cast<double>(y);
    }
    CHECK(of_held < 0.9 * of_free);
}

TEST_CASE("a mass that a file gives does not move a mass that is held from youth", "[holds]") {
    auto const masses = [](std::string const& age_and_mass, std::string const& hold) {
        std::string people = "id,sex,age_years,mass_kg\n";
        for (int i = 0; i < 15; ++i) people += std::to_string(i) + ",female," + age_and_mass + "\n";
        Problems problems;
        ScenarioText const text{.name = "test.yaml",
                                .text =
                                    "sarx: 1\nseed: 1\npopulation: {from: people.csv, follow: 5 years}\n"
                                    "model: {hold: {" +
                                    hold + "}}\nrecord: {variables: [body_mass_kg]}\narms: {usual: []}\n",
                                .folder = {},
                                .beside = {{"people.csv", people}}};
        auto const plan = read_plan(text, real_model(), {}, problems);
        REQUIRE(problems.text() == "");
        auto const run = simulate_all(*plan);
        std::vector<float> out;
        for (std::uint32_t i = 0; i < 15; ++i)
            out.push_back(value_at(*plan, run, series_index(*plan, "body_mass_kg"), 0, i, 0));
        return out;
    };
    CHECK(masses("60,100", "body_mass_kg: youth") == masses("20,", "body_mass_kg: youth"));
    for (float const mass : masses("60,100", "body_mass_kg: entry")) CHECK(std::abs(mass - 100.0F) < 0.5F);
}
