"""`motcua kb schema`: JSON Schemas of the YAML files, for editors that complete and check while one types."""

import json
from pathlib import Path

import click

from bot.cli.office import PACKAGE, Office
from bot.cli.tables import show
from bot.curation.schemas import modeline, schemas
from bot.errors import MotCuaError

FOLDER = "schema"  # beside the files of the base


@click.command(short_help="Khuôn của các tệp YAML, để VS Code gợi ý và báo lỗi khi gõ.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Thư mục để ghi (mặc định: schema trong bộ tri thức).",
)
@click.pass_obj
def schema(config_path: str | None, out: Path | None) -> None:
    """Ghi khuôn (JSON Schema) của từng loại tệp, và in dòng cần đặt ở đầu mỗi tệp YAML.

    VS Code cần phần mở rộng YAML của Red Hat.
    """
    office = Office(config_path)
    if out is None and office.folder.is_relative_to(PACKAGE):
        raise MotCuaError("Bộ đi kèm chương trình không ghi vào được: hãy nêu thư mục, ví dụ --out khuon.")
    base, folder = office.folder.resolve(), (out or office.folder / FOLDER).resolve()
    rows = []
    for name, files, content in schemas():
        path = folder / f"{name}.json"
        _write(path, json.dumps(content, ensure_ascii=False, indent=2) + "\n")
        rows.append((files, modeline(path, files, base)))
    show(("Tệp", "Dòng đầu tiên của tệp"), rows, "")
    click.echo(f"\nĐã ghi {len(rows)} khuôn vào {folder}. Chép dòng trên vào đầu mỗi tệp YAML.")


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, "utf-8")
        beside.replace(path)
    except OSError as error:
        raise MotCuaError(f"Không ghi được {path}: {error.strerror}. Hãy nêu thư mục khác bằng --out.") from error
