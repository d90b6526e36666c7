"""`motcua review`: what was not answered, and settling it."""

import textwrap

import click

from bot.cli.office import Office
from bot.cli.plain import plain_value
from bot.cli.tables import show
from bot.errors import MotCuaError
from bot.storage import Settlement, UnansweredGroup

LONGEST_PHRASE = 200  # of a long story, what is worth matching


@click.group(invoke_without_command=True, short_help="Xem và xử lý các câu chưa trả lời được.")
@click.option("--limit", type=click.IntRange(1), default=30, show_default=True, help="Số nhóm câu hỏi hiện ra.")
@click.pass_context
def review(context: click.Context, limit: int) -> None:
    """Liệt kê các câu chưa trả lời được: câu gửi cho cán bộ đứng trước, rồi câu nhiều người hỏi, câu mới nhất."""
    if context.invoked_subcommand:
        return
    office = Office(context.obj)
    groups = office.log.unanswered(limit)
    rows = [(str(g.id), g.question, _times(g), g.newest, _nearest(g)) for g in groups]
    show(("Số", "Câu hỏi", "Lần", "Mới nhất", "Gần nhất với"), rows, "Không còn câu nào chưa trả lời.")
    if groups:
        click.echo("\nXử lý: motcua review answer SỐ THỦ_TỤC   hoặc   motcua review ignore SỐ --note LÝ_DO")
    office.database.close()


@review.command(short_help="Câu này hỏi về một thủ tục đã có.")
@click.argument("number", type=int)
@click.argument("procedure", callback=plain_value)
@click.pass_obj
def answer(config_path: str | None, number: int, procedure: str) -> None:
    """Câu số NUMBER hỏi về thủ tục PROCEDURE (id). In ra dòng cần thêm vào bộ tri thức."""
    office = Office(config_path)
    entry = office.knowledge.by_id.get(procedure)
    if entry is None:
        raise MotCuaError(f"Không có thủ tục nào tên {procedure}. Hãy xem các id trong {office.folder / 'procedures'}.")
    question = _queued(office, number)
    _settle(office, number, Settlement("answered", procedure), "Đã xếp {count} câu vào: " + entry.name + ".")
    click.echo(f"Để bot trả lời được, thêm dòng này vào phrases của {procedure}, rồi chạy: motcua kb check")
    click.echo(f"      - {_quoted(question)}")
    office.database.close()


@review.command(short_help="Bỏ qua câu này.")
@click.argument("number", type=int)
@click.option("--note", required=True, callback=plain_value, help="Lý do bỏ qua.")
@click.pass_obj
def ignore(config_path: str | None, number: int, note: str) -> None:
    """Bỏ qua câu số NUMBER và mọi câu cùng chữ."""
    office = Office(config_path)
    _queued(office, number)
    _settle(office, number, Settlement("ignored", note=note), "Đã bỏ qua {count} câu.")
    office.database.close()


def _settle(office: Office, number: int, settlement: Settlement, words: str) -> None:
    count = office.log.settle(number, settlement, office.clock())
    if count == 0:
        raise MotCuaError(f"Câu số {number} đã được xử lý trước đó.")
    click.echo(words.replace("{count}", str(count)))


def _times(group: UnansweredGroup) -> str:
    return f"{group.times} (gửi cán bộ: {group.asked})" if group.asked else str(group.times)


def _nearest(group: UnansweredGroup) -> str:
    return ", ".join(f"{name} {score:.2f}" for name, score in group.matches[:3])


def _queued(office: Office, number: int) -> str:
    question = office.log.question(number)
    if question is None:
        raise MotCuaError(f"Không có câu số {number}. Hãy xem danh sách: motcua review")
    if not office.log.is_queued(number):
        raise MotCuaError(f"Câu số {number} bot đã trả lời, không nằm trong danh sách chờ. Hãy xem: motcua review")
    return question


def _quoted(text: str) -> str:
    plain = textwrap.shorten(text, LONGEST_PHRASE, placeholder="")
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
