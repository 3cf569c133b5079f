#include "sim/scenario/parameter_file.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "sim/scenario/parameter_value.hpp"
#include "sim/scenario/reading.hpp"
#include "sim/text/quantity.hpp"

namespace sarx {
namespace {

constexpr double unbounded = 1e300;
constexpr std::size_t most_parameters = 65535;  // ids have 16 bits
constexpr std::size_t shortest_reason = 12;     // characters: "assumed: yes" is no reason

constexpr std::string_view evidence_names[] = {"measured", "fitted", "definition", "assumed"};

/// Reads all files of a model into one set of data.
class DataReader {
public:
    DataReader(ModelData& data, Problems& problems) : data_(data), problems_(problems) {}

    void read(std::vector<EmbeddedFile> const& files) {
        std::vector<YamlNode> roots;
        for (auto const& file : files) {
            int const index = static_cast<int>(problems_.files.size());
            problems_.files.emplace_back(file.name);
            auto root = parse_yaml(file.text, index, problems_);
            if (!root || !map(*root, "")) continue;
            known_keys(*root, "", {"parameters", "tables", "correlations", "cascades", "muscles"});
            roots.push_back(std::move(*root));
        }
        // Values differ by muscle, in whatever file the muscles stand.
        for (auto const& root : roots)
            if (YamlNode const* const node = root.find("muscles")) muscles(*node);
        for (auto const& root : roots) {
            if (YamlNode const* const node = root.find("parameters")) group(*node, "");
            if (YamlNode const* const node = root.find("tables")) tables(*node);
            if (YamlNode const* const node = root.find("correlations")) correlations(*node);
            if (YamlNode const* const node = root.find("cascades")) cascades(*node);
        }
        finish();
    }

private:
    /// What one file says about parameters of another can be checked only once all are read.
    void finish() {
        std::vector<std::string> paths;
        for (auto const& spec : data_.parameters.parameters) paths.push_back(spec.path);
        for (auto const& [node, path, of] : mentions_)
            if (!data_.parameters.find(of))
                refuse(node, path, "unknown parameter '" + of + "'", "no file defines it", nearest(of, paths));
        for (auto const& pending : cascade_values_) {
            auto const id = data_.parameters.find(pending.parameter);
            if (!id) continue;  // told above
            auto const& spec = data_.parameters.parameters[id->index];
            if (auto const number = read_in_unit(pending.node, spec.unit, spec.low, spec.high, problems_, pending.path))
                data_.cascades[pending.cascade].parameters.emplace_back(pending.parameter, *number);
        }
        if (data_.parameters.parameters.size() > most_parameters)
            problems_.add({{-1, 0, 0}, "parameters", "more than 65535 parameters", "", ""});
        values_of_muscles();
    }

    void refuse(YamlNode const& at, std::string const& path, std::string what, std::string why = "",
                std::string suggest = "") {
        problems_.add({at.mark, path, std::move(what), std::move(why), std::move(suggest)});
    }

    bool map(YamlNode const& node, std::string const& path) {
        if (!node.is_map()) refuse(node, path, "needs keys with values", "found " + found(node));
        return node.is_map();
    }

    void known_keys(YamlNode const& node, std::string const& path, std::vector<std::string> const& known) {
        for (auto const& [key, value] : node.fields)
            if (std::ranges::find(known, key.text) == known.end())
                refuse(key, path, "unknown key '" + key.text.substr(0, 60) + "'", "known here: " + listed(known),
                       nearest(key.text, known));
    }

    /// Text that must be there and say something.
    std::string text(YamlNode const& node, std::string_view key, std::string const& path, bool needed = true) {
        YamlNode const* const value = node.find(key);
        if (value == nullptr) {
            if (needed) refuse(node, path, "'" + std::string(key) + "' is missing");
            return "";
        }
        if (value->is_scalar() && value->text.find_first_not_of(" \t\n") != std::string::npos) return value->text;
        refuse(*value, path + "." + std::string(key), "needs text", "found " + found(*value));
        return "";
    }

