"""The documents keep their word: commands, files and links they name exist; example code compiles.

    documents.py commands SARX | files | example COMPILER

Exit 77 (skipped) where the program that is asked for is not there.
"""

from __future__ import annotations

import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
SKIPPED = 77


def blocks(document: str, language: str) -> list[str]:
    """Fenced code blocks of a document in one language."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return re.findall(rf"^ *```{language}\n(.*?)^ *```", text, flags=re.MULTILINE | re.DOTALL)


def check_commands(sarx: str) -> list[str]:
    """Each `sarx VERB` of the documents is a subcommand with its own help."""
    text = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS)
    verbs = sorted(set(re.findall(r"(?:^|[`/ ])sarx ([a-z]+)\b(?=[^a-z]*)", "\n".join(
        line for line in text.splitlines() if re.match(r"^( {4,}|.*`)", line)))))
    known = ("run check describe schema compare report export validate calibrate merge verify").split()
    problems = []
    for verb in [v for v in verbs if v in known]:
        done = subprocess.run([sarx, verb, "--help"], capture_output=True, text=True)
        if done.returncode != 0 or verb not in done.stdout:
            problems.append(f"`sarx {verb}` stands in the documents, but `sarx {verb} --help` fails: {done.stderr}")
    return problems


def check_files() -> list[str]:
    """Each relative link, and each path in a command or in back-quotes, exists."""
    problems = []
    for name in DOCUMENTS:
        text = (ROOT / name).read_text(encoding="utf-8")
        targets = set(re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text))
        targets |= set(re.findall(r"(?<![\w/])((?:scenarios|analysis|tests|models|sim|cmake)/[\w./-]+\w)", re.sub(
            r"```cpp.*?```", "", text, flags=re.DOTALL)))
        for target in sorted(targets):
            if not (ROOT / target).exists() and not re.search(r"\bexample\b|resistance_band|satellite_cells", target):
                problems.append(f"{name} names {target}, which does not exist")
    return problems


def check_example(compiler: str) -> list[str]:
    """The worked example of CONTRIBUTING.md compiles against the contract as it stands.

    Each C++ block whose first line is a comment with a path is written there, in a folder that stands
    before the repository on the include path.
    """
    sources = {}
    for block in blocks("CONTRIBUTING.md", "cpp"):
        first = block.splitlines()[0]
        if match := re.fullmatch(r"// ([\w/]+\.[ch]pp)", first.strip()):
            sources[match.group(1)] = block
    if not sources:
        return ["CONTRIBUTING.md has no C++ block that begins with `// path/to/file.cpp`"]
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        for path, text in sources.items():
            file = pathlib.Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        for path in (p for p in sources if p.endswith(".cpp")):
            command = [compiler, "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-ffp-contract=off",
                       "-Wno-psabi", "-DSARX_ISA=baseline", "-DSARX_WIDTH=4", f"-I{folder}", f"-I{ROOT}",
                       f"-I{ROOT / 'tests'}", "-DSARX_CATCH2_V2" if catch2_v2() else "-DSARX_CATCH2_V3",
                       str(pathlib.Path(folder) / path)]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode != 0:
                problems.append(f"the example {path} does not compile:\n{done.stderr}")
    return problems


def catch2_v2() -> bool:
    """Whether the Catch2 at hand is version 2 (one header)."""
    return pathlib.Path("/usr/include/catch2/catch.hpp").exists()


def main(arguments: list[str]) -> int:
    """Runs one of the checks and prints what it found."""
    what, *rest = arguments
    if what == "commands":
        if not pathlib.Path(rest[0]).exists():
            print(f"skipped: {rest[0]} is not built")
            return SKIPPED
        problems = check_commands(rest[0])
    elif what == "files":
        problems = check_files()
    else:
        problems = check_example(rest[0])
    print("\n".join(problems) or "the documents keep their word")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
