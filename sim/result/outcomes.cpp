#include "sim/result/outcomes.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>

namespace sarx {

namespace {

constexpr std::size_t shared_sums = 3;  // people, weight, weight_squares
constexpr std::size_t none = static_cast<std::size_t>(-1);

std::size_t sums_of(Outcome const& outcome) {
    std::size_t count = 0;
    for (std::size_t s = 0; s < sums_known; ++s) count += has(outcome, static_cast<Sum>(s)) ? 1 : 0;
    return count;
}

double quanta(double years) { return std::floor(years / outcome_quantum_years + 0.5); }

/// The sum without the square of the weight that a sum with it stands beside; other sums themselves.
Sum unsquared(Sum sum) {
    switch (sum) {
        case Sum::events_w2: return Sum::events;
        case Sum::reference_events_w2: return Sum::reference_events;
        case Sum::years_w2: return Sum::years;
        case Sum::reference_years_w2: return Sum::reference_years;
        default: return sum;
    }
}

/// Events and years [quanta] of one person by each horizon, whole numbers.
struct Course {
    std::vector<double> events;
    std::vector<double> years;
    explicit Course(std::size_t rows) : events(rows), years(rows) {}

    /// @param counted rows that count, from the front; the last always does
    void follow(Histories const& of, Outcome const& outcome, std::size_t arm, std::size_t person, double zero,
                std::span<double const> horizons, std::size_t counted);

