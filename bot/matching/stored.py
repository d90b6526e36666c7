"""What is slow to make and the same at every start, kept on a shelf: phrases read, and the indexes made of them."""

import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pydantic import TypeAdapter

from bot.cache import Shelf, fingerprint, nothing_thrown_away, packed, program, unpacked
from bot.knowledge import Lexicon
from bot.matching.index import Index, Lists, Target, build
from bot.matching.reading import Reader
from bot.matching.readings import Readings, Spoken
from bot.matching.senses import Senses

SEPARATOR = "\n"  # stands in no word and no phrase


class Stored:
    """What was made with one lexicon by one version of the program; with no shelf, everything is made anew."""

    def __init__(self, shelf: Shelf | None, lexicon: Lexicon) -> None:
        self._shelf = shelf
        self._key = fingerprint([program(), sys.byteorder.encode(), lexicon.model_dump_json().encode()])

    @contextmanager
    def readings(self, kind: str, reader: Reader) -> Iterator[Readings]:
        """Readings of phrases, those of the last start looked up when the first is wanted, and kept for the next."""
        shelf, key = self._shelf, self._key
        readings = Readings(reader, (lambda: shelf.take(kind, key, _spoken) or {}) if shelf else dict)
        yield readings
        if shelf and readings.grown:
            shelf.keep(kind, key, TypeAdapter(dict[str, Spoken]).dump_json(dict(readings.used)))
        readings.forget()

    def index(self, kind: str, targets: Iterable[Target], readings: Readings, weak: Iterable[str] = ()) -> Index:
        """The index of some targets, as it was kept or built."""
        named, words = tuple(targets), frozenset(weak)
        if self._shelf is None:
            return build(named, readings, words)
        texts = [*sorted(words), "", *(text for t in named for text in (t.id, str(len(t.phrases)), *t.phrases))]
        key = fingerprint([self._key.encode(), SEPARATOR.join(texts).encode("utf-8", "surrogatepass")])
        kept = self._shelf.take(kind, key, lambda raw: understood(unpacked(raw), named, words))
        if kept is not None:
            return kept
        with nothing_thrown_away():
            made = build(named, readings, words)
        self._shelf.keep(kind, key, packed(parts(made)))
        return made


def parts(index: Index) -> dict[str, bytes]:
    """An index as bytes, but for its targets and weak words, which whoever reads it has."""
    words = {"texts": index.texts, "numbers": index.numbers, "tones": index.tones, "senses": index.senses.names}
    numbers = {name: getattr(index, name) for name in ("starts", "roots", "weights", "odds")}
    numbers |= {"said": index.senses.said, "unsaid": index.senses.unsaid}
    for name, lists in (("places", index.places), ("counts", index.counts), ("toned", index.toned)):
        numbers |= {f"{name}.bounds": lists.bounds, f"{name}.numbers": lists.numbers}
    return {name: SEPARATOR.join(texts).encode() for name, texts in words.items()} | {
        name: values.tobytes() for name, values in numbers.items()
    }


def understood(raw: Mapping[str, bytes], targets: tuple[Target, ...], weak: frozenset[str]) -> Index:
    """The index of these parts; a ValueError where they do not fit together."""
    try:
        index = Index(
            targets,
            weak,
            _words(raw["texts"]),
            _numbers("I", raw["starts"]),
            {word: number for number, word in enumerate(_words(raw["numbers"]))},
            _lists("I", raw, "places"),
            _lists("I", raw, "counts"),
            {word: number for number, word in enumerate(_words(raw["tones"]))},
            _lists("H", raw, "toned"),
            _numbers("d", raw["roots"]),
            _numbers("d", raw["weights"]),
            _numbers("d", raw["odds"]),
            Senses(tuple(_words(raw["senses"])), _numbers("d", raw["said"]), _numbers("d", raw["unsaid"])),
        )
        fits = _fits(index)
    except (KeyError, IndexError, ValueError) as error:
        raise ValueError("no index") from error
    if not fits:
        raise ValueError("no index of these targets")
    return index


def _fits(index: Index) -> bool:
    features = len(index.numbers)
    sizes = (
        (len(index.starts), len(index.targets) + 1),
        (index.starts[-1], len(index.texts)),
        (len(index.roots), len(index.texts)),
        (len(index.weights), features),
        (len(index.odds), len(index.counts.numbers)),
        (len(index.senses.said), len(index.senses.names) * len(index.targets)),
        (len(index.senses.unsaid), len(index.senses.said)),
    )
    lists = ((index.places, features), (index.counts, features), (index.toned, len(index.tones)))
    return all(a == b for a, b in sizes) and all(
        len(some.bounds) == count + 1 and some.bounds[-1] == len(some.numbers) for some, count in lists
    )


def _words(raw: bytes) -> list[str]:
    text = raw.decode()
    return text.split(SEPARATOR) if text else []


def _lists(typecode: str, raw: Mapping[str, bytes], name: str) -> Lists:
    return Lists(_numbers("I", raw[f"{name}.bounds"]), _numbers(typecode, raw[f"{name}.numbers"]))


def _numbers(typecode: str, raw: bytes) -> "array[Any]":
    numbers: array[Any] = array(typecode)
    numbers.frombytes(raw)
    return numbers


def _spoken(raw: bytes) -> Mapping[str, Spoken]:
    read = TypeAdapter(dict[str, Spoken]).validate_json(raw)
    if any(spoken.folded.count(" ") != spoken.toned.count(" ") for spoken in read.values()):
        raise ValueError("words and their tones do not agree")
    return read
