// Force, body composition and performance: closed forms, limits, order.

#include <cmath>

#include "models/5_function/body_composition.hpp"
#include "models/5_function/mean_of_muscles.hpp"
#include "models/5_function/metabolism.hpp"
#include "models/5_function/muscle_function.hpp"
#include "models/5_function/performance.hpp"
#include "support/catch.hpp"

using namespace sarx;
using namespace sarx::models;

TEST_CASE("a muscle of one fibre type is as strong as its area", "[function]") {
    double const size = 1000.0 * 0.8;  // fibres, shrunken to 80 %
    CHECK_THAT(fibre_area(size, 0.0, 1.2), WithinRel(800.0, 1e-12));
    CHECK_THAT(fibre_force(size, 0.0, 1.2, 1.3), WithinRel(800.0, 1e-12));
    CHECK_THAT(fibre_area(size, 1.0, 1.2), WithinRel(960.0, 1e-12));
    CHECK_THAT(fibre_force(size, 1.0, 1.2, 1.3), WithinRel(960.0 * 1.3, 1e-12));
    CHECK_THAT(type2_fibre_area(size, 0.25, 1.2), WithinRel(240.0, 1e-12));
}

TEST_CASE("youth is 1: force, speed and activation at their youth values", "[function]") {
    CHECK(voluntary_force_ratio(500.0, 500.0, 0.0, 1.0, 0.95, 0.95) == 1.0);
    CHECK_THAT(speed_ratio(0.5, 0.5, 2.5, 1.0, 0.0), WithinRel(1.0, 1e-12));
    CHECK_THAT(activation_target(45.0, 0.0, 0.95, 0.008, 70.0, 0.12), WithinRel(0.95, 1e-12));
    CHECK_THAT(activation_target(80.0, 1.0, 0.95, 0.008, 70.0, 0.12), WithinRel(0.95 * 0.92 * 0.88, 1e-12));
    CHECK(activation_target(400.0, 0.0, 0.95, 0.008, 70.0, 0.12) == 0.0);
}

TEST_CASE("a cross-section holds what force does not: youth is 1, lost fibres leave part of their room", "[function]") {
    CHECK_THAT(cross_section_ratio(1.0, 0.0, 0.06, 0.3), WithinRel(1.0, 1e-12));
    CHECK_THAT(cross_section_ratio(0.8, 0.0, 0.0, 0.3), WithinRel(0.8, 1e-12));  // shrunken, none lost
    CHECK_THAT(cross_section_ratio(0.6, 0.3, 0.06, 0.5), WithinRel(0.94 * 0.75 + 0.06, 1e-12));
    CHECK(cross_section_ratio(0.6, 0.3, 0.06, 0.5) > cross_section_ratio(0.6, 0.3, 0.06, 0.2));
    CHECK_THAT(slowing_of_age(20.0, 0.004), WithinRel(1.0, 1e-12));
    CHECK_THAT(slowing_of_age(70.0, 0.004), WithinRel(std::exp(-0.2), 1e-9));
    CHECK_THAT(slowing_of_age(70.0, 0.0), WithinRel(1.0, 1e-12));
}

TEST_CASE("losing fast fibres slows a muscle, blocking and poor calcium weaken it", "[function]") {
    CHECK(speed_ratio(0.4, 0.5, 2.5, 1.0, 0.0) < 1.0);
    CHECK(speed_ratio(0.5, 0.5, 2.5, 0.9, 0.0) < 1.0);
    CHECK(speed_ratio(0.5, 0.5, 2.5, 1.0, 0.1) > 1.0);
    CHECK_THAT(voluntary_force_ratio(500.0, 500.0, 0.1, 0.9, 0.95, 0.95), WithinRel(0.81, 1e-12));
}

TEST_CASE("force per area falls where force falls more than area, and skill adds to a trained task alone",
          "[function]") {
    CHECK_THAT(specific_force(30.0, 0.8, 0.8), WithinRel(30.0, 1e-12));
    CHECK_THAT(specific_force(30.0, 0.6, 0.8), WithinRel(22.5, 1e-12));
    CHECK(one_repetition_maximum(0.8, 0.0) == 0.8);
    CHECK_THAT(one_repetition_maximum(0.8, 0.25), WithinRel(1.0, 1e-12));
}

TEST_CASE("a mean over muscles is that of the one with all the weight, and what is said where none has any",
          "[function]") {
    CHECK(mean_of_muscles(0.0 * 5.0 + 1.0 * 0.7, 0.0 + 1.0, 1.0) == 0.7);
    CHECK_THAT(mean_of_muscles(0.25 * 1.0 + 0.75 * 0.6, 0.25 + 0.75, 1.0), WithinRel(0.7, 1e-12));
    CHECK_THAT(mean_of_muscles(2.0 * 1.0 + 6.0 * 0.6, 2.0 + 6.0, 1.0),
               WithinRel(0.7, 1e-12));  // weights need no sum of 1
    CHECK(mean_of_muscles(0.0, 0.0, 1.0) == 1.0);
}

