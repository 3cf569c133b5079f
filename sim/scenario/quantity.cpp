#include "sim/scenario/quantity.hpp"

#include <udunits2.h>

#include <charconv>
#include <cmath>
#include <memory>

namespace sarx {
namespace {

struct FreeSystem {
    void operator()(ut_system* system) const { ut_free_system(system); }
};
struct FreeUnit {
    void operator()(ut_unit* unit) const { ut_free(unit); }
};
struct FreeConverter {
    void operator()(cv_converter* converter) const { cv_free(converter); }
};
using Unit = std::unique_ptr<ut_unit, FreeUnit>;

ut_system* system_of_units() {
    static std::unique_ptr<ut_system, FreeSystem> const system = [] {
        ut_set_error_message_handler(ut_ignore);
        return std::unique_ptr<ut_system, FreeSystem>(ut_read_xml(nullptr));
    }();
    return system.get();
}

bool is_space(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

/// UDUNITS has no leading slash: "/year" is "1/year". A sign or a number in front would be a scale or an
/// offset, not a unit.
Unit parse_unit(std::string_view text) {
    text = trimmed(text);
    if (text.empty() || text.size() > 100 || system_of_units() == nullptr) return nullptr;
    for (char const c : text)
        if (c == '@' || c == '\0' || c == '\n') return nullptr;
    std::string const written = (text.front() == '/' ? "1" : "") + std::string(text);
    return Unit(ut_parse(system_of_units(), written.c_str(), UT_UTF8));
}

}  // namespace

std::optional<Quantity> parse_quantity(std::string_view text) {
    text = trimmed(text);
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    double value = 0.0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || !std::isfinite(value)) return std::nullopt;
    std::string_view const rest = trimmed({end, static_cast<std::size_t>(text.data() + text.size() - end)});
    // "1 2" or "3.4.5" is no quantity: a unit never starts with a digit, a point or a sign.
    if (!rest.empty() && (std::string_view("0123456789.+-_,:").find(rest.front()) != std::string_view::npos))
        return std::nullopt;
    return Quantity{value, std::string(rest)};
}

std::optional<double> convert(double value, std::string_view from_unit, std::string_view to_unit) {
    Unit const from = parse_unit(from_unit);
    Unit const to = parse_unit(to_unit);
    if (!from || !to) return std::nullopt;
    if (ut_compare(from.get(), to.get()) == 0) return value;
    if (!ut_are_convertible(from.get(), to.get())) return std::nullopt;
    std::unique_ptr<cv_converter, FreeConverter> const converter(ut_get_converter(from.get(), to.get()));
    if (!converter) return std::nullopt;
    double const converted = cv_convert_double(converter.get(), value);
    if (!std::isfinite(converted)) return std::nullopt;
    return converted;
}

bool known_unit(std::string_view unit) { return parse_unit(unit) != nullptr; }

}  // namespace sarx
