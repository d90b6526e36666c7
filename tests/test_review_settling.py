"""Settling: the base, the ticket, the audit and the outbox as one; who asked something else hears nothing."""

import threading
from pathlib import Path

import pytest

from bot.errors import ConflictError, KnowledgeError, MotCuaError, StorageError
from bot.reload import Reloader, look
from bot.review.edits import LEARNED, AddPhrase, EditEntry, EditFile, NewEntry
from bot.review.places import place_of
from bot.review.proposals import nearest, nearest_of
from bot.review.telling import is_answered
from bot.storage import Address, Kind, Settled, State, Ticket
from tests.entries import NOW
from tests.reviewing import ASKED, Bureau
from tests.small import change

EDIT = AddPhrase("tam-tru", ASKED, ASKED)
OTHER = "mở quán phở thì ngủ nhờ ở đâu"
WIFI = """\
- id: wifi
  name: Dùng wifi ở nhà văn hóa
  summary: Cách vào mạng.
  sources:
    nguon: {origin: cong-dvcqg, confidence: vừa, checked_on: 2026-07-18}
  sections:
    - {title: Cách vào, source: nguon, lines: [Chọn mạng của phường.]}
  phrases:
    - mật khẩu wifi nhà văn hóa
"""


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    return Bureau(tmp_path / "van-phong")


def asked(bureau: Bureau) -> tuple[Ticket, str, str]:
    """An asks and wants to be told, Chi asks something else in the same group and wants it too."""
    an, chi = bureau.asked(ASKED, "An"), bureau.asked(OTHER, "Chi")
    return bureau.ticket(), an, chi


def test_a_phrase_answers_an_and_leaves_chi_in_the_queue(bureau: Bureau) -> None:
    ticket, an, chi = asked(bureau)
    tried = bureau.settling.rehearse(EDIT, ticket)
    done = bureau.settling.by_edit(tried, EDIT, ticket, bureau.binh, "hỏi về tạm trú")
    assert (done.settled, done.told) == (1, 1)
    assert str(done) == f"Đã sửa procedures/cu-tru.yaml, {LEARNED}. 1 người sẽ được báo."
    after = bureau.seen(ticket.id)
    assert (after.state, after.settled_as, after.settled_procedure) == (State.DONE, Settled.PHRASE, "tam-tru")
    assert [(p.reference, p.address.chat, p.kind, p.payload) for p in bureau.pushed()] == [
        (an, "An", "phrase", "tam-tru")
    ]
    assert [row.reference for row in bureau.tickets.loose(10)] == [chi]
    assert [watch.reference for watch in bureau.watches.of_references([an, chi])] == [chi]
    assert bureau.git("log", "-1", "--format=%an: %s") == f"Bình: Thêm cách hỏi vào tam-tru: {ASKED} (nhóm 1)\n"


def test_the_audit_tells_what_changed_by_whom_and_why(bureau: Bureau) -> None:
    ticket, *_ = asked(bureau)
    bureau.settling.by_edit(bureau.settling.rehearse(EDIT, ticket), EDIT, ticket, bureau.binh, "hỏi về tạm trú")
    edit, settled = bureau.audit.of(f"ticket:{ticket.id}")
    assert (edit.who, edit.what, edit.before, edit.reason) == ("Bình", "knowledge.edit", "", "hỏi về tạm trú")
    assert f"+      - {ASKED}" in edit.after.splitlines()
    assert (settled.what, settled.before, settled.after) == ("ticket.settle", "new", "done, phrase, tam-tru")


def test_a_person_with_two_questions_is_told_once(bureau: Bureau) -> None:
    bureau.asked(ASKED, "An")
    last = bureau.asked(f"{ASKED} ạ", "An")
    ticket = bureau.ticket()
    assert bureau.settling.by_edit(bureau.settling.rehearse(EDIT, ticket), EDIT, ticket, bureau.binh).told == 1
    assert [push.reference for push in bureau.pushed()] == [last]


