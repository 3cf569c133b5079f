#include "sim/scenario/scenario_reader.hpp"
#include "support/catch.hpp"
#include "support/toy_model.hpp"

using namespace sarx;

namespace {

/// A scenario whose `model` holds these lines, beside a table of draws.
std::optional<Plan> read(std::string const& model_lines, std::string const& table, std::string& said) {
    static auto const model = toy::make_model();
    Problems problems;
    std::string const text = "sarx: 1\npopulation: {people: 10, start_age: 20 years, end_age: 60 years}\nmodel:\n";
    auto plan = read_plan(ScenarioText{"folder/test.yaml", text + model_lines, {}, {{"draws.csv", table}}}, *model, {},
                          problems);
    said = problems.text();
    CHECK(plan.has_value() == problems.empty());
    return plan;
}

Plan accepted(std::string const& model_lines, std::string const& table) {
    std::string said;
    auto plan = read(model_lines, table, said);
    INFO(said);
    REQUIRE(plan);
    return *plan;
}

void refuses(std::string const& model_lines, std::string const& table, std::vector<std::string> const& parts) {
    std::string said;
    CHECK_FALSE(read(model_lines, table, said));
    INFO(said);
    for (auto const& part : parts) CHECK(said.find(part) != std::string::npos);
}

Value const& value_of(Plan const& plan, std::string const& path, std::size_t muscle = 0, Sex sex = Sex::female) {
    return plan.parameters.values.at(plan.model->parameters().id(path).index)
        .at(muscle)
        .at(static_cast<std::size_t>(sex));
}

std::string const third = "  draw: 3\n  draws_from: draws.csv\n";
std::string const table =
    "# as calibrate writes them\n"
    "model.parameters.strength.weak_below_kg,model.parameters.shrinking.rate_per_year.leg,"
    "model.parameters.people.height_cm.male\n"
    "21,0.01,\"{normal: {mean: 171, sd: 6}, between: people}\"\n"
    "22,0.02,\"{normal: {mean: 172, sd: 6}, between: people}\"\n"
    "\n"
    "23,0.0025 /month,\"{normal: {mean: 173, sd: 6}, between: people}\"\n"
    "24,0.04,\"{normal: {mean: 174, sd: 6}, between: people}\"\n";

}  // namespace

TEST_CASE("a run takes its row of a table of parameter sets", "[draws]") {
    Plan const plan = accepted(third + "  muscles: [arm, leg]\n", table);
    CHECK(value_of(plan, "strength.weak_below_kg").a == 23.0);
    CHECK_THAT(value_of(plan, "shrinking.rate_per_year", 1).a, WithinRel(0.03, 1e-12));
    CHECK(value_of(plan, "shrinking.rate_per_year", 0).a == 0.01);  // the default of another muscle
    CHECK(value_of(plan, "people.height_cm", 0, Sex::male).a == 173.0);
    CHECK(value_of(plan, "people.height_cm", 0, Sex::female).a == 165.0);
    CHECK((plan.parameters.draw.number == 3 && plan.parameters.draw.rows == 4 && plan.parameters.draw.line == 6));
    REQUIRE(plan.origin.tables.size() == 1);
    CHECK((plan.origin.tables[0].path == "draws.csv" && plan.origin.tables[0].text == table));
    REQUIRE(!plan.overrides.empty());
    CHECK((plan.overrides[0].path == "strength.weak_below_kg" && plan.overrides[0].by == "draws.csv:6"));
    CHECK(plan.digest != accepted("  draw: 4\n  draws_from: draws.csv\n  muscles: [arm, leg]\n", table).digest);
}

TEST_CASE("what the scenario says itself comes before its draw", "[draws]") {
    Plan const plan = accepted(third + "  parameters: {strength.weak_below_kg: 30}\n", table);
    CHECK(value_of(plan, "strength.weak_below_kg").a == 30.0);
    CHECK(value_of(plan, "people.height_cm", 0, Sex::male).a == 173.0);
}

TEST_CASE("every fault of a table of parameter sets is told, in all its rows", "[draws]") {
    refuses(third,
            "model.parameters.strength.weak_below_kg,model.parameters.shrinking.rate_per_year\n"
            "20,nan\n"
            "200,0.1\n"
            "21,0.2\n"
            "22\n"
            ",0.1\n"
            "2 years,0.1\n"
            "\"{normal: {mean: 20}}\",0.1\n"
            "\"{normal: [\",0.1\n",
            {"draws.csv:2:4: model.parameters.shrinking.rate_per_year: needs a number (found 'nan')",
             "draws.csv:3:1: model.parameters.strength.weak_below_kg: 200 is out of bounds (must be within 1 and 100",
             "draws.csv:5:1: 1 cells (the first row names 2 columns)",
             "draws.csv:6:1: model.parameters.strength.weak_below_kg: is empty",
             "draws.csv:7:1: model.parameters.strength.weak_below_kg: 'years' is the wrong kind of unit",
             "draws.csv:8:1: model.parameters.strength.weak_below_kg.normal: 'sd' is missing", "draws.csv:9:1: "});
    refuses(third,
            "model.parameters.strength.weak_bellow_kg,strength.weak_below_kg,model.parameters.people.height_cm,"
            "model.parameters.people.height_cm,model.parameters.people.height_cm.leg\n1,2,3,4,5\n",
            {"draws.csv:1:42: 'strength.weak_below_kg' is no path of --set", "draws.csv:1:99: ", "stands here twice"});
    refuses(third, "model.parameters.strength.weak_bellow_kg,model.parameters.people.height_cm.leg\n1,2\n",
            {"draws.csv:1:1: model.parameters.strength.weak_bellow_kg: unknown parameter",
             "Did you mean 'strength.weak_below_kg'?", "draws.csv:1:42: ", "does not differ by muscle"});
    refuses(third, "# nothing\n", {"draws.csv: holds no parameter sets"});
    refuses("  draw: 5\n  draws_from: draws.csv\n", table,
            {"test.yaml:4:9: model.draw: there is no row 5 (draws.csv has 4)"});
    refuses("  draws_from: draws.csv\n", table, {"test.yaml:4:15: model.draws_from: needs 'draw' beside it"});
    refuses("  draw: 1\n  draws_from: drawn.csv\n", table, {"model.draws_from: 'drawn.csv' cannot be read"});
    refuses("  draw: 0\n  draws_from: draws.csv\n", table, {"test.yaml:4:9: model.draw: "});
    refuses("  draw: 1\n", table, {"test.yaml:4:9: model.draw: there is nothing to draw"});
}

TEST_CASE("a draw of distributions between runs needs no table", "[draws]") {
    std::string const parameters =
        "  parameters: {strength.weak_below_kg: {uniform: {from: 20, to: 30}, between: runs}}\n";
    CHECK(accepted("  draw: 2\n" + parameters, "").parameters.draw.number == 2);
}
