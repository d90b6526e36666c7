"""Facts that citizens may rely on too much: past their day, read long ago, without a document, free by mistake."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import TypeAlias

from bot.errors import Fault
from bot.knowledge.draft import Draft, Placed, Topic
from bot.procedures import Confidence, Guide, Procedure, Source
from bot.yamlfile import Document, KeyPath

Told: TypeAlias = tuple[Document, KeyPath, Procedure | Guide]

PORTAL = "cong-dvcqg"  # "Miễn phí" on its pages often means that nothing was entered
ANNOUNCING = "/QĐ-"  # in the number of a decision that only announces procedures: it sets no fee
PLACEHOLDER = "QĐ/0001-"  # what the portal shows where no decision was entered: QĐ/0001-BCA
STALE_DAYS = 183  # half a year: the portal changes some hundred pages a month
MIN_PHRASES = 12  # so many manners of asking make a procedure found
MIN_QUESTIONS = 4  # so many questions prove it
LEAST_AMOUNT = 1000  # đồng; no fee is smaller, so a smaller one lacks its thousands


def trust(draft: Draft, today: datetime.date) -> Iterator[Fault]:
    """Warnings about sources, days, fees, and how well an entry is asked for and tested."""
    told: list[Told] = [*draft.entries(), *draft.guided()]
    for one in told:
        yield from (fault.warning(Topic.DATES) for fault in _old(one, today))
        yield from (fault.warning(Topic.PHRASES) for fault in _few_phrases(one))
    for placed in draft.entries():
        yield from (fault.warning(Topic.FEES) for fault in _fee_traps(placed))
    bare = chain(
        chain.from_iterable(_without_document(placed) for placed in draft.entries()),
        chain.from_iterable(_without_any_document(*placed) for placed in draft.guided()),
    )
    yield from (fault.warning(Topic.SOURCES) for fault in _by_file(bare, "nguồn chưa ghi số văn bản"))
    stale = chain.from_iterable(_stale(one, today) for one in told)
    words = f"mục có nguồn đọc đã hơn {STALE_DAYS} ngày"
    yield from (fault.warning(Topic.DATES) for fault in _by_file(stale, words))
    yield from (fault.warning(Topic.DATES) for fault in _ended_laws(draft, today))
    yield from (fault.warning(Topic.DATES) for fault in _old_offices(draft, today))
    yield from (fault.warning(Topic.QUESTIONS) for fault in _few_questions(draft))


def free_without_document(draft: Draft) -> Iterator[Fault]:
    """Errors: a fee of zero that no document sets: “miễn phí” in a list often means that nothing was entered."""
    for document, path, entry in draft.entries():
        for index, fee in enumerate(entry.fee.items if entry.fee else ()):
            source = entry.sources.get(fee.source or (entry.fee.source if entry.fee else ""))
            if source and fee.amount == 0 and not _numbered(source):
                mend = "ghi document của nguồn; không có văn bản thì bỏ mức 0 và viết unknown"
                place = (*path, "fee", "items", index, "amount")
                yield document.fault(place, "0 đồng mà nguồn không ghi số văn bản", mend)


def _numbered(source: Source) -> bool:
    return bool(source.document) and not str(source.document).startswith(PLACEHOLDER)


def _by_file(alike: Iterable[Fault], together: str) -> Iterator[Fault]:
    """What one file has once as it is, what it has several times in one line: a hundred alike are read by nobody."""
    files: dict[str, list[Fault]] = defaultdict(list)
    for fault in alike:
        files[fault.file].append(fault)
    for faults in files.values():
        first, *more = sorted(faults, key=lambda fault: fault.line)
        lines = ", ".join(str(fault.line) for fault in (first, *more))
        yield replace(first, problem=f"{len(faults)} {together}, ở các dòng {lines}") if more else first


def _without_document(placed: Placed) -> Iterator[Fault]:
    document, path, entry = placed
    used: dict[str, list[str]] = defaultdict(list)
    for place, name in entry.source_names():
        used[name].append(str(place[0]))
    for name, groups in used.items():
        if name in entry.sources and not _numbered(entry.sources[name]):
            problem = f"nguồn của {', '.join(dict.fromkeys(groups))} chưa ghi số văn bản"
            yield document.fault((*path, "sources", name), problem, "thêm document: số hiệu văn bản")


def _without_any_document(document: Document, path: KeyPath, guide: Guide) -> Iterator[Fault]:
    """A guide may rest on pages without a number, as those of newspapers, but not on nothing else."""
    if not any(_numbered(guide.sources[name]) for name in _used(guide)):
        mend = "tìm văn bản của cơ quan nhà nước nói việc này, thêm vào sources"
        yield document.fault((*path, "sources"), "chưa nguồn nào của hướng dẫn ghi số văn bản", mend)


def _old(placed: Told, today: datetime.date) -> Iterator[Fault]:
    """Sources past their last day, or read on a day still to come."""
    document, path, entry = placed
    for name, source in _used(entry).items():
        if source.effective_until and source.effective_until < today:
            problem = f"hết hiệu lực sau ngày {source.effective_until:%d/%m/%Y}"
            place = (*path, "sources", name, "effective_until")
            yield document.fault(place, problem, "tìm quy định mới, sửa nội dung và nguồn")
        if source.checked_on > today:
            yield document.fault((*path, "sources", name, "checked_on"), *_not_yet(source.checked_on))


def _stale(placed: Told, today: datetime.date) -> Iterator[Fault]:
    """The source that was read longest ago: with it all are read again."""
    document, path, entry = placed
    used = _used(entry)
    oldest = min(used, key=lambda name: used[name].checked_on, default=None)
    if oldest and (today - used[oldest].checked_on).days > STALE_DAYS:
        yield document.fault((*path, "sources", oldest, "checked_on"), *_long_ago(used[oldest].checked_on, today))


def _used(entry: Procedure | Guide) -> dict[str, Source]:
    return {name: entry.sources[name] for _, name in entry.source_names() if name in entry.sources}


def _not_yet(day: datetime.date) -> tuple[str, str]:
    return f"ngày đọc {day:%d/%m/%Y} còn ở tương lai", "ghi ngày đã đọc nguồn"


def _long_ago(day: datetime.date, today: datetime.date) -> tuple[str, str]:
    days = (today - day).days
    return f"đọc lần cuối ngày {day:%d/%m/%Y}, đã {days} ngày", "đọc lại nguồn, sửa chỗ khác, ghi ngày mới"


def _fee_traps(placed: Placed) -> Iterator[Fault]:
    document, path, entry = placed
    for index, fee in enumerate(entry.fee.items if entry.fee else ()):
        source = entry.sources.get(fee.source or (entry.fee.source if entry.fee else ""))
        place = (*path, "fee", "items", index, "amount")
        if source and source.confidence is Confidence.LOW:
            yield document.fault(place, "nguồn có độ tin thấp: bot không nói mức này", "tìm nguồn chắc hơn, hoặc xóa")
        if source and fee.amount == 0 and source.origin == PORTAL and ANNOUNCING in (source.document or ""):
            problem = f"0 đồng mà {source.document} chỉ công bố thủ tục: “miễn phí” trên Cổng thường là ô để trống"
            yield document.fault(place, problem, "tìm văn bản đặt mức 0, ghi nó vào document của nguồn")
        if 0 < fee.amount < LEAST_AMOUNT:
            yield document.fault(place, f"{fee.amount} đồng: có thể thiếu ba số 0", "viết đủ số đồng: 8000")


def _few_phrases(placed: Told) -> Iterator[Fault]:
    document, path, entry = placed
    if len(entry.phrases) < MIN_PHRASES:
        problem = f"mới có {len(entry.phrases)} cách hỏi"
        yield document.fault((*path, "phrases"), problem, f"thêm cho đủ {MIN_PHRASES}, mỗi câu một kiểu")


def _few_questions(draft: Draft) -> Iterator[Fault]:
    """Counted only where every file of questions could be read."""
    if not all(file.content for file in draft.questions):
        return
    questions = [q for file in draft.questions if file.content for q in file.content.questions]
    asked = Counter(name for question in questions for name in question.wanted)
    told: list[Told] = [*draft.entries(), *draft.guided()]
    for document, path, entry in told:
        if asked[entry.id] < MIN_QUESTIONS:
            problem = f"mới có {asked[entry.id]} câu hỏi thử"
            yield document.fault(path, problem, f"thêm vào questions/ cho đủ {MIN_QUESTIONS}, không giống phrases")


def _ended_laws(draft: Draft, today: datetime.date) -> Iterator[Fault]:
    """Documents of law past their last day on which entries still rest."""
    cited: dict[str, list[str]] = defaultdict(list)
    for _, _, entry in draft.entries():
        for number in entry.legal_basis.documents if entry.legal_basis else ():
            cited[number].append(entry.id)
    for _, _, guide in draft.guided():
        for number in dict.fromkeys(source.document for source in _used(guide).values() if source.document):
            cited[number].append(guide.id)
    for index, law in enumerate(draft.laws.content.laws if draft.laws.content else ()):
        if law.effective_until and law.effective_until < today and cited[law.number]:
            problem = f"{law.number} hết hiệu lực sau ngày {law.effective_until:%d/%m/%Y}, còn là căn cứ của "
            place = ("laws", index, "effective_until")
            mend = "tìm văn bản thay thế, sửa các mục này"
            yield draft.laws.document.fault(place, problem + ", ".join(cited[law.number]), mend)


def _old_offices(draft: Draft, today: datetime.date) -> Iterator[Fault]:
    for index, office in enumerate(draft.offices.content.offices if draft.offices.content else ()):
        place = ("offices", index, "checked_on")
        if office.checked_on > today:
            yield draft.offices.document.fault(place, *_not_yet(office.checked_on))
        if (today - office.checked_on).days > STALE_DAYS:
            yield draft.offices.document.fault(place, *_long_ago(office.checked_on, today))
