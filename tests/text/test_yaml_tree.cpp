#include <random>

#include "sim/text/yaml_tree.hpp"
#include "support/catch.hpp"

using namespace sarx;

namespace {

std::optional<YamlNode> parsed(std::string const& text) {
    Problems problems;
    auto node = parse_yaml(text, 0, problems);
    CHECK(problems.text().empty());
    return node;
}

std::string refused(std::string const& text) {
    Problems problems;
    problems.files = {"f"};
    CHECK_FALSE(parse_yaml(text, 0, problems));
    return problems.text();
}

std::optional<double> number(std::string const& text) { return number_of(parsed("a: " + text)->fields.at(0).second); }

}  // namespace

TEST_CASE("the tree knows where everything stands and how it was written", "[yaml]") {
    auto const root = parsed("a: 1\nb:\n  - x\n  - \"2\"\nc: {d: ~}\n");
    REQUIRE(root);
    REQUIRE(root->is_map());
    CHECK(root->find("a")->text == "1");
    CHECK(root->find("a")->mark.line == 1);
    CHECK(root->find("a")->mark.column == 4);
    auto const& list = *root->find("b");
    REQUIRE(list.is_sequence());
    CHECK(list.items.at(0).mark.line == 3);
    CHECK_FALSE(list.items.at(0).quoted);
    CHECK(list.items.at(1).quoted);
    CHECK(list.items.at(1).mark.column == 5);
    CHECK(root->find("c")->find("d")->kind == YamlNode::Kind::null);
    CHECK(root->find("nothing") == nullptr);
}

TEST_CASE("an empty text is a node without value", "[yaml]") {
    CHECK(parsed("")->kind == YamlNode::Kind::null);
    CHECK(parsed("# only a comment\n")->kind == YamlNode::Kind::null);
}

TEST_CASE("numbers are those of YAML 1.2 and never depend on the locale", "[yaml]") {
    CHECK(number("1e3") == 1000.0);
    CHECK(number("5.") == 5.0);
    CHECK(number(".5") == 0.5);
    CHECK(number("+1.5") == 1.5);
    CHECK(number("-0.25e-2") == -0.0025);
    for (char const* const text : {"0x10", ".nan", ".inf", "-.inf", "nan", "inf", "1_000", "1,5", "1e", "e1", ".",
                                   "\"5\"", "'5'", "1e999", "12 weeks", "yes"})
        CHECK_FALSE(number(text));
}

TEST_CASE("only true and false are truth values", "[yaml]") {
    CHECK(bool_of(parsed("a: true")->fields.at(0).second) == true);
    CHECK(bool_of(parsed("a: false")->fields.at(0).second) == false);
    for (char const* const text : {"yes", "no", "on", "off", "True", "\"true\"", "1"})
        CHECK_FALSE(bool_of(parsed(std::string("a: ") + text)->fields.at(0).second));
}

TEST_CASE("an alias stands for its node, with the place where it is used", "[yaml]") {
    auto const root = parsed("a: &x {b: 1}\nc: *x\n");
    CHECK(root->find("c")->find("b")->text == "1");
    CHECK(root->find("c")->mark.line == 2);
}

TEST_CASE("a doubled key is told, its first value stays, and reading goes on", "[yaml]") {
    Problems problems;
    problems.files = {"f"};
    auto const root = parse_yaml("a: 1\na: {b: 2}\nc: 3\n", 0, problems);
    CHECK(problems.text() == "f:2:1: 'a' stands here twice (each key may be given once)\n");
    REQUIRE(root);
    CHECK(root->find("a")->text == "1");
    CHECK(root->find("c")->text == "3");
}

TEST_CASE("what YAML allows and a scenario does not is refused with its place", "[yaml]") {
    CHECK(refused("a: &x {b: 1}\nc: {<<: *x}\n") ==
          "f:2:5: a merge key, << (use extends to build on another scenario)\n");
    CHECK(refused("a: !!python/object 1\n").find("a tag, tag:yaml.org,2002:python/object") != std::string::npos);
    CHECK(refused("? [a, b]\n: 1\n").find("a key that is not a plain name") != std::string::npos);
    CHECK(refused("a: 1\n---\nb: 2\n").find("a second document") != std::string::npos);
    CHECK(refused("a: [1, 2\n").find("not valid YAML") != std::string::npos);
    CHECK(refused("a: &x [*x]\n").find("it would never end") != std::string::npos);
    CHECK(refused("a: *nobody\n").find("not valid YAML") != std::string::npos);
    CHECK(refused("a: \xff\xfe\n") ==
          "f:1:4: a byte that is not UTF-8, 0xff (an older encoding, such as ISO 8859-1 or Windows-1252; save it as "
          "UTF-8)\n");
    CHECK(refused(std::string("a: 1\0b", 6)).find("f:1:5: a NUL byte") != std::string::npos);
    CHECK(refused("a: 1\rb: 2\r").find("f:1:5: a line ends in CR alone") != std::string::npos);
    CHECK(parsed("a: \xc3\xa9\xe2\x82\xac\xf0\x9f\x92\xaa\n")->find("a")->text ==
          "\xc3\xa9\xe2\x82\xac\xf0\x9f\x92\xaa");
}

TEST_CASE("aliases that explode are stopped", "[yaml]") {
    std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; ++i) {
        std::string const last = "*a" + std::to_string(i - 1);
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
        for (int k = 0; k < 10; ++k) bomb += (k == 0 ? "" : ", ") + last;
        bomb += "]\n";
    }
    CHECK(refused(bomb).find("more than 200000 values after aliases are expanded") != std::string::npos);
}

TEST_CASE("depth and size are bounded", "[yaml]") {
    CHECK(refused("a: " + std::string(100, '[') + std::string(100, ']')).find("nested more than 64 deep") !=
          std::string::npos);
    CHECK_FALSE(refused("a: " + std::string(100'000, '[')).empty());
    CHECK_FALSE(refused("a: " + std::string(100'000, '{')).empty());
    std::string dashes;
    for (int i = 0; i < 20'000; ++i) dashes += "- ";
    CHECK_FALSE(refused(dashes).empty());
    std::string steps;
    for (int i = 0; i < 3000; ++i) steps += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
    CHECK_FALSE(refused(steps).empty());
    CHECK(refused(std::string(5U << 20U, 'a')) == "f: larger than 4 MiB (a scenario is far smaller)\n");
    std::string deep = "x: &b0 [1]\n";
    for (int i = 1; i < 80; ++i)
        deep += "y" + std::to_string(i) + ": &b" + std::to_string(i) + " [*b" + std::to_string(i - 1) + "]\n";
    CHECK(refused(deep).find("nested more than 64 deep") != std::string::npos);
}

TEST_CASE("random bytes never crash the parser", "[yaml]") {
    std::mt19937 bytes(20260101);
    std::string const likely = "{}[]:,-?&*!|>'\"%@` \n\t#abc019.";
    for (int i = 0; i < 20'000; ++i) {
        std::string text;
        auto const length = bytes() % 60;
        for (unsigned k = 0; k < length; ++k)
            text += i % 2 == 0 ? static_cast<char>(bytes() % 256) : likely[bytes() % likely.size()];
        Problems problems;
        auto const node = parse_yaml(text, 0, problems);
        if (node.has_value() != problems.empty()) FAIL("text " << text << " gave neither a tree nor a problem");
    }
    SUCCEED();
}
