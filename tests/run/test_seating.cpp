// Who shares a block is a matter of speed alone; here, that everybody gets a seat and that it is a good one.

#include <algorithm>
#include <numeric>
#include <vector>

#include "sim/contract/random.hpp"
#include "sim/run/seating.hpp"
#include "support/catch.hpp"

using namespace sarx;

namespace {

std::vector<Seat> crowd(std::uint32_t count) {
    Random const random(11);
    std::vector<Seat> people(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        people[i].to_years = 40.0 + 30.0 * random.uniform(i, Purpose{"to"});
        for (std::uint32_t m = 0; m < 3; ++m)
            people[i].rows[m] = 100 + static_cast<int>(200.0 * random.uniform(i, Purpose{"rows"}.of(m)));
    }
    return people;
}

/// Row-years of blocks of sixteen in this order.
double row_years(std::vector<Seat> const& people, std::vector<std::uint32_t> const& order) {
    double sum = 0.0;
    for (std::size_t first = 0; first < order.size(); first += lanes) {
        double to = 0.0;
        std::array<int, max_muscles> rows{};
        for (std::size_t i = first; i < std::min<std::size_t>(first + lanes, order.size()); ++i) {
            to = std::max(to, people[order[i]].to_years);
            for (std::size_t m = 0; m < max_muscles; ++m) rows[m] = std::max(rows[m], people[order[i]].rows[m]);
        }
        sum += to * std::accumulate(rows.begin(), rows.end(), 0);
    }
    return sum;
}

}  // namespace

TEST_CASE("everybody has one seat, whatever the number of people", "[seating]") {
    for (std::uint32_t const count : {1U, 16U, 17U, 40U, 333U}) {
        auto order = seated(crowd(count));
        std::ranges::sort(order);
        std::vector<std::uint32_t> all(count);
        std::iota(all.begin(), all.end(), 0U);
        CHECK(order == all);
    }
}

TEST_CASE("people who are alike share a block: fewer rows for fewer years", "[seating]") {
    auto const people = crowd(640);
    std::vector<std::uint32_t> as_they_come(people.size());
    std::iota(as_they_come.begin(), as_they_come.end(), 0U);
    CHECK(row_years(people, seated(people)) < 0.85 * row_years(people, as_they_come));
}
