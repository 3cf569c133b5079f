#pragma once
// Aligned text for people: wrapped paragraphs and tables, at most 110 columns wide.

#include <string>
#include <string_view>
#include <vector>

namespace sarx {

inline constexpr std::size_t text_width = 110;

/// Characters, not bytes: UTF-8 continuation bytes take no room.
std::size_t shown_width(std::string_view text);
/// Text broken at spaces into lines of at most `width` characters; a longer word gets a line of its own.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);
/// "label  text", the text wrapped under itself.
std::string paragraph(std::string_view label, std::string_view text, std::size_t indent);
/// Rows of cells in columns as wide as their widest cell; the last column wraps. Every row has as many
/// cells. A first column wider than `widest` breaks onto its own line.
std::string table(std::vector<std::vector<std::string>> const& rows, std::size_t indent = 2, std::size_t widest = 48);

}  // namespace sarx
