"""An edit on the command line: tried on a copy with progress, told in words, written when confirmed."""

from collections.abc import Callable, Sequence

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.cli.office import Office
from bot.cli.tables import show
from bot.config import OFFICE_TIME
from bot.review.edits import Edit
from bot.review.records import Record
from bot.review.rehearsal import Rehearsal
from bot.storage import Member, Ticket
from bot.trial import Given

LISTED = 20  # questions told of each kind


def publish(office: Office, edit: Edit, ticket: Ticket, member: Member, yes: bool) -> None:
    """Settle a ticket by an edit, once whoever sits there has seen what it changes."""
    columns = (TextColumn("Đang thử trên bản sao"), BarColumn(), MofNCompleteColumn(), TextColumn("câu"))
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        tried = office.settling.rehearse(
            edit, ticket, lambda done, total: progress.update(task, completed=done, total=total)
        )
    _tell(tried, office.desk.name_of)
    if tried.changes and (not yes or tried.worse):
        click.confirm("Ghi vào bộ tri thức?", abort=True)
    click.echo(str(office.settling.by_edit(tried, edit, ticket, member)))


def tell_changes(records: Sequence[Record]) -> None:
    """The last changes, newest first."""
    rows = [(one.id, f"{one.at.astimezone(OFFICE_TIME):%H:%M %d/%m/%Y}", one.who, one.message) for one in records]
    show(("Mã", "Lúc", "Ai", "Sửa gì"), rows, "Chưa có lần sửa nào qua chương trình này.")


def _tell(tried: Rehearsal, name: Callable[[str], str]) -> None:
    if not tried.changes:
        click.echo("Cách hỏi này đã có trong mục: không có gì để ghi thêm.")
        return
    click.echo(f"Không có lỗi. Đã hỏi thử {tried.tested} câu hỏi thử, {tried.asked} câu trong nhật ký.")
    worse = [(one.after.question.question, one.before.given, one.after.given) for one in tried.worse]
    changed = [(one.question, one.before, one.after) for one in tried.logged]
    for title, rows in ((f"{len(worse)} câu hỏi thử kém đi", worse), (f"{len(changed)} câu đổi câu trả lời", changed)):
        click.echo(f"{title}:" if rows else f"{title}.")
        for question, before, after in rows[:LISTED]:
            click.echo(f"  {question}: {_given(before, name)} → {_given(after, name)}")
    click.echo(tried.diff)


def _given(given: Given, name: Callable[[str], str]) -> str:
    return " / ".join(map(name, given.shown)) or "chưa trả lời được"
