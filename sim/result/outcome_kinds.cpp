#include "sim/result/outcome_kinds.hpp"

namespace sarx {

std::array<SumSpec, sums_known> const sum_specs{{
    {"n", "people counted", 0, 0},
    {"weight", "sum of w", 0, 1},
    {"weight_squares", "sum of w^2", 0, 2},
    {"events", "sum of w E", 0, 1},
    {"reference_events", "sum of w E0", 0, 1},
    {"events_w2", "sum of w^2 E", 0, 2},
    {"reference_events_w2", "sum of w^2 E0", 0, 2},
    {"ee", "sum of w^2 E E", 0, 2},
    {"e0e0", "sum of w^2 E0 E0", 0, 2},
    {"ee0", "sum of w^2 E E0", 0, 2},
    {"people_fewer", "people with E < E0", 0, 0},
    {"people_more", "people with E > E0", 0, 0},
    {"fewer", "sum of w (E0 - E) where that is positive", 0, 1},
    {"more", "sum of w (E - E0) where that is positive", 0, 1},
    {"fewer_w2", "sum of w^2 (E0 - E)^2 where E < E0", 0, 2},
    {"more_w2", "sum of w^2 (E - E0)^2 where E > E0", 0, 2},
    {"fewer_largest", "largest w (E0 - E)", 0, 1},
    {"more_largest", "largest w (E - E0)", 0, 1},
    {"fewer_w3", "sum of w^3 (E0 - E)^3 where E < E0", 0, 3},
    {"more_w3", "sum of w^3 (E - E0)^3 where E > E0", 0, 3},
    {"people_at_risk", "people with time at risk in both arms", 0, 0},
    {"weight_at_risk", "sum of their w", 0, 1},
    {"weight_at_risk_squares", "sum of their w^2", 0, 2},
    {"years", "sum of w Y", 1, 1},
    {"reference_years", "sum of w Y0", 1, 1},
    {"years_w2", "sum of w^2 Y", 1, 2},
    {"reference_years_w2", "sum of w^2 Y0", 1, 2},
    {"yy", "sum of w^2 Y Y", 2, 2},
    {"y0y0", "sum of w^2 Y0 Y0", 2, 2},
    {"yy0", "sum of w^2 Y Y0", 2, 2},
    {"ey", "sum of w^2 E Y", 1, 2},
    {"e0y0", "sum of w^2 E0 Y0", 1, 2},
    {"ey0", "sum of w^2 E Y0", 1, 2},
    {"ye0", "sum of w^2 Y E0", 1, 2},
    {"people_longer", "people with Y > Y0", 0, 0},
    {"people_shorter", "people with Y < Y0", 0, 0},
    {"longer", "sum of w (Y - Y0) where that is positive", 1, 1},
    {"shorter", "sum of w (Y0 - Y) where that is positive", 1, 1},
    {"longer_w2", "sum of w^2 (Y - Y0)^2 where Y > Y0", 2, 2},
    {"shorter_w2", "sum of w^2 (Y0 - Y)^2 where Y < Y0", 2, 2},
    {"longer_largest", "largest w (Y - Y0)", 1, 1},
    {"shorter_largest", "largest w (Y0 - Y)", 1, 1},
    {"longer_w3", "sum of w^3 (Y - Y0)^3 where Y > Y0, in coarser time", 3, 3},
    {"shorter_w3", "sum of w^3 (Y0 - Y)^3 where Y < Y0, in coarser time", 3, 3},
}};

bool is_largest(Sum sum) {
    return sum == Sum::fewer_largest || sum == Sum::more_largest || sum == Sum::longer_largest ||
           sum == Sum::shorter_largest;
}

bool is_cube(Sum sum) {
    return sum == Sum::fewer_w3 || sum == Sum::more_w3 || sum == Sum::longer_w3 || sum == Sum::shorter_w3;
}

bool has(Outcome const& outcome, Sum sum) {
    if (sum < Sum::events) return false;
    bool const of_years = sum >= Sum::years && sum <= Sum::yy0;
    bool const of_differing_years = sum >= Sum::people_longer;
    return outcome.of_event() ? !of_differing_years : of_years || of_differing_years;
}

std::vector<Outcome> outcomes_of(Model const& model) {
    std::vector<Outcome> outcomes;
    auto const events = model.events();
    for (std::size_t i = 0; i < events.size(); ++i) {
        std::string const name(events[i].name);
        std::string const meaning(events[i].meaning);
        if (events[i].occurs == Occurs::once || events[i].occurs == Occurs::crossing) {
            outcomes.push_back({Outcome::Kind::ever, i, name, meaning + ": first ever"});
            continue;
        }
        outcomes.push_back({Outcome::Kind::count, i, name, meaning + ": every one"});
        outcomes.push_back({Outcome::Kind::first, i, name + "_first", meaning + ": the first since the clock's zero"});
    }
    outcomes.push_back({Outcome::Kind::lived, 0, "years_lived", "years alive"});
    auto const burdens = model.burdens();
    for (std::size_t b = 0; b < burdens.size(); ++b) {
        std::string const name(burdens[b].name);
        outcomes.push_back({Outcome::Kind::without, b, "years_without_" + name, "years alive without " + name});
        outcomes.push_back({Outcome::Kind::with, b, "years_with_" + name, "years alive with " + name});
    }
    return outcomes;
}

}  // namespace sarx
