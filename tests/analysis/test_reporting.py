"""The report: one page, complete, escaped, that loads nothing."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser

import h5py
import made_up_run
import numpy as np
import pytest
import sarx
from sarx.cli import main
from sarx.reporting import LARGEST_PAGE_BYTES
from sarx.reporting.encoding import encode

SECTIONS = ("The cascade", "What moves first", "Effects", "One variable", "Survival and healthy years", "Years gained",
            "Events", "Who got what", "Who gains", "Single lives", "Motor units", "Where the numbers come from")


class Balance(HTMLParser):
    """Checks that every element that is opened is closed in order; keeps what is loaded and linked."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loaded: list[str] = []
        self.linked: list[str] = []

    def handle_starttag(self, tag, attributes):
        if tag not in ("meta", "img", "br", "input"):
            self.open.append(tag)
        known = dict(attributes)
        if tag == "a":
            self.linked.append(known.get("href", ""))
        elif "src" in known or "href" in known or tag in ("link", "iframe", "object"):
            self.loaded.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def data_of(page: str) -> dict:
    """The numbers inside a page."""
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)[1])


def test_the_page_is_whole_and_loads_nothing(made_up, tmp_path, capsys):
    assert main(["report", str(made_up.path), "-o", str(tmp_path / "run.html")]) == 0
    page = (tmp_path / "run.html").read_text(encoding="utf-8")
    balance = Balance()
    balance.feed(page)
    assert balance.open == []
    assert balance.loaded == []
    assert all(link.startswith("https://doi.org/10.") for link in balance.linked)
    assert "@import" not in page and "url(" not in page
    for title in SECTIONS:
        assert f"<h2>{title}</h2>" in page
    assert len(page.encode()) < LARGEST_PAGE_BYTES


def test_the_page_and_the_tables_tell_the_same(made_up, tmp_path):
    data = data_of(sarx.report(made_up.path, tmp_path / "run.html").read_text(encoding="utf-8"))
    at = data["x"].index(80)
    effects = sarx.compare(made_up.path, at=[80], arms="power", variables="grip_strength_kg", by="sex")
    shown = data["effects"]["grip_strength_kg"]["power"]
    for sex in ("female", "male"):
        told = effects[effects.sex == sex].iloc[0]
        assert shown[sex][""]["delta"][at] == pytest.approx(told.glass_delta, rel=1e-3)
        scale = told.glass_delta / told.effect
        assert shown[sex][""]["deltaLower"][at] == pytest.approx(shown[sex][""]["lower"][at] * scale, rel=2e-3)
    both = sarx.compare(made_up.path, at=[80], arms="power", variables="grip_strength_kg")
    assert shown["all"][""]["delta"][at] == pytest.approx(both.glass_delta.item(), rel=1e-3)
    events = sarx.compare_events(made_up.path, arms="power", population="everyone").set_index("event").loc["fall"]
    falls = next(row for row in data["events"] if row["words"] == "fall")["values"]["all"]["power"]
    assert falls == pytest.approx({name: events[name] for name in falls}, rel=1e-3)
    years = sarx.compare_years(made_up.path, arms="power", population="everyone").set_index("measure").loc["years_lived"]
    lived = next(row for row in data["years"] if row["words"] == "years lived")["values"]["all"]["power"]
    assert lived == pytest.approx({name: years[name] for name in lived}, rel=1e-3)


def test_the_page_does_not_say_that_a_table_holds_what_it_has_not(made_up, tmp_path):
    page = sarx.report(made_up.path, tmp_path / "run.html").read_text(encoding="utf-8")
    assert "same numbers" not in page


