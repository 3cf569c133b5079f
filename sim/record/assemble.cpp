#include "sim/record/assemble.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <set>
#include <tuple>

#include "sim/contract/errors.hpp"
#include "sim/identity/program.hpp"
#include "sim/record/output_file.hpp"
#include "sim/result/axes.hpp"
#include "sim/result/people_codes.hpp"
#include "sim/result/statistics.hpp"

namespace sarx {

template <class T>
void describe_codes(hid_t dataset, std::vector<std::string> const& names) {
    std::vector<T> values;
    std::string meanings;
    for (std::string name : names) {
        std::replace(name.begin(), name.end(), ' ', '_');
        meanings += (meanings.empty() ? "" : " ") + name;
        values.push_back(static_cast<T>(values.size()));
    }
    if (values.empty()) return;
    h5::attribute(dataset, "flag_values", values);
    h5::attribute(dataset, "flag_meanings", meanings);
}
template void describe_codes<std::uint8_t>(hid_t, std::vector<std::string> const&);
template void describe_codes<std::int32_t>(hid_t, std::vector<std::string> const&);

void describe_worthwhile(hid_t dataset, ColumnSpec const& spec) {
    if (spec.worthwhile_difference <= 0.0) return;
    h5::attribute(dataset, "worthwhile_difference", spec.worthwhile_difference);
    h5::attribute(dataset, "worthwhile_source", std::string(spec.worthwhile_source));
}

void describe(hid_t dataset, ColumnSpec const& spec, bool as_flag) {
    describe(dataset, std::string(spec.unit), std::string(spec.meaning));
    if (as_flag) {
        h5::attribute(dataset, "valid_min", static_cast<std::uint8_t>(spec.valid_min));
        h5::attribute(dataset, "valid_max", static_cast<std::uint8_t>(spec.valid_max));
        std::vector<std::string> names;
        for (std::size_t from = 0; from < spec.flag_meanings.size();) {
            std::size_t const to = std::min(spec.flag_meanings.find(' ', from), spec.flag_meanings.size());
            names.emplace_back(spec.flag_meanings.substr(from, to - from));
            from = to + 1;
        }
        describe_codes<std::uint8_t>(dataset, names);
    } else {
        h5::attribute(dataset, "valid_min", static_cast<float>(spec.valid_min));
        h5::attribute(dataset, "valid_max", static_cast<float>(spec.valid_max));
    }
    if (!spec.source.empty()) h5::attribute(dataset, "source", std::string(spec.source));
    describe_worthwhile(dataset, spec);
    if (spec.better != Better::none)
        h5::attribute(dataset, "better", std::string(spec.better == Better::higher ? "higher" : "lower"));
}

namespace {

/// A column along an axis without labels, written chunk by chunk as values come.
template <class T>
class Column {
public:
    Column(h5::File& file, hid_t group, std::string const& name, h5::Axis& axis)
        : file_(&file), chunk_(std::min<hsize_t>(axis.length, 65536)) {
        h5::Storage storage;
        if (chunk_ > 0) storage = {{chunk_}, sizeof(T) > 1, false};
        dataset_ = file.create<T>(group, name, {&axis}, storage);
        values_.reserve(chunk_);
    }
    [[nodiscard]] hid_t id() const { return dataset_.id(); }
    void push(T value) {
        values_.push_back(value);
        if (values_.size() == chunk_) flush();
    }
    void flush() {
        if (values_.empty()) return;
        values_.resize(chunk_);
        Bytes stored;
        compressor_.shuffle_deflate(std::as_bytes(std::span(values_)), sizeof(T), stored);
        file_->write_chunk(dataset_, {written_}, stored);
        written_ += chunk_;
        values_.clear();
    }

private:
    h5::File* file_;
    hsize_t chunk_;
    h5::Handle dataset_;
    std::vector<T> values_;
    hsize_t written_ = 0;
    Compressor compressor_;
};

class Assembly {
public:
    Assembly(Layout const& layout, Accumulators const& sums, std::vector<Piece> pieces, std::string const& path)
        : layout_(layout), sums_(sums), pieces_(std::move(pieces)), file_(path) {
        auto const key = [](Piece const& p) {
            return std::tuple(p.entry.head.type, p.entry.head.type == RecordType::motor_units ? 0U : p.entry.head.item,
                              p.entry.head.batch);
        };
        std::sort(pieces_.begin(), pieces_.end(), [&](Piece const& a, Piece const& b) { return key(a) < key(b); });
    }

