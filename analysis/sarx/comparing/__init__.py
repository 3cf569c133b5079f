"""Tables of comparisons between arms, one file a table; what all of them ask is in asking, what all rows hold in rows."""

from .composite import compare_composite
from .effects import EFFECT_COLUMNS, compare
from .events import EVENT_COLUMNS, compare_events
from .prevalence import compare_prevalence
from .risks import RISK_COLUMNS, compare_risks
from .years import YEAR_COLUMNS, compare_years

__all__ = ["EFFECT_COLUMNS", "EVENT_COLUMNS", "RISK_COLUMNS", "YEAR_COLUMNS", "compare", "compare_composite",
           "compare_events", "compare_prevalence", "compare_risks", "compare_years"]
