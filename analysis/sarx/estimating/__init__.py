"""Numbers with intervals: one way from a file's sums, or from its recorded people, to an estimate."""