    /// Returns what is not met of a file of people.
    std::string write(std::string const& command) {
        Plan const& plan = *layout_.plan;
        hid_t const root = file_.root();
        h5::attribute(root, "Conventions", std::string("CF-1.10"));
        h5::attribute(root, "sarx_format", std::int32_t{1});  // readers refuse what is newer than they know
        h5::attribute(root, "title", plan.title.empty() ? plan.name : plan.title);
        if (!plan.description.empty()) h5::attribute(root, "description", plan.description);
        h5::attribute(root, "source", "sarx " + this_program().version + ", simulated people");
        arm_ = &write_axis(file_, root, arm_axis(layout_));
        if (layout_.recorded > 0) {
            person_ = &person_axis(root);
            if (!plan.population.given.empty()) {
                std::vector<std::string> ids;
                for (std::size_t p = 0; p < layout_.recorded; ++p) ids.push_back(plan.population.given[p].id);
                describe(file_.create_with(root, "person_id", {person_}, std::span<std::string const>(ids)).id(), "1",
                         "id of the person in the file of people");
            }
            for (PeopleCodes const& of : codes_of_people(layout_)) {
                if (!of.labels.empty())
                    write_axis(file_, root, text_axis(of.name + "_label", of.meaning_of_labels, of.labels));
                describe(file_.create_with(root, of.name, {person_}, std::span<std::int32_t const>(of.codes)).id(), "1",
                         of.meaning);
            }
        }
        muscle_ = &write_axis(file_, root, muscle_axis(layout_));
        time_ = &write_axis(file_, root, time_axis(layout_));
        if (layout_.recorded > 0) {
            write_streams(Stream::What::trajectory);
            write_streams(Stream::What::trait);
            for (auto const what : {Stream::What::start_age, Stream::What::follow, Stream::What::female,
                                    Stream::What::weight, Stream::What::had_before})
                write_streams(what);
        }
        TableWriter statistics(file_);
        each_statistic(layout_, sums_, statistics);
        if (layout_.arms > 1 && layout_.recorded > 0) {
            effects_group_ = statistics.group("effects");
            arm_ = &statistics.axis("effects", "arm");
            person_ = &person_axis(effects_group_);
            for (auto const what :
                 {Stream::What::divergence, Stream::What::offer, Stream::What::reach, Stream::What::protocol})
                write_streams(what);
        }
        write_events();
        if (plan.record.motor_units.people > 0) write_motor_units();
        std::string const not_met = not_met_text();
        write_provenance(file_, layout_, command, not_met);
        file_.finish();
        return not_met;
    }

private:
    h5::Axis& person_axis(hid_t group) {
        std::vector<std::int32_t> rows(layout_.recorded);
        for (std::size_t p = 0; p < rows.size(); ++p) rows[p] = static_cast<std::int32_t>(p);
        h5::Axis& axis = file_.axis<std::int32_t>(group, "person", rows);
        describe(axis.dataset.id(), "1", "person, the same in every arm");
        return axis;
    }

    [[nodiscard]] std::span<Piece const> all(RecordType type, std::uint32_t item) const {
        auto const less = [](Piece const& p, std::pair<RecordType, std::uint32_t> const& k) {
            return std::pair(p.entry.head.type, p.entry.head.type == RecordType::motor_units ? 0U : p.entry.head.item) <
                   k;
        };
        auto const first = std::lower_bound(pieces_.begin(), pieces_.end(), std::pair(type, item), less);
        auto const last = std::lower_bound(first, pieces_.end(), std::pair(type, item + 1), less);
        return {first, last};
    }

