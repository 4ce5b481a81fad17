"""The small forms about a case: their fields, and the operation of each."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.cases.answer_bank import LegalBasis
from ult_desktop.core.cases.case import (
    Case,
    CaseOutcome,
    SubReason,
    VisitorMode,
)
from ult_desktop.core.cases.case_views import CaseCard
from ult_desktop.core.cases.commands import (
    AddNote,
    AttachToCase,
    CloseCase,
    DeliverAnswer,
    Escalate,
    GiveAnswer,
    ReassignCase,
    RecordQuestion,
    SetOutcome,
)
from ult_desktop.core.cases.delivery import Delivery, DeliveryChannel
from ult_desktop.core.cases.escalation import CaseDesk, desk_word
from ult_desktop.core.sheet import SheetKind
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.unmasked_documents import unmasked_sheet
from ult_desktop.ui.counter.cases.reading import CaseView, Colleague, store_document
from ult_desktop.ui.counter.cases.reschedule import RescheduleBox
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.counter.pages.papers import offer_paper
from ult_desktop.ui.kit.forms.choice_fields import ChoiceField
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.forms.file_field import FileField
from ult_desktop.ui.kit.forms.form_area import Fields
from ult_desktop.ui.kit.forms.line_field import LineField
from ult_desktop.ui.kit.forms.number_field import NumberField
from ult_desktop.ui.kit.forms.option_fields import RadioField, TickField
from ult_desktop.ui.kit.forms.text_field import TextField
from ult_desktop.ui.kit.theme import Theme

DESKS_TO_ASK = (CaseDesk.BACK_OFFICE, CaseDesk.HELPDESK, CaseDesk.PPID)
LONGEST_DUE_DAYS = 60


def outcome_fields(theme: Theme, grounds: tuple[LegalBasis, ...]) -> Fields:
    """Excluded asks for the legal ground, unavailable for the reason (POS Sumut tatap muka 9)."""
    outcome = RadioField(
        theme, "outcome", _("Hasil"), [(each, each.word) for each in CaseOutcome], required=True
    )
    ground = ChoiceField(
        theme, "ground", _("Dasar pengecualian"), [(each.key, each.words) for each in grounds], required=True
    )
    reason = RadioField(
        theme,
        "sub_reason",
        _("Mengapa tidak tersedia"),
        [(each.value, each.word) for each in SubReason],
        required=True,
    )

    def ask_further() -> None:
        ground.set_shown(outcome.value() == CaseOutcome.EXCLUDED)
        reason.set_shown(outcome.value() == CaseOutcome.UNAVAILABLE)

    outcome.changed.connect(ask_further)
    ask_further()
    return (outcome, ground, reason)


def answer_fields(theme: Theme) -> Fields:
    return (TextField(theme, "answer", _("Jawaban untuk pemohon"), required=True, rows=6),)


def escalation_fields(theme: Theme, view: CaseView) -> Fields:
    desk = RadioField(
        theme,
        "to",
        _("Kepada"),
        [(each.value, desk_word(each, view.unit_label)) for each in DESKS_TO_ASK],
        required=True,
    )
    person = ChoiceField(theme, "to_officer_id", _("Petugas (boleh kosong)"), [])

    def offer_people() -> None:
        chosen = desk.value()
        people = at_desk(view.colleagues, CaseDesk(str(chosen))) if chosen else ()
        person.show_options([("", _("siapa saja")), *((str(each.id), each.name) for each in people)])

    desk.changed.connect(offer_people)
    desk.show_value(DESKS_TO_ASK[0])
    fields: list[Any] = [
        desk,
        (person, NumberField(theme, "due_days", _("Batas (hari kerja)"), least=1, most=LONGEST_DUE_DAYS)),
        TextField(theme, "instruction", _("Yang ditanyakan"), required=True),
    ]
    if view.card.case.channel is VisitChannel.FACE_TO_FACE:
        modes = [(each.value, each.word) for each in VisitorMode]
        visitor = RadioField(theme, "visitor", _("Pengunjung"), modes, required=True)
        visitor.show_value(VisitorMode.AT_DESK)
        fields.append(visitor)
    return (*fields, file_field(theme))


def file_field(theme: Theme, *, required: bool = False) -> FileField:
    return FileField(theme, "file", _("Berkas"), _("Berkas (*.pdf *.jpg *.jpeg *.png)"), required=required)


def document_fields(theme: Theme) -> Fields:
    return (file_field(theme, required=True), LineField(theme, "title", _("Keterangan berkas")))


def escalation_values(values: dict[str, Any]) -> dict[str, Any]:
    """As the request wants them: ids as numbers, choices as what they mean."""
    person = values.get("to_officer_id")
    where = values.get("visitor") or VisitorMode.LEFT
    return {
        **values,
        "to": CaseDesk(values["to"]),
        "to_officer_id": int(person) if person else None,
        "visitor": VisitorMode(where),
    }


def at_desk(people: tuple[Colleague, ...], desk: CaseDesk) -> tuple[Colleague, ...]:
    return tuple(each for each in people if desk.role in each.roles)


def delivery_fields(theme: Theme, card: CaseCard) -> Fields:
    return (*telling_fields(theme, card), TickField(theme, "receipt", _("Buat tanda terima informasi")))


def telling_fields(theme: Theme, card: CaseCard) -> tuple[Field, ...]:
    """What is not told face to face needs its proof (POS Sumut tatap muka 15)."""
    way = RadioField(
        theme,
        "way",
        _("Cara"),
        [(each, each.word) for each in DeliveryChannel],
        required=True,
    )
    contact = LineField(theme, "recipient", _("Kepada (nomor atau alamat)"))
    proof = TextField(
        theme, "proof", _("Bukti: siapa yang menerima, nomor pesan, nomor resi"), required=True, rows=2
    )
    guest = card.guest

    def ask_further() -> None:
        direct = way.value() in (None, DeliveryChannel.DIRECT)
        contact.set_shown(not direct)
        proof.set_shown(not direct)
        known = "" if guest is None else guest.email if way.value() == DeliveryChannel.EMAIL else guest.phone
        contact.line.setPlaceholderText(_("tercatat {contact}").format(contact=known) if known else "")

    way.changed.connect(ask_further)
    ask_further()
    return (way, contact, proof)


def question_fields(theme: Theme) -> Fields:
    return (TextField(theme, "question", _("Pertanyaan"), required=True),)


def note_fields(theme: Theme) -> Fields:
    return (TextField(theme, "text", _("Catatan"), required=True),)


def owner_fields(theme: Theme, view: CaseView) -> Fields:
    people = [(each.id, each.name) for each in view.colleagues if each.id != view.card.case.owner_id]
    return (
        ChoiceField(theme, "officer_id", _("Petugas"), people, required=True),
        LineField(theme, "remark", _("Pesan untuknya")),
    )


def closing_fields(theme: Theme) -> Fields:
    """Whoever withdraws is not told an answer: the remark then says why."""
    return (
        TickField(theme, "withdrawn", _("Pemohon menarik diri: pergi, atau tidak menginginkan jawaban")),
        LineField(theme, "remark", _("Catatan penutup (wajib bila pemohon menarik diri)")),
    )


def check_closing(values: dict[str, Any]) -> dict[str, str]:
    if values["withdrawn"] and not values["remark"]:
        return {"remark": _("Tulis mengapa pemohon menarik diri.")}
    return {}


def outcome(host: PageHost, view: CaseView) -> FormBox:
    return FormBox(
        host,
        _("Hasil verifikasi"),
        outcome_fields(host.theme, view.grounds),
        command=lambda values: SetOutcome(case_id=view.card.case.id, **values),
        verb=_("Tetapkan"),
        told=_("Hasil tercatat."),
        icon=("scale", "blue"),
    )


def answer(host: PageHost, view: CaseView) -> FormBox:
    case = view.card.case
    return FormBox(
        host,
        _("Jawaban"),
        answer_fields(host.theme),
        command=lambda values: GiveAnswer(case_id=case.id, **values),
        verb=_("Simpan jawaban"),
        told=_("Jawaban siap disampaikan."),
        icon=("message-circle", "blue"),
        words=case.detail,
        draft=host.draft("case-answer", case.id),
    )


def escalate(host: PageHost, view: CaseView) -> FormBox:
    case = view.card.case
    return FormBox(
        host,
        _("Teruskan permohonan"),
        escalation_fields(host.theme, view),
        command=lambda values: partial(send_on, case, values),
        verb=_("Teruskan"),
        told=_("Diteruskan."),
        icon=("send", "blue"),
        draft=host.draft("case-escalate", case.id),
    )


def deliver(host: PageHost, view: CaseView) -> FormBox:
    return FormBox(
        host,
        _("Sampaikan jawaban"),
        delivery_fields(host.theme, view.card),
        command=lambda values: DeliverAnswer(case_id=view.card.case.id, **values),
        verb=_("Catat"),
        told=_("Penyampaian tercatat."),
        then=partial(print_receipt, host),
        icon=("hand-helping", "green"),
        words=view.card.case.answer,
    )


def question(host: PageHost, view: CaseView) -> FormBox:
    return FormBox(
        host,
        _("Pertanyaan lanjutan"),
        question_fields(host.theme),
        command=lambda values: RecordQuestion(case_id=view.card.case.id, **values),
        verb=_("Catat"),
        told=_("Pertanyaan tercatat."),
    )


def note(host: PageHost, view: CaseView) -> FormBox:
    return FormBox(
        host,
        _("Catatan"),
        note_fields(host.theme),
        command=lambda values: AddNote(case_id=view.card.case.id, **values),
        verb=_("Simpan"),
        told=_("Catatan tersimpan."),
    )


def attach(host: PageHost, view: CaseView) -> FormBox:
    return FormBox(
        host,
        _("Lampirkan berkas"),
        document_fields(host.theme),
        command=lambda values: partial(attach_document, view.card.case, values["file"], values["title"]),
        verb=_("Lampirkan"),
        told=_("Berkas terlampir."),
        icon=("files", "blue"),
    )


def reassign(host: PageHost, view: CaseView) -> FormBox:
    return FormBox(
        host,
        _("Alihkan ke petugas lain"),
        owner_fields(host.theme, view),
        command=lambda values: ReassignCase(case_id=view.card.case.id, **values),
        verb=_("Alihkan"),
        told=_("Permohonan dialihkan."),
    )


def close(host: PageHost, view: CaseView) -> FormBox:
    return FormBox(
        host,
        _("Tutup permohonan"),
        closing_fields(host.theme),
        command=lambda values: CloseCase(case_id=view.card.case.id, **values),
        verb=_("Tutup"),
        told=_closed_words,
        icon=("badge-check", "green"),
        check=check_closing,
    )


def _closed_words(values: dict[str, Any]) -> str:
    """Who went away has nothing to judge."""
    if values["withdrawn"]:
        return _("Permohonan ditutup: pemohon menarik diri.")
    return _("Permohonan ditutup. Persilakan pemohon mengisi survei.")


def send_on(case: Case, values: dict[str, Any], office: Office, actor: Actor) -> object:
    """On the worker: the letter into the store first, then the case goes on with it."""
    given = escalation_values(values)
    documents = tuple(store_document(given.pop("file", None), case.visit_id, office, actor))
    return office.perform(Escalate(case_id=case.id, documents=documents, **given), actor)


def attach_document(case: Case, path: Path, title: str, office: Office, actor: Actor) -> object:
    """On the worker: the file into the store, then into the case."""
    (document_id,) = store_document(path, case.visit_id, office, actor)
    command = AttachToCase(case_id=case.id, document_id=document_id, title=title or path.name)
    return office.perform(command, actor)


def print_receipt(host: PageHost, delivery: Delivery) -> None:
    """The tanda terima of an answer that was told, if it has one."""
    if delivery.receipt:
        offer_paper(host, partial(unmasked_sheet, SheetKind.RECEIPT, delivery.id))


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
