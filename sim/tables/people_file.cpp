#include "sim/tables/people_file.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "sim/contract/life_span.hpp"
#include "sim/tables/csv.hpp"
#include "sim/text/words.hpp"

namespace sarx {
namespace {

constexpr std::size_t most_problems = 1000;  // a file in the wrong form need not be told row by row
constexpr std::size_t longest_id = 200;
constexpr std::size_t longest_label = 64;
constexpr double largest_weight = 1e12;

/// A column of sarx's and where the file has it.
struct Place {
    std::string ours;
    std::string theirs;                     ///< empty: not to be looked for
    std::size_t index = std::string::npos;  ///< npos: the file does not have it
};

class PeopleReader {
public:
    PeopleReader(std::string_view text, PeopleColumns const& columns, Model const& model, GivenPeople& population,
                 Problems& problems, int file)
        : csv_(text),
          columns_(columns),
          given_(model.given()),
          population_(population),
          problems_(problems),
          file_(file) {
        auto const& named = columns.named;
        for (auto const& name : people_columns(model)) {
            auto const at = std::ranges::find(named, name, &std::pair<std::string, std::string>::first);
            bool const spoken_of =
                is_of_design(name) || std::ranges::find(columns.ignored, name) != columns.ignored.end() ||
                std::ranges::find(named, name, &std::pair<std::string, std::string>::second) != named.end();
            places_.push_back({name, at != named.end() ? at->second : spoken_of ? "" : name});
        }
    }

    void read() {
        std::size_t const before = problems_.list().size();
        std::string fault;
        auto const header = csv_.next(fault);
        if (!header) {
            problems_.add({{file_, 0, 0}, "", "the file holds no rows", "the first row names the columns", ""});
            return;
        }
        if (!fault.empty()) refuse(header->line, 1, "", fault);
        if (!find_columns(*header)) return;
        std::vector<GivenPerson> people;
        std::size_t number = 0;
        while (problems_.list().size() < before + most_problems) {
            fault.clear();
            auto const row = csv_.next(fault);
            if (!row) break;
            ++number;
            if (!fault.empty()) refuse(row->line, 1, "", fault);
            if (row->cells.size() != width_) {
                refuse(row->line, 1, "", std::to_string(row->cells.size()) + " cells",
                       "the first row names " + std::to_string(width_) + " columns");
                continue;
            }
            people.push_back(person(*row, number));
        }
        if (number == 0)
            problems_.add({{file_, 0, 0}, "", "the file holds no people", "only the names of columns", ""});
        double all = 0.0;
        for (auto const& p : people) all += p.weight;
        if (problems_.list().size() == before && !(all > 0.0))
            problems_.add({{file_, 0, 0}, places_[weight].theirs, "all weights are 0", "", ""});
        refuse_doubtful_weight(*header, people);
        if (problems_.list().size() != before) return;
        population_.given = std::move(people);
        population_.weighted = is_there(weight);
        population_.has_strata = is_there(stratum);
        population_.has_sampling_units = is_there(sampling_unit);
        population_.given_ignored = std::move(ignored_);
    }

private:
    void refuse(int line, int column, std::string const& name, std::string what, std::string why = "",
                std::string suggest = "") {
        problems_.add({{file_, line, column}, name, std::move(what), std::move(why), std::move(suggest)});
    }

