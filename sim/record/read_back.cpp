#include "sim/record/read_back.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <span>
#include <tuple>

#include "sim/contract/errors.hpp"
#include "sim/record/assemble.hpp"
#include "sim/record/h5.hpp"
#include "sim/result/layout.hpp"
#include "sim/result/statistics.hpp"

namespace sarx {

namespace {

using h5::Handle;

std::vector<std::string> texts_of(hid_t type, hid_t space, auto read) {
    auto const count = static_cast<std::size_t>(std::max<hssize_t>(0, H5Sget_simple_extent_npoints(space)));
    if (H5Tis_variable_str(type) <= 0) throw h5::Error("HDF5 text of another kind");
    std::vector<char*> raw(count, nullptr);
    h5::check(read(raw.data()), "read text");
    std::vector<std::string> texts;
    texts.reserve(count);
    for (char const* t : raw) texts.emplace_back(t == nullptr ? "" : t);
    H5Dvlen_reclaim(h5::text_type(), space, H5P_DEFAULT, raw.data());
    return texts;
}

std::string attribute_text(hid_t object, std::string const& name) {
    Handle const a(H5Aopen(object, name.c_str(), H5P_DEFAULT), "attribute " + name);
    Handle const type(H5Aget_type(a.id()), "type");
    Handle const space(H5Aget_space(a.id()), "space");
    return texts_of(type.id(), space.id(), [&](void* into) { return H5Aread(a.id(), h5::text_type(), into); }).at(0);
}

bool has(hid_t group, std::string const& name) { return H5Lexists(group, name.c_str(), H5P_DEFAULT) > 0; }

std::vector<std::string> dataset_texts(hid_t group, std::string const& name) {
    if (!has(group, name)) return {};
    Handle const d(H5Dopen2(group, name.c_str(), H5P_DEFAULT), name);
    Handle const type(H5Dget_type(d.id()), "type");
    Handle const space(H5Dget_space(d.id()), "space");
    return texts_of(type.id(), space.id(),
                    [&](void* into) { return H5Dread(d.id(), h5::text_type(), H5S_ALL, H5S_ALL, H5P_DEFAULT, into); });
}

std::string path_attribute(hid_t group, std::string const& dataset) {
    Handle const d(H5Dopen2(group, dataset.c_str(), H5P_DEFAULT), dataset);
    return attribute_text(d.id(), "path");
}

hsize_t length_of(hid_t group, std::string const& name) {
    Handle const d(H5Dopen2(group, name.c_str(), H5P_DEFAULT), name);
    Handle const space(H5Dget_space(d.id()), "space");
    return static_cast<hsize_t>(std::max<hssize_t>(0, H5Sget_simple_extent_npoints(space.id())));
}

/// A box of a dataset, in its own order.
template <class T>
std::vector<T> box(hid_t group, std::string const& name, std::vector<hsize_t> const& start,
                   std::vector<hsize_t> const& count) {
    Handle const d(H5Dopen2(group, name.c_str(), H5P_DEFAULT), name);
    Handle const space(H5Dget_space(d.id()), "space");
    if (H5Sget_simple_extent_ndims(space.id()) != static_cast<int>(start.size()))
        throw h5::Error(name + " has another shape");
    h5::require_filters(d.id(), name);
    hsize_t n = 1;
    for (hsize_t const c : count) n *= c;
    Handle const memory(H5Screate_simple(1, &n, nullptr), "space");
    h5::check(H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr), "select");
    std::vector<T> values(n);
    h5::check(H5Dread(d.id(), h5::type_of<T>(), memory.id(), space.id(), H5P_DEFAULT, values.data()), "read " + name);
    return values;
}

FileOrigin read_origin(hid_t file) {
    FileOrigin origin;
    Handle const group(H5Gopen2(file, "provenance", H5P_DEFAULT), "/provenance");
    hid_t const g = group.id();
    origin.made_by = {.version = attribute_text(g, "version"), .commit = attribute_text(g, "commit")};
    if (H5Aexists(g, "code_hash") > 0) origin.made_by.code_hash = attribute_text(g, "code_hash");
    origin.plan_digest = attribute_text(g, "plan_digest");
    origin.scenario.sources.push_back({path_attribute(g, "scenario"), dataset_texts(g, "scenario").at(0)});
    auto const parents = dataset_texts(g, "parent");
    auto const texts = dataset_texts(g, "parent_scenario");
    for (std::size_t i = 0; i < parents.size() && i < texts.size(); ++i)
        origin.scenario.sources.push_back({parents[i], texts[i]});
    for (char const* const table : {"people_csv", "parameter_draws_csv"})
        if (has(g, table)) origin.scenario.tables.push_back({path_attribute(g, table), dataset_texts(g, table).at(0)});
    auto const names = dataset_texts(g, "option_name");
    auto const values = dataset_texts(g, "option_value");
    for (std::size_t i = 0; i < names.size() && i < values.size(); ++i)
        origin.scenario.options.emplace_back(names[i], values[i]);
    if (has(file, "person")) origin.recorded = static_cast<std::uint32_t>(length_of(file, "person"));
    return origin;
}

/// The same bits, or both missing.
bool same(float a, float b) {
    if (a != a || b != b) return a != a && b != b;
    return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b);
}
bool same(double a, double b) {
    if (a != a || b != b) return a != a && b != b;
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}
bool same(std::int32_t a, std::int32_t b) { return a == b; }

