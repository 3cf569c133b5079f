#pragma once
// The state dictionary's vocabulary: what a column of state is, at which level it lives, and how it is
// described to the outside (HDF5 attributes, `sarx describe`, conditions in a scenario).

#include <cstdint>
#include <span>
#include <string_view>

namespace sarx {

/// Where a column lives: one value a person, a person's muscle, or a motor unit.
enum class Level : std::uint8_t { person, muscle, unit };

/// What kind of number a column holds; decides its type in the file (float32, or uint8 for flags).
enum class Kind : std::uint8_t { real, flag };

/// Which direction is an improvement; `none` where that is not a sensible question.
enum class Better : std::uint8_t { none, higher, lower };

/// How a column is reported. `trait`: constant through life, written once a person. `state`: a
/// trajectory. `standard`: a trajectory that is recorded by default. `hidden`: engine or model
/// bookkeeping, never recorded and not to be named in a condition.
enum class Report : std::uint8_t { hidden, trait, state, standard };

/// One line of the state dictionary.
struct ColumnSpec {
    std::string_view name;  ///< the same in YAML, C++, HDF5 and Python; carries its unit
    Level level = Level::person;
    std::string_view unit = "1";    ///< UDUNITS text ("s", "kg", "N m", "1")
    std::string_view meaning = {};  ///< one line, for `long_name`
    double valid_min = 0.0;         ///< smallest value that can be meant
    double valid_max = 1.0;         ///< largest value that can be meant; summaries clamp to the range
    float youth = 0.0F;             ///< value at 20, and for good where no stage in use writes the column
    Report report = Report::state;
    Better better = Better::none;
    Kind kind = Kind::real;
    std::string_view flag_meanings = {};  ///< for flags: names of 0, 1, 2, ... separated by spaces
    std::string_view source = {};         ///< DOI of the definition, where there is one
    double worthwhile_difference = 0.0;   ///< smallest that matters to a person; 0: none is known
    std::string_view worthwhile_source = {};
    std::string_view drawn_by = {};  ///< for a trait that is a parameter's value of the person: its path
    int width = 1;                   ///< values a lane (more than one only for hidden columns)
};

/// Index of a column in the model's dictionary.
struct ColumnId {
    std::uint16_t index = 0;
    friend constexpr bool operator==(ColumnId, ColumnId) = default;
};

/// Finds a column by name, at compile time: an unknown name does not compile.
consteval ColumnId column_in(std::span<ColumnSpec const> dictionary, std::string_view name) {
    for (std::size_t i = 0; i < dictionary.size(); ++i)
        if (dictionary[i].name == name) return ColumnId{static_cast<std::uint16_t>(i)};
    throw "no such column";  // NOLINT: reached only while compiling
}

}  // namespace sarx