TEST_CASE("a relaxation of no length moves no bit, and many short ones make one long one", "[function]") {
    double const x = 0.123456789;
    CHECK(approach(x, 0.9, 0.0, 0.07, 0.02) == x);
    CHECK(approach(x, 0.0, 0.0, 0.07, 0.02) == x);
    double stepped = x;
    for (int i = 0; i < 100; ++i) stepped = approach(stepped, 0.9, 0.001, 0.07, 0.02);
    CHECK_THAT(stepped, WithinRel(0.9 + (x - 0.9) * std::exp(-0.1 / 0.07), 1e-6));
    double fallen = x;
    for (int i = 0; i < 100; ++i) fallen = approach(fallen, 0.0, 0.001, 0.07, 0.02);
    CHECK_THAT(fallen, WithinRel(x * std::exp(-0.1 / 0.02), 1e-6));
}

TEST_CASE("disuse takes voluntary activation within days and it is back after weeks", "[function]") {
    double const day = 1.0 / 365.25;
    double activation = 0.95;
    double const bed = activation_target(25.0, 1.0, 0.95, 0.008, 70.0, 0.12);
    for (int d = 0; d < 14; ++d) activation = approach(activation, bed, day, 25.0 * day, 7.0 * day);
    CHECK_THAT(activation / 0.95, WithinAbs(1.0 - 0.12 * (1.0 - std::exp(-2.0)), 1e-6));
    double const lowest = activation;
    for (int d = 0; d < 14; ++d) activation = approach(activation, 0.95, day, 25.0 * day, 7.0 * day);
    CHECK(activation > lowest);
    CHECK(0.95 - activation > (0.95 - lowest) * 0.5);
}

TEST_CASE("lean mass falls less than the fibres: the passive part stays", "[function]") {
    CHECK_THAT(lean_mass_seen_kg(25.0, 1.0, 0.3), WithinRel(25.0, 1e-12));
    CHECK_THAT(lean_mass_seen_kg(25.0, 0.0, 0.3), WithinRel(7.5, 1e-12));
    CHECK_THAT(lean_mass_seen_kg(25.0, 0.7, 0.3), WithinRel(25.0 * 0.79, 1e-12));
    CHECK_THAT(axial_lean_mass_kg(26.0, 0.43), WithinRel(26.0 / 0.43 - 26.0, 1e-12));
    CHECK_THAT(total_mass_kg(18.0, 26.0, axial_lean_mass_kg(26.0, 0.4)), WithinRel(18.0 + 26.0 / 0.4, 1e-12));
    CHECK(appendicular_lean_mass_kg(20.0, -2.0) == 18.0);
    CHECK(appendicular_lean_mass_kg(1.0, -2.0) == 0.0);
    CHECK_THAT(mass_index_kg_per_m2(80.0, 200.0), WithinRel(20.0, 1e-12));
}

TEST_CASE("fat is gained until 50, kept until 70 and lost after", "[function]") {
    auto const fat = [](double age) { return fat_of_age_ratio(age, 0.01, 50.0, 0.02, 70.0); };
    CHECK(fat(20.0) == 1.0);
    CHECK_THAT(fat(50.0), WithinRel(std::exp(0.3), 1e-12));
    CHECK(fat(60.0) == fat(50.0));
    CHECK_THAT(fat(80.0), WithinRel(std::exp(0.3 - 0.2), 1e-12));
    CHECK(fat_after(1.0, 1.0, 2.0, 5.0) == 1.0);
    CHECK(fat_after(0.7, 0.8, 2.0, 0.0) == 0.7);
    CHECK_THAT(fat_after(1.0, 0.8, 2.0, 1.0), WithinRel(std::exp(-0.4), 1e-12));
    CHECK(fat_after(1.0, 0.0, 2.0, 50.0) == 0.15);
}

TEST_CASE("age adds the same fat to the lean and the fat, and a fatter youth has more lean mass", "[function]") {
    CHECK(fat_of_age_kg(12.0, 18.0, 1.0) == 12.0);
    CHECK_THAT(fat_of_age_kg(12.0, 18.0, 1.35) - 12.0, WithinRel(fat_of_age_kg(40.0, 18.0, 1.35) - 40.0, 1e-12));
    CHECK(fat_of_age_kg(2.0, 18.0, 0.1) > 0.0);
    auto const lean = [](double fat_kg) { return lean_mass_of_fatness_kg(fat_kg, 18.0, 10.4, 0.43); };
    CHECK(lean(18.0) == 0.0);
    CHECK_THAT(lean(36.0), WithinRel(0.43 * 10.4 * std::log(2.0), 1e-12));
    CHECK_THAT(lean(9.0), WithinRel(-lean(36.0), 1e-12));
}

