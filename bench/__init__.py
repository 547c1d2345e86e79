"""Measurements: each module has run() -> dict of figures, with the ratio to a raw limit of the same run."""
