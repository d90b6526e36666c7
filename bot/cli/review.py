"""`motcua review`: what was not answered, and settling it on the machine itself."""

import click

from bot.cli.office import Office
from bot.cli.plain import plain_value
from bot.cli.settling import publish, tell_changes
from bot.cli.tables import show
from bot.errors import MotCuaError
from bot.review.edits import LONGEST_PHRASE, AddPhrase
from bot.review.gathering import gather
from bot.review.proposals import meant, nearest_of
from bot.review.records import find, newest
from bot.storage import CONSOLE, Kind, Member, Staff, Ticket, Tickets, Wording

COMPARED = 5  # wordings whose nearest entries are shown
HOW = """
Xem một nhóm:  motcua review show SỐ
Xử lý:         motcua review answer SỐ MỤC | reply SỐ LỜI | ignore SỐ --note LÝ_DO"""
HOW_ONE = """
Thêm làm cách hỏi của một mục:  motcua review answer {id} MỤC
Trả lời bằng tay một lần:       motcua review reply {id} LỜI
Chưa có mục nào đúng:           motcua kb new, rồi motcua review answer {id} MỤC_MỚI"""

by = click.option("--by", "user", metavar="ID", help="Cán bộ làm việc này (id như trong motcua staff list).")


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
        click.echo(HOW)
    office.database.close()


@review.command("show", short_help="Xem một nhóm: mọi cách hỏi, các mục gần nhất.")
@click.argument("number", type=int)
@click.pass_obj
def show_one(config_path: str | None, number: int) -> None:
    """Cho xem nhóm số NUMBER: ai hỏi thế nào, bao nhiêu người chờ báo, năm mục gần nhất kèm điểm."""
    office = Office(config_path)
    ticket = _found(office, number)
    wordings = Tickets(office.database).wordings(number)
    rows = [
        (str(place), one.question or f"(bị báo: {one.why or 'cần xem lại'})", str(one.times), str(one.watched))
        for place, one in enumerate(wordings, 1)
    ]
    show(("", "Cách hỏi", "Lần", "Chờ báo"), rows, "Nhóm này không còn câu nào: người hỏi đã xóa dữ liệu của mình.")
    asked = [one.question for one in wordings[:COMPARED] if one.question]
    near = [(one.id, one.name, f"{one.score:.2f}") for one in nearest_of(office.desk.brain, asked)]
    click.echo()
    show(("Mục gần nhất", "Tên", "Điểm"), near, "Không mục nào gần.")
    click.echo(HOW_ONE.format(id=ticket.id))
    office.database.close()


@review.command(short_help="Câu này hỏi về một mục đã có: thêm cách hỏi, báo người chờ.")
@click.argument("number", type=int)
@click.argument("entry", metavar="MỤC", callback=plain_value)
@click.option("--phrase", callback=plain_value, help="Cách hỏi cần thêm; không ghi thì lấy câu của người dân.")
@click.option("--yes", is_flag=True, help="Ghi ngay, không hỏi lại, khi không câu hỏi thử nào kém đi.")
@by
@click.pass_obj
def answer(config_path: str | None, number: int, entry: str, phrase: str | None, yes: bool, user: str | None) -> None:
    """Nhóm số NUMBER hỏi về MỤC (id của một thủ tục hay hướng dẫn).

    Cách hỏi được thử trên một bản sao trước: kb check, kb test, và những câu người dân đã hỏi nay đổi câu trả lời.
    Đồng ý thì mới ghi; ai nhờ báo mà câu của họ nay được trả lời thẳng thì bot báo. Với nhóm bị báo sai: sửa tệp
    trước, rồi chạy lệnh này để bot báo người đã phản ánh.
    """
    office = Office(config_path)
    if not office.desk.brain.matcher.is_entry(entry):
        raise MotCuaError(f"Không có mục nào tên {entry}. Hãy xem các id trong {office.folder / 'procedures'}.")
    ticket, member = _found(office, number), _member(office, user)
    if ticket.kind is Kind.DISPUTED:
        click.echo(f"Xong nhóm {number}. {office.settling.correct(ticket, entry, member)}")
    else:
        wanted = " ".join((phrase or ticket.wording)[:LONGEST_PHRASE].split())
        question = meant(wanted, Tickets(office.database).wordings(number))
        publish(office, AddPhrase(entry, wanted, question), ticket, member, yes)
    office.database.close()


