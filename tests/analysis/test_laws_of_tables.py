"""Laws that every table of comparisons obeys: mirrors, weights, cuts, sources, names, and what it says it estimates."""

from __future__ import annotations

import functools

import made_up_run
import numpy as np
import pandas as pd
import pytest
import sarx
from sarx.comparing.estimand import Estimand
from sarx.estimating.grouping import groups_of
from sarx.reading import Run

TABLES = {
    "effects": (sarx.compare, ["effect", "lower", "upper", "sd", "glass_delta", "n_both_alive"],
                {"at": [80], "variables": ["grip_strength_kg", "motor_unit_count"], "muscles": "vastus_lateralis"}),
    "events": (sarx.compare_events, ["events", "person_years", "rate_ratio", "lower", "upper", "averted_per_1000_people",
                                     "averted_lower", "averted_upper", "n"], {}),
    "risks": (sarx.compare_risks, ["risk", "reference_risk", "risk_averted", "lower", "upper", "n"], {}),
    "years": (sarx.compare_years, ["years_per_person", "gained_years", "lower", "upper", "n"], {}),
    "prevalence": (sarx.compare_prevalence, ["share", "reference_share", "difference", "lower", "upper", "n"], {"at": [85]}),
    "composite": (sarx.compare_composite, ["lives_longer", "better", "worse", "net_benefit", "lower", "upper", "win_ratio",
                                           "ratio_lower", "n"], {}),
}
ALL = pytest.mark.parametrize("name", list(TABLES))


@pytest.fixture(scope="module")
def from_people(tmp_path_factory):
    """The made-up run without sums over everyone."""
    return made_up_run.write(tmp_path_factory.mktemp("run") / "people.h5", everyone=False)


@pytest.fixture(scope="module")
def partly(tmp_path_factory):
    """The same 80 people, 30 of them recorded."""
    return made_up_run.write(tmp_path_factory.mktemp("run") / "partly.h5", recorded=30)


@pytest.fixture(scope="module")
def weighted(tmp_path_factory):
    """With unequal weights."""
    weight = np.where(np.arange(80) % 4 == 0, 5.0, 1.0)
    return made_up_run.write(tmp_path_factory.mktemp("run") / "weighted.h5", weight=weight)


@functools.lru_cache(maxsize=8)
def opened(path):
    """A file, opened once for all its laws."""
    return Run(path)


def close(a: pd.DataFrame, b: pd.DataFrame, columns: list[str], rtol: float = 1e-5) -> None:
    """Same numbers in these columns."""
    for column in columns:
        np.testing.assert_allclose(a[column].to_numpy(float), b[column].to_numpy(float), rtol=rtol, atol=1e-9,
                                   err_msg=column)


@ALL
def test_an_arm_that_does_nothing_differs_in_nothing(made_up, name):
    table, columns, settings = TABLES[name]
    found = table(opened(made_up.path), arms=["nothing"], population="everyone", **settings)
    effect = columns[0] if name == "effects" else {"events": "averted_per_1000_people", "risks": "risk_averted", "years":
                                                   "gained_years", "prevalence": "difference", "composite": "net_benefit"}[name]
    assert len(found) and (found[effect] == 0).all()
    assert found["lower"].isna().all() and (found.interval == "too few differ").all()


@ALL
def test_everyone_recorded_and_the_sums_over_everyone_agree(made_up, from_people, name):
    """One estimator: the same people, once from the file's sums and once person by person."""
    table, columns, settings = TABLES[name]
    if name == "composite":
        return  # is always told person by person
    for more in ({}, {"by": "sex"}, {"since": "start", "population": "everyone"}):
        if name in ("effects", "prevalence") and "since" in more:
            continue  # these look at records
        stored = table(opened(made_up.path), **settings, **more)
        recorded = table(opened(from_people.path), **settings, **more) if name not in ("effects",) else table(
            opened(made_up.path), among="age_years > 0", **settings, **more)
        assert set(stored.of) == {"everyone"} and set(recorded.of) == {"recorded people"}
        keys = [key for key in ("arm", "population", "sex", "event", "measure", "variable", "muscle", "class") if key in stored]
        close(stored.sort_values(keys), recorded.sort_values(keys), columns)
        assert list(stored.sort_values(keys).interval) == list(recorded.sort_values(keys).interval)


