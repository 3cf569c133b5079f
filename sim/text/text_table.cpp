#include "sim/text/text_table.hpp"

#include <algorithm>

namespace sarx {

std::size_t shown_width(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    std::vector<std::string> lines(1);
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find_first_of(" \n", at), text.size());
        auto const word = text.substr(at, end - at);
        at = end + 1;
        if (word.empty()) continue;
        if (!lines.back().empty() && shown_width(lines.back()) + 1 + shown_width(word) > width) lines.emplace_back();
        if (!lines.back().empty()) lines.back() += ' ';
        lines.back() += word;
    }
    return lines;
}

std::string paragraph(std::string_view label, std::string_view text, std::size_t indent) {
    std::string out;
    std::string head(label);
    head.resize(std::max(indent, shown_width(label) + (label.empty() ? 0 : 1)) + (label.size() - shown_width(label)),
                ' ');
    std::size_t const room = text_width > indent + 20 ? text_width - indent : 20;
    bool first = true;
    for (auto const& line : wrapped(text, room)) {
        out += (first ? head : std::string(indent, ' ')) + line + "\n";
        first = false;
    }
    return out;
}

std::string table(std::vector<std::vector<std::string>> const& rows, std::size_t indent, std::size_t widest) {
    if (rows.empty()) return "";
    std::vector<std::size_t> widths(rows.front().size(), 0);
    for (auto const& row : rows)
        for (std::size_t c = 0; c < row.size(); ++c)
            if (shown_width(row[c]) <= widest) widths[c] = std::max(widths[c], shown_width(row[c]));
    std::size_t last_at = indent;
    for (std::size_t c = 0; c + 1 < widths.size(); ++c) last_at += widths[c] + 2;
    std::string out;
    for (auto const& row : rows) {
        std::string line(indent, ' ');
        std::size_t at = indent;
        for (std::size_t c = 0; c + 1 < row.size(); ++c) {
            line += row[c];
            at += widths[c] + 2;
            if (shown_width(row[c]) > widths[c]) {
                out += line + "\n";
                line = std::string(at, ' ');
            }
            while (shown_width(line) < at) line += ' ';
        }
        bool first = true;
        for (auto const& piece : wrapped(row.back(), text_width > last_at + 20 ? text_width - last_at : 20)) {
            std::string whole = (first ? line : std::string(last_at, ' ')) + piece;
            while (!whole.empty() && whole.back() == ' ') whole.pop_back();
            out += whole + "\n";
            first = false;
        }
    }
    return out;
}

}  // namespace sarx
