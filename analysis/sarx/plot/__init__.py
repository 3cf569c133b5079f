"""Pictures of a run. Each takes a path, a dataset from `sarx.open` or a `Run`, and returns a Matplotlib figure."""

from .cascade import cascade
from .effect import effect
from .flow import flow
from .motor_units import motor_units
from .person import person

__all__ = ["cascade", "effect", "flow", "motor_units", "person"]
