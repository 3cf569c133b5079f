#include "sim/text/problems.hpp"

#include <algorithm>
#include <cctype>
#include <tuple>

#include "sim/text/plain_text.hpp"

namespace sarx {
namespace {

constexpr std::size_t most_lines = 100;
constexpr std::size_t longest_name = 200;  // nearest() is quadratic in the length

/// Edits between two names: insertions, deletions, substitutions and swaps of neighbours.
std::size_t edits(std::string_view a, std::string_view b) {
    std::vector<std::size_t> two_ago(b.size() + 1), one_ago(b.size() + 1), now(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) one_ago[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t const change = one_ago[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            now[j] = std::min({one_ago[j] + 1, now[j - 1] + 1, change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = std::min(now[j], two_ago[j - 2] + 1);
        }
        std::swap(two_ago, one_ago);
        std::swap(one_ago, now);
    }
    return one_ago[b.size()];
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        if (c == '-' || c == ' ') c = '_';
    }
    return out;
}

/// Text of a scenario quoted in a message must not bring its own lines or escapes to the terminal.
std::string printable(std::string_view text) {
    std::string out;
    for (char const c : as_utf8(text)) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
    return out;
}

}  // namespace

std::string Note::text() const {
    std::string line = place.empty() ? "" : place + ": ";
    if (!path.empty()) line += path + ": ";
    line += what;
    if (!why.empty()) line += " (" + why + ")";
    return printable(line);
}

void Problems::add_faults_of(std::string_view bytes, int file) {
    for (auto const& fault : faults_of_text(bytes))
        add({{file, fault.line, fault.column}, "", fault.what, fault.why, ""});
}

std::string Problems::place(Mark const& where) const {
    std::string out;
    if (where.file >= 0 && static_cast<std::size_t>(where.file) < files.size()) out = files[where.file];
    if (where.line > 0)
        out += (out.empty() ? "" : ":") + std::to_string(where.line) + ":" + std::to_string(where.column);
    return out;
}

std::string Problems::text() const {
    auto sorted = list_;
    std::ranges::stable_sort(sorted, [](Problem const& a, Problem const& b) {
        return std::tie(a.where.file, a.where.line, a.where.column) <
               std::tie(b.where.file, b.where.line, b.where.column);
    });
    std::string out;
    for (std::size_t i = 0; i < sorted.size() && i < most_lines; ++i) {
        Problem const& p = sorted[i];
        std::string line = Note{place(p.where), p.path, p.what, p.why}.text();
        if (!p.suggest.empty()) line += ". Did you mean '" + printable(p.suggest) + "'?";
        out += line + "\n";
    }
    if (sorted.size() > most_lines) out += "and " + std::to_string(sorted.size() - most_lines) + " more\n";
    return out;
}

std::string nearest(std::string_view written, std::vector<std::string> const& valid) {
    if (written.empty() || written.size() > longest_name) return "";
    std::string const asked = lower(written);
    std::string best;
    std::size_t best_edits = std::max<std::size_t>(1, written.size() / 3) + 1;
    for (auto const& name : valid) {
        if (name.size() > longest_name) continue;
        std::size_t const d = edits(asked, lower(name));
        if (d < best_edits) {
            best = name;
            best_edits = d;
        }
    }
    if (!best.empty() || asked.size() < 3) return best;
    std::size_t shortest = longest_name + 1;
    for (auto const& name : valid) {
        std::string const candidate = lower(name);
        bool const contains = candidate.find(asked) != std::string::npos ||
                              (candidate.size() >= 3 && asked.find(candidate) != std::string::npos);
        if (contains && name.size() < shortest) {
            best = name;
            shortest = name.size();
        }
    }
    return best;
}

}  // namespace sarx
