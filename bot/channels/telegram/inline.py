"""Inline mode: `@bot đăng ký kết hôn` in any chat offers cards; the person who typed sends one of them there."""

from collections.abc import Iterable

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode

from bot.channels.telegram.links import HELLO, link
from bot.channels.telegram.render import messages
from bot.finding import Card
from bot.phrases.browsing import VIETNAMESE_BROWSING

CACHED = 300  # seconds for which Telegram gives the same cards to all who type the same
TITLE, ABOUT = 100, 200  # characters that a list of cards has room for
PRIVATE = VIETNAMESE_BROWSING.private  # read by a whole chat: in the language of the office


async def offer(query: InlineQuery, cards: Iterable[Card], bot: str) -> bool:
    """Answer an inline query; the same for everybody, and nothing of it is kept here."""
    return await query.answer(
        [article(card, bot) for card in cards],
        cache_time=CACHED,
        is_personal=False,
        button=InlineQueryResultsButton(PRIVATE, start_parameter=HELLO),
    )


def article(card: Card, bot: str) -> InlineQueryResultArticle:
    """One card: its text is the answer, with a button to the bot under it."""
    button = InlineKeyboardButton(PRIVATE, url=link(bot, card.show))
    return InlineQueryResultArticle(
        card.show.procedure,
        card.title[:TITLE],
        InputTextMessageContent(
            messages(card.reply)[0].html,
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        reply_markup=InlineKeyboardMarkup([[button]]),
        description=card.about[:ABOUT],
    )
