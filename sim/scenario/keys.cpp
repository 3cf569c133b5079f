#include "sim/scenario/keys.hpp"

#include <limits>

#include "sim/scenario/model_schema.hpp"
#include "sim/scenario/read_arms.hpp"
#include "sim/scenario/read_clock.hpp"
#include "sim/scenario/read_interventions.hpp"
#include "sim/scenario/read_model.hpp"
#include "sim/scenario/read_population.hpp"
#include "sim/scenario/read_record.hpp"
#include "sim/scenario/read_run.hpp"
#include "sim/scenario/resolve.hpp"
#include "sim/tables/people_file.hpp"

namespace sarx::grammar {
namespace {

constexpr double an_hour = 1.0 / 8766.0;
constexpr std::uint64_t most_people = 1'000'000'000;
constexpr std::uint64_t most_unit_people = 1'000'000;
constexpr std::uint64_t most_candidates = 1000;
constexpr std::uint64_t most_draws = 1'000'000;
constexpr std::uint64_t float_bits = 23;

constexpr Number share{"1", 0.0, 1.0};
constexpr Years an_age{0.0, oldest_years};
constexpr Years an_adult_age{youngest_years, oldest_years};
constexpr Years a_time{0.0, oldest_years};

std::vector<std::string> all_muscles(Model const& model) { return {model.muscles().begin(), model.muscles().end()}; }

NamesOf const muscles{"a muscle", "unknown muscle", [](Model const& model, Plan const&) { return all_muscles(model); },
                      all_muscles};

/// Text, or a list of texts, that no number depends on.
Form<Plan> words() {
    Form<Plan> form;
    form.shown.told = [](Model const&) { return Told{"text, or a list of texts", "", ""}; };
    form.shown.schema = [](Model const&) -> nlohmann::json {
        return {{"anyOf", {{{"type", "string"}}, {{"type", "array"}, {"items", {{"type", "string"}}}}}}};
    };
    form.read = [](Reading const& reading, YamlNode const& node, std::string const& path, Plan&) {
        if (!node.is_sequence()) return read_text(reading, node, path).has_value();
        for (auto const& item : node.items) read_text(reading, item, path);
        return true;
    };
    return form;
}

/// A value of which the resolved plan has no line of its own.
Form<Plan> unsaid(Form<Plan> form) {
    form.text = {};
    return form;
}

bool all_are_drawn(Population const& population) { return population.given.empty(); }
bool some_are_given(Population const& population) { return !population.given.empty(); }

Keys<Population> const& start_age_keys() {
    static Keys<Population> const keys = {
        {"from",
         into(&Population::start_age_from_years, an_adult_age),
         {.help = "the youngest at the start", .needed = "the youngest age at the start"}},
        {"to",
         into(&Population::start_age_to_years, an_adult_age),
         {.help = "the oldest at the start", .needed = "the oldest age at the start"}},
    };
    return keys;
}

Keys<Population> const& population_keys() {
    auto const one_age = [](Population& to, double years) { to.start_age_from_years = to.start_age_to_years = years; };
    auto const from_age = [](Population const& p) { return p.start_age_from_years; };
    static Keys<Population> const keys = {
        {"from",
         later<Population>(
             Text{}, [](Plan const&, Population const& p) { return p.given.empty() ? "" : quoted_text(p.given_path); }),
         {.help = "CSV file of real people beside the scenario, a row each",
          .fallback = "everyone is drawn",
          .example = "from: example_people.csv, follow: 20 years, columns: {weight: weight}",
          .in_place_of = {"start_age", "people", "female_fraction"}}},
        {"columns",
         later<Population>(Other{"our columns with the file's own names for them", columns_schema}),
         {.help = "the file's own names for our columns",
          .fallback = "the file's columns are called as ours",
          .example = "from: example_people.csv, follow: 20 years, columns: {weight: weight}"}},
        {"ignore",
         later<Population>(Other{"a list of texts", texts_schema}),
         {.help = "columns of the file that are not used",
          .fallback = "none",
          .example = "from: example_people.csv, follow: 20 years, ignore: [weight]"}},
        {"people",
         into(&Population::people,
              Whole{1, most_people, "1 to 1000000000 people; at a billion the summaries alone take days"}),
         {.help = "how many people are simulated",
          .fallback = "none; with `from` all of the file",
          .example = "people: 10000",
          .needed = "how many are simulated",
          .unless = "from"}},
        {"start_age",
         only_if(all_are_drawn,
                 either(put<Population>(one_age, from_age, an_adult_age), mapping(start_age_keys, check_start_age))),
         {.help = "age at the start, one for all or a range; people age from 20 to it",
          .example = "start_age: {from: 60 years, to: 80 years}"}},
        {"end_age",
         into(&Population::end_age_years, an_adult_age),
         {.help = "age at which observation ends", .example = "end_age: 90 years", .in_place_of = {"follow"}}},
        {"follow",
         put<Population>(
             [](Population& to, double years) {
                 to.follow_years = years;
                 to.end_age_years = std::numeric_limits<double>::infinity();
             },
             [](Population const& p) { return p.follow_years; }, Years{0.0, oldest_years - youngest_years}),
         {.help = "length of follow-up, instead of end_age",
          .fallback = "up to end_age",
          .example = "follow: 30 years",
          .in_place_of = {"end_age"}}},
        {"female_fraction",
         only_if(all_are_drawn, into(&Population::female_fraction, share)),
         {.help = "share of women", .example = "female_fraction: 0.6"}},
        {"candidates",
         only_if(some_are_given, into(&Population::candidates, Whole{1, most_candidates})),
         {.help = "lives drawn for each real person with a measured strength",
          .example = "from: example_people.csv, follow: 20 years, columns: {weight: weight}, candidates: 64"}},
        derived<Population>("design",
                            [](Plan const&, Population const& p) { return p.given.empty() ? "" : design_text(p); }),
        {"where",
         later<Population>(Condition{},
                           [](Plan const& plan, Population const& p) { return Condition{}.text(plan, p.where); }),
         {.help = "whom the run is of: a condition on a person's true state at entry. The first people who qualify are "
                  "simulated, of a file of people the rows that qualify; female_fraction and ages are those of the "
                  "candidates",
          .fallback = "everyone",
          .example = "people: 1000, start_age: 70 years, where: \"sex == female and grip_strength_kg < 20 and "
                     "falls_last_year >= 1\""}},
    };
    return keys;
}

Keys<Clock> const& clock_keys() {
    static Keys<Clock> const keys = {
        {"step",
         into(&Clock::step_years, Years{an_hour, 1.0, true}),
         {.help = "the longest step that may be taken", .example = "step: 1 week"}},
        {"record_every",
         into(&Clock::record_every_years, Years{an_hour, oldest_years, true}),
         {.help = "time between records; the start and the end are always recorded",
          .example = "record_every: 6 months"}},
        derived<Clock>("records", [](Plan const&, Clock const& clock) { return std::to_string(clock.records); }),
    };
    return keys;
}

Keys<Plan> const& model_keys() {
    static Keys<Plan> const keys = {
        {"muscles",
         into(&Plan::muscles, Names{muscles, max_muscles}),
         {.help = "which muscles are simulated, at most 8",
          .fallback = "the model's own choice",
          .example = "muscles: [forearm_flexors, vastus_lateralis, tibialis_anterior]"}},
        {"cascade",
         later<Plan>(Other{"a cascade, a list of stages, or keys with values", cascade_schema},
                     [](Plan const& plan, Plan const&) { return plan.cascade; }),
         {.help = "which stages run: a named cascade, a change of one, or a list",
          .fallback = "the model's first cascade",
          .example = "cascade: {like: nerve_first, without: [blood_markers]}"}},
        derived<Plan>("stages", [](Plan const& plan, Plan const&) { return list_text(plan.stages); }),
        {"draw",
         only_if<Plan>(
             [](Plan const& plan) { return plan.parameters.draw.number > 0; },
             put<Plan>(
                 [](Plan& to, std::uint64_t number) { to.parameters.draw.number = static_cast<std::uint32_t>(number); },
                 [](Plan const& plan) { return plan.parameters.draw.number; },
                 Whole{1, most_draws, "draws are counted from 1"})),
         {.help = "which draw of parameters that differ between runs: a row of draws_from",
          .fallback = "none: medians",
          .example =
              "draw: 7, parameters: {nmj_instability.repair_rate_per_year: {uniform: {from: 1, to: 1.4}, between: "
              "runs}}"}},
        {"draws_from",
         later<Plan>(Text{},
                     [](Plan const& plan, Plan const&) {
                         auto const& path = plan.parameters.draw.path;
                         return path.empty() ? "" : quoted_text(path);
                     }),
         {.help = "CSV file of parameter sets beside the scenario, as sarx calibrate writes it",
          .fallback = "none",
          .example = "draw: 7, draws_from: parameter_draws.csv"}},
        {"parameters",
         later<Plan>(Other{"paths of parameters with values", [](Model const&) { return schema::ref("parameters"); }},
                     [](Plan const& plan, Plan const&) { return parameters_text(plan); }),
         {.help = "any parameter, by its path (sarx describe): a value, a distribution, or either by muscle or sex",
          .fallback = "the model's own values",
          .example = "parameters: {nmj_instability.repair_rate_per_year: 1.2, reinnervation.capacity: {lognormal: "
                     "{median: 1, sd_log: 0.8}, between: people}}"}},
        {"correlations",
         later<Plan>(Other{"a list of {between: [parameter, parameter], rho: number}", correlations_schema},
                     [](Plan const& plan, Plan const&) { return correlations_text(plan); }),
         {.help = "how parameters that differ between people go together",
          .fallback = "the model's own",
          .example = "correlations: [{between: [people.height_cm, habits.activity_ratio], rho: 0.3}]"}},
        {"hold",
         later<Plan>(Other{"variables with a moment each, youth or entry", holds_schema},
                     [](Plan const& plan, Plan const&) { return holds_text(plan); }),
         {.help = "variables that stay as they are, whatever moves them: as each person's own at 20 (youth), or as at "
                  "the start of observation (entry)",
          .fallback = "none",
          .example = "hold: {nmj_stability: youth}",
          .merges = true}},
        derived<Plan>("changed", [](Plan const& plan, Plan const&) { return changes_text(plan); }),
    };
    return keys;
}

Keys<MotorUnitRecord> const& motor_unit_keys() {
    static Keys<MotorUnitRecord> const keys = {
        {"people",
         into(&MotorUnitRecord::people, Whole{0, most_unit_people}),
         {.help = "how many people's motor units are kept", .needed = "how many people's motor units are kept"}},
        {"every",
         into(&MotorUnitRecord::every_years, a_time),
         {.help = "time between them, a multiple of clock.record_every; the end is kept too", .needed = "how often"}},
    };
    return keys;
}

Keys<Record> const& record_keys() {
    static Keys<Record> const keys = {
        {"variables",
         later<Record>(Other{"default, all, or a list of variables", recorded_schema},
                       [](Plan const& plan, Record const& record) { return variables_text(plan, record); }),
         {.help = "which trajectories are kept; summaries cover the same",
          .fallback = "default",
          .example = "variables: [grip_strength_kg, gait_speed_m_per_s]"}},
        {"people",
         later<Record>(Other{"all, none, or a whole number", recorded_people_schema},
                       [](Plan const&, Record const& record) { return std::to_string(record.people); }),
         {.help = "how many people are recorded one by one; summaries cover all",
          .fallback = "all",
          .example = "people: 500"}},
        {"motor_units",
         at(&Record::motor_units, mapping(motor_unit_keys, check_motor_units)),
         {.help = "snapshots of single motor units",
          .fallback = "none",
          .example = "motor_units: {people: 50, every: 10 years}",
          .merges = true}},
        {"significant_bits",
         into(&Record::significant_bits, Whole{0, float_bits}),
         {.help = "bits of the mantissa kept; 0: all", .example = "significant_bits: 12"}},
    };
    return keys;
}

Keys<Until> const& run_until_keys() {
    static Keys<Until> const keys = {
        {"effect",
         later<Until>(Other{"a variable", [](Model const&) { return schema::ref("variable"); }},
                      [](Plan const& plan, Until const& until) {
                          return std::string(plan.model->columns()[until.effect.index].name);
                      }),
         {.help = "variable whose mean paired difference from the reference arm must be known",
          .needed = "a variable"}},
        {"muscle",
         later<Until>(Name{muscles},
                      [](Plan const& plan, Until const& until) {
                          return until.muscle < 0 ? "" : plan.muscle_names[static_cast<std::size_t>(until.muscle)];
                      }),
         {.help = "of which muscle, where the variable belongs to one",
          .fallback = "none",
          .example = "effect: muscle_area_cm2, muscle: vastus_lateralis, at_time: 10 years, mcse: 0.05"}},
        {"arm",
         later<Until>(Text{},
                      [](Plan const& plan, Until const& until) {
                          return quoted_text(plan.arms[static_cast<std::size_t>(until.arm)].name);
                      }),
         {.help = "the arm that is compared with the reference", .fallback = "the second"}},
        {"at_age", later<Until>(an_age), {.help = "age at which the effect is read", .fallback = "at_time"}},
        {"at_time",
         later<Until>(a_time, [](Plan const& plan,
                                 Until const& until) { return years_text(plan.clock.record_years(until.record)); }),
         {.help = "time from the start, instead of at_age",
          .fallback = "at_age",
          .example = "effect: muscle_area_cm2, muscle: vastus_lateralis, at_time: 10 years, mcse: 0.05"}},
        {"mcse",
         later<Until>(Other{"a number", mcse_schema},
                      [](Plan const&, Until const& until) { return number_text(until.mcse); }),
         {.help = "Monte Carlo standard error wanted, in the variable's unit",
          .needed = "the Monte Carlo standard error wanted, in the variable's unit"}},
    };
    return keys;
}

Keys<Plan> const& run_keys() {
    static Keys<Plan> const keys = {
        {"until",
         perhaps(&Plan::until, mapping(run_until_keys, check_until_effect)),
         {.help = "people are added until an effect is known well enough", .needed = "what must be known how well"}},
        {"at_most",
         unsaid(put<Plan>(
             [](Plan& to, std::uint64_t people) { to.population.people = static_cast<std::uint32_t>(people); },
             [](Plan const& plan) { return plan.population.people; }, Whole{1, most_people, at_most_why, "people"})),
         {.help = "people at most; population.people is the least",
          .needed = "people at most; population.people is the least"}},
        derived<Plan>("at_least",
                      [](Plan const& plan, Plan const&) {
                          return plan.until ? std::to_string(plan.until->least_people) + " people" : "";
                      }),
    };
    return keys;
}

}  // namespace

Keys<Plan> const& scenario_keys() {
    static Keys<Plan> const keys = {
        {"title",
         unsaid(into(&Plan::title, Text{})),
         {.help = "what it is called", .fallback = "none", .example = "title: Train the nerve"}},
        {"description",
         unsaid(into(&Plan::description, Text{})),
         {.help = "what it is for", .fallback = "none", .example = "description: what power training keeps"}},
        {"authors", words(), {.help = "who wrote it", .fallback = "none", .example = "authors: [A. Person]"}},
        {"references",
         words(),
         {.help = "what it rests on", .fallback = "none", .example = "references: doi:10.0000/nothing"}},
        {"sarx",
         later<Plan>(Other{"1", format_schema}),
         {.help = "version of the format", .needed = "the format in which it is written"}},
        {"seed",
         into(&Plan::seed, Whole{0, std::numeric_limits<std::uint64_t>::max()}),
         {.help = "of all luck: another seed is another sample of people", .example = "seed: 20260101"}},
        {"population",
         at(&Plan::population, section(population_keys, check_population)),
         {.help = "who is simulated",
          .example = "population: {people: 10000, start_age: 20 years, end_age: 90 years}",
          .needed = "who is simulated",
          .merges = true}},
        {"clock",
         at(&Plan::clock, section(clock_keys, check_clock)),
         {.help = "in what steps life goes, and when it is looked at",
          .example = "clock: {step: 1 week, record_every: 6 months}",
          .merges = true,
          .always = true}},
        {"model",
         section(model_keys, check_model),
         {.help = "what ages, and how", .example = "model: {cascade: muscle_first}", .merges = true, .always = true}},
        {"interventions",
         interventions_form(),
         {.help = "what may be given, by name",
          .fallback = "none",
          .example = "interventions: {power_twice_a_week: {kind: power_training, dose: {sessions_per_week: 2}}}",
          .frame = "interventions: {power_twice_a_week: {...}}",
          .merges = true}},
        {"arms",
         arms_form(),
         {.help = "who gets what, when, by name; the first arm is the reference",
          .fallback = "one, usual_life, without interventions",
          .example = "arms: {usual_life: [], power: [{give: power_twice_a_week, from: {age: 60 years}}]}",
          .frame = "arms: {usual_life: [], power: [{give: power_twice_a_week, ...}]}"}},
        {"record",
         at(&Plan::record, section(record_keys, check_record)),
         {.help = "what is kept of everything simulated",
          .example = "record: {variables: all, people: 500}",
          .merges = true,
          .always = true}},
        {"run",
         section(run_keys, check_run),
         {.help = "as many people as it takes",
          .fallback = "population.people",
          .example =
              "run: {until: {effect: grip_strength_kg, arm: power, at_age: 75 years, mcse: 0.05}, at_most: 100000 "
              "people}",
          .frame = "run: {..., at_most: 100000 people}"}},
        {"extends",
         later<Plan>(Text{}),
         {.help = "a scenario beside this one to start from: maps merge key by key, lists and choices are replaced",
          .fallback = "none"}},
    };
    return keys;
}

}  // namespace sarx::grammar
