"""Numbers and codes that point to a person, told apart from codes of procedures, laws, dates and amounts of money."""

import re
from collections.abc import Iterable, Iterator

import phonenumbers

Span = tuple[int, int]
SEP = r"[ .\-]?"
MONEY = r"(?!\s?(?:đ\b|đồng|dong\b|vnđ|vnd|k\b|tr\b|triệu|trieu|nghìn|nghin|ngàn|ngan\b|tỷ|tỉ\b))"
NOT_MORE = rf"(?![\d/]|[.,\-]\d){MONEY}"
OTHERS = r"[^\d\n]{0,24}?"  # between a word that announces a number and the number
NO_LETTER = r"(?![^\W\d_])"
THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")  # how amounts are written

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")

# Dossier codes of the one-stop systems: the office, the day, the running number.
DOSSIER = re.compile(
    r"(?<![\w.])(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2}(?:\.\d{1,3}){0,4}\s?-\s?\d{6}\s?-\s?\d{3,6}(?!\d)", re.IGNORECASE
)
DOSSIER_CUE = re.compile(
    r"(?:mã|ma|số|so)\s+(?:hồ\s*sơ|ho\s*so|hs|biên\s*nhận|bien\s*nhan|giấy\s*hẹn|giay\s*hen|phiếu\s*hẹn|phieu\s*hen)\b"
    r"[^\d\n]{0,16}?(?P<it>\b[\w.\-/]*\d[\w.\-/]*\d)",
    re.IGNORECASE,
)

# Plates: province 11 to 99, series of one or two letters and perhaps a digit, then five digits, formerly four.
SERIES = r"(?:[A-HK-NPR-VX-ZĐ]\d|[A-HK-NPR-VX-ZĐ]{2}\d?|[A-HK-NPR-VX-ZĐ])"
PLATE = re.compile(
    rf"(?<![\w/.\-])(?P<area>[1-9]\d)(?P<s1>[ \-]?)(?P<series>{SERIES})(?P<s2>[ .\-]{{0,3}})"
    r"(?P<number>\d{3}[ .\-]?\d{2}|\d{4})(?![\w/]|[.\-]\d)",
    re.IGNORECASE,
)
PLATE_CUE = re.compile(r"(?:biển|bien|bks|\bbs|xe)\W[^\d\n]{0,20}$", re.IGNORECASE)
UNITS = frozenset("hkmdglđt")  # "24h 10000": hours, thousands, metres
LAST_AREA = 99

BANKS = (
    r"vietcombank|vcb|bidv|agribank|vietinbank|techcombank|tcb|mb\s?bank|mb|acb|sacombank|vp\s?bank|tp\s?bank|vib|shb|"
    r"hdbank|ocb|msb|seabank|lpbank|lienvietpostbank|eximbank|scb|pvcombank|kienlongbank|abbank|ncb|momo|zalopay"
)
ACCOUNT_CUE = re.compile(
    rf"\b(?:stk|s[ốo]\s*tk|tk|t[àa]i\s*kho[ảa]n|s[ốo]\s*th[ẻe]|th[ẻe]\s*(?:atm|ng[âa]n\s*h[àa]ng)|{BANKS}){NO_LETTER}"
    rf"{OTHERS}(?P<it>(?<!\d)\d(?:{SEP}\d){{5,18}}){NOT_MORE}",
    re.IGNORECASE,
)
LONG_NUMBER = re.compile(r"(?<![\d.,/\-])\d{13,19}(?![\d/]|[.,]\d)")
CARD = re.compile(r"(?<![\d.,/\-])\d{4}([ \-])\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?(?![\d/]|[.,\-]\d)")

TAX_CUE = re.compile(
    r"\b(?:mst|msdn|m[ãa]\s*s[ốo]\s*(?:thu[ếe]|doanh\s*nghi[ệe]p|dn)|m[ãa]\s*thu[ếe])"
    rf"{NO_LETTER}"
    rf"{OTHERS}(?P<it>(?<!\d)\d(?:{SEP}\d){{9}}(?:{SEP}\d{{3}}|{SEP}\d\d)?)(?!\d)",
    re.IGNORECASE,
)
BRANCH = re.compile(r"(?<![\d.,/\-])\d{10}\s?-\s?\d{3}(?![\d/\-]|[.,]\d)")
NO_PHONE = re.compile(r"(?<![\d.,/\-])0[1246]\d{8}(?![\d/]|[.,\-]\d)")  # nor an amount of money

PHONE = re.compile(r"(?<![\d.,])(?:\(?\+?84\)?|0084|\(?0)(?:[ .\-()]{0,2}\d){8,10}(?!\d)")
MOBILE = re.compile(
    r"(?<![\d.,])(?:\(?\+?84\)?|0084|0)[ .-]?"
    r"(?:2(?:[ .-]?\d){9}|1[2689](?:[ .-]?\d){8}|[35789](?:[ .-]?\d){8})(?!\d)"
)

