"""One line of the settings file changed; its comments and other lines stay."""

from pathlib import Path

from bot import yamlfile
from bot.editing import folder
from bot.errors import ConfigError

HEAD = "# Cấu hình của Một Cửa, xem config.example.yaml.\n".encode()


def prepared(path: Path, key: str, value: str) -> bytes:
    """The settings file with `key: value`; a file that is not there begins with a comment."""
    if not path.exists():
        return folder.edited(HEAD, path.name, {key: value})
    document = yamlfile.read(path, str(path))
    if document.faults:
        raise ConfigError("Tệp cấu hình có lỗi:\n" + "\n".join(f"  {fault}" for fault in document.faults))
    content = document.content or {}
    if not isinstance(content, dict):
        raise ConfigError(f"Tệp cấu hình {path} cần các dòng khóa: giá trị, như config.example.yaml.")
    return folder.edited(path.read_bytes(), path.name, {**content, key: value})
