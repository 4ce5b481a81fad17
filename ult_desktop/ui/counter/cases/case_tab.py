"""The tab Permohonan: what the visitor at the counter asks for, and the box that answers it at once."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases import answer_bank, commands, delivery, escalation
from ult_desktop.core.cases.case import Case, CaseKind, CaseState
from ult_desktop.core.visits.identity import mismatch_words
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.cases.boards import Matter, OpeningView
from ult_desktop.ui.counter.cases import case_forms, lists_boxes
from ult_desktop.ui.counter.cases.case_pane import CasePane
from ult_desktop.ui.counter.pages import FormBox, PageHost, VisitTab
from ult_desktop.ui.kit import Theme, forms, panels, widgets
from ult_desktop.ui.kit.detail import ActionsRow, DetailAction
from ult_desktop.ui.kit.forms.form import Values

BANK_KEY = "/"


class AnswerField(forms.TextField):
    """The field for an answer. "/" at the beginning of a word opens the answer bank.

    Signals:
        bank_wanted: the key was pressed.
    """

    bank_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        hint = _("Tulis jawabannya, atau tekan {key} untuk bank jawaban.").format(key=BANK_KEY)
        super().__init__(theme, "answer", _("Jawaban untuk pemohon"), required=True, hint=hint, rows=4)
        self._inserted: answer_bank.Faq | None = None
        self.text.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.text and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            cursor = self.text.textCursor()
            before = self.text.toPlainText()[: cursor.selectionStart()][-1:]
            if event.text() == BANK_KEY and not before.strip():
                self.bank_wanted.emit()
                return True
        return super().eventFilter(watched, event)

    def insert(self, faq: answer_bank.Faq) -> None:
        """Insert the answer where the cursor is."""
        self._inserted = faq
        self.text.insertPlainText(faq.answer)

    @property
    def faq_id(self) -> int | None:
        """The id of the answer bank's entry that is the whole answer; None if it was typed or changed."""
        faq = self._inserted
        return faq.id if faq is not None and faq.answer == self.value() else None


class AnswerBox(FormBox):
    """The box that answers a visitor and closes their case in one act.

    Args:
        host: access to the office for the signed-in officer.
        view: the visitor's cases. An open one is answered; without one the box asks for a new one too.
        typed: what the officer typed about a new case in the tab's form, by field name.
        then: gets the closed case.
    """

    def __init__(
        self, host: PageHost, view: OpeningView, typed: Values, then: Callable[[Case], object]
    ) -> None:
        self._view, self._typed = view, {"service_id": view.service_id, "kind": view.kind, **typed}
        # UTC ms, the ends of two steps: when the question was written down, and when the answer was begun.
        self._asked_at: int | None = None
        self._found_at: int | None = None
        self.answer = AnswerField(host.theme)
        case = view.open_case
        known, question = {**self._typed, "way": delivery.DeliveryChannel.DIRECT}, ""
        if case is not None:
            known["answer"], question = case.answer, case.detail
        super().__init__(
            host,
            _("Jawab dan selesaikan"),
            (
                *self._case_fields(host.theme),
                self.answer,
                *self._exclusion_fields(host.theme),
                *case_forms.delivery_fields(host.theme, self._view.guest),
                forms.TickField(host.theme, "receipt", _("Buat tanda terima informasi")),
            ),
            command=self._to_command,
            verb=_("Jawab dan tutup permohonan"),
            message=_("Dijawab; permohonan ditutup."),
            then=then,
            icon=("message-circle", "blue"),
            words=mismatch_words() if view.identity_mismatch else question,
            draft=host.draft("case-answer-now", view.visit_id),
            known=known,
            wide=True,
        )
        self.answer.bank_wanted.connect(self._open_bank)
        self._note_times(host)

    def _case_fields(self, theme: Theme) -> tuple[forms.Field, ...]:
        """Make the fields of a new case. The usual kind and service are those of the visitor's number."""
        if self._view.open_case is not None:
            return ()
        detail = forms.TextField(theme, "detail", _("Pertanyaan"), required=True, rows=2)
        if self._typed["kind"] is not CaseKind.COMPLAINT:
            return (detail,)
        return (detail, case_forms.class_field(theme, self._view))

    def _exclusion_fields(self, theme: Theme) -> tuple[forms.Field, ...]:
        """Make the fields of excluded information, if the office has some and the outcome is still open."""
        case = self._view.open_case
        if not self._view.grounds or (case is not None and case.outcome is not None):
            return ()
        grounds = [(ground.key, ground.words) for ground in self._view.grounds]
        return case_forms.exclusion_fields(theme, _("Dasar pengecualian"), grounds)

    def _note_times(self, host: PageHost) -> None:
        """Note both times as the officer types; that of the question is fixed once the answer is begun."""

        def note_asked() -> None:
            if self._found_at is None:
                self._asked_at = host.stamp()

        def note_found() -> None:
            if self._found_at is None and self.answer.value():
                self._found_at = host.stamp()

        if self._view.open_case is None:
            self.form.field("detail").changed.connect(note_asked)
            if self.form.field("detail").value():
                note_asked()
        self.answer.changed.connect(note_found)

    def _open_bank(self) -> None:
        about = self._view.open_case.detail if self._view.open_case else self.form.field("detail").value()
        box = lists_boxes.AnswerBankBox(self._host, about, self._insert)
        box.rejected.connect(lambda: self.answer.text.insertPlainText(BANK_KEY))
        box.open()

    def _insert(self, faq: answer_bank.Faq, box: lists_boxes.AnswerBankBox) -> None:
        box.accept()
        self.answer.insert(faq)
        self.answer.setFocus()

    def _to_command(self, values: dict[str, Any]) -> commands.AnswerAtDesk:
        # The tick `excluded` only shows the field of the ground.
        fields = {name: value for name, value in values.items() if name != "excluded"}
        case = self._view.open_case
        if case is None:
            fields |= {name: self._typed[name] for name in ("service_id", "kind")}
        return commands.AnswerAtDesk(
            visit_id=self._view.visit_id,
            another=case is None and bool(self._view.matters),
            faq_id=self.answer.faq_id,
            asked_at=self._asked_at,
            found_at=self._found_at,
            seen=None if case is None else {"answer": case.answer},
            **fields,
        )


