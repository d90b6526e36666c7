"""Facts that citizens may rely on too much: past their day, read long ago, without a document, free by mistake."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator

from bot.errors import Fault
from bot.knowledge.draft import Draft, Placed, Topic
from bot.procedures import Confidence

PORTAL = "cong-dvcqg"  # "Miễn phí" on its pages often means that nothing was entered
STALE_DAYS = 183  # half a year: the portal changes some hundred pages a month
MIN_PHRASES = 12  # so many manners of asking make a procedure found
MIN_QUESTIONS = 4  # so many questions prove it
LEAST_AMOUNT = 1000  # đồng; no fee is smaller, so a smaller one lacks its thousands


def trust(draft: Draft, today: datetime.date) -> Iterator[Fault]:
    """Warnings about sources, days, fees, and how well an entry is asked for and tested."""
    for placed in draft.entries():
        yield from (fault.warning(Topic.SOURCES) for fault in _without_document(placed))
        yield from (fault.warning(Topic.DATES) for fault in _old(placed, today))
        yield from (fault.warning(Topic.FEES) for fault in _fee_traps(placed))
        yield from (fault.warning(Topic.PHRASES) for fault in _few_phrases(placed))
    yield from (fault.warning(Topic.DATES) for fault in _ended_laws(draft, today))
    yield from (fault.warning(Topic.DATES) for fault in _old_offices(draft, today))
    yield from (fault.warning(Topic.QUESTIONS) for fault in _few_questions(draft))


def _without_document(placed: Placed) -> Iterator[Fault]:
    document, path, entry = placed
    used: dict[str, list[str]] = defaultdict(list)
    for place, name in entry.source_names():
        used[name].append(str(place[0]))
    for name, groups in used.items():
        if name in entry.sources and not entry.sources[name].document:
            problem = f"nguồn của {', '.join(dict.fromkeys(groups))} chưa ghi số văn bản"
            yield document.fault((*path, "sources", name), problem, "thêm document: số hiệu văn bản")


def _old(placed: Placed, today: datetime.date) -> Iterator[Fault]:
    """Sources past their last day, and the one that was read longest ago: with it all are read again."""
    document, path, entry = placed
    used = {name: entry.sources[name] for _, name in entry.source_names() if name in entry.sources}
    for name, source in used.items():
        if source.effective_until and source.effective_until < today:
            problem = f"hết hiệu lực sau ngày {source.effective_until:%d/%m/%Y}"
            place = (*path, "sources", name, "effective_until")
            yield document.fault(place, problem, "tìm quy định mới, sửa nội dung và nguồn")
    oldest = min(used, key=lambda name: used[name].checked_on, default=None)
    words = _age(used[oldest].checked_on, today) if oldest else None
    if words:
        yield document.fault((*path, "sources", str(oldest), "checked_on"), *words)


def _age(day: datetime.date, today: datetime.date) -> tuple[str, str] | None:
    """(problem, mend) for a source read on an impossible day, or long ago."""
    if day > today:
        return f"ngày đọc {day:%d/%m/%Y} còn ở tương lai", "ghi ngày đã đọc nguồn"
    days = (today - day).days
    if days > STALE_DAYS:
        return f"đọc lần cuối ngày {day:%d/%m/%Y}, đã {days} ngày", "đọc lại nguồn, sửa chỗ khác, ghi ngày mới"
    return None


def _fee_traps(placed: Placed) -> Iterator[Fault]:
    document, path, entry = placed
    for index, fee in enumerate(entry.fee.items if entry.fee else ()):
        source = entry.sources.get(fee.source or (entry.fee.source if entry.fee else ""))
        place = (*path, "fee", "items", index, "amount")
        if source and fee.amount == 0 and not source.document:
            mend = "ghi document của nguồn; không có văn bản thì bỏ mức 0 và viết unknown"
            yield document.fault(place, "0 đồng mà nguồn không ghi số văn bản", mend)
        if source and source.confidence is Confidence.LOW:
            yield document.fault(place, "nguồn có độ tin thấp: bot không nói mức này", "tìm nguồn chắc hơn, hoặc xóa")
        if source and fee.amount == 0 and source.document and source.origin == PORTAL:
            problem = "0 đồng mà chỉ đọc trên Cổng: “miễn phí” ở đó thường là ô để trống"
            yield document.fault(place, problem, "đọc chính văn bản thu phí, rồi đổi origin của nguồn")
        if 0 < fee.amount < LEAST_AMOUNT:
            yield document.fault(place, f"{fee.amount} đồng: có thể thiếu ba số 0", "viết đủ số đồng: 8000")


def _few_phrases(placed: Placed) -> Iterator[Fault]:
    document, path, entry = placed
    if len(entry.phrases) < MIN_PHRASES:
        problem = f"mới có {len(entry.phrases)} cách hỏi"
        yield document.fault((*path, "phrases"), problem, f"thêm cho đủ {MIN_PHRASES}, mỗi câu một kiểu")


def _few_questions(draft: Draft) -> Iterator[Fault]:
    """Counted only where every file of questions could be read."""
    if not all(file.content for file in draft.questions):
        return
    asked = Counter(q.expect for file in draft.questions if file.content for q in file.content.questions)
    for document, path, entry in draft.entries():
        if asked[entry.id] < MIN_QUESTIONS:
            problem = f"mới có {asked[entry.id]} câu hỏi thử"
            yield document.fault(path, problem, f"thêm vào questions/ cho đủ {MIN_QUESTIONS}, không giống phrases")


def _ended_laws(draft: Draft, today: datetime.date) -> Iterator[Fault]:
    """Documents of law past their last day on which entries still rest."""
    cited: dict[str, list[str]] = defaultdict(list)
    for _, _, entry in draft.entries():
        for number in entry.legal_basis.documents if entry.legal_basis else ():
            cited[number].append(entry.id)
    for index, law in enumerate(draft.laws.content.laws if draft.laws.content else ()):
        if law.effective_until and law.effective_until < today and cited[law.number]:
            problem = f"{law.number} hết hiệu lực sau ngày {law.effective_until:%d/%m/%Y}, còn là căn cứ của "
            place = ("laws", index, "effective_until")
            mend = "tìm văn bản thay thế, sửa các mục này"
            yield draft.laws.document.fault(place, problem + ", ".join(cited[law.number]), mend)


def _old_offices(draft: Draft, today: datetime.date) -> Iterator[Fault]:
    for index, office in enumerate(draft.offices.content.offices if draft.offices.content else ()):
        words = _age(office.checked_on, today)
        if words:
            yield draft.offices.document.fault(("offices", index, "checked_on"), *words)
