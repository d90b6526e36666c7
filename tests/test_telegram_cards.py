"""Every card as Telegram gets it: every procedure, guide and title, every button, both languages, within the limits."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from bot.answers import Reason, Unknown
from bot.channels.telegram.actions import decode
from bot.channels.telegram.render import messages
from bot.knowledge import Knowledge
from bot.phrases import ENGLISH, VIETNAMESE, Sentences
from bot.procedures import Facet
from bot.replies import (
    Action,
    Button,
    Checklist,
    Copy,
    Judge,
    Open,
    Reply,
    Report,
    Show,
    Span,
    Speaker,
    Voice,
    asked_why,
    checklist,
    compose,
    line,
    thanked,
    told,
)
from bot.replies.cards import cases_of
from tests.test_catalogue_answers import LIST
from tests.values import TODAY

REFERENCE = "0123456789ab"
MOST_UNITS, MOST_BYTES, MOST_COPIED = 4096, 64, 256
LETTER = re.compile(r"[^\W\d_]")


class Reader(HTMLParser):
    """What Telegram would show of an HTML message; notes tags that it does not know or that are not closed in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.faults: list[str] = []
        self.quoted: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        wanted = {"a": ["href"], "b": [], "blockquote": ["expandable"]}.get(tag)
        if [name for name, _ in attrs] != wanted or tag in self._open:
            self.faults.append(f"<{tag} {attrs}>")
        self._open.append(tag)
        self.quoted += [""] if tag == "blockquote" else []

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.text += data
        if "blockquote" in self._open:
            self.quoted[-1] += data

    def close(self) -> None:
        super().close()
        self.faults += self._open


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def faults(reply: Reply) -> Iterator[str]:
    """What Telegram would refuse, or a citizen could not use."""
    for message in messages(reply):
        shown = read(message.html)
        yield from shown.faults
        if not 0 < len(shown.text.encode("utf-16-le")) // 2 <= MOST_UNITS:
            yield f"{len(shown.text)} characters"
        for row in message.keyboard.inline_keyboard if message.keyboard else ():
            yield from (f"button {b.text!r}" for b in row if not LETTER.search(b.text))
            yield from (str(b.callback_data) for b in row if len(str(b.callback_data or "").encode()) > MOST_BYTES)
            yield from (b.text for b in row if b.copy_text and not 1 <= len(b.copy_text.text) <= MOST_COPIED)
            yield from (str(b.url) for b in row if b.url and not b.url.startswith("https://"))
            yield from (b.text for b in row if bool(b.callback_data) + bool(b.url) + bool(b.copy_text) != 1)
            yield from (str(b.callback_data) for b in row if b.callback_data and decode(str(b.callback_data)) is None)


@pytest.mark.parametrize("say", [pytest.param(VIETNAMESE, id="vi"), pytest.param(ENGLISH, id="en")])
def test_every_card_and_all_that_its_buttons_bring_is_within_the_limits(shipped: Knowledge, say: Sentences) -> None:
    speaker, voice = Speaker(say, shipped, TODAY, feedback=True), Voice("thành phố Hải Phòng", "một cửa phường")
    shows = [Show(name, (f,) if f else (), REFERENCE) for name in shipped.by_id for f in (None, *Facet)]
    shows += [Show(name, (), REFERENCE) for name in shipped.guides_by_id]
    shows += [Show(entry.id, facets, REFERENCE) for entry in LIST.entries for facets in ((), (Facet.FEE, Facet.TIME))]
    wrong: list[tuple[Action, str]] = []
    lists: set[Checklist] = set()
    for show in shows:
        card = told(speaker, LIST, show, following=True)
        wrong += [(show, fault) for fault in faults(card)]
        lists |= {b.action for b in card.flat_buttons() if isinstance(b.action, Checklist)}
    lists |= {Checklist(entry.id, n) for entry in shipped.procedures for n in cases_of(entry)}
    for action in lists:
        sent = checklist(speaker, shipped.by_id[action.procedure], action.case, voice, "motcua_hai_phong_bot")
        assert sent, action
        wrong += [(action, fault) for fault in faults(sent)]
        assert len(messages(sent)) == 1, action
    assert len(lists) > len(shipped.procedures)
    assert wrong == []