def test_who_asked_after_the_rehearsal_is_told_too(bureau: Bureau) -> None:
    ticket, an, _ = asked(bureau)
    tried = bureau.settling.rehearse(EDIT, ticket)
    late = bureau.asked(ASKED, "Em")
    bureau.tickets.join([row.id for row in bureau.tickets.loose(10)], ticket.id)
    bureau.settling.by_edit(tried, EDIT, ticket, bureau.binh)
    assert {push.reference for push in bureau.pushed()} == {an, late}


def test_a_new_guide(bureau: Bureau) -> None:
    bureau.asked("mật khẩu wifi nhà văn hóa ạ", "An")
    ticket = bureau.ticket()
    edit = NewEntry(WIFI, "guides/so.yaml", "Đời sống số", "mật khẩu wifi nhà văn hóa là gì")
    done = bureau.settling.by_edit(bureau.settling.rehearse(edit, ticket), edit, ticket, bureau.binh)
    assert (done.settled, [push.payload for push in bureau.pushed()]) == (1, ["wifi"])
    assert bureau.git("log", "-1", "--format=%s") == "Thêm mục wifi (nhóm 1)\n"


def test_a_phrase_that_answers_none_of_them_is_refused(bureau: Bureau) -> None:
    ticket, *_ = asked(bureau)
    before, edit = bureau.raw(), AddPhrase("tam-tru", "thuê phòng trọ sinh viên")
    tried = bureau.settling.rehearse(edit, ticket)
    with pytest.raises(MotCuaError, match="chưa câu nào của nhóm này được trả lời thẳng bằng mục tam-tru"):
        bureau.settling.by_edit(tried, edit, ticket, bureau.binh)
    assert (bureau.raw(), bureau.seen(ticket.id), bureau.pushed()) == (before, ticket, [])


def test_a_refused_edit_changes_no_byte(bureau: Bureau) -> None:
    ticket, *_ = asked(bureau)
    before = bureau.raw()
    with pytest.raises(KnowledgeError, match="Chưa ghi gì"):
        bureau.settling.rehearse(AddPhrase("tam-tru", "đăng ký lại khai sinh"), ticket)
    assert (bureau.raw(), bureau.seen(ticket.id)) == (before, ticket)
    assert bureau.git("status", "--porcelain") == ""


