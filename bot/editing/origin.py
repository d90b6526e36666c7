"""What an office's folder remembers under `.motcua/`: the release it came from, whole, and what is still undecided."""

import datetime
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from bot.editing import folder as base_folder
from bot.editing.folder import OWN
from bot.errors import KnowledgeError
from bot.knowledge import load

BASE = "base"
RELEASE = "release.json"


@dataclass(frozen=True)
class Release:
    """The shipped base that an office last took: the program's version, the base's own, and the day."""

    program: str
    knowledge: str
    taken_on: datetime.date
    undecided: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.program} (bộ tri thức {self.knowledge})"


def origin(office: Path) -> tuple[Path, Release]:
    """The shipped base that an office's folder came from, and which release that was."""
    base, note = office / OWN / BASE, office / OWN / RELEASE
    try:
        content = json.loads(note.read_text("utf-8"))
        taken_on = datetime.date.fromisoformat(content["taken_on"])
        release = Release(content["program"], content["knowledge"], taken_on, tuple(content["undecided"]))
    except FileNotFoundError as error:
        raise KnowledgeError(
            f"Thư mục {office} không do `motcua kb init` tạo ra, nên không biết nó bắt đầu từ bản nào. "
            "Hãy chạy `motcua kb init THƯ-MỤC-MỚI`, rồi đưa các sửa đổi của đơn vị sang thư mục đó."
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KnowledgeError(f"Không đọc được {note}: hãy lấy lại tệp này từ bản sao lưu.") from error
    if not (base / "procedures").is_dir():
        raise KnowledgeError(f"Thiếu thư mục {base}: hãy lấy lại thư mục này từ bản sao lưu.")
    return base, release


def remember(office: Path, shipped: Path, release: Release) -> None:
    """Keep the shipped base and its release in the office's folder, in place of the former one."""
    own = office / OWN
    fresh, old = own / f"{BASE}.new", own / f"{BASE}.old"
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    fresh.mkdir(parents=True)
    base_folder.copied(shipped, fresh)
    if (own / BASE).exists():
        (own / BASE).rename(old)
    fresh.rename(own / BASE)
    note = {
        "program": release.program,
        "knowledge": release.knowledge,
        "taken_on": release.taken_on.isoformat(),
        "undecided": release.undecided,
    }
    beside = own / f"{RELEASE}.new"
    beside.write_text(json.dumps(note, ensure_ascii=False, indent=2) + "\n", "utf-8")
    beside.replace(own / RELEASE)
    shutil.rmtree(old, ignore_errors=True)


def release_of(shipped: Path, program: str, today: datetime.date) -> Release:
    """The release that a shipped base is; one with faults is refused."""
    return Release(program, load(shipped, None).version, today)


def started(shipped: Path, office: Path, release: Release) -> None:
    """An office's own copy of a shipped base, made beside and put in place whole."""
    if office.exists() and (not office.is_dir() or any(office.iterdir())):
        raise KnowledgeError(
            f"{office} đã có nội dung: hãy chọn một thư mục mới hoặc thư mục trống. "
            "Muốn lấy bản mới vào thư mục đã có thì chạy `motcua kb upgrade`."
        )
    beside = office.with_name(f".{office.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    base_folder.copied(shipped, beside)
    remember(beside, shipped, release)
    if office.exists():
        office.rmdir()
    beside.rename(office)
