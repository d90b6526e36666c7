"""A real browser before the real pages: Debian's Chromium, driven by Playwright; what it saw is kept as pictures."""

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from starlette.types import ASGIApp

CHROMIUM = shutil.which("chromium")
ARTEFACTS = Path(__file__).parent / "artefacts"  # ignored by git
PHONE, DESKTOP = (360, 740), (1200, 900)
BAD = ("serious", "critical")
WAIT = 10_000  # milliseconds for anything that a page does

Colours = Literal["light", "dark"]


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The application on a free port of this machine; its address."""
    config = uvicorn.Config(app, lifespan="off", log_level="error", access_log=False)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def window(
    browser: Browser, home: str, size: tuple[int, int] = DESKTOP, colours: Colours = "light", scripts: bool = False
) -> BrowserContext:
    """A fresh window with no cookies, of somebody in Vietnam; `scripts`: axe, which is one, may run."""
    width, height = size
    context = browser.new_context(
        base_url=home,
        viewport={"width": width, "height": height},
        color_scheme=colours,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        java_script_enabled=scripts,
    )
    context.set_default_timeout(WAIT)
    return context


def troubles(page: Page) -> list[str]:
    """What axe finds serious or critical on a page, in a window with scripts."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found if one["impact"] in BAD for node in one["nodes"]]


def width_of(page: Page) -> int:
    """How wide all of a page is, in pixels."""
    return int(page.evaluate("document.documentElement.scrollWidth"))


def picture(page: Page, name: str) -> None:
    """Keep what is seen."""
    folder = Path(os.environ.get("MOTCUA_ARTEFACTS", ARTEFACTS))
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", full_page=True)
