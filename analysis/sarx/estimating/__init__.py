"""One estimator behind every table: paired sums, from the file or from recorded people, and estimates with intervals."""
