"""Guides: sourced, plain, found by many phrases; their form names what is wrong."""

import datetime
import re
import statistics
from collections.abc import Iterator

import pytest
from pydantic import ValidationError

from bot import yamlfile
from bot.knowledge.files import GuidesFile
from bot.knowledge.wording import fault_words
from bot.procedures import Confidence, Guide
from bot.text import syllables
from tests.running import KNOWLEDGE

MINIMUM_PHRASES = 12
HOTLINES = ("1022", "18001096", "1800 1096", "1900 0368", "19000368")  # none was verified for Hải Phòng


def shipped() -> tuple[Guide, ...]:
    paths = sorted((KNOWLEDGE / "guides").glob("*.yaml"))
    return tuple(g for path in paths for g in GuidesFile.model_validate(yamlfile.read(path, path.name).content).guides)


GUIDES = shipped()
NAMES = [guide.id for guide in GUIDES]
WANTED = {
    "huong-dan-vneid",
    "nop-ho-so-truc-tuyen",
    "toan-trinh-mot-phan",
    "giay-to-cu",
    "xa-cu-xa-moi",
    "hoa-don-may-tinh-tien",
    "tro-cap-qua-tai-khoan",
    "ban-nong-san-tren-mang",
    "to-cong-nghe-so",
    "tranh-lua-dao",
    "tra-cuu-ho-so",
    "mot-cua-thanh-pho",
}


def words_said(guide: Guide) -> Iterator[str]:
    """Everything of a guide that a citizen reads in Vietnamese."""
    yield guide.summary
    yield from guide.notes
    for section in guide.sections:
        yield from (section.title, *section.lines, *section.steps, section.doubt or "")


def sentences(guide: Guide) -> Iterator[list[str]]:
    for text in words_said(guide):
        yield from (s.split() for s in re.split(r"(?<=[.!?;:])\s+", text) if s)


def test_every_wanted_guide_is_there_once() -> None:
    assert sorted(NAMES) == sorted(WANTED)


@pytest.mark.parametrize("guide", GUIDES, ids=NAMES)
def test_a_guide_has_sources_for_all_it_says_and_none_it_does_not_use(guide: Guide) -> None:
    assert {name for _, name in guide.source_names()} == set(guide.sources)
    assert guide.checked_on == min(s.checked_on for s in guide.sources.values()) < datetime.date(2026, 11, 1)
    assert guide.kind == "guide"
    assert all(s.confidence is not Confidence.LOW for s in guide.sources.values())


@pytest.mark.parametrize("guide", GUIDES, ids=NAMES)
def test_a_guide_is_plain_and_names_no_hotline(guide: Guide) -> None:
    lengths = [len(words) for words in sentences(guide)]
    assert max(lengths) <= 30
    assert statistics.median(lengths) <= 15
    said = " ".join(words_said(guide))
    assert not any(number in said for number in HOTLINES)
    assert len(guide.name) <= 60


def folded(phrase: str) -> tuple[str, ...]:
    return tuple(s.toned for s in syllables(phrase))


def test_phrases_are_many_and_belong_to_one_guide_alone() -> None:
    assert all(len(guide.phrases) >= MINIMUM_PHRASES for guide in GUIDES)
    owners: dict[tuple[str, ...], str] = {}
    for guide in GUIDES:
        for phrase in guide.phrases:
            assert owners.setdefault(folded(phrase), f"{guide.id}: {phrase}") == f"{guide.id}: {phrase}"


def test_procedures_named_as_related_exist_and_own_none_of_the_phrases() -> None:
    text = "\n".join(path.read_text("utf-8") for path in (KNOWLEDGE / "procedures").glob("*.yaml"))
    ids = set(re.findall(r"^  - id: (\S+)$", text, re.MULTILINE))
    assert {name for guide in GUIDES for name in guide.related} <= ids
    assert not ids & set(NAMES)
    taken = {folded(line.strip(' -"')) for line in re.findall(r"^      - (.+)$", text, re.MULTILINE)}
    assert [p for guide in GUIDES for p in guide.phrases if folded(p) in taken] == []


SMALL = {
    "id": "dung-vneid",
    "name": "Dùng VNeID",
    "summary": "VNeID là ứng dụng định danh.",
    "sources": {"cong": {"origin": "cong-dvcqg", "confidence": "cao", "checked_on": "2026-07-18"}},
    "sections": [{"title": "Ở đâu", "source": "cong", "lines": ["Làm tại công an xã."]}],
    "phrases": ["VNeID là gì"],
}


def fault(**change: object) -> tuple[str, str]:
    """The first fault of a guide that differs from the smallest one; lists around it are called short as well."""
    with pytest.raises(ValidationError) as caught:
        Guide.model_validate({**SMALL, **change})
    path, problem, _ = fault_words(caught.value.errors(include_url=False)[0])
    return ".".join(map(str, path)), problem


def test_the_smallest_guide() -> None:
    guide = GuidesFile.model_validate({"field": "Đời sống số", "guides": [SMALL]}).guides[0]
    assert guide.sections[0].lines == ("Làm tại công an xã.",)
    assert list(guide.source_names()) == [(("sections", 0, "source"), "cong")]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"sections": [{"title": "Ở đâu", "source": "cong"}]}, ("sections.0", "phần này chưa nói gì")),
        ({"sections": [{"title": "Ở đâu", "lines": ["A."]}]}, ("sections.0.source", "thiếu khóa này")),
        ({"code": "1.001193"}, ("code", "khóa lạ")),
        ({"phrases": []}, ("phrases", "danh sách thiếu mục")),
        ({"portal_url": "vneid.gov.vn"}, ("portal_url", "sai dạng: vneid.gov.vn")),
    ],
)
def test_what_is_wrong_with_a_guide_is_named(change: dict[str, object], told: tuple[str, str]) -> None:
    assert fault(**change) == told
