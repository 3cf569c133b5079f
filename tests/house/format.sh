#!/usr/bin/env bash
# Is every C++ file as clang-format would write it?    format.sh [--fix] [ROOT]
# Exit 77 (skipped) where there is no clang-format 14, that of Debian 12: others write some lines differently.
set -uo pipefail
fix=0
if [ "${1:-}" = --fix ]; then fix=1; shift; fi
cd "${1:-$(dirname "$0")/../..}" || exit 2
program=$(command -v clang-format-14 || command -v clang-format) || { echo "skipped: no clang-format here"; exit 77; }
"$program" --version | grep -q 'version 14\.' || { echo "skipped: $("$program" --version), not 14"; exit 77; }

mapfile -t files < <(find sim models tests -name '*.cpp' -o -name '*.hpp' | sort)
if [ "$fix" -eq 1 ]; then
    "$program" -i "${files[@]}"
    exit
fi
wrong=0
for file in "${files[@]}"; do
    "$program" "$file" | cmp -s - "$file" || { echo "not formatted: $file"; wrong=$((wrong + 1)); }
done
[ "$wrong" -eq 0 ] && { echo "${#files[@]} files are formatted"; exit 0; }
echo "$wrong of ${#files[@]} files; tests/house/format.sh --fix writes them anew"
exit 1
