// Prints the schema of the toy model, which the rejected scenarios are written for.

#include <cstdio>

#include "sim/scenario/schema.hpp"
#include "support/toy_model.hpp"

int main() { std::puts(sarx::scenario_schema(*sarx::toy::make_model()).dump().c_str()); }
