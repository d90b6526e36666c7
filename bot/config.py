"""Settings: a YAML file, each key also as `MOTCUA_<KEY>`; with neither, the defaults answer in the terminal."""

import datetime
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, ValidationInfo, field_validator

from bot import yamlfile
from bot.errors import ConfigError
from bot.hours import FORM, Hours, read_hours

PREFIX = "MOTCUA_"
UNSET = ("", "null", "~")  # an empty value is no value; for `local` it means: no local rules
PROXIES = ("http://", "https://", "socks5://", "socks5h://")
SQLITE = "sqlite:///"
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
PLACE = r"^([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):[1-9][0-9]{0,4}$"  # host:port
HERE = r"http://(localhost|127\.0\.0\.1)(:[0-9]+)?"  # a Bot API server of one's own on this machine
LAST_PORT = 65535
DEFAULT_FILE = Path("config.yaml")
CATALOGUE = "catalogue.json"  # beside the database: both are the office's own data
PERSON_KEY = "motcua.key"  # beside the database, never in it: without it nobody can tell who asked
OFFICE_TIME = ZoneInfo("Asia/Ho_Chi_Minh")


def default_database() -> str:
    """The database of a person who configured none: in the user's data folder, the same from everywhere."""
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return f"{SQLITE}{Path(base) / 'motcua' / 'motcua.db'}"


class Config(BaseModel):
    """All settings. `config.example.yaml` says what each is for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    token: SecretStr | None = None
    token_file: Path | None = None
    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    proxy: SecretStr | None = None
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str | None = Field(default=None, pattern=rf"^(https://[^\s/?#@]+|{HERE})(/[^\s?#]*)?$")
    webhook_listen: str = Field(default="127.0.0.1:8443", pattern=PLACE)
    flood: str = Field(default="300/minute", pattern=r"^([1-9][0-9]{0,6}/(second|minute|hour)|never)$")
    knowledge: Path | None = None
    local: str | None = Field(default="hai-phong", pattern=r"^[a-z0-9-]+$")
    database: str = Field(default_factory=default_database, pattern=r"^sqlite:///.+")
    catalogue: Path | None = None
    office: str = Field(default="thành phố Hải Phòng", min_length=1)
    contact: str | None = None
    hours: str | None = None
    holidays: tuple[datetime.date, ...] = ()
    consent: Literal["notice", "ask"] = "notice"
    person_key: SecretStr | None = None
    person_key_file: Path | None = None
    staff_group: int | None = Field(default=None, lt=0)
    digest_at: datetime.time = datetime.time(7, 30)
    report_template: Path | None = None
    report_schedule: Literal["never", "weekly", "monthly", "quarterly"] = "never"
    report_format: Literal["docx", "xlsx", "pdf", "csv"] = "docx"
    staff_url: str | None = Field(default=None, pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$")
    metrics: str | None = Field(default=None, pattern=PLACE)
    backups: Path | None = None
    keep_months: int = Field(default=12, ge=1, le=120)
    keep_dead_letters_days: int = Field(default=90, ge=1, le=3650)

    @field_validator("digest_at", mode="before")
    @classmethod
    def of_the_clock(cls, value: object) -> object:
        """A time as HH:MM: pydantic alone would take 450 for half past seven minutes."""
        if isinstance(value, str) and not TIME.fullmatch(value):
            raise ValueError("digest_at")
        return value

    @field_validator("metrics", "webhook_listen")
    @classmethod
    def a_port(cls, value: str | None) -> str | None:
        """Ports end at 65535."""
        if value and int(value.rpartition(":")[2]) > LAST_PORT:
            raise ValueError("port")
        return value

    @field_validator("proxy")
    @classmethod
    def known_kind(cls, value: SecretStr | None) -> SecretStr | None:
        """A proxy address may hold a password: its kind is checked here, and it is never shown."""
        if value and not value.get_secret_value().startswith(PROXIES):
            raise ValueError("proxy")
        return value

    @field_validator("hours")
    @classmethod
    def readable(cls, value: str | None) -> str | None:
        """Hours are read once here, so that a slip is told at the start."""
        if value is not None:
            read_hours(value)
        return value

    @field_validator("holidays", mode="before")
    @classmethod
    def listed(cls, value: object, info: ValidationInfo) -> object:
        """Days as YYYY-MM-DD, a list or with commas between; without hours they would mean nothing."""
        days = [day.strip() for day in value.split(",")] if isinstance(value, str) else value
        if not isinstance(days, list) or not all(isinstance(d, str) and DAY.fullmatch(d) for d in days):
            raise ValueError("holidays")
        if days and "hours" in info.data and info.data["hours"] is None:
            raise ValueError("hours")
        return days

    @property
    def opening(self) -> Hours | None:
        """When the office is open; None where that is not configured."""
        return Hours(read_hours(self.hours), frozenset(self.holidays)) if self.hours else None

    @property
    def database_path(self) -> Path:
        """The SQLite file."""
        return Path(self.database.removeprefix(SQLITE))

    @property
    def catalogue_path(self) -> Path:
        """The file of the imported catalogue: the configured one, else beside the database."""
        return self.catalogue or self.database_path.with_name(CATALOGUE)

    @property
    def person_key_path(self) -> Path:
        """The file of the key that names persons: the configured one, else beside the database."""
        return self.person_key_file or self.database_path.with_name(PERSON_KEY)

    @property
    def metrics_place(self) -> tuple[str, int] | None:
        """Where figures of the running bot are shown: host and port."""
        return place(self.metrics) if self.metrics else None

    @property
    def webhook_place(self) -> tuple[str, int] | None:
        """Where Telegram's updates are taken: host and port; None where the bot fetches them itself."""
        return place(self.webhook_listen) if self.mode == "webhook" else None

    def bot_token(self) -> str:
        """The token, from its key or its file."""
        token = self.token.get_secret_value().strip() if self.token else ""
        if not token and self.token_file is None:
            raise ConfigError(
                "Chưa có token của bot. Hãy nhắn @BotFather trên Telegram, gõ /newbot để lấy token, "
                "rồi đặt biến môi trường MOTCUA_TOKEN, hoặc ghi đường dẫn tệp chứa token vào khóa token_file."
            )
        return token or self._token_in_file()

    def _token_in_file(self) -> str:
        problem = f"Không đọc được tệp token {self.token_file}: hãy xem đường dẫn và quyền đọc."
        try:
            token = self.token_file.read_text("utf-8-sig").strip() if self.token_file else ""
        except (OSError, ValueError) as error:
            raise ConfigError(problem) from error
        if not token:
            raise ConfigError(f"Tệp token {self.token_file} không có gì: hãy ghi token của @BotFather vào đó.")
        return token


