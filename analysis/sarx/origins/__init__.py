"""Where a result file comes from: its scenario given back, and what tells two of them apart."""

from .differing import diff
from .scenarios import Scenario, scenario

__all__ = ["Scenario", "diff", "scenario"]
