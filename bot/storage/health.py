"""Whether each channel reaches its service, and since when."""

import datetime
from concurrent.futures import Future
from dataclasses import dataclass

from bot.storage.database import Database


@dataclass(frozen=True)
class Health:
    """State of one channel: "ok", "unreachable" or "stopped"; `since` in UTC."""

    channel: str
    state: str
    since: datetime.datetime
    detail: str


def set_health(database: Database, state: Health) -> "Future[None]":
    """Write a channel's state; `since` stays when the state does. Done when committed."""
    return database.submit(
        lambda db: _nothing(
            db.execute(
                "INSERT INTO health (channel, state, since, detail) VALUES (:channel, :state, :since, :detail) "
                "ON CONFLICT (channel) DO UPDATE SET detail = excluded.detail, state = excluded.state, "
                "since = CASE WHEN state = excluded.state THEN since ELSE excluded.since END",
                {**state.__dict__, "since": state.since.isoformat()},
            )
        )
    )


def _nothing(_: object) -> None:
    return None


def health(database: Database) -> list[Health]:
    """The states of all channels that ever ran."""
    rows = database.read(lambda db: list(db.query("SELECT * FROM health ORDER BY channel")))
    return [Health(r["channel"], r["state"], datetime.datetime.fromisoformat(r["since"]), r["detail"]) for r in rows]
