"""Tickets: gathered from loose rows, ranked by askers, taken and settled by one of two who try at once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from bot.persons import Alias
from bot.roles import Role
from bot.storage import (
    CONSOLE,
    Address,
    Audit,
    Database,
    Draft,
    Judgements,
    Kind,
    LogEntry,
    Member,
    Outbox,
    Placed,
    Placing,
    Questions,
    Settled,
    Staff,
    State,
    Tickets,
    Vote,
    Watches,
    open_database,
)
from bot.storage.gathering import JUDGEMENTS, QUESTIONS
from bot.storage.queue import COUNTED, PAGE, WATCHERS
from tests.entries import NOW, answered, entry, on

AN, CHI = Alias(1, "an"), Alias(1, "chi")
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    opened = open_database(path)
    yield opened
    opened.close()


@pytest.fixture
def tickets(database: Database) -> Tickets:
    return Tickets(database)


@pytest.fixture
def binh(database: Database) -> Member:
    return Staff(database).add("2001", "Bình", Role.EDITOR, CONSOLE, NOW)


def add(database: Database, *entries: LogEntry) -> None:
    for one in entries:
        Questions(database).add(one).result()


def opened(tickets: Tickets, database: Database, *entries: LogEntry) -> int:
    """A ticket of these questions."""
    add(database, *entries)
    number = tickets.open(Kind.QUESTION, None, [one.id for one in tickets.loose(99)], NOW)
    assert number
    return number


def judge(database: Database, reference: str, good: bool, why: str | None = None, voter: str = "An") -> None:
    assert Judgements(database).judge(reference, good, why, Vote(voter, None, NOW))


def loose(tickets: Tickets) -> list[tuple[str, str]]:
    return [(one.kind.value, one.question or one.procedure or "") for one in tickets.loose(99)]


def test_a_ticket_tells_its_figures(tickets: Tickets, database: Database) -> None:
    number = opened(
        tickets,
        database,
        on(1, "nuôi mèo", person=AN, reference="a1"),
        on(2, "Nuôi mèo?", person=AN),
        on(3, "nuôi chó mèo", person=CHI, matches=(("khai-sinh", 0.5),)),
        on(4, "nuôi mèo", reference="a4"),
        on(4, "nuôi mèo nhé"),
    )
    Questions(database).asked_staff("a4", NOW).result()
    Watches(database).add(Address("telegram", "7", "1001", None, "vi"), AN, NOW, reference="a1")
    [ticket] = tickets.page()
    assert ticket == tickets.ticket(number)
    assert (ticket.kind, ticket.state, ticket.staff, ticket.version) == (Kind.QUESTION, State.NEW, None, 1)
    assert (ticket.times, ticket.askers, ticket.asked, ticket.watchers) == (5, 4, 1, 1)
    assert (ticket.newest, ticket.wording, ticket.opened_at) == ("2026-11-04", "nuôi mèo nhé", NOW)
    assert (ticket.matches, ticket.settled_as) == ((("khai-sinh", 0.31), ("tam-tru", 0.2)), None)


def test_its_wordings_are_told_the_most_frequent_first(tickets: Tickets, database: Database) -> None:
    entries = [
        on(1, "nuôi mèo", reference="a1", person=AN),
        on(2, "Nuoi meo", reference="a2", person=AN),
        on(3, "nuôi chó", reference="a3", language="en"),
    ]
    number = opened(tickets, database, *entries)
    Watches(database).add(Address("telegram", "7", "1001", None, "vi"), AN, NOW, reference="a1")
    first, second = tickets.wordings(number)
    assert (first.reference, first.question, first.references) == ("a2", "Nuoi meo", ("a1", "a2"))
    assert (first.times, first.askers, first.last_day, first.watched, first.language) == (2, 1, "2026-11-02", 1, "vi")
    assert (second.references, second.times, second.askers, second.watched, second.language) == (("a3",), 1, 1, 0, "en")
    assert tickets.wordings(99) == []


def test_the_most_askers_come_first_then_the_oldest(tickets: Tickets, database: Database) -> None:
    add(database, *(on(1, f"câu {number}", person=AN) for number in range(3)))
    add(database, on(2, "xin visa"), on(2, "nuôi mèo", person=AN), on(2, "mua chó"))
    placings = [([1, 2, 3], LATER), ([4, 5], LATER), ([6], NOW)]
    for ids, at in placings:
        tickets.open(Kind.QUESTION, None, ids, at)
    assert [(one.id, one.askers, one.times) for one in tickets.page()] == [(2, 2, 2), (3, 1, 1), (1, 1, 3)]
    assert [one.id for one in tickets.page(limit=1, offset=1)] == [3]


def test_a_page_shows_one_state_and_one_kind(tickets: Tickets, database: Database, binh: Member) -> None:
    add(database, *(entry(f"câu {number}") for number in range(4)))
    tickets.place([Placing(Kind.QUESTION, [number]) for number in range(1, 5)], NOW)
    Judgements(database).report("tam-tru", "old", "0a1b", Vote("An", None, NOW))
    tickets.open(Kind.DISPUTED, "tam-tru", [1], NOW)
    assert tickets.take(2, 1, binh, NOW)
    assert tickets.settle(3, 1, Settled.PHRASE, "tam-tru", None, binh, NOW)
    assert tickets.settle(4, 1, Settled.IGNORED, None, "không phải thủ tục", binh, NOW)
    pages = {state: [one.id for one in tickets.page(state)] for state in State}
    assert pages == {State.NEW: [1, 5], State.TAKEN: [2], State.DONE: [3], State.IGNORED: [4]}
    assert [one.id for one in tickets.page()] == [1, 2, 5]
    assert [one.id for one in tickets.page(None, Kind.DISPUTED)] == [5]
    assert tickets.totals() == {State.NEW: 2, State.TAKEN: 1, State.DONE: 1, State.IGNORED: 1}


@pytest.mark.parametrize("number", [0, -1, 7, 2**63 - 1, 10**30])
def test_a_ticket_that_is_not_there_is_none(tickets: Tickets, number: int) -> None:
    assert tickets.ticket(number) is None


def test_what_was_told_wrongly_is_gathered_by_procedure(tickets: Tickets, database: Database) -> None:
    add(database, answered("tạm trú", "tam-tru", reference="a1"), answered("khai sinh", "khai-sinh", reference="a2"))
    judge(database, "a1", False, "wrong")
    judge(database, "a2", True)
    Judgements(database).report("tam-tru", "old", "0a1b", Vote("Chi", None, NOW))
    assert loose(tickets) == [("disputed", "tam-tru"), ("disputed", "tam-tru")]
    number = tickets.open(Kind.DISPUTED, "tam-tru", [one.id for one in tickets.loose(9)], NOW)
    assert number
    assert tickets.disputed() == {"tam-tru": number}
    Watches(database).add(Address("telegram", "7", "1001", None, "vi"), AN, NOW, procedure="tam-tru")
    [ticket] = tickets.page()
    assert (ticket.kind, ticket.procedure, ticket.times, ticket.askers) == (Kind.DISPUTED, "tam-tru", 2, 2)
    assert (ticket.watchers, ticket.asked, ticket.newest) == (1, 0, "2026-11-23")
    assert [(one.question, one.why, one.references) for one in tickets.wordings(number)] == [
        ("", "old", ()),
        ("tạm trú", "wrong", ("a1",)),
    ]


@pytest.mark.parametrize(
    ("said", "wanting"),
    [
        ([(False, None)], [("disputed", "tam-tru")]),
        ([(False, "wrong")], [("disputed", "tam-tru")]),
        ([(False, None), (False, "other_question")], [("question", "tạm trú")]),
        ([(False, "other_question"), (True, None)], []),
        ([(False, "other_question"), (False, "old")], [("disputed", "tam-tru")]),
        ([(False, "wrong"), (True, None)], []),
        ([(True, None)], []),
    ],
)
@pytest.mark.parametrize("gathered", [False, True], ids=["at the end", "after each"])
def test_the_last_word_of_a_judgement_decides_where_it_goes(
    tickets: Tickets,
    database: Database,
    said: list[tuple[bool, str | None]],
    wanting: list[tuple[str, str]],
    gathered: bool,
) -> None:
    add(database, answered("tạm trú", "tam-tru", reference="a1"))
    for good, why in said:
        judge(database, "a1", good, why)
        for one in tickets.loose(9) if gathered else []:
            tickets.open(one.kind, one.procedure, [one.id], NOW)
    found = [(one.kind.value, one.procedure or one.wording) for one in tickets.page()] if gathered else loose(tickets)
    assert found == wanting


def test_a_bad_answer_of_no_procedure_makes_its_question_wanting(tickets: Tickets, database: Database) -> None:
    add(database, entry("cấp hộ chiếu", outcome="route", reference="a1"))
    judge(database, "a1", False, "wrong")
    assert loose(tickets) == [("question", "cấp hộ chiếu")]


def test_who_judges_again_after_it_was_settled_is_heard_again(tickets: Tickets, database: Database) -> None:
    add(database, answered("tạm trú", "tam-tru", reference="a1"))
    judge(database, "a1", False, "wrong")
    number = tickets.open(Kind.DISPUTED, "tam-tru", [1], NOW)
    assert number
    assert tickets.settle(number, 1, Settled.EDIT, "tam-tru", None, None, NOW)
    judge(database, "a1", True)
    assert loose(tickets) == []
    judge(database, "a1", False, "wrong")
    assert loose(tickets) == [("disputed", "tam-tru")]
    assert tickets.disputed() == {}


@pytest.mark.parametrize(("asked", "left"), [(False, True), (True, False)])
def test_a_question_answered_by_a_pick_leaves_its_ticket_unless_staff_were_asked(
    tickets: Tickets, database: Database, asked: bool, left: bool
) -> None:
    number = opened(tickets, database, entry("giấy khai sinh", reference="a1"))
    if asked:
        Questions(database).asked_staff("a1", NOW).result()
    Questions(database).picked("a1", "khai-sinh").result()
    assert tickets.page() == [] if left else tickets.page() != []
    assert loose(tickets) == []
    ticket = tickets.ticket(number)
    assert ticket
    assert (ticket.times, ticket.wording) == ((0, "") if left else (1, "giấy khai sinh"))


def test_a_pick_after_a_ticket_was_settled_leaves_its_history_alone(tickets: Tickets, database: Database) -> None:
    number = opened(tickets, database, entry("giấy khai sinh", reference="a1"))
    tickets.settle(number, 1, Settled.WORDS, None, "Mời bạn tới quầy 3.", None, NOW)
    Questions(database).picked("a1", "khai-sinh").result()
    assert [one.times for one in tickets.page(State.DONE)] == [1]


def test_loose_questions_join_an_open_ticket_and_no_settled_one(tickets: Tickets, database: Database) -> None:
    number = opened(tickets, database, entry("nuôi mèo"))
    add(database, entry("nuôi chó"), entry("mua chó"))
    assert tickets.join([2], number)
    assert not tickets.join([2], number)  # somebody else was faster
    assert not tickets.join([3], number, Kind.DISPUTED)
    assert not tickets.join([3], 99)
    assert not tickets.join([3], number, silently=True)
    tickets.settle(number, 1, Settled.IGNORED, None, "không phải thủ tục", None, NOW)
    assert not tickets.join([3], number)
    assert loose(tickets) == [("question", "mua chó")]
    assert tickets.join([3], number, silently=True)
    assert [one.times for one in tickets.page(State.IGNORED)] == [3]


def test_joining_is_no_change_by_staff(tickets: Tickets, database: Database, binh: Member) -> None:
    number = opened(tickets, database, entry("nuôi mèo"))
    add(database, entry("nuôi chó"))
    assert tickets.join([2], number)
    assert tickets.take(number, 1, binh, NOW)


def test_no_ticket_is_opened_of_what_is_no_longer_loose(tickets: Tickets, database: Database) -> None:
    number = opened(tickets, database, entry("nuôi mèo"))
    add(database, answered("tạm trú", "tam-tru"))
    gone = [Placing(Kind.QUESTION, [1]), Placing(Kind.QUESTION, [2, 99]), Placing(Kind.DISPUTED, [1], None, "tam-tru")]
    assert tickets.place(gone, NOW) == [None, None, None]
    assert [one.id for one in tickets.page()] == [number]
    assert tickets.ticket(2) is None


def test_the_wordings_that_may_be_joined_are_told(tickets: Tickets, database: Database) -> None:
    near, words = (("tam-tru", 0.2),), (("nuôi", 1.5),)
    alike = [entry(text, matches=near, words=words) for text in ("nuôi mèo", "Nuôi mèo", "nuôi chó")]
    first = opened(tickets, database, *alike)
    second, third = opened(tickets, database, entry("bán rau", matches=())), opened(tickets, database, entry("mua xe"))
    tickets.settle(second, 1, Settled.IGNORED, None, "không phải thủ tục", None, NOW)
    tickets.settle(third, 1, Settled.PHRASE, "tam-tru", None, None, NOW)
    assert tickets.placed() == [
        Placed(first, State.NEW, "nuoi cho", "nuôi chó", words, near),
        Placed(first, State.NEW, "nuoi meo", "nuôi mèo", words, near),
        Placed(second, State.IGNORED, "ban rau", "bán rau"),
    ]


def test_questions_move_to_another_open_ticket_or_to_a_new_one(tickets: Tickets, database: Database) -> None:
    first = opened(
        tickets, database, entry("nuôi mèo"), entry("mua xe", reference="a2"), entry("bán xe", reference="a3")
    )
    second = opened(tickets, database, entry("xe cũ"))
    assert tickets.move(["a2"], second, CONSOLE, NOW) == second
    assert tickets.move(["a3"], None, CONSOLE, NOW) == second + 1
    assert {one.id: one.times for one in tickets.page()} == {first: 1, second: 2, second + 1: 1}
    assert [row.what for row in Audit(database).of(f"ticket:{second}")] == ["ticket.move"]
    assert tickets.move(["khác"], None, CONSOLE, NOW) is None
    tickets.settle(first, 1, Settled.IGNORED, None, "x", None, NOW)
    assert tickets.move(["a2"], first, CONSOLE, NOW) is None


def test_who_takes_gives_back_and_settles_is_kept(tickets: Tickets, database: Database, binh: Member) -> None:
    number = opened(tickets, database, entry("nuôi mèo"))
    chi = Staff(database).add("2002", "Chi", Role.ADMIN, CONSOLE, NOW)
    assert tickets.take(number, 1, binh, NOW)
    assert tickets.take(number, 2, chi, NOW)
    assert [(one.state, one.staff) for one in tickets.page()] == [(State.TAKEN, chi)]
    assert tickets.reopen(number, 3, chi, NOW, "nghỉ phép")
    assert tickets.settle(number, 4, Settled.PHRASE, "tam-tru", None, binh, LATER)
    ticket = tickets.ticket(number)
    assert ticket
    assert (ticket.state, ticket.staff, ticket.settled_as) == (State.DONE, binh, Settled.PHRASE)
    assert (ticket.settled_procedure, ticket.changed_at, ticket.version) == ("tam-tru", LATER, 5)
    assert [(row.who, row.what, row.before, row.after, row.reason) for row in Audit(database).of("ticket:1")] == [
        ("Bình", "ticket.take", "new", "taken, Bình", ""),
        ("Chi", "ticket.take", "taken, Bình", "taken, Chi", ""),
        ("Chi", "ticket.reopen", "taken, Chi", "new", "nghỉ phép"),
        ("Bình", "ticket.settle", "new", "done, phrase, tam-tru", ""),
    ]


Change = Callable[[Tickets, int, Member], bool]
CHANGES: dict[str, Change] = {
    "take": lambda tickets, version, who: tickets.take(1, version, who, NOW),
    "settle": lambda tickets, version, who: tickets.settle(1, version, Settled.IGNORED, None, "x", who, NOW),
    "reopen": lambda tickets, version, who: tickets.reopen(1, version, who, NOW),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_what_was_changed_meanwhile_is_refused(
    tickets: Tickets, database: Database, binh: Member, change: str
) -> None:
    opened(tickets, database, entry("nuôi mèo"))
    assert tickets.take(1, 1, binh, NOW)
    before = tickets.ticket(1)
    assert not CHANGES[change](tickets, 1, binh)
    assert not CHANGES[change](tickets, 9, binh)
    assert tickets.ticket(1) == before
    assert len(Audit(database).of("ticket:1")) == 1


@pytest.mark.parametrize(
    ("first", "then", "goes"),
    [
        ("settle", "take", False),
        ("settle", "settle", False),
        ("settle", "reopen", True),
        ("take", "settle", True),
        ("take", "take", True),
        ("", "reopen", False),
    ],
)
def test_a_settled_ticket_is_only_reopened(
    tickets: Tickets, database: Database, binh: Member, first: str, then: str, goes: bool
) -> None:
    opened(tickets, database, entry("nuôi mèo"))
    if first:
        assert CHANGES[first](tickets, 1, binh)
    assert CHANGES[then](tickets, 2 if first else 1, binh) == goes


@pytest.mark.parametrize("change", ["take", "settle"])
@pytest.mark.parametrize("round", range(5))
def test_of_two_who_change_a_ticket_at_once_one_wins(
    tickets: Tickets, database: Database, path: Path, binh: Member, change: str, round: int
) -> None:
    opened(tickets, database, entry("nuôi mèo"))
    other = open_database(path)
    both = [tickets, Tickets(other)]
    with ThreadPoolExecutor(8) as threads:
        won = list(threads.map(lambda number: CHANGES[change](both[number % 2], 1, binh), range(8)))
    other.close()
    assert sorted(won) == [False] * 7 + [True]
    assert len(Audit(database).of("ticket:1")) == 1


def test_two_who_gather_at_once_open_no_ticket_twice(tickets: Tickets, database: Database, path: Path) -> None:
    add(database, *(entry(f"câu {number}") for number in range(20)))
    other = open_database(path)
    both = [tickets, Tickets(other)]
    placings = [Placing(Kind.QUESTION, [number]) for number in range(1, 21)]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda number: both[number % 2].place(placings, NOW), range(4)))
    other.close()
    assert sorted(one for row in found for one in row if one) == sorted(one.id for one in tickets.page(limit=99))
    assert tickets.totals()[State.NEW] == 20


def test_what_is_not_settled_with_a_ticket_waits_again(tickets: Tickets, database: Database, binh: Member) -> None:
    number = opened(tickets, database, entry("nuôi mèo", reference="a1"), entry("nuôi chó", reference="a2"))
    Watches(database).add(Address("telegram", "7", "1001", None, "vi"), AN, NOW, reference="a1")
    [watch] = Watches(database).of_ticket(number)
    drafts = [Draft("1:a1", (watch.id,), number, "phrase", "{}")]
    seen = (number, 1, Settled.PHRASE, "tam-tru", None, binh, NOW)
    assert tickets.settle(*seen, references=["a1"], drafts=drafts)
    assert loose(tickets) == [("question", "nuôi chó")]
    assert [one.times for one in tickets.page(State.DONE)] == [1]
    assert Outbox(database).counts(number).waiting == 1


def test_who_settles_too_late_tells_nobody(tickets: Tickets, database: Database, binh: Member) -> None:
    number = opened(tickets, database, entry("nuôi mèo", reference="a1"))
    Watches(database).add(Address("telegram", "7", "1001", None, "vi"), AN, NOW, reference="a1")
    assert tickets.settle(number, 1, Settled.IGNORED, None, "x", binh, NOW)
    late = (number, 1, Settled.PHRASE, "tam-tru", None, binh, NOW)
    assert not tickets.settle(*late, references=[], drafts=[Draft("1:a1", (1,), number, "phrase", "{}")])
    assert Outbox(database).counts(number).waiting == 0
    assert [one.times for one in tickets.page(State.IGNORED)] == [1]
    assert len(Watches(database).of_ticket(number)) == 1


def test_who_still_lacks_an_answer_leaves_the_settled_ticket(tickets: Tickets, database: Database) -> None:
    number = opened(tickets, database, entry("nuôi mèo", reference="a1"), entry("nuôi chó", reference="a2"))
    tickets.settle(number, 1, Settled.PHRASE, "tam-tru", None, None, NOW)
    assert tickets.leave(["a1", "khác"]) == 1
    assert loose(tickets) == [("question", "nuôi mèo")]


@pytest.mark.parametrize(
    ("sql", "indexes"),
    [
        (QUESTIONS, ["questions_loose"]),
        (JUDGEMENTS, ["judgements_loose"]),
        (PAGE.format(condition="state = 'new'", counted=COUNTED, join="JOIN"), ["COVERING INDEX questions_by_ticket"]),
        (WATCHERS, ["watches_by_reference", "watches_by_procedure"]),
        ("SELECT max(id) FROM questions WHERE folded <> '' GROUP BY folded", ["COVERING INDEX questions_by_words"]),
    ],
)
def test_the_queue_is_read_by_its_indexes(database: Database, sql: str, indexes: list[str]) -> None:
    values = {"limit": 1, "offset": 0}
    plan = database.read(lambda db: [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()])
    assert all(any(index in step for step in plan) for index in indexes)
    assert not [step for step in plan if step in ("SCAN questions", "SCAN judgements")]
