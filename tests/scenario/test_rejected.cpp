// Every file of rejected/ begins with the messages it must bring, each as "# expect: line:column: path: ...".

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "sim/scenario/scenario_reader.hpp"
#include "support/catch.hpp"
#include "support/toy_model.hpp"

using namespace sarx;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> expected_messages(fs::path const& file) {
    constexpr std::string_view sign = "# expect: ";
    std::vector<std::string> messages;
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line) && line.starts_with(sign);)
        messages.push_back(line.substr(sign.size()));
    return messages;
}

/// What is said about a file, without its name in front.
std::vector<std::string> messages_about(fs::path const& file) {
    auto const model = toy::make_model();
    Problems problems;
    auto const plan = read_plan(file, *model, {}, problems);
    if (plan) return {"accepted"};
    std::vector<std::string> messages;
    std::istringstream lines(problems.text());
    for (std::string line; std::getline(lines, line);) {
        std::string const prefix = file.string() + ":";
        line = line.starts_with(prefix) ? line.substr(prefix.size()) : line;
        messages.push_back(line.starts_with(' ') ? line.substr(1) : line);
    }
    return messages;
}

}  // namespace

TEST_CASE("every rejected scenario brings exactly its messages", "[rejected]") {
    std::vector<fs::path> files;
    for (auto const& entry : fs::directory_iterator(fs::path(SARX_TESTS_FOLDER) / "scenario" / "rejected"))
        if (entry.path().extension() == ".yaml") files.push_back(entry.path());
    std::ranges::sort(files);
    REQUIRE(files.size() >= 30);
    for (auto const& file : files) {
        INFO(file.filename().string());
        auto const expected = expected_messages(file);
        CHECK_FALSE(expected.empty());
        CHECK(messages_about(file) == expected);
    }
}
