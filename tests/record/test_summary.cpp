// Statistics in the file against plain long-double arithmetic over the same values.

#include <boost/math/distributions/students_t.hpp>

#include "read_file.hpp"
#include "sim/result/layout.hpp"
#include "support/catch.hpp"

using namespace made_up;

namespace {

struct Weighted {
    long double value;
    long double weight;
};

struct Plain {
    long double mean, sd, mcse;
};

Plain plain(std::vector<Weighted> const& values) {
    long double w = 0, w2 = 0, s = 0;
    for (auto const& v : values) w += v.weight, w2 += v.weight * v.weight, s += v.weight * v.value;
    long double const mean = s / w;
    long double spread = 0;
    for (auto const& v : values) spread += v.weight * (v.value - mean) * (v.value - mean);
    long double const n = w * w / w2;
    long double const sd = std::sqrt(spread / w * n / (n - 1));
    // The standard error of a weighted mean: from weighted residuals, about whose spread nothing is assumed.
    long double residuals = 0;
    for (auto const& v : values) residuals += v.weight * v.weight * (v.value - mean) * (v.value - mean);
    auto const people = static_cast<long double>(values.size());
    return {mean, sd, std::sqrt(residuals * people / (people - 1)) / w};
}

/// Share of the weight whose value times `sign` is above a limit.
double share_above(std::vector<Weighted> const& values, double sign, double limit) {
    long double above = 0, all = 0;
    for (auto const& v : values) {
        all += v.weight;
        if (static_cast<double>(v.value) * sign > limit) above += v.weight;
    }
    return static_cast<double>(above / all);
}

/// The values between which a quantile may lie: those of its neighbours in rank.
std::pair<long double, long double> around(std::vector<Weighted> values, long double share) {
    std::sort(values.begin(), values.end(), [](auto const& a, auto const& b) { return a.value < b.value; });
    long double total = 0;
    for (auto const& v : values) total += v.weight;
    long double below = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        below += values[i].weight;
        if (below >= share * total * (1 - 1e-6L))
            return {values[i > 0 ? i - 1 : 0].value, values[std::min(i + 1, values.size() - 1)].value};
    }
    return {values.back().value, values.back().value};
}

/// Values of one series in one cell; `pick` says which people and records.
template <class Pick>
std::vector<Weighted> values_of(Plan const& plan, std::vector<BatchResult> const& batches, std::size_t series,
                                std::size_t arm, bool difference, Pick pick) {
    std::vector<Weighted> values;
    auto const records = static_cast<std::size_t>(plan.clock.records);
    for (auto const& b : batches)
        for (std::size_t p = 0; p < b.people; ++p)
            for (std::size_t t = 0; t < records; ++t) {
                if (!pick(b, p, t)) continue;
                float const v = b.trajectories[((series * plan.arms.size() + arm) * b.people + p) * records + t];
                float const r = b.trajectories[((series * plan.arms.size() + 0) * b.people + p) * records + t];
                if (std::isnan(v) || (difference && std::isnan(r))) continue;
                long double const x = difference ? static_cast<long double>(v) - static_cast<long double>(r)
                                                 : static_cast<long double>(v);
                values.push_back({x, static_cast<long double>(b.weight[p])});
            }
    return values;
}

/// Third central moment.
long double third_of(std::vector<Weighted> const& values) {
    long double w = 0, s = 0, third = 0;
    for (auto const& v : values) w += v.weight, s += v.weight * v.value;
    for (auto const& v : values) third += v.weight * std::pow(v.value - s / w, 3.0L);
    return third / w;
}

