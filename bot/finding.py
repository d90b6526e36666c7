"""Ways to a procedure other than asking for it: the first screen, a search, cards for other chats, a group's answer."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.answers import Answered
from bot.desk import Desk, Handled, sentences
from bot.language import language_of
from bot.phrases.browsing import browsing
from bot.procedures import Facet
from bot.reception import Visitor
from bot.replies import Button, Open, Reply, Show, line
from bot.replies.browsing import brief, first_screen, found, search_hint, searched
from bot.replies.personal import with_numbers_warned
from bot.text import clean

CARD = 1500  # characters of a card that goes into another chat
GROUP = 700  # characters of an answer among other people's messages
Link = Callable[[Show | None], str]  # the address that opens the bot, perhaps with something shown


@dataclass(frozen=True)
class Card:
    """An entry as it is offered in any chat: `title` and `about` in the list, `reply` once it is chosen."""

    show: Show
    title: str
    about: str
    reply: Reply


class Finding:
    """Reads the desk's brain and keeps nothing: none of this is logged."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def first(self, language: str) -> Reply:
        """The first screen."""
        return first_screen(self._desk.speaker(language), self._desk.voice)

    def opened(self, show: Show | None, visitor: Visitor) -> Reply:
        """What a link opens; one that opens nothing leads to the first screen, which says so."""
        reply = self._desk.show(show, visitor.chat, visitor.language, visitor.place) if show else None
        if reply:
            return reply
        note = browsing(sentences(visitor.language)).no_link
        return first_screen(self._desk.speaker(visitor.language), self._desk.voice, note)

    def find(self, words: str, language: str) -> Reply:
        """Up to eight entries that fit words, to choose from; how to search where there are no words."""
        speaker, mind = self._desk.speaker(language), self._desk.brain
        text = clean(words)
        if not text:
            return search_hint(speaker)
        ids, facets = self._searched(text)
        return found(speaker, mind.catalogue, text, ids, facets)

    def cards(self, words: str) -> list[Card]:
        """At most eight cards for the words typed so far; what many ask for where there are none.

        They are the same for everybody who types the same: in English only where the words are English.
        """
        text = clean(words)
        ids, facets = self._searched(text) if text else (self._desk.knowledge.menu.common, ())
        language = language_of(text) if text else "vi"
        made = (self._card(Show(name, facets), language) for name in ids)
        return [card for card in made if card]

    def in_group(self, handled: Handled, link: Link) -> Reply:
        """An answer for many readers: its first section, and links to a private chat in place of buttons."""
        question, answer, reply = handled.question, handled.answer, handled.reply
        language = question.spoken(handled.entry.language)
        words = browsing(sentences(language))
        shown = Show(answer.procedure, answer.facets) if isinstance(answer, Answered) else None
        if shown and len(shown.facets) > 1:
            reply = self._desk.show(Show(shown.procedure, shown.facets[:1]), question.chat, language) or reply
        offered = [] if shown else [b for b in reply.flat_buttons() if isinstance(b.action, Show)]
        buttons = [Button(b.label, Open(link(b.action))) for b in offered if isinstance(b.action, Show)]
        more = buttons or [Button(words.private, Open(link(shown)))]
        told = Reply(brief(reply, words.more, GROUP), tuple((button,) for button in more))
        return with_numbers_warned(sentences(language), told) if handled.masked else told

    def group_hint(self, bot: str, link: Link, language: str) -> Reply:
        """How a group asks."""
        words = browsing(sentences(language))
        return Reply((line(words.group_empty.format(bot=bot)),), ((Button(words.private, Open(link(None))),),))

    def _searched(self, text: str) -> tuple[tuple[str, ...], tuple[Facet, ...]]:
        mind = self._desk.brain
        code = mind.by_code(text)
        ranking = mind.matcher.rank(text)
        return (code,) if code else searched(ranking), ranking.facets

    def _card(self, show: Show, language: str) -> Card | None:
        reply = self._desk.show(show, None, language)
        if reply is None:
            return None
        words = browsing(sentences(language))
        heads = ["".join(span.text for span in told) for told in reply.lines[:2]]
        title = self._desk.name_of(show.procedure, language)
        return Card(show, title, heads[0 if show.facets else -1], Reply(brief(reply, words.more, CARD)))
