#include "sim/run/threads.hpp"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <string_view>

#include "sim/contract/errors.hpp"

namespace sarx {

using tbb::global_control;

int available_threads() { return tbb::info::default_concurrency(); }

int usable_threads() { return static_cast<int>(global_control::active_value(global_control::max_allowed_parallelism)); }

struct ThreadLimit::Impl {
    explicit Impl(int threads) : limit(global_control::max_allowed_parallelism, static_cast<std::size_t>(threads)) {}
    global_control limit;
};

ThreadLimit::ThreadLimit(int threads) : impl_(threads > 0 ? std::make_unique<Impl>(threads) : nullptr) {}
ThreadLimit::~ThreadLimit() = default;

namespace {

// TBB hands over between threads inside its library, where sanitizers cannot look; said again for them: what is given
// out is seen by each worker, what each has done is seen at the end, and no worker sees another. Not on the stack:
// a first value there would itself need a hand-over.
std::atomic<std::size_t> given_out{0};
std::atomic<std::size_t> taken_back{0};

}  // namespace

void each_in_parallel(std::size_t count, int threads, std::function<void(std::size_t)> const& work) {
    if (threads <= 0) threads = usable_threads();
    ThreadLimit const limit(threads);
    tbb::task_arena arena(threads);
    std::atomic<std::size_t> next{0};
    given_out.fetch_add(1, std::memory_order_release);  // after all that workers are to see
    auto const worker = [&](int) {
        given_out.load(std::memory_order_acquire);
        try {
            for (std::size_t i = next++; i < count; i = next++) work(i);
        } catch (...) {
            next = count;  // nothing more is begun
            throw;
        }
        taken_back.fetch_add(1, std::memory_order_release);
    };
    try {
        arena.execute([&] { tbb::parallel_for(0, threads, worker, tbb::simple_partitioner()); });
    } catch (std::runtime_error const& e) {
        // TBB has no type of its own for this.
        if (!std::string_view(e.what()).starts_with("pthread_create")) throw;
        throw OutputError("this system starts no more threads (" + std::string(e.what()) +
                          "). What was saved is safe: run again with --resume and fewer --threads.");
    }
    taken_back.load(std::memory_order_acquire);
}

}  // namespace sarx
