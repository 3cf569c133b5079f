// The papers of the upstream stages, as equations on numbers.

#include <cmath>

#include "models/0_life/habits.hpp"
#include "models/0_life/hormones.hpp"
#include "models/1_cells/er_mitochondria_contacts.hpp"
#include "models/1_cells/mitochondria.hpp"
#include "models/2_junctions/nmj_instability.hpp"
#include "models/3_motor_units/motor_unit_loss.hpp"
#include "models/3_motor_units/recruitment.hpp"
#include "models/3_motor_units/reinnervation.hpp"
#include "models/4_fibres/atrophy.hpp"
#include "models/age_clock.hpp"
#include "models/people/pool.hpp"
#include "support/catch.hpp"

using namespace sarx::models;

TEST_CASE("the clock of ageing is 1 at 20 and grows only by its coupling", "[ageing]") {
    CHECK(ageing_multiplier(20.0, 0.0263, 1.0) == 1.0);
    CHECK(ageing_multiplier(60.0, 0.0263, 1.0) == Approx(std::exp(0.0263 * 40)).epsilon(1e-9));
    CHECK(ageing_multiplier(80.0, 0.0263, 0.0) == 1.0);
}

TEST_CASE("a quarter of maximal effort reaches rank 0.64, and the factored sigmoid is the sigmoid", "[recruitment]") {
    double const range = std::log(30.0);
    CHECK(rank_reached(0.25, 0.0, 0.85, range) == Approx(0.64).margin(0.005));
    CHECK(rank_reached(0.85, 0.0, 0.85, range) == Approx(1.0).epsilon(1e-6));
    CHECK(rank_reached(0.25, 0.5, 0.85, range) > rank_reached(0.25, 0.0, 0.85, range));
    for (double const u : {0.0, 0.3, 0.64, 1.0}) {
        double const rank = 0.64;
        CHECK(share_recruited(bout_factor(rank, 0.1, 1.0), std::exp(u / 0.1)) ==
              Approx(1.0 / (1.0 + std::exp(-(rank - u) / 0.1))).epsilon(1e-9));
        CHECK(share_recruited(bout_factor(rank, 0.1, 0.0), std::exp(u / 0.1)) == 1.0);  // electrical: all alike
    }
    // Three bouts as one fraction are the three of them, from units that all reach to units that none does.
    double const factor[] = {bout_factor(0.64, 0.1, 1.0), bout_factor(-0.98, 0.05, 1.0), bout_factor(1.2, 0.1, 1.0)};
    double const amount[] = {0.7, 0.2, 1.9};
    for (double const u : {0.0, 0.3, 0.64, 1.0}) {
        double const x = std::exp(u / 0.05);
        double sum = 0.0;
        for (int b = 0; b < 3; ++b) sum += amount[b] * share_recruited(factor[b], x);
        CHECK(numerator(together(amount, factor), x) / denominator(together(factor), x) == Approx(sum).epsilon(1e-12));
    }
    CHECK(bout_factor(-9.0, 0.05, 1.0) == Approx(1e8));  // beyond all: what follows stays finite
    CHECK(share_of_full_use(0.4) == 0.4);
    CHECK(share_of_full_use(2.6) == 1.0);
    CHECK(mechanical_stimulus(1.7, 1.0 / 1.7) == Approx(1.0));
}

TEST_CASE("daily steps of NHANES, relative to youth, within 0.06", "[habits]") {
    double const youth = 1.0;
    CHECK(activity_of_age(25.0, 82.5, 8.5) == Approx(youth).epsilon(1e-6));
    CHECK(activity_of_age(62.0, 82.5, 8.5) == Approx(0.94).margin(0.06));
    CHECK(activity_of_age(72.0, 82.5, 8.5) == Approx(0.72).margin(0.06));
    CHECK(activity_of_age(77.0, 82.5, 8.5) == Approx(0.64).margin(0.06));
    CHECK(activity_of_age(84.0, 82.5, 8.5) == Approx(0.46).margin(0.06));
}

TEST_CASE("the same load costs a weak muscle more", "[habits]") {
    CHECK(effort_of_load(0.45, 0.6) == Approx(0.75).epsilon(1e-6));
    CHECK(share_kept_up(0.9, 2.2, 0.3) > share_kept_up(1.8, 2.2, 0.3));
}

