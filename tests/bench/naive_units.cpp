// The same unit equations as the stages', called for one object a unit and one unit after another, in double.

#include "bench/bench.hpp"
#include "models/0_life/recruitment.hpp"
#include "models/2_junctions/nmj_instability.hpp"
#include "models/3_motor_units/motor_unit_loss.hpp"
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
                    unit.stability =
                        stability_after(unit.stability, repair_by_use(2.0 * dt, 0.4, min(drive, 1.0)), 0.2 * dt);
                    double const gone = unit.fibres * share_let_go(0.01 * dt, unit.stability, 1.0);
                    unit.fibres -= gone;
                    denervated += gone;
                    unit.hazard_left -= hazard_by_size(0.005 * dt, unit.rank, 0.5) *
                                        junction_hazard_ratio(0.9, unit.stability, 1.0, 1.0);
                    if (unit.hazard_left <= 0.0) {
                        denervated += unit.fibres;
                        unit.fibres = 0.0;
                    }
                    sprouting += sprouting_weight(unit.stability, 5.0, unit.youth_fibres, unit.fibres);
                    double const made = growth_by_type(synthesis_by_load(0.13, drive, 0.11), 1.0, 0.8, unit.type2);
                    unit.area = area_after(unit.area, made, 1.0, share_gone(0.3 * dt));
                }
                double const captured = fibres_leaving(denervated, 0.0, 3.0, dt);
                denervated -= captured;
                for (auto& unit : pool_of_units) {
                    double const caught = captured *
                                          sprouting_weight(unit.stability, 5.0, unit.youth_fibres, unit.fibres) /
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