def test_two_settle_at_once_and_one_is_told_who_was_faster(bureau: Bureau) -> None:
    ticket, *_ = asked(bureau)
    tries = {member: bureau.settling.rehearse(EDIT, ticket) for member in (bureau.binh, bureau.dung)}
    told: list[str] = []

    def settle(member: object) -> None:
        who = bureau.binh if member == bureau.binh else bureau.dung
        try:
            bureau.settling.by_edit(tries[who], EDIT, ticket, who)
        except ConflictError as error:
            told.append(str(error))

    threads = [threading.Thread(target=settle, args=(member,)) for member in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner = bureau.audit.of(f"ticket:{ticket.id}")[-1].who
    assert told == [
        f"Chưa ghi gì: {winner} vừa giải quyết xong nhóm này lúc 16:00. Hãy mở lại nhóm này để xem tình trạng mới."
    ]
    assert (bureau.folder / "procedures/cu-tru.yaml").read_text("utf-8").count(ASKED) == 1
    assert len(bureau.pushed()) == 1


def test_who_ignores_meanwhile_wins_and_the_files_are_as_they_were(bureau: Bureau) -> None:
    ticket, *_ = asked(bureau)
    tried = bureau.settling.rehearse(EDIT, ticket)
    bureau.settling.ignore(ticket, "không thuộc phường", bureau.dung)
    before = bureau.raw()
    with pytest.raises(ConflictError, match="Dũng vừa giải quyết xong nhóm này"):
        bureau.settling.by_edit(tried, EDIT, ticket, bureau.binh)
    assert (bureau.raw(), bureau.pushed()) == (before, [])


def test_a_database_that_fails_in_between_takes_the_files_back(bureau: Bureau) -> None:
    ticket, *_ = asked(bureau)
    tried, before = bureau.settling.rehearse(EDIT, ticket), bureau.raw()
    refuse = "CREATE TRIGGER kaput BEFORE UPDATE ON tickets BEGIN SELECT RAISE(ABORT, 'full'); END"
    bureau.database.run(lambda db: db.execute(refuse))
    with pytest.raises(StorageError):
        bureau.settling.by_edit(tried, EDIT, ticket, bureau.binh)
    assert (bureau.raw(), bureau.seen(ticket.id), bureau.pushed()) == (before, ticket, [])
    assert [row.what for row in bureau.audit.of(f"ticket:{ticket.id}")] == ["knowledge.edit", "knowledge.undo"]


def test_killed_between_the_files_and_the_database_it_is_settled_again(bureau: Bureau) -> None:
    ticket, an, _ = asked(bureau)
    bureau.settling.edit(bureau.settling.rehearse(EDIT, ticket), EDIT, bureau.binh)
    files = bureau.raw()
    tried = bureau.settling.rehearse(EDIT, ticket)
    assert dict(tried.changes) == {}
    done = bureau.settling.by_edit(tried, EDIT, ticket, bureau.binh)
    assert (done.record, done.settled, str(done)) == (None, 1, "1 người sẽ được báo.")
    assert (bureau.raw(), [push.reference for push in bureau.pushed()]) == (files, [an])


def test_a_file_changed_on_disk_in_between(bureau: Bureau) -> None:
    ticket, *_ = asked(bureau)
    tried = bureau.settling.rehearse(EDIT, ticket)
    change(bureau.folder, "offices.yaml", "1 Trần Phú", "2 Trần Phú")
    before = bureau.raw()
    with pytest.raises(ConflictError, match=r"offices.yaml vừa được người khác sửa"):
        bureau.settling.by_edit(tried, EDIT, ticket, bureau.binh)
    assert (bureau.raw(), bureau.seen(ticket.id)) == (before, ticket)


def test_a_bot_that_reloads_meanwhile_answers_from_the_new_base(bureau: Bureau) -> None:
    ticket, *_ = asked(bureau)
    tried = bureau.settling.rehearse(EDIT, ticket)
    brains, problems, done = [bureau.stage.brain()], list[str](), threading.Event()
    reloader = Reloader(lambda: look(bureau.folder), bureau.stage.brain, brains.append, problems.append)
    thread = threading.Thread(target=reloader.watch, args=(done, 0.01))
    thread.start()
    bureau.settling.by_edit(tried, EDIT, ticket, bureau.binh)
    while not is_answered(brains[-1], "tam-tru", ASKED):
        assert thread.is_alive()
    done.set()
    thread.join()
    assert [problem for problem in problems if problem] == []


def test_words_go_to_those_whom_staff_left_ticked(bureau: Bureau) -> None:
    ticket, an, chi = asked(bureau)
    done = bureau.settling.by_words(ticket, [an], "Bạn ra công an phường.", bureau.binh)
    assert (done.settled, done.told) == (1, 1)
    assert [(p.reference, p.kind, p.payload) for p in bureau.pushed()] == [(an, "words", "Bạn ra công an phường.")]
    assert [row.reference for row in bureau.tickets.loose(10)] == [chi]


@pytest.mark.parametrize("words", ["", "  \n"])
def test_words_and_reasons_must_say_something(bureau: Bureau, words: str) -> None:
    ticket, an, _ = asked(bureau)
    with pytest.raises(MotCuaError, match="Câu trả lời đang để trống"):
        bureau.settling.by_words(ticket, [an], words, bureau.binh)
    with pytest.raises(MotCuaError, match="Hãy ghi lý do"):
        bureau.settling.ignore(ticket, words, bureau.binh)
    assert bureau.seen(ticket.id) == ticket


def test_who_is_late_with_words_is_told(bureau: Bureau) -> None:
    ticket, an, _ = asked(bureau)
    bureau.tickets.take(ticket.id, ticket.version, bureau.dung, NOW)
    with pytest.raises(ConflictError, match="Dũng vừa nhận nhóm này lúc 16:00"):
        bureau.settling.by_words(ticket, [an], "Bạn ra công an phường.", bureau.binh)
    assert bureau.pushed() == []


def test_a_corrected_fact_is_told_to_those_who_reported_it(bureau: Bureau) -> None:
    number = bureau.database.run(
        lambda db: db.execute(
            "INSERT INTO tickets (kind, procedure, opened_at, changed_at) VALUES ('disputed', 'tam-tru', '2026-11-23', "
            "'2026-11-23T09:00:00+00:00') RETURNING id"
        ).fetchone()[0]
    )
    bureau.watches.add(Address("telegram", "1", "An", None, "vi"), None, NOW, procedure="tam-tru")
    ticket = bureau.seen(number)
    assert ticket.kind is Kind.DISPUTED
    edit = EditEntry("tam-tru", place_of(bureau.folder, "tam-tru").text.replace("amount: 7000", "amount: 8000"))
    done = bureau.settling.by_edit(bureau.settling.rehearse(edit, ticket), edit, ticket, bureau.binh, "mức mới")
    assert done.told == 1
    assert [(p.reference, p.kind, p.payload) for p in bureau.pushed()] == [(None, "edit", "tam-tru")]
    assert bureau.git("log", "-1", "--format=%s") == f"Sửa mục tam-tru (nhóm {number})\n"


def test_undone_the_ticket_is_new_again(bureau: Bureau) -> None:
    ticket, *_ = asked(bureau)
    before = bureau.raw()
    done = bureau.settling.by_edit(bureau.settling.rehearse(EDIT, ticket), EDIT, ticket, bureau.binh)
    assert done.record
    bureau.settling.undo(done.record.id, bureau.dung, "sai mục", bureau.seen(ticket.id))
    assert (bureau.raw(), bureau.seen(ticket.id).state) == (before, State.NEW)
    assert [(row.who, row.what, row.reason) for row in bureau.audit.of(f"ticket:{ticket.id}")][2:] == [
        ("Dũng", "knowledge.undo", "sai mục"),
        ("Dũng", "ticket.reopen", "sai mục"),
    ]


def test_an_edit_of_a_file_settles_no_ticket(bureau: Bureau) -> None:
    ticket, *_ = asked(bureau)
    text = (bureau.folder / "offices.yaml").read_text("utf-8").replace("1 Trần Phú", "2 Trần Phú")
    edit = EditFile("offices.yaml", text)
    tried = bureau.settling.rehearse(edit)
    with pytest.raises(MotCuaError, match="Sửa cả một tệp thì không giải quyết một nhóm câu hỏi"):
        bureau.settling.by_edit(tried, edit, ticket, bureau.binh)
    record = bureau.settling.edit(tried, edit, bureau.binh, "chuyển trụ sở")
    assert record
    (row,) = bureau.audit.of(f"edit:{record.id}")
    assert (row.before, row.after, row.reason) == (
        "-    address: 1 Trần Phú",
        "+    address: 2 Trần Phú",
        "chuyển trụ sở",
    )


def test_the_nearest_entries_with_their_scores(bureau: Bureau) -> None:
    mind = bureau.stage.brain()
    found = nearest(mind, "làm lại giấy khai sinh")
    assert [one.id for one in found][:2] == ["khai-sinh-lai", "khai-sinh"]
    assert found[0].name == "Đăng ký lại khai sinh"
    assert all(0 <= one.score <= 1 for one in found)
    together = nearest_of(mind, ["làm lại giấy khai sinh", "đăng ký tạm trú"])
    assert {one.id for one in together[:2]} == {"khai-sinh-lai", "tam-tru"}
