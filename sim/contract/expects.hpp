#pragma once
// Contracts for programmers, not for users: a broken one is our bug. Checked in dev, asan and tsan
// builds, free in release builds.

namespace sarx {
[[noreturn]] void contract_broken(char const* kind, char const* condition, char const* file, int line);
}  // namespace sarx

#ifdef SARX_CONTRACTS
#define SARX_EXPECTS(condition) \
    ((condition) ? void(0) : ::sarx::contract_broken("precondition", #condition, __FILE__, __LINE__))
#define SARX_ENSURES(condition) \
    ((condition) ? void(0) : ::sarx::contract_broken("postcondition", #condition, __FILE__, __LINE__))
#else
#define SARX_EXPECTS(condition) void(0)
#define SARX_ENSURES(condition) void(0)
#endif
