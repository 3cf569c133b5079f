"""What stands above the pictures of a page."""

from __future__ import annotations

from typing import NamedTuple

from ..estimating.departing import WHY_TWO
from ..telling.tables import INTERVALS


class Chart(NamedTuple):
    """The heading of a section, and what its pictures show."""

    title: str
    words: str
    """With places in braces for what only the run tells."""


CHARTS = {
    "cascade": Chart("The cascade", (
        "From cells to diagnosis, in the order of the model. Lines are medians of those alive; the band is the middle half "
        "of people in the reference arm, and in the others where at most three arms are shown. The diagnosis is the share of "
        "person-time with it. Women and men are best read apart: where the two differ much, a median of both may jump from "
        "one to the other.")),
    "timeline": Chart("What moves first", (
        "At what age the mean of those alive has left youth, told in two ways, and how long before or after the grip. A "
        "tenth off youth: for good (sarcopenia, disability: a tenth have it). A quarter of its own way: from youth to "
        "{way_ends}. ") + WHY_TWO),
    "forest": Chart("Effects", (
        "What an arm does to the same people: mean paired difference from the reference, in units of the spread between "
        "people of a sex (Glass's delta; women's and men's averaged), so that levels can be set side by side. Right is "
        "better where better is known. ") + INTERVALS),
    "explore": Chart("One variable", (
        "Any recorded variable: its course, and the paired difference from the reference with its 95 % interval (Monte "
        "Carlo).")),
    "survival": Chart("Survival and healthy years", (
        "Share of everyone who began that is alive, and that is alive and free of sarcopenia or disability. Nobody is "
        "selected by survival here.")),
    "years": Chart("Years gained", (
        "Years for each person, the dead included, against the same people in the reference arm, from the first offer (never "
        "offered: the run's start) to the end of follow-up. Lines are 95 % intervals (Monte Carlo); where there is none too "
        "few people differ.")),
    "events": Chart("Events", (
        "Rate over that of the same people in the reference arm, from the first offer (never offered: the run's start), "
        "everyone counted until death; of once-only events the first ever, in those at risk. The axis is logarithmic. Lines "
        "are 95 % intervals (Monte Carlo); where there is none too few people differ.")),
    "flow": Chart("Who got what", (
        "The flow of people through each delivery. Counts add up to the end of the run; those who adhere are counted ten "
        "years after the first was reached, when those who have died are no longer among them, or in a shorter run when most "
        "of them took part.")),
    "groups": Chart("Who gains", (
        "The effect within four equal parts of the recorded people by what they were born or live with, cut within each sex "
        "and ten years of age; in brackets how many pairs. Dots are mean paired differences, lines 95 % intervals (Monte "
        "Carlo); the vertical line is the effect on everyone. {contrasts} contrasts of a highest against a lowest part lie "
        "in these pictures: one in twenty is beyond chance where there is nothing.")),
    "lives": Chart("Single lives", (
        "Five people, from weak to strong for their sex, each followed through all stages in every arm: what is the same is "
        "luck. A course ends with death.")),
    "units": Chart("Motor units", (
        "Each bar is a motor unit of one person's muscle, in the order of recruitment. Pale: its fibres in youth. Solid: its "
        "fibres now. Where only the pale bar is left the unit is lost; a solid bar that stands above its pale one has "
        "adopted orphaned fibres.")),
}

ONE_ARM_EXPLORED = Chart("One variable", "Any recorded variable: median and middle half of people.")
