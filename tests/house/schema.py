"""The scenarios that come with sarx are accepted by the schema that editors read, rejected ones are refused.

    schema.py SARX TOY_SCHEMA     TOY_SCHEMA prints the schema of the model that tests/scenario/rejected is written for

Exit 77 (skipped) where the programs are not built or Python has no jsonschema.
"""

from __future__ import annotations

import json
import pathlib
import re
import subprocess
import sys
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77
MOST_BYTES = 300_000

# Rejected for what a schema cannot see: values that must fit together, what a cascade or a condition means, other files.
# An editor's own YAML tells doubled keys and tags.
ONLY_THE_READER_SEES = {
    "ages_out_of_life", "impossible_age_range", "impossible_ages", "delivery_outside_observation", "step_too_short",
    "too_many_bytes", "too_many_steps", "parameter_twice", "cascade_order", "cascade_two_variants", "missing_muscle",
    "missing_stage", "unknown_in_condition", "extends_absolute", "extends_broken_parent", "extends_circle", "extends_folder",
    "extends_itself", "extends_link", "extends_missing", "extends_outside", "people_file_outside", "columns", "latin",
    "latin_draws",
    "old_mac", "doubled_key", "tag", "target_contradicts_itself", "target_of_another_age", "target_of_nobody",
    "target_unknown"}


# Forms of the toy model, beside the files: text of a scenario, and whether it is accepted.
FORMS = [
    ("extends: parent.yaml\ninterventions: {gym: {dose: {intensity_fraction: 0.9}}}\nrecord: {motor_units: {people: 3}}", True),
    ("interventions: {gym: {dose: {intensity_fraction: 0.9}}}", False),
    ("extends: parent.yaml\ninterventions: {gym: {doze: {intensity_fraction: 0.9}}}", False),
    ("record: {motor_units: {people: 3}}", False),
    ("model: {parameters: {people.unit_count: {leg: 30, arm: {female: 10, male: {uniform: {from: 8, to: 12}}}}}}", True),
    ("model: {parameters: {people: {unit_count.leg: 30}, strength: {per_fibre_kg: 100 g}, people.unit_count.arm.male: 9}}",
     True),
    ("model: {parameters: {habits.activity_ratio: {gamma: {mean: 1, shape: 9}, between: people}}}", True),
    ("model: {parameters: {habits.activity_ratio: {gamma: {median: 1}}}}", False),
    ("model: {parameters: {strength.weak_below_kg: 101}}", False),
    ("model: {parameters: {strength.weak_below_kg: {leg: 30}}}", False),
    ("model: {parameters: {strength: {weak_blow_kg: 30}}}", False),
    ("model: {hold: {fitness: youth, unit_count: entry}}", True),
    ("model: {hold: {alive: youth}}", False),
]


def shipped() -> list[pathlib.Path]:
    """Scenarios of the repository that users start from."""
    return sorted((ROOT / "scenarios").glob("*.yaml")) + sorted((ROOT / "analysis/examples/course").glob("*/*.yaml"))


def scenario(text: str, yaml: Any) -> Any:
    """A scenario as YAML 1.2 reads it, which an editor does and PyYAML does not: 1e3 is a number, yes is a word."""
    class Loader(yaml.SafeLoader):
        yaml_implicit_resolvers = {}

    for tag, pattern, first in (("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"), ("null", r"~|null|Null|NULL|", "~nN\0"),
                                ("int", r"[-+]?[0-9]+", "-+0123456789"),
                                ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan",
                                 "-+0123456789.")):
        Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"),
                                     list(first) + ([""] if tag == "null" else []))
    return yaml.load(text, Loader)


def refusals(validator: Any, path: pathlib.Path, yaml: Any) -> str:
    """What the schema says against a scenario; empty where it accepts it."""
    try:
        read = scenario(path.read_text(encoding="utf-8"), yaml)
    except (UnicodeDecodeError, yaml.YAMLError, ValueError) as problem:
        return f"not YAML: {problem}"
    return "; ".join(f"{'.'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in validator.iter_errors(read))


def head_problem(path: pathlib.Path) -> str:
    """What is wrong with the line that names the schema to editors; empty where nothing is."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = lines[:next(i for i, line in enumerate(lines) if not line.startswith("#"))]
    up = "../" * len(path.parent.relative_to(ROOT).parts)
    wanted = f"# yaml-language-server: $schema={up}scenario.schema.json"
    return "" if len(head) > 1 and head[-1] == wanted else f"{path.relative_to(ROOT)}: its first comment ends with '{wanted}'"


def main(sarx: str, toy_schema: str) -> int:
    """Prints what is wrong; 0 where nothing is."""
    try:
        import jsonschema
        import yaml
    except ImportError:
        print("skipped: no Python with jsonschema and yaml (python3-jsonschema, python3-yaml)")
        return SKIPPED
    if not pathlib.Path(sarx).exists() or not pathlib.Path(toy_schema).exists():
        print(f"skipped: {sarx} or {toy_schema} is not built")
        return SKIPPED
    problems = [said for path in shipped() if (said := head_problem(path))]
    text = subprocess.run([sarx, "schema"], capture_output=True, text=True, check=True).stdout
    if len(text) > MOST_BYTES:
        problems.append(f"the schema has {len(text)} bytes; editors want it small")
    validators = []
    toy = subprocess.run([toy_schema], capture_output=True, text=True, check=True).stdout
    for schema in (json.loads(text), json.loads(toy)):
        jsonschema.Draft202012Validator.check_schema(schema)
        validators.append(jsonschema.Draft202012Validator(schema))
    for path in shipped():
        if said := refusals(validators[0], path, yaml):
            problems.append(f"{path.relative_to(ROOT)} is not accepted: {said}")
    for text, good in FORMS:
        if validators[1].is_valid(scenario("sarx: 1\n" + text, yaml)) != good:
            problems.append(f"{'not accepted' if good else 'accepted'}: {text}")
    rejected = sorted((ROOT / "tests/scenario/rejected").glob("*.yaml"))
    passed = {path.stem for path in rejected if not refusals(validators[1], path, yaml)}
    problems += [f"rejected/{name}.yaml is accepted: if no schema can see why, put it on the list"
                 for name in sorted(passed - ONLY_THE_READER_SEES)]
    problems += [f"rejected/{name}.yaml is refused now: take it off the list" for name in sorted(ONLY_THE_READER_SEES - passed)]
    refused = len(rejected) - len(passed)
    print("\n".join(problems) or f"{len(shipped())} scenarios are accepted, {refused} of {len(rejected)} refused")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
