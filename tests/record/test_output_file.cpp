// What an output may replace: a regular file, at the end of its links; nothing else.

#include "sim/record/output_file.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "read_file.hpp"
#include "sim/contract/errors.hpp"
#include "support/catch.hpp"

using namespace made_up;
namespace fs = std::filesystem;

namespace {

std::string refusal_of(std::string const& path) {
    return message_of<InputError>([&] { output_file(path); });
}

bool says(std::string const& message, std::string const& part) {
    UNSCOPED_INFO("message: " << message);
    return message.find(part) != std::string::npos;
}

void make_socket(std::string const& path) {
    int const s = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    REQUIRE(path.size() < sizeof address.sun_path);
    std::memcpy(address.sun_path, path.c_str(), path.size());
    REQUIRE(::bind(s, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0);
    ::close(s);
}

}  // namespace

TEST_CASE("every kind of file but a regular one is named") {
    CHECK(what_is_no_file(S_IFREG | 0644).empty());
    CHECK(what_is_no_file(S_IFCHR | 0666) == "a device");
    CHECK(what_is_no_file(S_IFBLK | 0660) == "a device");
    CHECK(what_is_no_file(S_IFIFO) == "a pipe");
    CHECK(what_is_no_file(S_IFSOCK) == "a socket");
    CHECK(what_is_no_file(S_IFDIR) == "a folder");
}

TEST_CASE("an output that is no regular file is refused, through links too") {
    Folder const folder;
    REQUIRE(::mkfifo(folder.file("pipe").c_str(), 0644) == 0);
    make_socket(folder.file("socket"));
    fs::create_directory(folder.file("sub"));
    fs::create_symlink("pipe", folder.file("link"));
    fs::create_symlink("circle_b", folder.file("circle_a"));
    fs::create_symlink("circle_a", folder.file("circle_b"));
    CHECK(says(refusal_of(folder.file("pipe")), "it is a pipe"));
    CHECK(says(refusal_of(folder.file("socket")), "it is a socket"));
    CHECK(says(refusal_of(folder.file("sub")), "it is a folder"));
    CHECK(says(refusal_of(folder.file("link")), "is a pipe"));
    CHECK(says(refusal_of(folder.file("circle_a")), "circle"));
    CHECK(says(refusal_of(folder.file("nowhere/run.h5")), "there is no folder"));
    fs::create_symlink("nowhere/run.h5", folder.file("dangling"));
    CHECK(says(refusal_of(folder.file("dangling")), "there is no folder"));
    for (char const* const name : {"pipe", "socket", "link"})
        CHECK_THROWS_AS(Recorder(plan_of(100), {.path = folder.file(name), .overwrite = true}), InputError);
    CHECK(fs::is_fifo(folder.file("pipe")));
    CHECK(fs::is_socket(folder.file("socket")));
    CHECK_FALSE(fs::exists(folder.file("pipe.parts")));
}

TEST_CASE("a link stays, and the file at its end is replaced in its own folder") {
    Plan const plan = plan_of(100, 2);
    Folder const folder;
    fs::create_directory(folder.file("scratch"));
    fs::create_symlink("scratch/run.h5", folder.file("link.h5"));
    fs::create_symlink("link.h5", folder.file("link_to_link.h5"));
    for (bool const overwrite : {false, true}) {
        Recorder recorder(plan, {.path = folder.file("link_to_link.h5"), .overwrite = overwrite});
        CHECK(fs::exists(folder.file("scratch/run.h5.parts")));
        CHECK_FALSE(fs::exists(folder.file("link_to_link.h5.parts")));
        for (auto const& b : all_batches(plan)) recorder.accept(b);
        recorder.finish();
    }
    CHECK(fs::is_symlink(folder.file("link.h5")));
    CHECK(fs::is_symlink(folder.file("link_to_link.h5")));
    CHECK(fs::is_regular_file(fs::symlink_status(folder.file("scratch/run.h5"))));
    CHECK_THROWS_AS(Recorder(plan, {.path = folder.file("link.h5")}), InputError);
}

TEST_CASE("a pipe in the place of the journal or of the unfinished file is not waited for") {
    Plan const plan = plan_of(100, 2);
    Folder const folder;
    REQUIRE(::mkfifo(folder.file("a.h5.parts").c_str(), 0644) == 0);
    CHECK(says(message_of<InputError>([&] { Recorder(plan, {.path = folder.file("a.h5"), .resume = true}); }),
               "it is a pipe"));
    REQUIRE(::mkfifo(folder.file("b.h5.partial").c_str(), 0644) == 0);
    Recorder recorder(plan, {.path = folder.file("b.h5")});
    for (auto const& b : all_batches(plan)) recorder.accept(b);
    CHECK_THROWS_AS(recorder.finish(), OutputError);
    CHECK(fs::exists(folder.file("b.h5.parts")));
}
