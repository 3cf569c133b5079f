#include "sim/result/accumulate.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <new>
#include <type_traits>

#include "sim/contract/expects.hpp"
#include "sim/contract/math.hpp"

namespace sarx {

void Cell::add(Cell const& other) {
    weight_squares += other.weight_squares;
    sum += other.sum;
    squares += other.squares;
    sum_w2 += other.sum_w2;
    squares_w2 += other.squares_w2;
    count += other.count;
    weight += other.weight;
    least = std::min(least, other.least);
    most = std::max(most, other.most);
}

void EffectCell::add(EffectCell const& other) {
    Cell::add(other);
    cubes += other.cubes;
    differ += other.differ;
    better += other.better;
    worse += other.worse;
}

Moments moments_of(Cell const& cell) {
    double const nothing = std::numeric_limits<double>::quiet_NaN();
    Moments m{nothing, nothing, nothing};
    if (cell.weight <= 0) return m;
    auto const weight = static_cast<double>(cell.weight);
    m.mean = static_cast<double>(cell.sum) / weight;
    // Exact in integers, so that a constant has exactly no spread.
    Int128 const spread = cell.squares * cell.weight - cell.sum * cell.sum;
    Int128 const surplus = static_cast<Int128>(cell.weight) * cell.weight - cell.weight_squares;
    if (cell.count < 2 || surplus <= 0) return m;
    m.sd = sarx::sqrt(static_cast<double>(spread) / static_cast<double>(surplus));
    auto const n = static_cast<double>(cell.count);
    if (cell.weight == cell.count) {
        m.standard_error = m.sd / sarx::sqrt(n);
    } else if (cell.least == cell.most) {
        m.standard_error = 0.0;
    } else {
        // Spread of the weighted residuals w (q - mean), about which nothing is assumed.
        double const residuals = static_cast<double>(cell.squares_w2) -
                                 2.0 * m.mean * static_cast<double>(cell.sum_w2) +
                                 m.mean * m.mean * static_cast<double>(cell.weight_squares);
        m.standard_error = sarx::sqrt(max(residuals, 0.0) * n / (n - 1.0)) / weight;
    }
    return m;
}

double third_moment_of(EffectCell const& cell) {
    if (cell.weight <= 0) return std::numeric_limits<double>::quiet_NaN();
    auto const weight = static_cast<double>(cell.weight);
    double const mean = static_cast<double>(cell.sum) / weight;
    return static_cast<double>(cell.cubes) / weight - 3.0 * mean * static_cast<double>(cell.squares) / weight +
           2.0 * mean * mean * mean;
}

namespace {

/// 97.5th percentile of Student's t, by its expansion in that of the normal distribution (Abramowitz and Stegun 26.7.5;
/// right to 1e-6 from 19 degrees on).
double t975(double degrees) {
    constexpr double z = 1.959963984540054;
    constexpr double z2 = z * z;
    double const g1 = (z2 + 1.0) * z / 4.0;
    double const g2 = ((5.0 * z2 + 16.0) * z2 + 3.0) * z / 96.0;
    double const g3 = (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) * z / 384.0;
    double const g4 = ((((79.0 * z2 + 776.0) * z2 + 1482.0) * z2 - 1920.0) * z2 - 945.0) * z / 92160.0;
    double const one = 1.0 / degrees;
    return z + one * (g1 + one * (g2 + one * (g3 + one * g4)));
}

double cube_root(double x) {
    double const size = x < 0.0 ? -x : x;
    double const root = size > 0.0 ? exp(log(size) / 3.0) : 0.0;
    return x < 0.0 ? -root : root;
}

}  // namespace

Interval interval_of(EffectCell const& cell) {
    double const nothing = std::numeric_limits<double>::quiet_NaN();
    Moments const m = moments_of(cell);
    if (cell.differ < fewest_differing) return {nothing, nothing};
    if (!(m.standard_error > 0.0)) return {m.mean, m.mean};
    double const n =
        static_cast<double>(cell.weight) * static_cast<double>(cell.weight) / static_cast<double>(cell.weight_squares);
    double const skewness = third_moment_of(cell) / (m.sd * m.sd * m.sd * sarx::sqrt(n));
    auto const undone = [&](double t) {
        if (skewness < 1e-9 && skewness > -1e-9) return t;
        return 3.0 / skewness * (cube_root(1.0 + skewness * (t - skewness / 6.0)) - 1.0);
    };
    double const t = t975(max(n - 1.0, 1.0));
    return {m.mean - undone(t) * m.standard_error, m.mean - undone(-t) * m.standard_error};
}

namespace {

constexpr std::align_val_t alignment{64};

template <class T>
std::size_t place(std::size_t& end, std::size_t count) {
    std::size_t const start = (end + 63) / 64 * 64;
    end = start + count * sizeof(T);
    return start;
}

}  // namespace

void Accumulators::Free::operator()(std::byte* p) const noexcept { ::operator delete[](p, alignment); }

Accumulators::Places Accumulators::places_of(Layout const& layout) {
    Places p{};
    std::size_t bins = 0;
    for (Scale const& s : layout.scales) bins += static_cast<std::size_t>(s.bins);
    std::size_t const groups = layout.arms * 2;
    std::array<std::size_t, 2> const rows{layout.records, layout.ages};
    for (std::size_t axis = 0; axis < 2; ++axis) {
        p.cells[axis] = place<Cell>(p.end, layout.series.size() * groups * rows[axis]);
        std::size_t const counters = bins * groups * rows[axis];
        p.bins[axis] =
            layout.weight_bits > 0 ? place<std::uint64_t>(p.end, counters) : place<std::uint32_t>(p.end, counters);
    }
    p.effects = place<EffectCell>(p.end, layout.series.size() * (layout.arms - 1) * 2 * layout.records);
    p.events = place<Int128>(p.end, groups * layout.counted * layout.records);
    p.person_time = place<Int128>(p.end, groups * (1 + layout.burdens) * layout.records);
    p.outcomes = place<Int128>(p.end, OutcomeTotals::size(layout.arms, layout.outcomes, layout.horizons_years.size()));
    p.prevalence = place<Int128>(p.end, PrevalenceTotals::size(layout));
    p.flow = place<std::uint64_t>(p.end, layout.deliveries * layout.records * Flow::fields);
    return p;
}

std::size_t Accumulators::bytes_needed(Layout const& layout) { return places_of(layout).end; }

Accumulators::Accumulators(Layout const& layout)
    : layout_(&layout),
      places_(places_of(layout)),
      size_(places_.end),
      data_(new (alignment) std::byte[size_]),
      locks_(new std::mutex[layout.series.size() + 3]) {
    std::size_t bins = 0;
    for (Scale const& s : layout.scales) {
        bins_before_.push_back(bins);
        bins += static_cast<std::size_t>(s.bins);
    }
    std::memset(data_.get(), 0, size_);
    for (bool const axis : {false, true})
        for (std::size_t i = 0; i < layout.series.size() * layout.arms * 2 * rows(axis); ++i)
            new (at<Cell>(places_.cells[axis]) + i) Cell{};
    for (std::size_t i = 0; i < layout.series.size() * (layout.arms - 1) * 2 * layout.records; ++i)
        new (at<EffectCell>(places_.effects) + i) EffectCell{};
}

Cell const& Accumulators::cell(bool by_age, std::size_t series, std::size_t arm, std::size_t sex,
                               std::size_t row) const {
    return at<Cell>(places_.cells[by_age])[cell_index(by_age, series, arm, sex, row)];
}

void Accumulators::add_bins_to(std::span<std::uint64_t> totals, bool by_age, std::size_t series, std::size_t arm,
                               std::size_t sex, std::size_t row) const {
    auto const add = [&](auto const* bins) {
        bins += bin_index(by_age, series, arm, sex, row);
        for (std::size_t b = 0; b < totals.size(); ++b) totals[b] += bins[b];
    };
    if (layout_->weight_bits > 0)
        add(at<std::uint64_t>(places_.bins[by_age]));
    else
        add(at<std::uint32_t>(places_.bins[by_age]));
}

EffectCell const& Accumulators::effect(std::size_t series, std::size_t arm, std::size_t sex, std::size_t row) const {
    SARX_EXPECTS(arm >= 1);
    return at<EffectCell>(
        places_.effects)[((series * (layout_->arms - 1) + arm - 1) * 2 + sex) * layout_->records + row];
}

Int128 Accumulators::events(std::size_t arm, std::size_t sex, std::size_t kind, std::size_t row) const {
    return at<Int128>(places_.events)[((arm * 2 + sex) * layout_->counted + kind) * layout_->records + row];
}

Int128 Accumulators::person_time(std::size_t arm, std::size_t sex, std::size_t what, std::size_t row) const {
    return at<Int128>(places_.person_time)[((arm * 2 + sex) * (1 + layout_->burdens) + what) * layout_->records + row];
}

std::uint64_t Accumulators::flow(std::size_t delivery, std::size_t row, std::size_t field) const {
    return at<std::uint64_t>(places_.flow)[(delivery * layout_->records + row) * Flow::fields + field];
}

/// What one thread needs to add one series of one batch.
struct Accumulators::Scratch {
    std::vector<std::int64_t> weights;    ///< [person]
    std::vector<std::int16_t> age_rows;   ///< [person][record]: row of the age axis, or -1
    std::vector<std::int32_t> reference;  ///< [person][record]: integers of the first arm, -1 where missing
    std::vector<std::int32_t> values;     ///< the same of this arm
    std::vector<Cell> cells;              ///< [sex][row], by time then by age
    std::vector<EffectCell> effects;      ///< [sex][record]
};

namespace {

template <bool weighted>
void count(Cell& cell, std::int64_t weight, std::int32_t q) {
    ++cell.count;
    if constexpr (weighted) {
        cell.weight += weight;
        Int128 const squared = static_cast<Int128>(weight) * weight;
        Int128 const product = static_cast<Int128>(weight) * q;
        cell.weight_squares += squared;
        cell.sum += product;
        cell.squares += product * q;
        cell.sum_w2 += squared * q;
        cell.squares_w2 += squared * q * q;
    } else {
        cell.sum += q;
        cell.squares += static_cast<Int128>(q) * q;
    }
    cell.least = std::min(cell.least, q);
    cell.most = std::max(cell.most, q);
}

/// Where everybody's weight is 1, sums with weights follow from those without.
void weigh_as_one(Cell& cell) {
    cell.weight = cell.count;
    cell.weight_squares = cell.count;
    cell.sum_w2 = cell.sum;
    cell.squares_w2 = cell.squares;
}

}  // namespace

template <class Counter>
void Accumulators::add_bins(BatchResult const& batch, std::size_t series, std::size_t arm, Scratch const& scratch) {
    Scale const scale = layout_->scales[series];
    auto const bins = static_cast<std::size_t>(scale.bins);
    for (std::size_t p = 0; p < batch.people; ++p) {
        std::size_t const sex = batch.sex[p];
        auto const weight = static_cast<Counter>(scratch.weights[p]);
        std::int32_t const* const q = scratch.values.data() + p * layout_->records;
        Counter* const by_time = at<Counter>(places_.bins[0]) + bin_index(false, series, arm, sex, 0);
        for (std::size_t t = 0; t < layout_->records; ++t)
            if (q[t] >= 0) by_time[t * bins + static_cast<std::size_t>(scale.bin_of(q[t]))] += weight;
        if (!layout_->by_age) continue;
        Counter* const by_age = at<Counter>(places_.bins[1]) + bin_index(true, series, arm, sex, 0);
        std::int16_t const* const row = scratch.age_rows.data() + p * layout_->records;
        for (std::size_t t = 0; t < layout_->records; ++t)
            if (q[t] >= 0 && row[t] >= 0)
                by_age[static_cast<std::size_t>(row[t]) * bins + static_cast<std::size_t>(scale.bin_of(q[t]))] +=
                    weight;
    }
}

template <bool weighted>
void Accumulators::add_series(BatchResult const& batch, std::size_t series, Scratch& scratch) {
    std::size_t const people = batch.people;
    std::size_t const records = layout_->records;
    Scale const scale = layout_->scales[series];
    ColumnSpec const& spec = layout_->plan->model->columns()[layout_->series[series].column.index];
    // Of a difference in this direction, as an integer, the least that is worth while.
    std::int32_t const sign = spec.better == Better::higher ? 1 : spec.better == Better::lower ? -1 : 0;
    auto const worthwhile = std::max(1, static_cast<std::int32_t>(spec.worthwhile_difference * scale.per_unit + 0.5));
    for (std::size_t arm = 0; arm < layout_->arms; ++arm) {
        float const* const from = batch.trajectories.data() + (series * layout_->arms + arm) * people * records;
        for (std::size_t i = 0; i < people * records; ++i)
            scratch.values[i] = from[i] == from[i] ? scale.quantise(static_cast<double>(from[i])) : -1;
        if (arm == 0) scratch.reference = scratch.values;

        std::size_t const ages = layout_->ages;
        scratch.cells.assign(2 * (records + ages), Cell{});
        scratch.effects.assign(arm > 0 ? 2 * records : 0, EffectCell{});
        for (std::size_t p = 0; p < people; ++p) {
            std::int64_t const weight = scratch.weights[p];
            Cell* const by_time = scratch.cells.data() + batch.sex[p] * records;
            Cell* const by_age = scratch.cells.data() + 2 * records + batch.sex[p] * ages;
            std::int32_t const* const q = scratch.values.data() + p * records;
            for (std::size_t t = 0; t < records; ++t)
                if (q[t] >= 0) count<weighted>(by_time[t], weight, q[t]);
            if (layout_->by_age) {
                std::int16_t const* const row = scratch.age_rows.data() + p * records;
                for (std::size_t t = 0; t < records; ++t)
                    if (q[t] >= 0 && row[t] >= 0) count<weighted>(by_age[row[t]], weight, q[t]);
            }
            if (arm == 0) continue;
            EffectCell* const effects = scratch.effects.data() + batch.sex[p] * records;
            std::int32_t const* const q0 = scratch.reference.data() + p * records;
            for (std::size_t t = 0; t < records; ++t) {
                if (q[t] < 0 || q0[t] < 0) continue;
                std::int32_t const difference = q[t] - q0[t];
                count<weighted>(effects[t], weight, difference);
                if (difference == 0) continue;
                ++effects[t].differ;
                effects[t].cubes += static_cast<Int128>(difference) * difference * difference * weight;
                if (sign * difference >= worthwhile) effects[t].better += weight;
                if (sign * difference <= -worthwhile) effects[t].worse += weight;
            }
        }
        if constexpr (!weighted) {
            for (Cell& cell : scratch.cells) weigh_as_one(cell);
            for (EffectCell& cell : scratch.effects) weigh_as_one(cell);
        }

        std::lock_guard const lock(locks_[series]);
        for (std::size_t sex = 0; sex < 2; ++sex) {
            for (std::size_t t = 0; t < records; ++t)
                at<Cell>(places_.cells[0])[cell_index(false, series, arm, sex, t)].add(
                    scratch.cells[sex * records + t]);
            for (std::size_t t = 0; t < ages; ++t)
                at<Cell>(places_.cells[1])[cell_index(true, series, arm, sex, t)].add(
                    scratch.cells[2 * records + sex * ages + t]);
            if (arm == 0) continue;
            EffectCell* const effects =
                at<EffectCell>(places_.effects) + ((series * (layout_->arms - 1) + arm - 1) * 2 + sex) * records;
            for (std::size_t t = 0; t < records; ++t) effects[t].add(scratch.effects[sex * records + t]);
        }
        add_bins<std::conditional_t<weighted, std::uint64_t, std::uint32_t>>(batch, series, arm, scratch);
    }
}

void Accumulators::add(BatchResult const& batch) {
    std::size_t const people = batch.people;
    std::size_t const records = layout_->records;
    Scratch scratch;
    scratch.values.resize(people * records);
    scratch.weights.resize(people);
    for (std::size_t p = 0; p < people; ++p)
        scratch.weights[p] = layout_->weight_of(batch.weight.empty() ? 1.0F : batch.weight[p]);
    if (layout_->by_age) {
        // A person counts once at each whole year of age: at the first record of that year.
        scratch.age_rows.resize(people * records);
        for (std::size_t p = 0; p < people; ++p) {
            int last = -1;
            for (std::size_t t = 0; t < records; ++t) {
                double const age = static_cast<double>(batch.start_age_years[p]) +
                                   layout_->plan->clock.record_years(static_cast<int>(t));
                int const row = static_cast<int>(std::floor(age + 1e-6)) - layout_->first_age_years;
                bool const counts = row != last && row >= 0 && row < static_cast<int>(layout_->ages);
                scratch.age_rows[p * records + t] = static_cast<std::int16_t>(counts ? row : -1);
                last = row;
            }
        }
    }
    // Threads start at different series, so that they seldom wait for each other's lock.
    std::size_t const count_series = layout_->series.size();
    for (std::size_t i = 0; i < count_series; ++i) {
        std::size_t const series = (i + batch.index * std::size_t{7}) % count_series;
        if (layout_->weight_bits > 0)
            add_series<true>(batch, series, scratch);
        else
            add_series<false>(batch, series, scratch);
    }

    Histories const histories(*layout_, batch);
    outcomes().add(batch, histories, scratch.weights, locks_[count_series + 1]);
    prevalence().add(batch, histories, scratch.weights, locks_[count_series + 2]);
    std::lock_guard const lock(locks_[count_series]);
    add_intervals(batch, histories, scratch.weights);
    auto* flow = at<std::uint64_t>(places_.flow);
    for (Flow const& f : batch.flow)
        for (std::uint64_t const n :
             {std::uint64_t{f.eligible}, std::uint64_t{f.offered}, std::uint64_t{f.reached}, std::uint64_t{f.adherent},
              std::uint64_t{f.dropped}, static_cast<std::uint64_t>(f.treated_time),
              static_cast<std::uint64_t>(f.taken_time)})
            *flow++ += n;
}

/// Events and time between records.
void Accumulators::add_intervals(BatchResult const& batch, Histories const& histories,
                                 std::span<std::int64_t const> weights) {
    auto const& times = layout_->times_years;
    std::size_t const records = times.size();
    auto* const events = at<Int128>(places_.events);
    auto* const person_time = at<Int128>(places_.person_time);
    for (std::size_t arm = 0; arm < layout_->arms; ++arm)
        for (std::size_t p = 0; p < batch.people; ++p) {
            std::size_t const group = arm * 2 + batch.sex[p];
            Int128 const w = weights[p];
            for (std::size_t kind = 0; kind < layout_->counted; ++kind)
                for (double const when : histories.times(arm, p, kind)) {
                    auto const record = static_cast<std::size_t>(
                        std::ranges::lower_bound(times, when - one_moment_years) - times.begin());
                    events[(group * layout_->counted + kind) * records + std::min(record, records - 1)] += w;
                }
            double const end = histories.end_years(arm, p);
            for (std::size_t what = 0; what <= layout_->burdens; ++what) {
                std::int64_t before = 0;
                for (std::size_t t = 0; t < records; ++t) {
                    double const until = std::min(times[t], end);
                    double const years = what == 0 ? until : until - histories.years_with(arm, p, what - 1, 0.0, until);
                    std::int64_t const now = std::llround(years / outcome_quantum_years);
                    person_time[(group * (1 + layout_->burdens) + what) * records + t] += w * (now - before);
                    before = now;
                    if (until >= end) break;
                }
            }
        }
}

void Accumulators::add(Accumulators const& other) {
    SARX_EXPECTS(size_ == other.size_);
    std::size_t const groups = layout_->series.size() * layout_->arms * 2;
    for (bool const axis : {false, true}) {
        for (std::size_t i = 0; i < groups * rows(axis); ++i)
            at<Cell>(places_.cells[axis])[i].add(other.at<Cell>(places_.cells[axis])[i]);
        std::size_t const first = places_.bins[axis];
        std::size_t const last = axis ? places_.effects : places_.cells[1];
        if (layout_->weight_bits > 0) {
            for (std::size_t i = 0; i < (last - first) / 8; ++i)
                at<std::uint64_t>(first)[i] += other.at<std::uint64_t>(first)[i];
        } else {
            for (std::size_t i = 0; i < (last - first) / 4; ++i)
                at<std::uint32_t>(first)[i] += other.at<std::uint32_t>(first)[i];
        }
    }
    for (std::size_t i = 0; i < layout_->series.size() * (layout_->arms - 1) * 2 * layout_->records; ++i)
        at<EffectCell>(places_.effects)[i].add(other.at<EffectCell>(places_.effects)[i]);
    for (std::size_t i = 0; i < (places_.outcomes - places_.events) / sizeof(Int128); ++i)
        at<Int128>(places_.events)[i] += other.at<Int128>(places_.events)[i];
    outcomes().add(other.outcomes());
    prevalence().add(other.prevalence());
    for (std::size_t i = 0; i < (places_.end - places_.flow) / sizeof(std::uint64_t); ++i)
        at<std::uint64_t>(places_.flow)[i] += other.at<std::uint64_t>(places_.flow)[i];
}

}  // namespace sarx
