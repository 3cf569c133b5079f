#!/bin/sh
# Fails if a kernel object holds a weak symbol outside the namespaces of the instruction sets: the linker would keep
# one copy for all sets, and an older machine would meet instructions it does not have. The texts of descriptions are
# constant data, the same in all, and may be shared.
# Usage: check_symbols.sh NM OBJECT...
nm_tool=$1
shift
shared=$("$nm_tool" -C "$@" | grep -E '^[0-9a-f]* *[WwVvu] ' | grep -vE 'sarx::(models::)?(baseline|avx2|avx512)::' | grep -v 'DW.ref.__gxx_personality_v0' | grep -v 'template parameter object for sarx::models::Text<' | sort -u)
if [ -n "$shared" ]; then
    echo "weak symbols shared between instruction sets:"
    echo "$shared"
    exit 1
fi
echo "$# kernel objects, no weak symbol outside its instruction set"
