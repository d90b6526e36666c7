"""Files of labelled questions: the base's own form (YAML), rows of codes (TSV), or lines that no entry answers."""

import enum
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from bot import yamlfile
from bot.desk import Brain
from bot.errors import Fault, MotCuaError
from bot.knowledge import TestQuestion
from bot.knowledge.files import QuestionsFile
from bot.knowledge.wording import fault_words
from bot.procedures import Facet
from bot.text import fold

COLUMNS = ("id", "behaviour", "codes", "question")
CODE = re.compile(r"\d\.\d{6}")
NUMBER = re.compile(r"[\d.]+")
TOLD = 20  # faults of one file that are told one by one
FORMS = "dùng .yaml (như questions/), .tsv (id, behaviour, codes, question) hoặc .txt (câu không mục nào trả lời)"


class Behaviour(enum.StrEnum):
    """What is to come of a question: an answer, a question back (or the right answer), neither, or a route."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    OUT = "out"
    ROUTE = "route"


IN_ROWS = (Behaviour.ANSWER, Behaviour.CLARIFY, Behaviour.OUT)


@dataclass(frozen=True)
class Case:
    """A labelled question: `wanted` are the entries or routes that are right, `all_of` those that must all be shown.

    `facets` are those that must be told; None where nobody said which.
    """

    text: str
    wanted: tuple[str, ...] = ()
    behaviour: Behaviour = Behaviour.OUT
    facets: tuple[Facet, ...] | None = None
    after: str | None = None
    all_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class CaseSet:
    """The questions of one file; `skipped` are rows whose codes the base does not hold."""

    name: str
    cases: tuple[Case, ...]
    skipped: int = 0


@dataclass(frozen=True)
class Names:
    """Which entries a code, or any word that labels use, stands for; `same` is what a person said of it."""

    brain: Brain
    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def knows(self, name: str) -> bool:
        """Whether an id is that of an entry, a guide, a line of the catalogue or a route."""
        return self.brain.knows(name) or name in self.routes

    def of(self, name: str) -> tuple[str, ...]:
        """All entries that are right for a code, an id or a word; several where titles of the catalogue are equal."""
        own = [name] if self.knows(name) else []
        listed = self.brain.catalogue.by_code.get(name)
        alike = self._titles.get(fold(listed.name), []) if listed else []
        return tuple(dict.fromkeys([*own, *self._codes.get(name, []), *self.same.get(name, ()), *alike]))

    @cached_property
    def routes(self) -> frozenset[str]:
        """The ids of what is said without an entry."""
        return frozenset(route.id for route in self.brain.knowledge.routes)

    @cached_property
    def _codes(self) -> dict[str, list[str]]:
        codes: dict[str, list[str]] = {}
        for entry in self.brain.knowledge.procedures:
            for code in entry.codes:
                codes.setdefault(code, []).append(entry.id)
        return codes

    @cached_property
    def _titles(self) -> dict[str, list[str]]:
        titles: dict[str, list[str]] = {}
        for listed in self.brain.catalogue.entries:
            titles.setdefault(fold(listed.name), []).append(listed.id)
        return titles


def read(path: Path, names: Names) -> CaseSet:
    """The questions of a file, or of all YAML files of a folder; what is wrong is told with its line."""
    if path.is_dir():
        found = [read(each, names) for each in sorted(path.glob("*.yaml"))]
        if not found:
            raise MotCuaError(f"Thư mục {path} không có tệp .yaml nào. Hãy chỉ đúng thư mục câu hỏi thử.")
        return CaseSet(path.name, tuple(case for each in found for case in each.cases))
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise MotCuaError(f"Không biết đọc tệp {path}: {FORMS}.")
    made = reader(path, names)
    if not made.cases and not made.skipped:
        raise MotCuaError(f"Tệp {path} không có câu hỏi nào.")
    return made


def case_of(question: TestQuestion, routes: frozenset[str] = frozenset()) -> Case:
    """A question of the base's own form; facets are labelled where the key is written, be it empty."""
    return Case(
        question.question,
        question.wanted,
        _behaviour(question, routes),
        question.facets if "facets" in question.model_fields_set else None,
        question.after,
        question.expected if question.both else (),
    )