@ALL
def test_where_a_part_is_recorded_everyone_is_told_of_everyone_and_the_part_of_the_part(made_up, partly, name):
    """The sums over everyone do not look at who was recorded; recorded people answer for themselves, and say so."""
    table, columns, settings = TABLES[name]
    where = {"arms": "power", "population": "everyone", **settings}
    if name != "composite":
        whole = table(opened(partly.path), **where)
        assert set(whole.of) == {"everyone"}
        close(whole, table(opened(made_up.path), **where), columns)
    part = table(opened(partly.path), among="age_years > 0", **where)
    assert set(part.of) == {"recorded people"}
    with sarx.open(made_up.path) as people:
        close(part, table(people.isel(person=slice(0, 30)), **where), columns)


def test_a_part_recorded_has_wider_intervals(made_up, partly):
    where = {"arms": "power", "population": "everyone"}
    for table in (sarx.compare_events, sarx.compare_risks, sarx.compare_years):
        lower, upper = ("averted_lower", "averted_upper") if table is sarx.compare_events else ("lower", "upper")
        widths = [found[upper] - found[lower] for found in (
            table(opened(partly.path), **where), table(opened(partly.path), among="age_years > 0", **where))]
        known = widths[0].notna() & widths[1].notna()
        assert known.any() and (widths[1][known] > widths[0][known]).all()


@ALL
def test_a_horizon_of_the_file_and_of_people_agree(made_up, from_people, name):
    table, columns, _ = TABLES[name]
    if name in ("effects", "prevalence", "composite"):
        return
    for more in ({"within": 20}, {"at": [80]}):
        close(table(opened(made_up.path), **more), table(opened(from_people.path), **more), columns)


@ALL
def test_to_an_age_who_was_never_offered_anything_counts_to_that_age_too(made_up, tmp_path, name):
    """Their clocks begin at the start, so that the sums so long after each one's zero end at another age."""
    table, columns, _ = TABLES[name]
    if name in ("effects", "prevalence", "composite"):
        return
    import h5py
    path = tmp_path / "never.h5"
    path.write_bytes(made_up.path.read_bytes())
    with h5py.File(path, "a") as file:
        place = [text.decode() for text in file["effects/arm"][()]].index("power")
        offers = file["effects/first_offer_years"][place]
        offers[3::4] = np.nan
        file["effects/first_offer_years"][place] = offers
    where = {"arms": "power", "population": "everyone", "at": [80]}
    found = table(path, **where)
    assert set(found.of) == {"recorded people"}
    close(found, table(path, among="age_years > 0", **where), columns)


@ALL
def test_populations_of_the_file_and_of_people_agree(made_up, from_people, name):
    table, columns, _ = TABLES[name]
    if name in ("effects", "prevalence", "composite"):
        return
    sizes = []
    for population, within in (("reached", None), ("reached", 10), ("per_protocol", 10), ("per_protocol", None)):
        where = {"population": population, "within": within, "arms": "power"}
        stored = table(opened(made_up.path), **where)
        close(stored, table(opened(from_people.path), **where), columns)
        sizes.append(stored["n"].max())
    kept = made_up.lives.protocol[1]
    assert sizes == [53, 53, (kept >= 50.0).sum(), np.isposinf(kept).sum()]


@pytest.fixture(scope="module")
def alike(tmp_path_factory):
    """With equal weights."""
    return made_up_run.write(tmp_path_factory.mktemp("run") / "alike.h5", weight=np.full(80, 3.0))


@ALL
def test_all_weights_equal_is_no_weights(made_up, alike, name):
    table, columns, settings = TABLES[name]
    tripled = {"events", "person_years"}  # totals are of the weighted people
    unchanged = [column for column in columns if column not in tripled]
    for more in ({}, {"by": "sex", "among": "age_years > 0"}):
        close(table(opened(made_up.path), **settings, **more), table(opened(alike.path), **settings, **more), unchanged)


