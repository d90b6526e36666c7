"""The Telegram room on the real `Application`: what it sends for each kind of update, and that nothing is lost."""

import asyncio
import datetime
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TimedOut

from bot.channels.telegram.actions import LETTERS, decode, encode
from bot.channels.telegram.connection import Settings, careful_bot
from bot.channels.telegram.handlers import typing_if_slow
from bot.channels.telegram.intake import Turns, chat_of
from bot.channels.telegram.render import LIMIT, messages
from bot.channels.telegram.sending import TRIES, insist
from bot.channels.telegram.service import Service, build
from bot.channels.telegram.watch import CONFLICTS_OF_A_NEWCOMER, CONFLICTS_OF_A_RUNNING_BOT, Watch
from bot.counter import Counter
from bot.desk import Brain, Desk
from bot.knowledge import Knowledge
from bot.procedures import Facet
from bot.replies import Button, NoneOfThese, Reply, Show, Span, Voice, line
from bot.storage import LogFilter, Questions, Tickets, open_database
from tests.recording import Recording, message, tap

NOW = datetime.datetime(2026, 11, 23, 2, 0, tzinfo=datetime.UTC)
REFERENCE = "0123456789ab"


class Bench:
    """The real service on a recording request and a real database."""

    def __init__(self, service: Service, request: Recording, log: Questions) -> None:
        self.service = service
        self.application = service.application
        self.request = request
        self.log = log

    async def takes(self, update: Update) -> bool:
        """Take one update in, as it comes from Telegram."""
        return await self.service.intake.take(update.to_dict())

    def texts(self) -> list[str]:
        """All texts sent."""
        return [str(p["text"]) for p in self.request.sent("sendMessage")]


def edit(update: Update) -> Update:
    """The same message as an edited one."""
    content = update.to_dict()
    content["edited_message"] = content.pop("message")
    again = Update.de_json(content)
    assert again
    return again


@pytest.fixture
async def bench(shipped_brain: Brain, tmp_path: Path) -> AsyncIterator[Bench]:
    database = open_database(tmp_path / "log.db")
    log, request = Questions(database), Recording()
    settings = Settings("7:TEST", "http://127.0.0.1:9/bot", "http://127.0.0.1:9/file/bot", None, lambda *_: None)
    desk = Desk(shipped_brain, Voice("phường Thành Đông", "một cửa phường"), lambda: NOW)
    service = build(careful_bot(settings, request, Recording()), Counter(desk, log), database)
    async with service.application:
        yield Bench(service, request, log)
    database.close()


async def test_a_question_is_logged_before_it_is_sent_and_marked_after(bench: Bench) -> None:
    await bench.takes(message(1, "đăng ký tạm trú cần giấy tờ gì"))
    [sent] = bench.request.sent("sendMessage")
    assert sent["parse_mode"] == "HTML"
    assert sent["text"].startswith("<b>Đăng ký tạm trú: giấy tờ cần có.</b>")
    [row] = bench.log.search(LogFilter())
    assert (row.channel, row.outcome, row.procedure) == ("telegram", "answer", "tam-tru")


async def test_an_update_delivered_again_after_its_reply_is_not_answered_again(bench: Bench) -> None:
    await bench.takes(message(1, "đăng ký tạm trú"))
    await bench.takes(message(1, "đăng ký tạm trú"))
    assert len(bench.texts()) == 1
    assert len(list(bench.log.search(LogFilter()))) == 1


async def test_an_update_delivered_again_without_its_reply_is_answered(bench: Bench) -> None:
    bench.request.stuck = True
    killed = asyncio.create_task(bench.takes(message(1, "đăng ký tạm trú")))
    await bench.request.reached.wait()
    killed.cancel()
    with pytest.raises(asyncio.CancelledError):
        await killed
    bench.request.stuck = False
    assert not await bench.takes(message(1, "đăng ký tạm trú"))  # the lease of who was killed runs
    bench.service.intake.deliveries.release()
    assert await bench.takes(message(1, "đăng ký tạm trú"))
    assert len(bench.texts()) == 2
    assert any("Đăng ký tạm trú" in text for text in bench.texts())
    assert len(list(bench.log.search(LogFilter()))) == 1