    bool find_columns(CsvRow const& header) {
        std::size_t const before = problems_.list().size();
        width_ = header.cells.size();
        std::vector<std::string> names;
        for (auto const& cell : header.cells) {
            if (std::ranges::find(names, cell.text) != names.end())
                refuse(
                    header.line, cell.column, cell.text,
                    cell.text.empty() ? "a column without a name stands here twice" : "the column stands here twice");
            names.push_back(cell.text);
        }
        if (width_ == 1 && (names[0].find(';') != std::string::npos || names[0].find('\t') != std::string::npos)) {
            refuse(header.line, 1, "", "columns are not separated by commas", "found " + quoted(names[0]));
            return false;
        }
        for (auto& place : places_) {
            auto const at = std::ranges::find(names, place.theirs);
            if (!place.theirs.empty() && at != names.end()) {
                place.index = static_cast<std::size_t>(at - names.begin());
                continue;
            }
            if (std::ranges::find(columns_.named, std::pair(place.ours, place.theirs)) != columns_.named.end())
                refuse(header.line, 1, "", "no column " + quoted(place.theirs),
                       "population.columns asks for it as " + place.ours, nearest(place.theirs, names));
            else if (place.ours == "sex" || place.ours == "age_years")
                refuse(header.line, 1, "", "no column " + quoted(place.ours),
                       "each person needs it; population.columns can name another: {" + place.ours + ": ...}",
                       nearest(place.ours, names));
        }
        for (auto const& name : columns_.ignored)
            if (std::ranges::find(names, name) == names.end())
                refuse(header.line, 1, "", "no column " + quoted(name), "population.ignore names it",
                       nearest(name, names));
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (std::ranges::find(places_, i, &Place::index) == places_.end()) ignored_.push_back(names[i]);
        }
        return problems_.list().size() == before;
    }

    /// A column "weight" of which the scenario says nothing is that of a survey, unless it might as well be what people
    /// call their weight: the file gives no other, and it would be one for everybody.
    void refuse_doubtful_weight(CsvRow const& header, std::vector<GivenPerson> const& people) {
        bool const said = std::ranges::find(columns_.named, std::string("weight"),
                                            &std::pair<std::string, std::string>::first) != columns_.named.end();
        if (said || !is_there(weight)) return;
        for (std::size_t g = 0; g < given_.size(); ++g) {
            auto const possible = [&](GivenPerson const& p) {
                return p.weight >= given_[g].low && p.weight <= given_[g].high;
            };
            if (!given_[g].called_weight || is_there(first_given + g) || !std::ranges::all_of(people, possible))
                continue;
            std::string const name(given_[g].name);
            refuse(header.line, header.cells[places_[weight].index].column, "",
                   "a column 'weight' may be a survey weight or " + name,
                   "say which: population.columns: {weight: weight} for a survey weight, {" + name +
                       ": weight}, or "
                       "population.ignore: [weight]");
        }
    }

    [[nodiscard]] bool is_there(std::size_t place) const { return places_[place].index != std::string::npos; }

    GivenPerson person(CsvRow const& row, std::size_t number) {
        GivenPerson person;
        person.id = std::to_string(number);
        if (CsvCell const* const cell = at(row, 0)) person.id = id(row, *cell);
        auto const [other, fresh] = lines_.emplace(person.id, row.line);
        if (!fresh)
            refuse(row.line, 1, places_[0].theirs, quoted(person.id) + " stands here twice",
                   "first in line " + std::to_string(other->second));
        person.key = XXH3_64bits(person.id.data(), person.id.size());
        person.sex = sex(row, *at(row, 1));
        CsvCell const& age = *at(row, 2);
        if (age.text.empty())
            refuse(row.line, age.column, places_[2].theirs, "is empty", "each person needs an age");
        else
            person.age_years =
                number_in(row, age, places_[2], "years", youngest_years, oldest_years).value_or(youngest_years);
        if (CsvCell const* const cell = at(row, weight)) {
            if (cell->text.empty())
                refuse(row.line, cell->column, places_[weight].theirs, "is empty", "a weight cannot be drawn");
            else
                person.weight = number_in(row, *cell, places_[weight], "1", 0.0, largest_weight).value_or(1.0);
        }
        person.stratum = label(row, stratum);
        person.sampling_unit = label(row, sampling_unit);
        for (std::size_t g = 0; g < given_.size(); ++g) {
            CsvCell const* const cell = at(row, first_given + g);
            auto& value = person.given.emplace_back();
            if (cell != nullptr && !cell->text.empty())
                value = number_in(row, *cell, places_[first_given + g], given_[g].unit, given_[g].low, given_[g].high);
        }
        return person;
    }

