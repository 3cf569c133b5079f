#include "sim/run/runner.hpp"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <vector>

namespace sarx {

int available_threads() { return tbb::info::default_concurrency(); }

bool run_batches(Simulator const& simulator, Recorder& recorder, RunOptions const& options) {
    using Watch = std::chrono::steady_clock;
    auto const begin = Watch::now();
    auto const seconds_since = [](Watch::time_point t) { return std::chrono::duration<double>(Watch::now() - t).count(); };
    auto const stopped = [&] { return options.stop != nullptr && options.stop->load(std::memory_order_relaxed); };

    auto const& done = recorder.done();
    std::uint64_t const batch_size = batch_people(*simulator.world().plan);
    std::uint64_t const people = simulator.world().plan->population.people;
    auto const people_of = [&](std::uint32_t b) { return std::min(batch_size, people - b * batch_size); };
    std::vector<std::uint32_t> todo;
    Progress progress;
    for (auto b = static_cast<std::uint32_t>(options.part); b < simulator.batches(); b += static_cast<std::uint32_t>(options.parts)) {
        progress.people_total += people_of(b);
        if (b < done.size() && done[b])
            progress.people_done += people_of(b);
        else
            todo.push_back(b);
    }

    int const threads = options.threads > 0 ? options.threads : available_threads();
    tbb::global_control const limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
    tbb::task_arena arena(threads);
    std::mutex progress_mutex;
    std::size_t next = 0;
    std::size_t round = static_cast<std::size_t>(threads) * 4;
    while (next < todo.size() && !stopped()) {
        auto const round_begin = Watch::now();
        std::size_t const end = std::min(todo.size(), next + round);
        arena.execute([&] {
            tbb::parallel_for(tbb::blocked_range<std::size_t>(next, end, 1), [&](tbb::blocked_range<std::size_t> const& range) {
                for (std::size_t i = range.begin(); i != range.end(); ++i) {
                    if (stopped()) return;
                    recorder.consume(simulator.simulate(todo[i]));
                    std::lock_guard const lock(progress_mutex);
                    progress.people_done += people_of(todo[i]);
                    progress.seconds = seconds_since(begin);
                    if (options.progress) options.progress(progress);
                }
            }, tbb::simple_partitioner());
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
    return !stopped() || next >= todo.size();
}

}  // namespace sarx
