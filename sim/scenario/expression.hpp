#pragma once
// Conditions of a scenario: "sex == female and age_years >= 60", "grip_strength_kg < 27",
// "motor_unit_count.tibialis_anterior < 80". Text is parsed once, checked against the state dictionary,
// and run as a short postfix program over one person's state.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/contract/column.hpp"

namespace sarx {

class Model;

/// What a name in a condition refers to.
struct Operand {
    enum class Kind : std::uint8_t {
        number,
        person_column,
        muscle_column,
        age_years,
        time_years,
        female
    } kind = Kind::number;
    double number = 0.0;
    ColumnId column;
    int muscle = 0;  ///< of the plan
};

struct Instruction {
    enum class Op : std::uint8_t {
        push,
        add,
        subtract,
        multiply,
        divide,
        negate,
        less,
        less_equal,
        greater,
        greater_equal,
        equal,
        not_equal,
        and_,
        or_,
        not_
    } op = Op::push;
    Operand operand;
};

/// A checked condition; empty means "always".
struct Expression {
    std::string text;
    std::vector<Instruction> program;

    [[nodiscard]] bool empty() const { return program.empty(); }
    /// Runs the program; `value_of` turns an operand that is not a number into its value.
    template <class F>
    double evaluate(F&& value_of) const;
    template <class F>
    [[nodiscard]] bool holds(F&& value_of) const {
        return program.empty() || evaluate(value_of) != 0.0;
    }
};

/// A fault in a condition: where (0-based offset in the text), what, and what was meant.
struct ExpressionProblem {
    std::size_t offset = 0;
    std::string what;
    std::string why;
    std::string suggestion;
};

/// Parses and checks a condition. `muscles` are the plan's muscles by name. On failure `problem` is set
/// and the expression is empty. Depth and length are bounded.
Expression parse_expression(std::string_view text, Model const& model, std::vector<std::string> const& muscles,
                            ExpressionProblem& problem, bool& ok);

template <class F>
double Expression::evaluate(F&& value_of) const {
    double stack[64] = {};
    int top = 0;  // the parser bounds depth to 64
    for (auto const& i : program) {
        using Op = Instruction::Op;
        if (i.op == Op::push) {
            stack[top++] =
                i.operand.kind == Operand::Kind::number ? i.operand.number : static_cast<double>(value_of(i.operand));
            continue;
        }
        if (i.op == Op::negate) {
            stack[top - 1] = -stack[top - 1];
            continue;
        }
        if (i.op == Op::not_) {
            stack[top - 1] = stack[top - 1] == 0.0 ? 1.0 : 0.0;
            continue;
        }
        double const b = stack[--top];
        double& a = stack[top - 1];
        switch (i.op) {
            case Op::add: a += b; break;
            case Op::subtract: a -= b; break;
            case Op::multiply: a *= b; break;
            case Op::divide: a /= b; break;
            case Op::less: a = a < b; break;
            case Op::less_equal: a = a <= b; break;
            case Op::greater: a = a > b; break;
            case Op::greater_equal: a = a >= b; break;
            case Op::equal: a = a == b; break;
            case Op::not_equal: a = a != b; break;
            case Op::and_: a = (a != 0.0 && b != 0.0); break;
            case Op::or_: a = (a != 0.0 || b != 0.0); break;
            default: break;
        }
    }
    return stack[0];
}

}  // namespace sarx
