"""The base's own test questions asked at the desk, what is remembered of a trial, and its answers on another day."""

import datetime
import itertools
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import Outcome
from bot.desk import Brain, Desk, Question
from bot.errors import StorageError
from bot.knowledge import Knowledge, load
from bot.procedures import Facet
from bot.replies import Voice
from bot.trial import (
    Given,
    Kind,
    Shift,
    Tally,
    Tried,
    Verdict,
    by_field,
    changes,
    recall,
    remember,
    said,
    shifts,
    tally,
    tried,
)
from tests.small import change, load_small, write_base
from tests.values import NOW

DAYS = [datetime.date(2026, 11, 23), datetime.date(2027, 1, 1), datetime.date(2027, 3, 2)]
FEES_END = datetime.date(2026, 12, 31)
AFTER = datetime.date(2027, 1, 1)

QUESTIONS = """\
questions:
  - {question: đăng ký khai sinh cho con mới đẻ, expect: khai-sinh}
  - {question: "lệ phí đăng ký tạm trú", expect: tam-tru, facets: [fee]}
  - {question: "lệ phí đăng ký tạm trú ạ", expect: tam-tru, facets: [documents, fee]}
  - {question: giấy khai sinh, expect: khai-sinh}
  - {question: mất giấy khai sinh làm lại, expect: khai-sinh}
  - {question: đăng ký tạm trú cho con ở đâu, expect: tam-tru}
  - {question: khai sinh ở đâu, expect: tam-tru}
  - {question: xin việc ở đâu, expect: tam-tru}
  - {question: xin chào, expect: khai-sinh-lai}
  - {question: hôm nay trời có mưa không, expect: none}
  - {question: đăng ký tạm trú, expect: none}
  - {question: làm giấy khai sinh, expect: none}
"""


def desk_of(knowledge: Knowledge) -> Desk:
    return Desk(knowledge, Voice("xã An Bình"), lambda: NOW)


@pytest.fixture
def results(tmp_path: Path) -> list[Tried]:
    """The questions above, asked of the small base."""
    base = write_base(tmp_path / "kb")
    (base / "questions" / "ho-tich.yaml").write_text(QUESTIONS, "utf-8")
    return list(tried(desk_of(load(base, None))))


def verdicts_of(results: Iterable[Tried]) -> list[tuple[str, Verdict]]:
    return [(result.question.question, result.verdict) for result in results]


def test_every_question_gets_its_verdict(results: list[Tried]) -> None:
    assert verdicts_of(results) == [
        ("đăng ký khai sinh cho con mới đẻ", Verdict.RIGHT),
        ("lệ phí đăng ký tạm trú", Verdict.RIGHT),
        ("lệ phí đăng ký tạm trú ạ", Verdict.RIGHT),
        ("giấy khai sinh", Verdict.HELPED),
        ("mất giấy khai sinh làm lại", Verdict.WRONG),
        ("đăng ký tạm trú cho con ở đâu", Verdict.RIGHT),
        ("khai sinh ở đâu", Verdict.MISSED),
        ("xin việc ở đâu", Verdict.MISSED),
        ("xin chào", Verdict.MISSED),
        ("hôm nay trời có mưa không", Verdict.QUIET),
        ("đăng ký tạm trú", Verdict.ANSWERED),
        ("làm giấy khai sinh", Verdict.OFFERED),
    ]


def test_what_was_given_is_kept_with_it(results: list[Tried]) -> None:
    given = {result.question.question: result.given for result in results}
    assert given["lệ phí đăng ký tạm trú"] == Given(outcome=Outcome.ANSWER, shown=("tam-tru",), facets=(Facet.FEE,))
    assert given["xin chào"] == Given(outcome=Outcome.ROUTE, shown=("chao",))
    assert given["xin việc ở đâu"] == Given(outcome=Outcome.UNKNOWN, facets=(Facet.PLACE,))
    assert set(given["giấy khai sinh"].shown) == {"khai-sinh", "khai-sinh-lai"}


def test_facets_are_right_only_where_all_and_no_others_are_told(results: list[Tried]) -> None:
    facets = {result.question.question: result.facets_right for result in results}
    assert facets["lệ phí đăng ký tạm trú"] is True
    assert facets["lệ phí đăng ký tạm trú ạ"] is False
    assert facets["đăng ký khai sinh cho con mới đẻ"] is None


