"""Heavy work in a process of its own: its memory goes with it, and nobody waits for an answer meanwhile."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Made = TypeVar("Made")


def aside(work: Callable[..., Made], *given: object) -> Made:
    """What `work` makes of what is given; both must be picklable. Its faults are raised here."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(work, *given).result()
