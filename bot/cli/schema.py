"""`motcua schema`: the forms that others may rely on."""

import json

import click

from bot.contract import AnswerObject


@click.group(short_help="Khuôn dạng (JSON Schema) của dữ liệu vào ra.")
def schema() -> None:
    """Khuôn dạng (JSON Schema) của dữ liệu vào ra."""


@schema.command(short_help="Đối tượng mà `ask --json` in ra.")
def answer() -> None:
    """In JSON Schema của đối tượng mà `motcua ask --json` in ra."""
    click.echo(json.dumps(AnswerObject.model_json_schema(), ensure_ascii=False, indent=2))
