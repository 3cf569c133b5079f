#pragma once
// What takes in the batches of a run: a file, a digest, sums in memory.

#include <vector>

#include "sim/result/batch.hpp"

namespace sarx {

class Accumulators;

class ResultSink {
public:
    ResultSink() = default;
    ResultSink(ResultSink const&) = delete;
    ResultSink& operator=(ResultSink const&) = delete;
    virtual ~ResultSink() = default;

    /// Takes in one batch, of which each comes once, in any order. Called from many threads at once.
    virtual void accept(BatchResult const& batch) = 0;
    /// Batches that an earlier run has made safe and that need not come again: [batch]; empty: none. Not while save()
    /// runs.
    [[nodiscard]] virtual std::vector<bool> const& done() const {
        static std::vector<bool> const none;
        return none;
    }
    /// Makes all accepted so far safe. By one thread at a time, while others may accept.
    virtual void save() {}
    /// Exact sums over all accepted, by which run.until is judged; null where the sink keeps none. Not while accept() runs.
    [[nodiscard]] virtual Accumulators const* sums() const { return nullptr; }
};

}  // namespace sarx
