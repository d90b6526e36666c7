"""What a procedure is: the facts that a citizen needs, each tied to where it was read and when.

Every fact group names one of its entry's `sources`; a fee or a time limit may name its own.
Values are immutable, unknown keys are faults, and amounts are whole đồng.
"""

import datetime
import enum
import re
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

Code = Annotated[str, StringConstraints(pattern=r"^[0-9]\.[0-9]{6}$")]
CODE_IN_TEXT = re.compile(r"(?<![\d.])\d\.\d{6}(?![\d.]*\d)")
EntryId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


def _typed(pattern: str, kind: Literal["int_parsing", "date_parsing"]) -> BeforeValidator:
    """Only what a person would write: pydantic by itself reads "50.000" as 50 and "0" as a day of 1970."""

    def check(value: object) -> object:
        if (isinstance(value, str) and not re.fullmatch(pattern, value)) or isinstance(value, list | dict):
            raise PydanticCustomError(kind, kind)
        return value

    return BeforeValidator(check)


Whole = Annotated[int, _typed("-?(0|[1-9][0-9]{0,14})", "int_parsing")]
Day = Annotated[datetime.date, _typed(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "date_parsing")]
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=r"[^\W_]")]
Url = Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=300)]


class Value(BaseModel):
    """Base of all values here: frozen, and closed to keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Channel(enum.StrEnum):
    """How a citizen hands in the papers."""

    ONLINE = "trực tuyến"
    COUNTER = "trực tiếp"
    POST = "bưu chính"


class Level(enum.StrEnum):
    """The tier of government that decides; there is no district since 2025-07-01."""

    COMMUNE = "xã"
    PROVINCE = "tỉnh"
    MINISTRY = "trung ương"


class OnlineLevel(enum.StrEnum):
    """How much of the procedure can be done online (42/2022/NĐ-CP)."""

    FULL = "toàn trình"
    PARTIAL = "một phần"
    NONE = "chưa"
    UNKNOWN = "không rõ"


class Confidence(enum.StrEnum):
    """How far the source can be relied on; a fee of low confidence is never shown."""

    HIGH = "cao"
    MEDIUM = "vừa"
    LOW = "thấp"


class Permission(enum.StrEnum):
    """May somebody else go in the citizen's place?"""

    YES = "có"
    NO = "không"
    DEPENDS = "có điều kiện"


class Unit(enum.StrEnum):
    """Units of a time limit; 50 of the official pages mix up hours and days, so it is never guessed."""

    HOUR = "giờ"
    DAY = "ngày"
    WORKING_DAY = "ngày làm việc"
    MONTH = "tháng"


class Facet(enum.StrEnum):
    """One side of a procedure; the value names it in the lexicon, in JSON and in button data."""

    DOCUMENTS = "documents"
    FEE = "fee"
    TIME = "time"
    PLACE = "place"
    ONLINE = "online"
    STEPS = "steps"
    FORM = "form"
    WHO = "who"
    PROXY = "proxy"
    DEADLINE = "deadline"
    RESULT = "result"
    VALIDITY = "validity"
    LEGAL_BASIS = "legal_basis"


class Source(Value):
    """Where facts were read: `origin` is an id of `sources.yaml`, `checked_on` the day the source was read."""

    origin: EntryId
    document: Label | None = None
    confidence: Confidence
    checked_on: Day
    effective_from: Day | None = None
    effective_until: Day | None = None


class Fact(Value):
    """A group of facts from one of the entry's sources, with what is doubtful about it in words."""

    source: str
    doubt: Label | None = None


class Statement(Fact):
    """A fact told in a few plain sentences."""

    text: Text


class Document(Value):
    """One paper to bring: `copy_kind` says original, copy or only to show; `form` is the number of its form."""

    name: Label
    copy_kind: Label | None = Field(default=None, alias="copy")
    count: Whole | None = Field(default=None, ge=1, le=20)
    form: Label | None = None
    note: Text | None = None


class DocumentCase(Value):
    """The papers of one case; without `when` they are for everybody."""

    when: Label | None = None
    items: tuple[Document, ...] = Field(min_length=1)


class Documents(Fact):
    """All papers, by case."""

    cases: tuple[DocumentCase, ...] = Field(min_length=1)


class Fee(Value):
    """One amount in đồng. 0 means that a document of law sets it to zero, never that nothing was entered."""

    name: Label
    amount: Whole = Field(ge=0, le=1_000_000_000)
    per: Label | None = None
    channels: tuple[Channel, ...] = Field(default=tuple(Channel), min_length=1)
    when: Label | None = None
    note: Text | None = None
    source: str | None = None


class Fees(Fact):
    """All amounts, who need not pay, and in words what is not known. With no items, only the words are said."""

    items: tuple[Fee, ...] = ()
    exempt: Text | None = None
    unknown: Text | None = None

    @model_validator(mode="after")
    def says_something(self) -> Self:
        if not self.items and not self.unknown:
            raise ValueError("cần ít nhất một mức thu hoặc câu nói phần chưa biết", "thêm items, hoặc unknown")
        return self


class TimeLimit(Value):
    """How long the office may take, counted from a complete dossier; `text` replaces the wording."""

    quantity: Whole = Field(ge=1, le=400)
    unit: Unit
    text: Label | None = None
    channels: tuple[Channel, ...] = Field(default=tuple(Channel), min_length=1)
    when: Label | None = None
    source: str | None = None


class TimeLimits(Fact):
    """All time limits, by channel and case."""

    items: tuple[TimeLimit, ...] = Field(min_length=1)
    note: Text | None = None


