"""What was rehearsed is written whole or not at all, kept in the history under its author's name, and taken back."""

import datetime
import itertools
import os
import shutil
import threading
from pathlib import Path

import pytest

from bot.errors import ConflictError, MotCuaError
from bot.review import lock
from bot.review.edits import LEARNED, AddPhrase, EditEntry
from bot.review.lock import alone
from bot.review.places import place_of
from bot.review.publishing import mended, publish, roll_back
from bot.review.records import Record, keep, newest
from bot.review.rehearsal import Rehearsal, rehearse
from tests.entries import NOW
from tests.reviewing import ASKED, Bureau
from tests.small import change

MINUTES = itertools.count()
CU_TRU = "procedures/cu-tru.yaml"


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    return Bureau(tmp_path / "van-phong")


def phrase(bureau: Bureau, text: str = ASKED) -> Rehearsal:
    return rehearse(AddPhrase("tam-tru", text, text), bureau.stage)


def later() -> datetime.datetime:
    return NOW + datetime.timedelta(minutes=next(MINUTES))


def published(bureau: Bureau, tried: Rehearsal | None = None, message: str = "Thêm cách hỏi") -> Record:
    with alone(bureau.folder) as hold:
        return publish(hold, tried or phrase(bureau), bureau.binh, message, later())


def test_one_line_a_file_in_a_commit_of_its_author(bureau: Bureau) -> None:
    published(bureau)
    record = published(bureau, phrase(bureau, "khách ở lại vài hôm khai báo sao"), "Thêm cách hỏi vào tam-tru")
    assert record.commit == bureau.git("rev-parse", "HEAD").strip()
    assert bureau.git("log", "-1", "--format=%an <%ae> / %cn / %s") == (
        "Bình <101@motcua.invalid> / Một Cửa / Thêm cách hỏi vào tam-tru\n"
    )
    assert bureau.git("show", "--numstat", "--format=") == f"1\t0\tbo-rieng/{CU_TRU}\n1\t0\tbo-rieng/{LEARNED}\n"
    assert bureau.git("status", "--porcelain") == ""


def test_what_others_prepared_stays_as_it_is(bureau: Bureau) -> None:
    (bureau.root / "ghi-chu.txt").write_text("chưa xong", "utf-8")
    change(bureau.folder, "offices.yaml", "1 Trần Phú", "2 Trần Phú")
    bureau.git("add", "ghi-chu.txt", "bo-rieng/offices.yaml")
    published(bureau)
    assert bureau.git("status", "--porcelain") == "M  bo-rieng/offices.yaml\nA  ghi-chu.txt\n"


def test_neither_hooks_nor_signing_stop_it(bureau: Bureau) -> None:
    hook = bureau.root / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    bureau.git("config", "commit.gpgSign", "true")
    bureau.git("config", "gpg.program", "/bin/false")
    assert published(bureau).commit


def test_a_repository_that_takes_no_commit_is_told(bureau: Bureau) -> None:
    (bureau.root / ".git" / "index.lock").touch()
    record = published(bureau)
    assert (record.finished, record.commit) == (True, None)
    assert record.note.startswith("Đã ghi tệp, nhưng chưa đưa được vào Git: ")
    assert ASKED in (bureau.folder / CU_TRU).read_text("utf-8")


def test_without_a_repository_it_is_only_written(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path / "van-phong", repository=False)
    record = published(bureau)
    assert (record.commit, record.note) == (None, "")
    assert ASKED in (bureau.folder / CU_TRU).read_text("utf-8")


def test_a_file_changed_on_disk_meanwhile_is_not_overwritten(bureau: Bureau) -> None:
    tried = phrase(bureau)
    change(bureau.folder, CU_TRU, "amount: 7000", "amount: 8000")
    before = bureau.raw()
    with pytest.raises(ConflictError, match=rf"Chưa ghi gì: {CU_TRU} vừa được người khác sửa"):
        published(bureau, tried)
    assert bureau.raw() == before
    assert newest(bureau.folder) == []


def test_of_two_edits_of_one_base_the_slower_is_told_whose_was_first(bureau: Bureau) -> None:
    first, second = phrase(bureau), phrase(bureau, "khách ở lại vài hôm khai báo sao")
    published(bureau, first, "Thêm cách hỏi vào tam-tru")
    before = bureau.raw()
    with pytest.raises(ConflictError, match=r"vừa được Bình sửa \(“Thêm cách hỏi vào tam-tru”\)"):
        published(bureau, second)
    assert bureau.raw() == before


