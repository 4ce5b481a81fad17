"""A case (permohonan): what is shown of it, and what an officer can do with it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from ult_desktop.base import _, pgettext
from ult_desktop.core.access.roles import Actor, Permission, acting_words
from ult_desktop.core.cases import (
    appointment,
    case_views,
    commands,
    escalation as case_escalation,
    timeline_words,
)
from ult_desktop.core.cases.answer_bank import Faq
from ult_desktop.core.cases.case import (
    GONE,
    Case,
    CaseEntry,
    CaseKind,
    CaseOutcome,
    CaseState,
    SubReason,
    VisitorMode,
)
from ult_desktop.core.fields import head_words
from ult_desktop.core.online.clock import DueClock, Urgency
from ult_desktop.core.online.online_request import OnlineRequest
from ult_desktop.core.queue.boards import undone_words
from ult_desktop.core.queue.commands import Undo
from ult_desktop.core.sheet import Sheet
from ult_desktop.core.stamps import to_stamp
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.cases import escalations
from ult_desktop.db.cases.boards import CaseView
from ult_desktop.db.visits import visits
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.sheets import intake_sheet
from ult_desktop.ui.counter.appointments import booking_box
from ult_desktop.ui.counter.cases import case_forms, lists_boxes, ppid_acts
from ult_desktop.ui.counter.cases.case_forms import ask_another, read_opening
from ult_desktop.ui.counter.cases.due_bar import DueBar, due_words
from ult_desktop.ui.counter.online import acts
from ult_desktop.ui.counter.online.reply_box import ReplyBox, drafts_of_this_pc
from ult_desktop.ui.counter.pages import FormBox, PageHost, ask_words, contact_action, offer_paper
from ult_desktop.ui.counter.pages.late_field import LateField
from ult_desktop.ui.counter.visits.documents import describe_document, document_actions
from ult_desktop.ui.kit import Column, detail, dialogs, forms, lists, timeline
from ult_desktop.ui.kit.detail import ActionsRow, Detail, DetailAction, Facts
from ult_desktop.ui.kit.timeline import Timeline

OPEN = "not_closed"  # the filter of cases that are not closed
EVERY = "every"  # the filter of all cases
AFAR = "afar"  # the filter of open cases that came by list, message or letter
STATE_TONES = {
    CaseState.OPEN: "primary",
    CaseState.ESCALATED: "accent",
    CaseState.ANSWERED: "warn",
    CaseState.DELIVERED: "ok",
    CaseState.CLOSED: "ok",
}
CHANNEL_ICONS = {
    VisitChannel.FACE_TO_FACE: "user-round",
    VisitChannel.PHONE: "phone",
    VisitChannel.ONLINE: "globe",
}


def case_row(
    line: case_views.CaseRow,
    clock: DueClock | None,
    now: datetime,
    mine: frozenset[int],
    *,
    every: bool = False,
) -> lists.ListRow:
    """Make the row of a case. With `every` closed cases are read too, and the filter "Semua" counts it.

    `clock` is that of a case that waits for an answer; a request from afar that is nobody's yet stands out.
    """
    late = line.is_overdue(to_stamp(now))
    is_open, afar = line.state is not CaseState.CLOSED, line.channel is VisitChannel.ONLINE
    groups = {
        line.state.value: True,
        OPEN: is_open,
        EVERY: every,
        "mine": is_open and line.owner_id in mine,
        "overdue": late,
        AFAR: is_open and afar,
    }
    return lists.ListRow(
        id=line.id,
        title=line.name or _("Tanpa nama"),
        subtitle=line.detail,
        aside=line.number.partition("/")[0] if clock is None else due_words(clock, now),
        icon=CHANNEL_ICONS[line.channel],
        tint="blue" if line.kind is CaseKind.REQUEST else "orange",
        tags=(_state_tag(line.state, is_nobodys=afar and line.owner_id is None),),
        groups=frozenset(group for group, is_in in groups.items() if is_in),
        strong=afar and line.owner_id is None and line.is_unanswered,
        side_tone="danger" if late else "warn" if clock and clock.tone is Urgency.WARN else "",
        search=f"{line.number} {line.book_number} {line.institution} {line.service} {line.label or ''}",
    )


def _state_tag(state: CaseState, *, is_nobodys: bool) -> lists.Tag:
    """Make the tag of a state; a request from afar that nobody has taken is not worked on yet."""
    if state is CaseState.OPEN and is_nobodys:
        return lists.Tag(_("belum ditangani"), "accent")
    return lists.Tag(state.word, STATE_TONES[state])


def case_tags(card: case_views.CaseCard) -> tuple[lists.Tag, ...]:
    case = card.case
    kind = (lists.Tag(case.kind.word, "accent"),) if case.kind is CaseKind.COMPLAINT else ()
    tone = "ok" if case.outcome == CaseOutcome.AVAILABLE else "warn"
    outcome = (lists.Tag(case.outcome.word, tone),) if case.outcome else ()
    nobodys = case.channel is VisitChannel.ONLINE and case.owner_id is None
    return (_state_tag(case.state, is_nobodys=nobodys), *kind, *outcome)


def case_facts(card: case_views.CaseCard, now: datetime, *, brief: bool = False) -> list[detail.Fact]:
    """Return the facts of a case. `brief` leaves out what the counter shows of its visitor elsewhere."""
    case = card.case
    return [
        detail.Fact(_("Isi permohonan"), case.detail),
        detail.Fact(_("Tentang petugas"), case.about),
        detail.Fact(_("Lanjutan dari"), case.original),
        *([] if brief else _circumstances(card)),
        detail.Fact(_("Batas waktu"), timeline.until_words(case.due_at, now)),
        detail.Fact(_("Alasan"), case.ground or _reason(case)),
        detail.Fact(_("Jawaban"), case.answer),
        detail.Fact(_("Pengunjung"), VisitorMode(case.visitor).word if case.visitor else ""),
        detail.Fact(_("Janji temu"), _booked(card, now)),
        detail.Fact(
            pgettext("many", "Berkas"), ", ".join(describe_document(each) for each in card.documents)
        ),
        *(_delivered(card, now)),
    ]


def _reason(case: Case) -> str:
    known = {each.value for each in SubReason}
    return SubReason(case.sub_reason).word if case.sub_reason in known else case.sub_reason


def _circumstances(card: case_views.CaseCard) -> list[detail.Fact]:
    case, guest = card.case, card.guest
    contact = "" if guest is None else ", ".join(dict.fromkeys(filter(None, (guest.phone, guest.email))))
    return [
        detail.Fact(_("Layanan"), case.service),
        detail.Fact(_("Kode klasifikasi arsip"), card.archive_code),
        detail.Fact(_("Jalur"), case.channel.word),
        detail.Fact(_("Instansi"), "" if guest is None else guest.institution),
        detail.Fact(_("Kontak"), contact),
        detail.Fact(_("Petugas"), case.owner),
    ]


def online_facts(request: OnlineRequest, now: datetime) -> list[detail.Fact]:
    """Return what is known only of a request that came from afar."""
    return [
        detail.Fact(_("Datang lewat"), request.source.word),
        detail.Fact(_("Dikirim"), timeline.when_words(request.sent_at, now)),
        detail.Fact(_("Perihal"), request.topic),
        *(detail.Fact(head_words(name), getattr(request, name)) for name in ("regency", "occupation")),
        detail.Fact(_("Nomor dari sumber"), request.external_id),
        detail.Fact(_("Nomor di buku permohonan"), request.case_number),
        detail.Fact(_("Evaluasi"), _("terisi") if request.evaluated else ""),
    ]


def booked_of(card: case_views.CaseCard) -> appointment.Appointment | None:
    booked = (each for each in card.appointments if each.state is appointment.AppointmentState.BOOKED)
    return next(booked, None)


def _booked(card: case_views.CaseCard, now: datetime) -> str:
    """Return the coming appointment with its count (POS Kaltara 5 counts them)."""
    booked = booked_of(card)
    if booked is None:
        return ""
    nth = _("ke-{n}").format(n=booked.nth)
    return " · ".join(filter(None, (timeline.when_words(booked.at, now), booked.officer, nth)))


def _delivered(card: case_views.CaseCard, now: datetime) -> list[detail.Fact]:
    return [
        detail.Fact(
            _("Disampaikan"),
            " · ".join(
                filter(None, (each.way.word, timeline.when_words(each.at, now), each.receipt, each.proof))
            ),
            "ok",
        )
        for each in card.deliveries
    ]


def timeline_entry(entry: CaseEntry, now: datetime) -> timeline.TimelineEntry:
    who = acting_words(entry.officer, entry.acting_for)
    head = timeline_words.entry_word(entry.kind)
    return timeline.TimelineEntry(
        when=timeline.when_words(entry.at, now),
        what=head or entry.text,
        who=who,
        note=entry.text if head else "",
        icon=_icon(entry.kind),
        tone="ok" if entry.kind in ("closed", "delivered", "receipt") else "primary",
    )


def _icon(kind: str) -> str:
    icons = {
        "opened": "file-text",
        "note": "pen-line",
        "document": "files",
        "answer": "message-circle",
        "answer_bank": "message-circle",
        "escalated": "send",
        "referred": "send",
        "received": "user-check",
        "returned": "undo-2",
        "acknowledged": "circle-check",
        "delivered": "circle-check",
        "rescheduled": "calendar-days",
        "closed": "badge-check",
        "taken": "user-check",
    }
    return icons.get(kind, "circle-dot")


def hop_words(
    escalation: case_escalation.Escalation, unit_label: str, now: datetime
) -> timeline.TimelineEntry:
    """Make a timeline entry of a disposition sheet: from whom to whom, what, and its state."""
    to = escalation.unit or case_escalation.desk_word(escalation.to_desk, unit_label)
    person = f" ({escalation.to_officer})" if escalation.to_officer else ""
    state = escalation.state.word
    until = timeline.until_words(escalation.due_at, now)
    due = _("batas {when}").format(when=until) if until else ""
    answer = _("Jawaban: {answer}").format(answer=escalation.answer) if escalation.answer else ""
    return timeline.TimelineEntry(
        when=timeline.when_words(escalation.sent_at, now),
        what=f"{case_escalation.desk_word(escalation.from_desk, unit_label)} → {to}{person}",
        who=" · ".join(filter(None, (escalation.from_officer, state, due))),
        note="\n".join(filter(None, (escalation.instruction, answer))),
        icon="send" if escalation.is_open else "circle-check",
        tone=_hop_tone(escalation, now),
    )


def _hop_tone(escalation: case_escalation.Escalation, now: datetime) -> str:
    if escalation.is_open and escalation.due_at is not None and to_stamp(now) > escalation.due_at:
        return "danger"
    if escalation.is_open:
        return "accent"
    return "warn" if escalation.state is case_escalation.EscalationState.WITHDRAWN else "ok"


DESKS_TO_ASK = (
    case_escalation.CaseDesk.BACK_OFFICE,
    case_escalation.CaseDesk.HELPDESK,
    case_escalation.CaseDesk.PPID,
    case_escalation.CaseDesk.HEAD,
)


class SentOn(NamedTuple):
    """The result of sending on: the new escalation, and where its visitor waits."""

    hop: case_escalation.Escalation
    visitor: VisitorMode


def escalate(host: PageHost, view: CaseView) -> FormBox:
    theme, case = host.theme, view.card.case
    desks = [(each.value, case_escalation.desk_word(each, view.unit_label)) for each in DESKS_TO_ASK]
    desk = forms.RadioField(theme, "to", _("Kepada"), desks, required=True)
    person = case_forms.person_field(theme, desk, view)
    modes = [(each.value, each.word) for each in VisitorMode]
    visitor = forms.RadioField(theme, "visitor", _("Pengunjung"), modes, required=True)
    contact = case_forms.contact_fields(host, view, visitor)
    return FormBox(
        host,
        _("Teruskan permohonan"),
        (
            desk,
            (person, case_forms.due_field(theme)),
            forms.TextField(theme, "instruction", _("Pertanyaan"), required=True),
            *((visitor,) if case.channel is VisitChannel.FACE_TO_FACE else ()),
            *contact,
            case_forms.file_field(theme),
            LateField(host, case.visit_id),
        ),
        command=lambda values: partial(send_on, case, values),
        check=case_forms.check_contact if contact else None,
        verb=_("Teruskan"),
        then=partial(_tell, host, view),
        icon=("send", "blue"),
        draft=host.draft("case-escalate", case.id),
        known={"instruction": case.detail, "to": DESKS_TO_ASK[0], "visitor": VisitorMode.AT_DESK},
        wide=True,
    )


def send_on(case: Case, values: case_forms.Values, office: Office, actor: Actor) -> SentOn:
    """Store contact and letter, then send the case on with it, on the worker thread."""
    others = case_forms.note_contact(case, values, office, actor)
    given = case_forms.sent_values(case, others, office, actor)
    given["to"] = case_escalation.CaseDesk(given["to"])
    visitor = given["visitor"] = VisitorMode(given.get("visitor") or VisitorMode.LEFT)
    return SentOn(office.perform(commands.Escalate(case_id=case.id, **given), actor), visitor)


def _tell(host: PageHost, view: CaseView, sent: SentOn) -> None:
    """Say where the case went. A visitor who goes home is not served at the counter any more."""
    case = view.card.case
    desk = case_escalation.desk_word(sent.hop.to_desk, view.unit_label)
    goes = sent.visitor in GONE and case.channel is VisitChannel.FACE_TO_FACE
    at_home = _("Diteruskan ke {desk}. Pengunjung pulang; pelayanan di loket selesai.")
    words = (at_home if goes else _("Diteruskan ke {desk}.")).format(desk=desk)
    back = partial(take_back, case, sent.hop, host.counter if goes else None)
    undo = partial(host.perform, back, then=host.tell)
    offers = [(_("Cetak bukti"), partial(print_proof, host, case.id))] if goes else []
    host.tell_undoable(words, undo, partial(_is_unread, sent.hop.id), offers)


def _is_unread(hop_id: int, office: Office) -> bool:
    return office.read(lambda tx: escalations.get(tx, hop_id)).state is case_escalation.EscalationState.SENT


def take_back(
    case: Case, hop: case_escalation.Escalation, counter: int | None, office: Office, actor: Actor
) -> str:
    """Take the case back, on the worker thread, and its visitor if `counter` can still undo their end.

    Returns what was done in words.

    Raises:
        UserError: the other desk has dealt with it.
    """
    reason = _("Diurungkan sesudah diteruskan")
    office.perform(commands.WithdrawEscalation(escalation_id=hop.id, reason=reason), actor)
    words = _("Tidak jadi diteruskan.")
    board = None if counter is None else office.counter_board(counter)
    ended = None if board is None else board.undoable
    visit = office.read(lambda tx: visits.get(tx, case.visit_id))
    if board is None or ended is None or ended.id != visit.ticket_id:
        return words
    ticket = office.perform(Undo(counter=board.mine.number, ticket_id=ended.id), actor)
    return f"{words} {undone_words(ticket, board.mine.current)}"


def print_proof(host: PageHost, case_id: int) -> None:
    """Print the visitor's proof: the number, the request, and the date until which it is answered."""
    offer_paper(host, partial(_proof, case_id))


