"""Roles carry permissions; whoever lacks one is told by name."""

import pytest

from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import PERMISSIONS, Actor, Permission, Role, roles_from


def test_every_role_is_known_and_the_admin_may_everything() -> None:
    assert set(PERMISSIONS) == set(Role)
    assert PERMISSIONS[Role.ADMIN] == frozenset(Permission)


def test_several_roles_add_up() -> None:
    both = Actor(station="loket", roles=frozenset({Role.SECURITY, Role.HEAD}))
    assert both.may(Permission.ISSUE_TICKETS)
    assert both.may(Permission.CLOSE_DAY)
    assert not both.may(Permission.SERVE)


@pytest.mark.parametrize(("name", "called"), [("Siti", "Siti"), ("", "kios-1")])
def test_a_refusal_names_who_asked(name: str, called: str) -> None:
    kiosk = Actor(station="kios-1", name=name)
    kiosk.require(Permission.ISSUE_TICKETS)
    with pytest.raises(UserError, match=f"{called} tidak berwenang"):
        kiosk.require(Permission.SERVE)


def test_only_officers_with_the_admin_role_manage_the_office() -> None:
    assert [role for role in Role if Permission.MANAGE_OFFICE in PERMISSIONS[role]] == [Role.ADMIN]


def test_a_role_of_a_newer_program_is_left_out() -> None:
    assert roles_from(["admin", "pilot"]) == frozenset({Role.ADMIN})
