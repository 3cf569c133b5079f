#include "sim/result/summary_tables.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <utility>

#include "sim/result/axes.hpp"

namespace sarx {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t sexes = 3;  // female, male, all

TableAxis sex_axis() { return text_axis("sex", "sex; all: women and men together", {"female", "male", "all"}); }

TableAxis age_axis(Layout const& layout) {
    std::vector<std::int32_t> ages;
    for (std::size_t i = 0; i < layout.ages; ++i) ages.push_back(layout.first_age_years + static_cast<std::int32_t>(i));
    return {.name = "age_years", .unit = "year", .meaning = "age in whole years", .labels = std::move(ages)};
}

/// Adds what `of(sex)` gives for the sexes a row stands for.
template <class Total, class Of>
Total over_sexes(std::size_t row, Of of) {
    if (row < 2) return of(row);
    Total total = of(0);
    total += of(1);
    return total;
}

/// A cell that adds with +=.
template <class C>
struct Total : C {
    Total(C const& c) : C(c) {}  // NOLINT: conversion is the point
    Total& operator+=(Total const& other) {
        C::add(other);
        return *this;
    }
};

constexpr std::size_t quantiles = 5;
constexpr double quantile_shares[quantiles] = {0.05, 0.25, 0.50, 0.75, 0.95};
constexpr char const* quantile_names[quantiles] = {"p05", "p25", "p50", "p75", "p95"};

/// Values below which each of `quantile_shares` of the weight lies: linear inside a bin, never outside what was seen.
/// @param bins of the histogram; all that hold something, [first, last], are those of the least and the most seen
std::array<double, quantiles> quantiles_of(Scale const& scale, Cell const& cell, std::span<std::uint64_t const> bins) {
    std::array<double, quantiles> values;
    values.fill(nothing);
    if (cell.weight <= 0) return values;
    double const least = cell.least;
    double const most = cell.most;
    double const width = static_cast<double>(1 << scale.bin_shift);
    auto b = static_cast<std::size_t>(scale.bin_of(cell.least));
    auto const last = static_cast<std::size_t>(scale.bin_of(cell.most));
    double below = 0.0;
    for (std::size_t i = 0; i < quantiles; ++i) {
        double const target = quantile_shares[i] * static_cast<double>(cell.weight);
        while (b < last && (bins[b] == 0 || below + static_cast<double>(bins[b]) < target))
            below += static_cast<double>(bins[b++]);
        double const inside = static_cast<double>(bins[b]);
        double q =
            scale.discrete ? static_cast<double>(b) : (static_cast<double>(b) + (target - below) / inside) * width;
        q = q < least ? least : q;
        q = q > most ? most : q;
        values[i] = scale.low + scale.resolution * q;
    }
    return values;
}

struct Statistic {
    char const* suffix;
    char const* meaning;
};

/// Statistics of one shape, handed over as they are filled.
class TablesOfOneShape {
public:
    TablesOfOneShape(TableSink& sink, TableGroup const& group, std::vector<SharedAxis> axes)
        : sink_(&sink), group_(&group), axes_(std::move(axes)) {
        for (SharedAxis const& a : axes_) size_ *= a->length();
    }
    [[nodiscard]] std::size_t size() const { return size_; }

    using Attributes = decltype(Table::attributes);
    void real(std::string const& name, std::vector<double> const& values, std::string const& unit,
              std::string const& meaning, Attributes attributes = {}) const {
        sink_->take(*group_, {.name = name,
                              .unit = unit,
                              .meaning = meaning,
                              .axes = axes_,
                              .values = values,
                              .attributes = std::move(attributes)});
    }
    void whole(std::string const& name, std::vector<std::int32_t> const& values, std::string const& meaning) const {
        sink_->take(*group_, {.name = name, .unit = "1", .meaning = meaning, .axes = axes_, .values = values});
    }

private:
    TableSink* sink_;
    TableGroup const* group_;
    std::vector<SharedAxis> axes_;
    std::size_t size_ = 1;
};

/// Calls f(row in the table, series, arm, sex row, time row) in the order of the table.
template <class F>
void each_cell(Variable const& v, std::size_t arms, std::size_t rows, F f) {
    std::size_t at = 0;
    for (std::size_t a = 0; a < arms; ++a)
        for (std::size_t s = 0; s < sexes; ++s)
            for (std::size_t m = 0; m < v.count; ++m)
                for (std::size_t t = 0; t < rows; ++t) f(at++, v.first + m, a, s, t);
}

double power_of_three(double x) { return x * x * x; }

TablesOfOneShape::Attributes resolution_of(Scale const& scale) { return {{"resolution", scale.resolution}}; }

TablesOfOneShape::Attributes worthwhile(ColumnSpec const& spec) {
    return {{"worthwhile_difference", spec.worthwhile_difference},
            {"worthwhile_source", std::string(spec.worthwhile_source)}};
}

}  // namespace

