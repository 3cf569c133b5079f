#include "sim/run/runner.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <mutex>
#include <vector>

#include "sim/run/threads.hpp"

namespace sarx {

namespace {

/// Where to look whether an effect is known well enough: from the least, an eighth more each time, so that
/// the people simulated depend on the plan alone and at most an eighth are too many.
std::vector<std::uint32_t> looks(Plan const& plan, std::uint32_t batches) {
    std::uint32_t const size = batch_people(plan);
    std::vector<std::uint32_t> ends;
    if (!plan.until) return {batches};
    for (std::uint32_t end = (plan.until->least_people + size - 1) / size; end < batches; end += std::max(1U, end / 8))
        ends.push_back(end);
    ends.push_back(batches);
    return ends;
}

}  // namespace

std::uint32_t run_batches(Simulator const& simulator, Recorder& recorder, RunOptions const& options) {
    using Watch = std::chrono::steady_clock;
    auto const begin = Watch::now();
    auto const seconds_since = [](Watch::time_point t) {
        return std::chrono::duration<double>(Watch::now() - t).count();
    };
    auto const stopped = [&] { return options.stop != nullptr && options.stop->load(std::memory_order_relaxed); };

    Plan const& plan = *simulator.world().plan;
    auto const& done = recorder.done();
    std::uint64_t const batch_size = batch_people(plan);
    std::uint64_t const people = plan.population.people;
    auto const people_of = [&](std::uint32_t b) { return std::min(batch_size, people - b * batch_size); };
    auto const is_done = [&](std::uint32_t b) { return b < done.size() && done[b]; };
    std::uint32_t last_done = 0;  // batches up to and with the last one done
    Progress progress;
    for (std::uint32_t b = 0; b < simulator.batches(); ++b) {
        if (is_done(b)) {
            last_done = b + 1;
            progress.people_done += people_of(b);
        }
    }

    int const threads = options.threads > 0 ? options.threads : available_threads();
    std::mutex progress_mutex;
    std::size_t round = static_cast<std::size_t>(threads) * 4;
    std::uint32_t from = 0;
    for (std::uint32_t const until : looks(plan, simulator.batches())) {
        std::vector<std::uint32_t> todo;
        for (std::uint32_t b = from; b < until; ++b) {
            if (b % static_cast<std::uint32_t>(options.parts) != static_cast<std::uint32_t>(options.part)) continue;
            progress.people_total += people_of(b);
            if (!is_done(b)) todo.push_back(b);
        }
        from = until;
        std::size_t next = 0;
        while (next < todo.size() && !stopped()) {
            auto const round_begin = Watch::now();
            std::size_t const end = std::min(todo.size(), next + round);
            each_in_parallel(end - next, threads, [&](std::size_t i) {
                if (stopped()) return;
                std::uint32_t const batch = todo[next + i];
                recorder.consume(simulator.simulate(batch));
                std::lock_guard const lock(progress_mutex);
                progress.people_done += people_of(batch);
                progress.seconds = seconds_since(begin);
                if (options.progress) options.progress(progress);
            });
            recorder.commit();
            next = end;
            // Rounds of about the wanted length: long enough that their ends cost nothing.
            double const took = seconds_since(round_begin);
            if (took > 0.0) {
                double const wanted = static_cast<double>(round) * options.commit_every_s / took;
                round = static_cast<std::size_t>(std::clamp(wanted, static_cast<double>(threads) * 4.0, 1e6));
            }
        }
        if (next < todo.size() ||
            (stopped() && std::any_of(todo.begin(), todo.end(), [&](std::uint32_t b) { return !is_done(b); })))
            return 0;
        // What an earlier run simulated beyond this look, it did because this look was not enough.
        if (plan.until && last_done <= until && recorder.effect_mcse() <= plan.until->mcse)
            return static_cast<std::uint32_t>(std::min(people, until * batch_size));
    }
    return static_cast<std::uint32_t>(people);
}

}  // namespace sarx
