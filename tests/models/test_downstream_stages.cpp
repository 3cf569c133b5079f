// Stages of function, outcomes and markers on a block of people, with the default numbers.

#include <stdexcept>
#include <string>
#include <vector>

#include "life_of_block.hpp"
#include "models/columns.hpp"
#include "models/people/given.hpp"
#include "sim/contract/math.hpp"
#include "support/catch.hpp"

using namespace sarx;
using namespace sarx::models;

namespace {

constexpr int muscle_count = 3;

/// The middle of a distribution.
float middle(Value const& value) {
    bool const from_to = value.shape == Shape::uniform;
    return static_cast<float>(from_to ? 0.5 * (value.a + value.b) : value.a);
}

/// Sixteen average people: even lanes women, odd lanes men; one motor unit of each fibre type per muscle.
struct Sixteen {
    Model const& model = testing::whole_model();
    BlockShape shape{model.columns(), {2, 2, 2}};
    ParameterLanes numbers;
    std::vector<float> dt_years = std::vector<float>(lanes, 1.0F / 12.0F);
    std::vector<float> age_years = std::vector<float>(lanes, 30.0F);
    Block block;

    Sixteen() : numbers(middle_of(model)), block(shape, numbers) {
        auto const specs = model.columns();
        for (std::size_t c = 0; c < specs.size(); ++c)
            for (int m = 0; m < (specs[c].level == Level::muscle ? muscle_count : 1); ++m)
                if (specs[c].level != Level::unit)
                    for (int i = 0; i < specs[c].width * lanes; ++i)
                        block.muscle(ColumnId{static_cast<std::uint16_t>(c)}, m)[i] = specs[c].youth;
        for (int lane = 0; lane < lanes; ++lane) {
            bool const woman = lane % 2 == 0;
            set("female", lane, woman ? 1.0F : 0.0F);
            set("height_cm", lane, woman ? 163.2F : 176.5F);
            set("youth_lean_mass_kg", lane, woman ? 18.0F : 26.8F);
            for (int m = 0; m < muscle_count; ++m) {
                block.muscle(column("youth_fibre_count"), m)[lane] = 1000.0F;
                block.muscle(column("motor_unit_count"), m)[lane] = 2.0F;
                block.muscle(column("youth_motor_unit_count"), m)[lane] = 2.0F;
                block.muscle(column("denervated_fibre_count"), m)[lane] = 0.0F;
                block.muscle(column("innervated_area_type1_fibres"), m)[lane] = 500.0F;
                block.muscle(column("innervated_area_type2_fibres"), m)[lane] = 500.0F;
                for (int row = 0; row < 2; ++row) {
                    int const at = row * lanes + lane;
                    block.unit(column("unit_youth_fibres"), m)[at] = 500.0F;
                    block.unit(column("unit_fibres"), m)[at] = 500.0F;
                    block.unit(column("unit_area_ratio"), m)[at] = 1.0F;
                    block.unit(column("unit_type2_share"), m)[at] = row == 0 ? 0.0F : 1.0F;
                }
            }
        }
        for (int m = 0; m < muscle_count; ++m) block.set_unit_rows(m, 2);
    }

    static ParameterLanes middle_of(Model const& model) {
        ParameterLanes all;
        all.muscle_count = muscle_count;
        auto const muscles = model.muscles();
        for (auto const& spec : model.parameters().parameters)
            for (int m = 0; m < muscle_count; ++m) {
                auto const at =
                    spec.values.find(spec.by_muscle ? std::string(muscles[static_cast<std::size_t>(m)]) : "");
                for (int lane = 0; lane < lanes; ++lane)
                    all.values.push_back(middle(at->second[lane % 2 == 0 ? 0 : 1]));
            }
        return all;
    }

    void set(std::string const& name, int lane, float value) { block.person(id(name))[lane] = value; }
    float get(std::string const& name, int lane) const { return block.person(id(name))[lane]; }
    ColumnId id(std::string const& name) const {
        auto const specs = model.columns();
        for (std::size_t c = 0; c < specs.size(); ++c)
            if (specs[c].name == name) return ColumnId{static_cast<std::uint16_t>(c)};
        throw std::runtime_error("no column " + name);
    }
    void run(std::string const& stage) {
        model.make_stage(stage, "baseline")->step(block, {dt_years.data(), age_years.data()});
    }
    void set_force(float hand, float legs, float speed) {
        for (int m = 0; m < muscle_count; ++m)
            for (int lane = 0; lane < lanes; ++lane) {
                float const ratio = m == 0 ? hand : legs;
                block.muscle(column("muscle_force_ratio"), m)[lane] = ratio;
                block.muscle(column("muscle_speed_ratio"), m)[lane] = speed;
                block.muscle(column("muscle_area_ratio"), m)[lane] = 0.5F + 0.5F * ratio;
            }
    }
};

}  // namespace

