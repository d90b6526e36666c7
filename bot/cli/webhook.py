"""`motcua webhook`: what Telegram knows of the address to which it pushes updates."""

import asyncio
from typing import TYPE_CHECKING

import click

from bot.cli.office import Office
from bot.config import Config
from bot.errors import ConfigError

if TYPE_CHECKING:
    from bot.channels.telegram import Info, Settings


@click.group(short_help="Báo cho Telegram biết đẩy tin tới đâu.")
def webhook() -> None:
    """Báo cho Telegram biết đẩy tin tới đâu. Bot chạy bằng webhook khi khóa mode là webhook."""


@webhook.command("set", short_help="Nhờ Telegram đẩy tin tới webhook_url.")
@click.pass_obj
def set_command(config_path: str | None) -> None:
    """Nhờ Telegram đẩy tin tới địa chỉ ở khóa webhook_url. Tin đang chờ không mất. Chỉ cần chạy một lần."""
    from bot.channels.telegram import register

    config = Office(config_path).config
    if config.webhook_url is None:
        raise ConfigError("Chưa có địa chỉ. Hãy đặt khóa webhook_url, ví dụ https://bot.example.vn/telegram")
    _tell(asyncio.run(register(_settings(config), config.webhook_url)))
    if config.mode != "webhook":
        click.echo("Khóa mode còn là polling: khi chạy, bot sẽ bỏ webhook này. Hãy đặt mode: webhook.")


@webhook.command("info", short_help="Xem Telegram đang đẩy tin tới đâu, có lỗi gì.")
@click.pass_obj
def info_command(config_path: str | None) -> None:
    """Xem Telegram đang đẩy tin tới đâu, còn bao nhiêu tin chờ, lỗi gần nhất."""
    from bot.channels.telegram import info

    _tell(asyncio.run(info(_settings(Office(config_path).config))))


@webhook.command("delete", short_help="Thôi đẩy tin, để bot tự lấy.")
@click.pass_obj
def delete_command(config_path: str | None) -> None:
    """Nhờ Telegram thôi đẩy tin. Tin đang chờ không mất: bot chạy với mode: polling sẽ lấy."""
    from bot.channels.telegram import unregister

    _tell(asyncio.run(unregister(_settings(Office(config_path).config))))


def _settings(config: Config) -> "Settings":
    from bot.channels.telegram import Settings

    proxy = config.proxy.get_secret_value() if config.proxy else None
    return Settings(config.bot_token(), config.base_url, config.base_file_url, proxy, lambda *_: None)


def _tell(found: "Info") -> None:
    click.echo(f"Telegram đẩy tin tới: {found.url}" if found.url else "Telegram không đẩy tin tới đâu cả.")
    click.echo(f"Tin đang chờ: {found.waiting}")
    if found.fault:
        click.echo(f"Lỗi gần nhất: {found.fault}")
