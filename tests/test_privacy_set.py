"""Masking measured on labelled sentences: what is between « and » is personal, nothing else is."""

import csv
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy import finds, mask
from tests.running import motcua

SENTENCES = Path(__file__).with_name("masking.txt").read_text("utf-8").splitlines()
RECALL = PRECISION = 0.98
PEOPLES_OWN = frozenset(
    {"labelled_dev.tsv", "situations_dev.tsv", "portal_faq_2021_unlabelled.txt", "off_topic_dev.txt"}
)


def labelled(line: str) -> tuple[str, list[tuple[int, int]]]:
    """The sentence, and where something personal stands in it."""
    text, spans = "", list[tuple[int, int]]()
    for part in re.split("(«[^»]*»)", line):
        if part.startswith("«"):
            spans.append((len(text), len(text) + len(part) - 2))
        text += part.strip("«»")
    return text, spans


def test_what_is_personal_is_masked_and_nothing_else() -> None:
    whole, missed, beside = 0, list[str](), list[str]()
    for line in SENTENCES:
        text, spans = labelled(line)
        found = [(one.start, one.end) for one in finds(text)]
        whole += len(spans)
        missed += [text[a:b] for a, b in spans if not any(start <= a and b <= end for start, end in found)]
        beside += [text[a:b] for a, b in found if not any(start <= a + 1 and b <= end + 1 for start, end in spans)]
    assert whole > 130
    assert 1 - len(missed) / whole >= RECALL, missed
    assert whole / (whole + len(beside)) >= PRECISION, beside


@pytest.mark.skipif(not os.environ.get("MOTCUA_REFERENCE"), reason="MOTCUA_REFERENCE names no reference data")
def test_what_others_wrote_without_anything_personal_stays() -> None:
    folder = Path(os.environ["MOTCUA_REFERENCE"]) / "questions"
    texts = [line for name in PEOPLES_OWN for line in (folder / name).read_text("utf-8").splitlines() if line.strip()]
    with (folder / "teencode_pairs_dev.csv").open(encoding="utf-8", newline="") as file:
        texts += [cell for row in csv.reader(file) for cell in row]
    changed = [text for text in texts if mask(text) != text]
    assert len(texts) > 2000
    assert len(changed) <= len(texts) * (1 - PRECISION), changed


@pytest.mark.parametrize(
    "hostile", ["0", "1 ", "0912345678 ", "tên ", "a@", "tôi tên là ", "Nguyễn ", "0-", "12A-", "«", "\0"]
)
def test_a_hostile_text_changes_little_and_comes_to_an_end(hostile: str) -> None:
    text = (hostile * 4096)[:4096]
    assert mask(mask(text)) == mask(text)


PIECES = [*"0123456789 .-AHtêla", "tên ", "là ", "Lan", "nguyen ", "34A", "stk ", "mst "]


@given(st.lists(st.sampled_from(PIECES)))
def test_nothing_is_left_of_what_was_found(pieces: list[str]) -> None:
    masked = mask("".join(pieces))
    assert mask(masked) == masked


def test_one_tries_it_from_the_terminal(tmp_path: Path) -> None:
    told = motcua(tmp_path, "privacy", "try", "em tên Lan, xe 34A-123.45")
    assert told.stdout == "em tên [họ tên], xe [biển số xe]\n  họ tên: Lan\n  biển số xe: 34A-123.45\n"
    assert motcua(tmp_path, "privacy", "try", "tạm trú").stdout == "tạm trú\n  Không có gì phải che.\n"
    assert not (tmp_path / "test.db").exists()
