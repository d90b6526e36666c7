"""`motcua chat`: a conversation in the terminal."""

import io
import sys
from collections.abc import Iterator

import click
from rich.console import Console
from rich.text import Text

from bot.channels.terminal import Conversation
from bot.cli.office import Office
from bot.counter import Counter
from bot.phrases import VIETNAMESE
from bot.replies import Reply


@click.command(short_help="Hỏi đáp ngay trong cửa sổ dòng lệnh, không cần mạng.")
@click.pass_obj
def chat(config_path: str | None) -> None:
    """Hỏi đáp ngay trong cửa sổ dòng lệnh. Câu hỏi đưa qua ống lệnh (pipe) cũng được trả lời."""
    office = Office(config_path, feedback=True)
    console = Console(highlight=False, soft_wrap=not sys.stdin.isatty())
    conversation = Conversation(Counter(office.desk, office.log), lambda reply: _write(console, reply))
    if sys.stdin.isatty():
        conversation.hear(["/start"])
        console.print(VIETNAMESE.terminal_hint, style="dim")
        conversation.hear(_typed(console))
    else:
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")
        conversation.hear(sys.stdin)
    office.database.close()


def _typed(console: Console) -> Iterator[str]:
    while True:
        try:
            yield console.input("\n[bold]>[/bold] ")
        except (EOFError, KeyboardInterrupt):
            console.print()
            return


def _write(console: Console, reply: Reply) -> None:
    for spans in (*reply.lines, *reply.pages()):
        text = Text()
        for span in spans:
            text.append(f"{span.text}: {span.url}" if span.url else span.text, style="bold" if span.strong else "")
        console.print(text)
    for number, button in enumerate(reply.choices(), 1):
        console.print(Text(f"[{number}] {button.label}"), end="  " if len(reply.buttons[0]) > 1 else "\n")
    console.print()
