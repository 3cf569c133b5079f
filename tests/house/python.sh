#!/usr/bin/env bash
# The Python of the house: mypy --strict and pylint over the package, as analysis/pyproject.toml has them; flake8 over all.
#   python.sh [ROOT]      exit 77 (skipped) where one of the three is missing and the others find nothing
# Packages (Debian, Ubuntu): mypy pylint python3-flake8. PYTHON names the Python that has them; default: the system's.
set -uo pipefail
root=$(cd "${1:-$(dirname "$0")/../..}" && pwd)
python=${PYTHON:-/usr/bin/python3}
failures=0
missing=()

# check FOLDER MODULE OPTION...: runs a tool in a folder.
check() {
    local folder=$1 tool=$2
    shift 2
    if ! "$python" -m "$tool" --version >/dev/null 2>&1; then missing+=("$tool"); return; fi
    (cd "$root/$folder" && "$python" -m "$tool" "$@") || { echo "FAILED: $tool in $folder"; failures=$((failures + 1)); }
}
cache=$(mktemp -d)
trap 'rm -rf "$cache"' EXIT
export PYTHONDONTWRITEBYTECODE=1 PYLINTHOME=$cache
check analysis mypy --cache-dir "$cache"
check analysis pylint --score=n -j2 sarx
check . flake8 --max-line-length=128 analysis tests
[ "$failures" -eq 0 ] || exit 1
[ ${#missing[@]} -eq 0 ] || { echo "skipped: no ${missing[*]} here (mypy, pylint, python3-flake8)"; exit 77; }
echo "mypy, pylint and flake8 find nothing"
