#include "sim/run/target.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numeric>
#include <utility>

#include "sim/contract/errors.hpp"
#include "sim/run/table_cache.hpp"
#include "sim/run/threads.hpp"
#include "sim/scenario/possible.hpp"

namespace sarx {

namespace {

constexpr std::uint32_t last_candidate = std::numeric_limits<std::int32_t>::max();  // as the file's axis of people
constexpr std::uint32_t piece_people = 8 * lanes;  ///< candidates that a thread takes at a time
constexpr std::uint32_t most_tried = 1U << 16U;    ///< at a time
constexpr std::size_t most_conditions = 32;        // of Simulator::meeting

/// The same plan for those alone whom its people are chosen from; what is done to them later does not matter.
Plan trial_of(Plan const& plan) {
    Plan trial = plan;
    trial.arms = {Arm{.name = plan.arms.front().name, .deliveries = {}}};
    trial.record.variables.clear();
    trial.until.reset();
    return trial;
}

/// The plan's people are these candidates, or rows of the file.
void try_these(Plan& trial, std::vector<std::uint32_t> candidates) {
    trial.population.people = static_cast<std::uint32_t>(candidates.size());
    trial.population.chosen = std::move(candidates);
}

std::vector<std::uint32_t> first_numbers(std::uint32_t count) {
    std::vector<std::uint32_t> numbers(count);
    std::iota(numbers.begin(), numbers.end(), 0U);
    return numbers;
}

/// Which of the conditions hold of each of the plan's people.
std::vector<std::uint32_t> held_by_all(Simulator const& simulator, std::span<Expression const> conditions, int threads,
                                       std::function<bool()> const& stopped) {
    std::uint32_t const people = simulator.world().plan->population.people;
    std::vector<std::uint32_t> held(people);
    each_in_parallel((people + piece_people - 1) / piece_people, threads, [&](std::size_t piece) {
        if (stopped && stopped()) return;
        auto const first = static_cast<std::uint32_t>(piece) * piece_people;
        std::ranges::copy(simulator.meeting(first, std::min(piece_people, people - first), conditions),
                          held.begin() + first);
    });
    return held;
}

/// Whether sex and age leave it open that somebody qualifies.
bool left_open(Expression const& where, Person const& person) {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    return can_hold(where, [&](Operand const& o) -> Range {
        double const female = person.sex == Sex::female ? 1.0 : 0.0;
        switch (o.kind) {
            case Operand::Kind::female: return {female, female, true};
            case Operand::Kind::age_years: return {person.start_age_years, person.start_age_years};
            case Operand::Kind::time_years: return {};
            default: return {-infinite, infinite};
        }
    });
}

std::string percent(double share) {
    char text[40];
    std::snprintf(text, sizeof text, "%.2g %%", 100.0 * share);
    return share > 0.1 ? std::to_string(std::lround(100.0 * share)) + " %" : text;
}

std::string counted(std::uint64_t count) {
    std::string text = std::to_string(count);
    for (auto at = static_cast<int>(text.size()) - 3; at > 0; at -= 3) text.insert(static_cast<std::size_t>(at), ",");
    return text;
}

}  // namespace

Search::Search(Plan& plan, SearchOptions options)
    : plan_(plan), options_(std::move(options)), trial_(plan.population.where.empty() ? Plan{} : trial_of(plan)) {}

bool Search::find(std::uint32_t people) {
    auto const& population = plan_.population;
    if (population.where.empty() || population.chosen.size() >= people) return true;
    return population.given_rows > 0 ? find_given(people) : find_drawn(people);
}

std::string Search::cache_name(std::uint32_t people) const {
    return "target population of " + std::to_string(people) + ": " + std::to_string(plan_.digest);
}

bool Search::find_drawn(std::uint32_t people) {
    auto& chosen = plan_.population.chosen;
    if (auto const kept = options_.cached ? cached_table(cache_name(people), people) : std::nullopt) {
        chosen.assign(kept->begin(), kept->end());
        next_ = chosen.back() + 1;
        return true;
    }
    if (!simulator_) simulator_ = std::make_unique<Simulator>(trial_);
    int const threads = options_.threads > 0 ? options_.threads : usable_threads();
    auto const least = static_cast<double>(piece_people) * threads;
    while (chosen.size() < people) {
        // As many as it will take if the rest are as those so far, and at most twice as many as ever before.
        double const share = static_cast<double>(chosen.size() + 1) / static_cast<double>(next_ + 1);
        double const wanted = static_cast<double>(people - chosen.size()) / share;
        auto const at_once = static_cast<std::size_t>(
            std::min(std::max(std::min(wanted, static_cast<double>(next_)), least), static_cast<double>(most_tried)));
        std::vector<std::uint32_t> candidates;
        std::uint32_t const vain_at = (chosen.empty() ? 0 : chosen.back() + 1) + options_.most_in_vain;
        for (; candidates.size() < at_once && next_ < std::min(vain_at, last_candidate); ++next_)
            if (may_qualify(next_)) candidates.push_back(next_);
        if (candidates.empty()) {
            Look const look = look_at_candidates(plan_, 512, threads);
            throw InputError("population.where: too few qualify: " + counted(chosen.size()) + " of the " +
                             counted(people) + " wanted were found among " + counted(next_) +
                             " candidates, and the search ends " + counted(options_.most_in_vain) +
                             " after the last one. Of the first, " + text_of(look));
        }
        try_these(trial_, std::move(candidates));
        if (!try_candidates()) return false;
        for (std::size_t i = 0; i < fits_.size(); ++i)
            if (fits_[i]) chosen.push_back(trial_.population.chosen[i]);
        if (options_.progress) options_.progress(std::min(people, static_cast<std::uint32_t>(chosen.size())), next_);
    }
    if (options_.cached) cache_table(cache_name(people), std::vector<double>(chosen.begin(), chosen.begin() + people));
    return true;
}

bool Search::find_given(std::uint32_t people) {
    auto& population = plan_.population;
    auto const rows = population.given_rows;
    if (auto const kept = options_.cached ? cached_table(cache_name(rows), rows) : std::nullopt) {
        for (double const fits : *kept) fits_.push_back(fits != 0.0);
    } else {
        try_these(trial_, first_numbers(rows));
        simulator_ = std::make_unique<Simulator>(trial_);
        if (!try_candidates()) return false;
        if (options_.cached) cache_table(cache_name(rows), std::vector<double>(fits_.begin(), fits_.end()));
    }
    for (std::uint32_t row = 0; row < rows; ++row)
        if (fits_[row]) population.chosen.push_back(row);
    auto const found = population.chosen.size();
    if (found == 0 || (people < rows && found < people)) {
        Look const look = look_at_candidates(plan_, 512, options_.threads);
        throw InputError("population.where: " + (found == 0 ? "none" : counted(found)) + " of the " + counted(rows) +
                         " people of " + population.given_path + (found == 1 ? " qualifies" : " qualify") +
                         (found == 0 ? "" : ", " + counted(people) + " are wanted") + ". Of the first, " +
                         text_of(look));
    }
    population.chosen.resize(std::min<std::size_t>(found, people));
    std::vector<GivenPerson> given;
    for (std::uint32_t const row : population.chosen) given.push_back(population.given[row]);
    population.given = std::move(given);
    population.people = static_cast<std::uint32_t>(population.chosen.size());
    return true;
}

bool Search::may_qualify(std::uint32_t candidate) const {
    return left_open(plan_.population.where, simulator_->world().drawing.candidate(candidate));
}

/// Tests the candidates of the trial; false where it was stopped.
bool Search::try_candidates() {
    auto const held = held_by_all(*simulator_, {&trial_.population.where, 1}, options_.threads, options_.stopped);
    if (options_.stopped && options_.stopped()) return false;
    fits_.assign(held.begin(), held.end());
    return true;
}

Look look_at_candidates(Plan const& plan, std::uint32_t candidates, int threads) {
    Plan trial = trial_of(plan);
    auto const& population = plan.population;
    Look look;
    look.candidates = population.given_rows > 0 ? std::min(candidates, population.given_rows) : candidates;
    try_these(trial, first_numbers(look.candidates));
    auto terms = terms_of(population.where, *plan.model, plan.muscle_names);
    if (terms.size() == 1) terms.clear();
    terms.resize(std::min(terms.size(), most_conditions - 1));
    std::vector<Expression> conditions = {population.where};
    conditions.insert(conditions.end(), terms.begin(), terms.end());
    for (auto const& term : terms) look.terms.emplace_back(term.text, 0);
    Simulator const simulator(trial);
    auto const begin = std::chrono::steady_clock::now();
    auto const held = held_by_all(simulator, conditions, threads, {});
    for (std::uint32_t i = 0; i < look.candidates; ++i) {
        if ((held[i] & 1U) != 0) look.chosen.push_back(i);
        for (std::size_t t = 0; t < look.terms.size(); ++t) look.terms[t].second += held[i] >> (t + 1) & 1U;
        look.aged += population.given_rows > 0 || left_open(population.where, simulator.world().drawing.person(i));
    }
    look.qualify = static_cast<std::uint32_t>(look.chosen.size());
    auto const pieces = static_cast<int>((look.candidates + piece_people - 1) / piece_people);
    look.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() *
                   std::min(pieces, threads > 0 ? threads : usable_threads());
    return look;
}

std::string text_of(Look const& look) {
    auto const share = [&](std::uint32_t count) { return percent(static_cast<double>(count) / look.candidates); };
    std::string out =
        counted(look.qualify) + " of " + counted(look.candidates) + " qualify (" + share(look.qualify) + ")";
    auto terms = look.terms;
    std::ranges::stable_sort(terms, {}, &std::pair<std::string, std::uint32_t>::second);
    for (std::size_t t = 0; t < terms.size(); ++t)
        out +=
            (t == 0 ? "; each part alone, the rarest first: " : ", ") + terms[t].first + " " + share(terms[t].second);
    return out;
}

}  // namespace sarx
