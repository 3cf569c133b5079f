#pragma once
// The recorder turns batches into one HDF5 file that explains itself. Batches are saved in a journal as
// they come (FILE.parts) and assembled at the end, so a killed run loses only what was not yet committed,
// parts of several machines merge by copying, and the final file depends on the plan alone.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/record/file_lock.hpp"
#include "sim/result/sink.hpp"

namespace sarx {

struct RecorderOptions {
    std::string path;  ///< final file
    bool overwrite = false;
    bool resume = false;
    int part = 0;  ///< this part of `parts` (0-based); part 0 of 1 is a whole run
    int parts = 1;
    std::string command{};  ///< for provenance
    Tell tell{};            ///< gets warnings
};

class Recorder final : public ResultSink {
public:
    /// Opens or resumes the journal. Throws InputError (a sentence) where what was asked for cannot be,
    /// OutputError where another run holds the output or the disk fails.
    Recorder(Plan const& plan, RecorderOptions options);
    ~Recorder() override;

    /// Batches that the last save covers, of this run or an earlier one that it resumes: [batch]. Not while save()
    /// runs.
    [[nodiscard]] std::vector<bool> const& done() const override;
    /// Takes in one batch: sums, compressed chunks, events. Called from many threads at once.
    void accept(BatchResult const& batch) override;
    /// Makes everything accepted so far safe (written, checksummed, synced). By one thread at a time; others may
    /// accept() meanwhile, and wait only while it takes stock.
    void save() override;
    [[nodiscard]] Accumulators const* sums() const override;
    /// Puts the final file together, renames it into place and removes the journal. A part of several only
    /// commits and lets go of its journal, which waits for merge_parts(); the recorder is of no more use
    /// then. Throws std::logic_error while batches are missing from a whole run.
    void finish();
    /// The same with the first `people` of the plan alone (whole batches, or all): the file is that of a
    /// run of so many. Throws std::logic_error where other batches were accepted.
    void finish(std::uint32_t people);
    /// Nothing comes of it: removes the journal where it holds nothing.
    void abandon();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Whether there is nothing left to resume: the file stands and is that of this very plan and program. Throws InputError
/// where one stands that is of another.
bool is_finished(Plan const& plan, RecorderOptions const& options);

/// What the parts of FILE were run for, as the first of them says. Throws InputError where there are none or another
/// program wrote them, OutputError where that one still runs or is damaged.
ScenarioOrigin scenario_of_parts(std::string const& path);

/// Puts FILE together from the journals of all its parts and removes them. Throws InputError where parts
/// are missing, unfinished or of another plan, OutputError where one still runs.
void merge_parts(Plan const& plan, std::string const& path, std::string const& command, bool overwrite,
                 Tell const& tell = {});

/// Bytes the finished file will take, roughly, for `sarx check` and the disk test before a run. The journal
/// takes about as much again until the file stands.
double estimated_file_bytes(Plan const& plan);
/// Bytes of memory the recorder needs with so many threads.
double estimated_recorder_bytes(Plan const& plan, int threads);

}  // namespace sarx
