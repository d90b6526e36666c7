"""Hot reload: a settled change is built aside and put in place at once; a broken one is told once, and no more."""

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.cli.office import Office
from bot.cli.run import DETAIL, KNOWLEDGE, mended, reloading, watching
from bot.desk import Desk, Handled, Question, brain
from bot.errors import MotCuaError, StorageError
from bot.reload import EVERY, Look, Reloader, look, watched
from bot.replies import Show, Voice
from bot.storage import Health, health, open_database, set_health
from tests.commands import Station
from tests.emulator.client import Emulator
from tests.entries import NOW
from tests.running import running
from tests.small import change, load_small
from tests.values import NOW as SET
from tests.values import base, entry


class Trial:
    """A reloader over a look that is set by hand; it builds the words last given, or raises."""

    def __init__(self) -> None:
        self.size = 0
        self.next: str | Exception = "first"
        self.inside = ["old"]
        self.heard: list[str] = []
        self.reloader = Reloader(self.look, self.build, self.inside.append, self.heard.append)

    def look(self) -> Look:
        return frozenset({("a.yaml", 0, self.size)})

    def build(self) -> str:
        if isinstance(self.next, Exception):
            raise self.next
        return self.next

    def saves(self, value: str | Exception) -> bool:
        """A file is saved, and looked at until it has settled."""
        self.size += 1
        self.next = value
        assert not self.reloader.check()
        return self.reloader.check()


def test_nothing_is_built_while_nothing_changes() -> None:
    trial = Trial()
    assert not trial.reloader.check()
    assert trial.inside == ["old"]


def test_a_change_is_built_once_it_has_settled() -> None:
    trial = Trial()
    assert trial.saves("new")
    assert not trial.reloader.check()
    assert trial.inside == ["old", "new"]
    assert trial.heard == []


def test_a_file_that_is_still_written_is_waited_for() -> None:
    trial = Trial()
    for _ in range(3):
        trial.size += 1
        assert not trial.reloader.check()
    assert trial.reloader.check()
    assert trial.inside == ["old", "first"]


def test_a_broken_file_keeps_the_old_value_and_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    trial = Trial()
    for _ in range(3):
        assert not trial.saves(MotCuaError("a.yaml:3: thiếu tên"))
    assert trial.inside == ["old"]
    assert trial.heard == ["Bản vừa lưu có lỗi, bot vẫn dùng bản trước. a.yaml:3: thiếu tên"]
    assert [r.getMessage() for r in caplog.records] == trial.heard
    assert not trial.saves(MotCuaError("a.yaml:4: khác"))
    assert trial.saves("mended")
    assert trial.saves("again")
    assert trial.heard[1:] == ["Bản vừa lưu có lỗi, bot vẫn dùng bản trước. a.yaml:4: khác", ""]
    assert trial.inside == ["old", "mended", "again"]


def test_an_unexpected_fault_keeps_the_old_value_too() -> None:
    trial = Trial()
    assert not trial.saves(ZeroDivisionError())
    assert trial.heard == ["Nạp lại bộ tri thức gặp lỗi ngoài dự kiến (ZeroDivisionError). Bot vẫn dùng bản trước."]
    assert trial.saves("new")


def test_the_watch_looks_until_it_is_told_to_stop() -> None:
    trial, stop = Trial(), threading.Event()
    thread = threading.Thread(target=trial.reloader.watch, args=(stop, 0.001))
    thread.start()
    trial.size = 7
    waited(lambda: trial.inside[-1] == "first")
    stop.set()
    thread.join(5)
    assert not thread.is_alive()
    assert EVERY <= 2


