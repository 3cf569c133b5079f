#include <fmt/format.h>

#include <memory>

#include "sim/cli/commands.hpp"
#include "sim/contract/errors.hpp"

namespace sarx::cli {

void add_verify(CLI::App& /*app*/, Action& /*action*/) {}

}  // namespace sarx::cli
