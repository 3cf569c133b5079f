#pragma once
// The journal FILE.parts: an append-only file of checksummed records that holds everything of a run
// until its final file stands. What a commit covers is safe; what follows the last good commit is not
// trusted and is cut off on resuming.

#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/identity/program.hpp"
#include "sim/record/compress.hpp"
#include "sim/record/file_lock.hpp"
#include "sim/result/layout.hpp"

namespace sarx {

/// What a record of the journal holds.
enum class RecordType : std::uint32_t {
    header = 1,       ///< who wrote it, for which plan
    chunk = 2,        ///< item: stream; payload: a chunk as HDF5 stores it
    events = 3,       ///< item: arm; rows: events
    motor_units = 4,  ///< item: snapshots; rows: units
    commit = 5,       ///< rows: batches done; payload: their flags and all sums
    not_met = 6       ///< rows: facts of a file of people that are not met
};

/// In front of every payload, as it lies on disk.
struct RecordHead {
    std::uint32_t magic = 0;
    RecordType type = RecordType::header;
    std::uint32_t batch = 0;
    std::uint32_t item = 0;
    std::uint64_t rows = 0;
    std::uint64_t length = 0;    ///< bytes of payload
    std::uint64_t raw = 0;       ///< bytes before compression
    std::uint64_t checksum = 0;  ///< of the payload and the fields above
};

/// A record of the journal and where its payload lies.
struct Entry {
    RecordHead head;
    std::uint64_t offset = 0;
};

/// The first record: lets a later run say what changed, and a merge make the plan again.
struct JournalHeader {
    Program made_by;
    std::uint64_t digest = 0;
    int part = 0;
    int parts = 1;
    std::string command;
    std::string resolved;
    ScenarioOrigin scenario;
    [[nodiscard]] Bytes to_bytes() const;
    static std::optional<JournalHeader> from_bytes(std::span<std::byte const> bytes);
};

/// "FILE.parts", or "FILE.part-2-of-8.parts" for part 1 (0-based) of 8.
std::string journal_path(std::string const& file, int part, int parts);

/// Appends a record to a buffer; returns nothing, the buffer grows.
void append_record(Bytes& buffer, RecordType type, std::uint32_t batch, std::uint32_t item, std::uint64_t rows,
                   std::uint64_t raw, std::span<std::byte const> payload);

class Journal {
public:
    enum class Mode : std::uint8_t { write, read };

    /// Opens (and for `write` creates) and locks. Throws OutputError where it is locked, InputError where it cannot be
    /// opened; what was created then is gone again.
    Journal(std::string path, Mode mode, Tell const& tell = {});
    ~Journal();
    Journal(Journal&& other) noexcept;
    Journal(Journal const&) = delete;
    Journal& operator=(Journal const&) = delete;
    Journal& operator=(Journal&&) = delete;

    [[nodiscard]] std::string const& path() const { return path_; }
    [[nodiscard]] std::uint64_t size() const { return end_; }

    /// Appends bytes (whole records). Many threads may call it.
    void append(std::span<std::byte const> bytes);
    /// Forces what was appended to the disk, and checks that the journal still lies where it was.
    void sync();
    /// Cuts the journal off at `end`.
    void truncate(std::uint64_t end);
    /// Removes the journal.
    void remove();

    /// Records from the start to the first that is damaged, unfinished, or absent. Verifies checksums.
    [[nodiscard]] std::vector<Entry> scan() const;
    /// Payload of a record, verified. Throws OutputError where it cannot be read or is damaged.
    [[nodiscard]] Bytes payload(Entry const& entry) const;
    /// First bytes of the file, at most `count`.
    [[nodiscard]] Bytes front(std::size_t count) const;

private:
    [[nodiscard]] bool read(std::uint64_t offset, std::span<std::byte> into) const;

    /// Opens the file, and creates it where that is wanted. Whether it was created.
    bool open(Mode mode);

    std::string path_;
    int file_ = -1;
    FileLock lock_;
    std::uint64_t end_ = 0;
    bool name_is_safe_ = false;  ///< its folder was forced to the disk since it was opened
    std::mutex mutex_;
};

/// Entries up to and with the last commit, where the first record is a header; empty where none is.
struct Saved {
    JournalHeader header;
    std::vector<Entry> entries;   ///< covered by the last commit, commits left out
    std::optional<Entry> commit;  ///< the last one
    std::uint64_t end = 0;        ///< where the trusted part ends
};
/// What a journal holds safely; nothing where not even its header is whole.
std::optional<Saved> saved_in(Journal const& journal);

/// Flags of the batches done, and the sums, of a commit. Throws OutputError where it is not of this plan.
std::vector<bool> restore(Journal const& journal, Entry const& commit, Layout const& layout, std::span<std::byte> sums);

/// "No space left on device", of errno.
std::string reason_of(int error);
/// Forces a file, or the names in a folder, to the disk. Returns errno, or 0.
int sync_path(std::string const& path);
/// "results/" of "results/run.h5"; "." of "run.h5".
std::string folder_of(std::string const& path);

}  // namespace sarx
