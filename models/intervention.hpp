#pragma once
// What every kind of intervention or insult is written with. A kind is one description: what its dose consists of, the
// stimuli that it moves, the columns that it reads and its parameters, each a member and each once. It turns the dose of
// one person into stimuli through a view that gives what the description declares and nothing else, and knows nothing
// more: onset, ramp-up, waning, adherence, coverage and triggers belong to the engine, what a body makes of a stimulus to
// the stages.
//
//   struct Sleep : Intervention {
//       static constexpr auto name = "sleep";
//       static constexpr auto about = "Longer sleep for those who sleep too little";
//       Amount<"added_sleep_h_per_day"> added_h_per_day{this, {.unit = "h/day", .meaning = ..., .high = 6.0, ...}};
//       AddsTo<"recovery_ratio"> recovery{this};
//       Parameter<"sleep.recovery_gain_per_h"> gain_per_h{this};
//
//       void add_to(Recipient<Sleep> const& person) const {
//           person(recovery).change_by(person(added_h_per_day) * person(gain_per_h));
//       }
//   };
//   Kinds sleep_kinds() { return kinds_of<Sleep>(); }      // the last line of interventions/sleep.cpp
//
// The build finds the kinds by their files.

#include <memory>
#include <span>

#include "models/description.hpp"
#include "models/stimuli.hpp"
#include "sim/contract/intervention.hpp"

namespace sarx::models {

inline constexpr double minutes_per_hour = 60.0;

/// Base of a kind's description: what a stage's has, and the dose.
struct Intervention : Description {
    static constexpr bool insult = false;
    static constexpr bool local = false;         ///< may be limited to muscles or a side
    static constexpr bool hypothetical = false;  ///< no human evidence

    static constexpr int most_amounts = 8;
    DoseField dose[most_amounts] = {};
    int amount_count = 0;

    constexpr Intervention() { rules_overlap = true; }

    constexpr void take(DoseField const& field) {
        if (amount(field.name) < amount_count) throw "a part of the dose stands twice in a description";  // NOLINT
        dose[amount_count++] = field;
    }
    constexpr int amount(std::string_view name) const {
        int i = 0;
        while (i < amount_count && dose[i].name != name) ++i;
        return i;
    }
};

/// The same for what harms.
struct Insult : Intervention {
    static constexpr bool insult = true;
};

/// A part of the dose. The first that a description names is what ramp-up, waning and adherence scale; at 0 of it nothing
/// is given.
template <Text name>
struct Amount {
    static constexpr std::string_view of_dose = name;
    constexpr Amount(Intervention* of, DoseField field) {
        field.name = of_dose;
        of->take(field);
    }
};

/// What a kind says, at compile time.
template <class K>
inline constexpr Intervention said_of_kind = K{};

template <class K>
class TreatedMuscle;

/// The person who gets a dose, over one span of time, as kind `K` sees them.
template <class K>
class Recipient {
public:
    Recipient(Block& block, int lane, Dose const& dose, ParameterId const* parameters)
        : side_share(dose.side_share),
          years_since_start(dose.years_since_start),
          block_(&block),
          dose_(&dose),
          parameters_(parameters),
          lane_(lane) {}

    double const side_share;  ///< 0.5 where only one side is treated
    double const years_since_start;

    /// A part of the dose.
    template <Text name>
    double operator()(Amount<name>) const {
        constexpr int place = said_of_kind<K>.amount(name);
        static_assert(place < said_of_kind<K>.amount_count, "the dose of this kind has no such part");
        return dose_->amounts[place];
    }
    /// The person's value of a parameter.
    template <Text path>
    double operator()(Parameter<path> parameter) const {
        return of(parameter, 0);
    }
    /// The person's column: a stimulus where the kind adds to it, else a number.
    template <Text name, Role role>
    auto operator()(Column<name, role> column) const {
        static_assert(column.level == Level::person, "a column of a muscle: ask a treated muscle for it");
        return seen<name, role>(block_->person(column.id));
    }

