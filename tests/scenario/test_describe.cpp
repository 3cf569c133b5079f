#include "sim/scenario/describe.hpp"

#include <sstream>

#include "sim/contract/errors.hpp"
#include "sim/scenario/key_help.hpp"
#include "sim/text/text_table.hpp"
#include "support/catch.hpp"
#include "support/toy_model.hpp"

using namespace sarx;

namespace {

bool within_width(std::string const& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (shown_width(line) > text_width) {
            UNSCOPED_INFO("too wide: " << line);
            return false;
        }
    return true;
}

bool holds(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("everything of a model is listed, and nothing internal", "[describe]") {
    auto const model = toy::make_model();
    auto const text = describe_text(*model, "");
    CHECK(within_width(text));
    for (auto const& s : model->stages()) CHECK(holds(text, std::string(s.name)));
    for (auto const& k : model->kinds()) CHECK(holds(text, std::string(k.name)));
    for (auto const& e : model->events()) CHECK(holds(text, std::string(e.name)));
    for (auto const& p : model->parameters().parameters) CHECK(holds(text, p.path));
    for (auto const& c : model->columns())
        CHECK(holds(text, "\n  " + std::string(c.name) + " ") == (c.report != Report::hidden));
    CHECK(holds(text, "from: {screen:"));
    for (auto const& placed : grammar::all_keys()) CHECK(holds(text, placed.path));
}

TEST_CASE("a name is described in full, whatever it names", "[describe]") {
    auto const model = toy::make_model();
    auto const parameter = describe_text(*model, "habits.activity_ratio");
    for (char const* part : {"lognormal: {median: 1, sd_log: 0.2}", "0.1 to 4", "assumed: a toy", "nobody"})
        CHECK(holds(parameter, part));
    CHECK(describe_text(*model, "weak_below_kg") == describe_text(*model, "strength.weak_below_kg"));
    auto const stage = describe_text(*model, "strength");
    for (char const* part :
         {"stage strength", "strength_kg, weakness", "parameters of strength", "strength.per_fibre_kg"})
        CHECK(holds(stage, part));
    auto const kind = describe_text(*model, "training");
    for (char const* part : {"intervention training", "sessions_per_week", "must be given", "0 to 14"})
        CHECK(holds(kind, part));
    CHECK(holds(describe_text(*model, "immobilisation"), "insult immobilisation"));
    CHECK(holds(describe_text(*model, "weakness"), "when weakness first reaches 1"));
    CHECK(holds(describe_text(*model, "illness"), "immobilisation"));
    CHECK(holds(describe_text(*model, "alive"), "0 = dead, 1 = alive"));
    CHECK(holds(describe_text(*model, "fast"), "strength.fall_rate_per_year = 0.6"));
    CHECK(holds(describe_text(*model, "mortality.death_rate_per_year"), "110"));
    CHECK(holds(describe_text(*model, "screen"), "trigger screen"));
    CHECK(holds(describe_text(*model, "fitness"), "model: {hold: {fitness: youth}}"));
    CHECK_FALSE(holds(describe_text(*model, "alive"), "to hold"));
    CHECK(holds(describe_text(*model, "unit_hazard_left"), "internal"));
    CHECK(holds(describe_text(*model, "training"), "moves       activity_ratio"));
    for (char const* name : {"run", "run.until", "run.until.mcse"})
        for (char const* part : {"Monte Carlo standard error wanted", "effect: grip_strength_kg"})
            CHECK(holds(describe_text(*model, name), part));
    for (char const* name : {"strength", "training", "habits.activity_ratio", "unit_count", "fall", "slow", "run"})
        CHECK(within_width(describe_text(*model, name)));
}

TEST_CASE("an unknown name suggests the nearest", "[describe]") {
    auto const model = toy::make_model();
    CHECK_THROWS_AS(describe_text(*model, "trainning"), InputError);
    CHECK_THROWS_WITH(describe_text(*model, "trainning"), "nothing is called 'trainning'. Did you mean 'training'?");
    CHECK_THROWS_AS(describe_text(*model, "alive.arm"), InputError);
}

TEST_CASE("the description for programs says the same", "[describe]") {
    auto const model = toy::make_model();
    auto const json = describe_json(*model);
    CHECK(json["parameters"].size() == model->parameters().parameters.size());
    CHECK(json["parameters"][0]["value"]["female"]["normal"]["mean"] == 165.0);
    CHECK(json["parameters"][0]["value"]["male"]["normal"]["mean"] == 178.0);
    CHECK(json["interventions"][0]["dose"][1]["default"] == 0.5);
    CHECK(json["stages"][1]["writes"][0] == "unit_fibres");
    CHECK(json["events"].size() == 4);
    for (auto const& v : json["variables"]) CHECK(v["name"] != "unit_hazard_left");
}

TEST_CASE("a key of a scenario is told with its bounds, default and example, by its path or its end", "[describe]") {
    auto const model = toy::make_model();
    auto const key = describe_text(*model, "population.start_age");
    for (char const* part : {"key population.start_age", "a time with its unit, or keys with values",
                             "20 years to 120 years", "default     20 years", "population: {start_age: {from:"})
        CHECK(holds(key, part));
    CHECK(describe_text(*model, "start_age") == key);
    CHECK(describe_text(*model, "arms.power.3.reach.coverage") == describe_text(*model, "arms.NAME.0.reach.coverage"));
    CHECK(holds(describe_text(*model, "arms.power.0.give"), "none: must be given"));
    CHECK_THROWS_WITH(describe_text(*model, "population.start_aeg"),
                      "nothing is called 'population.start_aeg'. Did you mean 'population.start_age'?");
    CHECK_THROWS_AS(describe_text(*model, "arms.power.first.give"), InputError);

    auto const json = describe_json(*model, "population.start_age");
    REQUIRE(json.size() == 1);
    REQUIRE(json["keys"].size() == 1);
    CHECK(json["keys"][0]["path"] == "population.start_age");
    CHECK(json["keys"][0]["default"] == "20 years");
    CHECK(describe_json(*model, "training")["interventions"].size() == 1);
    CHECK_THROWS_AS(describe_json(*model, "trainning"), InputError);
}

TEST_CASE("every key has a meaning, and an example in which it stands", "[describe]") {
    for (auto const& placed : grammar::all_keys()) {
        INFO(placed.path);
        CHECK_FALSE(placed.key().about.help.empty());
        if (placed.key().name == "sarx" || placed.key().name == "extends") continue;  // what every example begins with
        CHECK(holds(placed.example(), std::string(placed.key().name) + ": "));
    }
}

TEST_CASE("the reference page has a section for each mapping and a row for each key", "[describe]") {
    auto const page = grammar::reference_page(*toy::make_model());
    for (auto const& placed : grammar::all_keys()) {
        INFO(placed.path);
        CHECK(holds(page, "\n| `" + std::string(placed.key().name) + "` | "));
        if (placed.key().shown.inner) CHECK(holds(page, "\n## " + placed.path));
    }
}
