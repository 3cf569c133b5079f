#pragma once
// Errors a user can mend: one sentence each, and an exit code.

#include <stdexcept>

namespace sarx {

/// Bad input or usage: exit code 2, nothing written.
struct InputError : std::runtime_error {
    using std::runtime_error::runtime_error;
};
/// Failed while running (disk full, file vanished): exit code 1; the sentence says what is safe.
struct OutputError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace sarx
