"""No test lies there unrun: every file of tests is named test_NAME.cpp or test_NAME.py, and ctest runs it; every script of
tests/house is run by ctest, by .ci/run or by another script.

    every_test_runs.py BUILD CTEST      BUILD: a configured build folder; CTEST: the program that knows its tests
"""

from __future__ import annotations

import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence

TESTS = pathlib.Path(__file__).resolve().parents[1]
A_TEST = {".cpp": r"^\s*(?:TEST_CASE|TEMPLATE_TEST_CASE|SCENARIO)\s*\(", ".hpp": r"^\s*TEST_CASE\s*\(",
          ".py": r"^\s*def test_"}

Compiled = Mapping[pathlib.Path, set[str]]  # the programs that a source is part of, by the source


def unrun(tests: pathlib.Path, compiled: Compiled, commands: Sequence[Sequence[str]]) -> list[str]:
    """A sentence for each file below the folder that holds or promises a test and that no command runs."""
    words = {word for command in commands for word in command}
    programs = {pathlib.Path(command[0]).name for command in commands if command}
    problems = []
    for file in sorted(path for path in tests.rglob("*") if path.suffix in A_TEST):
        name = file.relative_to(tests)
        named = re.fullmatch(r"test_\w+\.(cpp|py)", file.name)
        holds = re.search(A_TEST[file.suffix], file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        if not named:
            if holds or re.fullmatch(r"\w+[._]tests?\.(cpp|py)", file.name):
                problems.append(f"{name}: a test's file is named test_NAME{'.py' if file.suffix == '.py' else '.cpp'}")
        elif file.suffix == ".cpp" and not compiled.get(file, set()) & programs:
            problems.append(f"{name}: no program of ctest is built of it (sarx_add_tests in {file.parent.name}/CMakeLists.txt)")
        elif file.suffix == ".py" and not {str(file), str(file.parent)} & words:
            problems.append(f"{name}: no test of ctest gives it to pytest (sarx_add_python_tests)")
    return problems


def idle_scripts(root: pathlib.Path, commands: Sequence[Sequence[str]]) -> list[str]:
    """A sentence for each script of tests/house that nothing runs."""
    words = {word for command in commands for word in command}
    scripts = sorted([*(root / "tests" / "house").glob("*.sh"), *(root / "tests" / "house").glob("*.py")])
    problems = []
    for script in scripts:
        named_by = [other for other in (root / ".ci" / "run", *scripts) if other != script and
                    re.search(rf"house/{script.name}|\$here/{script.name}", other.read_text(encoding="utf-8"))]
        if str(script) not in words and not named_by and script.name != "long.sh":  # which people run
            problems.append(f"tests/house/{script.name}: neither ctest nor .ci/run runs it")
    return problems


def compiled_by(build: pathlib.Path) -> Compiled:
    """Which programs the sources are part of, as CMake wrote down how they are compiled."""
    programs: dict[pathlib.Path, set[str]] = {}
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        words = shlex.split(entry["command"])
        target = re.search(r"CMakeFiles/([^/]+)\.dir/", words[words.index("-o") + 1])
        if target:
            programs.setdefault(pathlib.Path(entry["file"]), set()).add(target.group(1))
    return programs


def commands_of(build: pathlib.Path, ctest: str) -> list[list[str]]:
    """The command of each test that ctest knows."""
    told = subprocess.run([ctest, "--test-dir", str(build), "--show-only=json-v1"], capture_output=True, check=True)
    return [test.get("command", []) for test in json.loads(told.stdout)["tests"]]


def can_fall() -> bool:
    """Whether each way to lie unrun is found, planted alone; and nothing is found where all is as it should be."""
    with tempfile.TemporaryDirectory() as folder:
        tests = pathlib.Path(folder)
        (tests / "room").mkdir()
        cpp, py = tests / "room" / "test_a.cpp", tests / "room" / "test_a.py"
        cpp.write_text('TEST_CASE("a") {}\n')
        py.write_text("def test_a(): pass\n")
        built, asked = {cpp: {"test_room"}}, [["/b/test_room"], ["python3", "-m", "pytest", str(py.parent)]]
        found = [not unrun(tests, built, asked), unrun(tests, {}, asked), unrun(tests, built, asked[1:]),
                 unrun(tests, built, asked[:1])]
        for name, text in (("b_test.cpp", ""), ("b_test.py", ""), ("b.cpp", cpp.read_text()), ("b.hpp", cpp.read_text()),
                           ("b.py", py.read_text())):
            (tests / "room" / name).write_text(text)
            found.append(unrun(tests, built, asked))
            (tests / "room" / name).unlink()
        for folder_of in (".ci", "tests/house"):
            (tests / folder_of).mkdir(parents=True)
        (tests / ".ci" / "run").write_text("tests/house/used.sh\n")
        (tests / "tests" / "house" / "used.sh").touch()
        found.append(not idle_scripts(tests, []))
        (tests / "tests" / "house" / "idle.py").touch()
        found += [idle_scripts(tests, []), not idle_scripts(tests, [[str(tests / "tests" / "house" / "idle.py")]])]
    return all(found)


def main(build: str, ctest: str) -> int:
    """Prints what does not run."""
    if not can_fall():
        print("this test could not fall: a planted file that nothing runs was not found")
        return 1
    commands = commands_of(pathlib.Path(build), ctest)
    problems = unrun(TESTS, compiled_by(pathlib.Path(build)), commands) + idle_scripts(TESTS.parent, commands)
    print("\n".join(problems) or "every test runs")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