/// Student's t with Hall's transformation, by the book.
void check_interval(std::vector<Weighted> const& values, Plain const& paired, double lower, double upper,
                    double close) {
    std::size_t differ = 0;
    long double w = 0, w2 = 0;
    for (auto const& v : values) {
        differ += v.value != 0 ? 1 : 0;
        w += v.weight;
        w2 += v.weight * v.weight;
    }
    if (differ < 25) {  // near the limit, a difference below the resolution decides
        if (differ < 15) CHECK((std::isnan(lower) && std::isnan(upper)));
        return;
    }
    if (!(paired.sd > 0)) {
        CHECK(lower == upper);
        return;
    }
    long double const n = w * w / w2;
    auto const error = static_cast<double>(paired.mcse);
    auto const a = static_cast<double>(third_of(values) / (paired.sd * paired.sd * paired.sd * std::sqrt(n)));
    double const t = boost::math::quantile(boost::math::students_t(static_cast<double>(n - 1)), 0.975);
    auto const hall = [&](double z) {
        return std::abs(a) < 1e-9 ? z : 3.0 / a * (std::cbrt(1.0 + a * (z - a / 6.0)) - 1.0);
    };
    auto const mean = static_cast<double>(paired.mean);
    CHECK(std::abs(lower - (mean - hall(t) * error)) <= close);
    CHECK(std::abs(upper - (mean - hall(-t) * error)) <= close);
}

bool is_of(BatchResult const& b, std::size_t p, std::size_t row) { return row == 2 || b.sex[p] == row; }

void check_all(Plan const& plan) {
    Folder const folder;
    record(plan, folder.file());
    auto const batches = all_batches(plan);
    Layout const layout(plan);
    auto const records = layout.records;
    double const weight_error = layout.weight_bits > 0 ? 1e-4 : 1e-12;
    for (auto const& v : layout.variables) {
        std::string const name(v.spec->name);
        INFO(name);
        auto const get = [&](std::string const& group, std::string const& what) {
            return read<double>(folder.file(), group + name + what);
        };
        auto const mean = get("/summary/", "_mean"), sd = get("/summary/", "_sd"), mcse = get("/summary/", "_mcse"),
                   p05 = get("/summary/", "_p05"), p50 = get("/summary/", "_p50"), p95 = get("/summary/", "_p95");
        auto const n = read<std::int32_t>(folder.file(), "/summary/" + name + "_n");
        auto const effect = get("/effects/", "_mean"), lower = get("/effects/", "_lower"),
                   upper = get("/effects/", "_upper"), effect_sd = get("/effects/", "_sd");
        auto const effect_n = read<std::int32_t>(folder.file(), "/effects/" + name + "_n");
        auto const benefit =
            v.spec->worthwhile_difference > 0.0 ? get("/effects/", "_benefit_fraction") : std::vector<double>();
        auto const worse = benefit.empty() ? benefit : get("/effects/", "_worse_fraction");
        CHECK(has(folder.file(), "/effects/" + name + "_worse_fraction") == (v.spec->worthwhile_difference > 0.0));
        auto const differ = read<std::int32_t>(folder.file(), "/effects/" + name + "_differ_n");
        auto const third = get("/effects/", "_third");
        double const up = v.spec->better == Better::higher ? 1.0 : -1.0;
        REQUIRE(mean.size() == layout.arms * 3 * v.count * records);
        REQUIRE(effect.size() == (layout.arms - 1) * 3 * v.count * records);
        Scale const scale = layout.scales[v.first];
        double const res = scale.resolution;
        for (std::size_t a = 0; a < layout.arms; ++a)
            for (std::size_t s = 0; s < 3; ++s)
                for (std::size_t m = 0; m < v.count; ++m)
                    for (std::size_t t = 0; t < records; ++t) {
                        auto const pick = [&](BatchResult const& b, std::size_t p, std::size_t k) {
                            return k == t && is_of(b, p, s);
                        };
                        std::size_t const at = ((a * 3 + s) * v.count + m) * records + t;
                        auto const values = values_of(plan, batches, v.first + m, a, false, pick);
                        REQUIRE(static_cast<std::size_t>(n[at]) == values.size());
                        if (values.size() < 2) continue;
                        Plain const want = plain(values);
                        double const range = res * scale.levels;
                        double const close = (scale.discrete ? 1e-12 : res) + weight_error * range;
                        CHECK(std::abs(mean[at] - static_cast<double>(want.mean)) <= close);
                        CHECK(std::abs(sd[at] - static_cast<double>(want.sd)) <= 2 * close);
                        CHECK(std::abs(mcse[at] - static_cast<double>(want.mcse)) <= 2 * close);
                        for (auto const& [points, share] :
                             {std::pair(&p05, 0.05L), std::pair(&p50, 0.5L), std::pair(&p95, 0.95L)}) {
                            auto const [low, high] = around(values, share);
                            double const bin = scale.discrete ? 0.0 : scale.bin_width() * 1.001;
                            CHECK((*points)[at] >= static_cast<double>(low) - bin);
                            CHECK((*points)[at] <= static_cast<double>(high) + bin);
                        }
                        if (a == 0) continue;
                        std::size_t const e = (((a - 1) * 3 + s) * v.count + m) * records + t;
                        auto const differences = values_of(plan, batches, v.first + m, a, true, pick);
                        REQUIRE(static_cast<std::size_t>(effect_n[e]) == differences.size());
                        if (differences.size() < 2) continue;
                        if (!benefit.empty()) {
                            // A resolution about the least that is worth while may count on either side.
                            double const least = v.spec->worthwhile_difference;
                            for (auto const& [share, sign] : {std::pair(benefit[e], up), std::pair(worse[e], -up)}) {
                                CHECK(share >= share_above(differences, sign, least + 1.001 * res) - weight_error);
                                CHECK(share <= share_above(differences, sign, least - 1.001 * res) + weight_error);
                            }
                        }
                        Plain const paired = plain(differences);
                        CHECK(std::abs(effect[e] - static_cast<double>(paired.mean)) <= 2 * close);
                        CHECK(static_cast<std::size_t>(differ[e]) <= differences.size());
                        CHECK(std::abs(std::cbrt(third[e]) - static_cast<double>(std::cbrt(third_of(differences)))) <=
                              0.05 * static_cast<double>(paired.sd) + 3 * close);
                        CHECK(std::abs(effect_sd[e] - static_cast<double>(paired.sd)) <= 3 * close);
                        check_interval(differences, paired, lower[e], upper[e], 20 * close);
                    }
    }
}

