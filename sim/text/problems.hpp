#pragma once
// Everything wrong with a scenario, collected and told at once:
//   file:line:column: path: what (why). Did you mean 'x'?

#include <string>
#include <string_view>
#include <vector>

namespace sarx {

/// A place in a text; lines and columns from 1, 0 where there is none (a --set option, a whole file).
struct Mark {
    int file = 0;  ///< index in the list of sources
    int line = 0;
    int column = 0;
};

struct Problem {
    Mark where;
    std::string path;     ///< "model.parameters.nmj_instability.repair_rate_per_year"; may be empty
    std::string what;     ///< "unknown key"
    std::string why;      ///< "not a parameter of this stage"; may be empty
    std::string suggest;  ///< nearest valid name; may be empty
};

/// Something the plan takes otherwise than it stands there, or that may not be meant; not wrong.
struct Note {
    std::string place;  ///< "trial.yaml:12:7"; empty where there is none
    std::string path;
    std::string what;
    std::string why;  ///< may be empty

    /// place: path: what (why)
    [[nodiscard]] std::string text() const;
};

class Problems {
public:
    void add(Problem problem) { list_.push_back(std::move(problem)); }
    /// What keeps bytes from being text (see plain_text.hpp).
    void add_faults_of(std::string_view bytes, int file);
    [[nodiscard]] bool empty() const { return list_.empty(); }
    [[nodiscard]] std::vector<Problem> const& list() const { return list_; }
    /// File names by Mark::file.
    std::vector<std::string> files;
    /// One line each, in order of place; at most 100, then how many more.
    [[nodiscard]] std::string text() const;
    /// "file:line:column"; empty where there is none.
    [[nodiscard]] std::string place(Mark const& where) const;

private:
    std::vector<Problem> list_;
};

/// The valid name nearest to what was written, or "" where none is near (Damerau-Levenshtein distance at
/// most a third of the length, or one contains the other).
std::string nearest(std::string_view written, std::vector<std::string> const& valid);

}  // namespace sarx
