"""How often 95 % intervals hold the truth: many draws of 200 people from a real run, and of 120 of them recorded.

People are independent of each other, so that 200 of a large run are a run of 200, and what all of that run have is the
truth. SARX_LONG_TESTS=1 draws 2,000 times from four times as many.
"""

import pathlib
import sys

import numpy as np
import pytest

from conftest import LONG, Place

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "analysis"))
sarx = pytest.importorskip("sarx")
from sarx.estimating.answering import KINDS  # noqa: E402
from sarx.estimating.comparison import EVERYONE, Comparison, Group  # noqa: E402
from sarx.estimating.estimates import Kind, mean_difference, rate_ratio, risk_ratio  # noqa: E402
from sarx.estimating.intervals import TOO_FEW  # noqa: E402
from sarx.estimating.outcomes import Counted, outcomes_of  # noqa: E402
from sarx.estimating.people import people_of  # noqa: E402
from sarx.estimating.sums import PairedSums, Twins  # noqa: E402
from sarx.estimating.window import Window  # noqa: E402
from sarx.reading import Run  # noqa: E402

DRAWS, PEOPLE, RECORDED = (2000 if LONG else 400), 200, 120
LOWEST, HIGHEST = (0.935, 0.965) if LONG else (0.917, 0.983)
MOST_WITHOUT = 0.5
"""Share of draws without an interval from which on a table says *too few differ* rather than anything."""

FEW = 30.0
"""People who differ below which discrete counts and unknown tails make intervals cover more than they say."""

EFFECTS = ("grip_strength_kg", "gait_speed_m_per_s", "knee_extension_torque_Nm", "mitochondrial_capacity",
           "appendicular_lean_mass_kg", "er_mitochondria_contact", "chair_rise_s")
HEAVY = ("chair_rise_s",)
"""A few people become unable and jump by 40 s: no 200 people tell how heavy that tail is."""

SCENARIO = """sarx: 1
seed: 20260101
population: {people: %d, start_age: 70 years, end_age: 76 years}
clock: {step: 1 month, record_every: 6 years}
model: {muscles: [forearm_flexors, vastus_lateralis]}
interventions: {lift: {kind: resistance_training, dose: {sessions_per_week: 3, intensity_fraction: 0.75}}}
arms:
  usual_life: []
  lifting: [{give: lift, reach: {coverage: 0.5, adherence: {mean: 0.7, sd: 0.2}, dropout_per_year: 0.05}}]
record: {people: all, variables: [alive, sarcopenia_ewgsop2, disability, %s]}
"""


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    """A large run, everybody recorded."""
    place = Place(tmp_path_factory.mktemp("coverage"))
    (place.folder / "trial.yaml").write_text(SCENARIO % (80_000 if LONG else 20_000, ", ".join(EFFECTS)))
    place.sarx("run", "trial.yaml", "-o", "trial.h5", "--quiet")
    return Run(place.folder / "trial.h5")


def contributions(run):
    """By name what each person has in both arms, and what differs between them."""
    people = people_of(run)
    everyone = Comparison(run.arms[1], run.arms[0], EVERYONE, Window(), Group())
    for outcome in outcomes_of(run):
        twins = people.counting(outcome, everyone).twins
        yield outcome.name, KINDS[outcome.counted], twins
        if outcome.counted is Counted.EVER:
            yield f"{outcome.name} risk", Kind.YES_OR_NO, twins
    for name in EFFECTS:
        base, arm = (run.people_courses(name, one)[:, -1].astype(float) for one in run.arms)
        yield name, Kind.VALUE, Twins.with_values(arm, base)


def estimates_of(name, kind, sums):
    """The estimates that tables tell of these sums, by name."""
    if kind in (Kind.YEARS, Kind.VALUE):
        return {name: mean_difference(sums.gained, kind)}
    if name.endswith(" risk"):
        sums = sums.of_those_at_risk
        return {name: mean_difference(sums.averted, kind), f"{name} ratio": risk_ratio(sums, kind)}
    return {name: mean_difference(sums.averted, kind), f"{name} ratio": rate_ratio(sums, kind)}


