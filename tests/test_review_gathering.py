"""What was not answered finds its ticket, whoever asked it and however it was typed."""

import datetime
import json
from pathlib import Path

import pytest

from bot.desk import Brain, Desk, Question
from bot.replies import Voice
from bot.review.gathering import gather
from bot.roles import Role
from bot.storage import (
    Database,
    Judgements,
    Kind,
    Member,
    Questions,
    Settled,
    Staff,
    State,
    Tickets,
    Vote,
    open_database,
)

NOW = datetime.datetime(2026, 11, 23, 9, tzinfo=datetime.UTC)
DRONES = ("bay flycam quay đám cưới có phải xin phép không", "bay flycam o bai bien phai xin ai")
MASKS = "đốt vàng mã ở chung cư có bị phạt không"


@pytest.fixture
def desk(shipped_brain: Brain) -> Desk:
    return Desk(shipped_brain, Voice("x"), lambda: NOW)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return open_database(tmp_path / "motcua.db")


@pytest.fixture
def binh(database: Database) -> Member:
    staff = Staff(database)
    staff.add("7002", "Bình", Role.EDITOR, None, NOW)
    found = staff.by_user("7002")
    assert found
    return found


def asked(desk: Desk, database: Database, *texts: str) -> list[str]:
    """The references of questions that were logged and sent to staff."""
    log, references = Questions(database), []
    for text in texts:
        entry = desk.ask(Question(text, "test")).entry
        references.append(log.add(entry).result().reference)
        log.asked_staff(entry.reference, NOW).result()
    return references


def test_like_questions_share_a_ticket_and_unlike_ones_do_not(desk: Desk, database: Database) -> None:
    asked(desk, database, *DRONES, MASKS)
    tickets = Tickets(database)
    assert gather(tickets, NOW) == 2
    assert sorted((one.times, one.kind) for one in tickets.page()) == [(1, Kind.QUESTION), (2, Kind.QUESTION)]
    assert gather(tickets, NOW) == 0


def test_a_later_question_joins_the_ticket_that_is_open(desk: Desk, database: Database) -> None:
    tickets = Tickets(database)
    asked(desk, database, DRONES[0], MASKS)
    gather(tickets, NOW)
    before = {one.wording: one.id for one in tickets.page()}
    asked(desk, database, DRONES[1])
    assert gather(tickets, NOW) == 1
    assert {one.id: one.times for one in tickets.page()} == {before[DRONES[0]]: 2, before[MASKS]: 1}


def test_what_was_ignored_stays_so_until_somebody_wants_an_answer(desk: Desk, database: Database, binh: Member) -> None:
    tickets, log = Tickets(database), Questions(database)
    asked(desk, database, MASKS)
    gather(tickets, NOW)
    [ticket] = tickets.page()
    assert tickets.settle(ticket.id, ticket.version, Settled.IGNORED, None, "không phải việc của xã", binh, NOW)
    again = desk.ask(Question(MASKS, "test")).entry
    log.add(again).result()
    log.none_of_these(again.reference).result()
    gather(tickets, NOW)
    assert tickets.page() == []
    assert [one.times for one in tickets.page(State.IGNORED)] == [2]
    asked(desk, database, MASKS)
    gather(tickets, NOW)
    assert [one.times for one in tickets.page()] == [1]


def test_what_is_disputed_gathers_by_its_procedure(desk: Desk, database: Database) -> None:
    judgements, tickets = Judgements(database), Tickets(database)
    for voter in ("an", "chi"):
        judgements.report("tam-tru", "wrong", "1", Vote(voter, None, NOW))
    judgements.report("ket-hon", "old", "1", Vote("an", None, NOW))
    assert gather(tickets, NOW) == 2
    assert {one.procedure: one.times for one in tickets.page(kind=Kind.DISPUTED)} == {"tam-tru": 2, "ket-hon": 1}
    judgements.report("tam-tru", "old", "1", Vote("dung", None, NOW))
    gather(tickets, NOW)
    assert {one.procedure: one.times for one in tickets.page()} == {"tam-tru": 3, "ket-hon": 1}


def test_no_number_of_a_person_is_kept_among_the_words(desk: Desk, database: Database) -> None:
    asked(desk, database, "căn cước 030199001234 của em bị mất, gọi 0912345678 báo flycam rơi")
    [words] = database.run(lambda db: [row["words"] for row in db.query("SELECT words FROM questions")])
    kept = {word for word, _ in json.loads(words)}
    assert "flycam" in kept
    assert not any(sum(sign.isdigit() for sign in word) > 2 for word in kept)
