#include "support/toy_model.hpp"

#include <cmath>

#include "sim/contract/math.hpp"

namespace sarx::toy {
namespace {

constexpr std::string_view muscle_names[] = {"arm", "leg", "foot"};
constexpr std::string_view default_muscle_names[] = {"arm", "leg"};
constexpr std::pair<std::string_view, std::string_view> muscle_needed[] = {{"strength_kg", "arm"}};
constexpr std::string_view sets[] = {"baseline"};

float share_of_step(float rate_per_year, float dt_years) {
    return static_cast<float>(1.0 - sarx::exp(-static_cast<double>(rate_per_year) * static_cast<double>(dt_years)));
}

/// Resets the stimuli to habit.
class Habits final : public Stage {
public:
    explicit Habits(ParameterTable const& parameters) : activity_(parameters.id("habits.activity_ratio")) {}
    void step(Block& block, LaneTime const& span) const override {
        for (int lane = 0; lane < lanes; ++lane) {
            if (!(span.dt_years[lane] > 0.0F)) continue;
            block.person(column("activity_ratio"))[lane] = block.parameter(activity_)[lane];
            for (int m = 0; m < block.muscle_count(); ++m) block.muscle(column("unloading_fraction"), m)[lane] = 0.0F;
        }
    }

private:
    ParameterId activity_;
};

/// Units lose fibres exponentially, faster when unloaded, and die when their hazard has run out.
class Shrinking final : public Stage {
public:
    Shrinking(ParameterTable const& parameters, float haste)
        : haste_(haste),
          shrink_(parameters.id("shrinking.rate_per_year")),
          death_(parameters.id("shrinking.death_rate_per_year")) {}
    void step(Block& block, LaneTime const& span) const override {
        for (int m = 0; m < block.muscle_count(); ++m) {
            for (int lane = 0; lane < lanes; ++lane) {
                float const dt_years = span.dt_years[lane];
                if (!(dt_years > 0.0F)) continue;
                float const unloading = block.muscle(column("unloading_fraction"), m)[lane];
                float const activity = block.person(column("activity_ratio"))[lane];
                float const rate =
                    haste_ * block.parameter(shrink_, m)[lane] * (1.0F + 5.0F * unloading) / (0.5F + 0.5F * activity);
                float const q = share_of_step(rate, dt_years);
                float const hazard = haste_ * block.parameter(death_, m)[lane] * dt_years;
                float units = 0.0F;
                float all = 0.0F;
                for (int row = 0; row < block.unit_rows(m); ++row) {
                    float& fibres = block.unit(column("unit_fibres"), m)[row * lanes + lane];
                    float& left = block.unit(column("unit_hazard_left"), m)[row * lanes + lane];
                    if (!(fibres > 0.0F)) continue;
                    left -= hazard;
                    fibres += (0.0F - fibres) * q;
                    if (!(left > 0.0F)) fibres = 0.0F;
                    units += fibres > 0.0F ? 1.0F : 0.0F;
                    all += fibres;
                }
                block.muscle(column("unit_count"), m)[lane] = units;
                block.muscle(column("fibre_count"), m)[lane] = all;
            }
        }
    }

private:
    float haste_;
    ParameterId shrink_;
    ParameterId death_;
};

/// Fitness follows activity; strength follows fibres and fitness; falls, illness and death follow strength.
class Strength final : public Stage {
public:
    explicit Strength(ParameterTable const& parameters)
        : per_fibre_(parameters.id("strength.per_fibre_kg")),
          lag_(parameters.id("strength.fitness_rate_per_year")),
          weak_(parameters.id("strength.weak_below_kg")),
          falls_(parameters.id("strength.fall_rate_per_year")),
          illness_(parameters.id("strength.illness_rate_per_year")) {}
    void step(Block& block, LaneTime const& span) const override {
        for (int lane = 0; lane < lanes; ++lane) {
            float const dt_years = span.dt_years[lane];
            if (!(dt_years > 0.0F)) continue;
            float& fitness = block.person(column("fitness"))[lane];
            fitness += (block.person(column("activity_ratio"))[lane] - fitness) *
                       share_of_step(block.parameter(lag_)[lane], dt_years);
            float const strength = block.muscle(column("fibre_count"), 0)[lane] * block.parameter(per_fibre_)[lane] *
                                   (0.8F + 0.2F * fitness);
            float const weak_below = block.parameter(weak_)[lane];
            float const shortfall = strength < weak_below ? 1.0F - strength / weak_below : 0.0F;
            block.person(column("strength_kg"))[lane] = strength;
            block.person(column("weakness"))[lane] = strength < weak_below ? 1.0F : 0.0F;
            block.person(column("fall_rate_per_year"))[lane] =
                block.parameter(falls_)[lane] * (1.0F + 4.0F * shortfall);
            block.person(column("illness_rate_per_year"))[lane] = block.parameter(illness_)[lane] * (1.0F + shortfall);
            block.person(column("mortality_log_hazard_ratio"))[lane] = shortfall;
        }
    }

private:
    ParameterId per_fibre_, lag_, weak_, falls_, illness_;
};

class Training final : public InterventionKind {
public:
    explicit Training(ParameterTable const& parameters) : gain_(parameters.id("training.gain_per_session")) {}
    void add_to(Block& block, int lane, Dose const& dose) const override {
        block.person(column("activity_ratio"))[lane] +=
            static_cast<float>(dose.amounts[0] * dose.amounts[1]) * block.parameter(gain_)[lane];
    }

private:
    ParameterId gain_;
};

class Immobilisation final : public InterventionKind {
public:
    void add_to(Block& block, int lane, Dose const& dose) const override {
        for (int m = 0; m < block.muscle_count(); ++m) {
            if ((dose.muscles >> static_cast<unsigned>(m) & 1U) == 0) continue;
            float& unloading = block.muscle(column("unloading_fraction"), m)[lane];
            unloading += (1.0F - unloading) * static_cast<float>(dose.amounts[0] * dose.side_share);
        }
    }
};

class ToyModel final : public Model {
public:
    explicit ToyModel(ParameterTable parameters) : parameters_(std::move(parameters)) {
        stages_ = {
            {.name = "habits",
             .phase = Phase::life,
             .level = "0 life",
             .about = "habitual activity",
             .writes = {column("activity_ratio"), column("unloading_fraction")}},
            {.name = "shrinking",
             .level = "1 units",
             .about = "units shrink and die",
             .reads = {column("activity_ratio"), column("unloading_fraction")},
             .writes = {column("unit_fibres"), column("unit_hazard_left"), column("unit_count"),
                        column("fibre_count")}},
            {.name = "rapid_shrinking",
             .level = "1 units",
             .about = "the same at twice the rate",
             .replaces = "shrinking",
             .reads = {column("activity_ratio"), column("unloading_fraction")},
             .writes = {column("unit_fibres"), column("unit_hazard_left"), column("unit_count"),
                        column("fibre_count")}},
            {.name = "strength",
             .level = "2 function",
             .about = "strength and what follows from it",
             .reads = {column("activity_ratio"), column("fibre_count")},
             .writes = {column("fitness"), column("strength_kg"), column("weakness"), column("fall_rate_per_year"),
                        column("illness_rate_per_year"), column("mortality_log_hazard_ratio")}},
        };
        kinds_ = {
            {.name = "training",
             .about = "more activity",
             .dose = {{.name = "sessions_per_week",
                       .unit = "1/week",
                       .meaning = "sessions",
                       .high = 14,
                       .required = true,
                       .source = "assumed: a toy"},
                      {.name = "intensity_fraction",
                       .unit = "1",
                       .meaning = "effort",
                       .high = 1,
                       .fallback = 0.5,
                       .source = "assumed: a toy"}},
             .adds_to = {column("activity_ratio")}},
            {.name = "immobilisation",
             .insult = true,
             .local = true,
             .about = "a cast",
             .dose = {{.name = "unloading_fraction",
                       .unit = "1",
                       .meaning = "unloading",
                       .high = 1,
                       .fallback = 1,
                       .source = "assumed: a toy"}},
             .adds_to = {column("unloading_fraction")}},
        };
        events_ = {
            {.name = "fall",
             .meaning = "a fall",
             .occurs = Occurs::recurrent,
             .rate_per_year = column("fall_rate_per_year"),
             .sets = column("falls_count"),
             .counts_last_year = column("falls_last_year")},
            {.name = "illness",
             .meaning = "an illness",
             .occurs = Occurs::once,
             .rate_per_year = column("illness_rate_per_year"),
             .sets = column("illness")},
            {.name = "weakness",
             .meaning = "strength fell below the limit",
             .occurs = Occurs::crossing,
             .crosses = column("weakness")},
            {.name = "death",
             .meaning = "death",
             .occurs = Occurs::once,
             .rate_per_year = column("death_rate_per_year"),
             .is_death = true},
        };
        standing_ = {{.event = "illness",
                      .kind = "immobilisation",
                      .amount_parameter = "illness.unloading_fraction",
                      .duration_median_days_parameter = "illness.duration_median_days",
                      .duration_sd_log_parameter = "illness.duration_sd_log",
                      .longest_days = 60.0}};
        measures_ = {{.of = column("strength_kg"), .cv_parameter = "measures.strength_cv", .source = "assumed: a toy"}};
        given_ = {{.name = "height_cm",
                   .unit = "cm",
                   .low = 100,
                   .high = 230,
                   .use = GivenSpec::Use::parameter,
                   .parameter = "people.height_cm",
                   .column = column("height_cm")},
                  {.name = "strength_kg",
                   .unit = "kg",
                   .low = 0,
                   .high = 200,
                   .use = GivenSpec::Use::likelihood,
                   .called_weight = true,
                   .parameter = "measures.strength_cv",
                   .column = column("strength_kg")}};
        burdens_ = {{.name = "weakness", .column = column("weakness")}};
        cascades_ = {{.name = "slow",
                      .about = "as it is",
                      .stages = {"habits", "shrinking", "strength"},
                      .parameters = {},
                      .source = "assumed: a toy"},
                     {.name = "fast",
                      .about = "twice as fast",
                      .stages = {"habits", "rapid_shrinking", "strength"},
                      .parameters = {{"strength.fall_rate_per_year", 0.6}},
                      .source = "assumed: a toy"}};
    }

