"""The forms of the files in `knowledge/`, beside the procedures themselves."""

import enum
from typing import Annotated, Self

from pydantic import AfterValidator, Discriminator, Field, StringConstraints, Tag, WithJsonSchema, model_validator

from bot.procedures import (
    EntryId,
    Facet,
    Guide,
    Label,
    Law,
    Office,
    Origin,
    Phrase,
    Procedure,
    Source,
    Text,
    TwinSet,
    Value,
)

NOBODY = "none"  # what a test question expects that no entry answers
ONE, SEVERAL = "=one", "=several"  # pydantic's names for the two forms of `expect`; no key of a file

SOUTH, NORTH, WEST, EAST = 6.0, 24.0, 102.0, 118.0  # degrees: Vietnam with its islands


def _in_vietnam(point: tuple[float, ...]) -> tuple[float, ...]:
    if len(point) != 2:
        raise ValueError("vị trí là hai số", "viết [vĩ độ, kinh độ], ví dụ [20.8712, 106.656]")
    if not (SOUTH <= point[0] <= NORTH and WEST <= point[1] <= EAST):
        raise ValueError("vị trí không nằm trong Việt Nam", "viết vĩ độ trước, kinh độ sau, ví dụ [20.8712, 106.656]")
    return point


DEGREES = {"type": ["number", "string"]}  # the workbook writes them in quotes
Point = Annotated[  # degrees north, degrees east
    tuple[float, ...],
    AfterValidator(_in_vietnam),
    WithJsonSchema(
        {
            "type": "array",
            "items": [DEGREES | {"minimum": SOUTH, "maximum": NORTH}, DEGREES | {"minimum": WEST, "maximum": EAST}],
            "minItems": 2,
            "maxItems": 2,
        }
    ),
]
UnitCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{2,5}$")]
SeveralIds = Annotated[tuple[EntryId, ...], Field(min_length=1)]
OneOrSeveral = Annotated[
    Annotated[EntryId, Tag(ONE)] | Annotated[SeveralIds, Tag(SEVERAL)],
    Discriminator(lambda value: SEVERAL if isinstance(value, list | tuple) else ONE),
]


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
    off_topic: tuple[Phrase, ...] = ()
    senses: dict[Phrase, tuple[Phrase, ...]] = Field(default_factory=dict)
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
    """A kind of message that is no question about a procedure, and what is said to it.

    `signs` are patterns that alone say that a message is of this kind, `unless` those that say it is not.
    """

    id: EntryId
    reason: RouteReason
    phrases: tuple[Phrase, ...] = Field(min_length=1)
    signs: tuple[Phrase, ...] = ()
    unless: tuple[Phrase, ...] = ()
    text: Text
    english: Text


class RoutesFile(Value):
    """`routes.yaml`."""

    routes: tuple[Route, ...]


class TestQuestion(Value):
    """A question not used for matching, and what must come of it: an entry or a route, any of several, or `none`.

    `also` are right too; with `both`, all of `expect` must be shown; `after` was asked before in the same chat. What is
    `learned` became a phrase when staff settled it: it must stay answered, and counts in no figure.
    """

    question: Label
    expect: OneOrSeveral
    also: tuple[EntryId, ...] = ()
    both: bool = False
    after: Label | None = None
    facets: tuple[Facet, ...] = ()
    learned: bool = False

    @property
    def expected(self) -> tuple[str, ...]:
        """What stands in `expect`."""
        return self.expect if isinstance(self.expect, tuple) else (self.expect,)

    @property
    def wanted(self) -> tuple[str, ...]:
        """The entries that are right, each once; empty where none is."""
        return tuple(dict.fromkeys(name for name in (*self.expected, *self.also) if name != NOBODY))

    @model_validator(mode="after")
    def agrees_with_itself(self) -> Self:
        if NOBODY in (*self.expected, *self.also) and (self.wanted or self.also):
            raise ValueError("none không đứng cùng mục khác", "bỏ none, hoặc bỏ các mục kia")
        if self.both and len(set(self.expected)) < 2:
            raise ValueError("both cần từ hai mục trong expect", "viết expect: [mục một, mục hai], hoặc bỏ both")
        return self


class QuestionsFile(Value):
    """`questions/<field>.yaml`: the base's own test."""

    questions: tuple[TestQuestion, ...]


class GuidesFile(Value):
    """`guides/<field>.yaml`: guides of one field."""

    field: Label
    guides: tuple[Guide, ...] = Field(min_length=1)


class LifeEvent(Value):
    """What happens in a life, and the entries that it calls for, in the order in which they are done."""

    id: EntryId
    name: Label
    english: Label
    entries: tuple[EntryId, ...] = Field(min_length=1)


class FieldName(Value):
    """A field of administration as people look for it, by its name in the files, and its name in English."""

    name: Label
    english: Label


class MenuFile(Value):
    """`menu.yaml`, which a base may lack: what is offered to people who do not type.

    `common` are the entries of the first screen; `fields` says which fields come first.
    """

    common: tuple[EntryId, ...] = Field(default=(), max_length=6)
    events: tuple[LifeEvent, ...] = ()
    fields: tuple[FieldName, ...] = ()


class UnitKind(enum.StrEnum):
    """What a unit of the lowest tier is or was called; there are no townships since 2025-07-01."""

    WARD = "phường"
    COMMUNE = "xã"
    TOWNSHIP = "thị trấn"
    ZONE = "đặc khu"


class DistrictKind(enum.StrEnum):
    """What a district was called until 2025-06-30."""

    CITY = "thành phố"
    TOWN = "thị xã"
    URBAN = "quận"
    RURAL = "huyện"


class ProvinceKind(enum.StrEnum):
    """What a unit of the highest tier is called."""

    CITY = "thành phố"
    PROVINCE = "tỉnh"


class Commune(Value):
    """A commune, ward or zone of today; `seat` as made public at the merger, `one_stop` only where it is known.

    `hours` is what staff set; `at` is a point in its middle, degrees north and east.
    """

    code: UnitCode
    kind: UnitKind
    name: Label
    seat: Label | None = None
    one_stop: Label | None = None
    hours: Label | None = None
    at: Point | None = None


class FormerCommune(Value):
    """A unit of before 2025-07-01 and the codes of those it belongs to now; several codes: it was divided."""

    kind: UnitKind
    name: Label
    now: tuple[UnitCode, ...] = Field(min_length=1)


class FormerDistrict(Value):
    """A district of before 2025-07-01 with its communes; `now` only for a district that had none."""

    kind: DistrictKind
    name: Label
    province: Label
    units: tuple[FormerCommune, ...]
    now: tuple[UnitCode, ...] = ()


class Province(Value):
    """A province of today and the names of its communes."""

    code: UnitCode
    kind: ProvinceKind
    name: Label
    wards: tuple[Label, ...] = ()
    communes: tuple[Label, ...] = ()
    zones: tuple[Label, ...] = ()


class UnitsFile(Value):
    """`units/<place>.yaml`: a province with what became of its old units, or the whole country by name only."""

    place: Label | None = None
    resolution: Label
    sources: dict[str, Source] = Field(min_length=1)
    communes: tuple[Commune, ...] = ()
    districts: tuple[FormerDistrict, ...] = ()
    provinces: tuple[Province, ...] = ()
