#include "sim/result/layout.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <utility>

#include "sim/contract/block.hpp"
#include "sim/result/accumulate.hpp"
#include "sim/result/outcomes.hpp"

namespace sarx {

namespace {

std::vector<Variable> variables_of(Plan const& plan, std::vector<Series> const& rows) {
    std::vector<Variable> variables;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!variables.empty() && variables.back().column == rows[i].column) {
            ++variables.back().count;
            continue;
        }
        variables.push_back({rows[i].column, &plan.model->columns()[rows[i].column.index], i, 1});
    }
    return variables;
}

constexpr int levels_bits = 20;
constexpr double histogram_budget_bytes = 56.0 * 1024 * 1024;

Scale scale_of(ColumnSpec const& spec, int bins) {
    double const low = spec.valid_min;
    double const range = spec.valid_max > low ? spec.valid_max - low : 1.0;
    if (spec.kind == Kind::flag) {
        int const values = static_cast<int>(range) + 1;
        return {low, 1.0, 1.0, values - 1, values, 0, true};
    }
    int shift = levels_bits;
    for (int b = bins; b > 1; b /= 2) --shift;
    constexpr std::int32_t levels = 1 << levels_bits;
    return {low, range / static_cast<double>(levels), static_cast<double>(levels) / range, levels, bins, shift, false};
}

void require(bool condition, char const* what) {
    if (!condition) throw std::logic_error(std::string("a batch does not fit its plan: ") + what);
}

constexpr double outcome_budget_bytes = 96.0 * 1024 * 1024;

/// All records where their sums fit into the budget, else each second, fifth, tenth, ... and the last; then for ever.
std::vector<double> horizons_of(Layout const& layout) {
    for (std::size_t decade = 1;; decade *= 10)
        for (std::size_t const step : {1U, 2U, 5U}) {
            std::vector<double> horizons;
            for (std::size_t k = 0; k < layout.records; ++k)
                if (k % (step * decade) == 0 || k + 1 == layout.records) horizons.push_back(layout.times_years[k]);
            horizons.push_back(std::numeric_limits<double>::infinity());
            auto const sums = OutcomeTotals::size(layout.arms, layout.outcomes, horizons.size());
            if (static_cast<double>(sums * sizeof(Int128)) <= outcome_budget_bytes || horizons.size() <= 3)
                return horizons;
        }
}

}  // namespace