TEST_CASE("an unharmed muscle has the force, speed and area of youth", "[stages]") {
    Sixteen people;
    for (auto& age : people.age_years) age = 20.0F;
    people.run("muscle_function");
    for (int m = 0; m < muscle_count; ++m)
        for (int lane = 0; lane < lanes; ++lane) {
            CHECK_THAT(people.block.muscle(column("muscle_force_ratio"), m)[lane], WithinRel(1.0F, 1e-5F));
            CHECK_THAT(people.block.muscle(column("muscle_speed_ratio"), m)[lane], WithinRel(1.0F, 1e-5F));
            CHECK_THAT(people.block.muscle(column("muscle_area_ratio"), m)[lane], WithinRel(1.0F, 1e-5F));
        }
    CHECK_THAT(people.block.muscle(column("specific_force_N_per_cm2"), 1)[0], WithinRel(30.0F, 1e-4F));
}

TEST_CASE("a fibre without a nerve has area and no force; a lost one has neither", "[stages]") {
    Sixteen people;
    people.run("muscle_function");
    for (int lane = 0; lane < lanes; ++lane) {
        people.block.muscle(column("innervated_area_type1_fibres"), 1)[lane] = 400.0F;  // 100 of type I off
        people.block.muscle(column("denervated_fibre_count"), 1)[lane] = lane < 8 ? 100.0F : 0.0F;
        people.block.muscle(column("denervated_type2_share"), 1)[lane] = 0.0F;
        people.block.muscle(column("denervated_area_ratio"), 1)[lane] = 1.0F;
    }
    people.run("muscle_function");
    float const* const area = people.block.muscle(column("muscle_area_ratio"), 1);
    float const* const force = people.block.muscle(column("muscle_force_ratio"), 1);
    CHECK_THAT(area[0], WithinRel(1.0F, 1e-5F));
    CHECK(area[8] < 0.95F);
    CHECK(force[0] == force[8]);
    CHECK(force[0] < 0.95F);
}

TEST_CASE("with the strength that people keep, grip and gait are those of the published norms", "[stages]") {
    // Mean grip by age: NHANES 2011-2014; mean usual gait: Bohannon 2011, doi:10.1016/j.physio.2010.12.004.
    struct Norm {
        float age, hand_force, leg_force, speed, grip_woman_kg, grip_man_kg, gait_woman, gait_man;
    };
    Norm const norms[] = {{25.0F, 1.00F, 1.00F, 1.00F, 31.5F, 49.5F, 1.34F, 1.40F},
                          {45.0F, 0.98F, 0.91F, 0.89F, 31.5F, 49.3F, 1.36F, 1.43F},
                          {65.0F, 0.80F, 0.70F, 0.78F, 27.0F, 43.0F, 1.24F, 1.34F},
                          {80.0F, 0.62F, 0.48F, 0.69F, 21.3F, 34.5F, 1.04F, 1.12F}};
    for (auto const& norm : norms) {
        Sixteen people;
        for (auto& age : people.age_years) age = norm.age;
        people.set_force(norm.hand_force, norm.leg_force, norm.speed);
        people.run("body_composition");
        people.run("performance");
        INFO("at " << norm.age);
        constexpr float within = 0.08F;
        constexpr float mean_over_median = 1.015F;  // log-normal grip and height
        CHECK_THAT(people.get("grip_strength_kg", 0) * mean_over_median, WithinRel(norm.grip_woman_kg, within));
        CHECK_THAT(people.get("grip_strength_kg", 1) * mean_over_median, WithinRel(norm.grip_man_kg, within));
        CHECK_THAT(people.get("gait_speed_m_per_s", 0), WithinRel(norm.gait_woman, within));
        CHECK_THAT(people.get("gait_speed_m_per_s", 1), WithinRel(norm.gait_man, within));
    }
}

