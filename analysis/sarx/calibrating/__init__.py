"""Calibration: named parameters fitted to chosen rows of the scoreboard, with their uncertainty."""
