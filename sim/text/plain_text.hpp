#pragma once
// Whether bytes are text that can be read: UTF-8, without control characters, in lines that end in LF or CRLF.

#include <string>
#include <string_view>
#include <vector>

namespace sarx {

/// What bytes are instead, where, and the way out.
struct TextFault {
    int line = 1;
    int column = 1;  ///< in characters
    std::string what;
    std::string why;
};

/// Each kind of fault once, at its first place; empty where the bytes are text.
std::vector<TextFault> faults_of_text(std::string_view bytes);

/// The same text, with a replacement character for each byte that is not UTF-8.
std::string as_utf8(std::string_view bytes);

}  // namespace sarx
