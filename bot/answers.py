"""From a ranking to one of five outcomes: answer, choose, unknown, route, foreign. Pure; a reason for each."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.knowledge import Knowledge, Route, RouteReason
from bot.matching import ROUTE_PREFIX, TOPICS, Candidate, Ranking
from bot.places import Found, Place
from bot.procedures import Facet, TwinSet

# Probabilities (see `matching.matcher.probabilities`); `motcua evaluate --table` prints what chose them.
ANSWER_FROM = 0.87  # below this nothing is answered directly
ANSWER_MARGIN = 0.50  # and the first must lead the second by this much
CHOOSE_FROM = 0.45  # below this, for the first three together, nothing is offered
FIRST_FROM = 0.15  # and the first of a choice must not be a mere guess
CHOOSE_WITHIN = 30.0  # a choice holds what is at most so many times less probable than the first
WORD_FOR_WORD = 0.97  # a greeting that is all of a message, whatever its words may mean elsewhere
ROUTE_FROM = 0.70  # a route must fit the whole message: it answers instead of a procedure
EMERGENCY_FROM = 0.5  # of words that only sound like one; its signs are certain. One too many does little harm
TOPIC_FROM = 0.45  # a topic of which no office knows is more probable than any entry, and as probable as this
NEAREST_FROM = 0.05  # what is listed as "nearest" under an honest "not known"
CHOICES = 3

# The catalogue knows titles only. Chosen from the off-topic questions, the base's own negatives and shortened titles of
# rare procedures: none of the first reaches it, and no full entry loses its place (`tests/benchmarks/catalogue.py`).
CATALOGUE_FROM = 0.50  # below this (of a title against none) nothing of it is told
CATALOGUE_LEAD = 0.10  # share of the question that a title must cover beyond what the best full entries cover
CATALOGUE_BESIDE = 0.20  # the same where a full entry is sure of itself
CATALOGUE_AHEAD = 0.25  # and its lead in score where it takes the place of full entries instead of standing below them
CATALOGUE_WITHIN = 0.20  # titles this near to the best are a choice


@dataclass(frozen=True)
class Thresholds:
    """From which probability what is said; others than these are for measuring."""

    answer_from: float = ANSWER_FROM
    answer_margin: float = ANSWER_MARGIN
    choose_from: float = CHOOSE_FROM
    first_from: float = FIRST_FROM


SHIPPED = Thresholds()


class Outcome(enum.StrEnum):
    """What came of a question."""

    ANSWER = "answer"
    CHOOSE = "choose"
    UNKNOWN = "unknown"
    ROUTE = "route"
    FOREIGN = "foreign"


class Reason(enum.StrEnum):
    """Why this outcome; a closed list, so that figures can tell."""

    DIRECT = "direct"
    CODE = "code"
    FOLLOW_UP = "follow_up"
    CHOICE = "choice"
    DECIDING_QUESTION = "deciding_question"
    SEVERAL = "several"
    NO_MATCH = "no_match"
    NO_PROCEDURE = "no_procedure"
    EMPTY = "empty"
    OFF_TOPIC = "off_topic"
    GREETING = "greeting"
    THANKS = "thanks"
    ABUSE = "abuse"
    EMERGENCY = "emergency"
    OWN_FILE = "own_file"
    PLACE = "place"
    COURT = "court"
    ABOUT = "about"
    LANGUAGE = "language"


@dataclass(frozen=True)
class Decision:
    """What all outcomes share: why, which facets were asked, and the ranked procedures."""

    reason: Reason
    facets: tuple[Facet, ...] = ()
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class Answered(Decision):
    """One procedure answers; `procedure` is its id."""

    procedure: str = ""


@dataclass(frozen=True)
class Option:
    """One thing to choose: its procedure's id and, under a deciding question, the words of the case."""

    procedure: str
    label: str | None = None


@dataclass(frozen=True)
class Choice(Decision):
    """Two or three procedures to choose from, under a deciding question if the entries give one."""

    options: tuple[Option, ...] = ()
    question: str | None = None


