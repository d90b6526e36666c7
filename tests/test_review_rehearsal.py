"""A rehearsal: faults with their place, test questions that get worse, answers of the log that change."""

from pathlib import Path

import pytest

from bot.answers import Outcome
from bot.errors import KnowledgeError
from bot.review.edits import AddPhrase, EditEntry, EditFile
from bot.review.places import place_of
from bot.review.rehearsal import rehearse
from bot.review.stage import Stage
from bot.trial import Verdict
from tests.small import change, write_base

PHRASE = "cho người lạ ngủ nhờ phải báo ai"
LOG = ("đăng ký khai sinh ở đâu", PHRASE, "ngủ nhờ báo ai bây giờ", "hôm nay trời có mưa không", "lệ phí tạm trú")


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(write_base(tmp_path / "kb"), None, tmp_path / "shelf")


def contents(stage: Stage) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in stage.folder.rglob("*") if path.is_file()}


def test_what_a_phrase_changes(stage: Stage) -> None:
    before = contents(stage)
    heard: list[tuple[int, int]] = []
    found = rehearse(
        AddPhrase("tam-tru", PHRASE, PHRASE), stage, LOG, (PHRASE,), lambda done, total: heard.append((done, total))
    )
    assert contents(stage) == before
    assert [(one.question, one.before.outcome, one.after.outcome) for one in found.logged] == [
        (PHRASE, Outcome.UNKNOWN, Outcome.ANSWER),
        ("ngủ nhờ báo ai bây giờ", Outcome.UNKNOWN, Outcome.CHOOSE),
    ]
    assert [one.answered_by("tam-tru") for one in found.wordings] == [True]
    assert (found.worse, found.unproven, found.tested, found.asked) == ((), (), 3, 5)
    assert heard[0] == (0, 9)
    assert heard[-1] == (9, 9)
    assert "+      - cho người lạ ngủ nhờ phải báo ai\n" in found.diff


def test_test_questions_that_get_worse(stage: Stage) -> None:
    asked = "  - {question: chủ nhà khai báo kiểu gì cho người thuê, expect: tam-tru}\n"
    change(stage.folder, "questions/ho-tich.yaml", "questions:\n", f"questions:\n{asked}")
    text = place_of(stage.folder, "tam-tru").text
    found = rehearse(EditEntry("tam-tru", text.replace("amount: 7000", "amount: 8000")), stage, LOG)
    assert (found.tests, found.logged) == ((), ())
    gone = text.replace("  - khai báo tạm trú cho người thuê nhà\n", "")
    (worse,) = rehearse(EditEntry("tam-tru", gone), stage, LOG).worse
    assert (worse.after.question.question, worse.before.verdict) == (asked[15:54], Verdict.RIGHT)
    assert worse.after.verdict is Verdict.MISSED


def test_a_fault_has_its_place_its_key_and_what_is_wanted(stage: Stage) -> None:
    before = contents(stage)
    text = place_of(stage.folder, "tam-tru").text.replace("amount: 7000", "amount: bảy nghìn")
    with pytest.raises(KnowledgeError) as refused:
        rehearse(EditEntry("tam-tru", text), stage, LOG)
    (fault,) = refused.value.faults
    assert (fault.file, fault.key) == ("procedures/cu-tru.yaml", "procedures.0.fee.items.1.amount")
    assert (
        fault.line
        == text.splitlines().index("      - {name: Lệ phí, amount: bảy nghìn, per: lần, channels: [trực tuyến]}") + 3
    )
    assert "Chưa ghi gì" in str(refused.value)
    assert contents(stage) == before


def test_a_phrase_of_another_entry_is_refused(stage: Stage) -> None:
    with pytest.raises(KnowledgeError, match="cách hỏi này đã đứng ở mục tam-tru"):
        rehearse(AddPhrase("tam-tru", "làm giấy khai sinh cho con"), stage)


def test_words_of_the_lexicon_change_answers_too(stage: Stage) -> None:
    text = (
        (stage.folder / "lexicon.yaml")
        .read_text("utf-8")
        .replace("  ks: khai", "  gkst: đăng ký khai sinh\n  ks: khai")
    )
    found = rehearse(EditFile("lexicon.yaml", text), stage, [*LOG, "gkst ở đâu"])
    assert [(one.question, one.after.shown) for one in found.logged] == [("gkst ở đâu", ("khai-sinh",))]


def test_signs_of_routes_change_answers_too(stage: Stage) -> None:
    text = (stage.folder / "routes.yaml").read_text("utf-8")
    text = text.replace("    phrases: [xin chào, chào bạn]", "    phrases: [xin chào, chào bạn, alo alo]")
    found = rehearse(EditFile("routes.yaml", text), stage, [*LOG, "alo alo"])
    assert [(one.question, one.after.outcome) for one in found.logged] == [("alo alo", Outcome.ROUTE)]


def test_a_code_that_moves_is_seen(stage: Stage) -> None:
    text = place_of(stage.folder, "tam-tru").text.replace("1.004194", "1.004195")
    found = rehearse(EditEntry("tam-tru", text), stage, [*LOG, "1.004194 là gì"])
    assert [one.question for one in found.logged] == ["1.004194 là gì"]


def test_many_questions_are_asked_by_two_processes(stage: Stage) -> None:
    log = [f"{LOG[number % len(LOG)]} {number}" for number in range(700)]
    few = rehearse(AddPhrase("tam-tru", PHRASE), stage, log[:300])
    many = rehearse(AddPhrase("tam-tru", PHRASE), stage, log)
    assert [one for one in many.logged if one.question in log[:300]] == list(few.logged)
    assert len(many.logged) > len(few.logged) > 0


def test_many_questions_and_a_fault(stage: Stage) -> None:
    with pytest.raises(KnowledgeError, match="đã đứng ở mục tam-tru"):
        rehearse(AddPhrase("tam-tru", "đăng ký khai sinh"), stage, [f"câu {number}" for number in range(700)])


def test_what_stands_there_already_needs_no_rehearsal(stage: Stage) -> None:
    change(
        stage.folder,
        "procedures/cu-tru.yaml",
        "      - đăng ký tạm trú\n",
        f"      - đăng ký tạm trú\n      - {PHRASE}\n",
    )
    found = rehearse(AddPhrase("tam-tru", PHRASE), stage, LOG)
    assert (dict(found.changes), found.diff) == ({}, "")