TEST_CASE("hormones of youth are those of youth, and growth hormone halves by 70", "[hormones]") {
    CHECK(testosterone_nmol_per_l(15.4, 0.016, 40.0) == Approx(15.4).epsilon(1e-9));
    CHECK(testosterone_nmol_per_l(15.4, 0.0, 80.0) == Approx(15.4).epsilon(1e-9));
    CHECK(oestrogen_ratio(48.0, 52.2, 0.2, 0.6) == Approx(1.0).epsilon(1e-2));
    CHECK(oestrogen_ratio(52.2, 52.2, 0.2, 0.6) == Approx(0.6));
    CHECK(oestrogen_ratio(70.0, 52.2, 0.2, 0.6) == Approx(0.2).epsilon(1e-4));
    CHECK(oestrogen_ratio(90.0, 200.0, 0.2, 0.6) == 1.0);
    CHECK(gh_igf1_ratio(70.0, 0.01386) == Approx(0.5).epsilon(1e-3));
}

TEST_CASE("contacts and Notch settle: the loop is stable", "[er_mitochondria_contacts]") {
    double m = 1.0;
    double n = 1.0;
    for (int i = 0; i < 2000; ++i) {
        double const m_to = contacts_target(60.0, 0.002, 1.0, 0.4, n, 0.4);
        double const n_to = notch_target(1.0, 0.5, m, 1.0, 0.1, 0.5, 0.0, 0.8);
        m += (m_to - m) * 0.1;
        n += (n_to - n) * 0.1;
    }
    CHECK(m == Approx(contacts_target(60.0, 0.002, 1.0, 0.4, n, 0.4)).epsilon(1e-9));
    CHECK(m > 0.2);
    CHECK(n < 3.0);
    CHECK(notch_target(1.0, 0.5, m, 1.0, 0.1, 0.5, 1.0, 1.0) == 0.0);
}

TEST_CASE("most of the decline of mitochondria is inactivity", "[mitochondria]") {
    double const active = mitochondria_target(1.0, 0.6, 70.0, 0.003, 1.0, 0.2);
    double const still = mitochondria_target(0.0, 0.6, 70.0, 0.003, 1.0, 0.2);
    CHECK(1.0 - active < active - still);
    CHECK(mitochondria_target_by_age(30.0, 0.0083) == Approx(std::exp(-0.083)).epsilon(1e-6));
}

TEST_CASE("junction stability relaxes to the balance of repair and erosion", "[nmj_instability]") {
    double s = 0.9;
    for (int i = 0; i < 240; ++i) s = stability_after(s, 1.0 / 12, 0.25 / 12);
    CHECK(s == Approx(0.8).epsilon(1e-6));
    CHECK(stability_after(0.7, 0.0, 0.0) == 0.7);
    // Two half months are a month, up to the series of share_gone_fast.
    double const once = stability_after(0.9, 1.0 / 12, 0.25 / 12);
    double const twice = stability_after(stability_after(0.9, 1.0 / 24, 0.25 / 24), 1.0 / 24, 0.25 / 24);
    CHECK(twice == Approx(once).epsilon(1e-7));
    JunctionWear<double> const wear{.resting_repair = 0.04,
                                    .repair_by_use = 0.06,
                                    .erosion = 0.01,
                                    .shrinkage_coupling = 5.0,
                                    .let_go = 0.02,
                                    .let_go_by_stability = 0.02 * 0.9};
    CHECK(repair(wear, 0.0) == 0.04);
    CHECK(repair(wear, 1.0) == Approx(0.1).epsilon(1e-12));
    CHECK(erosion_of_shrunken(wear, 1.2) == 0.01);
    CHECK(erosion_of_shrunken(wear, 0.8) == Approx(0.02).epsilon(1e-6));
    CHECK(share_let_go(wear, 0.0) == Approx(1.0 - std::exp(-0.02)).epsilon(1e-4));
    CHECK(share_let_go(wear, 1.0) == Approx(1.0 - std::exp(-0.002)).epsilon(1e-5));
    CHECK(fast_instability_target(0.25, 1.0, 3.0) == 0.25);
    CHECK(blocking_fraction(0.9, 0.35, 0.08) < 0.002);
    CHECK(repair_energy(1.0, 0.5) == 1.0);
    CHECK(repair_energy(0.4, 0.5) == Approx(0.7).epsilon(1e-9));
    CHECK(repair_energy(0.4, 0.0) == 1.0);
}

