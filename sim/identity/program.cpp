#include "sim/identity/program.hpp"

namespace sarx {

std::string in_words(Program const& program) {
    constexpr std::size_t told = 12;  // digits, as many as of the commit
    std::string const code = program.code_hash.empty() ? "from before programs told their code"
                                                       : "code " + program.code_hash.substr(0, told);
    return "sarx " + program.version + " (commit " + program.commit + ", " + code + ")";
}

bool same_code(Program const& a, Program const& b) {
    return !a.code_hash.empty() && a.code_hash == b.code_hash && a.version == b.version;
}

std::string another_program(Program const& maker) {
    if (same_code(maker, this_program())) return "";
    return in_words(maker) + "; this is " + in_words(this_program()) + ", another program, whose numbers may differ";
}

}  // namespace sarx
