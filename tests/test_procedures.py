"""procedures: a procedure's codes, the age of its facts, and the source behind each."""

import datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.knowledge import Knowledge
from bot.procedures import CODE_IN_TEXT, Channel, Confidence, Fees, Procedure
from tests.small import load_small


@pytest.fixture
def small(tmp_path: Path) -> Knowledge:
    return load_small(tmp_path)


@pytest.fixture
def birth(small: Knowledge) -> Procedure:
    return small.by_id["khai-sinh"]


@pytest.mark.parametrize(
    ("entry", "codes"),
    [
        ("khai-sinh", ("1.001193", "1.000656")),
        ("khai-sinh-lai", ("1.004884",)),
        ("tam-tru", ("1.004194", "1.010038")),
    ],
)
def test_an_entry_answers_to_its_former_and_equivalent_codes(
    small: Knowledge, entry: str, codes: tuple[str, ...]
) -> None:
    assert small.by_id[entry].codes == codes


@pytest.mark.parametrize(
    ("entry", "checked_on"),
    [("khai-sinh", datetime.date(2026, 7, 18)), ("tam-tru", datetime.date(2026, 7, 20))],
)
def test_an_entry_is_as_old_as_its_oldest_source(small: Knowledge, entry: str, checked_on: datetime.date) -> None:
    assert small.by_id[entry].checked_on == checked_on


def test_a_fee_may_name_its_own_source(birth: Procedure) -> None:
    assert birth.fee
    sources = [birth.source_of(item, birth.fee) for item in birth.fee.items]
    assert [s.confidence for s in sources] == [Confidence.HIGH, Confidence.HIGH, Confidence.HIGH, Confidence.LOW]
    assert [s.effective_until for s in sources] == [None, None, datetime.date(2026, 12, 31), None]


def test_a_group_of_facts_names_its_source(birth: Procedure) -> None:
    assert birth.documents
    assert birth.source_of(birth.documents) is birth.sources["cong"]


def test_a_fee_without_group_or_source_has_no_source(birth: Procedure) -> None:
    assert birth.fee
    with pytest.raises(KeyError):
        birth.source_of(birth.fee.items[0])


def test_every_source_name_is_given_with_its_place(birth: Procedure) -> None:
    assert list(birth.source_names()) == [
        (("documents", "source"), "cong"),
        (("fee", "source"), "cong"),
        (("time_limit", "source"), "cong"),
        (("deadline", "source"), "cong"),
        (("place", "source"), "cong"),
        (("online", "source"), "cong"),
        (("steps", "source"), "cong"),
        (("legal_basis", "source"), "cong"),
        (("fee", "items", 2, "source"), "tam"),
        (("fee", "items", 3, "source"), "doan"),
    ]


def test_an_entry_without_fees_and_time_limits_names_only_its_groups(birth: Procedure) -> None:
    bare = birth.model_copy(update={"fee": None, "time_limit": None})
    assert [place for place, _ in bare.source_names() if place[0] in ("fee", "time_limit")] == []


def test_a_fee_without_channels_holds_for_all(birth: Procedure) -> None:
    assert birth.fee
    assert birth.fee.items[0].channels == (Channel.ONLINE, Channel.COUNTER, Channel.POST)
    assert birth.fee.items[1].channels == (Channel.COUNTER, Channel.POST)


@pytest.mark.parametrize(
    "fees",
    [
        {"source": "cong", "items": [{"name": "Lệ phí", "amount": "0"}]},
        {"source": "cong", "unknown": "Hãy hỏi nơi nộp hồ sơ."},
    ],
)
def test_fees_say_an_amount_or_what_is_not_known(fees: dict[str, object]) -> None:
    assert Fees.model_validate(fees).source == "cong"


def test_fees_that_say_nothing_are_refused() -> None:
    with pytest.raises(ValidationError, match="cần ít nhất một mức thu"):
        Fees.model_validate({"source": "cong", "exempt": "Hộ nghèo"})


@pytest.mark.parametrize("key", ["name", "code", "sources"])
def test_values_never_change(birth: Procedure, key: str) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        setattr(birth, key, "Khai tử")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("1.001193", ["1.001193"]),
        ("mã 1.001193 là gì?", ["1.001193"]),
        ("mã 1.001193.", ["1.001193"]),
        ("(1.001193, 2.000635)", ["1.001193", "2.000635"]),
        ("1.004222.H24", ["1.004222"]),
        ("11.001193", []),
        ("1.0011934", []),
        ("1.00119", []),
        ("0.1.001193", []),
        ("1.001193.5", []),
        ("1.500.000 đồng", []),
    ],
)
def test_codes_are_found_in_a_question(text: str, codes: list[str]) -> None:
    assert CODE_IN_TEXT.findall(text) == codes
