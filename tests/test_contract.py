"""The JSON object: its keys, its own schema, its order, and the same bytes for the same question."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.answers import Answered, Choice, Option, Reason, Unknown
from bot.contract import MOST, AnswerObject, answer_object
from bot.desk import Brain, Desk, Handled, Question
from bot.knowledge import Knowledge
from bot.phrases import VIETNAMESE
from bot.replies import Show, Speaker, Voice, compose
from tests.values import NOW, TODAY, base, candidate, entry, registry

KNOWLEDGE = registry()
QUESTIONS = [
    "đăng ký khai sinh lệ phí, bao lâu",
    "1.004884",
    "giấy khai sinh",
    "giấy lạ nước lạ",
    "lệ phí",
    "cháy nhà",
    "What is the weather in Paris today",
    "???",
    "",
]
SCHEMA: dict[str, Any] = AnswerObject.model_json_schema()
TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "number": (int, float),
    "array": list,
    "object": dict,
    "null": type(None),
}


def asked(text: str, knowledge: Knowledge = KNOWLEDGE) -> Handled:
    return Desk(knowledge, Voice("xã"), lambda: NOW).ask(Question(text, "terminal"))


def written(text: str, knowledge: Knowledge = KNOWLEDGE) -> dict[str, Any]:
    value = json.loads(answer_object(asked(text, knowledge), knowledge).model_dump_json())
    assert isinstance(value, dict)
    return value


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Whether a value has the form that a schema asks for: the parts of JSON Schema that ours uses."""
    if "$ref" in schema:
        return fits(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")])
    if "anyOf" in schema:
        return any(fits(value, one) for one in schema["anyOf"])
    if "enum" in schema and value not in schema["enum"]:
        return False
    if not isinstance(value, TYPES[schema["type"]]):
        return False
    if isinstance(value, dict):
        keys = schema["properties"]
        return set(value) == set(keys) == set(schema["required"]) and all(fits(value[k], keys[k]) for k in keys)
    if isinstance(value, list):
        in_range = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", 99)
        return in_range and all(fits(item, schema["items"]) for item in value)
    return not isinstance(value, int | float) or schema["minimum"] <= value <= schema.get("maximum", value)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_object_fits_its_own_schema(question: str) -> None:
    value = written(question)
    assert fits(value, SCHEMA)
    assert not fits({**value, "reason": "why not"}, SCHEMA)
    assert AnswerObject.model_validate(value).model_dump(mode="json") == value


def test_the_keys_are_those_that_were_promised() -> None:
    assert list(written("1.001193")) == [
        "question",
        "outcome",
        "reason",
        "language",
        "answers",
        "procedures",
        "facets",
        "text",
        "ms",
    ]
    assert set(SCHEMA["$defs"]["Outcome"]["enum"]) == {"answer", "choose", "unknown", "route", "foreign"}


def test_an_answer_in_full() -> None:
    value = written("mã 1.004884 lệ phí")
    found = {
        "id": "khai-sinh-lai",
        "kind": "procedure",
        "code": "2.000528",
        "codes": ["2.000528", "1.004884"],
        "name": "Đăng ký lại khai sinh",
        "score": 1.0,
    }
    assert value == {
        "question": "mã 1.004884 lệ phí",
        "outcome": "answer",
        "reason": "code",
        "language": "vi",
        "answers": [{"outcome": "answer", "procedures": [found], "facets": ["fee"]}],
        "procedures": [found],
        "facets": ["fee"],
        "text": asked("1.004884 lệ phí").reply.text,
        "ms": value["ms"],
    }


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_question_gives_the_same_bytes_but_for_the_time(question: str) -> None:
    first, again = (
        answer_object(asked(question), KNOWLEDGE).model_copy(update={"ms": 0.0}).model_dump_json() for _ in range(2)
    )
    assert first == again


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_top_is_the_first_answer(question: str) -> None:
    value = written(question)
    (part,) = value["answers"]
    assert part == {key: value[key] for key in ("outcome", "procedures", "facets")}


def test_the_question_stands_as_it_was_asked() -> None:
    assert written("  lệ phí \u200b?")["question"] == "  lệ phí \u200b?"


def shown(handled: Handled) -> list[str]:
    """What the buttons of a reply lead to, in order."""
    actions = (button.action for button in handled.reply.flat_buttons())
    return [action.procedure for action in actions if isinstance(action, Show)]


def with_answer(answer: Choice | Unknown) -> Handled:
    """What is handed over when the desk comes to this answer."""
    handled = asked("giấy khai sinh")
    speaker = Speaker(VIETNAMESE, KNOWLEDGE, TODAY)
    return replace(handled, answer=answer, reply=compose(answer, speaker, Voice("xã"), "abc"))


def listed(handled: Handled) -> list[tuple[str, float]]:
    return [(p.id, p.score) for p in answer_object(handled, KNOWLEDGE).procedures]


RANKED = (candidate("khai-sinh", 0.6), candidate("can-cuoc", 0.55), candidate("ho-chieu", 0.5))


def test_a_choice_lists_exactly_what_is_shown_in_that_order() -> None:
    options = (Option("ho-chieu", "Đi xa"), Option("khai-sinh", "Ở nhà"), Option("khai-sinh-lai", "Mất"))
    handled = with_answer(Choice(Reason.DECIDING_QUESTION, (), RANKED, options, "Đi đâu?"))
    assert shown(handled) == ["ho-chieu", "khai-sinh", "khai-sinh-lai"]
    assert listed(handled) == [("ho-chieu", 0.5), ("khai-sinh", 0.6), ("khai-sinh-lai", 0.0)]


def test_a_procedure_under_two_cases_is_listed_once() -> None:
    options = (Option("ho-chieu", "Mới"), Option("khai-sinh", "Khác"), Option("ho-chieu", "Hết hạn"))
    handled = with_answer(Choice(Reason.DECIDING_QUESTION, (), RANKED, options, "Đã có chưa?"))
    assert listed(handled) == [("ho-chieu", 0.5), ("khai-sinh", 0.6)]


def test_not_known_lists_the_nearest_that_are_shown() -> None:
    handled = with_answer(Unknown(Reason.NO_MATCH, (), RANKED, ("khai-sinh", "can-cuoc")))
    assert shown(handled) == ["khai-sinh", "can-cuoc"]
    assert listed(handled) == [("khai-sinh", 0.6), ("can-cuoc", 0.55)]


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("cháy nhà", "route"),
        ("What is the weather in Paris today", "foreign"),
        ("???", "unknown"),
        ("lệ phí", "unknown"),
    ],
)
def test_nothing_is_listed_where_nothing_is_shown(question: str, outcome: str) -> None:
    value = written(question)
    assert (value["outcome"], value["procedures"]) == (outcome, [])