def waited(done: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_new_changed_moved_and_removed_files_are_seen(tmp_path: Path) -> None:
    single = tmp_path / "catalogue.json"
    seen = {look(tmp_path, [single])}
    assert seen == {frozenset()}
    (tmp_path / "sâu").mkdir()
    file = tmp_path / "sâu" / "a.yaml"
    for act in (
        lambda: file.write_text("a", "utf-8"),
        lambda: file.write_text("ab", "utf-8"),
        lambda: os.utime(file, ns=(5, 5)),
        lambda: file.rename(file.with_name("b.yaml")),
        lambda: single.write_text("{}", "utf-8"),
        lambda: (tmp_path / "gone.yaml").symlink_to("nowhere"),
    )[:5]:
        act()
        now = look(tmp_path, [single])
        assert now not in seen
        seen.add(now)
    (tmp_path / "gone.yaml").symlink_to("nowhere")
    assert look(tmp_path, [single]) in seen  # what cannot be read is not there


def test_what_is_hidden_is_not_seen(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a", "utf-8")
    seen = look(tmp_path)
    for name in (".motcua/2/procedures/a.yaml", "procedures/.a.yaml", ".a.yaml", ".a.yaml.swp", "a.yaml~"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("b", "utf-8")
    (tmp_path / ".#a.yaml").symlink_to("an@may.1234")
    assert look(tmp_path) == seen
    inside = tmp_path / ".motcua" / "2"  # a base that stands in a hidden folder is looked at all the same
    assert [path.name for path in watched(inside)] == ["a.yaml"]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The tiny base, in the office of `tests.commands`."""
    for name, value in Station(tmp_path).settings().items():
        monkeypatch.setenv(name, value)
    return Office(None, lambda: NOW)


def fee(desk: Desk) -> str:
    return desk.ask(Question("đăng ký khai sinh lệ phí", "terminal", "An")).reply.text


def test_an_office_answers_from_what_was_saved(office: Office) -> None:
    reloader, desk = reloading(office), office.desk
    assert "8.000 đồng" in fee(desk)
    change(office.folder, "procedures/ho-tich.yaml", "amount: 8000", "amount: 8500")
    assert [reloader.check(), reloader.check()] == [False, True]
    assert "8.500 đồng" in fee(desk)
    assert desk is office.desk
    desk.show(Show("khai-sinh"), "An")
    change(office.folder, "procedures/ho-tich.yaml", "amount: 8500", "amount: 8.500")
    assert [reloader.check(), reloader.check()] == [False, False]
    assert "8.500 đồng" in desk.ask(Question("lệ phí", "terminal", "An")).reply.text  # contexts live on
    (state,) = health(office.database)
    assert (state.channel, state.state, state.since) == (KNOWLEDGE, "outdated", NOW)
    assert "procedures/ho-tich.yaml:" in state.detail
    assert len(state.detail) <= DETAIL
    change(office.folder, "procedures/ho-tich.yaml", "amount: 8.500", "amount: 9000")
    assert [reloader.check(), reloader.check()] == [False, True]
    assert health(office.database)[0].state == "ok"
    office.database.close()


def test_a_new_start_takes_back_what_health_said(office: Office) -> None:
    mended(office)
    assert health(office.database) == []
    set_health(office.database, Health(KNOWLEDGE, "outdated", NOW, "a.yaml")).result()
    mended(office)
    mended(office)
    assert [(s.state, s.detail) for s in health(office.database)] == [("ok", "")]
    office.database.close()


def test_health_that_cannot_be_written_does_not_stop_the_watch(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    reloader = reloading(office)
    office.database.run(lambda db: db.execute("DROP TABLE health"))
    change(office.folder, "lexicon.yaml", "weak:", "wek:")
    assert [reloader.check(), reloader.check()] == [False, False]
    assert "the state of the knowledge base was not written" in caplog.text
    assert StorageError.__name__ in caplog.text
    office.database.close()


def test_the_watch_ends_with_the_bot(office: Office) -> None:
    with watching(reloading(office)):
        assert any(thread.name == "reload" for thread in threading.enumerate())
    assert not any(thread.name == "reload" for thread in threading.enumerate())


def test_under_load_no_answer_is_lost_and_none_is_mixed() -> None:
    def side(amount: int, version: str) -> Desk:
        items = [{"name": "Lệ phí", "amount": amount}]
        entries = [
            entry(fee={"source": "cong", "items": items}, summary=f"Mức {amount}.", name=f"Đăng ký khai sinh {amount}")
        ]
        knowledge = base(*entries)
        object.__setattr__(knowledge, "version", version)
        return Desk(knowledge, Voice("xã"), lambda: SET)

    sides = {"1" * 12: "1.000", "2" * 12: "2.000"}
    brains = [side(1000, "1" * 12).brain, side(2000, "2" * 12).brain]
    desk, done = Desk(brains[0], Voice("xã"), lambda: SET), threading.Event()

    def swap() -> None:
        while not done.is_set():
            for mind in brains:
                desk.brain = mind

    def ask(number: int) -> Handled:
        return desk.ask(Question("đăng ký khai sinh lệ phí", "telegram", str(number % 7), (1, number)))

    swapper = threading.Thread(target=swap)
    swapper.start()
    with ThreadPoolExecutor(8) as people:
        handled = list(people.map(ask, range(2000)))
    done.set()
    swapper.join()
    assert len({h.entry.reference for h in handled}) == 2000
    assert {h.entry.knowledge for h in handled} == set(sides)
    for one in handled:
        amount = sides[one.entry.knowledge]
        assert f"khai sinh {amount.replace('.', '')}: lệ phí {amount} đồng" in one.reply.text
        assert one.brain.knowledge.version == one.entry.knowledge


def test_a_new_base_can_be_given_to_a_desk(tmp_path: Path) -> None:
    desk = Desk(brain(base(entry())), Voice("xã"), lambda: SET)
    desk.knowledge = load_small(tmp_path)
    assert desk.ask(Question("đăng ký tạm trú", "terminal")).entry.procedure == "tam-tru"


def test_a_running_bot_answers_from_a_file_saved_under_it(emulator: Emulator, folder: Path) -> None:
    station = Station(folder)
    settings = {
        **station.settings(),
        "MOTCUA_TOKEN": emulator.token,
        "MOTCUA_BASE_URL": emulator.base_url,
        "MOTCUA_BASE_FILE_URL": emulator.base_file_url,
    }
    with running(folder, **settings) as bot:
        bot.wait_for("đang chạy")
        an = emulator.person("An")
        assert "8.000 đồng" in an.says("đăng ký khai sinh lệ phí")[0].text
        change(station.knowledge, "procedures/ho-tich.yaml", "amount: 8000", "amount: 8.500")
        bot.wait_for("Bản vừa lưu có lỗi")
        assert "8.000 đồng" in an.says("đăng ký khai sinh lệ phí")[0].text
        change(station.knowledge, "procedures/ho-tich.yaml", "amount: 8.500", "amount: 8500")
        bot.wait_for("Đã nạp lại bộ tri thức")
        assert "8.500 đồng" in an.says("đăng ký khai sinh lệ phí")[0].text
        assert bot.stop() == 0
        assert bot.output().count("Bản vừa lưu có lỗi") == 1
    database = open_database(station.database)
    assert {s.channel: s.state for s in health(database)} == {"knowledge": "ok", "telegram": "stopped"}
    database.close()
