#include "sim/record/journal.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "sim/contract/errors.hpp"
#include "sim/record/output_file.hpp"

namespace sarx {

static_assert(std::endian::native == std::endian::little, "journals are little-endian");

namespace {

constexpr std::uint32_t magic = 0x58524153;  // "SARX"
constexpr std::size_t head_bytes = sizeof(RecordHead);
static_assert(head_bytes == 48);

std::uint64_t checksum_of(RecordHead head, std::span<std::byte const> payload) {
    head.checksum = 0;
    return hash_of(payload, hash_of(std::as_bytes(std::span(&head, 1))));
}

void put(Bytes& bytes, std::string_view text) {
    std::uint64_t const length = text.size();
    auto const* const n = reinterpret_cast<std::byte const*>(&length);
    bytes.insert(bytes.end(), n, n + sizeof length);
    auto const* const t = reinterpret_cast<std::byte const*>(text.data());
    bytes.insert(bytes.end(), t, t + text.size());
}

bool take(std::span<std::byte const>& bytes, std::string& text) {
    std::uint64_t length = 0;
    if (bytes.size() < sizeof length) return false;
    std::memcpy(&length, bytes.data(), sizeof length);
    bytes = bytes.subspan(sizeof length);
    if (bytes.size() < length) return false;
    text.assign(reinterpret_cast<char const*>(bytes.data()), length);
    bytes = bytes.subspan(length);
    return true;
}

}  // namespace

std::string reason_of(int error) { return std::generic_category().message(error); }

Bytes JournalHeader::to_bytes() const {
    Bytes bytes;
    for (std::string const& text :
         {made_by.version, std::to_string(digest), std::to_string(part), std::to_string(parts), command, resolved})
        put(bytes, text);
    auto const put_pairs = [&](auto const& list) {
        put(bytes, std::to_string(list.size()));
        for (auto const& [first, second] : list) {
            put(bytes, first);
            put(bytes, second);
        }
    };
    put_pairs(scenario.sources);
    put_pairs(scenario.tables);
    put_pairs(scenario.options);
    put(bytes, made_by.commit);
    put(bytes, made_by.code_hash);
    return bytes;
}

std::optional<JournalHeader> JournalHeader::from_bytes(std::span<std::byte const> bytes) {
    JournalHeader h;
    std::string digest_text, part_text, parts_text;
    if (!take(bytes, h.made_by.version) || !take(bytes, digest_text) || !take(bytes, part_text) ||
        !take(bytes, parts_text) || !take(bytes, h.command) || !take(bytes, h.resolved))
        return std::nullopt;
    h.digest = std::strtoull(digest_text.c_str(), nullptr, 10);
    h.part = std::atoi(part_text.c_str());
    h.parts = std::atoi(parts_text.c_str());
    auto const take_pairs = [&](auto& list) {
        std::string count;
        if (!take(bytes, count)) return false;
        for (int left = std::atoi(count.c_str()); left > 0; --left) {
            auto& [first, second] = list.emplace_back();
            if (!take(bytes, first) || !take(bytes, second)) return false;
        }
        return true;
    };
    if (!take_pairs(h.scenario.sources) || !take_pairs(h.scenario.tables) || !take_pairs(h.scenario.options))
        return std::nullopt;
    // Journals of before programs told their code end here.
    if (!take(bytes, h.made_by.commit) || !take(bytes, h.made_by.code_hash)) h.made_by.commit = "unknown";
    return h;
}

int sync_path(std::string const& path) {
    int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return errno;
    int const error = ::fsync(file) == 0 ? 0 : errno;
    ::close(file);
    return error == EINVAL || error == ENOTSUP ? 0 : error;
}

std::string folder_of(std::string const& path) {
    auto const slash = path.rfind('/');
    return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

std::string journal_path(std::string const& file, int part, int parts) {
    if (parts <= 1) return file + ".parts";
    return file + ".part-" + std::to_string(part + 1) + "-of-" + std::to_string(parts) + ".parts";
}

void append_record(Bytes& buffer, RecordType type, std::uint32_t batch, std::uint32_t item, std::uint64_t rows,
                   std::uint64_t raw, std::span<std::byte const> payload) {
    RecordHead head{magic, type, batch, item, rows, payload.size(), raw, 0};
    head.checksum = checksum_of(head, payload);
    auto const bytes = std::as_bytes(std::span(&head, 1));
    buffer.insert(buffer.end(), bytes.begin(), bytes.end());
    buffer.insert(buffer.end(), payload.begin(), payload.end());
}

bool Journal::open(Mode mode) {
    // A pipe would be waited for, so what lies there is looked at before it is read.
    constexpr int flags = O_RDWR | O_CLOEXEC | O_NONBLOCK;
    file_ = ::open(path_.c_str(), flags);
    bool const creates = file_ < 0 && errno == ENOENT && mode == Mode::write;
    if (creates) file_ = ::open(path_.c_str(), flags | O_CREAT, 0644);
    if (file_ < 0) throw InputError("cannot open " + path_ + ": " + reason_of(errno) + ". Nothing was written.");
    struct stat info {};
    std::string const what = ::fstat(file_, &info) == 0 ? what_is_no_file(info.st_mode) : "";
    if (what.empty()) return creates;
    ::close(std::exchange(file_, -1));
    throw InputError("cannot open " + path_ + ": it is " + what + ". Nothing was written.");
}

Journal::Journal(std::string path, Mode mode, Tell const& tell) : path_(std::move(path)) {
    for (;;) {
        bool const created = open(mode);
        try {
            lock_ = FileLock(file_, path_, tell);
        } catch (...) {
            ::close(std::exchange(file_, -1));
            if (created) ::unlink(path_.c_str());
            throw;
        }
        // The run that held the lock may have removed the file meanwhile: the lock must be on what lies there now.
        struct stat here {
        }, there{};
        if (::fstat(file_, &here) == 0 && ::stat(path_.c_str(), &there) == 0 && here.st_ino == there.st_ino &&
            here.st_dev == there.st_dev) {
            end_ = static_cast<std::uint64_t>(here.st_size);
            return;
        }
        lock_ = FileLock();
        ::close(std::exchange(file_, -1));
    }
}

Journal::Journal(Journal&& other) noexcept
    : path_(std::move(other.path_)),
      file_(std::exchange(other.file_, -1)),
      lock_(std::move(other.lock_)),
      end_(other.end_) {}

Journal::~Journal() {
    if (file_ >= 0) ::close(file_);
}

void Journal::append(std::span<std::byte const> bytes) {
    std::lock_guard const lock(mutex_);
    while (!bytes.empty()) {
        ssize_t const n = ::pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(end_));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) {
            int const error = n < 0 ? errno : ENOSPC;
            throw OutputError("cannot write " + path_ + ": " + reason_of(error) +
                              ". What was saved before is safe: make room, then run again with --resume.");
        }
        bytes = bytes.subspan(static_cast<std::size_t>(n));
        end_ += static_cast<std::uint64_t>(n);
    }
}