def test_a_foreign_question_names_its_language() -> None:
    assert written("What is the weather in Paris today")["language"] == "en"
    assert written("cháy nhà")["language"] == "vi"


def test_an_answer_comes_first_and_at_most_five_are_listed() -> None:
    many = [entry(f"so-{n}", code=f"1.00000{n}") for n in range(7)]
    ranked = tuple(candidate(f"so-{n}", 0.5) for n in range(7))
    handled = replace(asked("???"), answer=Answered(Reason.DIRECT, (), ranked, "so-2"))
    found = answer_object(handled, base(*many)).procedures
    assert [p.id for p in found] == ["so-2", "so-0", "so-1", "so-3", "so-4"]
    assert len(found) == MOST


def test_with_the_shipped_base_what_is_listed_is_what_is_shown(shipped: Knowledge, shipped_brain: Brain) -> None:
    desk = Desk(shipped_brain, Voice("xã"), lambda: NOW)
    for question in ("đăng ký khai sinh", "giấy khai sinh", "căn cước", "đất", "xe", "con nuôi", "mưa to quá"):
        handled = desk.ask(Question(question, "terminal"))
        value = json.loads(answer_object(handled, shipped).model_dump_json())
        assert fits(value, SCHEMA)
        if value["outcome"] in ("choose", "unknown"):
            assert [p["id"] for p in value["procedures"]] == list(dict.fromkeys(shown(handled))), question
