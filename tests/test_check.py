"""`examine` and `kb check`: errors and warnings apart, each with its place and mend; no error depends on the day."""

import datetime
import gc
import os
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.cli.kb.check import check
from bot.errors import Fault, KnowledgeError, Severity
from bot.knowledge import Report, Topic, broken, examine, load
from tests.running import KNOWLEDGE
from tests.small import change, write_base

TODAY = datetime.date(2026, 11, 23)
DAYS = [
    datetime.date(2020, 1, 1),
    TODAY,
    datetime.date(2027, 1, 1),
    datetime.date(2027, 3, 2),
    datetime.date(2099, 1, 1),
]
HO_TICH, CU_TRU = "procedures/ho-tich.yaml", "procedures/cu-tru.yaml"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_base(tmp_path / "base")


def checked(base: Path, *options: str) -> Result:
    """`kb check` on a base."""
    empty = base.parent / "empty.yaml"
    empty.write_text("", "utf-8")
    foreign: dict[str, str | None] = {name: None for name in os.environ if name.startswith("MOTCUA_")}
    own = foreign | {"MOTCUA_KNOWLEDGE": str(base), "MOTCUA_CONFIG": str(empty)}
    return CliRunner().invoke(cli, ["kb", "check", *options], env=own)


@pytest.mark.parametrize("today", DAYS)
@pytest.mark.parametrize("local", [None, "hai-phong"])
def test_the_shipped_base_has_no_error_on_any_day(today: datetime.date, local: str | None) -> None:
    assert examine(KNOWLEDGE, local, today).errors == ()


def test_every_fault_says_where_it_stands_and_how_to_mend_it(base: Path) -> None:
    change(base, HO_TICH, "source: cong\n      level: một phần", "source: congg\n      level: một phần")
    change(base, HO_TICH, "- con mới đẻ làm giấy tờ gì", "- khai báo tạm chú cho người thuê nhà")
    report = examine(base, "hai-phong", datetime.date(2030, 1, 1))
    assert report.errors
    assert report.warnings
    assert report.faults == tuple(sorted(report.faults, key=lambda f: (f.file, f.line, f.key)))
    for fault in report.faults:
        assert fault.problem
        assert fault.mend
        assert (base / fault.file).read_text("utf-8").count("\n") >= fault.line >= 1
        assert (fault.topic != "") is (fault.severity is Severity.WARNING)


def test_warnings_neither_stop_a_load_nor_stand_in_its_message(base: Path) -> None:
    report = examine(base, None, TODAY)
    assert report.errors == ()
    assert report.warnings
    assert report.knowledge == load(base, None)
    change(base, CU_TRU, 'code: "1.004194"', 'code: "1.4194"')
    with pytest.raises(KnowledgeError) as caught:
        load(base, None)
    assert [fault.severity for fault in caught.value.faults] == [Severity.ERROR]
    assert str(broken(base, examine(base, None, TODAY).errors)) == str(caught.value)


def test_a_base_with_errors_is_no_knowledge(base: Path) -> None:
    (base / "laws.yaml").unlink()
    report = examine(base, None, TODAY)
    assert report.knowledge is None
    assert [(fault.file, fault.problem) for fault in report.errors] == [("laws.yaml", "thiếu tệp này")]


def test_a_folder_that_is_no_base_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="Hãy sửa khóa knowledge trong config"):
        examine(tmp_path, None, TODAY)


@pytest.mark.parametrize("wanted", [True, False])
def test_garbage_is_looked_for_afterwards_as_it_was_before(base: Path, wanted: bool) -> None:
    before = gc.isenabled()
    (gc.enable if wanted else gc.disable)()
    try:
        examine(base, None, TODAY)
        load(base, None)
        assert gc.isenabled() is wanted
    finally:
        (gc.enable if before else gc.disable)()


HOSTILE = {
    "aliases": "a: &a [1]\nb: *a\n",
    "billion laughs": "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n",
    "200 KB of [": "[" * 200_000,
    "200 KB of {": "{" * 200_000,
    "a line of 1 MB": "field: " + "a" * 1_000_000,
    "1 MB phrase": "field: A\nprocedures:\n  - phrases: [" + "a " * 500_000 + "]\n",
    "doubled keys": "field: A\nfield: B\nprocedures: []\n",
    "leading zero": "field: 0123\nprocedures: [{fee: {items: [{amount: 0123}]}}]\n",
    "no": "field: no\nprocedures: no\n",
    "wrong types": "field: [1]\nprocedures: {a: b}\ntwins: 3\n",
    "a list": "- 1\n- 2\n",
    "nothing": "",
    "a tag": "field: !!python/object:os.system x\n",
    "controls": "field: \x07\n",
    "questions": "questions: [{question: [], expect: {}}]\n",
    "places": "places: 3\noffices: {id: 1}\n",
}


@pytest.mark.parametrize("name", [HO_TICH, "questions/ho-tich.yaml", "laws.yaml", "offices.yaml", "routes.yaml"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_yaml_is_an_error_and_never_a_crash(base: Path, name: str, text: str) -> None:
    (base / name).write_text(text, "utf-8")
    report = examine(base, "hai-phong", TODAY)
    assert report.knowledge is None
    assert any(fault.file == name for fault in report.errors)


def test_a_clean_base_says_so_and_nothing_else(tmp_path: Path) -> None:
    result = checked(write_base(tmp_path / "base"), "--no-warnings")
    assert result.exit_code == 0
    first, _, told = result.stdout.splitlines()
    counted = "3 thủ tục, 0 hướng dẫn, 9 cách hỏi, 3 văn bản"
    assert first.startswith(f"{tmp_path / 'base'}: không có lỗi. {counted}, phiên bản ")
    assert " cảnh báo, bot vẫn chạy: mức thu 2; " in told


def test_warnings_stand_under_their_topics_the_gravest_first(base: Path) -> None:
    result = checked(base)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    topics = [line.rsplit(" (", 1)[0] for line in lines if line.endswith("):")]
    assert topics == [t for t in Topic if t in topics]
    assert {Topic.FEES, Topic.SOURCES, Topic.PHRASES, Topic.QUESTIONS} <= set(topics)
    told = [line for line in lines if line.startswith("  ")]
    assert lines[2].startswith(f"{len(told)} cảnh báo, bot vẫn chạy: ")
    assert all(" → " in line for line in told)


def test_errors_end_the_command_after_the_warnings(base: Path) -> None:
    line = change(base, CU_TRU, "quantity: 3,", "quantity: ba,")
    result = checked(base, "--no-warnings")
    assert "cảnh báo, bot vẫn chạy" in result.stdout
    assert "không có lỗi" not in result.stdout
    assert isinstance(result.exception, KnowledgeError)
    head, fault = str(result.exception).splitlines()
    assert head == f"Bộ tri thức ở {base} có 1 lỗi:"
    assert fault.startswith(f"  {CU_TRU}:{line}: procedures.0.time_limit.items.0.quantity: cần một số nguyên: ba → ")


def test_a_report_tells_errors_and_warnings_apart() -> None:
    error = Fault("a.yaml", 1, "", "trống", "ghi nội dung")
    warning = error.warning(Topic.FEES)
    report = Report((error, warning), None)
    assert (report.errors, report.warnings) == ((error,), (warning,))
    assert (warning.severity, warning.topic, str(warning)) == (Severity.WARNING, "Mức thu", str(error))


def test_the_command_explains_itself() -> None:
    assert isinstance(check, click.Command)
    assert all(isinstance(option, click.Option) and option.help for option in check.params)
    assert check.short_help
