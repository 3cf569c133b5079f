"""Pictures: drawn from summaries alone, in the cascade's order, with a colour an arm and units on the axes."""

from __future__ import annotations

import h5py
import numpy as np
import pytest
import sarx
from sarx.plot import style
from sarx.plot.cascade import departure_age, prevalence
from sarx.reading import Run


def lines(axes):
    """Colours of the courses in a panel."""
    return [line.get_color() for line in axes.lines if line.get_linestyle() == "-" and len(line.get_xdata()) > 1]


def test_cascade_stacks_the_levels_in_order(made_up):
    figure = sarx.plot.cascade(made_up.path, sex="male")
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles == ["1  Cells", "2  Junctions", "3  Motor units", "4  Fibres", "5  Strength", "6  Diagnosis"]
    assert [axes.get_ylabel() for axes in figure.axes] == ["relative to youth", "index", "count", "µm²", "N·m", "fraction"]
    assert figure.axes[-1].get_xlabel() == "age (years)"


def test_an_arm_keeps_its_colour_whatever_is_drawn_with_it(made_up):
    run = Run(made_up.path)
    all_arms = lines(sarx.plot.cascade(run, sex="male").axes[0])
    assert all_arms == [style.colour(run, arm) for arm in run.arms]
    assert lines(sarx.plot.cascade(run, sex="male", arms=["nothing"]).axes[0]) == [style.colour(run, "nothing")]


def test_cascade_needs_no_person(made_up, tmp_path):
    """A file with summaries only is enough."""
    path = tmp_path / "summaries.h5"
    path.write_bytes(made_up.path.read_bytes())
    with h5py.File(path, "a") as file:
        for name in list(file):
            if isinstance(file[name], h5py.Dataset) and file[name].ndim > 1:
                del file[name]
    figure = sarx.plot.cascade(path)
    assert len(figure.axes) == 12
    assert figure.axes[0].get_ylabel() == "relative to youth"


def test_caption_says_who_and_whence(made_up):
    texts = " ".join(text.get_text() for text in sarx.plot.cascade(made_up.path).texts).replace("\n", " ")
    for fact in ("80 people", "seed 20260101", "sarx 0.1.0", "Train the nerve"):
        assert fact in texts


def test_muscle_brings_its_own_strength(made_up):
    figure = sarx.plot.cascade(made_up.path, sex="male", muscle="forearm_flexors")
    assert figure.axes[4].get_ylabel() == "kg"


def test_prevalence_is_a_share_of_person_time(made_up):
    run = Run(made_up.path)
    share = prevalence(run, "sarcopenia", "usual_life", "all")
    assert np.isnan(share[0])
    assert share[60] == pytest.approx(0.006 * 30)


def test_departure_is_where_a_course_leaves_youth_for_good():
    ages = np.arange(20.0, 91.0)
    falling = np.where(ages < 40, 1.0, 1.0 - 0.01 * (ages - 40))
    age, value = departure_age(ages, falling)
    assert age == pytest.approx(50.0)
    assert value == pytest.approx(0.9)
    assert departure_age(ages, np.ones(71)) is None
    assert departure_age(ages[40:], falling[40:]) is None
    dip = falling.copy()
    dip[15:18] = 0.5
    assert departure_age(ages, dip)[0] == pytest.approx(50.0)


@pytest.mark.parametrize(("settings", "sentence"), [
    ({"muscle": "vastus_lateralus"}, "did you mean 'vastus_lateralis'"),
    ({"sex": "woman"}, "no sex 'woman'"),
    ({"arms": ["pwer"]}, "did you mean 'power'"),
])
def test_what_is_not_there_is_refused_by_name(made_up, settings, sentence):
    with pytest.raises(sarx.SarxError, match=sentence):
        sarx.plot.cascade(made_up.path, **settings)


def test_labels_at_line_ends_do_not_overlap(made_up):
    from matplotlib.figure import Figure
    axes = Figure(figsize=(4, 2)).add_subplot()
    axes.set_ylim(0, 1)
    style.end_labels(axes, [("a", 0.5, "k"), ("b", 0.5, "k"), ("c", 0.99, "k"), ("d", float("nan"), "k")])
    heights = sorted(text.xy[1] for text in axes.texts)
    assert len(heights) == 3
    assert min(np.diff(heights)) > 0.05
    assert heights[-1] <= 1.0
