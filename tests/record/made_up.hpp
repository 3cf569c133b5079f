#pragma once
// A made-up model, plans by hand and random batches: all a recorder needs to see.

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/result/batch.hpp"

namespace made_up {

using namespace sarx;

inline constexpr float missing = std::numeric_limits<float>::quiet_NaN();

// clang-format off
inline constexpr ColumnSpec columns[] = {
    {.name = "female", .meaning = "sex", .report = Report::trait, .kind = Kind::flag, .flag_meanings = "male female"},
    {.name = "height_cm", .unit = "cm", .meaning = "standing height", .valid_min = 100, .valid_max = 230, .report = Report::trait},
    {.name = "youth_unit_count", .level = Level::muscle, .meaning = "units at 20", .valid_max = 2000, .report = Report::trait},
    {.name = "alive", .meaning = "1 while alive and in follow-up", .report = Report::standard, .kind = Kind::flag, .flag_meanings = "dead alive"},
    {.name = "unit_count", .level = Level::muscle, .meaning = "living units", .valid_max = 500, .report = Report::standard, .better = Better::higher},
    {.name = "strength_kg", .unit = "kg", .meaning = "strength", .valid_min = -10, .valid_max = 110, .report = Report::standard, .better = Better::higher, .source = "doi:10.1000/made.up", .worthwhile_difference = 5.0, .worthwhile_source = "doi:10.1000/worth"},
    {.name = "stage", .meaning = "severity", .valid_max = 3, .report = Report::standard, .better = Better::lower, .kind = Kind::flag, .flag_meanings = "none probable confirmed severe"},
    {.name = "unit_size", .level = Level::unit, .meaning = "size of a unit", .valid_max = 100},
    {.name = "unit_secret", .level = Level::unit, .meaning = "bookkeeping", .report = Report::hidden},
    {.name = "unit_age_years", .level = Level::unit, .unit = "year", .meaning = "age of a unit", .valid_max = 100},
};
// clang-format on

class FakeModel : public Model {
public:
    FakeModel() {
        event_list_.resize(2);
        event_list_[0].name = "fall";
        event_list_[0].occurs = Occurs::recurrent;
        event_list_[1].name = "death";
        event_list_[1].is_death = true;
        burden_list_.push_back({.name = "weakness", .column = ColumnId{6}, .from = 1.0F});
        ParameterSpec p;
        p.path = "ageing.rate_per_year";
        p.unit = "1/year";
        p.source = "doi:10.1000/made.up";
        p.evidence = Evidence::measured;
        table_.parameters.push_back(p);
    }
    std::span<ColumnSpec const> columns() const override { return made_up::columns; }
    ParameterTable const& parameters() const override { return table_; }
    std::span<std::string_view const> muscles() const override { return names_; }
    std::span<std::string_view const> default_muscles() const override { return names_; }
    std::span<std::pair<std::string_view, std::string_view> const> muscle_of_column() const override { return {}; }
    std::span<StageSpec const> stages() const override { return {}; }
    std::span<Cascade const> cascades() const override { return {}; }
    std::unique_ptr<Stage> make_stage(std::string_view, std::string_view) const override { return nullptr; }
    std::span<std::string_view const> instruction_sets() const override { return {}; }
    std::span<KindSpec const> kinds() const override { return {}; }
    std::unique_ptr<InterventionKind> make_kind(std::string_view) const override { return nullptr; }
    std::span<EventSpec const> events() const override { return event_list_; }
    std::span<StandingDelivery const> standing_deliveries() const override { return {}; }
    std::span<MeasureSpec const> measures() const override { return {}; }
    std::span<GivenSpec const> given() const override { return {}; }
    std::span<BurdenSpec const> burdens() const override { return burden_list_; }
    int unit_capacity(double n) const override { return static_cast<int>(n); }
    std::string_view unit_count_parameter() const override { return {}; }
    void be_young(Block&, int, Person const&, Random const&, std::span<int const>) const override {}
    void enter(Block&, EntryInfo const&) const override {}
    ColumnId unit_presence() const override { return {7}; }
    ColumnId alive() const override { return {3}; }
    ColumnId adherence() const override { return {1}; }
    ColumnId log_hazard_ratio() const override { return {1}; }
    ColumnId death_rate_per_year() const override { return {1}; }
    std::string_view life_table() const override { return {}; }

private:
    std::vector<EventSpec> event_list_;
    std::vector<BurdenSpec> burden_list_;
    ParameterTable table_;
    std::vector<std::string_view> names_{"vastus_lateralis", "tibialis_anterior"};
};

inline Model const& model() {
    static FakeModel const m;
    return m;
}

inline Plan plan_of(std::uint32_t people, int records = 9) {
    Plan plan;
    plan.model = &model();
    plan.name = "made_up";
    plan.title = "Made up";
    plan.description = "A life that nobody lived";
    plan.origin.sources = {{"made_up.yaml", "sarx: 1\ntitle: Made up  # ääkköset\n"}, {"parent.yaml", "sarx: 1\n"}};
    plan.seed = 18446744073709551615ULL;
    plan.population.people = people;
    plan.clock.records = records;
    plan.clock.end_years = records - 1;
    plan.muscles = {0, 1};
    plan.muscle_names = {"vastus_lateralis", "tibialis_anterior"};
    plan.parameters.values = {{{Value{.a = 0.25}, Value{.a = 0.5}}}};
    plan.interventions = {{"training", 0, {}, 0.0, {}}};
    plan.arms.resize(3);
    plan.arms[0].name = "usual_life";
    plan.arms[1].name = "training";
    plan.arms[1].deliveries.resize(1);
    plan.arms[2].name = "training_twice";
    plan.arms[2].deliveries.resize(2);
    plan.arms[2].deliveries[1].occurrence = 1;
    plan.record.variables = {{3}, {4}, {5}, {6}};
    plan.record.traits = {{0}, {1}, {2}};
    plan.record.people = people;
    plan.record.motor_units = {5, 4.0};
    plan.overrides = {{"ageing.rate_per_year", "0.1", "0.25", "made_up.yaml:2"}};
    plan.resolved = "title: Made up\npeople: " + std::to_string(people) + "\nrate: 0.25\nseed: 1\n";
    plan.digest = 0xfeedULL + people;
    return plan;
}

/// Batch `index` of a plan: numbers that depend on plan and index alone.
inline BatchResult batch_of(Plan const& plan, std::uint32_t index) {
    std::mt19937 generator(index + 1);
    auto const luck = [&] { return static_cast<std::uint32_t>(generator()); };
    auto const uniform = [&] { return static_cast<float>(luck() >> 8) / 16777216.0F; };
    std::uint32_t const size = batch_people(plan);
    BatchResult b;
    b.index = index;
    b.first_person = index * size;
    b.people = std::min(size, plan.population.people - b.first_person);
    std::size_t const n = b.people;
    auto const records = static_cast<std::size_t>(plan.clock.records);
    auto const series = series_of(plan);
    std::size_t const arms = plan.arms.size();
    std::size_t const kinds = event_kinds(*plan.model).size();
    for (std::size_t p = 0; p < n; ++p) {
        b.sex.push_back(static_cast<std::uint8_t>(luck() & 1U));
        float const span =
            static_cast<float>(plan.population.start_age_to_years - plan.population.start_age_from_years);
        b.start_age_years.push_back(static_cast<float>(plan.population.start_age_from_years) + span * uniform());
        if (plan.population.weighted)
            b.start_age_years.back() = static_cast<float>(plan.population.given[b.first_person + p].age_years);
        b.weight.push_back(
            plan.population.weighted ? static_cast<float>(plan.population.given[b.first_person + p].weight) : 1.0F);
    }
    for (Series const& t : traits_of(plan))
        for (std::size_t p = 0; p < n; ++p)
            b.traits.push_back(t.column.index == 0 ? static_cast<float>(b.sex[p] == 0) : 100.0F + 100.0F * uniform());
    std::vector<std::size_t> end(arms * n);
    for (std::size_t& e : end) e = 1 + luck() % (2 * records);
    for (Series const& s : series) {
        ColumnSpec const& spec = columns[s.column.index];
        for (std::size_t a = 0; a < arms; ++a)
            for (std::size_t p = 0; p < n; ++p)
                for (std::size_t t = 0; t < records; ++t) {
                    bool const lives = t < end[a * n + p];
                    float v = static_cast<float>(spec.valid_min) +
                              static_cast<float>(spec.valid_max - spec.valid_min) * uniform() * uniform();
                    if (spec.kind == Kind::flag) v = static_cast<float>(luck() % (spec.valid_max > 1 ? 4U : 2U));
                    if (spec.name == "alive") v = lives ? 1.0F : 0.0F;
                    b.trajectories.push_back(lives || spec.name == "alive" ? v : missing);
                }
    }
    b.first_divergence_years.assign(arms * n, missing);
    for (std::size_t i = n; i < arms * n; ++i)
        b.first_divergence_years[i] = luck() % 3 == 0 ? missing : 4.0F * uniform();
    for (auto* const times : {&b.first_offer_years, &b.first_reach_years, &b.protocol_years})
        times->assign(arms * n, missing);
    for (std::size_t i = n; i < arms * n; ++i) {
        if (luck() % 4 == 0) continue;
        b.first_offer_years[i] = 2.0F * uniform();
        if (luck() % 3 == 0) continue;
        b.first_reach_years[i] = b.first_offer_years[i];
        b.protocol_years[i] =
            luck() % 2 == 0 ? std::numeric_limits<float>::infinity() : b.first_reach_years[i] + 4.0F * uniform();
    }
    double const run_years = records > 1 ? plan.clock.record_years(plan.clock.records - 1) : 4.0;
    for (std::size_t p = 0; p < n; ++p)
        b.follow_years.push_back(luck() % 3 == 0 ? run_years * static_cast<double>(uniform()) : run_years);
    for (std::size_t i = 0; i < plan.model->events().size() * n; ++i) b.had_before.push_back(luck() % 5 == 0 ? 1 : 0);
    b.events.resize(arms);
    for (std::size_t a = 0; a < arms; ++a)
        for (std::size_t p = 0; p < n; ++p) {
            double time = 0.0;
            bool burdened = false;
            for (std::uint32_t i = luck() % 12; i > 0; --i) {
                time += static_cast<double>(uniform());
                if (time >= b.follow_years[p]) break;
                auto kind = static_cast<std::uint8_t>(luck() % (kinds - 1));
                if (kind >= kinds - 2) kind = static_cast<std::uint8_t>(kinds - 2 + (burdened ? 1 : 0));
                if (kind >= kinds - 2) burdened = !burdened;
                b.events[a].push_back({b.first_person + static_cast<std::uint32_t>(p), uniform(), time, kind});
                if (kind == 1) break;  // death
            }
        }
    for (std::uint32_t p = b.first_person; p < std::min(plan.record.motor_units.people, b.first_person + b.people); ++p)
        for (std::uint32_t a = 0; a < arms; ++a)
            for (std::uint32_t m = 0; m < plan.muscles.size(); ++m) {
                MotorUnitSnapshot s{a, p, m, 4.0, {}};
                std::size_t const units = luck() % 7;
                s.values.resize(unit_columns(*plan.model).size());
                for (auto& column : s.values)
                    for (std::size_t u = 0; u < units; ++u) column.push_back(uniform());
                b.motor_units.push_back(s);
            }
    std::size_t deliveries = 0;
    for (Arm const& arm : plan.arms) deliveries += arm.deliveries.size();
    for (std::size_t d = 0; d < deliveries * records; ++d)
        b.flow.push_back({luck() % 9, luck() % 9, luck() % 9, luck() % 9, luck() % 9, luck() % 9, luck() % 9});
    return b;
}

inline std::uint32_t batches_of(Plan const& plan) {
    return (plan.population.people + batch_people(plan) - 1) / batch_people(plan);
}

/// A folder that is gone at the end of a test.
struct Folder {
    Folder() {
        path = std::filesystem::temp_directory_path() / "sarx_record_";
        path.append(6, 'X');  // for mkdtemp to fill in
        if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("no folder for a test in " + path);
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;
    [[nodiscard]] std::string file(std::string const& name = "run.h5") const { return path + "/" + name; }
    std::string path;
};

}  // namespace made_up
