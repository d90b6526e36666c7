"""`motcua log`: the log searched, and written out as CSV with every cell made harmless."""

import datetime
import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import click

from bot.answers import Outcome
from bot.cli.office import Office
from bot.cli.plain import plain_value
from bot.cli.tables import show
from bot.config import OFFICE_TIME
from bot.errors import MotCuaError
from bot.exports import write_csv
from bot.storage import LogFilter, LoggedQuestion

DAY = click.DateTime(["%Y-%m-%d"])


@click.command(short_help="Tìm trong nhật ký câu hỏi, xuất CSV.")
@click.option("--from", "since", type=DAY, help="Từ ngày (năm-tháng-ngày).")
@click.option("--to", "until", type=DAY, help="Đến hết ngày.")
@click.option("--outcome", type=click.Choice([o.value for o in Outcome]), help="Kết quả.")
@click.option("--procedure", callback=plain_value, help="Id của thủ tục đã trả lời.")
@click.option("--text", callback=plain_value, help="Chữ trong câu hỏi, không cần dấu.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Số dòng hiện trên màn hình.")
@click.option("--csv", "path", type=click.Path(), help="Ghi mọi dòng khớp ra tệp CSV; - là màn hình.")
@click.pass_obj
def log(
    config_path: str | None,
    since: datetime.datetime | None,
    until: datetime.datetime | None,
    outcome: str | None,
    procedure: str | None,
    text: str | None,
    limit: int,
    path: str | None,
) -> None:
    """Tìm trong nhật ký câu hỏi. Câu hỏi đã được che số giấy tờ, số điện thoại."""
    office = Office(config_path)
    wanted = LogFilter(since.date() if since else None, until.date() if until else None, outcome, procedure, text)
    if path:
        _export(path, office.log.search(wanted, newest_first=False))
    else:
        _show(islice(office.log.search(wanted), limit))
    office.database.close()


def _show(rows: Iterable[LoggedQuestion]) -> None:
    show(
        ("Số", "Lúc", "Kênh", "Câu hỏi", "Kết quả", "Thủ tục", "Điểm"),
        list(map(_row, rows)),
        "Không có câu hỏi nào khớp.",
    )


def _row(row: LoggedQuestion) -> tuple[str, ...]:
    asked = f"{row.asked_at.astimezone(OFFICE_TIME):%d/%m %H:%M}"
    score = f"{row.score:.2f}" if row.score is not None else ""
    outcome = f"{row.outcome} ({row.reason})"
    return str(row.id), asked, row.channel, row.question, outcome, row.procedure or "", score


def _export(path: str, rows: Iterable[LoggedQuestion]) -> None:
    try:
        if path == "-":
            write_csv(sys.stdout, rows)
            return
        with Path(path).open("w", encoding="utf-8-sig", newline="") as stream:
            count = write_csv(stream, rows)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise MotCuaError(f"Không ghi được tệp {path}: {error.strerror}.") from error
    click.echo(f"Đã ghi {count} dòng vào {path}.")
