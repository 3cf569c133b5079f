"""The report: one page, complete, escaped, that loads nothing."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser

import h5py
import sarx
from sarx.cli import main


class Balance(HTMLParser):
    """Checks that every element that is opened is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attributes):
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_is_whole_and_loads_nothing(made_up, tmp_path, capsys):
    assert main(["report", str(made_up.path), "-o", str(tmp_path / "run.html")]) == 0
    page = (tmp_path / "run.html").read_text(encoding="utf-8")
    balance = Balance()
    balance.feed(page)
    assert balance.open == []
    for title in ("The cascade", "Effects", "Events", "Years", "Who got what", "Where the numbers come from"):
        assert f"<h2>{title}</h2>" in page
    assert page.count("data:image/png;base64,") == 3
    assert not re.search(r'(src|href)="(?!data:)', page)


def test_what_a_scenario_says_is_text_not_markup(made_up, tmp_path):
    path = tmp_path / "run.h5"
    shutil.copy(made_up.path, path)
    with h5py.File(path, "a") as file:
        file.attrs["title"] = "<script>alert(1)</script>"
    page = sarx.report(path, tmp_path / "run.html").read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_run_of_one_arm_has_no_effects(one_arm, tmp_path):
    page = sarx.report(one_arm.path, tmp_path / "one.html").read_text(encoding="utf-8")
    assert "<h2>Effects</h2>" not in page
    assert "<h2>Years</h2>" in page
