#include "sim/record/same_plan.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "sim/contract/errors.hpp"
#include "sim/identity/program.hpp"
#include "sim/record/read_back.hpp"
#include "sim/result/digest.hpp"

namespace sarx {

namespace {

std::vector<std::string> lines_of(std::string const& text) {
    std::vector<std::string> lines;
    for (std::size_t from = 0; from < text.size();) {
        std::size_t const to = std::min(text.find('\n', from), text.size());
        lines.push_back(text.substr(from, to - from));
        from = to + 1;
    }
    return lines;
}

/// The first few lines that differ between two texts, as "- old" and "+ new".
std::string differences(std::string const& before, std::string const& now) {
    auto old_lines = lines_of(before);
    auto new_lines = lines_of(now);
    constexpr std::size_t most = 4;
    auto const only_in = [](std::vector<std::string> const& a, std::vector<std::string> b) {
        std::sort(b.begin(), b.end());
        std::vector<std::string> missing;
        for (std::string const& line : a) {
            if (!std::binary_search(b.begin(), b.end(), line)) missing.push_back(line);
        }
        return missing;
    };
    std::string text;
    for (auto const& [sign, lines] : {std::pair(std::string("\n  - "), only_in(old_lines, new_lines)),
                                      std::pair(std::string("\n  + "), only_in(new_lines, old_lines))}) {
        for (std::size_t i = 0; i < std::min(most, lines.size()); ++i) text += sign + lines[i];
        if (lines.size() > most) text += sign + "... and " + std::to_string(lines.size() - most) + " more lines";
    }
    return text;
}

/// The first line in which a table differs from what it was, as "line 3 of people.csv" with both.
std::string first_difference(ScenarioSource const& before, ScenarioSource const& now) {
    auto const old_lines = lines_of(before.text);
    auto const new_lines = lines_of(now.text);
    auto const [was, is] = std::mismatch(old_lines.begin(), old_lines.end(), new_lines.begin(), new_lines.end());
    if (was == old_lines.end() && is == new_lines.end()) return "";
    std::string text = "\n  line " + std::to_string(was - old_lines.begin() + 1) + " of " + now.path;
    if (was != old_lines.end()) text += "\n  - " + *was;
    if (is != new_lines.end()) text += "\n  + " + *is;
    return text;
}

std::string table_differences(ScenarioOrigin const& before, ScenarioOrigin const& now) {
    std::string text;
    for (ScenarioSource const& table : now.tables) {
        auto const was = std::find_if(before.tables.begin(), before.tables.end(),
                                      [&](ScenarioSource const& t) { return t.path == table.path; });
        if (was != before.tables.end()) text += first_difference(*was, table);
    }
    return text;
}

}  // namespace

void require_same_plan(Plan const& plan, JournalHeader const& header, std::string const& journal) {
    if (auto const other = another_program(header.made_by); !other.empty())
        throw InputError(journal + " was begun by " + other +
                         ". Finish it with the program that began it, start again with --force, or give another file "
                         "with -o.");
    if (header.digest == plan.digest) return;
    std::string const changes =
        differences(header.resolved, plan.resolved) + table_differences(header.scenario, plan.origin);
    throw InputError(journal + " was begun with another scenario. " +
                     (changes.empty() ? "Every text is the same: the tables inside this build of sarx are others."
                                      : "What changed:" + changes) +
                     "\nUndo the change to resume, start again with --force, or give another file with -o.");
}

std::string why_not_of(Plan const& plan, std::string const& file) {
    FileOrigin const origin = RecordedFile(file).origin();
    if (auto const other = another_program(origin.made_by); !other.empty()) return "it was made by " + other;
    return origin.plan_digest == hexadecimal(plan.digest) ? "" : "it is of another scenario";
}

}  // namespace sarx
