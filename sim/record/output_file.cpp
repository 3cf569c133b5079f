#include "sim/record/output_file.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>

#include "sim/contract/errors.hpp"
#include "sim/record/journal.hpp"

namespace sarx {

namespace {

namespace fs = std::filesystem;

constexpr int most_links = 40;  // as many as Linux follows

}  // namespace

std::string what_is_no_file(mode_t mode) {
    if (S_ISREG(mode)) return "";
    if (S_ISDIR(mode)) return "a folder";
    if (S_ISFIFO(mode)) return "a pipe";
    if (S_ISSOCK(mode)) return "a socket";
    return "a device";
}

std::string output_file(std::string const& asked) {
    auto const refuse = [&](std::string const& why) {
        throw InputError("cannot write " + asked + ": " + why + ". Nothing was written.");
    };
    fs::path file = asked;
    struct stat info {};
    int links = 0;
    while (::lstat(file.c_str(), &info) == 0 && S_ISLNK(info.st_mode)) {
        if (++links > most_links) refuse("its links go round in a circle");
        std::error_code error;
        fs::path const target = fs::read_symlink(file, error);
        if (error) refuse(error.message());
        file = file.parent_path() / target;
    }
    std::string const name = links > 0 ? "what it links to, " + file.string() + "," : "it";
    if (::lstat(file.c_str(), &info) == 0) {
        if (std::string const what = what_is_no_file(info.st_mode); !what.empty()) refuse(name + " is " + what);
    } else if (errno != ENOENT && errno != ENOTDIR) {
        refuse(reason_of(errno));
    }
    fs::path const folder = file.parent_path();
    std::error_code error;
    if (!folder.empty() && !fs::is_directory(folder, error)) refuse("there is no folder " + folder.string());
    return file.string();
}

}  // namespace sarx
