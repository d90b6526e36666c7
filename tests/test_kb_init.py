"""`kb init`: an own copy that the office edits, and the line of the settings that names it."""

import json
from pathlib import Path

import pytest

from bot import __version__
from bot.cli.kb.shipped import shipped_base
from bot.config import load
from bot.knowledge import load as load_base
from tests.editors import Editor, files_of
from tests.running import KNOWLEDGE


def test_a_whole_copy_with_its_origin(tmp_path: Path) -> None:
    editor = Editor(tmp_path)
    (editor.shipped / "procedures" / "__pycache__").mkdir()
    (editor.shipped / "procedures" / "__pycache__" / "a.pyc").touch()
    (editor.shipped / ".DS_Store").touch()
    said = editor.prints("init", str(editor.own), "--from", str(editor.shipped))
    base = files_of(editor.own)
    made = {name for name in base if name.startswith("schema/")}
    assert set(base) - made == {n for n in files_of(editor.shipped) if "__pycache__" not in n}
    assert files_of(editor.own / ".motcua" / "base") == {n: raw for n, raw in base.items() if n not in made}
    release = json.loads((editor.own / ".motcua" / "release.json").read_text("utf-8"))
    version = load_base(editor.own, "hai-phong").version
    assert (release["program"], release["undecided"]) == (__version__, [])
    assert f"Đã chép bộ tri thức vào {editor.own}." in said
    assert load_base(editor.own, None).version == release["knowledge"] != version
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bo-rieng", "config.yaml", "shipped"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, "# Cấu hình của Một Cửa, xem config.example.yaml.\nknowledge: {}\n"),
        ("", "knowledge: {}\n"),
        ("# của xã\n", "# của xã\nknowledge: {}\n"),
        ("office: xã A  # tên xã\n", "office: xã A  # tên xã\nknowledge: {}\n"),
        ("# bộ tri thức\nknowledge:\n# địa phương\nlocal: hai-phong\n", None),
        ("knowledge: /cu # chỗ cũ\n", "knowledge: {} # chỗ cũ\n"),
    ],
)
def test_the_line_of_the_settings(tmp_path: Path, before: str | None, after: str | None) -> None:
    editor = Editor(tmp_path)
    if before is not None:
        editor.config.write_text(before, "utf-8")
    editor.starts()
    after = after or "# bộ tri thức\nknowledge: {}\n# địa phương\nlocal: hai-phong\n"
    assert editor.config.read_text("utf-8").replace('"', "") == after.format(editor.own)
    assert load(editor.config, {}).knowledge == editor.own


def test_the_example_of_the_settings_keeps_every_comment(tmp_path: Path) -> None:
    editor = Editor(tmp_path)
    example = (KNOWLEDGE.parent / "config.example.yaml").read_text("utf-8")
    editor.config.write_text(example, "utf-8")
    editor.starts()
    new = editor.config.read_text("utf-8")
    assert [line for line in new.splitlines() if line not in example.splitlines()] == [f'knowledge: "{editor.own}"']


def test_the_settings_may_be_left_alone(tmp_path: Path) -> None:
    editor = Editor(tmp_path)
    editor.own.mkdir()
    said = editor.prints("init", str(editor.own), "--from", str(editor.shipped), "--no-config")
    assert not editor.config.exists()
    assert "khóa knowledge vào" not in said


def test_a_variable_that_wins_over_the_settings_is_named(tmp_path: Path) -> None:
    editor = Editor(tmp_path)
    said = editor.prints("init", str(editor.own), "--from", str(editor.shipped), MOTCUA_KNOWLEDGE="/noi/khac")
    assert "Chú ý: biến MOTCUA_KNOWLEDGE đang đặt là /noi/khac" in said


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    editor = Editor(tmp_path)
    editor.own.mkdir()
    (editor.own / "ghi-chu.txt").write_text("giữ", "utf-8")
    words = editor.refuses("init", str(editor.own), "--from", str(editor.shipped))
    assert words.startswith(f"{editor.own} đã có nội dung: hãy chọn một thư mục mới hoặc thư mục trống.")
    assert [path.name for path in editor.own.iterdir()] == ["ghi-chu.txt"]
    assert not editor.config.exists()
    assert editor.refuses("init", str(editor.own / "ghi-chu.txt"), "--from", str(editor.shipped)).endswith(
        "kb upgrade`."
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [("a: [", "Tệp cấu hình có lỗi:"), ("- a\n", "cần các dòng khóa: giá trị, như config.example.yaml.")],
)
def test_broken_settings_stop_it_before_anything_is_made(tmp_path: Path, content: str, words: str) -> None:
    editor = Editor(tmp_path)
    editor.config.write_text(content, "utf-8")
    assert words in editor.refuses("init", str(editor.own), "--from", str(editor.shipped))
    assert not editor.own.exists()


def test_a_base_with_faults_is_not_copied(tmp_path: Path) -> None:
    editor = Editor(tmp_path)
    (editor.shipped / "laws.yaml").unlink()
    assert "laws.yaml:1: thiếu tệp này" in editor.refuses("init", str(editor.own), "--from", str(editor.shipped))
    assert not editor.own.exists()


def test_the_shipped_base_is_that_of_the_checkout() -> None:
    assert shipped_base() == KNOWLEDGE
