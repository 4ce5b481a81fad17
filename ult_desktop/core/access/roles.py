"""The roles (docs/domain.md, "Roles") and the permissions they carry."""

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from ult_desktop.base import UserError, WordEnum, _


class Permission(StrEnum):
    """A kind of act that an operation asks for."""

    ISSUE_TICKETS = "issue_tickets"
    REPORT_PAPER = "report_paper"
    SERVE = "serve"
    MANAGE_QUEUE = "manage_queue"
    CLOSE_DAY = "close_day"
    CLOSE_DAY_EARLY = "close_day_early"
    MANAGE_OFFICE = "manage_office"
    BE_STATION = "be_station"
    GUARD_DOOR = "guard_door"
    KEEP_DESK_BOOKS = "keep_desk_books"
    SIGN_GUEST_BOOK = "sign_guest_book"
    RECEIVE_VISITORS = "receive_visitors"
    END_VISITS = "end_visits"
    ASSIST_VULNERABLE = "assist_vulnerable"
    KEEP_APPOINTMENTS = "keep_appointments"
    WORK_CASES = "work_cases"
    ANSWER_ESCALATIONS = "answer_escalations"
    REGISTER_PPID = "register_ppid"
    HANDLE_PPID = "handle_ppid"
    HANDLE_PHONE = "handle_phone"
    HANDLE_ONLINE = "handle_online"
    TAKE_IN_REQUESTS = "take_in_requests"
    FILL_SURVEY = "fill_survey"
    RUN_SURVEY = "run_survey"
    PLAN_IMPROVEMENTS = "plan_improvements"
    TICK_STEPS = "tick_steps"
    EXPLAIN_DEVIATIONS = "explain_deviations"
    REVIEW_DEVIATIONS = "review_deviations"
    DELEGATE = "delegate"
    CONFIRM_QUALIFICATIONS = "confirm_qualifications"
    SET_OFFICE = "set_office"
    RUN_RETENTION = "run_retention"
    PROTECT_DATA = "protect_data"
    OPEN_PERSONAL = "open_personal"
    REVIEW_OPENINGS = "review_openings"
    SEE_REPORTS = "see_reports"
    KEEP_EVIDENCE = "keep_evidence"
    HOLD_KEYS = "hold_keys"


class Role(WordEnum):
    """The roles of officers and stations, with the office's word for each (the POS name most of them)."""

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


_ROLE_NAMED = {role.value: role for role in Role}

can = Permission  # so that the table below reads as "can.SERVE"

