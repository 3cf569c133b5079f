"""A produced file, opened with everything that is said to open it; nothing of ours is used to read.

SARX_RECORD_SAMPLE names the program that writes the file: 100 people aged 60 to 70, 90 of them recorded, three
arms, two muscles, nine years. A tool that is not installed skips its test, and says so.
"""

import os
import shutil
import subprocess

import pytest

numpy = pytest.importorskip("numpy")

GROUPS = ["summary", "summary_by_age", "effects", "events", "flow", "motor_units", "provenance"]
ARMS = ["usual_life", "training", "training_twice"]
MUSCLES = ["vastus_lateralis", "tibialis_anterior"]


def written(folder, *options):
    program = os.environ.get("SARX_RECORD_SAMPLE")
    if not program:
        pytest.skip("SARX_RECORD_SAMPLE is not set")
    path = str(folder / "run.h5")
    subprocess.run([program, path, *options], check=True, stdout=subprocess.DEVNULL)
    return path


@pytest.fixture(scope="session")
def run(tmp_path_factory):
    return written(tmp_path_factory.mktemp("run"))


@pytest.fixture(scope="session")
def summaries_only(tmp_path_factory):
    return written(tmp_path_factory.mktemp("none"), "none")


def xarray_with(engine):
    pytest.importorskip({"netcdf4": "netCDF4"}.get(engine, engine))
    return pytest.importorskip("xarray")


@pytest.mark.parametrize("engine", ["netcdf4", "h5netcdf"])
def test_xarray_reads_the_cube_with_its_labels(run, engine):
    xarray = xarray_with(engine)
    with xarray.open_dataset(run, engine=engine) as data:
        assert data.unit_count.dims == ("arm", "person", "muscle", "time_years")
        assert data.strength_kg.dims == ("arm", "person", "time_years")
        assert data.sizes["person"] == 90
        assert list(data.arm.values) == ARMS
        assert list(data.muscle.values) == MUSCLES
        assert list(data.time_years.values) == list(range(9))
        assert data.person.dtype == "int32"
        assert data.strength_kg.dtype == "float32"
        assert data.strength_kg.attrs["units"] == "kg"
        assert data.strength_kg.attrs["long_name"] == "strength"
        assert data.time_years.attrs["units"] == "year"
        assert data.attrs["Conventions"] == "CF-1.10"
        dead = data.alive.values == 0
        assert dead.any()
        assert numpy.isnan(data.strength_kg.values[dead]).all()
        assert numpy.isfinite(data.strength_kg.values[~dead]).all()
        difference = data.strength_kg.sel(arm="training") - data.strength_kg.sel(arm="usual_life")
        assert difference.shape == (90, 9)
        assert "phony" not in " ".join(map(str, data.sizes))


@pytest.mark.parametrize("engine", ["netcdf4", "h5netcdf"])
@pytest.mark.parametrize("group", GROUPS)
def test_xarray_reads_every_group(run, engine, group):
    xarray = xarray_with(engine)
    with xarray.open_dataset(run, engine=engine, group=group) as data:
        data.load()
        assert len(data.data_vars) > 0
        for name in ("arm", "muscle"):
            if name in data.dims:
                assert name in data.coords, f"{group} lost the labels of {name}"
        assert not any("phony" in str(d) for d in data.dims)
        assert all("units" in v.attrs and "long_name" in v.attrs for v in data.variables.values())


@pytest.mark.parametrize("engine", ["netcdf4", "h5netcdf"])
def test_xarray_reads_a_file_without_people(summaries_only, engine):
    xarray = xarray_with(engine)
    for group in ["/"] + [g for g in GROUPS if g != "motor_units"]:
        with xarray.open_dataset(summaries_only, engine=engine, group=group) as data:
            data.load()
    with xarray.open_dataset(summaries_only, engine=engine, group="summary") as data:
        assert int(data.strength_kg_n.sel(sex="all", arm="training").max()) > 0