    std::string unit(YamlNode const& node, std::string const& path) {
        std::string written = text(node, "unit", path);
        if (!written.empty() && !convert(1.0, written, written))
            refuse(*node.find("unit"), path + ".unit", "'" + written + "' is not a unit",
                   "as UDUNITS reads it, no logarithm: 1, 1/year, g/kg/day, N/cm2");
        return written;
    }

    /// Parameters and groups of them; what has a value or a unit is a parameter.
    void group(YamlNode const& node, std::string const& prefix) {
        if (!map(node, prefix.empty() ? "parameters" : prefix)) return;
        for (auto const& [key, value] : node.fields) {
            std::string const path = prefix.empty() ? key.text : prefix + "." + key.text;
            if (value.is_map() && value.find("value") == nullptr && value.find("unit") == nullptr)
                group(value, path);
            else if (prefix.empty())
                refuse(key, path, "stands in no group", "parameters belong to a stage or a group");
            else
                parameter(key, value, path);
        }
    }

    void parameter(YamlNode const& key, YamlNode const& node, std::string const& path) {
        if (!map(node, path)) return;
        known_keys(
            node, path,
            {"value", "unit", "low", "high", "plausible", "evidence", "source", "applies_to", "meaning", "error_of"});
        std::size_t const before = problems_.list().size();
        ParameterSpec spec;
        spec.path = path;
        spec.unit = unit(node, path);
        spec.meaning = text(node, "meaning", path);
        spec.applies_to = text(node, "applies_to", path, false);
        spec.error_of = names(node, "error_of", path);
        origin(node, path, spec);
        if (!bounds(node, path, spec)) return;
        values(node, path, spec);
        if (data_.parameters.find(path)) refuse(key, path, "is defined twice", "each parameter has one place");
        if (problems_.list().size() == before) data_.parameters.parameters.push_back(std::move(spec));
    }

    void origin(YamlNode const& node, std::string const& path, ParameterSpec& spec) {
        spec.source = text(node, "source", path);
        std::string const written = text(node, "evidence", path);
        if (written.empty()) return;
        auto const at = std::ranges::find(evidence_names, written);
        if (at == std::end(evidence_names)) {
            refuse(*node.find("evidence"), path + ".evidence", "'" + written + "' is no kind of evidence",
                   "measured, fitted, definition or assumed",
                   nearest(written, {"measured", "fitted", "definition", "assumed"}));
            return;
        }
        spec.evidence = static_cast<Evidence>(at - std::begin(evidence_names));
        if (spec.source.empty()) return;
        bool const says_assumed = spec.source.starts_with("assumed");
        YamlNode const& source = *node.find("source");
        if (spec.evidence == Evidence::assumed && spec.source.substr(says_assumed ? 7 : 0).size() < shortest_reason)
            refuse(source, path + ".source", "gives no reason", "an assumption says why: \"assumed: ...\"");
        if (spec.evidence != Evidence::assumed && says_assumed)
            refuse(source, path + ".source", "is an assumption",
                   "evidence '" + written + "' needs a source: author, year, DOI");
    }

    bool bounds(YamlNode const& node, std::string const& path, ParameterSpec& spec) {
        std::size_t const before = problems_.list().size();
        for (auto const& [name, bound] : {std::pair<char const*, double*>{"low", &spec.low}, {"high", &spec.high}}) {
            YamlNode const* const given = node.find(name);
            if (given == nullptr)
                refuse(node, path, "'" + std::string(name) + "' is missing",
                       "hard bounds: outside them a value is refused");
            else if (auto const number =
                         read_in_unit(*given, spec.unit, -unbounded, unbounded, problems_, path + "." + name))
                *bound = *number;
        }
        if (problems_.list().size() != before) return false;
        if (!(spec.low <= spec.high)) {
            refuse(*node.find("high"), path + ".high", "lies below 'low'");
            return false;
        }
        spec.plausible_low = spec.low;
        spec.plausible_high = spec.high;
        YamlNode const* const plausible = node.find("plausible");
        if (plausible == nullptr) return true;
        if (!plausible->is_sequence() || plausible->items.size() != 2) {
            refuse(*plausible, path + ".plausible", "needs [from, to]", "found " + found(*plausible));
            return true;
        }
        auto const from =
            read_in_unit(plausible->items[0], spec.unit, spec.low, spec.high, problems_, path + ".plausible");
        auto const to =
            read_in_unit(plausible->items[1], spec.unit, spec.low, spec.high, problems_, path + ".plausible");
        if (from && to && !(*from <= *to)) refuse(*plausible, path + ".plausible", "its end lies below its start");
        if (from && to) {
            spec.plausible_low = *from;
            spec.plausible_high = *to;
        }
        return true;
    }

