"""What Telegram allows in a group with topics: which topics there are, open or closed, and which reactions exist."""

from typing import Any

from .account import Account
from .errors import bad_request

Params = dict[str, Any]
REACTIONS = (
    " ❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 "
    "🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡 "
)
OPENING, CLOSING = "reopenforumtopic", "closeforumtopic"


async def check_topics(account: Account, method: str, params: Params) -> None:
    """Refuse what Telegram refuses; a group of which nothing is known yet may have topics."""
    if method == "createforumtopic" and account.is_plain(params["chat_id"]):
        raise bad_request("the chat is not a forum")
    if method == "setmessagereaction":
        await _check_reaction(account, params)
    thread = params.get("message_thread_id")
    if thread is None or not account.chat(params.get("chat_id")).get("is_forum"):
        return
    topic = (params["chat_id"], thread)
    if topic not in account.topics:
        raise bad_request("message thread not found")
    if method in (OPENING, CLOSING):
        if account.topics[topic] == (method == OPENING):
            raise bad_request("TOPIC_NOT_MODIFIED")
        account.topics[topic] = method == OPENING


async def _check_reaction(account: Account, params: Params) -> None:
    if not await account.message(params["chat_id"], params["message_id"]):
        raise bad_request("message to react not found")
    wanted = params.get("reaction") or []
    if any(f" {item.get('emoji')} " not in REACTIONS for item in wanted):
        raise bad_request("REACTION_INVALID")
    if len(wanted) > 1:  # what a bot may set
        raise bad_request("REACTIONS_TOO_MANY")
