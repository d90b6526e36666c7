"""Learned by `python -m tests.benchmarks.groups --write` from the labelled groups: the bias, then one per signal."""

WEIGHTS = (-4.83, 3.59, 3.15, -3.55, 0.39, 6.96)
