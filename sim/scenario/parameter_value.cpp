#include "sim/scenario/parameter_value.hpp"

#include <algorithm>

#include "sim/scenario/reading.hpp"
#include "sim/text/quantity.hpp"

namespace sarx {
namespace {

constexpr double widest_log = 10.0;    // e^10 either way
constexpr double least_shape = 1e-3;   // a gamma below holds hardly anything but zeros and giants
constexpr double largest_shape = 1e6;  // and one above is a constant

ShapeForm const* form_named(std::string_view name) {
    auto const at = std::ranges::find(shape_forms, name, &ShapeForm::name);
    return at == std::end(shape_forms) ? nullptr : at;
}

/// Reads one value tree; every problem found is told and makes it unsound.
class ValueReader {
public:
    ValueReader(ParameterSpec const& spec, std::vector<std::string> const& muscles, std::vector<ValueLeaf>& leaves,
                Problems& problems, bool by_any)
        : spec_(spec), muscles_(muscles), leaves_(leaves), problems_(problems), by_muscle_(spec.by_muscle || by_any) {}

    struct Place {
        std::string muscle;
        std::optional<Sex> sex;
        Between between = Between::people;
    };

    void read(YamlNode const& node, std::string const& path, Place place) {
        if (!node.is_map()) {
            if (auto const number = read_in_unit(node, spec_.unit, spec_.low, spec_.high, problems_, path))
                leaves_.push_back({place.muscle,
                                   place.sex,
                                   {Shape::constant, *number, 0.0, spec_.low, spec_.high, Between::people},
                                   node.mark});
            return;
        }
        if (std::ranges::any_of(node.fields, [](auto const& f) { return form_named(f.first.text) != nullptr; })) {
            distribution(node, path, place);
            return;
        }
        bool seen_muscle = false;
        bool seen_sex = false;
        place.between = between(node, path, place.between);
        for (auto const& [key, value] : node.fields) {
            if (key.text == "between") continue;
            Place inner = place;
            bool const is_sex = (key.text == "female" || key.text == "male") && !place.sex;
            bool const is_muscle = !is_sex && by_muscle_ && place.muscle.empty() &&
                                   std::ranges::find(muscles_, key.text) != muscles_.end();
            if (!is_sex && !is_muscle) {
                refuse_key(key, path, place);
                continue;
            }
            seen_sex = seen_sex || is_sex;
            seen_muscle = seen_muscle || is_muscle;
            if (is_sex) inner.sex = key.text == "female" ? Sex::female : Sex::male;
            if (is_muscle) inner.muscle = key.text;
            read(value, path + "." + key.text, inner);
        }
        if (seen_sex && seen_muscle) refuse(node, path, "mixes muscles and sexes", "give the sexes inside each muscle");
        if (node.fields.empty() || (node.fields.size() == 1 && node.find("between") != nullptr))
            refuse(node, path, "has no value", "a number, a distribution, or values by muscle or sex");
    }

private:
    void refuse(YamlNode const& at, std::string const& path, std::string what, std::string why = "",
                std::string suggest = "") {
        problems_.add({at.mark, path, std::move(what), std::move(why), std::move(suggest)});
    }

    void refuse_key(YamlNode const& key, std::string const& path, Place const& place) {
        bool const is_muscle = std::ranges::find(muscles_, key.text) != muscles_.end();
        if (is_muscle && !by_muscle_) {
            refuse(key, path, "does not differ by muscle", "'" + spec_.path + "' belongs to the whole person");
            return;
        }
        std::vector<std::string> valid;
        for (auto const& form : shape_forms) valid.emplace_back(form.name);
        if (!place.sex) valid.insert(valid.end(), {"female", "male"});
        if (by_muscle_ && place.muscle.empty()) valid.insert(valid.end(), muscles_.begin(), muscles_.end());
        refuse(key, path, "unknown key " + quoted(key.text), "a number, a distribution, or values by muscle or sex",
               nearest(key.text, valid));
    }

    Between between(YamlNode const& node, std::string const& path, Between otherwise) {
        YamlNode const* const given = node.find("between");
        if (given == nullptr) return otherwise;
        if (given->text == "people") return Between::people;
        if (given->text == "runs") return Between::runs;
        refuse(*given, path + ".between", "must be people or runs, not " + found(*given),
               "people: each their own; runs: one draw for all", nearest(given->text, {"people", "runs"}));
        return otherwise;
    }

