"""The page Disposisi: what a unit or back office has to answer, and the boxes to answer it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from typing_extensions import override

from ult_desktop.base import _, pgettext
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.cases import case_views, commands, escalation as case_escalation
from ult_desktop.core.cases.case import Case, VisitorMode
from ult_desktop.core.sheet import Sheet
from ult_desktop.core.stamps import to_stamp
from ult_desktop.db.cases.boards import CaseView, InboxBoard, InboxView, inbox_board, unread
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.sheets import disposition_sheet
from ult_desktop.ui.counter.cases import case_forms
from ult_desktop.ui.counter.cases.case_pane import hop_words, timeline_entry
from ult_desktop.ui.counter.pages import FormBox, PageHost, WorkPage, ask_words, offer_paper, snapshot
from ult_desktop.ui.counter.pages.late_field import LateField
from ult_desktop.ui.counter.visits.documents import describe_document, document_actions
from ult_desktop.ui.kit import detail, forms, lists, timeline, widgets
from ult_desktop.ui.kit.detail import Detail, DetailAction
from ult_desktop.ui.kit.timeline import Timeline

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


def inbox_rows(items: Iterable[case_views.InboxItem], now: datetime, me: int | None) -> list[lists.ListRow]:
    return [_row(item, now, me) for item in items]


def _row(item: case_views.InboxItem, now: datetime, me: int | None) -> lists.ListRow:
    late = item.is_overdue(to_stamp(now))
    icon, tint = _LOOKS[item.kind]
    groups = {item.kind.value, *(["unread"] if item.unread else ()), *(["overdue"] if late else ())}
    return lists.ListRow(
        id=item.key,
        title=item.name or _("Tanpa nama"),
        subtitle=item.text or _visitor_words(item),
        aside=timeline.when_words(item.at, now),
        icon=icon,
        tint=tint,
        tags=tuple(_tags(item, me, late=late)),
        groups=frozenset(groups),
        strong=item.unread,
        side_tone="danger" if late else "",
        search=f"{item.number} {item.sender} {item.phone}",
    )


def _visitor_words(item: case_views.InboxItem) -> str:
    if item.unread:
        return _("Pengunjung menuju meja Anda.")
    return _("Pengunjung di meja Anda; permohonannya belum dicatat.")


def _tags(item: case_views.InboxItem, me: int | None, *, late: bool) -> Iterable[lists.Tag]:
    yield kind_tag(item)
    if late:
        yield lists.Tag(_("lewat waktu"), "danger", "clock-alert")
    if item.kind is not case_views.InboxKind.RETURNED and item.officer_id not in (None, me):
        yield behalf_tag(item.officer)


def behalf_tag(absent: str) -> lists.Tag:
    """Make the tag of an act that was done for an absent officer (POS: a.n.)."""
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


def inbox_tags(view: InboxView) -> tuple[lists.Tag, ...]:
    return (kind_tag(view.item), *([behalf_tag(view.behalf)] if view.behalf else ()))


def inbox_facts(view: InboxView, now: datetime) -> list[detail.Fact]:
    item, escalation = view.item, view.escalation
    late = "danger" if item.is_overdue(to_stamp(now)) else ""
    if escalation is None and view.case is not None:
        return [
            detail.Fact(_("Janji temu"), timeline.when_words(item.at, now)),
            detail.Fact(_("Alasan"), item.text),
            *_about_case(view),
            detail.Fact(_("Batas waktu"), timeline.until_words(item.due_at, now), late),
        ]
    if escalation is None:
        return [
            detail.Fact(_("Nomor antrean"), item.number),
            detail.Fact(_("Instansi"), view.visitor),
            detail.Fact(_("Diarahkan oleh"), item.sender),
            detail.Fact(_("Pesan"), item.text),
        ]
    label = "" if view.case is None else view.case.unit_label
    desk = case_escalation.desk_word(escalation.from_desk, label)
    return [
        detail.Fact(_("Dari"), " · ".join(filter(None, (desk, escalation.sender)))),
        detail.Fact(_("Pertanyaan"), escalation.instruction),
        *_about_case(view),
        detail.Fact(_("Batas waktu"), timeline.until_words(item.due_at, now), late),
        detail.Fact(_("Ditangani"), escalation.to_officer),
        detail.Fact(_("Telaah"), _verdict(escalation.verdict)),
        detail.Fact(_("Jawaban"), escalation.answer),
        detail.Fact(_("Dijawab oleh"), escalation.answerer),
    ]


def _about_case(view: InboxView) -> list[detail.Fact]:
    if view.case is None:
        return []
    case, guest = view.case.card.case, view.case.card.guest
    return [
        detail.Fact(_("Isi permohonan"), case.detail),
        detail.Fact(_("Layanan"), case.service),
        detail.Fact(_("Instansi"), "" if guest is None else guest.institution),
        detail.Fact(_("Pengunjung"), VisitorMode(case.visitor).word if case.visitor else ""),
        detail.Fact(
            pgettext("many", "Berkas"),
            ", ".join(describe_document(each) for each in view.case.card.documents),
        ),
    ]


def _verdict(verdict: str) -> str:
    known: dict[str, str] = {
        case_escalation.EscalationVerdict.SOLVABLE: _("bisa diselesaikan di sini"),
        case_escalation.EscalationVerdict.NOT_HERE: _("perlu unit lain"),
    }
    return known.get(verdict, "")


Values = dict[str, Any]
UNITS = (
    case_escalation.CaseDesk.RELATED_UNIT,
    case_escalation.CaseDesk.BACK_OFFICE,
    case_escalation.CaseDesk.PPID,
)


def inbox_actions(host: PageHost, view: InboxView) -> list[DetailAction]:
    """Return the acts on a line of the inbox, the next one first."""
    if view.escalation is None and view.case is not None:
        see = partial(host.open_page, "cases", view.item.case_id)
        return [DetailAction("case", _("Buka permohonan"), "files", see, "primary")]
    if view.escalation is None or view.case is None:
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
    if view.item.referred:
        return [*_meanwhile(host, view.below, view.case), *letters]
    return [*_work(host, view, view.escalation, view.case), *letters]


def _meanwhile(
    host: PageHost, below: case_escalation.Escalation | None, case: CaseView
) -> list[DetailAction]:
    """Return the acts while the case is at another desk. A unit's direction may come by word of mouth."""
    take_back = _withdrawal(host, below)
    if below is None or below.to_desk is not case_escalation.CaseDesk.RELATED_UNIT:
        return [take_back]
    direct = partial(open_direction, host, below, case)
    return [DetailAction("direction", _("Catat arahan unit"), "message-circle", direct, "primary"), take_back]


