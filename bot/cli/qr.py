"""`motcua qr`: posters for the counter, with a code that opens a procedure or a guide in Telegram."""

from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from bot.cli.files import put
from bot.cli.office import Office
from bot.cli.plain import plain
from bot.curation.shelf import entries_of, find
from bot.errors import MotCuaError
from bot.knowledge import Knowledge
from bot.posters import PAPERS, bot_name, deep_link, pdf, poster, svg
from bot.procedures import Guide, Procedure

WRITERS = {"svg": svg, "pdf": pdf}
SHOWN = 3  # files named when many are in the way


@click.command(short_help="Làm áp phích có mã QR để đặt ở quầy.")
@click.argument("names", metavar="[ID|MÃ|TÊN]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Làm cho mọi thủ tục và hướng dẫn.")
@click.option("--bot", required=True, help="Tên bot trên Telegram, ví dụ hoithutuc_bot.")
@click.option(
    "--out",
    required=True,
    metavar="THƯ-MỤC",
    type=click.Path(file_okay=False, path_type=Path),
    help="Thư mục để ghi; chưa có thì được tạo.",
)
@click.option("--force", is_flag=True, help="Ghi đè tệp đã có.")
@click.pass_obj
def qr(config_path: str | None, names: tuple[str, ...], every: bool, bot: str, out: Path, force: bool) -> None:
    """Làm áp phích để đặt ở quầy: người dân quét mã QR là mở đúng thủ tục trong Telegram.

    Mỗi thủ tục hay hướng dẫn có bốn tệp: khổ A6 và A4, SVG và PDF. Ví dụ:
    motcua qr khai-sinh tam-tru --bot hoithutuc_bot --out ap-phich
    """
    if bool(names) == every:
        raise click.UsageError("Cần id của thủ tục, hoặc --all. Ví dụ: motcua qr tam-tru --bot hoithutuc_bot --out DIR")
    bot = bot_name(plain(bot))
    knowledge = Office(config_path).knowledge
    entries = entries_of(knowledge) if every else _named(knowledge, names)
    if not force:
        _refuse_to_overwrite([path for entry in entries for path in _files(entry, out)])
    with Console(stderr=True).status("Đang vẽ áp phích …"):
        _refuse_what_cannot_be_drawn(entries, bot)
        for entry in entries:
            _draw(entry, bot, out)
    _tell(entries, bot, out, every)


def _named(knowledge: Knowledge, names: Sequence[str]) -> tuple[Procedure | Guide, ...]:
    """The entries, each once; all names that are none are told at once, with the nearest ones."""
    found: dict[str, Procedure | Guide] = {}
    unknown: list[str] = []
    for name in names:
        try:
            entry = find(knowledge, plain(name))
            found[entry.id] = entry
        except MotCuaError as error:
            unknown.append(str(error))
    if unknown:
        raise MotCuaError("\n".join([*unknown, "Chưa ghi tệp nào."]))
    return tuple(found.values())


def _files(entry: Procedure | Guide, out: Path) -> dict[Path, tuple[str, str]]:
    """Every file of an entry, with its paper and its format."""
    return {out / f"{entry.id}-{paper}.{form}": (paper, form) for paper in PAPERS for form in WRITERS}


def _refuse_to_overwrite(files: Sequence[Path]) -> None:
    there = [str(path) for path in files if path.exists()]
    if there:
        rest = f" và {len(there) - SHOWN} tệp khác" if len(there) > SHOWN else ""
        listed = ", ".join(there[:SHOWN]) + rest
        raise MotCuaError(f"Đã có {listed}: hãy nêu thư mục khác, hoặc thêm --force để ghi đè. Chưa ghi tệp nào.")


def _refuse_what_cannot_be_drawn(entries: Sequence[Procedure | Guide], bot: str) -> None:
    """Lay out every entry once before the first file: a letter that the font lacks is found here."""
    for entry in entries:
        try:
            poster(entry, bot, PAPERS["a6"])
        except MotCuaError as error:
            raise MotCuaError(f"{entry.id}: {error} Chưa ghi tệp nào.") from error


def _draw(entry: Procedure | Guide, bot: str, out: Path) -> None:
    for path, (paper, form) in _files(entry, out).items():
        put(path, WRITERS[form](poster(entry, bot, PAPERS[paper])))


def _tell(entries: Sequence[Procedure | Guide], bot: str, out: Path, every: bool) -> None:
    for entry in () if every else entries:
        click.echo(f"{entry.name}: {deep_link(bot, entry.id)}")
        for path in _files(entry, out):
            click.echo(f"  {path}")
    click.echo(f"Đã ghi {len(entries) * len(PAPERS) * len(WRITERS)} tệp vào {out}.")