    void values(YamlNode const& node, std::string const& path, ParameterSpec& spec) {
        YamlNode const* const value = node.find("value");
        if (value == nullptr) {
            refuse(node, path, "'value' is missing");
            return;
        }
        std::vector<ValueLeaf> leaves;
        if (!read_value(*value, spec, muscle_names_, leaves, problems_, path + ".value", true)) return;
        for (auto const& leaf : leaves) {
            spec.by_muscle = spec.by_muscle || !leaf.muscle.empty();
            spec.by_sex = spec.by_sex || leaf.sex.has_value();
        }
        std::map<std::string, std::array<bool, 2>> given;
        for (auto const& leaf : leaves)
            for (Sex const sex : {Sex::female, Sex::male}) {
                if (leaf.sex && *leaf.sex != sex) continue;
                spec.values[leaf.muscle][static_cast<std::size_t>(sex)] = leaf.value;
                given[leaf.muscle][static_cast<std::size_t>(sex)] = true;
            }
        for (auto const& name : spec.by_muscle ? muscle_names_ : std::vector<std::string>{""}) {
            auto const at = given.find(name);
            if (at == given.end() && own_values_.contains(name)) continue;  // it brings its own
            for (Sex const sex : {Sex::female, Sex::male}) {
                if (at != given.end() && at->second[static_cast<std::size_t>(sex)]) continue;
                std::string const lacking =
                    at == given.end() ? name
                                      : (name.empty() ? "" : name + ", ") + (sex == Sex::female ? "female" : "male");
                refuse(*value, path + ".value", "has no value for " + lacking, "give all or none");
                if (at == given.end()) break;
            }
        }
    }

    std::vector<double> numbers(YamlNode const& node, std::string_view key, std::string const& path,
                                std::string_view unit_text, double low) {
        std::vector<double> out;
        YamlNode const* const list = node.find(key);
        std::string const inner = path + "." + std::string(key);
        if (list == nullptr || !list->is_sequence()) {
            refuse(list == nullptr ? node : *list, list == nullptr ? path : inner,
                   list == nullptr ? "'" + std::string(key) + "' is missing" : "needs a list of numbers");
            return out;
        }
        for (auto const& item : list->items)
            if (auto const number = read_in_unit(item, unit_text, low, unbounded, problems_, inner))
                out.push_back(*number);
        return out;
    }

    void tables(YamlNode const& node) {
        if (!map(node, "tables")) return;
        for (auto const& [group_key, members] : node.fields) {
            if (!map(members, group_key.text)) continue;
            for (auto const& [key, value] : members.fields) {
                std::string const path = group_key.text + "." + key.text;
                if (!map(value, path)) continue;
                std::size_t const before = problems_.list().size();
                known_keys(value, path, {"unit", "meaning", "source", "ages_years", "female", "male"});
                AgeTable table;
                table.path = path;
                table.unit = unit(value, path);
                table.meaning = text(value, "meaning", path);
                table.source = text(value, "source", path);
                table.ages_years = numbers(value, "ages_years", path, "year", 0.0);
                constexpr double above_zero = 1e-300;  // logarithms are interpolated
                table.values[static_cast<std::size_t>(Sex::female)] =
                    numbers(value, "female", path, table.unit, above_zero);
                table.values[static_cast<std::size_t>(Sex::male)] =
                    numbers(value, "male", path, table.unit, above_zero);
                if (std::ranges::find(data_.parameters.age_tables, path, &AgeTable::path) !=
                    data_.parameters.age_tables.end())
                    refuse(key, path, "is defined twice");
                if (problems_.list().size() != before) continue;
                auto const& ages = table.ages_years;
                if (ages.size() < 2 || ages.size() != table.values[0].size() || ages.size() != table.values[1].size())
                    refuse(value, path, "needs as many values of each sex as ages, at least two");
                else if (std::ranges::adjacent_find(ages, [](double a, double b) { return !(a < b); }) != ages.end())
                    refuse(*value.find("ages_years"), path + ".ages_years", "ages must rise");
                else
                    data_.parameters.age_tables.push_back(std::move(table));
            }
        }
    }