def _proof(case_id: int, office: Office, _actor: Actor) -> Sheet:
    return office.read(lambda tx: intake_sheet(tx, case_id))


def case_actions(host: PageHost, view: CaseView) -> list[DetailAction]:
    """Return the acts on a case, the next one first. An act that this officer may not do is left out."""
    papers = [*_papers(host, view), *contact_action(view.card.guest, host)]
    note = DetailAction("note", _("Catatan"), "pen-line", _opened(case_forms.note, host, view))
    afar = [] if view.online is None else acts.actions(view.online, host)
    if not host.actor.may(Permission.WORK_CASES):
        return [*afar, note, *papers]
    if not view.card.case.is_open:
        return [*afar, *papers, note]
    near = [*afar, *_next(host, view)]
    if view.online is not None:
        near.sort(key=lambda act: _FROM_AFAR.index(act.name) if act.name in _FROM_AFAR else 0)
    return [*near, *_further(host, view), *papers]


def _opened(
    form: Callable[[PageHost, CaseView], FormBox], host: PageHost, view: CaseView
) -> Callable[[], object]:
    return lambda: form(host, view).open()


def _next(host: PageHost, view: CaseView) -> list[DetailAction]:
    case = view.card.case
    if case.state is CaseState.ESCALATED:
        where = partial(_ask_where, host, view)
        back = partial(_withdraw, host, view)
        visitor = DetailAction("visitor", _("Ubah keberadaan pengunjung"), "person-standing", where)
        return [
            *([] if view.online else [visitor]),
            DetailAction("withdraw", _("Tarik kembali"), "undo-2", back),
        ]
    answered = _answered(view)
    if answered is not None:
        receive = partial(_acknowledge, host, answered)
        return [DetailAction("acknowledge", _("Terima jawaban"), "circle-check", receive, "primary")]
    first = "" if view.online else _first_step(case)
    verbs = (
        ("outcome", _("Informasinya tersedia?"), "scale", _opened(case_forms.outcome, host, view)),
        ("answer", _("Tulis jawaban"), "message-circle", _opened(case_forms.answer, host, view)),
        ("escalate", _("Teruskan"), "send", _opened(escalate, host, view)),
        ("deliver", _("Sampaikan jawaban"), "hand-helping", _opened(case_forms.deliver, host, view)),
        ("close", _("Tutup permohonan"), "badge-check", _opened(case_forms.close, host, view)),
        (
            "bank",
            _("Bank jawaban"),
            "library",
            lambda: lists_boxes.AnswerBankBox(host, case.detail, partial(_use_answer, host, case)).open(),
        ),
    )
    return [
        DetailAction(name, text, icon, do, "primary" if name == first else "")
        for name, text, icon, do in verbs
        if view.online is None or (name in _BEFORE_REPLY and case.state is not CaseState.DELIVERED)
    ]


