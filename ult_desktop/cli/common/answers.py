"""Answers read out to a person: every field by its name, every thing by the number people use."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from ult_desktop.base import _, formats, language
from ult_desktop.core.access.roles import Role
from ult_desktop.core.accountability.deviations import EquipmentCheck, form_word
from ult_desktop.core.cases import case, escalation, ppid
from ult_desktop.core.cases.timeline_words import entry_word
from ult_desktop.core.fields import head_words, row_words
from ult_desktop.core.office.template import Words
from ult_desktop.core.phone import phone_call
from ult_desktop.core.privacy import subjects
from ult_desktop.core.queue import ticket
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.visits.identity import IdentityCheck, RequirementCheck, SpdSigning, VisitorLetter
from ult_desktop.core.visits.visit import Ending

STAMPS = ("at", "_at", "_until")
BETWEEN = " · "
_DAYS = ("day", "date")
_NAMES = ("number", "code", "case_number", "login", "key")  # by which people call a row
# fields with the id of another row, and the fields that name that row better if the answer has them
_REFERENCES: dict[str, tuple[str, ...]] = {
    "case_id": ("case_number",),
    "visit_id": ("label", "case_number"),
    "follows": (),
    "beside": (),
}
_ASKED_FOR = ("procedure_id", "document_id")  # ids by which people ask for the thing itself
# the field with who did it, and the field with the person for whom they did it
_ACTING_FOR = {
    "officer": "acting_for",
    "from_officer": "sent_for",
    "received_by": "received_for",
    "answered_by": "answered_for",
}
_HIDDEN = {
    *_ACTING_FOR.values(),
    "alike",
    "begins_at",
    "book_number",
    "ends_at",
    "entered_by",
    "is_last",
    "notice",
    "password_hash",
    "phone_index",
    "procedure_version",
    "purposes",
    "requirements",
    "serves",
    "sha256",
}
# the enumerations of fields that hold a key as plain text
_KEYS: dict[str, type[StrEnum]] = {
    "case_state": case.CaseState,
    "copy_by": ppid.CopyBy,
    "copy_form": ppid.CopyForm,
    "decision": ppid.Decision,
    "ending": Ending,
    "grounds": ticket.PriorityReason,
    "held": ppid.Possession,
    "help": ticket.Help,
    "last_result": phone_call.AttemptResult,
    "outcome": subjects.SubjectOutcome,
    "roles": Role,
    "state": ticket.TicketState,
    "sub_reason": case.SubReason,
    "verdict": escalation.EscalationVerdict,
    "verified_how": subjects.Verification,
    "visitor": case.VisitorMode,
}
_WORDS: dict[str, Callable[[str], str]] = {
    "act": subjects.act_word,
    "field": row_words,
    "form": lambda form: form_word("lisan" if form == "lisan" else "surat_penugasan"),
    "kind": lambda kind: entry_word(kind) or kind,
}
_ONE_WORD = (Words, ticket.Ticket)  # shown as one text, though they have fields
# rows that nobody asks for by number
_UNNUMBERED = (IdentityCheck, RequirementCheck, VisitorLetter, SpdSigning, EquipmentCheck, case.CaseEntry)


def word(key: StrEnum) -> str:
    """Return a key in words; one that is never shown to people stays as it is."""
    return str(getattr(key, "word", key))


class _ShownField(NamedTuple):
    """A field in words ("Keadaan: menunggu"), and the rows that it holds."""

    name: str
    text: str
    rows: tuple[msgspec.Struct, ...] = ()


@dataclass(frozen=True)
class AnswerReader:
    """The reader that says a row's fields in words.

    Args:
        zone: the office's.
        number_of: what people call the row that a field ("case_id") and its value mean.
        listed: words of the office's own lists, by field and key.
    """

    zone: ZoneInfo
    number_of: Callable[[str, int], str]
    listed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def line(self, row: msgspec.Struct, *names: str) -> str:
        """Return a row on one line: every field, or those of `names`."""
        return BETWEEN.join(each.text for each in self._fields(row) if not names or each.name in names)

    def block(self, row: msgspec.Struct) -> Iterator[str]:
        """Yield a row by itself: a line for each field, and one for each row within it."""
        for shown in self._fields(row):
            if not shown.rows:
                yield shown.text
                continue
            yield f"{head_words(shown.name, type(row).__name__)}:"
            for inner in shown.rows:
                lines = [each.text for each in self._fields(inner) if each.name not in _REFERENCES]
                # A field that is one row has a line for each of its fields; one of several is on one line.
                if inner is not getattr(row, shown.name):
                    lines = [BETWEEN.join(lines)]
                yield from (f"  {line}" for line in lines)

    def _fields(self, row: msgspec.Struct) -> Iterator[_ShownField]:
        """Yield the fields that are shown, without those that are false or empty."""
        values = {name: getattr(row, name) for name in row.__struct_fields__}
        if isinstance(row, _UNNUMBERED):
            del values["id"]
        for name, value in values.items():
            if not _is_shown(name, values):
                continue
            head = head_words(name, type(row).__name__)
            items = value if isinstance(value, list | tuple) else (value,)
            rows = tuple(each for each in items if isinstance(each, msgspec.Struct))
            if rows and not isinstance(rows[0], _ONE_WORD):
                yield _ShownField(name, f"{head}: {'; '.join(map(self.line, rows))}", rows)
            elif value is True:
                yield _ShownField(name, row_words(name, type(row).__name__))
            elif text := self._text(name, value):
                words, person = f"{head}: {text}", values.get(_ACTING_FOR.get(name, ""))
                if person:
                    words = _("{told} atas nama {name}").format(told=words, name=person)
                yield _ShownField(name, words)

    def _text(self, name: str, value: object) -> str:
        if value is False:
            return ""
        if isinstance(value, list | tuple):
            return ", ".join(self._text(name, each) for each in value)
        if isinstance(value, Words):
            return value.within(language())
        if isinstance(value, ticket.Ticket):
            return value.label
        if isinstance(value, StrEnum):
            return word(value)
        return "" if value is None else self._plain(name, value)

    def _plain(self, name: str, value: object) -> str:
        if isinstance(value, int) and name.endswith(STAMPS):
            # A new office's procedures hold from 0 on: a visit on paper may be older than the office file.
            return moment_words(to_datetime(value, self.zone)) if value else _("kantor dibuat")
        if isinstance(value, int) and name in _REFERENCES:
            return self.number_of(name, value)
        if isinstance(value, float):
            return formats.format_number(value)
        text = str(value)
        if text and name.endswith(_DAYS):
            try:
                return formats.format_date(date.fromisoformat(text), "short")
            except ValueError:
                return text
        if name in _WORDS:
            return _WORDS[name](text)
        if name in self.listed:
            return self.listed[name].get(text, text)
        kind = _KEYS.get(name)
        return word(kind(text)) if kind is not None and text in list(kind) else text


def moment_words(moment: datetime) -> str:
    """Return date and time, as the office writes them."""
    return f"{formats.format_date(moment.date(), 'short')} {formats.format_clock(moment)}"


def _is_shown(name: str, values: Mapping[str, object]) -> bool:
    """Return whether a row's field is shown; `values` are all of the row, by name.

    An id is shown only where people have no other name for the thing.
    """
    if name in _HIDDEN or name.endswith("_en"):
        return False
    if name == "id":
        return not any(map(values.get, _NAMES)) and not _is_named_by_another(values)
    if name in _REFERENCES:
        return not any(map(values.get, _REFERENCES[name]))
    return not name.endswith("_id") or name in _ASKED_FOR


def _is_named_by_another(values: Mapping[str, object]) -> bool:
    """Return whether a queue number or a case names the row, so that its id need not be shown.

    A deviation, which has a `cause`, is not named so: a visit may have several.
    """
    return "cause" not in values and ("case_id" in values or bool(values.get("label")))
