"""`motcua staff`: the staff pages, and who belongs to the staff."""

import logging
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.office import Office
from bot.cli.plain import plain, plain_value
from bot.cli.run import watching
from bot.cli.tables import show
from bot.desk import Brain
from bot.errors import MotCuaError
from bot.passes import LINK_LASTS, hash_of, new_key, sign_in_address
from bot.reload import Reloader, look
from bot.review.gathering import gather
from bot.roles import Role
from bot.storage import CONSOLE, Staff, Tickets
from bot.storage.copying import held
from bot.text import clean, folded_words

if TYPE_CHECKING:
    from bot.staff import Site
    from bot.staff.serving import Place

USER = r"[1-9][0-9]{0,18}"
PORT = 8321
MISSING = "Trang cán bộ cần vài gói chưa được cài ({name}). Hãy cài: pip install 'motcua[staff]'"
EXPOSED = (
    "CẢNH BÁO: trang chạy không có HTTPS ở {host}. Người cùng mạng có thể xem trộm và dùng phiên đăng nhập của cán bộ. "
    "Hãy thêm --cert và --key, hoặc đặt sau một proxy có HTTPS rồi thêm --behind-proxy."
)
NOBODY = "Không có cán bộ nào mang mã {user}. Xem danh sách: motcua staff list"
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class RoleName(click.ParamType[Role]):
    """A role, typed with its marks or without: "biên tập", "bien-tap"."""

    name = "vai trò"

    def convert(self, value: str | Role, param: click.Parameter | None, ctx: click.Context | None) -> Role:
        """The role that is meant."""
        found = [role for role in Role if folded_words(str(value)) == folded_words(role.value)]
        if found:
            return found[0]
        return self.fail(
            f"Vai trò là một trong: {', '.join(Role)} (viết không dấu cũng được, ví dụ bien-tap).", param, ctx
        )


@click.group(invoke_without_command=True, short_help="Chạy trang web cho cán bộ; thêm, bớt cán bộ.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ mạng để nghe.")
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True, help="Cổng để nghe.")
@click.option("--cert", type=FILE, help="Tệp chứng chỉ HTTPS (PEM).")
@click.option("--key", type=FILE, help="Tệp khóa của chứng chỉ đó (PEM).")
@click.option("--behind-proxy", is_flag=True, help="Đứng sau một proxy đã có HTTPS.")
@click.pass_context
def staff(
    context: click.Context, host: str, port: int, cert: Path | None, key: Path | None, behind_proxy: bool
) -> None:
    """Chạy trang web cho cán bộ (cần cài motcua[staff]). Dừng: Ctrl-C."""
    if context.invoked_subcommand:
        return
    try:
        from bot.staff.serving import Place
    except ModuleNotFoundError as error:
        raise MotCuaError(MISSING.format(name=error.name)) from error
    _run(context.obj, Place(host, port, cert, key, behind_proxy))


def _run(config_path: str | None, place: "Place") -> None:
    from bot.staff import staff_app
    from bot.staff.serving import serve

    office = Office(config_path)
    address = place.address(office.config.staff_url)
    _set_up_logging()
    office.prepare()
    reloader = _reloading(office)
    site = _site(office, place)

    def ready() -> None:
        click.echo(f"Trang cán bộ: {office.config.staff_url or place.shown}. Dừng: Ctrl-C.")
        if address.exposed:
            click.echo(EXPOSED.format(host=place.host), err=True)

    try:
        with watching(reloader), held(office.config.database_path):
            serve(staff_app(site), place, ready)
    finally:
        site.close()
        office.database.close()


def _site(office: Office, place: "Place") -> "Site":
    from bot.staff import Site

    tickets, address = Tickets(office.database), place.address(office.config.staff_url)
    return Site(office.database, office.desk, address, office.stage, lambda: gather(tickets, office.clock()))


def _reloading(office: Office) -> Reloader[Brain]:
    """Pages show the base as it is; its faults are told by the bot's own health and in the log."""

    def swap(brain: Brain) -> None:
        office.desk.brain = brain

    def told(_problem: str) -> None:
        """The log says it already."""

    return Reloader(lambda: look(office.folder, [office.catalogue_path]), office.anew, swap, told)


def _set_up_logging() -> None:
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True
    )
    logging.getLogger("uvicorn").setLevel(logging.WARNING)


@staff.command(short_help="Thêm một cán bộ, hoặc đổi tên, vai trò.")
@click.argument("user", metavar="ID")
@click.option("--role", type=RoleName(), required=True, help="xem, biên tập hoặc quản trị (viết không dấu cũng được).")
@click.option("--name", required=True, callback=plain_value, help="Tên, ghi vào nhật ký thay đổi.")
@click.pass_obj
def add(config_path: str | None, user: str, role: Role, name: str) -> None:
    """Thêm người có mã Telegram ID (dãy số) vào danh sách cán bộ."""
    if not re.fullmatch(USER, user):
        raise MotCuaError(f"{plain(user)} không phải mã Telegram: mã là dãy số, ví dụ 123456789.")
    words = " ".join(clean(name).split())
    if not words:
        raise MotCuaError("Tên đang để trống. Hãy ghi tên cán bộ.")
    office = Office(config_path)
    member = Staff(office.database).add(user, words, role, CONSOLE, office.clock())
    click.echo(f"{member.name} ({member.user}) nay có vai trò: {member.role.value}.")
    office.database.close()


@staff.command("list", short_help="Liệt kê cán bộ.")
@click.pass_obj
def listed(config_path: str | None) -> None:
    """Liệt kê cán bộ với vai trò của từng người."""
    office = Office(config_path)
    rows = [(member.user, member.name, member.role.value) for member in Staff(office.database).all()]
    show(
        ("Mã Telegram", "Tên", "Vai trò"),
        rows,
        "Chưa có cán bộ nào. Thêm: motcua staff add MÃ --role quan-tri --name TÊN",
    )
    office.database.close()


@staff.command(short_help="Gỡ một cán bộ.")
@click.argument("user", metavar="ID")
@click.pass_obj
def remove(config_path: str | None, user: str) -> None:
    """Gỡ người có mã Telegram ID: bị đăng xuất ngay, không vào được nữa."""
    office = Office(config_path)
    if not Staff(office.database).remove(user, CONSOLE, office.clock()):
        raise MotCuaError(NOBODY.format(user=plain(user)))
    click.echo(f"Đã gỡ {user}.")
    office.database.close()


@staff.command(short_help="In liên kết đăng nhập cho một cán bộ.")
@click.argument("user", metavar="ID")
@click.pass_context
def link(context: click.Context, user: str) -> None:
    """In liên kết đăng nhập dùng một lần, trong 5 phút, cho người có mã Telegram ID: khi máy không có Telegram."""
    office = Office(context.obj)
    team, now, key = Staff(office.database), office.clock(), new_key()
    member = team.by_user(user)
    if member is None:
        raise MotCuaError(NOBODY.format(user=plain(user)))
    team.link(member.id, hash_of(key), now, now + LINK_LASTS)
    given = context.parent.params if context.parent else {}
    url = office.config.staff_url or f"{'https' if given.get('cert') else 'http'}://localhost:{given.get('port', PORT)}"
    click.echo(sign_in_address(url, key))
    click.echo(f"Chỉ cho {member.name}; dùng một lần, trong 5 phút.", err=True)
    office.database.close()
