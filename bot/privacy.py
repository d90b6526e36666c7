"""Personal numbers masked before anything is stored: identity numbers, phone numbers, e-mail addresses."""

import re

# Twelve digits (căn cước) or nine (chứng minh nhân dân), also typed in groups.
IDENTITY = re.compile(r"(?<![\w/])(?:\d[ .-]?){11}\d(?![\w/])|(?<![\w/.,])\d{9}(?![\w/])")
PHONE = re.compile(r"(?<![\w/])(?:\+?84|0)[ .-]?[235789]\d(?:[ .-]?\d){7}(?![\w/])")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")

MASKS = ((EMAIL, "[thư điện tử]"), (PHONE, "[số điện thoại]"), (IDENTITY, "[số giấy tờ]"))


def mask(text: str) -> str:
    """The text with personal numbers replaced: "số 030123456789" becomes "số [số giấy tờ]"."""
    for pattern, name in MASKS:
        text = pattern.sub(name, text)
    return text