TEST_CASE("grip ripens by its gain between 20 and 33 and not beyond", "[function]") {
    CHECK(ripening(20.0, 0.05, 33.0) == 1.0);
    CHECK_THAT(ripening(33.0, 0.05, 33.0), WithinRel(1.05, 1e-12));
    CHECK(ripening(60.0, 0.05, 33.0) == ripening(33.0, 0.05, 33.0));
    CHECK_THAT(ripening(26.5, 0.05, 33.0), WithinRel(1.0 + 0.05 * 0.75, 1e-12));
    CHECK_THAT(youth_grip_kg(48.7, 176.5, 176.5, 1.63), WithinRel(48.7, 1e-12));
    CHECK_THAT(youth_grip_kg(48.7, 190.0, 176.5, 1.63), WithinRel(48.7 * std::pow(190.0 / 176.5, 1.63), 1e-9));
}

TEST_CASE("strength is of the lean mass, power too at its speed, and counts by the mass that it moves", "[function]") {
    CHECK_THAT(strength_by_lean_mass(9.0, 25.0, 0.8), WithinRel(180.0, 1e-12));
    CHECK(strength_by_skill(0.0, 0.333) == 1.0);
    CHECK_THAT(strength_by_skill(0.3, 0.5), WithinRel(1.15, 1e-12));
    CHECK_THAT(power_per_mass(280.0, 70.0), WithinRel(4.0, 1e-12));
    CHECK_THAT(power_per_mass(280.0, 140.0), WithinRel(2.0, 1e-12));
    CHECK(power_per_mass(0.0, 70.0) > 0.0);
    CHECK_THAT(torque_per_mass(140.0, 70.0), WithinRel(2.0, 1e-12));
}

TEST_CASE("gait has a reserve: the first loss of power costs less speed than the same loss later", "[function]") {
    auto const gait = [](double power) { return gait_speed(power, 1.47, 1.2, 3.0); };
    CHECK_THAT(gait(1.2), WithinRel(0.735, 1e-9));
    double const first = gait(3.8) - gait(3.0);
    double const later = gait(1.8) - gait(1.0);
    CHECK(first > 0.0);
    CHECK(later > 4.0 * first);
}

TEST_CASE("rising takes work over power and fails without the torque", "[function]") {
    CHECK_THAT(chair_rise(4.0, 3.0, 0.8, 20.0, 0.6), WithinRel(5.8, 1e-12));
    CHECK(chair_rise(4.0, 0.59, 0.8, 20.0, 0.6) == 60.0);
    CHECK(chair_rise(4.0, 0.6, 0.8, 20.0, 0.6) < 60.0);
    CHECK(chair_rise(0.01, 3.0, 0.8, 20.0, 0.6) == 60.0);
}

TEST_CASE("SPPB: points change exactly at their borders", "[function]") {
    CHECK(sppb_chair_points(11.19) == 4.0);
    CHECK(sppb_chair_points(11.20) == 3.0);
    CHECK(sppb_chair_points(13.70) == 2.0);
    CHECK(sppb_chair_points(16.69) == 2.0);
    CHECK(sppb_chair_points(16.70) == 1.0);
    CHECK(sppb_chair_points(59.9) == 1.0);
    CHECK(sppb_chair_points(60.0) == 0.0);
    CHECK(sppb_gait_points(4.0 / 4.81) == 4.0);
    CHECK(sppb_gait_points(4.0 / 4.83) == 3.0);
    CHECK(sppb_gait_points(4.0 / 6.21) == 2.0);
    CHECK(sppb_gait_points(4.0 / 8.71) == 1.0);
    CHECK(sppb_gait_points(0.0) == 0.0);
    CHECK(sppb_balance_points(1.6, 1.6, 0.2) == 4.0);
    CHECK(sppb_balance_points(1.59, 1.6, 0.2) == 3.0);
    CHECK(sppb_balance_points(0.01, 1.6, 0.2) == 0.0);
    CHECK(sppb_gait_points(1.4) + sppb_chair_points(6.0) + sppb_balance_points(3.0, 1.6, 0.2) == 12.0);
}

TEST_CASE("insulin sensitivity is 1 in youth and falls with lean share, mitochondria and activity", "[function]") {
    auto const sensitivity = [](double lean, double mitochondria, double activity) {
        return insulin_sensitivity_target(lean, mitochondria, activity, 1.2, 0.3, 0.55);
    };
    CHECK_THAT(sensitivity(1.0, 1.0, 1.0), WithinRel(1.0, 1e-12));
    CHECK_THAT(sensitivity(1.1, 1.0, 1.0), WithinAbs(1.12, 0.01));  // HOMA -11 % for +10 % of muscle share
    CHECK(sensitivity(0.9, 1.0, 1.0) < 1.0);
    CHECK(sensitivity(1.0, 0.8, 1.0) < 1.0);
    CHECK_THAT(sensitivity(1.0, 1.0, 0.24), WithinAbs(0.58, 0.01));  // -43 % at 76 % fewer steps
    CHECK_THAT(resting_metabolism(60.0, 500.0, 22.0), WithinRel(1820.0, 1e-12));
    CHECK(lean_share_over_usual(20.0, 60.0, 20.0, 60.0) == 1.0);
    CHECK_THAT(lean_share_over_usual(20.0, 75.0, 20.0, 60.0), WithinRel(0.8, 1e-12));  // fat alone lowers it
}
