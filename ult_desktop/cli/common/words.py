"""What the command line says where the file keeps a key: a state, a kind, a moment, in words."""

from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

from ult_desktop.base.formats import format_clock, format_date
from ult_desktop.base.i18n import _
from ult_desktop.core.cases import case
from ult_desktop.core.cases.escalation import CaseDesk, desk_word
from ult_desktop.core.cases.ppid import Decision, Possession
from ult_desktop.core.privacy import subjects
from ult_desktop.core.queue import ticket
from ult_desktop.core.stamps import to_datetime

STAMPS = ("at", "_at", "_until")
_ENGLISH = "_en"  # the service's name in the other language: said once is enough


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
    if isinstance(key, CaseDesk):
        return desk_word(key, _("Unit Terkait"))
    return str(getattr(key, "word", key))


def reading(name: str, value: object, zone: ZoneInfo) -> str:
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


def _plain(name: str, value: object, zone: ZoneInfo) -> str:
    if isinstance(value, int) and name.endswith(STAMPS):
        moment = to_datetime(value, zone)
        return f"{format_date(moment.date(), 'short')} {format_clock(moment)}"
    kind = _KEYS.get(name)
    text = str(value)
    return word(kind(text)) if kind is not None and text in list(kind) else text
