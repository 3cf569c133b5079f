#pragma once
// A block of people at habit, outside any engine, to which one dose at a time is added.

#include <yaml-cpp/yaml.h>

#include <cstring>
#include <string>
#include <vector>

#include "models/kinds.hpp"
#include "support/rules.hpp"

namespace sarx::models::testing {

using sarx::testing::add_bout;

inline std::vector<std::string> const muscles = {"forearm_flexors", "vastus_lateralis", "tibialis_anterior"};

/// The numbers of interventions.yaml: paths in order, and a row of lanes for each path and muscle.
struct Numbers {
    ParameterTable table;
    ParameterLanes values;
    YAML::Node file = YAML::LoadFile(SARX_PARAMETER_DIR "/interventions.yaml")["parameters"];

    Numbers() {
        values.muscle_count = static_cast<int>(muscles.size());
        for (auto const& group : file)
            for (auto const& entry : group.second) {
                ParameterSpec spec;
                spec.path = group.first.as<std::string>() + "." + entry.first.as<std::string>();
                spec.unit = entry.second["unit"].as<std::string>();
                spec.low = entry.second["low"].as<double>();
                spec.high = entry.second["high"].as<double>();
                table.parameters.push_back(spec);
                YAML::Node const value = entry.second["value"];
                for (auto const& muscle : muscles)
                    values.values.insert(values.values.end(), lanes,
                                         (value.IsMap() ? value[muscle] : value).as<float>());
            }
    }
};

inline Numbers const& numbers() {
    static Numbers const all;
    return all;
}

inline BlockShape const& shape() {
    static BlockShape const one(columns, std::vector<int>(muscles.size(), 1));
    return one;
}

/// Sixteen people whose habits differ from lane to lane; even lanes are women. Three habitual bouts a muscle.
inline Block people_at_habit() {
    Block block(shape(), numbers().values);
    for (std::size_t c = 0; c < std::size(columns); ++c)
        for (int m = 0; m < block.muscle_count(); ++m)
            if (columns[c].level != Level::unit && columns[c].width == 1)
                for (int lane = 0; lane < lanes; ++lane)
                    block.muscle(ColumnId{static_cast<std::uint16_t>(c)}, m)[lane] = columns[c].youth;
    for (int lane = 0; lane < lanes; ++lane) {
        auto const more = static_cast<float>(lane) * 0.01F;
        block.person(column("female"))[lane] = lane % 2 == 0 ? 1.0F : 0.0F;
        block.person(column("metabolic_activity_ratio"))[lane] = 0.8F + more;
        block.person(column("sleep_h_per_day"))[lane] = 6.0F + more;
        block.person(column("inflammation"))[lane] = 0.1F + more;
        block.person(column("oestrogen_ratio"))[lane] = lane < 8 ? 1.0F : 0.3F;
        for (int m = 0; m < block.muscle_count(); ++m) block.muscle(column("bout_count"), m)[lane] = 0.0F;
        for (int m = 0; m < block.muscle_count(); ++m)
            for (float const effort : {0.25F, 0.5F, 0.8F})
                add_bout(block, lane, m, {.effort = effort, .volume = 1.0F - effort + more, .tension = effort});
    }
    return block;
}

inline KindSpec const& spec_of(std::string_view name) {
    for (auto const& spec : kind_specs())
        if (spec.name == name) return spec;
    throw std::logic_error("no such kind");
}

/// Doses of a kind: its defaults, the first replaced.
inline std::vector<double> dose_of(KindSpec const& spec, double amount) {
    std::vector<double> amounts;
    for (auto const& field : spec.dose) amounts.push_back(field.fallback);
    amounts[0] = amount;
    return amounts;
}

/// Adds one dose to a lane.
inline void give(Block& block, int lane, std::string_view kind, std::vector<double> const& amounts,
                 std::uint32_t muscle_mask = ~0U, double side_share = 1.0, double years_since_start = 0.0) {
    make_kind(kind, numbers().table)
        ->add_to(block, lane,
                 {.amounts = amounts,
                  .muscles = muscle_mask,
                  .side_share = side_share,
                  .years_since_start = years_since_start});
}

/// Every number of one lane, in the order of the memory.
inline std::vector<float> lane_of(Block& block, int lane) {
    std::vector<float> values;
    float const* const data = block.person(ColumnId{0});
    for (std::size_t row = 0; row < shape().floats / lanes; ++row)
        values.push_back(data[row * lanes + static_cast<std::size_t>(lane)]);
    return values;
}

inline bool same_bits(std::vector<float> const& a, std::vector<float> const& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

/// Work of the bouts a muscle does: sum of volume times tension.
inline double work(Block& block, int lane, int m) {
    double sum = 0.0;
    int const count = static_cast<int>(block.muscle(column("bout_count"), m)[lane]);
    for (int place = 0; place < count; ++place)
        sum += static_cast<double>(block.muscle(column("bout_volume"), m)[place * lanes + lane]) *
               static_cast<double>(block.muscle(column("bout_tension"), m)[place * lanes + lane]);
    return sum;
}

}  // namespace sarx::models::testing
