#include "sim/run/world.hpp"

#include <algorithm>
#include <cmath>

#include "sim/contract/math.hpp"

namespace sarx {

double LogRateTable::at(Sex sex, double age_years) const {
    auto const& row = log_rate[static_cast<std::size_t>(sex)];
    double const x = std::clamp((age_years - first_age_years) * per_year, 0.0, static_cast<double>(knots - 1));
    auto const i = std::min(static_cast<std::size_t>(x), knots - 2);
    double const share = x - static_cast<double>(i);
    return row[i] + (row[i + 1] - row[i]) * share;
}

double LogRateTable::cumulative(Sex sex, double age_years) const {
    auto const& row = log_rate[static_cast<std::size_t>(sex)];
    double const x = std::clamp((age_years - first_age_years) * per_year, 0.0, static_cast<double>(knots - 1));
    auto const whole = std::min(static_cast<std::size_t>(x), knots - 2);
    double sum = 0.0;
    double before = exp(row[0]);
    for (std::size_t i = 0; i < whole; ++i) {
        double const after = exp(row[i + 1]);
        sum += 0.5 * (before + after);
        before = after;
    }
    double const share = x - static_cast<double>(whole);
    sum += share * 0.5 * (before + exp(at(sex, age_years)));
    return sum / per_year;
}

double LogRateTable::age_after(Sex sex, double age_years, double more) const {
    double age = age_years;
    while (more > 0.0 && age < last_age_years) {
        age += 1.0 / per_year;
        more -= exp(at(sex, age)) / per_year;
    }
    return age;
}

namespace {

LogRateTable tabulate(AgeTable const& table) {
    LogRateTable out;
    for (std::size_t sex = 0; sex < 2; ++sex) {
        auto const& ages = table.ages_years;
        auto const& rates = table.values[sex];
        std::size_t k = 0;
        for (std::size_t i = 0; i < LogRateTable::knots; ++i) {
            double const age = LogRateTable::first_age_years + static_cast<double>(i) / LogRateTable::per_year;
            while (k + 2 < ages.size() && ages[k + 1] <= age) ++k;
            double const share = std::clamp((age - ages[k]) / (ages[k + 1] - ages[k]), 0.0, 1.0);
            out.log_rate[sex][i] = log(rates[k]) + (log(rates[k + 1]) - log(rates[k])) * share;
        }
    }
    return out;
}

bool same_content(Intervention const& a, Intervention const& b) {
    return a.kind == b.kind && a.dose == b.dose && a.ramp_up_years == b.ramp_up_years &&
           a.waning.shape == b.waning.shape && a.waning.years == b.waning.years;
}

void note_columns(Expression const& condition, std::vector<bool>& columns) {
    for (auto const& i : condition.program)
        if (i.operand.kind == Operand::Kind::person_column || i.operand.kind == Operand::Kind::muscle_column)
            columns[i.operand.column.index] = true;
}

/// Columns that a condition of a delivery reads.
std::vector<bool> read_by_conditions(Plan const& plan) {
    std::vector<bool> columns(plan.model->columns().size());
    for (auto const& arm : plan.arms)
        for (auto const& d : arm.deliveries)
            for (Expression const* e : {&d.condition, &d.until_condition, &d.to}) note_columns(*e, columns);
    return columns;
}

/// What the stages and kinds of a model add to, that no stage of the plan but one of the model sets anew. Pools of
/// units have no youth in the dictionary, and no stage that sets them anew.
std::vector<ColumnId> left_unwritten(Plan const& plan) {
    auto const columns = plan.model->columns();
    std::vector<std::uint8_t> added(columns.size()), written(columns.size()), written_here(columns.size());
    auto const mark = [](std::vector<ColumnId> const& list, std::vector<std::uint8_t>& marks) {
        for (ColumnId const c : list) marks[c.index] = 1;
    };
    for (auto const& spec : plan.model->stages()) {
        mark(spec.adds_to, added);
        mark(spec.writes, written);
        if (std::ranges::find(plan.stages, spec.name) != plan.stages.end()) mark(spec.writes, written_here);
    }
    for (auto const& spec : plan.model->kinds()) mark(spec.adds_to, added);
    std::vector<ColumnId> out;
    for (std::size_t c = 0; c < columns.size(); ++c)
        if (added[c] != 0 && written[c] != 0 && written_here[c] == 0 && columns[c].level != Level::unit)
            out.push_back({static_cast<std::uint16_t>(c)});
    return out;
}

std::vector<ColumnId> all_columns(Model const& model) {
    std::vector<ColumnId> all;
    for (std::size_t c = 0; c < model.columns().size(); ++c) all.push_back({static_cast<std::uint16_t>(c)});
    return all;
}

}  // namespace

Held::Held(Plan const& plan, std::vector<ColumnId> const& moved) {
    for (auto const& hold : plan.holds) {
        if (std::ranges::find(moved, hold.column) == moved.end()) continue;
        if (hold.at == Hold::At::youth) columns[static_cast<std::size_t>(Holds::of_youth)].push_back(hold.column);
        columns[static_cast<std::size_t>(Holds::all)].push_back(hold.column);
    }
}

World::World(Plan const& p, std::string const& requested_set, std::optional<LogRateTable> const& centred)
    : plan(&p),
      model(p.model),
      drawing(p),
      renewed(left_unwritten(p)),
      held(p, all_columns(*p.model)),
      series(series_of(p)),
      base_rate(centred) {
    instruction_set = requested_set.empty() ? std::string(model->instruction_sets().back()) : requested_set;

    auto const specs = model->stages();
    auto const in_conditions = read_by_conditions(p);
    auto looked = in_conditions;
    for (auto const& [column, muscle] : series) looked[column.index] = true;
    note_columns(p.population.where, looked);
    auto const writes_any = [](StageSpec const& stage, std::vector<bool> const& of) {
        return std::ranges::any_of(stage.writes, [&](ColumnId c) { return static_cast<bool>(of[c.index]); });
    };
    for (auto const& name : p.stages) {
        auto const spec = std::ranges::find(specs, name, &StageSpec::name);
        // What moves nobody is not read where nobody looks.
        if (spec->phase == Phase::measure && !writes_any(*spec, looked)) continue;
        conditions_measure |= spec->phase == Phase::measure && writes_any(*spec, in_conditions);
        auto& stages = spec->phase == Phase::life   ? life_stages
                       : spec->phase == Phase::body ? body_stages
                                                    : measure_stages;
        auto moved = spec->writes;
        moved.insert(moved.end(), spec->adds_to.begin(), spec->adds_to.end());
        stages.push_back({model->make_stage(name, instruction_set), Held(p, moved)});
    }

    auto const kind_specs = model->kinds();
    kinds.resize(kind_specs.size());
    std::vector<ColumnId> added;
    for (auto const& spec : kind_specs) added.insert(added.end(), spec.adds_to.begin(), spec.adds_to.end());
    held_by_kinds = Held(p, added);
    auto const need = [&](int kind) {
        auto& slot = kinds[static_cast<std::size_t>(kind)];
        if (!slot) slot = model->make_kind(kind_specs[static_cast<std::size_t>(kind)].name);
    };
    for (std::size_t i = 0; i < p.interventions.size(); ++i) {
        need(p.interventions[i].kind);
        std::size_t first = 0;
        while (!same_content(p.interventions[first], p.interventions[i])) ++first;
        same_as.push_back(static_cast<int>(first));
    }

    auto const event_specs = model->events();
    auto const event_index = [&](std::string_view name) {
        auto const at = std::ranges::find(event_specs, name, &EventSpec::name);
        return at == event_specs.end() ? -1 : static_cast<int>(at - event_specs.begin());
    };
    for (auto const& spec : event_specs) {
        EventKind kind{.spec = &spec,
                       .purpose = Purpose(spec.name),
                       .parent = spec.parent.empty() ? -1 : event_index(spec.parent)};
        if (spec.occurs == Occurs::once) kind.once_slot = once_count++;
        if (spec.is_death) death = static_cast<int>(events.size());
        events.push_back(kind);
    }
    for (auto const& spec : model->standing_deliveries()) {
        auto const kind = std::ranges::find(kind_specs, spec.kind, &KindSpec::name) - kind_specs.begin();
        need(static_cast<int>(kind));
        std::vector<double> dose;
        for (auto const& field : kind_specs[static_cast<std::size_t>(kind)].dose) dose.push_back(field.fallback);
        standing.push_back({.spec = &spec,
                            .event = event_index(spec.event),
                            .kind = static_cast<int>(kind),
                            .dose = std::move(dose),
                            .amount = model->parameters().id(spec.amount_parameter),
                            .median_days = model->parameters().id(spec.duration_median_days_parameter),
                            .sd_log = model->parameters().id(spec.duration_sd_log_parameter)});
    }

    measures.resize(model->columns().size());
    for (auto const& spec : model->measures()) {
        auto const index_of = [&](std::string_view path) {
            return path.empty() ? -1 : static_cast<int>(model->parameters().id(path).index);
        };
        measures[spec.of.index] = {&spec, index_of(spec.cv_parameter), index_of(spec.sd_parameter)};
    }

    for (auto const& arm : p.arms) {
        auto& numbers = delivery_number.emplace_back();
        for (std::size_t d = 0; d < arm.deliveries.size(); ++d) numbers.push_back(delivery_count++);
    }

    if (!model->life_table().empty() && death >= 0)
        population_rate = tabulate(model->parameters().age_table(model->life_table()));
}

}  // namespace sarx
