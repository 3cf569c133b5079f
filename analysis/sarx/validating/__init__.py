"""Validation: published targets as data, virtual measurements, the scoreboard.

    from sarx.validating import scoreboard
    board = scoreboard.validate(quick=True)
    print(scoreboard.as_text(board))

`targets` reads rows, `groups` is what a row may ask of people, `expressions` and `instruments` what is read of them,
`measuring` makes a number of it with `statistics`, `experiments` runs the scenarios, `scoreboard` compares.
"""
