// What a batch says of everyone: their events, the spells of their burdens, when they were offered and reached.

#include <cmath>
#include <map>

#include "support/catch.hpp"
#include "support/real_model.hpp"

using namespace sarx;
using namespace sarx::testing;

namespace {

Plan plan_with(std::string const& record) {
    return plan_of(real_model(), R"(
sarx: 1
seed: 11
population: {people: 160, start_age: {from: 66 years, to: 84 years}, end_age: 92 years}
interventions: {lift: {kind: resistance_training, dose: {sessions_per_week: 3}}}
arms:
  usual: []
  lifting: [{give: lift, from: {time: 2 years}, reach: {coverage: 0.5, adherence: {mean: 0.7, sd: 0.3}, dropout_per_year: 0.2}}]
record: )" + record + "\n");
}

}  // namespace

TEST_CASE("events are of everyone, in order, within follow-up, and nothing comes after death") {
    Plan const plan = plan_with("{people: 10}");
    auto const kinds = event_kinds(*plan.model);
    std::size_t beyond_recorded = 0;
    for (auto const& b : simulate_all(plan))
        for (auto const& events : b.events) {
            std::map<std::uint32_t, double> died, last;
            std::map<std::pair<std::uint32_t, std::string>, bool> burdened;
            for (Event const& e : events) {
                INFO("person " << e.person << ", " << kinds[e.kind] << " at " << e.time_years);
                beyond_recorded += e.person >= 10 ? 1 : 0;
                CHECK(e.time_years >= 0.0);
                CHECK(e.time_years <= b.follow_years[e.person - b.first_person] + 1e-9);
                CHECK(e.time_years >= last[e.person]);
                CHECK((!died.contains(e.person) || e.time_years <= died[e.person]));
                last[e.person] = e.time_years;
                std::string const& kind = kinds[e.kind];
                if (kind == "death") died[e.person] = e.time_years;
                for (auto const& [ending, begins] : {std::pair("_begins", true), std::pair("_ends", false)}) {
                    if (!kind.ends_with(ending)) continue;
                    bool& is = burdened[{e.person, kind.substr(0, kind.size() - std::string(ending).size())}];
                    CHECK(is != begins);
                    is = begins;
                }
            }
        }
    CHECK(beyond_recorded > 100);
}

TEST_CASE("a burden is there at a record where its spell says so") {
    Plan const plan = plan_with("{variables: [disability, sarcopenia_ewgsop2]}");
    auto const kinds = event_kinds(*plan.model);
    auto const batches = simulate_all(plan);
    auto const series = series_index(plan, "disability");
    std::size_t with = 0;
    for (std::size_t arm = 0; arm < 2; ++arm)
        for (auto const& b : batches)
            for (std::uint32_t p = 0; p < b.people; ++p)
                for (int r = 0; r < plan.clock.records; ++r) {
                    float const flag = value_at(plan, batches, series, arm, b.first_person + p, r);
                    if (flag != flag) continue;
                    bool is = false;
                    for (Event const& e : b.events[arm]) {
                        if (e.person != b.first_person + p || e.time_years > plan.clock.record_years(r) + 1e-9)
                            continue;
                        if (kinds[e.kind] == "disability_begins") is = true;
                        if (kinds[e.kind] == "disability_ends") is = false;
                    }
                    CHECK(is == (flag >= 1.0F));
                    with += is ? 1 : 0;
                }
    CHECK(with > 50);
}

TEST_CASE("offers, reach and protocol are known of everyone, and a first event ever comes once") {
    Plan const plan = plan_with("{people: none}");
    std::size_t offered = 0, reached = 0, kept = 0, had = 0;
    for (auto const& b : simulate_all(plan))
        for (std::size_t p = 0; p < b.people; ++p) {
            CHECK(std::isnan(b.first_offer_years[p]));  // nothing is offered in the reference arm
            float const offer = b.first_offer_years[b.people + p];
            float const reach = b.first_reach_years[b.people + p];
            float const protocol = b.protocol_years[b.people + p];
            offered += std::isnan(offer) ? 0 : 1;
            reached += std::isnan(reach) ? 0 : 1;
            kept += std::isinf(protocol) ? 1 : 0;
            CHECK(std::isnan(reach) == std::isnan(protocol));
            CHECK((std::isnan(reach) || (offer == 2.0F && reach >= offer && protocol >= reach)));
            for (std::size_t k = 0; k < plan.model->events().size(); ++k) {
                EventSpec const& event = plan.model->events()[k];
                if (event.occurs != Occurs::once && event.occurs != Occurs::crossing) continue;
                bool const before = b.had_before[k * b.people + p] != 0;
                had += before ? 1 : 0;
                for (auto const& events : b.events) {
                    auto const count = std::ranges::count_if(
                        events, [&](Event const& e) { return e.person == b.first_person + p && e.kind == k; });
                    CHECK(count <= (before ? 0 : 1));
                }
            }
        }
    CHECK(offered > 40);
    CHECK(offered < 120);
    CHECK(reached <= offered);
    CHECK(kept < reached);
    CHECK(kept > 0);
    CHECK(had > 10);
}
