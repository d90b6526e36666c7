"""How long `motcua kb check` takes on a base of 1,000 procedures: the shipped one, and once more under other words.

    python -m tests.benchmarks.check

The second half has the shipped texts, but other ids and codes, and phrases, names and test questions whose words are
read backwards: as long and as often shared as the real ones, and like none of them. Prints seconds (and seconds of work
of the processor, which other programs slow down less) of whole checks in this process and of the whole command with
its start: with nothing kept, with nothing changed since the last check, and with one file changed; and of each part.
"""

import datetime
import os
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.cache import Shelf
from bot.knowledge import examine
from bot.knowledge.base import _read
from bot.knowledge.check import crossing_faults
from bot.knowledge.length import length
from bot.knowledge.likeness import alike
from bot.knowledge.plainness import endless_sentences, plainness
from bot.knowledge.trust import trust
from tests.running import KNOWLEDGE, cold, motcua

RUNS = 7
TODAY = datetime.date(2026, 11, 23)
CODE = re.compile(r'"[0-9]\.\d{6}"')
PHRASES = 13  # as many as every entry must have at least, and one
NAMED = re.compile(r"\b(id|procedure|expect): ([a-z0-9-]+)")
ASKED = re.compile(r"^( {4}name:|\s*- \{question:|\s*(?:- )?question:) (.*?)(?=, expect:|$)")


def main() -> None:
    """Measure and print."""
    for phrases in (PHRASES, 1000):
        _measure(phrases)


def _measure(phrases: int) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = doubled(Path(made) / "knowledge", phrases)
        report = examine(folder, None, TODAY)
        entries = len(list(_read(folder, None)[1].entries()))
        size = sum(path.stat().st_size for path in folder.rglob("*.yaml")) / 1e6
        print(f"{entries} procedures, each with at most {phrases} phrases, {size:.1f} MB:")
        print(f"{len(report.errors)} errors, {len(report.warnings)} warnings")
        shelf = Shelf(Path(made) / "kept")
        _tell("check, all read as YAML", lambda: examine(folder, None, TODAY))
        _tell(
            "check, all read and kept", lambda: examine(folder, None, TODAY, shelf), lambda: shutil.rmtree(shelf.folder)
        )
        _tell("check, nothing changed", lambda: examine(folder, None, TODAY, shelf))
        _tell("check, one file changed", lambda: examine(folder, None, TODAY, shelf), lambda: _edit(folder))
        for name, taken in parts(folder, shelf):
            print(f"  {name:10} {taken:.3f} s")

        def command() -> None:
            motcua(Path(made), "kb", "check", "--no-warnings", MOTCUA_KNOWLEDGE=str(folder), MOTCUA_LOCAL="null")

        _tell("command, nothing kept", command, lambda: cold(Path(made)))
        _tell("command, nothing changed", command)
        _tell("command, one file changed", command, lambda: _edit(folder))


def _tell(name: str, work: Callable[[], object], before: Callable[[], object] = lambda: None) -> None:
    """Median and best of several runs, on the clock and of the processor, those of child processes included."""
    clock: list[float] = []
    worked: list[float] = []
    for run in range(RUNS + 1):
        if run:
            before()
        started, busy = time.perf_counter(), _processor()
        work()
        clock.append(time.perf_counter() - started)
        worked.append(_processor() - busy)
    clock, worked = clock[1:], worked[1:]  # the first may have to read the program itself
    print(
        f"{name:26} median {statistics.median(clock):.2f} s, best {min(clock):.2f} s; "
        f"processor median {statistics.median(worked):.2f} s, best {min(worked):.2f} s"
    )


def _processor() -> float:
    return sum(os.times()[:4])


def _edit(folder: Path) -> None:
    """Somebody saves a file."""
    with (folder / "procedures" / "ho-tich.yaml").open("a", encoding="utf-8") as file:
        file.write("# sửa\n")


def doubled(folder: Path, phrases: int) -> Path:
    """The shipped base in `folder` with the first phrases of each entry, and beside each of its files of entries and
    questions a second one.
    """
    shutil.copytree(KNOWLEDGE, folder)
    for path in sorted((folder / "procedures").glob("*.yaml")):
        path.write_text("\n".join(fewer(path.read_text("utf-8").splitlines(), phrases)) + "\n", "utf-8")
    ids = {m[2] for path in (folder / "procedures").glob("*.yaml") for m in NAMED.finditer(path.read_text("utf-8"))}
    codes: dict[str, str] = {}
    for kind in ("procedures", "questions"):
        for path in sorted((folder / kind).glob("*.yaml")):
            lines = path.read_text("utf-8").splitlines()
            path.with_stem(f"{path.stem}-zz").write_text("\n".join(backwards(lines, ids, codes)) + "\n", "utf-8")
    return folder


def fewer(lines: list[str], most: int) -> Iterator[str]:
    """The lines of a file of entries without the phrases beyond so many an entry."""
    seen = 0
    asked = False
    for line in lines:
        asked = line == "    phrases:" or (asked and line.startswith("      - "))
        seen = seen + 1 if asked else 0  # the key itself counts too
        if seen <= most + 1:
            yield line


def backwards(lines: list[str], ids: set[str], codes: dict[str, str]) -> Iterator[str]:
    """The lines with other ids and codes, and every wording that is asked for read backwards."""
    asked = False
    for line in lines:
        asked = line.strip() == "phrases:" or (asked and line.lstrip().startswith("- "))
        changed = NAMED.sub(lambda m: f"{m[1]}: {m[2][:37]}-zz" if m[2] in ids else m[0], line)
        changed = CODE.sub(lambda m: codes.setdefault(m[0], f'"9.{len(codes):06}"'), changed)
        if asked and line.strip() != "phrases:":
            yield _backwards(changed)
        else:
            yield ASKED.sub(lambda m: f"{m[1]} {_backwards(m[2])}", changed)


def _backwards(text: str) -> str:
    return re.sub(r"\w+", lambda m: m[0][::-1], text)


def parts(folder: Path, shelf: Shelf) -> Iterator[tuple[str, float]]:
    """Seconds of each part of one check."""
    yield "as YAML", seconds(lambda: _read(folder, None))
    started = time.perf_counter()
    _, draft = _read(folder, None, shelf)
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