@dataclass(frozen=True)
class Unknown(Decision):
    """No answer; `nearest` are ids worth a look."""

    nearest: tuple[str, ...] = ()


@dataclass(frozen=True)
class Routed(Decision):
    """No question about a procedure; `route` is the id of what is said."""

    route: str = ""


@dataclass(frozen=True)
class Foreign(Decision):
    """Not answered because of its language (ISO 639-1)."""

    language: str = field(default="")


@dataclass(frozen=True)
class Placed(Decision):
    """A question about a commune, old or new: one place, or several of that name to choose from."""

    places: tuple[Place, ...] = ()


Answer = Answered | Choice | Unknown | Routed | Foreign | Placed


def outcome(answer: Answer) -> Outcome:
    """The outcome's name."""
    match answer:
        case Answered():
            return Outcome.ANSWER
        case Choice():
            return Outcome.CHOOSE
        case Unknown():
            return Outcome.UNKNOWN
        case Routed() | Placed():
            return Outcome.ROUTE
        case Foreign():
            return Outcome.FOREIGN


def decide(
    ranking: Ranking, knowledge: Knowledge, context: str | None = None, thresholds: Thresholds = SHIPPED
) -> Answer:
    """The outcome for a ranked question; `context` is the procedure last spoken of in this chat."""
    facets = ranking.facets
    procedures = tuple(c for c in ranking.candidates if not c.id.startswith(ROUTE_PREFIX))
    routed = _route(ranking, knowledge, procedures)
    if routed:
        return routed
    if not ranking.is_telling:
        return _wordless(facets, context) if facets else Unknown(Reason.EMPTY)
    return _with_catalogue(_among(procedures, knowledge.twins, facets, thresholds), ranking)


def _among(
    procedures: tuple[Candidate, ...], twins: Iterable[TwinSet], facets: tuple[Facet, ...], thresholds: Thresholds
) -> Answered | Choice | Unknown:
    """The outcome among full entries."""
    if not procedures or _unlikely(procedures, thresholds):
        nearest = tuple(c.id for c in procedures[:CHOICES] if c.score >= NEAREST_FROM)
        return Unknown(Reason.NO_MATCH, facets, procedures[:5], nearest)
    first = procedures[0]
    margin = round(first.score - (procedures[1].score if len(procedures) > 1 else 0.0), 4)
    if first.score >= thresholds.answer_from and margin >= thresholds.answer_margin:
        return Answered(Reason.DIRECT, facets, procedures[:5], first.id)
    return _choice(procedures, twins, facets)


def _with_catalogue(answer: Answered | Choice | Unknown, ranking: Ranking) -> Answered | Choice | Unknown:
    """The same, unless a title of the catalogue covers clearly more of the question than the full entries do.

    It then stands below them in a choice; alone only where they are not sure of themselves and far behind.
    """
    lead = CATALOGUE_BESIDE if isinstance(answer, Answered) else CATALOGUE_LEAD
    fitting = [c for c in ranking.listed if c.score >= CATALOGUE_FROM and c.coverage >= ranking.rival + lead]
    if not fitting:
        return answer
    near = [c for c in fitting if c.score >= round(fitting[0].score - CATALOGUE_WITHIN, 4)][:CHOICES]
    ahead = isinstance(answer, Choice) and near[0].score >= answer.candidates[0].score + CATALOGUE_AHEAD
    alone = isinstance(answer, Unknown) or ahead
    above = () if alone else answer.candidates[: 2 if isinstance(answer, Choice) else 1]
    candidates = (*above, *near, *answer.candidates[len(above) :])[:5]
    if alone and len(near) == 1:
        return Answered(Reason.DIRECT, answer.facets, candidates, near[0].id)
    options = tuple(Option(c.id) for c in (*above, *near))[:CHOICES]
    return Choice(Reason.CHOICE, answer.facets, candidates, options)