    void leave_out_the_last() { events.back() = years.back() = 0.0; }

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
        auto const after = std::ranges::upper_bound(times, zero + one_moment_years);
        if (outcome.kind == Outcome::Kind::count) {
            auto next = after;
            each_row([&](std::size_t r, double until) {
                while (next != times.end() && *next <= until + one_moment_years) ++next;
                events[r] = static_cast<double>(next - after);
                years[r] = quanta(until - zero);
            });
            return;
        }
        if (outcome.kind == Outcome::Kind::ever && (of.had(person, outcome.of) || after != times.begin())) return;
        double const first = after != times.end() ? *after : Histories::never;
        each_row([&](std::size_t r, double until) {
            events[r] = first <= until + one_moment_years ? 1.0 : 0.0;
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

    static constexpr bool weighted = !std::is_same_v<Number, double>;

    void add(Outcome const& outcome, Course const& arm, Course const& reference, Number w) {
        add_years(arm, reference, w);
        if (outcome.of_event()) {
            add_events(arm, reference, w);
            add_at_risk(arm, reference, w);
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
            if constexpr (weighted) {
                yw[r] += w2 * t;
                y0w[r] += w2 * t0;
            }
            yy[r] += w2 * (t * t);
            y0y0[r] += w2 * (t0 * t0);
            yy0[r] += w2 * (t * t0);
        }
    }

    void add_at_risk(Course const& a, Course const& b, Number w) {
        Number *const people = row(Sum::people_at_risk), *const weight = row(Sum::weight_at_risk),
                      *const squares = row(Sum::weight_at_risk_squares);
        for (std::size_t r = 0; r < rows_; ++r) {
            Number const at_risk = a.years[r] > 0.0 && b.years[r] > 0.0 ? 1 : 0;
            people[r] += at_risk;
            weight[r] += at_risk * w;
            squares[r] += at_risk * w * w;
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
            if constexpr (weighted) {
                ew[r] += w2 * n;
                e0w[r] += w2 * n0;
            }
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
        if constexpr (!weighted)
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

/// Parts of an arm's people that are summed apart: everyone by the run's clock, and by the index clock everyone in one of
/// the next three; who left the protocol counts in it until then.
enum Part : std::uint8_t { by_run, not_reached, left_protocol, kept_protocol, until_left };
constexpr std::size_t parts = 5;
constexpr bool counts_in[parts][view_names.size()] = {{true, false, false, false},
                                                      {false, true, false, false},
                                                      {false, true, true, false},
                                                      {false, true, true, true},
                                                      {false, false, false, true}};

void put(Int128& total, Int128 value, bool largest) {
    if (largest)
        total = std::max(total, value);
    else
        total += value;
}

}  // namespace

/// Where one person counts in one arm.
struct OutcomeTotals::Place {
    double zero = 0.0;  ///< of the index clock
    Part part = not_reached;
    std::size_t run_rows = 0;    ///< horizons that follow-up reaches, by the run's clock
    std::size_t index_rows = 0;  ///< by the index clock
    std::size_t kept_rows = 0;   ///< within the protocol

    /// Calls f(part, rows from the front, whether the last row counts).
    template <class F>
    void each(F f) const {
        f(by_run, run_rows, true);
        f(part, index_rows, true);
        if (part == left_protocol) f(until_left, kept_rows, false);
    }
};

std::vector<OutcomeTotals::Place> OutcomeTotals::places_of(BatchResult const& batch, Histories const& histories,
                                                           std::size_t arm) const {
    auto const& horizons = layout_->horizons_years;
    // All but the last, which is for ever.
    auto const reached_by = [&](double years) {
        return static_cast<std::size_t>(
            std::upper_bound(horizons.begin(), horizons.end() - 1, years + one_moment_years) - horizons.begin());
    };
    std::vector<Place> places(batch.people);
    for (std::size_t p = 0; p < batch.people; ++p) {
        std::size_t const who = arm * batch.people + p;
        float const offer = batch.first_offer_years[who];
        double const kept = batch.protocol_years[who];
        Place& at = places[p];
        at.zero = offer == offer ? offer : 0.0;
        double const after = histories.follow_years(p) - at.zero;
        at.run_rows = reached_by(histories.follow_years(p));
        at.index_rows = reached_by(after);
        at.kept_rows = at.index_rows;
        if (kept != kept) continue;
        at.part = kept >= Histories::never ? kept_protocol : left_protocol;
        at.kept_rows = reached_by(std::min(after, kept - at.zero));
    }
    return places;
}

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

std::size_t OutcomeTotals::front_of(std::size_t outcome) const {
    Sum const front = layout_->outcomes[outcome].of_event() ? Sum::events : Sum::years;
    return first_[outcome * sums_known + static_cast<std::size_t>(front)];
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

void OutcomeTotals::add_people(std::vector<Place> const& places, BatchResult const& batch,
                               std::span<std::int64_t const> weights, std::size_t arm, std::mutex& turn) {
    std::vector<Int128> sums(parts * 2 * shared_sums * rows_, 0);
    for (std::size_t p = 0; p < batch.people; ++p) {
        Int128 const w = weights[p];
        places[p].each([&](Part part, std::size_t rows, bool last) {
            Int128* const to = sums.data() + (part * 2U + batch.sex[p]) * shared_sums * rows_;
            for (std::size_t r = 0; r < rows_; ++r) {
                if (r + 1 == rows_ ? !last : r >= rows) continue;
                to[r] += 1;
                to[rows_ + r] += w;
                to[2 * rows_ + r] += w * w;
            }
        });
    }
    std::lock_guard const lock(turn);
    for (std::size_t part = 0; part < parts; ++part)
        for (std::size_t v = 0; v < view_names.size(); ++v)
            for (std::size_t sex = 0; counts_in[part][v] && sex < 2; ++sex)
                for (std::size_t i = 0; i < shared_sums * rows_; ++i)
                    data_[place(v, arm, sex, 0) + i] += sums[(part * 2 + sex) * shared_sums * rows_ + i];
}

/// Adds the sums of one outcome in one arm to the views that their parts count in.
template <class Number>
void OutcomeTotals::put_sums(std::vector<Number> const& sums, std::size_t outcome, std::size_t arm, std::mutex& turn) {
    std::size_t const count = sums_of(layout_->outcomes[outcome]);
    std::size_t const front = front_of(outcome);
    std::lock_guard const lock(turn);
    for (std::size_t s = shared_sums; s < sums_known; ++s) {
        auto const sum = static_cast<Sum>(s);
        std::size_t const row = first_[outcome * sums_known + s];
        if (row == none) continue;
        // Where everybody's weight is 1, its square changes no sum.
        std::size_t const of =
            Group<Number>::weighted ? row : first_[outcome * sums_known + static_cast<std::size_t>(unsquared(sum))];
        for (std::size_t part = 0; part < parts; ++part)
            for (std::size_t v = 0; v < view_names.size(); ++v)
                for (std::size_t sex = 0; counts_in[part][v] && sex < 2; ++sex) {
                    Number const* const from = sums.data() + ((part * 2 + sex) * count + of - front) * rows_;
                    Int128* const to = data_ + place(v, arm, sex, row);
                    for (std::size_t r = 0; r < rows_; ++r) put(to[r], static_cast<Int128>(from[r]), is_largest(sum));
                }
    }
}

template <class Number>
void OutcomeTotals::add_outcome(std::size_t o, std::vector<std::vector<Place>> const& places, BatchResult const& batch,
                                Histories const& histories, std::span<std::int64_t const> weights, std::mutex& turn) {
    Outcome const& outcome = layout_->outcomes[o];
    auto const& horizons = layout_->horizons_years;
    std::size_t const count = sums_of(outcome);
    std::vector<Course> reference(batch.people, Course(rows_));  // by the run's clock, the same for all arms
    for (std::size_t p = 0; p < batch.people; ++p)
        reference[p].follow(histories, outcome, 0, p, 0.0, horizons, places[0][p].run_rows);
    Course own(rows_), twin(rows_);
    std::vector<Number> sums;
    for (std::size_t arm = 0; arm < layout_->arms; ++arm) {
        sums.assign(parts * 2 * count * rows_, Number{0});
        for (std::size_t p = 0; p < batch.people; ++p) {
            double clock = -1.0;
            std::size_t followed = 0;
            bool whole = false;
            Course const* other = nullptr;
            places[arm][p].each([&](Part part, std::size_t rows, bool last) {
                double const zero = part == by_run ? 0.0 : places[arm][p].zero;
                if (zero != clock || rows != followed || last != whole) {
                    own.follow(histories, outcome, arm, p, zero, horizons, rows);
                    other = &reference[p];
                    if (zero != 0.0 || !last) {
                        twin.follow(histories, outcome, 0, p, zero, horizons, rows);
                        other = &twin;
                    }
                    if (!last) own.leave_out_the_last(), twin.leave_out_the_last();
                    clock = zero;
                    followed = rows;
                    whole = last;
                }
                Group<Number>(first_, o, front_of(o), sums.data() + (part * 2U + batch.sex[p]) * count * rows_, rows_,
                              layout_->cube_shift())
                    .add(outcome, own, *other, static_cast<Number>(weights[p]));
            });
        }
        put_sums(sums, o, arm, turn);
    }
}

void OutcomeTotals::add(BatchResult const& batch, Histories const& histories, std::span<std::int64_t const> weights,
                        std::mutex& turn) {
    std::vector<std::vector<Place>> places;
    for (std::size_t arm = 0; arm < layout_->arms; ++arm) {
        places.push_back(places_of(batch, histories, arm));
        add_people(places.back(), batch, weights, arm, turn);
    }
    for (std::size_t o = 0; o < layout_->outcomes.size(); ++o) {
        if (layout_->weight_bits > 0)
            add_outcome<Int128>(o, places, batch, histories, weights, turn);
        else
            add_outcome<double>(o, places, batch, histories, weights, turn);
    }
}

}  // namespace sarx
