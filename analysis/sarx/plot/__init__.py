"""Pictures of a run. Each takes a path, a dataset from `sarx.open` or a `Run`, and returns a Matplotlib figure."""

from .cascade import cascade

__all__ = ["cascade"]
