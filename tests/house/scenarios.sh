#!/usr/bin/env bash
# Every scenario that comes with sarx passes `sarx check`, runs with a few people and leaves a file.
#   scenarios.sh SARX FOLDER      exit 77 (skipped) where the program is not built
set -uo pipefail
sarx=$1
folder=$2
[ -x "$sarx" ] || { echo "skipped: $sarx is not built"; exit 77; }
shopt -s nullglob
scenarios=("$folder"/*.yaml)
[ ${#scenarios[@]} -gt 0 ] || { echo "no scenario in $folder"; exit 1; }
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
failures=0

# must WHAT COMMAND...: runs the command; on failure prints what it said.
must() {
    local what=$1
    shift
    if ! "$@" >"$out/log" 2>&1; then
        echo "FAILED $what: $*"
        sed 's/^/    /' "$out/log"
        failures=$((failures + 1))
        return 1
    fi
}

for scenario in "${scenarios[@]}"; do
    name=$(basename "$scenario" .yaml)
    must "check of $name" "$sarx" check "$scenario" || continue
    # The first comment or the title says what a scenario is for.
    head -n 3 "$scenario" | grep -qE '^#|^title:' ||
        { echo "FAILED $name: no purpose in its first lines"; failures=$((failures + 1)); }
    people=(--people 8)
    grep -qE '^  from: .*\.csv' "$scenario" && people=()   # real people: as many as their file has
    must "run of $name" "$sarx" run "$scenario" "${people[@]}" --quiet -o "$out/$name.h5" || continue
    [ -s "$out/$name.h5" ] || { echo "FAILED run of $name: no file"; failures=$((failures + 1)); continue; }
    rm -f "$out/$name.h5"
    echo "ok $name"
done
exit "$((failures > 0))"
