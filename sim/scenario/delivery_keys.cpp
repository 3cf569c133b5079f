#include "sim/scenario/delivery_keys.hpp"

#include "sim/scenario/model_schema.hpp"
#include "sim/scenario/read_arms.hpp"
#include "sim/scenario/read_interventions.hpp"

namespace sarx::grammar {
namespace {

constexpr double a_day = 1.0 / 366.0;
constexpr double longest_course_years = 100.0;
constexpr std::uint64_t most_groups = 1000;

constexpr Number share{"1", 0.0, 1.0};
constexpr Years an_age{0.0, oldest_years};
constexpr Years a_time{0.0, oldest_years};
constexpr Years a_course{0.0, longest_course_years};

std::vector<std::string> all_muscles(Model const& model) { return {model.muscles().begin(), model.muscles().end()}; }

NamesOf const kinds{"a kind of intervention", "unknown kind",
                    [](Model const& model, Plan const&) { return names_of(model.kinds()); },
                    [](Model const& model) { return names_of(model.kinds()); }};
NamesOf const muscles_of_plan{"a muscle of model.muscles", "no such muscle in this plan:",
                              [](Model const&, Plan const& plan) { return plan.muscle_names; }, all_muscles};
NamesOf const events{"an event", "unknown event",
                     [](Model const& model, Plan const&) { return names_of(model.events()); },
                     events_with_a_life_after};
NamesOf const given{"the name of an intervention", "unknown intervention",
                    [](Model const&, Plan const& plan) { return names_of(plan.interventions); }, nullptr, true};
std::vector<std::string> side_names() { return {"left", "right", "both"}; }
NamesOf const sides{"a side", "unknown side", [](Model const&, Plan const&) { return side_names(); },
                    [](Model const&) { return side_names(); }};
NamesOf const no_shape{"a word", "unknown shape",
                       [](Model const&, Plan const&) { return std::vector<std::string>{"none"}; },
                       [](Model const&) { return std::vector<std::string>{"none"}; }};

bool is_screened(Delivery const& delivery) { return delivery.from == Delivery::From::screen; }

/// What lasts no time is no waning.
Form<Waning> waning_length() {
    return put<Waning>(
        [](Waning& to, double years) {
            if (!(years > 0.0)) to.shape = Waning::Shape::none;
            to.years = years;
        },
        [](Waning const& waning) { return waning.years; }, a_course);
}

Form<Waning> no_waning() {
    Form<Waning> form = put<Waning>([](Waning&, int) {}, [](Waning const&) { return 0; }, Name{no_shape});
    form.read = [](Reading const& reading, YamlNode const& node, std::string const& path, Waning&) {
        if (!node.is_scalar()) reading.refuse(node, path, "needs keys with values", "found " + found(node));
        return node.is_scalar() && Name{no_shape}.read(reading, node, path).has_value();
    };
    return form;
}

Keys<Waning> const& exponential_keys() {
    static Keys<Waning> const keys = {
        {"half_life", waning_length(), {.help = "time in which half of it is gone", .needed = "how long it lasts"}},
    };
    return keys;
}

Keys<Waning> const& linear_keys() {
    static Keys<Waning> const keys = {
        {"duration", waning_length(), {.help = "time until nothing is left", .needed = "how long it lasts"}},
    };
    return keys;
}

Keys<Waning> const& waning_keys() {
    static Keys<Waning> const keys = {
        {"exponential",
         choice(&Waning::shape, Waning::Shape::exponential, mapping(exponential_keys)),
         {.help = "half is gone in each half-life", .example = "exponential: {half_life: 6 months}"}},
        {"linear",
         choice(&Waning::shape, Waning::Shape::linear, mapping(linear_keys)),
         {.help = "fades evenly until nothing is left", .example = "linear: {duration: 3 weeks}"}},
    };
    return keys;
}

constexpr Choice one_shape{.two = "two shapes at once",
                           .two_why = "give exponential or linear",
                           .none = "names no shape",
                           .none_why = "none, exponential or linear",
                           .at_second = true};

Keys<Delivery> const& from_keys() {
    using From = Delivery::From;
    static Keys<Delivery> const keys = {
        {"age",
         choice(&Delivery::from, From::age, into(&Delivery::from_years, an_age)),
         {.help = "at this age of the person", .example = "age: 60 years"}},
        {"time",
         choice(&Delivery::from, From::time, into(&Delivery::from_years, a_time)),
         {.help = "so long after the run's start", .example = "time: 40 years"}},
        {"when",
         choice(&Delivery::from, From::when, into(&Delivery::condition, Condition{})),
         {.help = "when a condition on the person's true state first holds (each time it becomes true, with repeat: "
                  "true)",
          .example = "when: \"grip_strength_kg < 27\""}},
        {"event",
         choice(&Delivery::from, From::event, into(&Delivery::event, Name{events})),
         {.help = "at the step after this event happens to the person (every event, with repeat: true)",
          .example = "event: hospital_stay"}},
        {"screen",
         choice(&Delivery::from, From::screen, into(&Delivery::condition, Condition{})),
         {.help = "when a condition holds at a regular examination, read with the error of the instrument, also where "
                  "it comes oftener than the step; sensitivity and specificity may be given (every positive one, with "
                  "repeat: true)",
          .example = "screen: \"gait_speed_m_per_s < 0.8\", every: 1 year"}},
        {"every",
         only_if(is_screened, into(&Delivery::screen_every_years, Years{a_day, longest_course_years})),
         {.help = "time between examinations",
          .example = "screen: \"gait_speed_m_per_s < 0.8\", every: 1 year",
          .needed = "how often people are screened",
          .beside = "screen"}},
        {"sensitivity",
         only_if(is_screened, into(&Delivery::screen_sensitivity, share)),
         {.help = "chance that a true positive reading is acted on",
          .example = "screen: \"gait_speed_m_per_s < 0.8\", every: 1 year, sensitivity: 0.9",
          .beside = "screen"}},
        {"specificity",
         only_if(is_screened, into(&Delivery::screen_specificity, share)),
         {.help = "chance that a negative reading stays negative",
          .example = "screen: \"gait_speed_m_per_s < 0.8\", every: 1 year, specificity: 0.95",
          .beside = "screen"}},
    };
    return keys;
}

Keys<Delivery> const& until_keys() {
    using Until = Delivery::Until;
    static Keys<Delivery> const keys = {
        {"age",
         choice(&Delivery::until, Until::age, into(&Delivery::until_years, an_age)),
         {.help = "at this age of the person", .example = "age: 80 years"}},
        {"time",
         choice(&Delivery::until, Until::time, into(&Delivery::until_years, a_time)),
         {.help = "so long after the run's start", .example = "time: 60 years"}},
        {"after",
         choice(&Delivery::until, Until::after, into(&Delivery::until_years, a_time)),
         {.help = "so long after the delivery began", .example = "after: 24 weeks"}},
        {"when",
         choice(&Delivery::until, Until::when, into(&Delivery::until_condition, Condition{})),
         {.help = "when a condition first holds after the beginning", .example = "when: \"grip_strength_kg > 30\""}},
    };
    return keys;
}

Keys<Delivery> const& adherence_keys() {
    static Keys<Delivery> const keys = {
        {"mean",
         into(&Delivery::adherence_mean, share),
         {.help = "mean share of the dose that is taken", .needed = "the mean share of the dose that is taken"}},
        {"sd", into(&Delivery::adherence_sd, share), {.help = "its standard deviation between people"}},
    };
    return keys;
}

std::string delivered_muscles(Plan const& plan, Delivery const& delivery) {
    std::vector<std::string> names;
    for (std::size_t m = 0; m < plan.muscle_names.size(); ++m)
        if ((delivery.muscles >> m & 1U) != 0) names.push_back(plan.muscle_names[m]);
    return list_text(names);
}

bool in_groups(Delivery const& delivery) { return delivery.groups > 0; }

Keys<Delivery> const& reach_keys() {
    static Keys<Delivery> const keys = {
        {"coverage",
         into(&Delivery::coverage, share),
         {.help = "share of the eligible who are reached", .example = "coverage: 0.8"}},
        {"adherence",
         either(into(&Delivery::adherence_mean, share), mapping(adherence_keys)),
         {.help = "share of the dose that is taken", .example = "adherence: {mean: 0.7, sd: 0.2}"}},
        {"dropout_per_year",
         into(&Delivery::dropout_rate_per_year, Number{"1/year", 0.0, 100.0}),
         {.help = "rate of dropping out", .example = "dropout_per_year: 0.1"}},
        {"group",
         only_if(in_groups, into(&Delivery::group, Whole{1, most_groups, "must be within 1 and 'groups'"})),
         {.help = "which of the groups this delivery goes to", .fallback = "all", .example = "group: 2, groups: 4"}},
        {"groups",
         only_if(in_groups, into(&Delivery::groups, Whole{1, most_groups})),
         {.help = "people are split into so many equal groups, by the intervention's name",
          .fallback = "none",
          .example = "group: 2, groups: 4"}},
    };
    return keys;
}

}  // namespace

Keys<Intervention> const& intervention_keys() {
    static Keys<Intervention> const keys = {
        {"kind",
         into(&Intervention::kind, Name{kinds}),
         {.help = "what sort of intervention it is; `sarx describe` lists them",
          .example = "kind: power_training, dose: {sessions_per_week: 2}",
          .needed = "what sort of intervention it is"}},
        {"dose",
         later<Intervention>(Other{"the fields of the kind with values", any_dose_schema}, dose_text),
         {.help = "how much of it; `sarx describe KIND` lists the fields with their units",
          .fallback = "each field's own",
          .example = "kind: power_training, dose: {sessions_per_week: 2, intensity_fraction: 0.8}",
          .merges = true}},
        {"ramp_up",
         into(&Intervention::ramp_up_years, a_course),
         {.help = "time to reach the full dose",
          .fallback = "none: in full at once",
          .example = "kind: power_training, dose: {sessions_per_week: 2}, ramp_up: 12 weeks"}},
        {"waning",
         at(&Intervention::waning, either(no_waning(), mapping<Waning>(waning_keys, nullptr, one_shape))),
         {.help = "how it fades after its end",
          .fallback = "none: gone at once",
          .example = "kind: power_training, dose: {sessions_per_week: 2}, waning: {exponential: {half_life: 6 months}}",
          .frame = "kind: power_training, dose: {sessions_per_week: 2}, waning: {...}"}},
    };
    return keys;
}

Keys<Delivery> const& delivery_keys() {
    static Keys<Delivery> const keys = {
        {"give",
         into(&Delivery::intervention, Name{given}),
         {.help = "name of an intervention", .needed = "the name of an intervention"}},
        {"from",
         mapping(from_keys, check_from),
         {.help = "when it begins", .fallback = "at the run's start", .example = "from: {age: 60 years}"}},
        {"until",
         mapping(until_keys, check_until),
         {.help = "when it ends", .fallback = "never", .example = "until: {after: 24 weeks}"}},
        {"to",
         into(&Delivery::to, Condition{}),
         {.help = "who is eligible, tested when `from` fires",
          .fallback = "everyone",
          .example = "to: \"sex == female and age_years >= 60\""}},
        {"reach",
         mapping(reach_keys, check_groups),
         {.help = "whom it reaches, and how much of it they take",
          .fallback = "everyone, all of it",
          .example = "reach: {coverage: 0.8, adherence: {mean: 0.7, sd: 0.2}, dropout_per_year: 0.1}"}},
        {"muscles",
         said_by(delivered_muscles, put<Delivery>(
                                        [](Delivery& to, std::vector<int> const& chosen) {
                                            to.muscles = 0;
                                            for (int const m : chosen) to.muscles |= 1U << static_cast<unsigned>(m);
                                        },
                                        [](Delivery const&) { return std::vector<int>{}; }, Names{muscles_of_plan})),
         {.help = "where a local dose acts", .fallback = "all muscles", .example = "muscles: [vastus_lateralis]"}},
        {"side",
         put<Delivery>([](Delivery& to, int side) { to.sides = static_cast<unsigned>(side) + 1; },
                       [](Delivery const& d) { return static_cast<int>(d.sides) - 1; }, Name{sides}),
         {.help = "on which side a local dose acts", .fallback = "both", .example = "side: left"}},
        {"repeat",
         into(&Delivery::repeat, Flag{}),
         {.help = "a course at every event and every positive screen, and each time a condition becomes true; one that "
                  "comes during another begins it anew, and the larger dose counts",
          .example = "from: {event: hospital_stay}, until: {after: 12 weeks}, repeat: true"}},
    };
    return keys;
}

}  // namespace sarx::grammar
