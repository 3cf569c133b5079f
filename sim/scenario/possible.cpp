#include "sim/scenario/possible.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

namespace sarx {
namespace {

using Op = Instruction::Op;
constexpr double infinite = std::numeric_limits<double>::infinity();

bool same(Operand const& a, Operand const& b) {
    return a.kind == b.kind && a.column == b.column && a.muscle == b.muscle;
}

bool is_comparison(Op op) { return op >= Op::less && op <= Op::not_equal; }

Op negated(Op op) {
    switch (op) {
        case Op::less: return Op::greater_equal;
        case Op::less_equal: return Op::greater;
        case Op::greater: return Op::less_equal;
        case Op::greater_equal: return Op::less;
        case Op::equal: return Op::not_equal;
        default: return Op::equal;
    }
}

/// b op a for a op b.
Op mirrored(Op op) {
    switch (op) {
        case Op::less: return Op::greater;
        case Op::less_equal: return Op::greater_equal;
        case Op::greater: return Op::less;
        case Op::greater_equal: return Op::less_equal;
        default: return op;
    }
}

/// The smallest range around some values; everything where one of them is no number.
Range around(std::initializer_list<double> values) {
    if (std::ranges::any_of(values, [](double x) { return std::isnan(x); })) return {-infinite, infinite};
    return {std::min(values), std::max(values)};
}

Range combined(Op op, Range const& a, Range const& b) {
    switch (op) {
        case Op::add: return around({a.low + b.low, a.high + b.high});
        case Op::subtract: return around({a.low - b.high, a.high - b.low});
        case Op::multiply: return around({a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high});
        default:
            if (b.low <= 0.0 && b.high >= 0.0) return {-infinite, infinite};
            return around({a.low / b.low, a.low / b.high, a.high / b.low, a.high / b.high});
    }
}

bool may_compare(Op op, Range const& a, Range const& b) {
    switch (op) {
        case Op::less: return a.low < b.high;
        case Op::less_equal: return a.low <= b.high;
        case Op::greater: return a.high > b.low;
        case Op::greater_equal: return a.high >= b.low;
        case Op::equal: return a.low <= b.high && b.low <= a.high;
        default: return a.low != a.high || b.low != b.high || a.low != b.low;
    }
}

/// What is left of `range` where it stands in the relation `op` to something in `other`.
void narrow(Range& range, Op op, Range const& other) {
    auto const below = [&](double x) { return range.whole ? std::ceil(x) - 1.0 : std::nextafter(x, -infinite); };
    auto const above = [&](double x) { return range.whole ? std::floor(x) + 1.0 : std::nextafter(x, infinite); };
    if (op == Op::less) range.high = std::min(range.high, below(other.high));
    if (op == Op::less_equal || op == Op::equal) range.high = std::min(range.high, other.high);
    if (op == Op::greater) range.low = std::max(range.low, above(other.low));
    if (op == Op::greater_equal || op == Op::equal) range.low = std::max(range.low, other.low);
    if (!range.whole) return;
    if (op == Op::not_equal && other.low == other.high) {
        if (range.low == other.low) ++range.low;
        if (range.high == other.high) --range.high;
    }
    range.low = std::ceil(range.low);
    range.high = std::floor(range.high);
}

class Possibility {
public:
    Possibility(Expression const& condition, std::function<Range(Operand const&)> const& range_of)
        : program_(condition.program) {
        for (auto const& operand : operands_of(condition)) known_.push_back({operand, range_of(operand)});
    }

    bool can_hold() const { return can_be(program_.size() - 1, true, known_); }

private:
    using Known = std::vector<std::pair<Operand, Range>>;
    struct Leaf {
        std::size_t at;  ///< of its sign in the program
        bool wanted;
    };

    /// Where the operand that ends at `at` begins.
    std::size_t begin_of(std::size_t at) const {
        int missing = 1;
        for (;; --at) {
            Op const op = program_[at].op;
            missing += op == Op::push ? -1 : op == Op::negate || op == Op::not_ ? 0 : 1;
            if (missing == 0) return at;
        }
    }

    /// Ends of the two operands of a sign.
    std::pair<std::size_t, std::size_t> sides(std::size_t at) const { return {begin_of(at - 1) - 1, at - 1}; }

