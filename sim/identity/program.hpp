#pragma once
// Which program made some results. Version and commit are for people; what decides whether two programs give the same
// numbers is the hash of their code (cmake/identity.cmake says of which), so that what one has begun no other
// finishes, merges or verifies unseen.

#include <string>

namespace sarx {

struct Program {
    std::string version;      ///< "0.1.0"
    std::string commit;       ///< "b759c2c0a1f3", with "-dirty" where the sources differ from it; or "unknown"
    std::string code_hash{};  ///< 64 hexadecimal digits; empty: made before programs told it
};

/// The one that runs.
Program const& this_program();

/// "sarx 0.1.0 (commit b759c2c0a1f3, code 5d41402abc4b)".
std::string in_words(Program const& program);

/// Whether both give the same numbers: version and code are the same, and known.
bool same_code(Program const& a, Program const& b);

/// Empty where `maker` has the same code as this program; else both in words: "sarx ...; this is sarx ..., another
/// program, whose numbers may differ".
std::string another_program(Program const& maker);

}  // namespace sarx
