#include "sim/record/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <iterator>
#include <mutex>
#include <sstream>
#include <utility>

#include "sim/contract/errors.hpp"
#include "sim/record/journal.hpp"

namespace sarx {

namespace {

/// Who writes: a process, and since when it lives, as numbers of processes are given again.
struct Writer {
    std::string host;
    long process = 0;
    std::string since;
    bool operator==(Writer const&) const = default;
};

/// Start of a process in ticks since boot; empty where the system does not say.
std::string start_of(long process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    std::string const text{std::istreambuf_iterator<char>(file), {}};
    auto const name_ends = text.rfind(')');  // a name may hold spaces
    if (name_ends == std::string::npos) return "";
    std::istringstream rest(text.substr(name_ends + 1));
    constexpr int fields_before = 19;
    std::string field;
    for (int i = 0; i <= fields_before; ++i) rest >> field;
    return field;
}

Writer this_process() {
    char host[256] = {};
    if (::gethostname(host, sizeof host - 1) != 0) host[0] = '?';
    long const process = ::getpid();
    return {host, process, start_of(process)};
}

Writer writer_in(std::string const& pid_file) {
    std::ifstream file(pid_file);
    Writer writer;
    file >> writer.host >> writer.process >> writer.since;
    return writer;
}

bool lives(Writer const& writer) {
    if (writer.process <= 0 || (::kill(static_cast<pid_t>(writer.process), 0) != 0 && errno == ESRCH)) return false;
    std::string const since = start_of(writer.process);
    return since.empty() || writer.since.empty() || since == writer.since;
}

OutputError held(std::string const& path, std::string const& by) {
    return OutputError("another run is writing this output: " + path + " is locked" + by +
                       ". Wait for it to end, or give this run another file with -o.");
}

}  // namespace

FileLock::FileLock(int file, std::string const& path, Tell const& tell) {
    if (::flock(file, LOCK_EX | LOCK_NB) == 0) return;
    int const error = errno;
    if (error == EWOULDBLOCK) throw held(path, "");
    if (error != ENOSYS && error != ENOLCK && error != EOPNOTSUPP && error != EINVAL)
        throw OutputError("cannot lock " + path + ": " + reason_of(error) + ". Nothing was written.");
    static std::once_flag told;  // not for each part of a merge
    if (tell)
        std::call_once(told, tell,
                       "this disk has no locks (" + reason_of(error) + "): who writes is noted in " + path +
                           ".pid instead. Do not write one output from two machines.");
    take_pid_file(path, tell);
}

void FileLock::take_pid_file(std::string const& path, Tell const& tell) {
    std::string const pid_file = path + ".pid";
    Writer const own = this_process();
    std::string const text = own.host + " " + std::to_string(own.process) + " " + own.since + "\n";
    for (int tries = 0; tries < 10; ++tries) {
        int const file = ::open(pid_file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
        if (file >= 0) {
            bool const whole = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
            ::close(file);
            if (!whole) throw OutputError("cannot write " + pid_file + ". Nothing was written.");
            pid_file_ = pid_file;
            return;
        }
        if (errno != EEXIST)
            throw OutputError("cannot write " + pid_file + ": " + reason_of(errno) + ". Nothing was written.");
        Writer const other = writer_in(pid_file);
        std::string const who = "process " + std::to_string(other.process) + " on " + other.host;
        if (other.host == own.host && lives(other)) throw held(path, " by " + who);
        if (other.host != own.host && !other.host.empty() && tell)
            tell(path + " was being written by " + who + ". If that still runs, stop one of the two.");
        ::unlink(pid_file.c_str());
    }
    throw OutputError("cannot write " + pid_file + ": other runs come and go. Nothing was written.");
}

FileLock::~FileLock() {
    // A run on another host may have taken over.
    if (!pid_file_.empty() && writer_in(pid_file_) == this_process()) ::unlink(pid_file_.c_str());
}

FileLock::FileLock(FileLock&& other) noexcept : pid_file_(std::exchange(other.pid_file_, {})) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(pid_file_, other.pid_file_);
    return *this;
}

}  // namespace sarx