@ALL
def test_weights_count(made_up, weighted, name):
    """A person of weight five is five people: another estimate, from the sums over everyone as from the people."""
    table, columns, settings = TABLES[name]
    value = {"effects": "effect", "events": "averted_per_1000_people", "risks": "risk_averted", "years": "gained_years",
             "prevalence": "difference", "composite": "net_benefit"}[name]
    where = {"arms": "power", "population": "everyone", **settings}
    person_by_person = table(opened(weighted.path), among="age_years > 0", **where)
    assert not np.allclose(person_by_person[value], table(opened(made_up.path), **where)[value], rtol=1e-6)
    if name not in ("effects", "composite"):  # made-up effects of everyone are not weighted
        close(table(opened(weighted.path), **where), person_by_person, columns)


@ALL
def test_weights_give_the_estimate_of_people_written_so_often(weighted, made_up, name):
    """The value with weights of one and five is that of the weighted mean over people, reckoned by hand."""
    if name != "years":
        return
    found = sarx.compare_years(opened(weighted.path), arms="power", population="everyone")
    lived = found[found.measure == "years_lived"].iloc[0]
    lives, w = weighted.lives, weighted.weight
    end = np.array([[min(lives.death(arm, p), 70.0) - 40.0 for p in range(80)] for arm in (0, 1)])
    assert lived.gained_years == pytest.approx((w @ (end[1] - end[0])) / w.sum(), rel=1e-6)


@ALL
@pytest.mark.parametrize("which", ["made_up", "weighted"])
def test_one_arm_against_another_mirrors_the_other_against_the_one(request, which, name):
    run = request.getfixturevalue(which)
    table, _, settings = TABLES[name]
    pairs = {"effects": [("effect", "effect", -1, "lower", "upper")],
             "events": [("averted_per_1000_people", "averted_per_1000_people", -1, "averted_lower", "averted_upper"),
                        ("events", "reference_events", 1, None, None)],
             "risks": [("risk_averted", "risk_averted", -1, "lower", "upper"), ("risk", "reference_risk", 1, None, None)],
             "years": [("gained_years", "gained_years", -1, "lower", "upper"),
                       ("years_per_person", "reference_years_per_person", 1, None, None)],
             "prevalence": [("difference", "difference", -1, "lower", "upper"), ("share", "reference_share", 1, None, None)],
             "composite": [("net_benefit", "net_benefit", -1, "lower", "upper"),
                           ("lives_longer", "lives_shorter", 1, None, None), ("better", "worse", 1, None, None)]}
    there = table(opened(run.path), arms="power", reference="usual_life", among="age_years > 0", **settings)
    back = table(opened(run.path), arms="usual_life", reference="power", **settings)
    assert set(there.reference) == {"usual_life"} and set(back.reference) == {"power"} and len(there) == len(back)
    for one, other, sign, lower, upper in pairs[name]:
        np.testing.assert_allclose(there[one].to_numpy(float), sign * back[other].to_numpy(float), rtol=1e-6, atol=1e-9)
        if lower:
            np.testing.assert_allclose(there[lower].to_numpy(float), -back[upper].to_numpy(float), rtol=1e-6, atol=1e-9)


@ALL
def test_two_treated_arms_mirror_too(made_up, name):
    table, columns, settings = TABLES[name]
    there = table(opened(made_up.path), arms="power", reference="nothing", population="everyone", **settings)
    back = table(opened(made_up.path), arms="nothing", reference="power", population="everyone", **settings)
    value = {"effects": "effect", "events": "averted_per_1000_people", "risks": "risk_averted", "years": "gained_years",
             "prevalence": "difference", "composite": "net_benefit"}[name]
    np.testing.assert_allclose(there[value], -back[value], atol=1e-9)


@ALL
@pytest.mark.parametrize("way", ["isel", "where", "drop"])
def test_people_cut_from_a_dataset_are_the_people_answered_for(made_up, name, way):
    table, columns, settings = TABLES[name]
    with sarx.open(made_up.path) as people:
        few = {"isel": lambda: people.isel(person=slice(0, 30)), "where": lambda: people.where(people.person < 30),
               "drop": lambda: people.where(people.person < 30, drop=True)}[way]()
        found = table(few, arms="power", population="everyone", **settings)
    whole = table(opened(made_up.path), arms="power", population="everyone", **settings)
    assert set(found.of) == {"recorded people"}
    counted = "n_both_alive" if name == "effects" else "n"
    assert found[counted].max() <= 30 < whole[counted].max()


