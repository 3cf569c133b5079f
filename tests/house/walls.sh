#!/usr/bin/env bash
# The walls between the rooms, checked in the text: system headers reach past what a target links.
#   walls.sh [ROOT]      prints every breach as file:line: text, and fails where there is one
set -uo pipefail
cd "${1:-$(dirname "$0")/../..}" || exit 2
breaches=0

# breach "why" GREP_OUTPUT: reports the lines of a grep that should have found nothing.
breach() {
    [ -n "$2" ] || return 0
    printf '%s:\n%s\n\n' "$1" "$2"
    breaches=$((breaches + 1))
}
# lines REGEX PATH...: where the regex stands in the sources below the paths that exist.
lines() {
    local regex=$1 path present=()
    shift
    for path in "$@"; do [ -e "$path" ] && present+=("$path"); done
    [ ${#present[@]} -gt 0 ] || return 0
    grep -rnE --include='*.hpp' --include='*.cpp' --include='*.h' --include='*.in' "$regex" "${present[@]}"
}
included() { lines "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]$1" "${@:2}"; }
outside() { grep -vE "^($1)/" || true; }

breach "models/ may include only sim/contract of the engine" \
    "$(included 'sim/' models | grep -v '[<"]sim/contract/')"
breach "models/ knows no files, threads, clocks or streams" \
    "$(included '(fstream|iostream|sstream|filesystem|thread|mutex|shared_mutex|atomic|future|condition_variable|chrono|ctime|random|cstdio|unistd\.h)' models)"
breach "models/ reads no environment" "$(lines '\b(getenv|setenv)[[:space:]]*\(' models)"
breach "sim/contract includes nothing above it" \
    "$(included '(sim|models)/' sim/contract | grep -v '[<"]sim/contract/')"
breach "sim/identity includes only itself" \
    "$(included '(sim|models)/' sim/identity | grep -v '[<"]sim/identity/')"
breach "only sim/cli joins the biology to the engine" \
    "$(included 'models/' sim | outside 'sim/cli')"
breach "sim/text includes only itself and the contract" \
    "$(included 'sim/' sim/text | grep -vE '[<"]sim/(contract|text)/')"
breach "sim/tables includes only itself, text and the contract" \
    "$(included 'sim/' sim/tables | grep -vE '[<"]sim/(contract|text|tables)/')"
breach "sim/scenario includes only itself, tables, text and the contract" \
    "$(included 'sim/' sim/scenario | grep -vE '[<"]sim/(contract|text|tables|scenario)/')"
breach "sim/result includes only itself, the plan and the contract" \
    "$(included 'sim/' sim/result | grep -vE '[<"]sim/(contract|text|tables|scenario|result)/')"
breach "sim/record includes only itself, results, the plan, the contract and who this program is" \
    "$(included 'sim/' sim/record | grep -vE '[<"]sim/(contract|identity|text|tables|scenario|result|record)/')"
breach "yaml-cpp belongs to sim/text" "$(included 'yaml-cpp' sim models | outside 'sim/text')"
breach "UDUNITS belongs to sim/text" "$(included 'udunits' sim models | outside 'sim/text')"
breach "HDF5 belongs to sim/record" "$(included '(hdf5|H5|highfive)' sim models | outside 'sim/record')"
breach "TBB belongs to sim/run" "$(included '(tbb|oneapi)/' sim models | outside 'sim/(run|record)')"
breach "MPI belongs to sim/run" "$(included '(mpi|boost/mpi)' sim models | outside 'sim/run')"
breach "between seed and file no function of libm but sqrt (use sarx::exp, log, pow)" \
    "$(lines '\b(std::|__builtin_)(exp|exp2|expm1|log|log2|log10|log1p|pow|sin|cos|tan|tanh|sinh|cosh|erf|erfc|tgamma|lgamma|cbrt|hypot)f?[[:space:]]*\(' \
        models sim/contract sim/population | grep -vE ':[0-9]+:[[:space:]]*//')"
breach "random numbers come from sim/contract/random.hpp" "$(lines 'std::(mt19937|random_device|rand\b)' sim models)"

# What a reader must never meet. Written apart so that this file does not find itself.
words='TO''DO|FIX''ME|XX''X|HA''CK|place''holder|not imple''mented'
breach "unfinished marks" "$(grep -rnE --include='*.cpp' --include='*.hpp' --include='*.py' --include='*.sh' \
    --include='*.md' --include='*.yaml' --include='*.cmake' --include='CMakeLists.txt' --include=quickstart \
    "\\b($words)\\b" sim models scenarios analysis tests cmake quickstart ./*.md 2>/dev/null)"
breach "paths of one machine" "$(grep -rnE --include='*.cpp' --include='*.hpp' --include='*.py' --include='*.sh' \
    --include='*.md' --include='*.yaml' --include='*.cmake' --include='CMakeLists.txt' --include=quickstart \
    '(^|[^[:alnum:]_.)])/(home|root|work)/' sim models scenarios analysis tests cmake quickstart ./*.md 2>/dev/null)"

# A file is one subject: past 600 lines it has become two.
long=$(find sim models analysis tests scenarios -type f \( -name '*.cpp' -o -name '*.hpp' -o -name '*.py' \) 2>/dev/null |
    while read -r file; do
        count=$(wc -l <"$file")
        [ "$count" -le 600 ] || echo "$file: $count lines"
    done)
breach "files over 600 lines" "$long"

if [ "$breaches" -gt 0 ]; then
    echo "$breaches wall(s) broken"
    exit 1
fi
echo "all walls stand"