TEST_CASE("sarcopenia uses the cut-offs of the person's sex", "[stages]") {
    Sixteen people;
    for (int lane = 0; lane < lanes; ++lane) {
        people.set("grip_strength_kg", lane, 20.0F);
        people.set("alm_index_kg_per_m2", lane, 6.0F);
        people.set("chair_rise_s", lane, 10.0F);
        people.set("gait_speed_m_per_s", lane, 1.2F);
        people.set("sppb_score", lane, 12.0F);
    }
    people.run("sarcopenia");
    CHECK(people.get("sarcopenia_ewgsop2", 0) == 0.0F);
    CHECK(people.get("sarcopenia_ewgsop2", 1) == 2.0F);
    CHECK(people.get("sarcopenia_awgs2019", 0) == 0.0F);
    CHECK(people.get("sarcopenia_awgs2019", 1) == 2.0F);
}

TEST_CASE("entry at an age: frailty of survivors, and a measured mass sets the fat", "[stages]") {
    Sixteen people;
    for (auto& age : people.age_years) age = 70.0F;
    people.run("body_composition");
    auto const specs = given();
    std::vector<std::optional<double>> said(specs.size());
    for (std::size_t i = 0; i < specs.size(); ++i)
        if (specs[i].name == "mass_kg") said[i] = 95.0;
    enter(people.block, {.lane = 1, .age_years = 70.0, .cumulative_hazard = 0.4, .given = said},
          people.model.parameters());
    ParameterId const shape = people.model.parameters().id("mortality.frailty_shape");
    double const left = sarx::exp(-0.4 / static_cast<double>(people.block.parameter(shape)[1]));
    CHECK_THAT(people.get("mortality_frailty_ratio", 1), WithinRel(static_cast<float>(left), 1e-5F));
    CHECK(people.get("mortality_frailty_ratio", 3) == 1.0F);
    CHECK_THAT(people.get("body_mass_kg", 1), WithinRel(95.0F, 1e-5F));
    float const lean_at_95_kg = people.get("appendicular_lean_mass_kg", 1);
    people.run("body_composition");
    CHECK_THAT(people.get("body_mass_kg", 1), WithinRel(95.0F, 1e-4F));
    for (auto& given_mass : said)
        if (given_mass) given_mass = 70.0;
    enter(people.block, {.lane = 1, .age_years = 70.0, .cumulative_hazard = 0.4, .given = said},
          people.model.parameters());
    CHECK_THAT(people.get("body_mass_kg", 1), WithinRel(70.0F, 1e-5F));
    CHECK(people.get("appendicular_lean_mass_kg", 1) < 0.97F * lean_at_95_kg);
    // All that a file may say can be met, and stays.
    for (auto& given_mass : said)
        if (given_mass) given_mass = 350.0;
    enter(people.block, {.lane = 1, .age_years = 70.0, .cumulative_hazard = 0.4, .given = said},
          people.model.parameters());
    CHECK_THAT(people.get("body_mass_kg", 1), WithinRel(350.0F, 1e-5F));
    people.run("body_composition");
    CHECK_THAT(people.get("body_mass_kg", 1), WithinRel(350.0F, 1e-4F));
}

TEST_CASE("everything named by events, measures and files of people exists among the numbers", "[stages]") {
    auto const& model = testing::whole_model();
    for (auto const& measure : model.measures()) {
        CHECK(!(measure.cv_parameter.empty() && measure.sd_parameter.empty()));
        for (auto const path : {measure.cv_parameter, measure.sd_parameter})
            if (!path.empty()) CHECK(model.parameters().find(path).has_value());
    }
    for (auto const& column_given : model.given())
        if (!column_given.parameter.empty()) CHECK(model.parameters().find(column_given.parameter).has_value());
    for (auto const& delivery : model.standing_deliveries()) {
        CHECK(model.parameters().find(delivery.duration_median_days_parameter).has_value());
        CHECK(model.parameters().find(delivery.duration_sd_log_parameter).has_value());
        CHECK(model.parameters().find(delivery.amount_parameter).has_value());
        bool known = false;
        for (auto const& kind : model.kinds()) known |= kind.name == delivery.kind;
        CHECK(known);
    }
    CHECK_NOTHROW(model.parameters().age_table(model.life_table()));
}
