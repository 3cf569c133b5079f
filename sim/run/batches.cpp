#include "sim/run/batches.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "sim/run/threads.hpp"

namespace sarx {

namespace {

/// People of one batch that are simulated together.
struct Piece {
    std::size_t place = 0;  ///< of the batch, among those to simulate
    std::uint32_t first = 0;
    std::uint32_t people = 0;
};

/// A batch of which pieces are under way.
struct Pending {
    std::uint32_t first = 0;
    std::uint32_t people = 0;
    std::uint32_t left = 0;  ///< people not yet simulated
    bool begun = false;
    std::unique_ptr<BatchResult> result;  ///< of those who are
};

std::vector<Pending> pending(Simulator const& simulator, std::span<std::uint32_t const> batches) {
    Plan const& plan = *simulator.world().plan;
    std::uint32_t const size = batch_people(plan);
    std::vector<Pending> all(batches.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i].first = batches[i] * size;
        all[i].people = std::min(size, plan.population.people - all[i].first);
        all[i].left = all[i].people;
    }
    return all;
}

/// Each piece a thread's share of all people not yet given out, from a whole batch down to a block.
std::vector<Piece> pieces_of(std::vector<Pending> const& batches, int threads) {
    std::uint64_t people = 0;
    for (Pending const& b : batches) people += b.people;
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < batches.size(); ++i)
        for (std::uint32_t given = 0; given < batches[i].people; given += pieces.back().people) {
            std::uint64_t const share =
                threads > 1 ? people / static_cast<std::uint64_t>(threads) / lanes * lanes : people;
            auto const most = static_cast<std::uint64_t>(batches[i].people - given);
            auto const size = static_cast<std::uint32_t>(std::min(most, std::max<std::uint64_t>(share, lanes)));
            pieces.push_back({.place = i, .first = batches[i].first + given, .people = size});
            people -= size;
        }
    return pieces;
}

/// Copies rows of `width` values a person to where the people of a piece stand in their batch.
template <class T>
void put_rows(std::vector<T> const& piece, std::size_t piece_people, std::vector<T>& batch, std::size_t batch_people,
              std::size_t offset, std::size_t width = 1) {
    std::size_t const length = piece_people * width;
    if (length == 0) return;
    std::size_t const rows = piece.size() / length;
    batch.resize(rows * batch_people * width);
    for (std::size_t row = 0; row < rows; ++row)
        std::copy_n(piece.data() + row * length, length, batch.data() + (row * batch_people + offset) * width);
}

template <class T>
void add_counts(std::vector<T> const& piece, std::vector<T>& batch) {
    batch.resize(piece.size());
    for (std::size_t i = 0; i < piece.size(); ++i) batch[i] += piece[i];
}

/// Puts the people of a piece into their batch.
void put_piece(BatchResult&& piece, Pending& batch, std::size_t records) {
    if (piece.people == batch.people) {
        batch.result = std::make_unique<BatchResult>(std::move(piece));
        return;
    }
    if (!batch.result) batch.result = std::make_unique<BatchResult>();
    BatchResult& whole = *batch.result;
    std::size_t const people = piece.people;
    std::size_t const offset = piece.first_person - batch.first;
    whole.first_person = batch.first;
    whole.people = batch.people;
    put_rows(piece.sex, people, whole.sex, batch.people, offset);
    put_rows(piece.start_age_years, people, whole.start_age_years, batch.people, offset);
    put_rows(piece.weight, people, whole.weight, batch.people, offset);
    put_rows(piece.traits, people, whole.traits, batch.people, offset);
    put_rows(piece.trajectories, people, whole.trajectories, batch.people, offset, records);
    put_rows(piece.first_divergence_years, people, whole.first_divergence_years, batch.people, offset);
    put_rows(piece.first_offer_years, people, whole.first_offer_years, batch.people, offset);
    put_rows(piece.first_reach_years, people, whole.first_reach_years, batch.people, offset);
    put_rows(piece.protocol_years, people, whole.protocol_years, batch.people, offset);
    put_rows(piece.follow_years, people, whole.follow_years, batch.people, offset);
    put_rows(piece.had_before, people, whole.had_before, batch.people, offset);
    whole.events.resize(piece.events.size());
    for (std::size_t arm = 0; arm < piece.events.size(); ++arm) {
        auto& events = whole.events[arm];
        auto const behind =
            std::ranges::upper_bound(events, piece.first_person, {}, [](Event const& e) { return e.person; });
        events.insert(behind, piece.events[arm].begin(), piece.events[arm].end());
    }
    std::ranges::move(piece.motor_units, std::back_inserter(whole.motor_units));
    whole.not_met.insert(std::ranges::upper_bound(whole.not_met, piece.first_person, {}, &NotMet::person),
                         piece.not_met.begin(), piece.not_met.end());
    add_counts(piece.flow, whole.flow);
}

}  // namespace

void simulate_batches(Simulator const& simulator, std::span<std::uint32_t const> batches, int threads,
                      std::function<bool()> const& stopped, std::function<void(BatchResult const&)> const& take) {
    std::vector<Pending> all = pending(simulator, batches);
    std::vector<Piece> const pieces = pieces_of(all, threads > 0 ? threads : usable_threads());
    auto const records = static_cast<std::size_t>(simulator.world().plan->clock.records);
    std::mutex one_at_a_time;
    each_in_parallel(pieces.size(), threads, [&](std::size_t i) {
        Piece const& piece = pieces[i];
        Pending& batch = all[piece.place];
        {
            std::lock_guard const lock(one_at_a_time);
            if (!batch.begun && stopped()) return;
            batch.begun = true;
        }
        BatchResult part = simulator.simulate_people(piece.first, piece.people);
        std::unique_ptr<BatchResult> whole;
        {
            std::lock_guard const lock(one_at_a_time);
            put_piece(std::move(part), batch, records);
            batch.left -= piece.people;
            if (batch.left > 0) return;
            whole = std::move(batch.result);
        }
        whole->index = batches[piece.place];
        take(*whole);
    });
}

}  // namespace sarx
