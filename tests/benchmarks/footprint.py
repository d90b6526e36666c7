"""What one machine feels: seconds to the first answer of `motcua ask`, memory of the running bot.

    python -m tests.benchmarks.footprint

Prints the first, the median and the worst of several whole processes, and the memory (resident set, MB) of
`motcua run` against the emulator, before and after 200 questions in Vietnamese and other languages (the language
detector is then loaded).
"""

import os
import statistics
import tempfile
import time
from pathlib import Path

from tests.emulator.client import Emulator
from tests.running import cold, motcua, running

RUNS = 7
QUESTIONS = 200


def main() -> None:
    """Measure and print."""
    folder = Path(tempfile.mkdtemp())
    cold(folder)
    first, *times = [_first_answer(folder) for _ in range(RUNS)]
    median, worst = statistics.median(times), max(times)
    print(
        f"first answer of `motcua ask`: {first:.2f} s the first time, then median {median:.2f} s, worst {worst:.2f} s"
    )
    with Emulator() as emulator:
        settings = {"TOKEN": emulator.token, "BASE_URL": emulator.base_url, "BASE_FILE_URL": emulator.base_file_url}
        with running(folder, **{f"MOTCUA_{key}": value for key, value in settings.items()}) as bot:
            bot.wait_for("đang chạy")
            an = emulator.person("An")
            an.says("đăng ký khai sinh")
            print(f"memory of the running bot: {_memory(bot.process.pid):.0f} MB after one question")
            for number in range(QUESTIONS):
                an.writes(
                    ["lệ phí đăng ký tạm trú", "how can I renew my driving licence", "làm lại căn cước"][number % 3]
                )
            emulator.wait_until(lambda: emulator.pending() == 0, 120)
            print(f"memory of the running bot: {_memory(bot.process.pid):.0f} MB after {QUESTIONS} more")


def _first_answer(folder: Path) -> float:
    started = time.perf_counter()
    done = motcua(folder, "ask", "đăng ký khai sinh cần giấy tờ gì")
    assert "Giấy chứng sinh" in done.stdout, done.stderr
    return time.perf_counter() - started


def _memory(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
