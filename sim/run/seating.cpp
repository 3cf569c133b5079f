#include "sim/run/seating.hpp"

#include <algorithm>
#include <numeric>
#include <span>

namespace sarx {

namespace {

/// Row-steps of a block of these people, up to a constant: the longest stay times the largest pools.
double cost(std::span<std::uint32_t const> who, std::vector<Seat> const& people) {
    double from = people[who.front()].from_years;
    double to = people[who.front()].to_years;
    std::array<int, max_muscles> rows{};
    for (std::uint32_t const i : who) {
        from = std::min(from, people[i].from_years);
        to = std::max(to, people[i].to_years);
        for (std::size_t m = 0; m < max_muscles; ++m) rows[m] = std::max(rows[m], people[i].rows[m]);
    }
    return (to - from) * std::accumulate(rows.begin(), rows.end(), 0.0);
}

double value(Seat const& seat, std::size_t by) {
    if (by == 0) return seat.from_years;
    if (by == 1) return seat.to_years;
    return static_cast<double>(seat.rows[by - 2]);
}

void halve(std::span<std::uint32_t> who, std::vector<Seat> const& people) {
    if (who.size() <= lanes) return;
    std::size_t const blocks = (who.size() + lanes - 1) / lanes;
    std::size_t const left = blocks / 2 * lanes;
    std::vector<std::uint32_t> best;
    double least = 0.0;
    std::vector<std::uint32_t> order(who.begin(), who.end());
    for (std::size_t by = 0; by < 2 + max_muscles; ++by) {
        std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
            double const x = value(people[a], by);
            double const y = value(people[b], by);
            return x != y ? x < y : a < b;
        });
        std::span<std::uint32_t const> const all = order;
        double const sum = cost(all.first(left), people) * static_cast<double>(left) +
                           cost(all.subspan(left), people) * static_cast<double>(who.size() - left);
        if (best.empty() || sum < least) {
            best = order;
            least = sum;
        }
    }
    std::ranges::copy(best, who.begin());
    halve(who.first(left), people);
    halve(who.subspan(left), people);
}

}  // namespace

std::vector<std::uint32_t> seated(std::vector<Seat> const& people) {
    std::vector<std::uint32_t> order(people.size());
    std::iota(order.begin(), order.end(), 0U);
    halve(order, people);
    return order;
}

}  // namespace sarx