    std::span<ColumnSpec const> columns() const override { return toy::columns; }
    ParameterTable const& parameters() const override { return parameters_; }
    std::span<std::string_view const> muscles() const override { return muscle_names; }
    std::span<std::string_view const> default_muscles() const override { return default_muscle_names; }
    std::span<std::pair<std::string_view, std::string_view> const> muscle_of_column() const override {
        return muscle_needed;
    }
    std::span<StageSpec const> stages() const override { return stages_; }
    std::span<Cascade const> cascades() const override { return cascades_; }
    std::unique_ptr<Stage> make_stage(std::string_view name, std::string_view) const override {
        if (name == "habits") return std::make_unique<Habits>(parameters_);
        if (name == "shrinking") return std::make_unique<Shrinking>(parameters_, 1.0F);
        if (name == "rapid_shrinking") return std::make_unique<Shrinking>(parameters_, 2.0F);
        return std::make_unique<Strength>(parameters_);
    }
    std::span<std::string_view const> instruction_sets() const override { return sets; }
    std::span<KindSpec const> kinds() const override { return kinds_; }
    std::unique_ptr<InterventionKind> make_kind(std::string_view name) const override {
        if (name == "training") return std::make_unique<Training>(parameters_);
        return std::make_unique<Immobilisation>();
    }
    std::span<EventSpec const> events() const override { return events_; }
    std::span<StandingDelivery const> standing_deliveries() const override { return standing_; }
    std::span<MeasureSpec const> measures() const override { return measures_; }
    std::span<GivenSpec const> given() const override { return given_; }
    std::span<BurdenSpec const> burdens() const override { return burdens_; }

