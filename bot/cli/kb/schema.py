"""`motcua kb schema`: JSON Schemas of the YAML files, for editors that complete and check while one types."""

import json
from pathlib import Path

import click

from bot.cli.office import PACKAGE, Office
from bot.cli.tables import show
from bot.curation.schemas import editor_settings, modeline, schemas
from bot.editing.folder import GENERATED
from bot.errors import MotCuaError

SETTINGS = Path(".vscode", "settings.json")  # with it no file of the base needs a line of its own


@click.command(short_help="Khuôn của các tệp YAML, để VS Code gợi ý và báo lỗi khi gõ.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Thư mục để ghi (mặc định: schema trong bộ tri thức).",
)
@click.pass_obj
def schema(config_path: str | None, out: Path | None) -> None:
    """Ghi khuôn (JSON Schema) của từng loại tệp, để VS Code gợi ý và báo lỗi khi gõ.

    VS Code cần phần mở rộng YAML của Red Hat. Mở chính thư mục bộ tri thức thì dùng được ngay.
    Mở thư mục khác thì chép dòng mà lệnh này in ra vào đầu từng tệp YAML.
    """
    office = Office(config_path)
    if out is None and office.folder.is_relative_to(PACKAGE):
        raise MotCuaError("Bộ đi kèm chương trình không ghi vào được: hãy nêu thư mục, ví dụ --out khuon.")
    base = office.folder.resolve()
    folder = out.resolve() if out else base / GENERATED
    rows = written(base, folder)
    show(("Tệp", "Dòng đầu tiên của tệp"), rows, "")
    click.echo(f"\nĐã ghi {len(rows)} khuôn vào {folder}.")
    if out is None:
        click.echo(f"Mở thư mục {base} bằng VS Code thì không cần chép dòng nào. {_told_settings(base)}")
    else:
        click.echo("Chép dòng trên vào đầu mỗi tệp YAML.")


def written(base: Path, folder: Path) -> list[tuple[str, str]]:
    """Write the schemas into a folder; returns each kind of file and the line that it needs on top."""
    rows = []
    for name, files, content in schemas():
        path = folder / f"{name}.json"
        _write(path, json.dumps(content, ensure_ascii=False, indent=2) + "\n")
        rows.append((files, modeline(path, files, base)))
    if folder == base / GENERATED and not (base / SETTINGS).exists():
        _write(base / SETTINGS, json.dumps(editor_settings(GENERATED), ensure_ascii=False, indent=2) + "\n")
    return rows


def _told_settings(base: Path) -> str:
    """Whether the settings of VS Code are ours, or were there before and know nothing of the schemas."""
    try:
        known = GENERATED + "/" in (base / SETTINGS).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        known = False
    return "" if known else f"Riêng {SETTINGS} đã có sẵn và được giữ nguyên: hãy thêm yaml.schemas vào đó."


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, "utf-8")
        beside.replace(path)
    except OSError as error:
        raise MotCuaError(f"Không ghi được {path}: {error.strerror}. Hãy nêu thư mục khác bằng --out.") from error
