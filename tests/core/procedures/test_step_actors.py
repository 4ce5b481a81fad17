"""The roles that may tick and waive each step."""

import pytest

from ult_desktop.core.access.roles import Role
from ult_desktop.core.procedures.procedure import may_tick, may_waive


@pytest.mark.parametrize(
    ("role", "actors", "ticks", "waives"),
    [
        (Role.RECEPTION, ["resepsionis"], True, True),
        (Role.SECURITY, ["pengunjung", "resepsionis"], False, False),
        (Role.FRONT_OFFICE, ["resepsionis"], False, True),
        (Role.HEAD, ["resepsionis"], True, True),
        (Role.ADMIN, ["tim_ppid"], True, True),
        (Role.ARCHIVIST, ["pengunjung"], True, True),
        (Role.ARCHIVIST, ["juru_bahasa", "resepsionis"], True, True),
    ],
)
def test_who_may(role: Role, actors: list[str], ticks: bool, waives: bool) -> None:
    assert (may_tick([role], actors), may_waive([role], actors)) == (ticks, waives)
