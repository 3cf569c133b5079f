#include "sim/scenario/windows.hpp"

#include <algorithm>
#include <limits>

namespace sarx {
namespace {

/// In years from the run's start.
struct Window {
    double from_years = 0.0;
    double to_years = std::numeric_limits<double>::infinity();
    [[nodiscard]] bool empty() const { return !(from_years < to_years); }
};

/// Whether a delivery begins at a time that age and entry alone decide.
bool by_the_clock(Delivery const& d) {
    return d.from == Delivery::From::start || d.from == Delivery::From::age || d.from == Delivery::From::time;
}

/// The widest window of a delivery to somebody who enters at an age.
Window window_of(Delivery const& d, double start_age_years) {
    Window window;
    if (d.from == Delivery::From::age) window.from_years = std::max(0.0, d.from_years - start_age_years);
    if (d.from == Delivery::From::time) window.from_years = d.from_years;
    if (d.until == Delivery::Until::age) window.to_years = d.until_years - start_age_years;
    if (d.until == Delivery::Until::time) window.to_years = d.until_years;
    if (d.until == Delivery::Until::after && by_the_clock(d)) window.to_years = window.from_years + d.until_years;
    return window;
}

/// Ages at entry: those of real people, or enough of a range.
std::vector<double> start_ages(Population const& population) {
    std::vector<double> ages;
    for (auto const& person : population.given) ages.push_back(person.age_years);
    if (!ages.empty()) return ages;
    double const from = population.start_age_from_years;
    double const to = population.start_age_to_years;
    constexpr int parts = 100;
    for (int i = 0; i <= (from < to ? parts : 0); ++i) ages.push_back(from + (to - from) * i / parts);
    return ages;
}

bool exclude_each_other(Delivery const& a, Delivery const& b) {
    bool const apart = (a.muscles & b.muscles) == 0 || (a.sides & b.sides) == 0;
    return apart || (a.groups > 0 && a.groups == b.groups && a.group != b.group);
}

enum class Overlap { never, perhaps, surely };

Overlap overlap_of(Delivery const& a, Delivery const& b, Population const& population,
                   std::vector<double> const& ages) {
    if (exclude_each_other(a, b)) return Overlap::never;
    bool const meet = std::ranges::any_of(ages, [&](double age) {
        Window const x = window_of(a, age);
        Window const y = window_of(b, age);
        double const end = std::min(population.follow_years, population.end_age_years - age);
        return !Window{std::max(x.from_years, y.from_years), std::min({x.to_years, y.to_years, end})}.empty();
    });
    if (!meet) return Overlap::never;
    auto const certain = [](Delivery const& d) { return by_the_clock(d) && d.until != Delivery::Until::when; };
    return certain(a) && certain(b) && a.to.text == b.to.text ? Overlap::surely : Overlap::perhaps;
}

}  // namespace

void check_window(Reading const& reading, YamlNode const& until, std::string const& path, Delivery const& delivery) {
    auto const& population = reading.plan.population;
    auto const ages = start_ages(population);
    auto const closed = [&](double age) { return window_of(delivery, age).empty(); };
    auto const first = std::ranges::find_if(ages, closed);
    if (first == ages.end()) return;
    if (std::ranges::all_of(ages, closed))
        reading.refuse(until, path, "is over before it begins, for everybody",
                       "people start at " + number_text(population.start_age_from_years) + " years" +
                           (ages.size() > 1 ? " or later" : ""));
    else
        reading.note(until, path, "is over before it begins for some people, who get nothing of it",
                     "such as who starts at " + number_text(*first) + " years");
}

void check_overlaps(Reading const& reading, std::vector<Delivery> const& deliveries,
                    std::vector<YamlNode const*> const& nodes, std::vector<std::string> const& paths) {
    auto const ages = start_ages(reading.plan.population);
    for (std::size_t i = 0; i < deliveries.size(); ++i) {
        std::size_t with = 0;
        Overlap worst = Overlap::never;
        for (std::size_t j = 0; j < i && worst != Overlap::surely; ++j) {
            if (deliveries[j].intervention != deliveries[i].intervention) continue;
            Overlap const found = overlap_of(deliveries[j], deliveries[i], reading.plan.population, ages);
            if (found > worst) with = j;
            worst = std::max(worst, found);
        }
        std::string const rule = "where courses of one intervention overlap, the larger dose counts, never the sum";
        if (worst == Overlap::surely)
            reading.refuse(*nodes[i], paths[i], "gives the same at the same time as " + paths[with],
                           rule + "; reach: {group: 1, groups: 2} and {group: 2, groups: 2} give to different people");
        if (worst == Overlap::perhaps)
            reading.note(*nodes[i], paths[i], "may come at the same time as " + paths[with], rule);
    }
}

}  // namespace sarx
