#include "sim/record/outcomes.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>

namespace sarx {

namespace {

constexpr std::size_t shared_sums = 3;  // people, weight, weight_squares
constexpr std::size_t none = static_cast<std::size_t>(-1);
constexpr double tolerance_years = 1e-9;

std::size_t sums_of(Outcome const& outcome) {
    std::size_t count = 0;
    for (std::size_t s = 0; s < sums_known; ++s) count += has(outcome, static_cast<Sum>(s)) ? 1 : 0;
    return count;
}

double quanta(double years) { return std::floor(years / outcome_quantum_years + 0.5); }

/// Events and years [quanta] of one person by each horizon, whole numbers.
struct Course {
    std::vector<double> events;
    std::vector<double> years;
    explicit Course(std::size_t rows) : events(rows), years(rows) {}

    /// @param counted rows that count, from the front; the last always does
    void follow(Histories const& of, Outcome const& outcome, std::size_t arm, std::size_t person, double zero,
                std::span<double const> horizons, std::size_t counted);

private:
    void clear() {
        std::ranges::fill(events, 0.0);
        std::ranges::fill(years, 0.0);
    }
};

void Course::follow(Histories const& of, Outcome const& outcome, std::size_t arm, std::size_t person, double zero,
                    std::span<double const> horizons, std::size_t counted) {
    clear();
    double const end = of.end_years(arm, person);
    if (!(end > zero)) return;
    std::size_t const last = horizons.size() - 1;
    auto const each_row = [&](auto const& f) {
        for (std::size_t r = 0; r < counted; ++r) f(r, std::min(zero + horizons[r], end));
        f(last, end);
    };
    if (outcome.of_event()) {
        auto const times = of.times(arm, person, outcome.of);
        auto const after = std::ranges::upper_bound(times, zero);
        if (outcome.kind == Outcome::Kind::count) {
            auto next = after;
            each_row([&](std::size_t r, double until) {
                while (next != times.end() && *next <= until) ++next;
                events[r] = static_cast<double>(next - after);
                years[r] = quanta(until - zero);
            });
            return;
        }
        if (outcome.kind == Outcome::Kind::ever && (of.had(person, outcome.of) || after != times.begin())) return;
        double const first = after != times.end() ? *after : Histories::never;
        each_row([&](std::size_t r, double until) {
            events[r] = first <= until ? 1.0 : 0.0;
            years[r] = quanta(std::min(first, until) - zero);
        });
        return;
    }
    if (outcome.kind == Outcome::Kind::lived) {
        each_row([&](std::size_t r, double until) { years[r] = quanta(until - zero); });
        return;
    }
    each_row([&](std::size_t r, double until) {
        double const lived = quanta(until - zero);
        double const with = std::min(quanta(of.years_with(arm, person, outcome.of, zero, until)), lived);
        years[r] = outcome.kind == Outcome::Kind::with ? with : lived - with;
    });
}

/// The sums of one outcome in one group of a batch: exact, in double where nobody has a weight.
template <class Number>
class Group {
public:
    Group(std::vector<std::size_t> const& first, std::size_t outcome, std::size_t shared, Number* sums,
          std::size_t rows, int cube_shift)
        : first_(first.data() + outcome * sums_known),
          shared_(shared),
          sums_(sums),
          rows_(rows),
          cube_shift_(cube_shift) {}

    void add(Outcome const& outcome, Course const& arm, Course const& reference, Number w) {
        add_years(arm, reference, w);
        if (outcome.of_event()) {
            add_events(arm, reference, w);
            add_differing(arm.events, reference.events, w, Sum::people_fewer, 1);
        } else {
            add_differing(reference.years, arm.years, w, Sum::people_longer, cube_coarseness);
        }
    }

private:
    Number* row(Sum sum) { return sums_ + (first_[static_cast<std::size_t>(sum)] - shared_) * rows_; }

    void add_years(Course const& a, Course const& b, Number w) {
        Number const w2 = w * w;
        Number *const y = row(Sum::years), *const y0 = row(Sum::reference_years), *const yw = row(Sum::years_w2),
                      *const y0w = row(Sum::reference_years_w2), *const yy = row(Sum::yy), *const y0y0 = row(Sum::y0y0),
                      *const yy0 = row(Sum::yy0);
        for (std::size_t r = 0; r < rows_; ++r) {
            auto const t = static_cast<Number>(a.years[r]);
            auto const t0 = static_cast<Number>(b.years[r]);
            y[r] += w * t;
            y0[r] += w * t0;
            yw[r] += w2 * t;
            y0w[r] += w2 * t0;
            yy[r] += w2 * (t * t);
            y0y0[r] += w2 * (t0 * t0);
            yy0[r] += w2 * (t * t0);
        }
    }

