"""What the catalogue costs and gives, measured with the reference files where they are (`MOTCUA_REFERENCE`).

    MOTCUA_REFERENCE=../shared/data python -m tests.benchmarks.catalogue

Prints: seconds to import 5,670 rows; outcomes of the off-topic questions without and with the catalogue; how often
shortened titles of rare procedures find their own; milliseconds of one question; seconds to the first answer of
`motcua ask` without and with the catalogue, with nothing kept, after one saved file, and with everything kept from an
earlier start; seconds from a saved file to its answer and memory (MB) of the running bot with everything loaded.
"""

import os
import random
import shutil
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bot.answers import Answer, Answered, Choice, decide
from bot.catalogue import Catalogue, read_table, save
from bot.desk import Brain, brain
from bot.knowledge import load
from bot.text import clean, fold
from tests.emulator.client import Emulator
from tests.running import KNOWLEDGE, cold, motcua, running
from tests.titles import official_list

RARE = 300
QUESTIONS = 1500
RELOADS = 4
STARTS = 5
ASKED = 200
MIXED = ("lệ phí đăng ký tạm trú", "how can I renew my driving licence", "đăng ký nhãn hiệu", "làm lại căn cước")
WHOLE = "đăng ký nhãn hiệu cần giấy tờ gì"


def main() -> None:
    """Measure and print."""
    reference = Path(os.environ["MOTCUA_REFERENCE"])
    folder = Path(tempfile.mkdtemp())
    started = time.perf_counter()
    imported = read_table(official_list(reference), {})
    catalogue = Catalogue(imported.entries, "catalogue.csv", place="hai-phong")
    save(catalogue, folder / "later.json")
    print(f"import of {len(imported.entries)} rows: {time.perf_counter() - started:.2f} s")
    knowledge = load(KNOWLEDGE, "hai-phong")
    without, loaded = brain(knowledge), brain(knowledge, catalogue)
    asked = next(f for f in (reference / "questions", reference.parent / "questions") if f.is_dir())
    _off_topic(asked / "off_topic_dev.txt", without, loaded)
    _rare(catalogue, loaded)
    _speed(loaded)
    base = Path(shutil.copytree(KNOWLEDGE, folder / "kb"))
    _start(folder, base, "without the catalogue", "đăng ký khai sinh cần giấy tờ gì", "Giấy chứng sinh")
    (folder / "later.json").rename(folder / "catalogue.json")
    _start(folder, base, "with the catalogue", WHOLE, "1.015002")
    _running(folder, base)


def _answer(mind: Brain, question: str) -> Answer:
    return decide(mind.matcher.rank(clean(question)), mind.knowledge)


def _shown(answer: Answer) -> list[str]:
    if isinstance(answer, Answered):
        return [answer.procedure]
    return [option.procedure for option in answer.options] if isinstance(answer, Choice) else []


def _off_topic(path: Path, without: Brain, loaded: Brain) -> None:
    questions = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    for name, mind in (("without", without), ("with", loaded)):
        answers = [_answer(mind, question) for question in questions]
        listed = sum(any(name.startswith("c-") for name in _shown(answer)) for answer in answers)
        print(f"off topic {name} catalogue: {dict(Counter(type(a).__name__ for a in answers))}, {listed} from it")


def _rare(catalogue: Catalogue, loaded: Brain) -> None:
    chance = random.Random(7)
    codes = {code for entry in loaded.knowledge.procedures for code in entry.codes}
    entries = chance.sample(catalogue.searched(codes), RARE)
    for name, words in (("whole", 99), ("first ten words", 10), ("first seven words", 7)):
        asked = [" ".join(e.name.removeprefix("Thủ tục ").split()[:words]) for e in entries]
        shown = [[catalogue.by_id[i].name for i in _shown(_answer(loaded, q)) if i in catalogue.by_id] for q in asked]
        right = sum(any(fold(q) in fold(title) for title in found) for q, found in zip(asked, shown, strict=True))
        print(f"rare, {name} of the title: {right / RARE:.0%} shown")


def _speed(loaded: Brain) -> None:
    questions = [question.question for question in loaded.knowledge.questions][:QUESTIONS]
    times: list[float] = []
    for question in questions:
        started = time.perf_counter()
        _answer(loaded, question)
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    print(f"one question: median {statistics.median(times):.1f} ms, p95 {times[int(len(times) * 0.95)]:.1f} ms")


def _start(folder: Path, base: Path, name: str, question: str, answer: str) -> None:
    def asked() -> tuple[float, float]:
        """Seconds on the clock, and of the processor, which other programs slow down less."""
        started, busy = time.perf_counter(), sum(os.times()[2:4])
        done = motcua(folder, "ask", question, MOTCUA_KNOWLEDGE=str(base))
        assert answer in done.stdout, done.stderr
        return time.perf_counter() - started, sum(os.times()[2:4]) - busy

    def tell(kind: str, change: Callable[[], object]) -> None:
        times: list[tuple[float, float]] = []
        for _ in range(STARTS):
            change()
            times.append(asked())
        clock, busy = (statistics.median(column) for column in zip(*times, strict=True))
        best = min(times)[0]
        print(f"first answer {name}, {kind}: median {clock:.2f} s, best {best:.2f} s, processor {busy:.2f} s")

    asked()  # reads the program itself
    tell("nothing kept", lambda: cold(folder))
    tell("one file saved", lambda: _save(base / "procedures" / "ho-tich.yaml"))
    tell("everything kept", lambda: None)


def _save(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write("# sửa\n")


def _running(folder: Path, base: Path) -> None:
    with Emulator() as emulator:
        settings = {"TOKEN": emulator.token, "BASE_URL": emulator.base_url, "BASE_FILE_URL": emulator.base_file_url}
        with running(
            folder, MOTCUA_KNOWLEDGE=str(base), **{f"MOTCUA_{key}": value for key, value in settings.items()}
        ) as bot:
            bot.wait_for("đang chạy")
            an = emulator.person("An")
            an.says(WHOLE)
            print(f"memory of the running bot: {_memory(bot.process.pid):.0f} MB")
            for number in range(ASKED):
                an.writes(MIXED[number % len(MIXED)])
            emulator.wait_until(lambda: emulator.pending() == 0, 120)
            print(f"memory of the running bot: {_memory(bot.process.pid):.0f} MB after {ASKED} questions more")
            for number in range(1, RELOADS + 1):
                _save(base / "sources.yaml")
                started = time.perf_counter()
                while bot.output().count("Đã nạp lại") < number:
                    time.sleep(0.05)
                print(f"a saved file is live after {time.perf_counter() - started:.1f} s")
                print(f"memory of the running bot after {number} reloads: {_memory(bot.process.pid):.0f} MB")


def _memory(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