@pytest.mark.parametrize("say", [pytest.param(VIETNAMESE, id="vi"), pytest.param(ENGLISH, id="en")])
def test_the_questions_about_an_answer_are_within_the_limits(shipped: Knowledge, say: Sentences) -> None:
    unknown = Unknown(Reason.NO_MATCH, tuple(Facet), (), tuple(list(shipped.by_id)[:3]))
    speaker, voice = Speaker(say, shipped, TODAY, feedback=True), Voice("xã", "một cửa")
    replies = [compose(unknown, speaker, voice, REFERENCE, heard=("khai",) * 20), thanked(say)]
    replies.append(asked_why(say, Judge(REFERENCE, False)))
    replies += [asked_why(say, Report(e.id), speaker.name(e)) for e in shipped.procedures]
    assert [fault for reply in replies for fault in faults(reply)] == []


@pytest.mark.parametrize(
    "reply",
    [
        Reply((line("x"),), ((Button("👍", Judge(REFERENCE, True)),),)),
        Reply((line("x"),), ((Button("Sao chép", Copy("x" * 257)),),)),
        Reply((line("x"),), ((Button("Trang", Open("http://x.vn")),),)),
        Reply((line("x"),), ((Button("Báo", Report("x" * 70)),),)),
        Reply((line(""),)),
    ],
)
def test_what_telegram_would_refuse_is_seen(reply: Reply) -> None:
    assert list(faults(reply))


@pytest.mark.parametrize(
    "html", ["<b>x", "<i>x</i>", "<b>x</a>", "<blockquote>x</blockquote>", "</b>", "<b><b>x</b></b>"]
)
def test_html_that_telegram_would_refuse_is_seen(html: str) -> None:
    assert read(html).faults


def test_neighbouring_folded_lines_are_one_quote_and_what_begins_stands_off() -> None:
    rows = (line("Đầu", strong=True), line("a"), line("b & c", folded=True), line("d", folded=True), line("e"))
    [message] = messages(Reply((*rows, line("Cuối", strong=True), (Span("Trang", url="https://a.vn"),))))
    assert message.html == (
        "<b>Đầu</b>\na\n<blockquote expandable>b &amp; c\nd</blockquote>\ne\n\n<b>Cuối</b>\n\n"
        '<a href="https://a.vn">Trang</a>'
    )


def test_a_quote_over_several_messages_is_closed_and_opened_again() -> None:
    rows = [line(f"{n} " + "ố" * 90, folded=True) for n in range(200)]
    parts = [read(m.html) for m in messages(Reply((line("Đầu"), *rows, line("Cuối"))))]
    assert len(parts) == 5
    assert [part.faults for part in parts] == [[]] * 5
    assert [len(part.quoted) for part in parts] == [1] * 5
    assert sum(part.text.count("ố") for part in parts) == 200 * 90 + len("ố")  # "Cuối"
    assert parts[0].text.startswith("Đầu\n0 ")
    assert parts[-1].text.endswith("\nCuối")
    assert all(len(part.text.encode("utf-16-le")) // 2 <= MOST_UNITS for part in parts)


def test_a_line_over_the_limit_keeps_its_marks_in_every_piece() -> None:
    parts = messages(
        Reply(((Span("đậm " * 1500, strong=True), Span("thường " * 900), Span("đây", url="https://a.vn")),))
    )
    shown = [read(part.html) for part in parts]
    assert "".join(part.text for part in shown) == "đậm " * 1500 + "thường " * 900 + "đây"
    assert [part.faults for part in shown] == [[]] * len(parts)
    assert parts[0].html.startswith("<b>đậm")
    assert parts[1].html.startswith("<b>đậm")
    assert parts[-1].html.endswith('<a href="https://a.vn">đây</a>')
