"""How many questions a second the bot answers by webhook, and how soon: the real process, a stub of Telegram beside it.

Each question is of a person who never wrote before. From receipt to answer: from the moment at which the update is sent
to the bot until its `sendMessage` is here. `--profile FILE` runs the bot under cProfile.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.channels.telegram.registration import secret_of
from bot.channels.telegram.webhook import HEADER
from tests.faults.stub import ME, TOKEN
from tests.faults.tally import question
from tests.running import environment, free_port, warm

READY = "đang chạy"


class Line:
    """Telegram for one bot: notes when each answer comes."""

    def __init__(self) -> None:
        self.asked: dict[int, float] = {}
        self.took: list[float] = []

    def application(self) -> web.Application:
        """Its pages."""
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._call)
        return app

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if method != "sendMessage":
            shown = {"name": "", "description": "", "short_description": "", "url": "x", "pending_update_count": 0}
            return web.json_response({"ok": True, "result": ME if method == "getMe" else shown})
        params = await request.post()
        now, chat = time.perf_counter(), int(str(params["chat_id"]))
        if chat in self.asked:
            self.took.append(now - self.asked.pop(chat))
        result = {"message_id": 1, "date": 1, "chat": {"id": chat, "type": "private"}, "text": "x"}
        return web.json_response({"ok": True, "result": result})


class Bench:
    """A bot in webhook mode and the line to it."""

    def __init__(self, folder: Path, profile: str | None) -> None:
        self.folder = folder
        self.profile = profile
        self.line = Line()
        self.chats = iter(range(10_001, 10**9))
        self.port, self.own = free_port(), free_port()

    async def run(self, rates: Sequence[int], seconds: int, burst: int) -> None:
        """All of it."""
        runner = web.AppRunner(self.line.application())
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self.own).start()
        process = await self._started()
        connector = aiohttp.TCPConnector(limit=200)
        async with aiohttp.ClientSession(connector=connector, headers={HEADER: secret_of(TOKEN)}) as self.session:
            await self._at(20, 3)
            for rate in rates:
                took, lasted = await self._at(rate, seconds)
                _tell(f"{rate}/s for {seconds} s", took, len(took) / lasted)
            took, lasted = await self._burst(burst)
            _tell(f"{burst} at once, all answered in {lasted:.2f} s", took, len(took) / lasted)
        process.terminate()
        await process.wait()
        await runner.cleanup()

    async def _started(self) -> asyncio.subprocess.Process:
        warm(self.folder)
        settings = {
            "MOTCUA_TOKEN": TOKEN,
            "MOTCUA_BASE_URL": f"http://127.0.0.1:{self.own}/bot",
            "MOTCUA_MODE": "webhook",
            "MOTCUA_WEBHOOK_LISTEN": f"127.0.0.1:{self.port}",
        }
        profiled = ["-m", "cProfile", "-o", self.profile] if self.profile else []
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *profiled,
            "-m",
            "bot",
            "run",
            cwd=self.folder,
            env=environment(self.folder, **settings),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        assert process.stderr
        while READY not in (await process.stderr.readline()).decode():
            if process.returncode is not None:
                raise SystemExit("the bot did not start")
        self.reading = asyncio.create_task(process.stderr.read())
        return process

    async def _at(self, rate: int, seconds: int) -> tuple[list[float], float]:
        self.line.took = []
        since = time.perf_counter()
        asking = []
        for number in range(rate * seconds):
            await asyncio.sleep(max(0.0, since + number / rate - time.perf_counter()))
            asking.append(asyncio.create_task(self._ask(number)))
        await asyncio.gather(*asking)
        return self.line.took, time.perf_counter() - since

    async def _burst(self, count: int) -> tuple[list[float], float]:
        self.line.took = []
        since = time.perf_counter()
        await asyncio.gather(*(self._ask(number) for number in range(count)))
        return self.line.took, time.perf_counter() - since

    async def _ask(self, number: int) -> None:
        chat = next(self.chats)
        update = {"update_id": chat, **question(number, chat)}
        self.line.asked[chat] = time.perf_counter()
        async with self.session.post(f"http://127.0.0.1:{self.port}/telegram", json=update) as answer:
            if answer.status != 200:
                raise SystemExit(f"the bot answered {answer.status}")


def _tell(what: str, took: Sequence[float], rate: float) -> None:
    ordered = sorted(took)
    p50, p99 = ordered[len(ordered) // 2] * 1000, ordered[int(len(ordered) * 0.99)] * 1000
    sys.stdout.write(f"{what}: {rate:.0f} answers/s, receipt to answer p50 {p50:.1f} ms, p99 {p99:.1f} ms\n")
    sys.stdout.flush()


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rates", type=int, nargs="+", default=[50, 100, 200, 300])
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--burst", type=int, default=500)
    parser.add_argument("--profile", help="write what the bot does to this file")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(Bench(Path(folder), given.profile).run(given.rates, given.seconds, given.burst))


if __name__ == "__main__":
    main()
