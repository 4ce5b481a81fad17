"""The forms of a case (permohonan), from opening to closing."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ult_desktop.base import _, counted
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.cases import commands, delivery as case_delivery
from ult_desktop.core.cases.case import (
    GONE_MODES,
    Case,
    CaseKind,
    CaseOutcome,
    SubReason,
    VisitorMode,
    is_reachable,
    may_take_back_outcome,
)
from ult_desktop.core.cases.escalation import CaseDesk, Escalation, EscalationState, desk_word
from ult_desktop.core.person import shared_fields
from ult_desktop.core.queue.boards import undone_words
from ult_desktop.core.queue.commands import Undo
from ult_desktop.core.sheet import Sheet, SheetKind
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.core.visits.identity import mismatch_words
from ult_desktop.core.visits.visit import Guest, VisitChannel
from ult_desktop.db.cases import cases, escalations
from ult_desktop.db.cases.boards import CaseView, Colleague, OpeningView, opening_view
from ult_desktop.db.visits import visits
from ult_desktop.operations.edits import limit_edit
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.personal import store_file, unmasked_sheet
from ult_desktop.operations.sheets import intake_sheet
from ult_desktop.operations.visits.documents import attach_command
from ult_desktop.ui.counter.pages import FormBox, PageHost, offer_paper
from ult_desktop.ui.counter.pages.late_field import LateField
from ult_desktop.ui.counter.words import options_of
from ult_desktop.ui.kit import Theme, forms
from ult_desktop.ui.kit.forms.form import Values

DESKS_TO_ASK = (CaseDesk.BACK_OFFICE, CaseDesk.HELPDESK, CaseDesk.PPID, CaseDesk.HEAD)
MAX_DUE_DAYS = 60


def outcome_box(host: PageHost, view: CaseView) -> FormBox:
    """Make the form of the outcome.

    If the information is excluded, it asks for the legal ground; if it is unavailable, for the reason (POS
    Sumut tatap muka 9).
    """
    theme, case = host.theme, view.card.case
    grounds = [(ground.key, ground.words) for ground in view.grounds]
    reasons = [(reason.value, reason.word) for reason in SubReason]
    result = forms.RadioField(theme, "outcome", _("Hasil"), options_of(CaseOutcome), required=True)
    ground = forms.ChoiceField(theme, "ground", _("Dasar pengecualian"), grounds, required=True)
    reason = forms.RadioField(theme, "sub_reason", _("Mengapa tidak tersedia"), reasons, required=True)

    def ask_further() -> None:
        ground.set_shown(result.value() == CaseOutcome.EXCLUDED)
        reason.set_shown(result.value() == CaseOutcome.UNAVAILABLE)

    result.changed.connect(ask_further)
    ask_further()
    return FormBox(
        host,
        _("Informasinya tersedia?"),
        (result, ground, reason),
        command=lambda values: commands.SetOutcome(case_id=case.id, seen={"outcome": case.outcome}, **values),
        verb=_("Tetapkan"),
        then=partial(_show_outcome, host, view.card.label),
        icon=("scale", "blue"),
    )


def _show_outcome(host: PageHost, label: str | None, case: Case) -> None:
    """Show the outcome, with the button that undoes it while nothing else was done with the case."""
    name = label or case.number
    outcome = "" if case.outcome is None else case.outcome.word.lower()
    undone = _("{label}: hasilnya diurungkan.").format(label=name)
    undo = partial(host.perform, commands.TakeBackOutcome(case_id=case.id), message=undone)
    message = _("{label}: hasilnya {outcome}.").format(label=name, outcome=outcome)

    def may_undo(office: Office) -> bool:
        return may_take_back_outcome(office.read(lambda tx: cases.timeline(tx, case.id)))

    host.tell_undoable(message, undo, may_undo)


def answer_box(host: PageHost, view: CaseView) -> FormBox:
    case = view.card.case
    return FormBox(
        host,
        _("Jawaban"),
        (forms.TextField(host.theme, "answer", _("Jawaban untuk pemohon"), required=True, rows=6),),
        command=lambda values: commands.GiveAnswer(case_id=case.id, seen={"answer": case.answer}, **values),
        verb=_("Simpan jawaban"),
        message=_("Jawaban siap disampaikan."),
        icon=("message-circle", "blue"),
        words=case.detail,
        draft=host.draft("case-answer", case.id),
    )


def officer_field(theme: Theme, desk: forms.RadioField, view: CaseView) -> forms.ChoiceField:
    """Make the field that chooses an officer of the desk chosen in `desk`, or anybody there."""
    field = forms.ChoiceField(theme, "to_officer_id", _("Petugas (boleh kosong)"))

    def offer_officers() -> None:
        name = desk.value()
        officers = officers_at_desk(view.colleagues, CaseDesk(str(name))) if name else ()
        options = [(str(officer.id), officer.name) for officer in officers]
        field.show_options([("", _("siapa saja")), *options])

    desk.changed.connect(offer_officers)
    return field


def officers_at_desk(officers: tuple[Colleague, ...], desk: CaseDesk) -> tuple[Colleague, ...]:
    """Return those officers who have the role of the desk."""
    return tuple(officer for officer in officers if desk.role in officer.roles)


def due_field(theme: Theme) -> forms.NumberField:
    return forms.NumberField(theme, "due_days", _("Batas (hari kerja)"), least=1, most=MAX_DUE_DAYS)


def file_field(theme: Theme, *, required: bool = False) -> forms.FileField:
    return forms.FileField(
        theme, "file", _("Berkas"), _("Berkas (*.pdf *.jpg *.jpeg *.png)"), required=required
    )


CONTACT = ("name", "phone", "email")
"""The fields of the guest book by which a visitor who goes home gets the answer."""


def contact_fields(
    host: PageHost, view: CaseView, visitor: forms.RadioField
) -> tuple[forms.Field | tuple[forms.Field, ...], ...]:
    """Make the fields for the contact of a visitor who gets the answer at home; () where one is known.

    The fields show while the field `visitor` says that the visitor goes home.
    """
    guest = view.card.guest
    if is_reachable(view.card.case, guest, view.card.information):
        return ()
    fields = forms.CommandFields(host.theme, SignGuestBook, host)
    asked_names = CONTACT if guest is None else CONTACT[1:]  # the guest book has a guest's name already
    contact = [fields.ask(name) for name in asked_names]

    def show_contact() -> None:
        for field in contact:
            field.set_shown(visitor.value() == VisitorMode.LEFT)

    visitor.changed.connect(show_contact)
    show_contact()
    *name, phone, email = contact
    return (*name, (phone, email))


def check_contact(values: Values) -> dict[str, str]:
    """Return the problem of a visitor who goes home and left no contact."""
    if values["visitor"] == VisitorMode.LEFT and not (values["phone"] or values["email"]):
        return {"phone": _("Tulis telepon atau surel, atau pilih bahwa jawabannya diambil sendiri.")}
    return {}


def note_contact(case: Case, values: Values, office: Office, actor: Actor) -> Values:
    """Write the form's contact into the guest book, on the worker thread; return the form's other values.

    A visitor without an entry gets one that is not finished: the guest book is still to be filled in.
    """
    contact = {name: values[name] for name in CONTACT if values.get(name)}
    if contact:
        guest = office.read(lambda tx: visits.guest_of(tx, case.visit_id))
        if guest is None:
            entry = {"name": "", "visit_id": case.visit_id, "finished": False}
        else:
            entry = shared_fields(SignGuestBook, guest)
        # `instead`: a name that the officer corrects here is still this guest's.
        command = SignGuestBook(**{**entry, **contact}, instead=True)
        office.perform(limit_edit(office, command, contact), actor)
    return {name: value for name, value in values.items() if name not in CONTACT}


def store_letter(case: Case, values: Values, office: Office, actor: Actor) -> Values:
    """Store the letter of a disposition's form, and return the values as its command has them.

    Raises:
        UserError: the letter cannot be read, or is no document.
    """
    fields, officer_id = dict(values), values.get("to_officer_id")
    documents = store_document(fields.pop("file", None), case.visit_id, office, actor)
    return {**fields, "to_officer_id": int(officer_id) if officer_id else None, "documents": documents}


def store_document(path: Path | None, visit_id: int, office: Office, actor: Actor) -> tuple[int, ...]:
    """Store a file as a document of the visit; return its id, or () without a file.

    Raises:
        UserError: the file cannot be read, or is no document.
    """
    if path is None:
        return ()
    return (office.perform(attach_command(store_file(path, office), visit_id), actor).id,)


def delivery_box(host: PageHost, view: CaseView) -> FormBox:
    receipt = forms.TickField(host.theme, "receipt", _("Buat tanda terima informasi"))
    return FormBox(
        host,
        _("Sampaikan jawaban"),
        (*delivery_fields(host.theme, view.card.guest), receipt),
        command=lambda values: commands.DeliverAnswer(case_id=view.card.case.id, **values),
        verb=_("Catat"),
        message=_("Penyampaian tercatat."),
        then=partial(print_receipt, host),
        icon=("hand-helping", "green"),
        words=view.card.case.answer,
    )


def delivery_fields(theme: Theme, guest: Guest | None) -> tuple[forms.Field, ...]:
    """Make the fields for how the visitor gets the answer.

    Any other way than face to face needs a proof (POS Sumut tatap muka 15).
    """
    way = forms.RadioField(theme, "way", _("Cara"), options_of(case_delivery.DeliveryChannel), required=True)
    contact = forms.LineField(theme, "recipient", _("Kepada (nomor atau alamat)"))
    proof = forms.TextField(
        theme, "proof", _("Bukti: siapa yang menerima, nomor pesan, nomor resi"), required=True, rows=2
    )

    def ask_further() -> None:
        is_direct = way.value() in (None, case_delivery.DeliveryChannel.DIRECT)
        contact.set_shown(not is_direct)
        proof.set_shown(not is_direct)
        by_mail = way.value() == case_delivery.DeliveryChannel.EMAIL
        known = (guest.email if by_mail else guest.phone) if guest else ""
        contact.line.setPlaceholderText(_("tercatat {contact}").format(contact=known) if known else "")

    way.changed.connect(ask_further)
    ask_further()
    return (way, contact, proof)


def print_receipt(host: PageHost, delivery: case_delivery.Delivery) -> None:
    """Print the receipt (tanda terima) of a delivered answer, if the delivery has one."""
    if delivery.receipt:
        offer_paper(host, partial(unmasked_sheet, SheetKind.RECEIPT, delivery.id))


def print_file(host: PageHost, view: CaseView) -> None:
    """Print the whole case with a list of its attachments, in clear. The log records who printed it."""
    offer_paper(host, partial(unmasked_sheet, SheetKind.CASE_FILE, view.card.case.id))


def question_box(host: PageHost, view: CaseView) -> FormBox:
    return FormBox(
        host,
        _("Pertanyaan lanjutan"),
        (forms.TextField(host.theme, "question", _("Pertanyaan"), required=True),),
        command=lambda values: commands.RecordQuestion(case_id=view.card.case.id, **values),
        verb=_("Catat"),
        message=_("Pertanyaan tercatat."),
        draft=host.draft("case-question", view.card.case.id),
    )


def note_box(host: PageHost, view: CaseView) -> FormBox:
    return FormBox(
        host,
        _("Catatan"),
        (forms.TextField(host.theme, "text", _("Catatan"), required=True),),
        command=lambda values: commands.AddNote(case_id=view.card.case.id, **values),
        message=_("Catatan tersimpan."),
        draft=host.draft("case-note", view.card.case.id),
    )


def attachment_box(host: PageHost, view: CaseView) -> FormBox:
    title = forms.LineField(host.theme, "title", _("Keterangan berkas"))
    return FormBox(
        host,
        _("Lampirkan berkas"),
        (file_field(host.theme, required=True), title),
        command=lambda values: partial(attach_document, view.card.case, values["file"], values["title"]),
        verb=_("Lampirkan"),
        message=_("Berkas terlampir."),
        icon=("files", "blue"),
    )


def attach_document(case: Case, path: Path, title: str, office: Office, actor: Actor) -> object:
    """Store the file and attach it to the case, on the worker thread."""
    (document_id,) = store_document(path, case.visit_id, office, actor)
    command = commands.AttachToCase(case_id=case.id, document_id=document_id, title=title or path.name)
    return office.perform(command, actor)


def print_proof(host: PageHost, case_id: int) -> None:
    """Print the visitor's proof: the number, the request, and the date until which it is answered."""

    def make_proof(office: Office, _actor: Actor) -> Sheet:
        return office.read(lambda tx: intake_sheet(tx, case_id))

    offer_paper(host, make_proof)