def _withdrawal(host: PageHost, hop: case_escalation.Escalation | None) -> DetailAction:
    return DetailAction("withdraw", _("Tarik disposisi"), "undo-2", partial(_withdraw, host, hop))


def _work(
    host: PageHost, view: InboxView, escalation: case_escalation.Escalation, case: CaseView
) -> list[DetailAction]:
    is_new = escalation.received_at is None
    is_own = escalation.from_officer_id == host.actor.officer_id  # sent from one desk of theirs to another
    receive = partial(
        host.perform, commands.ReceiveEscalation(escalation_id=escalation.id), message=_("Diterima.")
    )
    answer = partial(open_answer, host, escalation, case)
    refer = partial(open_disposition, host, escalation, case)
    tell = partial(open_telling, host, escalation, case)
    assign = partial(open_assignment, host, view, case)
    for_unit = escalation.verdict == case_escalation.EscalationVerdict.NOT_HERE
    is_next_unit = for_unit and not _answered(escalation, case)
    roles = ("" if is_new else "primary", "")
    by_answer, by_unit = reversed(roles) if is_next_unit else roles
    acts = [
        DetailAction("answer", _("Jawab"), "message-circle", answer, by_answer),
        DetailAction("refer", _("Teruskan ke unit"), "send", refer, by_unit),
    ]
    direct = DetailAction("tell", _("Jawab langsung pemohon"), "phone", tell)
    first = [DetailAction("receive", _("Terima"), "user-check", receive, "primary")]
    return [
        *(first if is_new else ()),
        *(reversed(acts) if is_next_unit else acts),
        *([direct] if escalation.parent_id is None else []),
        DetailAction("assign", _("Tugaskan"), "user-cog", assign),
        *([_withdrawal(host, escalation)] if escalation.parent_id and is_own else []),
    ]


def _greet(host: PageHost, visit_id: int) -> None:
    """Note that the visitor is at this desk now, and ask for their request."""

    def greeted(_handover: object) -> None:
        if host.actor.may(Permission.WORK_CASES):
            case_forms.ask_what_is_wanted(host, visit_id)

    host.perform(commands.AcknowledgeHandover(visit_id=visit_id), greeted, message=_("Pengunjung diterima."))


