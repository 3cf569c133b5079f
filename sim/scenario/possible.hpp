#pragma once
// What a condition can be, before anybody has been looked at: whether it can hold at all, and its parts.

#include <functional>
#include <string>
#include <vector>

#include "sim/scenario/expression.hpp"

namespace sarx {

/// All that an operand may be.
struct Range {
    double low = 0.0;
    double high = 0.0;
    bool whole = false;  ///< whole numbers alone
};

/// Whether a condition can hold where each operand lies in its range and is the same wherever it is named.
/// Where it says no, it is so; where it says yes, it may not be.
bool can_hold(Expression const& condition, std::function<Range(Operand const&)> const& range_of);

/// The conditions that 'and' joins to this one, as they are written; itself where there is only one.
std::vector<Expression> terms_of(Expression const& condition, Model const& model,
                                 std::vector<std::string> const& muscles);

/// The operands that are not numbers, each once.
std::vector<Operand> operands_of(Expression const& condition);

}  // namespace sarx
