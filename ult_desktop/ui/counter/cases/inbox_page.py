"""The page Kotak masuk: what a unit or back office has to answer, and the boxes to answer it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from typing_extensions import override

from ult_desktop.base import _, pgettext
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.cases import case_views, commands, escalation as case_escalation
from ult_desktop.core.cases.case import Case, VisitorMode
from ult_desktop.core.sheet import Sheet
from ult_desktop.core.stamps import to_stamp
from ult_desktop.db.cases.boards import CaseView, InboxBoard, InboxView, inbox_board, unread_items
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.sheets import disposition_sheet
from ult_desktop.ui.counter.cases import case_forms
from ult_desktop.ui.counter.cases.case_pane import escalation_entry, timeline_entry
from ult_desktop.ui.counter.pages import FormBox, PageHost, WorkPage, ask_words, offer_paper, snapshot
from ult_desktop.ui.counter.pages.late_field import LateField
from ult_desktop.ui.counter.visits.documents import describe_document, document_actions
from ult_desktop.ui.kit import forms, lists, widgets
from ult_desktop.ui.kit.detail import Detail, DetailAction, Fact
from ult_desktop.ui.kit.forms.form import Values
from ult_desktop.ui.kit.timeline import Timeline, until_words, when_words

_LOOKS = {
    case_views.InboxKind.TO_DO: ("send", "blue"),
    case_views.InboxKind.RETURNED: ("undo-2", "green"),
    case_views.InboxKind.HANDOVER: ("user-check", "violet"),
    case_views.InboxKind.EXPECTED: ("calendar-days", "blue"),
    case_views.InboxKind.MISSED: ("calendar-x", "amber"),
}


def inbox_filters() -> Sequence[lists.Filter]:
    return (
        lists.Filter("", _("Semua")),
        lists.Filter("unread", _("Belum diterima"), "danger"),
        lists.Filter("overdue", _("Lewat waktu"), "danger"),
        lists.Filter("returned", _("Jawaban kembali")),
    )


def inbox_row(item: case_views.InboxItem, now: datetime, my_id: int | None) -> lists.ListRow:
    """Make the row of an item, in the inbox of the officer `my_id`."""
    is_late = item.is_overdue(to_stamp(now))
    icon, tint = _LOOKS[item.kind]
    if item.unread:
        visitor_words = _("Pengunjung menuju meja Anda.")
    else:
        visitor_words = _("Pengunjung di meja Anda; permohonannya belum dicatat.")
    groups = {item.kind.value: True, "unread": item.unread, "overdue": is_late}
    return lists.ListRow(
        id=item.key,
        title=item.name or _("Tanpa nama"),
        subtitle=item.text or visitor_words,  # an item without a text is a visitor sent here
        aside=when_words(item.at, now),
        icon=icon,
        tint=tint,
        tags=tuple(_tags(item, my_id, is_late=is_late)),
        groups=frozenset(group for group, is_in in groups.items() if is_in),
        strong=item.unread,
        side_tone="danger" if is_late else "",
        search=f"{item.number} {item.sender} {item.phone}",
    )


def _tags(item: case_views.InboxItem, my_id: int | None, *, is_late: bool) -> Iterable[lists.Tag]:
    yield kind_tag(item)
    if is_late:
        yield lists.Tag(_("lewat waktu"), "danger", "clock-alert")
    if item.kind is not case_views.InboxKind.RETURNED and item.officer_id not in (None, my_id):
        yield behalf_tag(item.officer)


def behalf_tag(absent: str) -> lists.Tag:
    """Make the tag of an item that an officer answers for an absent colleague (POS: a.n.)."""
    return lists.Tag(_("atas nama {absent}").format(absent=absent), "accent")


def kind_tag(item: case_views.InboxItem) -> lists.Tag:
    if item.kind is case_views.InboxKind.RETURNED:
        return lists.Tag(_("jawaban kembali"), "ok")
    if item.kind is case_views.InboxKind.HANDOVER:
        return lists.Tag(_("pengunjung"), "priority")
    if item.kind is case_views.InboxKind.MISSED:
        return lists.Tag(_("tidak datang"), "danger")
    if item.kind is case_views.InboxKind.EXPECTED:
        return lists.Tag(_("janji temu"), "primary")
    if item.referred:
        return lists.Tag(case_escalation.EscalationState.REFERRED.word, "accent")
    return lists.Tag(_("baru"), "warn") if item.unread else lists.Tag(_("dikerjakan"), "primary")


def inbox_facts(view: InboxView, now: datetime) -> list[Fact]:
    """Return the facts of an appointment, of a visitor sent here, or of an escalation."""
    item, escalation = view.item, view.escalation
    due_tone = "danger" if item.is_overdue(to_stamp(now)) else ""
    if escalation is None and view.case is not None:  # an appointment
        return [
            Fact(_("Janji temu"), when_words(item.at, now)),
            Fact(_("Alasan"), item.text),
            *_case_facts(view),
            Fact(_("Batas waktu"), until_words(item.due_at, now), due_tone),
        ]
    if escalation is None:  # a visitor sent to this desk
        return [
            Fact(_("Nomor antrean"), item.number),
            Fact(_("Instansi"), view.visitor),
            Fact(_("Diarahkan oleh"), item.sender),
            Fact(_("Pesan"), item.text),
        ]
    label = "" if view.case is None else view.case.unit_label
    desk = case_escalation.desk_word(escalation.from_desk, label)
    return [
        Fact(_("Dari"), " · ".join(filter(None, (desk, escalation.sender)))),
        Fact(_("Pertanyaan"), escalation.instruction),
        *_case_facts(view),
        Fact(_("Batas waktu"), until_words(item.due_at, now), due_tone),
        Fact(_("Ditangani"), escalation.to_officer),
        Fact(_("Telaah"), _verdict_words(escalation.verdict)),
        Fact(_("Jawaban"), escalation.answer),
        Fact(_("Dijawab oleh"), escalation.answerer),
    ]


def _case_facts(view: InboxView) -> list[Fact]:
    if view.case is None:
        return []
    case, guest = view.case.card.case, view.case.card.guest
    return [
        Fact(_("Isi permohonan"), case.detail),
        Fact(_("Layanan"), case.service),
        Fact(_("Instansi"), "" if guest is None else guest.institution),
        Fact(_("Pengunjung"), VisitorMode(case.visitor).word if case.visitor else ""),
        Fact(pgettext("many", "Berkas"), ", ".join(map(describe_document, view.case.card.documents))),
    ]


def _verdict_words(verdict: str) -> str:
    words: dict[str, str] = {
        case_escalation.EscalationVerdict.SOLVABLE: _("bisa diselesaikan di sini"),
        case_escalation.EscalationVerdict.NOT_HERE: _("perlu unit lain"),
    }
    return words.get(verdict, "")


UNITS = (
    case_escalation.CaseDesk.RELATED_UNIT,
    case_escalation.CaseDesk.BACK_OFFICE,
    case_escalation.CaseDesk.PPID,
)


def inbox_actions(host: PageHost, view: InboxView) -> list[DetailAction]:
    """Return the acts on an item of the inbox, the next one first."""
    if view.escalation is None and view.case is not None:  # an appointment
        open_case = partial(host.open_page, "cases", view.item.case_id)
        return [DetailAction("case", _("Buka permohonan"), "files", open_case, "primary")]
    if view.escalation is None or view.case is None:  # a visitor sent to this desk
        visit_id = view.item.subject_id
        if not view.item.unread:
            write = partial(case_forms.ask_what_is_wanted, host, visit_id)
            return [DetailAction("write", _("Catat permohonan …"), "pen-line", write, "primary")]
        greet = partial(_greet, host, visit_id)
        return [DetailAction("greet", _("Terima pengunjung"), "user-check", greet, "primary")]
    letters = document_actions(host, view.case.card.documents)
    if view.item.kind is case_views.InboxKind.RETURNED:
        receive = partial(_acknowledge, host, view.escalation)
        words = _("Terima kembali")
        return [DetailAction("acknowledge", words, "circle-check", receive, "primary"), *letters]
    if view.below is not None:  # the case is at another desk now
        return [*_acts_while_referred(host, view.below, view.case), *letters]
    return [*_acts_of_asked_desk(host, view, view.escalation, view.case), *letters]


def _acts_while_referred(
    host: PageHost, below: case_escalation.Escalation, case_view: CaseView
) -> list[DetailAction]:
    """Return the acts while the case is at another desk. A unit's direction may come by word of mouth.

    `below` is the escalation with which this desk referred the case.
    """
    take_back = _withdrawal(host, below)
    if below.to_desk is not case_escalation.CaseDesk.RELATED_UNIT:
        return [take_back]
    direct = partial(open_direction, host, below, case_view)
    return [DetailAction("direction", _("Catat arahan unit"), "message-circle", direct, "primary"), take_back]


def _withdrawal(host: PageHost, escalation: case_escalation.Escalation) -> DetailAction:
    return DetailAction("withdraw", _("Tarik disposisi"), "undo-2", partial(_withdraw, host, escalation))


def _acts_of_asked_desk(
    host: PageHost, view: InboxView, escalation: case_escalation.Escalation, case_view: CaseView
) -> list[DetailAction]:
    """Return the acts of the desk that has to answer the escalation."""
    is_new = escalation.received_at is None
    is_own = escalation.from_officer_id == host.actor.officer_id  # sent from one desk of theirs to another
    receive = partial(
        host.perform, commands.ReceiveEscalation(escalation_id=escalation.id), message=_("Diterima.")
    )
    answer = partial(open_answer, host, escalation, case_view)
    refer = partial(open_disposition, host, escalation, case_view)
    assign = partial(open_assignment, host, view, case_view)
    acts = [
        DetailAction("answer", _("Jawab"), "message-circle", answer),
        DetailAction("refer", _("Teruskan ke unit"), "send", refer),
    ]
    needs_unit = escalation.verdict == case_escalation.EscalationVerdict.NOT_HERE
    if needs_unit and not _answer_of_referred(escalation, case_view):
        acts.reverse()  # this desk answers after the unit
    if is_new:
        acts.insert(0, DetailAction("receive", _("Terima"), "user-check", receive))
    acts[0] = replace(acts[0], role="primary")
    if escalation.parent_id is None:
        deliver = partial(open_delivery, host, escalation, case_view)
        acts.append(DetailAction("tell", _("Jawab langsung pemohon"), "phone", deliver))
    acts.append(DetailAction("assign", _("Tugaskan"), "user-cog", assign))
    if escalation.parent_id and is_own:
        acts.append(_withdrawal(host, escalation))
    return acts


def _greet(host: PageHost, visit_id: int) -> None:
    """Note that the visitor is at this desk now, and ask for their request."""

    def ask(_handover: object) -> None:
        if host.actor.may(Permission.WORK_CASES):
            case_forms.ask_what_is_wanted(host, visit_id)

    host.perform(commands.AcknowledgeHandover(visit_id=visit_id), ask, message=_("Pengunjung diterima."))


def _withdraw(host: PageHost, escalation: case_escalation.Escalation) -> None:
    ask_words(
        host,
        _("Tarik disposisi karena …"),
        lambda reason: commands.WithdrawEscalation(escalation_id=escalation.id, reason=reason),
        words=_("Permintaan ini kembali ke meja Anda."),
        verb=_("Tarik"),
        message=_("Disposisi ditarik."),
    )


def _acknowledge(host: PageHost, escalation: case_escalation.Escalation) -> None:
    """Receive the answer of another desk, then go to where this desk uses it."""
    is_for_applicant = escalation.parent_id is None  # else for the desk that was asked first

    def go_on(_escalation: object) -> None:
        if not is_for_applicant:
            host.open_page("inbox", escalation.parent_id)
        elif host.actor.may(Permission.WORK_CASES):
            host.open_page("cases", escalation.case_id)

    message = _("Jawaban diterima; sampaikan kepada pemohon.") if is_for_applicant else _("Diterima.")
    host.perform(commands.AcknowledgeAnswer(escalation_id=escalation.id), go_on, message=message)


def _make_sheet(escalation_id: int, office: Office, _actor: Actor) -> Sheet:
    return office.read(lambda tx: disposition_sheet(tx, escalation_id))


def open_disposition(host: PageHost, escalation: case_escalation.Escalation, case_view: CaseView) -> None:
    """Open the form of a disposition: to whom, what is to be done, until when (POS Sumut tatap muka 13)."""
    theme = host.theme
    desks = [
        (desk, case_escalation.desk_word(desk, case_view.unit_label))
        for desk in UNITS
        if desk is not escalation.to_desk
    ]
    desk = forms.RadioField(theme, "to", _("Kepada"), desks, required=True)
    unit = forms.LineField(theme, "unit", _("Nama unit (boleh kosong)"), hint=_("misalnya Ditjen GTKPG"))
    officer = case_forms.officer_field(theme, desk, case_view)
    desk.changed.connect(lambda: unit.set_shown(desk.value() is case_escalation.CaseDesk.RELATED_UNIT))
    desk.show_value(desks[0][0])
    FormBox(
        host,
        _("Lembar disposisi"),
        (
            desk,
            unit,
            forms.TextField(theme, "instruction", _("Isi disposisi"), required=True, rows=4),
            (officer, case_forms.due_field(theme)),
            case_forms.file_field(theme),
            LateField(host, case_view.card.case.visit_id),
        ),
        command=lambda values: partial(store_and_refer, escalation, case_view.card.case, values),
        verb=_("Kirim disposisi"),
        message=_("Disposisi terkirim."),
        icon=("send", "blue"),
        words=case_view.card.case.detail,
        draft=host.draft("hop-refer", escalation.id),
        known={"instruction": escalation.instruction},
    ).open()


def store_and_refer(
    escalation: case_escalation.Escalation, case: Case, values: Values, office: Office, actor: Actor
) -> object:
    """Store the letter, then refer the escalation with it, on the worker thread."""
    fields = case_forms.store_letter(case, values, office, actor)
    return office.perform(commands.ReferEscalation(escalation_id=escalation.id, **fields), actor)


def open_answer(host: PageHost, escalation: case_escalation.Escalation, case_view: CaseView) -> None:
    known = {"answer": _answer_of_referred(escalation, case_view)}
    _answer_box(host, escalation, case_view, _("Jawab"), _("Jawaban"), known).open()


def _answer_of_referred(escalation: case_escalation.Escalation, case_view: CaseView) -> str:
    """Return the answer of the desk to which this one referred `escalation`; "" while there is none.

    This desk's own answer begins with it (POS Sumut tatap muka 14).
    """
    referred = [record for record in case_view.card.escalations if record.parent_id == escalation.id]
    answers = [record.answer for record in referred if record.answer]
    return answers[-1] if answers else ""


def open_direction(host: PageHost, below: case_escalation.Escalation, case_view: CaseView) -> None:
    """Open the box in which the asking desk writes down the direction of a unit without this program."""
    title = _("Arahan {unit}").format(unit=below.unit or case_view.unit_label)
    _answer_box(host, below, case_view, title, _("Arahan")).open()


def _answer_box(
    host: PageHost,
    escalation: case_escalation.Escalation,
    case_view: CaseView,
    title: str,
    label: str,
    known: Values | None = None,
) -> FormBox:
    return FormBox(
        host,
        title,
        (
            forms.TextField(host.theme, "answer", label, required=True, rows=6),
            case_forms.file_field(host.theme),
            LateField(host, case_view.card.case.visit_id),
        ),
        command=lambda values: partial(store_and_answer, escalation, case_view.card.case.visit_id, values),
        verb=_("Kirim jawaban"),
        message=_("Jawaban terkirim."),
        icon=("message-circle", "blue"),
        words=escalation.instruction,
        draft=host.draft("hop-answer", escalation.id),
        known=known,
    )


def store_and_answer(
    escalation: case_escalation.Escalation, visit_id: int, values: Values, office: Office, actor: Actor
) -> object:
    """Store the letter, then answer with it, on the worker thread."""
    documents = case_forms.store_document(values["file"], visit_id, office, actor)
    command = commands.AnswerEscalation(
        escalation_id=escalation.id,
        answer=values["answer"],
        documents=documents,
        reason=values.get("reason") or "",  # of `LateField`
    )
    return office.perform(command, actor)


def open_delivery(host: PageHost, escalation: case_escalation.Escalation, case_view: CaseView) -> None:
    """Open the form for the answer and for how the applicant received it (POS Kepri 2b)."""
    FormBox(
        host,
        _("Jawab langsung pemohon"),
        (
            forms.TextField(host.theme, "answer", _("Jawaban"), required=True, rows=5),
            *case_forms.delivery_fields(host.theme, case_view.card.guest),
            LateField(host, case_view.card.case.visit_id),
        ),
        command=lambda values: commands.AnswerApplicant(escalation_id=escalation.id, **values),
        verb=_("Catat"),
        message=_("Jawaban disampaikan."),
        icon=("phone", "green"),
        words=escalation.instruction,
        draft=host.draft("hop-tell", escalation.id),
        known={"answer": _answer_of_referred(escalation, case_view)},
    ).open()


def open_assignment(host: PageHost, view: InboxView, case_view: CaseView) -> None:
    """Ask which officer of the desk takes the case; each is shown with their load."""
    desk = view.item.desk
    loads = {count.officer_id: count for count in view.counts if count.desk is desk}
    officers = case_forms.officers_at_desk(case_view.colleagues, desk)
    options = [
        (officer.id, f"{officer.name}  {_load_words(loads.get(officer.id))}".strip()) for officer in officers
    ]
    FormBox(
        host,
        _("Tugaskan kepada"),
        (forms.ChoiceField(host.theme, "officer_id", _("Petugas"), options, required=True),),
        command=lambda values: commands.AssignEscalation(escalation_id=view.item.subject_id, **values),
        verb=_("Tugaskan"),
        message=_("Ditugaskan."),
        icon=("user-cog", "blue"),
    ).open()


def _load_words(count: case_views.InboxCount | None) -> str:
    if count is None:
        return _("(belum ada)")
    if count.overdue:
        return _("({n} terbuka, {late} lewat waktu)").format(n=count.open, late=count.overdue)
    return _("({n} terbuka)").format(n=count.open)


class InboxPage(WorkPage):
    """The inbox (Kotak masuk): questions of other desks, answers that came back, expected visitors."""

    name, icon_name = "inbox", "mail"
    line = "cases"
    needs = frozenset({Permission.ANSWER_ESCALATIONS, Permission.WORK_CASES})
    title = staticmethod(lambda: _("Kotak masuk"))
    waiting = staticmethod(unread_items)

    @override
    def build(self) -> None:
        self._view: InboxView | None = None
        self.items = lists.RecordList(
            self.theme,
            _("Cari nomor, nama, pengirim …"),
            filters=inbox_filters(),
            empty=(_("Tidak ada yang menunggu Anda."), "mail"),
            opens_first=True,
        )
        self.detail = Detail(self.theme, (_("Pilih sebuah permintaan."), "mail"))
        self.escalations, self.timeline = Timeline(self.theme), Timeline(self.theme)
        self.escalations_section = self.detail.add_section(_("Disposisi"), self.escalations)
        self.history = self.detail.add_section(_("Riwayat permohonan"), self.timeline)
        self.show_split(self.items, self.detail)
        self.sheet_button = self.escalations_section.add_button(
            widgets.Button(self.theme, _("Lembar disposisi"), "quiet", "printer")
        )
        self.case_button = self.history.add_button(
            widgets.Button(self.theme, _("Buka permohonan"), "quiet", "files")
        )
        self.sheet_button.clicked.connect(self._print_sheet)
        self.case_button.clicked.connect(self._open_case)
        self.items.chosen.connect(lambda _key: self.refresh())

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(inbox_board, self.host.actor, self.items.selected), self._show_board)

    @override
    def open_subject(self, subject: object) -> None:
        """Choose an item by the id of its escalation, or by the id of its row."""
        self.items.choose(f"to_do:{subject}" if isinstance(subject, int) else subject)

    def _show_board(self, board: InboxBoard) -> None:
        now, my_id = self.host.now(), self.host.actor.officer_id
        self.items.show_rows([inbox_row(item, now, my_id) for item in board.items])
        if board.chosen is None:
            last_view, self._view = self._view, None
            self.detail.show_nothing()
            if last_view is not None and board.items and self.items.selected is None:
                # Go on with another item of the case that was just dealt with, else with the first.
                of_same_case = (item for item in board.items if item.case_id == last_view.item.case_id)
                self.items.choose(next(of_same_case, board.items[0]).key)
        elif board.chosen.item.key == self.items.selected:
            self._show_item(board.chosen)

    def _show_item(self, view: InboxView) -> None:
        now, case_view = self.host.now(), view.case
        self._view = view
        tags = [kind_tag(view.item)]
        if view.behalf:
            tags.append(behalf_tag(view.behalf))
        self.detail.show_head(view.item.name or _("Tanpa nama"), view.item.number, tags)
        self.detail.show_facts(inbox_facts(view, now))
        self.detail.show_actions(inbox_actions(self.host, view))
        self.escalations_section.setVisible(view.escalation is not None)
        self.case_button.setVisible(view.escalation is not None)
        self.history.setVisible(case_view is not None)
        if case_view is not None:
            self.escalations.show_entries(
                [escalation_entry(record, case_view.unit_label, now) for record in case_view.card.escalations]
            )
            self.timeline.show_entries(
                [timeline_entry(entry, now) for entry in reversed(case_view.card.timeline)]
            )

    def _print_sheet(self) -> None:
        if self._view is not None and self._view.escalation is not None:
            offer_paper(self.host, partial(_make_sheet, self._view.escalation.id))

    def _open_case(self) -> None:
        if self._view is not None:
            self.host.open_page("cases", self._view.item.case_id)
