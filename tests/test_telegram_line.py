"""The way to Telegram: straight or through the configured proxy and no other way, faults in the library's terms."""

import asyncio
import contextlib
from base64 import b64decode
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from telegram import InputFile
from telegram.error import NetworkError, TimedOut

from bot.channels.telegram.connection import Settings, careful_bot
from tests.emulator.client import Emulator

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]]


@asynccontextmanager
async def listening(serve: Serve) -> AsyncIterator[int]:
    """A server on a free port of this machine."""

    async def quietly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await serve(reader, writer)
        writer.close()

    server = await asyncio.start_server(quietly, "127.0.0.1", 0)
    async with server:
        yield int(server.sockets[0].getsockname()[1])


async def pumped(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, there: asyncio.StreamReader, back: asyncio.StreamWriter
) -> None:
    """What one side says the other hears."""

    async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while piece := await source.read(65536):
            sink.write(piece)
            await sink.drain()
        sink.close()

    await asyncio.gather(pump(reader, back), pump(there, writer), return_exceptions=True)


class Proxies:
    """An HTTP and a SOCKS5 proxy that note who came with which password and where they wanted to go."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    async def http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        method, url, _ = head.split(" ", 2)
        word = next((line for line in head.splitlines() if line.lower().startswith("proxy-authorization")), "")
        where = urlsplit(url)
        self.seen.append(f"{method} {where.netloc} {b64decode(word.rpartition(' ')[2]).decode()}".strip())
        there, back = await asyncio.open_connection(where.hostname, where.port)
        back.write(head.replace(f"{where.scheme}://{where.netloc}", "", 1).encode())
        await pumped(reader, writer, there, back)

    async def socks(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, count = await reader.readexactly(2)
        await reader.readexactly(count)
        writer.write(b"\x05\x02")
        _, length = await reader.readexactly(2)
        user = (await reader.readexactly(length)).decode()
        word = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
        writer.write(b"\x01\x00")
        _, _, _, kind = await reader.readexactly(4)
        size = 4 if kind == 1 else (await reader.readexactly(1))[0]
        raw = await reader.readexactly(size)
        host = ".".join(map(str, raw)) if kind == 1 else raw.decode()
        port = int.from_bytes(await reader.readexactly(2))
        self.seen.append(f"{user}:{word} {host}:{port}")
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        there, back = await asyncio.open_connection(host, port)
        await pumped(reader, writer, there, back)


def settings(emulator: Emulator, proxy: str | None, heard: list[str]) -> Settings:
    return Settings(emulator.token, emulator.base_url, emulator.base_file_url, proxy, lambda *_: None, heard.append)


@pytest.mark.parametrize("form", ["http://an:m%40t@127.0.0.1:{}", "http://127.0.0.1:{}"])
async def test_calls_go_through_an_http_proxy(emulator: Emulator, form: str) -> None:
    proxies, heard = Proxies(), list[str]()
    async with listening(proxies.http) as port, careful_bot(settings(emulator, form.format(port), heard)) as bot:
        await bot.send_message(5, "đăng ký tạm trú")
    place = emulator.base_url.split("/")[2]
    assert set(proxies.seen) == {f"POST {place}" + (" an:m@t" if "@" in form else "")}
    assert set(heard) == {"ok"}


@pytest.mark.parametrize("kind", ["socks5", "socks5h"])
async def test_calls_go_through_a_socks_proxy(emulator: Emulator, kind: str) -> None:
    proxies, heard = Proxies(), list[str]()
    place = emulator.base_url.split("/")[2]
    form = f"{kind}://an:mat@127.0.0.1:{{}}"
    async with listening(proxies.socks) as port, careful_bot(settings(emulator, form.format(port), heard)) as bot:
        await bot.send_message(5, "đăng ký tạm trú")
    assert set(proxies.seen) == {f"an:mat {place}"}


async def test_a_proxy_that_is_not_there_is_never_gone_around(emulator: Emulator) -> None:
    heard = list[str]()
    bot = careful_bot(settings(emulator, "http://127.0.0.1:9", heard))
    with pytest.raises(NetworkError) as caught:
        await bot.initialize()
    await bot.shutdown()
    assert emulator.token not in str(caught.value)
    assert set(heard) == {"network"}


async def test_a_file_is_sent_with_what_belongs_to_it(emulator: Emulator) -> None:
    async with careful_bot(settings(emulator, None, [])) as bot:
        await bot.send_document(5, InputFile("số liệu".encode(), filename="báo cáo.csv"), caption="Tháng 10")
    [call] = emulator.calls("sendDocument")[-1:]
    assert call.ok
    assert call.params["caption"] == "Tháng 10"


async def test_silence_is_a_time_out_and_a_line_that_breaks_a_network_error() -> None:
    async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async def rude(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")

    heard = list[str]()
    for serve, fault in ((silent, TimedOut), (rude, NetworkError)):
        async with listening(serve) as port:
            base = f"http://127.0.0.1:{port}/bot"
            bot = careful_bot(Settings("1:X", base, base, None, lambda *_: None, heard.append))
            for request in bot._request:
                await request.initialize()
            with pytest.raises(fault):
                await bot.post("getMe", {}, 0.2)
            for request in bot._request:
                await request.shutdown()
    assert heard == ["timeout", "network"]
