"""What one program has begun no other finishes, merges or verifies unseen; and what makes it another program."""

import json
import os
import pathlib
import re
import shutil
import subprocess

import h5py
import pytest

from conftest import Place

SOURCE = pathlib.Path(__file__).resolve().parents[2]


def other(place: Place, *arguments: str, code: int = 0) -> str:
    """Runs the program that says it is another one."""
    mine, place.binary = place.binary, os.environ["SARX_OTHER_BIN"]
    try:
        return place.sarx(*arguments, code=code)
    finally:
        place.binary = mine


def told_of_both(said: str, place: Place) -> bool:
    """Whether a refusal names the program that made it and the one that runs."""
    me = re.search(r"\((commit .*)\)", place.sarx("--version"))
    return me is not None and me.group(1) in said and "sarx 0.1.0 (commit fedcba987654, code eeeeeeeeeeee)" in said


def test_the_version_says_all(place: Place) -> None:
    told = json.loads(place.sarx("--version", "--json"))
    assert re.fullmatch(r"[0-9a-f]{64}", told["code_hash"])
    assert place.sarx("--version").strip() == \
        f"sarx {told['version']} (commit {told['commit']}, code {told['code_hash'][:12]})"
    place.run("run.h5", "--people", "20")
    with h5py.File(place.folder / "run.h5") as file:
        assert all(file["provenance"].attrs[name] == value for name, value in told.items())


def test_another_program_neither_verifies_nor_replaces(place: Place) -> None:
    place.run("run.h5", "--people", "20")
    assert "verified" in place.sarx("verify", "run.h5", "--people", "5")
    said = other(place, "verify", "run.h5", "--people", "5", code=2)
    assert told_of_both(said, place) and "Verify it with the program that made it" in said
    said = other(place, "run", "tiny.yaml", "-o", "run.h5", "--people", "20", "--resume", code=2)
    assert told_of_both(said, place) and "--force" in said
    assert "finished already" in place.run("run.h5", "--people", "20", "--resume")


def test_another_program_neither_resumes_nor_merges(place: Place) -> None:
    place.run("run.h5", "--people", "40", "--part", "1/2")
    said = other(place, "run", "tiny.yaml", "-o", "run.h5", "--people", "40", "--part", "1/2", "--resume", code=2)
    assert told_of_both(said, place) and "Finish it with the program that began it" in said
    other(place, "run", "tiny.yaml", "-o", "run.h5", "--people", "40", "--part", "2/2")
    for merge in (place.sarx("merge", "run.h5", code=2), other(place, "merge", "run.h5", code=2)):
        assert told_of_both(merge, place)
    (place.folder / "run.h5.part-2-of-2.parts").unlink()
    place.run("run.h5", "--people", "40", "--part", "2/2")
    place.sarx("merge", "run.h5")


def test_a_file_that_does_not_say_what_made_it(place: Place) -> None:
    place.run("run.h5", "--people", "20")
    with h5py.File(place.folder / "run.h5", "r+") as file:
        del file["provenance"].attrs["code_hash"]
    assert "from before programs told their code" in place.sarx("verify", "run.h5", code=2)