class Deadline(Statement):
    """By when the citizen must act, and what being late means."""

    late: Text | None = None


class Proxy(Statement):
    """May somebody else go, and with what paper."""

    allowed: Permission


class Place(Statement):
    """Where to hand in; `offices` are ids of `offices.yaml` for addresses."""

    offices: tuple[EntryId, ...] = ()


class Online(Fact):
    """How far it can be done online, and at which page."""

    level: OnlineLevel
    text: Text
    url: Url | None = None


class Steps(Fact):
    """What happens, in order, seen from the citizen."""

    items: tuple[Text, ...] = Field(min_length=1)


class LegalBasis(Fact):
    """Numbers of the documents of law; their titles stand in `laws.yaml`."""

    documents: tuple[Label, ...] = Field(min_length=1)


class OtherCode(Value):
    """Another code of the same procedure and why: renumbered, other level or place, or merged by a decision."""

    code: Code
    reason: Label
    document: Label | None = None


class English(Value):
    """Name and summary for foreigners."""

    name: Label
    summary: Text


class Procedure(Value):
    """One procedure: `name` as people say it, `official_name` as the national portal writes it."""

    id: EntryId
    code: Code
    former_codes: tuple[OtherCode, ...] = ()
    equivalent_codes: tuple[OtherCode, ...] = ()
    name: Label
    official_name: Label
    level: Level
    authority: Label
    summary: Text
    portal_url: Url
    sources: dict[str, Source] = Field(min_length=1)
    who: Statement | None = None
    documents: Documents | None = None
    fee: Fees | None = None
    time_limit: TimeLimits | None = None
    deadline: Deadline | None = None
    proxy: Proxy | None = None
    place: Place | None = None
    online: Online | None = None
    steps: Steps | None = None
    result: Statement | None = None
    validity: Statement | None = None
    legal_basis: LegalBasis | None = None
    notes: tuple[Text, ...] = ()
    phrases: tuple[Phrase, ...] = Field(min_length=1)
    english: English | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """Its code first, then former and equivalent ones."""
        return (self.code, *(o.code for o in (*self.former_codes, *self.equivalent_codes)))

    def code_places(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every (path, code) that the entry answers to."""
        yield ("code",), self.code
        for key, others in (("former_codes", self.former_codes), ("equivalent_codes", self.equivalent_codes)):
            for index, other in enumerate(others):
                yield (key, index, "code"), other.code

    @property
    def checked_on(self) -> datetime.date:
        """The oldest day on which one of its sources was read: no fact is older than that."""
        return min(s.checked_on for s in self.sources.values())

    def source_of(self, fact: Fact | Fee | TimeLimit, group: Fact | None = None) -> Source:
        """The source of a fact group, or of one fee or time limit of `group`."""
        return self.sources[fact.source or (group.source if group else "")]

    def source_names(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every (path, source name) that the entry's facts use."""
        for key, fact in self:
            if isinstance(fact, Fact):
                yield (key, "source"), fact.source
        fees: tuple[Fee | TimeLimit, ...] = self.fee.items if self.fee else ()
        limits: tuple[Fee | TimeLimit, ...] = self.time_limit.items if self.time_limit else ()
        for key, items in (("fee", fees), ("time_limit", limits)):
            for index, item in enumerate(items):
                if item.source:
                    yield (key, "items", index, "source"), item.source


class TwinOption(Value):
    """One answer to a deciding question, and the procedure it leads to."""

    label: Label
    procedure: EntryId


class TwinSet(Value):
    """Procedures that people mix up, and the one question whose answer tells them apart."""

    question: Label
    options: tuple[TwinOption, ...] = Field(min_length=2, max_length=4)


class Office(Value):
    """A place where papers are taken; a missing address or hours is said to be missing, never guessed."""

    id: EntryId
    name: Label
    address: Label | None = None
    hours: Label | None = None
    phone: Label | None = None
    handles: Text | None = None
    one_stop: bool = False  # one that every commune has, has a name that ends with "xã, phường, đặc khu"
    note: Text | None = None
    origin: EntryId
    checked_on: Day


class Law(Value):
    """A document of law that facts rest on."""

    number: Label
    title: Text | None = None
    issued_on: Day | None = None
    effective_from: Day | None = None
    effective_until: Day | None = None


class Origin(Value):
    """A kind of source, as citizens see it named."""

    id: EntryId
    name: Label
    url: Url | None = None


class GuideSection(Fact):
    """One part of a guide: plain lines to read, or steps to do in order, from one source."""

    title: Label
    lines: tuple[Text, ...] = ()
    steps: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def says_something(self) -> Self:
        if not self.lines and not self.steps:
            raise ValueError("phần này chưa nói gì", "thêm lines (câu để đọc), hoặc steps (các bước)")
        return self


class Guide(Value):
    """What people ask that is no procedure and has no code: found by the same search, told in sections."""

    id: EntryId
    kind: Literal["guide"] = "guide"
    name: Label
    summary: Text
    sources: dict[str, Source] = Field(min_length=1)
    sections: tuple[GuideSection, ...] = Field(min_length=1)
    phrases: tuple[Phrase, ...] = Field(min_length=1)
    notes: tuple[Text, ...] = ()
    related: tuple[EntryId, ...] = ()
    portal_url: Url | None = None
    english: English | None = None

    @property
    def checked_on(self) -> datetime.date:
        """The oldest day on which one of its sources was read."""
        return min(s.checked_on for s in self.sources.values())

    def source_names(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every (path, source name) that the sections use."""
        for index, section in enumerate(self.sections):
            yield ("sections", index, "source"), section.source