Layout::Layout(Plan const& p)
    : plan(&p),
      people(p.population.people),
      recorded(std::min<std::size_t>(p.record.people, p.population.people)),
      batch(batch_people(p)),
      batches((people + batch - 1) / batch),
      chunk_people(std::min(batch, recorded)),
      arms(p.arms.size()),
      records(static_cast<std::size_t>(p.clock.records)),
      muscles(p.muscles.size()),
      series(series_of(p)),
      variables(variables_of(p, series)),
      kinds(event_kinds(*p.model)),
      counted(p.model->events().size()),
      burdens(p.model->burdens().size()),
      deliveries(0) {
    auto const trait_series = traits_of(p);
    traits = variables_of(p, trait_series);
    trait_rows = trait_series.size();
    for (Arm const& a : p.arms) deliveries += a.deliveries.size();

    double youngest = p.population.start_age_from_years;
    double oldest = p.population.start_age_to_years;
    if (!p.population.given.empty()) {
        youngest = oldest = p.population.given.front().age_years;
        for (GivenPerson const& g : p.population.given) {
            youngest = std::min(youngest, g.age_years);
            oldest = std::max(oldest, g.age_years);
        }
    }
    by_age = oldest > youngest;
    if (by_age) {
        double const last = std::min(oldest + p.clock.end_years, p.population.end_age_years);
        first_age_years = static_cast<int>(std::floor(youngest));
        ages = static_cast<std::size_t>(std::max(0, static_cast<int>(std::floor(last + 1e-6)) - first_age_years)) + 1;
    }

    for (std::size_t k = 0; k < records; ++k) {
        // 12 steps of 1/12 year must read as 1, not as 0.9999999999999999.
        constexpr double grid = 1e9;
        double const t = p.clock.record_years(static_cast<int>(k));
        times_years.push_back(static_cast<double>(static_cast<std::int64_t>(t * grid + 0.5)) / grid);
    }
    outcomes = outcomes_of(*p.model);
    for (std::size_t e = 0; e < counted; ++e)
        if (p.model->events()[e].is_death) death = e;
    horizons_years = horizons_of(*this);

    bool const differ = std::ranges::any_of(
        p.population.given, [&](GivenPerson const& g) { return g.weight != p.population.given.front().weight; });
    if (p.population.weighted && differ) {  // equal weights are no weights
        // Products of exact sums stay below 2^127: 2 (weight bits + log2 people) + 40 <= 126.
        int people_bits = 1;
        while ((std::size_t{1} << people_bits) < people) ++people_bits;
        weight_bits = std::clamp(43 - people_bits, 8, 24);
        largest_weight = 0.0;
        for (GivenPerson const& g : p.population.given) largest_weight = std::max(largest_weight, g.weight);
    }

    // The widest histograms that keep the whole accumulator small.
    double const counter_bytes = weight_bits > 0 ? 8.0 : 4.0;
    double const cells_a_series = static_cast<double>(arms * 2 * (records + ages));
    int bins = 512;
    for (; bins > 32; bins /= 2) {
        double counters = 0.0;
        for (Series const& s : series)
            counters += cells_a_series * scale_of(p.model->columns()[s.column.index], bins).bins;
        if (counters * counter_bytes <= histogram_budget_bytes) break;
    }
    for (Series const& s : series) scales.push_back(scale_of(p.model->columns()[s.column.index], bins));

    auto const is_flag = [](Variable const& v) { return v.spec->kind == Kind::flag; };
    auto const add = [&](Stream s) { streams.push_back(s); };
    for (std::size_t v = 0; v < variables.size(); ++v)
        for (std::size_t m = 0; m < variables[v].count; ++m)
            for (std::size_t a = 0; a < arms; ++a)
                add({Stream::What::trajectory, v, variables[v].first + m, m, a, is_flag(variables[v])});
    for (std::size_t t = 0; t < traits.size(); ++t)
        for (std::size_t m = 0; m < traits[t].count; ++m)
            add({Stream::What::trait, t, traits[t].first + m, m, 0, is_flag(traits[t])});
    auto const has_trait = [&](std::string_view name) {
        return std::ranges::any_of(traits, [&](Variable const& v) { return v.spec->name == name; });
    };
    if (!has_trait("start_age_years")) add({.what = Stream::What::start_age});
    add({.what = Stream::What::follow});
    if (!has_trait("female")) add({.what = Stream::What::female, .flag = true});
    if (p.population.weighted) add({.what = Stream::What::weight});
    for (std::size_t e = 0; e < counted; ++e)
        if (comes_once(p.model->events()[e])) add({.what = Stream::What::had_before, .series = e, .flag = true});
    for (auto const what : {Stream::What::divergence, Stream::What::offer, Stream::What::reach, Stream::What::protocol})
        for (std::size_t a = 1; a < arms; ++a) add({.what = what, .arm = a});
}

void require_fit(Layout const& layout, BatchResult const& batch) {
    std::size_t const n = batch.people;
    require(batch.index < layout.batches, "index");
    require(n == layout.batch_size(batch.index) && batch.first_person == layout.batch_first(batch.index), "people");
    require(batch.sex.size() == n && batch.start_age_years.size() == n, "sex or start age");
    require(batch.weight.size() == n || (batch.weight.empty() && !layout.plan->population.weighted), "weight");
    require(batch.traits.size() == layout.trait_rows * n, "traits");
    require(batch.trajectories.size() == layout.series.size() * layout.arms * n * layout.records, "trajectories");
    for (auto const* const times :
         {&batch.first_divergence_years, &batch.first_offer_years, &batch.first_reach_years, &batch.protocol_years})
        require(times->size() == layout.arms * n, "times of divergence, offer, reach or protocol");
    require(batch.follow_years.size() == n, "follow-up");
    require(batch.had_before.size() == layout.counted * n, "events before entry");
    require(batch.events.size() == layout.arms, "events");
    require(batch.flow.size() == layout.deliveries * layout.records, "flow");
    for (auto const& events : batch.events)
        require(std::ranges::is_sorted(events, {}, [](Event const& e) { return std::pair(e.person, e.time_years); }),
                "events are not sorted by person and time");
    std::size_t const columns = unit_columns(*layout.plan->model).size();
    for (auto const& snapshot : batch.motor_units) {
        require(snapshot.values.size() == columns, "columns of motor units");
        for (auto const& column : snapshot.values)
            require(column.size() == snapshot.values.front().size(), "motor units of a snapshot");
    }
}

Plan first_people(Plan const& plan, std::uint32_t people) {
    Plan few = plan;
    few.population.people = people;
    few.record.people = std::min(plan.record.people, people);
    few.record.motor_units.people = std::min(plan.record.motor_units.people, people);
    return few;
}

