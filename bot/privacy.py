"""Personal numbers masked before anything is stored: identity numbers, phone numbers, e-mail addresses."""

import re

# Căn cước: twelve digits, the first of a province code 0; chứng minh nhân dân: nine, not an amount of money.
IDENTITY = re.compile(
    r"(?<![\d.,])0\d{2}(?P<gap>[ .-]?)\d{3}(?P=gap)\d{3}(?P=gap)\d{3}(?!\d)"
    r"|(?<![\d.,/])\d{9}(?![\d/]|[.,]\d|\s*(?:đ|vnd|vnđ))",
    re.IGNORECASE,
)
# Mobile numbers have ten digits, landlines eleven; with +84, 84 or 0084 in place of the first 0.
PHONE = re.compile(
    r"(?<![\d.,])(?:\(?\+?84\)?|0084|0)[ .-]?(?:2(?:[ .-]?\d){9}|[35789](?:[ .-]?\d){8})(?!\d)",
)
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")

MASKS = ((EMAIL, "[thư điện tử]"), (IDENTITY, "[số giấy tờ]"), (PHONE, "[số điện thoại]"))


def mask(text: str) -> str:
    """The text with personal numbers replaced: "số 030123456789" becomes "số [số giấy tờ]"."""
    for pattern, name in MASKS:
        text = pattern.sub(name, text)
    return text
