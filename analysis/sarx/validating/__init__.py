"""Validation: published targets as data, virtual measurements, the scoreboard.

    from sarx import validating
    scores = validating.validate(quick=True)
    print(validating.as_text(scores))
"""

from .scoreboard import Score, as_text, by_domain, picture, score, summary, validate
from .targets import Target, load_targets

__all__ = ["Score", "Target", "as_text", "by_domain", "load_targets", "picture", "score", "summary", "validate"]
