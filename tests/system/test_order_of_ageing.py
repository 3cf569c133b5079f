"""The order in which the levels of the cascade leave youth, in the default account.

A level has left youth at the age at which the mean of the living has gone a quarter of its own way from 20-25 to 85
years. Levels have other units and other depths, so each is measured by its own loss: any power or scale of a measure
that is only known up to one, such as junction stability, leaves the order nearly as it is, which a fixed percentage
would not. A quarter is the middle of what follow-ups can tell from youth; the order is also asked at a fifth and at a
third, so that it does not hang on the quarter.

The other way to tell it is the age at which the mean is a tenth off youth. It asks when a change is large, not when it
sets in, so that levels that fall far come early in it; both are printed, and what must hold either way is asked of both.
"""


import pytest

h5py = pytest.importorskip("h5py")
np = pytest.importorskip("numpy")

from conftest import Place  # noqa: E402

LIFE = """sarx: 1
title: Order of ageing
seed: 31
population: {people: 600, start_age: 20 years, end_age: 90 years}
clock: {step: 1 month, record_every: 1 year}
arms: {usual_life: []}
record:
  people: none
  variables: [er_mitochondria_contact, mitochondrial_capacity, nmj_stability, motor_unit_count, motor_unit_size_ratio,
              innervated_fibre_count, muscle_area_cm2, knee_extension_torque_Nm, grip_strength_kg]
"""

VASTUS = 1
CHAIN = [("contacts", "er_mitochondria_contact"), ("mitochondria", "mitochondrial_capacity"),
         ("junctions", "nmj_stability"), ("motor units", "motor_unit_count"),
         ("compensation", "motor_unit_size_ratio"), ("fibres", "innervated_fibre_count"),
         ("strength", "knee_extension_torque_Nm"), ("grip", "grip_strength_kg")]
CUT_OFF_KG = {"female": 16.0, "male": 27.0}
"""Weak grip by EWGSOP2, doi:10.1093/ageing/afy169."""


def departure(ages, mean, share, end=85.0):
    """Age at which `mean` has gone `share` of its way from 20-25 to `end` for good."""
    youth = mean[(ages >= 20.0) & (ages <= 25.0)].mean()
    gone = (mean - youth) / (mean[ages == end][0] - youth)
    before = np.flatnonzero((gone < share) & (ages < end))[-1]
    step = (share - gone[before]) / (gone[before + 1] - gone[before])
    return float(ages[before] + step * (ages[before + 1] - ages[before]))


def tenth_off(ages, mean):
    """Age from which `mean` is a tenth off its value at 20-25 for good; infinite where it never is."""
    youth = mean[(ages >= 20.0) & (ages <= 25.0)].mean()
    off = np.abs(mean / youth - 1.0)
    if off[-1] < 0.1:
        return float("inf")
    before = np.flatnonzero(off < 0.1)[-1]
    return float(ages[before] + (0.1 - off[before]) / (off[before + 1] - off[before]))


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory):
    """Means of women and of men by age, for each level of the chain."""
    place = Place(tmp_path_factory.mktemp("life"), LIFE)
    place.run("run.h5")
    with h5py.File(place.folder / "run.h5") as f:
        sexes = [sex.decode() for sex in f["summary/sex"][:]]
        ages = 20.0 + f["time_years"][:].astype(float)
        means = {}
        for sex in CUT_OFF_KG:
            for level, variable in CHAIN:
                mean = f[f"summary/{variable}_mean"][0, sexes.index(sex)]
                means[sex, level] = mean[VASTUS] if mean.ndim == 2 else mean
    return ages, means


def chain(life, sex, share):
    ages, means = life
    return {level: departure(ages, means[sex, level], share) for level, _ in CHAIN}


@pytest.mark.parametrize("sex", CUT_OFF_KG)
@pytest.mark.parametrize("share", [0.2, 0.25, 1.0 / 3.0])
def test_cells_and_junctions_lead_then_units_then_fibres_and_strength_and_grip_is_last(life, sex, share) -> None:
    left = chain(life, sex, share)
    said = ", ".join(f"{level} {age:.0f} ({left['grip'] - age:+.0f})" for level, age in left.items())
    print(f"{sex}, {100 * share:.0f} % of the way, age (years before grip): {said}")
    assert max(left["contacts"], left["mitochondria"]) < left["junctions"], said
    assert max(left["mitochondria"], left["junctions"]) < left["motor units"] + 1.0, said
    assert left["motor units"] < min(left["compensation"], left["fibres"], left["strength"]), said
    assert left["compensation"] < left["fibres"] + 1.0, said
    assert max(left["compensation"], left["fibres"], left["strength"]) < left["grip"] + 2.0, said


@pytest.mark.parametrize("sex", CUT_OFF_KG)
def test_told_either_way_cells_lead_and_what_the_nerve_does_comes_before_the_grip(life, sex) -> None:
    ages, means = life
    ways = {"a tenth off youth": {level: tenth_off(ages, means[sex, level]) for level, _ in CHAIN},
            "a quarter of its own way": chain(life, sex, 0.25)}
    for way, left in ways.items():
        said = f"{way}: " + ", ".join(f"{level} {age:.0f} ({left['grip'] - age:+.0f})" for level, age in left.items())
        print(f"{sex}, {said}")
        assert min(left["contacts"], left["mitochondria"]) < min(left["junctions"], left["motor units"]) + 1.0, said
        for level, least_years in (("mitochondria", 10), ("junctions", 8), ("motor units", 6)):
            assert left["grip"] - left[level] > least_years, (level, said)
        assert left["junctions"] < left["fibres"] and left["motor units"] < left["fibres"], said


@pytest.mark.parametrize("sex", CUT_OFF_KG)
def test_cells_and_junctions_leave_youth_decades_before_grip_is_weak(life, sex) -> None:
    ages, means = life
    left = chain(life, sex, 0.25)
    weak = np.flatnonzero(means[sex, "grip"] < CUT_OFF_KG[sex])
    crossing = ages[weak[0]] if len(weak) else ages[-1]
    print(f"{sex}: mean grip below {CUT_OFF_KG[sex]:.0f} kg at {crossing:.0f}, never before 90 is 90")
    for level, least_years in (("contacts", 30), ("mitochondria", 30), ("junctions", 25), ("motor units", 25),
                               ("compensation", 20), ("fibres", 15), ("strength", 15)):
        assert crossing - left[level] > least_years, level
