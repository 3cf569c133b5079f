#include "sim/scenario/possible.hpp"

#include <string>

#include "sim/contract/model.hpp"
#include "support/catch.hpp"
#include "support/toy_model.hpp"

using namespace sarx;

namespace {

std::vector<std::string> const two = {"arm", "leg"};

Expression parsed(std::string const& text) {
    auto const model = toy::make_model();
    ExpressionProblem problem;
    bool ok = false;
    auto expression = parse_expression(text, *model, two, problem, ok);
    INFO(text << ": " << problem.what);
    REQUIRE(ok);
    return expression;
}

/// Strength from 0 to 200, a flag of weakness, both sexes, 60 to 70 years of age, at time 0.
bool possible(std::string const& text) {
    return can_hold(parsed(text), [](Operand const& o) -> Range {
        switch (o.kind) {
            case Operand::Kind::female: return {0, 1, true};
            case Operand::Kind::age_years: return {60, 70};
            case Operand::Kind::person_column:
                return o.column == toy::column("weakness") ? Range{0, 1, true} : Range{0, 200};
            case Operand::Kind::muscle_column: return {0, 100};
            default: return {};
        }
    });
}

}  // namespace

TEST_CASE("a condition that can never hold is known before anybody is looked at", "[possible]") {
    for (char const* const text : {"strength_kg > 200",
                                   "strength_kg < 0",
                                   "200 < strength_kg",
                                   "age_years == 71",
                                   "age_years < 60",
                                   "time_years > 0",
                                   "weakness == 0.5",
                                   "weakness == 2",
                                   "weakness > 0 and weakness < 1",
                                   "strength_kg < 20 and strength_kg > 25",
                                   "strength_kg < 20 and strength_kg >= 20",
                                   "strength_kg < 20 and not strength_kg <= 20",
                                   "sex == female and sex == male",
                                   "sex == female and sex != female",
                                   "not (strength_kg >= 0)",
                                   "strength_kg > 300 or weakness == 3",
                                   "(strength_kg < 20 or weakness == 1) and strength_kg > 30 and weakness == 0",
                                   "strength_kg < unit_count.arm and strength_kg > 100",
                                   "2 * strength_kg + 10 > 500",
                                   "-strength_kg > 0",
                                   "strength_kg / 2 > 101",
                                   "weakness != 0 and weakness != 1",
                                   "strength_kg != strength_kg + 0 * 5 and 1 > 2",
                                   "not (strength_kg < 150 or strength_kg > 100)"}) {
        INFO(text);
        CHECK_FALSE(possible(text));
    }
}

TEST_CASE("what somebody may be is never called impossible", "[possible]") {
    for (char const* const text :
         {"strength_kg < 20", "strength_kg > 199", "strength_kg >= 200", "strength_kg <= 0", "weakness > 0",
          "weakness < 1", "sex == female", "not sex == female", "age_years >= 70", "time_years == 0",
          "strength_kg < 20 and strength_kg > 19", "strength_kg < 20 or strength_kg > 25",
          "not (strength_kg < 20 and strength_kg > 25)", "(strength_kg < 20 or weakness == 1) and strength_kg > 30",
          "strength_kg < unit_count.arm", "strength_kg / weakness > 1000",
          "unit_count.arm > 90 and unit_count.leg < 10", "strength_kg - strength_kg == 0", "strength_kg * -1 < -150"}) {
        INFO(text);
        CHECK(possible(text));
    }
}

TEST_CASE("a condition is taken apart at the 'and' that joins the whole", "[possible]") {
    auto const model = toy::make_model();
    auto const texts = [&](std::string const& text) {
        std::string joined;
        for (auto const& term : terms_of(parsed(text), *model, two))
            joined += (joined.empty() ? "" : " | ") + term.text + (term.empty() ? " (empty)" : "");
        return joined;
    };
    CHECK(texts("strength_kg < 20") == "strength_kg < 20");
    CHECK(texts("sex == female and  strength_kg < 20\nand weakness==1") ==
          "sex == female | strength_kg < 20 | weakness==1");
    CHECK(texts("sex == female and strength_kg < 20 or weakness == 1") ==
          "sex == female and strength_kg < 20 or weakness == 1");
    CHECK(texts("sex == female and (strength_kg < 20 or weakness == 1 and age_years > 65)") ==
          "sex == female | (strength_kg < 20 or weakness == 1 and age_years > 65)");
    CHECK(texts("not (weakness == 1 and sex == male) and(age_years>65)") ==
          "not (weakness == 1 and sex == male) | (age_years>65)");
}