def _behaviour(question: TestQuestion, routes: frozenset[str]) -> Behaviour:
    if not question.wanted:
        return Behaviour.OUT
    return Behaviour.ROUTE if routes.issuperset(question.wanted) else Behaviour.ANSWER


def _yaml(path: Path, names: Names) -> CaseSet:
    document = yamlfile.read(path, str(path))
    if document.faults:
        raise _wrong(path, document.faults)
    try:
        questions = QuestionsFile.model_validate(document.content).questions
    except ValidationError as error:
        raise _wrong(path, [document.fault(*fault_words(e)) for e in error.errors(include_url=False)]) from error
    unknown = [
        document.fault(("questions", number), f"không có mục nào tên {name}", "xem lại id của mục")
        for number, question in enumerate(questions)
        for name in question.wanted
        if not names.knows(name)
    ]
    if unknown:
        raise _wrong(path, unknown)
    return CaseSet(path.name, tuple(case_of(question, names.routes) for question in questions))


def _tsv(path: Path, names: Names) -> CaseSet:
    cases: list[Case] = []
    faults: list[Fault] = []
    skipped = 0
    for number, line in _lines(path):
        cells = [cell.strip() for cell in line.split("\t")]
        if tuple(cells) == COLUMNS:
            continue
        problem = _fault_of(cells)
        if problem:
            faults.append(Fault(str(path), number, "", *problem))
            continue
        behaviour, text = Behaviour(cells[1]), cells[3]
        wanted = tuple(dict.fromkeys(name for code in cells[2].split("|") for name in names.of(code.strip())))
        if behaviour is not Behaviour.OUT and not wanted:
            skipped += 1
        else:
            cases.append(Case(text, () if behaviour is Behaviour.OUT else wanted, behaviour))
    if faults:
        raise _wrong(path, faults)
    return CaseSet(path.name, tuple(cases), skipped)


def _fault_of(cells: list[str]) -> tuple[str, str] | None:
    """What is wrong with a row, and how to mend it."""
    if len(cells) != len(COLUMNS):
        return f"có {len(cells)} cột, cần {len(COLUMNS)}", f"viết {', '.join(COLUMNS)}, cách nhau bằng phím Tab"
    if cells[1] not in IN_ROWS:
        return f"không hiểu behaviour {cells[1]!r}", f"dùng một trong: {', '.join(IN_ROWS)}"
    if not cells[3]:
        return "thiếu câu hỏi", "viết câu hỏi ở cột cuối, hoặc xóa dòng"
    if cells[1] != Behaviour.OUT and not cells[2]:
        return "thiếu mã thủ tục", "viết mã ở cột thứ ba, nhiều mã thì cách nhau bằng |"
    broken = [c for c in map(str.strip, cells[2].split("|")) if NUMBER.fullmatch(c) and not CODE.fullmatch(c)]
    return (f"mã thủ tục sai dạng: {broken[0]}", "mã thủ tục có dạng 1.001193") if broken else None


def _text(path: Path, _names: Names) -> CaseSet:
    return CaseSet(path.name, tuple(Case(line.strip()) for _, line in _lines(path)))


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that are not empty, with their numbers."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise MotCuaError(f"Không mở được tệp {path}: {error.strerror}. Hãy xem lại đường dẫn.") from error
    except UnicodeDecodeError as error:
        raise MotCuaError(f"Tệp {path} không phải UTF-8. Hãy lưu lại với mã UTF-8.") from error
    yield from ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _wrong(path: Path, faults: Iterable[Fault]) -> MotCuaError:
    every = list(faults)
    told = [f"  {fault}" for fault in every[:TOLD]]
    rest = [f"  … và {len(every) - TOLD} lỗi nữa"] if len(every) > TOLD else []
    return MotCuaError("\n".join([f"Tệp câu hỏi {path} có {len(every)} lỗi:", *told, *rest]))


READERS: dict[str, Callable[[Path, Names], CaseSet]] = {
    **dict.fromkeys((".yaml", ".yml"), _yaml),
    ".tsv": _tsv,
    ".txt": _text,
}
