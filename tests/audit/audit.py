"""What the base says beside what the official pages say: a row for each difference, with its reason or none."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.knowledge import Knowledge
from bot.procedures import Fee, Fees, OtherCode, Procedure, TimeLimit, TimeLimits
from bot.text import fold
from tests.audit.likeness import telling_difference
from tests.audit.reference import Limit, Page, Reference

EXCEPTIONS = Path(__file__).parent / "exceptions.yaml"
BY_CODE = "https://dichvucong.gov.vn/dich-vu-cong-truc-tuyen/"
BY_PAGE = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/"
PORTAL = "cong-dvcqg"
PUBLISHING = "/QĐ-"  # decisions that publish a procedure's page; amounts rest on other documents
BRACKETS = re.compile(r"\([^()]*\)")
PREFIX = re.compile("^thủ tục ", re.IGNORECASE)
KINDS = {
    "codes": "Mã không có trong danh mục",
    "names": "Tên chính thức khác trang",
    "equivalences": "Mã cũ, mã tương đương",
    "times": "Thời hạn khác trang",
    "fees": "Mức thu khác trang",
    "addresses": "Địa chỉ trang",
}


@dataclass(frozen=True)
class Row:
    """One thing to look at; with no reason it is a fault. `key` names it among the exceptions of its kind."""

    kind: str
    entry: str
    key: str
    told: str
    reason: str | None

    def __str__(self) -> str:
        return f"{self.entry}: {self.told} → {self.reason or f'KHÔNG CÓ LÝ DO (khóa: {self.key!r})'}"


@dataclass
class Exceptions:
    """Reasons written by hand, by kind and key; which ones were needed is noted."""

    reasons: dict[str, dict[str, str]]
    needed: set[tuple[str, str]] = field(default_factory=set)

    def reason(self, kind: str, key: str) -> str | None:
        """The reason written for a row, if any."""
        found = self.reasons.get(kind, {}).get(key)
        if found:
            self.needed.add((kind, key))
        return found

    def unneeded(self) -> list[str]:
        """Reasons for differences that are no more."""
        listed = [(kind, key) for kind, keys in self.reasons.items() for key in keys]
        return [f"{kind}: {key}" for kind, key in listed if (kind, key) not in self.needed]


def exceptions() -> Exceptions:
    """Those of the shipped base."""
    return Exceptions(yaml.safe_load(EXCEPTIONS.read_text("utf-8")))


@dataclass(frozen=True)
class Auditor:
    """Holds one base against one copy of the pages."""

    knowledge: Knowledge
    reference: Reference
    listed: Exceptions

    def rows(self) -> list[Row]:
        """Every row, kind by kind, in the order of the base."""
        looks = (self._codes, self._names, self._equivalences, self._times, self._fees, self._addresses)
        return [row for look in looks for entry in self.knowledge.procedures for row in look(entry)]

    def _row(self, kind: str, entry: Procedure, key: str, told: str, reason: str | None = None) -> Row:
        return Row(kind, entry.id, key, told, reason or self.listed.reason(kind, key))

    def _codes(self, entry: Procedure) -> Iterator[Row]:
        for code in entry.codes:
            if code not in self.reference.names:
                yield self._row("codes", entry, code, code)

    def _names(self, entry: Procedure) -> Iterator[Row]:
        official = self.reference.names.get(entry.code)
        if official and not same_name(entry.official_name, official):
            yield self._row("names", entry, entry.code, f"{entry.code} “{entry.official_name}”, trang “{official}”")

    def _equivalences(self, entry: Procedure) -> Iterator[Row]:
        for other in (*entry.former_codes, *entry.equivalent_codes):
            names = (self.reference.names.get(entry.code), self.reference.names.get(other.code))
            shown = f"{entry.code} {_quoted(names[0])} = {other.code} {_quoted(names[1])}"
            differing = telling_difference(*map(str, names)) if all(names) else set()
            if differing:
                shown += f" [chỉ một bên có: {', '.join(sorted(differing))}]"
            key = f"{entry.code} {other.code}"
            yield self._row("equivalences", entry, key, shown, None if differing else _other_reason(other))

    def _times(self, entry: Procedure) -> Iterator[Row]:
        group, pages = entry.time_limit, self.reference.pages.get(entry.code, [])
        if group is None or not pages:
            return
        ours = {Limit(float(item.quantity), item.unit.value): item for item in group.items}
        told = {
            t for code in entry.codes for page in self.reference.pages.get(code, []) for t in page.limits | page.said
        }
        for limit in sorted(set(ours) - told):
            words = f"mục {limit}, trang {_joined(pages)}"
            yield self._row("times", entry, f"{entry.id}: {limit}", words, _own_reason(ours[limit], group, told))
        for limit in sorted(pages[0].limits - set(ours)):
            words = f"trang {limit}, mục {'; '.join(map(str, sorted(ours)))}"
            yield self._row("times", entry, f"{entry.id}: trang {limit}", words, _page_reason(limit, group, ours, told))

    def _fees(self, entry: Procedure) -> Iterator[Row]:
        group, pages = entry.fee, self.reference.pages.get(entry.code, [])
        if group is None or not pages:
            return
        told = {amount for page in pages for amount in page.amounts}
        page_says = "; ".join(map(dong, sorted(told))) or "không ghi số"
        for item in group.items:
            if item.amount not in told:
                words = f"mục {item.name} {dong(item.amount)}, trang {page_says}"
                yield self._row("fees", entry, f"{entry.id}: {item.amount}", words, self._ground(entry, item, group))
        missing = told - {item.amount for item in group.items}
        unsaid = sorted(amount for amount in missing if dong(amount) not in _fee_words(group))
        if missing:
            words = f"trang {'; '.join(map(dong, sorted(missing)))}, mục không ghi thành mức thu"
            yield self._row("fees", entry, f"{entry.id}: trang", words, None if unsaid else "mục nói mức này bằng lời")

    def _ground(self, entry: Procedure, item: Fee, group: Fees) -> str | None:
        """An amount that no page gives must rest on a document or a place of its own."""
        source = entry.source_of(item, group)
        if source.document and PUBLISHING not in source.document:
            return f"theo {source.document}"
        return None if source.origin == PORTAL else f"theo {self.knowledge.origins[source.origin].name}"

    def _addresses(self, entry: Procedure) -> Iterator[Row]:
        online = entry.online.url if entry.online else None
        for url in dict.fromkeys([entry.portal_url, *([online] if online else [])]):
            problem = self._address_problem(url, set(entry.codes))
            if problem:
                yield self._row("addresses", entry, f"{entry.id}: {url}", f"{url} {problem}")

    def _address_problem(self, url: str, codes: set[str]) -> str:
        if url.startswith(BY_CODE):
            return "" if url.removeprefix(BY_CODE) in codes else "là trang của mã khác"
        owners = self.reference.owners.get(url, set())
        if owners & codes:
            return ""
        if owners:
            return f"là trang của mã {', '.join(sorted(owners))}"
        return (
            "không thấy là trang của mã nào" if url.startswith(BY_PAGE) else "không ở trên Cổng Dịch vụ công quốc gia"
        )


def same_name(ours: str, official: str) -> bool:
    """The same words, or its parts in order: "Tách thửa… đất" is "Tách thửa hoặc hợp thửa đất". Brackets may fall."""
    pairs = [(ours, official), (BRACKETS.sub(" ", ours), BRACKETS.sub(" ", official))]
    return any(_has_parts([_words(part) for part in one.split("…")], _words(whole)) for one, whole in pairs)


def _has_parts(parts: list[str], whole: str) -> bool:
    pattern = r".*".join(rf"{re.escape(part)}\b" for part in parts if part)
    return re.match(pattern + ("$" if len(parts) == 1 else ""), whole) is not None


def dong(amount: int) -> str:
    """An amount as the bot writes it: 50.000 đồng."""
    return f"{amount:,} đồng".replace(",", ".")


def _words(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(PREFIX.sub("", " ".join(name.split())))))


def _quoted(name: str | None) -> str:
    return f"“{' '.join(name.split())}”" if name else "(không có trong danh mục)"


def _other_reason(other: OtherCode) -> str:
    return f"{other.reason} ({other.document or 'không nêu văn bản'})"


def _own_reason(item: TimeLimit, group: TimeLimits, told: set[Limit]) -> str | None:
    """Why a limit of ours stands on no page: rounded up from half a day, or doubted in the entry itself."""
    halves = [
        t for t in told if t.unit == item.unit.value and t.quantity % 1 and math.ceil(t.quantity) == item.quantity
    ]
    if any(_figure(half) in (item.text or "") for half in halves):
        return "làm tròn lên để tính; câu trả lời nói đúng nửa ngày"
    return f"mục nói rõ: {group.doubt}" if group.doubt else None


def _page_reason(limit: Limit, group: TimeLimits, ours: dict[Limit, TimeLimit], told: set[Limit]) -> str | None:
    """Why a limit of the page is none of ours."""
    words = [group.note or "", group.doubt or "", *(f"{item.text or ''} {item.when or ''}" for item in group.items)]
    if re.search(rf"(?<![\d,]){_figure(limit)}(?![\d,])", " ".join(words)):
        return "mục nói mức này bằng lời"
    if any(own.quantity == limit.quantity and own.unit != limit.unit and own in told for own in ours):
        return "cùng con số; chỗ khác của trang ghi đơn vị như mục"
    return None


def _figure(limit: Limit) -> str:
    return f"{limit.quantity:g}".replace(".", ",")


def _joined(pages: list[Page]) -> str:
    return "; ".join(map(str, sorted({limit for page in pages for limit in page.limits}))) or "không ghi"


def _fee_words(group: Fees) -> str:
    notes = [f"{item.note or ''} {item.when or ''}" for item in group.items]
    return " ".join([group.unknown or "", group.exempt or "", group.doubt or "", *notes])


def table(rows: list[Row]) -> Iterator[str]:
    """The rows to read, kind by kind; entries of which the same is told stand together."""
    yield f"Đối chiếu với trang chính thức: {len(rows)} chỗ, {sum(not row.reason for row in rows)} chỗ chưa có lý do."
    for kind, heading in KINDS.items():
        groups: dict[tuple[str, str | None], list[str]] = {}
        for row in rows:
            if row.kind == kind:
                groups.setdefault((row.told, row.reason), []).append(row.entry)
        yield f"{heading}: {sum(map(len, groups.values()))}"
        for (told, reason), entries in groups.items():
            yield f"  {', '.join(entries)}: {told} → {reason or 'KHÔNG CÓ LÝ DO'}"
