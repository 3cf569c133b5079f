#pragma once
// Threads: how many there are, how many may be used, and work shared out among them. The only file that knows TBB.

#include <cstddef>
#include <functional>
#include <memory>

namespace sarx {

/// Threads that can be used here.
int available_threads();

/// While it lives, no more than so many threads (0: no limit) work in this process.
class ThreadLimit {
public:
    explicit ThreadLimit(int threads);
    ~ThreadLimit();
    ThreadLimit(ThreadLimit const&) = delete;
    ThreadLimit& operator=(ThreadLimit const&) = delete;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Threads that may be used: fewer where a ThreadLimit lives.
int usable_threads();

/// work(0) to work(count - 1), each once and begun in this order, on so many threads (0: as many as may be used).
void each_in_parallel(std::size_t count, int threads, std::function<void(std::size_t)> const& work);

}  // namespace sarx
