"""How long an edit's rehearsal takes, and whether it names every answer that the edit changes.

    python -m tests.benchmarks.rehearsal
    python -m tests.benchmarks.rehearsal --quick      (seconds only)

The log is made of the base's own test questions, as they stand and with a few words of politeness, up to 10,000. First
the seconds of a whole rehearsal (check, both brains, test questions, log) with two processes, at the first edit with
nothing kept of the base and then for each edit; then, for each edit, all test questions asked of both bases, and which
of the changed answers the rehearsal would have asked for.
"""

import argparse
import multiprocessing
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from bot.editing.folder import as_changed
from bot.knowledge import load
from bot.review.asking import Bases, Pair, given
from bot.review.edits import AddPhrase, Edit, EditEntry, EditFile, NewEntry
from bot.review.places import place_of
from bot.review.rehearsal import LOGGED, rehearse
from bot.review.stage import Stage
from bot.trial import Given
from tests.running import KNOWLEDGE

POLITE = ("", " ạ", " cảm ơn ạ", " vậy ad")
PHRASES = (
    ("tam-tru", "mới chuyển tới ở trọ có phải lên phường báo không"),
    ("ket-hon", "bọn em định lấy nhau thì lên đâu ký"),
    ("khai-sinh", "vợ mới sinh em bé làm giấy cho cháu"),
    ("sang-ten-dat", "ông bà cho mảnh vườn muốn đứng tên mình"),
    ("cap-lai-can-cuoc", "rơi mất thẻ công dân gắn chip"),
    ("lap-ho-kinh-doanh", "mở quán trà đá vỉa hè xin phép ai"),
    ("ho-chieu", "đi du lịch thái lan cần sổ thông hành"),
    ("chung-thuc-chu-ky", "xin dấu đỏ vào giấy bán xe viết tay"),
)
NEW = """\
- id: wifi-cong-vien
  name: Dùng wifi miễn phí ở công viên
  summary: Cách vào mạng wifi miễn phí ở công viên và nhà văn hóa.
  sources:
    nguon: {origin: cong-dvcqg, confidence: vừa, checked_on: 2026-07-18}
  sections:
    - title: Cách vào mạng
      source: nguon
      lines: [Mở cài đặt wifi và chọn mạng của phường.]
  phrases:
    - wifi miễn phí ở công viên
    - vào mạng ở nhà văn hóa
    - mật khẩu wifi của phường
    - điện thoại không vào được mạng công viên
    - dùng internet công cộng
"""


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--quick", action="store_true")
    quick = arguments.parse_args().quick
    with tempfile.TemporaryDirectory() as made:
        folder, shelf = Path(made) / "knowledge", Path(made) / "shelf"
        shutil.copytree(KNOWLEDGE, folder)
        edits = list(some_edits(folder))
        _seconds(Stage(folder, None, shelf), edits)
        if not quick:
            _recall(folder, shelf, edits)


def some_edits(folder: Path) -> Iterator[tuple[str, Edit]]:
    """Edits of every kind, as staff make them."""
    for entry, phrase in PHRASES:
        yield f"phrase of {entry}", AddPhrase(entry, phrase, phrase)
    yield "new guide", NewEntry(NEW, "guides/doi-song-so.yaml", question="vào mạng ở công viên kiểu gì")
    yield "three phrases gone", EditEntry("tam-tru", _without_phrases(place_of(folder, "tam-tru").text, 3))
    ket_hon = place_of(folder, "ket-hon").text
    yield "another name", EditEntry("ket-hon", ket_hon.replace("\n  name: ", "\n  name: Thủ tục ", 1))
    yield "a fact only", EditEntry("ket-hon", ket_hon.replace("\n  summary: ", "\n  summary: Lưu ý. ", 1))
    for name, old, new in (
        ("lexicon.yaml", "  ks: khai sinh\n", "  ks: khai sinh\n  tcdt: trợ cấp\n"),
        ("lexicon.yaml", "synonyms:\n", "synonyms:\n  giấy phép xây dựng: [phép làm nhà]\n"),
        ("lexicon.yaml", "weak:\n", "weak:\n  - giấy\n"),
        ("lexicon.yaml", "padding:\n", "padding:\n  - hỏi ngu tí\n"),
        ("routes.yaml", "      - gọi cấp cứu\n", "      - gọi cấp cứu\n      - rắn vào nhà\n"),
        ("procedures/cu-tru.yaml", "Tạm trú của bạn thế nào?", "Bạn đang tạm trú thế nào?"),
    ):
        text = (folder / name).read_text("utf-8")
        yield f"{name}: {new.strip().splitlines()[-1].strip()}", EditFile(name, text.replace(old, new, 1))


def _without_phrases(text: str, count: int) -> str:
    lines = text.splitlines()
    at = lines.index("  phrases:") + 4
    return "\n".join([*lines[:at], *lines[at + count :]])


def _seconds(stage: Stage, edits: list[tuple[str, Edit]]) -> None:
    logged = tuple(dict.fromkeys(text + tail for tail in POLITE for text in questions(stage.folder)))[:LOGGED]
    taken: list[float] = []
    for number, (name, edit) in enumerate(edits):
        started, busy = time.perf_counter(), _processor()
        found = rehearse(edit, stage, logged, logged[:5])
        taken.append(time.perf_counter() - started)
        kept = "" if number else " (nothing kept of the base)"
        print(
            f"{taken[-1]:5.1f} s, {_processor() - busy:5.1f} of two processors; {found.tested} tests and {found.asked} "
            f"logged, changed {len(found.tests)} and "
            f"{len(found.logged)}  {name}{kept}",
            flush=True,
        )
    print(f"median {statistics.median(taken):.1f} s, worst {max(taken):.1f} s")


def _processor() -> float:
    return sum(os.times()[:4])


def questions(folder: Path) -> list[str]:
    """The base's own test questions, each once."""
    return list(dict.fromkeys(test.question for test in load(folder, None).questions))


def _recall(folder: Path, shelf: Path, edits: list[tuple[str, Edit]]) -> None:
    changed = found = touched = asked = 0
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        jobs = [(name, pool.submit(compared, folder, shelf, edit)) for name, edit in edits]
        for name, job in jobs:
            every, differs, would, missed = job.result()
            changed, found = changed + differs, found + differs - len(missed)
            touched, asked = touched + would, asked + every
            print(f"{differs:5} changed, {len(missed)} missed, {would} of {every} asked  {name}", flush=True)
            for text, was, now in missed:
                print(f"      {text}: {was.outcome} {was.shown} → {now.outcome} {now.shown}")
    print(f"recall {found}/{changed}; asked {touched / asked:.1%}")


def compared(folder: Path, shelf: Path, edit: Edit) -> tuple[int, int, int, list[tuple[str, Given, Given]]]:
    """Of all test questions how many there are, change, and would be asked; those that change and would not."""
    texts, stage = questions(folder), Stage(folder, None, shelf)
    before = answers(folder, shelf)
    with as_changed(folder, edit.changes(stage)) as copy:
        pair = Pair(Bases(stage, copy))
        after = {text: given(pair.after.brain, text) for text in texts}
        touched = {text for text in texts if pair.touches(text)}
    differ = [text for text in texts if before[text] != after[text]]
    return len(texts), len(differ), len(touched), [(t, before[t], after[t]) for t in differ if t not in touched]


@cache
def answers(folder: Path, shelf: Path) -> dict[str, Given]:
    """What the base answers as it is."""
    mind = Stage(folder, None, shelf).brain()
    return {text: given(mind, text) for text in questions(folder)}


if __name__ == "__main__":
    main()
