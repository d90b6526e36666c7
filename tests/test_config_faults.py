"""Wrong settings: each told with file, line and key, or with its variable, and never with a secret."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Config, load
from bot.errors import ConfigError
from bot.hours import FORM

URLS = "viết sqlite:///tep.db (đường dẫn tương đối) hoặc sqlite:////duong/dan/tep.db"
DAYS = "danh sách ngày viết như 2027-01-01, và phải có cả khóa hours"
OVERLAYS = "tên một tệp trong knowledge/local, không có đuôi .yaml"
STRANGE, UNKNOWN = "Cấu hình có khóa lạ. FILE", "khóa lạ → xem các khóa trong config.example.yaml"
WRONG, USELESS = "Cấu hình sai. FILE", "giá trị không dùng được"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "office.yaml"


@pytest.fixture(scope="module")
def any_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("config") / "any.yaml"


def told(file: Path | None, environment: dict[str, str]) -> str:
    with pytest.raises(ConfigError) as error:
        load(file, environment)
    return str(error.value)


def message(file: Path, environment: dict[str, str]) -> str | None:
    """What is wrong, or None when the settings load."""
    try:
        load(file, environment)
    except ConfigError as error:
        return str(error)
    return None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tokn: x", f"{STRANGE}:1: tokn: {UNKNOWN}"),
        ("# a\n\nMOTCUA_TOKEN: x", f"{STRANGE}:3: MOTCUA_TOKEN: {UNKNOWN}"),
        ("office: x\ndatabase: postgres://x", f"{WRONG}:2: database: {USELESS} → {URLS}"),
        ("database: 'sqlite:///'", f"{WRONG}:1: database: {USELESS} → {URLS}"),
        ("database: motcua.db", f"{WRONG}:1: database: {USELESS} → {URLS}"),
        ("local: Hải Phòng", f"{WRONG}:1: local: {USELESS} → {OVERLAYS}"),
        ("local: ../../etc/passwd", f"{WRONG}:1: local: {USELESS} → {OVERLAYS}"),
        ("office: [a, b]", f"{WRONG}:1: office: {USELESS} → xem config.example.yaml"),
        ("proxy: {a: b}", f"{WRONG}:1: proxy: {USELESS} → viết http://máy:cổng hoặc socks5://máy:cổng"),
        ("contact: x\nhours: hành chính", f"{WRONG}:2: hours: {USELESS} → {FORM}"),
        ("hours: T2-T6 7:30-11:30", f"{WRONG}:1: hours: {USELESS} → {FORM}"),
        ("hours: T2 08:00-11:00\nholidays: [02/09/2026]", f"{WRONG}:2: holidays: {USELESS} → {DAYS}"),
        ("hours: T2 08:00-11:00\nholidays: [2026-02-30]", f"{WRONG}:2: holidays.0: {USELESS} → {DAYS}"),
        ("holidays: [2026-09-02]", f"{WRONG}:1: holidays: {USELESS} → {DAYS}"),
        ("office: a\noffice: b", "Tệp cấu hình có lỗi:\n  FILE:2: office: khóa ghi hai lần → giữ lại một, xóa một"),
    ],
)
def test_a_wrong_setting_is_told_with_its_file_line_and_key(file: Path, text: str, words: str) -> None:
    file.write_text(text, "utf-8")
    assert told(file, {}) == words.replace("FILE", str(file))


def test_all_wrong_settings_are_told_at_once(file: Path) -> None:
    file.write_text("tokn: x\nlocal: Hải Phòng\nmau: đỏ\n", "utf-8")
    lines = told(file, {}).split("\n")
    assert sorted(line.split(f"{file}:")[1].split(": ")[0] for line in lines) == ["1", "2", "3"]


@pytest.mark.parametrize("text", ["- office: x", "token 1:A", "[a, b]", "office = x"])
def test_a_file_without_keys_is_told_and_not_passed_over(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")
    assert str(file) in told(file, {})


@pytest.mark.parametrize(
    ("content", "line"), [(b"office: \xff\xfe", 1), (b"office: x\nlocal: [a", 3), (b"office: x\n\tlocal: a", 2)]
)
def test_a_file_that_cannot_be_read_is_told_with_its_line(file: Path, content: bytes, line: int) -> None:
    file.write_bytes(content)
    first, second = told(file, {}).split("\n")
    assert first == "Tệp cấu hình có lỗi:"
    assert second.startswith(f"  {file}:{line}: ")


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("MOTCUA_DATABASE", "postgres://an:AAHx9@server", URLS),
        ("MOTCUA_LOCAL", "AAHx9.yaml", OVERLAYS),
    ],
)
@pytest.mark.parametrize("text", ["", "database: sqlite:///motcua.db\nlocal: hai-phong\n"])
def test_a_wrong_variable_is_named_even_where_the_file_has_a_good_value(
    file: Path, text: str, name: str, value: str, mend: str
) -> None:
    file.write_text(text, "utf-8")
    assert told(file, {name: value}) == f"Biến môi trường {name} có giá trị không dùng được → {mend}"


def test_a_good_variable_mends_a_wrong_value_in_the_file(file: Path) -> None:
    file.write_text("database: postgres://x", "utf-8")
    assert load(file, {"MOTCUA_DATABASE": "sqlite:///a.db"}).database == "sqlite:///a.db"


@pytest.mark.parametrize("given", [True, False])
def test_a_missing_file_is_named(tmp_path: Path, given: bool) -> None:
    missing = tmp_path / "khong-co.yaml"
    words = f"Không thấy tệp cấu hình {missing}: hãy chép config.example.yaml thành tệp này."
    assert told(missing if given else None, {} if given else {"MOTCUA_CONFIG": str(missing)}) == words


def test_no_message_holds_a_secret(file: Path) -> None:
    file.write_text("token: [AAHx9]\nproxy: {a: AAHx9}\ntokn: AAHx9\n", "utf-8")
    assert "AAHx9" not in told(file, {"MOTCUA_DATABASE": "postgres://an:AAHx9@server"})


@given(content=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_any_file_is_settings_or_a_message(any_file: Path, content: bytes) -> None:
    any_file.write_bytes(content)
    words = message(any_file, {})
    assert words is None or str(any_file) in words


@given(st.dictionaries(st.sampled_from([f"MOTCUA_{key.upper()}" for key in Config.model_fields]), st.text(max_size=40)))
def test_any_environment_is_settings_or_a_message(any_file: Path, environment: dict[str, str]) -> None:
    any_file.write_text("", "utf-8")
    words = message(any_file, environment)
    assert words is None or words.startswith("Biến môi trường MOTCUA_")
