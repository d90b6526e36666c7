"""Roles: who may do what."""

import pytest

from bot.roles import Right, Role, allows


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (Role.VIEWER, "read"),
        (Role.EDITOR, "read edit settle"),
        (Role.ADMIN, "read edit settle manage"),
    ],
)
def test_each_role_has_its_rights_and_no_other(role: Role, rights: str) -> None:
    assert {right.value for right in Right if allows(role, right)} == set(rights.split())


def test_roles_are_written_as_staff_say_them() -> None:
    assert [role.value for role in Role] == ["xem", "biên tập", "quản trị"]