def test_a_person_cut_by_a_condition_is_the_person_among_whom_it_holds(made_up):
    with sarx.open(made_up.path) as people:
        women = people.sel(person=people.person[people.female.values == 1])
        for name, (table, columns, settings) in TABLES.items():
            found, same = (table(source, arms="power", population="everyone", **settings, **more)
                           for source, more in ((women, {}), (opened(made_up.path), {"among": "sex == female"})))
            close(found, same, columns)


@ALL
def test_arms_cut_from_a_dataset_are_gone(made_up, name):
    table, columns, settings = TABLES[name]
    with sarx.open(made_up.path) as people:
        found = table(people.sel(arm=["usual_life", "nothing"]), **settings)
        assert set(found.arm) == {"nothing"}
        with pytest.raises(sarx.SarxError, match="no arm 'power'"):
            table(people.sel(arm=["usual_life", "nothing"]), arms="power", **settings)
        rest = table(people.isel(arm=[1, 2]), population="everyone", **settings)
        assert set(rest.reference) == {"power"}


def test_times_cut_from_a_dataset_bound_what_is_counted(made_up):
    with sarx.open(made_up.path) as people:
        early = people.sel(time_years=slice(0, 52))
        falls = sarx.compare_events(early, population="everyone", arms="power")
        assert falls[falls.event == "fall"].reference_events.item() == 80  # that at 50, not that at 55
        with pytest.raises(sarx.SarxError, match="one record"):
            sarx.compare_years(people.isel(time_years=[50]))
        with pytest.raises(sarx.SarxError, match="were cut"):
            sarx.compare_years(early, within=10)
        at_70 = sarx.compare(people.isel(time_years=[50]), arms="power")
        assert set(at_70.age_years) == {70.0}
        with pytest.raises(sarx.SarxError):
            sarx.compare(early, at=[80])


@pytest.mark.parametrize("shown", [
    sarx.plot.cascade, lambda source: sarx.plot.effect(source, "grip_strength_kg"), sarx.plot.flow, sarx.plot.person,
    sarx.plot.motor_units, lambda source: sarx.report(source, "never.html"), lambda source: sarx.export_csv(source, "never")])
