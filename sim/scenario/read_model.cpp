#include "sim/scenario/read_model.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/scenario/cascade_check.hpp"
#include "sim/scenario/parameter_value.hpp"
#include "sim/scenario/read_hold.hpp"
#include "sim/scenario/scenario_tree.hpp"
#include "sim/tables/draws_file.hpp"

namespace sarx::grammar {
namespace {

constexpr std::size_t most_draws_bytes = 64U << 20U;
constexpr std::size_t most_problems = 1000;  // a file in the wrong form need not be told row by row

/// Which leaves of a parameter a value is for.
struct Leaves {
    int muscle = -1;         ///< of the plan; -1: all
    int sex = -1;            ///< -1: both
    bool elsewhere = false;  ///< a muscle that the plan leaves out: checked, not used
};

class ParameterReader {
public:
    explicit ParameterReader(Reading const& reading) : reading_(reading), table_(reading.model.parameters()) {
        for (auto const& spec : table_.parameters) paths_.push_back(spec.path);
    }

    void defaults() const {
        auto const& plan = reading_.plan;
        auto& values = reading_.plan.parameters.values;
        values.resize(table_.parameters.size());
        for (std::size_t p = 0; p < values.size(); ++p) {
            auto const& spec = table_.parameters[p];
            std::size_t const count = spec.by_muscle ? plan.muscles.size() : 1;
            for (std::size_t m = 0; m < count; ++m) {
                auto at = spec.by_muscle ? spec.values.find(plan.muscle_names[m]) : spec.values.end();
                if (at == spec.values.end()) at = spec.values.find("");
                if (at == spec.values.end() && !spec.values.empty()) at = spec.values.begin();
                values[p].push_back(at == spec.values.end() ? std::array<Value, 2>{} : at->second);
            }
        }
    }

    /// Values in which the chosen cascade differs from the model's defaults.
    void of_cascade(Cascade const& cascade) const {
        for (auto const& [path, number] : cascade.parameters) {
            YamlNode node;
            node.kind = YamlNode::Kind::scalar;
            node.text = number_text(number);
            node.mark = {-1, 0, 0};
            flat(path, node, "cascades." + cascade.name + "." + path);
        }
    }

    /// Takes the row of a table of parameter sets that is the plan's draw. All rows are checked.
    void draws(std::string_view text) {
        auto& problems = reading_.problems;
        auto& draw = reading_.plan.parameters.draw;
        std::size_t const before = problems.list().size();
        DrawsFile file(text, draw.path, problems);
        std::vector<Target> targets;
        for (auto const& column : file.columns())
            if (auto const target = find(column.text.substr(parameters_path.size()), column, column.text))
                targets.push_back(*target);
        if (problems.list().size() != before) return;
        while (auto const cells = file.next()) {
            bool const chosen = file.rows() == draw.number;
            if (chosen) draw.line = cells->front().mark.line;
            for (std::size_t c = 0; c < targets.size(); ++c)
                leaf(targets[c], (*cells)[c], file.columns()[c].text, chosen);
            if (problems.list().size() > before + most_problems) break;
        }
        draw.rows = file.rows();
    }

    /// Walks nested groups ("nmj_instability: {repair_rate_per_year: 1.2}") and dotted paths alike.
    void tree(YamlNode const& node, std::string const& prefix) {
        if (!node.is_map()) {
            reading_.refuse(node, "model.parameters" + (prefix.empty() ? "" : "." + prefix), "needs keys with values",
                            "found " + found(node));
            return;
        }
        for (auto const& [key, value] : node.fields) {
            std::string const path = prefix.empty() ? key.text : prefix + "." + key.text;
            bool const group =
                std::ranges::any_of(paths_, [&](auto const& known) { return known.starts_with(path + "."); });
            if (group && !table_.find(path)) {
                tree(value, path);
                continue;
            }
            auto const [at, fresh] = given_.emplace(path, key.mark.file);
            if (!fresh && at->second == key.mark.file && key.mark.line > 0) {
                reading_.refuse(key, "model.parameters." + path, "is given twice", "each parameter may be given once");
                continue;
            }
            at->second = key.mark.file;
            flat(path, value, "model.parameters." + path);
        }
    }