    /// What a column of the survey's design says of a person; empty where the file has none.
    std::string label(CsvRow const& row, std::size_t place) {
        CsvCell const* const cell = at(row, place);
        if (cell == nullptr) return "";
        if (cell->text.empty())
            refuse(row.line, cell->column, places_[place].theirs, "is empty", "each person of a survey has one");
        if (cell->text.size() > longest_label)
            refuse(row.line, cell->column, places_[place].theirs, "is too long", "at most 64 bytes");
        return cell->text;
    }

    CsvCell const* at(CsvRow const& row, std::size_t place) const {
        auto const index = places_[place].index;
        return index == std::string::npos ? nullptr : &row.cells[index];
    }

    std::string id(CsvRow const& row, CsvCell const& cell) {
        if (cell.text.empty()) refuse(row.line, cell.column, places_[0].theirs, "is empty", "luck is keyed by the id");
        if (cell.text.size() > longest_id)
            refuse(row.line, cell.column, places_[0].theirs, "is too long", "at most 200 characters");
        return cell.text.empty() ? "line " + std::to_string(row.line) : cell.text;
    }

    Sex sex(CsvRow const& row, CsvCell const& cell) {
        std::string word;
        for (char const c : cell.text) word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (word == "female" || word == "f") return Sex::female;
        if (word == "male" || word == "m") return Sex::male;
        refuse(row.line, cell.column, places_[1].theirs,
               cell.text.empty() ? "is empty" : quoted(cell.text) + " is not known", "female, male, f or m");
        return Sex::female;
    }

    std::optional<double> number_in(CsvRow const& row, CsvCell const& cell, Place const& place, std::string_view unit,
                                    double low, double high) {
        double value = 0.0;
        char const* const begin = cell.text.data() + (cell.text.starts_with('+') ? 1 : 0);
        char const* const end = cell.text.data() + cell.text.size();
        auto const [stopped, error] = std::from_chars(begin, end, value);
        if (error != std::errc{} || stopped != end || !std::isfinite(value)) {
            refuse(row.line, cell.column, place.theirs, quoted(cell.text) + " is not a number",
                   (unit == "1" ? std::string("in decimal digits") : "in " + std::string(unit) + ", without the unit") +
                       "; an empty cell where it is not known");
            return std::nullopt;
        }
        if (value >= low && value <= high) return value;
        refuse(row.line, cell.column, place.theirs, cell.text + " is out of bounds",
               "must be within " + number_text(low) + " and " + number_text(high) +
                   (unit == "1" ? "" : " " + std::string(unit)));
        return std::nullopt;
    }

    /// Where our columns stand in places_; id, sex and age_years before them.
    static constexpr std::size_t weight = 3;
    static constexpr std::size_t stratum = 4;
    static constexpr std::size_t sampling_unit = 5;
    static constexpr std::size_t first_given = 6;

    Csv csv_;
    PeopleColumns const& columns_;
    std::span<GivenSpec const> given_;
    GivenPeople& population_;
    Problems& problems_;
    int file_;
    std::vector<Place> places_;  ///< of people_columns()
    std::vector<std::string> ignored_;
    std::size_t width_ = 0;
    std::unordered_map<std::string, int> lines_;
};

}  // namespace

bool is_of_design(std::string_view ours) { return ours == "stratum" || ours == "sampling_unit"; }

std::vector<std::string> people_columns(Model const& model) {
    std::vector<std::string> names = {"id", "sex", "age_years", "weight", "stratum", "sampling_unit"};
    for (auto const& spec : model.given()) names.emplace_back(spec.name);
    return names;
}

void read_people_file(std::string_view text, std::string const& path, PeopleColumns const& columns, Model const& model,
                      GivenPeople& population, Problems& problems) {
    int const file = static_cast<int>(problems.files.size());
    problems.files.push_back(path);
    std::size_t const before = problems.list().size();
    problems.add_faults_of(text, file);
    if (problems.list().size() == before) PeopleReader(text, columns, model, population, problems, file).read();
}

}  // namespace sarx
