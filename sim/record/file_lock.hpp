#pragma once
// Keeps two runs off one journal.

#include <functional>
#include <string>

namespace sarx {

/// Told what a user should know, in a sentence; nothing ends by it.
using Tell = std::function<void(std::string const&)>;

/// A lock of the file system; where that has none (Lustre without -o flock, some NFS and FUSE), a file PATH.pid that
/// names host and process. It keeps off a run on the same host that still lives; of one on another host, whose
/// processes cannot be seen from here, it tells.
class FileLock {
public:
    FileLock() = default;
    /// Locks an open file. Throws OutputError where another run holds it.
    FileLock(int file, std::string const& path, Tell const& tell);
    ~FileLock();
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    FileLock(FileLock const&) = delete;
    FileLock& operator=(FileLock const&) = delete;

private:
    void take_pid_file(std::string const& path, Tell const& tell);

    std::string pid_file_;  ///< to be removed; empty where the file system has locks
};

}  // namespace sarx