void each_summary(Layout const& layout, Accumulators const& sums, bool by_age, TableSink& sink) {
    SharedAxis const arm = shared(arm_axis(layout));
    SharedAxis const sex = shared(sex_axis());
    SharedAxis const muscle = shared(muscle_axis(layout));
    SharedAxis const along = shared(by_age ? age_axis(layout) : time_axis(layout));
    std::size_t const rows = along->length();
    TableGroup const group{
        .name = by_age ? "summary_by_age" : "summary",
        .attributes = {{"comment",
                        std::string("over everyone simulated who is alive and in follow-up, not only those recorded "
                                    "one by one") +
                            (by_age ? "; a person counts once at each whole year of age, at the first record of that "
                                      "year"
                                    : "")}},
        .axes = {arm, sex, muscle, along}};
    sink.begin(group);
    for (Variable const& v : layout.variables) {
        TablesOfOneShape const table(
            sink, group, v.by_muscle() ? std::vector{arm, sex, muscle, along} : std::vector{arm, sex, along});
        std::vector<double> mean(table.size()), sd(table.size()), mcse(table.size());
        std::vector<std::vector<double>> points(quantiles, std::vector<double>(table.size()));
        std::vector<std::int32_t> n(table.size());
        Scale const scale = layout.scales[v.first];
        std::vector<std::uint64_t> bins(static_cast<std::size_t>(scale.bins));
        each_cell(v, layout.arms, rows,
                  [&](std::size_t at, std::size_t series, std::size_t a, std::size_t s, std::size_t t) {
                      auto const cell = over_sexes<Total<Cell>>(
                          s, [&](std::size_t x) { return Total<Cell>(sums.cell(by_age, series, a, x, t)); });
                      Moments const m = moments_of(cell);
                      mean[at] = scale.low + scale.resolution * m.mean;
                      sd[at] = scale.resolution * m.sd;
                      mcse[at] = scale.resolution * m.standard_error;
                      n[at] = static_cast<std::int32_t>(cell.count);
                      std::ranges::fill(bins, 0);
                      for (std::size_t x = 0; x < 2; ++x)
                          if (s == x || s == 2) sums.add_bins_to(bins, by_age, series, a, x, t);
                      auto const values = quantiles_of(scale, cell, bins);
                      for (std::size_t i = 0; i < quantiles; ++i) points[i][at] = values[i];
                  });
        std::string const name(v.spec->name);
        std::string const unit(v.spec->unit);
        std::string const what(v.spec->meaning);
        table.real(name + "_mean", mean, unit, what + ": mean", resolution_of(scale));
        table.real(name + "_sd", sd, unit, what + ": standard deviation between people", resolution_of(scale));
        for (std::size_t i = 0; i < quantiles; ++i)
            table.real(
                name + "_" + quantile_names[i], points[i], unit,
                what + ": " + std::to_string(static_cast<int>(quantile_shares[i] * 100.0 + 0.5)) + "th percentile",
                {{"bin_width", scale.bin_width()}});
        table.whole(name + "_n", n, what + ": people counted");
        table.real(name + "_mcse", mcse, unit, what + ": Monte Carlo standard error of the mean");
    }
    if (by_age) return;

    TablesOfOneShape const table(sink, group, {arm, sex, along});
    Variable const whole{};
    std::string const how = layout.weight_bits > 0 ? ", by survey weight" : "";
    std::vector<double> values(table.size());
    for (std::size_t k = 0; k < layout.counted; ++k) {
        each_cell(
            whole, layout.arms, rows, [&](std::size_t at, std::size_t, std::size_t a, std::size_t s, std::size_t t) {
                values[at] = layout.weight_unit() * static_cast<double>(over_sexes<Int128>(
                                                        s, [&](std::size_t x) { return sums.events(a, x, k, t); }));
            });
        table.real(layout.kinds[k] + "_events", values, "1", "events in the interval that ends at this time" + how);
    }
    auto const burdens = layout.plan->model->burdens();
    for (std::size_t b = 0; b <= burdens.size(); ++b) {
        each_cell(
            whole, layout.arms, rows, [&](std::size_t at, std::size_t, std::size_t a, std::size_t s, std::size_t t) {
                values[at] = layout.weight_unit() * outcome_quantum_years *
                             static_cast<double>(
                                 over_sexes<Int128>(s, [&](std::size_t x) { return sums.person_time(a, x, b, t); }));
            });
        if (b == 0)
            table.real("person_years", values, "year", "time lived in the interval that ends at this time" + how);
        else
            table.real("years_without_" + std::string(burdens[b - 1].name), values, "year",
                       "time lived without " + std::string(burdens[b - 1].name) +
                           " in the interval that ends at this time" + how);
    }
}

