"""Every sentence that the bot itself says, in each of its languages; mypy proves that none is missing."""

from bot.phrases.english import ENGLISH
from bot.phrases.sentences import Sentences
from bot.phrases.vietnamese import VIETNAMESE

__all__ = ["ENGLISH", "VIETNAMESE", "Sentences"]
