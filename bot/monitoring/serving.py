"""A small server in threads of its own: it still answers when the event loop hangs, and needs no framework."""

import json
import logging
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

from bot.errors import ConfigError
from bot.monitoring.vitals import OK

SLOW = 10.0  # seconds that a caller may leave a connection idle
JSON = "application/json; charset=utf-8"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """What a caller gets."""

    status: HTTPStatus
    kind: str
    body: bytes


Place = tuple[str, int]
Page = Callable[[str], Answer]  # from what the caller accepts


def states(found: Mapping[str, str]) -> Answer:
    """The state of each part; 503 unless all are well."""
    well = all(state == OK for state in found.values())
    status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
    return Answer(status, JSON, json.dumps(found).encode())


def figures(registry: CollectorRegistry, accept: str) -> Answer:
    """All figures, in the form that the caller prefers."""
    encode, kind = choose_encoder(accept)
    return Answer(HTTPStatus.OK, kind, encode(registry))


class Server(ThreadingHTTPServer):
    """The server, quiet about callers who leave early."""

    daemon_threads = True

    def __init__(self, place: Place, pages: Mapping[str, Page]) -> None:
        self.address_family = socket.AF_INET6 if ":" in place[0] else socket.AF_INET
        self.pages = pages
        super().__init__(place, Handler)

    def handle_error(self, *_: Any) -> None:
        """One caller's trouble, noted without what was asked."""
        logger.info("a request for figures was not answered", exc_info=True)


class Handler(BaseHTTPRequestHandler):
    """One connection; only known pages are read, and nothing can be changed."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = SLOW

    def do_GET(self) -> None:
        """A page."""
        self._answer(body=True)

    def do_HEAD(self) -> None:
        """Its head alone."""
        self._answer(body=False)

    def version_string(self) -> str:
        """No word about versions."""
        return "motcua"

    def log_message(self, *_: object) -> None:
        """Asked every few seconds: not worth a line."""

    def _answer(self, body: bool) -> None:
        page = self.server.pages.get(self.path.partition("?")[0])
        answer = page(self.headers.get("Accept", "")) if page else Answer(HTTPStatus.NOT_FOUND, "text/plain", b"")
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if body:
            self.wfile.write(answer.body)


@contextmanager
def listening(place: Place | None, pages: Mapping[str, Page]) -> Iterator[None]:
    """Answer at a place as long as this lasts; at none, do nothing. Raises ConfigError."""
    if place is None:
        yield
        return
    try:
        server = Server(place, pages)
    except OSError as error:
        raise ConfigError(
            f"Không mở được {place[0]}, cổng {place[1]} ({error.strerror}) để báo tình trạng máy: có thể chương trình "
            "khác đang dùng cổng này. Hãy đổi khóa metrics."
        ) from error
    thread = threading.Thread(target=server.serve_forever, name="figures", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
