"""The sentences: both languages whole, with the same words in braces, and free of what the bot never says."""

import dataclasses
import string

import pytest

from bot.desk import Brain, Desk, Question
from bot.phrases import ENGLISH, VIETNAMESE, Sentences
from bot.procedures import Channel, Facet, OnlineLevel, Permission
from bot.replies import Voice
from tests.values import NOW

LANGUAGES = [pytest.param(VIETNAMESE, id="vi"), pytest.param(ENGLISH, id="en")]
FIELDS = [f.name for f in dataclasses.fields(Sentences)]
PLAIN = [name for name in FIELDS if isinstance(getattr(VIETNAMESE, name), str)]


def braces(sentence: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("name", PLAIN)
def test_both_languages_put_in_the_same_words(name: str) -> None:
    assert braces(getattr(VIETNAMESE, name)) == braces(getattr(ENGLISH, name))


@pytest.mark.parametrize("say", LANGUAGES)
def test_every_value_has_its_name(say: Sentences) -> None:
    assert set(say.facets) == set(Facet)
    assert set(say.channels) == set(Channel)
    assert set(say.online_levels) == set(OnlineLevel)
    assert set(say.permissions) == set(Permission)
    assert len(say.menu) == len(VIETNAMESE.menu)


@pytest.mark.parametrize("say", LANGUAGES)
@pytest.mark.parametrize("name", FIELDS)
def test_no_sentence_is_empty_or_shouts(say: Sentences, name: str) -> None:
    value = getattr(say, name)
    for sentence in [value] if isinstance(value, str) else value.values():
        assert sentence.strip()
        assert "!" not in sentence


@pytest.mark.parametrize("say", LANGUAGES)
def test_two_facets_never_share_a_label(say: Sentences) -> None:
    assert len(set(say.facets.values())) == len(Facet)


def examples(say: Sentences) -> list[str]:
    """What stands between double quotes, without what is put in."""
    parts = [getattr(say, name).split('"')[1::2] for name in PLAIN]
    return [part for found in parts for part in found if not braces(part)]


@pytest.mark.parametrize("example", examples(VIETNAMESE) + examples(ENGLISH))
def test_the_bot_answers_its_own_examples(shipped_brain: Brain, example: str) -> None:
    handled = Desk(shipped_brain, Voice("xã"), lambda: NOW).ask(Question(example, "terminal"))
    assert handled.entry.outcome in ("answer", "choose")
