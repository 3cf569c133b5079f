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


def example_files() -> dict[str, str]:
    """The C++ blocks of CONTRIBUTING.md whose first line is a comment with their path: text by path."""
    files = {}
    for block in blocks("CONTRIBUTING.md", "cpp"):
        if match := re.fullmatch(r"// ([\w/]+\.[ch]pp)", block.splitlines()[0].strip()):
            files[match.group(1)] = block
    return files


def check_commands(sarx: str) -> list[str]:
    """Each `sarx VERB` in a line of code is a subcommand with its own help."""
    verbs = set()
    for name in DOCUMENTS:
        text = (ROOT / name).read_text(encoding="utf-8")
        code = re.findall(r"`[^`\n]+`|^ {4}.*$", text, flags=re.MULTILINE)
        verbs |= set(re.findall(r"(?:^|[\s`/])sarx ([a-z]+)\b", "\n".join(code)))
    problems = [] if verbs else ["the documents name no command of sarx"]
    for verb in sorted(verbs):
        done = subprocess.run([sarx, verb, "--help"], capture_output=True, text=True)
        if done.returncode != 0 or verb not in done.stdout:
            problems.append(f"`sarx {verb}` stands in the documents, but `sarx {verb} --help` fails: {done.stderr}")
    return problems


def check_files() -> list[str]:
    """Each relative link and each path in the text exists, but for those of the worked example."""
    problems = []
    examples = example_files()
    for name in DOCUMENTS:
        text = re.sub(r"```.*?```", "", (ROOT / name).read_text(encoding="utf-8"), flags=re.DOTALL)
        targets = set(re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text))
        targets |= set(re.findall(r"(?<![\w/])((?:scenarios|analysis|tests|models|sim|cmake)/[\w./-]*)", text))
        for target in sorted(targets):
            if target not in examples and not (ROOT / target.rstrip(".")).exists():
                problems.append(f"{name} names {target}, which does not exist")
    return problems


def check_example(compiler: str) -> list[str]:
    """The worked example of CONTRIBUTING.md compiles against the contract as it stands.

    Each C++ block whose first line is a comment with a path is written there, in a folder that stands
    before the repository on the include path.
    """
    sources = example_files()
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
                       f"-I{ROOT / 'tests'}", *(["-DSARX_CATCH2_V2"] if catch2_is_one_header() else []), str(pathlib.Path(folder) / path)]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode != 0:
                problems.append(f"the example {path} does not compile:\n{done.stderr}")
    return problems


def catch2_is_one_header() -> bool:
    """Whether the Catch2 at hand is version 2."""
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