class EscalationResult(NamedTuple):
    """The result of an escalation: the new record, and where the visitor waits."""

    escalation: Escalation
    visitor: VisitorMode


def escalation_box(host: PageHost, view: CaseView) -> FormBox:
    theme, case = host.theme, view.card.case
    desks = [(desk.value, desk_word(desk, view.unit_label)) for desk in DESKS_TO_ASK]
    desk = forms.RadioField(theme, "to", _("Kepada"), desks, required=True)
    officer = officer_field(theme, desk, view)
    modes = [(mode.value, mode.word) for mode in VisitorMode]
    visitor = forms.RadioField(theme, "visitor", _("Pengunjung"), modes, required=True)
    contact = contact_fields(host, view, visitor)
    return FormBox(
        host,
        _("Teruskan permohonan"),
        (
            desk,
            (officer, due_field(theme)),
            forms.TextField(theme, "instruction", _("Pertanyaan"), required=True),
            *((visitor,) if case.channel is VisitChannel.FACE_TO_FACE else ()),
            *contact,
            file_field(theme),
            LateField(host, case.visit_id),
        ),
        command=lambda values: partial(store_and_escalate, case, values),
        check=check_contact if contact else None,
        verb=_("Teruskan"),
        then=partial(_show_escalated, host, view),
        icon=("send", "blue"),
        draft=host.draft("case-escalate", case.id),
        known={"instruction": case.detail, "to": DESKS_TO_ASK[0], "visitor": VisitorMode.AT_DESK},
        wide=True,
    )


