"""This matcher beside its peers: the same questions, the same phrases, one core, each system in a process of its own.

    python -m tests.benchmarks.matching
    MOTCUA_REFERENCE=../shared/data python -m tests.benchmarks.matching --questions FILE.yaml FILE.tsv

The peers stand in `tests/peers.py`; they want `.[bench]`. Ten minutes, nearly all of them rapidfuzz's.

Prints, in Markdown: which share of the questions finds its entry first and in the first three, milliseconds of a
question (median; what 95 of 100 do not exceed), the time in times of this matcher's, seconds to build the index, MB it
takes, and milliseconds of the worst of three hostile messages of 4,096 characters. The shares once more for procedures
that this matcher learned from and for those set aside (`bot.trial.parts`). Measured on the shipped base and,
where the reference is, on all official names alone, and on both together as deployed. Entries of the same title count
as one; nothing is refused here, so a first place is no answer yet (`motcua evaluate` measures those).
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import track

from bot.catalogue import EMPTY, Catalogue
from bot.desk import Brain, brain
from bot.knowledge import Knowledge, load
from bot.matching import ROUTE_PREFIX, Matcher
from bot.matching.readings import Readings
from bot.matching.thin import Thin
from bot.procedures import Guide, Procedure
from bot.text import clean, folded_words
from bot.trial.labelled import Names, read
from bot.trial.parts import set_aside
from tests.peers import PEERS, Corpus, Search
from tests.running import KNOWLEDGE, ROOT
from tests.titles import Titles, catalogue_of

OURS = "Một Cửa"
DEPLOYED = "Một Cửa, base and names together"
MOST = 500  # questions of a set; more of them are thinned out evenly
WARM = 20  # questions before anything is timed
LONG = 4096
ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1")


@dataclass(frozen=True)
class Job:
    """What one process is to measure: a system on a place; questions with what is right and whether it is set aside."""

    system: str
    place: str
    entries: list[tuple[str, list[str]]]
    questions: list[tuple[str, list[str], bool]]
    catalogue: str = ""


@dataclass(frozen=True)
class Measured:
    """What it measured; times of a question in milliseconds, memory in MB."""

    system: str
    shares: list[tuple[float, float]]  # first and first three: of all, of those learned from, of those set aside
    median: float
    most: float
    seconds: float
    memory: float
    hostile: float


def measured(job: Job) -> Measured:
    """Build the index, ask all questions, send the hostile messages."""
    source = _ours(job) if job.system in (OURS, DEPLOYED) else _peer(job)
    before, started = _memory(), time.perf_counter()
    search = source()
    seconds = time.perf_counter() - started
    for question, _, _ in job.questions[:WARM]:
        search(question)
    found, times = [], []
    for question, right, aside in job.questions:
        started = time.perf_counter()
        shown = search(question)[:3]
        times.append((time.perf_counter() - started) * 1000)
        found.append((aside, shown[:1] != [] and shown[0] in right, not set(shown).isdisjoint(right)))
    memory = _memory() - before
    shares = [_shares([row[1:] for row in found if row[0] in part]) for part in ((False, True), (False,), (True,))]
    times.sort()
    worst = max(_timed(search, text) for text in hostile([question for question, _, _ in job.questions]))
    median, most = times[len(times) // 2], times[int(len(times) * 0.95)]
    return Measured(job.system, shares, median, most, seconds, memory, worst)


def _shares(found: Sequence[tuple[bool, bool]]) -> tuple[float, float]:
    count = max(len(found), 1)
    return sum(first for first, _ in found) / count, sum(three for _, three in found) / count


def hostile(questions: Sequence[str]) -> tuple[str, str, str]:
    """Messages of 4,096 characters: many questions in one, one word without spaces, and words that nobody knows."""
    together = ", ".join(questions) + ", "
    story = together * (LONG // len(together) + 1)
    glued = "".join(story.split())
    strange = " ".join(word[::-1] + "q" for word in (story * 2).split())
    return story[:LONG], (glued * 3)[:LONG], strange[:LONG]


def _timed(search: Search, text: str) -> float:
    """The best of three, in milliseconds: what the machine does besides is not meant."""
    times = []
    for _ in range(3):
        started = time.perf_counter()
        search(text)
        times.append((time.perf_counter() - started) * 1000)
    return min(times)


def _peer(job: Job) -> Callable[[], Search]:
    corpus = Corpus(tuple((name, tuple(texts)) for name, texts in job.entries))
    return lambda: PEERS[job.system](corpus)


def _ours(job: Job) -> Callable[[], Search]:
    """This matcher on the base, on official names alone, or on both."""
    knowledge = load(KNOWLEDGE, None)
    catalogue = catalogue_of(Path(job.catalogue)) if job.catalogue else EMPTY
    if job.place == "names":
        return _names_alone(knowledge, catalogue)

    def build() -> Search:
        matcher = Matcher(knowledge, catalogue)

        def search(question: str) -> list[str]:
            ranking = matcher.rank(clean(question))
            return [c.id for c in ranking.candidates[:9] if not c.id.startswith(ROUTE_PREFIX)]

        return search

    return build


def _names_alone(knowledge: Knowledge, catalogue: Catalogue) -> Callable[[], Search]:
    """The thin layer with the reader of the base, as deployed, but over all names and nothing else."""
    matcher = Matcher(knowledge)
    weak = [word for phrase in knowledge.lexicon.weak for word in folded_words(phrase)]

    def build() -> Search:
        thin = Thin(catalogue.entries, Readings(matcher.reader), weak)

        def search(question: str) -> list[str]:
            reading = matcher.read(clean(question))
            return [c.id for c in thin.rank(reading.words or reading.all_words)]

        return search

    return build


def jobs(mind: Brain, paths: Sequence[Path], reference: Path | None) -> Iterator[Job]:
    """Everything to measure, in the order of the tables."""
    asked = list(_asked(mind, paths))
    entries: tuple[Procedure | Guide, ...] = (*mind.knowledge.procedures, *mind.knowledge.guides)
    base = [(entry.id, list(_phrases(entry))) for entry in entries]
    known = {name for name, _ in base}
    questions = [(text, sorted(known.intersection(wanted)), any(map(set_aside, wanted))) for text, wanted in asked]
    questions = [row for row in questions if row[1]]
    for system in (OURS, *PEERS):
        yield Job(system, "base", base, questions)
    if reference is None:
        return
    names = [(entry.id, [entry.name]) for entry in mind.catalogue.entries]
    titles = Titles(mind)
    listed = [(text, sorted(titles.of(wanted)), any(map(set_aside, wanted))) for text, wanted in asked]
    listed = [row for row in listed if row[1]]
    for system in (OURS, *PEERS):
        yield Job(system, "names", names, listed, str(reference))
    yield Job(DEPLOYED, "both", [], questions, str(reference))


def _asked(mind: Brain, paths: Sequence[Path]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Questions with what is right, at most so many of each file; follow-ups mean nothing alone."""
    for path in (KNOWLEDGE / "questions", *paths):
        cases = [case for case in read(path, Names(mind)).cases if case.wanted and not case.after]
        step = max(len(cases) / MOST, 1.0)
        yield from ((cases[int(n * step)].text, cases[int(n * step)].wanted) for n in range(int(len(cases) / step)))


