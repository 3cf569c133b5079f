// The same unit equations as the stages', called for one object a unit and one unit after another, in double.

#include "bench/bench.hpp"
#include "models/2_junctions/nmj_instability.hpp"
#include "models/3_motor_units/motor_unit_loss.hpp"
#include "models/3_motor_units/recruitment.hpp"
#include "models/3_motor_units/reinnervation.hpp"
#include "models/4_fibres/atrophy.hpp"

namespace sarx::bench {

namespace {

struct MotorUnit {
    double rank, rank_exponential, fibres, youth_fibres, stability, area, type2, hazard_left;
};

}  // namespace

double naive_ns_per_unit_step() {
    using namespace sarx::models;
    constexpr int people = 16;
    constexpr int units = 200;
    constexpr int steps = 24;
    constexpr double dt = 1.0 / 12.0;
    constexpr double factor[] = {0.002, 0.0001, 0.00001};
    constexpr double volume[] = {1.0, 0.3, 0.1};
    JunctionWear<double> const wear{.resting_repair = 2.0 * dt * 0.4,
                                    .repair_by_use = 2.0 * dt * 0.6,
                                    .erosion = 0.2 * dt,
                                    .shrinkage_coupling = 0.0,
                                    .let_go = 0.01 * dt,
                                    .let_go_by_stability = 0.01 * dt};
    UnitHazard<double> const hazard{.soma = 0.0,
                                    .withdrawal_at_rank_0 = 0.005 * dt * 0.75,
                                    .withdrawal_per_rank = 0.005 * dt * 0.5,
                                    .junction_at_none = 2.0,
                                    .junction_by_stability = 1.0 / 0.9,
                                    .muscle_coupling = 0.0};
    FibreTurnover<double> const turnover{.at_habit = 1.0,
                                         .unloaded = synthesis_unloaded(1.0, 0.13, 0.11),
                                         .per_doubling = synthesis_per_doubling(1.0, 0.13),
                                         .per_half_stimulus = 1.0 / 0.11,
                                         .type1_growth_share = 0.8,
                                         .nerve_lacks_at_most = 0.0,
                                         .nerve_per_stability = 0.0,
                                         .type1_left = 1.0,
                                         .type2_loss = 0.0,
                                         .breakdown = 1.0,
                                         .growing = share_gone(0.3 * dt),
                                         .shrinking = share_gone(0.3 * dt)};
    double force = 0.0;
    double const s = seconds(5, [&] {
        for (int p = 0; p < people; ++p) {
            std::vector<MotorUnit> pool_of_units;
            for (int u = 0; u < units; ++u) {
                double const rank = (u + 0.5) / units;
                double const size = 100.0 * sarx::exp(4.1 * rank);
                pool_of_units.push_back(
                    {rank, sarx::exp(rank / 0.1), size, size, 0.9, 1.0, rank > 0.5 ? 1.0 : 0.0, 1.0 + rank});
            }
            double denervated = 0.0;
            for (int k = 0; k < steps; ++k) {
                double sprouting = 0.0;
                for (auto& unit : pool_of_units) {
                    double drive = 0.0;
                    for (int b = 0; b < 3; ++b) drive += volume[b] * share_recruited(factor[b], unit.rank_exponential);
                    unit.stability = stability_after(unit.stability, repair(wear, min(drive, 1.0)), wear.erosion);
                    double const gone = unit.fibres * share_let_go(wear, unit.stability);
                    unit.fibres -= gone;
                    denervated += gone;
                    unit.hazard_left -=
                        withdrawal_by_size(hazard, unit.rank) * junction_hazard_ratio(hazard, unit.stability);
                    if (unit.hazard_left <= 0.0) {
                        denervated += unit.fibres;
                        unit.fibres = 0.0;
                    }
                    sprouting += sprouting_weight(5.0, unit.stability, unit.youth_fibres, unit.fibres);
                    double const made = growth_by_type(turnover, synthesis_by_load(turnover, drive), unit.type2);
                    unit.area = area_after(
                        turnover, unit.area,
                        made * synthesis_by_nerve(turnover, unit.stability) * synthesis_by_age(turnover, unit.type2));
                }
                double const captured = fibres_leaving(denervated, 0.0, 3.0, dt);
                denervated -= captured;
                for (auto& unit : pool_of_units) {
                    double const caught = captured *
                                          sprouting_weight(5.0, unit.stability, unit.youth_fibres, unit.fibres) /
                                          max(sprouting, 1e-6);
                    double const share = caught / max(unit.fibres + caught, 1e-6);
                    unit.fibres += caught;
                    unit.area += (0.8 - unit.area) * share;
                    unit.type2 += (0.5 - unit.type2) * share;
                    force += unit.fibres * unit.area;
                }
            }
        }
    });
    // The sum is used, so that nothing above can be left out.
    return force > 0.0 ? s * 1e9 / (people * units * steps) : 0.0;
}

}  // namespace sarx::bench