    Range range_at(std::size_t at, Known const& known) const {
        auto const& [op, operand] = program_[at];
        if (op == Op::negate) {
            Range const inner = range_at(at - 1, known);
            return {-inner.high, -inner.low};
        }
        if (op != Op::push) {
            auto const [left, right] = sides(at);
            return combined(op, range_at(left, known), range_at(right, known));
        }
        if (operand.kind == Operand::Kind::number) return {operand.number, operand.number};
        return std::ranges::find_if(known, [&, &sought = operand](auto const& k) { return same(k.first, sought); })
            ->second;
    }

    /// What must be so together for the condition at `at` to be as wanted.
    void together(std::size_t at, bool wanted, std::vector<Leaf>& leaves) const {
        Op const op = program_[at].op;
        if (op == Op::not_) return together(at - 1, !wanted, leaves);
        if (op != (wanted ? Op::and_ : Op::or_)) return leaves.push_back({at, wanted});
        auto const [left, right] = sides(at);
        together(left, wanted, leaves);
        together(right, wanted, leaves);
    }

    void narrow_by(Leaf const& leaf, Known& known) const {
        if (!is_comparison(program_[leaf.at].op)) return;
        Op const op = leaf.wanted ? program_[leaf.at].op : negated(program_[leaf.at].op);
        auto const [left, right] = sides(leaf.at);
        for (auto const& [one, other, sign] : {std::tuple(left, right, op), std::tuple(right, left, mirrored(op))})
            for (auto& [operand, range] : known)
                if (program_[one].op == Op::push && same(program_[one].operand, operand))
                    narrow(range, sign, range_at(other, known));
    }

    bool can_be(std::size_t at, bool wanted, Known known) const {
        std::vector<Leaf> leaves;
        together(at, wanted, leaves);
        for (auto const& leaf : leaves) narrow_by(leaf, known);
        if (std::ranges::any_of(known, [](auto const& k) { return k.second.low > k.second.high; })) return false;
        return std::ranges::all_of(leaves, [&](Leaf const& leaf) {
            Op const op = program_[leaf.at].op;
            auto const [left, right] = sides(leaf.at);
            if (!is_comparison(op)) return can_be(left, leaf.wanted, known) || can_be(right, leaf.wanted, known);
            return may_compare(leaf.wanted ? op : negated(op), range_at(left, known), range_at(right, known));
        });
    }

    std::vector<Instruction> const& program_;
    Known known_;
};

}  // namespace

std::vector<Operand> operands_of(Expression const& condition) {
    std::vector<Operand> operands;
    for (auto const& [op, operand] : condition.program)
        if (op == Op::push && operand.kind != Operand::Kind::number &&
            std::ranges::none_of(operands, [&o = operand](Operand const& known) { return same(known, o); }))
            operands.push_back(operand);
    return operands;
}

bool can_hold(Expression const& condition, std::function<Range(Operand const&)> const& range_of) {
    return condition.empty() || Possibility(condition, range_of).can_hold();
}

std::vector<Expression> terms_of(Expression const& condition, Model const& model,
                                 std::vector<std::string> const& muscles) {
    std::vector<std::string> texts(1);
    int depth = 0;
    std::string const& text = condition.text;
    auto const is_space = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
    auto const in_word = [&](std::size_t i) {
        return i < text.size() &&
               (std::isalnum(static_cast<unsigned char>(text[i])) != 0 || text[i] == '_' || text[i] == '.');
    };
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i + 1;
        if (in_word(i))
            while (in_word(end)) ++end;
        std::string const piece = text.substr(i, end - i);
        depth += piece == "(" ? 1 : piece == ")" ? -1 : 0;
        if (depth == 0 && piece == "or") return {condition};
        if (depth == 0 && piece == "and")
            texts.emplace_back();
        else if (!texts.back().empty() || !is_space(piece.front()))
            texts.back() += piece;
        i = end;
    }
    std::vector<Expression> terms;
    for (auto& term : texts) {
        while (is_space(term.back())) term.pop_back();
        ExpressionProblem problem;
        bool ok = true;
        terms.push_back(parse_expression(term, model, muscles, problem, ok));
    }
    return terms;
}

}  // namespace sarx
