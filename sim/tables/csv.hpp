#pragma once
// Comma-separated values as people write them: quotes as in RFC 4180, lines that start with # are comments, blank
// lines are passed over; a byte-order mark and CRLF are fine.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sarx {

struct CsvCell {
    std::string text;
    int column = 1;  ///< of its first character, from 1
};

struct CsvRow {
    int line = 1;
    std::vector<CsvCell> cells;
};

/// Rows of a CSV text, comments and blank lines left out.
class Csv {
public:
    explicit Csv(std::string_view text);

    /// The next row; empty at the end. `fault` is set where a quote is never closed or followed by text.
    std::optional<CsvRow> next(std::string& fault);

private:
    bool skips();
    void quoted_cell(CsvCell& cell, std::string& fault);

    std::string_view text_;
    std::size_t at_ = 0;
    int line_ = 1;
};

}  // namespace sarx
