#include "sim/scenario/parameter_file.hpp"

#include "sim/scenario/parameter_value.hpp"
#include "support/catch.hpp"

using namespace sarx;

namespace {

constexpr char muscles[] =
    "muscles:\n  arm: {about: an arm, by_default: true, decides: [strength_kg]}\n"
    "  leg: {about: a leg, by_default: false}\n";

std::string const tail = ", low: 0, high: 10, evidence: measured, source: \"Author 2005\", meaning: \"a rate\"}\n";

struct Outcome {
    bool ok = false;
    ModelData data;
    std::string told;
};

Outcome read(std::string const& text, std::string const& second = "") {
    std::vector<EmbeddedFile> files = {{"one.yaml", text}, {"muscles.yaml", muscles}};
    if (!second.empty()) files.push_back({"two.yaml", second});
    Outcome out;
    Problems problems;
    out.ok = read_model_data(files, out.data, problems);
    out.told = problems.text();
    CHECK(out.ok == problems.empty());
    return out;
}

Outcome value(std::string const& written) {
    return read("parameters:\n  g:\n    a: {value: " + written + ", unit: 1/year" + tail);
}

bool tells(Outcome const& outcome, std::string const& part) {
    INFO(outcome.told);
    CHECK(outcome.told.find(part) != std::string::npos);
    return !outcome.ok;
}

}  // namespace

TEST_CASE("a parameter is read with all that belongs to it", "[parameter_file]") {
    auto const out = read(R"(
parameters:
  nmj_instability:
    repair_rate_per_year:
      value: 1.2
      unit: 1/year
      low: 0
      high: 10
      plausible: [0.5, 3]
      evidence: assumed
      source: "assumed: between two published values"
      applies_to: "men"
      meaning: "repair of junctions"
    inner:
      deep: {value: 2, unit: "1", low: 0, high: 3, evidence: definition, source: "by definition", meaning: "two"}
tables:
  life_table:
    us: {unit: 1/year, meaning: deaths, source: NCHS, ages_years: [20, 60, 110], female: [1e-4, 0.01, 0.7], male: [2e-4, 0.02, 0.8]}
)",
                          R"(
correlations:
  - {between: [nmj_instability.repair_rate_per_year, nmj_instability.inner.deep], rho: -0.3, source: "Author 2010"}
cascades:
  nerve_first: {about: the nerve leads, parameters: {nmj_instability.repair_rate_per_year: 0.1 /month}, source: model}
)");
    INFO(out.told);
    REQUIRE(out.ok);
    auto const& table = out.data.parameters;
    REQUIRE(table.parameters.size() == 2);
    auto const& p = table.parameters[table.id("nmj_instability.repair_rate_per_year").index];
    CHECK(p.values.at("")[0].a == 1.2);
    CHECK(p.values.at("")[0] == p.values.at("")[1]);
    CHECK(p.unit == "1/year");
    CHECK((p.low == 0.0 && p.high == 10.0 && p.plausible_low == 0.5 && p.plausible_high == 3.0));
    CHECK(p.evidence == Evidence::assumed);
    CHECK(p.applies_to == "men");
    CHECK_FALSE((p.by_muscle || p.by_sex));
    CHECK(table.find("nmj_instability.inner.deep").has_value());
    CHECK(table.age_table("life_table.us").values[static_cast<std::size_t>(Sex::male)][2] == 0.8);
    CHECK(table.correlations.at(0).rho == -0.3);
    REQUIRE(out.data.cascades.size() == 1);
    CHECK(out.data.cascades[0].stages.empty());  // they follow from what stages read and write
    CHECK_THAT(out.data.cascades[0].parameters.at(0).second, WithinRel(1.2, 1e-9));
}

TEST_CASE("values differ by muscle, by sex and by both", "[parameter_file]") {
    auto const by_muscle = value("{arm: 1, leg: {normal: {mean: 2, sd: 0.5}}}");
    REQUIRE(by_muscle.ok);
    auto const& m = by_muscle.data.parameters.parameters[0];
    CHECK((m.by_muscle && !m.by_sex));
    CHECK(m.values.at("arm")[1].a == 1.0);
    CHECK(m.values.at("leg")[0].shape == Shape::normal);

    auto const by_sex = value("{female: {normal: {mean: 3, sd: 1}}, male: {normal: {mean: 4, sd: 1}}, between: runs}");
    REQUIRE(by_sex.ok);
    auto const& s = by_sex.data.parameters.parameters[0];
    CHECK((!s.by_muscle && s.by_sex));
    CHECK(s.values.at("")[static_cast<std::size_t>(Sex::male)].a == 4.0);
    CHECK(s.values.at("")[0].between == Between::runs);

    auto const by_both = value("{arm: {female: 1, male: 2}, leg: 3}");
    REQUIRE(by_both.ok);
    auto const& b = by_both.data.parameters.parameters[0];
    CHECK((b.by_muscle && b.by_sex));
    CHECK(b.values.at("arm")[static_cast<std::size_t>(Sex::male)].a == 2.0);
    CHECK(b.values.at("leg")[static_cast<std::size_t>(Sex::male)].a == 3.0);
}

