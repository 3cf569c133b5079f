#include "sim/text/quantity.hpp"

#include <udunits2.h>

#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <map>
#include <memory>
#include <new>

#include "sim/contract/errors.hpp"

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

/// The file of units that UDUNITS reads; a machine where it cannot be read can be mended.
ut_system* system_of_units() {
    static std::unique_ptr<ut_system, FreeSystem> const system = [] {
        ut_set_error_message_handler(ut_ignore);
        errno = 0;
        std::unique_ptr<ut_system, FreeSystem> read(ut_read_xml(nullptr));
        int const error = errno;
        if (read) return read;
        if (error == ENOMEM) throw std::bad_alloc();
        ut_status from = UT_SUCCESS;
        std::string const path = ut_get_path_xml(nullptr, &from);
        std::string const why = error != 0 ? std::strerror(error) : "it is no file of units";
        throw InputError(from == UT_OPEN_ENV
                             ? "UDUNITS2_XML_PATH names the file of units '" + path + "', which cannot be read (" +
                                   why + "): unset that variable, or let it name a file of UDUNITS"
                             : "the file of units '" + path + "' cannot be read (" + why + ")");
    }();
    return system.get();
}

/// What a unit measures: powers of base units, an angle being one. UDUNITS converts more than is meant: a rate to the
/// time that is its reciprocal, an angle to a share, a logarithm to its ratio.
struct Dimension {
    std::map<std::string, int> powers;
    bool plain = true;  ///< neither a logarithm nor a date

    friend bool operator==(Dimension const&, Dimension const&) = default;
};

ut_status add_power(ut_unit const* unit, int power, void* to) {
    static_cast<Dimension*>(to)->powers[ut_get_name(unit, UT_ASCII)] += power;
    return UT_SUCCESS;
}

constexpr ut_visitor to_dimension = {
    .visit_basic = [](ut_unit const* unit, void* to) { return add_power(unit, 1, to); },
    .visit_product =
        [](ut_unit const*, int count, ut_unit const* const* units, int const* powers, void* to) {
            for (int i = 0; i < count; ++i) add_power(units[i], powers[i], to);
            return UT_SUCCESS;
        },
    .visit_galilean = [](ut_unit const*, double, ut_unit const* of, double,
                         void* to) { return ut_accept_visitor(of, &to_dimension, to); },
    .visit_timestamp =
        [](ut_unit const*, ut_unit const*, double, void* to) {
            static_cast<Dimension*>(to)->plain = false;
            return UT_SUCCESS;
        },
    .visit_logarithmic =
        [](ut_unit const*, double, ut_unit const*, void* to) {
            static_cast<Dimension*>(to)->plain = false;
            return UT_SUCCESS;
        },
};

Dimension dimension_of(ut_unit const* unit) {
    Dimension dimension;
    ut_accept_visitor(unit, &to_dimension, &dimension);
    return dimension;
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
    if (text.empty() || text.size() > 100) return nullptr;
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
    Dimension const dimension = dimension_of(from.get());
    if (!dimension.plain || dimension != dimension_of(to.get())) return std::nullopt;
    if (ut_compare(from.get(), to.get()) == 0) return value;
    std::unique_ptr<cv_converter, FreeConverter> const converter(ut_get_converter(from.get(), to.get()));
    if (!converter) return std::nullopt;
    double const converted = cv_convert_double(converter.get(), value);
    if (!std::isfinite(converted)) return std::nullopt;
    return converted;
}

bool known_unit(std::string_view unit) { return parse_unit(unit) != nullptr; }

std::string kind_of_unit(std::string_view text) {
    Unit const unit = parse_unit(text);
    if (!unit) return "";
    Dimension const of = dimension_of(unit.get());
    if (!of.plain) return "a logarithm or a date";
    constexpr std::pair<char const*, char const*> bases[] = {
        {"second", "a time"}, {"radian", "an angle"}, {"meter", "a length"}, {"kilogram", "a mass"}};
    if (of.powers.empty()) return "a plain number";
    if (of.powers == std::map<std::string, int>{{"second", -1}}) return "a rate";
    for (auto const& [base, kind] : bases)
        if (of.powers == std::map<std::string, int>{{base, 1}}) return kind;
    return "";
}

std::string wrong_kind_of_unit(std::string_view written, std::string_view needed) {
    std::string const kind = kind_of_unit(written);
    std::string const needed_kind = kind_of_unit(needed);
    std::string const is = kind.empty() || kind == needed_kind ? "" : ", " + std::string(written) + " is " + kind;
    if (needed == "1") return "needs a plain number or %" + is;
    if (needed_kind.empty()) return "needs one that converts to " + std::string(needed) + is;
    return "needs " + needed_kind + " that converts to " + std::string(needed) + is;
}

}  // namespace sarx
