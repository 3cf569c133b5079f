#include "sim/result/batch.hpp"

#include <algorithm>

#include "sim/contract/block.hpp"

namespace sarx {

namespace {

std::vector<Series> rows_of(Plan const& plan, std::vector<ColumnId> const& columns) {
    std::vector<Series> rows;
    auto const dictionary = plan.model->columns();
    for (ColumnId const c : columns) {
        if (dictionary[c.index].level == Level::muscle) {
            for (int m = 0; m < static_cast<int>(plan.muscles.size()); ++m) rows.push_back({c, m});
        } else {
            rows.push_back({c, -1});
        }
    }
    return rows;
}

}  // namespace

std::vector<Series> series_of(Plan const& plan) { return rows_of(plan, plan.record.variables); }
std::vector<Series> traits_of(Plan const& plan) { return rows_of(plan, plan.record.traits); }

std::uint32_t batch_people(Plan const& plan) {
    constexpr double target_bytes = 24.0 * 1024 * 1024;
    // Enough to share among processors; larger ones hold more people who are alike, to sit in one block. Where people
    // are added until an effect is known, batches are the grains in which they are.
    std::uint32_t const least_batches = plan.until ? 32 : 16;
    std::size_t const rows = std::max<std::size_t>(1, series_of(plan).size());
    double const bytes_a_person = 4.0 * static_cast<double>(rows * std::max<std::size_t>(1, plan.arms.size())) *
                                  static_cast<double>(plan.clock.records);
    double const fit = std::min(target_bytes / bytes_a_person, 1024.0);
    auto const by_memory = static_cast<std::uint32_t>(fit) / lanes * lanes;
    std::uint32_t const people = plan.until ? plan.until->least_people : plan.population.people;
    std::uint32_t const share = (people + least_batches - 1) / least_batches;
    std::uint32_t const by_share = (share + lanes - 1) / lanes * lanes;
    return std::clamp<std::uint32_t>(std::min(by_memory, by_share), lanes, 1024);
}

Flow& Flow::operator+=(Flow const& other) {
    eligible += other.eligible;
    offered += other.offered;
    reached += other.reached;
    adherent += other.adherent;
    dropped += other.dropped;
    treated_time += other.treated_time;
    taken_time += other.taken_time;
    return *this;
}

std::vector<ColumnId> unit_columns(Model const& model) {
    std::vector<ColumnId> ids;
    auto const dictionary = model.columns();
    for (std::size_t i = 0; i < dictionary.size(); ++i)
        if (dictionary[i].level == Level::unit && dictionary[i].report != Report::hidden)
            ids.push_back(ColumnId{static_cast<std::uint16_t>(i)});
    return ids;
}

std::vector<std::string> event_kinds(Model const& model) {
    std::vector<std::string> kinds;
    for (EventSpec const& e : model.events()) kinds.emplace_back(e.name);
    kinds.emplace_back("intervention_start");
    kinds.emplace_back("intervention_stop");
    for (BurdenSpec const& b : model.burdens()) {
        kinds.push_back(std::string(b.name) + "_begins");
        kinds.push_back(std::string(b.name) + "_ends");
    }
    return kinds;
}

}  // namespace sarx
