#!/usr/bin/env bash
# GCC and Clang make programs that write the same files, to the bit. Builds sarx with both, which takes minutes, so
# ctest (--if-asked) does it only with SARX_LONG_TESTS=1.
#   compilers.sh [--if-asked] FOLDER [ROOT]      builds below FOLDER; exit 77 (skipped) where a compiler is missing
set -uo pipefail
if [ "$1" = --if-asked ]; then
    shift
    case "${SARX_LONG_TESTS:-0}" in 0) echo "skipped: builds sarx twice; ask with SARX_LONG_TESTS=1"; exit 77 ;; esac
fi
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
root=$(cd "${2:-$here/../..}" && pwd)
for compiler in g++ clang++; do
    command -v "$compiler" >/dev/null || { echo "skipped: no $compiler here"; exit 77; }
done
mkdir -p "$folder" || exit 2
for compiler in g++ clang++; do
    build=$folder/$compiler
    { cmake -S "$root" -B "$build" -DCMAKE_CXX_COMPILER="$compiler" -DSARX_TESTS=OFF &&
        cmake --build "$build" --target sarx -j "${SARX_JOBS:-2}"; } >"$folder/$compiler.log" 2>&1 ||
        { echo "FAILED: the build with $compiler:"; tail -n 20 "$folder/$compiler.log"; exit 1; }
done
exec "$here/same_bits.sh" "$folder/g++/bin/sarx" "$folder/clang++/bin/sarx" "$root"/scenarios/*.yaml
