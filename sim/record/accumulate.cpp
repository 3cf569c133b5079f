#include "sim/record/accumulate.hpp"

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
    count += other.count;
    weight += other.weight;
    better += other.better;
    least = std::min(least, other.least);
    most = std::max(most, other.most);
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
    m.standard_error = m.sd * sarx::sqrt(static_cast<double>(cell.weight_squares)) / weight;
    return m;
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
    p.effects = place<Cell>(p.end, layout.series.size() * (layout.arms - 1) * 2 * layout.records);
    p.events = place<std::uint64_t>(p.end, groups * layout.counted * layout.records);
    p.person_time = place<std::int64_t>(p.end, groups * (1 + layout.burdens) * layout.records);
    p.flow = place<std::uint64_t>(p.end, layout.deliveries * layout.records * 5);
    return p;
}

std::size_t Accumulators::bytes_needed(Layout const& layout) { return places_of(layout).end; }

Accumulators::Accumulators(Layout const& layout)
    : layout_(&layout),
      places_(places_of(layout)),
      size_(places_.end),
      data_(new (alignment) std::byte[size_]),
      locks_(new std::mutex[layout.series.size() + 1]) {
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
        new (at<Cell>(places_.effects) + i) Cell{};
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

Cell const& Accumulators::effect(std::size_t series, std::size_t arm, std::size_t sex, std::size_t row) const {
    SARX_EXPECTS(arm >= 1);
    return at<Cell>(places_.effects)[((series * (layout_->arms - 1) + arm - 1) * 2 + sex) * layout_->records + row];
}

std::uint64_t Accumulators::events(std::size_t arm, std::size_t sex, std::size_t kind, std::size_t row) const {
    return at<std::uint64_t>(places_.events)[((arm * 2 + sex) * layout_->counted + kind) * layout_->records + row];
}

std::int64_t Accumulators::person_time(std::size_t arm, std::size_t sex, std::size_t what, std::size_t row) const {
    return at<std::int64_t>(
        places_.person_time)[((arm * 2 + sex) * (1 + layout_->burdens) + what) * layout_->records + row];
}

std::uint64_t Accumulators::flow(std::size_t delivery, std::size_t row, std::size_t field) const {
    return at<std::uint64_t>(places_.flow)[(delivery * layout_->records + row) * 5 + field];
}

/// What one thread needs to add one series of one batch.
struct Accumulators::Scratch {
    std::vector<std::int64_t> weights;    ///< [person]
    std::vector<std::int16_t> age_rows;   ///< [person][record]: row of the age axis, or -1
    std::vector<std::int32_t> reference;  ///< [person][record]: integers of the first arm, -1 where missing
    std::vector<std::int32_t> values;     ///< the same of this arm
    std::vector<Cell> cells;              ///< [sex][row], by time then by age
    std::vector<Cell> effects;            ///< [sex][record]
};

namespace {

template <bool weighted>
void count(Cell& cell, std::int64_t weight, std::int32_t q) {
    ++cell.count;
    if constexpr (weighted) {
        cell.weight += weight;
        cell.weight_squares += static_cast<Int128>(weight) * weight;
        Int128 const product = static_cast<Int128>(weight) * q;
        cell.sum += product;
        cell.squares += product * q;
    } else {
        cell.weight += 1;
        cell.weight_squares += 1;
        cell.sum += q;
        cell.squares += static_cast<Int128>(q) * q;
    }
    cell.least = std::min(cell.least, q);
    cell.most = std::max(cell.most, q);
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
    Better const better = layout_->plan->model->columns()[layout_->series[series].column.index].better;
    for (std::size_t arm = 0; arm < layout_->arms; ++arm) {
        float const* const from = batch.trajectories.data() + (series * layout_->arms + arm) * people * records;
        for (std::size_t i = 0; i < people * records; ++i)
            scratch.values[i] = from[i] == from[i] ? scale.quantise(static_cast<double>(from[i])) : -1;
        if (arm == 0) scratch.reference = scratch.values;

        std::size_t const ages = layout_->ages;
        scratch.cells.assign(2 * (records + ages), Cell{});
        scratch.effects.assign(arm > 0 ? 2 * records : 0, Cell{});
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
            Cell* const effects = scratch.effects.data() + batch.sex[p] * records;
            std::int32_t const* const q0 = scratch.reference.data() + p * records;
            for (std::size_t t = 0; t < records; ++t) {
                if (q[t] < 0 || q0[t] < 0) continue;
                std::int32_t const difference = q[t] - q0[t];
                count<weighted>(effects[t], weight, difference);
                if ((better == Better::higher && difference > 0) || (better == Better::lower && difference < 0))
                    effects[t].better += weight;
            }
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
            Cell* const effects =
                at<Cell>(places_.effects) + ((series * (layout_->arms - 1) + arm - 1) * 2 + sex) * records;
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

    std::lock_guard const lock(locks_[count_series]);
    auto* const events = at<std::uint64_t>(places_.events);
    for (std::size_t i = 0; i < batch.event_counts.size(); ++i) events[i] += batch.event_counts[i];
    auto* const person_time = at<std::int64_t>(places_.person_time);
    for (std::size_t i = 0; i < batch.person_time.size(); ++i) person_time[i] += batch.person_time[i];
    auto* flow = at<std::uint64_t>(places_.flow);
    for (Flow const& f : batch.flow)
        for (std::uint32_t const n : {f.eligible, f.offered, f.reached, f.adherent, f.dropped}) *flow++ += n;
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
        at<Cell>(places_.effects)[i].add(other.at<Cell>(places_.effects)[i]);
    // Counts are 64-bit integers, one after the other.
    for (std::size_t i = 0; i < (places_.end - places_.events) / 8; ++i)
        at<std::int64_t>(places_.events)[i] += other.at<std::int64_t>(places_.events)[i];
}

}  // namespace sarx
