"""The examples: the course is complete, the notebook is clean, and (SARX_LONG_TESTS=1) all of it runs."""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "analysis" / "examples"
LESSONS = sorted((EXAMPLES / "course").glob("[1-9]_*"))
LONG = os.environ.get("SARX_LONG_TESTS") == "1"
long_test = pytest.mark.skipif(not LONG, reason="a long test: set SARX_LONG_TESTS=1")


def program() -> str:
    """The program built beside these tests; the test is skipped where there is none."""
    found = os.environ.get("SARX_BIN_BUILT") or os.environ.get("SARX_BIN")
    if not found or not os.access(found, os.X_OK):
        pytest.skip("the program sarx is not built (SARX_BIN)")
    return found


def test_each_lesson_has_a_scenario_a_page_and_a_place_in_the_list():
    assert len(LESSONS) == 5
    listed = (EXAMPLES / "course" / "README.md").read_text(encoding="utf-8")
    for lesson in LESSONS:
        assert f"({lesson.name}/lesson.md)" in listed
        page = (lesson / "lesson.md").read_text(encoding="utf-8")
        assert "**Questions**" in page and f"make.py {lesson.name[0]}" in page
        assert (lesson / "scenario.yaml").read_text(encoding="utf-8").startswith("# Question: ")


def test_the_notebook_holds_no_outputs_and_compiles():
    notebook = json.loads((EXAMPLES / "cascade.ipynb").read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert code
    for cell in code:
        assert cell["outputs"] == [] and cell["execution_count"] is None
        compile("".join(cell["source"]), "cell", "exec")


def notebook_script() -> str:
    """The notebook's cells one after another, as a plain script that draws without a screen."""
    notebook = json.loads((EXAMPLES / "cascade.ipynb").read_text(encoding="utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return "\n".join(['import matplotlib', 'matplotlib.use("Agg")', *cells])


def is_picture(path: pathlib.Path) -> bool:
    return path.read_bytes().startswith(b"\x89PNG") and path.stat().st_size > 5000


def test_the_notebook_redraws_a_made_up_run(made_up, tmp_path):
    environment = os.environ | {"SARX_FILE": str(made_up.path), "SARX_PICTURE": str(tmp_path / "python.png")}
    done = subprocess.run([sys.executable, "-c", notebook_script()], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert is_picture(tmp_path / "python.png")
    assert "power: +" in done.stdout and "nothing: +0.00 kg (+0.00 to +0.00" in done.stdout


@long_test
@pytest.mark.parametrize("lesson", [lesson.name for lesson in LESSONS])
def test_a_lesson_makes_its_picture(lesson, tmp_path):
    environment = os.environ | {"SARX_BIN": program()}
    done = subprocess.run([sys.executable, str(EXAMPLES / "course" / "make.py"), lesson[0], "--folder", str(tmp_path),
                           "--people", "60"], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert is_picture(tmp_path / f"{lesson}.png")


@long_test
def test_r_and_python_redraw_a_real_run(tmp_path):
    run = tmp_path / "run.h5"
    scenario = LESSONS[2] / "scenario.yaml"
    subprocess.run([program(), "run", str(scenario), "-o", str(run), "--people", "40", "--quiet"], check=True)
    environment = os.environ | {"SARX_FILE": str(run), "SARX_PICTURE": str(tmp_path / "python.png")}
    done = subprocess.run([sys.executable, "-c", notebook_script()], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert is_picture(tmp_path / "python.png")
    rscript = shutil.which("Rscript")
    if not rscript or subprocess.run([rscript, "-e", "library(ncdf4)"], capture_output=True).returncode != 0:
        pytest.skip("no R with ncdf4 (Debian: apt install r-cran-ncdf4); the Python half passed")
    done = subprocess.run([rscript, str(EXAMPLES / "cascade.R"), str(run), str(tmp_path / "r.png")],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert is_picture(tmp_path / "r.png")