RICHER = """\
questions:
  - {question: đăng ký tạm trú cho con ở đâu, expect: [khai-sinh, tam-tru]}
  - {question: đăng ký tạm trú cho con ở đâu, expect: khai-sinh, also: [tam-tru]}
  - {question: giấy khai sinh, expect: [tam-tru, khai-sinh-lai]}
  - {question: giấy khai sinh, expect: [khai-sinh, khai-sinh-lai], both: true}
  - {question: giấy khai sinh, expect: [khai-sinh, tam-tru], both: true}
  - {question: đăng ký tạm trú cho con ở đâu, expect: [khai-sinh, tam-tru], both: true}
  - {question: đăng ký tạm trú cho con ở đâu, expect: [khai-sinh, khai-sinh-lai], both: true}
  - {question: lệ phí, after: đăng ký tạm trú, expect: tam-tru, facets: [fee]}
  - {question: lệ phí, after: đăng ký khai sinh, expect: tam-tru}
  - {question: lệ phí, expect: none}
"""


@pytest.fixture
def richer(tmp_path: Path) -> list[Tried]:
    """Questions with several right entries, and questions that go on about another."""
    base = write_base(tmp_path / "richer")
    (base / "questions" / "ho-tich.yaml").write_text(RICHER, "utf-8")
    return list(tried(desk_of(load(base, None))))


def test_several_entries_may_be_right_or_be_wanted_together(richer: list[Tried]) -> None:
    assert [verdict for _, verdict in verdicts_of(richer)[:7]] == [
        Verdict.RIGHT,
        Verdict.RIGHT,
        Verdict.HELPED,
        Verdict.RIGHT,
        Verdict.MISSED,
        Verdict.MISSED,
        Verdict.WRONG,
    ]


def test_a_question_may_go_on_about_another_in_a_chat_of_its_own(richer: list[Tried], tmp_path: Path) -> None:
    assert [verdict for _, verdict in verdicts_of(richer)[7:]] == [Verdict.RIGHT, Verdict.WRONG, Verdict.QUIET]
    assert [said(r.question) for r in richer[7:]] == [
        "đăng ký tạm trú → lệ phí",
        "đăng ký khai sinh → lệ phí",
        "lệ phí",
    ]
    remember(tmp_path / "trial.json", "0123456789ab", richer[7:])
    memory = recall(tmp_path / "trial.json")
    assert memory is not None
    assert len(memory.answers) == 3
    assert list(changes(memory, richer[7:])) == []


def test_a_tally_of_all(results: list[Tried]) -> None:
    total = tally(results)
    assert (total.answerable, total.negative) == (9, 3)
    assert total.share(Verdict.RIGHT) == pytest.approx(4 / 9)
    assert total.share(Verdict.QUIET) == pytest.approx(1 / 3)
    assert (total.facets_right, total.facets_asked, total.facet_share) == (1, 2, 0.5)


def test_a_tally_of_nothing_finds_no_fault() -> None:
    assert (tally([]).share(Verdict.RIGHT), tally([]).share(Verdict.QUIET), tally([]).facet_share) == (1, 1, 1)


def test_tallies_by_field_leave_out_what_no_entry_answers(results: list[Tried], tmp_path: Path) -> None:
    fields = by_field(results, load(tmp_path / "kb", None))
    assert {field: counted.answerable for field, counted in fields.items()} == {"Cư trú": 5, "Hộ tịch": 4}
    assert list(fields) == ["Cư trú", "Hộ tịch"]


@given(st.lists(st.sampled_from(list(Verdict))))
def test_shares_add_up_to_one(verdicts: list[Verdict]) -> None:
    counted = Tally({v: verdicts.count(v) for v in Verdict}, 0, 0)
    for kinds, count in ((list(Verdict)[:4], counted.answerable), (list(Verdict)[4:], counted.negative)):
        assert sum(counted.share(v) for v in kinds) == pytest.approx(1 if count else len(kinds))


def test_the_trial_of_the_shipped_base_is_the_same_on_any_day(shipped: Knowledge, shipped_brain: Brain) -> None:
    """No verdict depends on the day: only what is told of an entry does."""
    today = [NOW]
    desk = Desk(shipped_brain, Voice("xã An Bình"), lambda: today[0])
    told = []
    for day in DAYS:
        today[0] = datetime.datetime.combine(day, datetime.time(9), datetime.UTC)
        told.append([desk.ask(Question(q.question, "test")).answer for q in shipped.questions[::20]])
    assert told[0] == told[1] == told[2]


