"""What staff are offered for a question: the entries it may mean, and lines of the catalogue for a new one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot import yamlfile
from bot.catalogue import Listed
from bot.curation.adding import Drawers
from bot.curation.listing import Listed as Row
from bot.curation.skeleton import guide_id, guide_skeleton, scalar, skeleton
from bot.desk import Brain
from bot.storage import Wording
from bot.text import clean, fold, folded_words

NEAREST = 5


def meant(phrase: str, wordings: Iterable[Wording]) -> str | None:
    """The question of citizens that a phrase was made of: it shares most words with it, of equals the more frequent."""
    words = set(folded_words(phrase))

    def shared(question: str) -> float:
        own = set(folded_words(question))
        return len(words & own) / max(len(words | own), 1)

    return max((one.question for one in wordings if one.question), key=shared, default=None)


@dataclass(frozen=True)
class Proposal:
    """An entry or guide that a question may mean, and how probable that is, in [0, 1]."""

    id: str
    name: str
    score: float


def nearest(mind: Brain, question: str, most: int = NEAREST) -> list[Proposal]:
    """The entries that a question fits best, the best first."""
    ranking = mind.matcher.rank(clean(question))
    found = [c for c in ranking.candidates if mind.matcher.is_entry(c.id)][:most]
    return [Proposal(c.id, mind.matcher.name_of(c.id), c.score) for c in found]


def nearest_of(mind: Brain, questions: Iterable[str], most: int = NEAREST) -> list[Proposal]:
    """The same for a group of questions: each entry with the best of its scores."""
    best: dict[str, Proposal] = {}
    for question in questions:
        for found in nearest(mind, question, most):
            if found.id not in best or found.score > best[found.id].score:
                best[found.id] = found
    return sorted(best.values(), key=lambda found: (-found.score, found.id))[:most]


def listed(mind: Brain, question: str, most: int = NEAREST) -> list[tuple[Listed, float]]:
    """Lines of the catalogue that a question may mean, with their scores in [0, 1]: where a new entry may begin."""
    ranking = mind.matcher.rank(clean(question))
    return [(mind.catalogue.by_id[c.id], c.score) for c in ranking.listed[:most] if c.id in mind.catalogue.by_id]


def begun(drawers: Drawers, line: Listed, asked: Iterable[str] = ()) -> str:
    """The text of a new entry, with what the catalogue says of it and what citizens asked as its phrases."""
    row = Row(line.code, line.name, line.agency, line.field, line.portal_url if line.code else "")
    return _with_phrases(skeleton(row, drawers.ids(), drawers.origins()), line.name, asked)


def begun_guide(drawers: Drawers, name: str, asked: Iterable[str] = ()) -> str:
    """The text of a new guide, with what citizens asked as its phrases."""
    text = guide_skeleton(guide_id(name, drawers.ids()), name, drawers.origins())
    return _with_phrases(text, name, asked)


def fields_of(folder: Path, part: str) -> dict[str, str]:
    """The files of `procedures` or `guides` with the field that each is for, by field; one that is broken has none."""
    files = {
        path.relative_to(folder).as_posix(): yamlfile.read(path, path.name) for path in yamlfile.files(folder / part)
    }
    contents = {name: document.content for name, document in files.items()}
    found = {name: str(held.get("field", "")) if isinstance(held, dict) else "" for name, held in contents.items()}
    return dict(sorted(found.items(), key=lambda pair: fold(pair[1])))


def file_of(files: Mapping[str, str], part: str, field: str) -> str:
    """The file of a field; of one that has none yet, the name that it will get."""
    standing = next((file for file, known in files.items() if fold(known) == fold(field)), "")
    return standing or f"{part}/{guide_id(field, {PurePosixPath(file).stem for file in files})}.yaml"


def _with_phrases(text: str, name: str, asked: Iterable[str]) -> str:
    """A skeleton whose phrases go on with those that say something else than its name."""
    wordings = {folded_words(wording): wording for wording in asked} | {folded_words(name): ""}
    lines = text.splitlines(keepends=True)
    place = next(number for number, row in enumerate(lines) if row.startswith("  phrases:")) + 2
    new = [f"    - {scalar(wording)}\n" for wording in wordings.values() if wording]
    return "".join([*lines[:place], *new, *lines[place:]])
