#include "models/people/young.hpp"

#include <algorithm>
#include <iterator>

#include "models/0_life/habits.hpp"
#include "models/3_motor_units/recruitment.hpp"
#include "models/5_function/body_composition.hpp"
#include "models/columns.hpp"
#include "models/people/pool.hpp"

namespace sarx::models {

namespace {

constexpr Purpose loss_threshold{"motor_unit_loss"};

}  // namespace

YouthHabits::YouthHabits(ParameterTable const& p)
    : load{p.id("habits.walking_load"), p.id("habits.rising_load"), p.id("habits.vigorous_load")},
      velocity{p.id("habits.walking_velocity"), p.id("habits.rising_velocity"), p.id("habits.vigorous_velocity")},
      volume{p.id("habits.walking_volume"), p.id("habits.rising_volume"), p.id("habits.vigorous_volume")},
      tension{p.id("habits.walking_tension"), p.id("habits.rising_tension"), p.id("habits.vigorous_tension")},
      half_age_years{p.id("habits.activity_half_age_years"), p.id("habits.activity_half_age_years"),
                     p.id("habits.vigorous_half_age_years")},
      scale_years{p.id("habits.activity_scale_years"), p.id("habits.activity_scale_years"),
                  p.id("habits.vigorous_scale_years")},
      muscle_share(p.id("habits.muscle_share")),
      effort_limit(p.id("habits.effort_limit")),
      effort_limit_spread(p.id("habits.effort_limit_spread")) {}

Young::Young(ParameterTable const& parameters)
    : lean_mass_index_(parameters.id("people.youth_lean_mass_index_kg_per_m2")),
      youth_fat_(parameters.id("body_composition.youth_fat_mass_kg")),
      usual_fat_(parameters.id("body_composition.usual_youth_fat_mass_kg")),
      lean_per_log_fat_(parameters.id("body_composition.lean_per_log_fat_kg")),
      appendicular_share_(parameters.id("body_composition.appendicular_lean_fraction")),
      motor_unit_count_(parameters.id("people.motor_unit_count")),
      fibre_count_(parameters.id("people.fibre_count")),
      type1_fraction_(parameters.id("people.type1_fibre_fraction")),
      innervation_range_(parameters.id("people.innervation_range")),
      youth_stability_(parameters.id("nmj_instability.youth_stability")),
      recruitment_width_(parameters.id("recruitment.width")),
      full_recruitment_effort_(parameters.id("recruitment.full_recruitment_effort")),
      threshold_range_(parameters.id("recruitment.threshold_range")),
      habits_(parameters),
      area_type1_(parameters.id("people.youth_fibre_area_type1_um2")),
      area_type2_(parameters.id("people.youth_fibre_area_type2_um2")) {
    for (std::size_t c = 0; c < std::size(columns); ++c)
        if (!columns[c].drawn_by.empty())
            traits_.emplace_back(ColumnId{static_cast<std::uint16_t>(c)}, parameters.id(columns[c].drawn_by));
}

int Young::unit_capacity(double largest_unit_count) { return std::max(1, static_cast<int>(largest_unit_count + 0.5)); }

void Young::make(Block& block, int lane, Person const& person, Random const& random,
                 std::span<int const> muscles) const {
    block.person(column("female"))[lane] = person.sex == Sex::female ? 1.0F : 0.0F;
    for (auto const& [trait, parameter] : traits_) block.person(trait)[lane] = block.parameter(parameter)[lane];
    float const height_m = block.person(column("height_cm"))[lane] * 0.01F;
    float const usual_kg = block.parameter(lean_mass_index_)[lane] * height_m * height_m;
    float const lean_kg = youth_lean_mass_kg(block, lane, usual_kg);
    block.person(column("usual_youth_lean_mass_kg"))[lane] = usual_kg;
    block.person(column("youth_lean_mass_kg"))[lane] = lean_kg;
    block.person(column("appendicular_lean_mass_kg"))[lane] = lean_kg;
    for (int m = 0; m < block.muscle_count(); ++m)
        make_pool(block, lane, person, random, m, muscles[static_cast<std::size_t>(m)]);
}

float Young::youth_lean_mass_kg(Block const& block, int lane, float of_usual_fat_kg) const {
    auto const of = [&](ParameterId id) { return static_cast<double>(block.parameter(id)[lane]); };
    auto const usual_kg = static_cast<double>(of_usual_fat_kg);
    double const more_kg =
        lean_mass_of_fatness_kg(of(youth_fat_), of(usual_fat_), of(lean_per_log_fat_), of(appendicular_share_));
    return static_cast<float>(max(usual_kg + more_kg, 0.5 * usual_kg));  // the leanest still have half
}

Young::YouthBouts Young::youth_bouts(Block const& block, int lane, int m) const {
    auto const of = [&](ParameterId id) { return static_cast<double>(block.parameter(id, m)[lane]); };
    double const trait = static_cast<double>(block.person(column("habitual_activity_ratio"))[lane]);
    double const range = sarx::log(of(threshold_range_));
    YouthBouts bouts;
    for (int b = 0; b < YouthHabits::bouts; ++b) {
        double const effort = of(habits_.load[b]);  // of a strength that is youth's
        double const done = trait * activity_of_age(20.0, of(habits_.half_age_years[b]), of(habits_.scale_years[b])) *
                            share_kept_up(effort, of(habits_.effort_limit), of(habits_.effort_limit_spread));
        double const rank =
            rank_reached(min(effort, 1.0), of(habits_.velocity[b]), of(full_recruitment_effort_), range);
        bouts.stimulus[b] = of(habits_.volume[b]) * of(habits_.muscle_share) * done * of(habits_.tension[b]);
        bouts.factor[b] = bout_factor(rank, of(recruitment_width_), 1.0);
    }
    return bouts;
}

double Young::YouthBouts::stimulus_of(double rank_exponential) const {
    double sum = 0.0;
    for (int b = 0; b < YouthHabits::bouts; ++b) sum += stimulus[b] * share_recruited(factor[b], rank_exponential);
    return max(sum, 1.0e-3);
}

void Young::make_pool(Block& block, int lane, Person const& person, Random const& random, int m,
                      int model_muscle) const {
    auto const parameter = [&](ParameterId id) { return static_cast<double>(block.parameter(id, m)[lane]); };
    auto const muscle = [&](ColumnId id) -> float& { return block.muscle(id, m)[lane]; };
    auto const unit = [&](ColumnId id, int row) -> float& { return block.unit(id, m)[row * lanes + lane]; };
    int const count = std::min(unit_capacity(parameter(motor_unit_count_)), block.unit_capacity(m));
    double const fibres = parameter(fibre_count_);
    double const range = parameter(innervation_range_);
    double const width = parameter(recruitment_width_);

    std::vector<double> relative(static_cast<std::size_t>(count));
    double all = 0.0;
    // What is exponential in rank grows from each unit to the next by one factor.
    double number = relative_innervation_number(recruitment_rank(0, count), range);
    double const number_growth = relative_innervation_number(1.0 / count, range);
    for (int j = 0; j < count; ++j, number *= number_growth) {
        relative[static_cast<std::size_t>(j)] = number;
        all += number;
    }

    // Type I up to the rank at which the muscle's share of type I fibres is met.
    double const type1_fibres = parameter(type1_fraction_) * all;
    double before = 0.0;
    int type1_units = 0;
    for (; type1_units < count; ++type1_units) {
        double const more = relative[static_cast<std::size_t>(type1_units)];
        if (before + 0.5 * more > type1_fibres) break;
        before += more;
    }
    muscle(column("type1_rank_limit")) = static_cast<float>(static_cast<double>(type1_units) / count);

    std::vector<double> thresholds(static_cast<std::size_t>(count));
    random.exponentials(person.key, loss_threshold.of(static_cast<std::uint32_t>(model_muscle)), thresholds);
    YouthBouts const bouts = youth_bouts(block, lane, m);
    double type2 = 0.0;
    double innervated = 0.0;
    double rank_exponential = sarx::exp(recruitment_rank(0, count) / width);
    double const rank_growth = sarx::exp(1.0 / (count * width));
    for (int j = 0; j < count; ++j, rank_exponential *= rank_growth) {
        double const rank = recruitment_rank(j, count);
        auto const youth = static_cast<float>(relative[static_cast<std::size_t>(j)] / all * fibres);
        bool const is_type2 = j >= type1_units;
        innervated += static_cast<double>(youth);
        if (is_type2) type2 += static_cast<double>(youth);
        unit(column("unit_rank"), j) = static_cast<float>(rank);
        unit(column("unit_rank_exponential"), j) = static_cast<float>(rank_exponential);
        unit(column("unit_stimulus_scale"), j) = static_cast<float>(1.0 / bouts.stimulus_of(rank_exponential));
        unit(column("unit_drive"), j) = 1.0F;
        unit(column("unit_mechanical_stimulus"), j) = 1.0F;
        unit(column("unit_nmj_stability"), j) = static_cast<float>(parameter(youth_stability_));
        unit(column("unit_youth_fibres"), j) = youth;
        unit(column("unit_fibres"), j) = youth;
        unit(column("unit_hazard_left"), j) = static_cast<float>(thresholds[static_cast<std::size_t>(j)]);
        unit(column("unit_area_ratio"), j) = 1.0F;
        unit(column("unit_type2_share"), j) = is_type2 ? 1.0F : 0.0F;
    }
    block.set_unit_rows(m, std::max(block.unit_rows(m), count));

    muscle(column("youth_motor_unit_count")) = static_cast<float>(count);
    muscle(column("motor_unit_count")) = static_cast<float>(count);
    muscle(column("recent_motor_unit_count")) = static_cast<float>(count);
    // The law innervated + denervated + lost = youth holds for the numbers as stored.
    muscle(column("youth_fibre_count")) = static_cast<float>(innervated);
    muscle(column("innervated_fibre_count")) = static_cast<float>(innervated);
    muscle(column("nmj_stability")) = static_cast<float>(parameter(youth_stability_));
    muscle(column("fibre_area_type1_um2")) = static_cast<float>(parameter(area_type1_));
    muscle(column("fibre_area_type2_um2")) = static_cast<float>(parameter(area_type2_));
    muscle(column("type2_fibre_fraction")) = static_cast<float>(type2 / innervated);
}

}  // namespace sarx::models
