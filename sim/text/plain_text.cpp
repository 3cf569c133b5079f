#include "sim/text/plain_text.hpp"

#include <algorithm>
#include <cstdint>

namespace sarx {
namespace {

constexpr std::size_t none = std::string_view::npos;
constexpr char const* way_out = "save it as UTF-8";

unsigned char byte_at(std::string_view bytes, std::size_t i) { return static_cast<unsigned char>(bytes[i]); }

bool is_continuation(unsigned char c) { return (c & 0xc0U) == 0x80U; }

/// Bytes of the UTF-8 character that begins here; 0 where none does.
std::size_t character_bytes(std::string_view bytes, std::size_t i) {
    auto const c = byte_at(bytes, i);
    if (c < 0x80) return 1;
    std::size_t const more = c >= 0xf0 && c < 0xf5 ? 3 : c >= 0xe0 && c < 0xf0 ? 2 : c >= 0xc2 && c < 0xe0 ? 1 : 0;
    if (more == 0 || i + more >= bytes.size()) return 0;
    std::uint32_t point = c & (0x3fU >> more);
    for (std::size_t k = 1; k <= more; ++k) {
        auto const next = byte_at(bytes, i + k);
        if (!is_continuation(next)) return 0;
        point = (point << 6U) | (next & 0x3fU);
    }
    bool const overlong = (more == 2 && point < 0x800) || (more == 3 && point < 0x10000);
    bool const half_pair = point >= 0xd800 && point < 0xe000;
    return overlong || half_pair || point > 0x10ffff ? 0 : more + 1;
}

/// First byte that is not UTF-8, or a control character but tab and line ends.
std::size_t first_bad_byte(std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size();) {
        auto const c = byte_at(bytes, i);
        std::size_t const n = character_bytes(bytes, i);
        if (n == 0 || (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f) return i;
        i += n;
    }
    return none;
}

/// First CR with neither LF nor the end behind it.
std::size_t first_lone_cr(std::string_view bytes) {
    for (std::size_t i = bytes.find('\r'); i != none; i = bytes.find('\r', i)) {
        std::size_t const after = bytes.find_first_not_of('\r', i);
        if (after == none) return none;
        if (bytes[after] != '\n') return i;
        i = after;
    }
    return none;
}

/// Text in units of two bytes has a NUL in every second place of what is written in Latin letters.
bool looks_like_utf16(std::string_view bytes) {
    if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff")) return true;
    std::size_t const looked_at = std::min<std::size_t>(bytes.size(), 1000) / 2 * 2;
    std::size_t nul[2] = {0, 0};
    for (std::size_t i = 0; i < looked_at; ++i) nul[i % 2] += bytes[i] == '\0' ? 1 : 0;
    return looked_at >= 8 && std::max(nul[0], nul[1]) > looked_at / 4 && std::min(nul[0], nul[1]) < looked_at / 50 + 1;
}

TextFault fault_at(std::string_view bytes, std::size_t offset, std::string what, std::string why) {
    TextFault fault{.what = std::move(what), .why = std::move(why)};
    for (std::size_t i = 0; i < offset; ++i) {
        if (!is_continuation(byte_at(bytes, i))) ++fault.column;
        if (bytes[i] != '\n') continue;
        ++fault.line;
        fault.column = 1;
    }
    return fault;
}

std::string hexadecimal_byte(unsigned char c) {
    constexpr char const* digits = "0123456789abcdef";
    return std::string("0x") + digits[c >> 4U] + digits[c & 15U];
}

TextFault bad_byte(std::string_view bytes, std::size_t i) {
    auto const c = byte_at(bytes, i);
    if (c == 0) return fault_at(bytes, i, "a NUL byte", "no text holds one; the file may be damaged or no text");
    if (c < 0x80)
        return fault_at(bytes, i, "a control character, " + hexadecimal_byte(c), "text holds none; remove it");
    return fault_at(bytes, i, "a byte that is not UTF-8, " + hexadecimal_byte(c),
                    "an older encoding, such as ISO 8859-1 or Windows-1252; " + std::string(way_out));
}

}  // namespace

std::vector<TextFault> faults_of_text(std::string_view bytes) {
    if (bytes.starts_with("PK\x03\x04"))
        return {{.what = "is a zip archive, as a spreadsheet's own format is", .why = "save it as text in UTF-8"}};
    if (looks_like_utf16(bytes)) return {{.what = "is UTF-16", .why = way_out}};
    std::vector<TextFault> faults;
    if (auto const i = first_bad_byte(bytes); i != none) faults.push_back(bad_byte(bytes, i));
    if (auto const i = first_lone_cr(bytes); i != none)
        faults.push_back(
            fault_at(bytes, i, "a line ends in CR alone, as on old Macs", "save it with lines that end in LF or CRLF"));
    return faults;
}

std::string as_utf8(std::string_view bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes.size();) {
        std::size_t const n = character_bytes(bytes, i);
        text += n == 0 ? std::string_view("\xef\xbf\xbd") : bytes.substr(i, n);
        i += std::max<std::size_t>(n, 1);
    }
    return text;
}

}  // namespace sarx
