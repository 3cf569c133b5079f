// /outcomes and /prevalence against plain arithmetic, person by person.

#include <cmath>
#include <limits>

#include "read_file.hpp"
#include "sim/result/accumulate.hpp"
#include "support/catch.hpp"

using namespace made_up;

namespace {

constexpr double forever = std::numeric_limits<double>::infinity();
constexpr std::uint8_t fall = 0, death = 1, begins = 4, ends = 5;

/// Events and years of one person by a horizon, from the batch as it stands.
struct Had {
    double events = 0.0;
    double years = 0.0;
};

Had had(BatchResult const& b, std::size_t arm, std::size_t p, std::string const& what, double zero, double horizon) {
    Had result;
    double end = b.follow_years[p];
    for (Event const& e : b.events[arm])
        if (e.person == b.first_person + p && e.kind == death) end = std::min(end, e.time_years);
    double const until = std::min(zero + horizon, end);
    if (!(end > zero)) return result;
    result.years = until - zero;
    double spell = -1.0, with = 0.0;
    bool before = b.had_before[death * b.people + p] != 0;
    for (Event const& e : b.events[arm]) {
        if (e.person != b.first_person + p) continue;
        bool const counted = e.time_years > zero && e.time_years <= until;
        if (what == "fall" && e.kind == fall && counted) result.events += 1.0;
        if (what == "fall_first" && e.kind == fall && counted && result.events == 0.0)
            result = {1.0, e.time_years - zero};
        if (what == "death" && e.kind == death && counted) result.events += 1.0;
        if (e.kind == begins) spell = e.time_years;
        if (e.kind == ends) with += std::max(0.0, std::min(e.time_years, until) - std::max(spell, zero)), spell = -1.0;
    }
    if (spell >= 0.0) with += std::max(0.0, until - std::max(spell, zero));
    if (what == "death" && before) return {};
    if (what == "years_with_weakness") result.years = with;
    if (what == "years_without_weakness") result.years -= with;
    return result;
}

Plan weighted_plan(double spread) {
    Plan plan = plan_of(150, 4);
    plan.population.weighted = true;
    std::mt19937 luck(5);
    for (std::uint32_t i = 0; i < 150; ++i) {
        GivenPerson g;
        g.id = "person " + std::to_string(i);
        g.age_years = 60.0;
        g.weight = 3.0 + spread * static_cast<double>(luck() % 1000) / 40.0;
        plan.population.given.push_back(g);
    }
    plan.population.given_path = "people.csv";
    plan.origin.tables = {{"people.csv", "id,sex,age_years\n"}};
    return plan;
}

void check_outcomes(Plan const& plan, double weight_of_one) {
    Folder const folder;
    record(plan, folder.file());
    Layout const layout(plan);
    auto const batches = all_batches(plan);
    std::size_t const horizons = layout.horizons_years.size();
    REQUIRE(layout.horizons_years.back() == forever);
    bool const all_alike = layout.weight_bits == 0;
    for (std::string const what :
         {"fall", "fall_first", "death", "years_lived", "years_with_weakness", "years_without_weakness"}) {
        auto const table = read<double>(folder.file(), "/outcomes/" + what);
        REQUIRE(table.size() == sums_known * 4 * layout.arms * 2 * horizons);
        for (std::size_t view = 0; view < 4; ++view)
            for (std::size_t a = 0; a < layout.arms; ++a)
                for (std::size_t sex = 0; sex < 2; ++sex)
                    for (std::size_t r = 0; r < horizons; ++r) {
                        double const h = layout.horizons_years[r];
                        std::vector<double> sums(sums_known, 0.0);
                        auto const sum = [&](Sum s) -> double& { return sums[static_cast<std::size_t>(s)]; };
                        for (auto const& b : batches)
                            for (std::size_t p = 0; p < b.people; ++p) {
                                std::size_t const who = a * b.people + p;
                                if (b.sex[p] != sex) continue;
                                bool const offered = !std::isnan(b.first_offer_years[who]);
                                bool const reached = !std::isnan(b.first_reach_years[who]);
                                double const zero =
                                    view == 0 || !offered ? 0.0 : static_cast<double>(b.first_offer_years[who]);
                                double const kept = static_cast<double>(b.protocol_years[who]);
                                if (view >= 2 && !reached) continue;
                                if (view == 3 && !(kept >= zero + h - 1e-9)) continue;
                                if (h < forever && b.follow_years[p] - zero < h - 1e-9) continue;
                                double const w = all_alike ? weight_of_one : static_cast<double>(b.weight[p]);
                                auto const [e, y] = had(b, a, p, what, zero, h);
                                auto const [e0, y0] = had(b, 0, p, what, zero, h);
                                sum(Sum::people) += 1;
                                sum(Sum::weight) += w;
                                sum(Sum::weight_squares) += w * w;
                                sum(Sum::events) += w * e;
                                sum(Sum::reference_events) += w * e0;
                                sum(Sum::ee) += w * w * e * e;
                                sum(Sum::ee0) += w * w * e * e0;
                                sum(Sum::years) += w * y;
                                sum(Sum::reference_years_w2) += w * w * y0;
                                sum(Sum::yy) += w * w * y * y;
                                sum(Sum::yy0) += w * w * y * y0;
                                sum(Sum::ey) += w * w * e * y;
                                sum(Sum::ye0) += w * w * y * e0;
                                if (y > 1e-4 && y0 > 1e-4) {
                                    sum(Sum::people_at_risk) += 1;
                                    sum(Sum::weight_at_risk) += w;
                                    sum(Sum::weight_at_risk_squares) += w * w;
                                }
                                sum(Sum::people_fewer) += e < e0 ? 1 : 0;
                                sum(Sum::more_w2) += e > e0 ? w * w * (e - e0) * (e - e0) : 0.0;
                                sum(Sum::fewer_largest) = std::max(sum(Sum::fewer_largest), w * (e0 - e));
                                sum(Sum::people_longer) += y > y0 + 1e-4 ? 1 : 0;
                                sum(Sum::longer) += w * std::max(0.0, y - y0);
                                sum(Sum::shorter_w2) += y < y0 ? w * w * (y - y0) * (y - y0) : 0.0;
                                sum(Sum::shorter_largest) = std::max(sum(Sum::shorter_largest), w * (y0 - y));
                            }
                        Outcome const* outcome = nullptr;
                        for (Outcome const& o : layout.outcomes)
                            if (o.name == what) outcome = &o;
                        REQUIRE(outcome != nullptr);
                        for (Sum const s : {Sum::people,
                                            Sum::weight,
                                            Sum::weight_squares,
                                            Sum::events,
                                            Sum::reference_events,
                                            Sum::ee,
                                            Sum::ee0,
                                            Sum::years,
                                            Sum::reference_years_w2,
                                            Sum::yy,
                                            Sum::yy0,
                                            Sum::ey,
                                            Sum::ye0,
                                            Sum::people_at_risk,
                                            Sum::weight_at_risk,
                                            Sum::weight_at_risk_squares,
                                            Sum::people_fewer,
                                            Sum::more_w2,
                                            Sum::fewer_largest,
                                            Sum::people_longer,
                                            Sum::longer,
                                            Sum::shorter_w2,
                                            Sum::shorter_largest}) {
                            auto const i = static_cast<std::size_t>(s);
                            double const got = table[(((i * 4 + view) * layout.arms + a) * 2 + sex) * horizons + r];
                            INFO(what << " " << sum_specs[i].name << " view " << view << " arm " << a << " horizon "
                                      << h);
                            if (s >= Sum::events && !has(*outcome, s)) {
                                CHECK(std::isnan(got));
                                continue;
                            }
                            CHECK_THAT(got, WithinAbs(sums[i], 3e-3 * (1.0 + std::abs(sums[i]))));
                        }
                    }
    }
}

}  // namespace