Plan weighted_plan() {
    Plan plan = plan_of(300, 4);
    plan.population.weighted = true;
    std::mt19937 luck(5);
    for (std::uint32_t i = 0; i < 300; ++i) {
        GivenPerson g;
        g.id = "person " + std::to_string(i);
        g.age_years = 60.0 + static_cast<double>(luck() % 1000) / 100.0;
        g.weight = 0.2 + static_cast<double>(luck() % 1000) / 40.0;
        plan.population.given.push_back(g);
    }
    plan.population.given_path = "people.csv";
    plan.origin.tables = {{"people.csv", "id,sex,age_years\n"}};
    return plan;
}

}  // namespace

TEST_CASE("summaries and effects agree with plain arithmetic") { check_all(plan_of(1500, 5)); }
TEST_CASE("weighted summaries and effects agree with plain arithmetic") { check_all(weighted_plan()); }

TEST_CASE("summaries by age count each person once a year of age") {
    Plan plan = plan_of(400, 9);
    plan.clock.record_every_years = 0.5;
    plan.clock.end_years = 4.0;
    plan.population.start_age_from_years = 60.0;
    plan.population.start_age_to_years = 70.0;
    Folder const folder;
    record(plan, folder.file());
    auto const ages = read<std::int32_t>(folder.file(), "/summary_by_age/age_years");
    REQUIRE(ages.front() == 60);
    REQUIRE(ages.back() == 74);
    auto const n = read<std::int32_t>(folder.file(), "/summary_by_age/alive_n");
    auto const batches = all_batches(plan);
    for (std::size_t i = 0; i < ages.size(); ++i) {
        int people = 0;
        for (auto const& b : batches)
            for (float const start : b.start_age_years) {
                bool seen = false;
                for (int t = 0; t < 9; ++t)
                    seen = seen || static_cast<int>(static_cast<double>(start) + 0.5 * t + 1e-6) == ages[i];
                people += seen ? 1 : 0;
            }
        CHECK(n[2 * ages.size() + i] == people);
    }
}