void Journal::sync() {
    if (::fsync(file_) != 0 && errno != EINVAL && errno != ENOTSUP)
        throw OutputError("cannot save " + path_ + " to the disk: " + reason_of(errno) +
                          ". What was saved before is safe: run again with --resume.");
    struct stat here {
    }, there{};
    if (::stat(path_.c_str(), &there) != 0 || ::fstat(file_, &here) != 0 || here.st_ino != there.st_ino)
        throw OutputError(path_ +
                          " is gone: the file or its folder was removed while the run was writing. "
                          "Nothing of this run is left; run it again.");
    if (!name_is_safe_) sync_path(folder_of(path_));
    name_is_safe_ = true;
}

void Journal::truncate(std::uint64_t end) {
    if (::ftruncate(file_, static_cast<off_t>(end)) != 0)
        throw OutputError("cannot change " + path_ + ": " + reason_of(errno) + ". What it holds is untouched.");
    end_ = end;
}

void Journal::remove() { ::unlink(path_.c_str()); }

bool Journal::read(std::uint64_t offset, std::span<std::byte> into) const {
    while (!into.empty()) {
        ssize_t const n = ::pread(file_, into.data(), into.size(), static_cast<off_t>(offset));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        into = into.subspan(static_cast<std::size_t>(n));
        offset += static_cast<std::uint64_t>(n);
    }
    return true;
}

std::vector<Entry> Journal::scan() const {
    std::vector<Entry> entries;
    std::uint64_t offset = 0;
    Bytes payload;
    while (offset + head_bytes <= end_) {
        RecordHead head;
        if (!read(offset, std::as_writable_bytes(std::span(&head, 1)))) break;
        if (head.magic != magic || head.length > end_ - offset - head_bytes) break;
        payload.resize(head.length);
        if (!read(offset + head_bytes, payload) || checksum_of(head, payload) != head.checksum) break;
        entries.push_back({head, offset + head_bytes});
        offset += head_bytes + head.length;
    }
    return entries;
}

Bytes Journal::payload(Entry const& entry) const {
    Bytes bytes(entry.head.length);
    if (!read(entry.offset, bytes))
        throw OutputError("cannot read " + path_ + ": " + reason_of(errno) + ". It was left as it is.");
    if (checksum_of(entry.head, bytes) != entry.head.checksum)
        throw OutputError(path_ +
                          " is damaged (a checksum does not agree). Run again with --resume: what is damaged "
                          "is simulated again.");
    return bytes;
}

Bytes Journal::front(std::size_t count) const {
    Bytes bytes(std::min<std::uint64_t>(count, end_));
    if (!read(0, bytes)) bytes.clear();
    return bytes;
}

std::optional<Saved> saved_in(Journal const& journal) {
    auto entries = journal.scan();
    if (entries.empty() || entries.front().head.type != RecordType::header) return std::nullopt;
    auto header = JournalHeader::from_bytes(journal.payload(entries.front()));
    if (!header) return std::nullopt;
    Saved saved;
    saved.header = std::move(*header);
    saved.end = entries.front().offset + entries.front().head.length;
    std::size_t covered = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (entries[i].head.type != RecordType::commit) continue;
        covered = i;
        saved.commit = entries[i];
        saved.end = entries[i].offset + entries[i].head.length;
    }
    for (std::size_t i = 1; i < covered; ++i)
        if (entries[i].head.type != RecordType::commit) saved.entries.push_back(entries[i]);
    return saved;
}

std::vector<bool> restore(Journal const& journal, Entry const& commit, Layout const& layout,
                          std::span<std::byte> sums) {
    Bytes const payload = journal.payload(commit);
    std::size_t const flags = layout.batches;
    if (payload.size() < flags || commit.head.raw != sums.size() ||
        !unpack_numbers(std::span(payload).subspan(flags), sums))
        throw OutputError(journal.path() + " does not fit this scenario. Remove it to start again.");
    std::vector<bool> done(flags);
    for (std::size_t b = 0; b < flags; ++b) done[b] = payload[b] != std::byte{0};
    return done;
}

}  // namespace sarx
