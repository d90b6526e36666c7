"""Runs the emulator: python -m tests.emulator PORT, where port 0 takes a free one and prints it.

EMULATOR_TOKENS names the good tokens, by spaces; any other token is refused. EMULATOR_PARENT=1 makes the process end
with its standard input, so that it does not outlive the test run that started it.
"""

import asyncio
import os
import socket
import sys

import uvicorn

from . import TOKEN
from .server import Server


def _listener(port: int) -> socket.socket:
    """Named as TCP, else asyncio leaves Nagle's algorithm on and every answer takes 40 ms more."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(1024)
    return listener


async def _serve(port: int) -> None:
    tokens = os.environ.get("EMULATOR_TOKENS", TOKEN).split()
    listener = _listener(port)
    application = Server(tokens).application()
    config = uvicorn.Config(application, log_level="warning", access_log=False, timeout_graceful_shutdown=0)
    server = uvicorn.Server(config)

    def stop() -> None:
        server.should_exit = True

    sys.stdout.write(f"listening on http://127.0.0.1:{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    if os.environ.get("EMULATOR_PARENT"):
        asyncio.get_running_loop().add_reader(sys.stdin, stop)
    await server.serve(sockets=[listener])


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]) if len(sys.argv) > 1 else 8080))
