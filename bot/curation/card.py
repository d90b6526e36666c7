"""One entry as a person reads it: every fact with its source and the line on which to mend it."""

from collections.abc import Iterator
from itertools import groupby

from bot.curation.facts import Entry, Told, facts
from bot.curation.shelf import Shelf
from bot.curation.words import GROUPS, HEAD, OTHER_CODES, named, told_of
from bot.procedures import Guide
from bot.yamlfile import KeyPath


def card(shelf: Shelf, entry: Entry) -> list[str]:
    """The lines to print."""
    return list(_Card(shelf, entry).lines())


class _Card:
    """Writes one entry or guide; places in its own file are told by line only."""

    def __init__(self, shelf: Shelf, entry: Entry) -> None:
        self.shelf, self.entry = shelf, entry
        self.file, self.first = shelf.place(entry)

    def lines(self) -> Iterator[str]:
        """All sections in the order of the file."""
        yield from self._head()
        for path, told in groupby(facts(self.entry), key=_part):
            yield from self._group(path, list(told))
        yield from self._sources()
        yield from self._listed("Ghi chú", "notes", self.entry.notes)
        yield from self._listed("Cách hỏi", "phrases", self.entry.phrases)
        yield from self._english()
        yield from self._rest()

    def _head(self) -> Iterator[str]:
        entry = self.entry
        yield named(entry)
        local = f", có quy định riêng của {self.shelf.local}" if self._has_local() else ""
        yield f"Sửa ở: {self.file}, từ dòng {self.first}; lĩnh vực {self.shelf.field(entry)}{local}"
        for key, others in ((key, getattr(entry, key, ())) for key in OTHER_CODES):
            for index, other in enumerate(others):
                words = ", ".join(part for part in (other.code, other.reason, other.document or "") if part)
                yield f"{OTHER_CODES[key]}: {words}{self._at((key, index))}"
        for key, title in HEAD.items():
            if getattr(entry, key, None):
                yield f"{title}: {getattr(entry, key)}{self._at((key,))}"

    def _group(self, path: KeyPath, told: list[Told]) -> Iterator[str]:
        entry = self.entry
        main = entry.sections[int(path[1])].source if isinstance(entry, Guide) else getattr(entry, str(path[0])).source
        yield ""
        yield f"{told[0].title}{self._at(path)}"
        for fact in told:
            own = "" if fact.source == main else f" (nguồn {fact.source})"
            yield f"  • {fact.words}{own}{self._at(fact.path)}"
        for name in dict.fromkeys((main, *(fact.source for fact in told))):
            yield f"  Nguồn {name}: {self._source(name)}"

    def _sources(self) -> Iterator[str]:
        used = {name for _, name in self.entry.source_names()}
        yield ""
        yield f"Nguồn{self._at(('sources',))}"
        for name in self.entry.sources:
            unused = "" if name in used else " (chưa phần nào dùng)"
            yield f"  {name}: {self._source(name)}{unused}{self._at(('sources', name))}"

    def _listed(self, title: str, key: str, texts: tuple[str, ...]) -> Iterator[str]:
        if texts:
            yield ""
            yield f"{title}{self._at((key,))}"
        for index, text in enumerate(texts):
            yield f"  • {text}{self._at((key, index))}"

    def _english(self) -> Iterator[str]:
        english = self.entry.english
        if english:
            yield ""
            yield f"Tiếng Anh: {english.name}. {english.summary}{self._at(('english',))}"

    def _rest(self) -> Iterator[str]:
        entry, knowledge = self.entry, self.shelf.knowledge
        if isinstance(entry, Guide) and entry.related:
            yield ""
            yield f"Thủ tục liên quan, thành nút bấm{self._at(('related',))}"
            yield from (f"  • {knowledge.by_id[name].name} ({name})" for name in entry.related)
        for twins in knowledge.twins:
            if entry.id in (option.procedure for option in twins.options):
                yield ""
                yield f"Dễ nhầm, bot hỏi lại: {twins.question}"
                yield from (f"  • {option.label} → {option.procedure}" for option in twins.options)
        asked = sum(entry.id in question.wanted for question in knowledge.questions)
        missing = [title for key, title in GROUPS.items() if key in type(entry).model_fields and not _has(entry, key)]
        yield ""
        yield f"Câu hỏi thử: {asked}"
        if missing:
            yield f"Chưa ghi: {', '.join(missing)}"

    def _source(self, name: str) -> str:
        source = self.entry.sources[name]
        return told_of(source, self.shelf.knowledge.origins[source.origin].name)

    def _has_local(self) -> bool:
        return any(self.shelf.place(self.entry, (key,))[0] != self.file for key in type(self.entry).model_fields)

    def _at(self, path: KeyPath) -> str:
        file, line = self.shelf.place(self.entry, path)
        return f"  [dòng {line}]" if file == self.file else f"  [{file}, dòng {line}]"


def _part(fact: Told) -> KeyPath:
    """Where the group of a fact stands; a guide's groups are its sections."""
    return fact.path[:2] if fact.heading else fact.path[:1]


def _has(entry: Entry, key: str) -> bool:
    return getattr(entry, key) is not None