    /// Index of a parameter by its path; refuses others.
    std::optional<int> index_of(YamlNode const& node, std::string const& path) const {
        return read_name(reading_, node, path, paths_, "unknown parameter");
    }

private:
    /// What a path names.
    struct Target {
        int parameter = 0;
        Leaves leaves;
    };

    void flat(std::string const& path, YamlNode const& value, std::string const& shown) const {
        if (auto const target = find(path, value, shown)) leaf(*target, value, shown);
    }

    /// Looks up a whole path, maybe with a muscle or a sex at its end; refuses others.
    std::optional<Target> find(std::string const& path, YamlNode const& value, std::string const& shown) const {
        std::string base = path;
        std::vector<std::string> ends;
        while (!table_.find(base)) {
            auto const dot = base.rfind('.');
            if (dot == std::string::npos || ends.size() == 2) {
                reading_.refuse(value, shown, "unknown parameter", "`sarx describe` lists them", nearest(path, paths_));
                return std::nullopt;
            }
            ends.insert(ends.begin(), base.substr(dot + 1));
            base = base.substr(0, dot);
        }
        Target target{static_cast<int>(table_.find(base)->index), {}};
        for (auto const& end : ends)
            if (!narrow(target.parameter, end, value, shown, target.leaves)) return std::nullopt;
        return target;
    }

    /// Narrows the leaves to one muscle or sex; refuses other words.
    bool narrow(int p, std::string const& word, YamlNode const& at, std::string const& shown, Leaves& leaves) const {
        auto const& spec = table_.parameters[p];
        if ((word == "female" || word == "male") && leaves.sex < 0) {
            leaves.sex = word == "female" ? static_cast<int>(Sex::female) : static_cast<int>(Sex::male);
            return true;
        }
        auto const all = reading_.model.muscles();
        bool const muscle = std::ranges::find(all, word) != all.end();
        if (muscle && !spec.by_muscle) {
            reading_.refuse(at, shown, "does not differ by muscle", "'" + spec.path + "' belongs to the whole person");
            return false;
        }
        if (muscle && leaves.muscle < 0 && !leaves.elsewhere) {
            auto const& names = reading_.plan.muscle_names;
            auto const found_at = std::ranges::find(names, word);
            leaves.elsewhere = found_at == names.end();
            if (!leaves.elsewhere) leaves.muscle = static_cast<int>(found_at - names.begin());
            return true;
        }
        std::vector<std::string> valid = {"female", "male"};
        if (spec.by_muscle) valid.insert(valid.end(), all.begin(), all.end());
        reading_.refuse(
            at, shown, "unknown key '" + word.substr(0, 60) + "'",
            "a number, a distribution, or values by " + std::string(spec.by_muscle ? "muscle or sex" : "sex"),
            nearest(word, valid));
        return false;
    }

    void leaf(Target const& target, YamlNode const& node, std::string const& shown, bool kept = true) const {
        int const p = target.parameter;
        auto const all = reading_.model.muscles();
        std::vector<std::string> const muscles(all.begin(), all.end());
        std::vector<ValueLeaf> values;
        if (!read_value(node, table_.parameters[p], muscles, values, reading_.problems, shown)) return;
        for (auto const& value : values) {
            Leaves inner = target.leaves;
            if (!value.muscle.empty() && !narrow(p, value.muscle, node, shown, inner)) return;
            if (value.sex && !narrow(p, *value.sex == Sex::female ? "female" : "male", node, shown, inner)) return;
            if (inner.elsewhere || !kept) continue;
            std::string const word =
                (value.muscle.empty() ? "" : "." + value.muscle) + (!value.sex                  ? ""
                                                                    : *value.sex == Sex::female ? ".female"
                                                                                                : ".male");
            set(p, value.value, inner, value.mark, shown + word);
        }
    }

