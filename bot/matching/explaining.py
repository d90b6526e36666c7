"""Why one entry is more probable than another: the signals gathered into a few grounds that a person can weigh."""

import enum
from collections.abc import Mapping

from bot.matching.signals import Signals
from bot.matching.weights import WEIGHTS


class Ground(enum.StrEnum):
    """What may speak for an entry; signals of one ground say nearly the same, and only together do they mean it."""

    WORDS = "words"
    PHRASE = "phrase"
    NAME = "name"
    PAIRS = "pairs"
    SENSE = "sense"
    DENIED = "denied"
    TOPIC = "topic"
    USUAL = "usual"


SIGNALS: Mapping[Ground, tuple[str, ...]] = {
    Ground.WORDS: ("coverage", "heard", "evidence", "told", "likely", "likely_word"),
    Ground.PHRASE: ("likeness", "support", "filled", "word_for_word", "order", "letters"),
    Ground.NAME: ("name",),
    Ground.PAIRS: ("pairs",),
    Ground.SENSE: ("sense", "unsaid"),
    Ground.DENIED: ("denied",),
    Ground.TOPIC: ("outside",),
    Ground.USUAL: ("size",),
}


def pulls(found: Signals, weights: Mapping[str, float] = WEIGHTS) -> dict[Ground, float]:
    """How strongly each ground speaks for an entry, in nats; below zero it speaks against."""
    values = found._asdict()
    return {ground: sum(weights.get(name, 0.0) * values[name] for name in names) for ground, names in SIGNALS.items()}