def test_a_trial_is_remembered_and_only_what_changed_is_named(results: list[Tried], tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "trial.json"
    assert recall(path) is None
    remember(path, "0123456789ab", results)
    memory = recall(path)
    assert memory is not None
    assert (memory.knowledge, len(memory.answers)) == ("0123456789ab", len(results))
    assert list(changes(memory, results)) == []
    assert [p.name for p in path.parent.iterdir()] == ["trial.json"]

    base = tmp_path / "kb"
    change(base, "procedures/cu-tru.yaml", "      - thuê trọ phải đăng ký gì\n", "      - xin việc\n")
    changed = list(changes(memory, tried(desk_of(load(base, None)))))
    assert [c.now.question.question for c in changed] == ["xin việc ở đâu"]
    assert changed[0].before.outcome is Outcome.UNKNOWN
    assert changed[0].now.given.shown == ("tam-tru",)


def test_a_new_question_has_not_changed(results: list[Tried], tmp_path: Path) -> None:
    path = tmp_path / "trial.json"
    remember(path, "0123456789ab", results[1:])
    memory = recall(path)
    assert memory is not None
    assert list(changes(memory, results)) == []


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b"\xff", b'{"knowledge": "x"}', b'{"knowledge": "x", "answers": {"a": {}}}']
)
def test_a_memory_that_cannot_be_read_says_so(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "trial.json"
    path.write_bytes(content)
    with pytest.raises(StorageError, match="Không đọc được lần chạy trước"):
        recall(path)


def test_a_memory_that_is_a_folder_says_so_and_leaves_nothing_behind(results: list[Tried], tmp_path: Path) -> None:
    path = tmp_path / "memory" / "trial.json"
    path.mkdir(parents=True)
    with pytest.raises(StorageError, match="Không đọc được"):
        recall(path)
    with pytest.raises(StorageError, match="Hãy xem quyền ghi"):
        remember(path, "0123456789ab", results)
    assert list(path.parent.iterdir()) == [path]


def test_a_memory_where_no_folder_can_be_made_says_so(results: list[Tried], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(StorageError, match="Hãy xem quyền ghi"):
        remember(tmp_path / "file" / "trial.json", "0123456789ab", results)


def facets_of(found: Iterable[Shift]) -> list[tuple[str, Facet | None, Kind]]:
    return [(shift.entry, shift.facet, shift.kind) for shift in found]


def test_a_fee_that_ends_is_withheld_the_day_after(tmp_path: Path) -> None:
    """khai-sinh's online fee rests on a source that ends on 2026-12-31."""
    found = list(shifts(load_small(tmp_path), FEES_END, AFTER))
    assert facets_of(found) == [("khai-sinh", None, Kind.WITHHELD), ("khai-sinh", Facet.FEE, Kind.WITHHELD)]
    fee = found[1]
    assert any("Đăng ký trên mạng 4.000 đồng" in text or "4.000 đồng" in text for text in fee.gone)
    assert "Mức 4.000 đồng đã hết hạn ngày 31/12/2026. Hãy hỏi lại nơi tiếp nhận trước khi nộp tiền." in fee.new
    assert not set(fee.gone) & set(fee.after)
    assert not set(fee.new) & set(fee.before)


def test_nothing_shifts_between_days_of_the_same_rules(tmp_path: Path) -> None:
    knowledge = load_small(tmp_path)
    assert list(shifts(knowledge, datetime.date(2026, 11, 23), FEES_END)) == []
    assert list(shifts(knowledge, AFTER, datetime.date(2027, 3, 2))) == []


def test_a_fact_past_its_day_is_warned_of_and_one_that_begins_is_told_otherwise(tmp_path: Path) -> None:
    base = write_base(tmp_path)
    old = "cong: {origin: cong-dvcqg, confidence: cao, checked_on: 2026-07-20}"
    change(base, "procedures/cu-tru.yaml", old, old.replace("}", ", effective_until: 2026-12-31}"))
    old = "confidence: cao, checked_on: 2026-08-01}"
    change(base, "procedures/cu-tru.yaml", old, old.replace("}", ", effective_from: 2027-01-01}"))
    kinds = {shift.facet: shift.kind for shift in shifts(load(base, None), FEES_END, AFTER) if shift.entry == "tam-tru"}
    assert kinds[Facet.DOCUMENTS] is Kind.WARNED
    assert kinds[Facet.PLACE] is Kind.WARNED
    assert kinds[Facet.FEE] is Kind.CHANGED
    assert Facet.DEADLINE not in kinds


@pytest.mark.parametrize(("before", "after"), list(itertools.combinations(DAYS, 2)))
def test_every_answer_of_the_shipped_base_can_be_read_on_every_day(
    shipped: Knowledge, before: datetime.date, after: datetime.date
) -> None:
    """Of all shifts each is told with the lines that differ; fee cuts end on 2026-12-31."""
    found = list(shifts(shipped, before, after))
    assert all(shift.gone or shift.new for shift in found)
    fees = {shift.entry for shift in found if shift.facet is Facet.FEE and shift.kind is Kind.WITHHELD}
    assert ("doi-can-cuoc" in fees) is (before <= FEES_END < after)
