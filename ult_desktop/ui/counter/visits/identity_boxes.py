"""The forms about who a visitor is and what they brought."""

from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from ult_desktop.base import _, language
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.visits import commands, identity
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.personal import store_file
from ult_desktop.operations.visits import boards, documents as visit_documents
from ult_desktop.ui.counter import pages, words
from ult_desktop.ui.kit.forms import (
    DateField,
    FileField,
    LineField,
    RadioField,
    TextField,
    TickField,
    TicksField,
)
from ult_desktop.ui.office_link.link import Job

Values = dict[str, Any]
ACTING = (identity.LetterKind.POWER_OF_ATTORNEY, identity.LetterKind.ASSIGNMENT)


def scans() -> str:
    return _("Pindaian (*.pdf *.jpg *.jpeg *.png)")


def identity_box(host: pages.PageHost, forms: boards.VisitForms) -> pages.FormBox:
    """POS Kaltara 2, Sumut tatap muka 7."""
    theme = host.theme
    other = forms.card.checks[0].for_other if forms.card.checks else False
    return pages.FormBox(
        host,
        _("Verifikasi identitas"),
        (
            RadioField(
                theme, "kind", _("Kartu yang ditunjukkan"), words.worded(identity.IdDocument), required=True
            ),
            LineField(theme, "number", _("Empat angka terakhir nomornya (boleh kosong)"), most=40),
            RadioField(theme, "matches", _("Hasil"), [(True, _("cocok")), (False, _("tidak cocok"))]),
            RadioField(
                theme, "for_other", _("Datang untuk"), [(False, _("diri sendiri")), (True, _("orang lain"))]
            ),
        ),
        command=partial(_verify, forms.card.visit.id),
        told=_("Identitas tercatat."),
        icon=("badge-check", "blue"),
        words=_("Nomor identitas tidak disimpan utuh: hanya empat angka terakhir."),
        known={"kind": identity.IdDocument.KTP, "matches": True, "for_other": other},
        wide=True,
    )


def _verify(visit_id: int, values: Values) -> commands.VerifyIdentity:
    tail = identity.last_characters(values.pop("number"))
    return commands.VerifyIdentity(visit_id=visit_id, number_tail=tail, **values)


def acting_box(host: pages.PageHost, forms: boards.VisitForms) -> pages.FormBox:
    """Surat kuasa or surat tugas: required before going on (POS Sumut tatap muka 7)."""
    theme = host.theme
    fields = (
        (
            LineField(theme, "principal", _("Nama yang diwakili"), required=True),
            LineField(theme, "relation", _("Hubungan")),
        ),
        RadioField(theme, "kind", _("Surat"), words.worded(ACTING), required=True),
        LineField(theme, "issuer", _("Pejabat atau pemberi surat"), required=True),
        *_paper_fields(host),
        TickField(theme, "stamped", _("Bermeterai")),
    )
    return pages.FormBox(
        host,
        _("Atas nama orang lain"),
        fields,
        command=partial(_with_paper, commands.ActForAnother, forms.card.visit.id),
        told=_("Surat tercatat; layanan dapat dilanjutkan."),
        icon=("file-check", "violet"),
        check=_document_fields,
        draft=host.draft("acting", forms.card.visit.id),
        known={"kind": identity.LetterKind.POWER_OF_ATTORNEY},
        wide=True,
    )


def _paper_fields(host: pages.PageHost) -> tuple[tuple[LineField, DateField], FileField]:
    """Make the fields that every letter has: its number and date, or a scan of it."""
    theme = host.theme
    number = LineField(theme, "number", _("Nomor surat"), most=80)
    day = DateField(theme, "date", _("Tanggal surat"), days=host)
    return (number, day), FileField(theme, "scan", _("Pindaian surat"), scans())


def _document_fields(values: Values) -> dict[str, str]:
    return (
        {} if values["number"] or values["scan"] else {"number": _("Isi nomornya atau lampirkan pindaian.")}
    )


def _with_paper(
    command: type[commands.ActForAnother | commands.RecordLetter], visit_id: int, values: Values
) -> Job:
    scan, day = values.pop("scan"), values.pop("date")
    letter = command(visit_id=visit_id, date=day.isoformat() if day else "", **values)
    return partial(_with_scan, letter, scan)


