"""Read, compare and plot what the muscle-ageing simulator sarx writes.

    import sarx
    people = sarx.open("run.h5")                 # the trajectories, an xarray.Dataset
    summary = sarx.open("run.h5", "summary")     # a group of the file
    people = sarx.run("scenario.yaml", "run.h5", people=1000)
    effects = sarx.compare("run.h5", at=(70, 80))
    sarx.plot.cascade("run.h5").savefig("cascade.png")
"""

from . import plot
from .comparing import (
    compare,
    compare_composite,
    compare_events,
    compare_prevalence,
    compare_risks,
    compare_years,
)
from .errors import SarxError
from .exporting import export_csv, export_parquet
from .origins import diff, scenario
from .reading import groups, provenance
from .reading import open_run as open  # pylint: disable=redefined-builtin  # sarx.open reads as one wants it to
from .reporting import report
from .running import find_program, run

__version__ = "0.1.0"
__all__ = [
    "SarxError",
    "compare",
    "compare_composite",
    "compare_events",
    "compare_prevalence",
    "compare_risks",
    "compare_years",
    "diff",
    "export_csv",
    "export_parquet",
    "find_program",
    "groups",
    "open",
    "plot",
    "provenance",
    "report",
    "run",
    "scenario",
]
