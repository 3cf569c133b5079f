#include "sim/tables/people_file.hpp"

#include <algorithm>

#include "support/catch.hpp"
#include "support/toy_model.hpp"

using namespace sarx;

namespace {

struct Outcome {
    GivenPeople population;
    std::string told;
};

Outcome read(std::string const& text, PeopleColumns const& columns = {}) {
    auto const model = toy::make_model();
    Outcome out;
    Problems problems;
    read_people_file(text, "people.csv", columns, *model, out.population, problems);
    out.told = problems.text();
    CHECK((problems.empty() != out.population.given.empty()));
    return out;
}

void tells(std::string const& text, std::string const& part, PeopleColumns const& columns = {}) {
    auto const out = read(text, columns);
    INFO(out.told);
    CHECK(out.told.find(part) != std::string::npos);
}

}  // namespace

TEST_CASE("people are read from rows, and what is not given stays open", "[people_file]") {
    auto const out = read(
        "# a comment\nid,sex,age_years,weight,height_cm,strength_kg,cycle\nx1,female,70.5,2,160,,2011\n# "
        "another\nx2,M,66,1,,41.5,2012\n",
        {.named = {{"weight", "weight"}}});
    INFO(out.told);
    REQUIRE(out.population.given.size() == 2);
    auto const& a = out.population.given[0];
    auto const& b = out.population.given[1];
    CHECK((a.id == "x1" && a.sex == Sex::female && a.age_years == 70.5 && a.weight == 2.0));
    CHECK((a.given[0] == 160.0 && !a.given[1].has_value()));
    CHECK((b.sex == Sex::male && !b.given[0].has_value() && b.given[1] == 41.5));
    CHECK(out.population.weighted);
    CHECK(out.population.given_ignored == std::vector<std::string>{"cycle"});
}

TEST_CASE("luck is keyed by the id, not by the row", "[people_file]") {
    auto const one = read("id,sex,age_years\na,f,60\nb,m,61\n");
    auto const other = read("id,sex,age_years\nb,m,61\nc,f,70\na,f,60\n");
    CHECK(one.population.given[0].key == other.population.given[2].key);
    CHECK(one.population.given[1].key == other.population.given[0].key);
    CHECK(one.population.given[0].key != one.population.given[1].key);
    CHECK_FALSE(one.population.weighted);
}

TEST_CASE("rows are the ids where there are none", "[people_file]") {
    auto const out = read("sex,age_years\nf,60\nm,61\n");
    CHECK(out.population.given[1].id == "2");
}

TEST_CASE("byte-order marks, CRLF, quotes and blank lines are fine", "[people_file]") {
    auto const out = read(
        "\xEF\xBB\xBF"
        "id,sex,\"age_years\"\r\n\r\n\"a,\"\"b\"\"\",\"female\", 60 \r\nc,m,61");
    INFO(out.told);
    REQUIRE(out.population.given.size() == 2);
    CHECK(out.population.given[0].id == "a,\"b\"");
    CHECK(out.population.given[0].age_years == 60.0);
    CHECK(out.population.given[1].sex == Sex::male);
}

TEST_CASE("columns may have the file's own names", "[people_file]") {
    auto const out = read("RIDAGEYR,sex,grip_max_kg\n60,f,22\n",
                          {.named = {{"strength_kg", "grip_max_kg"}, {"age_years", "RIDAGEYR"}}});
    INFO(out.told);
    REQUIRE(out.population.given.size() == 1);
    CHECK(out.population.given[0].given[1] == 22.0);
    CHECK(out.population.given_ignored.empty());
}

TEST_CASE("faults of people are told by line and column", "[people_file]") {
    std::string const head = "id,sex,age_years,height_cm\n";
    tells(head + "a,f,60,1.7\n", "people.csv:2:8: height_cm: 1.7 is out of bounds (must be within 100 and 230 cm)");
    tells(head + "a,f,60,tall\n", "people.csv:2:8: height_cm: 'tall' is not a number");
    tells(head + "a,f,60,nan\n", "'nan' is not a number");
    tells(head + "a,f,60,170 cm\n", "'170 cm' is not a number");
    tells(head + "a,woman,60,\n", "people.csv:2:3: sex: 'woman' is not known (female, male, f or m)");
    tells(head + "a,f,,\n", "age_years: is empty");
    tells(head + "a,f,19,\n", "age_years: 19 is out of bounds (must be within 20 and 120 years)");
    tells(head + "a,f,60,\n\na,m,61,\n", "people.csv:4:1: id: 'a' stands here twice (first in line 2)");
    tells(head + ",f,60,\n", "id: is empty");
    tells(head + "a,f,60\n", "3 cells (the first row names 4 columns)");
    tells(head + "\"a,f,60,\n", "a quote is never closed");
    tells(head, "the file holds no people");
    tells("# nothing\n", "the file holds no rows");
    tells("id,sex,age\n1,f,60\n", "no column 'age_years'");
    tells("id,sex,age\n1,f,60\n", "Did you mean 'age'?");
    tells("sex,sex,age_years\nf,f,60\n", "the column stands here twice");
    tells("sex;age_years\nf;60\n", "columns are not separated by commas");
    tells("sex,age_years\nf,60\n", "no column 'grip'", {.named = {{"strength_kg", "grip"}}});
    PeopleColumns const weighted{.named = {{"weight", "weight"}}};
    tells("sex,age_years,weight\nf,60,-1\n", "weight: -1 is out of bounds", weighted);
    tells("sex,age_years,weight\nf,60,0\n", "all weights are 0", weighted);
    tells("sex,age_years\nf,60\n", "no column 'hieght_cm' (population.ignore names it)", {.ignored = {"hieght_cm"}});
}

