"""Result files, read: datasets, and what tables and pictures ask of a run."""

from .axes import Axis, axis_of_times, drawn_axis
from .records import Delivery, Event, UnitPool, deliveries, events_of, unit_pools
from .result_file import codes, decoded, groups, labels, open_run, provenance
from .run import SEXES, Run, Source
from .texts import Option, texts_of

__all__ = ["SEXES", "Axis", "Delivery", "Event", "Option", "Run", "Source", "UnitPool", "axis_of_times", "codes",
           "decoded", "deliveries", "drawn_axis", "events_of", "groups", "labels", "open_run", "provenance", "texts_of",
           "unit_pools"]
