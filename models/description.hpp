#pragma once
// What a stage says of itself, once: the columns that it reads, reads of the previous step, writes or adds to, and its
// parameters. Each is a member of the stage's description; the kernel reaches state through these members alone
// (kernel.hpp), and all that is told elsewhere of a stage is taken from them: the checks of a cascade and its order,
// `sarx describe`, the table in models/README.md.
//
//   struct Mitochondria : Description {
//       static constexpr auto about = "oxidative capacity: activity first, age second";
//       Reads<"metabolic_activity_ratio"> activity{this};
//       Writes<"mitochondrial_capacity"> capacity{this};
//       Parameter<"mitochondria.adaptation_rate_per_year"> rate_per_year{this};
//       ...
//   };
//
// A name that is in no dictionary, or that stands twice, does not compile. A parameter that is in no file ends the
// program at its start, by name.

#include <cstddef>
#include <cstdint>

#include "models/columns.hpp"
#include "sim/contract/parameter.hpp"
#include "sim/contract/stage.hpp"

namespace sarx::models {

/// A text as a template's argument.
template <std::size_t size>
struct Text {
    char text[size] = {};
    consteval Text(char const (&given)[size]) {  // NOLINT: a literal stands for itself
        for (std::size_t i = 0; i < size; ++i) text[i] = given[i];
    }
    constexpr operator std::string_view() const { return {text, size - 1}; }  // NOLINT
};

/// Two texts, one behind the other: names of what comes in several alike.
template <std::size_t a, std::size_t b>
consteval Text<a + b - 1> operator+(Text<a> const& first, Text<b> const& second) {
    char both[a + b - 1] = {};
    for (std::size_t i = 0; i + 1 < a; ++i) both[i] = first.text[i];
    for (std::size_t i = 0; i < b; ++i) both[a - 1 + i] = second.text[i];
    return both;
}

/// What a stage does with a column.
enum class Role : std::uint8_t {
    reads,           ///< its value of this step, written by an earlier stage, or a trait
    reads_previous,  ///< feedback: its value of the previous step, written by a later stage
    writes,          ///< owns it: no other stage of a cascade may write it
    adds_to,         ///< a stimulus or a pool that several stages move
};

struct ColumnUse {
    ColumnId column;
    Role role = Role::reads;
};

/// Base of a stage's description: the list that its members enter.
struct Description {
    static constexpr int most = 64;
    ColumnUse columns[most] = {};
    std::string_view parameters[most] = {};
    int column_count = 0;
    int parameter_count = 0;
    bool rules_overlap = false;  ///< of interventions: two rules may name the same; who adds to a column may read it

    constexpr void use(ColumnId column, Role role) {
        for (int i = 0; i < column_count; ++i)
            if (columns[i].column == column) {
                if (!rules_overlap) throw "a column stands twice in a description";  // NOLINT
                if (role == Role::adds_to) columns[i].role = role;
                return;
            }
        columns[column_count++] = {column, role};
    }
    constexpr void use(std::string_view path) {
        if (place(path) < parameter_count) {
            if (!rules_overlap) throw "a parameter stands twice in a description";  // NOLINT
            return;
        }
        parameters[parameter_count++] = path;
    }
    constexpr bool has(ColumnId column, Role role) const {
        for (int i = 0; i < column_count; ++i)
            if (columns[i].column == column) return columns[i].role == role;
        return false;
    }
    /// Place of a parameter in the list; beyond it where it is not declared.
    constexpr int place(std::string_view path) const {
        int i = 0;
        while (i < parameter_count && parameters[i] != path) ++i;
        return i;
    }
};

/// A column in a description.
template <Text name, Role how>
struct Column {
    static constexpr ColumnId id = column(name);
    static constexpr Level level = models::columns[id.index].level;
    static constexpr Role role = how;
    static constexpr bool written = how == Role::writes || how == Role::adds_to;
    constexpr explicit(false) Column(Description* of) { of->use(id, how); }
};
template <Text name>
using Reads = Column<name, Role::reads>;
template <Text name>
using ReadsPrevious = Column<name, Role::reads_previous>;
template <Text name>
using Writes = Column<name, Role::writes>;
template <Text name>
using AddsTo = Column<name, Role::adds_to>;

/// A parameter in a description.
template <Text name>
struct Parameter {
    static constexpr std::string_view path = name;
    constexpr explicit(false) Parameter(Description* of) { of->use(path); }
};

/// What one file of a kernel hands to the model: plain data, so that no template of it is shared between instruction
/// sets. It lives as long as the program.
struct StageCode {
    char const* about = "";
    char const* replaces = "";  ///< for a variant: the stage whose place it can take
    Description const* description = nullptr;
    Stage* (*make)(ParameterTable const&) = nullptr;  ///< the caller owns it
};

}  // namespace sarx::models
