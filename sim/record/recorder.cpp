#include "sim/record/recorder.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <limits>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <stdexcept>

#include "sim/contract/errors.hpp"
#include "sim/identity/program.hpp"
#include "sim/record/assemble.hpp"
#include "sim/record/output_file.hpp"
#include "sim/record/same_plan.hpp"

namespace sarx {

namespace {

namespace fs = std::filesystem;

bool exists(std::string const& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0;
}

/// Journals of parts beside FILE, by name.
std::vector<std::string> part_journals(std::string const& file) {
    fs::path const path(file);
    fs::path const folder = path.parent_path().empty() ? fs::path(".") : path.parent_path();
    std::string const start = path.filename().string() + ".part-";
    std::string const end = ".parts";
    std::vector<std::string> found;
    std::error_code error;
    for (auto const& entry : fs::directory_iterator(folder, error)) {
        std::string const name = entry.path().filename().string();
        if (name.size() > start.size() + end.size() && name.starts_with(start) && name.ends_with(end))
            found.push_back((path.parent_path() / name).string());
    }
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace

struct Recorder::Impl {
    Impl(Plan const& plan_in, RecorderOptions options_in)
        : plan(&plan_in), options(std::move(options_in)), layout(plan_in), sums(layout), done(layout.batches, false) {
        options.path = output_file(options.path);
        std::string const file = options.path;
        if (std::string const filter = h5::missing_filter(); !filter.empty())
            throw InputError("cannot write " + file + ": the HDF5 library here was built without the filter '" +
                             filter + "'. Nothing was written.");
        std::string const path = journal_path(file, options.part, options.parts);
        bool const stands = exists(file) && !options.overwrite;
        std::string const refusal = file + " is there already. Give another file with -o, or replace it with --force.";
        if (stands && !(options.resume && options.parts == 1 && exists(path))) throw InputError(refusal);
        for (std::string const& other : options.parts > 1 ? part_journals(file) : std::vector<std::string>{})
            if (!other.ends_with("-of-" + std::to_string(options.parts) + ".parts"))
                throw InputError(other + " is of a run with another number of parts. Go on with that number, or " +
                                 "remove it, or give another file with -o.");
        bool const was_there = exists(path);
        journal.emplace(path, Journal::Mode::write, options.tell);
        consumed = std::make_unique<std::atomic<bool>[]>(layout.batches);

        Bytes first;
        JournalHeader header{this_program(),  plan->digest,   options.part, options.parts,
                             options.command, plan->resolved, plan->origin};
        append_record(first, RecordType::header, 0, 0, 0, 0, header.to_bytes());
        if (was_there && journal->size() > 0 && !options.resume && !options.overwrite)
            throw InputError(path + " holds an unfinished run. Go on with --resume, or start again with --force.");
        bool const resumed = was_there && options.resume && resume(first);
        // A kill between the file's rename and the journal's removal leaves both: then the file is made once more.
        if (stands && !(resumed && std::find(done.begin(), done.end(), false) == done.end())) throw InputError(refusal);
        if (resumed) return;
        journal->truncate(0);
        try {
            journal->append(first);
        } catch (...) {
            journal->remove();
            throw;
        }
    }

    /// Takes over what the journal holds safely; false where there is nothing to take over.
    bool resume(Bytes const& own_first) {
        auto const saved = saved_in(*journal);
        if (!saved) {
            // Killed while the very first record was written: nothing can be lost.
            Bytes const front = journal->front(own_first.size());
            if (journal->size() < own_first.size() || front.empty()) return false;
            throw OutputError(journal->path() +
                              " is damaged at its start or is no journal of sarx. It was left as it is; "
                              "start again with --force.");
        }
        require_same_plan(*plan, saved->header, journal->path());
        if (saved->header.part != options.part || saved->header.parts != options.parts)
            throw InputError(journal->path() + " belongs to another part of the run. It was left as it is.");
        if (saved->commit) done = restore(*journal, *saved->commit, layout, sums.bytes());
        for (std::size_t b = 0; b < done.size(); ++b) consumed[b] = static_cast<bool>(done[b]);
        journal->truncate(saved->end);
        return true;
    }

    /// Appends what has grown beyond a mebibyte, or everything.
    void drain(Bytes& buffer, bool everything) {
        if (buffer.empty() || (!everything && buffer.size() < (std::size_t{1} << 20))) return;
        journal->append(buffer);
        buffer.clear();
    }

    void write_chunks(BatchResult const& batch, Compressor& compressor, Bytes& buffer) {
        if (batch.first_person >= layout.recorded) return;
        std::size_t const n = batch.people;
        std::size_t const kept = std::min<std::size_t>(n, layout.recorded - batch.first_person);
        std::vector<float> floats, made;
        std::vector<std::uint8_t> flags;
        Bytes stored;
        for (std::size_t i = 0; i < layout.streams.size(); ++i) {
            Stream const& s = layout.streams[i];
            std::size_t const width = s.what == Stream::What::trajectory ? layout.records : 1;
            float const* const from = values_of(layout, s, batch, made);
            std::size_t const values = layout.chunk_people * width;
            std::span<std::byte const> raw;
            if (s.flag) {
                flags.assign(values, missing_flag);
                std::transform(from, from + kept * width, flags.begin(), told_flag);
                raw = std::as_bytes(std::span(flags));
            } else {
                floats.assign(values, std::numeric_limits<float>::quiet_NaN());
                std::transform(from, from + kept * width, floats.begin(),
                               [&](float value) { return told_value(layout, s, value); });
                raw = std::as_bytes(std::span(floats));
            }
            stored.clear();
            compressor.shuffle_deflate(raw, bytes_of(s.flag), stored);
            append_record(buffer, RecordType::chunk, batch.index, static_cast<std::uint32_t>(i), kept, raw.size(),
                          stored);
            drain(buffer, false);
        }
    }

    void write_events(BatchResult const& batch, Compressor& compressor, Bytes& buffer) {
        for (std::size_t a = 0; a < layout.arms; ++a) {
            auto const& events = batch.events[a];
            std::size_t n = 0;
            while (n < events.size() && events[n].person < layout.recorded) ++n;
            if (n == 0) continue;
            Bytes raw(n * EventBytes::each);
            for (std::size_t i = 0; i < n; ++i) {
                std::memcpy(raw.data() + 4 * i, &events[i].person, 4);
                std::memcpy(raw.data() + 4 * n + 8 * i, &events[i].time_years, 8);
                raw[12 * n + i] = static_cast<std::byte>(events[i].kind);
                std::memcpy(raw.data() + 13 * n + 4 * i, &events[i].value, 4);
            }
            Bytes stored;
            compressor.deflate(raw, stored);
            append_record(buffer, RecordType::events, batch.index, static_cast<std::uint32_t>(a), n, raw.size(),
                          stored);
            drain(buffer, false);
        }
    }

    void write_motor_units(BatchResult const& batch, Compressor& compressor, Bytes& buffer) {
        if (batch.motor_units.empty()) return;
        std::vector<MotorUnitSnapshot const*> order;
        for (auto const& s : batch.motor_units) order.push_back(&s);
        std::sort(order.begin(), order.end(), [](auto const* x, auto const* y) {
            return std::tuple(x->person, x->arm, x->muscle, x->time_years) <
                   std::tuple(y->person, y->arm, y->muscle, y->time_years);
        });
        std::size_t const columns = unit_columns(*plan->model).size();
        Bytes raw;
        std::uint64_t units = 0;
        auto const put = [&](auto const& value) {
            auto const bytes = std::as_bytes(std::span(&value, 1));
            raw.insert(raw.end(), bytes.begin(), bytes.end());
        };
        for (auto const* s : order) {
            std::size_t const n = columns > 0 ? s->values.front().size() : 0;
            put(s->arm), put(s->person), put(s->muscle), put(static_cast<std::int32_t>(n)), put(s->time_years);
            for (auto const& column : s->values)
                for (float const v : column) put(v);
            units += n;
        }
        Bytes stored;
        compressor.deflate(raw, stored);
        append_record(buffer, RecordType::motor_units, batch.index, static_cast<std::uint32_t>(order.size()), units,
                      raw.size(), stored);
    }

    void accept(BatchResult const& batch) {
        require_fit(layout, batch);
        std::shared_lock const in = enter();
        if (consumed[batch.index].exchange(true)) throw std::logic_error("a batch came twice");
        require_sound();
        try {
            sums.add(batch);
            Compressor compressor;
            Bytes buffer;
            write_chunks(batch, compressor, buffer);
            write_events(batch, compressor, buffer);
            write_motor_units(batch, compressor, buffer);
            if (!batch.not_met.empty()) {
                auto const raw = std::as_bytes(std::span(batch.not_met));
                append_record(buffer, RecordType::not_met, batch.index, 0, batch.not_met.size(), raw.size(), raw);
            }
            drain(buffer, true);
            dirty = true;
        } catch (...) {
            failed = true;
            throw;
        }
    }

    /// Among those who consume, unless someone saves or waits to: batches are in a commit whole or not at all.
    [[nodiscard]] std::shared_lock<std::shared_mutex> enter() {
        std::lock_guard const turn(entrance);
        return std::shared_lock(inside);
    }

    void require_sound() const {
        if (failed)
            throw OutputError("cannot write " + journal->path() +
                              " any more. What was saved before is safe: run again with --resume.");
    }

    void save() {
        auto covered = append_commit();
        if (!covered) return;
        // Those who consume go on meanwhile. The disk may take what was appended in any order: a commit counts only
        // where everything in front of it is whole (Journal::scan).
        sync();
        done = std::move(*covered);
    }

    void sync() {
        try {
            journal->sync();
        } catch (...) {
            failed = true;
            throw;
        }
    }

    /// Appends the record that makes everything consumed count, and says what that is; nothing where nothing is new.
    std::optional<std::vector<bool>> append_commit() {
        std::lock_guard const turn(entrance);
        std::lock_guard const alone(inside);
        require_sound();
        if (!dirty) return std::nullopt;
        std::vector<bool> covered(layout.batches);
        Bytes payload(layout.batches);
        std::uint64_t batches = 0;
        for (std::size_t b = 0; b < layout.batches; ++b) {
            covered[b] = consumed[b];
            payload[b] = consumed[b] ? std::byte{1} : std::byte{0};
            batches += consumed[b] ? 1 : 0;
        }
        pack_numbers(sums.bytes(), payload);
        Bytes record;
        append_record(record, RecordType::commit, 0, 0, batches, sums.bytes().size(), payload);
        try {
            journal->append(record);
        } catch (...) {
            failed = true;
            throw;
        }
        dirty = false;
        return covered;
    }

    void abandon() {
        if (!dirty && std::ranges::find(done, true) == done.end()) journal->remove();
    }

    void finish(std::uint32_t people) {
        last_commit();
        Plan const few = first_people(*plan, people);
        Layout const shorter(few);
        bool fits = shorter.batch == layout.batch && shorter.scales.size() == layout.scales.size() &&
                    (people == layout.people || people % layout.batch == 0);
        for (std::size_t b = 0; b < done.size(); ++b) fits &= done[b] == (b < shorter.batches);
        if (!fits) throw std::logic_error("finish(people) with other batches consumed");
        finish(shorter);
    }

    void finish() {
        last_commit();
        if (options.parts > 1) {
            sync();
            journal.reset();  // lets go of the lock, so that whoever merges may read it
            return;
        }
        if (std::find(done.begin(), done.end(), false) != done.end())
            throw std::logic_error("finish() before all batches were consumed");
        finish(layout);
    }

    void finish(Layout const& shape) {
        std::vector<Piece> pieces;
        for (Entry const& e : saved_in(*journal).value_or(Saved{}).entries) pieces.push_back({&*journal, e});
        try {
            auto const not_met = assemble(shape, sums, std::move(pieces), options.path, options.command);
            if (options.tell && !not_met.empty()) options.tell(not_met);
        } catch (...) {
            sync();  // what is left is the journal
            throw;
        }
        journal->remove();
    }

    /// The commit before the file is put together, which will be forced to the disk itself.
    void last_commit() {
        if (auto covered = append_commit()) done = std::move(*covered);
    }

    Plan const* plan;
    RecorderOptions options;
    Layout layout;
    Accumulators sums;
    std::vector<bool> done;
    std::unique_ptr<std::atomic<bool>[]> consumed;
    std::mutex entrance;       ///< held by who waits to be alone inside: those who consume never keep it out
    std::shared_mutex inside;  ///< shared by those who consume, not by who saves
    std::optional<Journal> journal;
    std::atomic<bool> dirty = false;
    std::atomic<bool> failed = false;
};

Recorder::Recorder(Plan const& plan, RecorderOptions options)
    : impl_(std::make_unique<Impl>(plan, std::move(options))) {}
Recorder::~Recorder() = default;
std::vector<bool> const& Recorder::done() const { return impl_->done; }
void Recorder::accept(BatchResult const& batch) { impl_->accept(batch); }
void Recorder::save() { impl_->save(); }
Accumulators const* Recorder::sums() const { return &impl_->sums; }
void Recorder::abandon() { impl_->abandon(); }
void Recorder::finish() { impl_->finish(); }
void Recorder::finish(std::uint32_t people) { impl_->finish(people); }

bool is_finished(Plan const& plan, RecorderOptions const& options) {
    std::string const file = output_file(options.path);
    if (!options.resume || options.overwrite || !exists(file)) return false;
    // A whole run whose journal is left was killed just before the journal's removal: the file is made once more.
    if (options.parts == 1 && exists(journal_path(file, 0, 1))) return false;
    std::string const why = why_not_of(plan, file);
    if (why.empty()) return true;
    throw InputError(file + " is there already, and " + why +
                     ". Give another file with -o, or replace it with --force.");
}

ScenarioOrigin scenario_of_parts(std::string const& asked) {
    std::string const path = output_file(asked);
    std::vector<std::string> const found = part_journals(path);
    if (found.empty())
        throw InputError("there are no parts of " + path + " beside it (" + path + ".part-1-of-N.parts).");
    auto saved = saved_in(Journal(found.front(), Journal::Mode::read));
    if (!saved) throw OutputError(found.front() + " is damaged at its start. Run that part again.");
    if (auto const other = another_program(saved->header.made_by); !other.empty())
        throw InputError(found.front() + " was made by " + other +
                         ". Merge with the program that made it, or run that part again with this one.");
    return std::move(saved->header.scenario);
}

void merge_parts(Plan const& plan, std::string const& asked, std::string const& command, bool overwrite,
                 Tell const& tell) {
    std::string const path = output_file(asked);
    if (exists(path) && !overwrite)
        throw InputError(path + " is there already. Replace it with --force, or move it away.");
    std::vector<std::string> const found = part_journals(path);
    if (found.empty())
        throw InputError("there are no parts of " + path + " beside it (" + path + ".part-1-of-N.parts).");
    Layout const layout(plan);
    Accumulators sums(layout);
    std::vector<Journal> journals;
    journals.reserve(found.size());
    std::vector<Piece> pieces;
    std::vector<bool> done(layout.batches, false);
    std::vector<bool> parts_seen;
    for (std::string const& name : found) {
        journals.emplace_back(name, Journal::Mode::read, tell);
        auto const saved = saved_in(journals.back());
        if (!saved) throw OutputError(name + " is damaged at its start. Run that part again.");
        require_same_plan(plan, saved->header, name);
        auto const parts = static_cast<std::size_t>(std::max(1, saved->header.parts));
        if (!parts_seen.empty() && parts_seen.size() != parts)
            throw InputError("the parts beside " + path +
                             " are of runs with different numbers of parts. Move the old ones away.");
        parts_seen.resize(parts);
        parts_seen[static_cast<std::size_t>(saved->header.part) % parts] = true;
        if (!saved->commit) continue;
        Accumulators other(layout);
        auto const theirs = restore(journals.back(), *saved->commit, layout, other.bytes());
        for (std::size_t b = 0; b < done.size(); ++b) {
            if (theirs[b] && done[b]) throw InputError(name + " holds people of another part. Run it again.");
            if (theirs[b]) done[b] = true;
        }
        sums.add(other);
        for (Entry const& e : saved->entries) pieces.push_back({&journals.back(), e});
    }
    std::string missing;
    for (std::size_t i = 0; i < parts_seen.size(); ++i)
        if (!parts_seen[i]) missing += (missing.empty() ? "" : ", ") + std::to_string(i + 1);
    if (!missing.empty())
        throw InputError("parts of " + path + " are missing: " + missing + " of " + std::to_string(parts_seen.size()) +
                         ". Run them with --part, then merge again.");
    std::set<std::size_t> unfinished;
    for (std::size_t b = 0; b < done.size(); ++b)
        if (!done[b]) unfinished.insert(b % parts_seen.size() + 1);
    for (std::size_t const part : unfinished) missing += (missing.empty() ? "" : ", ") + std::to_string(part);
    if (!missing.empty())
        throw InputError("parts of " + path + " are not finished: " + missing + " of " +
                         std::to_string(parts_seen.size()) + ". Run them with --part and --resume, then merge again.");
    auto const not_met = assemble(layout, sums, std::move(pieces), path, command);
    if (tell && !not_met.empty()) tell(not_met);
    for (Journal& j : journals) j.remove();
}

double estimated_file_bytes(Plan const& plan) {
    Layout const layout(plan);
    // Trajectories shrink to about two thirds, flags to about a tenth; statistics are stored as they are.
    double bytes = statistics_bytes(layout);
    for (Stream const& s : layout.streams) {
        double const width = s.what == Stream::What::trajectory ? static_cast<double>(layout.records) : 1.0;
        bytes += static_cast<double>(layout.recorded) * width * (s.flag ? 0.1 : 2.7);
    }
    return bytes;
}

double estimated_recorder_bytes(Plan const& plan, int threads) {
    Layout const layout(plan);
    auto const sums = static_cast<double>(Accumulators::bytes_needed(layout));
    double const cells = 2.0 * static_cast<double>(layout.records + layout.ages) * sizeof(Cell) * 2.0;
    double const scratch = static_cast<double>(layout.batch * layout.records) * (4 + 4 + 4 + 4 + 2) + cells + 4e6;
    return 2.0 * sums + static_cast<double>(threads) * scratch;
}

}  // namespace sarx
