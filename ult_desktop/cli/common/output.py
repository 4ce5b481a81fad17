"""Answers as a command writes them: in words for people, or as JSON for programs."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import click
import msgspec

from ult_desktop.base import _, formats, language
from ult_desktop.cli.common import session
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
from ult_desktop.db.cases import answer_bank, cases
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.visits import visits
from ult_desktop.operations.office.office import Office

Writer = Callable[[Office, Any, bool], None]
"""A function that writes an answer of the office: as JSON if the last argument says so, else in words."""
BETWEEN = " · "
# Fields are known by the ends of their names: these hold stamps (UTC ms) ...
STAMPS = ("at", "_at", "_until")
# ... and these ISO dates.
_DAYS = ("day", "date")
# Fields by which people call a row.
_NAMES = ("number", "code", "case_number", "login", "key")
# Fields with the id of another row, and the fields that name that row better if the answer has them.
_REFERENCES: dict[str, tuple[str, ...]] = {
    "case_id": ("case_number",),
    "visit_id": ("label", "case_number"),
    "follows": (),
    "beside": (),
}
# Ids that are shown, as people type them to get the thing itself.
_TYPED_IDS = ("procedure_id", "document_id")
# The field with the officer who did it, and the field with the officer for whom they did it.
_ACTING_FOR = {
    "officer": "acting_for",
    "from_officer": "sent_for",
    "received_by": "received_for",
    "answered_by": "answered_for",
}
# Fields that help nobody who reads the answer.
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
# The enumerations of fields that hold a key as plain text.
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
# What makes words of other fields. A delegation is oral or by letter: `form_word` takes no other text.
_WORDS: dict[str, Callable[[str], str]] = {
    "act": subjects.act_word,
    "field": row_words,
    "form": lambda form: form_word("lisan" if form == "lisan" else "surat_penugasan"),
    "kind": lambda kind: entry_word(kind) or kind,
}
# Structs that are shown as one text, though they have fields.
_ONE_TEXT = (Words, ticket.Ticket)
# Rows that nobody asks for by number.
_UNNUMBERED = (IdentityCheck, RequirementCheck, VisitorLetter, SpdSigning, EquipmentCheck, case.CaseEntry)


def key_word(key: StrEnum) -> str:
    """Return a key in words; one that has none stays as it is."""
    return str(getattr(key, "word", key))


class _ShownField(NamedTuple):
    """A field in words ("Keadaan: menunggu"), and the rows that it holds."""

    name: str
    text: str
    rows: tuple[msgspec.Struct, ...] = ()


@dataclass(frozen=True)
class AnswerReader:
    """The maker of the words for a row's fields.

    Args:
        zone: the office's.
        number_of: returns the number that people use for a row, from a field ("case_id") and its value.
        office_words: words of the keys in the office's own lists, by field.
    """

    zone: ZoneInfo
    number_of: Callable[[str, int], str]
    office_words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def line(self, row: msgspec.Struct, *names: str) -> str:
        """Return a row on one line: every field, or those of `names`."""
        return BETWEEN.join(each.text for each in self._fields(row) if not names or each.name in names)

    def block(self, row: msgspec.Struct) -> Iterator[str]:
        """Yield the lines of a row: one for each field, and one for each row within it."""
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
            if rows and not isinstance(rows[0], _ONE_TEXT):
                yield _ShownField(name, f"{head}: {'; '.join(map(self.line, rows))}", rows)
            elif value is True:
                yield _ShownField(name, row_words(name, type(row).__name__))
            elif text := self._text(name, value):
                words, represented = f"{head}: {text}", values.get(_ACTING_FOR.get(name, ""))
                if represented:
                    words = _("{told} atas nama {name}").format(told=words, name=represented)
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
            return key_word(value)
        return "" if value is None else self._single_text(name, value)

    def _single_text(self, name: str, value: object) -> str:
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
        if name in self.office_words:
            return self.office_words[name].get(text, text)
        kind = _KEYS.get(name)
        return key_word(kind(text)) if kind is not None and text in list(kind) else text


def moment_words(moment: datetime) -> str:
    """Return date and time, as the office writes them."""
    return f"{formats.format_date(moment.date(), 'short')} {formats.format_clock(moment)}"


def _is_shown(name: str, values: Mapping[str, object]) -> bool:
    """Return whether a row's field is shown; `values` are all fields of the row.

    An id is shown only where people have no other name for the thing.
    """
    if name in _HIDDEN or name.endswith("_en"):
        return False
    if name == "id":
        # A queue number or a case names the row; but a visit may have several deviations (with a `cause`).
        is_named_by_visit = "cause" not in values and ("case_id" in values or bool(values.get("label")))
        return not any(map(values.get, _NAMES)) and not is_named_by_visit
    if name in _REFERENCES:
        return not any(map(values.get, _REFERENCES[name]))
    return not name.endswith("_id") or name in _TYPED_IDS


def answer_reader(office: Office) -> AnswerReader:
    """Return the reader that knows the office's zone, its lists and its numbers."""
    classes = {each.key: each.name for each in office.read(answer_bank.every_class)}
    zone = office.read(office_rows.zone)
    return AnswerReader(zone, partial(_number_of, office), {"complaint_class": classes})


