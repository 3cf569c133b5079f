#!/usr/bin/env bash
# What is too slow for every day, each part timed, one line at the end that says which passed:
#   long.sh [PART...]      asan tsan compilers kills coverage fuzz tidy; without a name all of them
# asan, tsan     the test suite with sanitizers: bad addresses, undefined behaviour, leaks; races
# compilers      every scenario with GCC and with Clang: the same bits
# kills          50 kills at random moments, and what they lose
# coverage       how often 95 % intervals hold the truth, over 2,000 draws
# fuzz           scenarios that crash the reader, for SARX_FUZZ_SECONDS (300); what is found stays in build/fuzz
# tidy           clang-tidy with .clang-tidy
# SARX_JOBS says how many compilers run at once (2). Needs the packages of ./quickstart test, and clang clang-tidy.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
. tests/house/steps.sh
jobs=${SARX_JOBS:-2}

generator() { if command -v ninja >/dev/null; then echo Ninja; else echo "Unix Makefiles"; fi; }
has() { command -v "$1" >/dev/null || { echo "skipped: no $1 here"; return 77; }; }

# preset NAME: the whole suite of a preset.
preset() { cmake --preset "$1" -G "$(generator)" && cmake --build --preset "$1" -j "$jobs" && ctest --preset "$1" -j2; }

release() { cmake --preset release -G "$(generator)" && cmake --build --preset release --target sarx sarx_other -j "$jobs"; }

asan() { preset asan; }
tsan() { preset tsan; }
compilers() { tests/house/compilers.sh build/compilers; }
kills() { release && SARX_LONG_TESTS=1 ctest --preset release -R '^system\.nothing_lost$'; }
coverage() { release && SARX_LONG_TESTS=1 ctest --preset release -R '^system\.coverage$'; }
fuzz() {
    has clang++ || return
    cmake -S . -B build/fuzz -G "$(generator)" -DSARX_FUZZ=ON -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_C_COMPILER=clang &&
        cmake --build build/fuzz --target fuzz_scenario -j "$jobs" && mkdir -p build/fuzz/found &&
        build/fuzz/tests/fuzz/fuzz_scenario -max_total_time="${SARX_FUZZ_SECONDS:-300}" -timeout=10 \
            -artifact_prefix=build/fuzz/ build/fuzz/found scenarios tests/scenario/rejected
}
tidy() {
    has clang++ || return
    cmake --preset dev-clang -G "$(generator)" >/dev/null && cmake --build --preset dev-clang -j "$jobs" &&
        tests/house/tidy.sh build/dev-clang
}

parts=(asan tsan compilers kills coverage fuzz tidy)
for part in "$@"; do
    [[ " ${parts[*]} " == *" $part "* ]] || { echo "there is no part '$part'; there are: ${parts[*]}" >&2; exit 2; }
done
[ $# -gt 0 ] || set -- "${parts[@]}"
for part in "$@"; do step "$part" "$part"; done
summary