def store_and_escalate(case: Case, values: Values, office: Office, actor: Actor) -> EscalationResult:
    """Store the contact and the letter of the form, then escalate the case, on the worker thread."""
    others = note_contact(case, values, office, actor)
    fields = store_letter(case, others, office, actor)
    visitor = VisitorMode(fields.get("visitor") or VisitorMode.LEFT)
    fields |= {"to": CaseDesk(fields["to"]), "visitor": visitor}
    return EscalationResult(office.perform(commands.Escalate(case_id=case.id, **fields), actor), visitor)


def _show_escalated(host: PageHost, view: CaseView, result: EscalationResult) -> None:
    """Show where the case went. A visitor who goes home is not served at the counter any more."""
    case, escalation = view.card.case, result.escalation
    desk = desk_word(escalation.to_desk, view.unit_label)
    goes_home = result.visitor in GONE_MODES and case.channel is VisitChannel.FACE_TO_FACE
    if goes_home:
        words = _("Diteruskan ke {desk}. Pengunjung pulang; pelayanan di loket selesai.")
        offers = [(_("Cetak bukti"), partial(print_proof, host, case.id))]
    else:
        words, offers = _("Diteruskan ke {desk}."), []
    job = partial(take_back, case, escalation, host.counter if goes_home else None)
    undo = partial(host.perform, job, then=host.tell)

    def is_unread(office: Office) -> bool:
        state = office.read(lambda tx: escalations.get(tx, escalation.id)).state
        return state is EscalationState.SENT

    host.tell_undoable(words.format(desk=desk), undo, is_unread, offers)