    void add_events(Course const& a, Course const& b, Number w) {
        Number const w2 = w * w;
        std::size_t from = 0;  // most people have none for long
        while (from < rows_ && a.events[from] == 0.0 && b.events[from] == 0.0) ++from;
        Number *const e = row(Sum::events), *const e0 = row(Sum::reference_events), *const ew = row(Sum::events_w2),
                      *const e0w = row(Sum::reference_events_w2), *const ee = row(Sum::ee),
                      *const e0e0 = row(Sum::e0e0), *const ee0 = row(Sum::ee0), *const ey = row(Sum::ey),
                      *const e0y0 = row(Sum::e0y0), *const ey0 = row(Sum::ey0), *const ye0 = row(Sum::ye0);
        for (std::size_t r = from; r < rows_; ++r) {
            auto const n = static_cast<Number>(a.events[r]);
            auto const n0 = static_cast<Number>(b.events[r]);
            auto const t = static_cast<Number>(a.years[r]);
            auto const t0 = static_cast<Number>(b.years[r]);
            e[r] += w * n;
            e0[r] += w * n0;
            ew[r] += w2 * n;
            e0w[r] += w2 * n0;
            ee[r] += w2 * (n * n);
            e0e0[r] += w2 * (n0 * n0);
            ee0[r] += w2 * (n * n0);
            ey[r] += w2 * (n * t);
            e0y0[r] += w2 * (n0 * t0);
            ey0[r] += w2 * (n * t0);
            ye0[r] += w2 * (t * n0);
        }
    }

    /// The ten sums from `people_less` on: of people whose `a` is less than `b`, and of those whose is more.
    void add_differing(std::vector<double> const& a, std::vector<double> const& b, Number w, Sum people_less,
                       int coarseness) {
        auto const sum = [&](int i) { return row(static_cast<Sum>(static_cast<int>(people_less) + i)); };
        for (std::size_t r = 0; r < rows_; ++r) {
            if (a[r] == b[r]) continue;
            int const side = a[r] < b[r] ? 0 : 1;
            double const apart = std::abs(a[r] - b[r]);
            Number const d = w * static_cast<Number>(apart);
            Number const coarse = coarse_weight(w) * static_cast<Number>(std::floor(apart / coarseness + 0.5));
            sum(side)[r] += 1;
            sum(2 + side)[r] += d;
            sum(4 + side)[r] += d * d;
            Number& largest = sum(6 + side)[r];
            largest = std::max(largest, d);
            sum(8 + side)[r] += coarse * coarse * coarse;
        }
    }

    [[nodiscard]] Number coarse_weight(Number w) const {
        if constexpr (std::is_same_v<Number, double>)
            return w;
        else
            return cube_shift_ == 0 ? w : (w + (Number{1} << (cube_shift_ - 1))) >> cube_shift_;
    }

