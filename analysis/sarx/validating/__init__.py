"""Validation: published targets as data, virtual measurements, the scoreboard.

    from sarx.telling.scoreboard import as_text
    from sarx.validating import scoreboard
    print(as_text(scoreboard.validate(quick=True)))

`target_files` reads the files, `rows` checks a row, which becomes a target of `targets`; `groups` is what a row may ask of
people, `instruments` what is read of them, `measuring` reads it of a simulated experiment, `samples` makes a number of the
readings with `statistics`; `experiments` runs the scenarios, `scoreboard` compares.
"""