    /// Creates the dataset a stream starts, with its attributes.
    h5::Handle dataset_of(Stream const& s) {
        hsize_t const people = layout_.chunk_people;
        hid_t const root = file_.root();
        auto const storage = [&](std::vector<hsize_t> chunk) { return h5::Storage{std::move(chunk), !s.flag, true}; };
        auto const make = [&](hid_t group, std::string const& name, std::vector<h5::Axis*> const& axes,
                              std::vector<hsize_t> chunk) {
            return s.flag ? file_.create<std::uint8_t>(group, name, axes, storage(std::move(chunk)))
                          : file_.create<float>(group, name, axes, storage(std::move(chunk)));
        };
        h5::Handle d;
        std::string const name = dataset_path(layout_, s);
        auto const of_person = [&](std::string const& unit, std::string const& meaning) {
            d = make(root, name, {person_}, {people});
            describe(d.id(), unit, meaning);
        };
        auto const of_arm = [&](std::string const& meaning) {
            d = make(effects_group_, name.substr(name.find('/') + 1), {arm_, person_}, {1, people});
            describe(d.id(), "year", meaning);
        };
        switch (s.what) {
            case Stream::What::trajectory: {
                Variable const& v = layout_.variables[s.variable];
                hsize_t const times = layout_.records;
                d = v.by_muscle() ? make(root, name, {arm_, person_, muscle_, time_}, {1, people, 1, times})
                                  : make(root, name, {arm_, person_, time_}, {1, people, times});
                describe(d.id(), *v.spec, s.flag);
                int const bits = layout_.plan->record.significant_bits;
                if (bits > 0 && !s.flag) h5::attribute(d.id(), "significant_bits", static_cast<std::int32_t>(bits));
                break;
            }
            case Stream::What::trait: {
                Variable const& v = layout_.traits[s.variable];
                d = v.by_muscle() ? make(root, name, {person_, muscle_}, {people, 1})
                                  : make(root, name, {person_}, {people});
                describe(d.id(), *v.spec, s.flag);
                break;
            }
            case Stream::What::start_age: of_person("year", "age at the start of the run"); break;
            case Stream::What::follow: of_person("year", "planned end of follow-up, from the run's start"); break;
            case Stream::What::female:
                of_person("1", "sex");
                describe_codes<std::uint8_t>(d.id(), {"male", "female"});
                break;
            case Stream::What::weight: of_person("1", "survey weight"); break;
            case Stream::What::had_before:
                of_person("1", "whether this came before the run: " +
                                   std::string(layout_.plan->model->events()[s.series].meaning));
                describe_codes<std::uint8_t>(d.id(), {"no", "yes"});
                break;
            case Stream::What::divergence:
                of_arm("time of the first difference from the reference arm in what is done to a person");
                break;
            case Stream::What::offer: of_arm("time at which a delivery was first offered; NaN: never"); break;
            case Stream::What::reach: of_arm("time at which a delivery first reached the person; NaN: never"); break;
            case Stream::What::protocol:
                of_arm(
                    "time until which who was reached took at least 80 % of the dose and had not dropped out; "
                    "infinity: throughout; NaN: not reached");
                break;
        }
        return d;
    }

    void write_streams(Stream::What what) {
        h5::Handle dataset;
        for (std::size_t i = 0; i < layout_.streams.size(); ++i) {
            Stream const& s = layout_.streams[i];
            if (s.what != what) continue;
            bool const starts = !dataset || (!s.of_arm() && s.arm == 0 && s.muscle == 0);  // another variable
            if (starts) dataset = dataset_of(s);
            for (Piece const& piece : all(RecordType::chunk, static_cast<std::uint32_t>(i))) {
                auto const place = place_of(layout_, s, layout_.batch_first(piece.entry.head.batch));
                file_.write_chunk(dataset, {place.begin(), place.end()}, piece.journal->payload(piece.entry));
            }
        }
    }

    /// The uncompressed payload of a piece.
    [[nodiscard]] static Bytes unpacked(Piece const& piece) {
        Bytes raw(piece.entry.head.raw);
        if (!inflate(piece.journal->payload(piece.entry), raw))
            throw OutputError(piece.journal->path() + " is damaged. Run again with --resume.");
        return raw;
    }

    void write_events() {
        h5::Handle const group = file_.group(file_.root(), "events");
        std::uint64_t count = 0;
        for (Piece const& p : pieces_)
            if (p.entry.head.type == RecordType::events) count += p.entry.head.rows;
        h5::Axis& axis = file_.axis(group.id(), "event", count);
        Column<std::int32_t> arm(file_, group.id(), "arm", axis);
        Column<std::int32_t> person(file_, group.id(), "person", axis);
        Column<double> time(file_, group.id(), "time_years", axis);
        Column<std::uint8_t> kind(file_, group.id(), "kind", axis);
        Column<float> value(file_, group.id(), "value", axis);
        describe(arm.id(), "1", "arm");
        describe_codes<std::int32_t>(arm.id(), arm_names());
        describe(person.id(), "1", "person");
        describe(time.id(), "year", "time since the start of the run");
        describe(kind.id(), "1", "kind of event");
        describe_codes<std::uint8_t>(kind.id(), layout_.kinds);
        describe(value.id(), "1", "mark of the event; for interventions the delivery, counted through all arms");
        for (std::size_t a = 0; a < layout_.arms; ++a) {
            for (Piece const& piece : all(RecordType::events, static_cast<std::uint32_t>(a))) {
                Bytes const raw = unpacked(piece);
                std::size_t const n = piece.entry.head.rows;
                if (raw.size() != n * EventBytes::each) throw OutputError(piece.journal->path() + " is damaged.");
                for (std::size_t i = 0; i < n; ++i) {
                    std::int32_t who = 0;
                    double when = 0.0;
                    float mark = 0.0F;
                    std::memcpy(&who, raw.data() + 4 * i, 4);
                    std::memcpy(&when, raw.data() + 4 * n + 8 * i, 8);
                    std::memcpy(&mark, raw.data() + 13 * n + 4 * i, 4);
                    arm.push(static_cast<std::int32_t>(a));
                    person.push(who);
                    time.push(when);
                    kind.push(static_cast<std::uint8_t>(raw[12 * n + i]));
                    value.push(mark);
                }
            }
        }
        arm.flush();
        person.flush();
        time.flush();
        kind.flush();
        value.flush();
    }

