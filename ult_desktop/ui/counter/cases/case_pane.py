"""A case (permohonan): what is shown of it, the bar of its time, and the acts on it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import _, counted, formats, pgettext
from ult_desktop.core.access.roles import Permission, acting_words
from ult_desktop.core.cases import (
    appointment,
    case_views,
    commands,
    escalation as case_escalation,
    timeline_words,
)
from ult_desktop.core.cases.answer_bank import Faq
from ult_desktop.core.cases.case import (
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
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.cases.boards import CaseView
from ult_desktop.ui.counter.appointments import booking_box
from ult_desktop.ui.counter.cases import case_forms, lists_boxes, ppid_acts
from ult_desktop.ui.counter.online import acts
from ult_desktop.ui.counter.pages import FormBox, PageHost, ask_words, contact_action
from ult_desktop.ui.counter.visits.documents import describe_document, document_actions
from ult_desktop.ui.kit import Column, Theme, dialogs, lists, set_style_properties, widgets
from ult_desktop.ui.kit.accessible import set_decoration
from ult_desktop.ui.kit.detail import ActionsRow, Detail, DetailAction, Fact, Facts
from ult_desktop.ui.kit.timeline import Timeline, TimelineEntry, until_words, when_words

_BAR_HEIGHT = 10  # base pixels
_TONES = {Urgency.OK: "primary", Urgency.WARN: "warn", Urgency.DANGER: "danger", Urgency.DONE: "ok"}
# Names of filters of the list of cases.
OPEN, EVERY = "not_closed", "every"
ONLINE = "online"  # open cases that came by list, message or letter
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


def due_words(clock: DueClock, now: datetime, *, answered: bool = False) -> str:
    """Return the words for a due time: "sisa 2 hari kerja", "hari ini 16.00", "lewat 1 hari kerja".

    `answered`: the case is answered; the words say whether in time.
    """
    is_late = clock.tone is Urgency.DANGER
    if answered:
        return _("dijawab terlambat") if is_late else _("dijawab tepat waktu")
    if clock.days:
        days = clock.days
        return counted("lewat {n} hari kerja", days) if is_late else counted("sisa {n} hari kerja", days)
    moment = to_datetime(clock.due_at, now.tzinfo)
    if (moment.hour, moment.minute) == (0, 0):
        until = until_words(clock.due_at, now)
        return _("lewat {time}").format(time=until) if is_late else until
    words = _("lewat {time}") if is_late else _("hari ini {time}")
    return words.format(time=formats.format_time(moment))


class DueBar(QWidget):
    """The bar of the due time, below its words, so that nobody depends on the colour."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.words = widgets.Label("", "strong")
        self.bar = _Bar(theme)
        column = Column(theme, self, gap=4)
        column.addWidget(self.words)
        column.addWidget(self.bar)

    def show_clock(self, clock: DueClock | None, now: datetime, *, answered: bool) -> None:
        """Show the clock; None hides the bar: nothing is due."""
        self.setVisible(clock is not None)
        if clock is not None:
            self.words.setText(due_words(clock, now, answered=answered).capitalize())
            set_style_properties(self.words, tone=_TONES[clock.tone])
            self.bar.show_portion(clock.share, _TONES[clock.tone])


