"""Files that commands write for people: whole or not at all."""

import secrets
from contextlib import suppress
from pathlib import Path

from bot.errors import MotCuaError


def put(path: Path, content: bytes) -> None:
    """Write beside the place, then put it there at once: nobody prints or sends half a file."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise MotCuaError(f"Không ghi được {path}: {error.strerror}. Hãy xem quyền ghi và chỗ trống.") from error
