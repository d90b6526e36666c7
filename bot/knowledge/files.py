"""The forms of the files in `knowledge/`, beside the procedures themselves."""

import enum

from pydantic import Field

from bot.procedures import EntryId, Facet, Label, Law, Office, Origin, Phrase, Procedure, Text, TwinSet, Value


class ProceduresFile(Value):
    """`procedures/<field>.yaml`: one field of administration."""

    field: Label
    procedures: tuple[Procedure, ...] = Field(min_length=1)
    twins: tuple[TwinSet, ...] = ()


class LawsFile(Value):
    """`laws.yaml`: the documents of law that entries name."""

    laws: tuple[Law, ...]


class OfficesFile(Value):
    """`offices.yaml`: where papers are taken."""

    offices: tuple[Office, ...]


class OriginsFile(Value):
    """`sources.yaml`: where facts are read."""

    sources: tuple[Origin, ...]


class Lexicon(Value):
    """`lexicon.yaml`: how people write; with accents, since unmarked typing is understood by itself."""

    abbreviations: dict[Phrase, Phrase] = Field(default_factory=dict)
    synonyms: dict[Phrase, tuple[Phrase, ...]] = Field(default_factory=dict)
    padding: tuple[Phrase, ...] = ()
    names: tuple[Phrase, ...] = ()
    weak: tuple[Phrase, ...] = ()
    facets: dict[Facet, tuple[Phrase, ...]] = Field(default_factory=dict)


class RouteReason(enum.StrEnum):
    """Why a message is answered by a route and not by a procedure."""

    GREETING = "greeting"
    THANKS = "thanks"
    ABUSE = "abuse"
    EMERGENCY = "emergency"
    OWN_FILE = "own_file"
    OFF_TOPIC = "off_topic"
    COURT = "court"
    ABOUT = "about"


class Route(Value):
    """A kind of message that is no question about a procedure, and what is said to it."""

    id: EntryId
    reason: RouteReason
    phrases: tuple[Phrase, ...] = Field(min_length=1)
    text: Text
    english: Text


class RoutesFile(Value):
    """`routes.yaml`."""

    routes: tuple[Route, ...]


class TestQuestion(Value):
    """A question never used for matching, and what must come of it: an entry's id, or `none`."""

    question: Label
    expect: EntryId
    facets: tuple[Facet, ...] = ()


class QuestionsFile(Value):
    """`questions/<field>.yaml`: the base's own test."""

    questions: tuple[TestQuestion, ...]
