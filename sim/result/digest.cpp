#include "sim/result/digest.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <type_traits>
#include <variant>

#include "sim/contract/expects.hpp"
#include "sim/result/people_codes.hpp"
#include "sim/result/statistics.hpp"

namespace sarx {

static_assert(std::endian::native == std::endian::little, "words are hashed as little-endian bytes");

namespace {

constexpr std::size_t most_words = 8;

std::uint64_t seed_of(std::string_view name) { return XXH3_64bits(name.data(), name.size()); }

std::uint64_t word_of(double x) { return x == x ? std::bit_cast<std::uint64_t>(x) : 0x7ff8'0000'0000'0000ULL; }
std::uint64_t word_of(float x) { return word_of(static_cast<double>(x)); }
std::uint64_t word_of(std::integral auto x) { return static_cast<std::uint64_t>(static_cast<std::int64_t>(x)); }

std::uint64_t hash_of(std::uint64_t seed, std::array<std::uint64_t, most_words> const& words, std::size_t count) {
    return XXH3_64bits_withSeed(words.data(), count * sizeof words[0], seed);
}

}  // namespace

template <class T>
void Digest::add(std::string_view dataset, std::span<std::size_t const> first, std::span<std::size_t const> lengths,
                 std::span<T const> numbers) {
    std::size_t const axes = first.size();
    SARX_EXPECTS(axes < most_words && lengths.size() == axes);
    std::uint64_t const seed = seed_of(dataset);
    std::array<std::uint64_t, most_words> words{};
    std::array<std::size_t, most_words> at{};  // place in the box
    for (std::size_t a = 0; a < axes; ++a) words[a] = first[a];
    for (T const x : numbers) {
        words[axes] = word_of(x);
        sum_ += hash_of(seed, words, axes + 1);
        for (std::size_t a = axes; a-- > 0;) {
            if (++at[a] < lengths[a]) {
                ++words[a];
                break;
            }
            at[a] = 0;
            words[a] = first[a];
        }
    }
}

template void Digest::add(std::string_view, std::span<std::size_t const>, std::span<std::size_t const>,
                          std::span<float const>);
template void Digest::add(std::string_view, std::span<std::size_t const>, std::span<std::size_t const>,
                          std::span<double const>);
template void Digest::add(std::string_view, std::span<std::size_t const>, std::span<std::size_t const>,
                          std::span<std::uint8_t const>);
template void Digest::add(std::string_view, std::span<std::size_t const>, std::span<std::size_t const>,
                          std::span<std::int32_t const>);
template void Digest::add(std::string_view, std::span<std::size_t const>, std::span<std::size_t const>,
                          std::span<std::int64_t const>);

void Digest::add_event(std::uint32_t arm, std::uint32_t person, std::uint8_t kind, double time_years, float value) {
    static std::uint64_t const seed = seed_of("events");
    sum_ += hash_of(seed, {word_of(arm), word_of(person), word_of(kind), word_of(time_years), word_of(value)}, 5);
}

void Digest::add_units(std::string_view column, std::uint32_t arm, std::uint32_t person, std::uint32_t muscle,
                       double time_years, std::span<float const> units) {
    std::uint64_t const seed = seed_of("motor_units/" + std::string(column));
    for (std::size_t u = 0; u < units.size(); ++u)
        sum_ += hash_of(
            seed, {word_of(arm), word_of(person), word_of(muscle), word_of(time_years), word_of(u), word_of(units[u])},
            6);
}

Digest digest_of(Layout const& layout, BatchResult const& batch) {
    Digest digest;
    std::size_t const recorded = layout.recorded;
    std::size_t const kept =
        batch.first_person < recorded ? std::min<std::size_t>(batch.people, recorded - batch.first_person) : 0;
    std::vector<float> made, reals;
    std::vector<std::uint8_t> flags;
    for (Stream const& s : layout.streams) {
        if (kept == 0) break;
        float const* const from = values_of(layout, s, batch, made);
        auto const first = place_of(layout, s, batch.first_person);
        std::vector<std::size_t> lengths(first.size(), 1);
        bool const trajectory = s.what == Stream::What::trajectory;
        lengths[trajectory || s.of_arm() ? 1 : 0] = kept;
        if (trajectory) lengths.back() = layout.records;
        std::size_t const count = kept * (trajectory ? layout.records : 1);
        std::string const name = dataset_path(layout, s);
        if (s.flag) {
            flags.resize(count);
            std::transform(from, from + count, flags.begin(), told_flag);
            digest.add<std::uint8_t>(name, first, lengths, flags);
        } else {
            reals.resize(count);
            std::transform(from, from + count, reals.begin(), [&](float x) { return told_value(layout, s, x); });
            digest.add<float>(name, first, lengths, reals);
        }
    }
    for (std::size_t a = 0; a < batch.events.size(); ++a)
        for (Event const& e : batch.events[a])
            if (e.person < recorded)
                digest.add_event(static_cast<std::uint32_t>(a), e.person, e.kind, e.time_years, e.value);
    auto const columns = unit_columns(*layout.plan->model);
    for (MotorUnitSnapshot const& s : batch.motor_units)
        for (std::size_t c = 0; c < columns.size(); ++c)
            digest.add_units(layout.plan->model->columns()[columns[c].index].name, s.arm, s.person, s.muscle,
                             s.time_years, s.values[c]);
    return digest;
}

namespace {

class TableDigest final : public TableSink {
public:
    void begin(TableGroup const&) override {}
    void take(TableGroup const& group, Table const& table) override {
        std::vector<std::size_t> const first(table.axes.size(), 0);
        std::vector<std::size_t> lengths;
        for (SharedAxis const& axis : table.axes) lengths.push_back(axis->length());
        std::visit(
            [&]<class T>(std::vector<T> const& values) {
                digest.add<T>(group.name + "/" + table.name, first, lengths, values);
            },
            table.values);
    }
    Digest digest;
};

}  // namespace

Digest digest_of(Layout const& layout, Accumulators const& sums) {
    TableDigest tables;
    each_statistic(layout, sums, tables);
    std::vector<std::size_t> const first{0};
    std::vector<std::size_t> const lengths{layout.recorded};
    for (PeopleCodes const& codes : codes_of_people(layout))
        tables.digest.add<std::int32_t>(codes.name, first, lengths, codes.codes);
    return tables.digest;
}

std::string hexadecimal(std::uint64_t x) {
    std::string text(16, '0');
    for (std::size_t i = 16; i-- > 0; x >>= 4) text[i] = "0123456789abcdef"[x & 15];
    return text;
}

}  // namespace sarx
