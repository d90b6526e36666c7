"""`motcua report`: the figures of a period as a file that an office can send on."""

import datetime
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.cli.files import put
from bot.cli.office import Office
from bot.errors import MotCuaError
from bot.figures import Ground, Period, Unit, figures
from bot.reports import FORMATS, OWN_TEMPLATE, TABLES, Report, read_template, report, written

MONTH, QUARTER, YEAR = re.compile(r"(\d{4})-(\d{1,2})"), re.compile(r"(\d{4})-[Qq]([1-4])"), re.compile(r"\d{4}")
PERIODS = "Hãy nêu đúng một kỳ: --month 2026-10, --quarter 2026-Q3 hoặc --year 2026."


@click.command("report", short_help="Làm báo cáo tháng, quý, năm: Word, Excel, PDF, CSV.")
@click.option("--month", metavar="NĂM-THÁNG", help="Báo cáo một tháng, ví dụ 2026-10.")
@click.option("--quarter", metavar="NĂM-Qn", help="Báo cáo một quý, ví dụ 2026-Q3.")
@click.option("--year", metavar="NĂM", help="Báo cáo một năm, ví dụ 2026.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="Dạng tệp; không nêu thì theo đuôi của --out.")
@click.option("--out", metavar="TỆP", type=click.Path(dir_okay=False, path_type=Path), help="Tệp để ghi.")
@click.option(
    "--template",
    metavar="THƯ-MỤC",
    type=click.Path(file_okay=False, path_type=Path),
    help="Mẫu báo cáo của cơ quan (mặc định: khóa report_template, không có thì mẫu đi kèm).",
)
@click.option(
    "--new-template",
    metavar="THƯ-MỤC",
    type=click.Path(path_type=Path),
    help="Ghi mẫu đi kèm vào thư mục này để sửa, rồi thôi.",
)
@click.option("--force", is_flag=True, help="Ghi đè tệp đã có.")
@click.pass_obj
def report_command(
    config_path: str | None,
    month: str | None,
    quarter: str | None,
    year: str | None,
    form: str | None,
    out: Path | None,
    template: Path | None,
    new_template: Path | None,
    force: bool,
) -> None:
    """Làm báo cáo về các câu hỏi trong một tháng, quý hoặc năm.

    Số trong báo cáo đúng bằng số ở trang Số liệu của cán bộ. Cần cài motcua[reports]. Ví dụ:
    motcua report --month 2026-10 --out thang10.docx
    """
    if new_template:
        _copy(new_template)
        return
    period = wanted(month, quarter, year)
    path, form = _file(out, form, force)
    office = Office(config_path)
    with _progress() as told:
        content = written(made(office, period, template, told), form)
    put(path, content)
    click.echo(f"Đã ghi báo cáo {period} vào {path}.")
    office.database.close()


def made(
    office: Office, period: Period, template: Path | None = None, progress: Callable[[int, int], None] = lambda *_: None
) -> Report:
    """The report of an office for a period, in the wording of a template folder."""
    chosen = read_template(template or office.config.report_template or OWN_TEMPLATE, TABLES)
    ground = Ground(period, period.unit)
    known, listed = office.knowledge, office.catalogue
    found = figures(office.database, known, ground, office.today, office.config.opening, progress, listed)
    return report(chosen, office.config.office, found, office.database, name_in(office), office.today)


def report_file(config_path: str | None, period: Period, form: str) -> bytes:
    """A report made from its settings alone, as a process of its own does."""
    office = Office(config_path)
    try:
        return written(made(office, period), form)
    finally:
        office.database.close()


def name_in(office: Office) -> Callable[[str], str]:
    """What the desk calls an entry or a line of the catalogue, without the index that answering needs."""
    known = office.knowledge

    def name(entry: str) -> str:
        found = known.by_id.get(entry) or known.guides_by_id.get(entry) or office.catalogue.by_id.get(entry)
        return found.name if found else entry

    return name


def wanted(month: str | None, quarter: str | None, year: str | None) -> Period:
    """The one period that is named."""
    given = [(text, read) for text, read in ((month, _month), (quarter, _quarter), (year, _year)) if text]
    if len(given) != 1:
        raise click.UsageError(PERIODS)
    text, read = given[0]
    period = read(text)
    if period is None:
        raise click.UsageError(f"Không đọc được kỳ {text}. {PERIODS}")
    return period


def _month(text: str) -> Period | None:
    found = MONTH.fullmatch(text)
    with suppress(ValueError):
        return Period.around(datetime.date(int(found[1]), int(found[2]), 1), Unit.MONTH) if found else None
    return None


def _quarter(text: str) -> Period | None:
    found = QUARTER.fullmatch(text)
    with suppress(ValueError):
        return Period.around(datetime.date(int(found[1]), int(found[2]) * 3, 1), Unit.QUARTER) if found else None
    return None


def _year(text: str) -> Period | None:
    with suppress(ValueError):
        return (
            Period(datetime.date(int(text), 1, 1), datetime.date(int(text), 12, 31)) if YEAR.fullmatch(text) else None
        )
    return None


def _file(out: Path | None, form: str | None, force: bool) -> tuple[Path, str]:
    """Where to write and as what."""
    if out is None:
        raise click.UsageError("Hãy nêu tệp để ghi: --out bao-cao.docx")
    form = form or out.suffix.removeprefix(".").lower()
    if form not in FORMATS:
        raise click.UsageError(f"Không biết dạng tệp của {out}: hãy thêm --format, một trong {', '.join(FORMATS)}.")
    if out.exists() and not force:
        raise MotCuaError(f"Đã có {out}: hãy nêu tệp khác, hoặc thêm --force để ghi đè. Chưa ghi gì.")
    return out, form


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    console = Console(stderr=True)
    columns = (TextColumn("Đang đếm và viết báo cáo"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _copy(folder: Path) -> None:
    """The template that is shipped, for an office to word anew."""
    if folder.exists():
        raise MotCuaError(f"Đã có {folder}: hãy nêu thư mục khác. Chưa ghi gì.")
    try:
        shutil.copytree(OWN_TEMPLATE, folder)
    except OSError as error:
        raise MotCuaError(f"Không ghi được {folder}: {error.strerror}. Hãy xem quyền ghi và chỗ trống.") from error
    click.echo(f"Đã ghi mẫu vào {folder}. Sửa report.yaml, rồi chạy: motcua report --template {folder} …")
