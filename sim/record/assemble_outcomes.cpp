// The groups that say how much happened to everyone: /outcomes and /prevalence.

#include <limits>

#include "sim/record/assemble.hpp"

namespace sarx {

namespace {

h5::Axis& text_axis(h5::File& file, hid_t group, std::string const& name, std::vector<std::string> const& labels,
                    std::string const& meaning) {
    h5::Axis& axis = file.axis(group, name, std::span<std::string const>(labels));
    describe(axis.dataset.id(), "1", meaning);
    return axis;
}

h5::Axis& two_sexes(h5::File& file, hid_t group) {
    return text_axis(file, group, "sex", {"female", "male"}, "sex; sums of both are those of everyone");
}

double power(double base, int exponent) {
    double result = 1.0;
    for (int i = 0; i < exponent; ++i) result *= base;
    return result;
}

/// Statistics lie one after the other, each in a chunk of its own.
h5::Handle write_statistics(h5::File& file, hid_t group, std::string const& name, std::vector<h5::Axis*> const& axes,
                            std::vector<double> const& values) {
    h5::Storage storage{{}, true, true};
    for (std::size_t i = 0; i < axes.size(); ++i) storage.chunk.push_back(i == 0 ? 1 : axes[i]->length);
    h5::Handle d = file.create<double>(group, name, axes, storage);
    file.write(d, values.data());
    return d;
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

void write_outcomes(h5::File& file, Layout const& layout, Accumulators const& sums) {
    h5::Handle const group = file.group(file.root(), "outcomes");
    h5::attribute(
        group.id(), "comment",
        std::string(
            "sums over everyone simulated of what people have by a horizon (E: events, Y: years lived or at risk) in "
            "the arm, and as their own twins in the reference arm (E0, Y0), with weight w. A horizon counts people "
            "whose planned follow-up reaches it; the last one, infinity, counts all to the end of their own. Views: "
            "run: everyone, from the run's start; index: everyone, from the first offer in the arm, the same date for "
            "the twin (never offered: the run's start); reached: those whom a delivery reached; per_protocol: those "
            "of them who took at least 80 % of the dose and had not dropped out by the horizon"));
    h5::attribute(group.id(), "reference_arm", layout.plan->arms.front().name);
    std::vector<std::string> labels;
    std::string meanings;
    for (SumSpec const& s : sum_specs) {
        labels.emplace_back(s.name);
        meanings += (meanings.empty() ? "" : "; ") + std::string(s.name) + ": " + std::string(s.meaning);
    }
    h5::Axis& statistic = text_axis(file, group.id(), "statistic", labels, meanings);
    h5::Axis& view = text_axis(file, group.id(), "view", {view_names.begin(), view_names.end()},
                               "clock and people, see the group's comment");
    h5::Axis& arm = arm_axis(file, group.id(), layout, 0);
    h5::Axis& sex = two_sexes(file, group.id());
    h5::Axis& horizon = file.axis<double>(group.id(), "horizon_years", layout.horizons_years);
    describe(horizon.dataset.id(), "year", "time since the clock's zero; infinity: to the end of each one's follow-up");

    OutcomeTotals const totals = sums.outcomes();
    double const weight_unit = layout.weight_unit();
    for (std::size_t o = 0; o < layout.outcomes.size(); ++o) {
        Outcome const& outcome = layout.outcomes[o];
        std::vector<double> values;
        values.reserve(sums_known * view.length * arm.length * 2 * horizon.length);
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
        h5::Handle const d =
            write_statistics(file, group.id(), outcome.name, {&statistic, &view, &arm, &sex, &horizon}, values);
        describe(d.id(), "1", outcome.meaning + "; time in years");
        h5::attribute(d.id(), "outcome_kind", std::string(kind_name(outcome.kind)));
        if (outcome.of_event()) h5::attribute(d.id(), "event", layout.kinds[outcome.of]);
    }
}

void write_prevalence(h5::File& file, Layout const& layout, Accumulators const& sums) {
    PrevalenceTotals const totals = sums.prevalence();
    if (totals.classes().empty()) return;
    h5::Handle const group = file.group(file.root(), "prevalence");
    h5::attribute(group.id(), "comment",
                  std::string("everyone simulated by the class they are in in the arm and as their own twins in the "
                              "reference arm, the dead being a class; in follow-up at the record"));
    h5::attribute(group.id(), "reference_arm", layout.plan->arms.front().name);
    h5::Axis& statistic = text_axis(file, group.id(), "statistic", {"n", "weight", "weight_squares"},
                                    "n: people; weight: sum of w; weight_squares: sum of w^2");
    h5::Axis& arm = arm_axis(file, group.id(), layout, 0);
    h5::Axis& sex = two_sexes(file, group.id());
    h5::Axis& time = time_axis(file, group.id(), layout);
    for (Classes const& of : totals.classes()) {
        ColumnSpec const& spec = layout.plan->model->columns()[layout.series[of.series].column.index];
        std::string const name(spec.name);
        auto const labels = class_names(layout, of);
        h5::Axis& twin = text_axis(file, group.id(), name + "_reference", labels, "class in the reference arm");
        h5::Axis& own = text_axis(file, group.id(), name + "_class", labels, "class in the arm");
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
        h5::Handle const d =
            write_statistics(file, group.id(), name, {&statistic, &arm, &sex, &twin, &own, &time}, values);
        describe(d.id(), "1", std::string(spec.meaning));
    }
}

}  // namespace sarx