def place(written: str) -> tuple[str, int]:
    """Host and port: `place("[::1]:80") == ("::1", 80)`."""
    host, _, port = written.rpartition(":")
    return host.strip("[]"), int(port)


def load(path: Path | None, environment: Mapping[str, str]) -> Config:
    """Settings from the file (given, or named by MOTCUA_CONFIG, or ./config.yaml) under those of the environment."""
    chosen = path or (Path(environment[f"{PREFIX}CONFIG"]) if environment.get(f"{PREFIX}CONFIG") else None)
    if chosen is None and DEFAULT_FILE.is_file():
        chosen = DEFAULT_FILE
    document = _document(chosen) if chosen else yamlfile.Document("config")
    names = {key: f"{PREFIX}{key.upper()}" for key in Config.model_fields}
    given = {key: environment[name] for key, name in names.items() if name in environment}
    content = document.content if isinstance(document.content, dict) else {}
    settings = {key: None if value in UNSET else value for key, value in {**content, **given}.items()}
    try:
        return Config.model_validate({k: v for k, v in settings.items() if v is not None or k == "local"})
    except ValidationError as error:
        problems = [_problem(document, given, detail["loc"], detail["type"]) for detail in error.errors()]
        raise ConfigError("\n".join(problems)) from error


def _document(path: Path) -> yamlfile.Document:
    if not path.is_file():
        raise ConfigError(f"Không thấy tệp cấu hình {path}: hãy chép config.example.yaml thành tệp này.")
    document = yamlfile.read(path, str(path))
    if document.faults:
        raise ConfigError("Tệp cấu hình có lỗi:\n" + "\n".join(f"  {fault}" for fault in document.faults))
    if not isinstance(document.content, dict) and document.content != "":
        raise ConfigError(f"Tệp cấu hình {path} cần các dòng khóa: giá trị, như config.example.yaml.")
    return document


def _problem(document: yamlfile.Document, given: Mapping[str, str], path: yamlfile.KeyPath, kind: str) -> str:
    key = str(path[0])
    mend = FORMS.get(key, "xem config.example.yaml")
    if kind == "extra_forbidden":
        fault = document.fault(path, "khóa lạ", "xem các khóa trong config.example.yaml")
        return f"Cấu hình có khóa lạ. {fault}"
    if key not in given:
        return f"Cấu hình sai. {document.fault(path, 'giá trị không dùng được', mend)}"
    return f"Biến môi trường {PREFIX}{key.upper()} có giá trị không dùng được → {mend}"


FORMS = {
    "consent": "viết notice (báo trước) hoặc ask (hỏi trước)",
    "proxy": "viết http://máy:cổng hoặc socks5://máy:cổng",
    "mode": "viết polling (bot tự lấy tin) hoặc webhook (Telegram đẩy tin tới)",
    "webhook_url": "địa chỉ https mà Telegram gửi tin tới, ví dụ https://bot.example.vn/telegram",
    "webhook_listen": "máy:cổng, ví dụ 127.0.0.1:8443",
    "flood": "viết như 300/minute (300 tin mỗi phút), hoặc never (không giới hạn)",
    "database": "viết sqlite:///tep.db (đường dẫn tương đối) hoặc sqlite:////duong/dan/tep.db",
    "local": "tên một tệp trong knowledge/local, không có đuôi .yaml",
    "hours": FORM,
    "staff_group": "số của nhóm cán bộ trên Telegram, số âm, ví dụ -1001234567890",
    "digest_at": "giờ viết như 07:30",
    "report_schedule": "viết never (không gửi), weekly (mỗi tuần), monthly (mỗi tháng) hoặc quarterly (mỗi quý)",
    "report_format": "viết docx, xlsx, pdf hoặc csv",
    "staff_url": "địa chỉ trang cán bộ, ví dụ https://canbo.example.vn",
    "keep_months": "số tháng, từ 1 đến 120",
    "keep_dead_letters_days": "số ngày, từ 1 đến 3650",
    "metrics": "máy:cổng, ví dụ 127.0.0.1:9464",
    "holidays": "danh sách ngày viết như 2027-01-01, và phải có cả khóa hours",
}
