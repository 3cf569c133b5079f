#!/usr/bin/env bash
# clang-tidy over sim/, models/ and tests/ with the checks of .clang-tidy. Takes minutes: not one of the default tests.
#   tidy.sh [BUILD] [REGEX]      BUILD: configured with Clang, build/dev-clang by default; REGEX: only such files
# Exit 77 (skipped) where there is no clang-tidy.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
build=${1:-build/dev-clang}
regex=${2:-/(sim|models|tests)/.*\.cpp$}
program=$(command -v run-clang-tidy-14 || command -v run-clang-tidy) || { echo "skipped: no clang-tidy here"; exit 77; }
[ -f "$build/compile_commands.json" ] ||
    { echo "no $build/compile_commands.json: cmake --preset dev-clang makes it"; exit 2; }
log=$(mktemp)
trap 'rm -f "$log"' EXIT
"$program" -p "$build" -quiet -j "${SARX_JOBS:-2}" "$regex" >"$log" 2>/dev/null
code=$?
sed -i 's/\x1b\[[0-9;]*m//g' "$log"   # colours, which it uses off a terminal too
grep -E ': (warning|error): ' "$log" | sed "s#$PWD/##" | sort -u
[ "$code" -eq 0 ] && echo "clang-tidy: $(grep -c '^clang-tidy' "$log") files, nothing found"
exit "$code"
