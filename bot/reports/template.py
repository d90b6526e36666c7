"""How an office words its reports: a folder with report.yaml, and perhaps logo.png and letterhead.docx."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot import yamlfile
from bot.errors import ConfigError

OWN_TEMPLATE = Path(__file__).with_name("template")
WORDS, LOGO, LETTERHEAD = "report.yaml", "logo.png", "letterhead.docx"
NAMES = ("office", "period", "day")  # that may stand in braces
MEND = "xem report.yaml mà motcua report --new-template ghi ra"


class Section(BaseModel):
    """One part of a report: which table, under which heading, with which words before it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    table: str
    heading: str
    text: str = ""


class Words(BaseModel):
    """All wording of a report; `config.example`-like comments stand in the template itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    parent: str = ""
    unit: str = Field(min_length=1)
    number: str = ""
    place: str = ""
    title: str = Field(min_length=1)
    subtitle: str = ""
    opening: str = ""
    parts: tuple[Section, ...] = Field(min_length=1)
    closing: str = ""
    recipients: tuple[str, ...] = ()
    position: str = ""
    signer: str = ""


@dataclass(frozen=True)
class Template:
    """The wording, and the files beside it where they are."""

    words: Words
    logo: Path | None = None
    letterhead: Path | None = None

    def filled(self, office: str, period: str, day: datetime.date) -> Words:
        """The wording with the names in braces put in."""
        values = {"office": office, "period": period, "day": f"{day:%d/%m/%Y}"}
        return Words.model_validate(_filled(self.words.model_dump(), values))


def read_template(folder: Path, tables: Collection[str]) -> Template:
    """The template of a folder; `tables` are those that there are. ConfigError says what to mend, with its line."""
    path = folder / WORDS
    if not path.is_file():
        raise ConfigError(f"Không thấy {path}: hãy chạy motcua report --new-template {folder} để có mẫu mà sửa.")
    document = yamlfile.read(path, str(path))
    faults = [*document.faults] or _faults(document, tables)
    if faults:
        raise ConfigError("Mẫu báo cáo có lỗi:\n" + "\n".join(f"  {fault}" for fault in faults))
    beside = [there if (there := folder / name).is_file() else None for name in (LOGO, LETTERHEAD)]
    return Template(Words.model_validate(document.content), *beside)


def _faults(document: yamlfile.Document, tables: Collection[str]) -> list[object]:
    try:
        words = Words.model_validate(document.content)
    except ValidationError as error:
        return [
            document.fault(detail["loc"], "khóa lạ hoặc giá trị không dùng được", MEND) for detail in error.errors()
        ]
    unknown = [
        document.fault(("parts", number, "table"), f"không có bảng {part.table}", f"chọn: {', '.join(sorted(tables))}")
        for number, part in enumerate(words.parts)
        if part.table not in tables
    ]
    braces = [
        document.fault((key,), f"không điền được {value}", "chỉ viết {office}, {period}, {day} trong dấu ngoặc nhọn")
        for key, value in words.model_dump().items()
        if isinstance(value, str) and not _fits(value)
    ]
    return [*unknown, *braces]


def _fits(text: str) -> bool:
    try:
        return all(name is None or (name in NAMES and not form) for _, name, form, _ in Formatter().parse(text))
    except ValueError:
        return False


def _filled(value: object, names: Mapping[str, str]) -> object:
    """Names put in wherever a text is; nothing else of a format is understood."""
    if isinstance(value, str):
        for name, told in names.items():
            value = value.replace(f"{{{name}}}", told)
        return value
    if isinstance(value, dict):
        return {key: _filled(one, names) for key, one in value.items()}
    return [_filled(one, names) for one in value] if isinstance(value, list | tuple) else value