def _number_of(office: Office, name: str, row_id: int) -> str:
    """Return the number that people use for the case or visit that a field `name` refers to."""
    if name == "case_id":
        return office.read(lambda tx: cases.get(tx, row_id)).number
    return office.read(lambda tx: visits.get(tx, row_id)).label or str(row_id)


def to_json(office: Office, row: msgspec.Struct) -> dict[str, Any]:
    """Return every field by its name; times are ISO 8601 in the office's zone."""
    zone = office.read(office_rows.zone)
    fields: dict[str, Any] = msgspec.to_builtins(row)
    for name, value in fields.items():
        if name.endswith(STAMPS) and isinstance(value, int):
            fields[name] = to_datetime(value, zone).isoformat()
    return fields


def write_answer(office: Office, answer: object, as_json: bool) -> None:
    """Write the fields of an answer, or of each of its rows: in words, or as JSON with times in ISO 8601."""
    if as_json:
        answer = tuple(to_json(office, row) for row in (answer if isinstance(answer, tuple) else (answer,)))
    write_raw_answer(office, answer, as_json)


def write_raw_answer(office: Office, answer: object, as_json: bool) -> None:
    """Write like `write_answer`, but in JSON times are stamps (UTC ms)."""
    if as_json:
        for row in answer if isinstance(answer, tuple) else (answer,):
            session.write_json(row)
        return
    reader = answer_reader(office)
    if isinstance(answer, tuple):
        write_lines(map(reader.line, answer))
    elif isinstance(answer, msgspec.Struct):
        write_lines(reader.block(answer))


def write_lines(lines: Iterable[str]) -> None:
    """Write lines for people; say so when there are none."""
    for line in tuple(lines) or (_("Tidak ada."),):
        click.echo(line)


def words_writer(words: Callable[[Any], str]) -> Writer:
    """Return a writer of answers: as JSON unchanged, else in the words that `words` makes of them."""

    def write(_office: Office, answer: object, as_json: bool) -> None:
        session.write(as_json, answer, words(answer))

    return write


def row_writer(write: Writer) -> Writer:
    """Return a writer that gives `write` each row of an answer by itself."""

    def write_rows(office: Office, answer: Iterable[object], as_json: bool) -> None:
        rows = tuple(answer)
        for row in rows:
            write(office, row, as_json)
        if not rows and not as_json:
            write_lines(())

    return write_rows


def row_words_writer(words: Callable[[Any], str]) -> Writer:
    """Return a writer that writes each row of an answer like `words_writer`."""
    return row_writer(words_writer(words))
