"""The small forms about a case, each with its operation."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.cases.case import Case
from ult_desktop.core.cases.commands import (
    AddNote,
    AttachToCase,
    CloseCase,
    DeliverAnswer,
    GiveAnswer,
    ReassignCase,
    RecordQuestion,
    SetOutcome,
)
from ult_desktop.core.cases.delivery import Delivery
from ult_desktop.core.cases.escalation_commands import Escalate
from ult_desktop.core.sheet import SheetKind
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.unmasked_documents import unmasked_sheet
from ult_desktop.ui.counter.cases import case_forms as forms
from ult_desktop.ui.counter.cases.reading import CaseView, store_document
from ult_desktop.ui.counter.cases.reschedule import RescheduleBox
from ult_desktop.ui.counter.pages.form_box import FormBox
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.counter.pages.papers import offer_paper


def outcome(desk: PageHost, view: CaseView) -> FormBox:
    return FormBox(
        desk,
        _("Hasil verifikasi"),
        forms.outcome_fields(desk.theme, view.grounds),
        ask=lambda values: SetOutcome(case_id=view.card.case.id, **values),
        verb=_("Tetapkan"),
        told=_("Hasil tercatat."),
        icon=("scale", "blue"),
    )


def answer(desk: PageHost, view: CaseView) -> FormBox:
    case = view.card.case
    return FormBox(
        desk,
        _("Jawaban"),
        forms.answer_fields(desk.theme),
        ask=lambda values: GiveAnswer(case_id=case.id, **values),
        verb=_("Simpan jawaban"),
        told=_("Jawaban siap disampaikan."),
        icon=("message-circle", "blue"),
        words=case.detail,
        draft=desk.draft("case-answer", case.id),
    )


def escalate(desk: PageHost, view: CaseView) -> FormBox:
    case = view.card.case
    return FormBox(
        desk,
        _("Teruskan permohonan"),
        forms.escalation_fields(desk.theme, view),
        ask=lambda values: partial(send_on, case, values),
        verb=_("Teruskan"),
        told=_("Diteruskan."),
        icon=("send", "blue"),
        draft=desk.draft("case-escalate", case.id),
    )


def deliver(desk: PageHost, view: CaseView) -> FormBox:
    return FormBox(
        desk,
        _("Sampaikan jawaban"),
        forms.delivery_fields(desk.theme, view.card),
        ask=lambda values: DeliverAnswer(case_id=view.card.case.id, **values),
        verb=_("Catat"),
        told=_("Penyampaian tercatat."),
        then=partial(print_receipt, desk),
        icon=("hand-helping", "green"),
        words=view.card.case.answer,
    )


def question(desk: PageHost, view: CaseView) -> FormBox:
    return FormBox(
        desk,
        _("Pertanyaan lanjutan"),
        forms.question_fields(desk.theme),
        ask=lambda values: RecordQuestion(case_id=view.card.case.id, **values),
        verb=_("Catat"),
        told=_("Pertanyaan tercatat."),
    )


def note(desk: PageHost, view: CaseView) -> FormBox:
    return FormBox(
        desk,
        _("Catatan"),
        forms.note_fields(desk.theme),
        ask=lambda values: AddNote(case_id=view.card.case.id, **values),
        verb=_("Simpan"),
        told=_("Catatan tersimpan."),
    )


def attach(desk: PageHost, view: CaseView) -> FormBox:
    return FormBox(
        desk,
        _("Lampirkan berkas"),
        forms.document_fields(desk.theme),
        ask=lambda values: partial(attach_document, view.card.case, values["file"], values["title"]),
        verb=_("Lampirkan"),
        told=_("Berkas terlampir."),
        icon=("files", "blue"),
    )


def reassign(desk: PageHost, view: CaseView) -> FormBox:
    return FormBox(
        desk,
        _("Alihkan ke petugas lain"),
        forms.owner_fields(desk.theme, view),
        ask=lambda values: ReassignCase(case_id=view.card.case.id, **values),
        verb=_("Alihkan"),
        told=_("Permohonan dialihkan."),
    )


def close(desk: PageHost, view: CaseView) -> FormBox:
    return FormBox(
        desk,
        _("Tutup permohonan"),
        forms.closing_fields(desk.theme),
        ask=lambda values: CloseCase(case_id=view.card.case.id, **values),
        verb=_("Tutup"),
        told=_closed_words,
        icon=("badge-check", "green"),
        check=forms.check_closing,
    )


def _closed_words(values: dict[str, Any]) -> str:
    """Who went away has nothing to judge."""
    if values["withdrawn"]:
        return _("Permohonan ditutup: pemohon menarik diri.")
    return _("Permohonan ditutup. Persilakan pemohon mengisi survei.")


def send_on(case: Case, values: dict[str, Any], office: Office, actor: Actor) -> object:
    """On the worker: the letter into the store first, then the case goes on with it."""
    given = forms.escalation_values(values)
    documents = tuple(store_document(given.pop("file", None), case.visit_id, office, actor))
    return office.perform(Escalate(case_id=case.id, documents=documents, **given), actor)


def attach_document(case: Case, path: Path, title: str, office: Office, actor: Actor) -> object:
    """On the worker: the file into the store, then into the case."""
    (document_id,) = store_document(path, case.visit_id, office, actor)
    ask = AttachToCase(case_id=case.id, document_id=document_id, title=title or path.name)
    return office.perform(ask, actor)


def print_receipt(desk: PageHost, delivery: Delivery) -> None:
    """The tanda terima of an answer that was told, if it has one."""
    if delivery.receipt:
        offer_paper(desk, partial(unmasked_sheet, SheetKind.RECEIPT, delivery.id))


BOXES: dict[str, Callable[[PageHost, CaseView], FormBox]] = {
    "outcome": outcome,
    "answer": answer,
    "escalate": escalate,
    "deliver": deliver,
    "question": question,
    "note": note,
    "attach": attach,
    "reschedule": RescheduleBox,
    "reassign": reassign,
    "close": close,
}