def test_what_shows_the_whole_file_refuses_a_part_of_it(made_up, shown, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with sarx.open(made_up.path) as people, pytest.raises(sarx.SarxError, match="is a part of run.h5"):
        shown(people.isel(person=slice(0, 10)))
    assert not list(tmp_path.iterdir())


def test_a_group_of_the_file_is_not_its_trajectories(made_up):
    with sarx.open(made_up.path, "summary") as summary, pytest.raises(sarx.SarxError, match="the group 'summary'"):
        sarx.compare(summary)
    with sarx.open(made_up.path) as people, pytest.raises(sarx.SarxError, match="lost the axis 'person'"):
        sarx.compare(people.mean("person", keep_attrs=True).assign_attrs(people.attrs))


@ALL
@pytest.mark.parametrize(("settings", "sentence"), [
    ({"arms": "powr"}, "no arm 'powr'; did you mean 'power'"),
    ({"arms": ["power", "nothin"]}, "did you mean 'nothing'"),
    ({"arms": "pow"}, "no arm 'pow'"),
    ({"reference": "usual_live"}, "did you mean 'usual_life'"),
    ({"arms": "usual_life"}, "'usual_life' is the reference: name another arm to compare with it"),
    ({"by": "femal"}, "did you mean 'female'"),
    ({"by": "motor_unit_count:4"}, "is of muscles: say of which, as in motor_unit_count.forearm_flexors"),
    ({"by": "grip_strength_kg:1"}, "not a number of parts"),
    ({"among": "grip_strenght_kg < 20"}, "did you mean 'grip_strength_kg'"),
    ({"among": "grip_strength_kg"}, "is not a condition"),
    ({"among": "grip_strength_kg < -5"}, "holds for none of the 80 recorded people"),
    ({"among": ""}, "is not an expression"),
    ({"since": "offer"}, "no beginning 'offer'"),
    ({"since": -1.0}, "from 0 to below 70"),
    ({"since": 70.0}, "from 0 to below 70"),
    ({"within": 0.0}, "a number of years above 0"),
    ({"within": float("nan")}, "a number of years above 0"),
    ({"at": [float("nan")]}, "age nan is not in this run"),
    ({"at": []}, "--at names no age: give one or more from 20 to 90"),
    ({"at": [120]}, "age 120 is not in this run, which goes from 20 to 90"),
    ({"population": "reachd"}, "did you mean 'reached'"),
    ({"population": []}, "no population is named"),
    ({"arms": []}, "no arm is named"),
    ({"among": "sex == femal"}, "sex is compared with female or male"),
    ({"within": 31.0, "arms": "power"}, "nobody is followed so long from there on, at most 30 years"),
    ({"within": 80.0, "since": "start"}, "at most 70 years"),
])
def test_what_is_not_there_is_refused_by_every_table(made_up, name, settings, sentence):
    table, _, _ = TABLES[name]
    with pytest.raises(sarx.SarxError, match=sentence):
        table(opened(made_up.path), **settings)


@ALL
def test_within_and_at_are_not_both(made_up, name):
    table, _, _ = TABLES[name]
    if name in ("effects", "prevalence"):
        return  # there `within` is when the value is read
    with pytest.raises(sarx.SarxError, match="both say until when"):
        table(opened(made_up.path), within=3, at=[70])


@ALL
def test_every_table_names_its_estimand(made_up, name):
    table, _, settings = TABLES[name]
    told = table(opened(made_up.path), among="sex == female", **settings).attrs["estimand"]
    for part in Estimand.__dataclass_fields__:
        assert told[part], part
    assert "sex == female" in told["population"] and told["in_words"].startswith("Estimand: ")


@ALL
def test_rows_say_who_answers(made_up, name):
    table, _, settings = TABLES[name]
    found = table(opened(made_up.path), by="sex", among="sex == female", **settings)
    men = found[found.sex == "male"]
    assert set(found.of) == {"recorded people"}
    assert (men["n_both_alive" if name == "effects" else "n"] == 0).all()


def test_the_horizon_moves_what_is_counted(made_up):
    falls = [sarx.compare_events(opened(made_up.path), arms="power", population="everyone", within=years).set_index("event")
             .loc["fall"] for years in (9, 10, 16)]
    assert [fall.reference_events for fall in falls][:2] == [0, 80]  # all fall at 70, ten years after the offer
    assert falls[2].reference_events > 80
    starts = sarx.compare_events(opened(made_up.path), arms="power", population="everyone", since=45.0, within=6)
    assert starts.set_index("event").loc["fall"].reference_events == 80


def test_the_number_needed_to_treat_is_of_those_reached_and_of_a_first_event(made_up):
    risks = sarx.compare_risks(opened(made_up.path), arms="power")
    assert risks[risks.population == "everyone"].number_needed_to_treat.isna().all()
    reached = risks[(risks.population == "reached") & (risks.event == "death")].iloc[0]
    lives = made_up.lives
    who = np.flatnonzero(np.isfinite(lives.reach[1]))
    averted = np.mean([np.isfinite(lives.death(0, p)) - float(np.isfinite(lives.death(1, p))) for p in who])
    assert reached.number_needed_to_treat == pytest.approx(1 / averted)
    assert reached.needed_lower < 1 / averted < reached.needed_upper
    assert "number_needed_to_treat" not in sarx.compare_events(opened(made_up.path))


def test_recurrent_events_are_averted_by_years_of_those_reached(made_up):
    events = sarx.compare_events(opened(made_up.path), arms="power").set_index(["population", "event"])
    falls = events.loc[("reached", "fall")]
    assert falls.averted_per_100_treated_years == pytest.approx(
        100 * (falls.reference_events - falls.events) / falls.person_years)
    assert falls.treated_lower < falls.averted_per_100_treated_years < falls.treated_upper
    assert np.isnan(events.loc[("everyone", "fall")].averted_per_100_treated_years)
    assert np.isnan(events.loc[("reached", "death")].averted_per_100_treated_years)


def test_effects_so_long_after_the_offer_are_of_each_ones_own_record(made_up):
    found = sarx.compare(opened(made_up.path), arms="power", variables="grip_strength_kg", within=20)
    same = sarx.compare(opened(made_up.path), arms="power", variables="grip_strength_kg", at=[80], among="age_years > 0")
    assert found.effect.item() == pytest.approx(same.effect.item())  # everyone was offered it at 60
    assert found.age_years.isna().all() and found.horizon.item() == "20 years after"


def test_who_leaves_follow_up_after_the_horizon_is_not_dead_there(made_up, tmp_path):
    """The nearest record is one in follow-up: of the years after it nothing is known but that they were not followed."""
    import h5py
    path = tmp_path / "left.h5"
    path.write_bytes(made_up.path.read_bytes())
    with h5py.File(path, "a") as file:
        for name in ("disability", "grip_strength_kg"):
            file[name][:, :, 50:] = 255 if file[name].dtype == np.uint8 else np.nan
        file["follow_up_years"][...] = 49.7
    where = {"arms": "power", "population": "everyone", "since": "start", "within": 49.6}
    found = sarx.compare_prevalence(path, variables="disability", **where)
    dead = found[found["class"] == "dead"].iloc[0]
    assert dead.n == 0 or dead.reference_share == 0.0
    where["within"] = 49.4
    found = sarx.compare_prevalence(path, variables="disability", **where)
    dead = found[found["class"] == "dead"].iloc[0]
    assert dead.n == 80 and dead.reference_share == 0.0  # nobody dies before 70 years of age
    assert sarx.compare(path, variables="grip_strength_kg", **where).n_both_alive.item() == 80


def test_benefit_is_told_only_by_a_worthwhile_difference(made_up):
    table = sarx.compare(opened(made_up.path), arms="power", at=[80], muscles="vastus_lateralis")
    told = table[table.benefit_fraction.notna()]
    assert set(told.variable) == {"grip_strength_kg"}
    at_80 = made_up.cube["grip_strength_kg"][:, :, 60].astype(float)
    gain = (at_80[1] - at_80[0])[np.isfinite(at_80[1] - at_80[0])]
    assert told.benefit_fraction.item() == pytest.approx((gain >= made_up_run.VARIABLES[5].worthwhile).mean())


def test_years_gained_have_an_interval_of_recorded_people_or_are_not_told(made_up):
    table = sarx.compare(opened(made_up.path), arms="power", at=[80], variables=["grip_strength_kg", "motor_unit_count"])
    assert (table.age_gained_lower < table.age_gained_years).all()
    assert (table.age_gained_years < table.age_gained_upper).all()
    few = sarx.compare(opened(made_up.path), arms="power", at=[80], variables="grip_strength_kg", among="age_years > 0",
                       by="sex")
    assert (few.age_gained_upper - few.age_gained_lower > 0).all()


def test_parts_by_a_recorded_variable_have_numbers_and_a_contrast(made_up):
    table = sarx.compare(opened(made_up.path), by="grip_strength_kg:4", at=[70], variables="motor_unit_count",
                         muscles="vastus_lateralis", arms="power")
    assert list(table.group) == [*(f"grip_strength_kg, {part} quarter" for part in ("lowest", "second", "third", "highest")),
                                 "highest less lowest"]
    parts = table.iloc[:4]
    assert parts.n_both_alive.sum() == 80
    contrast = table.iloc[4]
    assert contrast.effect == pytest.approx(parts.effect.iloc[3] - parts.effect.iloc[0])
    assert contrast["lower"] < contrast.effect < contrast["upper"]
    assert table.attrs["contrasts"] == 1 and "within each sex and ten years of age" in table.attrs["groups"]


def test_parts_hold_women_and_men_alike(made_up):
    """Women are weaker: cut over everyone, most of the lowest half would be women."""
    run = opened(made_up.path)
    torque = made_up.cube["knee_extension_torque_Nm"][0, :, 0]
    assert made_up.female[torque < np.median(torque)].mean() > 0.7
    for group in groups_of(run, "knee_extension_torque_Nm:2").groups:
        assert made_up.female[group.members].mean() == 0.5


def test_an_end_before_anything_is_offered_is_refused(made_up):
    run = opened(made_up.path)
    with pytest.raises(sarx.SarxError, match="nothing is offered to anybody before 50 years of age"):
        sarx.compare_risks(run, arms="power", at=[50])
    assert len(sarx.compare_risks(run, arms="power", at=[50], since="start"))
    with pytest.raises(sarx.SarxError, match="must come before what --at names"):
        sarx.compare_years(run, arms="power", at=[50], since=35.0)


def test_what_is_asked_twice_is_answered_once(made_up):
    once = sarx.compare_years(opened(made_up.path), arms="power", at=[70], population="everyone")
    twice = sarx.compare_years(opened(made_up.path), arms="power", at=[70, 70], population=["everyone", "everyone"])
    assert len(once) == len(twice)


def test_conditions_are_those_of_scenarios(made_up):
    def among(condition):
        return sarx.compare_years(opened(made_up.path), among=condition, arms="power", population="everyone")["n"].max()

    assert among("sex == female") == among("female == 1") == among("not sex == male") == 40
    grip = made_up.cube["grip_strength_kg"][0, :, 0]
    units = made_up.cube["motor_unit_count"][0, :, 1, 0]
    assert among("grip_strength_kg < 40 and motor_unit_count.vastus_lateralis >= 150") == ((grip < 40) & (units >= 150)).sum()
    assert among("age_years == 20 and time_years == 0") == 80


def test_a_survey_of_few_units_has_wider_intervals_and_says_so(made_up, tmp_path):
    """People of one sampling unit who are alike count less than as many drawn alone."""
    import h5py
    path = tmp_path / "survey.h5"
    path.write_bytes(made_up.path.read_bytes())
    order = np.argsort(made_up.cube["grip_strength_kg"][1, :, 50] - made_up.cube["grip_strength_kg"][0, :, 50])
    unit = np.empty(80, np.int32)
    unit[order] = np.arange(80) // 8  # those who gain alike live in one place
    with h5py.File(path, "a") as file:
        for name, values in (("sampling_unit", unit), ("stratum", np.zeros(80, np.int32))):
            file.create_dataset(name, data=values).dims[0].attach_scale(file["person"])
    alone, survey = (sarx.compare(file, at=[70], variables="grip_strength_kg", arms="power").iloc[0]
                     for file in (made_up.path, path))
    assert survey.effect == pytest.approx(alone.effect, rel=1e-6) and survey.interval == "jackknife t"
    assert survey.upper - survey.lower > 1.5 * (alone.upper - alone.lower)
    events = sarx.compare_events(path, arms="power", within=8)  # hardly anybody dies so soon
    few = events[events.interval == "too few differ"]
    assert len(few) and few[["lower", "upper", "averted_lower", "averted_upper"]].isna().all().all()
    for name, (table, _, settings) in TABLES.items():
        ways = set(table(path, arms="power", **settings).interval)
        assert ways <= {"jackknife t", "too few differ"} and "jackknife t" in ways, name


def test_without_sums_and_without_people_it_is_refused_by_name(tmp_path):
    import hand_made_run
    path = hand_made_run.write(tmp_path / "old.h5", with_people=False, everyone=False)
    for table in (sarx.compare_events, sarx.compare_risks, sarx.compare_years):
        with pytest.raises(sarx.SarxError, match="old.h5 holds neither events and years of everyone"):
            table(path)
    with pytest.raises(sarx.SarxError, match="holds nobody's"):
        sarx.compare(path, reference="help")
    with pytest.raises(sarx.SarxError, match="holds nobody's"):
        sarx.compare_composite(path)


def test_recorded_people_answer_where_the_sums_cannot(made_up):
    run = opened(made_up.path)
    assert set(sarx.compare_events(run, within=13).of) == {"recorded people"}  # no record is thirteen years after
    assert set(sarx.compare_events(run, within=20).of) == {"everyone"}