_EVERY_OFFICER = frozenset(
    {can.BE_STATION, can.TICK_STEPS, can.EXPLAIN_DEVIATIONS, can.FILL_SURVEY, can.HOLD_KEYS}
)
_AT_THE_DESK = _EVERY_OFFICER | {
    can.ISSUE_TICKETS,
    can.REPORT_PAPER,
    can.KEEP_DESK_BOOKS,
    can.SIGN_GUEST_BOOK,
    can.RECEIVE_VISITORS,
    can.END_VISITS,
    can.KEEP_APPOINTMENTS,
    can.ASSIST_VULNERABLE,
    can.MANAGE_QUEUE,
    can.OPEN_PERSONAL,
    can.RUN_SURVEY,
}
_SERVING = _AT_THE_DESK | {
    can.SERVE,
    can.CLOSE_DAY,
    can.WORK_CASES,
    can.REGISTER_PPID,
    can.HANDLE_PHONE,
    can.HANDLE_ONLINE,
    can.TAKE_IN_REQUESTS,
}
_STATION = frozenset(
    {can.ISSUE_TICKETS, can.REPORT_PAPER, can.BE_STATION, can.SIGN_GUEST_BOOK, can.FILL_SURVEY}
)

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(can),
    Role.HEAD: _EVERY_OFFICER
    | {
        can.CLOSE_DAY,
        can.CLOSE_DAY_EARLY,
        can.ANSWER_ESCALATIONS,
        can.HANDLE_PPID,
        can.REVIEW_DEVIATIONS,
        can.DELEGATE,
        can.PLAN_IMPROVEMENTS,
        can.CONFIRM_QUALIFICATIONS,
        can.SET_OFFICE,
        can.RUN_RETENTION,
        can.PROTECT_DATA,
        can.OPEN_PERSONAL,
        can.REVIEW_OPENINGS,
        can.SEE_REPORTS,
        can.KEEP_EVIDENCE,
    },
    Role.FRONT_OFFICE: _SERVING,
    Role.HELPDESK: _SERVING | {can.ANSWER_ESCALATIONS},
    Role.PHONE: _EVERY_OFFICER
    | {
        can.HANDLE_PHONE,
        can.KEEP_APPOINTMENTS,
        can.WORK_CASES,
        can.REGISTER_PPID,
        can.RUN_SURVEY,
        can.OPEN_PERSONAL,
    },
    Role.BACK_OFFICE: _EVERY_OFFICER
    | {can.ANSWER_ESCALATIONS, can.HANDLE_ONLINE, can.TAKE_IN_REQUESTS, can.HANDLE_PHONE, can.OPEN_PERSONAL},
    Role.RELATED_UNIT: _EVERY_OFFICER | {can.ANSWER_ESCALATIONS},
    Role.PPID: _EVERY_OFFICER
    | {can.ANSWER_ESCALATIONS, can.REGISTER_PPID, can.HANDLE_PPID, can.PROTECT_DATA, can.OPEN_PERSONAL},
    Role.RECEPTION: _AT_THE_DESK
    | {can.CLOSE_DAY, can.CLOSE_DAY_EARLY, can.TAKE_IN_REQUESTS, can.PLAN_IMPROVEMENTS, can.SEE_REPORTS},
    Role.SECURITY: _EVERY_OFFICER
    | {can.ISSUE_TICKETS, can.GUARD_DOOR, can.KEEP_DESK_BOOKS, can.ASSIST_VULNERABLE, can.END_VISITS},
    Role.ARCHIVIST: _EVERY_OFFICER | {can.RUN_RETENTION},
    Role.STATION: _STATION,
}


def have_permission(roles: Iterable[Role], permission: Permission) -> bool:
    """Return whether one of these roles has the permission."""
    return any(permission in PERMISSIONS[role] for role in roles)


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """The one who asks: an officer who signed in, or a station by itself (`officer_id` None).

    `must_change`: somebody else chose the password with which the officer signed in.
    """

    station: str
    officer_id: int | None = None
    name: str = ""
    roles: frozenset[Role] = frozenset({Role.STATION})
    must_change: bool = False

    def may(self, permission: Permission) -> bool:
        return have_permission(self.roles, permission)

    def require(self, permission: Permission) -> None:
        """Check the permission. Raises UserError when none of the actor's roles carries `permission`."""
        if not self.may(permission):
            raise UserError(
                _("{name} tidak berwenang melakukan ini.").format(name=self.name or self.station),
                _("Tidak ada yang berubah."),
                _("Minta petugas yang berwenang, atau admin untuk menambah peran."),
            )


class Officer(msgspec.Struct, frozen=True, kw_only=True):
    """An officer. `password_hash` is Argon2id; "" means nobody can sign in yet.

    `must_change`: the password was chosen by somebody else, and is good for nothing but choosing another.
    """

    id: int
    login: str
    name: str
    password_hash: str
    roles: tuple[str, ...]
    active: bool
    must_change: bool = False
    usual_counter: int | None = None


def acting_words(officer: str, absent: str) -> str:
    """Return an officer's name with that of the absent officer for whom they acted ("" for none): a.n."""
    return _("{officer} atas nama {absent}").format(officer=officer, absent=absent) if absent else officer


def roles_from(names: Iterable[str]) -> frozenset[Role]:
    """Return the roles with these names; an unknown name, from a newer program, gives no role."""
    return frozenset(_ROLE_NAMED[name] for name in names if name in _ROLE_NAMED)