def take_back(case: Case, escalation: Escalation, counter: int | None, office: Office, actor: Actor) -> str:
    """Take the case back from the other desk, on the worker thread; return what was done, in words.

    The end of the visitor's serving at `counter` is undone too, if it still can be. None: it has not ended.

    Raises:
        UserError: the other desk has dealt with it.
    """
    reason = _("Diurungkan sesudah diteruskan")
    office.perform(commands.WithdrawEscalation(escalation_id=escalation.id, reason=reason), actor)
    words = _("Tidak jadi diteruskan.")
    if counter is None:
        return words
    board = office.counter_board(counter)
    visit = office.read(lambda tx: visits.get(tx, case.visit_id))
    if board.undoable is None or board.undoable.id != visit.ticket_id:
        return words
    ticket = office.perform(Undo(counter=counter, ticket_id=board.undoable.id), actor)
    return f"{words} {undone_words(ticket, board.mine.current)}"


def reassignment_box(host: PageHost, view: CaseView) -> FormBox:
    case = view.card.case
    others = [(officer.id, officer.name) for officer in view.colleagues if officer.id != case.owner_id]
    return FormBox(
        host,
        _("Alihkan ke petugas lain"),
        (
            forms.ChoiceField(host.theme, "officer_id", _("Petugas"), others, required=True),
            forms.LineField(host.theme, "remark", _("Pesan untuknya")),
        ),
        command=lambda values: commands.ReassignCase(
            case_id=case.id, seen={"officer_id": case.owner_id}, **values
        ),
        verb=_("Alihkan"),
        message=_("Permohonan dialihkan."),
    )


def closing_box(host: PageHost, view: CaseView) -> FormBox:
    """Make the form that closes a case. An applicant who withdraws gets no answer: the remark says why."""
    return FormBox(
        host,
        _("Tutup permohonan"),
        (
            forms.TickField(
                host.theme, "withdrawn", _("Pemohon menarik diri: pergi, atau tidak menginginkan jawaban")
            ),
            forms.LineField(host.theme, "remark", _("Catatan penutup (wajib bila pemohon menarik diri)")),
            forms.TickField(host.theme, "survey", _("Pemohon diarahkan mengisi survei")),
        ),
        command=lambda values: commands.CloseCase(case_id=view.card.case.id, **values),
        verb=_("Tutup"),
        message=_closed_words,
        icon=("badge-check", "green"),
        check=_check_closing,
    )


def _check_closing(values: Values) -> dict[str, str]:
    if values["withdrawn"] and not values["remark"]:
        return {"remark": _("Tulis mengapa pemohon menarik diri.")}
    return {}