    int unit_capacity(double largest_unit_count) const override {
        return static_cast<int>(std::ceil(largest_unit_count));
    }
    std::string_view unit_count_parameter() const override { return "people.unit_count"; }
    void be_young(Block& block, int lane, Person const& person, Random const& random,
                  std::span<int const> plan_muscles) const override {
        block.person(column("female"))[lane] = person.sex == Sex::female ? 1.0F : 0.0F;
        block.person(column("height_cm"))[lane] = block.parameter(parameters_.id("people.height_cm"))[lane];
        block.person(column("adherence_z"))[lane] = static_cast<float>(random.normal(person.key, Purpose{"adherence"}));
        block.person(column("activity_ratio"))[lane] = block.parameter(parameters_.id("habits.activity_ratio"))[lane];
        for (int m = 0; m < static_cast<int>(plan_muscles.size()); ++m) {
            auto const units = static_cast<int>(block.parameter(parameters_.id("people.unit_count"), m)[lane]);
            auto const purpose =
                Purpose{"unit_hazard"}.of(static_cast<std::uint32_t>(plan_muscles[static_cast<std::size_t>(m)]));
            float all = 0.0F;
            for (int row = 0; row < units && row < block.unit_capacity(m); ++row) {
                block.unit(column("unit_fibres"), m)[row * lanes + lane] = 10.0F + static_cast<float>(row);
                block.unit(column("unit_hazard_left"), m)[row * lanes + lane] =
                    static_cast<float>(random.exponential(person.key, purpose, static_cast<std::uint32_t>(row)));
                all += 10.0F + static_cast<float>(row);
            }
            block.muscle(column("unit_count"), m)[lane] = static_cast<float>(units);
            block.muscle(column("fibre_count"), m)[lane] = all;
        }
    }
    void enter(Block&, EntryInfo const&) const override {}
    ColumnId unit_presence() const override { return column("unit_fibres"); }
    ColumnId alive() const override { return column("alive"); }
    ColumnId adherence() const override { return column("adherence_z"); }
    ColumnId log_hazard_ratio() const override { return column("mortality_log_hazard_ratio"); }
    ColumnId death_rate_per_year() const override { return column("death_rate_per_year"); }
    std::string_view life_table() const override { return "mortality.death_rate_per_year"; }

private:
    ParameterTable parameters_;
    std::vector<StageSpec> stages_;
    std::vector<Cascade> cascades_;
    std::vector<KindSpec> kinds_;
    std::vector<EventSpec> events_;
    std::vector<StandingDelivery> standing_;
    std::vector<MeasureSpec> measures_;
    std::vector<GivenSpec> given_;
    std::vector<BurdenSpec> burdens_;
};

ParameterSpec spec(std::string path, std::string unit, Value value, double low, double high) {
    value.low = low;
    value.high = high;
    ParameterSpec s;
    s.path = std::move(path);
    s.unit = std::move(unit);
    s.meaning = "a number of the toy";
    s.low = s.plausible_low = low;
    s.high = s.plausible_high = high;
    s.source = "assumed: a toy";
    s.applies_to = "nobody";
    s.values[""] = {value, value};
    return s;
}

Value constant(double a) { return {.a = a}; }

}  // namespace

ParameterTable make_parameters() {
    ParameterTable table;
    auto& p = table.parameters;
    p.push_back(spec("people.height_cm", "cm", {.shape = Shape::normal, .a = 165, .b = 6}, 120, 220));
    p.back().by_sex = true;
    p.back().values[""][static_cast<int>(Sex::male)].a = 178;
    p.push_back(spec("people.unit_count", "1", constant(20), 1, 60));
    p.back().by_muscle = true;
    for (auto const& [muscle, count] : {std::pair{"arm", 20.0}, {"leg", 24.0}, {"foot", 12.0}}) {
        auto value = p.back().values[""];
        value[0].a = value[1].a = count;
        p.back().values[muscle] = value;
    }
    p.back().values.erase("");
    p.push_back(spec("habits.activity_ratio", "1", {.shape = Shape::lognormal, .a = 1.0, .b = 0.2}, 0.1, 4));
    p.push_back(spec("shrinking.rate_per_year", "1/year", constant(0.01), 0, 1));
    p.back().by_muscle = true;
    p.push_back(spec("shrinking.death_rate_per_year", "1/year", constant(0.01), 0, 1));
    p.back().by_muscle = true;
    p.push_back(spec("strength.per_fibre_kg", "kg", {.shape = Shape::lognormal, .a = 0.1, .b = 0.1}, 0.01, 1));
    p.push_back(spec("strength.fitness_rate_per_year", "1/year", constant(4), 0, 100));
    p.push_back(spec("strength.weak_below_kg", "kg", constant(24), 1, 100));
    p.push_back(spec("strength.fall_rate_per_year", "1/year", constant(0.3), 0, 5));
    p.push_back(spec("strength.illness_rate_per_year", "1/year", constant(0.02), 0, 5));
    p.push_back(spec("training.gain_per_session", "week", constant(0.2), 0, 2));
    p.push_back(spec("illness.unloading_fraction", "1", constant(1), 0, 1));
    p.push_back(spec("illness.duration_median_days", "day", constant(7), 0.1, 60));
    p.push_back(spec("illness.duration_sd_log", "1", constant(0.5), 0, 2));
    p.push_back(spec("measures.strength_cv", "1", constant(0.05), 0, 1));
    table.age_tables.push_back({.path = "mortality.death_rate_per_year",
                                .unit = "1/year",
                                .meaning = "rate of death",
                                .source = "assumed: a toy",
                                .ages_years = {20, 50, 80, 110},
                                .values = {{{0.0005, 0.002, 0.04, 0.8}, {0.001, 0.004, 0.06, 0.9}}}});
    return table;
}

std::unique_ptr<Model> make_model(bool deadly) {
    auto table = make_parameters();
    if (!deadly)
        for (auto& rates : table.age_tables.front().values)
            for (double& rate : rates) rate = 1e-12;
    return make_model(std::move(table));
}

std::unique_ptr<Model> make_model(ParameterTable parameters) {
    return std::make_unique<ToyModel>(std::move(parameters));
}

}  // namespace sarx::toy
