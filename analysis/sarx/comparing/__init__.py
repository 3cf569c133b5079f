"""Tables of comparisons between arms, one file a table; what all of them ask and answer is in asking and answering."""

from .composite import compare_composite
from .effects import EFFECT_COLUMNS, compare, most_telling_record
from .events import EVENT_COLUMNS, compare_events
from .gaining import age_gained
from .prevalence import compare_prevalence
from .risks import RISK_COLUMNS, compare_risks
from .years import YEAR_COLUMNS, compare_years

__all__ = ["EFFECT_COLUMNS", "EVENT_COLUMNS", "RISK_COLUMNS", "YEAR_COLUMNS", "age_gained", "compare",
           "compare_composite", "compare_events", "compare_prevalence", "compare_risks", "compare_years",
           "most_telling_record"]
