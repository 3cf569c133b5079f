#include "sim/result/prevalence.hpp"

#include <array>

namespace sarx {

std::vector<Classes> classes_of(Layout const& layout) {
    std::vector<Classes> all;
    std::size_t first = 0;
    for (Variable const& v : layout.variables) {
        if (v.spec->kind != Kind::flag || v.by_muscle()) continue;
        all.push_back({v.first, static_cast<std::size_t>(layout.scales[v.first].bins) + 1, first});
        first += all.back().count * all.back().count;
    }
    return all;
}

std::vector<std::string> class_names(Layout const& layout, Classes const& classes) {
    std::vector<std::string> names;
    std::string_view words = layout.plan->model->columns()[layout.series[classes.series].column.index].flag_meanings;
    while (names.size() + 1 < classes.count) {
        std::size_t const end = std::min(words.find(' '), words.size());
        names.emplace_back(end > 0 ? std::string(words.substr(0, end)) : std::to_string(names.size()));
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    names.emplace_back("dead");
    return names;
}

std::size_t PrevalenceTotals::size(Layout const& layout) {
    std::size_t pairs = 0;
    for (Classes const& c : classes_of(layout)) pairs += c.count * c.count;
    return statistics * pairs * layout.arms * 2 * layout.records;
}

PrevalenceTotals::PrevalenceTotals(Layout const& layout, Int128* memory)
    : layout_(&layout), data_(memory), classes_(classes_of(layout)) {
    for (Classes const& c : classes_) pairs_ += c.count * c.count;
}

std::size_t PrevalenceTotals::place(std::size_t statistic, std::size_t pair, std::size_t arm, std::size_t sex) const {
    return (((statistic * pairs_ + pair) * layout_->arms + arm) * 2 + sex) * layout_->records;
}

Int128 PrevalenceTotals::at(std::size_t statistic, Classes const& of, std::size_t reference_class,
                            std::size_t own_class, std::size_t arm, std::size_t sex, std::size_t record) const {
    return data_[place(statistic, of.first + reference_class * of.count + own_class, arm, sex) + record];
}

void PrevalenceTotals::add(PrevalenceTotals const& other) {
    for (std::size_t i = 0; i < place(statistics, 0, 0, 0); ++i) data_[i] += other.data_[i];
}

void PrevalenceTotals::add(BatchResult const& batch, Histories const& histories, std::span<std::int64_t const> weights,
                           std::mutex& turn) {
    std::size_t const people = batch.people;
    std::size_t const records = layout_->records;
    for (Classes const& of : classes_) {
        // Class of everyone at each record, or -1 beyond follow-up.
        auto const classes = [&](std::size_t arm) {
            std::vector<std::int16_t> all(people * records, -1);
            float const* const codes = batch.trajectories.data() + (of.series * layout_->arms + arm) * people * records;
            for (std::size_t p = 0; p < people; ++p)
                for (std::size_t t = 0; t < records; ++t) {
                    double const time = layout_->times_years[t];
                    float const code = codes[p * records + t];
                    auto& own = all[p * records + t];
                    if (time > histories.follow_years(p) + one_moment_years) break;
                    if (histories.death_years(arm, p) <= time)
                        own = static_cast<std::int16_t>(of.count - 1);
                    else if (code == code)
                        own = static_cast<std::int16_t>(layout_->scales[of.series].quantise(static_cast<double>(code)));
                }
            return all;
        };
        auto const reference = classes(0);
        for (std::size_t arm = 0; arm < layout_->arms; ++arm) {
            auto const own = arm == 0 ? reference : classes(arm);
            std::vector<Int128> sums(statistics * of.count * of.count * 2 * records, 0);
            for (std::size_t p = 0; p < people; ++p) {
                std::array<Int128, statistics> const what{1, weights[p], static_cast<Int128>(weights[p]) * weights[p]};
                for (std::size_t t = 0; t < records; ++t) {
                    std::size_t const i = p * records + t;
                    if (own[i] < 0 || reference[i] < 0) continue;
                    std::size_t const pair =
                        static_cast<std::size_t>(reference[i]) * of.count + static_cast<std::size_t>(own[i]);
                    for (std::size_t s = 0; s < statistics; ++s)
                        sums[((s * of.count * of.count + pair) * 2 + batch.sex[p]) * records + t] += what[s];
                }
            }
            std::lock_guard const lock(turn);
            for (std::size_t s = 0; s < statistics; ++s)
                for (std::size_t pair = 0; pair < of.count * of.count; ++pair)
                    for (std::size_t sex = 0; sex < 2; ++sex)
                        for (std::size_t t = 0; t < records; ++t)
                            data_[place(s, of.first + pair, arm, sex) + t] +=
                                sums[((s * of.count * of.count + pair) * 2 + sex) * records + t];
        }
    }
}

}  // namespace sarx
