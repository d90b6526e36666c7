"""`kb check`, `health` and `schema answer`: what staff and other programs ask of an installation."""

import datetime
import json
from pathlib import Path

import pytest

from bot.storage import Health, open_database, set_health
from tests.commands import Station
from tests.entries import NOW
from tests.small import change

OBJECT = {"question", "outcome", "reason", "language", "answers", "procedures", "facets", "text", "ms"}
PART = {"outcome", "procedures", "facets"}
MATCH = {"id", "kind", "code", "codes", "name", "score"}


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(tmp_path)


def reports(station: Station, *states: Health) -> tuple[int, str]:
    """What `motcua health` says after these states."""
    database = open_database(station.database)
    for state in states:
        set_health(database, state).result()
    database.close()
    result = station.run("health")
    assert result.stderr == ""
    return result.exit_code, result.stdout


def test_a_good_base_is_said_to_be_good(station: Station) -> None:
    printed = station.prints("kb", "check").splitlines()[0]
    before, version = printed.split(", phiên bản ")
    assert before == f"{station.knowledge}: không có lỗi. 3 thủ tục, 0 hướng dẫn, 9 cách hỏi, 3 văn bản"
    assert len(version.removesuffix(".")) == 12
    assert not station.database.exists()


def test_the_version_follows_the_files(station: Station) -> None:
    before = station.prints("kb", "check")
    assert station.prints("kb", "check") == before
    change(station.knowledge, "sources.yaml", "name: Văn bản pháp luật", "name: Văn bản")
    assert station.prints("kb", "check") != before


def test_all_faults_are_told_at_once_with_file_line_and_key(station: Station) -> None:
    fee = change(station.knowledge, "procedures/ho-tich.yaml", "amount: 8000", "amount: 8.000")
    code = change(station.knowledge, "procedures/cu-tru.yaml", 'code: "1.004194"', 'code: "1.4194"')
    strange = change(station.knowledge, "lexicon.yaml", "weak:", "wek:")
    head, *faults = station.refuses("kb", "check").splitlines()
    assert head == f"Bộ tri thức ở {station.knowledge} có 3 lỗi:"
    assert [fault.strip().split(": ")[:2] for fault in faults] == [
        [f"lexicon.yaml:{strange}", "wek"],
        [f"procedures/cu-tru.yaml:{code}", "procedures.0.code"],
        [f"procedures/ho-tich.yaml:{fee}", "procedures.0.fee.items.1.amount"],
    ]
    assert all(" → " in fault for fault in faults)


def test_local_rules_that_are_missing_are_told(station: Station) -> None:
    assert "local/khong-co.yaml:1: thiếu tệp này" in station.refuses("kb", "check", MOTCUA_LOCAL="khong-co")


def test_no_channel_ever_ran(station: Station) -> None:
    assert reports(station) == (1, "Chưa có kênh nào từng chạy. Hãy chạy: motcua run\n")


@pytest.mark.parametrize(
    ("state", "detail", "code", "words"),
    [
        ("ok", "", 0, "telegram: đang chạy tốt từ 16:00 23/11/2026\n"),
        ("unreachable", "TimedOut", 1, "telegram: không nối được, đang thử lại từ 16:00 23/11/2026 (TimedOut)\n"),
        ("stopped", "", 1, "telegram: đã dừng từ 16:00 23/11/2026\n"),
    ],
)
def test_the_state_of_a_channel(station: Station, state: str, detail: str, code: int, words: str) -> None:
    assert reports(station, Health("telegram", state, NOW, detail)) == (code, words)


def test_one_channel_that_does_not_run_is_enough(station: Station) -> None:
    later = NOW + datetime.timedelta(hours=9)
    code, printed = reports(station, Health("zalo", "ok", later, ""), Health("telegram", "unreachable", NOW, ""))
    assert code == 1
    assert printed.splitlines() == [
        "telegram: không nối được, đang thử lại từ 16:00 23/11/2026",
        "zalo: đang chạy tốt từ 01:00 24/11/2026",
    ]


def test_the_schema_names_every_key_of_the_contract_and_needs_them_all(station: Station) -> None:
    schema = json.loads(station.prints("schema", "answer"))
    assert set(schema["required"]) == set(schema["properties"]) == OBJECT
    assert set(schema["$defs"]["AnswerPart"]["required"]) == PART
    assert set(schema["$defs"]["ProcedureMatch"]["required"]) == MATCH
    assert set(schema["$defs"]["Outcome"]["enum"]) == {"answer", "choose", "unknown", "route", "foreign"}


def test_what_ask_prints_has_the_keys_of_the_schema(station: Station) -> None:
    told = json.loads(station.prints("ask", "--json", "đăng ký tạm trú"))
    assert set(told) == OBJECT
    assert set(told["answers"][0]) == PART
    assert {key for match in told["procedures"] for key in match} == MATCH


def test_the_schema_needs_neither_base_nor_database(station: Station) -> None:
    assert station.prints("schema", "answer", MOTCUA_KNOWLEDGE="khong-co").startswith("{\n")
    assert not station.database.exists()
