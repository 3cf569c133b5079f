#pragma once
// Which file an output really is, and what must never be replaced by one.

#include <sys/types.h>

#include <string>

namespace sarx {

/// What a file of this mode (st_mode) is, where it must not be replaced: "a device", "a pipe", "a socket",
/// "a folder"; empty for a regular file.
std::string what_is_no_file(mode_t mode);

/// The file that `asked` stands for: at the end of its links, whether it is there yet or not, so that it is replaced
/// in its own folder and what is written beside it lies on its disk. Throws InputError where that is no regular file,
/// where there is no folder for it, or where links go round in a circle.
std::string output_file(std::string const& asked);

}  // namespace sarx