/// First of `length` places that does not come before what is sought; before(i) holds for a front part only.
template <class Before>
hsize_t first_place(hsize_t length, Before before) {
    hsize_t low = 0;
    while (low < length) {
        hsize_t const middle = low + (length - low) / 2;
        if (before(middle))
            low = middle + 1;
        else
            length = middle;
    }
    return low;
}

template <class T>
std::vector<T> whole(hid_t dataset) {
    Handle const space(H5Dget_space(dataset), "space");
    std::vector<T> values(static_cast<std::size_t>(std::max<hssize_t>(0, H5Sget_simple_extent_npoints(space.id()))));
    if (!values.empty())
        h5::check(H5Dread(dataset, h5::type_of<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "read values");
    return values;
}

}  // namespace

void Comparison::note(std::string const& what) {
    if (different++ == 0) first_difference = what;
}

void Comparison::add(Comparison const& other) {
    values += other.values;
    traits += other.traits;
    events += other.events;
    motor_units += other.motor_units;
    statistics += other.statistics;
    different += other.different;
    if (first_difference.empty()) first_difference = other.first_difference;
}

struct RecordedFile::Impl {
    std::string path;
    Handle file;
    FileOrigin origin;
    mutable std::vector<hsize_t> places;  ///< see unit_places()

    /// Numbers of a dataset against numbers made again; a flag may be missing.
    void compare_box(Comparison& c, hid_t group, std::string const& name, bool flag, std::vector<hsize_t> const& start,
                     std::vector<hsize_t> const& count, std::vector<float> const& again, std::uint64_t& counter,
                     std::string const& whose) const {
        std::vector<float> stored;
        if (flag) {
            for (std::uint8_t const x : box<std::uint8_t>(group, name, start, count))
                stored.push_back(x == missing_flag ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(x));
        } else {
            stored = box<float>(group, name, start, count);
        }
        for (std::size_t i = 0; i < stored.size(); ++i) {
            ++counter;
            if (!same(stored[i], again[i]))
                c.note(name + whose + ", value " + std::to_string(i) + ": " + std::to_string(stored[i]) +
                       " in the file, " + std::to_string(again[i]) + " again");
        }
    }

    /// First event at or after (arm, person).
    [[nodiscard]] hsize_t event_at(hid_t events, std::int32_t arm, std::int32_t person) const {
        return first_place(length_of(events, "arm"), [&](hsize_t i) {
            return std::pair(box<std::int32_t>(events, "arm", {i}, {1})[0],
                             box<std::int32_t>(events, "person", {i}, {1})[0]) < std::pair(arm, person);
        });
    }

    void compare_events(Comparison& c, Plan const& plan, BatchResult const& again, std::size_t first_arm,
                        std::size_t first_delivery) const {
        Handle const events(H5Gopen2(file.id(), "events", H5P_DEFAULT), "/events");
        std::size_t const model_kinds = plan.model->events().size();
        for (std::size_t a = 0; a < plan.arms.size(); ++a) {
            auto const arm = static_cast<std::int32_t>(first_arm + a);
            auto const first = static_cast<std::int32_t>(again.first_person);
            hsize_t const from = event_at(events.id(), arm, first);
            hsize_t const to = event_at(events.id(), arm, first + static_cast<std::int32_t>(again.people));
            auto const& made = again.events[a];
            std::string const whose = "events of people " + std::to_string(first) + " on in arm " + plan.arms[a].name;
            if (to - from != made.size()) {
                c.note(whose + ": " + std::to_string(to - from) + " in the file, " + std::to_string(made.size()) +
                       " again");
                continue;
            }
            if (made.empty()) continue;
            auto const person = box<std::int32_t>(events.id(), "person", {from}, {to - from});
            auto const time = box<double>(events.id(), "time_years", {from}, {to - from});
            auto const kind = box<std::uint8_t>(events.id(), "kind", {from}, {to - from});
            auto const value = box<float>(events.id(), "value", {from}, {to - from});
            for (std::size_t i = 0; i < made.size(); ++i) {
                ++c.events;
                float const mark = made[i].kind == model_kinds ||
                                           made[i].kind == model_kinds + 1  // of a delivery, which has another number
                                       ? made[i].value + static_cast<float>(first_delivery)
                                       : made[i].value;
                bool const equal =
                    static_cast<std::uint32_t>(person[i]) == made[i].person &&
                    std::bit_cast<std::uint64_t>(time[i]) == std::bit_cast<std::uint64_t>(made[i].time_years) &&
                    kind[i] == made[i].kind && same(value[i], mark);
                if (!equal) c.note(whose + ": event " + std::to_string(i) + " is another");
            }
        }
    }