    void set(int p, Value const& value, Leaves leaves, Mark const& mark, std::string const& shown) const {
        auto& by_muscle = reading_.plan.parameters.values[p];
        std::string from;
        for (std::size_t m = 0; m < by_muscle.size(); ++m) {
            if (leaves.muscle >= 0 && static_cast<std::size_t>(leaves.muscle) != m) continue;
            for (int sex = 0; sex < 2; ++sex) {
                if (leaves.sex >= 0 && leaves.sex != sex) continue;
                std::string const old = value_text(by_muscle[m][sex]);
                if (from.find(old) == std::string::npos) from += (from.empty() ? "" : " | ") + old;
                by_muscle[m][sex] = value;
            }
        }
        std::string by;
        if (mark.file >= 0 && static_cast<std::size_t>(mark.file) < reading_.problems.files.size())
            by = reading_.problems.files[mark.file] + (mark.line > 0 ? ":" + std::to_string(mark.line) : "");
        else
            by = "cascade " + reading_.plan.cascade;
        reading_.plan.overrides.push_back(
            {shown.starts_with(parameters_path) ? shown.substr(parameters_path.size()) : shown, from, value_text(value),
             by});
    }

    Reading const& reading_;
    ParameterTable const& table_;
    std::vector<std::string> paths_;
    std::map<std::string, int> given_;  ///< path -> file that gave it
};

/// Whether the matrix of correlations is positive definite (Cholesky), so that draws can obey all of them.
bool can_hold(std::vector<ResolvedParameters::Correlation> const& correlations) {
    std::vector<int> ids;
    for (auto const& c : correlations) {
        ids.push_back(c.a);
        ids.push_back(c.b);
    }
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::size_t const n = ids.size();
    std::vector<double> m(n * n, 0.0);
    auto const at = [&](int id) { return static_cast<std::size_t>(std::ranges::lower_bound(ids, id) - ids.begin()); };
    for (std::size_t i = 0; i < n; ++i) m[i * n + i] = 1.0;
    for (auto const& c : correlations) m[at(c.a) * n + at(c.b)] = m[at(c.b) * n + at(c.a)] = c.rho;
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = m[i * n + j];
            for (std::size_t k = 0; k < j; ++k) sum -= m[i * n + k] * m[j * n + k];
            if (i == j && !(sum > 1e-12)) return false;
            m[i * n + j] = i == j ? std::sqrt(sum) : sum / m[j * n + j];
        }
    }
    return true;
}

/// The table of parameter sets whose row this run takes.
void read_draws(Reading const& reading, YamlNode const* number, YamlNode const& from, ParameterReader& parameters) {
    auto& draw = reading.plan.parameters.draw;
    std::string const path = "model.draws_from";
    auto const name = read_text(reading, from, path);
    if (!name) return;
    auto text = reading.folder.read(*name, "", most_draws_bytes, from.mark, path, reading.problems, draw.path);
    if (!text) return;
    std::size_t const before = reading.problems.list().size();
    parameters.draws(*text);
    if (number == nullptr)
        reading.refuse(from, path, "needs 'draw' beside it", "the row of " + draw.path + " that this run takes");
    else if (draw.number > draw.rows && reading.problems.list().size() == before)
        reading.refuse(*number, "model.draw", "there is no row " + std::to_string(draw.number),
                       draw.path + " has " + std::to_string(draw.rows));
    reading.plan.origin.tables.push_back({draw.path, std::move(*text)});
}

/// A draw of nothing would be the same run under another number.
void check_draw(Reading const& reading, YamlNode const* number, YamlNode const* from) {
    if (number == nullptr || from != nullptr) return;
    for (auto const& by_muscle : reading.plan.parameters.values)
        for (auto const& sexes : by_muscle)
            for (auto const& value : sexes)
                if (value.shape != Shape::constant && value.between == Between::runs) return;
    reading.refuse(*number, "model.draw", "there is nothing to draw",
                   "neither a parameter that is a distribution between runs, nor 'draws_from'");
}