TEST_CASE("outcomes agree with plain arithmetic on every clock and among everyone") {
    check_outcomes(plan_of(150, 4), 1.0);
}
TEST_CASE("weighted outcomes agree with plain arithmetic") { check_outcomes(weighted_plan(1.0), 0.0); }

TEST_CASE("all weights equal is no weights, to the bit") {
    Folder const folder;
    record(weighted_plan(0.0), folder.file("equal.h5"));
    Plan none = weighted_plan(0.0);
    none.population.weighted = false;
    record(none, folder.file("none.h5"));
    for (char const* const name :
         {"/outcomes/fall", "/summary/fall_events", "/summary/person_years", "/summary/strength_kg_mean",
          "/summary/strength_kg_mcse", "/effects/strength_kg_upper", "/prevalence/stage"}) {
        auto const a = read<double>(folder.file("equal.h5"), name);
        auto const b = read<double>(folder.file("none.h5"), name);
        REQUIRE(a.size() == b.size());
        for (std::size_t i = 0; i < a.size(); ++i) CHECK((a[i] == b[i] || (a[i] != a[i] && b[i] != b[i])));
    }
}

TEST_CASE("an event at a step's end is by the record there, and before what is offered then") {
    constexpr double month = 1.0 / 12.0;
    Plan plan = plan_of(40, 37);
    plan.clock.record_every_years = month;
    plan.clock.end_years = 36 * month;
    Layout const layout(plan);
    REQUIRE(layout.horizons_years.size() == 38);
    BatchResult batch = batch_of(plan, 0);
    std::ranges::fill(batch.follow_years, 36 * month);
    std::ranges::fill(batch.had_before, std::uint8_t{0});
    for (std::size_t a = 0; a < layout.arms; ++a) {
        batch.events[a].clear();
        for (std::uint32_t p = 0; p < batch.people; ++p) {
            double const when = (2 * p + 1) * month;  // neither a record's time nor an offer's is so to the last bit
            batch.events[a].push_back({p, 1.0F, when, fall});
            batch.first_offer_years[a * batch.people + p] = a == 0 ? missing : static_cast<float>(when);
        }
    }
    Accumulators sums(layout);
    sums.add(batch);
    auto const falls = [&](View view, std::size_t row) {
        return static_cast<double>(sums.outcomes().at(view, 1, 0, 0, Sum::events, row) +
                                   sums.outcomes().at(view, 1, 1, 0, Sum::events, row));
    };
    auto const people = [&](std::size_t row) {
        return static_cast<double>(sums.outcomes().at(View::index, 1, 0, 0, Sum::people, row) +
                                   sums.outcomes().at(View::index, 1, 1, 0, Sum::people, row));
    };
    REQUIRE(layout.outcomes[0].name == "fall");
    double before = 0.0;
    for (std::size_t r = 0; r < 37; ++r) {
        double const by_then = std::min<double>(static_cast<double>((r + 1) / 2), batch.people);
        CHECK(falls(View::run, r) == by_then);
        CHECK(falls(View::index, r) == 0.0);
        CHECK(static_cast<double>(sums.events(1, 0, fall, r) + sums.events(1, 1, fall, r)) == by_then - before);
        double const followed_so_long = std::min<double>(static_cast<double>((37 - r) / 2), batch.people);
        CHECK(people(r) == followed_so_long);
        before = by_then;
    }
}