def placed(found: Found, facets: tuple[Facet, ...]) -> Placed | None:
    """The outcome for what was found of places: only where the message as a whole asks about one."""
    places = (found,) if isinstance(found, Place) else found or ()
    return Placed(Reason.PLACE, facets, (), places) if places and all(p.asks for p in places) else None


def _route(ranking: Ranking, knowledge: Knowledge, procedures: tuple[Candidate, ...]) -> Routed | None:
    routes = {f"{ROUTE_PREFIX}{route.id}": route for route in knowledge.routes}
    fitting = ((c, routes[c.id]) for c in ranking.candidates if c.id in routes and c.score >= _from(routes[c.id]))
    best, route = next(fitting, (None, None))
    if best is None or route is None or (procedures and procedures[0].score > best.score):
        return None
    return None if _greets_only(best, route, procedures) else Routed(_reason(route), (), procedures[:5], route.id)


def _greets_only(best: Candidate, route: Route, procedures: tuple[Candidate, ...]) -> bool:
    """Whether a greeting or thanks only stands beside a question: "xin chào, hộ khẩu"."""
    together = round(sum(c.score for c in procedures[:CHOICES]), 4)
    return route.reason not in TOPICS and best.score < WORD_FOR_WORD and together >= CHOOSE_FROM


def _reason(route: Route) -> Reason:
    return Reason(route.reason.value)


def _from(route: Route) -> float:
    if route.reason is RouteReason.EMERGENCY:
        return EMERGENCY_FROM
    return TOPIC_FROM if route.reason in TOPICS else ROUTE_FROM


def _wordless(facets: tuple[Facet, ...], context: str | None) -> Answered | Unknown:
    if context is None:
        return Unknown(Reason.NO_PROCEDURE, facets)
    return Answered(Reason.FOLLOW_UP, facets, (Candidate(context, 1.0, (), 1.0, 1.0),), context)


def _choice(procedures: tuple[Candidate, ...], twins: Iterable[TwinSet], facets: tuple[Facet, ...]) -> Choice:
    near = [c for c in procedures[:CHOICES] if round(c.score * CHOOSE_WITHIN, 4) >= procedures[0].score]
    twin_set = _fitting(twins, [c.id for c in near])
    if twin_set:
        return _deciding(twin_set, procedures, facets)
    options = tuple(Option(c.id) for c in near)
    return Choice(Reason.CHOICE, facets, procedures[:5], options)


def _unlikely(procedures: tuple[Candidate, ...], thresholds: Thresholds) -> bool:
    """Whether not even one of the first few may be meant."""
    together = round(sum(c.score for c in procedures[:CHOICES]), 4)
    return procedures[0].score < thresholds.first_from or together < thresholds.choose_from


def _fitting(twins: Iterable[TwinSet], near: list[str]) -> TwinSet | None:
    """The twin set that holds the first two candidates and most of the others that are near."""
    held = [(len({o.procedure for o in t.options}.intersection(near)), t) for t in twins]
    pair = set(near[:2])
    fitting = [(n, t) for n, t in held if n > 1 and {o.procedure for o in t.options} >= pair]
    return max(fitting, key=lambda found: found[0])[1] if fitting else None


def _deciding(twin_set: TwinSet, procedures: tuple[Candidate, ...], facets: tuple[Facet, ...]) -> Choice:
    ranks = {c.id: n for n, c in enumerate(procedures)}
    options = sorted(twin_set.options, key=lambda o: ranks.get(o.procedure, len(ranks)))[:CHOICES]
    shown = tuple(Option(o.procedure, o.label) for o in options)
    known = {c.id: c for c in procedures}
    first = tuple(known.get(o.procedure, Candidate(o.procedure, 0.0, (), 0.0, 0.0)) for o in shown)
    rest = tuple(c for c in procedures if c.id not in {o.procedure for o in shown})
    return Choice(Reason.DECIDING_QUESTION, facets, (*first, *rest)[:5], shown, twin_set.question)