std::int64_t Layout::weight_of(float weight) const {
    if (weight_bits == 0) return 1;
    double const x = static_cast<double>(weight) / weight_unit();
    return x > 0.0 ? static_cast<std::int64_t>(x + 0.5) : 0;
}

std::string dataset_path(Layout const& layout, Stream const& s) {
    using What = Stream::What;
    switch (s.what) {
        case What::trajectory: return std::string(layout.variables[s.variable].spec->name);
        case What::trait: return std::string(layout.traits[s.variable].spec->name);
        case What::start_age: return "start_age_years";
        case What::follow: return "follow_up_years";
        case What::female: return "female";
        case What::weight: return "weight";
        case What::had_before: return layout.kinds[s.series] + "_before_entry";
        case What::divergence: return "effects/first_divergence_years";
        case What::offer: return "effects/first_offer_years";
        case What::reach: return "effects/first_reach_years";
        case What::protocol: return "effects/protocol_years";
    }
    return {};
}

std::vector<std::size_t> place_of(Layout const& layout, Stream const& s, std::size_t person) {
    if (s.of_arm()) return {s.arm - 1, person};
    bool const trajectory = s.what == Stream::What::trajectory;
    std::vector<std::size_t> place;
    if (trajectory) place.push_back(s.arm);
    place.push_back(person);
    if ((trajectory && layout.variables[s.variable].by_muscle()) ||
        (s.what == Stream::What::trait && layout.traits[s.variable].by_muscle()))
        place.push_back(s.muscle);
    if (trajectory) place.push_back(0);
    return place;
}

float const* values_of(Layout const& layout, Stream const& s, BatchResult const& batch, std::vector<float>& made) {
    using What = Stream::What;
    std::size_t const n = batch.people;
    auto const numbers = [&](auto const& of) {
        made.assign(n, 0.0F);
        for (std::size_t p = 0; p < n; ++p) made[p] = static_cast<float>(of(p));
        return made.data();
    };
    switch (s.what) {
        case What::trajectory: return batch.trajectories.data() + (s.series * layout.arms + s.arm) * n * layout.records;
        case What::trait: return batch.traits.data() + s.series * n;
        case What::start_age: return batch.start_age_years.data();
        case What::weight: return batch.weight.data();
        case What::follow: return numbers([&](std::size_t p) { return batch.follow_years[p]; });
        case What::female:
            return numbers([&](std::size_t p) { return batch.sex[p] == static_cast<std::uint8_t>(Sex::female); });
        case What::had_before: return numbers([&](std::size_t p) { return batch.had_before[s.series * n + p]; });
        case What::divergence: return batch.first_divergence_years.data() + s.arm * n;
        case What::offer: return batch.first_offer_years.data() + s.arm * n;
        case What::reach: return batch.first_reach_years.data() + s.arm * n;
        case What::protocol: return batch.protocol_years.data() + s.arm * n;
    }
    return nullptr;
}

float told_value(Layout const& layout, Stream const& stream, float value) {
    constexpr float missing = std::numeric_limits<float>::quiet_NaN();  // of one pattern of bits, whatever made it
    if (value != value) return missing;
    return stream.what == Stream::What::trajectory ? rounded_to_bits(value, layout.plan->record.significant_bits)
                                                   : value;
}

float rounded_to_bits(float value, int bits) {
    if (bits <= 0 || bits >= 23 || !std::isfinite(value)) return value;
    std::uint32_t u = 0;
    std::memcpy(&u, &value, sizeof u);
    int const drop = 23 - bits;
    std::uint32_t const half = (1U << (drop - 1)) - 1U + ((u >> drop) & 1U);
    u = (u + half) & ~((1U << drop) - 1U);
    float result = 0.0F;
    std::memcpy(&result, &u, sizeof result);
    return std::isfinite(result) ? result : value;
}

double statistics_bytes(Layout const& layout) {
    constexpr double a_dataset = 1500.0;  // its header, attributes and place among the axes
    auto const cells = static_cast<double>(layout.series.size() * layout.arms * 3);
    auto const records = static_cast<double>(layout.records);
    auto const ages = static_cast<double>(layout.ages);
    auto const variables = static_cast<double>(layout.variables.size());
    Plan const& plan = *layout.plan;
    auto texts = static_cast<double>(plan.resolved.size());
    for (auto const* const list : {&plan.origin.sources, &plan.origin.tables})
        for (ScenarioSource const& s : *list) texts += static_cast<double>(s.text.size());
    return cells * ((records + ages) * (8 * 8 + 4) + records * (5 * 8 + 4)) +
           variables * a_dataset * (15.0 + (layout.by_age ? 9.0 : 0.0)) + texts + 3e5;
}

}  // namespace sarx
