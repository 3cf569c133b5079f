#include "sim/run/ranks.hpp"

#ifdef SARX_MPI
#include <mpi.h>

#include <cstdlib>
#endif

namespace sarx {

#ifdef SARX_MPI

Ranks::Ranks(int& argc, char**& argv) {
    // Only a launched process starts MPI: `sarx --help` of an MPI build needs no launcher.
    if (std::getenv("OMPI_COMM_WORLD_SIZE") == nullptr && std::getenv("PMI_SIZE") == nullptr &&
        std::getenv("PMIX_RANK") == nullptr)
        return;
    int provided = 0;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided);
    session_ = std::shared_ptr<void>(nullptr, [](void*) { MPI_Finalize(); });
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
}

int Ranks::worst(int exit_code) const {
    if (size_ == 1) return exit_code;
    int all = exit_code;
    MPI_Allreduce(&exit_code, &all, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    return all;
}

void Ranks::give_up(int exit_code) const {
    if (size_ > 1) MPI_Abort(MPI_COMM_WORLD, exit_code);
}

#else

Ranks::Ranks(int& /*argc*/, char**& /*argv*/) {}
int Ranks::worst(int exit_code) const { return exit_code; }
void Ranks::give_up(int /*exit_code*/) const {}

#endif

}  // namespace sarx
