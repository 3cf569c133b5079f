#include "models/measures/blood_markers.hpp"

#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

class BloodMarkers final : public Stage {
public:
    explicit BloodMarkers(ParameterTable const& table)
        : Stage(table),
          weight_(parameter("body_composition.lean_mass_weight")),
          caf_person_(parameter("blood_markers.caf_person_ratio")),
          caf_base_(parameter("blood_markers.caf_base_pmol_per_l")),
          caf_shed_(parameter("blood_markers.caf_shed_pmol_per_l")),
          nfl_youth_(parameter("blood_markers.nfl_youth_pg_per_ml")),
          nfl_slope_(parameter("blood_markers.nfl_slope_per_year")),
          nfl_shed_(parameter("blood_markers.nfl_shed_pg_per_ml_year")),
          debris_time_(parameter("blood_markers.axon_debris_time_years")),
          clearance_(parameter("blood_markers.clearance_exponent")) {}

    void step(Block& block, Span const& span) const override {
        for_chunks(span, [&](int first) SARX_LAMBDA { step_people(block, span, first); });
    }

private:
    SARX_INLINE void step_people(Block& block, Span const& span, int first) const {
        Lane const dt = at(span.dt_years, first);
        auto const p = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id), first); };
        auto const keep = [&](ColumnId c, Lane x)
                              SARX_LAMBDA { put_where(dt > Lane(0.0F), block.person(c), first, x); };
        Lane unstable = 0.0F;
        Lane loss = 0.0F;
        Lane weights = 0.0F;
        for (int m = 0; m < block.muscle_count(); ++m) {
            Lane const w = at(block.parameter(weight_, m), first);
            Lane const count = at(block.muscle(column("motor_unit_count"), m), first);
            float* const recent_row = block.muscle(column("recent_motor_unit_count"), m);
            Lane const recent = trailing_count(at(recent_row, first), count, dt, p(debris_time_));
            put_where(dt > Lane(0.0F), recent_row, first, recent);
            Lane const youth = max(at(block.muscle(column("youth_motor_unit_count"), m), first), Lane(1.0F));
            auto const muscle = [&](ColumnId c) SARX_LAMBDA { return at(block.muscle(c, m), first); };
            unstable += w * unstable_share(muscle(column("nmj_stability")), muscle(column("innervated_fibre_count")),
                                           muscle(column("denervated_fibre_count")));
            loss += w * (recent - count) / p(debris_time_) / youth;
            weights += w;
        }
        Lane const all = max(weights, Lane(1e-6F));
        Lane const clearance =
            clearance_ratio(max(at(block.person(column("egfr_ml_per_min")), first), Lane(5.0F)), p(clearance_));
        keep(column("caf_pmol_per_l"),
             agrin_fragment(p(caf_person_), p(caf_base_), unstable / all, p(caf_shed_)) * clearance);
        keep(column("nfl_pg_per_ml"),
             neurofilament_light(p(nfl_youth_), at(span.age_years, first), p(nfl_slope_), loss / all, p(nfl_shed_)) *
                 clearance);
    }

    ParameterId weight_, caf_person_, caf_base_, caf_shed_;
    ParameterId nfl_youth_, nfl_slope_, nfl_shed_, debris_time_, clearance_;
};

}  // namespace

Stage* make_blood_markers(ParameterTable const& parameters) { return new BloodMarkers(parameters); }

}  // namespace sarx::models::SARX_ISA