def _phrases(entry: Procedure | Guide) -> Iterator[str]:
    """All that this matcher knows an entry by."""
    yield entry.name
    yield from [entry.official_name] if isinstance(entry, Procedure) else []
    yield from entry.phrases
    yield from [entry.english.name] if entry.english else []


def _memory() -> float:
    """MB that this process holds; at most, where the system does not tell it of the present."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def in_own_process(job: Job) -> Measured:
    """The same, in a process of its own that has one core."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "job.json"
        path.write_text(json.dumps(asdict(job), ensure_ascii=False), "utf-8")
        command = [sys.executable, "-m", "tests.benchmarks.matching", "--job", str(path)]
        done = subprocess.run(command, cwd=ROOT, env=os.environ | ONE_CORE, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return Measured(**json.loads(done.stdout))


def table(found: Sequence[Measured]) -> Iterator[str]:
    """The rows in Markdown, with the time of each in times of the first's."""
    yield "| system | first / three | learned from | set aside | ms p50 | p95 | × time | index, s | MB | hostile, ms |"
    yield "| --- |" + " --- |" * 9
    for row in found:
        shares = " | ".join(f"{100 * first:.1f} / {100 * three:.1f} %" for first, three in row.shares)
        times = f"{row.median:.2f} | {row.most:.2f} | {row.median / found[0].median:.1f}"
        yield f"| {row.system} | {shares} | {times} | {row.seconds:.2f} | {row.memory:.0f} | {row.hostile:.1f} |"


def _one(path: Path) -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print(json.dumps(asdict(measured(Job(**json.loads(path.read_text("utf-8")))))))


def main() -> None:
    """Measure everything, or one job for the process that asked."""
    parser = argparse.ArgumentParser(description="Measure this matcher and its peers on the same questions.")
    parser.add_argument("--questions", type=Path, nargs="*", default=[], help="more labelled questions")
    parser.add_argument("--job", type=Path, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.job:
        _one(wanted.job)
        return
    reference = Path(os.environ["MOTCUA_REFERENCE"]) if os.environ.get("MOTCUA_REFERENCE") else None
    mind = brain(load(KNOWLEDGE, None), catalogue_of(reference) if reference else EMPTY)
    todo = list(jobs(mind, wanted.questions, reference))
    done = [in_own_process(job) for job in track(todo, "Measuring", console=Console(stderr=True), transient=True)]
    for place in dict.fromkeys(job.place for job in todo):
        rows = [(job, found) for job, found in zip(todo, done, strict=True) if job.place == place]
        job = rows[0][0]
        phrases = sum(len(texts) for _, texts in job.entries)
        size = f"{len(job.entries):,} entries, {phrases:,} phrases, " if job.entries else ""
        aside = sum(aside for _, _, aside in job.questions)
        print(f"\n{place}: {size}{len(job.questions):,} questions, {aside:,} of them of procedures set aside\n")
        print("\n".join(table([found for _, found in rows])))


if __name__ == "__main__":
    main()
