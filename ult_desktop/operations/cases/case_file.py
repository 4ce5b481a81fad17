"""The file of one case on paper: question and answer, each escalation and act in order, its attachments."""

from ult_desktop.base import _
from ult_desktop.core.access.roles import acting_words
from ult_desktop.core.cases import case_views, timeline_words
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.sheet import Sheet, SheetRow
from ult_desktop.db.cases.case_views import case_card
from ult_desktop.db.office import office
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.operation import require_found
from ult_desktop.operations.sheets import filled_rows, letterhead, outcome_words, when_words


def case_file_sheet(tx: Transaction, case_id: int) -> Sheet:
    """Return the whole file. Raises UserError when there is no such case."""
    settings = office.load(tx).settings
    card = require_found(case_card(tx, case_id), _("Lembar itu tidak ada."))
    return Sheet(
        office=letterhead(settings),
        title=_("Berkas Permohonan"),
        number=card.case.number,
        rows=(
            *_facts(settings, card, outcome_words(tx, card.case)),
            *_history(settings, card),
            *_attachments(settings, card),
        ),
        signatures=(card.case.owner or _("Petugas"), _("Arsiparis")),
    )


def _facts(settings: OfficeSettings, card: case_views.CaseCard, outcome: str) -> tuple[SheetRow, ...]:
    case, guest = card.case, card.guest
    return filled_rows(
        (_("Layanan"), case.service),
        (_("Kode klasifikasi arsip"), card.archive_code),
        (_("Diterima"), when_words(settings, case.opened_at)),
        (_("Pemohon"), guest.name if guest else ""),
        (_("Instansi"), guest.institution if guest else ""),
        (_("Telepon"), guest.phone if guest else ""),
        (_("Surel"), guest.email if guest else ""),
        (_("Isi permohonan"), case.detail),
        (_("Hasil"), outcome),
        (_("Dasar hukum"), case.ground),
        (_("Jawaban"), case.answer),
        (_("Keadaan"), case.state.word),
        (_("Ditutup"), when_words(settings, case.closed_at)),
    )


def _history(settings: OfficeSettings, card: case_views.CaseCard) -> tuple[SheetRow, ...]:
    rows = []
    for entry in card.timeline:
        who = acting_words(entry.officer, entry.acting_for)
        words = " · ".join(filter(None, (timeline_words.entry_word(entry.kind), who, entry.text)))
        rows.append(SheetRow(when_words(settings, entry.at), words))
    return tuple(rows)


def _attachments(settings: OfficeSettings, card: case_views.CaseCard) -> tuple[SheetRow, ...]:
    """Return the attachments, each with the number under which the office keeps it."""
    rows = []
    for number, document in enumerate(card.documents, 1):
        file_words = _("berkas nomor {n}").format(n=document.document_id)
        words = " · ".join((document.title, file_words, when_words(settings, document.at)))
        rows.append(SheetRow(_("Lampiran {n}").format(n=number), words))
    return tuple(rows)
