"""Which procedures are set aside while anything is learned or tuned, so that what was learned can be judged on them."""

import hashlib

ONE_IN = 6  # procedures, not sentences: a procedure's other questions would give it away


def set_aside(entry: str) -> bool:
    """Whether the entry with this id is judged on and never learned from; the same on every machine."""
    return int(hashlib.sha256(entry.encode()).hexdigest(), 16) % ONE_IN == 0