TEST_CASE("every distribution is read, converted and clamped", "[parameter_file]") {
    struct Case {
        char const* written;
        Shape shape;
        double a;
        double b;
    };
    Case const cases[] = {{"{lognormal: {median: 1, sd_log: 0.8}, between: people}", Shape::lognormal, 1.0, 0.8},
                          {"{gamma: {mean: 2, shape: 3}}", Shape::gamma, 2.0, 3.0},
                          {"{uniform: {from: 1, to: 2}}", Shape::uniform, 1.0, 2.0},
                          {"{bernoulli: {probability: 0.3}}", Shape::bernoulli, 0.3, 0.0},
                          {"{normal: {mean: 0.25 /month, sd: 1}}", Shape::normal, 3.0, 1.0}};
    for (auto const& c : cases) {
        auto const out = value(c.written);
        INFO(c.written << out.told);
        REQUIRE(out.ok);
        auto const& v = out.data.parameters.parameters[0].values.at("")[0];
        CHECK(v.shape == c.shape);
        CHECK_THAT(v.a, WithinRel(c.a, 1e-9));
        CHECK(v.b == c.b);
        CHECK((v.low == 0.0 && v.high == 10.0));
    }
    auto const clamped = value("{normal: {mean: 3, sd: 1}, low: 1, high: 5}");
    REQUIRE(clamped.ok);
    CHECK(clamped.data.parameters.parameters[0].values.at("")[0].high == 5.0);
}

TEST_CASE("what is wrong with a value is told", "[parameter_file]") {
    CHECK(tells(value("11"), "one.yaml:3:16: g.a.value: 11 is out of bounds (must be within 0 and 10, in 1/year)"));
    CHECK(tells(value(".nan"), "needs a number"));
    CHECK(tells(value("3 kg"), "'kg' is the wrong kind of unit"));
    CHECK(tells(value("3 spoons"), "'spoons' is not a unit"));
    CHECK(tells(value("{arm: 1}"), "has no value for leg"));
    CHECK(tells(value("{female: 1}"), "has no value for male"));
    CHECK(tells(value("{arm: {female: 1}, leg: 2}"), "has no value for arm, male"));
    CHECK(tells(value("{armm: 1, leg: 2}"), "Did you mean 'arm'?"));
    CHECK(tells(value("{arm: 1, female: 2}"), "mixes muscles and sexes"));
    CHECK(tells(value("{lognormal: {median: 1}}"), "'sd_log' is missing"));
    CHECK(tells(value("{lognormal: {median: 0, sd_log: 1}}"), "must be above 0"));
    CHECK(tells(value("{lognormall: {median: 1, sd_log: 1}}"), "Did you mean 'lognormal'?"));
    CHECK(tells(value("{normal: {mean: 1, sd: -1}}"), "out of bounds"));
    CHECK(tells(value("{uniform: {from: 3, to: 2}}"), "lies below 'from'"));
    CHECK(tells(value("{normal: {mean: 1, sd: 1}, gamma: {mean: 1, shape: 1}}"), "two distributions at once"));
    CHECK(tells(value("{normal: {mean: 1, sd: 1}, between: peple}"), "Did you mean 'people'?"));
    CHECK(tells(value("{normal: {mean: 1, sd: 1}, low: 5, high: 2}"), "'low' lies above 'high'"));
    CHECK(tells(value("{}"), "has no value"));
    CHECK(tells(value("[1, 2]"), "needs a number"));
}

TEST_CASE("a number without unit, bounds, source or meaning is refused", "[parameter_file]") {
    auto const with = [](std::string const& fields) { return read("parameters:\n  g:\n    a: {" + fields + "}\n"); };
    auto const bare = with("value: 1");
    for (char const* key : {"unit", "low", "high", "evidence", "source", "meaning"})
        CHECK(tells(bare, "'" + std::string(key) + "' is missing"));
    std::string const rest = ", low: 0, high: 2, meaning: m";
    CHECK(tells(with("value: 1, unit: spoons, evidence: measured, source: A 2005" + rest), "'spoons' is not a unit"));
    CHECK(tells(with("value: 1, unit: \"1\", evidence: seen, source: A 2005" + rest), "'seen' is no kind of evidence"));
    CHECK(tells(with("value: 1, unit: \"1\", evidence: assumed, source: \"assumed: yes\"" + rest), "gives no reason"));
    CHECK(tells(with("value: 1, unit: \"1\", evidence: measured, source: \"assumed: it is about so\"" + rest),
                "is an assumption"));
    CHECK(tells(with("value: 1, unit: \"1\", evidence: measured, source: A 2005, plausible: [0, 3]" + rest),
                "g.a.plausible: 3 is out of bounds"));
    CHECK(tells(with("value: 1, unit: \"1\", evidence: measured, source: A 2005, plausible: [2, 1]" + rest),
                "its end lies below its start"));
    CHECK(tells(with("value: 1, unit: \"1\", evidence: measured, source: A 2005, sorce: x" + rest),
                "Did you mean 'source'?"));
    CHECK(tells(with("value: 1, unit: \"1\", evidence: measured, source: A 2005, low: 3, high: 2, meaning: m"),
                "lies below 'low'"));
}

