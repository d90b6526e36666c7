"""The few best of many."""

from collections.abc import Mapping
from heapq import nlargest


def best(scores: Mapping[int, float], most: int) -> list[int]:
    """The numbers with the highest scores, at most so many, the best first; of equals the lower number first."""
    least = nlargest(most, scores.values())[-1:] or [0.0]  # without a key it is twice as fast
    enough = [(-score, number) for number, score in scores.items() if score >= least[0]]
    return [number for _, number in sorted(enough)[:most]]
