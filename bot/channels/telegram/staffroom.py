"""The staff group: each open ticket is a topic there, or a message with a thread; it is kept as the ticket is.

One thing is done at a turn, and never more in a minute than Telegram lets a bot say in a group. A kill between making a
topic and noting it leaves an empty topic behind.
"""

import asyncio
import datetime
import logging
from collections import deque
from typing import Any

from telegram import Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, RetryAfter
from telegram.ext import ExtBot

from bot.channels.telegram.render import messages
from bot.channels.telegram.sending import NO_PREVIEW
from bot.channels.telegram.staffroom_access import Backroom
from bot.channels.telegram.staffroom_keys import Keys, under
from bot.channels.telegram.staffroom_words import WORDINGS, settled, told, topic
from bot.desk import Desk
from bot.replies import Reply, line
from bot.review.proposals import nearest_of
from bot.storage import Post, Posts, Ticket, Tickets

A_MINUTE = datetime.timedelta(minutes=1)
MOST = 18  # of the twenty messages a minute that Telegram takes in one group
MEND_EVERY = datetime.timedelta(seconds=5)
KEPT = 200  # open tickets that are kept as they are; the others are as they were posted

logger = logging.getLogger(__name__)


class Staffroom:
    """What stands in the staff group."""

    def __init__(self, bot: ExtBot[Any], desk: Desk, back: Backroom) -> None:
        self._bot = bot
        self._desk = desk
        self._back = back
        self._posts = Posts(back.database)
        self._tickets = Tickets(back.database)
        self._shown: dict[int, Figures] = {}  # as posted by this process
        self._mended: datetime.datetime | None = None
        self._said: deque[datetime.datetime] = deque()
        self._quiet_until: datetime.datetime | None = None
        self._plain = False  # no topics here

    async def turn(self) -> None:
        """Post what is new, close what is settled, else mend one post that is no longer right."""
        if self._back.group is None or self._resting():
            return
        try:
            _ = await self._post_next() or await self._close_next() or await self._reopen_next() or await self._mend()
        except RetryAfter as error:
            wait = error.retry_after
            seconds = wait.total_seconds() if isinstance(wait, datetime.timedelta) else wait
            self._quiet_until = self._back.clock() + datetime.timedelta(seconds=seconds)

    async def answer(self, to: Message, words: str, keys: Keys | None = None) -> Message:
        """Say something to a message of the group, in its topic."""
        thread = to.message_thread_id if to.is_topic_message else None
        return await self._send(html_of(words), keys, thread, to.message_id)

    async def broadcast(self, reply: Reply) -> None:
        """Say something to all."""
        for message in messages(reply):
            await self._send(message.html, message.keyboard)

    async def notice(self, ticket: int, words: str) -> None:
        """Say something where the ticket is spoken of."""
        post = await asyncio.to_thread(self._posts.of, ticket)
        if post and post.chat == self._chat:
            await self._under(post, words)

    async def show(self, ticket: Ticket) -> None:
        """Put a ticket's post as the ticket is."""
        post = await asyncio.to_thread(self._posts.of, ticket.id)
        if post and post.chat == self._chat:
            await self._edit(ticket, post)

    def ticket_of(self, message: Message) -> Post | None:
        """The ticket of the message that this one replies to. May wait for the disk."""
        before = message.reply_to_message
        if before is None or before.from_user is None or before.from_user.id != self._bot.id:
            return None
        return self._posts.by_message(self._chat, str(before.message_id)) or self._by_head(before)

    def _by_head(self, before: Message) -> Post | None:
        """Whatever the bot says of a ticket begins with its number."""
        begins, _, rest = (before.text or "").partition(" ")
        number = rest.split(":")[0].split(" ")[0].rstrip(".,")
        if begins != "Nhóm" or not number.isdecimal() or len(number) > 10:
            return None
        post = self._posts.of(int(number))
        return post if post and post.chat == self._chat else None

    @property
    def _chat(self) -> str:
        return str(self._back.group)

    def _resting(self) -> bool:
        now = self._back.clock()
        while self._said and now - self._said[0] > A_MINUTE:
            self._said.popleft()
        return len(self._said) >= MOST or bool(self._quiet_until and now < self._quiet_until)

    async def _post_next(self) -> bool:
        for number in await asyncio.to_thread(self._posts.missing, self._chat, 1):
            ticket = await asyncio.to_thread(self._tickets.ticket, number)
            if ticket:
                await self._post(ticket, await self._topic(ticket))
                return True
        return False

    async def _post(self, ticket: Ticket, thread: int | None) -> None:
        html, keys = await asyncio.to_thread(self._rendered, ticket)
        sent = await self._send(html, keys, thread)
        place = Post(ticket.id, self._chat, str(thread) if thread else None, str(sent.message_id))
        await asyncio.to_thread(self._posts.put, place)
        self._shown[ticket.id] = figures(ticket)

    async def _topic(self, ticket: Ticket) -> int | None:
        if self._plain:
            return None
        try:
            made = await self._bot.create_forum_topic(self._chat, topic(ticket, self._name(ticket)))
        except BadRequest as error:
            logger.info("the staff group takes no topics: %s", error)
            self._plain = True
            return None
        self._said.append(self._back.clock())
        return made.message_thread_id

    async def _close_next(self) -> bool:
        for post in await asyncio.to_thread(self._posts.outlived, self._chat, 1):
            ticket = await asyncio.to_thread(self._tickets.ticket, post.ticket)
            if ticket:
                await self._under(post, settled(ticket, self._name(ticket)))
                await self._edit(ticket, post)
            await self._topic_is(post, is_open=False)
            await asyncio.to_thread(self._posts.put, Post(post.ticket, post.chat, post.thread, None))
            self._shown.pop(post.ticket, None)
            return True
        return False

    async def _reopen_next(self) -> bool:
        for post in await asyncio.to_thread(self._posts.reopened, self._chat, 1):
            ticket = await asyncio.to_thread(self._tickets.ticket, post.ticket)
            if ticket:
                await self._topic_is(post, is_open=True)
                await self._post(ticket, int(post.thread) if post.thread else None)
                return True
        return False

    async def _mend(self) -> bool:
        """Bring the first post that differs from its ticket up to date; after a restart each is looked at once."""
        now = self._back.clock()
        if self._mended and now - self._mended < MEND_EVERY:
            return False
        self._mended = now
        for ticket in await asyncio.to_thread(lambda: self._tickets.page(limit=KEPT)):
            if self._shown.get(ticket.id) == figures(ticket):
                continue
            post = await asyncio.to_thread(self._posts.of, ticket.id)
            if post and post.chat == self._chat and post.message and await self._edit(ticket, post):
                return True
        return False

    async def _edit(self, ticket: Ticket, post: Post) -> bool:
        if post.message is None:
            return False
        html, keys = await asyncio.to_thread(self._rendered, ticket)
        self._shown[ticket.id] = figures(ticket)
        self._said.append(self._back.clock())
        try:
            await self._bot.edit_message_text(
                html,
                self._chat,
                int(post.message),
                parse_mode=ParseMode.HTML,
                reply_markup=keys,
                link_preview_options=NO_PREVIEW,
            )
        except BadRequest as error:  # not modified, or somebody of the group deleted it
            logger.debug("a post was not changed: %s", error)
        return True

    async def _topic_is(self, post: Post, is_open: bool) -> None:
        if post.thread is None:
            return
        change = self._bot.reopen_forum_topic if is_open else self._bot.close_forum_topic
        try:
            await change(post.chat, int(post.thread))
        except BadRequest as error:  # it is so already, or somebody deleted it
            logger.debug("a topic was not changed: %s", error)

    async def _under(self, post: Post, words: str) -> None:
        thread = int(post.thread) if post.thread else None
        try:
            await self._send(html_of(words), None, thread, int(post.message) if post.message else None)
        except BadRequest as error:
            logger.info("a ticket's place in the group is gone: %s", error)

    async def _send(self, html: str, keys: Keys | None, thread: int | None = None, to: int | None = None) -> Message:
        self._said.append(self._back.clock())
        return await self._bot.send_message(
            self._chat,
            html,
            parse_mode=ParseMode.HTML,
            message_thread_id=thread,
            reply_markup=keys,
            reply_parameters=ReplyParameters(to, allow_sending_without_reply=True) if to else None,
            link_preview_options=NO_PREVIEW,
        )

    def _rendered(self, ticket: Ticket) -> tuple[str, Keys | None]:
        wordings = self._tickets.wordings(ticket.id)
        reply = told(ticket, wordings, self._name(ticket))
        near = nearest_of(self._desk.brain, [one.question for one in wordings[:WORDINGS]])
        keys = under(ticket, near, self._back.staff_url)
        return messages(reply)[0].html, keys

    def _name(self, ticket: Ticket) -> str:
        name = ticket.settled_procedure or ticket.procedure
        return self._desk.name_of(name) if name else ""


Figures = tuple[object, ...]


def figures(ticket: Ticket) -> Figures:
    """What a post depends on: where it is the same, the post is not looked at."""
    return ticket.version, ticket.times, ticket.asked, ticket.watchers, ticket.newest


def html_of(words: str) -> str:
    """Plain words as one message."""
    return messages(Reply(tuple(line(row) for row in words.split("\n"))))[0].html
