#pragma once
// Mean over the muscles that have a part in something:  sum w x / sum w,  w weight of a muscle, x what it has.

#include "models/equation.hpp"

namespace sarx::models {

/// Mean over muscles. @param weighted_sum of w x   @param weights their sum >= 0
/// @param without what is meant where no muscle has a weight
template <class V>
SARX_EQUATION V mean_of_muscles(V weighted_sum, V weights, V without) {
    SARX_EXPECTS(everywhere(weights >= 0.0F));
    return select(weights > 0.0F, weighted_sum / max(weights, V(1.0e-6F)), without);
}

}  // namespace sarx::models
