"""The figures of a month, on the staff pages and as the chart that staff get:  python -m tests.pictures.figures

The answers are the program's own to the test questions of the shipped base; only when they were asked is made up.
"""

import dataclasses
import datetime
import random
import tempfile
from pathlib import Path

from bot.config import OFFICE_TIME
from bot.desk import Question
from bot.figures import Ground, Period, Unit, figures, tables
from bot.knowledge import load
from bot.persons import Alias
from bot.reports import chart
from tests.browsing import chromium, served, window
from tests.pages import House
from tests.running import KNOWLEDGE

HERE = Path(__file__).parent
SIZE = (900, 1180)
MONTH = Period.around(datetime.date(2026, 10, 5), Unit.MONTH)
MANY = 900  # questions
NIGHT = 3.5  # hours by which half of the questions lie apart from the afternoon


def asks(house: House) -> None:
    """People ask more on weekdays, and most in the afternoon."""
    chance = random.Random(5)
    questions = house.knowledge.questions
    weights = [9 if one.expected else 1 for one in questions]
    days = [MONTH.since + datetime.timedelta(days=number) for number in range(MONTH.days)]
    for number in range(MANY):
        day = chance.choices(days, [1 if day.weekday() > 4 else 3 for day in days])[0]
        hour = min(max(chance.gauss(14.5, NIGHT), 0), 23.9)
        at = datetime.datetime.combine(day, datetime.time(int(hour), int(hour % 1 * 60)), OFFICE_TIME)
        answered = house.desk.ask(Question(chance.choices(questions, weights)[0].question, "telegram")).entry
        person = Alias(1, f"p{chance.randrange(MANY)}")
        when = dataclasses.replace(answered, asked_at=at.astimezone(datetime.UTC), local_day=day)
        house.log.add(dataclasses.replace(when, reference=f"{number:012x}", person=person)).result()


def draw(folder: Path) -> None:
    """Take both pictures."""
    house = House(folder, base=load(KNOWLEDGE, "hai-phong"))
    try:
        asks(house)
        with served(house.app) as home, chromium() as browser, window(browser, home, SIZE) as context:
            page = context.new_page()
            page.goto(house.link("Bình"))
            page.get_by_role("button", name="Đăng nhập").click()
            page.goto(f"/so-lieu?tu={MONTH.since}&den={MONTH.until}")
            page.locator("#outcomes").evaluate("heading => heading.parentElement.scrollIntoView()")
            page.screenshot(path=HERE / "figures.png")
        found = figures(house.database, house.knowledge, Ground(MONTH), MONTH.until)
        series = next(table for table in tables(found, house.desk.name_of) if table.key == "series")
        (HERE / "chart.png").write_bytes(chart(series, f"Câu hỏi {series.title.lower()}, {MONTH}"))
    finally:
        house.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        draw(Path(temporary))