    /// Where the units of each snapshot begin, and where the last end.
    std::vector<hsize_t> const& unit_places(hid_t snapshots) const {
        if (places.empty()) {
            places.push_back(0);
            Handle const d(H5Dopen2(snapshots, "row_size", H5P_DEFAULT), "row_size");
            for (std::int32_t const n : whole<std::int32_t>(d.id()))
                places.push_back(places.back() + static_cast<hsize_t>(std::max(0, n)));
        }
        return places;
    }

    void compare_motor_units(Comparison& c, Plan const& plan, BatchResult const& again, std::size_t first_arm) const {
        std::uint32_t const end = std::min(again.first_person + again.people, plan.record.motor_units.people);
        if (again.first_person >= end) return;
        Handle const group(H5Gopen2(file.id(), "motor_units", H5P_DEFAULT), "/motor_units");
        hid_t const g = group.id();
        auto const& place = unit_places(g);
        auto const snapshots_before = [&](std::uint32_t person) {
            return first_place(place.size() - 1, [&](hsize_t i) {
                return box<std::int32_t>(g, "person", {i}, {1})[0] < static_cast<std::int32_t>(person);
            });
        };
        hsize_t const from = snapshots_before(again.first_person);
        hsize_t const count = snapshots_before(end) - from;
        if (count == 0 && again.motor_units.empty()) return;
        std::string const whose = "motor units of people " + std::to_string(again.first_person) + " on";
        auto const arm = box<std::int32_t>(g, "arm", {from}, {count});
        auto const person = box<std::int32_t>(g, "person", {from}, {count});
        auto const muscle = box<std::int32_t>(g, "muscle", {from}, {count});
        auto const time = box<double>(g, "time_years", {from}, {count});
        std::vector<std::vector<float>> columns;
        for (ColumnId const column : unit_columns(*plan.model))
            columns.push_back(box<float>(g, std::string(plan.model->columns()[column.index].name), {place[from]},
                                         {place[from + count] - place[from]}));

        std::vector<MotorUnitSnapshot const*> made;
        for (auto const& snapshot : again.motor_units) made.push_back(&snapshot);
        std::ranges::sort(made, {},
                          [](auto const* s) { return std::tuple(s->person, s->arm, s->muscle, s->time_years); });
        auto next = made.begin();
        for (hsize_t i = 0; i < count; ++i) {
            auto const here = static_cast<std::size_t>(arm[i]) - first_arm;
            if (here >= plan.arms.size()) continue;  // of an arm that was not simulated again
            hsize_t const first_unit = place[from + i] - place[from];
            hsize_t const units = place[from + i + 1] - place[from + i];
            bool equal = next != made.end() && (*next)->arm == here &&
                         (*next)->person == static_cast<std::uint32_t>(person[i]) &&
                         (*next)->muscle == static_cast<std::uint32_t>(muscle[i]) &&
                         same((*next)->time_years, time[i]) && (*next)->values.size() == columns.size();
            for (std::size_t k = 0; equal && k < columns.size(); ++k) {
                auto const& values = (*next)->values[k];
                equal = std::equal(values.begin(), values.end(),
                                   columns[k].begin() + static_cast<std::ptrdiff_t>(first_unit),
                                   columns[k].begin() + static_cast<std::ptrdiff_t>(first_unit + units),
                                   [](float a, float b) { return same(a, b); });
            }
            c.motor_units += units;
            if (!equal) return c.note(whose + ": snapshot " + std::to_string(from + i) + " is another");
            ++next;
        }
        if (next != made.end()) c.note(whose + ": " + std::to_string(made.end() - next) + " snapshots more again");
    }
};

namespace {

/// Compares tables made again with those of a file.
class TableComparison final : public TableSink {
public:
    TableComparison(hid_t file, Comparison& result) : file_(file), result_(&result) {}