def test_the_numbers_of_the_page_are_those_of_the_file(made_up, tmp_path):
    data = data_of(sarx.report(made_up.path, tmp_path / "run.html").read_text(encoding="utf-8"))
    effects = sarx.open(made_up.path, "effects")
    at = data["x"].index(80)
    told = data["effects"]["grip_strength_kg"]["power"]["all"][""]["mean"][at]
    stored = effects.grip_strength_kg_mean.sel(arm="power", sex="all", time_years=60)
    assert told == pytest.approx(float(stored), rel=1e-3)
    median = data["courses"]["motor_unit_count"]["power"]["male"]["vastus_lateralis"]["p50"][at]
    summary = sarx.open(made_up.path, "summary").motor_unit_count_p50
    stored = summary.sel(arm="power", sex="male", muscle="vastus_lateralis", time_years=60)
    assert median == pytest.approx(float(stored), rel=1e-3)
    assert data["flow"][0]["reached"] == 56
    order = [row["name"] for row in data["timeline"]]
    assert "grip_strength_kg" in order and "motor_unit_count" in order
    grip = next(row for row in data["timeline"] if row["name"] == "grip_strength_kg")
    for way in ("tenth", "quarter"):
        ages = grip[way]["all"][""]
        assert 20 < ages["usual_life"] == ages["nothing"] < 60  # the arm that does nothing crosses where the reference does
    burden = next(row for row in data["timeline"] if row["name"] == "sarcopenia")
    assert "quarter" not in burden  # a share has no way of its own


def test_five_lives_stand_from_weak_to_strong(made_up, tmp_path):
    data = data_of(sarx.report(made_up.path, tmp_path / "run.html").read_text(encoding="utf-8"))
    stand = [re.search(r"than (\d+) %", life["words"])[1] for life in data["lives"]["people"]]
    assert stand == ["5", "25", "50", "75", "95"]


def test_a_page_stays_small(tmp_path, monkeypatch, made_up):
    monkeypatch.setattr(sarx.reporting, "LARGEST_PAGE_BYTES", 200_000)
    page = sarx.report(made_up.path, tmp_path / "run.html").read_text(encoding="utf-8")
    full = data_of(page)
    assert len(full["x"]) < 71 and full["x"][0] == 20 and full["x"][-1] == 90


def test_what_a_scenario_says_is_text_not_markup(made_up, tmp_path):
    path = tmp_path / "run.h5"
    shutil.copy(made_up.path, path)
    with h5py.File(path, "a") as file:
        file.attrs["title"] = "</script><script>alert(1)</script>"
    page = sarx.report(path, tmp_path / "run.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert data_of(page)["title"] == "</script><script>alert(1)</script>"


def test_numbers_are_short_and_gaps_are_null():
    assert encode({"a": np.array([1.23456, np.nan, 1e-9])}) == '{"a":[1.235,null,1e-09]}'
    assert encode(["<b>", 3, True, None]) == '["\\u003cb>",3,true,null]'


def test_a_run_of_one_arm_has_no_effects(one_arm, tmp_path):
    page = sarx.report(one_arm.path, tmp_path / "one.html").read_text(encoding="utf-8")
    assert "<h2>Effects</h2>" not in page and "<h2>Who gains</h2>" not in page
    assert "<h2>Survival and healthy years</h2>" in page


def test_differing_entry_ages_make_a_page(tmp_path):
    run = made_up_run.write(tmp_path / "cohort.h5", people=20, entry_ages_differ=True)
    data = data_of(sarx.report(run.path, tmp_path / "cohort.html").read_text(encoding="utf-8"))
    assert data["axis"]["isAge"]


def test_a_page_of_a_short_run_counts_days_and_tells_no_order_of_a_life(made_up, tmp_path):
    path = tmp_path / "short.h5"
    shutil.copy(made_up.path, path)
    made_up_run.shorten(path, 200.0)
    page = sarx.report(path, tmp_path / "short.html").read_text(encoding="utf-8")
    data = data_of(page)
    assert data["axis"] == data["timesAxis"] == data["lives"]["axis"]
    assert data["axis"]["title"] == "time since the start (days)" and not data["axis"]["isAge"]
    assert data["x"][-1] == pytest.approx(200.0, rel=1e-3) and data["at"] in data["times"]
    assert data["lives"]["chosen"].endswith("days")
    assert not data["timeline"] and "What moves first" not in page
    assert not any(row["tenYearsOn"] for row in data["flow"])
