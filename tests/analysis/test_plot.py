"""Pictures: drawn from summaries alone, in the cascade's order, with a colour an arm and units on the axes."""

from __future__ import annotations

import h5py
import made_up_run
import numpy as np
import pytest
import sarx
from sarx.plot import style
from sarx.estimating.courses import share_with
from sarx.estimating.departing import departure_age, own_way_age
from sarx.reading import Run


def lines(axes):
    """Colours of the courses in a panel."""
    return [line.get_color() for line in axes.lines if line.get_linestyle() == "-" and len(line.get_xdata()) > 1]


def test_cascade_stacks_the_levels_in_order(made_up):
    figure = sarx.plot.cascade(made_up.path, sex="male")
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles == ["1  Cells", "2  Junctions", "3  Motor units", "4  Fibres", "5  Strength", "6  Diagnosis"]
    units = ["relative to youth", "index", "count", "µm²", "N·m", "fraction"]
    assert [axes.get_ylabel() for axes in figure.axes] == units
    assert figure.axes[-1].get_xlabel() == "age (years)"


def test_an_arm_keeps_its_colour_whatever_is_drawn_with_it(made_up):
    run = Run(made_up.path)
    all_arms = lines(sarx.plot.cascade(run, sex="male").axes[0])
    assert all_arms == list(style.ARM_COLOURS[:3])
    assert all_arms == [style.colour(run, arm) for arm in run.arms]
    assert lines(sarx.plot.cascade(run, sex="male", arms=["nothing"]).axes[0]) == [style.colour(run, "nothing")]


def test_cascade_needs_no_person(made_up, tmp_path):
    """A file with summaries only is enough."""
    path = tmp_path / "summaries.h5"
    path.write_bytes(made_up.path.read_bytes())
    with h5py.File(path, "a") as file:
        for name in list(file):
            if isinstance(file[name], h5py.Dataset) and name not in ("arm", "muscle", "time_years"):
                del file[name]
    figure = sarx.plot.cascade(path)
    assert len(figure.axes) == 12
    assert figure.axes[0].get_ylabel() == "relative to youth"
    assert figure.axes[-1].get_xlabel() == "age (years)"


def test_caption_says_who_and_whence(made_up):
    texts = " ".join(text.get_text() for text in sarx.plot.cascade(made_up.path).texts).replace("\n", " ")
    for fact in ("80 people", "seed 20260101", "sarx 0.1.0", "Train the nerve"):
        assert fact in texts


def test_muscle_brings_its_own_strength(made_up):
    figure = sarx.plot.cascade(made_up.path, sex="male", muscle="forearm_flexors")
    assert figure.axes[4].get_ylabel() == "kg"


def test_prevalence_is_a_share_of_person_time(made_up):
    run = Run(made_up.path)
    share = share_with(run, "sarcopenia", "usual_life", "all")
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


def test_a_quarter_of_its_own_way_does_not_depend_on_how_deep_a_course_falls():
    ages = np.arange(20.0, 91.0)
    way = np.clip((ages - 45.0) / 40.0, 0.0, None)  # nothing until 45, all of it at 85
    for depth in (0.05, 0.2, 0.8, -0.6):
        age, value = own_way_age(ages, 3.0 * (1.0 - depth * way))
        assert age == pytest.approx(55.0)
        assert value == pytest.approx(3.0 * (1.0 - 0.25 * depth))
    deep, shallow = departure_age(ages, 1.0 - 0.8 * way), departure_age(ages, 1.0 - 0.2 * way)
    assert deep[0] == pytest.approx(50.0) and shallow[0] == pytest.approx(65.0)  # a tenth comes the sooner
    assert own_way_age(ages, np.ones(71)) is None  # goes nowhere
    assert own_way_age(ages[:30], 1.0 - 0.8 * way[:30]) is None  # too short a life to tell
    assert own_way_age(ages[40:], 1.0 - 0.8 * way[40:]) is None  # no youth


def test_what_is_done_at_60_moves_nobody_before_60():
    """An arm that keeps more at 85 has gone a quarter of the way at the same age as the reference, if that is before 60."""
    ages = np.arange(20.0, 91.0)
    reference = 1.0 - 0.5 * np.clip((ages - 35.0) / 50.0, 0.0, None)
    helped = np.where(ages > 60, reference + 0.08, reference)
    assert own_way_age(ages, reference)[0] == pytest.approx(47.5)
    assert own_way_age(ages, helped, reference)[0] == pytest.approx(47.5)
    assert own_way_age(ages, helped)[0] < 46.0  # by its own way it would seem to age sooner, long before
    assert departure_age(ages, helped, reference)[0] == departure_age(ages, helped)[0]


