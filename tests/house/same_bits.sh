#!/usr/bin/env bash
# Two programs write the same files, to the bit.
#   same_bits.sh A B SCENARIO...      few people of each scenario; real people: as many as their file has
set -uo pipefail
a=$1
b=$2
shift 2
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
failures=0
for scenario in "$@"; do
    name=$(basename "$scenario" .yaml)
    people=(--people 32)
    grep -qE '^  from: .*\.csv' "$scenario" && people=()
    digests=()
    for sarx in "$a" "$b"; do
        rm -f "$out/run.h5"
        "$sarx" run "$scenario" "${people[@]}" --quiet --force -o "$out/run.h5" || exit 1
        digests+=("$("$sarx" digest "$out/run.h5")")
    done
    if [ -n "${digests[0]}" ] && [ "${digests[0]}" = "${digests[1]}" ]; then
        echo "ok $name ${digests[0]}"
    else
        echo "FAILED $name: $a ${digests[0]}, $b ${digests[1]}"
        failures=$((failures + 1))
    fi
done
exit "$((failures > 0))"
