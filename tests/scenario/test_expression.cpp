#include "sim/scenario/expression.hpp"

#include <array>
#include <string>
#include <utility>

#include "sim/contract/model.hpp"
#include "support/catch.hpp"
#include "support/toy_model.hpp"

using namespace sarx;

namespace {

std::vector<std::string> const two = {"arm", "leg"};

struct State {
    bool female = true;
    double age_years = 65.0;
    double strength_kg = 20.0;
    double units_leg = 12.0;
    double operator()(Operand const& o) const {
        switch (o.kind) {
            case Operand::Kind::female: return female ? 1.0 : 0.0;
            case Operand::Kind::age_years: return age_years;
            case Operand::Kind::time_years: return age_years - 20.0;
            case Operand::Kind::person_column: return o.column == toy::column("strength_kg") ? strength_kg : -1.0;
            case Operand::Kind::muscle_column: return o.muscle == 1 ? units_leg : 20.0;
            default: return o.number;
        }
    }
};

bool holds(std::string const& text, State const& state = {}) {
    auto const model = toy::make_model();
    ExpressionProblem problem;
    bool ok = false;
    auto const expression = parse_expression(text, *model, two, problem, ok);
    INFO(text << ": " << problem.what);
    REQUIRE(ok);
    return expression.holds(state);
}

ExpressionProblem refused(std::string const& text, std::vector<std::string> const& muscles = two) {
    auto const model = toy::make_model();
    ExpressionProblem problem;
    bool ok = true;
    auto const expression = parse_expression(text, *model, muscles, problem, ok);
    INFO(text.substr(0, 80));
    CHECK_FALSE(ok);
    CHECK(expression.empty());
    return problem;
}

}  // namespace

TEST_CASE("conditions mean what they say", "[expression]") {
    CHECK(holds("sex == female and age_years >= 60"));
    CHECK_FALSE(holds("sex == male"));
    CHECK(holds("male != sex"));
    CHECK(holds("strength_kg < 27"));
    CHECK(holds("unit_count.leg < 15 and unit_count.arm == 20"));
    CHECK(holds("time_years == 45"));
    CHECK(holds(""));
}

TEST_CASE("comparisons differ where both sides are equal, and where they are not", "[expression]") {
    std::pair<char const*, std::array<bool, 3>> const signs[] = {
        // 1 and 2, 2 and 2, 3 and 2
        {"<", {true, false, false}}, {"<=", {true, true, false}},  {">", {false, false, true}},
        {">=", {false, true, true}}, {"==", {false, true, false}}, {"!=", {true, false, true}}};
    for (auto const& [sign, want] : signs)
        for (int a = 1; a <= 3; ++a)
            CHECK(holds(std::to_string(a) + " " + sign + " 2") == want[static_cast<std::size_t>(a - 1)]);
}

TEST_CASE("signs bind as in arithmetic and logic", "[expression]") {
    CHECK(holds("1 + 2 * 3 == 7"));
    CHECK(holds("(1 + 2) * 3 == 9"));
    CHECK(holds("8 - 3 - 2 == 3"));
    CHECK(holds("8 / 4 / 2 == 1"));
    CHECK(holds("-2 * -3 == 6"));
    CHECK(holds("2 - -1 == 3"));
    CHECK(holds("1 < 2 or 1 > 2 and 3 > 4"));  // and binds before or
    CHECK_FALSE(holds("(1 < 2 or 1 > 2) and 3 > 4"));
    CHECK(holds("not 1 > 2"));
    CHECK_FALSE(holds("not 1 > 2 and 3 > 4"));
    CHECK(holds("not (1 > 2 and 3 > 4)"));
    CHECK(holds("1e1 == 10 and .5 == 0.5"));
    CHECK(holds("strength_kg * 9.81 > 190"));
}

TEST_CASE("a bare muscle variable is enough where the plan has one muscle", "[expression]") {
    auto const model = toy::make_model();
    ExpressionProblem problem;
    bool ok = false;
    auto const expression = parse_expression("unit_count < 15", *model, {"arm"}, problem, ok);
    REQUIRE(ok);
    CHECK(expression.program.front().operand.kind == Operand::Kind::muscle_column);
    CHECK(refused("unit_count < 15").suggestion == "unit_count.arm");
}

TEST_CASE("faults of conditions are told with their place", "[expression]") {
    struct Case {
        char const* text;
        std::size_t offset;
        char const* what;
        char const* suggestion;
    };
    Case const cases[] = {
        {"strenght_kg < 27", 0, "unknown name 'strenght_kg'", "strength_kg"},
        {"age_years > 60 and illness_rate_per_year > 1", 19, "'illness_rate_per_year' is internal", ""},
        {"unit_fibres > 1", 0, "'unit_fibres' belongs to each motor unit", ""},
        {"unit_count.foot > 1", 11, "'foot' is not among the muscles of this plan", ""},
        {"unit_count.legg > 1", 11, "unknown muscle 'legg'", "leg"},
        {"strength_kg.leg > 1", 11, "'strength_kg' belongs to the whole person, not to a muscle", "strength_kg"},
        {"sex == 1", 0, "a sex is compared with something else", ""},
        {"sex > female", 4, "a sex is not more or less than another", ""},
        {"sex", 0, "a sex stands where a condition should", ""},
        {"age_years + sex > 3", 12, "a sex stands where a number should", ""},
        {"(age_years > 60) + 1 > 1", 0, "a condition stands where a number should", ""},
        {"age_years", 0, "a number stands where a condition should", ""},
        {"age_years > 60 and strength_kg", 19, "a number stands where a condition should", ""},
        {"20 < age_years < 30", 15, "comparisons in a chain", ""},
        {"age_years > 60 years", 15, "'years' follows a number", ""},
        {"age_years > 60 )", 15, "')' without '('", ""},
        {"(age_years > 60", 15, "')' is missing", ""},
        {"age_years >", 11, "ends too early", ""},
        {"age_years = 60", 10, "'=' is not a sign of conditions", "=="},
        {"age_years > 60 && age_years < 70", 15, "'&&' is not a sign of conditions", "and"},
        {"age_years > 1e999", 12, "'1e999' is not a number", ""},
        {"age_years > > 3", 12, "'>' stands where a value should", ""},
        {"; rm", 0, "';' is not a sign of conditions", ""},
    };
    for (auto const& c : cases) {
        INFO(c.text);
        auto const problem = refused(c.text);
        CHECK(problem.what == c.what);
        CHECK(problem.offset == c.offset);
        CHECK(problem.suggestion == c.suggestion);
    }
}

TEST_CASE("depth and length of conditions are bounded", "[expression]") {
    CHECK(refused(std::string(1001, ' ')).what == "too long");
    CHECK(refused(std::string(400, '(') + "1 > 0" + std::string(400, ')')).what == "too deeply nested");
    CHECK(refused(std::string(900, '-') + "1 > 0").what == "too deeply nested");
    CHECK(holds(std::string(50, '(') + "1 > 0" + std::string(50, ')')));
    std::string sum = "1";
    for (int i = 0; i < 300; ++i) sum += "+1";
    CHECK(holds(sum + " == 301"));  // long is not deep
    std::string right = "1";
    for (int i = 0; i < 55; ++i) right = "1-(" + right + ")";
    (void)refused("1-(" + right + std::string(20, '('));
}
