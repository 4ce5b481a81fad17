"""Who may do what: roles (docs/domain.md, "Roles") and the permissions they carry."""

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.base.i18n import WordEnum


class Permission(StrEnum):
    """A kind of act that an operation asks for."""

    ISSUE_TICKETS = "issue_tickets"
    REPORT_PAPER = "report_paper"
    SERVE = "serve"
    MANAGE_QUEUE = "manage_queue"
    CLOSE_DAY = "close_day"
    MANAGE_OFFICE = "manage_office"
    BE_STATION = "be_station"
    GUARD_DOOR = "guard_door"
    KEEP_DESK_BOOKS = "keep_desk_books"
    SIGN_GUEST_BOOK = "sign_guest_book"
    RECEIVE_VISITORS = "receive_visitors"
    ASSIST_VULNERABLE = "assist_vulnerable"
    WORK_CASES = "work_cases"
    ANSWER_ESCALATIONS = "answer_escalations"
    REGISTER_PPID = "register_ppid"
    HANDLE_PPID = "handle_ppid"
    HANDLE_PHONE = "handle_phone"
    HANDLE_ONLINE = "handle_online"
    FILL_SURVEY = "fill_survey"
    RUN_SURVEY = "run_survey"
    TICK_STEPS = "tick_steps"
    EXPLAIN_DEVIATIONS = "explain_deviations"
    REVIEW_DEVIATIONS = "review_deviations"
    DELEGATE = "delegate"
    SET_OFFICE = "set_office"
    RUN_RETENTION = "run_retention"
    PROTECT_DATA = "protect_data"
    OPEN_PERSONAL = "open_personal"
    REVIEW_OPENINGS = "review_openings"
    HOLD_KEYS = "hold_keys"


class Role(WordEnum):
    """A person's or a station's part in the office, as the office calls it (the POS name most of them)."""

    ADMIN = "admin", "Admin"
    HEAD = "head", "Kepala"
    FRONT_OFFICE = "front_office", "Front Office"
    BACK_OFFICE = "back_office", "Back Office"
    RECEPTION = "reception", "Resepsionis"
    SECURITY = "security", "Petugas Keamanan"
    HELPDESK = "helpdesk", "Helpdesk"
    PHONE = "phone", "Petugas Telepon"
    RELATED_UNIT = "related_unit", "Unit Terkait"
    PPID = "ppid", "Tim PPID"
    ARCHIVIST = "archivist", "Arsiparis"
    STATION = "station", "Stasiun"


_EVERY_OFFICER = frozenset(
    {
        Permission.BE_STATION,
        Permission.TICK_STEPS,
        Permission.EXPLAIN_DEVIATIONS,
        Permission.FILL_SURVEY,
        Permission.HOLD_KEYS,
    }
)
_AT_THE_DESK = _EVERY_OFFICER | {
    Permission.ISSUE_TICKETS,
    Permission.REPORT_PAPER,
    Permission.KEEP_DESK_BOOKS,
    Permission.SIGN_GUEST_BOOK,
    Permission.RECEIVE_VISITORS,
    Permission.ASSIST_VULNERABLE,
    Permission.MANAGE_QUEUE,
    Permission.OPEN_PERSONAL,
    Permission.RUN_SURVEY,
}
_SERVING = _AT_THE_DESK | {
    Permission.SERVE,
    Permission.CLOSE_DAY,
    Permission.WORK_CASES,
    Permission.REGISTER_PPID,
    Permission.HANDLE_PHONE,
    Permission.HANDLE_ONLINE,
}
_STATION = frozenset(
    {
        Permission.ISSUE_TICKETS,
        Permission.REPORT_PAPER,
        Permission.BE_STATION,
        Permission.SIGN_GUEST_BOOK,
        Permission.FILL_SURVEY,
    }
)

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(Permission),
    Role.HEAD: _EVERY_OFFICER
    | {
        Permission.CLOSE_DAY,
        Permission.HANDLE_PPID,
        Permission.REVIEW_DEVIATIONS,
        Permission.DELEGATE,
        Permission.SET_OFFICE,
        Permission.RUN_RETENTION,
        Permission.PROTECT_DATA,
        Permission.OPEN_PERSONAL,
        Permission.REVIEW_OPENINGS,
    },
    Role.FRONT_OFFICE: _SERVING,
    Role.HELPDESK: _SERVING | {Permission.ANSWER_ESCALATIONS},
    Role.PHONE: _EVERY_OFFICER
    | {
        Permission.HANDLE_PHONE,
        Permission.WORK_CASES,
        Permission.REGISTER_PPID,
        Permission.RUN_SURVEY,
        Permission.OPEN_PERSONAL,
    },
    Role.BACK_OFFICE: _EVERY_OFFICER
    | {
        Permission.ANSWER_ESCALATIONS,
        Permission.HANDLE_ONLINE,
        Permission.HANDLE_PHONE,
        Permission.OPEN_PERSONAL,
    },
    Role.RELATED_UNIT: _EVERY_OFFICER | {Permission.ANSWER_ESCALATIONS},
    Role.PPID: _EVERY_OFFICER
    | {
        Permission.ANSWER_ESCALATIONS,
        Permission.REGISTER_PPID,
        Permission.HANDLE_PPID,
        Permission.PROTECT_DATA,
        Permission.OPEN_PERSONAL,
    },
    Role.RECEPTION: _AT_THE_DESK,
    Role.SECURITY: _EVERY_OFFICER
    | {
        Permission.ISSUE_TICKETS,
        Permission.GUARD_DOOR,
        Permission.KEEP_DESK_BOOKS,
        Permission.ASSIST_VULNERABLE,
    },
    Role.ARCHIVIST: _EVERY_OFFICER | {Permission.RUN_RETENTION},
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


class Officer(msgspec.Struct, frozen=True, kw_only=True):
    """An officer. `password_hash` is Argon2id; "" means nobody can sign in yet."""

    id: int
    login: str
    name: str
    password_hash: str
    roles: tuple[str, ...]
    active: bool


def roles_from(names: Iterable[str]) -> frozenset[Role]:
    """The roles named; a name from a newer program is left out rather than trusted."""
    known = {role.value: role for role in Role}
    return frozenset(known[name] for name in names if name in known)