@review.command(short_help="Trả lời bằng tay, một lần, cho những người đã hỏi.")
@click.argument("number", type=int)
@click.argument("words", metavar="LỜI", callback=plain_value)
@click.option("--only", multiple=True, type=click.IntRange(1), help="Chỉ trả lời cách hỏi này (số trong review show).")
@click.option("--yes", is_flag=True, help="Gửi ngay, không hỏi lại.")
@by
@click.pass_obj
def reply(config_path: str | None, number: int, words: str, only: tuple[int, ...], yes: bool, user: str | None) -> None:
    """Gửi LỜI cho những ai ở nhóm số NUMBER đã nhờ báo; bộ tri thức không đổi."""
    office = Office(config_path)
    ticket, member = _found(office, number), _member(office, user)
    chosen = _chosen(Tickets(office.database).wordings(number), only)
    for one in chosen:
        click.echo(f"  {one.question}")
    if not yes:
        click.confirm("Lời này trả lời đúng mọi câu trên?", abort=True)
    references = [name for one in chosen for name in one.references]
    click.echo(f"Xong. {office.settling.by_words(ticket, references, words, member)}")
    office.database.close()


@review.command(short_help="Bỏ qua câu này.")
@click.argument("number", type=int)
@click.option("--note", required=True, callback=plain_value, help="Lý do bỏ qua.")
@by
@click.pass_obj
def ignore(config_path: str | None, number: int, note: str, user: str | None) -> None:
    """Bỏ qua mọi câu của nhóm số NUMBER."""
    office = Office(config_path)
    done = office.settling.ignore(_found(office, number), note, _member(office, user))
    click.echo(f"Đã bỏ qua {done.settled} câu.")
    office.database.close()


@review.command(short_help="Hoàn tác một lần sửa bộ tri thức.")
@click.argument("change", metavar="[MÃ]", required=False)
@click.option("--reason", callback=plain_value, help="Vì sao hoàn tác.")
@by
@click.pass_obj
def undo(config_path: str | None, change: str | None, reason: str | None, user: str | None) -> None:
    """Đưa các tệp về như trước lần sửa MÃ; nhóm câu hỏi mà lần sửa đó giải quyết lại chờ xử lý.

    Không ghi MÃ thì liệt kê các lần sửa gần đây.
    """
    office = Office(config_path)
    if change is None:
        tell_changes(newest(office.folder))
    elif not reason:
        raise MotCuaError("Hãy ghi vì sao hoàn tác: --reason LÝ_DO")
    else:
        record = find(office.folder, change)
        undone = office.settling.undo(record.id, _member(office, user), reason, office.settling.settled_by(record))
        click.echo(f"Đã đưa về như trước: {', '.join(undone.files)}. {undone.note}".rstrip())
    office.database.close()


def _found(office: Office, number: int) -> Ticket:
    ticket = Tickets(office.database).ticket(number)
    if ticket is None:
        raise MotCuaError(f"Không có câu số {number}. Hãy xem danh sách: motcua review")
    return ticket


def _member(office: Office, user: str | None) -> Member:
    if user is None:
        return CONSOLE
    member = Staff(office.database).by_user(user)
    if member is None:
        raise MotCuaError(f"Không có cán bộ nào có id {user}. Hãy xem: motcua staff list")
    return member


def _chosen(wordings: list[Wording], only: tuple[int, ...]) -> list[Wording]:
    if only and max(only) > len(wordings):
        raise MotCuaError(f"Nhóm này chỉ có {len(wordings)} cách hỏi. Hãy xem: motcua review show SỐ")
    return [one for place, one in enumerate(wordings, 1) if not only or place in only]


def _title(ticket: Ticket) -> str:
    return f"Bị báo cần xem lại: {ticket.procedure}" if ticket.kind is Kind.DISPUTED else ticket.wording


def _times(ticket: Ticket) -> str:
    return f"{ticket.times} (gửi cán bộ: {ticket.asked})" if ticket.asked else str(ticket.times)


def _nearest(ticket: Ticket) -> str:
    return ", ".join(f"{name} {score:.2f}" for name, score in ticket.matches[:3])