    [[nodiscard]] std::vector<std::string> arm_names() const {
        std::vector<std::string> names;
        for (Arm const& a : layout_.plan->arms) names.push_back(a.name);
        return names;
    }

    /// How many people are not what the file says, and of the few who are so most what.
    [[nodiscard]] std::string not_met_text() const {
        constexpr std::size_t most_told = 5;
        struct Told {
            NotMet what;
            double given = 0.0;
            double apart = 0.0;  ///< in shares of the larger
        };
        std::vector<Told> all_told;
        auto const& people = layout_.plan->population.given;
        for (Piece const& piece : all(RecordType::not_met, 0)) {
            Bytes const raw = piece.journal->payload(piece.entry);
            std::vector<NotMet> list(piece.entry.head.rows);
            if (raw.size() != list.size() * sizeof(NotMet)) throw OutputError(piece.journal->path() + " is damaged.");
            std::memcpy(list.data(), raw.data(), raw.size());
            for (NotMet const& what : list) {
                double const given = people.at(what.person).given.at(what.fact).value();
                auto const is = static_cast<double>(what.is);
                all_told.push_back({what, given, std::abs(given - is) / std::max(std::abs(given), std::abs(is))});
            }
        }
        if (all_told.empty()) return "";
        std::set<std::uint32_t> who;
        for (auto const& told : all_told) who.insert(told.what.person);
        std::ranges::stable_sort(all_told, std::ranges::greater{}, &Told::apart);
        std::string text = std::to_string(who.size()) + " of " + std::to_string(people.size()) + " people of " +
                           layout_.plan->population.given_path + (who.size() == 1 ? " is" : " are") +
                           " not what it says of them";
        auto const facts = layout_.plan->model->given();
        for (std::size_t i = 0; i < std::min(most_told, all_told.size()); ++i) {
            auto const& [what, given, apart] = all_told[i];
            char numbers[64];
            std::snprintf(numbers, sizeof numbers, " %.6g given, %.4g simulated", given, static_cast<double>(what.is));
            text +=
                (i == 0 ? ": '" : "; '") + people[what.person].id + "' " + std::string(facts[what.fact].name) + numbers;
        }
        if (all_told.size() > most_told) text += "; and " + std::to_string(all_told.size() - most_told) + " more";
        return text;
    }

