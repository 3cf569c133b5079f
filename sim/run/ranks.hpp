#pragma once
// This process among others: one rank of an MPI job, or the only one. Ranks share nothing while they run;
// each takes every size()-th batch and leaves its part, which rank 0 puts together.

#include <memory>

namespace sarx {

class Ranks {
public:
    Ranks(int& argc, char**& argv);
    Ranks(Ranks const&) = delete;
    Ranks& operator=(Ranks const&) = delete;

    [[nodiscard]] int rank() const { return rank_; }
    [[nodiscard]] int size() const { return size_; }
    /// The worst exit code of all ranks; every rank waits for all.
    [[nodiscard]] int worst(int exit_code) const;
    /// Ends all ranks where this one failed: none may wait for it. Returns only where it is alone.
    void give_up(int exit_code) const;

private:
    int rank_ = 0;
    int size_ = 1;
    std::shared_ptr<void> session_;  ///< ends MPI with this object, where it was begun
};

}  // namespace sarx
