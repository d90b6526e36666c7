"""Personal data masked before anything is stored: numbers, codes, plates, e-mail addresses, names that people give."""

from bot.privacy.masking import Find, finds, mask

__all__ = ["Find", "finds", "mask"]
