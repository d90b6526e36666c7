"""`motcua ask`: one answer, or a file of questions; the fastest test bench, with the same answers byte for byte."""

import json
from collections.abc import Iterator
from typing import Any

import click

from bot.cli.office import Office
from bot.cli.plain import plain, plain_value
from bot.desk import Desk, Handled, Question
from bot.errors import MotCuaError
from bot.explain import reasons

CHANNEL = "terminal"


@click.command(short_help="Trả lời một câu hỏi, hoặc cả tệp câu hỏi.")
@click.argument("question", required=False, callback=plain_value)
@click.option(
    "--file",
    "path",
    type=click.Path(),
    help="Tệp câu hỏi, mỗi dòng một câu hoặc một đối tượng JSON; - là đầu vào chuẩn.",
)
@click.option("--json", "as_json", is_flag=True, help="In một đối tượng JSON cho mỗi câu.")
@click.option("--explain", is_flag=True, help="Nói vì sao: điều gì nghiêng về mục đầu, mục sau thiếu gì, các chữ khớp.")
@click.pass_obj
def ask(config_path: str | None, question: str | None, path: str | None, as_json: bool, explain: bool) -> None:
    """Trả lời một câu hỏi, ví dụ: motcua ask "lam ks cho be het bao nhieu"."""
    if (question is None) == (path is None):
        raise click.UsageError('Cần một câu hỏi, hoặc --file TỆP. Ví dụ: motcua ask "làm khai sinh cần gì"')
    office = Office(config_path)
    if path is not None:
        for asked in _questions(path):
            _print(office.desk, office.desk.ask(asked), as_json, explain)
        return
    handled = office.desk.ask(Question(question or "", CHANNEL))
    office.log.add(handled.entry).result()
    office.log.replied(handled.entry.reference, office.clock()).result()
    _print(office.desk, handled, as_json, explain)
    office.database.close()


def _questions(path: str) -> Iterator[Question]:
    try:
        with click.open_file(path, encoding="utf-8") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip("\ufeff \t\r\n"):
                    yield _question(path, number, line.strip("\ufeff\r\n"))
    except OSError as error:
        raise MotCuaError(f"Không mở được tệp {path}: {error.strerror}. Hãy xem lại đường dẫn.") from error
    except UnicodeDecodeError as error:
        raise MotCuaError(f"Tệp {path} không phải UTF-8. Hãy lưu lại với mã UTF-8.") from error


def _question(path: str, number: int, line: str) -> Question:
    if not line.lstrip().startswith("{"):
        return Question(line, CHANNEL)
    try:
        value: Any = json.loads(line)
        text, chat = value["question"], value.get("chat")
    except (ValueError, KeyError, RecursionError) as error:
        raise MotCuaError(f'{path}:{number}: cần một đối tượng JSON có khóa "question" (và "chat" nếu có).') from error
    if not isinstance(text, str):
        raise MotCuaError(f'{path}:{number}: "question" phải là chữ.')
    return Question(plain(text), CHANNEL, chat=None if chat is None else str(chat))


def _print(desk: Desk, handled: Handled, as_json: bool, explain: bool) -> None:
    if as_json:
        from bot.contract import answer_object  # pydantic builds its models on import: only who asks for JSON waits

        click.echo(answer_object(handled, desk.knowledge).model_dump_json())
    else:
        click.echo(handled.reply.text)
    if explain:
        click.echo("\n".join(reasons(handled)), err=as_json)