TEST_CASE("withdrawal grows with the share of stability that junctions have lost", "[motor_unit_loss]") {
    auto const ratio = [](double coupling, double stability, double fast_instability) {
        UnitHazard<double> const hazard{.soma = 0.0,
                                        .withdrawal_at_rank_0 = 0.01,
                                        .withdrawal_per_rank = 0.01,
                                        .junction_at_none = 1.0 + coupling,
                                        .junction_by_stability = coupling * (1.0 - fast_instability) / 0.92,
                                        .muscle_coupling = 2.0};
        return junction_hazard_ratio(hazard, stability);
    };
    CHECK(ratio(10.0, 0.92, 0.0) == Approx(1.0).epsilon(1e-6));
    CHECK(ratio(10.0, 0.92, 0.5) == Approx(6.0).epsilon(1e-6));
    CHECK(ratio(0.0, 0.46, 0.0) == 1.0);
    CHECK(ratio(50.0, 1.0, 0.0) == 0.0);
    UnitHazard<double> const hazard{.soma = 0.001,
                                    .withdrawal_at_rank_0 = 0.01,
                                    .withdrawal_per_rank = 0.02,
                                    .junction_at_none = 1.0,
                                    .junction_by_stability = 0.0,
                                    .muscle_coupling = 2.0};
    CHECK(withdrawal_by_size(hazard, 0.5) == Approx(0.02));
    CHECK(muscle_hazard_ratio(hazard, 1.3) == 1.0);
    CHECK(muscle_hazard_ratio(hazard, 0.5) == Approx(2.0));
    CHECK(hazard_run(hazard, 0.02, 0.0) == 0.001);
    CHECK(soma_death_rate_per_year(0.006, 59.9, 60.0, 5.0) == 0.0);
    CHECK(soma_death_rate_per_year(0.006, 70.0, 60.0, 5.0) == 0.006);
}

TEST_CASE("capture and loss compete exactly, whatever the step", "[reinnervation]") {
    // A pool with a constant inflow, in one step and in many.
    double const k = 6.7;
    double const inflow_per_year = 120.0;
    double pool = 50.0;
    double left_once = pool + inflow_per_year * 0.5 - fibres_leaving(pool, inflow_per_year * 0.5, k, 0.5);
    double left_many = pool;
    for (int i = 0; i < 50; ++i) {
        double const inflow = inflow_per_year * 0.01;
        left_many += inflow - fibres_leaving(left_many, inflow, k, 0.01);
    }
    CHECK(left_many == Approx(left_once).epsilon(1e-6));
    double const exact = 50.0 * std::exp(-k * 0.5) + inflow_per_year / k * (1 - std::exp(-k * 0.5));
    CHECK(left_once == Approx(exact).epsilon(1e-6));
    CHECK(fibres_leaving(50.0, 0.0, k, 0.0) == 0.0);
    CHECK(sprouting_weight(5.0, 0.9, 100.0, 0.0) == 0.0);
    CHECK(sprouting_weight(5.0, 0.9, 100.0, 600.0) == 0.0);
    Capture<double> const capture{.enlargement_cap = 5.0,
                                  .fibres_per_weight = 0.01,
                                  .pool_area = 0.4,
                                  .pool_type2 = 1.0,
                                  .converted = 0.25,
                                  .type1_rank_limit = 0.5};
    CHECK(fibres_captured(capture, 0.9, 100.0, 200.0) == Approx(0.01 * 0.9 * 300.0));
    CHECK(area_with_captured(capture, 1.0, 0.5) == Approx(0.7));
    CHECK(type2_with_captured(capture, 0.0, 0.2, 0.1) == Approx(0.2 * 0.75));         // towards type I
    CHECK(type2_with_captured(capture, 0.0, 0.2, 0.9) == Approx(0.2 * 0.75 + 0.25));  // towards type II
    CHECK(signalling_left(2.0, 0.3, 0.8, 0.3) < signalling_left(1.0, 0.3, 1.0, 0.3));
}

