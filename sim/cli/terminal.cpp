#include "sim/cli/terminal.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <cstdio>

namespace sarx::cli {

std::string in_words(double seconds) {
    if (seconds < 10.0) return fmt::format("{:.1f} s", seconds);
    auto const s = static_cast<long>(std::lround(seconds));
    if (s < 120) return fmt::format("{} s", s);
    if (s < 7200) return fmt::format("{} min {} s", s / 60, s % 60);
    return fmt::format("{} h {} min", s / 3600, s % 3600 / 60);
}

std::string bytes_in_words(double bytes) {
    char const* const units[] = {"bytes", "kB", "MB", "GB", "TB", "PB"};
    int unit = 0;
    while (bytes >= 1000.0 && unit < 5) {
        bytes /= 1000.0;
        ++unit;
    }
    return unit == 0 ? fmt::format("{:.0f} bytes", bytes)
                     : fmt::format("{:.{}f} {}", bytes, bytes < 10.0 ? 1 : 0, units[unit]);
}

std::string with_commas(std::uint64_t n) {
    std::string text = std::to_string(n);
    for (auto at = static_cast<int>(text.size()) - 3; at > 0; at -= 3) text.insert(static_cast<std::size_t>(at), ",");
    return text;
}

void say(std::string const& line) {
    std::fputs((line + "\n").c_str(), stderr);
    std::fflush(stderr);
}

void be_sturdy() {
    std::signal(SIGXFSZ, SIG_IGN);
    std::signal(SIGPIPE, SIG_IGN);
}

ProgressLine::ProgressLine(std::string title, bool wanted, std::string counted)
    : title_(std::move(title)), counted_(std::move(counted)), visible_(wanted && isatty(STDERR_FILENO) != 0) {}

void ProgressLine::show(Progress const& progress) {
    if (!visible_) return;
    bool const finished = progress.people_done == progress.people_total;
    if (!finished && progress.seconds - last_shown_s_ < 0.2) return;
    last_shown_s_ = progress.seconds;
    double const share = progress.people_total > 0
                             ? static_cast<double>(progress.people_done) / static_cast<double>(progress.people_total)
                             : 1.0;
    double const rate = progress.seconds > 0.0 ? static_cast<double>(progress.people_done) / progress.seconds : 0.0;
    double const left = rate > 0.0 ? static_cast<double>(progress.people_total - progress.people_done) / rate : 0.0;
    std::fputs(fmt::format("\r\x1b[K{}  {:3.0f} %  {} of {} {}  {} {}/s  {} left", title_, 100.0 * share,
                           with_commas(progress.people_done), with_commas(progress.people_total), counted_,
                           with_commas(static_cast<std::uint64_t>(rate)), counted_, in_words(left))
                   .c_str(),
               stderr);
    std::fflush(stderr);
}

void ProgressLine::clear() {
    if (!visible_) return;
    std::fputs("\r\x1b[K", stderr);
    std::fflush(stderr);
}

}  // namespace sarx::cli