IDENTITY = re.compile(
    r"(?<![\d.,])(?:0\d{11}|0\d\d([ .\-])\d{3}\1\d{3}\1\d{3}|0\d{3}([ .\-])\d{4}\2\d{4}|0\d{5}[ .\-]\d{6}"
    r"|0\d\d[ .\-]\d{9}|0\d\d([ .\-])\d{3}\3\d{6})(?![ .\-]?\d|/\d)"
)
OLD_IDENTITY = re.compile(rf"(?<![\w.,/\-])(?!\d+00000\b)\d{{9}}(?![\d/]|[.,\-]\d){MONEY}", re.IGNORECASE)
IDENTITY_CUE = re.compile(
    r"\b(?:cccd|cmnd|cmtnd|cmt|cc|c[ăa]n\s*c[ướuơo]+c(?:\s*c[ôo]ng\s*d[âa]n)?|ch[ứu]ng\s*minh(?:\s*(?:th[ưu]|nh[âa]n\s*d[âa]n))?"
    rf"|[đd][ịi]nh\s*danh|h[ộo]\s*chi[ếe]u|passport|b[ằa]ng\s*l[áa]i|gplx){NO_LETTER}"
    rf"{OTHERS}(?P<it>(?<!\d)\d(?:{SEP}\d){{8,11}}|\b[A-Z]\d{{7,8}}\b){NOT_MORE}",
    re.IGNORECASE,
)


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses."""
    yield from _spans(EMAIL, text)


def dossiers(text: str) -> Iterator[Span]:
    """Codes of dossiers and receipts."""
    yield from _spans(DOSSIER, text)
    for match in _apart(DOSSIER_CUE, text, DOSSIER):
        if sum(letter.isdigit() for letter in match["it"]) >= 6 and not THOUSANDS.fullmatch(match["it"]):
            yield match.span("it")


def plates(text: str) -> Iterator[Span]:
    """Number plates of vehicles."""
    for match in PLATE.finditer(text):
        if _is_plate(match) or PLATE_CUE.search(text[: match.start()]):
            yield match.span()


def _is_plate(match: re.Match[str]) -> bool:
    """Whether it is one without a word that says so."""
    series, joined = match["series"], match["s1"] + match["s2"]
    if len(re.sub(r"\D", "", match["number"])) == 4:
        return "-" in joined and (len(series) > 1 or series.isupper())
    return len(series) > 1 or series.isupper() or "-" in joined or series.lower() not in UNITS


def accounts(text: str) -> Iterator[Span]:
    """Numbers of bank accounts and cards."""
    for match in ACCOUNT_CUE.finditer(text):
        if not THOUSANDS.fullmatch(match["it"]):
            yield match.span("it")
    taken = [match.span("it") for match in ACCOUNT_CUE.finditer(text)]
    for pattern in (LONG_NUMBER, CARD):
        yield from (span for span in _spans(pattern, text) if not _meets(span, taken))


def taxes(text: str) -> Iterator[Span]:
    """Tax codes: ten digits, of a branch three more; with the word for it twelve too."""
    found = [match.span("it") for match in TAX_CUE.finditer(text)]
    found += [span for span in _spans(BRANCH, text) if not _meets(span, found)]
    found += [span for span in _spans(NO_PHONE, text) if not _meets(span, found)]
    yield from sorted(found)


def phones(text: str) -> Iterator[Span]:
    """Phone numbers of Viet Nam, however they are written."""
    found = list(_spans(MOBILE, text))
    found += [s for s in _spans(PHONE, text) if not _meets(s, found) and _is_phone(text[slice(*s)])]
    yield from sorted(found)


def identities(text: str) -> Iterator[Span]:
    """Numbers of identity papers: twelve digits, formerly nine; passports where the word says so."""
    found = list(_spans(IDENTITY, text))
    found += [m.span("it") for m in IDENTITY_CUE.finditer(text) if not _meets(m.span("it"), found)]
    found += [span for span in _spans(OLD_IDENTITY, text) if not _meets(span, found)]
    yield from sorted(found)


def _is_phone(written: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(written, "VN"))
    except phonenumbers.NumberParseException:
        return False


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    return (match.span() for match in pattern.finditer(text))


def _apart(pattern: re.Pattern[str], text: str, other: re.Pattern[str]) -> Iterator[re.Match[str]]:
    taken = list(_spans(other, text))
    return (match for match in pattern.finditer(text) if not _meets(match.span("it"), taken))


def _meets(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
