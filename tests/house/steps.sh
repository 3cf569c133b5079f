# Sourced by what runs several steps: each is timed, a failing one hides no other, and one line at the end says it all.
#   step NAME COMMAND...      runs a command (a function, in a shell of its own); exit 77 is skipped
#   summary                   prints the line; fails where a step failed

step_results=()
steps_failed=0
steps_began=$SECONDS

clock() { printf '%d:%02d' "$(($1 / 60))" "$(($1 % 60))"; }

step() {
    local name=$1 began=$SECONDS code=0 result
    shift
    printf '\n==== %s\n' "$name"
    ("$@") || code=$?
    case $code in
        0) result=ok ;;
        77) result=skipped ;;
        *) result="FAILED ($code)"; steps_failed=$((steps_failed + 1)) ;;
    esac
    step_results+=("$name $result $(clock $((SECONDS - began)))")
    printf '==== %s\n' "${step_results[-1]}"
}

summary() {
    local line
    line=$(printf ', %s' "${step_results[@]}")
    printf '\n==== %s; %s in all\n' "${line:2}" "$(clock $((SECONDS - steps_began)))"
    [ "$steps_failed" -eq 0 ]
}
