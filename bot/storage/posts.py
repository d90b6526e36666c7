"""Where each ticket is spoken of in the staff group: a topic of a forum, or a thread under one message."""

from dataclasses import dataclass

from bot.storage.database import Database


@dataclass(frozen=True)
class Post:
    """A ticket's place in a chat: `thread` of a forum, `message` that stands at its head."""

    ticket: int
    chat: str
    thread: str | None
    message: str | None


class Posts:
    """Posts, on one database; one for each ticket."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, post: Post) -> None:
        """Keep where a ticket is spoken of; the last place holds."""
        sql = (
            "INSERT INTO posts (ticket, chat, thread, message) VALUES (:ticket, :chat, :thread, :message) "
            "ON CONFLICT (ticket) DO UPDATE SET chat = excluded.chat, thread = excluded.thread, "
            "message = excluded.message"
        )
        self._database.run(lambda db: db.execute(sql, post.__dict__))

    def of(self, ticket: int) -> Post | None:
        """Where a ticket is spoken of."""
        return self._one("ticket = :ticket", {"ticket": ticket})

    def by_thread(self, chat: str, thread: str) -> Post | None:
        """The ticket of a forum topic."""
        return self._one("chat = :chat AND thread = :thread", {"chat": chat, "thread": thread})

    def by_message(self, chat: str, message: str) -> Post | None:
        """The ticket under a message."""
        return self._one("chat = :chat AND message = :message", {"chat": chat, "message": message})

    def missing(self, chat: str, limit: int) -> list[int]:
        """Open tickets that are not yet spoken of in this chat, oldest first."""
        sql = (
            "SELECT id FROM tickets WHERE state IN ('new', 'taken') "
            "AND NOT EXISTS (SELECT 1 FROM posts WHERE posts.ticket = tickets.id AND posts.chat = :chat) "
            "ORDER BY id LIMIT :limit"
        )
        values = {"chat": chat, "limit": limit}
        return [row[0] for row in self._database.read(lambda db: db.execute(sql, values).fetchall())]

    def outlived(self, chat: str, limit: int) -> list[Post]:
        """Posts with a head whose ticket is settled; once that is told there, they are put again without one."""
        return self._where("message IS NOT NULL", "NOT IN", chat, limit)

    def reopened(self, chat: str, limit: int) -> list[Post]:
        """Posts without a head whose ticket is open again."""
        return self._where("message IS NULL", "IN", chat, limit)

    def _where(self, condition: str, among: str, chat: str, limit: int) -> list[Post]:
        sql = (
            "SELECT ticket, chat, thread, message FROM posts JOIN tickets ON tickets.id = ticket "
            f"WHERE chat = :chat AND {condition} AND state {among} ('new', 'taken') ORDER BY ticket LIMIT :limit"
        )
        rows = self._database.read(lambda db: list(db.query(sql, {"chat": chat, "limit": limit})))
        return [Post(**row) for row in rows]

    def _one(self, condition: str, values: dict[str, object]) -> Post | None:
        sql = f"SELECT ticket, chat, thread, message FROM posts WHERE {condition} ORDER BY ticket DESC LIMIT 1"
        rows = self._database.read(lambda db: list(db.query(sql, values)))
        return Post(**rows[0]) if rows else None
