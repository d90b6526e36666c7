"""A rehearsed edit put into the office's base: only over what was rehearsed, all of it or nothing, and undone at will.

The record of the former bytes is written first, then the files, then the commit. Whoever is killed in between leaves a
record that is not finished: `mended` finishes it or, where only some files were written, puts all of them back.
"""

import datetime
from pathlib import Path

from bot.editing.folder import Changes, checked, replace
from bot.errors import ConflictError, MotCuaError
from bot.review.edits import contents, digest
from bot.review.history import commit
from bot.review.lock import Hold
from bot.review.records import Record, find, forget, keep, kept_files, new_id, newest
from bot.review.rehearsal import MEND, Rehearsal
from bot.roles import Role
from bot.storage import Member

AGAIN = "Hãy thử lại để xem sửa đổi ấy còn đúng với bản mới không."


def publish(hold: Hold, tried: Rehearsal, member: Member, message: str, at: datetime.datetime) -> Record:
    """Write what was rehearsed; ConflictError and nothing written if any file of the base is no longer as it was."""
    now = contents(hold.folder)
    changed = sorted(name for name in {**now, **tried.files} if now.get(name) != tried.files.get(name))
    if changed:
        raise ConflictError(f"Chưa ghi gì: {', '.join(changed)} {_by(hold.folder, changed)}. {AGAIN}")
    record = Record(
        id=new_id(at),
        at=at,
        user=member.user,
        who=member.name,
        message=message,
        files=kept_files(tried.changes, tried.former),
    )
    return _write(hold, record, tried.changes, member)


def roll_back(hold: Hold, id: str, local: str | None, member: Member, at: datetime.datetime) -> Record:
    """Put the former bytes of a change back, if its files are still as it left them, and what comes of it is whole."""
    record = find(hold.folder, id)
    changed = [name for name, file in record.files.items() if _digest(hold.folder / name) != file.after]
    if changed:
        raise ConflictError(
            f"Chưa hoàn tác gì: {', '.join(changed)} {_by(hold.folder, changed, record.id)}. Hãy sửa tay chỗ cần bỏ."
        )
    checked(hold.folder, record.former, local, MEND)
    former = {name: _bytes(hold.folder / name) for name in record.files}
    undone = Record(
        id=new_id(at),
        at=at,
        user=member.user,
        who=member.name,
        message=f"Hoàn tác: {record.message}",
        files=kept_files(record.former, former),
    )
    return _write(hold, undone, record.former, member)


def mended(hold: Hold) -> Record | None:
    """Finish the last change if it was cut short; what came of it, None where there was nothing to do."""
    last = next(iter(newest(hold.folder, 1)), None)
    if last is None or last.finished:
        return None
    now = {name: _digest(hold.folder / name) for name in last.files}
    if all(now[name] == file.after for name, file in last.files.items()):
        return _finish(hold, last, Member(0, last.user, last.who, Role.EDITOR))
    former = {name: None if raw is None else digest(raw) for name, raw in last.former.items()}
    if all(now[name] in (file.after, former[name]) for name, file in last.files.items()):
        replace(hold.folder, {name: raw for name, raw in last.former.items() if now[name] != former[name]})
    forget(hold.folder, last)
    return None


def _write(hold: Hold, record: Record, changes: Changes, member: Member) -> Record:
    try:
        keep(hold.folder, record)
        replace(hold.folder, changes)
    except OSError as error:
        mended(hold)
        raise MotCuaError(
            f"Chưa ghi gì vào {hold.folder}: {error.strerror}. Hãy xem quyền ghi và chỗ trống của đĩa."
        ) from error
    return _finish(hold, record, member)


def _finish(hold: Hold, record: Record, member: Member) -> Record:
    number, note = commit(hold.folder, record.files, member, record.message)
    return keep(hold.folder, record.model_copy(update={"finished": True, "commit": number, "note": note}))


def _by(folder: Path, names: list[str], behind: str = "") -> str:
    """Who changed some files, as far as it is known."""
    for record in newest(folder):
        if record.id > behind and not record.files.keys().isdisjoint(names):
            return f"vừa được {record.who} sửa (“{record.message}”)"
    return "vừa được người khác sửa"


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _digest(path: Path) -> str | None:
    raw = _bytes(path)
    return None if raw is None else digest(raw)
