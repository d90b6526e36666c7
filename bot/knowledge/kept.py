"""Files as they were read before: one that has not changed by a byte is taken as it was, and not read as YAML again."""

import json
import os
from pathlib import Path

from bot import yamlfile
from bot.cache import Shelf, fingerprint, packed, program, unpacked
from bot.yamlfile import Document

KIND = "files"
BETWEEN = b"\n"  # stands in no JSON on one line


class Kept:
    """Reads files; with a shelf, those unchanged since an earlier start quickly. Files with faults are never kept."""

    def __init__(self, folder: Path, shelf: Shelf | None = None) -> None:
        self._shelf = shelf
        self._key = fingerprint([program(), os.fsencode(folder.absolute())]) if shelf else ""
        self._before = (shelf.take(KIND, self._key, unpacked) if shelf else None) or {}
        self._used: dict[str, bytes] = {}

    def parse(self, raw: bytes, name: str) -> Document:
        """A file's content; the bytes are all that it depends on."""
        if self._shelf is None:
            return yamlfile.parse(raw, name)
        key = fingerprint([raw])
        kept = self._before.get(key)
        if kept is not None:
            self._used[key] = kept
            content, _, lines = kept.partition(BETWEEN)
            return Document(name, json.loads(content), lambda: json.loads(lines))
        document = yamlfile.parse(raw, name)
        if not document.faults:  # written out at once: an overlay changes the content later
            self._used[key] = BETWEEN.join(map(_json, (document.content, document.lines)))
        return document

    def keep(self) -> None:
        """Keep what was read, where it is not what was kept before."""
        if self._shelf and self._used.keys() != self._before.keys():
            self._shelf.keep(KIND, self._key, packed(self._used))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
