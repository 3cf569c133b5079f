"""The documents keep their word: commands, files and links they name exist; the worked examples can be built and run.

    documents.py commands SARX | files | write FOLDER      (the worked examples, which tests/examples builds and runs)

Exit 77 (skipped) where the program that is asked for is not there.
"""

from __future__ import annotations

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
SKIPPED = 77


def blocks(document: str, language: str) -> list[str]:
    """Fenced code blocks of a document in one language."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return re.findall(rf"^ *```{language}\n(.*?)^ *```", text, flags=re.MULTILINE | re.DOTALL)


def example_files() -> dict[str, str]:
    """The blocks of CONTRIBUTING.md whose first line is a comment with their path: text by path."""
    files = {}
    for language, comment in (("cpp", "//"), ("yaml", "#")):
        for block in blocks("CONTRIBUTING.md", language):
            if match := re.fullmatch(rf"{comment} ([\w/]+\.(?:[ch]pp|yaml))", block.splitlines()[0].strip()):
                files[match.group(1)] = block
    return files


def write_examples(folder: pathlib.Path) -> None:
    """Writes the worked examples out below a folder; a file that is as it was keeps its time."""
    for path, text in example_files().items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")


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
        write_examples(pathlib.Path(rest[0]))
        return 0
    print("\n".join(problems) or "the documents keep their word")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
