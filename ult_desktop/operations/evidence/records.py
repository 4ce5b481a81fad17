"""The commands about the registers of evidence (record, change, withdraw a row) and notes on indicators."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from ult_desktop.base import _, formats
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.evidence.commands import ChangeEvidence, NoteIndicator, RecordEvidence, WithdrawEvidence
from ult_desktop.core.evidence.estimate import IndicatorNote
from ult_desktop.core.evidence.registers import EvidenceRecord, Register, fields_of
from ult_desktop.core.fields import field_words
from ult_desktop.core.free_text import says_something
from ult_desktop.db.evidence import evidence
from ult_desktop.db.office import services
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import documents
from ult_desktop.operations.evidence.instruments import (
    evidence_lists,
    instruments_in_force,
    require_instrument,
)
from ult_desktop.operations.operation import (
    Context,
    NewEvent,
    answer_subject,
    handles,
    named,
    refuse,
    require_found,
)

_NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")  # the number of a person's identity card
_EMPTY = (None, "", ())
_DAYS = ("day", "until", "due")


@handles(RecordEvidence, needs=Permission.KEEP_EVIDENCE, answer=evidence.get)
@named("evidence record", "Catat bukti dalam REGISTER; --item dan --kinds menurut `evidence lists`.")
def record_evidence(command: RecordEvidence, tx: Transaction, context: Context) -> NewEvent:
    values = {name: getattr(command, name) for name in ("item", *ChangeEvidence.edits)}
    values["day"] = values["day"] or date.fromisoformat(context.day)
    _require_fit(tx, command.register, values, context)
    row = {"register": command.register, **_row_values(values)}
    record_id = evidence.add(tx, row, context.at, context.by.officer_id)
    return NewEvent("evidence.recorded", "evidence", record_id, {"register": command.register})


def _current_record(tx: Transaction, command: ChangeEvidence) -> dict[str, Any] | None:
    record = evidence.find(tx, command.evidence_id)
    return None if record is None else record_values(record)


def record_values(record: EvidenceRecord) -> dict[str, Any]:
    """Return the fields of a row that can be changed, as their command has them."""
    return _command_values(record, ChangeEvidence.edits)


@handles(ChangeEvidence, needs=Permission.KEEP_EVIDENCE, answer=evidence.get, record=_current_record)
@named("evidence change", "Perbaiki catatan bukti EVIDENCE (lihat: records); yang tidak disebut tetap.")
def change_evidence(command: ChangeEvidence, tx: Transaction, context: Context) -> NewEvent:
    record = require_found(evidence.find(tx, command.evidence_id), _("Catatan bukti itu tidak ada."))
    values = {"item": record.item, **command.edited_values()}
    values["day"] = values["day"] or date.fromisoformat(record.day)
    _require_fit(tx, record.register, values, context)
    evidence.change(tx, record.id, _row_values(values))
    return NewEvent("evidence.changed", "evidence", record.id, {"register": record.register})


@handles(
    WithdrawEvidence,
    needs=Permission.KEEP_EVIDENCE,
    answer=evidence.get,
    record=lambda tx, command: evidence.find(tx, command.evidence_id),
)
@named("evidence withdraw", "Tarik catatan bukti EVIDENCE (lihat: records), atau berlakukan lagi.")
def withdraw_evidence(command: WithdrawEvidence, tx: Transaction, _context: Context) -> NewEvent:
    record = require_found(evidence.find(tx, command.evidence_id), _("Catatan bukti itu tidak ada."))
    evidence.change(tx, record.id, {"retired": int(command.retired)})
    return NewEvent("evidence.withdrawn", "evidence", record.id, {"retired": command.retired})


def _current_note(tx: Transaction, command: NoteIndicator) -> dict[str, Any]:
    return note_values(evidence.note_of(tx, command.instrument, command.number))


def note_values(note: IndicatorNote) -> dict[str, Any]:
    """Return the fields of a note as its command has them."""
    return _command_values(note, NoteIndicator.edits)


@handles(NoteIndicator, needs=Permission.KEEP_EVIDENCE, answer=answer_subject, record=_current_note)
@named(
    "evidence note",
    "Catat perkiraan sendiri indikator NUMBER dari INSTRUMENT, alasannya, dan siapa melengkapi sampai kapan.",
)
def note_indicator(command: NoteIndicator, tx: Transaction, context: Context) -> NewEvent:
    instrument = require_instrument(instruments_in_force(tx), command.instrument)
    indicator = require_found(
        instrument.indicator(command.number),
        _("Indikator {n} tidak ada dalam {title}.").format(n=command.number, title=instrument.title),
    )
    reason = command.reason.strip()
    if command.level is not None and command.level >= len(indicator.levels):
        raise refuse(
            _("Indikator itu tidak punya tingkat {n}.").format(n=command.level),
            _("Pilih 0 sampai {n}.").format(n=len(indicator.levels) - 1),
        )
    if command.level is not None and not says_something(reason):
        raise refuse(_("Perkiraan sendiri ditulis bersama alasannya."), _("Tulis alasannya."))
    _require_no_nik(reason, command.responsible)
    note = IndicatorNote(
        instrument=instrument.id,
        number=indicator.number,
        level=command.level,
        reason=reason,
        responsible=command.responsible.strip(),
        due=command.due.isoformat() if command.due else "",
    )
    evidence.write_note(tx, note, context.at, context.by.officer_id)
    return NewEvent("evidence.noted", "evidence", indicator.number, {"instrument": instrument.id})


def _require_fit(tx: Transaction, register: Register, values: dict[str, Any], context: Context) -> None:
    """Raise UserError unless the register has these fields, its lists these items, and nothing is missing."""
    fields = {field.name: field for field in fields_of(register)}
    for name, value in values.items():
        if name not in fields and value not in _EMPTY:
            raise refuse(
                _("Register {register} tidak punya isian “{field}”.").format(
                    register=register.word, field=field_words(name)
                ),
                _("Isiannya: {names}.").format(names=", ".join(fields)),
            )
    for name, field in fields.items():
        if field.required and values[name] in _EMPTY:
            raise refuse(
                _("Isian “{field}” belum diisi.").format(field=field.words or field_words(name)),
                _("Isi, lalu simpan lagi."),
            )
    for name in ("item", "kinds"):
        _require_listed(register, name, values[name])
    _require_consistent(values, context)
    if values["service_id"] is not None and services.find(tx, values["service_id"]) is None:
        raise refuse(_("Layanan itu tidak ada."))
    if values["document_id"] is not None:
        document = require_found(documents.find(tx, values["document_id"]), _("Berkas itu tidak ada."))
        if document.visit_id is not None:
            raise refuse(
                _("Berkas itu milik seorang pengunjung."), _("Lampirkan foto atau pindaian bukti sendiri.")
            )


def _require_consistent(values: dict[str, Any], context: Context) -> None:
    """Raise UserError for days or numbers that contradict each other, and for a NIK."""
    if values["day"].isoformat() > context.day:
        raise refuse(_("Tanggal bukti belum tiba."), _("Perbaiki tanggalnya."))
    if values["until"] and values["until"] < values["day"]:
        raise refuse(
            _("Hari terakhir mendahului {day}.").format(day=formats.format_date(values["day"], "long")),
            _("Perbaiki tanggalnya."),
        )
    if (values["settled"] or 0) > (values["received"] or 0):
        raise refuse(_("Yang selesai lebih banyak daripada yang masuk."), _("Periksa kedua angkanya."))
    _require_no_nik(values["title"], values["note"])


def _require_listed(register: Register, name: str, value: str | tuple[str, ...]) -> None:
    """Require that the value, or each part of it, is on the register's list for that field."""
    choices = dict(evidence_lists().choices(register, name))
    for item in (value,) if isinstance(value, str) else value:
        if item and item not in choices:
            raise refuse(
                _("“{item}” tidak ada dalam daftar register {register}.").format(
                    item=item, register=register.word
                ),
                _("Lihat pilihannya: evidence lists."),
            )


def _require_no_nik(*texts: str) -> None:
    if any(_NIK.search(text) for text in texts):
        raise refuse(
            _("Catatan bukti tidak memuat NIK."),
            _("Hapus nomor itu: folder bukti diserahkan kepada penilai."),
        )


def _row_values(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values as a row of the database has them: days as ISO text, text without outer spaces."""
    stored = {**values, "until": values["until"] or ""}
    for name, value in stored.items():
        if isinstance(value, date):
            stored[name] = value.isoformat()
        elif isinstance(value, str):
            stored[name] = value.strip()
    return stored


def _command_values(row: EvidenceRecord | IndicatorNote, names: Iterable[str]) -> dict[str, Any]:
    """Return these fields as a command has them: days are dates or None, where a row has ISO text or ""."""
    values = {name: getattr(row, name) for name in names}
    for name in _DAYS:
        if name in values:
            values[name] = date.fromisoformat(values[name]) if values[name] else None
    return values
