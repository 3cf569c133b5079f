#pragma once
// How names, numbers and times are put into sentences.

#include <string>
#include <string_view>
#include <vector>

namespace sarx {

/// At most 60 bytes of a text, with dots where there was more.
std::string shortened(std::string_view text);
/// The same in single quotes.
std::string quoted(std::string_view text);
/// Joins names for a message, at most twelve: "a, b, c".
std::string listed(std::vector<std::string> const& names);
/// Shortest text that reads back as the same number.
std::string number_text(double value);
/// Three significant digits.
std::string rounded_text(double value);
/// "3 weeks", "1 month", "60 years": a time in the unit that reads best.
std::string duration_text(double years);

}  // namespace sarx
