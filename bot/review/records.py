"""What was published, kept beside the base so that it can be taken back: the former bytes and what they became."""

import base64
import datetime
import secrets
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from bot.editing.folder import OWN, Changes, put
from bot.errors import MotCuaError
from bot.procedures import Value
from bot.review.edits import digest

RECORDS = Path(OWN) / "undo"
KEPT = 200  # changes that can be taken back; each holds some hundred KB


class Former(Value):
    """A file before a change (as base64, None: it was not there), and the digest of what it became (None: gone)."""

    before: str | None
    after: str | None

    @property
    def content(self) -> bytes | None:
        """The bytes before."""
        return None if self.before is None else base64.b64decode(self.before)


class Record(Value):
    """One published change; `finished` once it is in the history too, `note` is what could not be done."""

    id: str
    at: datetime.datetime
    user: str
    who: str
    message: str
    files: dict[str, Former]
    finished: bool = False
    commit: str | None = None
    note: str = ""

    @property
    def former(self) -> Changes:
        """The change that takes it back."""
        return {name: file.content for name, file in self.files.items()}


def new_id(at: datetime.datetime) -> str:
    """A name for a record that sorts by its time."""
    return f"{at.astimezone(datetime.UTC):%Y%m%d-%H%M%S-%f}-{secrets.token_hex(2)}"


def kept_files(changes: Changes, former: Mapping[str, bytes | None]) -> dict[str, Former]:
    """What a record keeps of some changes."""
    return {
        name: Former(
            before=None if (raw := former[name]) is None else base64.b64encode(raw).decode(),
            after=None if new is None else digest(new),
        )
        for name, new in changes.items()
    }


def keep(folder: Path, record: Record) -> Record:
    """Keep it, in place of an earlier state of it; the oldest are forgotten."""
    place = folder / RECORDS
    place.mkdir(parents=True, exist_ok=True)
    put(place / f"{record.id}.json", record.model_dump_json().encode())
    for old in sorted(place.glob("*.json"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return record


def forget(folder: Path, record: Record) -> None:
    """It never came about."""
    (folder / RECORDS / f"{record.id}.json").unlink(missing_ok=True)


def newest(folder: Path, limit: int = 20) -> list[Record]:
    """The last changes, newest first; a record that cannot be read is left out."""
    found = sorted((folder / RECORDS).glob("*.json"), reverse=True)[:limit]
    return [record for path in found if (record := _read(path))]


def find(folder: Path, id: str) -> Record:
    """The record of a change."""
    path = folder / RECORDS / f"{Path(id).name}.json"
    record = _read(path) if path.is_file() else None
    if record is None:
        raise MotCuaError(f"Không còn bản lưu của lần sửa {id}: chỉ giữ {KEPT} lần gần nhất. Hãy sửa lại bằng tay.")
    return record


def _read(path: Path) -> Record | None:
    try:
        return Record.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
