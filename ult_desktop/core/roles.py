"""Who may do what: roles (domain.md 2.1) and the permissions they carry."""

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from ult_desktop.errors import UserError
from ult_desktop.i18n import _


class Permission(StrEnum):
    """A kind of act that an operation asks for."""

    ISSUE_TICKETS = "issue_tickets"
    REPORT_PAPER = "report_paper"
    SERVE = "serve"
    MANAGE_QUEUE = "manage_queue"
    CLOSE_DAY = "close_day"
    MANAGE_OFFICE = "manage_office"
    BE_STATION = "be_station"


class Role(StrEnum):
    """A person's or a station's part in the office."""

    ADMIN = "admin"
    HEAD = "head"
    FRONT_OFFICE = "front_office"
    BACK_OFFICE = "back_office"
    RECEPTION = "reception"
    SECURITY = "security"
    STATION = "station"


_SERVING = frozenset(
    {
        Permission.ISSUE_TICKETS,
        Permission.REPORT_PAPER,
        Permission.SERVE,
        Permission.MANAGE_QUEUE,
        Permission.CLOSE_DAY,
        Permission.BE_STATION,
    }
)
_STATION = frozenset({Permission.ISSUE_TICKETS, Permission.REPORT_PAPER, Permission.BE_STATION})

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(Permission),
    Role.HEAD: frozenset({Permission.CLOSE_DAY, Permission.BE_STATION}),
    Role.FRONT_OFFICE: _SERVING,
    Role.BACK_OFFICE: frozenset({Permission.BE_STATION}),
    Role.RECEPTION: frozenset(
        {
            Permission.ISSUE_TICKETS,
            Permission.REPORT_PAPER,
            Permission.MANAGE_QUEUE,
            Permission.BE_STATION,
        }
    ),
    Role.SECURITY: frozenset({Permission.ISSUE_TICKETS, Permission.BE_STATION}),
    Role.STATION: _STATION,
}


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks: an officer who signed in, or a station by itself (`officer_id` None)."""

    station: str
    officer_id: int | None = None
    name: str = ""
    roles: frozenset[Role] = frozenset({Role.STATION})

    def may(self, permission: Permission) -> bool:
        return any(permission in PERMISSIONS[role] for role in self.roles)

    def require(self, permission: Permission) -> None:
        """Raises UserError when none of the actor's roles carries `permission`."""
        if not self.may(permission):
            raise UserError(
                _("{name} tidak berwenang melakukan ini.").format(name=self.name or self.station),
                _("Tidak ada yang berubah."),
                _("Minta petugas yang berwenang, atau admin untuk menambah peran."),
            )


def roles_from(names: Iterable[str]) -> frozenset[Role]:
    """The roles named; a name from a newer program is left out rather than trusted."""
    known = {role.value: role for role in Role}
    return frozenset(known[name] for name in names if name in known)