    std::size_t const* first_;
    std::size_t shared_;
    Number* sums_;
    std::size_t rows_;
    int cube_shift_;
};

void put(Int128& total, Int128 value, bool largest) {
    if (largest)
        total = std::max(total, value);
    else
        total += value;
}

}  // namespace

OutcomeTotals::OutcomeTotals(Layout const& layout, Int128* memory)
    : layout_(&layout), data_(memory), rows_(layout.horizons_years.size()) {
    sum_rows_ = shared_sums;
    first_.assign(layout.outcomes.size() * sums_known, none);
    for (std::size_t o = 0; o < layout.outcomes.size(); ++o)
        for (std::size_t s = 0; s < sums_known; ++s) {
            if (s < shared_sums) first_[o * sums_known + s] = s;
            if (has(layout.outcomes[o], static_cast<Sum>(s))) first_[o * sums_known + s] = sum_rows_++;
        }
}

std::size_t OutcomeTotals::size(std::size_t arms, std::span<Outcome const> outcomes, std::size_t rows) {
    std::size_t sums = shared_sums;
    for (Outcome const& outcome : outcomes) sums += sums_of(outcome);
    return view_names.size() * arms * 2 * sums * rows;
}

Int128 OutcomeTotals::at(View view, std::size_t arm, std::size_t sex, std::size_t outcome, Sum sum,
                         std::size_t row) const {
    std::size_t const sum_row = first_[outcome * sums_known + static_cast<std::size_t>(sum)];
    return sum_row == none ? Int128{0} : data_[place(static_cast<std::size_t>(view), arm, sex, sum_row) + row];
}

void OutcomeTotals::add(OutcomeTotals const& other) {
    std::vector<bool> largest(sum_rows_, false);
    for (std::size_t o = 0; o < layout_->outcomes.size(); ++o)
        for (std::size_t s = shared_sums; s < sums_known; ++s)
            if (std::size_t const row = first_[o * sums_known + s]; row != none)
                largest[row] = is_largest(static_cast<Sum>(s));
    std::size_t const groups = view_names.size() * layout_->arms * 2;
    for (std::size_t i = 0; i < groups * sum_rows_ * rows_; ++i)
        put(data_[i], other.data_[i], largest[i / rows_ % sum_rows_]);
}

template <class Number>
void OutcomeTotals::add_arm(BatchResult const& batch, Histories const& histories, std::span<std::int64_t const> weights,
                            std::size_t arm, std::mutex& turn) {
    constexpr std::size_t view_count = view_names.size();
    auto const& horizons = layout_->horizons_years;
    std::size_t const people = batch.people;
    std::size_t const last = rows_ - 1;
    // Rows that count for a person whose clock has run so far, from the front: all but the last.
    auto const counted = [&](double years) {
        return static_cast<std::size_t>(
            std::upper_bound(horizons.begin(), horizons.end() - 1, years + tolerance_years) - horizons.begin());
    };
    struct Place {
        double zero = 0.0;
        std::array<std::size_t, view_count> rows{};  ///< of each view, from the front
        std::array<bool, view_count> in_view{};      ///< with the last row
    };
    std::vector<Place> places(people);
    std::vector<Int128> shared(view_count * 2 * shared_sums * rows_, 0);
    for (std::size_t p = 0; p < people; ++p) {
        Place& at = places[p];
        std::size_t const who = arm * people + p;
        bool const offered = batch.first_offer_years[who] == batch.first_offer_years[who];
        bool const reached = batch.first_reach_years[who] == batch.first_reach_years[who];
        double const kept = batch.protocol_years[who];
        at.zero = offered ? batch.first_offer_years[who] : 0.0;
        double const after = histories.follow_years(p) - at.zero;
        at.rows = {counted(histories.follow_years(p)), counted(after), reached ? counted(after) : 0,
                   reached ? counted(std::min(after, kept - at.zero)) : 0};
        at.in_view = {true, true, reached, reached && kept >= Histories::never};
        Int128 const w = weights[p];
        for (std::size_t v = 0; v < view_count; ++v) {
            Int128* const sums = shared.data() + (v * 2 + batch.sex[p]) * shared_sums * rows_;
            for (std::size_t r = 0; r < rows_; ++r) {
                if (r == last ? !at.in_view[v] : r >= at.rows[v]) continue;
                sums[r] += 1;
                sums[rows_ + r] += w;
                sums[2 * rows_ + r] += w * w;
            }
        }
    }
    {
        std::lock_guard const lock(turn);
        for (std::size_t v = 0; v < view_count; ++v)
            for (std::size_t sex = 0; sex < 2; ++sex)
                for (std::size_t i = 0; i < shared_sums * rows_; ++i)
                    data_[place(v, arm, sex, 0) + i] += shared[(v * 2 + sex) * shared_sums * rows_ + i];
    }

    Course own(rows_), twin(rows_);
    std::vector<Number> scratch;
    for (std::size_t o = 0; o < layout_->outcomes.size(); ++o) {
        Outcome const& outcome = layout_->outcomes[o];
        std::size_t const count = sums_of(outcome);
        std::size_t const front =
            first_[o * sums_known + static_cast<std::size_t>(outcome.of_event() ? Sum::events : Sum::years)];
        scratch.assign(view_count * 2 * count * rows_, Number{0});
        auto const group = [&](std::size_t v, std::size_t p) {
            return Group<Number>(first_, o, front, scratch.data() + (v * 2 + batch.sex[p]) * count * rows_, rows_,
                                 layout_->cube_shift());
        };
        for (std::size_t p = 0; p < people; ++p) {
            Place const& at = places[p];
            auto const w = static_cast<Number>(weights[p]);
            auto const follow = [&](double zero, std::size_t rows) {
                own.follow(histories, outcome, arm, p, zero, horizons, rows);
                twin.follow(histories, outcome, 0, p, zero, horizons, rows);
            };
            follow(0.0, at.rows[0]);
            group(0, p).add(outcome, own, twin, w);
            for (std::size_t v = 1; v < view_count; ++v) {
                if (at.rows[v] == 0 && !at.in_view[v]) continue;
                bool const same =
                    v > 1 ? at.rows[v] == at.rows[v - 1] && at.in_view[v] == at.in_view[v - 1] : at.zero == 0.0;
                if (!same) {
                    follow(at.zero, at.rows[v]);
                    if (!at.in_view[v]) own.events[last] = own.years[last] = twin.events[last] = twin.years[last] = 0.0;
                }
                group(v, p).add(outcome, own, twin, w);
            }
        }
        std::lock_guard const lock(turn);
        for (std::size_t v = 0; v < view_count; ++v)
            for (std::size_t sex = 0; sex < 2; ++sex)
                for (std::size_t s = shared_sums; s < sums_known; ++s) {
                    std::size_t const row = first_[o * sums_known + s];
                    if (row == none) continue;
                    Number const* const from = scratch.data() + ((v * 2 + sex) * count + row - front) * rows_;
                    Int128* const to = data_ + place(v, arm, sex, row);
                    for (std::size_t r = 0; r < rows_; ++r)
                        put(to[r], static_cast<Int128>(from[r]), is_largest(static_cast<Sum>(s)));
                }
    }
}

void OutcomeTotals::add(BatchResult const& batch, Histories const& histories, std::span<std::int64_t const> weights,
                        std::mutex& turn) {
    for (std::size_t arm = 0; arm < layout_->arms; ++arm) {
        if (layout_->weight_bits > 0)
            add_arm<Int128>(batch, histories, weights, arm, turn);
        else
            add_arm<double>(batch, histories, weights, arm, turn);
    }
}

}  // namespace sarx