void each_effect(Layout const& layout, Accumulators const& sums, TableSink& sink) {
    SharedAxis const arm = shared(arm_axis(layout, 1));
    SharedAxis const sex = shared(sex_axis());
    SharedAxis const muscle = shared(muscle_axis(layout));
    SharedAxis const time = shared(time_axis(layout));
    TableGroup const group{
        .name = "effects",
        .attributes = {{"reference_arm", layout.plan->arms.front().name},
                       {"comment",
                        "paired differences from the reference arm, person by person, among those alive in both; "
                        "lower and upper: 95 % confidence interval of the mean, by Student's t and Hall's "
                        "transformation for skewness; NaN where fewer than 20 people differ, too few to know the "
                        "tail"}},
        .axes = {arm, sex, muscle, time}};
    sink.begin(group);
    for (Variable const& v : layout.variables) {
        TablesOfOneShape const table(sink, group,
                                     v.by_muscle() ? std::vector{arm, sex, muscle, time} : std::vector{arm, sex, time});
        std::vector<double> mean(table.size()), lower(table.size()), upper(table.size()), sd(table.size()),
            third(table.size()), benefit(table.size()), worse(table.size());
        std::vector<std::int32_t> n(table.size()), differ(table.size());
        Scale const scale = layout.scales[v.first];
        each_cell(v, layout.arms - 1, layout.records,
                  [&](std::size_t at, std::size_t series, std::size_t a, std::size_t s, std::size_t t) {
                      auto const cell = over_sexes<Total<EffectCell>>(
                          s, [&](std::size_t x) { return Total<EffectCell>(sums.effect(series, a + 1, x, t)); });
                      Moments const m = moments_of(cell);
                      Interval const interval = interval_of(cell);
                      mean[at] = scale.resolution * m.mean;
                      lower[at] = scale.resolution * interval.lower;
                      upper[at] = scale.resolution * interval.upper;
                      sd[at] = scale.resolution * m.sd;
                      n[at] = static_cast<std::int32_t>(cell.count);
                      differ[at] = static_cast<std::int32_t>(cell.differ);
                      third[at] = power_of_three(scale.resolution) * third_moment_of(cell);
                      auto const share = [&](std::int64_t part) {
                          return cell.weight > 0 ? static_cast<double>(part) / static_cast<double>(cell.weight)
                                                 : nothing;
                      };
                      benefit[at] = share(cell.better);
                      worse[at] = share(cell.worse);
                  });
        std::string const name(v.spec->name);
        std::string const unit(v.spec->unit);
        std::string const what(v.spec->meaning);
        table.real(name + "_mean", mean, unit, what + ": mean paired difference", resolution_of(scale));
        table.real(name + "_lower", lower, unit,
                   what + ": paired difference, lower end of the 95 % confidence interval");
        table.real(name + "_upper", upper, unit,
                   what + ": paired difference, upper end of the 95 % confidence interval");
        table.real(name + "_sd", sd, unit, what + ": standard deviation of the paired difference");
        table.whole(name + "_n", n, what + ": people alive in both arms");
        table.whole(name + "_differ_n", differ, what + ": people whose value differs at all between the arms");
        table.real(name + "_third", third, "1",
                   what + ": third central moment of the paired difference, of people, in cubes of its unit");
        if (v.spec->worthwhile_difference <= 0.0) continue;
        std::string const by = " by the smallest worthwhile difference or more";
        table.real(name + "_benefit_fraction", benefit, "1",
                   what + ": share of people better off than in the reference arm" + by, worthwhile(*v.spec));
        table.real(name + "_worse_fraction", worse, "1",
                   what + ": share of people worse off than in the reference arm" + by, worthwhile(*v.spec));
    }
}

void each_flow(Layout const& layout, Accumulators const& sums, TableSink& sink) {
    std::vector<std::string> labels;
    for (Arm const& a : layout.plan->arms)
        for (Delivery const& d : a.deliveries) {
            std::string label =
                a.name + "/" + layout.plan->interventions[static_cast<std::size_t>(d.intervention)].name;
            if (d.occurrence > 0) label += "#" + std::to_string(d.occurrence + 1);
            labels.push_back(std::move(label));
        }
    SharedAxis const delivery = shared(text_axis("delivery", "arm/intervention of a delivery", std::move(labels)));
    SharedAxis const time = shared(time_axis(layout));
    TableGroup const group{.name = "flow", .attributes = {}, .axes = {delivery, time}};
    sink.begin(group);
    static constexpr Statistic counts[] = {
        {"eligible", "people who met the condition so far"},
        {"offered", "people offered it so far"},
        {"reached", "people reached so far"},
        {"adherent", "people who took at least half the dose at some moment since the record before"},
        {"dropped", "people who dropped out so far"}};
    static constexpr Statistic times[] = {{"treated_years", "person-years within a course since the record before"},
                                          {"taken_years", "the same times the share of the dose that is taken"}};
    TablesOfOneShape const table(sink, group, {delivery, time});
    auto const values_of = [&]<class T>(std::size_t field, T unit) {
        std::vector<T> values;
        for (std::size_t d = 0; d < layout.deliveries; ++d)
            for (std::size_t t = 0; t < layout.records; ++t)
                values.push_back(static_cast<T>(sums.flow(d, t, field)) / unit);
        return values;
    };
    std::size_t field = 0;
    for (auto const& count : counts) table.whole(count.suffix, values_of(field++, std::int32_t{1}), count.meaning);
    for (auto const& years : times) table.real(years.suffix, values_of(field++, 1e6), "year", years.meaning);
}

}  // namespace sarx
