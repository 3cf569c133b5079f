#pragma once
// Real people from a CSV file, a row each: id, sex, age_years, the survey's design and what Model::given() names.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/contract/model.hpp"
#include "sim/contract/parameter.hpp"
#include "sim/contract/random.hpp"
#include "sim/text/problems.hpp"

namespace sarx {

/// A real person from a file; what is not given is drawn.
struct GivenPerson {
    std::string id;
    PersonKey key = 0;  ///< hash of the id
    Sex sex = Sex::female;
    double age_years = 0.0;
    double weight = 1.0;
    std::string stratum;                       ///< of the survey's design; empty where the file does not say
    std::string sampling_unit;                 ///< within its stratum; likewise
    std::vector<std::optional<double>> given;  ///< by Model::given()
};

/// What a file says of its people.
struct GivenPeople {
    std::vector<GivenPerson> given;  ///< empty: everyone is drawn
    bool weighted = false;
    bool has_strata = false;
    bool has_sampling_units = false;
    std::string given_path;                  ///< of the file, in ScenarioOrigin::tables
    std::vector<std::string> given_ignored;  ///< columns of the file that mean nothing to sarx
};

/// What a scenario says of the columns of a file of people.
struct PeopleColumns {
    std::vector<std::pair<std::string, std::string>> named{};  ///< our column, the file's name for it
    std::vector<std::string> ignored{};                        ///< the file's columns that are not to be used
};

/// Whether a column of ours says how a survey was drawn beside its weights: read only where a scenario names it.
bool is_of_design(std::string_view ours);
/// Names a scenario may give columns of: id, sex, age_years, the design, and what the model can be given.
std::vector<std::string> people_columns(Model const& model);

/// Reads the text of a file of people.
///
/// Columns that `columns` does not speak of are found under our name, but for the design. sex (female, male, f, m) and
/// age_years (20 to 120) are needed; id defaults to the row's number and must be unique; weight is at least 0; stratum
/// and sampling_unit are labels of at most 64 bytes; the rest lies within its GivenSpec's bounds, in its unit. An empty
/// cell is drawn. Lines that start with # are comments; quotes as in RFC 4180; a byte-order mark and CRLF are fine.
/// A person's luck is keyed by the 64-bit XXH3 of the id, so it does not depend on the row.
///
/// Everything wrong is added to `problems` with its line and column name; nothing is kept of a wrong file.
void read_people_file(std::string_view text, std::string const& path, PeopleColumns const& columns, Model const& model,
                      GivenPeople& people, Problems& problems);

}  // namespace sarx