def open_answer_box(host: PageHost, view: OpeningView, typed: Values, then: Callable[[Case], object]) -> None:
    """Open the box that answers, or say why the visitor cannot be answered now."""
    case = view.open_case
    if case is not None and case.state is CaseState.ESCALATED:
        host.tell(_("Permohonan {number} masih di unit lain.").format(number=case.number))
    elif typed.get("about_id"):
        host.tell(_("Pengaduan tentang petugas dijawab kepala. Catat permohonannya dulu."))
    else:
        AnswerBox(host, view, typed, then).open()


class CaseTab(VisitTab):
    """The tab of a visitor's cases. For a visitor without one it shows the form of a new case.

    It shows one case with its acts, and a button for each if there are several. The case that the counter
    works on now is shown until the officer chooses another.
    """

    name, icon_name = "case", "files"
    needs = frozenset({Permission.WORK_CASES})
    title = staticmethod(lambda: _("Permohonan"))

    @override
    def build(self) -> None:
        self.form: forms.Form | None = None
        self._form_visit_id: int | None = None
        self._section: panels.Section | None = None  # with the form
        self._chosen_id: int | None = None  # None: the case that the counter works on now
        self._wants_keyboard = False
        self.matters = ActionsRow(self.theme)
        self.empty = panels.EmptyState(self.theme, _("Mulai layani pengunjung ini dulu."), "files")
        self.pane = CasePane(self.host, brief=True)
        self.blank = QWidget()  # until the first reading
        self.stack = panels.ShownStack()
        for widget in (self.blank, self.empty, self.pane):
            self.stack.addWidget(widget)
        self.body.addWidget(self.matters)
        self.body.addWidget(self.stack, 1)

    @override
    def take_keyboard(self) -> None:
        """Move the focus to the question, at once or as soon as its form is there."""
        self._wants_keyboard = self.form is None
        super().take_keyboard()

    @override
    def refresh(self) -> None:
        visit = self.now_serving.visit
        if visit is None:
            self.matters.hide()
            self.stack.setCurrentWidget(self.empty)
        else:
            self.fetch(partial(case_forms.read_opening, visit.id, chosen_id=self._chosen_id), self._show)

    def _show(self, view: OpeningView) -> None:
        visit = self.now_serving.visit
        if visit is None or visit.id != view.visit_id:
            return
        self.matters.show_actions(self._matter_actions(view, visit))
        if view.shown_case is not None:
            self.pane.show_case(view.shown_case)
            self.stack.setCurrentWidget(self.pane)
            # If the officer wrote in the form, the focus goes on to the first act on the case.
            focus: QWidget | None = self.window().focusWidget()
            if focus is not None and self._section is not None and self._section.isAncestorOf(focus):
                next(iter(self.pane.detail.acts.buttons.values())).setFocus()
            self._drop_form()
        elif self._form_visit_id != visit.id:
            self._make_form(view)
        if self.form is not None:
            self.hint.say(mismatch_words() if view.identity_mismatch else _handover_words(view.handover))

    def _matter_actions(self, view: OpeningView, visit: Visit) -> list[DetailAction]:
        """Return a button for each of the visitor's cases if there are several, and one for a new case."""
        if view.shown_case is None or not visit.is_open:
            return []
        shown_id = view.shown_case.card.case.id
        actions = []
        for matter in view.matters if len(view.matters) > 1 else ():
            icon_name = "file-text" if matter.is_open else "badge-check"
            role = "primary" if matter.case_id == shown_id else ""
            show = partial(self._show_matter, matter)
            actions.append(DetailAction(f"case-{matter.case_id}", matter.number, icon_name, show, role))
        ask = partial(case_forms.ask_another, self.host, self._show_current_case, view)
        return [*actions, DetailAction("another", _("Permohonan lain …"), "plus", ask)]

    def _show_matter(self, matter: Matter) -> None:
        """Show a case. If it waits until the visitor's other one is done, the counter takes it up now."""
        # A case at another desk waits too, but for that desk.
        if matter.waits and matter.state is not CaseState.ESCALATED:
            self.host.perform(commands.TakeUpCase(case_id=matter.case_id), self._show_current_case)
            return
        self._chosen_id = matter.case_id
        self.refresh()

    def answer_at_once(self, then: Callable[[Case], object]) -> None:
        """Ask for the question and its answer in one box; `then` gets the closed case.

        What was typed into the form of a new request goes with it.
        """
        visit = self.now_serving.visit if self._has_visitor else None
        if visit is None:
            return
        form = self.form if self._form_visit_id == visit.id else None

        def on_answered(case: Case) -> None:
            if form is not None and form is self.form:
                form.done()
            then(case)

        typed = {} if form is None else form.values()
        self.host.read(
            partial(case_forms.read_opening, visit.id),
            lambda view: open_answer_box(self.host, view, typed, on_answered),
        )

    def _show_current_case(self, _case: Case) -> None:
        self._chosen_id = None
        self.refresh()

    def _drop_form(self) -> None:
        """Remove the form, so that one visitor's form never becomes the next visitor's."""
        self._form_visit_id = self.form = None
        if self._section is not None:
            self.stack.removeWidget(self._section)
            self._section.deleteLater()
            self._section = None

    def _make_form(self, view: OpeningView) -> None:
        self._drop_form()
        self._form_visit_id = view.visit_id
        section = self._section = panels.Section(self.theme, _("Apa yang diminta pengunjung?"))
        if view.helpdesk and self.host.actor.may(Permission.RECEIVE_VISITORS):
            self.hand_over_button = section.add_button(
                widgets.Button(self.theme, _("Arahkan ke helpdesk"), icon_name="user-check")
            )
            self.hand_over_button.clicked.connect(
                partial(open_hand_over_box, self.host, view.visit_id, view.helpdesk)
            )
        self.hint = panels.Note(self.theme, "info")
        section.body.addWidget(self.hint)
        form = self.form = forms.Form(
            self.theme,
            case_forms.case_fields(self.theme, view),
            _("Catat permohonan"),
            draft=self.host.draft("case-open", view.visit_id),
        )
        form.show_values({"service_id": view.service_id})
        form.submitted.connect(partial(self._open_case, view.visit_id, form))
        section.body.addWidget(form, 1)
        self.stack.addWidget(section)
        self.stack.setCurrentWidget(section)
        self.setFocusProxy(form)
        if self._wants_keyboard:
            self.take_keyboard()

    def _open_case(self, visit_id: int, form: forms.Form, values: dict[str, Any]) -> None:
        command = commands.OpenCase(visit_id=visit_id, **values)
        self.host.perform(command, message=_("Permohonan tercatat."), form=form)


def open_hand_over_box(host: PageHost, visit_id: int, officers: tuple[tuple[int, str], ...]) -> None:
    """Open the box that directs the visitor to a helpdesk officer (POS Kaltara 3).

    `officers` are the ids and names of those who may be chosen.
    """
    fields = (
        forms.RadioField(host.theme, "officer_id", _("Petugas helpdesk"), officers, required=True),
        forms.LineField(host.theme, "remark", _("Pesan untuknya")),
    )
    FormBox(
        host,
        _("Arahkan ke helpdesk"),
        fields,
        command=lambda values: commands.HandToHelpdesk(visit_id=visit_id, **values),
        verb=_("Arahkan"),
        message=_("Petugas helpdesk diberi tahu."),
        icon=("user-check", "violet"),
    ).open()


def _handover_words(handover: escalation.Handover | None) -> str:
    if handover is None:
        return ""
    if handover.acknowledged_at is None:
        return _("Diarahkan ke {officer}, belum diterima.").format(officer=handover.officer)
    return _("Sudah diterima oleh {officer}.").format(officer=handover.officer)