# The order of the acts on a request from afar: who answers it is found before it is closed unanswered.
_FROM_AFAR = ("acknowledge", "take", "evaluated", "withdraw", "escalate", "close", "outcome")
_BEFORE_REPLY = ("outcome", "escalate")  # a request from afar is answered and closed in its own way


def _use_answer(host: PageHost, case: Case, faq: Faq, box: lists_boxes.AnswerBankBox) -> None:
    command = commands.UseFaq(case_id=case.id, faq_id=faq.id)
    host.perform(command, lambda _case: box.accept(), message=_("Jawaban siap disampaikan."))


def _papers(host: PageHost, view: CaseView) -> list[DetailAction]:
    receipts = [each for each in view.card.deliveries if each.receipt]
    words, print_file = _("Cetak tanda terima"), partial(case_forms.print_file, host, view)
    whole = DetailAction("file", _("Cetak berkas"), "printer", print_file, is_aside=True)
    receipt = partial(case_forms.print_receipt, host)
    return [
        *(
            DetailAction("receipt", words, "printer-check", partial(receipt, each), is_aside=True)
            for each in receipts[-1:]
        ),
        *([whole] if host.actor.may(Permission.OPEN_PERSONAL) else []),
        *document_actions(host, view.card.documents),
    ]


def _further(host: PageHost, view: CaseView) -> list[DetailAction]:
    """Return the acts that only some requests need."""
    here = view.card.case.channel is VisitChannel.FACE_TO_FACE
    public = view.card.information is None and host.actor.may(Permission.REGISTER_PPID)
    form = partial(_opened, host=host, view=view)
    wanted = (
        (
            True,
            "reschedule",
            _("Jadwalkan ulang"),
            partial(booking_box.reschedule, host, view.card.case, booked_of(view.card)),
        ),
        (True, "question", _("Pertanyaan lanjutan"), form(case_forms.question)),
        (True, "note", _("Tambah catatan"), form(case_forms.note)),
        (True, "attach", _("Lampirkan berkas"), form(case_forms.attach)),
        (True, "proof", _("Cetak bukti penerimaan"), partial(print_proof, host, view.card.case.id)),
        (True, "reassign", _("Alihkan ke petugas lain"), form(case_forms.reassign)),
        (here, "another", _("Permohonan lain dari pengunjung ini"), partial(_ask_another, host, view)),
        (public, "register", _("Daftarkan sebagai permohonan informasi"), form(ppid_acts.registration)),
    )
    return [DetailAction(name, text, "", do) for shown, name, text, do in wanted if shown]


