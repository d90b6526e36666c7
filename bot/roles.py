"""Who of the staff may do what: three roles, four rights."""

import enum


class Role(enum.StrEnum):
    """What a staff member is; each may do what the one before may."""

    VIEWER = "xem"
    EDITOR = "biên tập"
    ADMIN = "quản trị"


class Right(enum.StrEnum):
    """READ masked logs and queues; EDIT the knowledge; SETTLE tickets; MANAGE staff, exports, banner and pause."""

    READ = "read"
    EDIT = "edit"
    SETTLE = "settle"
    MANAGE = "manage"


RIGHTS = {
    Role.VIEWER: frozenset({Right.READ}),
    Role.EDITOR: frozenset({Right.READ, Right.EDIT, Right.SETTLE}),
    Role.ADMIN: frozenset(Right),
}


def allows(role: Role, right: Right) -> bool:
    """Whether a role has a right."""
    return right in RIGHTS[role]
