"""scenarios/REFERENCE.md is what the program writes, and every example of a key passes `sarx check`.

    reference.py SARX [--write]     --write: writes the page anew

Exit 77 (skipped) where the program is not built.
"""

from __future__ import annotations

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "scenarios/REFERENCE.md"
SKIPPED = 77

# What examples stand in: they say one thing each, and the rest comes from here.
BASE = """sarx: 1
population: {people: 100, start_age: 50 years, end_age: 95 years}
interventions: {power_twice_a_week: {kind: power_training, dose: {sessions_per_week: 2}}}
arms: {usual_life: [], power: [{give: power_twice_a_week, from: {age: 75 years}}]}
"""


def said(sarx: str, *arguments: str) -> str:
    return subprocess.run([sarx, *arguments], capture_output=True, text=True, check=True).stdout


def refused(sarx: str, folder: pathlib.Path, example: str) -> str:
    """What `sarx check` says against an example; empty where it accepts it."""
    scenario = folder / "example.yaml"
    scenario.write_text(f"sarx: 1\nextends: base.yaml\n{example}\n")
    done = subprocess.run([sarx, "check", str(scenario)], capture_output=True, text=True)
    return "" if done.returncode == 0 else f"refused: {example}\n    {done.stderr.replace(str(folder), '').strip()}"


def main(sarx: str, write: bool) -> int:
    """Prints what is wrong; 0 where nothing is."""
    if not pathlib.Path(sarx).exists():
        print(f"skipped: {sarx} is not built")
        return SKIPPED
    page = said(sarx, "describe", "--reference")
    if write:
        PAGE.write_text(page)
    problems = [] if PAGE.exists() and PAGE.read_text() == page else [
        f"{PAGE.relative_to(ROOT)} is not what the program says: tests/house/reference.py {sarx} --write"]
    examples = dict.fromkeys(key["example"] for key in json.loads(said(sarx, "describe", "--json"))["keys"])
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "base.yaml").write_text(BASE)
        shutil.copy(ROOT / "scenarios/example_people.csv", folder)
        shutil.copy(ROOT / "analysis/calibrations/parameter_draws.csv", folder)
        problems += [why for example in examples if example and (why := refused(sarx, folder, example))]
        if not refused(sarx, folder, "population: {peple: 3}"):
            problems.append("an example with an unknown key is accepted: this test cannot fail")
    print("\n".join(problems) or f"the page is as the program says, {len(examples)} examples are accepted")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], "--write" in sys.argv[2:]))