def _ask_another(host: PageHost, view: CaseView) -> None:
    def open_new(case: Case) -> None:
        host.open_page("cases", case.id)

    host.read(partial(read_opening, view.card.case.visit_id), partial(ask_another, host, open_new))


def _acknowledge(host: PageHost, escalation: case_escalation.Escalation) -> None:
    command = commands.AcknowledgeAnswer(escalation_id=escalation.id)
    host.perform(command, message=_("Jawaban diterima; sampaikan kepada pemohon."))


def _withdraw(host: PageHost, view: CaseView) -> None:
    escalation = next(each for each in view.card.escalations if each.is_open and each.parent_id is None)

    ask_words(
        host,
        _("Tarik kembali karena …"),
        lambda reason: commands.WithdrawEscalation(escalation_id=escalation.id, reason=reason),
        words=_("Unit yang menerimanya diberi tahu."),
        verb=_("Tarik"),
        message=_("Ditarik kembali."),
    )


def _ask_where(host: PageHost, view: CaseView) -> None:
    def chosen(mode: VisitorMode) -> None:
        host.perform(commands.MoveVisitor(case_id=view.card.case.id, visitor=mode), message=_("Tercatat."))

    options = [(mode.word, mode) for mode in VisitorMode]
    dialogs.choose(host.window, host.theme, _("Di mana pengunjung menunggu?"), options, chosen)