TEST_CASE("weights count however small they are") {
    Plan plan = weighted_plan(1.0);
    Plan small = plan;
    for (auto& person : small.population.given) person.weight *= 0x1p-40;
    Layout const layout(plan), same(small);
    for (auto const& person : plan.population.given)
        CHECK(layout.weight_of(static_cast<float>(person.weight)) ==
              same.weight_of(static_cast<float>(person.weight * 0x1p-40)));
}

TEST_CASE("prevalences count everyone in follow-up once, by the class in both arms, the dead too") {
    Plan const plan = plan_of(150, 4);
    Folder const folder;
    record(plan, folder.file());
    Layout const layout(plan);
    auto const table = read<double>(folder.file(), "/prevalence/stage");
    constexpr std::size_t classes = 5;
    REQUIRE(table.size() == 3 * layout.arms * 2 * classes * classes * layout.records);
    std::vector<double> count(table.size(), 0.0);
    std::size_t const stage = layout.variables[3].first;
    for (auto const& b : all_batches(plan))
        for (std::size_t a = 0; a < layout.arms; ++a)
            for (std::size_t p = 0; p < b.people; ++p)
                for (std::size_t t = 0; t < layout.records; ++t) {
                    if (static_cast<double>(t) > b.follow_years[p]) continue;
                    auto const class_in = [&](std::size_t arm) {
                        for (Event const& e : b.events[arm])
                            if (e.person == b.first_person + p && e.kind == death &&
                                e.time_years <= static_cast<double>(t))
                                return 4;
                        float const code =
                            b.trajectories[((stage * layout.arms + arm) * b.people + p) * layout.records + t];
                        return code == code ? static_cast<int>(code) : -1;
                    };
                    int const c0 = class_in(0), c = class_in(a);
                    if (c0 < 0 || c < 0) continue;
                    for (std::size_t s = 0; s < 3; ++s)
                        ++count[((((s * layout.arms + a) * 2 + b.sex[p]) * classes + static_cast<std::size_t>(c0)) *
                                     classes +
                                 static_cast<std::size_t>(c)) *
                                    layout.records +
                                t];
                }
    CHECK(table == count);
}

TEST_CASE("horizons are thinned where records are many, and keep the last") {
    Plan plan = plan_of(20, 5000);
    Layout const layout(plan);
    REQUIRE(layout.horizons_years.size() > 100);
    CHECK(layout.horizons_years.size() < 5000);
    CHECK(layout.horizons_years[layout.horizons_years.size() - 2] == layout.times_years.back());
    CHECK(layout.horizons_years.front() == 0.0);
    CHECK(Accumulators::bytes_needed(layout) < 1'000'000'000);
}
