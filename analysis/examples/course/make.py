#!/usr/bin/env python3
"""Makes a lesson's picture: runs its scenario, draws, and says where everything is.

    python3 analysis/examples/course/make.py 2
    python3 analysis/examples/course/make.py all --folder results/course --people 100
"""

from __future__ import annotations

import argparse
import pathlib
import sys
import textwrap

import numpy as np
from matplotlib.figure import Figure

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

import sarx  # noqa: E402
from sarx.estimating.departing import YOUTH_YEARS, departure_age  # noqa: E402
from sarx.plot import style  # noqa: E402
from sarx.reading import Run  # noqa: E402
from sarx.telling.words import SEX_WORDS, meaning, spoken  # noqa: E402

MUSCLE = "vastus_lateralis"
IN_PERCENT = ("motor_unit_count", "nmj_stability", "leg_power_W", "knee_extension_torque_Nm", "grip_strength_kg")
LEVELS = ("mitochondrial_capacity", "nmj_stability", "motor_unit_count", "fibre_area_type1_um2", "fibre_area_type2_um2",
          "knee_extension_torque_Nm", "leg_power_W", "grip_strength_kg", "gait_speed_m_per_s")
TOLD_APART = ("nmj_stability", "motor_unit_count", "fibre_area_type2_um2", "knee_extension_torque_Nm")


def main() -> int:
    """Makes one lesson, or all of them."""
    lessons = {folder.name[0]: folder for folder in sorted(HERE.glob("[1-9]_*"))}
    parser = argparse.ArgumentParser(description="Runs a lesson's scenario and draws its picture.")
    parser.add_argument("lesson", choices=[*lessons, "all"])
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path("results/course"), help="where results go")
    parser.add_argument("--people", type=int, help="instead of the scenario's number")
    options = parser.parse_args()
    try:
        for number in lessons if options.lesson == "all" else [options.lesson]:
            print(make(lessons[number], options.folder, options.people))
    except sarx.SarxError as problem:
        print(f"make.py: {problem}", file=sys.stderr)
        return 2
    return 0


def make(lesson: pathlib.Path, folder: pathlib.Path, people: int | None = None) -> pathlib.Path:
    """Runs the scenarios of a lesson and draws its picture; returns where that is."""
    folder.mkdir(parents=True, exist_ok=True)
    runs = []
    for scenario in sorted(lesson.glob("*.yaml"), key=lambda path: path.stem != "scenario"):
        output = folder / (f"{lesson.name}.h5" if scenario.stem == "scenario" else f"{lesson.name}_{scenario.stem}.h5")
        output.unlink(missing_ok=True)
        sarx.run(scenario, output, people=people)
        runs.append(Run.of(output))
    with style.look():
        figure = PICTURES[lesson.name[0]](*runs)
    picture = folder / f"{lesson.name}.png"
    figure.savefig(picture)
    return picture


def order(run: Run) -> Figure:
    """Measures in percent of their youth, on one axis; a dot where a tenth is gone."""
    figure = Figure(figsize=(9.4, 4.6))
    panels = figure.subplots(1, 2, sharey=True)
    figure.subplots_adjust(left=0.07, right=0.8, top=0.8, bottom=0.2, wspace=0.06)
    axis = run.age_axis(run.summary)
    ages = axis.values
    for axes, sex in zip(panels, ("female", "male")):
        ends = []
        for shade, name in zip(style.ARM_COLOURS, IN_PERCENT):
            course = run.series("summary", f"{name}_p50", run.arms[0], sex, MUSCLE)
            percent = 100.0 * course / np.nanmean(course[ages <= ages[0] + YOUTH_YEARS])
            axes.plot(ages, percent, color=shade)
            gone = departure_age(ages, percent)
            if gone:
                axes.plot(gone.age, gone.value, "o", color=shade, markeredgecolor="white", zorder=4)
            words = spoken(name.rsplit("_", 1)[0] if name.endswith(("_W", "_Nm", "_kg")) else name)
            ends.append(style.EndLabel(f"{words}: {gone.age:.0f}" if gone else words, style.last_known(percent), shade))
        axes.axhline(90.0, color="#888888", linewidth=0.8)
        axes.set_title(SEX_WORDS[sex], loc="left")
        axes.set_xlabel(axis.title)
        if sex == "male":
            style.end_labels(axes, ends)
    panels[0].set_ylabel("percent of youth (20 to 25)")
    style.title(figure, "What is lost before the grip is",
                "medians of those alive; vastus lateralis where a muscle has the measure")
    style.caption(figure, run, "Dots: where a tenth of youth is gone for good; the numbers beside the names are that "
                               "age in men.")
    return figure


