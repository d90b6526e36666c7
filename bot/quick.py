"""A quick start: knowledge checked and phrases read at an earlier start, where nothing they came from has changed."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from bot.cache import Shelf, fingerprint, give_back, nothing_thrown_away, program
from bot.catalogue import Catalogue
from bot.desk import Brain, brain
from bot.knowledge import Knowledge, load
from bot.matching import Spoken
from bot.reload import watched

KNOWLEDGE, PHRASES = "knowledge", "phrases"  # kinds of files on the shelf


def quick_knowledge(shelf: Shelf, folder: Path, local: str | None) -> Knowledge:
    """The same as `load`; read from the shelf if the very same files passed their checks before."""
    key = _files(folder, local)
    adapter = _adapter()
    with nothing_thrown_away():
        kept = shelf.take(KNOWLEDGE, key, adapter.validate_json)
    if kept is not None:
        return kept
    raw = adapter.dump_json(load(folder, local, shelf), by_alias=True, exclude_defaults=True)
    if _files(folder, local) == key:  # nobody saved a file meanwhile
        shelf.keep(KNOWLEDGE, key, raw)
    give_back()  # a value read anew lies together; the one made among the pieces of YAML would keep 40 MB of them
    return adapter.validate_json(raw)


def quick_brain(shelf: Shelf, knowledge: Knowledge, catalogue: Catalogue) -> Brain:
    """The same as `brain`; only phrases that were never read with this lexicon are read now."""
    lexicon = knowledge.lexicon.model_dump_json().encode()
    key = fingerprint([program(), lexicon])
    with nothing_thrown_away():
        made = brain(knowledge, catalogue, shelf.take(PHRASES, key, _phrases))
    readings = made.matcher.readings
    if readings.grown:
        shelf.keep(PHRASES, key, TypeAdapter(dict[str, tuple[str, str]]).dump_json(dict(readings.used)))
    readings.forget()
    return made


@cache
def _adapter() -> TypeAdapter[Knowledge]:
    return TypeAdapter(Knowledge)


def _files(folder: Path, local: str | None) -> str:
    """A fingerprint of all that `load` may read."""
    return fingerprint([program(), (local or "").encode(), *_contents(folder)])


def _contents(folder: Path) -> Iterator[bytes]:
    for path in watched(folder):
        yield str(path.relative_to(folder)).encode("utf-8", "surrogateescape")
        try:
            yield path.read_bytes()
        except OSError as error:  # `load` says so in words
            yield str(error.errno).encode()


def _phrases(raw: bytes) -> Mapping[str, Spoken]:
    read = TypeAdapter(dict[str, tuple[str, str]]).validate_json(raw)
    if any(folded.count(" ") != toned.count(" ") for folded, toned in read.values()):
        raise ValueError("words and their tones do not agree")
    return {text: Spoken(*words) for text, words in read.items()}
