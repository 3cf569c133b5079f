#include "sim/run/candidates.hpp"

#include <algorithm>

#include "sim/contract/math.hpp"
#include "sim/run/crew.hpp"

namespace sarx {

namespace {

PersonKey candidate_key(PersonKey key, int candidate) {
    return candidate == 0 ? key : key ^ (0x9e3779b97f4a7c15ULL * static_cast<PersonKey>(candidate));
}

/// Log likelihood of everything measured, up to a constant: readings are normal about the truth with a
/// relative error.
double log_likelihood(World const& world, Block const& block, int lane,
                      std::vector<std::optional<double>> const& given) {
    auto const facts = world.model->given();
    double sum = 0.0;
    for (std::size_t g = 0; g < facts.size(); ++g) {
        if (facts[g].use != GivenSpec::Use::likelihood || !given[g]) continue;
        double const truth = static_cast<double>(block.person(facts[g].column)[lane]);
        double const cv = static_cast<double>(block.parameter(world.model->parameters().id(facts[g].parameter))[lane]);
        double const sd = max(1e-6, cv * truth);
        double const z = (*given[g] - truth) / sd;
        sum -= 0.5 * z * z + log(sd);
    }
    return sum;
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
    for (std::size_t l = 0; l < lanes; ++l) {
        if (crew.present[l] == 0 || given[l] == nullptr) continue;
        bool measured = false;
        for (std::size_t g = 0; g < facts.size(); ++g)
            measured |= facts[g].use == GivenSpec::Use::likelihood && (*given[l])[g].has_value();
        if (measured)
            for (int c = 0; c < candidates; ++c) trials.push_back({l, c});
    }
    std::array<std::vector<double>, lanes> fits;
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
        for (std::size_t i = 0; i < count; ++i)
            fits[trials[at + i].lane].push_back(log_likelihood(world, state.block, static_cast<int>(i), *facts_of[i]));
    }
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

}  // namespace sarx
