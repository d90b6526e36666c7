"""`motcua kb new`: a new entry or guide, ready to be filled in."""

import re
from pathlib import Path

import click

from bot import yamlfile
from bot.cli.office import PACKAGE, Office
from bot.cli.plain import plain_value
from bot.curation.adding import Drawers, put, with_entry
from bot.curation.listing import Listed, listed
from bot.curation.skeleton import LONGEST_ID, guide_id, guide_skeleton, scalar, skeleton
from bot.errors import MotCuaError

CODE = re.compile(r"[0-9]\.[0-9]{6}")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")  # of a file, or an id
WORD = re.compile(r"[^\W_]")


@click.command(short_help="Tạo khung một thủ tục từ mã, hoặc một hướng dẫn.")
@click.argument("code", metavar="[MÃ]", required=False, callback=plain_value)
@click.option(
    "--guide",
    metavar="ID|TÊN",
    callback=plain_value,
    help='Tạo hướng dẫn thay cho thủ tục, ví dụ "Dùng wifi công cộng".',
)
@click.option(
    "--field",
    callback=plain_value,
    help="Tệp trong procedures/ (hoặc guides/) để thêm vào, ví dụ ho-tich. Chưa có thì tạo.",
)
@click.option(
    "--catalogue",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Danh mục thủ tục (CSV) để điền sẵn tên và trang chính thức.",
)
@click.option("--print", "printed", is_flag=True, help="Chỉ in ra, không sửa tệp nào.")
@click.pass_obj
def new(
    config_path: str | None,
    code: str | None,
    guide: str | None,
    field: str | None,
    catalogue: Path | None,
    printed: bool,
) -> None:
    """Thêm khung của thủ tục MÃ (ví dụ 1.004194), hoặc của một hướng dẫn (--guide), vào cuối tệp của lĩnh vực.

    Phần chưa có nguồn thì để nguyên dấu # hoặc xóa đi. Điền xong, chạy: motcua kb check
    """
    if (code is None) == (guide is None):
        raise click.UsageError('Hãy nêu một mã thủ tục, hoặc một hướng dẫn: --guide "Tên hướng dẫn".')
    if guide is not None and catalogue:
        raise click.UsageError("Danh mục chỉ có thủ tục: bỏ --catalogue.")
    office = Office(config_path)
    drawers = Drawers(office.folder)
    if guide is not None:
        name, text = _guide(drawers, guide.strip())
        path = None if printed else _guides_file(office, field)
        _add(path, text, "", name)
        return
    row = _row(drawers, code or "", catalogue)
    text = skeleton(row, drawers.ids(), drawers.origins())
    path = None if printed else _procedures_file(office, drawers, field, row)
    _add(path, text, scalar(row.field.split(";")[0].strip()), row.code)


def _add(path: Path | None, text: str, field: str, name: str) -> None:
    """Put the skeleton into its file; with no file, print it."""
    if path is None:
        click.echo(text, nl=False)
        return
    fresh = not path.exists()
    put(path, with_entry(path, text, field))
    click.echo(f"Đã thêm khung {name} vào {'tệp mới ' if fresh else ''}{path}.")
    click.echo(
        "Hãy điền rồi chạy motcua kb check. Chưa điền đủ thì bot vẫn dùng bản cũ, nhưng không khởi động lại được."
    )


def _row(drawers: Drawers, code: str, catalogue: Path | None) -> Listed:
    """What the catalogue says of a code that stands nowhere yet."""
    if not CODE.fullmatch(code):
        raise MotCuaError(f"{code} không phải mã thủ tục: mã có dạng 1.004194.")
    standing = drawers.standing(code)
    if standing:
        name = f" ({standing.name})" if standing.name else ""
        raise MotCuaError(f"Mã {code} đã đứng ở mục {standing.id}{name}, {standing.at}. Hãy sửa mục đó.")
    known = listed(catalogue, code) if catalogue else None
    if catalogue and known is None:
        click.echo(f"Danh mục {catalogue} không có mã {code}: khung để trống tên.", err=True)
    return known or Listed(code)


def _guide(drawers: Drawers, guide: str) -> tuple[str, str]:
    """The id and the skeleton of a guide that stands nowhere yet, from an id or from a name."""
    if not WORD.search(guide):
        raise MotCuaError('Hướng dẫn chưa có tên: hãy viết --guide "Tên hướng dẫn", hoặc --guide id-cua-bai.')
    given = NAME.fullmatch(guide) is not None
    if given and len(guide) > LONGEST_ID:
        raise MotCuaError(f"Id {guide} dài hơn {LONGEST_ID} ký tự: hãy đặt ngắn hơn.")
    short, name = (guide, "") if given else (guide_id(guide, drawers.ids()), " ".join(guide.split()))
    standing = drawers.called(short, name)
    if standing:
        raise MotCuaError(f"Đã có {standing.name or 'mục'} ({standing.id}), {standing.at}. Hãy sửa mục đó.")
    return short, guide_skeleton(short, name, drawers.origins())


def _procedures_file(office: Office, drawers: Drawers, field: str | None, row: Listed) -> Path:
    """The file to add to: named, or that of the field in the catalogue."""
    folder = _own(office) / "procedures"
    if field is not None:
        return _named(folder, field)
    found = drawers.of_field(row.field)
    if found is None:
        raise _unknown(folder)
    return found


def _guides_file(office: Office, field: str | None) -> Path:
    """The file to add to: named, or the only one that there is."""
    folder = _own(office) / "guides"
    if field is not None:
        return _named(folder, field)
    there = yamlfile.files(folder)
    if len(there) != 1:
        raise _unknown(folder)
    return there[0]


def _own(office: Office) -> Path:
    if office.folder.is_relative_to(PACKAGE):
        raise MotCuaError(
            "Bộ đi kèm chương trình không sửa được. Hãy chép bộ riêng: motcua kb init, hoặc dùng --print."
        )
    return office.folder


def _named(folder: Path, field: str) -> Path:
    name = Path(field).name.removesuffix(".yaml")
    if not NAME.fullmatch(name):
        raise MotCuaError(f"Tên tệp {name} không dùng được: chỉ dùng chữ thường không dấu, số và gạch nối.")
    return folder / f"{name}.yaml"


def _unknown(folder: Path) -> MotCuaError:
    names = ", ".join(path.stem for path in yamlfile.files(folder)) or "chưa có tệp nào"
    return MotCuaError(f"Chưa biết thêm vào tệp nào: hãy nêu --field. Các tệp đang có: {names}")
