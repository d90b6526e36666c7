"""What in a group is meant for the bot, and which edits ask anew; everything else is none of its business."""

import datetime
from collections import OrderedDict

from telegram import Message, User
from telegram.constants import MessageEntityType

ASKING = ("/tim", "/find")  # commands that carry a question; the others only want to know how to ask
EDITED_WITHIN = datetime.timedelta(minutes=5)
EDITS = 10_000  # edited messages remembered at once


def addressed(message: Message, me: User) -> str | None:
    """The words that a person in a group says to the bot: by a mention, a reply to it, or a command with its name.

    None for all else: what bots, channels and unnamed admins post, cards sent through the bot, commands without a name.
    """
    person = message.from_user
    if person is None or person.is_bot or message.sender_chat or message.via_bot:
        return None
    text = message.text or ""
    if text.startswith("/"):
        return _command(text, me)
    words, mentioned = _without_mentions(message, me)
    return words if mentioned or _replies_to(message, me) else None


class Edits:
    """Which edited questions are answered: each once, within five minutes after it was sent.

    Whoever mends a slip gets the right answer; who edits on and on does not make the bot talk. Forgotten at a restart.
    """

    def __init__(self) -> None:
        self._seen: OrderedDict[tuple[int, int], None] = OrderedDict()

    def asks_anew(self, message: Message) -> bool:
        """Whether this edit is to be answered."""
        key = (message.chat.id, message.message_id)
        late = message.edit_date is None or message.edit_date - message.date > EDITED_WITHIN
        return not late and key not in self._seen

    def answered(self, message: Message) -> None:
        """It was answered."""
        self._seen[message.chat.id, message.message_id] = None
        if len(self._seen) > EDITS:
            self._seen.popitem(last=False)


def _command(text: str, me: User) -> str | None:
    command, *rest = text.split(maxsplit=1)
    name, _, to = command.partition("@")
    if to.lower() != (me.username or "").lower() or not to:
        return None
    return "".join(rest) if name.lower() in ASKING else ""


def _without_mentions(message: Message, me: User) -> tuple[str, bool]:
    text, mentioned = message.text or "", False
    kinds: list[str | None] = [MessageEntityType.MENTION, MessageEntityType.TEXT_MENTION]
    for entity, words in message.parse_entities(kinds).items():
        if words.lower() == f"@{me.username}".lower() or (entity.user and entity.user.id == me.id):
            text, mentioned = text.replace(words, " ", 1), True
    return text.strip(), mentioned


def _replies_to(message: Message, me: User) -> bool:
    """A message in a forum's topic counts as a reply to the opening of the topic, which says nothing."""
    before = message.reply_to_message
    return bool(before and before.from_user and before.from_user.id == me.id and not before.forum_topic_created)
