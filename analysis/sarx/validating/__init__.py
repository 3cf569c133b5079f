"""Validation: published targets as data, virtual measurements, the scoreboard.

    from sarx.validating import scoreboard
    scores = scoreboard.validate(quick=True)
    print(scoreboard.as_text(scores))
"""