TEST_CASE("a constant has no spread and is its own quantile") {
    Plan const plan = plan_of(100, 3);
    Folder const folder;
    Recorder recorder(plan, {.path = folder.file()});
    for (auto b : all_batches(plan)) {
        for (float& v : b.trajectories) v = 1.0F;
        recorder.accept(b);
    }
    recorder.finish();
    for (char const* name : {"_p05", "_p50", "_p95", "_mean"})
        for (double const v : read<double>(folder.file(), std::string("/summary/strength_kg") + name))
            CHECK_THAT(v, WithinAbs(1.0, 1e-4));
    for (double const v : read<double>(folder.file(), "/summary/strength_kg_sd")) CHECK(v == 0.0);
    for (double const v : read<double>(folder.file(), "/effects/strength_kg_mean")) CHECK(v == 0.0);
}

TEST_CASE("values outside the range are clamped, missing ones not counted") {
    Plan const plan = plan_of(32, 1);
    Folder const folder;
    Recorder recorder(plan, {.path = folder.file()});
    for (auto b : all_batches(plan)) {
        for (float& v : b.trajectories) v = b.index == 0 ? std::numeric_limits<float>::infinity() : missing;
        recorder.accept(b);
    }
    recorder.finish();
    CHECK(read<std::int32_t>(folder.file(), "/summary/strength_kg_n")[2] == 16);
    CHECK_THAT(read<double>(folder.file(), "/summary/strength_kg_mean")[2], WithinAbs(110.0, 1e-9));
}

TEST_CASE("counts of events, person-time and flow add up") {
    Plan const plan = plan_of(200, 4);
    Folder const folder;
    record(plan, folder.file());
    auto const falls = read<double>(folder.file(), "/summary/fall_events");
    auto const years = read<double>(folder.file(), "/summary/person_years");
    auto const without = read<double>(folder.file(), "/summary/years_without_weakness");
    auto const reached = read<std::int32_t>(folder.file(), "/flow/reached");
    auto const batches = all_batches(plan);
    for (std::size_t a = 0; a < 3; ++a)
        for (std::size_t t = 0; t < 4; ++t) {
            double count = 0, time = 0, free_time = 0;
            for (auto const& b : batches)
                for (std::size_t p = 0; p < b.people; ++p) {
                    double const from = t == 0 ? -1.0 : static_cast<double>(t - 1), to = static_cast<double>(t);
                    double end = b.follow_years[p], burdened_since = -1.0;
                    for (Event const& e : b.events[a]) {
                        if (e.person != b.first_person + p) continue;
                        if (e.kind == 0 && e.time_years > from && e.time_years <= to) ++count;
                        if (e.kind == 1) end = e.time_years;
                    }
                    double const lived = std::max(0.0, std::min(end, to) - std::max(0.0, from));
                    double burdened = 0.0;
                    auto const spell = [&](double until) {
                        burdened += std::max(0.0, std::min({until, end, to}) - std::max({burdened_since, from, 0.0}));
                    };
                    for (Event const& e : b.events[a]) {
                        if (e.person != b.first_person + p) continue;
                        if (e.kind == 4) burdened_since = e.time_years;
                        if (e.kind == 5) spell(e.time_years), burdened_since = -1.0;
                    }
                    if (burdened_since >= 0.0) spell(end);
                    time += lived;
                    free_time += lived - burdened;
                }
            double const rounding = 200.0 / 16384.0;
            CHECK(falls[(a * 3 + 2) * 4 + t] == count);
            CHECK_THAT(years[(a * 3 + 2) * 4 + t], WithinAbs(time, rounding));
            CHECK_THAT(without[(a * 3 + 2) * 4 + t], WithinAbs(free_time, rounding));
        }
    for (std::size_t d = 0; d < 3; ++d)
        for (std::size_t t = 0; t < 4; ++t) {
            std::uint32_t count = 0;
            for (auto const& b : batches) count += b.flow[d * 4 + t].reached;
            CHECK(reached[d * 4 + t] == static_cast<std::int32_t>(count));
        }
}
