"""`motcua kb new`: a new entry, ready to be filled in."""

import re
from pathlib import Path

import click

from bot.cli.office import PACKAGE, Office
from bot.cli.plain import plain_value
from bot.curation.adding import Drawers, put, with_entry
from bot.curation.listing import Listed, listed
from bot.curation.skeleton import scalar, skeleton
from bot.errors import MotCuaError

CODE = re.compile(r"[0-9]\.[0-9]{6}")
FILE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@click.command(short_help="Tạo khung một mục mới từ mã thủ tục.")
@click.argument("code", metavar="MÃ", callback=plain_value)
@click.option(
    "--field", callback=plain_value, help="Tệp trong procedures/ để thêm vào, ví dụ ho-tich. Chưa có thì tạo."
)
@click.option(
    "--catalogue",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Danh mục thủ tục (CSV) để điền sẵn tên và trang chính thức.",
)
@click.option("--print", "printed", is_flag=True, help="Chỉ in ra, không sửa tệp nào.")
@click.pass_obj
def new(config_path: str | None, code: str, field: str | None, catalogue: Path | None, printed: bool) -> None:
    """Thêm khung của thủ tục MÃ (ví dụ 1.004194) vào cuối tệp của lĩnh vực, để bạn điền.

    Phần chưa có nguồn thì để nguyên dấu # hoặc xóa đi. Điền xong, chạy: motcua kb check
    """
    office = Office(config_path)
    if not CODE.fullmatch(code):
        raise MotCuaError(f"{code} không phải mã thủ tục: mã có dạng 1.004194.")
    drawers = Drawers(office.folder)
    _refuse_double(drawers, code)
    known = listed(catalogue, code) if catalogue else None
    if catalogue and known is None:
        click.echo(f"Danh mục {catalogue} không có mã {code}: khung để trống tên.", err=True)
    row = known or Listed(code)
    text = skeleton(row, drawers.ids(), drawers.origins())
    if printed:
        click.echo(text, nl=False)
        return
    path = _file(office, drawers, field, row)
    fresh = not path.exists()
    put(path, with_entry(path, text, scalar(row.field.split(";")[0].strip())))
    click.echo(f"Đã thêm khung {code} vào {'tệp mới ' if fresh else ''}{path}.")
    click.echo(
        "Hãy điền rồi chạy motcua kb check. Chưa điền đủ thì bot vẫn dùng bản cũ, nhưng không khởi động lại được."
    )


def _refuse_double(drawers: Drawers, code: str) -> None:
    standing = drawers.standing(code)
    if standing:
        name = f" ({standing.name})" if standing.name else ""
        raise MotCuaError(f"Mã {code} đã đứng ở mục {standing.id}{name}, {standing.at}. Hãy sửa mục đó.")


def _file(office: Office, drawers: Drawers, field: str | None, row: Listed) -> Path:
    """The file to add to: named, or that of the field in the catalogue."""
    folder = office.folder / "procedures"
    if office.folder.is_relative_to(PACKAGE):
        raise MotCuaError(
            "Bộ đi kèm chương trình không sửa được. Hãy chép bộ riêng: motcua kb init, hoặc dùng --print."
        )
    if field is None:
        found = drawers.of_field(row.field)
        if found is None:
            names = ", ".join(sorted(path.stem for path in folder.glob("*.yaml")))
            raise MotCuaError(f"Chưa biết thêm vào tệp nào: hãy nêu --field. Các tệp đang có: {names}")
        return found
    name = Path(field).name.removesuffix(".yaml")
    if not FILE.fullmatch(name):
        raise MotCuaError(f"Tên tệp {name} không dùng được: chỉ dùng chữ thường không dấu, số và gạch nối.")
    return folder / f"{name}.yaml"
