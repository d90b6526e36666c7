"""The official pages as they were in July 2026: names, time limits, amounts and addresses, each by code.

Traps: some copies hold another procedure's page (then several codes share one address), a unit of time may be missing,
and "Miễn phí" or 0 often means that no amount was entered: only amounts above zero are read.
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

LISTS = ("catalogue_2026-07.csv", "hai_phong_local_74.csv")
UNITS = {"WORKING_DAY": "ngày làm việc", "DAY": "ngày", "HOUR": "giờ", "MONTH": "tháng"}
LIMIT = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:\([^)\d]*\)\s*)?(ngày\s+làm\s+việc|ngày|giờ|tháng)", re.IGNORECASE)
ROW = re.compile(r"(?:Trực tuyến|Trực tiếp|bưu chính)(\d{1,3})\s*(Ngày làm việc|Ngày|Giờ|Tháng)")
AMOUNT = re.compile(r"(\d{1,3}(?:[.,]\d{3})+|\d+000)\s*(?:\([^)]*\)\s*)?(?:đồng|đ\b|VNĐ|Việt Nam Đồng)", re.IGNORECASE)
WAYS = re.compile(r"## Cách thức thực hiện\n(.*?)(?:\n## |\Z)", re.DOTALL)
SAME_DAY = re.compile("trong ngày làm việc", re.IGNORECASE)
SMALLEST = 1000  # đồng; 20 or 125 are amounts whose end was cut off


@dataclass(frozen=True, order=True)
class Limit:
    """A time limit as a page gives it."""

    quantity: float
    unit: str

    def __str__(self) -> str:
        return f"{self.quantity:g} {self.unit}".replace(".", ",")


@dataclass(frozen=True)
class Page:
    """One copy of a page: `limits` from its table, `said` from anywhere in its text."""

    code: str
    limits: frozenset[Limit]
    said: frozenset[Limit]
    amounts: frozenset[int]


@dataclass(frozen=True)
class Reference:
    """All copies, the best one of a code first; `owners` are the codes whose page an address is."""

    names: dict[str, str]
    pages: dict[str, list[Page]]
    owners: dict[str, set[str]]


def read(folder: Path) -> Reference:
    """Read the pages under `folder`, or under its `data`."""
    data = next(f for f in (folder / "data" / "procedures", folder / "procedures") if f.is_dir())
    reference = Reference({}, {}, {})
    for name in LISTS:
        with (data / name).open(encoding="utf-8-sig", newline="") as stream:
            reference.names.update({row["code"]: row["name"] for row in csv.DictReader(stream)})
    for row in _rows(data / "portal_structured_2026-07.jsonl"):
        _add(reference, row["name"], structured(row), row["portal_url"])
    for row in _rows(data / "portal_pages_2026-07.jsonl"):
        _add(reference, row["markdown"].partition("\n")[0].lstrip("# "), markdown(row))
    for row in own_pages(list(_rows(data / "portal_text_2026-07.jsonl"))):
        _add(reference, row["ten_thu_tuc"], glued(row), row["detail_url"])
    for row in _rows(data / "defence_2025.jsonl"):
        reference.names.setdefault(row["thu_tuc_id"], row["metadata"]["tên_thủ_tục"])
    for code, url in _told_addresses(folder / "facts" / "procedures.yaml"):
        reference.owners.setdefault(url, set()).add(code)
    return reference


def structured(row: dict[str, Any]) -> Page:
    """A page whose fields were kept apart."""
    cells = [channel["processing"] or {} for channel in row["channels"]] + (row["processing_cases"] or [])
    limits = {Limit(float(c["qty"]), UNITS[c["unit"]]) for c in cells if c.get("unit") in UNITS and _counted(c["qty"])}
    texts = [str(c.get("qty")) for c in cells] + [channel["note"] or "" for channel in row["channels"]]
    fees = [fee for channel in row["channels"] for fee in channel["fees"]]
    numbers = {int(fee["value_vnd"]) for fee in fees if (fee["value_vnd"] or 0) >= SMALLEST}
    amounts = numbers | _amounts(" ".join(fee["text"] or "" for fee in fees))
    said = _limits(" ".join(texts) + json.dumps(row["steps_raw"], ensure_ascii=False))
    return Page(row["code"], frozenset(limits), frozenset(said), frozenset(amounts))


def markdown(row: dict[str, Any]) -> Page:
    """A page as Markdown, with a table of ways to hand in; it tells no amounts but in words."""
    found = WAYS.search(row["markdown"])
    ways = found[1] if found else ""
    cells = [line.split(" | ")[1] for line in ways.split("\n") if line.count(" | ") > 1]
    limits = {limit for cell in cells for limit in _limits(cell)}
    return Page(row["code"], frozenset(limits), frozenset(_limits(row["markdown"])), frozenset(_amounts(ways)))


def glued(row: dict[str, Any]) -> Page:
    """A page as text, its table cells glued together."""
    ways = row["cach_thuc_thuc_hien"]
    limits = {_limit(*cells) for cells in ROW.findall(ways)}
    said = _limits(ways + "\n" + row["trinh_tu_thuc_hien"])
    return Page(row["ma_thu_tuc"], frozenset(limits), frozenset(said), frozenset(_amounts(ways)))


def own_pages(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows that hold their own page: where codes share an address, at most one of them does."""
    shared = Counter(row["detail_url"] for row in rows)
    return (row for row in rows if shared[row["detail_url"]] == 1)


def _add(reference: Reference, name: str, page: Page, url: str | None = None) -> None:
    reference.names.setdefault(page.code, name)
    reference.pages.setdefault(page.code, []).append(page)
    if url:
        reference.owners.setdefault(url, set()).add(page.code)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def _told_addresses(path: Path) -> Iterator[tuple[str, str]]:
    """Addresses of pages that were seen after the copies were made."""
    if path.is_file():
        facts = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        for entry in facts["procedures"]:
            if entry.get("code") and entry.get("portal_url"):
                yield str(entry["code"]), entry["portal_url"]


def _counted(quantity: object) -> bool:
    return isinstance(quantity, int | float) and quantity > 0


def _limit(quantity: str, unit: str) -> Limit:
    return Limit(float(quantity.replace(",", ".")), " ".join(unit.lower().split()))


def _limits(text: str) -> set[Limit]:
    same_day = {Limit(1.0, UNITS["WORKING_DAY"])} if SAME_DAY.search(text) else set()
    return same_day | {_limit(*found) for found in LIMIT.findall(text)}


def _amounts(text: str) -> set[int]:
    found = {int(re.sub(r"[.,]", "", amount)) for amount in AMOUNT.findall(text)}
    return {amount for amount in found if amount >= SMALLEST}