def _withdraw(host: PageHost, below: case_escalation.Escalation | None) -> None:
    if below is None:
        return

    ask_words(
        host,
        _("Tarik disposisi karena …"),
        lambda reason: commands.WithdrawEscalation(escalation_id=below.id, reason=reason),
        words=_("Permintaan ini kembali ke meja Anda."),
        verb=_("Tarik"),
        message=_("Disposisi ditarik."),
    )


def _acknowledge(host: PageHost, escalation: case_escalation.Escalation) -> None:
    def received(_hop: object) -> None:
        if not back:
            host.open_page("inbox", escalation.parent_id)
        elif host.actor.may(Permission.WORK_CASES):
            host.open_page("cases", escalation.case_id)

    back = escalation.parent_id is None
    message = _("Jawaban diterima; sampaikan kepada pemohon.") if back else _("Diterima.")
    host.perform(commands.AcknowledgeAnswer(escalation_id=escalation.id), received, message=message)


def offer_sheet(host: PageHost, escalation: case_escalation.Escalation) -> None:
    offer_paper(host, partial(_sheet, escalation.id))


def _sheet(escalation_id: int, office: Office, _actor: Actor) -> Sheet:
    return office.read(lambda tx: disposition_sheet(tx, escalation_id))


def open_disposition(host: PageHost, escalation: case_escalation.Escalation, case: CaseView) -> None:
    """Open the disposition: to whom, what is to be done, until when (POS Sumut tatap muka 13)."""
    theme = host.theme
    desks = [
        (each, case_escalation.desk_word(each, case.unit_label))
        for each in UNITS
        if each is not escalation.to_desk
    ]
    desk = forms.RadioField(theme, "to", _("Kepada"), desks, required=True)
    unit = forms.LineField(theme, "unit", _("Nama unit (boleh kosong)"), hint=_("misalnya Ditjen GTKPG"))
    person = case_forms.person_field(theme, desk, case)
    desk.changed.connect(lambda: unit.set_shown(desk.value() is case_escalation.CaseDesk.RELATED_UNIT))
    desk.show_value(desks[0][0])
    FormBox(
        host,
        _("Lembar disposisi"),
        (
            desk,
            unit,
            forms.TextField(theme, "instruction", _("Isi disposisi"), required=True, rows=4),
            (person, case_forms.due_field(theme)),
            case_forms.file_field(theme),
            LateField(host, case.card.case.visit_id),
        ),
        command=lambda values: partial(refer, escalation, case.card.case, values),
        verb=_("Kirim disposisi"),
        message=_("Disposisi terkirim."),
        icon=("send", "blue"),
        words=case.card.case.detail,
        draft=host.draft("hop-refer", escalation.id),
        known={"instruction": escalation.instruction},
    ).open()


def refer(
    escalation: case_escalation.Escalation, case: Case, values: Values, office: Office, actor: Actor
) -> object:
    """Store the letter, then refer the disposition with it, on the worker thread."""
    given = case_forms.sent_values(case, values, office, actor)
    return office.perform(commands.ReferEscalation(escalation_id=escalation.id, **given), actor)


def open_answer(host: PageHost, escalation: case_escalation.Escalation, case: CaseView) -> None:
    known = {"answer": _answered(escalation, case)}
    _answer_box(host, escalation, case, _("Jawab"), _("Jawaban"), known).open()


def _answered(escalation: case_escalation.Escalation, case: CaseView) -> str:
    """Return what the asked desk answered meanwhile: the answer begins with it (POS Sumut tatap muka 14)."""
    answers = [
        each.answer for each in case.card.escalations if each.parent_id == escalation.id and each.answer
    ]
    return answers[-1] if answers else ""


def open_direction(host: PageHost, below: case_escalation.Escalation, case: CaseView) -> None:
    """Open the box in which the sender writes down the direction of a unit that does not use the program."""
    title = _("Arahan {unit}").format(unit=below.unit or case.unit_label)
    _answer_box(host, below, case, title, _("Arahan")).open()


def _answer_box(
    host: PageHost,
    escalation: case_escalation.Escalation,
    case: CaseView,
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
            LateField(host, case.card.case.visit_id),
        ),
        command=lambda values: partial(answer, escalation, case.card.case.visit_id, values),
        verb=_("Kirim jawaban"),
        message=_("Jawaban terkirim."),
        icon=("message-circle", "blue"),
        words=escalation.instruction,
        draft=host.draft("hop-answer", escalation.id),
        known=known,
    )


