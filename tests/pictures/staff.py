"""The page of a group, as staff see it in a browser:  python -m tests.pictures.staff

Questions, groups and the nearest entries are the program's own, on the shipped base; nothing is drawn by hand.
"""

import dataclasses
import tempfile
from pathlib import Path

from bot.desk import Question
from bot.knowledge import load
from bot.persons import Alias
from bot.review.gathering import gather
from tests.browsing import chromium, served, window
from tests.pages import House
from tests.running import KNOWLEDGE

PICTURE = Path(__file__).parent / "staff.png"
SIZE = (900, 1235)
ASKED = (
    "nuôi chó phải khai báo ở đâu",
    "nuoi cho co phai dang ky ko",
    "nuôi chó có phải đăng ký không",
    "lắp camera trước cổng có phải xin phép không",
)


def asks(house: House) -> None:
    """Each question is asked by somebody else, who wants to be told."""
    for number, text in enumerate(ASKED):
        entry = dataclasses.replace(house.desk.ask(Question(text, "telegram")).entry, person=Alias(1, f"p{number}"))
        house.log.add(entry).result()
        house.waits(entry.reference, str(number))
    gather(house.site.tickets, house.clock())


def draw(folder: Path) -> None:
    """Take the picture."""
    house = House(folder, base=load(KNOWLEDGE, "hai-phong"))
    try:
        asks(house)
        with served(house.app) as home, chromium() as browser, window(browser, home, SIZE) as context:
            page = context.new_page()
            page.goto(house.link("Bình"))
            page.get_by_role("button", name="Đăng nhập").click()
            page.get_by_role("link", name="nuôi chó").click()
            page.screenshot(path=PICTURE)
    finally:
        house.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        draw(Path(temporary))
