"""Updates as nobody would send them: taken in, never a crash, a stuck chat or a lost question."""

import datetime
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.telegram import intake as room
from bot.channels.telegram.connection import Settings, careful_bot
from bot.channels.telegram.service import Service, build
from bot.counter import Counter
from bot.desk import Brain, Desk
from bot.replies import Voice
from bot.storage import LogFilter, Questions, open_database
from tests.recording import Recording, message

NOW = datetime.datetime(2026, 11, 23, 2, 0, tzinfo=datetime.UTC)
EXAMPLES = int(os.environ.get("MOTCUA_FUZZ", "300"))  # updates; a longer run is asked for by its number
NUMBERS = iter(range(1, 10**9))

HOSTILE = [
    "/start",
    "/start p_tam-tru",
    "/xoadulieu",
    "/tim " + "x" * 4000,
    "\0",
    "\u202eđảo",
    "a\u0301" * 500,
    "{}",
    "<b>",
]
TEXTS = st.text(max_size=200) | st.sampled_from(HOSTILE)
IDS = st.integers(-(2**53), 2**53)
LEAVES = st.none() | st.booleans() | IDS | TEXTS | st.floats(allow_nan=False)
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3))
PERSON = st.fixed_dictionaries(
    {"id": IDS, "is_bot": st.booleans(), "first_name": TEXTS}, optional={"language_code": TEXTS, "username": TEXTS}
)
KINDS = st.sampled_from(["private", "group", "supergroup", "channel", "nobody knows"])
CHAT = st.fixed_dictionaries({"id": IDS, "type": KINDS}, optional={"title": TEXTS, "is_forum": st.booleans()})
ENTITY = st.fixed_dictionaries(
    {"type": st.sampled_from(["bot_command", "mention", "text_mention", "url"]), "offset": IDS, "length": IDS}
)
MESSAGE = st.fixed_dictionaries(
    {"message_id": IDS, "date": st.integers(0, 2**31), "chat": CHAT},
    optional={
        "from": PERSON,
        "text": TEXTS,
        "entities": st.lists(ENTITY, max_size=3),
        "edit_date": IDS,
        "location": st.fixed_dictionaries({"latitude": st.floats(-90, 90), "longitude": st.floats(-180, 180)}),
        "contact": JSON,
        "sender_chat": CHAT,
        "via_bot": PERSON,
        "reply_to_message": JSON,
        "forward_origin": JSON,
        "new_chat_members": st.lists(PERSON, max_size=2),
    },
)
TAP = st.fixed_dictionaries(
    {"id": TEXTS, "from": PERSON, "chat_instance": TEXTS},
    optional={"data": TEXTS | st.sampled_from(["s:tam-tru:t", "x:sure", "j:0:1:", "m:", "a:1"]), "message": MESSAGE},
)
INLINE = st.fixed_dictionaries({"id": TEXTS, "from": PERSON, "query": TEXTS, "offset": TEXTS})
UPDATES = st.one_of(
    st.fixed_dictionaries({"message": MESSAGE}),
    st.fixed_dictionaries({"edited_message": MESSAGE}),
    st.fixed_dictionaries({"callback_query": TAP}),
    st.fixed_dictionaries({"inline_query": INLINE}),
    st.fixed_dictionaries({"channel_post": MESSAGE}),
    st.fixed_dictionaries({"message": JSON}),
    st.dictionaries(st.sampled_from(["message", "poll", "my_chat_member", "x"]), JSON, max_size=2),
)


@dataclass
class House:
    """A whole service on a recording request and a real database."""

    service: Service
    request: Recording
    log: Questions

    def rows(self) -> int:
        return self.log.database.read(lambda db: int(db.execute("SELECT count(*) FROM questions").fetchone()[0]))


@pytest.fixture
async def house(shipped_brain: Brain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    monkeypatch.setattr(room, "WAITS", (0.0, 0.0, 0.0, 0.0))
    monkeypatch.setattr(room, "WAIT", 0.0)
    database, request = open_database(tmp_path / "log.db"), Recording()
    line = Settings("7:TEST", "http://127.0.0.1:9/bot", "http://127.0.0.1:9/file/bot", None, lambda *_: None)
    log = Questions(database)
    counter = Counter(Desk(shipped_brain, Voice("phường Thành Đông"), lambda: NOW), log)
    service = build(careful_bot(line, request, Recording()), counter, database)
    async with service.application:
        yield House(service, request, log)
    database.close()


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(update=UPDATES)
async def test_no_update_crashes_the_bot_or_blocks_a_chat(house: House, update: dict[str, Any]) -> None:
    assert await house.service.intake.take({"update_id": next(NUMBERS), **update})
    assert house.service.intake._turns._waiting == {}
    before, number = house.rows(), next(NUMBERS)
    assert await house.service.intake.take(message(number, "đăng ký tạm trú", chat=number).to_dict())
    assert house.rows() == before + 1
    assert "tạm trú" in str(house.request.sent("sendMessage")[-1]["text"]).lower()
    house.request.calls.clear()


async def test_every_text_of_a_person_is_a_row(house: House) -> None:
    texts = ["", " ", "\0", "a" * 4096, "🙂" * 100, "\ud800", "đăng ký", "\u202e"]
    for text in texts:
        number = next(NUMBERS)
        raw = message(number, "x", chat=5).to_dict()
        raw["message"]["text"] = text
        assert await house.service.intake.take(raw)
    asked = [row.question for row in house.log.search(LogFilter())]
    assert len(asked) == len(texts) - 1  # a message without any text is none
