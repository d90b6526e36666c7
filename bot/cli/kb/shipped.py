"""The base that came with the program, whatever base the office uses; and the office's own that may be edited."""

from pathlib import Path

from bot.cli.office import PACKAGE, Office
from bot.errors import KnowledgeError


def shipped_base() -> Path:
    """The base of the checkout that the program runs from; else the copy in the package."""
    beside = PACKAGE.parent / "knowledge"
    return beside if (beside / "procedures").is_dir() else PACKAGE / "_base"


def own_folder(office: Office) -> Path:
    """The office's folder; the copy inside the package is replaced by every new release and is not for editing."""
    if office.folder.resolve().is_relative_to(PACKAGE):
        raise KnowledgeError(
            "Đang dùng bộ tri thức nằm trong chương trình, sửa ở đó sẽ mất khi cài bản mới. "
            "Hãy chạy `motcua kb init THƯ-MỤC` để có bản riêng."
        )
    return office.folder