    /// Calls `f` with each muscle that the dose acts on.
    template <class F>
    void each_muscle(F&& f) const {
        for (int m = 0; m < block_->muscle_count(); ++m)
            if ((dose_->muscles >> m & 1U) != 0) f(TreatedMuscle<K>(*this, m));
    }

protected:
    template <Text path>
    double of(Parameter<path>, int m) const {
        constexpr int place = said_of_kind<K>.place(path);
        static_assert(place < said_of_kind<K>.parameter_count, "the description does not declare this parameter");
        return static_cast<double>(block_->parameter(parameters_[place], m)[lane_]);
    }
    template <Text name, Role role>
    auto seen(float* row) const {
        constexpr ColumnId id = Column<name, role>::id;
        static_assert(said_of_kind<K>.has(id, role) || (role == Role::reads && said_of_kind<K>.has(id, Role::adds_to)),
                      "the description does not declare this column");
        if constexpr (role == Role::adds_to)
            return Stimulus(row[lane_]);
        else
            return static_cast<double>(row[lane_]);
    }

    Block* block_;

private:
    Dose const* dose_;
    ParameterId const* parameters_;
    int lane_;
};

/// One muscle that the dose acts on. It knows what is the person's too.
template <class K>
class TreatedMuscle : public Recipient<K> {
public:
    TreatedMuscle(Recipient<K> const& person, int m) : Recipient<K>(person), m_(m) {}

    template <Text name>
    double operator()(Amount<name> amount) const {
        return Recipient<K>::operator()(amount);
    }
    /// The muscle's value of a parameter.
    template <Text path>
    double operator()(Parameter<path> parameter) const {
        return this->of(parameter, m_);
    }
    /// The muscle's or the person's column; of a wide one the place named.
    template <Text name, Role role>
    auto operator()(Column<name, role> column, int place = 0) const {
        static_assert(column.level != Level::unit, "units belong to the stages");
        return this->template seen<name, role>(this->block_->muscle(column.id, column.level == Level::muscle ? m_ : 0) +
                                               place * lanes);
    }

private:
    int m_;
};

/// The kind of a description: its parameters found once, its doses added one person at a time.
template <class K>
class KindOf final : public InterventionKind {
public:
    explicit KindOf(ParameterTable const& table) {
        for (int i = 0; i < said_of_kind<K>.parameter_count; ++i)
            parameters_[i] = table.id(said_of_kind<K>.parameters[i]);
    }

    /// A dose of nothing, or one that reaches no muscle, changes no bit.
    void add_to(Block& block, int lane, Dose const& dose) const override {
        if (dose.amounts[0] > 0.0 && dose.muscles != 0) kind.add_to(Recipient<K>(block, lane, dose, parameters_));
    }

private:
    static constexpr K kind{};
    ParameterId parameters_[said_of_kind<K>.parameter_count + 1];
};

/// What a file of kinds hands to the model for each of them. It lives as long as the program.
struct KindCode {
    std::string_view name;
    std::string_view about;
    bool insult = false;
    bool local = false;
    bool hypothetical = false;
    Intervention const* said = nullptr;
    std::unique_ptr<InterventionKind> (*make)(ParameterTable const&) = nullptr;
};
using Kinds = std::span<KindCode const>;

template <class K>
std::unique_ptr<InterventionKind> make_kind_of(ParameterTable const& table) {
    return std::make_unique<KindOf<K>>(table);
}

template <class K>
consteval KindCode code_of_kind() {
    constexpr Intervention const& said = said_of_kind<K>;
    static_assert(said.amount_count > 0 && said.dose[0].low == 0.0, "a dose begins with an amount that can be 0");
    bool moves = false;
    for (int i = 0; i < said.column_count; ++i) {
        Role const role = said.columns[i].role;
        if (role != Role::reads && role != Role::adds_to) throw "a kind reads columns and adds to them";     // NOLINT
        if (columns[said.columns[i].column.index].level == Level::unit) throw "units belong to the stages";  // NOLINT
        moves = moves || role == Role::adds_to;
    }
    if (!moves) throw "a kind moves something";  // NOLINT
    return {.name = K::name,
            .about = K::about,
            .insult = K::insult,
            .local = K::local,
            .hypothetical = K::hypothetical,
            .said = &said,
            .make = &make_kind_of<K>};
}

/// What a file of kinds hands out, by the name of the file.
template <class... K>
Kinds kinds_of() {
    static constexpr KindCode codes[] = {code_of_kind<K>()...};
    return codes;
}

}  // namespace sarx::models