@pytest.mark.parametrize(("settings", "sentence"), [
    ({"muscle": "vastus_lateralus"}, "did you mean 'vastus_lateralis'"),
    ({"sex": "woman"}, "no sex 'woman'"),
    ({"arms": ["pwer"]}, "did you mean 'power'"),
])
def test_what_is_not_there_is_refused_by_name(made_up, settings, sentence):
    with pytest.raises(sarx.SarxError, match=sentence):
        sarx.plot.cascade(made_up.path, **settings)


def test_lines_that_end_together_are_named_in_the_order_given(made_up):
    from matplotlib.figure import Figure
    axes = Figure(figsize=(4, 2)).add_subplot()
    axes.set_ylim(0, 1)
    heights = {"first": 0.5, "second": 0.5005, "above": 0.9, "third": 0.4995}
    style.end_labels(axes, [style.EndLabel(name, height, "k") for name, height in heights.items()])
    heights = {text.get_text(): text.xy[1] for text in axes.texts}
    assert heights["above"] > heights["first"] > heights["second"] > heights["third"]


def test_labels_at_line_ends_do_not_overlap(made_up):
    from matplotlib.figure import Figure
    axes = Figure(figsize=(4, 2)).add_subplot()
    axes.set_ylim(0, 1)
    heights = {"a": 0.5, "b": 0.5, "c": 0.99, "d": float("nan")}
    style.end_labels(axes, [style.EndLabel(name, height, "k") for name, height in heights.items()])
    heights = sorted(text.xy[1] for text in axes.texts)
    assert len(heights) == 3
    assert min(np.diff(heights)) > 0.05
    assert heights[-1] <= 1.0


def test_cohort_of_differing_ages_is_drawn_by_age(tmp_path):
    run = made_up_run.write(tmp_path / "cohort.h5", people=20, entry_ages_differ=True)
    figure = sarx.plot.cascade(run.path, sex="all")
    assert len(figure.axes) == 5
    assert figure.axes[-1].get_xlabel() == "age (years)"


def test_effect_draws_each_arm_but_the_reference(made_up):
    figure = sarx.plot.effect(made_up.path, "motor_unit_count", muscle="forearm_flexors")
    top = figure.axes[0]
    run = Run(made_up.path)
    assert lines(top)[:2] == [style.colour(run, "power"), style.colour(run, "nothing")]
    assert top.get_ylabel() == "difference (count)"
    np.testing.assert_allclose(top.lines[0].get_ydata()[70], 8.0, atol=2.0)


def test_flow_labels_its_counts(made_up):
    axes = sarx.plot.flow(made_up.path).axes[0]
    assert axes.get_title(loc="left") == "power: power twice a week"
    assert {"were reached: 56", "dropped out: 8"} <= {text.get_text() for text in axes.texts}


def test_person_is_one_life_in_every_arm(made_up):
    figure = sarx.plot.person(made_up.path, 3, arms=["usual_life", "power"])
    grip = figure.axes[0].lines
    assert len(grip) == 2
    np.testing.assert_allclose(grip[1].get_ydata(), made_up.cube["mitochondrial_capacity"][1, 3])
    assert [label.get_text() for label in figure.axes[-1].get_yticklabels()][:1] == ["fall"]


def test_motor_units_are_counted(made_up):
    figure = sarx.plot.motor_units(made_up.path, arms=["usual_life"])
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["at 20", "at 80"]
    assert [axes.texts[0].get_text() for axes in figure.axes] == ["usual life: 150", "usual life: 80"]
    assert len(figure.axes[1].lines[0].get_xdata()) == 80


@pytest.mark.parametrize(("draw", "sentence"), [
    (lambda path: sarx.plot.effect(path, "grip_strength"), "did you mean 'grip_strength_kg'"),
    (lambda path: sarx.plot.person(path, 999), "people are numbered 0 to 79"),
    (lambda path: sarx.plot.motor_units(path, 5), "there are no motor units of person 5"),
])
def test_pictures_refuse_with_a_sentence(made_up, draw, sentence):
    with pytest.raises(sarx.SarxError, match=sentence):
        draw(made_up.path)


def test_one_arm_has_no_effect(one_arm):
    with pytest.raises(sarx.SarxError, match="one arm"):
        sarx.plot.effect(one_arm.path, "grip_strength_kg")
