"""What labelled questions got, counted: each figure is a part of a whole, and the same figure as a bar to be held."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.answers import Outcome
from bot.trial.labelled import Behaviour, Case
from bot.trial.parts import set_aside
from bot.trial.verdicts import Given

SHOWN = 3
UNANSWERED = {Outcome.UNKNOWN: "chưa biết", Outcome.FOREIGN: "không phải tiếng Việt", Outcome.ROUTE: "câu có sẵn"}


@dataclass(frozen=True)
class Judged:
    """A labelled question with what the desk gave, and in how many milliseconds."""

    case: Case
    given: Given
    ms: float

    @property
    def shown(self) -> tuple[str, ...]:
        """The entries that the citizen is shown, or the right route; what is listed under "not known" is not."""
        routed = self.given.outcome is Outcome.ROUTE and not set(self.given.shown).isdisjoint(self.case.wanted)
        return self.given.shown if routed or self.given.outcome in (Outcome.ANSWER, Outcome.CHOOSE) else ()

    @property
    def direct(self) -> bool:
        """Whether one entry answered without asking back."""
        return self.given.outcome is Outcome.ANSWER

    @property
    def first(self) -> bool:
        """Whether what is shown first is right."""
        return bool(self.shown) and self.shown[0] in self.case.wanted

    @property
    def three(self) -> bool:
        """Whether the first three hold what is right; all of it where all is wanted."""
        shown = set(self.shown[:SHOWN])
        return shown >= set(self.case.all_of) if self.case.all_of else not shown.isdisjoint(self.case.wanted)

    @property
    def right(self) -> bool:
        """Whether it is answered as well as it can be: directly, or with all that was asked for."""
        return self.three if self.case.all_of else self.given.outcome is not Outcome.CHOOSE and self.first

    @property
    def helped(self) -> bool:
        """Whether it is answered rightly, or by a choice that holds the right entry."""
        choice = self.given.outcome is Outcome.CHOOSE and not self.case.all_of
        return self.right or (choice and self.three)

    @property
    def well(self) -> bool:
        """Whether nothing is to be mended."""
        return self.helped if self.case.wanted else not self.shown


@dataclass(frozen=True)
class Share:
    """A part of a whole."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """In [0, 1]; None where there is nothing to measure."""
        return self.part / self.whole if self.whole else None


Test = Callable[[Judged], bool]
CEILINGS = ("refused", "answered", "offered")  # must not be higher than their bars


def figures(judged: Iterable[Judged]) -> dict[str, Share]:
    """All figures by name."""
    every = list(judged)
    answerable = [j for j in every if j.case.behaviour is Behaviour.ANSWER]
    entries = [j for j in every if j.case.behaviour in (Behaviour.ANSWER, Behaviour.CLARIFY)]
    outside = [j for j in every if j.case.behaviour in (Behaviour.OUT, Behaviour.ROUTE)]
    labelled = [j for j in every if j.case.facets is not None]
    return {
        "first": _share(answerable, lambda j: j.first),
        "three": _share(answerable, lambda j: j.three),
        "helped": _share(answerable, lambda j: j.helped),
        "refused": _share(answerable, lambda j: not j.shown),
        "direct": _share(answerable, lambda j: j.direct),
        "precision": _share([j for j in entries if j.direct], lambda j: j.right),
        "clarify": _share([j for j in every if j.case.behaviour is Behaviour.CLARIFY], lambda j: j.helped),
        "answered": _share(outside, lambda j: j.direct),
        "offered": _share(outside, lambda j: j.given.outcome is Outcome.CHOOSE),
        "routed": _share(outside, lambda j: j.given.outcome is Outcome.ROUTE),
        "routes": _share([j for j in every if j.case.behaviour is Behaviour.ROUTE], lambda j: j.right),
        "facets": _share(labelled, lambda j: set(j.given.facets) == set(j.case.facets or ())),
        "in_order": _share(labelled, lambda j: j.given.facets == j.case.facets),
        "follow_ups": _share([j for j in every if j.case.after], lambda j: j.right if j.case.wanted else j.well),
    }


def times(judged: Iterable[Judged]) -> tuple[float, float]:
    """Milliseconds of one question: the median, and what 95 of 100 do not exceed; zeros where nothing was asked."""
    every = sorted(j.ms for j in judged)
    return (every[len(every) // 2], every[int(len(every) * 0.95)]) if every else (0.0, 0.0)


def confusions(judged: Iterable[Judged]) -> list[tuple[str, str, int]]:
    """(wanted, given, how often) of what is to be mended, the most frequent first."""
    counts = Counter((wanted_by(j.case), told(j.given)) for j in judged if not j.well)
    return sorted(((w, g, n) for (w, g), n in counts.items()), key=lambda found: (-found[2], found[:2]))


def wanted_by(case: Case) -> str:
    """What is right, in a few words."""
    return " + ".join(case.all_of) or " / ".join(case.wanted) or "không mục nào"


def told(given: Given) -> str:
    """What was given, in a few words: "tam-tru", "chọn luu-tru / tam-tru", "câu có sẵn chao"."""
    shown = " / ".join(given.shown)
    if given.outcome in UNANSWERED:
        return " ".join([UNANSWERED[given.outcome], *([shown] if shown else [])])
    return shown if given.outcome is Outcome.ANSWER else f"chọn {shown}"


def parts(judged: Sequence[Judged]) -> Iterator[tuple[str, list[Judged]]]:
    """Questions about procedures that were tuned on with those that no entry answers, and those set aside."""
    for name, aside in (("đã chỉnh", False), ("để riêng", True)):
        yield name, [j for j in judged if _aside(j.case) is aside]


def _aside(case: Case) -> bool:
    return case.behaviour is not Behaviour.ROUTE and any(map(set_aside, case.wanted))


def _share(some: Sequence[Judged], test: Test) -> Share:
    return Share(sum(map(test, some)), len(some))
