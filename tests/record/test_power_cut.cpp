// What a power cut leaves: the order in which files are written, forced to the disk, renamed and removed. This program
// puts its own file calls in place of the C library's, which note themselves and then do what they are asked.

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <string>
#include <vector>

#include "made_up.hpp"
#include "sim/contract/errors.hpp"
#include "sim/record/recorder.hpp"
#include "support/catch.hpp"

namespace {

std::mutex one_at_a_time;
std::vector<std::string> calls;  ///< "sync run.h5.parts"; a call just as the last is noted once

std::string name_of(std::string const& path) { return path.substr(path.rfind('/') + 1); }

std::string name_of(int file) {
    return name_of(std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(file)).string());
}

void note(std::string const& call) {
    std::lock_guard const lock(one_at_a_time);
    if (calls.empty() || calls.back() != call) calls.push_back(call);
}

ssize_t write_at(int file, void const* bytes, std::size_t count, off_t offset) {
    note("write " + name_of(file));
    return ::syscall(SYS_pwrite64, file, bytes, count, offset);
}

std::vector<std::string> calls_of(auto work) {
    calls.clear();
    work();
    return calls;
}

}  // namespace

extern "C" {

int fsync(int file) {
    note("sync " + name_of(file));
    return static_cast<int>(::syscall(SYS_fsync, file));
}

ssize_t pwrite(int file, void const* bytes, std::size_t count, off_t offset) {
    return write_at(file, bytes, count, offset);
}

ssize_t pwrite64(int file, void const* bytes, std::size_t count, off64_t offset) {
    return write_at(file, bytes, count, offset);
}

int rename(char const* from, char const* to) noexcept {
    note("rename " + name_of(std::string(from)) + " " + name_of(std::string(to)));
    return static_cast<int>(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

int unlink(char const* path) noexcept {
    note("remove " + name_of(std::string(path)));
    return static_cast<int>(::syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}

}  // extern "C"

using namespace made_up;
using Calls = std::vector<std::string>;

TEST_CASE("a commit and what it covers are on the disk before anyone is told") {
    Plan const plan = plan_of(300);
    Folder const folder;
    std::unique_ptr<Recorder> recorder;
    CHECK(calls_of([&] { recorder = std::make_unique<Recorder>(plan, RecorderOptions{.path = folder.file()}); }) ==
          Calls{"write run.h5.parts"});
    auto const saved = [&](std::uint32_t batch) {
        return calls_of([&] {
            recorder->accept(batch_of(plan, batch));
            recorder->save();
        });
    };
    CHECK(saved(0) == Calls{"write run.h5.parts", "sync run.h5.parts", "sync " + name_of(folder.path)});
    CHECK(saved(2) == Calls{"write run.h5.parts", "sync run.h5.parts"});
}

TEST_CASE("a journal that outlives its run is on the disk: a part's, and one whose file found no place") {
    Plan const plan = plan_of(100);
    Folder const folder;
    auto const finish = [&](RecorderOptions const& options) {
        Recorder recorder(plan, options);
        for (std::uint32_t batch = 0; batch < batches_of(plan); ++batch)
            if (batch % static_cast<std::uint32_t>(options.parts) == 0) recorder.accept(batch_of(plan, batch));
        return calls_of([&] {
            try {
                recorder.finish();
            } catch (OutputError const&) {}
        });
    };
    Calls const of_part = finish({.path = folder.file("a.h5"), .parts = 2});
    CHECK(std::ranges::count(of_part, "sync a.h5.part-1-of-2.parts") == 1);
    std::filesystem::create_directory(folder.file("b.h5.partial"));  // where the file would be written
    Calls const of_failure = finish({.path = folder.file("b.h5")});
    CHECK(std::ranges::count(of_failure, "sync b.h5.parts") == 1);
    CHECK(std::ranges::count(of_failure, "remove b.h5.parts") == 0);
}

TEST_CASE("a commit on the disk without all that it covers counts as none") {
    Plan const plan = plan_of(300);
    Folder const folder;
    std::uint64_t safe = 0;
    {
        Recorder recorder(plan, {.path = folder.file()});
        recorder.accept(batch_of(plan, 0));
        recorder.save();
        safe = std::filesystem::file_size(folder.file() + ".parts");
        recorder.accept(batch_of(plan, 1));
        recorder.save();
    }
    // The disk took the end of the file first, and the power went.
    std::fstream(folder.file() + ".parts", std::ios::in | std::ios::out | std::ios::binary)
        .seekp(static_cast<std::streamoff>(safe) + 100)
        .write(std::string(200, '\0').data(), 200);
    Recorder const recorder(plan, {.path = folder.file(), .resume = true});
    CHECK(recorder.done()[0]);
    CHECK_FALSE(recorder.done()[1]);
    CHECK(std::filesystem::file_size(folder.file() + ".parts") == safe);
}

TEST_CASE("the file is on the disk before it takes its name, and has its name before the journal goes") {
    Plan const plan = plan_of(100);
    Folder const folder;
    Recorder recorder(plan, {.path = folder.file()});
    for (std::uint32_t batch = 0; batch < batches_of(plan); ++batch) recorder.accept(batch_of(plan, batch));
    Calls const seen = calls_of([&] { recorder.finish(); });
    Calls const end = {"write run.h5.partial", "sync run.h5.partial", "rename run.h5.partial run.h5",
                       "sync " + name_of(folder.path), "remove run.h5.parts"};
    REQUIRE(seen.size() >= end.size());
    CHECK(Calls(seen.end() - static_cast<std::ptrdiff_t>(end.size()), seen.end()) == end);
}