def levels(run: Run) -> Figure:
    """Effects at 75 on each level, in standard deviations between people of a sex, right is better."""
    known = run.variables(run.effects, "mean")
    names = [name for name in LEVELS if name in known]
    table = sarx.compare(run, at=[75], variables=names, muscles=[MUSCLE])
    figure = Figure(figsize=(8.4, 5.2))
    axes = figure.subplots()
    figure.subplots_adjust(left=0.33, right=0.97, top=0.84, bottom=0.2)
    arms = run.arms[1:]
    for place, arm in enumerate(arms):
        mine = table[table.arm == arm].set_index("variable").loc[names]
        scale = (mine.glass_delta / mine.effect).where(mine.effect != 0)
        ends = np.abs([(mine.effect - mine.lower) * scale, (mine.upper - mine.effect) * scale])
        height = np.arange(len(names)) + 0.22 * (place - (len(arms) - 1) / 2)
        axes.errorbar(mine.glass_delta, height, xerr=np.nan_to_num(ends), fmt="o", markersize=4.5,
                      color=style.colour(run, arm),
                      label=spoken(arm))
    axes.axvline(0.0, color="#888888", linewidth=0.8)
    axes.set_yticks(range(len(names)), [meaning(name, run.attributes(name)) for name in names])
    axes.invert_yaxis()
    axes.set_xlabel("effect at 75 (standard deviations between people of a sex)")
    axes.legend(frameon=False, loc="lower right")
    style.title(figure, "Which level of the cascade each way of moving reaches",
                "women and men; the same people in every arm")
    style.caption(figure, run, "Mean paired differences among those alive in both arms; lines are 95 % intervals "
                               "(Monte Carlo).")
    return figure


def crisis(run: Run) -> Figure:
    """Torque against the same person who stayed well."""
    return sarx.plot.effect(run, "knee_extension_torque_Nm")


def rivals(nerve: Run, muscle: Run) -> Figure:
    """Both models: the undisturbed course, and what each disturbance changes."""
    arms = nerve.arms[1:]
    figure = Figure(figsize=(3.0 * (1 + len(arms)) + 1.2, 1.75 * len(TOLD_APART) + 1.4))
    panels = figure.subplots(len(TOLD_APART), 1 + len(arms), sharex=True)
    height = figure.get_figheight()
    figure.subplots_adjust(left=0.06, right=0.98, top=1 - 1.1 / height, bottom=0.85 / height, hspace=0.45, wspace=0.3)
    axis = nerve.age_axis(nerve.by_time)
    ages = axis.values
    models = ((nerve, "nerve first", "#0072B2", "-"), (muscle, "muscle first", "#D55E00", "--"))
    for row, name in enumerate(TOLD_APART):
        for run, words, shade, dash in models:
            course = run.series("summary", f"{name}_mean", run.arms[0], "all", MUSCLE)
            panels[row, 0].plot(ages, course / course[0], color=shade, linestyle=dash, label=words)
            for column, arm in enumerate(arms, 1):
                mean, lower, upper = (run.series("effects", f"{name}_{statistic}", arm, "all", MUSCLE) / course
                                      for statistic in ("mean", "lower", "upper"))
                panels[row, column].fill_between(ages, 100 * lower, 100 * upper, color=shade, alpha=0.2, linewidth=0)
                panels[row, column].plot(ages, 100 * mean, color=shade, linestyle=dash)
        words = "\n".join(textwrap.wrap(meaning(name, nerve.attributes(name)), 30))
        panels[row, 0].set_title(words, loc="left", fontweight="bold")
        panels[row, 0].set_ylabel("over that at 50")
        panels[row, 1].set_ylabel("difference (%)")
    for column, arm in enumerate(arms, 1):
        panels[0, column].set_title(spoken(arm), loc="left")
    for axes in panels[-1]:
        axes.set_xlabel(axis.title)
    panels[0, 0].legend(frameon=False)
    style.title(figure, "Nerve first or muscle first: the same stages coupled in another way, and disturbed")
    style.caption(figure, nerve, "Left: means of the undisturbed arm, over their start. Others: mean paired "
                                 "difference in percent of that arm, with 95 % intervals (Monte Carlo). Vastus "
                                 "lateralis where a muscle has the measure.")
    return figure


PICTURES = {"1": sarx.plot.cascade, "2": order, "3": levels, "4": crisis, "5": rivals}

if __name__ == "__main__":
    sys.exit(main())
