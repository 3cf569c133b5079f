#pragma once
// What a run tells, kept in memory: sums over everyone and the digest, of people none; no file.

#include <cstdint>
#include <mutex>

#include "sim/result/accumulate.hpp"
#include "sim/result/digest.hpp"
#include "sim/result/sink.hpp"
#include "sim/result/table.hpp"

namespace sarx {

class Results final : public ResultSink {
public:
    /// The plan must outlive it.
    explicit Results(Plan const& plan);

    void accept(BatchResult const& batch) override;
    [[nodiscard]] Accumulators const* sums() const override { return &sums_; }
    /// Of all of the plan's people, or of the first `people` where run.until came to so many.
    [[nodiscard]] std::uint64_t digest(std::uint32_t people) const;
    /// Statistics of all accepted, table by table.
    void each_statistic(TableSink& sink) const;

private:
    Plan const* plan_;
    Layout layout_;
    Accumulators sums_;
    std::mutex one_at_a_time_;
    Digest of_people_;
};

}  // namespace sarx