void read_correlations(Reading const& reading, YamlNode const* node, ParameterReader const& parameters) {
    auto const& table = reading.model.parameters();
    auto& out = reading.plan.parameters.correlations;
    auto const put = [&](int a, int b, double rho) {
        for (auto& c : out)
            if ((c.a == a && c.b == b) || (c.a == b && c.b == a)) {
                c.rho = rho;
                return;
            }
        out.push_back({a, b, rho});
    };
    for (auto const& c : table.correlations) {
        auto const a = table.find(c.a);
        auto const b = table.find(c.b);
        if (a && b) put(a->index, b->index, c.rho);
    }
    if (node == nullptr) return;
    if (!node->is_sequence()) {
        reading.refuse(*node, "model.correlations", "needs a list", "found " + found(*node));
        return;
    }
    for (std::size_t i = 0; i < node->items.size(); ++i) {
        std::string const path = "model.correlations." + std::to_string(i);
        Fields fields(reading, node->items[i], path);
        YamlNode const* const between = fields.need("between", "two parameters by path");
        YamlNode const* const rho = fields.need("rho", "the correlation, -1 to 1");
        fields.finish();
        auto const r = rho == nullptr ? std::nullopt
                                      : read_number(reading, *rho, fields.path("rho"), "1", -strongest_correlation,
                                                    strongest_correlation);
        if (between == nullptr) continue;
        if (!between->is_sequence() || between->items.size() != 2) {
            reading.refuse(*between, fields.path("between"), "needs two parameters", "found " + found(*between));
            continue;
        }
        auto const a = parameters.index_of(between->items[0], fields.path("between"));
        auto const b = parameters.index_of(between->items[1], fields.path("between"));
        if (!a || !b || !r) continue;
        if (*a == *b) {
            reading.refuse(between->items[1], fields.path("between"), "names one parameter twice",
                           "a correlation is between two");
            continue;
        }
        bool varies = true;
        for (int const p : {*a, *b}) {
            auto const& value = reading.plan.parameters.values[p].front()[0];
            if (value.shape != Shape::constant && value.between == Between::people) continue;
            reading.refuse(between->items[p == *a ? 0 : 1], fields.path("between"),
                           "'" + table.parameters[p].path + "' is the same for everyone",
                           "only what differs between people can be correlated");
            varies = false;
        }
        if (varies) put(*a, *b, *r);
    }
    if (!can_hold(out))
        reading.refuse(*node, "model.correlations", "cannot all hold at once",
                       "the matrix of correlations is not positive definite");
}

}  // namespace

void check_model(Reading const& reading, Given const& given, std::string const& path, Plan& plan) {
    auto const all = reading.model.muscles();
    if (YamlNode const* const muscles = given.at("muscles")) {
        if (muscles->is_sequence() && muscles->items.empty())
            reading.refuse(*muscles, path + ".muscles", "is empty", "a person needs at least one muscle");
        else if (plan.muscles.size() > max_muscles)
            reading.refuse(*muscles, path + ".muscles", "more than 8 muscles", "a block of people holds at most 8");
    }
    if (plan.muscles.empty())
        for (auto const& name : reading.model.default_muscles())
            plan.muscles.push_back(static_cast<int>(std::ranges::find(all, name) - all.begin()));
    for (int const m : plan.muscles) plan.muscle_names.emplace_back(all[static_cast<std::size_t>(m)]);

    Cascade const* const base = read_cascade(reading, given.at("cascade"));

    ParameterReader parameters(reading);
    parameters.defaults();
    if (base != nullptr) parameters.of_cascade(*base);
    YamlNode const* const draw = given.at("draw");
    YamlNode const* const draws_from = given.at("draws_from");
    if (draws_from != nullptr) read_draws(reading, draw, *draws_from, parameters);
    if (YamlNode const* const values = given.at("parameters")) parameters.tree(*values, "");
    check_draw(reading, draw, draws_from);
    read_correlations(reading, given.at("correlations"), parameters);
    if (YamlNode const* const hold = given.at("hold")) read_holds(reading, *hold);
}

}  // namespace sarx::grammar
