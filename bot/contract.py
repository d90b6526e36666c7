"""The JSON object that `motcua ask --json` writes: keys may be added, never changed."""

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, Field

from bot.answers import Answer, Answered, Choice, Outcome, Reason, Unknown, outcome
from bot.catalogue import Catalogue
from bot.desk import Handled
from bot.knowledge import Knowledge
from bot.matching import Candidate
from bot.procedures import Facet

MOST = 5


class ProcedureMatch(BaseModel):
    """One entry: its code with former and equivalent ones, and how well it fits in [0, 1]."""

    id: str
    kind: Literal["procedure", "guide", "catalogue"]
    code: str | None
    codes: list[str]
    name: str
    score: float = Field(ge=0, le=1)


class AnswerPart(BaseModel):
    """The outcome of one of the questions in a message."""

    outcome: Outcome
    procedures: list[ProcedureMatch] = Field(max_length=MOST)
    facets: list[Facet]


class AnswerObject(BaseModel):
    """The answer to one message. `procedures` and `facets` at the top are those of its first question."""

    question: str
    outcome: Outcome
    reason: Reason
    language: str = Field(description="ISO 639-1")
    answers: list[AnswerPart] = Field(min_length=1)
    procedures: list[ProcedureMatch] = Field(max_length=MOST)
    facets: list[Facet]
    text: str
    ms: float = Field(ge=0, description="milliseconds; the only value that may differ between two runs")


def answer_object(handled: Handled, knowledge: Knowledge) -> AnswerObject:
    """The object for a handled question."""
    answer = handled.answer
    shown = list(_shown(answer, knowledge, handled.brain.catalogue))
    part = AnswerPart(outcome=outcome(answer), procedures=shown, facets=list(answer.facets))
    return AnswerObject(
        question=handled.question.text,
        outcome=part.outcome,
        reason=answer.reason,
        language=handled.entry.language,
        answers=[part],
        procedures=part.procedures,
        facets=part.facets,
        text=handled.reply.text,
        ms=round(handled.ms, 3),
    )


def _shown(answer: Answer, knowledge: Knowledge, catalogue: Catalogue) -> Iterable[ProcedureMatch]:
    scores = {c.id: c for c in answer.candidates}
    names = [c.id for c in answer.candidates]
    match answer:
        case Answered(procedure=name):
            names = [name, *(n for n in names if n != name)]
        case Choice(options=options):
            names = list(dict.fromkeys(o.procedure for o in options))
        case Unknown(nearest=nearest):
            names = list(nearest)
        case _:
            names = []
    return [_match(knowledge, catalogue, name, scores.get(name)) for name in names[:MOST]]


def _match(knowledge: Knowledge, catalogue: Catalogue, name: str, candidate: Candidate | None) -> ProcedureMatch:
    score = candidate.score if candidate else 0.0
    thin = catalogue.by_id.get(name)
    if thin:
        return ProcedureMatch(id=name, kind="catalogue", code=thin.code, codes=[thin.code], name=thin.name, score=score)
    guide = knowledge.guides_by_id.get(name)
    if guide:
        return ProcedureMatch(id=name, kind="guide", code=None, codes=[], name=guide.name, score=score)
    entry = knowledge.by_id[name]
    return ProcedureMatch(
        id=entry.id, kind="procedure", code=entry.code, codes=list(entry.codes), name=entry.name, score=score
    )
