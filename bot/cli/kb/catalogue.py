"""`motcua kb catalogue`: the thin layer of all official procedures, as the office exports it from the portal."""

from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.catalogue import Catalogue, Imported, Listed, read_table, remove, save
from bot.cli.office import Office
from bot.errors import MotCuaError
from bot.text import fold

COLUMNS = ("code", "name", "field", "agency", "issuer")
SHOWN = 10  # rows left out, or procedures found, that are told one by one


@click.group(
    short_help="Danh mục mọi thủ tục chính thức: tên, mã, nơi giải quyết.",
    context_settings={"help_option_names": ["-h", "--help"]},  # kept by click from its first use, wherever that was
)
def catalogue() -> None:
    """Danh mục mọi thủ tục chính thức, xuất từ Cổng Dịch vụ công quốc gia: câu hỏi về thủ tục hiếm được trả lời
    bằng tên, mã, nơi giải quyết và đường dẫn."""


def _columns(_context: click.Context, _option: click.Parameter, value: str | None) -> dict[str, str]:
    pairs = [part.partition("=") for part in (value or "").split(",") if part.strip()]
    named = {column.strip(): heading.strip() for column, _, heading in pairs}
    wrong = [column for column, heading in named.items() if column not in COLUMNS or not heading]
    if wrong:
        raise click.BadParameter(f"không hiểu {wrong[0]!r}; viết như code=Mã số,name=Tên gọi ({', '.join(COLUMNS)})")
    return named


@catalogue.command("import", short_help="Nhập danh mục từ tệp CSV.")
@click.argument("path", metavar="TỆP", type=click.Path(path_type=Path))
@click.option(
    "--columns",
    "named",
    metavar="CỘT=TIÊU ĐỀ,…",
    callback=_columns,
    help="Tiêu đề của từng cột, nếu không tự nhận ra: code, name, field, agency, issuer.",
)
@click.pass_obj
def import_table(config_path: str | None, path: Path, named: dict[str, str]) -> None:
    """Nhập danh mục từ tệp CSV, thay cho danh mục đang có. Ví dụ: motcua kb catalogue import danh-muc.csv"""
    office = Office(config_path)
    before = len(office.catalogue.entries) if _readable(office) else 0
    imported = _read(path, named)
    made = Catalogue(imported.entries, path.name, office.today, office.config.local)
    save(made, office.catalogue_path)
    click.echo(f"Đã nhập {_number(len(made.entries))} thủ tục từ {path.name} vào {office.catalogue_path}.")
    if before:
        click.echo(f"Danh mục trước đó có {_number(before)} thủ tục.")
    _tell_left_out(imported)
    click.echo(_use(office, made))


@catalogue.command(short_help="Xem danh mục đang dùng, hoặc tìm trong đó.")
@click.argument("words", metavar="[MÃ HOẶC CHỮ]", nargs=-1)
@click.pass_obj
def show(config_path: str | None, words: tuple[str, ...]) -> None:
    """Xem danh mục đang dùng; với một mã hoặc vài chữ: tìm thủ tục có tên chứa các chữ đó."""
    office = Office(config_path)
    known = office.catalogue
    if not known.entries:
        click.echo("Chưa có danh mục. Hãy nhập: motcua kb catalogue import TỆP.csv")
        return
    if words:
        _tell_found(known, " ".join(words))
        return
    day = f"{known.imported_on:%d/%m/%Y}" if known.imported_on else "không rõ"
    click.echo(f"{_number(len(known.entries))} thủ tục, từ tệp {known.source}, nhập ngày {day}.")
    click.echo(f"Nơi lưu: {office.catalogue_path}")
    click.echo(_use(office, known))


@catalogue.command("remove", short_help="Gỡ danh mục.")
@click.option("--yes", is_flag=True, help="Không hỏi lại.")
@click.pass_obj
def take_away(config_path: str | None, yes: bool) -> None:
    """Gỡ danh mục: bot chỉ còn trả lời từ bộ tri thức. Có thể nhập lại từ tệp CSV."""
    office = Office(config_path)
    path = office.catalogue_path
    if path.exists() and not yes:
        click.confirm(f"Gỡ danh mục {path}?", abort=True)
    click.echo(f"Đã gỡ {path}." if remove(path) else "Chưa có danh mục nào, không có gì để gỡ.")


def _readable(office: Office) -> bool:
    """Whether what is there can be read: what is broken is about to be replaced."""
    try:
        return bool(office.catalogue.entries)
    except MotCuaError:
        return False


def _read(path: Path, named: dict[str, str]) -> Imported:
    columns = (TextColumn("Đang đọc"), BarColumn(), MofNCompleteColumn(), TextColumn("dòng"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("")
        return read_table(path, named, lambda done, total: progress.update(task, completed=done, total=total))


def _tell_left_out(imported: Imported) -> None:
    left_out = imported.left_out
    if left_out:
        click.echo(f"Bỏ qua {_number(len(left_out))} dòng:")
    for row in left_out[:SHOWN]:
        click.echo(f"  dòng {row.line}: {row.reason}")
    if len(left_out) > SHOWN:
        click.echo(f"  … và {_number(len(left_out) - SHOWN)} dòng khác")


def _use(office: Office, made: Catalogue) -> str:
    codes = {code for entry in office.knowledge.procedures for code in entry.codes}
    searched = len(made.searched(codes))
    full = sum(entry.code in codes for entry in made.entries)
    everywhere = len(replace(made, place=None).searched(codes))
    return (
        f"Tìm theo lời hỏi: {_number(searched)} thủ tục. Còn lại: {_number(full)} đã có hướng dẫn đầy đủ, "
        f"{_number(everywhere - searched)} của riêng tỉnh khác (chỉ tìm theo mã)."
    )


def _tell_found(known: Catalogue, words: str) -> None:
    wanted = fold(words).split()
    found = [e for e in known.entries if e.code == words.strip() or all(w in fold(e.name).split() for w in wanted)]
    for entry in found[:SHOWN]:
        click.echo("\n".join(_lines(entry)))
    more = f" ({SHOWN} thủ tục đầu ở trên)" if len(found) > SHOWN else ""
    click.echo(f"Tìm thấy {_number(len(found))} thủ tục{more}.")


def _lines(entry: Listed) -> list[str]:
    where = entry.agency or entry.issuer or "không rõ nơi giải quyết"
    return [f"{entry.code} {entry.name}", f"  {where}", f"  {entry.portal_url}"]


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
