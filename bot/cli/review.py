"""`motcua review`: what was not answered, and settling it."""

import textwrap

import click

from bot.cli.office import Office
from bot.cli.plain import plain_value
from bot.cli.tables import show
from bot.errors import MotCuaError
from bot.review.gathering import gather
from bot.storage import CONSOLE, Kind, Settled, State, Ticket, Tickets

LONGEST_PHRASE = 200  # of a long story, what is worth matching


@click.group(invoke_without_command=True, short_help="Xem và xử lý các câu chưa trả lời được.")
@click.option("--limit", type=click.IntRange(1), default=30, show_default=True, help="Số nhóm câu hỏi hiện ra.")
@click.pass_context
def review(context: click.Context, limit: int) -> None:
    """Liệt kê các nhóm câu chưa trả lời được: nhóm nhiều người hỏi đứng trước, rồi nhóm chờ lâu nhất."""
    if context.invoked_subcommand:
        return
    office = Office(context.obj)
    tickets = Tickets(office.database)
    gather(tickets, office.clock())
    page = tickets.page(limit=limit)
    rows = [(str(one.id), _title(one), _times(one), one.newest, _nearest(one)) for one in page]
    show(("Số", "Câu hỏi", "Lần", "Mới nhất", "Gần nhất với"), rows, "Không còn câu nào chưa trả lời.")
    if page:
        click.echo("\nXử lý: motcua review answer SỐ THỦ_TỤC   hoặc   motcua review ignore SỐ --note LÝ_DO")
    office.database.close()


@review.command(short_help="Câu này hỏi về một thủ tục đã có.")
@click.argument("number", type=int)
@click.argument("procedure", callback=plain_value)
@click.pass_obj
def answer(config_path: str | None, number: int, procedure: str) -> None:
    """Nhóm số NUMBER hỏi về thủ tục PROCEDURE (id). In ra dòng cần thêm vào bộ tri thức."""
    office = Office(config_path)
    entry = office.knowledge.by_id.get(procedure)
    if entry is None:
        raise MotCuaError(f"Không có thủ tục nào tên {procedure}. Hãy xem các id trong {office.folder / 'procedures'}.")
    ticket = _open(office, number)
    disputed = ticket.kind is Kind.DISPUTED
    _settle(office, ticket, Settled.EDIT if disputed else Settled.PHRASE, procedure=procedure)
    click.echo(f"Đã xếp {ticket.times} câu vào: {entry.name}.")
    if not disputed:
        click.echo(f"Để bot trả lời được, thêm dòng này vào phrases của {procedure}, rồi chạy: motcua kb check")
        click.echo(f"      - {_quoted(ticket.wording)}")
    office.database.close()


@review.command(short_help="Bỏ qua câu này.")
@click.argument("number", type=int)
@click.option("--note", required=True, callback=plain_value, help="Lý do bỏ qua.")
@click.pass_obj
def ignore(config_path: str | None, number: int, note: str) -> None:
    """Bỏ qua mọi câu của nhóm số NUMBER."""
    office = Office(config_path)
    ticket = _open(office, number)
    _settle(office, ticket, Settled.IGNORED, note=note)
    click.echo(f"Đã bỏ qua {ticket.times} câu.")
    office.database.close()


def _open(office: Office, number: int) -> Ticket:
    ticket = Tickets(office.database).ticket(number)
    if ticket is None:
        raise MotCuaError(f"Không có câu số {number}. Hãy xem danh sách: motcua review")
    if ticket.state not in (State.NEW, State.TAKEN):
        raise MotCuaError(f"Câu số {number} đã được xử lý trước đó.")
    return ticket


def _settle(
    office: Office, ticket: Ticket, settled: Settled, procedure: str | None = None, note: str | None = None
) -> None:
    tickets = Tickets(office.database)
    if not tickets.settle(ticket.id, ticket.version, settled, procedure, note, CONSOLE, office.clock()):
        raise MotCuaError(f"Câu số {ticket.id} vừa được người khác thay đổi. Hãy xem lại: motcua review")


def _title(ticket: Ticket) -> str:
    return f"Bị báo cần xem lại: {ticket.procedure}" if ticket.kind is Kind.DISPUTED else ticket.wording


def _times(ticket: Ticket) -> str:
    return f"{ticket.times} (gửi cán bộ: {ticket.asked})" if ticket.asked else str(ticket.times)


def _nearest(ticket: Ticket) -> str:
    return ", ".join(f"{name} {score:.2f}" for name, score in ticket.matches[:3])


def _quoted(text: str) -> str:
    plain = textwrap.shorten(text, LONGEST_PHRASE, placeholder="")
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
