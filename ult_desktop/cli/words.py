"""What the command line says where the file keeps a key: a state, a kind, a moment, in words."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from ult_desktop.base.formats import format_clock, format_date
from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Role, role_word
from ult_desktop.core.accountability import deviations
from ult_desktop.core.care import declarations
from ult_desktop.core.cases import case
from ult_desktop.core.cases.appointment import AppointmentState, appointment_word
from ult_desktop.core.cases.case_views import InboxKind
from ult_desktop.core.cases.delivery import DeliveryChannel, delivery_channel_word
from ult_desktop.core.cases.escalation import (
    CaseDesk,
    EscalationState,
    desk_word,
    escalation_state_word,
)
from ult_desktop.core.cases.ppid import (
    Access,
    Applicant,
    Decision,
    ObjectionReason,
    Possession,
    access_word,
    applicant_word,
    decision_word,
    objection_word,
    possession_word,
)
from ult_desktop.core.online import online_request
from ult_desktop.core.phone import phone_call
from ult_desktop.core.privacy import subjects
from ult_desktop.core.queue import ticket
from ult_desktop.core.queue.boards import CounterState, counter_word
from ult_desktop.core.queue.ticket import help_word, reason_word
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.survey.survey import TokenState, token_word
from ult_desktop.core.visits.desk_book import ReportEntryKind, report_entry_word
from ult_desktop.core.visits.identity import (
    IdDocument,
    LetterKind,
    document_word,
    letter_word,
)
from ult_desktop.core.visits.visit import Courtesy, VisitChannel, channel_word, courtesy_word

STAMPS = ("at", "_at", "_until")
_ENGLISH = "_en"  # the service's name in the other language: said once is enough


def _alert_word(kind: declarations.AlertKind) -> str:
    return {
        declarations.AlertKind.VULNERABLE: _("kelompok rentan"),
        declarations.AlertKind.SECURITY_CALL: _("petugas keamanan diminta"),
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
    deviations.DeviationKind: deviations.kind_word,
    deviations.DeviationState: deviations.deviation_state_word,
    declarations.AlertKind: _alert_word,
    declarations.Condition: declarations.condition_word,
    declarations.Leg: declarations.leg_word,
    case.CaseKind: case.kind_word,
    case.CaseState: case.state_word,
    case.CaseOutcome: case.outcome_word,
    case.SubReason: case.sub_reason_word,
    case.VisitorMode: case.visitor_word,
    online_request.OnlineSource: online_request.source_word,
    online_request.OnlineState: online_request.online_state_word,
    phone_call.CallState: phone_call.state_word,
    subjects.SubjectOutcome: subjects.outcome_word,
    subjects.SubjectKind: subjects.subject_kind_word,
    subjects.Verification: subjects.verification_word,
    ticket.Help: help_word,
    ticket.PriorityReason: reason_word,
    ticket.TicketState: ticket.state_word,
    Access: access_word,
    Applicant: applicant_word,
    AppointmentState: appointment_word,
    CaseDesk: _desk_word,
    CounterState: counter_word,
    Courtesy: courtesy_word,
    Decision: decision_word,
    ReportEntryKind: report_entry_word,
    Possession: possession_word,
    EscalationState: escalation_state_word,
    IdDocument: document_word,
    InboxKind: _inbox_word,
    LetterKind: letter_word,
    ObjectionReason: objection_word,
    Role: role_word,
    TokenState: token_word,
    VisitChannel: channel_word,
    DeliveryChannel: delivery_channel_word,
}
# rows that keep such a key as plain text, by column
_KEYS: dict[str, type[StrEnum]] = {
    "decision": Decision,
    "grounds": ticket.PriorityReason,
    "held": Possession,
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