def test_a_change_is_taken_back_byte_for_byte(bureau: Bureau) -> None:
    before = bureau.raw()
    record = published(bureau)
    with alone(bureau.folder) as hold:
        roll_back(hold, record.id, None, bureau.dung, later())
    assert bureau.raw() == before
    assert bureau.git("log", "-2", "--format=%an: %s") == "Dũng: Hoàn tác: Thêm cách hỏi\nBình: Thêm cách hỏi\n"
    assert bureau.git("status", "--porcelain") == ""


def test_what_somebody_changed_since_is_not_taken_back(bureau: Bureau) -> None:
    record = published(bureau)
    other = EditEntry("tam-tru", place_of(bureau.folder, "tam-tru").text.replace("amount: 7000", "amount: 8000"))
    published(bureau, rehearse(other, bureau.stage), "Sửa mức thu")
    before = bureau.raw()
    with (
        alone(bureau.folder) as hold,
        pytest.raises(ConflictError, match=rf"Chưa hoàn tác gì: {CU_TRU} vừa được Bình sửa \(“Sửa mức thu”\)"),
    ):
        roll_back(hold, record.id, None, bureau.dung, later())
    assert bureau.raw() == before


def test_nothing_is_taken_back_that_others_rest_on(bureau: Bureau) -> None:
    text = (bureau.folder / "laws.yaml").read_text("utf-8")
    record = published(bureau)
    (bureau.folder / "questions/them.yaml").write_text("questions:\n  - {question: x y z, expect: tam-tru}\n", "utf-8")
    (bureau.folder / "laws.yaml").write_text(text.replace("68/2020/QH14", "69/2020/QH14"), "utf-8")
    before = bureau.raw()
    with alone(bureau.folder) as hold, pytest.raises(MotCuaError, match=r"chưa có văn bản 68/2020/QH14"):
        roll_back(hold, record.id, None, bureau.dung, later())
    assert bureau.raw() == before


def test_a_record_that_is_gone_is_told(bureau: Bureau) -> None:
    with alone(bureau.folder) as hold, pytest.raises(MotCuaError, match="Không còn bản lưu"):
        roll_back(hold, "../../20261123", None, bureau.dung, later())


def unfinished(bureau: Bureau) -> Record:
    """As a process leaves it that was killed before the commit."""
    record = published(bureau)
    bureau.git("reset", "--soft", "HEAD~1")
    bureau.git("reset", "--quiet")
    return keep(bureau.folder, record.model_copy(update={"finished": False, "commit": None}))


def test_killed_before_the_commit_it_is_committed_later(bureau: Bureau) -> None:
    unfinished(bureau)
    with alone(bureau.folder) as hold:
        mended(hold)
        assert mended(hold) is None
    assert bureau.git("log", "-1", "--format=%an: %s") == "Bình: Thêm cách hỏi\n"


@pytest.mark.parametrize("written", [0, 1])
def test_killed_among_its_files_all_are_put_back(bureau: Bureau, written: int) -> None:
    before = bureau.raw()
    unfinished(bureau)
    for name in (CU_TRU, LEARNED)[written:]:
        if name in before:
            (bureau.folder / name).write_bytes(before[name])
        else:
            (bureau.folder / name).unlink()
    with alone(bureau.folder) as hold:
        mended(hold)
    assert bureau.raw() == before
    assert newest(bureau.folder) == []


def test_a_folder_that_cannot_be_written_stays_as_it_is(bureau: Bureau) -> None:
    tried = phrase(bureau)
    beside = bureau.folder / "procedures" / ".cu-tru.yaml.new"
    beside.mkdir()
    before = bureau.raw()
    with pytest.raises(MotCuaError, match="Chưa ghi gì vào"):
        published(bureau, tried)
    assert bureau.raw() == before
    assert newest(bureau.folder) == []


def test_whoever_comes_second_waits(bureau: Bureau) -> None:
    order: list[str] = []
    inside = threading.Event()

    def second() -> None:
        inside.wait()
        with alone(bureau.folder):
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with alone(bureau.folder):
        inside.set()
        thread.join(0.2)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_whoever_waits_too_long_is_told(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.0)
    with alone(bureau.folder), pytest.raises(ConflictError, match="đang có người khác lưu"), alone(bureau.folder):
        pass


def test_no_git_on_the_machine(bureau: Bureau, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("git") is None
    assert published(bureau).commit is None
    monkeypatch.setenv("PATH", os.defpath)