def letter_box(host: pages.PageHost, forms: boards.VisitForms) -> pages.FormBox:
    """Make the box for an official letter that the visitor brought (POS Kaltara 1)."""
    theme = host.theme
    number, scan = _paper_fields(host)
    fields = (
        RadioField(theme, "kind", _("Surat"), words.worded(identity.LetterKind), required=True),
        number,
        LineField(theme, "issuer", _("Dari")),
        LineField(theme, "subject", _("Perihal")),
        scan,
    )
    return pages.FormBox(
        host,
        _("Surat tamu"),
        fields,
        command=partial(_with_paper, commands.RecordLetter, forms.card.visit.id),
        told=_("Surat tercatat."),
        icon=("file-text", "blue"),
        check=_document_fields,
        draft=host.draft("letter", forms.card.visit.id),
        known={"kind": identity.LetterKind.ASSIGNMENT},
        wide=True,
    )


def _with_scan(
    command: commands.RecordLetter | commands.ActForAnother, scan: Path | None, office: Office, actor: Actor
) -> object:
    """Record the letter, with its scan stored first."""
    if scan is None:
        return office.perform(command, actor)
    document = office.perform(
        visit_documents.attach_command(store_file(scan, office), command.visit_id), actor
    )
    return office.perform(msgspec.structs.replace(command, document_id=document.id), actor)


def scan_box(host: pages.PageHost, forms: boards.VisitForms) -> pages.FormBox:
    """Any other scan or photo."""
    return pages.FormBox(
        host,
        _("Lampirkan dokumen"),
        (FileField(host.theme, "scan", _("Pindaian atau foto"), scans(), required=True),),
        command=lambda values: partial(_store_scan, values["scan"], forms.card.visit.id),
        verb=_("Lampirkan"),
        told=_("Dokumen terlampir."),
        icon=("files", "blue"),
    )


def _store_scan(path: Path, visit_id: int, office: Office, actor: Actor) -> object:
    """Store a scan as a document of the visit."""
    return office.perform(visit_documents.attach_command(store_file(path, office), visit_id), actor)


def requirements_box(host: pages.PageHost, forms: boards.VisitForms) -> pages.FormBox:
    """Make the box of what the visitor has brought (POS DKI 5). Items not ticked are returned as lacking."""
    theme, needed = host.theme, forms.card.requirements
    listed = [(item.id, item.within(language())) for item in needed]
    fields: list[TicksField | TextField] = (
        [TicksField(theme, "there", _("Sudah ada"), listed)] if needed else []
    )
    fields.append(TextField(theme, "lacking", _("Kekurangan lain (satu per baris)"), rows=3))
    return pages.FormBox(
        host,
        _("Persyaratan layanan"),
        fields,
        command=partial(_requirements, forms.card.visit.id, tuple(item.id for item in needed)),
        told=_("Pemeriksaan persyaratan tercatat."),
        icon=("clipboard-check", "blue"),
        draft=host.draft("requirements", forms.card.visit.id),
        words=words.service_name(forms.card),
    )


def _requirements(visit_id: int, needed: tuple[str, ...], values: Values) -> commands.CheckRequirements:
    lacking = [item for item in needed if item not in values.get("there", ())]
    return commands.CheckRequirements(visit_id=visit_id, missing=(*lacking, *values["lacking"].splitlines()))


def spd_box(host: pages.PageHost, forms: boards.VisitForms) -> pages.FormBox:
    """Make the box that signs an official traveller's SPD, which the log keeps."""
    theme, guest = host.theme, forms.card.guest
    return pages.FormBox(
        host,
        _("Tanda tangan SPD"),
        (
            LineField(theme, "number", _("Nomor SPD"), required=True, most=80),
            LineField(theme, "traveller", _("Pelaksana perjalanan dinas"), required=True),
            LineField(theme, "origin", _("Instansi asal")),
        ),
        command=lambda values: commands.SignSpd(visit_id=forms.card.visit.id, **values),
        verb=_("Catat"),
        told=_("SPD tercatat."),
        icon=("pen-line", "green"),
        known={} if guest is None else {"traveller": guest.name, "origin": guest.institution},
    )
