#include "sim/result/outcome_tables.hpp"

#include <limits>
#include <utility>

#include "sim/result/axes.hpp"

namespace sarx {

namespace {

TableAxis two_sexes() { return text_axis("sex", "sex; sums of both are those of everyone", {"female", "male"}); }

double power(double base, int exponent) {
    double result = 1.0;
    for (int i = 0; i < exponent; ++i) result *= base;
    return result;
}

char const* kind_name(Outcome::Kind kind) {
    switch (kind) {
        case Outcome::Kind::count: return "count";
        case Outcome::Kind::first: return "first";
        case Outcome::Kind::ever: return "ever";
        default: return "years";
    }
}

}  // namespace

void each_outcome(Layout const& layout, Accumulators const& sums, TableSink& sink) {
    std::vector<std::string> labels;
    std::string meanings;
    for (SumSpec const& s : sum_specs) {
        labels.emplace_back(s.name);
        meanings += (meanings.empty() ? "" : "; ") + std::string(s.name) + ": " + std::string(s.meaning);
    }
    SharedAxis const statistic = shared(text_axis("statistic", meanings, std::move(labels)));
    SharedAxis const view =
        shared(text_axis("view", "clock and people, see the group's comment", {view_names.begin(), view_names.end()}));
    SharedAxis const arm = shared(arm_axis(layout));
    SharedAxis const sex = shared(two_sexes());
    SharedAxis const horizon =
        shared({.name = "horizon_years",
                .unit = "year",
                .meaning = "time since the clock's zero; infinity: to the end of each one's follow-up",
                .labels = layout.horizons_years});
    TableGroup const group{
        .name = "outcomes",
        .attributes =
            {{"comment",
              "sums over everyone simulated of what people have by a horizon (E: events, Y: years lived or at risk) in "
              "the arm, and as their own twins in the reference arm (E0, Y0), with weight w. A horizon counts people "
              "whose planned follow-up reaches it; the last one, infinity, counts all to the end of their own. Views: "
              "run: everyone, from the run's start; index: everyone, from the first offer in the arm, the same date "
              "for the twin (never offered: the run's start); reached: those whom a delivery reached; per_protocol: "
              "those of them who took at least 80 % of the dose and had not dropped out by the horizon"},
             {"reference_arm", layout.plan->arms.front().name}},
        .axes = {statistic, view, arm, sex, horizon}};
    sink.begin(group);

    OutcomeTotals const totals = sums.outcomes();
    double const weight_unit = layout.weight_unit();
    for (std::size_t o = 0; o < layout.outcomes.size(); ++o) {
        Outcome const& outcome = layout.outcomes[o];
        std::vector<double> values;
        values.reserve(sums_known * view->length() * arm->length() * 2 * horizon->length());
        for (std::size_t s = 0; s < sums_known; ++s) {
            auto const sum = static_cast<Sum>(s);
            bool const there = sum < Sum::events || has(outcome, sum);
            double const time_unit = (is_cube(sum) ? cube_coarseness : 1) * outcome_quantum_years;
            double const one = is_cube(sum) ? weight_unit * static_cast<double>(1 << layout.cube_shift()) : weight_unit;
            double const unit = power(time_unit, sum_specs[s].years) * power(one, sum_specs[s].weight);
            for (std::size_t v = 0; v < view_names.size(); ++v)
                for (std::size_t a = 0; a < layout.arms; ++a)
                    for (std::size_t x = 0; x < 2; ++x)
                        for (std::size_t r = 0; r < layout.horizons_years.size(); ++r)
                            values.push_back(
                                there ? unit * static_cast<double>(totals.at(static_cast<View>(v), a, x, o, sum, r))
                                      : std::numeric_limits<double>::quiet_NaN());
        }
        Table table{.name = outcome.name,
                    .unit = "1",
                    .meaning = outcome.meaning + "; time in years",
                    .axes = {statistic, view, arm, sex, horizon},
                    .values = std::move(values),
                    .attributes = {{"outcome_kind", std::string(kind_name(outcome.kind))}}};
        if (outcome.of_event()) table.attributes.emplace_back("event", layout.kinds[outcome.of]);
        sink.take(group, table);
    }
}

void each_prevalence(Layout const& layout, Accumulators const& sums, TableSink& sink) {
    PrevalenceTotals const totals = sums.prevalence();
    if (totals.classes().empty()) return;
    SharedAxis const statistic = shared(text_axis(
        "statistic", "n: people; weight: sum of w; weight_squares: sum of w^2", {"n", "weight", "weight_squares"}));
    SharedAxis const arm = shared(arm_axis(layout));
    SharedAxis const sex = shared(two_sexes());
    SharedAxis const time = shared(time_axis(layout));
    TableGroup group{.name = "prevalence",
                     .attributes = {{"comment",
                                     "everyone simulated by the class they are in in the arm and as their own twins in "
                                     "the reference arm, the dead being a class; in follow-up at the record"},
                                    {"reference_arm", layout.plan->arms.front().name}},
                     .axes = {statistic, arm, sex, time}};
    std::vector<std::pair<SharedAxis, SharedAxis>> classes;  // in the reference arm, and in the arm
    for (Classes const& of : totals.classes()) {
        std::string const name(layout.plan->model->columns()[layout.series[of.series].column.index].name);
        auto const labels = class_names(layout, of);
        classes.emplace_back(shared(text_axis(name + "_reference", "class in the reference arm", labels)),
                             shared(text_axis(name + "_class", "class in the arm", labels)));
        group.axes.push_back(classes.back().first);
        group.axes.push_back(classes.back().second);
    }
    sink.begin(group);
    for (std::size_t i = 0; i < classes.size(); ++i) {
        Classes const& of = totals.classes()[i];
        ColumnSpec const& spec = layout.plan->model->columns()[layout.series[of.series].column.index];
        std::vector<double> values;
        for (std::size_t s = 0; s < PrevalenceTotals::statistics; ++s) {
            double const unit = power(layout.weight_unit(), static_cast<int>(s));
            for (std::size_t a = 0; a < layout.arms; ++a)
                for (std::size_t x = 0; x < 2; ++x)
                    for (std::size_t c0 = 0; c0 < of.count; ++c0)
                        for (std::size_t c = 0; c < of.count; ++c)
                            for (std::size_t t = 0; t < layout.records; ++t)
                                values.push_back(unit * static_cast<double>(totals.at(s, of, c0, c, a, x, t)));
        }
        sink.take(group, {.name = std::string(spec.name),
                          .unit = "1",
                          .meaning = std::string(spec.meaning),
                          .axes = {statistic, arm, sex, classes[i].first, classes[i].second, time},
                          .values = std::move(values)});
    }
}

}  // namespace sarx