class _Bar(QWidget):
    """The painted bar, filled up to the portion of the time that is used."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._portion, self._colour = theme, 0.0, "primary"
        set_decoration(self)

    def show_portion(self, portion: float, colour: str) -> None:
        self._portion, self._colour = portion, colour
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(_BAR_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        height = self._theme.px(_BAR_HEIGHT)
        whole = QRectF(0, (self.height() - height) / 2, self.width(), height)
        painter.setBrush(self._theme.color("line"))
        painter.drawRoundedRect(whole, height / 2, height / 2)
        if self._portion > 0:
            used = QRectF(whole)
            used.setWidth(max(height, whole.width() * self._portion))
            painter.setBrush(self._theme.color(self._colour))
            painter.drawRoundedRect(used, height / 2, height / 2)
        painter.end()


def case_row(
    case: case_views.CaseRow,
    clock: DueClock | None,
    now: datetime,
    mine: frozenset[int],
    *,
    has_closed: bool = False,
) -> lists.ListRow:
    """Make the row of a case. An online request that nobody has taken yet stands out.

    Args:
        case: the case.
        clock: its due time; None for a case that does not wait for an answer.
        now: the office's time.
        mine: the ids of officers whose cases the filter "Milik saya" shows.
        has_closed: the list has closed cases too, so that the filter "Semua" shows every row.
    """
    is_late = case.is_overdue(to_stamp(now))
    is_soon_late = clock is not None and clock.tone is Urgency.WARN
    is_open, is_online = case.state is not CaseState.CLOSED, case.channel is VisitChannel.ONLINE
    is_untaken = is_online and case.owner_id is None
    groups = {
        case.state.value: True,
        OPEN: is_open,
        EVERY: has_closed,
        "mine": is_open and case.owner_id in mine,
        "overdue": is_late,
        ONLINE: is_open and is_online,
    }
    return lists.ListRow(
        id=case.id,
        title=case.name or _("Tanpa nama"),
        subtitle=case.detail,
        aside=case.number.partition("/")[0] if clock is None else due_words(clock, now),
        icon=CHANNEL_ICONS[case.channel],
        tint="blue" if case.kind is CaseKind.REQUEST else "orange",
        tags=(_state_tag(case.state, is_untaken=is_untaken),),
        groups=frozenset(group for group, is_in in groups.items() if is_in),
        strong=is_untaken and case.is_unanswered,
        side_tone="danger" if is_late else "warn" if is_soon_late else "",
        search=f"{case.number} {case.book_number} {case.institution} {case.service} {case.label or ''}",
    )


def _state_tag(state: CaseState, *, is_untaken: bool) -> lists.Tag:
    """Make the tag of a state. `is_untaken`: an online request that nobody works on yet."""
    if state is CaseState.OPEN and is_untaken:
        return lists.Tag(_("belum ditangani"), "accent")
    return lists.Tag(state.word, STATE_TONES[state])


def case_tags(card: case_views.CaseCard) -> tuple[lists.Tag, ...]:
    case = card.case
    kind = (lists.Tag(case.kind.word, "accent"),) if case.kind is CaseKind.COMPLAINT else ()
    tone = "ok" if case.outcome == CaseOutcome.AVAILABLE else "warn"
    outcome = (lists.Tag(case.outcome.word, tone),) if case.outcome else ()
    is_untaken = case.channel is VisitChannel.ONLINE and case.owner_id is None
    return (_state_tag(case.state, is_untaken=is_untaken), *kind, *outcome)


def case_facts(card: case_views.CaseCard, now: datetime, *, brief: bool = False) -> list[Fact]:
    """Return the facts of a case. `brief` leaves out what the counter shows of its visitor elsewhere."""
    case = card.case
    return [
        Fact(_("Isi permohonan"), case.detail),
        Fact(_("Tentang petugas"), case.about),
        Fact(_("Lanjutan dari"), case.original),
        *([] if brief else _circumstances(card)),
        Fact(_("Batas waktu"), until_words(case.due_at, now)),
        Fact(_("Alasan"), case.ground or _sub_reason_words(case)),
        Fact(_("Jawaban"), case.answer),
        Fact(_("Pengunjung"), VisitorMode(case.visitor).word if case.visitor else ""),
        Fact(_("Janji temu"), _appointment_words(card, now)),
        Fact(pgettext("many", "Berkas"), ", ".join(map(describe_document, card.documents))),
        *_delivery_facts(card, now),
    ]


def _sub_reason_words(case: Case) -> str:
    try:
        return SubReason(case.sub_reason).word
    except ValueError:  # an officer's own words, or none
        return case.sub_reason


def _circumstances(card: case_views.CaseCard) -> list[Fact]:
    case, guest = card.case, card.guest
    contact = "" if guest is None else ", ".join(dict.fromkeys(filter(None, (guest.phone, guest.email))))
    return [
        Fact(_("Layanan"), case.service),
        Fact(_("Kode klasifikasi arsip"), card.archive_code),
        Fact(_("Jalur"), case.channel.word),
        Fact(_("Instansi"), "" if guest is None else guest.institution),
        Fact(_("Kontak"), contact),
        Fact(_("Petugas"), case.owner),
    ]


def online_facts(request: OnlineRequest, now: datetime) -> list[Fact]:
    """Return the facts that only an online request has."""
    return [
        Fact(_("Datang lewat"), request.source.word),
        Fact(_("Dikirim"), when_words(request.sent_at, now)),
        Fact(_("Perihal"), request.topic),
        *(Fact(head_words(name), getattr(request, name)) for name in ("regency", "occupation")),
        Fact(_("Nomor dari sumber"), request.external_id),
        Fact(_("Nomor di buku permohonan"), request.case_number),
        Fact(_("Evaluasi"), _("terisi") if request.evaluated else ""),
    ]


def booked_appointment(card: case_views.CaseCard) -> appointment.Appointment | None:
    for record in card.appointments:
        if record.state is appointment.AppointmentState.BOOKED:
            return record
    return None


def _appointment_words(card: case_views.CaseCard, now: datetime) -> str:
    """Return the coming appointment, and which of the case's it is (POS Kaltara 5 counts them)."""
    record = booked_appointment(card)
    if record is None:
        return ""
    nth = _("ke-{n}").format(n=record.nth)
    return " · ".join(filter(None, (when_words(record.at, now), record.officer, nth)))


