#include "sim/scenario/people_file.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "sim/scenario/csv.hpp"
#include "sim/scenario/reading.hpp"

namespace sarx {
namespace {

constexpr std::size_t most_problems = 1000;  // a file in the wrong form need not be told row by row
constexpr std::size_t longest_id = 200;
constexpr double largest_weight = 1e12;

std::string quoted(std::string_view text) {
    constexpr std::size_t most = 60;
    return "'" + std::string(text.substr(0, most)) + (text.size() > most ? "..." : "") + "'";
}

/// A column of sarx's and where the file has it.
struct Place {
    std::string ours;
    std::string theirs;
    std::size_t index = std::string::npos;  ///< npos: the file does not have it
};

class PeopleReader {
public:
    PeopleReader(std::string_view text, std::vector<std::pair<std::string, std::string>> const& renamed,
                 Model const& model, Population& population, Problems& problems, int file)
        : csv_(text), given_(model.given()), population_(population), problems_(problems), file_(file) {
        for (std::string_view const name : {"id", "sex", "age_years", "weight"})
            places_.push_back({std::string(name), std::string(name)});
        for (auto const& spec : given_) places_.push_back({std::string(spec.name), std::string(spec.name)});
        for (auto const& [ours, theirs] : renamed)
            for (auto& place : places_)
                if (place.ours == ours) place.theirs = theirs;
        for (auto const& [ours, theirs] : renamed) asked_.push_back(ours);
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
        bool const weighted = places_[3].index != std::string::npos;
        if (problems_.list().size() == before && !(all > 0.0))
            problems_.add({{file_, 0, 0}, places_[3].theirs, "all weights are 0", "", ""});
        if (problems_.list().size() != before) return;
        population_.given = std::move(people);
        population_.weighted = weighted;
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
            if (at != names.end()) {
                place.index = static_cast<std::size_t>(at - names.begin());
                continue;
            }
            bool const asked = std::ranges::find(asked_, place.ours) != asked_.end();
            if (asked)
                refuse(header.line, 1, "", "no column " + quoted(place.theirs),
                       "population.columns asks for it as " + place.ours, nearest(place.theirs, names));
            else if (place.ours == "sex" || place.ours == "age_years")
                refuse(header.line, 1, "", "no column " + quoted(place.ours),
                       "each person needs it; population.columns can name another: {" + place.ours + ": ...}",
                       nearest(place.ours, names));
        }
        for (auto const& name : names)
            if (std::ranges::find(places_, name, &Place::theirs) == places_.end()) ignored_.push_back(name);
        return problems_.list().size() == before;
    }

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
        if (CsvCell const* const cell = at(row, 3)) {
            if (cell->text.empty())
                refuse(row.line, cell->column, places_[3].theirs, "is empty", "a weight cannot be drawn");
            else
                person.weight = number_in(row, *cell, places_[3], "1", 0.0, largest_weight).value_or(1.0);
        }
        for (std::size_t g = 0; g < given_.size(); ++g) {
            CsvCell const* const cell = at(row, 4 + g);
            auto& value = person.given.emplace_back();
            if (cell != nullptr && !cell->text.empty())
                value = number_in(row, *cell, places_[4 + g], given_[g].unit, given_[g].low, given_[g].high);
        }
        return person;
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

    Csv csv_;
    std::span<GivenSpec const> given_;
    Population& population_;
    Problems& problems_;
    int file_;
    std::vector<Place> places_;       ///< id, sex, age_years, weight, then Model::given()
    std::vector<std::string> asked_;  ///< ours, as renamed by the scenario
    std::vector<std::string> ignored_;
    std::size_t width_ = 0;
    std::unordered_map<std::string, int> lines_;
};

}  // namespace

void read_people_file(std::string_view text, std::string const& path,
                      std::vector<std::pair<std::string, std::string>> const& renamed, Model const& model,
                      Population& population, Problems& problems) {
    int const file = static_cast<int>(problems.files.size());
    problems.files.push_back(path);
    PeopleReader(text, renamed, model, population, problems, file).read();
}

}  // namespace sarx
