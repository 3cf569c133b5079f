#include "sim/contract/expects.hpp"

#include <cstdio>
#include <cstdlib>

namespace sarx {

void contract_broken(char const* kind, char const* condition, char const* file, int line) {
    std::fprintf(stderr, "%s:%d: %s broken: %s (a bug in sarx, please report it)\n", file, line, kind, condition);
    std::abort();
}

}  // namespace sarx
