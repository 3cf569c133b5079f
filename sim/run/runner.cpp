#include "sim/run/runner.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "sim/result/statistics.hpp"
#include "sim/run/batches.hpp"

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

std::uint32_t run_batches(Simulator const& simulator, ResultSink& sink, RunOptions const& options) {
    using Watch = std::chrono::steady_clock;
    auto const begin = Watch::now();
    auto const seconds_since = [](Watch::time_point t) {
        return std::chrono::duration<double>(Watch::now() - t).count();
    };
    auto const stopped = [&] { return options.stop != nullptr && options.stop->load(std::memory_order_relaxed); };

    Plan const& plan = *simulator.world().plan;
    Layout const layout(plan);
    std::optional<Accumulators> own_sums;
    if (plan.until && sink.sums() == nullptr) own_sums.emplace(layout);
    auto const& done = sink.done();
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

    std::mutex progress_mutex;
    double saved_at_s = 0.0;
    bool saving = false;
    auto const is_save_due = [&](std::uint32_t people_done) {
        std::lock_guard const lock(progress_mutex);
        progress.people_done += people_done;
        progress.seconds = seconds_since(begin);
        if (options.progress) options.progress(progress);
        if (saving || progress.seconds - saved_at_s < options.save_every_s) return false;
        return saving = true;
    };
    std::uint32_t from = 0;
    for (std::uint32_t const until : looks(plan, simulator.batches())) {
        std::vector<std::uint32_t> todo;
        for (std::uint32_t b = from; b < until; ++b) {
            if (b % static_cast<std::uint32_t>(options.parts) != static_cast<std::uint32_t>(options.part)) continue;
            progress.people_total += people_of(b);
            if (!is_done(b)) todo.push_back(b);
        }
        from = until;
        auto const wanted = static_cast<std::uint32_t>(std::min(people, until * batch_size));
        if (options.find_people && !options.find_people(wanted)) {
            sink.save();
            return 0;
        }
        simulate_batches(simulator, todo, options.threads, stopped, [&](BatchResult const& batch) {
            sink.accept(batch);
            if (own_sums) own_sums->add(batch);
            if (!is_save_due(batch.people)) return;
            sink.save();  // while the other threads go on
            std::lock_guard const lock(progress_mutex);
            saved_at_s = seconds_since(begin);
            saving = false;
        });
        if (stopped()) {
            sink.save();
            if (!std::ranges::all_of(todo, is_done)) return 0;
        }
        // What an earlier run simulated beyond this look, it did because this look was not enough.
        if (plan.until && last_done <= until &&
            effect_mcse(layout, own_sums ? *own_sums : *sink.sums()) <= plan.until->mcse)
            return wanted;
    }
    return static_cast<std::uint32_t>(people);
}

}  // namespace sarx
