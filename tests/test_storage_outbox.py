"""The outbox: said once, in place of the watch; claimed by one worker; tried again; ended; forgotten when told."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from bot.persons import Alias
from bot.storage import (
    Address,
    Counts,
    Database,
    Draft,
    Kind,
    Known,
    Outbox,
    Persons,
    Push,
    PushState,
    Questions,
    Tickets,
    Waiting,
    Watches,
    open_database,
)
from bot.storage.outbox import MOST_TRIES
from tests.entries import NOW, entry

AN, CHI = Alias(1, "an"), Alias(1, "chi")
HOME = Address("telegram", "7", "1001", "55", "vi")
ELSEWHERE = Address("telegram", "7", "1002", None, "en")
LEASE = timedelta(seconds=30)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    opened = open_database(path)
    for number in (1, 2, 3):
        Questions(opened).add(entry(f"câu {number} của An", reference=f"r{number}", person=AN)).result()
    Tickets(opened).open(Kind.QUESTION, None, [1, 2, 3], NOW)
    yield opened
    opened.close()


@pytest.fixture
def outbox(database: Database) -> Outbox:
    return Outbox(database)


@pytest.fixture
def watches(database: Database) -> Watches:
    return Watches(database)


def draft(watch: int, key: str = "1:r1") -> Draft:
    return Draft(key, (watch,), 1, "phrase", '{"q": "câu 1 của An"}')


def watched(watches: Watches, reference: str = "r1", address: Address = HOME) -> int:
    """The number of a new watch."""
    assert watches.add(address, AN, NOW, reference=reference)
    return watches.of_references([reference])[-1].id


def claimed(outbox: Outbox, seconds: int = 0) -> Push:
    push = outbox.claim("telegram", "7", NOW + timedelta(seconds=seconds), LEASE)
    assert push
    return push


def test_who_wants_to_be_told_is_kept_once(watches: Watches) -> None:
    for _ in range(2):
        assert watches.add(HOME, AN, NOW, reference="r1")
        assert watches.add(HOME, AN, NOW, procedure="tam-tru")
    assert watches.add(ELSEWHERE, CHI, NOW, reference="r1")
    assert not watches.add(HOME, AN, NOW, reference="khác")
    assert [(one.reference, one.address) for one in watches.of_ticket(1)] == [("r1", HOME), ("r1", ELSEWHERE)]
    assert [(one.procedure, one.made_at) for one in watches.of_procedure("tam-tru")] == [("tam-tru", NOW)]
    assert watches.of_references([]) == watches.of_references(["r2"]) == []
    assert watches.remove([one.id for one in watches.of_ticket(1)]) == 2
    assert watches.of_ticket(1) == []


def test_no_chat_is_printed(watches: Watches, outbox: Outbox) -> None:
    outbox.put([draft(watched(watches))], NOW)
    assert "1001" not in repr(watches.of_procedure("tam-tru")) + repr(claimed(outbox)) + repr(HOME)


def test_a_push_takes_the_place_of_its_watch(watches: Watches, outbox: Outbox) -> None:
    assert outbox.put([draft(watched(watches))], NOW) == 1
    assert watches.of_ticket(1) == []
    push = claimed(outbox)
    assert push == Push(1, "1:r1", 1, "r1", HOME, "phrase", '{"q": "câu 1 của An"}', 1)


def test_what_was_put_once_is_never_doubled(watches: Watches, outbox: Outbox) -> None:
    first = draft(watched(watches))
    assert outbox.put([first, first], NOW) == 1
    assert outbox.put([first], NOW) == 0
    assert outbox.put([draft(watched(watches))], NOW) == 0
    assert watches.of_ticket(1) == []
    assert outbox.counts(1) == Counts(waiting=1)


def test_one_push_may_answer_several_watches_of_a_person(watches: Watches, outbox: Outbox) -> None:
    ids = tuple(watched(watches, reference) for reference in ("r1", "r2", "r3"))
    assert outbox.put([Draft("1:an", ids, 1, "phrase", "{}")], NOW) == 1
    assert claimed(outbox).reference == "r3"
    assert watches.of_ticket(1) == []


def test_who_took_the_wish_back_is_not_told(watches: Watches, outbox: Outbox) -> None:
    late = draft(watched(watches))
    watches.remove([late.watches[0]])
    assert outbox.put([late], NOW) == 0
    assert outbox.put([Draft("leer", (), 1, "phrase", "{}")], NOW) == 0


def test_a_push_that_is_claimed_is_nobody_elses_until_its_lease_runs_out(watches: Watches, outbox: Outbox) -> None:
    outbox.put([draft(watched(watches))], NOW)
    first = claimed(outbox)
    assert outbox.claim("telegram", "7", NOW + timedelta(seconds=29), LEASE) is None
    second = claimed(outbox, 30)
    assert (first.id, first.tries, second.tries) == (second.id, 1, 2)
    assert not outbox.again(first, NOW, "quá hạn")
    assert not outbox.ended(first, PushState.BLOCKED, "403")
    assert outbox.sent(first, NOW)  # what was said was said, whoever says so
    assert not outbox.again(second, NOW, "mạng")
    assert outbox.counts(1) == Counts(sent=1)


def test_a_push_goes_to_its_own_bot_and_not_before_its_time(watches: Watches, outbox: Outbox) -> None:
    outbox.put([draft(watched(watches))], NOW)
    for channel, bot, at in (("telegram", "8", NOW), ("web", "7", NOW), ("telegram", "7", NOW - LEASE)):
        assert outbox.claim(channel, bot, at, LEASE) is None
    assert outbox.claim("telegram", "7", NOW, LEASE)


@pytest.mark.parametrize("round", range(3))
def test_two_workers_share_the_work(
    watches: Watches, outbox: Outbox, database: Database, path: Path, round: int
) -> None:
    addresses = [Address("telegram", "7", str(number), None, "vi") for number in range(30)]
    drafts = [draft(watched(watches, "r1", address), f"1:{address.chat}") for address in addresses]
    assert outbox.put(drafts, NOW) == 30
    other = open_database(path)

    def work(own: Outbox) -> list[str]:
        told = []
        while push := own.claim("telegram", "7", NOW, LEASE):
            told.append(push.address.chat)
            assert own.sent(push, NOW)
        return told

    with ThreadPoolExecutor(4) as threads:
        found = [chat for told in threads.map(work, [outbox, Outbox(other)] * 2) for chat in told]
    other.close()
    assert sorted(found) == sorted(address.chat for address in addresses)
    assert outbox.counts(1) == Counts(sent=30)


def test_what_does_not_go_is_tried_again_and_then_failed(watches: Watches, outbox: Outbox) -> None:
    outbox.put([draft(watched(watches))], NOW)
    for number in range(1, MOST_TRIES + 1):
        push = claimed(outbox, number * 60)
        assert push.tries == number
        assert outbox.again(push, NOW + timedelta(seconds=number * 60 + 30), f"lỗi mạng {number}")
        assert outbox.claim("telegram", "7", NOW + timedelta(seconds=number * 60 + 29), LEASE) is None
    assert outbox.claim("telegram", "7", NOW + timedelta(days=1), LEASE) is None
    [end] = outbox.of_ticket(1)
    assert (end.state, end.tries, end.detail) == (PushState.FAILED, MOST_TRIES, f"lỗi mạng {MOST_TRIES}")
    assert outbox.counts(1) == Counts(failed=1)


def test_what_nobody_reports_of_is_not_tried_for_ever(watches: Watches, outbox: Outbox) -> None:
    outbox.put([draft(watched(watches))], NOW)
    for number in range(MOST_TRIES):
        claimed(outbox, number * 60)
    assert outbox.claim("telegram", "7", NOW + timedelta(days=1), LEASE) is None
    [end] = outbox.by_reference("r1")
    assert (end.state, end.detail) == (PushState.FAILED, "không có kết quả sau lần gửi cuối")


def test_a_bot_that_is_blocked_is_noted(watches: Watches, outbox: Outbox) -> None:
    outbox.put([draft(watched(watches))], NOW)
    assert outbox.ended(claimed(outbox), PushState.BLOCKED, "Forbidden: bot was blocked by the user")
    assert outbox.claim("telegram", "7", NOW + timedelta(days=1), LEASE) is None
    assert outbox.counts(1) == Counts(blocked=1)


@pytest.mark.parametrize("end", list(PushState)[2:])
def test_the_chat_of_who_was_told_is_forgotten_to_the_last_byte(
    watches: Watches, outbox: Outbox, database: Database, path: Path, end: PushState
) -> None:
    number = watched(watches, "r1", Address("telegram", "7", "chat-của-An", "tin-của-An", "vi"))
    outbox.put([draft(number)], NOW)
    push = claimed(outbox)
    assert outbox.sent(push, NOW) if end is PushState.SENT else outbox.ended(push, end, "")
    database.scrub()
    assert "chat-của-An".encode() not in path.read_bytes()
    assert "tin-của-An".encode() not in path.read_bytes()
    [delivery] = outbox.by_reference("r1")
    assert (delivery.state, delivery.sent_at) == (end, NOW if end is PushState.SENT else None)


def nobody(subject: str) -> list[str]:
    return [f"{subject}-unlinked"]


def test_what_a_person_waits_for_is_shown(watches: Watches, outbox: Outbox, database: Database) -> None:
    outbox.put([draft(watched(watches))], NOW)
    watched(watches, "r2")
    watches.add(HOME, AN, NOW, procedure="tam-tru")
    assert Persons(database).everything([CHI], nobody).waiting == ()
    day = NOW.isoformat()
    assert set(Persons(database).everything([AN], nobody).waiting) == {
        Waiting(day, "câu 1 của An", None, told=True),
        Waiting(day, "câu 2 của An", None, told=False),
        Waiting(day, None, "tam-tru", told=False),
    }


def test_erasing_reaches_watches_pushes_codes_and_tickets_to_the_last_byte(
    watches: Watches, outbox: Outbox, database: Database, path: Path
) -> None:
    log, persons = Questions(database), Persons(database)
    persons.keep([AN], consent=True)
    code = log.asked_staff("r1", NOW).result()
    assert code
    chat = Address("telegram", "7", "chat-của-An", "tin-của-An", "vi")
    outbox.put([draft(watched(watches, "r1", chat))], NOW)
    watched(watches, "r2", chat)
    watches.add(chat, AN, NOW, procedure="tam-tru")
    watches.add(ELSEWHERE, CHI, NOW, reference="r3")  # in a group: what An asked is told to nobody any more
    persons.erase([AN], nobody)
    assert (log.by_code(code), watches.of_procedure("tam-tru"), outbox.of_ticket(1)) == (None, [], [])
    assert (watches.of_references(["r1", "r2", "r3"]), Tickets(database).page()) == ([], [])
    assert persons.everything([AN], nobody).known == Known()
    left = path.read_bytes() + b"".join(file.read_bytes() for file in path.parent.glob("test.db-*"))
    for trace in (code, "chat-của-An", "tin-của-An", "của An", "cua an"):
        assert trace.encode() not in left


def test_erasing_one_person_leaves_the_others(watches: Watches, outbox: Outbox, database: Database) -> None:
    Questions(database).add(entry("câu của Chi", reference="c1", person=CHI)).result()
    watches.add(ELSEWHERE, CHI, NOW, reference="c1")
    Persons(database).erase([AN], nobody)
    assert [one.reference for one in watches.of_references(["c1"])] == ["c1"]
    assert [one.question for one in Tickets(database).loose(9)] == ["câu của Chi"]


def test_a_push_in_flight_when_it_is_erased_is_sent_by_nobody_again(
    watches: Watches, outbox: Outbox, database: Database
) -> None:
    late = draft(watched(watches))
    outbox.put([late], NOW)
    push = claimed(outbox)
    Persons(database).erase([AN], nobody)
    assert not outbox.sent(push, NOW)
    assert not outbox.again(push, NOW, "mạng")
    assert outbox.put([late], NOW) == 0
    assert outbox.claim("telegram", "7", NOW + timedelta(days=1), LEASE) is None


def test_the_newest_key_is_found_in_the_outbox_too(watches: Watches, outbox: Outbox, database: Database) -> None:
    watches.add(HOME, Alias(4, "an"), NOW, reference="r1")
    assert Persons(database).newest_key() == 4
    outbox.put([draft(1)], NOW)
    assert Persons(database).newest_key() == 4
