"""How long `motcua kb check` takes on a base of 1,000 procedures: the shipped one, and once more under other words.

    python -m tests.benchmarks.check

The second half has the shipped texts, but other ids and codes, and phrases, names and test questions whose words are
read backwards: as long and as often shared as the real ones, and like none of them. Prints seconds of whole checks in
this process (median and best), of each of their parts, and of the whole command with its start.
"""

import datetime
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.knowledge import examine
from bot.knowledge.base import _read
from bot.knowledge.check import crossing_faults
from bot.knowledge.length import length
from bot.knowledge.likeness import alike
from bot.knowledge.plainness import endless_sentences, plainness
from bot.knowledge.trust import trust
from tests.running import KNOWLEDGE, motcua

RUNS = 7
TODAY = datetime.date(2026, 11, 23)
CODE = re.compile(r'"([0-9])(\.\d{6})"')
OTHER_DIGITS = str.maketrans("1236", "4578")  # what codes begin with
NAMED = re.compile(r"\b(id|procedure|expect): ([a-z0-9-]+)")
ASKED = re.compile(r"^( {4}name:|\s*- \{question:|\s*(?:- )?question:) (.*?)(?=, expect:|$)")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as made:
        folder = doubled(Path(made) / "knowledge")
        report = examine(folder, None, TODAY)
        entries = len(report.knowledge.procedures) if report.knowledge else 0
        size = sum(path.stat().st_size for path in folder.rglob("*.yaml")) / 1e6
        print(f"{entries} procedures, {size:.1f} MB: {len(report.errors)} errors, {len(report.warnings)} warnings")
        times = [seconds(lambda: examine(folder, None, TODAY)) for _ in range(RUNS)]
        print(f"examine: median {statistics.median(times):.2f} s, best {min(times):.2f} s")
        for name, taken in parts(folder):
            print(f"  {name:10} {taken:.3f} s")
        settings = {"MOTCUA_KNOWLEDGE": str(folder)}
        taken = seconds(lambda: motcua(Path(made), "kb", "check", "--no-warnings", **settings))
        print(f"the whole command: {taken:.2f} s")


def doubled(folder: Path) -> Path:
    """The shipped base in `folder`, and beside each of its files of entries and questions a second one."""
    shutil.copytree(KNOWLEDGE, folder)
    for kind in ("procedures", "questions"):
        for path in sorted((folder / kind).glob("*.yaml")):
            lines = path.read_text("utf-8").splitlines()
            path.with_stem(f"{path.stem}-zz").write_text("\n".join(backwards(lines)) + "\n", "utf-8")
    return folder


def backwards(lines: list[str]) -> Iterator[str]:
    """The lines with other ids and codes, and every wording that is asked for read backwards."""
    asked = False
    for line in lines:
        asked = line.strip() == "phrases:" or (asked and line.lstrip().startswith("- "))
        changed = NAMED.sub(lambda m: m[0] if m[2] == "none" else f"{m[1]}: {m[2][:37]}-zz", line)
        changed = CODE.sub(lambda m: f'"{m[1].translate(OTHER_DIGITS)}{m[2]}"', changed)
        if asked and line.strip() != "phrases:":
            yield _backwards(changed)
        else:
            yield ASKED.sub(lambda m: f"{m[1]} {_backwards(m[2])}", changed)


def _backwards(text: str) -> str:
    return re.sub(r"\w+", lambda m: m[0][::-1], text)


def parts(folder: Path) -> Iterator[tuple[str, float]]:
    """Seconds of each part of one check."""
    started = time.perf_counter()
    _, draft = _read(folder, None)
    yield "reading", time.perf_counter() - started
    yield "wordings", seconds(lambda: draft.wordings)
    yield "texts", seconds(lambda: draft.texts)
    yield "crossing", seconds(lambda: list(crossing_faults(draft)))
    yield "endless", seconds(lambda: list(endless_sentences(draft)))
    yield "trust", seconds(lambda: list(trust(draft, TODAY)))
    yield "likeness", seconds(lambda: list(alike(draft)))
    yield "plainness", seconds(lambda: list(plainness(draft)))
    yield "length", seconds(lambda: list(length(draft)))


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