class Sources:
    """A copy of what the hash is over, outside any history."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.root = folder / "sources"
        for part in ("models", "sim", "cmake"):
            shutil.copytree(SOURCE / part, self.root / part)
        shutil.copy(SOURCE / "README.md", self.root)

    def told(self) -> tuple[str, str, int]:
        """Code hash, commit, and when the text that says so was last changed."""
        out = self.root / "out.txt"
        template = self.root / "template.in"
        if not template.exists():
            template.write_text("@CODE_HASH@ @COMMIT@")
        subprocess.run([os.environ["SARX_CMAKE"], "-D", f"SOURCE={self.root}", "-D", "VERSION=1", "-D",
                        f"TEMPLATE={template}", "-D", f"OUTPUT={out}", "-P", self.root / "cmake/identity.cmake"], check=True)
        code, commit = out.read_text().split()
        return code, commit, out.stat().st_mtime_ns

    def append(self, file: str, text: str) -> None:
        with (self.root / file).open("a") as f:
            f.write(text)


def test_the_hash_is_of_the_code_and_of_nothing_else(tmp_path: pathlib.Path, place: Place) -> None:
    (tmp_path / "there").mkdir()
    here, there = Sources(tmp_path), Sources(tmp_path / "there")
    first = here.told()
    assert first[1] == "unknown", "sources without a history have no commit"
    assert there.told()[0] == first[0], "the folder does not count"
    if json.loads(place.sarx("--version", "--json"))["code_hash"] != first[0]:
        pytest.skip("the sources were changed after the program was built")
    for file in ("README.md", "sim/cli/main.cpp", "sim/run/README.md", "cmake/install.cmake"):
        here.append(file, "// more\n")
    assert here.told() == first, "what cannot move a number changes nothing, and touches nothing"
    seen = {first[0]}
    for change in (lambda: here.append("sim/run/life.cpp", "// a comment counts\n"),
                   lambda: here.append("sim/run/more.cpp", ""),
                   lambda: here.append("cmake/flags.cmake", "\n"),
                   lambda: (here.root / "sim/run/more.cpp").rename(here.root / "sim/run/renamed.cpp"),
                   lambda: _replace(here.root / "models/parameters/cells.yaml", "value: ", "value: 1"),
                   lambda: _replace(here.root / "models/relaxation.hpp", "return ", "return 1.0F * ")):
        change()
        code = here.told()[0]
        assert code not in seen
        seen.add(code)


def _replace(file: pathlib.Path, before: str, after: str) -> None:
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after, 1))


def test_the_commit_is_that_of_the_sources_and_says_whether_they_differ(tmp_path: pathlib.Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("no git here")
    sources = Sources(tmp_path)
    git = ["git", "-C", str(sources.root), "-c", "user.name=a", "-c", "user.email=a@b"]
    subprocess.run([*git, "init", "-q"], check=True)
    sources.told()
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "first"], check=True)
    assert re.fullmatch(r"[0-9a-f]{12}", sources.told()[1]) or sources.told()[1].endswith("-dirty")
    subprocess.run([*git, "rm", "-q", "--cached", "out.txt"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "second"], check=True)
    clean = sources.told()[1]
    assert re.fullmatch(r"[0-9a-f]{12}", clean)
    sources.append("README.md", "more\n")
    assert sources.told()[1] == clean + "-dirty"
    # Unpacked inside another history, sources have none of their own.
    (tmp_path / "sources/inner").mkdir()
    assert Sources(tmp_path / "sources/inner").told()[1] == "unknown"


def cached(place: Place) -> list[pathlib.Path]:
    """Tables kept, the last used one last."""
    return sorted((place.folder / "cache/sarx").glob("table-*"), key=lambda file: file.stat().st_mtime_ns)


@pytest.fixture
def own_cache(place: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setenv("XDG_CACHE_HOME", str(place.folder / "cache"))
    return place


def test_a_table_is_kept_and_another_program_does_not_use_it(own_cache: Place) -> None:
    own_cache.run("run.h5", "--people", "20")
    assert len(cached(own_cache)) == 1
    own_cache.run("run.h5", "--people", "20", "--force")
    assert len(cached(own_cache)) == 1
    other(own_cache, "run", "tiny.yaml", "-o", "run.h5", "--people", "20", "--force")
    assert len(cached(own_cache)) == 2


def test_verify_neither_trusts_nor_fills_the_cache(own_cache: Place) -> None:
    own_cache.run("honest.h5", "--people", "20")
    (kept,) = cached(own_cache)
    honest = kept.read_bytes()
    own_cache.sarx("verify", "honest.h5", "--people", "20")
    assert kept.read_bytes() == honest and len(cached(own_cache)) == 1
    # A table with a sound checksum and other numbers: those of another set of parameters.
    own_cache.run("other.h5", "--people", "20", "--set", "model.parameters.mortality.log_hazard_of_disease=2.5")
    forged = next(file for file in cached(own_cache) if file != kept)
    kept.write_bytes(forged.read_bytes())
    own_cache.run("forged.h5", "--people", "60", "--set", "population.end_age=90 years", "--arms", "usual_life")
    assert "NOT the same" in own_cache.sarx("verify", "forged.h5", "--people", "60", code=1)
