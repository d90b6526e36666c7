"""A quick start: knowledge checked at an earlier start, where nothing that it came from has changed."""

from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from bot.cache import Shelf, fingerprint, give_back_new, nothing_thrown_away, program
from bot.knowledge import Knowledge, load
from bot.reload import watched

KIND = "knowledge"  # of file on the shelf


def quick_knowledge(shelf: Shelf, folder: Path, local: str | None) -> Knowledge:
    """The same as `load`; read from the shelf if the very same files passed their checks before."""
    key = _files(folder, local)
    adapter = _adapter()
    with nothing_thrown_away():
        kept = shelf.take(KIND, key, adapter.validate_json)
    if kept is not None:
        return kept
    raw = adapter.dump_json(load(folder, local, shelf), by_alias=True, exclude_defaults=True)
    if _files(folder, local) == key:  # nobody saved a file meanwhile
        shelf.keep(KIND, key, raw)
    give_back_new()  # a value read anew lies together; the one made among the pieces of YAML would keep 40 MB of them
    return adapter.validate_json(raw)


def is_kept(shelf: Shelf, folder: Path, local: str | None) -> bool:
    """Whether the very same files passed their checks before."""
    return shelf.has(KIND, _files(folder, local))


def regrown(new: Knowledge, old: Knowledge) -> Knowledge:
    """The new base, made of the old one's values wherever they are equal: only what changed takes memory anew."""
    before = {field.name: getattr(old, field.name) for field in fields(Knowledge)}
    after = {field.name: getattr(new, field.name) for field in fields(Knowledge)}
    same = {name: before[name] for name, value in after.items() if before[name] == value}
    if "procedures" not in same:
        same["procedures"] = tuple(
            known if (known := old.by_id.get(entry.id)) == entry else entry for entry in new.procedures
        )
    return replace(new, **same)


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