TEST_CASE("what a column means is said, never guessed", "[people_file]") {
    std::string const text = "sex,age_years,weight\nf,60,65\n";
    tells(text, "people.csv:1:15: a column 'weight' may be a survey weight or strength_kg");
    // No doubt where the file gives the other beside it, or where it cannot be that.
    auto const beside = read("sex,age_years,weight,strength_kg\nf,60,65,30\n");
    CHECK((beside.population.weighted && beside.population.given[0].weight == 65.0));
    auto const large = read("sex,age_years,weight\nf,60,65\nm,61,2500\n");
    CHECK((large.population.weighted && large.population.given[1].weight == 2500.0));
    auto const survey = read(text, {.named = {{"weight", "weight"}}});
    CHECK((survey.population.weighted && survey.population.given[0].weight == 65.0));
    auto const ignored = read(text, {.ignored = {"weight"}});
    CHECK((!ignored.population.weighted && ignored.population.given[0].weight == 1.0));
    CHECK(ignored.population.given_ignored == std::vector<std::string>{"weight"});
    auto const body = read(text, {.named = {{"strength_kg", "weight"}}});
    CHECK((!body.population.weighted && body.population.given[0].given[1] == 65.0));
}

TEST_CASE("a column serves once: what a scenario names or ignores is not found under our name too", "[people_file]") {
    std::string const text = "sex,age_years,height_cm\nf,60,160\n";
    auto const named = read(text, {.named = {{"strength_kg", "height_cm"}}});
    CHECK((!named.population.given[0].given[0].has_value() && named.population.given[0].given[1] == 160.0));
    auto const ignored = read(text, {.ignored = {"height_cm"}});
    CHECK_FALSE(ignored.population.given[0].given[0].has_value());
    tells(text, "no column 'sex'", {.ignored = {"sex"}});
}

TEST_CASE("strata and sampling units are read where they are named", "[people_file]") {
    std::string const text = "sex,age_years,stratum,psu\nf,60,North 1,2\nm,61,South,1\n";
    auto const unnamed = read(text);
    CHECK((!unnamed.population.has_strata && unnamed.population.given[0].stratum.empty()));
    CHECK(unnamed.population.given_ignored == std::vector<std::string>{"stratum", "psu"});
    PeopleColumns const design{.named = {{"stratum", "stratum"}, {"sampling_unit", "psu"}}};
    auto const out = read(text, design);
    CHECK((out.population.has_strata && out.population.has_sampling_units));
    CHECK(out.population.given[0].stratum == "North 1");
    CHECK(out.population.given[1].sampling_unit == "1");
    tells("sex,age_years,stratum,psu\nf,60,,2\n", "stratum: is empty", design);
    tells("sex,age_years,stratum,psu\nf,60,1," + std::string(65, 'x') + "\n", "psu: is too long", design);
}

TEST_CASE("bytes that are no text are named for what they are", "[people_file]") {
    tells("id,sex,age_years\nEv\xc3\xa9,f,60\nJos\xe9,f,70\n", "people.csv:3:4: a byte that is not UTF-8, 0xe9");
    tells(std::string("id,sex,age_years\na\0b,f,60\n", 26), "people.csv:2:2: a NUL byte");
    tells("id,sex,age_years\ra,f,60\rb,m,61\r", "people.csv:1:17: a line ends in CR alone, as on old Macs");
    std::string const ascii = "id,sex,age_years\r\na,f,60\r\n";
    std::string little, big;
    for (char const c : ascii) {
        little += {c, '\0'};
        big += {'\0', c};
    }
    for (std::string const& utf16 : {"\xff\xfe" + little, "\xfe\xff" + big, little, big})
        tells(utf16, "people.csv:1:1: is UTF-16 (save it as UTF-8)");
    tells("PK\x03\x04 and more", "is a zip archive, as a spreadsheet's own format is");
}

TEST_CASE("a file in the wrong form is told in part", "[people_file]") {
    std::string text = "sex,age_years\n";
    for (int i = 0; i < 5000; ++i) text += "x,0\n";
    auto const out = read(text);
    CHECK(std::count(out.told.begin(), out.told.end(), '\n') == 101);
}
