#include "sim/tables/csv.hpp"

#include <algorithm>

namespace sarx {
namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

}  // namespace

Csv::Csv(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
}

std::optional<CsvRow> Csv::next(std::string& fault) {
    while (at_ < text_.size() && skips()) {}
    if (at_ >= text_.size()) return std::nullopt;
    CsvRow row;
    row.line = line_;
    std::size_t begin = at_;
    for (;;) {
        CsvCell cell;
        cell.column = static_cast<int>(at_ - begin) + 1;
        if (at_ < text_.size() && text_[at_] == '"')
            quoted_cell(cell, fault);
        else
            while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') cell.text += text_[at_++];
        while (!cell.text.empty() && cell.text.back() == '\r' && (at_ >= text_.size() || text_[at_] == '\n'))
            cell.text.pop_back();
        cell.text = std::string(trimmed(cell.text));
        row.cells.push_back(std::move(cell));
        if (at_ >= text_.size()) break;
        if (text_[at_++] == '\n') {
            ++line_;
            break;
        }
    }
    return row;
}

/// Passes one line if it is a comment or blank.
bool Csv::skips() {
    auto const end = std::min(text_.find('\n', at_), text_.size());
    auto line = text_.substr(at_, end - at_);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (!trimmed(line).empty() && !trimmed(line).starts_with('#')) return false;
    at_ = end == text_.size() ? end : end + 1;
    ++line_;
    return true;
}

void Csv::quoted_cell(CsvCell& cell, std::string& fault) {
    ++at_;
    for (; at_ < text_.size(); ++at_) {
        if (text_[at_] == '\n') ++line_;
        if (text_[at_] != '"') {
            cell.text += text_[at_];
        } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
            cell.text += text_[at_++];
        } else {
            ++at_;
            if (at_ < text_.size() && text_[at_] == '\r') ++at_;
            if (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') {
                fault = "text follows a closing quote";
                while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') ++at_;
            }
            return;
        }
    }
    fault = "a quote is never closed";
}

}  // namespace sarx