def answer(
    escalation: case_escalation.Escalation, visit_id: int, values: Values, office: Office, actor: Actor
) -> object:
    """Store the letter, then answer with it, on the worker thread."""
    documents = case_forms.store_document(values["file"], visit_id, office, actor)
    command = commands.AnswerEscalation(
        escalation_id=escalation.id,
        answer=values["answer"],
        documents=documents,
        reason=values.get("reason") or "",
    )
    return office.perform(command, actor)


def open_telling(host: PageHost, escalation: case_escalation.Escalation, case: CaseView) -> None:
    """Open the form for the answer and for how the applicant received it (POS Kepri 2b)."""
    FormBox(
        host,
        _("Jawab langsung pemohon"),
        (
            forms.TextField(host.theme, "answer", _("Jawaban"), required=True, rows=5),
            *case_forms.telling_fields(host.theme, case.card.guest),
            LateField(host, case.card.case.visit_id),
        ),
        command=lambda values: commands.AnswerApplicant(escalation_id=escalation.id, **values),
        verb=_("Catat"),
        message=_("Jawaban disampaikan."),
        icon=("phone", "green"),
        words=escalation.instruction,
        draft=host.draft("hop-tell", escalation.id),
        known={"answer": _answered(escalation, case)},
    ).open()


def open_assignment(host: PageHost, view: InboxView, case: CaseView) -> None:
    """Ask which officer of the desk takes the case; each is shown with their load."""
    desk = view.item.desk
    loads = {each.officer_id: each for each in view.counts if each.desk is desk}
    people = case_forms.at_desk(case.colleagues, desk)
    options = [(each.id, f"{each.name}  {_load(loads.get(each.id))}".strip()) for each in people]
    FormBox(
        host,
        _("Tugaskan kepada"),
        (forms.ChoiceField(host.theme, "officer_id", _("Petugas"), options, required=True),),
        command=lambda values: commands.AssignEscalation(escalation_id=view.item.subject_id, **values),
        verb=_("Tugaskan"),
        message=_("Ditugaskan."),
        icon=("user-cog", "blue"),
    ).open()


def _load(count: case_views.InboxCount | None) -> str:
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
    waiting = staticmethod(unread)

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
        self.hops, self.timeline = Timeline(self.theme), Timeline(self.theme)
        self.way = self.detail.add_section(_("Disposisi"), self.hops)
        self.history = self.detail.add_section(_("Riwayat permohonan"), self.timeline)
        self.show_split(self.items, self.detail)
        self.sheet = self.way.add_button(
            widgets.Button(self.theme, _("Lembar disposisi"), "quiet", "printer")
        )
        self.case = self.history.add_button(
            widgets.Button(self.theme, _("Buka permohonan"), "quiet", "files")
        )
        self.sheet.clicked.connect(self._print_sheet)
        self.case.clicked.connect(self._open_case)
        self.items.chosen.connect(lambda _key: self.refresh())

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(inbox_board, self.host.actor, self.items.selected), self._show)

    @override
    def open_subject(self, subject: object) -> None:
        """Choose a line by the id of an escalation, or by the row's own id."""
        self.items.choose(f"to_do:{subject}" if isinstance(subject, int) else subject)

    def _show(self, board: InboxBoard) -> None:
        self.items.show_rows(inbox_rows(board.items, self.host.now(), self.host.actor.officer_id))
        if board.chosen is None:
            gone, self._view = self._view, None
            self.detail.show_nothing()
            if gone is not None and board.items and self.items.selected is None:
                same = (each for each in board.items if each.case_id == gone.item.case_id)
                self.items.choose(next(same, board.items[0]).key)
        elif board.chosen.item.key == self.items.selected:
            self._show_item(board.chosen)

    def _show_item(self, view: InboxView) -> None:
        now, case = self.host.now(), view.case
        self._view = view
        self.detail.show_head(view.item.name or _("Tanpa nama"), view.item.number, inbox_tags(view))
        self.detail.show_facts(inbox_facts(view, now))
        self.detail.show_actions(inbox_actions(self.host, view))
        self.way.setVisible(view.escalation is not None)
        self.case.setVisible(view.escalation is not None)
        self.history.setVisible(case is not None)
        if case is not None:
            entry = partial(hop_words, unit_label=case.unit_label, now=now)
            self.hops.show_entries([entry(escalation) for escalation in case.card.escalations])
            history = reversed(case.card.timeline)
            self.timeline.show_entries([timeline_entry(each, now) for each in history])

    def _print_sheet(self) -> None:
        if self._view is not None and self._view.escalation is not None:
            offer_sheet(self.host, self._view.escalation)

    def _open_case(self) -> None:
        if self._view is not None:
            self.host.open_page("cases", self._view.item.case_id)