    void write_motor_units() {
        h5::Handle const group = file_.group(file_.root(), "motor_units");
        auto const pieces = all(RecordType::motor_units, 0);
        std::uint64_t snapshots = 0;
        std::uint64_t units = 0;
        for (Piece const& p : pieces) {
            snapshots += p.entry.head.item;
            units += p.entry.head.rows;
        }
        h5::Axis& snapshot_axis = file_.axis(group.id(), "snapshot", snapshots);
        h5::Axis& unit_axis = file_.axis(group.id(), "unit", units);
        h5::attribute(
            group.id(), "comment",
            std::string("contiguous ragged arrays: the first row_size[0] units belong to snapshot 0, and so on"));
        Column<std::int32_t> row_size(file_, group.id(), "row_size", snapshot_axis);
        Column<std::int32_t> arm(file_, group.id(), "arm", snapshot_axis);
        Column<std::int32_t> person(file_, group.id(), "person", snapshot_axis);
        Column<std::int32_t> muscle(file_, group.id(), "muscle", snapshot_axis);
        Column<double> time(file_, group.id(), "time_years", snapshot_axis);
        describe(row_size.id(), "1", "motor units in the snapshot");
        h5::attribute(row_size.id(), "sample_dimension", std::string("unit"));
        describe(arm.id(), "1", "arm");
        describe_codes<std::int32_t>(arm.id(), arm_names());
        describe(person.id(), "1", "person");
        describe(muscle.id(), "1", "muscle");
        describe_codes<std::int32_t>(muscle.id(), layout_.plan->muscle_names);
        describe(time.id(), "year", "time since the start of the run");
        auto const ids = unit_columns(*layout_.plan->model);
        std::vector<Column<float>> columns;
        for (ColumnId const c : ids) {
            ColumnSpec const& spec = layout_.plan->model->columns()[c.index];
            columns.emplace_back(file_, group.id(), std::string(spec.name), unit_axis);
            describe(columns.back().id(), spec, false);
        }
        for (Piece const& piece : pieces) {
            Bytes const raw = unpacked(piece);
            std::byte const* at = raw.data();
            auto const take = [&](auto& value) {
                if (at + sizeof value > raw.data() + raw.size())
                    throw OutputError(piece.journal->path() + " is damaged.");
                std::memcpy(&value, at, sizeof value);
                at += sizeof value;
            };
            for (std::uint32_t i = 0; i < piece.entry.head.item; ++i) {
                std::int32_t a = 0, p = 0, m = 0, n = 0;
                double t = 0.0;
                take(a), take(p), take(m), take(n), take(t);
                arm.push(a);
                person.push(p);
                muscle.push(m);
                row_size.push(n);
                time.push(t);
                for (auto& column : columns) {
                    for (std::int32_t u = 0; u < n; ++u) {
                        float v = 0.0F;
                        take(v);
                        column.push(v);
                    }
                }
            }
        }
        row_size.flush();
        arm.flush();
        person.flush();
        muscle.flush();
        time.flush();
        for (auto& column : columns) column.flush();
    }

    Layout const& layout_;
    Accumulators const& sums_;
    std::vector<Piece> pieces_;
    h5::File file_;
    h5::Axis* arm_ = nullptr;
    h5::Axis* person_ = nullptr;
    h5::Axis* muscle_ = nullptr;
    h5::Axis* time_ = nullptr;
    hid_t effects_group_ = H5I_INVALID_HID;
};

/// Asks the file system for the room the file will take, so that a full disk is found before HDF5 meets
/// it. Returns errno, or 0.
int room_for(std::string const& path, std::uint64_t bytes) {
    int const fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0644);
    if (fd < 0) return errno;
    int const error = ::posix_fallocate(fd, 0, static_cast<off_t>(bytes));
    ::close(fd);
    return error == EINVAL || error == EOPNOTSUPP ? 0 : error;
}

}  // namespace

std::string assemble(Layout const& layout, Accumulators const& sums, std::vector<Piece> pieces, std::string const& path,
                     std::string const& command) {
    static std::mutex one_at_a_time;
    std::lock_guard const lock(one_at_a_time);
    std::string const partial = path + ".partial";
    std::string const safe =
        ". All results are safe in the journal beside it: mend that, then run again with --resume "
        "to finish without simulating again.";
    auto const give_up = [&](std::string const& why) {
        ::unlink(partial.c_str());
        throw OutputError("cannot write " + path + ": " + why + safe);
    };
    auto bytes = static_cast<std::uint64_t>(statistics_bytes(layout));
    for (Piece const& p : pieces) bytes += p.entry.head.length;
    if (int const error = room_for(partial, bytes)) {
        if (error == ENOENT) {
            throw OutputError("cannot write " + path +
                              ": its folder is gone. Nothing of this run is left; run it again.");
        }
        give_up(reason_of(error));
    }
    std::string not_met;
    try {
        errno = 0;
        not_met = Assembly(layout, sums, std::move(pieces), partial).write(command);
    } catch (h5::Error const& e) {
        int const error = errno;
        give_up(error == ENOSPC || error == EFBIG || error == EDQUOT || error == EIO ? reason_of(error) : e.what());
    } catch (...) {
        ::unlink(partial.c_str());
        throw;
    }
    if (int const error = sync_path(partial)) give_up(reason_of(error));
    struct stat info {};
    if (::lstat(path.c_str(), &info) == 0 && !what_is_no_file(info.st_mode).empty())
        give_up("what lies there is no regular file any more");
    if (::rename(partial.c_str(), path.c_str()) != 0) give_up(reason_of(errno));
    sync_path(folder_of(path));
    return not_met;
}

}  // namespace sarx
