"""`motcua kb diff`: what changed for citizens between two bases."""

import asyncio
import io
import tempfile
import zipfile
from pathlib import Path

import click

from bot.cli.office import Office
from bot.cli.plain import plain_value
from bot.curation import changes
from bot.errors import MotCuaError
from bot.knowledge import Knowledge, load


@click.command(short_help="Hai bộ tri thức khác nhau ở đâu, nói bằng lời.")
@click.argument("before", metavar="A", callback=plain_value)
@click.argument("after", metavar="B", callback=plain_value)
@click.pass_obj
def diff(config_path: str | None, before: str, after: str) -> None:
    """Nói từng mục từ A sang B đã đổi gì đối với người dân: mục mới, mục bỏ, lệ phí, thời hạn, giấy tờ, nơi nộp …

    A và B là hai thư mục, hoặc một bản trong git của bộ đang dùng, viết có dấu hai chấm: HEAD: hay v1.0:
    """
    office = Office(config_path)
    old, new = (_base(office, name) for name in (before, after))
    for line in changes(old, new):
        click.echo(line)


def _base(office: Office, name: str) -> Knowledge:
    """A base by its folder or its git revision, under the office's overlay where it has one."""
    if Path(name).is_dir() or not name.endswith(":"):
        return _loaded(Path(name), office.config.local)
    with tempfile.TemporaryDirectory(prefix="motcua-") as folder:
        packed = asyncio.run(_archive(office.folder, name.removesuffix(":")))
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            archive.extractall(folder)
        return _loaded(Path(folder), office.config.local)


def _loaded(folder: Path, local: str | None) -> Knowledge:
    return load(folder, local if (folder / "local" / f"{local}.yaml").is_file() else None)


async def _archive(folder: Path, revision: str) -> bytes:
    """The base's folder as it stood in a revision, packed by git."""
    if revision.startswith("-"):
        raise MotCuaError(f"{revision} không phải một bản trong git.")
    command = ("git", "-C", str(folder), "archive", "--format=zip", revision, ".")
    try:
        process = await asyncio.create_subprocess_exec(
            *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
    except OSError as error:
        raise MotCuaError("Máy này không có git: hãy nêu hai thư mục.") from error
    packed, problem = await process.communicate()
    if process.returncode:
        words = problem.decode("utf-8", "replace").strip()
        raise MotCuaError(f"Không lấy được bản {revision} của {folder} từ git: {words}")
    return packed
