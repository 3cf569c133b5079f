"""A description cannot be got round: what a stage or a kind of intervention does not declare, it cannot reach.

    check.py COMPILER

Each snippet stands in the body of a stage or a kind, which compiles with what is allowed, and must not with the rest; the
compiler says why.
"""

import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]

STAGE = """
#include "models/kernel.hpp"
namespace sarx::models::SARX_ISA {{
namespace {{
struct Tried : Description {{
    static constexpr auto about = "a stage to try things on";
    Reads<"inflammation"> inflammation{{this}};
    Reads<"unloading_fraction"> unloading{{this}};
    ReadsPrevious<"unit_area_ratio"> unit_area{{this}};
    Writes<"protein_damage"> damage{{this}};
    Writes<"nmj_stability"> stability{{this}};
    AddsTo<"unit_fibres"> unit_fibres{{this}};
    Parameter<"mitochondria.decline_per_year"> decline_per_year{{this}};
    {member}
    SARX_INLINE void step(People<Tried> const& now) const {{
        [[maybe_unused]] Description other;
        {body}
    }}
}};
}}  // namespace
StageCode tried_stage() {{ return code_of<Tried>(); }}
}}  // namespace sarx::models::SARX_ISA
"""

KIND = """
#include "models/intervention.hpp"
namespace sarx::models {{
namespace {{
struct Tried : Insult {{
    static constexpr auto name = "tried";
    static constexpr auto about = "a kind to try things on";
    Amount<"severity"> severity{{this, {{.unit = "1", .meaning = "severity", .high = 1.0, .fallback = 1.0}}}};
    Bouts bouts{{this}};
    BarredExercise exercise{{this}};
    Reads<"female"> female{{this}};
    AddsTo<"inflammation"> inflammation{{this}};
    AddsTo<"unloading_fraction"> unloading{{this}};
    Parameter<"chronic_disease.inflammation"> inflammation_of_a_case{{this}};
    {member}
    void add_to(Recipient<Tried> const& person) const {{
        [[maybe_unused]] Insult other;
        {body}
    }}
}};
}}  // namespace
Kinds tried_kinds() {{ return kinds_of<Tried>(); }}
}}  // namespace sarx::models
"""

STAGE_ALLOWED = {
    "what it declares": """
        now.put(damage, now(damage) + now(inflammation) * now(decline_per_year));
        auto const muscle = now.muscle(0);
        muscle.put(stability, muscle(stability) + muscle(unloading) + muscle(inflammation));
        auto const fibres = muscle.units(unit_fibres);
        auto const area = muscle.units(unit_area);
        for (int row = 0; row < muscle.rows(); row += rows_together) fibres.put(row, fibres[row] * area[row]);""",
}

KIND_ALLOWED = {
    "what it declares": """
        person(inflammation).add(person(severity) * person(inflammation_of_a_case) * person(female));
        person.each_muscle([&](auto const& muscle) {
            muscle(unloading).add_share(muscle(severity) * muscle(inflammation) * person.side_share);
            bouts.add(muscle, {.volume = 1.0F});
            exercise.bar(muscle, 0.5);
        });""",
    "to read what it adds to": "person(inflammation).add(person(Reads<\"inflammation\">(&other)));",
}

# What is tried: member, body, and what the compiler must say.
STAGE_REFUSED = {
    "a column that is in no dictionary": ('Reads<"no_such_column"> wrong{this};', "", "no such column"),
    "a column twice": ('Reads<"inflammation"> again{this};', "", "a column stands twice"),
    "a column both read and written": ('Writes<"inflammation"> again{this};', "", "a column stands twice"),
    "a parameter twice": ('Parameter<"mitochondria.decline_per_year"> again{this};', "", "a parameter stands twice"),
    "a column that it does not declare": (
        "", 'now.put(damage, now(Reads<"recovery_ratio">(&other)));', "does not declare this column"),
    "to write what it reads, by another name": (
        "", 'now.put(Writes<"inflammation">(&other), 0.0F);', "does not declare this column"),
    "a parameter that it does not declare": (
        "", 'now.put(damage, now(Parameter<"atrophy.load_gain">(&other)));', "does not declare this parameter"),
    "to write what it reads": ("", "now.put(inflammation, 0.0F);", "only reads the column"),
    "to write units that it reads": ("", "now.muscle(0).units(unit_area).put(0, Units(0.0F));", "const"),
    "a muscle's column of a person": ("", "now.put(damage, now(unloading));", "ask a muscle for it"),
    "a person's column of a muscle": ("", "now.muscle(0).put(damage, 0.0F);", "it has no muscle's value"),
    "units of a muscle's column": ("", "now.muscle(0).units(stability).put(0, Units(0.0F));", "not a column of units"),
}

KIND_REFUSED = {
    "a column that is in no dictionary": ('AddsTo<"no_such_column"> wrong{this};', "", "no such column"),
    "a column that it does not declare": (
        "", 'person(AddsTo<"recovery_ratio">(&other)).add(1.0);', "does not declare this column"),
    "to move what it reads, by another name": (
        "", 'person(AddsTo<"female">(&other)).add(1.0);', "does not declare this column"),
    "to move what it reads": ("", "person(female).add(1.0);", "double"),
    "a parameter that it does not declare": (
        "", 'person(inflammation).add(person(Parameter<"sleep.enough_h_per_day">(&other)));',
        "does not declare this parameter"),
    "an amount that is no part of its dose": (
        "", 'person(inflammation).add(person(Amount<"minutes">(&other, {})));', "has no such part"),
    "a muscle's column of a person": ("", "person(unloading).add(1.0);", "ask a treated muscle for it"),
    "to own a column": ('Writes<"recovery_ratio"> wrong{this};', "", "reads columns and adds to them"),
    "to move units": ('AddsTo<"unit_fibres"> wrong{this};', "", "units belong to the stages"),
}


def compiles(compiler: str, subject: str, member: str, body: str) -> tuple[bool, str]:
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "tried.cpp"
        file.write_text(subject.format(member=member, body=body), encoding="utf-8")
        done = subprocess.run(
            [compiler, "-std=c++20", "-fsyntax-only", "-Wno-psabi", "-DSARX_ISA=baseline", "-DSARX_WIDTH=4", f"-I{ROOT}",
             str(file)],
            capture_output=True, text=True)
    return done.returncode == 0, done.stderr


def main() -> int:
    compiler = sys.argv[1]
    problems = []
    tried = 0
    for subject, allowed, refused in ((STAGE, STAGE_ALLOWED, STAGE_REFUSED), (KIND, KIND_ALLOWED, KIND_REFUSED)):
        tried += len(allowed) + len(refused)
        for name, body in allowed.items():
            ok, told = compiles(compiler, subject, "", body)
            if not ok:
                problems.append(f"{name} does not compile:\n{told}")
        for name, (member, body, why) in refused.items():
            ok, told = compiles(compiler, subject, member, body)
            if ok:
                problems.append(f"{name}: compiles")
            elif why not in told:
                problems.append(f"{name}: refused, but not with '{why}':\n{told}")
    print("\n".join(problems) or f"{tried} snippets compile or are refused, each for its reason")
    return 1 if problems else 0


sys.exit(main())
