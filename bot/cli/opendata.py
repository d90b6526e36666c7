"""`motcua opendata`: counts that name nobody, and the knowledge base, as files for an open data portal."""

from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console

from bot.cli.files import put
from bot.cli.office import Office
from bot.cli.report import name_in, wanted
from bot.errors import MotCuaError
from bot.figures import Period, Unit
from bot.opendata import Asked, Row, files, published, shared, shared_schema
from bot.opendata.files import as_json
from bot.storage import Slice, Tallies

NO_FIELD = "không thuộc lĩnh vực nào"
LICENCE = "Creative Commons Ghi công 4.0 Quốc tế (CC BY 4.0), https://creativecommons.org/licenses/by/4.0/deed.vi"


@click.command(short_help="Ghi dữ liệu mở: số câu hỏi theo tháng, và bộ tri thức.")
@click.option("--month", metavar="NĂM-THÁNG", help="Một tháng đã hết, ví dụ 2026-10.")
@click.option("--quarter", metavar="NĂM-Qn", help="Các tháng đã hết của một quý, ví dụ 2026-Q3.")
@click.option("--year", metavar="NĂM", help="Các tháng đã hết của một năm, ví dụ 2026.")
@click.option(
    "--out",
    required=True,
    metavar="THƯ-MỤC",
    type=click.Path(file_okay=False, path_type=Path),
    help="Thư mục để ghi; chưa có thì được tạo.",
)
@click.option("--licence", default=LICENCE, show_default=True, help="Dòng giấy phép ghi trong các tệp.")
@click.option("--force", is_flag=True, help="Ghi đè tệp đã có.")
@click.pass_obj
def opendata(
    config_path: str | None,
    month: str | None,
    quarter: str | None,
    year: str | None,
    out: Path,
    licence: str,
    force: bool,
) -> None:
    """Ghi dữ liệu mở dạng CSV và JSON, kèm nghĩa của từng cột và giấy phép. Không có lời câu hỏi, không có người hỏi.

    Chỉ các tháng đã hết. Nhóm dưới 5 người hỏi được gộp lại, để không ai tính ra được bằng cách cộng trừ.
    """
    office = Office(config_path)
    months = list(_months(office, wanted(month, quarter, year)))
    with Console(stderr=True).status("Đang đếm …") as status:
        counts: dict[str, list[Row]] = {}
        for number, one in enumerate(months, 1):
            status.update(f"Đang đếm tháng {number}/{len(months)} …")
            counts[f"{one.since:%Y-%m}"] = published(list(_asked(office, one)))
        written = files(counts, name_in(office), licence)
        written["knowledge.json"] = as_json(shared(office.knowledge, licence))
        written["knowledge.schema.json"] = as_json(shared_schema())
    office.database.close()
    there = [str(out / name) for name in written if (out / name).exists()]
    if there and not force:
        raise MotCuaError(f"Đã có {there[0]}: hãy nêu thư mục khác, hoặc thêm --force để ghi đè. Chưa ghi gì.")
    for name, content in written.items():
        put(out / name, content)
    for name, rows in counts.items():
        if not rows:
            click.echo(f"Tháng {name}: có dưới 5 người hỏi, nên tệp không có số nào.")
    click.echo(f"Đã ghi {len(written)} tệp vào {out}.")


def _months(office: Office, period: Period) -> Iterator[Period]:
    """The whole months that are over: a month told twice, once in part, would tell the difference."""
    over = [one for one in period.parts(Unit.MONTH) if one.until < office.today]
    if not over:
        raise MotCuaError(f"Chưa tháng nào của {period} hết: dữ liệu mở chỉ có các tháng đã hết.")
    yield from over


def _asked(office: Office, month: Period) -> Iterator[Asked]:
    known = office.knowledge
    fields = {**known.fields, **known.guide_fields}
    for day, outcome, entry, person, count in Tallies(office.database).asked(Slice(month.since, month.until)):
        yield Asked(day, outcome, entry, fields.get(entry, NO_FIELD), person, count)
