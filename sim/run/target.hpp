#pragma once
// The people of a target population (`population.where`): candidates are aged to entry in the order of their numbers,
// and those who qualify are of the run. A candidate's number is the person's key, so that nobody's life depends on how
// many are wanted, or on who shares the work.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/run/simulator.hpp"

namespace sarx {

struct SearchOptions {
    int threads = 0;                         ///< 0: as many as may be used
    bool cached = false;                     ///< take the list of an earlier search for this plan, and keep this one
    std::uint32_t most_in_vain = 1'000'000;  ///< candidates after the last one found at which it gives up
    std::function<bool()> stopped{};
    /// Called now and then: how many are found among how many candidates.
    std::function<void(std::uint32_t found, std::uint64_t looked_at)> progress{};
};

class Search {
public:
    /// Fills plan.population.chosen, and `given` where people come from a file. The plan must outlive the search.
    Search(Plan& plan, SearchOptions options);
    Search(Search const&) = delete;
    Search& operator=(Search const&) = delete;
    /// Finds the first `people` who qualify (of a file as many of its rows as qualify, and no more than `people`). False
    /// where it was stopped. Throws InputError where there are too few, with what is rare.
    bool find(std::uint32_t people);

private:
    bool find_drawn(std::uint32_t people);
    bool find_given(std::uint32_t people);
    [[nodiscard]] bool may_qualify(std::uint32_t candidate) const;
    bool try_candidates();
    [[nodiscard]] std::string cache_name(std::uint32_t people) const;

    Plan& plan_;
    SearchOptions options_;
    Plan trial_;  ///< its people are the candidates under trial
    std::unique_ptr<Simulator> simulator_;
    std::vector<bool> fits_;  ///< of the candidates under trial
    std::uint32_t next_ = 0;  ///< first candidate not yet looked at
};

/// What a look at the first few candidates tells.
struct Look {
    std::uint32_t candidates = 0;
    std::uint32_t qualify = 0;
    std::uint32_t aged = 0;  ///< candidates whom sex and age do not rule out: a search lives only their lives
    std::vector<std::uint32_t> chosen{};
    std::vector<std::pair<std::string, std::uint32_t>> terms{};  ///< how many meet each part of the condition alone
    double seconds = 0.0;                                        ///< of all threads that looked
};

/// Looks at so many candidates, or rows of the file of people, or as many as there are.
Look look_at_candidates(Plan const& plan, std::uint32_t candidates, int threads);

/// "3 of 512 qualify (0.59 %); each part alone, the rarest first: grip_strength_kg < 20 1.2 %, sex == female 49 %".
std::string text_of(Look const& look);

}  // namespace sarx