def _delivery_facts(card: case_views.CaseCard, now: datetime) -> list[Fact]:
    facts = []
    for delivery in card.deliveries:
        when = when_words(delivery.at, now)
        words = " · ".join(filter(None, (delivery.way.word, when, delivery.receipt, delivery.proof)))
        facts.append(Fact(_("Disampaikan"), words, "ok"))
    return facts


def timeline_entry(entry: CaseEntry, now: datetime) -> TimelineEntry:
    kind_word = timeline_words.entry_word(entry.kind)
    return TimelineEntry(
        when=when_words(entry.at, now),
        what=kind_word or entry.text,
        who=acting_words(entry.officer, entry.acting_for),
        note=entry.text if kind_word else "",
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


def escalation_entry(escalation: case_escalation.Escalation, unit_label: str, now: datetime) -> TimelineEntry:
    """Make a timeline entry of an escalation: from whom to whom, what, and its state."""
    to = escalation.unit or case_escalation.desk_word(escalation.to_desk, unit_label)
    person = f" ({escalation.to_officer})" if escalation.to_officer else ""
    state = escalation.state.word
    until = until_words(escalation.due_at, now)
    due = _("batas {when}").format(when=until) if until else ""
    answer = _("Jawaban: {answer}").format(answer=escalation.answer) if escalation.answer else ""
    return TimelineEntry(
        when=when_words(escalation.sent_at, now),
        what=f"{case_escalation.desk_word(escalation.from_desk, unit_label)} → {to}{person}",
        who=" · ".join(filter(None, (escalation.from_officer, state, due))),
        note="\n".join(filter(None, (escalation.instruction, answer))),
        icon="send" if escalation.is_open else "circle-check",
        tone=_escalation_tone(escalation, now),
    )


def _escalation_tone(escalation: case_escalation.Escalation, now: datetime) -> str:
    if escalation.is_open and escalation.due_at is not None and to_stamp(now) > escalation.due_at:
        return "danger"
    if escalation.is_open:
        return "accent"
    return "warn" if escalation.state is case_escalation.EscalationState.WITHDRAWN else "ok"


def case_actions(host: PageHost, view: CaseView) -> list[DetailAction]:
    """Return the acts on a case, the next one first. An act that this officer may not do is left out."""
    papers = [*_papers(host, view), *contact_action(view.card.guest, host)]
    note = DetailAction("note", _("Catatan"), "pen-line", _opener(case_forms.note_box, host, view))
    online_acts = [] if view.online is None else acts.actions(view.online, host)
    if not host.actor.may(Permission.WORK_CASES):
        return [*online_acts, note, *papers]
    if not view.card.case.is_open:
        return [*online_acts, *papers, note]
    usual_acts = [*online_acts, *_usual_acts(host, view)]
    if view.online is not None:
        usual_acts.sort(key=lambda act: _ONLINE_ORDER.index(act.name))
    return [*usual_acts, *_rare_acts(host, view), *papers]


def _opener(
    make_box: Callable[[PageHost, CaseView], FormBox], host: PageHost, view: CaseView
) -> Callable[[], object]:
    """Return the function that makes the box and opens it."""
    return lambda: make_box(host, view).open()


def _usual_acts(host: PageHost, view: CaseView) -> list[DetailAction]:
    """Return the acts on the usual way of a case, as far as its state has them."""
    case = view.card.case
    if case.state is CaseState.ESCALATED:
        move = partial(_ask_where_visitor_is, host, view)
        visitor = DetailAction("visitor", _("Ubah keberadaan pengunjung"), "person-standing", move)
        withdraw = DetailAction("withdraw", _("Tarik kembali"), "undo-2", partial(_withdraw, host, view))
        return [withdraw] if view.online else [visitor, withdraw]
    answered = _answered_escalation(view)
    if answered is not None:
        command = commands.AcknowledgeAnswer(escalation_id=answered.id)
        receive = partial(host.perform, command, message=_("Jawaban diterima; sampaikan kepada pemohon."))
        return [DetailAction("acknowledge", _("Terima jawaban"), "circle-check", receive, "primary")]

    def open_bank() -> None:
        lists_boxes.AnswerBankBox(host, case.detail, partial(_use_answer, host, case)).open()

    pressing = "" if view.online else _most_pressing_act(case)

    def act(name: str, text: str, icon_name: str, do: Callable[[], object]) -> DetailAction:
        return DetailAction(name, text, icon_name, do, "primary" if name == pressing else "")

    offered = [
        act("outcome", _("Informasinya tersedia?"), "scale", _opener(case_forms.outcome_box, host, view)),
        act("answer", _("Tulis jawaban"), "message-circle", _opener(case_forms.answer_box, host, view)),
        act("escalate", _("Teruskan"), "send", _opener(case_forms.escalation_box, host, view)),
        act("deliver", _("Sampaikan jawaban"), "hand-helping", _opener(case_forms.delivery_box, host, view)),
        act("close", _("Tutup permohonan"), "badge-check", _opener(case_forms.closing_box, host, view)),
        act("bank", _("Bank jawaban"), "library", open_bank),
    ]
    if view.online is None:
        return offered
    if case.state is CaseState.DELIVERED:
        return []
    return [action for action in offered if action.name in _BEFORE_REPLY]


# Every act that `_usual_acts` and `online/acts.py` have for an online request, in the order of the buttons:
# who answers it is found before it is closed unanswered.
_ONLINE_ORDER = ("acknowledge", "take", "evaluated", "withdraw", "escalate", "close", "outcome")
_BEFORE_REPLY = ("outcome", "escalate")  # an online request is answered and closed by acts of its own


def _use_answer(host: PageHost, case: Case, faq: Faq, box: lists_boxes.AnswerBankBox) -> None:
    command = commands.UseFaq(case_id=case.id, faq_id=faq.id)
    host.perform(command, lambda _case: box.accept(), message=_("Jawaban siap disampaikan."))


def _papers(host: PageHost, view: CaseView) -> list[DetailAction]:
    """Return the acts that print or open a paper of the case."""
    papers = []
    receipts = [delivery for delivery in view.card.deliveries if delivery.receipt]
    if receipts:
        do = partial(case_forms.print_receipt, host, receipts[-1])
        words = _("Cetak tanda terima")
        papers.append(DetailAction("receipt", words, "printer-check", do, is_aside=True))
    if host.actor.may(Permission.OPEN_PERSONAL):
        do = partial(case_forms.print_file, host, view)
        papers.append(DetailAction("file", _("Cetak berkas"), "printer", do, is_aside=True))
    return [*papers, *document_actions(host, view.card.documents)]


def _rare_acts(host: PageHost, view: CaseView) -> list[DetailAction]:
    """Return the acts that only some cases need."""
    case = view.card.case
    opener = partial(_opener, host=host, view=view)

    def act(name: str, text: str, do: Callable[[], object]) -> DetailAction:
        return DetailAction(name, text, "", do)

    reschedule = partial(booking_box.reschedule, host, case, booked_appointment(view.card))
    rare_acts = [
        act("reschedule", _("Jadwalkan ulang"), reschedule),
        act("question", _("Pertanyaan lanjutan"), opener(case_forms.question_box)),
        act("note", _("Tambah catatan"), opener(case_forms.note_box)),
        act("attach", _("Lampirkan berkas"), opener(case_forms.attachment_box)),
        act("proof", _("Cetak bukti penerimaan"), partial(case_forms.print_proof, host, case.id)),
        act("reassign", _("Alihkan ke petugas lain"), opener(case_forms.reassignment_box)),
    ]
    if case.channel is VisitChannel.FACE_TO_FACE:
        words = _("Permohonan lain dari pengunjung ini")
        rare_acts.append(act("another", words, partial(_ask_another, host, view)))
    if view.card.information is None and host.actor.may(Permission.REGISTER_PPID):
        words = _("Daftarkan sebagai permohonan informasi")
        rare_acts.append(act("register", words, opener(ppid_acts.registration_box)))
    return rare_acts


def _ask_another(host: PageHost, view: CaseView) -> None:
    def open_new(case: Case) -> None:
        host.open_page("cases", case.id)

    read_opening = partial(case_forms.read_opening, view.card.case.visit_id)
    host.read(read_opening, partial(case_forms.ask_another, host, open_new))


def _withdraw(host: PageHost, view: CaseView) -> None:
    open_escalations = (
        escalation
        for escalation in view.card.escalations
        if escalation.is_open and escalation.parent_id is None
    )
    escalation = next(open_escalations)
    ask_words(
        host,
        _("Tarik kembali karena …"),
        lambda reason: commands.WithdrawEscalation(escalation_id=escalation.id, reason=reason),
        words=_("Unit yang menerimanya diberi tahu."),
        verb=_("Tarik"),
        message=_("Ditarik kembali."),
    )


def _ask_where_visitor_is(host: PageHost, view: CaseView) -> None:
    def move_visitor(mode: VisitorMode) -> None:
        host.perform(commands.MoveVisitor(case_id=view.card.case.id, visitor=mode), message=_("Tercatat."))

    options = [(mode.word, mode) for mode in VisitorMode]
    dialogs.choose(host.window, host.theme, _("Di mana pengunjung menunggu?"), options, move_visitor)


def _most_pressing_act(case: Case) -> str:
    """Return the name of the next act on the usual way of a case: a ready answer is delivered first."""
    if case.state is CaseState.ANSWERED:
        return "deliver"
    if case.outcome is None:
        return "outcome"
    if case.state is CaseState.DELIVERED:
        return "close"
    return "escalate" if case.sub_reason == SubReason.UNKNOWN_HERE else "answer"


def _answered_escalation(view: CaseView) -> case_escalation.Escalation | None:
    """Return the escalation that another desk has answered and nobody has received here yet."""
    for escalation in view.card.escalations:
        is_answered = escalation.state is case_escalation.EscalationState.ANSWERED
        if is_answered and escalation.parent_id is None:
            return escalation
    return None


class CasePane(QWidget):
    """The pane that shows one case.

    `brief`: the pane is in a tab about the visitor at the counter, and has little room.
    """

    def __init__(self, host: PageHost, *, brief: bool = False) -> None:
        super().__init__()
        self._host, self._brief = host, brief
        self.view: CaseView | None = None
        theme, self.mail_drafts = host.theme, acts.drafts_of_this_pc()
        self.detail = Detail(theme, (_("Pilih sebuah permohonan."), "file-text"))
        self.due = DueBar(theme)
        self.detail.head.body.insertWidget(3, self.due)  # below title, subtitle and tags, above the facts
        self.reply: acts.ReplyBox | None = None
        reply_area = QWidget()
        self._reply_column = Column(theme, reply_area)
        self.reply_section = self.detail.add_section(_("Balasan"), reply_area)
        self.escalations, self.timeline, self.information = Timeline(theme), Timeline(theme), Facts(theme)
        self.escalations_section = self.detail.add_section(_("Disposisi"), self.escalations)
        self.ppid_section = self.detail.add_section(_("Permohonan informasi publik (PPID)"), self.information)
        self.ppid_acts = ActionsRow(theme)
        self.ppid_section.body.addWidget(self.ppid_acts)
        self.history = self.detail.add_section(_("Riwayat"), self.timeline)
        Column(theme, self).addWidget(self.detail)

    def show_case(self, view: CaseView | None) -> None:
        """Show the case; None: no case is chosen, or it does not exist any more."""
        self.view = view
        if view is None:
            self.detail.show_nothing()
            return
        card, now = view.card, self._host.now()
        name = card.guest.name if card.guest else _("Tanpa nama")
        self.detail.show_head(name, card.case.number, case_tags(card))
        self.due.show_clock(view.clock(to_stamp(now)), now, answered=bool(card.deliveries))
        of_online = [] if view.online is None else online_facts(view.online, now)
        self.detail.show_facts([*case_facts(card, now, brief=self._brief), *of_online])
        self._show_reply(view)
        self.detail.show_actions(case_actions(self._host, view))
        self.escalations.show_entries(
            [escalation_entry(escalation, view.unit_label, now) for escalation in card.escalations]
        )
        self.escalations_section.setVisible(bool(card.escalations))
        self.information.show_facts(ppid_acts.ppid_facts(card, now))
        self.ppid_acts.show_actions(ppid_acts.ppid_actions(self._host, view))
        self.ppid_section.setVisible(card.information is not None)
        self.timeline.show_entries([timeline_entry(entry, now) for entry in reversed(card.timeline)])

    def _show_reply(self, view: CaseView) -> None:
        """Show the box to reply to an online request. It stays, with what is typed, for the same request."""
        request = view.online
        has_reply = request is not None and acts.can_be_answered(request, self._host.actor)
        self.reply_section.setVisible(has_reply)
        if request is None or not has_reply:
            return
        if self.reply is not None and self.reply.request.id == request.id:
            self.reply.show_request(request)
            return
        if self.reply is not None:
            self.reply.hide()
            self.reply.deleteLater()
        self.reply = acts.ReplyBox(self._host, request, view.settings, self.mail_drafts)
        self._reply_column.addWidget(self.reply)