def _first_step(case: Case) -> str:
    """Return the name of the next act on the usual way: an answer that is there is given first."""
    if case.state is CaseState.ANSWERED:
        return "deliver"
    if case.outcome is None:
        return "outcome"
    if case.state is CaseState.DELIVERED:
        return "close"
    return "escalate" if case.sub_reason == SubReason.UNKNOWN_HERE else "answer"


def _answered(view: CaseView) -> case_escalation.Escalation | None:
    """Return the escalation that another desk has answered and nobody has received here yet."""
    hops = (escalation for escalation in view.card.escalations if escalation.parent_id is None)
    return next(
        (escalation for escalation in hops if escalation.state is case_escalation.EscalationState.ANSWERED),
        None,
    )


class CasePane(QWidget):
    """The pane that shows one case.

    `brief`: the pane is in a tab about the visitor at the counter, and has little room.
    """

    def __init__(self, host: PageHost, *, brief: bool = False) -> None:
        super().__init__()
        self._host, self._brief = host, brief
        self.view: CaseView | None = None
        theme, self.mail_drafts = host.theme, drafts_of_this_pc()
        self.detail = Detail(theme, (_("Pilih sebuah permohonan."), "file-text"))
        self.due = DueBar(theme)
        self.detail.head.body.insertWidget(3, self.due)
        self.reply: ReplyBox | None = None
        ground = QWidget()
        self._reply_column = Column(theme, ground)
        self.reply_place = self.detail.add_section(_("Balasan"), ground)
        self.hops, self.timeline, self.information = Timeline(theme), Timeline(theme), Facts(theme)
        self.way = self.detail.add_section(_("Disposisi"), self.hops)
        self.register = self.detail.add_section(_("Permohonan informasi publik (PPID)"), self.information)
        self.ppid_acts = ActionsRow(theme)
        self.register.body.addWidget(self.ppid_acts)
        self.history = self.detail.add_section(_("Riwayat"), self.timeline)
        Column(theme, self).addWidget(self.detail)

    def show_case(self, view: CaseView | None) -> None:
        """Show the case; None: no case is chosen, or it does not exist any more."""
        self.view = view
        if view is None:
            self.detail.show_nothing()
            return
        card, now = view.card, self._host.now()
        who = card.guest.name if card.guest else _("Tanpa nama")
        self.detail.show_head(who, card.case.number, case_tags(card))
        self.due.show_clock(view.clock(to_stamp(now)), now, answered=bool(card.deliveries))
        afar = [] if view.online is None else online_facts(view.online, now)
        self.detail.show_facts([*case_facts(card, now, brief=self._brief), *afar])
        self._show_reply(view)
        self.detail.show_actions(case_actions(self._host, view))
        entry = partial(hop_words, unit_label=view.unit_label, now=now)
        self.hops.show_entries([entry(escalation) for escalation in card.escalations])
        self.way.setVisible(bool(card.escalations))
        self.information.show_facts(ppid_acts.ppid_facts(card, now))
        self.ppid_acts.show_actions(ppid_acts.ppid_actions(self._host, view))
        self.register.setVisible(card.information is not None)
        self.timeline.show_entries([timeline_entry(each, now) for each in reversed(card.timeline)])

    def _show_reply(self, view: CaseView) -> None:
        """Show the reply of a request from afar, with what is being written; another request gets its own."""
        request = view.online
        wanted = request is not None and acts.can_be_answered(request, self._host.actor)
        self.reply_place.setVisible(wanted)
        if request is None or not wanted:
            return
        if self.reply is not None and self.reply.request.id == request.id:
            self.reply.show_request(request)
            return
        if self.reply is not None:
            self.reply.hide()
            self.reply.deleteLater()
        self.reply = ReplyBox(self._host, request, view.settings, self.mail_drafts)
        self._reply_column.addWidget(self.reply)
