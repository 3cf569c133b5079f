#pragma once
// What the plan decides about the file before anyone is simulated: its axes, its chunks, the resolution
// of its sums and histograms. Nothing here depends on threads, parts or data.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/result/batch.hpp"
#include "sim/result/outcome_kinds.hpp"

namespace sarx {

/// Integers behind the statistics of one variable: value = low + resolution * q, q in [0, levels].
struct Scale {
    double low = 0.0;
    double resolution = 1.0;
    double per_unit = 1.0;  ///< 1 / resolution
    std::int32_t levels = 1;
    int bins = 1;           ///< of the histogram
    int bin_shift = 0;      ///< bin of q: min(q >> bin_shift, bins - 1)
    bool discrete = false;  ///< a bin a value: quantiles are values, not interpolated

    /// Nearest integer of a value that is not NaN; outside the range is clamped to its ends.
    [[nodiscard]] std::int32_t quantise(double value) const {
        double x = (value - low) * per_unit;
        x = x > 0.0 ? x : 0.0;
        double const top = levels;
        x = x < top ? x : top;
        return static_cast<std::int32_t>(x + 0.5);
    }
    [[nodiscard]] int bin_of(std::int32_t q) const {
        int const bin = q >> bin_shift;
        return bin < bins ? bin : bins - 1;
    }
    [[nodiscard]] double bin_width() const { return resolution * static_cast<double>(1 << bin_shift); }
};

/// A recorded column and the series that hold it (one, or one a muscle).
struct Variable {
    ColumnId column;
    ColumnSpec const* spec = nullptr;
    std::size_t first = 0;  ///< index of its first series
    std::size_t count = 1;  ///< series: 1, or the plan's muscles
    [[nodiscard]] bool by_muscle() const { return spec->level == Level::muscle; }
};

/// One chunk stream of the file: what a batch adds to one dataset. A batch fills one chunk of each.
struct Stream {
    enum class What : std::uint8_t {
        trajectory,
        trait,
        start_age,
        follow,
        female,
        weight,
        had_before,
        divergence,
        offer,
        reach,
        protocol
    } what = What::trajectory;
    std::size_t variable = 0;  ///< in variables (trajectory) or traits (trait)
    std::size_t series = 0;    ///< in series_of (trajectory), traits_of (trait) or Model::events() (had_before)
    std::size_t muscle = 0;    ///< row of the muscle axis
    std::size_t arm = 0;
    bool flag = false;  ///< uint8 in the file instead of float32
    /// Of an arm, but the first, and its twins in the reference: a dataset of /effects.
    [[nodiscard]] bool of_arm() const { return what >= What::divergence; }
};

struct Layout {
    explicit Layout(Plan const& plan);

    Plan const* plan;
    std::size_t people;    ///< simulated
    std::size_t recorded;  ///< the first so many are written one by one
    std::size_t batch;     ///< people in a batch
    std::size_t batches;
    std::size_t chunk_people;  ///< rows of a chunk: `batch`, or fewer where fewer are recorded
    std::size_t arms;
    std::size_t records;
    std::size_t muscles;
    std::vector<Series> series;
    std::vector<Variable> variables;
    std::vector<Variable> traits;  ///< `first` counts rows of traits_of()
    std::size_t trait_rows;
    std::vector<Scale> scales;       ///< by series
    std::vector<Stream> streams;     ///< all that people are told of by, in the order of journal items
    std::vector<std::string> kinds;  ///< of events
    std::size_t counted;             ///< the model's own kinds, which are also counted interval by interval
    std::size_t burdens;
    std::size_t death = 0;               ///< kind of the event that is death
    std::vector<double> times_years;     ///< of records
    std::vector<Outcome> outcomes;       ///< of /outcomes
    std::vector<double> horizons_years;  ///< of /outcomes: records, and last the end of each person's follow-up
    std::size_t deliveries;              ///< counted through all arms
    bool by_age;                         ///< entry ages differ: summaries by age too
    int first_age_years = 0;
    std::size_t ages = 0;  ///< rows of the age axis, 0 where !by_age
    int weight_bits = 0;   ///< weights count as integers of 2^-bits of the largest; 0: all count 1
    double largest_weight = 1.0;

    /// Integer weight of a person, at least 0.
    [[nodiscard]] std::int64_t weight_of(float weight) const;
    /// Weight that an integer weight of 1 stands for.
    [[nodiscard]] double weight_unit() const {
        return weight_bits == 0 ? 1.0 : largest_weight / static_cast<double>(std::int64_t{1} << weight_bits);
    }
    /// Bits of weights that third moments leave out.
    [[nodiscard]] int cube_shift() const { return weight_bits > cube_weight_bits ? weight_bits - cube_weight_bits : 0; }
    [[nodiscard]] std::size_t batch_first(std::size_t b) const { return b * batch; }
    [[nodiscard]] std::size_t batch_size(std::size_t b) const { return b + 1 < batches ? batch : people - b * batch; }
};

/// Throws std::logic_error where a batch is not what its plan asks for.
void require_fit(Layout const& layout, BatchResult const& batch);

/// The plan of the first so many of its people, as run.until comes to one.
[[nodiscard]] Plan first_people(Plan const& plan, std::uint32_t people);

/// Whether an event happens to a person at most once.
[[nodiscard]] inline bool comes_once(EventSpec const& event) {
    return event.occurs == Occurs::once || event.occurs == Occurs::crossing;
}

/// Path of the dataset that a stream is written to.
[[nodiscard]] std::string dataset_path(Layout const& layout, Stream const& stream);
/// Where the numbers of a person's stream begin in that dataset: a place along each of its axes.
[[nodiscard]] std::vector<std::size_t> place_of(Layout const& layout, Stream const& stream, std::size_t person);
/// A batch's values in a stream, by person (and record): those of the batch, or `made` from them.
[[nodiscard]] float const* values_of(Layout const& layout, Stream const& stream, BatchResult const& batch,
                                     std::vector<float>& made);

/// What a stream tells of a value: rounded as the plan asks, missing ones of one pattern of bits.
[[nodiscard]] float told_value(Layout const& layout, Stream const& stream, float value);
/// The same of a flag.
inline constexpr std::uint8_t missing_flag = 255;
[[nodiscard]] inline std::uint8_t told_flag(float value) {
    return value == value ? static_cast<std::uint8_t>(value) : missing_flag;
}

/// Bytes of /summary, /summary_by_age, /effects and the texts of /provenance in the file, roughly.
[[nodiscard]] double statistics_bytes(Layout const& layout);

/// float32 with `bits` explicit bits of mantissa (0: all), nearest, ties to even.
[[nodiscard]] float rounded_to_bits(float value, int bits);

/// "float32" columns are 4 bytes in the file, flags 1.
[[nodiscard]] inline std::size_t bytes_of(bool flag) { return flag ? 1 : 4; }

}  // namespace sarx
