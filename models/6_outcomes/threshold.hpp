#pragma once
// How a probability becomes a state.
//
//   state = 1 while P > U, else 0        U threshold of the person, drawn once, uniform in [0, 1]
//
// The share of people in the state is P, the same person enters it sooner or later, and what lowers P postpones it or
// ends it.

#include "models/equation.hpp"

namespace sarx::models {

/// 1 where a probability exceeds a person's threshold, else 0.
template <class V>
SARX_EQUATION V exceeds(V probability, V threshold) {
    return select(probability > threshold, V(1.0F), V(0.0F));
}

}  // namespace sarx::models
