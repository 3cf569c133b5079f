#include "sim/run/candidates.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "sim/contract/math.hpp"
#include "sim/run/crew.hpp"

namespace sarx {

namespace {

PersonKey candidate_key(PersonKey key, int candidate) {
    return candidate == 0 ? key : key ^ (0x9e3779b97f4a7c15ULL * static_cast<PersonKey>(candidate));
}

/// Candidates for who is hard to meet, where the plan has fewer.
constexpr int most_candidates = 64;
/// A reading further from the truth than so many of its errors is not met.
constexpr double errors_allowed = 3.0;

/// Calls f(reading, truth, its error) for everything measured.
template <class F>
void each_reading(World const& world, Block const& block, int lane, std::vector<std::optional<double>> const& given,
                  F&& f) {
    auto const facts = world.model->given();
    for (std::size_t g = 0; g < facts.size(); ++g) {
        if (facts[g].use != GivenSpec::Use::likelihood || !given[g]) continue;
        double const truth = static_cast<double>(block.person(facts[g].column)[lane]);
        double const cv = static_cast<double>(block.parameter(world.model->parameters().id(facts[g].parameter))[lane]);
        f(g, truth, max(1e-6, cv * truth));
    }
}

/// How well a life fits what was measured.
struct Fit {
    double log_likelihood = 0.0;  ///< up to a constant: readings are normal about the truth with a relative error
    bool meets = true;
};

Fit fit_of(World const& world, Block const& block, int lane, std::vector<std::optional<double>> const& given) {
    Fit fit;
    each_reading(world, block, lane, given, [&](std::size_t g, double truth, double error) {
        double const z = (*given[g] - truth) / error;
        fit.log_likelihood -= 0.5 * z * z + log(error);
        fit.meets = fit.meets && std::abs(z) <= errors_allowed;
    });
    return fit;
}

/// Half a unit of the last digit that a number is written with, and what a float leaves open.
double as_written(double value) {
    char text[32];
    auto const end = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed).ptr;
    auto const* const point = std::find(text, end, '.');
    double unit = 0.5;
    for (auto const* digit = point + (point < end ? 1 : 0); digit < end; ++digit) unit *= 0.1;
    return max(unit, 1e-6 * std::abs(value));
}

}  // namespace

bool needs_candidates(Plan const& plan) {
    if (plan.population.given.empty() || plan.population.candidates < 2) return false;
    auto const facts = plan.model->given();
    return std::ranges::any_of(plan.population.given, [&](GivenPerson const& p) {
        for (std::size_t g = 0; g < facts.size(); ++g)
            if (facts[g].use == GivenSpec::Use::likelihood && p.given[g]) return true;
        return false;
    });
}

void choose_candidates(World const& world, Crew& crew,
                       std::array<std::vector<std::optional<double>> const*, lanes> const& given,
                       LifeOptions const& options) {
    auto const facts = world.model->given();
    int const candidates = world.plan->population.candidates;
    struct Trial {
        std::size_t lane;
        int candidate;
    };
    std::vector<Trial> trials;
    auto const add_trials = [&](std::size_t lane, int from, int to) {
        for (int c = from; c < to; ++c) trials.push_back({lane, c});
    };
    for (std::size_t l = 0; l < lanes; ++l) {
        if (crew.present[l] == 0 || given[l] == nullptr) continue;
        bool measured = false;
        for (std::size_t g = 0; g < facts.size(); ++g)
            measured |= facts[g].use == GivenSpec::Use::likelihood && (*given[l])[g].has_value();
        if (measured) add_trials(l, 0, candidates);
    }
    std::array<std::vector<double>, lanes> fits;
    std::array<bool, lanes> met{};
    auto const live_trials = [&] {
        for (std::size_t at = 0; at < trials.size(); at += lanes) {
            std::size_t const count = std::min<std::size_t>(lanes, trials.size() - at);
            Crew lives;
            std::array<std::vector<std::optional<double>> const*, lanes> facts_of{};
            for (std::size_t i = 0; i < count; ++i) {
                auto const [lane, candidate] = trials[at + i];
                lives.person[i] = crew.person[lane];
                lives.person[i].key = candidate_key(crew.person[lane].key, candidate);
                lives.present[i] = 1;
                lives.follow_years[i] = crew.follow_years[lane];
                facts_of[i] = given[lane];
            }
            ParameterLanes const parameters = parameters_of(world, lives, facts_of);
            BlockShape const shape = shape_of(world, parameters);
            Life life(world, lives, options);
            LifeState state = born(world, lives, shape, parameters, options.random);
            life.age_to_entry(state);
            for (std::size_t i = 0; i < count; ++i) {
                Fit const fit = fit_of(world, state.block, static_cast<int>(i), *facts_of[i]);
                fits[trials[at + i].lane].push_back(fit.log_likelihood);
                met[trials[at + i].lane] |= fit.meets;
            }
        }
        trials.clear();
    };
    live_trials();
    for (std::size_t l = 0; l < lanes; ++l)
        if (!fits[l].empty() && !met[l]) add_trials(l, candidates, most_candidates);
    live_trials();
    for (std::size_t l = 0; l < lanes; ++l) {
        if (fits[l].empty()) continue;
        double const best = *std::ranges::max_element(fits[l]);
        double total = 0.0;
        for (double& f : fits[l]) total += (f = exp(f - best));
        double left = total * world.drawing.random().uniform(crew.person[l].key, Purpose("candidate"));
        std::size_t chosen = 0;
        while (chosen + 1 < fits[l].size() && left >= fits[l][chosen]) left -= fits[l][chosen++];
        crew.person[l].key = candidate_key(crew.person[l].key, static_cast<int>(chosen));
    }
}

std::vector<NotMet> not_met(World const& world, Block const& block, int lane, std::uint32_t person,
                            std::vector<std::optional<double>> const& given) {
    auto const facts = world.model->given();
    std::vector<NotMet> list;
    for (std::size_t g = 0; g < facts.size(); ++g) {
        if (facts[g].use == GivenSpec::Use::likelihood || !given[g]) continue;
        float const is = block.person(facts[g].column)[lane];
        if (!(std::abs(*given[g] - static_cast<double>(is)) <= as_written(*given[g])))
            list.push_back({person, static_cast<std::uint32_t>(g), is});
    }
    each_reading(world, block, lane, given, [&](std::size_t g, double truth, double error) {
        if (!(std::abs(*given[g] - truth) <= errors_allowed * error))
            list.push_back({person, static_cast<std::uint32_t>(g), static_cast<float>(truth)});
    });
    return list;
}

}  // namespace sarx