    void distribution(YamlNode const& node, std::string const& path, Place const& place) {
        std::size_t const before = problems_.list().size();
        ShapeForm const* form = nullptr;
        YamlNode const* numbers = nullptr;
        for (auto const& [key, value] : node.fields) {
            ShapeForm const* const named = form_named(key.text);
            if (named != nullptr && form != nullptr)
                refuse(key, path, "two distributions at once",
                       "give one of normal, lognormal, gamma, uniform, bernoulli");
            if (named != nullptr) {
                form = named;
                numbers = &value;
            } else if (key.text != "between" && key.text != "low" && key.text != "high") {
                refuse(key, path, "unknown key " + quoted(key.text), "beside a distribution: between, low, high",
                       nearest(key.text, {"between", "low", "high"}));
            }
        }
        Value value;
        value.shape = form->shape;
        value.between = between(node, path, place.between);
        value.low = spec_.low;
        value.high = spec_.high;
        if (YamlNode const* const low = node.find("low"))
            value.low =
                read_in_unit(*low, spec_.unit, spec_.low, spec_.high, problems_, path + ".low").value_or(value.low);
        if (YamlNode const* const high = node.find("high"))
            value.high =
                read_in_unit(*high, spec_.unit, spec_.low, spec_.high, problems_, path + ".high").value_or(value.high);
        if (!(value.low <= value.high)) refuse(node, path, "'low' lies above 'high'");

        std::string const inner = path + "." + std::string(form->name);
        if (!numbers->is_map()) {
            refuse(*numbers, inner, "needs keys with values, not " + found(*numbers), wanted(*form));
            return;
        }
        for (auto const& [key, given] : numbers->fields)
            if (key.text != form->first && (form->second.empty() || key.text != form->second))
                refuse(key, inner, "unknown key " + quoted(key.text), wanted(*form),
                       nearest(key.text, {std::string(form->first), std::string(form->second)}));
        YamlNode const* const first = numbers->find(form->first);
        YamlNode const* const second = form->second.empty() ? nullptr : numbers->find(form->second);
        if (first == nullptr) refuse(*numbers, inner, "'" + std::string(form->first) + "' is missing", wanted(*form));
        if (second == nullptr && !form->second.empty())
            refuse(*numbers, inner, "'" + std::string(form->second) + "' is missing", wanted(*form));
        if (first == nullptr || (second == nullptr && !form->second.empty())) return;

        bool const probability = value.shape == Shape::bernoulli;
        auto const a =
            read_in_unit(*first, probability ? "1" : std::string_view(spec_.unit), probability ? 0.0 : spec_.low,
                         probability ? 1.0 : spec_.high, problems_, inner + "." + std::string(form->first));
        std::string const second_path = inner + "." + std::string(form->second);
        std::optional<double> b = 0.0;
        switch (value.shape) {
            case Shape::normal: b = spread(*second, second_path); break;
            case Shape::lognormal: b = read_in_unit(*second, "1", 0.0, widest_log, problems_, second_path); break;
            case Shape::gamma:
                b = read_in_unit(*second, "1", least_shape, largest_shape, problems_, second_path);
                break;
            case Shape::uniform:
                b = read_in_unit(*second, spec_.unit, spec_.low, spec_.high, problems_, second_path);
                break;
            default: break;
        }
        if (!a || !b) return;
        value.a = *a;
        value.b = *b;
        if ((value.shape == Shape::lognormal || value.shape == Shape::gamma) && !(value.a > 0.0))
            refuse(*first, inner + "." + std::string(form->first), first->text + " is out of bounds",
                   "must be above 0");
        if (value.shape == Shape::uniform && !(value.a <= value.b)) refuse(*second, second_path, "lies below 'from'");
        if (problems_.list().size() == before) leaves_.push_back({place.muscle, place.sex, value, node.mark});
    }

    /// A standard deviation; wider than the bounds it would mean the bounds, not a normal distribution.
    std::optional<double> spread(YamlNode const& node, std::string const& path) {
        return read_in_unit(node, spec_.unit, 0.0, spec_.high - spec_.low, problems_, path);
    }

    static std::string wanted(ShapeForm const& form) {
        std::string out = std::string(form.name) + ": {" + std::string(form.first) + ": ...";
        if (!form.second.empty()) out += ", " + std::string(form.second) + ": ...";
        return out + "}";
    }

    ParameterSpec const& spec_;
    std::vector<std::string> const& muscles_;
    std::vector<ValueLeaf>& leaves_;
    Problems& problems_;
    bool by_muscle_;
};

}  // namespace

std::optional<double> read_in_unit(YamlNode const& node, std::string_view unit, double low, double high,
                                   Problems& problems, std::string const& path) {
    auto const refuse = [&](std::string what, std::string why) -> std::optional<double> {
        problems.add({node.mark, path, std::move(what), std::move(why), ""});
        return std::nullopt;
    };
    std::optional<double> value = number_of(node);
    if (!value) {
        auto const quantity = node.is_scalar() ? parse_quantity(node.text) : std::nullopt;
        if (!quantity) return refuse("needs a number", "found " + found(node));
        if (quantity->unit.empty())
            return refuse(quoted(node.text) + " is not a plain number", "write it without quotes, in decimal digits");
        if (!known_unit(quantity->unit))
            return refuse(quoted(quantity->unit) + " is not a unit", "needs one that converts to " + std::string(unit));
        value = convert(quantity->value, quantity->unit, unit);
        if (!value)
            return refuse(quoted(quantity->unit) + " is the wrong kind of unit",
                          wrong_kind_of_unit(quantity->unit, unit));
    }
    // Asked so that NaN is outside.
    if (*value >= low && *value <= high) return value;
    return refuse(node.text + " is out of bounds", "must be within " + number_text(low) + " and " + number_text(high) +
                                                       (unit == "1" ? "" : ", in " + std::string(unit)));
}

std::string value_text(Value const& value) {
    for (auto const& form : shape_forms) {
        if (form.shape != value.shape) continue;
        std::string text = "{" + std::string(form.name) + ": {" + std::string(form.first) + ": " + number_text(value.a);
        if (!form.second.empty()) text += ", " + std::string(form.second) + ": " + number_text(value.b);
        return text + "}, between: " + (value.between == Between::people ? "people" : "runs") + "}";
    }
    return number_text(value.a);
}

bool read_value(YamlNode const& node, ParameterSpec const& spec, std::vector<std::string> const& muscles,
                std::vector<ValueLeaf>& leaves, Problems& problems, std::string const& path, bool by_any) {
    std::size_t const before = problems.list().size();
    ValueReader(spec, muscles, leaves, problems, by_any).read(node, path, {});
    return problems.list().size() == before;
}

}  // namespace sarx
