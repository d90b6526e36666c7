"""`motcua kb stale`: what was read long ago, and what ends soon or has ended."""

import datetime

import click

from bot.cli.office import Office
from bot.cli.tables import show
from bot.curation import Aged, Ending, aged, ending, everywhere
from bot.curation.stale import SOON
from bot.curation.words import day

NAMED = 3  # entries named in one row; the others are counted


@click.command(short_help="Nguồn đọc đã lâu; ý sắp hết hạn hoặc đã hết hạn.")
@click.option("--days", type=click.IntRange(0), default=365, show_default=True, help="Đọc từ bao nhiêu ngày trở lên.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Xem như hôm nay là ngày này, viết 2027-01-01.")
@click.option("--entries", is_flag=True, help="Mỗi mục một dòng, kèm tệp và dòng để sửa.")
@click.pass_obj
def stale(config_path: str | None, days: int, on: datetime.datetime | None, entries: bool) -> None:
    """Liệt kê các nguồn đọc đã lâu, cũ nhất trước, rồi các ý sắp hết hạn hoặc đã hết hạn.

    Xem cả bản chung và quy định riêng của mọi địa phương.
    """
    office = Office(config_path)
    shelves = everywhere(office.folder)
    today = on.date() if on else office.today
    read = aged(shelves, today)
    old = [group for group in read if group.days >= days]
    click.echo(f"Nguồn đọc từ {days} ngày trở lên, tính đến {day(today)}:")
    rows = [row for group in old for row in (_each(group) if entries else [_together(group)])]
    last = ("Mục", "Sửa ở") if entries else ("Số mục", "Các mục")
    show(("Đọc ngày", "Số ngày", "Nguồn", "Văn bản", *last), rows, _none(read))
    click.echo(f"\nÝ đã hết hạn, hoặc hết hạn trong {SOON} ngày tới:")
    ends = [_ending(fact) for fact in ending(shelves, today)]
    show(("Ngày cuối", "Còn lại", "Mục", "Phần", "Nội dung", "Theo", "Sửa ở"), ends, "Không có ý nào.")


def _none(read: tuple[Aged, ...]) -> str:
    oldest = read[0]
    return f"Không có nguồn nào. Nguồn cũ nhất đọc ngày {day(oldest.checked_on)}, {oldest.days} ngày trước."


def _each(group: Aged) -> list[tuple[str, ...]]:
    head = (day(group.checked_on), str(group.days), group.origin, group.document)
    return [(*head, name, at) for name, at in group.users]


def _together(group: Aged) -> tuple[str, ...]:
    names = list(dict.fromkeys(name for name, _ in group.users))
    more = f" và {len(names) - NAMED} mục nữa" if len(names) > NAMED else ""
    told = ", ".join(names[:NAMED]) + more
    return day(group.checked_on), str(group.days), group.origin, group.document, str(len(names)), told


def _ending(fact: Ending) -> tuple[str, ...]:
    left = f"còn {fact.left} ngày" if fact.left > 0 else "hôm nay" if fact.left == 0 else f"quá {-fact.left} ngày"
    return day(fact.until), left, fact.entry.id, fact.group, fact.words, fact.through, fact.at