    void correlations(YamlNode const& node) {
        if (!node.is_sequence()) {
            refuse(node, "correlations", "needs a list", "found " + found(node));
            return;
        }
        for (auto const& item : node.items) {
            std::string const path = "correlations";
            if (!map(item, path)) continue;
            known_keys(item, path, {"between", "rho", "source"});
            Correlation correlation;
            correlation.source = text(item, "source", path);
            YamlNode const* const between = item.find("between");
            YamlNode const* const rho = item.find("rho");
            if (rho == nullptr) refuse(item, path, "'rho' is missing");
            auto const number =
                rho == nullptr ? std::nullopt : read_in_unit(*rho, "1", -0.999, 0.999, problems_, path + ".rho");
            if (between == nullptr || !between->is_sequence() || between->items.size() != 2) {
                refuse(between == nullptr ? item : *between, path, "'between' needs two parameters");
                continue;
            }
            correlation.a = between->items[0].text;
            correlation.b = between->items[1].text;
            if (correlation.a == correlation.b) refuse(*between, path, "names one parameter twice");
            for (auto const& side : between->items) mentions_.push_back({side, path, side.text});
            for (auto const& other : data_.parameters.correlations)
                if ((other.a == correlation.a && other.b == correlation.b) ||
                    (other.a == correlation.b && other.b == correlation.a))
                    refuse(*between, path, "is given twice");
            if (!number) continue;
            correlation.rho = *number;
            data_.parameters.correlations.push_back(std::move(correlation));
        }
    }

    void cascades(YamlNode const& node) {
        if (!map(node, "cascades")) return;
        for (auto const& [key, value] : node.fields) {
            std::string const path = "cascades." + key.text;
            if (!map(value, path)) continue;
            known_keys(value, path, {"about", "parameters", "source"});
            Cascade cascade;
            cascade.name = key.text;
            cascade.about = text(value, "about", path);
            cascade.source = text(value, "source", path, false);
            if (std::ranges::find(data_.cascades, key.text, &Cascade::name) != data_.cascades.end())
                refuse(key, path, "is defined twice");
            data_.cascades.push_back(std::move(cascade));
            YamlNode const* const parameters = value.find("parameters");
            if (parameters == nullptr || !map(*parameters, path + ".parameters")) continue;
            for (auto const& [name, number] : parameters->fields) {
                mentions_.push_back({name, path + ".parameters", name.text});
                cascade_values_.push_back(
                    {number, path + ".parameters." + name.text, name.text, data_.cascades.size() - 1});
            }
        }
    }

    /// A list of names; none where the key is absent.
    std::vector<std::string> names(YamlNode const& node, std::string_view key, std::string const& path) {
        std::vector<std::string> out;
        YamlNode const* const list = node.find(key);
        if (list == nullptr) return out;
        if (!list->is_sequence()) {
            refuse(*list, path + "." + std::string(key), "needs a list of names", "found " + found(*list));
            return out;
        }
        for (auto const& item : list->items)
            if (item.is_scalar())
                out.push_back(item.text);
            else
                refuse(item, path + "." + std::string(key), "needs a name", "found " + found(item));
        return out;
    }

