"""The papers for the office say what the program does: each claim that can be looked at is looked at."""

import re
from pathlib import Path

import click
import pytest

from bot.cli import cli
from bot.cli.retention import KEPT
from bot.config import Config
from bot.passes import LINK_LASTS, SESSION_LASTS
from bot.privacy import mask
from bot.roles import Role
from bot.staff.forms import LARGEST
from bot.staff.guard import PROTECTION
from bot.storage import open_database

ROOT = Path(__file__).parent.parent
PERSONS = (ROOT / "docs" / "du-lieu-ca-nhan.md").read_text("utf-8")
SAFETY = (ROOT / "docs" / "an-toan-he-thong.md").read_text("utf-8")
PAPERS = ("SECURITY.md", "THIRD_PARTY.md", "docs/an-toan-he-thong.md", "docs/du-lieu-ca-nhan.md")
REACHES_OUT = {"ftplib", "http.client", "requests", "smtplib", "urllib.request", "urllib3"}
# What these papers rest on: no number of a document that is not here may stand in them.
DOCUMENTS = {
    "91/2025/QH15",
    "116/2025/QH15",
    "356/2025/NĐ-CP",
    "331/2026/NĐ-CP",
    "333/2026/NĐ-CP",
    "85/2016/NĐ-CP",
    "778/QĐ-BCA-A05",
}


def section(paper: str, title: str) -> str:
    return re.split(r"^#+ ", paper.partition(f"# {title}\n")[2], maxsplit=1, flags=re.M)[0]


def rows(text: str) -> list[list[str]]:
    """The cells of the tables in a text, without headings."""
    lines = [line.strip("|").split("|") for line in re.sub(r"^.*\n\| --- .*", "", text, flags=re.M).splitlines()]
    return [[cell.strip() for cell in cells] for cells in lines if len(cells) > 1]


def tables_of(path: Path) -> set[str]:
    database = open_database(path)
    try:
        found = database.read(lambda db: set(db.table_names()))
    finally:
        database.close()
    return {name for name in found if not name.startswith("_")}


def test_every_table_of_the_database_is_told(tmp_path: Path) -> None:
    told = rows(section(PERSONS, "Giữ gì, để làm gì, ở đâu"))
    named = {name for cells in told for name in re.findall(r"`([a-z]+)`", cells[0])}
    assert named == tables_of(tmp_path / "motcua.db")


MASKED = 10  # rows of what is masked; the others say what is not


@pytest.mark.parametrize("cells", rows(section(PERSONS, "Che số trước khi ghi"))[:MASKED], ids=lambda cells: cells[0])
def test_what_is_said_to_be_masked_is_masked_like_that(cells: list[str]) -> None:
    written, kept = (cell.strip("`") for cell in cells)
    assert written != kept
    assert mask(written) == kept


def test_every_row_about_masks_is_tried() -> None:
    found = rows(section(PERSONS, "Che số trước khi ghi"))
    assert [len(cells) for cells in found] == [2] * (MASKED + 2)


@pytest.mark.parametrize("cells", rows(section(PERSONS, "Che số trước khi ghi"))[MASKED:], ids=lambda cells: cells[0])
def test_what_is_said_not_to_be_masked_is_not(cells: list[str]) -> None:
    written = cells[1].strip("`")
    assert mask(written) == written


def test_nothing_is_said_to_be_missing_that_is_there() -> None:
    copying = cli.commands["db"]
    assert isinstance(copying, click.Group)
    assert f"mặc định {Config().keep_months} tháng" in PERSONS
    assert f"mặc định {Config().keep_dead_letters_days} ngày" in PERSONS
    assert ("motcua db prune" in PERSONS) == ("prune" in copying.commands)
    assert f"giữ {KEPT} bản" in SAFETY
    assert f"{KEPT} bản mới nhất" in PERSONS
    assert Config().flood in SAFETY


def importers() -> dict[str, set[str]]:
    """Modules, each with the rooms that import it."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "bot").rglob("*.py"):
        for name in re.findall(r"^\s*(?:from|import) ([a-z0-9_.]+)", path.read_text("utf-8"), re.M):
            found.setdefault(name, set()).add(path.relative_to(ROOT / "bot").parts[0])
    return found


def test_nothing_but_telegram_is_called() -> None:
    found = importers()
    assert found["telegram"] == found["httpx"] == found["aiohttp"] == {"channels"}
    assert REACHES_OUT & set(found) == set()
    assert str(Config().base_url).startswith("https://api.telegram.org/")


def test_times_sizes_and_roles_are_those_of_the_program() -> None:
    assert f"sống {LINK_LASTS.seconds // 60} phút" in SAFETY
    assert f"phiên {SESSION_LASTS.seconds // 3600} giờ" in SAFETY
    assert f"tối đa {LARGEST:,} byte".replace(",", ".") in SAFETY
    assert "`default-src 'none'`" in SAFETY
    assert "default-src 'none'" in PROTECTION["Content-Security-Policy"]
    assert [role.value for role in Role if f"**{role.value}**" not in SAFETY] == []


@pytest.mark.parametrize("paper", [PERSONS, SAFETY], ids=["persons", "safety"])
def test_only_documents_that_were_read_are_named(paper: str) -> None:
    assert set(re.findall(r"\d+/(?:\d{4}/)?(?:QH\d+|NĐ-CP|TT-[A-Z]+|QĐ-[A-Z0-9-]+)", paper)) <= DOCUMENTS


@pytest.mark.parametrize("paper", [PERSONS, SAFETY], ids=["persons", "safety"])
def test_keys_of_the_configuration_that_are_named_exist(paper: str) -> None:
    keys = set(re.findall(r"`([a-z_]+)(?:: [a-z]+)?`", without_tables(paper)))
    assert keys & set(Config.model_fields)
    told = {key for key in keys if key not in Config.model_fields}
    assert told <= {"questions", "audit", "persons", "notice", "ask"}


def without_tables(paper: str) -> str:
    """The paper without its table of tables."""
    return paper.replace(section(paper, "Giữ gì, để làm gì, ở đâu"), "")


def test_periods_that_two_rules_set_differently_are_left_to_the_office() -> None:
    for paper in (PERSONS, SAFETY):
        assert "12 tháng" in paper
        assert "24 tháng" in paper
    assert "cơ quan quyết định" in PERSONS
    assert "quyết định của cơ quan" in SAFETY
    assert "2 ngày làm việc" in PERSONS


def test_threats_name_assets_that_are_listed() -> None:
    assets = {cells[0] for cells in rows(section(SAFETY, "Tài sản"))}
    threats = rows(section(SAFETY, "Mối đe dọa và biện pháp"))
    assert len(threats) >= 10
    assert {asset.strip() for cells in threats for asset in cells[2].split(",")} <= assets
    assert all(len(cells) == 5 and all(cells) for cells in threats)


@pytest.mark.parametrize("name", PAPERS)
def test_papers_link_to_what_is_there_and_hang_on_the_readme(name: str) -> None:
    path = ROOT / name
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []
    assert f"]({name})" in (ROOT / "README.md").read_text("utf-8")


def test_the_way_to_report_is_private_and_no_address_is_made_up() -> None:
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    assert "Report a vulnerability" in text
    assert re.findall(r"[\w.+-]+@[\w-]+\.\w+|https?://\S+", text) == []