async def test_an_unexpected_fault_tells_the_citizen_and_never_logs_the_question(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.request.refusals.append((400, {"error_code": 400, "description": "Bad Request: tạm trú bí mật"}))
    with caplog.at_level(logging.DEBUG):
        await bench.takes(message(1, "tạm trú bí mật của tôi"))
    assert bench.texts()[-1].startswith("Bot gặp lỗi")
    written = "".join(logging.Formatter().format(r) for r in caplog.records if r.name.startswith("bot"))
    assert "BadRequest" in written
    assert "bí mật" not in written


@pytest.mark.parametrize(("language", "words"), [("vi", "tra cứu thủ tục"), ("en", "administrative procedures")])
async def test_start_speaks_the_persons_language(bench: Bench, language: str, words: str) -> None:
    await bench.takes(message(1, "/start", language=language))
    assert words in bench.texts()[0]


async def test_help_names_the_contact(bench: Bench) -> None:
    await bench.takes(message(1, "/help"))
    assert "một cửa phường" in bench.texts()[0]


async def test_groups_and_late_edits_stay_unanswered(bench: Bench) -> None:
    await bench.takes(message(1, "đăng ký tạm trú", kind="supergroup", chat=-5))
    await bench.takes(edit(message(2, "đăng ký tạm trú", edit_date=301)))
    await bench.takes(edit(message(3, "đăng ký tạm trú")))
    assert bench.texts() == []


async def test_an_edit_is_answered_once(bench: Bench) -> None:
    for number in (1, 2):
        await bench.takes(edit(message(number, "đăng ký tạm trú", edit_date=300, message_id=7)))
    assert len(bench.texts()) == 1


async def test_a_sticker_gets_a_kind_line_and_nothing_is_kept(bench: Bench) -> None:
    sticker = {"file_id": "a", "file_unique_id": "b", "type": "regular", "width": 1, "height": 1}
    await bench.takes(message(1, None, sticker={**sticker, "is_animated": False, "is_video": False}))
    assert bench.texts()[0].startswith("Bot chỉ đọc được chữ")
    assert list(bench.log.search(LogFilter())) == []


async def test_a_tap_edits_the_message(bench: Bench) -> None:
    await bench.takes(tap(1, "s:tam-tru:t"))
    [edited] = bench.request.sent("editMessageText")
    assert "3 ngày làm việc" in edited["text"]
    assert bench.request.sent("answerCallbackQuery")


async def test_a_picked_choice_is_noted_and_none_of_these_is_queued(bench: Bench) -> None:
    await bench.takes(message(1, "căn cước hết bao nhiêu tiền"))
    rows = bench.request.sent("sendMessage")[0]["reply_markup"]["inline_keyboard"]
    data = [button["callback_data"] for row in rows for button in row]
    assert [d[0] for d in data] == ["p"] * (len(data) - 1) + ["n"]
    await bench.takes(tap(2, data[-1]))
    assert [one.question for one in Tickets(bench.log.database).loose(5)] == ["căn cước hết bao nhiêu tiền"]
    await bench.takes(tap(3, data[0]))
    assert Tickets(bench.log.database).loose(5) == []


@pytest.mark.parametrize("data", ["", "xx", "s:nowhere:", "s:tam-tru:Z", "p:tam-tru:t:zz", "n:1", "s:" + "a" * 60])
async def test_a_button_that_is_not_ours_is_told_so(bench: Bench, data: str) -> None:
    await bench.takes(tap(1, data))
    [told] = bench.request.sent("answerCallbackQuery")
    assert told["text"].startswith("Nút này đã cũ")
    assert bench.request.sent("editMessageText") == []


async def test_an_unchanged_edit_is_no_fault(bench: Bench) -> None:
    bench.request.refusals.append((400, {"error_code": 400, "description": "Bad Request: message is not modified: x"}))
    await bench.takes(tap(1, "s:tam-tru:t"))
    assert bench.texts() == []


async def test_a_log_that_cannot_be_written_still_answers(bench: Bench, tmp_path: Path) -> None:
    bench.log._database.run(lambda db: db.execute("DROP TABLE questions"))
    await bench.takes(message(1, "đăng ký tạm trú"))
    assert "Đăng ký tạm trú" in bench.texts()[0]


async def test_a_judgement_that_cannot_be_kept_is_told_so(bench: Bench) -> None:
    bench.log.database.run(lambda db: db.execute("DROP TABLE judgements"))
    await bench.takes(tap(1, f"j:{REFERENCE}:1:"))
    assert bench.texts()[-1].startswith("Bot gặp lỗi")


def test_every_action_fits_a_button_and_comes_back(shipped: Knowledge) -> None:
    for procedure in shipped.by_id:
        for facets in ((), *((facet,) for facet in Facet), tuple(Facet)[:6]):
            for question in (None, REFERENCE):
                action = Show(procedure, facets, question)
                data = encode(action)
                assert len(data.encode()) <= 64
                assert decode(data) == action
    assert decode(encode(NoneOfThese(REFERENCE))) == NoneOfThese(REFERENCE)
    assert len(set(LETTERS.values())) == len(Facet)


@pytest.mark.parametrize(("done", "shown"), [(True, []), (False, ["typing"])])
async def test_only_a_slow_answer_shows_that_the_bot_is_typing(bench: Bench, done: bool, shown: list[str]) -> None:
    work: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    if done:
        work.set_result(None)
    chat = message(1, "x").effective_chat
    assert chat
    await typing_if_slow(work, bench.application.bot, chat, after=0.01)
    assert [call["action"] for call in bench.request.sent("sendChatAction")] == shown


def test_a_long_reply_is_cut_between_lines_with_the_buttons_under_the_last() -> None:
    reply = Reply(tuple(line(f"{n} " + "ố" * 90) for n in range(200)), ((Button("Hồ sơ", Show("tam-tru")),),))
    parts = messages(reply)
    assert len(parts) == 5
    assert all(len(p.html.encode("utf-16-le")) // 2 <= LIMIT for p in parts)
    assert [p.keyboard is not None for p in parts] == [False] * 4 + [True]
    assert "\n".join(p.html for p in parts) == "\n".join(reply.text.split("\n")[:-1])


def test_a_line_over_the_limit_is_cut_between_words_and_symbols_count_twice() -> None:
    parts = messages(Reply((line("😀 " * 3000),)))
    assert all(len(p.html.encode("utf-16-le")) // 2 <= LIMIT for p in parts)
    assert sum(p.html.count("😀") for p in parts) == 3000
    pieces = messages(Reply((line("x" * 9000),)))
    assert all(len(p.html) <= LIMIT for p in pieces)
    assert "".join(p.html for p in pieces) == "x" * 9000


def test_what_stands_in_the_knowledge_is_escaped() -> None:
    reply = Reply(((Span("< 14 tuổi & hơn"), Span("trang", url='https://a.vn/?x="1"&y=2')),))
    assert messages(reply)[0].html == '&lt; 14 tuổi &amp; hơn<a href="https://a.vn/?x=&quot;1&quot;&amp;y=2">trang</a>'


@pytest.mark.parametrize("fault", [NetworkError("x"), TimedOut(), RetryAfter(datetime.timedelta(seconds=0))])
async def test_sending_insists_and_then_gives_up(fault: Exception) -> None:
    tries = 0

    async def send() -> int:
        nonlocal tries
        tries += 1
        raise fault

    with pytest.raises(type(fault)):
        await insist(send, pause=0)
    assert tries == TRIES


async def test_updates_of_one_chat_keep_their_order_while_others_go_on() -> None:
    turns, seen = Turns(), list[int]()
    slow = asyncio.Event()

    async def work(number: int, chat: int, wait: bool) -> None:
        async with turns.of(chat) as mine:
            assert mine
            if wait:
                await slow.wait()
            seen.append(number)

    tasks = [asyncio.create_task(work(*one)) for one in ((1, 1, True), (2, 1, False), (3, 2, False))]
    await tasks[2]
    slow.set()
    await asyncio.gather(*tasks)
    assert seen == [3, 1, 2]


async def test_a_chat_has_only_so_much_waiting() -> None:
    turns = Turns(backlog=1)
    async with turns.of(1) as first, turns.of(1) as second, turns.of(2) as other:
        assert (first, second, other) == (True, False, True)


def test_a_persons_inline_queries_wait_for_nobody_else() -> None:
    user = {"id": 5, "is_bot": False, "first_name": "An"}
    update = Update.de_json({"update_id": 1, "inline_query": {"id": "1", "from": user, "query": "a", "offset": ""}})
    assert update
    assert chat_of(update) == 5


@pytest.mark.parametrize(("served", "most"), [(False, CONFLICTS_OF_A_NEWCOMER), (True, CONFLICTS_OF_A_RUNNING_BOT)])
def test_a_newcomer_leaves_after_few_conflicts_and_a_serving_copy_stays(served: bool, most: int) -> None:
    watch = Watch(lambda *_: None, asyncio.Event())
    if served:
        watch.fetched()
    for _ in range(most - 1):
        watch.trouble(Conflict("x"))
    assert watch.fault is None
    watch.trouble(Conflict("x"))
    assert watch.fault
    assert "409" in watch.fault


def test_health_is_told_once_for_each_change() -> None:
    told: list[str] = []
    watch = Watch(lambda state, _: told.append(state), asyncio.Event())
    for step in (watch.found, watch.found):
        step()
    for _ in range(3):
        watch.trouble(NetworkError("x"))
    watch.found()
    assert told == ["ok", "unreachable", "ok"]


def test_a_token_refused_while_running_ends_the_service() -> None:
    stop = asyncio.Event()
    watch = Watch(lambda *_: None, stop)
    watch.trouble(InvalidToken())
    assert stop.is_set()
    assert watch.fault
