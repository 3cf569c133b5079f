#pragma once
// What a person sees: numbers in words, a progress line on a terminal.

#include <string>

#include "sim/run/runner.hpp"

namespace sarx::cli {

std::string in_words(double seconds);      ///< "2 min 5 s"
std::string bytes_in_words(double bytes);  ///< "25.3 MB"
std::string with_commas(std::uint64_t n);  ///< "10,000"

/// One line on stderr that renews itself: how much is done, rate, time left. Silent off a terminal.
class ProgressLine {
public:
    /// `counted`: what Progress counts here.
    ProgressLine(std::string title, bool wanted, std::string counted = "people");
    void show(Progress const& progress);
    void clear();

private:
    std::string title_;
    std::string counted_;
    bool visible_;
    double last_shown_s_ = -1.0;
};

/// A line on stderr. That the terminal is gone ends nothing.
void say(std::string const& line);

/// A full quota and a closed pipe are errors to report, not deaths. Call before files are written.
void be_sturdy();

}  // namespace sarx::cli
