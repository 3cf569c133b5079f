#include "sim/scenario/scenario_reader.hpp"
#include "support/catch.hpp"
#include "support/toy_model.hpp"
