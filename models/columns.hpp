#pragma once
// The state dictionary: every number a person, a muscle or a motor unit carries through life. One line a
// column; the name is the same in YAML conditions, C++, HDF5 and Python, and ends in its unit.

#include <array>

#include "sim/contract/column.hpp"

namespace sarx::models {

inline constexpr int max_bouts = 12;  ///< bouts a muscle can hold in one span of time
/// Bouts 0..habit_bouts-1 of every muscle are daily living (walking, rising and climbing, vigorous effort); what
/// interventions add comes behind them.
inline constexpr int habit_bouts = 3;

// clang-format off
inline constexpr ColumnSpec columns[] = {
    // ---- who someone is -------------------------------------------------------------------------------
    {.name = "female", .meaning = "sex", .report = Report::trait, .kind = Kind::flag, .flag_meanings = "male female"},
    {.name = "height_cm", .unit = "cm", .meaning = "standing height", .valid_min = 100, .valid_max = 230, .youth = 168, .report = Report::trait, .drawn_by = "people.height_cm"},
    {.name = "youth_lean_mass_kg", .unit = "kg", .meaning = "appendicular lean mass at 25 years", .valid_min = 5, .valid_max = 60, .youth = 20, .report = Report::trait},
    {.name = "usual_youth_lean_mass_kg", .unit = "kg", .meaning = "appendicular lean mass at 25 years of this height with the usual fat", .valid_min = 5, .valid_max = 60, .youth = 20, .report = Report::hidden},
    {.name = "menopause_age_years", .unit = "year", .meaning = "age at the final menstrual period (men: 200)", .valid_min = 30, .valid_max = 200, .youth = 200, .report = Report::trait, .drawn_by = "people.menopause_age_years"},
    {.name = "motor_neuron_vulnerability", .meaning = "multiplier of motor-unit loss, mean 1", .valid_max = 5, .youth = 1, .report = Report::trait, .drawn_by = "motor_unit_loss.vulnerability"},
    {.name = "nmj_vulnerability", .meaning = "multiplier of junction damage, mean 1", .valid_max = 5, .youth = 1, .report = Report::trait, .drawn_by = "nmj_instability.vulnerability"},
    {.name = "reinnervation_capacity", .meaning = "multiplier of the capture of orphaned fibres, median 1", .valid_max = 50, .youth = 1, .report = Report::trait, .drawn_by = "reinnervation.capacity"},
    {.name = "muscle_turnover_ratio", .meaning = "multiplier of muscle protein turnover, median 1", .valid_max = 5, .youth = 1, .report = Report::trait, .drawn_by = "atrophy.turnover_ratio"},
    {.name = "habitual_activity_ratio", .meaning = "habitual activity relative to the average person of the same age", .valid_max = 5, .youth = 1, .report = Report::trait, .drawn_by = "habits.activity_ratio"},
    {.name = "fall_frailty_ratio", .meaning = "multiplier of the rate of falls, mean 1", .valid_max = 30, .youth = 1, .report = Report::trait, .drawn_by = "people.fall_frailty_ratio"},
    {.name = "mortality_frailty_ratio", .meaning = "multiplier of mortality, mean 1 at 20", .valid_max = 30, .youth = 1, .report = Report::trait, .drawn_by = "people.mortality_frailty_ratio"},
    {.name = "adherence_z", .meaning = "standard normal trait behind adherence", .valid_min = -6, .valid_max = 6, .report = Report::trait, .drawn_by = "people.adherence_z"},

    // ---- life: habits, hormones, conditions, and what interventions add to them ----------------------
    {.name = "alive", .meaning = "1 while alive and in follow-up", .youth = 1, .report = Report::standard, .kind = Kind::flag, .flag_meanings = "dead alive"},
    {.name = "metabolic_activity_ratio", .meaning = "metabolic stimulus of all activity, 1 = active youth", .valid_max = 3, .youth = 1, .better = Better::higher},
    {.name = "body_unloading_fraction", .meaning = "unloading of the body as a whole, 0 = normal life, 1 = weightless", .youth = 0},
    {.name = "protein_intake_g_per_kg_day", .unit = "g/kg/day", .meaning = "dietary protein", .valid_max = 5, .youth = 1.2F},
    {.name = "amino_acid_stimulus", .meaning = "added synthesis stimulus of free amino acids or HMB, as a share", .valid_max = 1, .youth = 0},
    {.name = "sleep_h_per_day", .unit = "h/day", .meaning = "sleep", .valid_max = 24, .youth = 7.5F},
    {.name = "energy_balance_ratio", .meaning = "energy intake over need", .valid_max = 3, .youth = 1},
    {.name = "testosterone_nmol_per_l", .unit = "nmol/l", .meaning = "total testosterone", .valid_max = 100, .youth = 10},
    {.name = "androgen_ratio", .meaning = "androgen effect, 1 = youth of the same sex", .valid_max = 8, .youth = 1, .better = Better::higher},
    {.name = "oestrogen_ratio", .meaning = "oestrogen effect, 1 = before menopause (men: 1)", .valid_max = 3, .youth = 1},
    {.name = "gh_igf1_ratio", .meaning = "growth hormone and IGF-1 effect, 1 = youth", .valid_max = 5, .youth = 1},
    {.name = "inflammation", .meaning = "excess systemic inflammation, 0 = healthy youth", .valid_max = 5, .youth = 0, .better = Better::lower},
    {.name = "notch_inhibition_fraction", .meaning = "share of Notch signalling blocked", .youth = 0},
    {.name = "recovery_ratio", .meaning = "overnight recovery, 1 = normal sleep", .valid_max = 2, .youth = 1},
    {.name = "chronic_disease", .meaning = "has a chronic metabolic or inflammatory disease", .report = Report::state, .better = Better::lower, .kind = Kind::flag, .flag_meanings = "no yes", .worthwhile_difference = 1, .worthwhile_source = "by definition: another class"},
    {.name = "disease_control_fraction", .meaning = "share of the disease's burden held off by management", .youth = 0, .better = Better::higher},
    {.name = "disease_burden", .meaning = "burden of chronic disease before management, 0 = none, 1 = a typical case", .valid_max = 5, .youth = 0, .better = Better::lower},
    {.name = "balance_training_h_per_week", .unit = "h/week", .meaning = "training that challenges balance (fewer falls)", .valid_max = 20, .youth = 0, .better = Better::higher},
    {.name = "egfr_ml_per_min", .unit = "ml/min", .meaning = "estimated glomerular filtration rate", .valid_max = 200, .youth = 110, .better = Better::higher},
    {.name = "chronic_disease_rate_per_year", .unit = "1/year", .meaning = "onset hazard of chronic disease", .valid_max = 5, .report = Report::hidden},

    {.name = "unloading_fraction", .level = Level::muscle, .meaning = "unloading of this muscle, 0 = normal life, 1 = none", .youth = 0},
    {.name = "axon_injury_rate_per_year", .level = Level::muscle, .unit = "1/year", .meaning = "added hazard of axon loss from an injury", .valid_max = 100, .youth = 0},
    {.name = "exercise_barred_fraction", .level = Level::muscle, .meaning = "share of exercise that illness, bed or a cast rules out", .youth = 0},
    {.name = "task_practice_fraction", .level = Level::muscle, .meaning = "practice of a trained task, 0 = none, 1 = as much as can be learnt from (drives trained skill)", .youth = 0, .better = Better::higher},
    {.name = "fast_practice_fraction", .level = Level::muscle, .meaning = "practice of contractions as fast as possible, 0 = none, 1 = as much as can be learnt from", .youth = 0, .better = Better::higher},
    {.name = "bout_count", .level = Level::muscle, .meaning = "bouts in use", .valid_max = max_bouts, .youth = habit_bouts, .report = Report::hidden},
    {.name = "bout_effort", .level = Level::muscle, .meaning = "load over capacity", .report = Report::hidden, .width = max_bouts},
    {.name = "bout_velocity", .level = Level::muscle, .meaning = "ballistic share", .report = Report::hidden, .width = max_bouts},
    {.name = "bout_volume", .level = Level::muscle, .meaning = "volume relative to habit", .report = Report::hidden, .width = max_bouts},
    {.name = "bout_tension", .level = Level::muscle, .meaning = "tension relative to habit", .report = Report::hidden, .width = max_bouts},
    {.name = "bout_order", .level = Level::muscle, .meaning = "1 = by rank (voluntary), 0 = all units alike (electrical)", .youth = 1, .report = Report::hidden, .width = max_bouts},

    // ---- 1 cells ---------------------------------------------------------------------------------------
    {.name = "er_mitochondria_contact", .meaning = "MFN2-tethered ER-mitochondria contacts, 1 = youth", .valid_max = 1.5, .youth = 1, .report = Report::standard, .better = Better::higher, .source = "doi:10.7554/eLife.89381"},
    {.name = "notch_activity", .meaning = "Notch signalling in muscle stem cells and fibres, 1 = youth", .valid_max = 10, .youth = 1, .report = Report::standard, .better = Better::lower, .source = "doi:10.7554/eLife.89381"},
    {.name = "mitochondrial_capacity", .meaning = "oxidative capacity of muscle, 1 = active youth", .valid_max = 2, .youth = 1, .report = Report::standard, .better = Better::higher},
    {.name = "protein_damage", .meaning = "damaged protein load, 0 = youth", .valid_max = 5, .youth = 0, .report = Report::standard, .better = Better::lower},
    {.name = "calcium_handling", .meaning = "calcium release per action potential, 1 = youth", .valid_max = 1.5, .youth = 1, .report = Report::standard, .better = Better::higher},

    // ---- 3 recruitment: what bouts ask of each unit ----------------------------------------------------
    {.name = "unit_rank", .level = Level::unit, .meaning = "recruitment rank in the youth pool, 0 first, 1 last", .report = Report::state},
    {.name = "unit_rank_exponential", .level = Level::unit, .meaning = "exp(rank / recruitment width)", .report = Report::hidden},
    {.name = "unit_drive", .level = Level::unit, .meaning = "share of full synaptic use", .report = Report::hidden},
    {.name = "unit_mechanical_stimulus", .level = Level::unit, .meaning = "mechanical stimulus, 1 = habit of youth", .report = Report::hidden},
    {.name = "unit_stimulus_scale", .level = Level::unit, .meaning = "1 / mechanical stimulus of the habits at 20, which counts as 1", .valid_max = 1000, .youth = 1, .report = Report::hidden},

    // ---- 2 junctions -----------------------------------------------------------------------------------
    {.name = "unit_nmj_stability", .level = Level::unit, .meaning = "slow part of junction stability", .report = Report::state},
    {.name = "nmj_fast_instability", .level = Level::muscle, .meaning = "fast, reversible part of junction instability", .report = Report::state},
    {.name = "nmj_stability", .level = Level::muscle, .meaning = "mean stability of the neuromuscular junctions", .report = Report::standard, .better = Better::higher},
    {.name = "nmj_jitter_us", .level = Level::muscle, .unit = "us", .meaning = "single-fibre jitter (mean consecutive difference)", .valid_max = 200, .report = Report::standard, .better = Better::lower},
    {.name = "nmj_blocking_fraction", .level = Level::muscle, .meaning = "share of junctions that fail to transmit", .report = Report::standard, .better = Better::lower},

    // ---- 3 motor units ---------------------------------------------------------------------------------
    {.name = "unit_youth_fibres", .level = Level::unit, .meaning = "innervation number in youth", .valid_max = 20000, .report = Report::state},
    {.name = "unit_fibres", .level = Level::unit, .meaning = "innervated fibres", .valid_max = 100000, .report = Report::state},
    {.name = "unit_hazard_left", .level = Level::unit, .meaning = "integrated hazard still to run before the unit is lost", .report = Report::hidden},
    {.name = "youth_motor_unit_count", .level = Level::muscle, .meaning = "motor units at 20", .valid_max = 2000, .report = Report::trait},
    {.name = "youth_fibre_count", .level = Level::muscle, .meaning = "muscle fibres at 20", .valid_max = 2e6, .report = Report::trait},
    {.name = "motor_unit_count", .level = Level::muscle, .meaning = "living motor units", .valid_max = 2000, .report = Report::standard, .better = Better::higher},
    {.name = "motor_unit_size_ratio", .level = Level::muscle, .meaning = "mean innervation number over that of youth", .valid_max = 10, .youth = 1, .report = Report::standard},
    {.name = "mup_size_ratio", .level = Level::muscle, .meaning = "mean motor-unit potential over that of youth", .valid_max = 10, .youth = 1},
    {.name = "innervated_fibre_count", .level = Level::muscle, .meaning = "innervated fibres", .valid_max = 2e6, .report = Report::standard, .better = Better::higher},
    {.name = "denervated_fibre_count", .level = Level::muscle, .meaning = "fibres without a nerve", .valid_max = 2e6, .report = Report::standard, .better = Better::lower},
    {.name = "sprouting_fibres", .level = Level::muscle, .meaning = "fibres that surviving units can sprout for", .valid_max = 2e7, .report = Report::hidden},
    {.name = "denervation_flow_fibres", .level = Level::muscle, .meaning = "fibres that lost their nerve in this span of time", .valid_max = 2e6, .report = Report::hidden},
    {.name = "lost_fibre_count", .level = Level::muscle, .meaning = "fibres lost for good", .valid_max = 2e6, .report = Report::standard, .better = Better::lower},
    {.name = "junction_flux_per_year", .level = Level::muscle, .unit = "1/year", .meaning = "share of junctions remodelled a year", .valid_max = 200},

    // ---- 4 fibres --------------------------------------------------------------------------------------
    {.name = "unit_area_ratio", .level = Level::unit, .meaning = "mean fibre area over that of youth", .valid_max = 5, .report = Report::state},
    {.name = "type1_rank_limit", .level = Level::muscle, .meaning = "units below this rank are type I by birth", .youth = 0.5F, .report = Report::hidden},
    {.name = "unit_type2_share", .level = Level::unit, .meaning = "share of type II fibres in the unit", .report = Report::state},
    {.name = "denervated_area_ratio", .level = Level::muscle, .meaning = "mean area of denervated fibres over youth", .valid_max = 5, .youth = 1},
    {.name = "denervated_type2_share", .level = Level::muscle, .meaning = "share of type II among denervated fibres", .youth = 0.5F},
    {.name = "fibre_area_type1_um2", .level = Level::muscle, .unit = "um2", .meaning = "mean area of type I fibres", .valid_max = 20000, .youth = 4500, .report = Report::standard, .better = Better::higher},
    {.name = "fibre_area_type2_um2", .level = Level::muscle, .unit = "um2", .meaning = "mean area of type II fibres", .valid_max = 20000, .youth = 5500, .report = Report::standard, .better = Better::higher},
    {.name = "innervated_area_type1_fibres", .level = Level::muscle, .meaning = "type I fibres with a nerve, times their relative area", .valid_max = 2e6, .report = Report::hidden},
    {.name = "innervated_area_type2_fibres", .level = Level::muscle, .meaning = "type II fibres with a nerve, times their relative area", .valid_max = 2e6, .report = Report::hidden},
    {.name = "type2_fibre_fraction", .level = Level::muscle, .meaning = "share of type II fibres", .youth = 0.5F},
    {.name = "muscle_area_cm2", .level = Level::muscle, .unit = "cm2", .meaning = "anatomical cross-sectional area of the muscle", .valid_max = 200, .youth = 20, .report = Report::standard, .better = Better::higher},
    {.name = "muscle_area_ratio", .level = Level::muscle, .meaning = "cross-sectional area of the whole muscle over youth", .valid_max = 5, .youth = 1},
    {.name = "muscle_protein_synthesis", .meaning = "muscle protein synthesis over youth", .valid_max = 5, .youth = 1, .report = Report::standard, .better = Better::higher},
    {.name = "muscle_protein_breakdown", .meaning = "muscle protein breakdown over youth", .valid_max = 5, .youth = 1, .report = Report::standard, .better = Better::lower},

    // ---- 5 function ------------------------------------------------------------------------------------
    {.name = "muscle_force_ratio", .level = Level::muscle, .meaning = "maximal voluntary force over youth", .valid_max = 5, .youth = 1, .better = Better::higher},
    {.name = "muscle_speed_ratio", .level = Level::muscle, .meaning = "shortening speed over youth", .valid_max = 3, .youth = 1, .better = Better::higher},
    {.name = "specific_force_N_per_cm2", .level = Level::muscle, .unit = "N/cm2", .meaning = "maximal voluntary force per area", .valid_max = 100, .youth = 25, .report = Report::standard, .better = Better::higher},
    {.name = "voluntary_activation_fraction", .level = Level::muscle, .meaning = "share of the muscle that will can reach", .youth = 0.95F, .better = Better::higher},
    {.name = "trained_skill", .level = Level::muscle, .meaning = "practice of a trained task, as a gain of its one-repetition maximum", .youth = 0, .better = Better::higher},
    {.name = "trained_speed", .level = Level::muscle, .meaning = "practice of fast contractions, as a gain of shortening speed", .youth = 0, .better = Better::higher},
    {.name = "youth_contractile_area", .level = Level::muscle, .meaning = "fibre area at 20, in type I fibres of youth", .valid_max = 4e6, .report = Report::hidden},
    {.name = "youth_contractile_force", .level = Level::muscle, .meaning = "fibre force at 20, in type I fibres of youth", .valid_max = 4e6, .report = Report::hidden},
    {.name = "youth_type2_area_share", .level = Level::muscle, .meaning = "share of type II in the fibre area at 20", .youth = 0.55F, .report = Report::hidden},
    {.name = "one_repetition_maximum_ratio", .level = Level::muscle, .meaning = "one-repetition maximum of the trained task over youth", .valid_max = 8, .youth = 1, .better = Better::higher},
    {.name = "appendicular_lean_mass_kg", .unit = "kg", .meaning = "lean mass of arms and legs as DXA sees it", .valid_max = 70, .youth = 20, .report = Report::standard, .better = Better::higher},
    {.name = "alm_index_kg_per_m2", .unit = "kg/m2", .meaning = "appendicular lean mass over height squared", .valid_max = 20, .youth = 7, .report = Report::standard, .better = Better::higher},
    {.name = "fat_ratio", .meaning = "fat mass over what youth and age alone would give", .valid_max = 10, .youth = 1},
    {.name = "fat_mass_kg", .unit = "kg", .meaning = "fat mass", .valid_max = 200, .youth = 18},
    {.name = "body_mass_kg", .unit = "kg", .meaning = "body mass", .valid_max = 400, .youth = 70},
    {.name = "grip_strength_kg", .unit = "kg", .meaning = "maximal grip strength, best of six trials", .valid_max = 120, .youth = 40, .report = Report::standard, .better = Better::higher, .worthwhile_difference = 5, .worthwhile_source = "doi:10.1589/jpts.31.75"},
    {.name = "knee_extension_torque_Nm", .unit = "N m", .meaning = "isometric knee-extension torque", .valid_max = 600, .youth = 200, .report = Report::standard, .better = Better::higher},
    {.name = "dorsiflexion_torque_Nm", .unit = "N m", .meaning = "isometric ankle dorsiflexion torque", .valid_max = 120, .youth = 40, .better = Better::higher},
    {.name = "leg_power_W", .unit = "W", .meaning = "peak leg extension power", .valid_max = 1500, .youth = 300, .report = Report::standard, .better = Better::higher},
    {.name = "gait_speed_m_per_s", .unit = "m/s", .meaning = "usual walking speed", .valid_max = 3, .youth = 1.4F, .report = Report::standard, .better = Better::higher, .worthwhile_difference = 0.05, .worthwhile_source = "doi:10.1111/j.1532-5415.2006.00701.x"},
    {.name = "chair_rise_s", .unit = "s", .meaning = "time for five chair rises (60 = unable)", .valid_max = 60, .youth = 6, .report = Report::standard, .better = Better::lower},
    {.name = "sppb_score", .meaning = "short physical performance battery, 0 to 12", .valid_max = 12, .youth = 12, .report = Report::standard, .better = Better::higher, .worthwhile_difference = 0.5, .worthwhile_source = "doi:10.1111/j.1532-5415.2006.00701.x"},
    {.name = "insulin_sensitivity", .meaning = "insulin sensitivity, 1 = youth", .valid_max = 3, .youth = 1, .report = Report::standard, .better = Better::higher},
    {.name = "resting_metabolism_kcal_per_day", .unit = "kcal/day", .meaning = "resting energy expenditure", .valid_max = 5000, .youth = 1500},

    // ---- 6 outcomes ------------------------------------------------------------------------------------
    {.name = "sarcopenia_ewgsop2", .meaning = "sarcopenia by EWGSOP2", .valid_max = 3, .report = Report::standard, .better = Better::lower, .kind = Kind::flag, .flag_meanings = "none probable confirmed severe", .source = "doi:10.1093/ageing/afy169", .worthwhile_difference = 1, .worthwhile_source = "by definition: another class"},
    {.name = "sarcopenia_awgs2019", .meaning = "sarcopenia by AWGS 2019", .valid_max = 3, .better = Better::lower, .kind = Kind::flag, .flag_meanings = "none possible confirmed severe", .source = "doi:10.1016/j.jamda.2019.12.012"},
    {.name = "sarcopenia_fnih", .meaning = "weakness with low lean mass by FNIH", .better = Better::lower, .kind = Kind::flag, .flag_meanings = "no yes", .source = "doi:10.1093/gerona/glu010"},
    {.name = "sarcopenia_sdoc", .meaning = "weakness with slowness by SDOC", .better = Better::lower, .kind = Kind::flag, .flag_meanings = "no yes", .source = "doi:10.1111/jgs.16372"},
    {.name = "intrinsic_capacity_deficits", .meaning = "impaired domains of intrinsic capacity, 0 to 5", .valid_max = 5, .report = Report::standard, .better = Better::lower},
    {.name = "disability", .meaning = "needs help in activities of daily living", .report = Report::standard, .better = Better::lower, .kind = Kind::flag, .flag_meanings = "no yes", .worthwhile_difference = 1, .worthwhile_source = "by definition: another class"},
    {.name = "fall_rate_per_year", .unit = "1/year", .meaning = "rate of falls", .valid_max = 30, .better = Better::lower},
    {.name = "fracture_probability_per_fall", .meaning = "probability that a fall breaks a bone", .report = Report::hidden},
    {.name = "hospital_rate_per_year", .unit = "1/year", .meaning = "rate of hospital stays", .valid_max = 10, .better = Better::lower},
    {.name = "mortality_log_hazard_ratio", .meaning = "log hazard of death against the average of the same age and sex, before recentring", .valid_min = -10, .valid_max = 10, .report = Report::hidden},
    {.name = "death_rate_per_year", .unit = "1/year", .meaning = "rate of death", .valid_max = 10, .better = Better::lower},
    {.name = "falls_count", .meaning = "falls so far", .valid_max = 500, .better = Better::lower},
    {.name = "fractures_count", .meaning = "fractures so far", .valid_max = 100, .better = Better::lower},
    {.name = "hospital_stays_count", .meaning = "hospital stays so far", .valid_max = 200, .better = Better::lower},
    {.name = "falls_last_year", .meaning = "falls in the last 365.25 days, to the end of a step", .valid_max = 128, .better = Better::lower},
    {.name = "fractures_last_year", .meaning = "fractures in the last 365.25 days, to the end of a step", .valid_max = 32, .better = Better::lower},
    {.name = "hospital_stays_last_year", .meaning = "admissions to hospital in the last 365.25 days, to the end of a step", .valid_max = 64, .better = Better::lower},

    // ---- markers ---------------------------------------------------------------------------------------
    {.name = "caf_pmol_per_l", .unit = "pmol/l", .meaning = "C-terminal agrin fragment in plasma", .valid_max = 10000, .youth = 100, .report = Report::standard},
    {.name = "nfl_pg_per_ml", .unit = "pg/ml", .meaning = "neurofilament light chain in plasma", .valid_max = 500, .youth = 4, .report = Report::standard},
    {.name = "recent_motor_unit_count", .level = Level::muscle, .meaning = "motor units, averaged over the clearance time of axon debris", .valid_max = 2000, .report = Report::hidden},

    // ---- water that instruments take for muscle ---------------------------------------------------------
    {.name = "limb_water_kg", .unit = "kg", .meaning = "water of arms and legs beyond the usual, which DXA counts as lean", .valid_min = -10, .valid_max = 20, .youth = 0},
    {.name = "body_water_kg", .unit = "kg", .meaning = "water of the body beyond the usual, which DXA counts as lean", .valid_min = -10, .valid_max = 20, .youth = 0},

    // ---- measures: what electrodes read, only where a record is due --------------------------------------
    {.name = "mune_estimate_count", .level = Level::muscle, .meaning = "motor-unit number estimate at the test force", .valid_max = 5000, .better = Better::higher, .source = "doi:10.1002/mus.20276"},
    {.name = "mup_area_uV_ms", .level = Level::muscle, .unit = "uV ms", .meaning = "mean motor-unit potential at the test force", .valid_max = 100000},
    {.name = "jiggle_fraction", .level = Level::muscle, .meaning = "near-fibre jiggle", .valid_max = 5, .better = Better::lower},
};
// clang-format on

/// Column of the dictionary by name; an unknown name does not compile.
consteval ColumnId column(std::string_view name) { return column_in(columns, name); }

}  // namespace sarx::models
