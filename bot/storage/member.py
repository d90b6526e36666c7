"""A staff member as every other row names them."""

from dataclasses import dataclass

from bot.roles import Right, Role, allows


@dataclass(frozen=True)
class Member:
    """Somebody of the staff; `user` is their id in the channel, as text."""

    id: int
    user: str
    name: str
    role: Role

    def may(self, right: Right) -> bool:
        """Whether their role has the right."""
        return allows(self.role, right)


CONSOLE = Member(0, "", "dòng lệnh", Role.ADMIN)  # who works at the machine itself needs no sign-in


def key_of(member: Member | None) -> int | None:
    """The value of a column that points to a member; the console and the bot itself are none."""
    return member.id or None if member else None