TEST_CASE("a muscle may bring its values itself, and no value is silently another's", "[parameter_file]") {
    std::string const parameters = "parameters:\n  g:\n    a: {value: {arm: 1, leg: 3}, unit: 1/year" + tail +
                                   "    b: {value: {arm: 5, leg: 6}, unit: 1/year" + tail +
                                   "    c: {value: 7, unit: 1/year" + tail;
    auto const foot = [&](std::string const& rest) {
        return read(parameters, "muscles:\n  foot: {about: a foot, by_default: false, " + rest + "}\n");
    };
    CHECK(tells(foot("decides: []"), "g.a.value: has no value for foot"));
    auto const own = foot("source: A 2005, values: {g.a: {female: 1.5, male: 2}, g.b: 0.1 /month}");
    INFO(own.told);
    REQUIRE(own.ok);
    auto const& table = own.data.parameters;
    auto const& a = table.parameters[table.id("g.a").index].values.at("foot");
    CHECK(a[static_cast<std::size_t>(Sex::female)].a == 1.5);
    CHECK(a[static_cast<std::size_t>(Sex::male)].a == 2.0);
    CHECK_THAT(table.parameters[table.id("g.b").index].values.at("foot")[0].a, WithinRel(1.2, 1e-9));

    auto const like = foot("source: A 2005, like: leg, values: {g.a: 2}");
    INFO(like.told);
    REQUIRE(like.ok);
    CHECK(like.data.parameters.parameters[table.id("g.b").index].values.at("foot")[0].a == 6.0);
    CHECK(own.data.muscles.size() == 3);
    CHECK(own.data.muscles[0].decides == std::vector<std::string>{"strength_kg"});
    CHECK((own.data.muscles[0].by_default && !own.data.muscles[1].by_default));

    CHECK(tells(foot("source: A 2005, values: {g.a: 2}"), "has no value for g.b"));
    CHECK(tells(foot("like: leg"), "'source' is missing"));
    CHECK(tells(foot("source: A 2005, like: lag"), "Did you mean 'leg'?"));
    CHECK(tells(foot("source: A 2005, like: leg, values: {g.c: 2}"), "'g.c' does not differ by muscle"));
    CHECK(tells(foot("source: A 2005, like: leg, values: {g.a: 11}"), "out of bounds"));
    CHECK(tells(foot("source: A 2005, like: leg, values: {g.x: 1}"), "unknown parameter 'g.x'"));
    CHECK(tells(read(parameters, "muscles:\n  foot: {about: a foot, by_default: perhaps}\n"), "needs true or false"));
    CHECK(tells(read(parameters, "muscles:\n  arm: {about: another arm, by_default: true}\n"), "is defined twice"));
}

TEST_CASE("what spans files is checked over all of them", "[parameter_file]") {
    std::string const one = "parameters:\n  g:\n    a: {value: 1, unit: 1/year" + tail;
    CHECK(tells(read(one, one), "two.yaml:3:5: g.a: is defined twice"));
    CHECK(tells(read(one, "correlations:\n  - {between: [g.a, g.b], rho: 0.1, source: A 2005}\n"),
                "unknown parameter 'g.b'"));
    CHECK(tells(read(one, "cascades:\n  c: {about: x, parameters: {g.a: 11}}\n"), "out of bounds"));
    CHECK(tells(read(one, "cascades:\n  c: {about: x, stages: [s]}\n"), "unknown key 'stages'"));  // it follows
    CHECK(tells(read(one, "parametres: {}\n"), "Did you mean 'parameters'?"));
    CHECK(tells(read("tables:\n  t:\n    u: {unit: 1/year, meaning: m, source: s, ages_years: [20, 10], female: [1, "
                     "1], male: [1, 1]}\n"),
                "ages must rise"));
    CHECK(tells(read("tables:\n  t:\n    u: {unit: 1/year, meaning: m, source: s, ages_years: [20, 30], female: [0, "
                     "1], male: [1, 1]}\n"),
                "out of bounds"));
}