def _closed_words(values: Values) -> str:
    """Return the message after closing. An applicant who withdrew is not asked to judge the service."""
    if values["withdrawn"]:
        return _("Permohonan ditutup: pemohon menarik diri.")
    if values["survey"]:
        return _("Permohonan ditutup.")
    return _("Permohonan ditutup. Persilakan pemohon mengisi survei.")


def case_fields(theme: Theme, view: OpeningView) -> list[forms.Field | tuple[forms.Field, ...]]:
    """Make the fields of a new case. A complaint names its class (the due time), and whom it is about."""
    kind = forms.RadioField(theme, "kind", _("Jenis"), options_of(CaseKind), required=True)
    officers: list[tuple[object, str]] = [(None, _("bukan tentang petugas")), *view.people]
    about = forms.ChoiceField(theme, "about_id", _("Tentang petugas (boleh kosong)"), officers)
    of_complaint = class_field(theme, view), about
    for complaint_field in of_complaint:
        kind.changed.connect(
            lambda field=complaint_field: field.set_shown(kind.value() is CaseKind.COMPLAINT)
        )
    kind.show_value(view.kind)
    fields: list[forms.Field | tuple[forms.Field, ...]] = [
        forms.TextField(theme, "detail", _("Isi permohonan atau pertanyaan"), required=True, rows=2),
        (kind, forms.ChoiceField(theme, "service_id", _("Layanan"), view.services)),
        of_complaint,
    ]
    if view.closed:
        options: list[tuple[object, str]] = [(None, _("permohonan baru")), *view.closed]
        fields.append(forms.ChoiceField(theme, "original_id", _("Lanjutan dari"), options))
    return fields


def class_field(theme: Theme, view: OpeningView) -> forms.ChoiceField:
    """Make the field for the class of a complaint, which sets the due time."""
    classes = [
        (record.key, counted("{name} ({n} hari kerja)", record.days, name=record.name))
        for record in view.classes
    ]
    return forms.ChoiceField(theme, "complaint_class", _("Jenis pengaduan"), classes, required=True)


def exclusion_fields(
    theme: Theme, label: str, grounds: Sequence[tuple[str, str]]
) -> tuple[forms.TickField, forms.ChoiceField]:
    """Make the tick of excluded information, and the field for its ground, which shows only while ticked.

    `label` is the label of the ground, `grounds` its options.
    """
    excluded = forms.TickField(theme, "excluded", _("Informasi dikecualikan"))
    ground = forms.ChoiceField(theme, "ground", label, grounds, required=True)
    ground.set_shown(False)
    excluded.changed.connect(lambda: ground.set_shown(bool(excluded.value())))
    return excluded, ground


def read_opening(visit_id: int, office: Office, chosen_id: int | None = None) -> OpeningView:
    """Read a visitor's cases, or what the form of a new one needs, on the worker thread."""
    return office.read(lambda tx: opening_view(tx, visit_id, chosen_id))


def ask_what_is_wanted(host: PageHost, visit_id: int) -> None:
    """Ask for the request of a visitor who is not at this counter, as the helpdesk does (POS Kaltara 4).

    If the visitor has a case already, the page Permohonan shows it instead.
    """

    def open_case(case: Case) -> None:
        host.open_page("cases", case.id)

    def show(view: OpeningView) -> None:
        if view.shown_case is not None:
            open_case(view.shown_case.card.case)
        else:
            _open_case_box(host, view, _("Apa yang diminta pengunjung?"), open_case)

    host.read(partial(read_opening, visit_id), show)


def ask_another(host: PageHost, then: Callable[[Case], None], view: OpeningView) -> None:
    """Ask for a further matter of a visitor who has a case already; `then` gets the new case."""
    _open_case_box(host, view, _("Permohonan lain dari pengunjung ini"), then, another=True)


def _open_case_box(
    host: PageHost, view: OpeningView, title: str, then: Callable[[Case], None], *, another: bool = False
) -> None:
    rows = case_fields(host.theme, view)
    FormBox(
        host,
        title,
        # Below each other: a service's name is long.
        [field for row in rows for field in (row if isinstance(row, tuple) else (row,))],
        command=lambda values: commands.OpenCase(visit_id=view.visit_id, another=another, **values),
        verb=_("Catat permohonan"),
        message=_("Permohonan tercatat."),
        then=then,
        icon=("files", "blue"),
        words=mismatch_words() if view.identity_mismatch else "",
        draft=host.draft("case-another" if another else "case-open", view.visit_id),
        known={"service_id": view.service_id},
    ).open()
