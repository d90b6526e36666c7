"""An entry or a guide taken apart into its smallest facts, each with its place, its words and its source."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from bot.curation.words import GROUPS, condition, money, term
from bot.phrases import VIETNAMESE
from bot.procedures import (
    Confidence,
    Deadline,
    Document,
    Documents,
    Fact,
    Fee,
    Fees,
    Guide,
    GuideSection,
    LegalBasis,
    Online,
    Place,
    Procedure,
    Proxy,
    Statement,
    Steps,
    TimeLimit,
    TimeLimits,
)
from bot.yamlfile import KeyPath

Entry: TypeAlias = Procedure | Guide
Size = tuple[int, str]  # how much of which unit: two of one unit can be called more or less


@dataclass(frozen=True)
class Told:
    """One smallest fact: `label` says what it is about and stays the same when `value` changes.

    A fee is Told(..., label="Lệ phí (trực tuyến)", value="7.000 đồng", size=(7000, "đồng")). A line of a guide has the
    title of its section as `heading`.
    """

    path: KeyPath
    label: str
    value: str
    source: str
    size: Size | None = None
    heading: str = ""

    @property
    def title(self) -> str:
        """The part of the entry that it stands under, in words: "Lệ phí"."""
        return self.heading or GROUPS[self.group]

    @property
    def group(self) -> str:
        """The entry's key that it stands under: `fee`."""
        return str(self.path[0])

    @property
    def words(self) -> str:
        """All of it in one line."""
        return ": ".join(part for part in (self.label, self.value) if part)


Part = tuple[KeyPath, str, str]


def facts(entry: Entry) -> tuple[Told, ...]:
    """All facts of an entry, in the order of its keys; of a guide, section by section."""
    if isinstance(entry, Guide):
        return tuple(told for index, section in enumerate(entry.sections) for told in _section(index, section))
    groups = {key: getattr(entry, key) for key in type(entry).model_fields}
    return tuple(told for key, fact in groups.items() if isinstance(fact, Fact) for told in _group(entry, key, fact))


def _section(index: int, section: GuideSection) -> Iterator[Told]:
    lines: list[Part] = [(("lines", number), text, "") for number, text in enumerate(section.lines)]
    steps: list[Part] = [(("steps", number), text, "") for number, text in enumerate(section.steps)]
    for path, label, value in (*lines, *steps, *_said("doubt", "Điều chưa chắc", section.doubt)):
        yield Told(("sections", index, *path), label, value, section.source, heading=section.title)


def _group(entry: Procedure, key: str, fact: Fact) -> Iterator[Told]:
    if isinstance(fact, Fees):
        for index, fee in enumerate(fact.items):
            yield _fee(entry, (key, "items", index), fee, fact)
    if isinstance(fact, TimeLimits):
        for index, limit in enumerate(fact.items):
            yield _limit((key, "items", index), limit, fact)
    for path, label, value in (*_parts(fact), *_said("doubt", "Điều chưa chắc", fact.doubt)):
        yield Told((key, *path), label, value, fact.source)


def _parts(fact: Fact) -> Iterator[Part]:
    match fact:
        case Documents():
            yield from _papers(fact)
        case Fees():
            yield from _said("exempt", "Miễn, giảm", fact.exempt)
            yield from _said("unknown", "Điều chưa biết", fact.unknown)
        case TimeLimits():
            yield from _said("note", "Ghi chú", fact.note)
        case Online():
            yield ("level",), "Mức độ", VIETNAMESE.online_levels[fact.level]
            yield ("text",), "", fact.text
            yield from _said("url", "Trang", fact.url)
        case Steps():
            yield from ((("items", index), step, "") for index, step in enumerate(fact.items))
        case LegalBasis():
            yield from ((("documents", index), number, "") for index, number in enumerate(fact.documents))
        case Statement():
            yield from _statement(fact)


def _statement(fact: Statement) -> Iterator[Part]:
    if isinstance(fact, Proxy):
        yield ("allowed",), "Được hay không", VIETNAMESE.permissions[fact.allowed]
    yield ("text",), "", fact.text
    if isinstance(fact, Deadline):
        yield from _said("late", "Nếu muộn", fact.late)
    if isinstance(fact, Place):
        yield from ((("offices", index), f"Nơi nhận {office}", "") for index, office in enumerate(fact.offices))


def _said(key: str, label: str, text: str | None) -> Iterator[Part]:
    if text:
        yield (key,), label, text


def _papers(fact: Documents) -> Iterator[Part]:
    for number, case in enumerate(fact.cases):
        for index, document in enumerate(case.items):
            yield ("cases", number, "items", index), _named(document.name, case.when or ""), _paper(document)


def _paper(document: Document) -> str:
    copies = f"{document.count} bản" if document.count else ""
    form = document.form or ""
    form = f"mẫu {form}" if form and not form.startswith("Mẫu") else form
    return _noted((document.copy_kind or "", copies, form), document.note)


def _fee(entry: Procedure, path: KeyPath, fee: Fee, group: Fees) -> Told:
    source = entry.source_of(fee, group)
    hidden = "bot không nói vì nguồn chưa đủ tin cậy" if source.confidence is Confidence.LOW else ""
    value = _noted((money(fee.amount, fee.per), term(source), hidden), fee.note)
    return Told(path, _named(fee.name, condition(fee)), value, fee.source or group.source, (fee.amount, "đồng"))


def _limit(path: KeyPath, limit: TimeLimit, group: TimeLimits) -> Told:
    size = (limit.quantity, limit.unit.value)
    value = f"{limit.quantity} {limit.unit.value}" + (f" ({limit.text})" if limit.text else "")
    return Told(path, condition(limit), value, limit.source or group.source, size)


def _named(name: str, more: str) -> str:
    return f"{name} ({more})" if more else name


def _noted(parts: tuple[str, ...], note: str | None) -> str:
    """Short parts with commas between, a remark as a sentence behind."""
    return ". ".join(part for part in (", ".join(part for part in parts if part), note) if part)
