"""The page in a real browser: it draws without an error, and every control works. Skipped without Chromium."""

from __future__ import annotations

import html
import json
import os
import pathlib
import re
import shutil
import subprocess

import made_up_run
import pytest
import sarx

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILT = pathlib.Path(os.environ.get("SARX_BIN_BUILT", ROOT / "build/release/bin/sarx"))
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium (Debian: apt install chromium)")

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
         "--virtual-time-budget=8000", "--enable-logging=stderr"]

WATCH = """<script>window.wrong = [];
addEventListener("error", (e) => wrong.push(e.message));
console.error = (...words) => wrong.push(words.join(" "));</script>"""

USE = """<script>
const found = { before: {}, changed: 0, tips: 0 };
for (const f of document.querySelectorAll("figure")) found.before[f.id] = f.querySelectorAll("svg, li").length;
const selects = () => document.querySelectorAll("select");
for (let i = 0; i < selects().length; i++) for (let k = 0; k < selects()[i].options.length; k++) {
  const select = selects()[i], before = document.querySelector("main").innerHTML;
  select.selectedIndex = k; select.dispatchEvent(new Event("change"));
  if (document.querySelector("main").innerHTML !== before) found.changed++;
}
const slide = document.querySelector("input[type=range]");
if (slide) {
  const before = document.getElementById("forest").innerHTML;
  slide.value = slide.max; slide.dispatchEvent(new Event("input"));
  found.slid = document.getElementById("forest").innerHTML !== before;
}
const lines = document.querySelectorAll("#cascade svg")[0];
const box = lines.getBoundingClientRect();
lines.dispatchEvent(new PointerEvent("pointermove", { clientX: box.left + box.width / 2, clientY: box.top + 20 }));
found.tip = document.getElementById("tip").textContent;
lines.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft" }));
found.moved = document.getElementById("tip").textContent !== found.tip;
const paths = document.querySelectorAll("#cascade path").length;
document.querySelectorAll(".arm input")[1]?.click();
found.hidden = document.querySelectorAll("#cascade path").length < paths;
for (const arm of document.querySelectorAll(".arm input")) arm.checked && arm.click();
found.nan = /NaN|undefined|Infinity/.test(document.querySelector("main").innerHTML);
found.unnamed = document.querySelectorAll("svg[role=img]:not([aria-label]), svg[aria-label='']").length;
found.wide = document.documentElement.scrollWidth - innerWidth;
found.wrong = wrong;
document.documentElement.dataset.found = JSON.stringify(found);
</script>"""


def looked_at(page: pathlib.Path, folder: pathlib.Path, width: int) -> dict:
    """What the page's own scripts find after everything on it was used."""
    text = page.read_text(encoding="utf-8").replace("<head>", "<head>" + WATCH, 1)
    text = text.replace("</body>", USE + "</body>", 1)
    copy = folder / f"used_{width}.html"
    copy.write_text(text, encoding="utf-8")
    profile = folder / f"profile_{width}"
    done = subprocess.run([CHROMIUM, *FLAGS, f"--window-size={width},900", f"--user-data-dir={profile}", "--dump-dom",
                           copy.as_uri()], capture_output=True, text=True, timeout=120)
    said = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    assert said == []
    found = re.search(r'data-found="([^"]*)"', done.stdout)
    assert found, done.stderr[-2000:]
    return json.loads(html.unescape(found[1]))


@pytest.mark.parametrize("width", [1200, 500])
def test_the_page_draws_and_its_controls_work(made_up, tmp_path, width):
    page = sarx.report(made_up.path, tmp_path / "run.html")
    found = looked_at(page, tmp_path, width)
    assert found["wrong"] == []
    assert all(found["before"].values()), found["before"]
    assert found["before"]["cascade"] >= 5
    assert found["changed"] >= 10
    assert found["slid"] and found["moved"] and found["hidden"]
    assert re.match(r"age \d+.*usual life: ", found["tip"])
    assert not found["nan"]
    assert found["unnamed"] == 0
    assert found["wide"] <= 0


@pytest.mark.skipif(not os.access(BUILT, os.X_OK), reason="the program is not built")
def test_the_page_of_a_run_draws(tmp_path, monkeypatch):
    """All that the program writes, not what is made up of it alone: flow, groups, lives, motor units."""
    monkeypatch.setenv("SARX_BIN", str(BUILT))
    sarx.run(ROOT / "scenarios" / "train_the_nerve.yaml", tmp_path / "run.h5", people=60)
    found = looked_at(sarx.report(tmp_path / "run.h5", tmp_path / "run.html"), tmp_path, 1200)
    assert found["wrong"] == [] and not found["nan"]
    assert all(found["before"].values()), found["before"]


def test_a_page_of_one_arm_draws(one_arm, tmp_path):
    found = looked_at(sarx.report(one_arm.path, tmp_path / "one.html"), tmp_path, 1200)
    assert found["wrong"] == []
    assert not found["nan"]


def test_a_page_of_differing_entry_ages_draws(tmp_path):
    run = made_up_run.write(tmp_path / "cohort.h5", people=60, entry_ages_differ=True)
    found = looked_at(sarx.report(run.path, tmp_path / "cohort.html"), tmp_path, 1200)
    assert found["wrong"] == []
    assert found["before"]["forest"] and found["before"]["survival"]
    assert not found["nan"]
