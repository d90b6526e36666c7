"""The catalogue on disk: one JSON file of the office's own data, replaced whole or not at all."""

import datetime
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from bot.catalogue.entries import Catalogue, Listed
from bot.errors import MotCuaError

CODE = r"^[0-9]\.[0-9]{6,9}$"  # six digits; the portal's own list has a few with more
LONGEST = 1500  # characters; the longest official name of 2026 has 1,192

ListedCode = Annotated[str, StringConstraints(pattern=CODE)]
Words = Annotated[str, StringConstraints(max_length=LONGEST)]
Row = tuple[ListedCode, Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)], Words, Words, Words]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    form: Literal[1] = 1
    source: Words
    imported_on: datetime.date | None
    rows: tuple[Row, ...]


def load(path: Path, place: str | None = None) -> Catalogue:
    """The catalogue in a file, searched for the people of a place; an empty one where there is no file."""
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Catalogue(place=place)
    except OSError as error:
        raise MotCuaError(f"Không đọc được danh mục {path}: {error.strerror}. Hãy xem quyền đọc của tệp.") from error
    try:
        content = _File.model_validate_json(raw)
    except ValidationError as error:
        raise MotCuaError(
            f"Tệp danh mục {path} bị hỏng. Hãy nhập lại: motcua kb catalogue import TỆP.csv, "
            "hoặc gỡ: motcua kb catalogue remove."
        ) from error
    return Catalogue(tuple(Listed(*row) for row in content.rows), content.source, content.imported_on, place)


def save(catalogue: Catalogue, path: Path) -> None:
    """Write a catalogue beside its place, then put it there at once."""
    rows = tuple((e.code, e.name, e.field, e.agency, e.issuer) for e in catalogue.entries)
    content = _File(source=catalogue.source, imported_on=catalogue.imported_on, rows=rows)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(content.model_dump_json(), "utf-8")
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        problem = f"Không ghi được danh mục {path}: {error.strerror}."
        raise MotCuaError(f"{problem} Hãy xem quyền ghi và chỗ trống.") from error


def remove(path: Path) -> bool:
    """Take the catalogue away; whether there was one."""
    try:
        path.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise MotCuaError(f"Không xóa được danh mục {path}: {error.strerror}. Hãy xem quyền của thư mục.") from error
    return True