TEST_CASE("synthesis by load is 1 at habit and 0.70 without load", "[atrophy]") {
    double const gain = 0.13;
    double const half = 0.11;
    FibreTurnover<double> p{.at_habit = 1.0,
                            .unloaded = synthesis_unloaded(1.0, gain, half),
                            .per_doubling = synthesis_per_doubling(1.0, gain),
                            .per_half_stimulus = 1.0 / half,
                            .type1_growth_share = 0.4,
                            .nerve_lacks_at_most = 0.5 * 0.92,
                            .nerve_per_stability = 0.5,
                            .type1_left = 1.0,
                            .type2_loss = 0.2,
                            .breakdown = 1.1,
                            .growing = share_gone(50.0) / 1.1,
                            .shrinking = 0.0};
    CHECK(synthesis_by_load(p, 1.0) == Approx(1.0).epsilon(1e-7));
    CHECK(synthesis_by_load(p, 0.0) == Approx(0.70).margin(0.002));
    CHECK(synthesis_by_load(p, 5.0) == Approx(1.0 + gain * std::log((1 + 5 / half) / (1 + 1 / half))).epsilon(1e-7));
    CHECK(growth_by_type(p, 1.3, 1.0) == 1.3);                                    // type II shows all of it
    CHECK(growth_by_type(p, 1.3, 0.0) == Approx(1.0 + 0.4 * 0.3).epsilon(1e-6));  // type I a share
    CHECK(growth_by_type(p, 0.8, 0.0) == 0.8);                                    // and less load is less for both
    CHECK(synthesis_by_nerve(p, 0.92) == Approx(1.0));
    CHECK(synthesis_by_nerve(p, 0.42) == Approx(0.75));
    CHECK(synthesis_by_age(p, 1.0) == Approx(0.8));
    double const youth = synthesis_by_body(1.0, 0.1, 1.0, 0.005, 1.0, 0.02, 1.0, 0.2, 1.0, 0.03);
    CHECK(youth == Approx(1.0).epsilon(1e-9));
    CHECK(area_after(p, 0.8, 1.1) == Approx(1.0).epsilon(1e-6));  // grown to synthesis over breakdown
    CHECK(area_after(p, 1.2, 1.1) == 1.2);                        // shrinking stands still
    CHECK(shrinking_rate_ratio(0.5, 0.0) == 0.5);
    CHECK(shrinking_rate_ratio(0.5, 1.0) == 1.0);
}

TEST_CASE("protein acts through anabolic resistance and has a plateau", "[atrophy]") {
    CHECK(enough_protein_g_per_kg_day(22.0, 0.96, 1.6) == Approx(0.96));
    CHECK(enough_protein_g_per_kg_day(71.0, 0.96, 1.6) == Approx(1.6));
    CHECK(synthesis_by_protein(0.3, 1.15, 0.96, 1.15, 0.96) == 1.0);
    auto const gain = [](double from, double to, double enough) {
        return synthesis_by_protein(0.3, to, enough, 1.15, 0.96) - synthesis_by_protein(0.3, from, enough, 1.15, 0.96);
    };
    CHECK(gain(0.8, 1.2, 1.6) > 1.5 * gain(0.8, 1.2, 0.96));  // the same food helps the old more
    CHECK(gain(0.8, 1.2, 1.6) > 1.5 * gain(1.2, 1.6, 1.6));   // and those with little most
    CHECK(gain(1.6, 2.4, 1.6) < 0.03);                        // beyond enough, next to nothing
}

TEST_CASE("turnover slows by the same share each year and is that of youth at 20", "[atrophy]") {
    CHECK(turnover_pace(20.0, 0.0035) == 1.0);
    CHECK(turnover_pace(80.0, 0.0) == 1.0);
    CHECK(turnover_pace(30.0, 0.0035) == Approx(std::exp(-0.035)).epsilon(1e-9));
    CHECK(turnover_pace(70.0, 0.0035) / turnover_pace(60.0, 0.0035) == Approx(std::exp(-0.035)).epsilon(1e-9));
}

TEST_CASE("innervation numbers are exponential over the pool", "[people]") {
    CHECK(relative_innervation_number(0.0, 50.0) == Approx(1.0));
    CHECK(relative_innervation_number(1.0, 50.0) == Approx(50.0));
    CHECK(relative_innervation_number(0.5, 50.0) == Approx(std::sqrt(50.0)));
    CHECK(recruitment_rank(0, 100) == Approx(0.005));
}