def test_summary_is_what_the_cube_says(run):
    xarray = xarray_with("h5netcdf")
    with xarray.open_dataset(run, engine="h5netcdf", group="summary") as summary:
        assert list(summary.sex.values) == ["female", "male", "all"]
        both = summary.alive_n.sel(sex="female") + summary.alive_n.sel(sex="male")
        assert (both == summary.alive_n.sel(sex="all")).all()
        assert (summary.alive_n.sel(sex="all") == 100).all()


def test_h5py_finds_scales_and_flags(run):
    h5py = pytest.importorskip("h5py")
    with h5py.File(run) as file:
        seen = []

        def check(name, item):
            if not isinstance(item, h5py.Dataset):
                return
            seen.append(name)
            is_scale = h5py.h5ds.is_scale(item.id)
            assert "long_name" in item.attrs or is_scale, name
            assert item.dtype.kind in "fiuO", f"{name}: {item.dtype}"
            if is_scale:
                return
            for axis, dim in enumerate(item.dims):
                assert len(dim) == 1, f"{name}, axis {axis}: no scale"
                assert dim[0].shape == (item.shape[axis],), name
                assert dim[0].name.rsplit("/", 1)[0] in ("", item.parent.name), name

        file.visititems(check)
        assert len(seen) > 100
        stage = file["stage"]
        assert stage.dtype == "uint8" and stage.attrs["_FillValue"] == 255
        assert stage.attrs["flag_meanings"] == "none probable confirmed severe"
        assert list(stage.attrs["flag_values"]) == [0, 1, 2, 3]
        assert file["provenance/scenario"].asstr()[()] == "sarx: 1\ntitle: Made up  # ääkköset\n"
        assert file["provenance"].attrs["seed"] == "18446744073709551615"
        assert file["motor_units/row_size"].attrs["sample_dimension"] == "unit"
        assert file["motor_units/row_size"][()].sum() == file["motor_units/unit_size"].shape[0]


def test_units_are_udunits(run):
    h5py = pytest.importorskip("h5py")
    tool = shutil.which("udunits2")
    if not tool:
        pytest.skip("udunits2 (the program) is not installed")
    units = set()
    with h5py.File(run) as file:
        file.visititems(lambda _, item: units.add(item.attrs["units"]) if "units" in item.attrs else None)
    for unit in units:
        done = subprocess.run([tool, "-H", unit, "-W", ""], capture_output=True, text=True)
        assert done.returncode == 0, unit


def test_ncdump_reads_the_header_and_the_values(run):
    tool = shutil.which("ncdump")
    if not tool:
        pytest.skip("ncdump is not installed")
    header = subprocess.run([tool, "-h", run], check=True, capture_output=True, text=True).stdout
    assert "float unit_count(arm, person, muscle, time_years) ;" in header
    assert "ubyte alive(arm, person, time_years) ;" in header
    assert 'strength_kg:units = "kg" ;' in header
    assert "phony" not in header
    values = subprocess.run([tool, "-v", "arm,stage", run], check=True, capture_output=True, text=True).stdout
    assert '"usual_life", "training", "training_twice"' in values


def test_ncdf4_of_r_reads_it(run):
    tool = shutil.which("Rscript")
    if not tool or subprocess.run([tool, "-e", "library(ncdf4)"], capture_output=True).returncode != 0:
        pytest.skip("R with ncdf4 is not installed")
    script = f"""
        library(ncdf4)
        file <- nc_open("{run}")
        cat(file$dim$arm$vals, "\\n")
        cat(dim(ncvar_get(file, "unit_count")), "\\n")
        cat(ncatt_get(file, "strength_kg", "units")$value, "\\n")
        cat(dim(ncvar_get(file, "summary/strength_kg_mean")), "\\n")
    """
    done = subprocess.run([tool, "-e", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert [line.strip() for line in done.stdout.splitlines()] == [" ".join(ARMS), "9 2 90 3", "kg", "9 3 3"]
