#include "sim/scenario/read_where.hpp"

#include <algorithm>

#include "sim/scenario/possible.hpp"

namespace sarx::grammar {
namespace {

/// What an operand may be in anyone who enters observation.
Range range_at_entry(Plan const& plan, Operand const& operand) {
    auto const& p = plan.population;
    switch (operand.kind) {
        case Operand::Kind::age_years: return {p.start_age_from_years, p.start_age_to_years};
        case Operand::Kind::female: {
            if (p.given.empty())
                return {p.female_fraction < 1.0 ? 0.0 : 1.0, p.female_fraction > 0.0 ? 1.0 : 0.0, true};
            bool const women = std::ranges::find(p.given, Sex::female, &GivenPerson::sex) != p.given.end();
            bool const men = std::ranges::find(p.given, Sex::male, &GivenPerson::sex) != p.given.end();
            return {men ? 0.0 : 1.0, women ? 1.0 : 0.0, true};
        }
        case Operand::Kind::person_column:
        case Operand::Kind::muscle_column: {
            auto const& column = plan.model->columns()[operand.column.index];
            return {column.valid_min, column.valid_max, column.kind == Kind::flag};
        }
        default: return {};  // the time is 0
    }
}

/// "grip_strength_kg is from 0 to 120 kg".
std::string ranges_text(Plan const& plan, Expression const& condition) {
    std::string out;
    for (auto const& operand : operands_of(condition)) {
        Range const range = range_at_entry(plan, operand);
        std::string name = "sex";
        std::string unit;
        if (operand.kind == Operand::Kind::age_years) name = "age_years";
        if (operand.kind == Operand::Kind::time_years) name = "time_years";
        if (operand.kind == Operand::Kind::person_column || operand.kind == Operand::Kind::muscle_column) {
            auto const& column = plan.model->columns()[operand.column.index];
            name = column.name;
            if (column.unit != "1") unit = " " + std::string(column.unit);
        }
        out += (out.empty() ? "" : ", ") + name;
        if (operand.kind == Operand::Kind::female)
            out += range.low < range.high ? " is female or male" : range.low > 0.0 ? " is female" : " is male";
        else if (range.low == range.high)
            out += " is " + number_text(range.low) + unit;
        else
            out += " is from " + number_text(range.low) + " to " + number_text(range.high) + unit;
    }
    return out + " at entry";
}

/// Why nobody can qualify; empty where somebody may.
std::string why_nobody(Plan const& plan) {
    auto const range_of = [&](Operand const& o) { return range_at_entry(plan, o); };
    if (can_hold(plan.population.where, range_of)) return "";
    auto const terms = terms_of(plan.population.where, *plan.model, plan.muscle_names);
    for (auto const& term : terms)
        if (!can_hold(term, range_of)) return "'" + term.text + "': " + ranges_text(plan, term);
    for (std::size_t i = 0; i < terms.size(); ++i)
        for (std::size_t k = i + 1; k < terms.size(); ++k) {
            Expression both = terms[i];
            both.program.insert(both.program.end(), terms[k].program.begin(), terms[k].program.end());
            both.program.push_back({Instruction::Op::and_, {}});
            if (!can_hold(both, range_of))
                return "'" + terms[i].text + "' and '" + terms[k].text + "' exclude each other";
        }
    return "its parts exclude each other";
}

}  // namespace

void read_where(Reading const& reading) {
    YamlNode const* const population = reading.root.find("population");
    YamlNode const* const node = population == nullptr ? nullptr : population->find("where");
    if (node == nullptr || node->kind == YamlNode::Kind::null) return;
    auto& plan = reading.plan;
    plan.population.where = read_condition(reading, *node, "population.where");
    if (plan.population.where.empty() || plan.population.people == 0) return;  // refused already
    if (auto const why = why_nobody(plan); !why.empty())
        reading.refuse(*node, "population.where", "holds of nobody", why);
}

}  // namespace sarx::grammar
