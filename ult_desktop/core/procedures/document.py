"""The document of a procedure, as the office signs it: its head, its lists and its table, in words."""

import datetime
import re

import msgspec
from msgspec import Struct

from ult_desktop.base import _, formats
from ult_desktop.core.procedures.check import find_hints
from ult_desktop.core.procedures.procedure import Delegation, Procedure, Step
from ult_desktop.core.procedures.standard_time import procedure_paths, steps_words, time_words, total_words

MISSING = "–"
"""The words in place of what the source document does not have any more."""
# The fields whose texts may name the office.
_FIELDS_WITH_NAME = ("related", "equipment", "warnings", "recording", "qualifications", "steps")


class DocumentPart(Struct, frozen=True):
    """A heading of the document and the lines below it, in order."""

    heading: str
    items: tuple[str, ...]


def head_rows(procedure: Procedure) -> tuple[tuple[str, str], ...]:
    """Return names and values of the box at the document's top right; `MISSING` for what the source lost."""
    dates, revised = procedure.dates, _("Tanggal Revisi")
    return (
        (_("Nomor POS"), procedure.number),
        (_("Tanggal Pembuatan"), _day(dates.created)),
        (f"{revised} {dates.revision}" if dates.revision else revised, _day(dates.revised)),
        (_("Tanggal Efektif"), _day(dates.effective)),
        (_("Disahkan Oleh"), "\n".join(approver_lines(procedure)) or MISSING),
        (_("Nama POS"), procedure.title),
    )


def approver_lines(procedure: Procedure) -> tuple[str, ...]:
    """Return title, name and NIP of the person who put it into force, if the source has them."""
    approver = procedure.approved_by
    nip = _("NIP {number}").format(number=approver.nip) if approver.nip else ""
    return tuple(filter(None, (approver.title, approver.name, nip)))


def document_lists(procedure: Procedure) -> tuple[DocumentPart, ...]:
    """Return the lists of the document; what the source does not have is left out."""
    parts = (
        DocumentPart(_("Dasar Hukum"), procedure.legal_basis),
        DocumentPart(_("Kualifikasi Pelaksana"), qualification_lines(procedure)),
        DocumentPart(_("Keterkaitan"), procedure.related),
        DocumentPart(_("Peralatan/Perlengkapan"), procedure.equipment),
        DocumentPart(_("Perlengkapan yang dipakai di langkah"), procedure.equipment_in_steps),
        DocumentPart(_("Peringatan"), procedure.warnings),
        DocumentPart(_("Pelimpahan tugas"), tuple(delegation_word(form) for form in procedure.delegation)),
        DocumentPart(_("Pencatatan dan Pendataan"), procedure.recording),
    )
    return tuple(part for part in parts if part.items)


def document_remarks(procedure: Procedure) -> tuple[DocumentPart, ...]:
    """Return what is shown next to the document: the sums of its times, and the faults of its source."""
    totals = tuple(
        _("Langkah {steps}: {total}").format(steps=steps_words(way.steps), total=total_words(way))
        for way in procedure_paths(procedure)
    )
    parts = (
        DocumentPart(_("Jumlah waktu baku"), totals),
        DocumentPart(_("Kerusakan naskah sumber"), procedure.notes.damage),
        DocumentPart(_("Perhatikan"), (*find_hints(procedure), *procedure.notes.contradictions)),
    )
    return tuple(part for part in parts if part.items)


def delegation_word(form: Delegation) -> str:
    return {"surat_penugasan": _("dengan surat penugasan"), "lisan": _("secara lisan")}[form]


def actors_words(procedure: Procedure, step: Step) -> str:
    """Return who acts in a step, each with their part where the document names one."""
    return ", ".join(
        procedure.actor_name(actor.id) + (f" ({actor.part})" if actor.part else "") for actor in step.actors
    )


def quality_rows(step: Step) -> tuple[tuple[str, str], ...]:
    """Return the columns of a step's mutu baku: names and values."""
    return (
        (_("Kelengkapan"), ", ".join(step.inputs) or MISSING),
        (_("Waktu"), time_words(step.time)),
        (_("Output"), ", ".join(step.outputs) or MISSING),
        (_("Keterangan"), "\n".join(remark_lines(step))),
    )


def remark_lines(step: Step) -> tuple[str, ...]:
    """Return the remark of a step, then where each of its branches leads."""
    ways = (
        f"◇ {branch.label} → {_('langkah {n}').format(n=branch.goto) if branch.goto else _('selesai')}"
        for branch in step.branches
    )
    return tuple(filter(None, (step.remarks, *ways)))


def adapted_to_office(procedure: Procedure, name: str) -> Procedure:
    """Return the procedure with `name`, this office's, in place of the name of the document's office.

    The person who put it into force there did not do so here: the approver becomes the head of this office,
    by title and without a name.
    """
    office = procedure.office
    if name in (office.name, office.short_name):
        return procedure
    fields = msgspec.to_builtins(procedure)
    # In JSON the name can be replaced in all texts at once.
    texts = msgspec.json.encode({key: fields[key] for key in _FIELDS_WITH_NAME}).decode()
    other_names = {office.name, office.short_name, office.short_name.replace("Provinsi ", "")} - {""}
    # In one pass, the longest first: the new name may contain one of the others.
    longest_first = sorted(map(_as_json, other_names), key=len, reverse=True)
    texts = re.sub("|".join(map(re.escape, longest_first)), lambda _match: _as_json(name), texts)
    fields |= msgspec.json.decode(texts)
    fields["office"] = {"name": name, "short_name": name, "parents": office.parents}
    fields["approved_by"] = {"title": _("Kepala {office}").format(office=name)}
    return msgspec.convert(fields, Procedure)


def _as_json(text: str) -> str:
    """Return the text as it is written within a string of JSON."""
    return msgspec.json.encode(text).decode()[1:-1]


def qualification_lines(procedure: Procedure) -> tuple[str, ...]:
    """Return the qualifications, e.g. "Front Office: Memahami tugas pelayanan".

    The name before the colon is left out where the document has none.
    """
    return tuple(
        ": ".join(filter(None, (part.who, item))) for part in procedure.qualifications for item in part.items
    )


def _day(day: datetime.date | None) -> str:
    return formats.format_date(day, "long") if day else MISSING
