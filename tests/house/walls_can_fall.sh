#!/usr/bin/env bash
# The wall test must be able to fail: each breach, planted alone in an empty house, has to be found.
set -uo pipefail
walls=$(cd "$(dirname "$0")" && pwd)/walls.sh
house=$(mktemp -d)
trap 'rm -rf "$house"' EXIT
failures=0

# falls FILE TEXT: the text in that file must bring the test down; without it the house stands.
falls() {
    rm -rf "${house:?}"/*
    mkdir -p "$house/$(dirname "$1")"
    : >"$house/$1"
    bash "$walls" "$house" >/dev/null || { echo "an empty $1 is reported as a breach"; failures=$((failures + 1)); }
    printf '%b\n' "$2" >"$house/$1"
    if bash "$walls" "$house" >/dev/null; then
        echo "not found: $2 in $1"
        failures=$((failures + 1))
    fi
}

falls models/4_fibres/atrophy.cpp '#include "sim/record/recorder.hpp"'
falls models/4_fibres/atrophy.cpp '#include <fstream>'
falls models/4_fibres/atrophy.cpp '#  include <thread>'
falls models/4_fibres/atrophy.hpp 'double f(double x) { return std::exp(x); }'
falls models/model.cpp 'auto path = getenv("HOME");'
falls sim/contract/block.hpp '#include "sim/scenario/plan.hpp"'
falls sim/identity/program.cpp '#include "sim/run/world.hpp"'
falls sim/run/runner.cpp '#include "models/model.hpp"'
falls sim/scenario/reader.cpp '#include "sim/run/runner.hpp"'
falls sim/scenario/reader.cpp '#include <yaml-cpp/yaml.h>'
falls sim/tables/people_file.cpp '#include "sim/scenario/plan.hpp"'
falls sim/text/problems.hpp '#include "sim/tables/csv.hpp"'
falls sim/text/problems.hpp '#include "sim/scenario/plan.hpp"'
falls sim/result/batch.hpp '#include "sim/record/journal.hpp"'
falls sim/result/batch.hpp '#include <hdf5.h>'
falls sim/record/recorder.cpp '#include <yaml-cpp/yaml.h>'
falls sim/run/runner.cpp '#include <hdf5.h>'
falls sim/population/people.cpp '#include <tbb/parallel_for.h>'
falls sim/record/recorder.cpp '#include <mpi.h>'
falls sim/population/people.cpp 'std::mt19937 generator;'
falls sim/run/runner.cpp "// TO""DO: later"
falls scenarios/mine.yaml "from: /ho""me/me/people.csv"
falls sim/run/long.cpp "$(printf 'int x;\\n%.0s' $(seq 700))"

[ "$failures" -eq 0 ] && echo "every planted breach was found"
exit "$((failures > 0))"
