#include "sim/text/quantity.hpp"
#include "support/catch.hpp"

using namespace sarx;

TEST_CASE("a quantity splits into number and unit", "[quantity]") {
    auto const weeks = parse_quantity("12 weeks");
    REQUIRE(weeks);
    CHECK(weeks->value == 12.0);
    CHECK(weeks->unit == "weeks");
    CHECK(parse_quantity("  0.2 /year ")->unit == "/year");
    CHECK(parse_quantity("+1.5e-1kg")->value == 0.15);
    CHECK(parse_quantity("-3")->value == -3.0);
    CHECK(parse_quantity("-3")->unit.empty());
    CHECK(parse_quantity("80 %")->unit == "%");
}

TEST_CASE("what is no quantity is refused", "[quantity]") {
    for (char const* const text : {"", "weeks", "nan", "inf", "-inf weeks", "1e999 weeks", "1_000 g", "1,5 kg", "1.2.3",
                                   "3 4", "12:30", "1 -2", "."})
        CHECK_FALSE(parse_quantity(text));
}

TEST_CASE("units convert by their meaning", "[quantity]") {
    CHECK_THAT(convert(12.0, "months", "year").value(), WithinRel(1.0, 1e-12));
    CHECK_THAT(convert(12.0, "weeks", "year").value(), WithinRel(84.0 / 365.242198781, 1e-9));
    CHECK_THAT(convert(0.2, "/year", "1/year").value(), WithinRel(0.2, 1e-15));
    CHECK_THAT(convert(80.0, "%", "1").value(), WithinRel(0.8, 1e-12));
    CHECK_THAT(convert(1.2, "g/kg/day", "g/kg/day").value(), WithinRel(1.2, 1e-15));
    CHECK_THAT(convert(1.0, "mg/kg/day", "g/kg/day").value(), WithinRel(0.001, 1e-12));
    CHECK_THAT(convert(100.0, "lb", "kg").value(), WithinRel(45.359237, 1e-9));
    CHECK(convert(60.0, "years", "year") == 60.0);
}

TEST_CASE("units of another kind, unknown units and numbers in the place of units are refused", "[quantity]") {
    CHECK_FALSE(convert(1.0, "kg", "year"));
    CHECK_FALSE(convert(1.0, "fortnights_of_joy", "year"));
    CHECK_FALSE(convert(1.0, "", "year"));
    CHECK_FALSE(convert(1e300, "Eyear", "fs"));
    // UDUNITS would convert these: a reciprocal, an angle, a logarithm, a date.
    for (auto const& [from, to] : {std::pair{"/year", "year"},
                                   {"weeks", "1/week"},
                                   {"1/m", "cm"},
                                   {"l/pmol", "pmol/l"},
                                   {"degree", "1"},
                                   {"radian", "%"},
                                   {"1", "radian"},
                                   {"lg(re 1)", "1"},
                                   {"lg(re 1 mW)", "mW"},
                                   {"lg(re 1)", "lg(re 1)"},
                                   {"days since 2000-01-01", "day"}}) {
        INFO(from << " to " << to);
        CHECK_FALSE(convert(1.0, from, to));
    }
    CHECK(convert(180.0, "degree", "radian"));
    CHECK(convert(1.0, "Hz", "1/s"));
    CHECK(convert(37.0, "degC", "K"));
    CHECK(known_unit("pmol/l"));
    CHECK(known_unit("/year"));
    CHECK_FALSE(known_unit("days since 2000-01-01 @"));
    CHECK_FALSE(known_unit(std::string(1000, 'm')));
}

TEST_CASE("the kind of a unit is told", "[quantity]") {
    CHECK(wrong_kind_of_unit("/year", "year") == "needs a time that converts to year, /year is a rate");
    CHECK(wrong_kind_of_unit("weeks", "1/week") == "needs a rate that converts to 1/week, weeks is a time");
    CHECK(wrong_kind_of_unit("degree", "1") == "needs a plain number or %, degree is an angle");
    CHECK(wrong_kind_of_unit("kg", "cm") == "needs a length that converts to cm, kg is a mass");
    CHECK(wrong_kind_of_unit("lg(re 1)", "g/kg/day") ==
          "needs a rate that converts to g/kg/day, lg(re 1) is a logarithm or a date");
    CHECK(wrong_kind_of_unit("N", "kg/m2") == "needs one that converts to kg/m2");
}
