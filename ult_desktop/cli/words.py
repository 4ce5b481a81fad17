"""What the command line says where the file keeps a key: a state, a kind, a moment, in words."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from ult_desktop.core import account, care, case, online, phone, subjects, ticket
from ult_desktop.core.appointment import AppointmentState, appointment_word
from ult_desktop.core.boards import CounterState
from ult_desktop.core.case_views import InboxKind
from ult_desktop.core.counter_names import counter_word
from ult_desktop.core.delivery import Way, way_word
from ult_desktop.core.desk_book import EntrySort, sort_word
from ult_desktop.core.escalation import CaseDesk, HopState, desk_word, hop_word
from ult_desktop.core.identity import IdDocument, LetterKind, document_word, letter_word
from ult_desktop.core.ppid import (
    Access,
    Applicant,
    Decision,
    Held,
    ObjectionReason,
    access_word,
    applicant_word,
    decision_word,
    held_word,
    objection_word,
)
from ult_desktop.core.priority_words import ground_word, help_word
from ult_desktop.core.roles import Role, role_word
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.survey import TokenState, token_word
from ult_desktop.core.visit import Courtesy, VisitChannel, channel_word, courtesy_word
from ult_desktop.formats import format_clock, format_date
from ult_desktop.i18n import _

STAMPS = ("at", "_at", "_until")
_ENGLISH = "_en"  # the service's name in the other language: said once is enough


def _alert_word(kind: care.AlertKind) -> str:
    return {
        care.AlertKind.VULNERABLE: _("kelompok rentan"),
        care.AlertKind.SECURITY_CALL: _("petugas keamanan diminta"),
    }[kind]


def _inbox_word(kind: InboxKind) -> str:
    return {
        InboxKind.TO_DO: _("perlu dikerjakan"),
        InboxKind.RETURNED: _("jawaban kembali"),
        InboxKind.HANDOVER: _("dalam perjalanan"),
    }[kind]


def _desk_word(desk: CaseDesk) -> str:
    return desk_word(desk, _("Unit Terkait"))


_WORDS: dict[type[StrEnum], Callable[[Any], str]] = {
    account.DeviationKind: account.kind_word,
    account.DeviationState: account.deviation_state_word,
    care.AlertKind: _alert_word,
    care.Condition: care.condition_word,
    care.Leg: care.leg_word,
    case.CaseKind: case.kind_word,
    case.CaseState: case.state_word,
    case.Outcome: case.outcome_word,
    case.SubReason: case.sub_reason_word,
    case.VisitorMode: case.visitor_word,
    online.OnlineSource: online.source_word,
    online.OnlineState: online.online_state_word,
    phone.CallState: phone.state_word,
    subjects.Outcome: subjects.outcome_word,
    subjects.SubjectKind: subjects.subject_kind_word,
    subjects.Verification: subjects.verification_word,
    ticket.Help: help_word,
    ticket.PriorityGround: ground_word,
    ticket.TicketState: ticket.state_word,
    Access: access_word,
    Applicant: applicant_word,
    AppointmentState: appointment_word,
    CaseDesk: _desk_word,
    CounterState: counter_word,
    Courtesy: courtesy_word,
    Decision: decision_word,
    EntrySort: sort_word,
    Held: held_word,
    HopState: hop_word,
    IdDocument: document_word,
    InboxKind: _inbox_word,
    LetterKind: letter_word,
    ObjectionReason: objection_word,
    Role: role_word,
    TokenState: token_word,
    VisitChannel: channel_word,
    Way: way_word,
}
# rows that keep such a key as plain text, by column
_KEYS: dict[str, type[StrEnum]] = {
    "decision": Decision,
    "grounds": ticket.PriorityGround,
    "held": Held,
    "help": ticket.Help,
    "state": ticket.TicketState,
    "sub_reason": case.SubReason,
    "verified_how": subjects.Verification,
    "visitor": case.VisitorMode,
}


def _yes_words() -> dict[str, str]:
    """What it is called when a column of yes and no says yes."""
    return {
        "active": _("berlaku"),
        "belated": _("menyusul"),
        "declined": _("tanpa pendamping"),
        "evaluated": _("sudah dinilai"),
        "for_other": _("atas nama orang lain"),
        "held": _("ditahan"),
        "is_open": _("masih terbuka"),
        "late": _("terlambat"),
        "lost": _("hilang"),
        "matches": _("cocok"),
        "overdue": _("lewat waktu"),
        "priority": _("prioritas"),
        "remember": _("setuju diingat"),
        "sits": _("di kursi prioritas"),
        "stamped": _("bermeterai"),
        "unread": _("belum diterima"),
        "vulnerable": _("kelompok rentan"),
        "with_other_desk": _("di meja lain"),
    }


def word(key: StrEnum) -> str:
    """A key in words; one that is never shown to people stands as it is."""
    return _WORDS.get(type(key), str)(key)


def reading(name: str, value: Any, zone: ZoneInfo) -> str:  # noqa: ANN401  (whatever a row holds)
    """A value for people to read: what holds is named, what does not hold or is empty is left out."""
    if isinstance(value, bool) or value is None:
        return _yes_words().get(name, name) if value else ""
    if isinstance(value, msgspec.Struct):
        value = msgspec.structs.asdict(value)
    if isinstance(value, dict):
        shown = (reading(key, each, zone) for key, each in value.items() if not key.endswith(_ENGLISH))
        return "  ".join(filter(None, shown))
    if isinstance(value, list | tuple):
        return ", ".join(reading(name, each, zone) for each in value)
    if isinstance(value, StrEnum):
        return word(value)
    return _plain(name, value, zone)


def _plain(name: str, value: Any, zone: ZoneInfo) -> str:  # noqa: ANN401
    if isinstance(value, int) and name.endswith(STAMPS):
        moment = to_datetime(value, zone)
        return f"{format_date(moment.date(), 'short')} {format_clock(moment)}"
    kind = _KEYS.get(name)
    return word(kind(value)) if kind is not None and value in list(kind) else str(value)
