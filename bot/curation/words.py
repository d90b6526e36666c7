"""Small words that several reports share: an amount, a day, a source, the name of a group of facts."""

import datetime

from bot.phrases import VIETNAMESE
from bot.procedures import Channel, Confidence, Fee, Guide, Procedure, Source, TimeLimit

GROUPS = {**VIETNAMESE.facets, "time_limit": VIETNAMESE.facets["time"]}  # by the entry's key
OTHER_CODES = {"former_codes": "Mã cũ", "equivalent_codes": "Mã tương đương"}
HEAD = {
    "official_name": "Tên chính thức",
    "level": "Cấp giải quyết",
    "authority": "Cơ quan",
    "summary": "Tóm tắt",
    "portal_url": "Trang chính thức",
}


def named(entry: Procedure | Guide) -> str:
    """The name with what finds it: "Đăng ký tạm trú (tam-tru, mã 1.004194)", "Dùng VNeID (dung-vneid, hướng dẫn)"."""
    return f"{entry.name} ({entry.id}, {'hướng dẫn' if isinstance(entry, Guide) else f'mã {entry.code}'})"


def day(date: datetime.date) -> str:
    """A day as Vietnamese papers write it: 18/07/2026."""
    return f"{date:%d/%m/%Y}"


def money(amount: int, per: str | None = None) -> str:
    """8000 is "8.000 đồng", and "8.000 đồng/bản" for each copy."""
    return f"{amount:,}".replace(",", ".") + " đồng" + (f"/{per}" if per else "")


def quoted(text: str) -> str:
    """The text in Vietnamese quotation marks; nothing at all is said to be nothing."""
    return f"“{text}”" if text else "không ghi"


def condition(item: Fee | TimeLimit) -> str:
    """When an amount or a limit holds: "trực tuyến; hồ sơ phải xác minh", or nothing if always."""
    channels = [VIETNAMESE.channels[c] for c in Channel if c in item.channels]
    ways = "" if len(channels) == len(Channel) else " hoặc ".join(channels)
    return "; ".join(part for part in (ways, item.when or "") if part)


def term(source: Source) -> str:
    """From when to when what the source says holds: "đến hết ngày 31/12/2026"; nothing if it names no day."""
    parts = [f"từ ngày {day(source.effective_from)}"] if source.effective_from else []
    parts += [f"đến hết ngày {day(source.effective_until)}"] if source.effective_until else []
    return " ".join(parts)


def told_of(source: Source, origin: str) -> str:
    """All that is known of a source: where, which document, read when, how reliable, valid how long."""
    parts = [origin, source.document or "", f"đọc ngày {day(source.checked_on)}"]
    parts += [f"độ tin cậy {source.confidence.value}", term(source)]
    if source.confidence is Confidence.LOW:
        parts.append("bot không nói mức thu từ nguồn này")
    return ", ".join(part for part in parts if part)