    void begin(TableGroup const& group) override {
        for (SharedAxis const& axis : group.axes)
            std::visit([&](auto const& labels) { compare(group.name + "/" + axis->name, labels); }, axis->labels);
    }
    void take(TableGroup const& group, Table const& table) override {
        std::visit([&](auto const& values) { compare(group.name + "/" + table.name, values); }, table.values);
    }

private:
    void compare(std::string const& /*path*/, std::vector<std::string> const& /*labels*/) {}  // said by the plan
    template <class T>
    void compare(std::string const& path, std::vector<T> const& made) {
        Handle const dataset(H5Dopen2(file_, path.c_str(), H5P_DEFAULT), path);
        auto const in_file = whole<T>(dataset.id());
        if (in_file.size() != made.size()) return result_->note(path + " has another shape");
        for (std::size_t i = 0; i < made.size(); ++i)
            if (!same(in_file[i], made[i]))
                result_->note(path + ", value " + std::to_string(i) + ": " + std::to_string(in_file[i]) +
                              " in the file, " + std::to_string(made[i]) + " again");
        result_->statistics += made.size();
    }

    hid_t file_;
    Comparison* result_;
};

}  // namespace

RecordedFile::RecordedFile(std::string const& path) : impl_(std::make_unique<Impl>()) {
    impl_->path = path;
    hid_t const opened = h5::open_to_read(path);
    try {
        impl_->file = Handle(opened, path);
        impl_->origin = read_origin(impl_->file.id());
    } catch (std::exception const&) { throw InputError(path + ": not a finished file of sarx run, or damaged"); }
}

RecordedFile::~RecordedFile() = default;

FileOrigin const& RecordedFile::origin() const { return impl_->origin; }

std::vector<std::uint32_t> RecordedFile::candidates(std::uint32_t people) const {
    try {
        auto const numbers = box<std::int32_t>(impl_->file.id(), "candidate", {0}, {people});
        return {numbers.begin(), numbers.end()};
    } catch (h5::Error const& e) { throw OutputError("cannot read " + impl_->path + ": " + e.what()); }
}

Comparison RecordedFile::compare(Plan const& plan, BatchResult const& again, std::size_t first_arm,
                                 std::size_t first_delivery) const {
    Layout const layout(plan);
    Comparison c;
    hid_t const root = impl_->file.id();
    hsize_t const n = again.people;
    hsize_t const first = again.first_person;
    std::string const people = " of people " + std::to_string(first) + " to " + std::to_string(first + n - 1);
    try {
        for (Stream const& s : layout.streams) {
            bool const trajectory = s.what == Stream::What::trajectory;
            if (s.of_arm() && first_arm > 0) continue;
            std::string const name = dataset_path(layout, s);
            if (!has(root, name)) continue;
            std::vector<float> scratch;
            float const* const from = values_of(layout, s, again, scratch);
            std::vector<float> made(from, from + n * (trajectory ? layout.records : 1));
            for (float& x : made) x = told_value(layout, s, x);
            auto const place = place_of(layout, s, first);
            std::vector<hsize_t> start(place.begin(), place.end());
            std::vector<hsize_t> count(start.size(), 1);
            std::size_t const person = trajectory || s.of_arm() ? 1 : 0;
            count[person] = n;
            if (trajectory) {
                start[0] += first_arm;
                count.back() = layout.records;
            }
            impl_->compare_box(c, root, name, s.flag, start, count, made, trajectory ? c.values : c.traits,
                               people + (trajectory ? " in arm " + plan.arms[s.arm].name : std::string()));
        }
        if (!plan.population.chosen.empty() && has(root, "candidate")) {
            auto const numbers = box<std::int32_t>(root, "candidate", {first}, {n});
            for (std::size_t i = 0; i < numbers.size(); ++i)
                if (static_cast<std::uint32_t>(numbers[i]) != plan.population.chosen[first + i])
                    c.note("person " + std::to_string(first + i) + " is another candidate");
            c.traits += numbers.size();
        }
        impl_->compare_events(c, plan, again, first_arm, first_delivery);
        impl_->compare_motor_units(c, plan, again, first_arm);
    } catch (h5::Error const& e) { throw OutputError("cannot read " + impl_->path + ": " + e.what()); }
    return c;
}

Comparison RecordedFile::compare_statistics(Layout const& layout, Accumulators const& sums) const {
    Comparison c;
    try {
        TableComparison comparison(impl_->file.id(), c);
        each_statistic(layout, sums, comparison);
    } catch (h5::Error const& e) { throw OutputError("cannot read " + impl_->path + ": " + e.what()); }
    return c;
}

}  // namespace sarx
