"""One call to Telegram that tells whether it is reached, whether it takes the token, and what time it has."""

import datetime
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import httpx

PATIENCE = 15.0  # seconds
REFUSED = (401, 403, 404)  # what Telegram says to a token that it does not know


@dataclass(frozen=True)
class Probe:
    """What came of it: the bot's name (or ""), whether the token is refused, the fault (or ""), Telegram's clock."""

    username: str = ""
    refused: bool = False
    fault: str = ""
    clock: datetime.datetime | None = None


def probe(token: str, base_url: str, proxy: str | None) -> Probe:
    """Ask who the bot is. Nothing of what is returned holds the token."""
    try:
        with httpx.Client(proxy=proxy, timeout=PATIENCE) as client:
            answer = client.get(f"{base_url}{token}/getMe")
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError) as error:
        return Probe(fault=type(error).__name__)
    clock = _clock(answer.headers.get("Date", ""))
    if answer.status_code in REFUSED:
        return Probe(refused=True, clock=clock)
    try:
        return Probe(username=str(answer.json()["result"]["username"]), clock=clock)
    except (ValueError, KeyError, TypeError):
        return Probe(fault=f"HTTP {answer.status_code}", clock=clock)


def _clock(header: str) -> datetime.datetime | None:
    try:
        return parsedate_to_datetime(header).astimezone(datetime.UTC)
    except ValueError:
        return None