    void muscles(YamlNode const& node) {
        if (!map(node, "muscles")) return;
        for (auto const& [key, value] : node.fields) {
            std::string const path = "muscles." + key.text;
            if (!map(value, path)) continue;
            known_keys(value, path, {"about", "source", "by_default", "decides", "like", "values"});
            std::string const by_default = text(value, "by_default", path);
            if (!by_default.empty() && by_default != "true" && by_default != "false")
                refuse(*value.find("by_default"), path + ".by_default", "needs true or false");
            MuscleSpec muscle{.name = key.text,
                              .about = text(value, "about", path),
                              .source = text(value, "source", path, false),
                              .by_default = by_default == "true",
                              .decides = names(value, "decides", path)};
            if (std::ranges::find(muscle_names_, key.text) != muscle_names_.end())
                refuse(key, path, "is defined twice");
            OwnValues own{.mark = key, .like = text(value, "like", path, false), .values = {}};
            if (YamlNode const* const values = value.find("values");
                values != nullptr && map(*values, path + ".values"))
                for (auto const& [name, number] : values->fields) {
                    mentions_.push_back({name, path + ".values", name.text});
                    own.values.emplace_back(name.text, number);
                }
            if (!own.values.empty() || !own.like.empty()) {
                if (muscle.source.empty())
                    refuse(value, path, "'source' is missing",
                           "a muscle that brings its values says where they are from");
                own_values_.emplace(key.text, std::move(own));
            }
            muscle_names_.push_back(key.text);
            data_.muscles.push_back(std::move(muscle));
        }
    }

    /// Values that a muscle's own entry gives, in one place, instead of each parameter's; `like` another for the rest.
    void values_of_muscles() {
        for (auto const& [muscle, own] : own_values_) {
            std::string const path = "muscles." + muscle;
            if (!own.like.empty() &&
                (std::ranges::find(muscle_names_, own.like) == muscle_names_.end() || own_values_.contains(own.like)))
                refuse(own.mark, path,
                       "is like '" + own.like + "', which is no muscle with values of its own parameters", "",
                       nearest(own.like, muscle_names_));
            for (auto const& [name, node] : own.values) {
                auto const id = data_.parameters.find(name);
                if (!id) continue;  // told already
                ParameterSpec& spec = data_.parameters.parameters[id->index];
                if (!spec.by_muscle) {
                    refuse(node, path + ".values", "'" + name + "' does not differ by muscle");
                    continue;
                }
                std::vector<ValueLeaf> leaves;
                ParameterSpec alike = spec;
                alike.by_muscle = false;
                if (!read_value(node, alike, {}, leaves, problems_, path + ".values." + name, false)) continue;
                for (auto const& leaf : leaves)
                    for (Sex const sex : {Sex::female, Sex::male})
                        if (!leaf.sex || *leaf.sex == sex)
                            spec.values[muscle][static_cast<std::size_t>(sex)] = leaf.value;
            }
            std::vector<std::string> lacking;
            for (auto& spec : data_.parameters.parameters) {
                if (!spec.by_muscle || spec.values.contains(muscle)) continue;
                auto const alike = spec.values.find(own.like);
                if (alike == spec.values.end())
                    lacking.push_back(spec.path);
                else
                    spec.values[muscle] = alike->second;
            }
            if (!lacking.empty() && own.like.empty())
                refuse(own.mark, path, "has no value for " + listed(lacking),
                       "give each under 'values', or name a muscle that it is 'like'");
        }
    }

    struct OwnValues {
        YamlNode mark;
        std::string like;
        std::vector<std::pair<std::string, YamlNode>> values;
    };
    struct Mention {
        YamlNode node;
        std::string path;
        std::string parameter;
    };
    struct CascadeValue {
        YamlNode node;
        std::string path;
        std::string parameter;
        std::size_t cascade;
    };

    std::vector<std::string> muscle_names_;
    std::map<std::string, OwnValues> own_values_;
    ModelData& data_;
    Problems& problems_;
    std::vector<Mention> mentions_;
    std::vector<CascadeValue> cascade_values_;
};

}  // namespace

bool read_model_data(std::vector<EmbeddedFile> const& files, ModelData& data, Problems& problems) {
    std::size_t const before = problems.list().size();
    DataReader(data, problems).read(files);
    return problems.list().size() == before;
}

}  // namespace sarx
