"""Settings: defaults, the file over them, the environment over both; secrets print as stars."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.config import Config, load
from bot.errors import ConfigError
from bot.hours import Hours, read_hours

SECRET = "123456:AAH-secret"
DEFAULTS = {
    "token": None,
    "token_file": None,
    "base_url": "https://api.telegram.org/bot",
    "base_file_url": "https://api.telegram.org/file/bot",
    "proxy": None,
    "mode": "polling",
    "webhook_url": None,
    "webhook_listen": "127.0.0.1:8443",
    "flood": "300/minute",
    "knowledge": None,
    "local": "hai-phong",
    "database": "sqlite:////nha/motcua/motcua.db",
    "catalogue": None,
    "office": "thành phố Hải Phòng",
    "contact": None,
    "hours": None,
    "holidays": (),
    "consent": "notice",
    "person_key": None,
    "person_key_file": None,
    "staff_group": None,
    "digest_at": time(7, 30),
    "report_template": None,
    "report_schedule": "never",
    "report_format": "docx",
    "staff_url": None,
    "metrics": None,
    "backups": None,
    "keep_months": 12,
    "keep_dead_letters_days": 90,
}
EVERY_KEY = [
    ("token", SECRET, SecretStr(SECRET)),
    ("token_file", "/run/secrets/token", Path("/run/secrets/token")),
    ("base_url", "http://127.0.0.1:8081/bot", "http://127.0.0.1:8081/bot"),
    ("base_file_url", "http://127.0.0.1:8081/file/bot", "http://127.0.0.1:8081/file/bot"),
    ("proxy", "socks5://an:mật@127.0.0.1:1080", SecretStr("socks5://an:mật@127.0.0.1:1080")),
    ("mode", "webhook", "webhook"),
    ("webhook_url", "https://bot.example.vn/telegram", "https://bot.example.vn/telegram"),
    ("webhook_listen", "[::1]:8444", "[::1]:8444"),
    ("flood", "5/second", "5/second"),
    ("knowledge", "tri thức/của xã", Path("tri thức/của xã")),
    ("local", "ha-noi", "ha-noi"),
    ("database", "sqlite:///du-lieu/nhật ký.db", "sqlite:///du-lieu/nhật ký.db"),
    ("catalogue", "du-lieu/danh mục.json", Path("du-lieu/danh mục.json")),
    ("office", "phường Lê Chân", "phường Lê Chân"),
    ("contact", "0225.3821055", "0225.3821055"),
    ("hours", "T2-T6 07:30-11:30, 13:30-17:00", "T2-T6 07:30-11:30, 13:30-17:00"),
    ("holidays", "", ()),
    ("consent", "ask", "ask"),
    ("person_key", SECRET, SecretStr(SECRET)),
    ("person_key_file", "/run/secrets/motcua.key", Path("/run/secrets/motcua.key")),
    ("staff_group", "-1001234567890", -1001234567890),
    ("digest_at", "08:05", time(8, 5)),
    ("report_template", "mau-bao-cao", Path("mau-bao-cao")),
    ("report_schedule", "monthly", "monthly"),
    ("report_format", "pdf", "pdf"),
    ("staff_url", "https://canbo.vn/x", "https://canbo.vn/x"),
    ("metrics", "[::1]:9464", "[::1]:9464"),
    ("backups", "/sao lưu", Path("/sao lưu")),
    ("keep_months", "24", 24),
    ("keep_dead_letters_days", "30", 30),
]
EMPTY = ["", " ''", ' ""', " null"]


@pytest.fixture(autouse=True)
def an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", "/nha")


def written(folder: Path, text: str, name: str = "office.yaml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def values(config: Config) -> dict[str, Any]:
    return {key: getattr(config, key) for key in Config.model_fields}


def test_with_neither_file_nor_environment_the_defaults_hold() -> None:
    assert values(load(None, {})) == DEFAULTS


def test_every_key_is_tested_here() -> None:
    assert [key for key, _, _ in EVERY_KEY] == list(Config.model_fields) == list(DEFAULTS)


@pytest.mark.parametrize(("key", "text", "value"), EVERY_KEY)
def test_every_key_may_stand_in_the_file(tmp_path: Path, key: str, text: str, value: object) -> None:
    config = load(written(tmp_path, f'{key}: "{text}"\n'), {})
    assert values(config) == DEFAULTS | {key: value}


@pytest.mark.parametrize(("key", "text", "value"), EVERY_KEY)
def test_the_environment_overrides_the_file_for_every_key(tmp_path: Path, key: str, text: str, value: object) -> None:
    file = written(tmp_path, f"{key}: sqlite:///khac\n" if key == "database" else f"{key}: khac\n")
    config = load(file, {f"MOTCUA_{key.upper()}": text})
    assert values(config) == DEFAULTS | {key: value}


@pytest.mark.parametrize("empty", EMPTY)
@pytest.mark.parametrize("key", [key for key in DEFAULTS if key != "local"])
def test_an_empty_value_in_the_file_is_unset(tmp_path: Path, key: str, empty: str) -> None:
    assert values(load(written(tmp_path, f"{key}:{empty}\n"), {})) == DEFAULTS


@pytest.mark.parametrize("key", [key for key in DEFAULTS if key != "local"])
def test_an_empty_value_in_the_environment_is_unset(key: str) -> None:
    assert values(load(None, {f"MOTCUA_{key.upper()}": ""})) == DEFAULTS


def test_null_as_the_local_rules_means_the_national_text_alone(tmp_path: Path) -> None:
    assert load(written(tmp_path, "local: null\n"), {}).local is None
    assert load(None, {"MOTCUA_LOCAL": "null"}).local is None


def test_empty_local_rules_mean_the_same_in_the_file_and_in_the_environment(tmp_path: Path) -> None:
    assert load(written(tmp_path, "local:\n"), {}).local == load(None, {"MOTCUA_LOCAL": ""}).local


def test_other_variables_are_no_settings() -> None:
    environment = {"TOKEN": SECRET, "motcua_token": SECRET, "MOTCUA_": "x", "MOTCUA_HELLO": "x"}
    assert values(load(None, environment)) == DEFAULTS


@pytest.mark.parametrize("text", ["", "# chưa có gì\n", "\ufeffoffice:\n", "---\n"])
def test_a_file_that_sets_nothing_is_fine(tmp_path: Path, text: str) -> None:
    assert values(load(written(tmp_path, text), {})) == DEFAULTS


def test_values_stay_what_was_typed(tmp_path: Path) -> None:
    config = load(written(tmp_path, "contact: 0225\noffice: no\n"), {})
    assert (config.contact, config.office) == ("0225", "no")


def test_the_file_is_the_given_one_then_the_named_one_then_the_one_at_hand(tmp_path: Path) -> None:
    at_hand = written(tmp_path, "office: tại chỗ\n", "config.yaml")
    given = written(tmp_path, "office: được đưa\n", "given.yaml")
    named = {"MOTCUA_CONFIG": str(written(tmp_path, "office: được gọi tên\n", "named.yaml"))}
    assert load(given, named).office == "được đưa"
    assert load(None, named).office == "được gọi tên"
    assert load(None, {}).office == "tại chỗ"
    assert load(None, {"MOTCUA_CONFIG": ""}).office == "tại chỗ"
    at_hand.unlink()
    assert load(None, {}).office == "thành phố Hải Phòng"


@pytest.mark.parametrize(
    ("database", "path"),
    [
        ("sqlite:///motcua.db", Path("motcua.db")),
        ("sqlite:///du lieu/motcua.db", Path("du lieu/motcua.db")),
        ("sqlite:////var/lib/motcua.db", Path("/var/lib/motcua.db")),
    ],
)
def test_the_path_of_the_database(database: str, path: Path) -> None:
    assert Config(database=database).database_path == path


def test_the_catalogue_stands_beside_the_database_or_where_it_is_wanted() -> None:
    assert Config(database="sqlite:///du lieu/motcua.db").catalogue_path == Path("du lieu/catalogue.json")
    assert Config(catalogue=Path("danh mục.json")).catalogue_path == Path("danh mục.json")


def test_without_a_data_folder_the_database_stands_in_the_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", "/home/binh")
    assert Config().database_path == Path("/home/binh/.local/share/motcua/motcua.db")


def test_settings_do_not_change_after_the_start() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Config().__setattr__("office", "khác")


@pytest.mark.parametrize("text", [SECRET, f"  {SECRET}\n"])
def test_the_token_from_its_key(text: str) -> None:
    assert Config(token=SecretStr(text), token_file=Path("khong-co")).bot_token() == SECRET


@pytest.mark.parametrize("text", [SECRET, f"{SECRET}\n", f" {SECRET} \r\n", f"\ufeff{SECRET}\n"])
def test_the_token_from_its_file(tmp_path: Path, text: str) -> None:
    assert Config(token_file=written(tmp_path, text, "token")).bot_token() == SECRET


@pytest.mark.parametrize("token", [None, SecretStr(""), SecretStr("  "), SecretStr("\n")])
def test_without_a_token_the_message_says_how_to_get_one(token: SecretStr | None) -> None:
    with pytest.raises(ConfigError) as told:
        Config(token=token).bot_token()
    assert "@BotFather" in str(told.value)
    assert "MOTCUA_TOKEN" in str(told.value)
    assert "token_file" in str(told.value)


@pytest.mark.parametrize("content", [None, b"\xff\xfe1\x00", b"", b"\n"])
def test_a_token_file_of_no_use_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "token"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=str(path)):
        Config(token_file=path).bot_token()


def test_a_folder_in_place_of_the_token_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as told:
        Config(token_file=tmp_path).bot_token()
    assert str(told.value) == f"Không đọc được tệp token {tmp_path}: hãy xem đường dẫn và quyền đọc."


def test_secrets_are_never_shown() -> None:
    config = load(None, {"MOTCUA_TOKEN": SECRET, "MOTCUA_PROXY": f"http://an:{SECRET}@proxy"})
    shown = f"{config!r} {config} {config.model_dump()} {config.model_dump_json()} {values(config)}"
    assert "secret" not in shown
    assert shown.count("**********") >= 10


@pytest.mark.parametrize(
    "written_as", ["[2026-09-02, 2027-01-01]", "\n- 2026-09-02\n- 2027-01-01", "2026-09-02, 2027-01-01"]
)
def test_hours_and_holidays_say_when_the_office_is_open(tmp_path: Path, written_as: str) -> None:
    opening = load(written(tmp_path, f"hours: T2-T6 07:30-11:30\nholidays: {written_as}\n"), {}).opening
    assert opening == Hours(read_hours("T2-T6 07:30-11:30"), frozenset([date(2026, 9, 2), date(2027, 1, 1)]))
    assert load(None, {}).opening is None
