#pragma once
// How a level hands its stages to the cascade: what a stage declares, and its makers, one an instruction set.

#include <vector>

#include "models/columns.hpp"
#include "sim/contract/stage.hpp"

namespace sarx::models {

/// Makes a stage; the caller owns it. (A bare pointer: kernels hold no std:: templates.)
using StageMaker = Stage* (*)(ParameterTable const&);

/// A stage of the model: its declaration and a maker for each instruction set (null where not compiled).
struct StageEntry {
    StageSpec spec;
    StageMaker baseline = nullptr;
    StageMaker avx2 = nullptr;
    StageMaker avx512 = nullptr;
};

}  // namespace sarx::models

#ifdef SARX_HAS_AVX2
#define SARX_STAGE_AVX2(maker) &::sarx::models::avx2::maker
#else
#define SARX_STAGE_AVX2(maker) nullptr
#endif
#ifdef SARX_HAS_AVX512
#define SARX_STAGE_AVX512(maker) &::sarx::models::avx512::maker
#else
#define SARX_STAGE_AVX512(maker) nullptr
#endif

/// Declares a stage's maker, at global scope: SARX_DECLARE_STAGE(make_nmj_instability);
#define SARX_DECLARE_STAGE(maker)                   \
    namespace sarx::models::baseline {              \
    Stage* maker(ParameterTable const& parameters); \
    }                                               \
    namespace sarx::models::avx2 {                  \
    Stage* maker(ParameterTable const& parameters); \
    }                                               \
    namespace sarx::models::avx512 {                \
    Stage* maker(ParameterTable const& parameters); \
    }                                               \
    static_assert(true)

/// The last three members of a StageEntry.
#define SARX_STAGE_MAKERS(maker) \
    .baseline = &::sarx::models::baseline::maker, .avx2 = SARX_STAGE_AVX2(maker), .avx512 = SARX_STAGE_AVX512(maker)
