#include "models/6_outcomes/blood_markers.hpp"

#include "models/5_function/mean_of_muscles.hpp"
#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

struct BloodMarkers : Description {
    static constexpr auto about = "agrin fragment and neurofilament light chain in plasma";

    Reads<"egfr_ml_per_min"> egfr_ml_per_min{this};
    Reads<"nmj_stability"> stability{this};
    Reads<"innervated_fibre_count"> innervated{this};
    Reads<"denervated_fibre_count"> denervated{this};
    Reads<"motor_unit_count"> unit_count{this};
    Reads<"youth_motor_unit_count"> youth_unit_count{this};
    Writes<"recent_motor_unit_count"> recent_unit_count{this};
    Writes<"caf_pmol_per_l"> caf_pmol_per_l{this};
    Writes<"nfl_pg_per_ml"> nfl_pg_per_ml{this};

    Parameter<"body_composition.lean_mass_weight"> weight{this};
    Parameter<"blood_markers.caf_person_ratio"> caf_person_ratio{this};
    Parameter<"blood_markers.caf_base_pmol_per_l"> caf_base_pmol_per_l{this};
    Parameter<"blood_markers.caf_shed_pmol_per_l"> caf_shed_pmol_per_l{this};
    Parameter<"blood_markers.nfl_youth_pg_per_ml"> nfl_youth_pg_per_ml{this};
    Parameter<"blood_markers.nfl_slope_per_year"> nfl_slope_per_year{this};
    Parameter<"blood_markers.nfl_shed_pg_per_ml_year"> nfl_shed_pg_per_ml_year{this};
    Parameter<"blood_markers.axon_debris_time_years"> debris_years{this};
    Parameter<"blood_markers.clearance_exponent"> clearance_exponent{this};

    SARX_INLINE void step(People<BloodMarkers> const& now) const {
        Lane unstable_sum = 0.0F;
        Lane loss_sum = 0.0F;
        Lane weights = 0.0F;
        for (int m = 0; m < now.muscle_count(); ++m) {
            auto const muscle = now.muscle(m);
            Lane const w = muscle(weight);
            Lane const units = muscle(unit_count);
            Lane const recent = trailing_count(muscle(recent_unit_count), units, now.dt_years, now(debris_years));
            muscle.put(recent_unit_count, recent);
            unstable_sum += w * unstable_share(muscle(stability), muscle(innervated), muscle(denervated));
            loss_sum += weighted_unit_loss_per_year(w, recent, units, now(debris_years), muscle(youth_unit_count));
            weights += w;
        }
        Lane const unstable = mean_of_muscles(unstable_sum, weights, Lane(0.0F));
        Lane const loss_per_year = mean_of_muscles(loss_sum, weights, Lane(0.0F));
        Lane const clearance = clearance_ratio(now(egfr_ml_per_min), now(clearance_exponent));
        now.put(caf_pmol_per_l,
                agrin_fragment(now(caf_person_ratio), now(caf_base_pmol_per_l), unstable, now(caf_shed_pmol_per_l)) *
                    clearance);
        now.put(nfl_pg_per_ml, neurofilament_light(now(nfl_youth_pg_per_ml), now.age_years, now(nfl_slope_per_year),
                                                   loss_per_year, now(nfl_shed_pg_per_ml_year)) *
                                   clearance);
    }
};

}  // namespace

StageCode blood_markers_stage() { return code_of<BloodMarkers>(); }

}  // namespace sarx::models::SARX_ISA