@pytest.fixture(scope="module")
def coverage(trial):
    """By estimate and people in a draw: share without an interval, coverage of the others, people who differ, width."""
    luck = np.random.default_rng(20260101)
    drawn = luck.integers(0, people_of(trial).count, (DRAWS, PEOPLE))
    found = {}
    for name, kind, twins in contributions(trial):
        alive = np.isfinite(twins.years) & np.isfinite(twins.reference_years)
        truth = estimates_of(name, kind, PairedSums.of_people(twins.of(alive), np.ones(alive.sum())))
        for count in (PEOPLE, RECORDED):
            draws = []
            for who in drawn[:, :count]:
                who = who[alive[who]]
                sums = PairedSums.of_people(twins.of(who), np.ones(len(who)))
                differ = (sums.gained if kind in (Kind.YEARS, Kind.VALUE) else sums.averted).differ
                draws.append((differ, estimates_of(name, kind, sums)))
            for one, true in truth.items():
                told = [(differ, of[one]) for differ, of in draws if of[one].interval.is_known]
                assert all(of[one].interval.is_known or of[one].method == TOO_FEW for _, of in draws)
                found[one, count] = (
                    1.0 - len(told) / DRAWS,
                    np.mean([of.lower <= true.value <= of.upper for _, of in told]) if told else np.nan,
                    np.mean([differ for differ, _ in draws]),
                    np.median([of.upper - of.lower for _, of in told]) if told else np.nan)
    with open(trial.path.parent / "coverage.txt", "w") as file:
        for (one, count), (without, covered, differ, width) in found.items():
            print(f"{one:36s} {count:4d} people: without {without:.2f}, covered {covered:.3f}, differ {differ:6.1f}, "
                  f"width {width:.4g}", file=file)
    print((trial.path.parent / "coverage.txt").read_text())
    return found


def test_intervals_hold_the_truth_as_often_as_they_say(coverage):
    wrong = []
    for (name, count), (without, covered, differ, _) in coverage.items():
        if without > MOST_WITHOUT or name in HEAVY:
            continue
        if not LOWEST <= covered <= (1.0 if differ < FEW else HIGHEST):
            wrong.append(f"{name}, {count} people: {covered:.3f}, {differ:.1f} differ")
    assert not wrong, "\n".join(wrong)


def test_where_most_draws_tell_nothing_few_tell_something_wrong(coverage):
    for (name, count), (without, covered, _, _) in coverage.items():
        if without > MOST_WITHOUT and without < 1.0:
            assert (1.0 - without) * (1.0 - covered) < 0.05, (name, count)


def test_a_measure_of_which_few_have_nearly_all_the_effect_says_that_too_few_differ(coverage):
    assert coverage["er_mitochondria_contact", PEOPLE][0] > 0.9


def test_the_known_exception_is_no_worse_than_it_is_said_to_be(coverage):
    for name in HEAVY:
        assert coverage[name, PEOPLE][1] > 0.85


def test_rare_differences_have_intervals_wherever_anybody_differs(coverage):
    for name in ("death", "fracture", "chronic_disease risk"):
        without, covered, differ, _ = coverage[name, PEOPLE]
        assert without < 0.8 and covered > 0.95 and differ < 3.0, name


def test_intervals_are_no_wider_than_they_must_be(coverage, trial):
    """Where thirty or more differ, at most a fifth wider than twice the true standard error."""
    for name, kind, twins in contributions(trial):
        if kind not in (Kind.YEARS, Kind.VALUE, Kind.COUNT) or name in HEAVY:
            continue
        difference = (twins.reference_events - twins.events if kind is Kind.COUNT
                      else twins.years - twins.reference_years)
        error = np.nanstd(difference) / np.sqrt(np.isfinite(difference).mean() * PEOPLE)
        without, _, differ, width = coverage[name, PEOPLE]
        if differ > 30.0 and without == 0.0:
            assert width < 1.2 * 2.0 * 1.97 * error, name
