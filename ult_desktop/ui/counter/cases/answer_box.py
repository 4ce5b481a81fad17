"""The box in which a visitor at the counter is answered at once: question, answer, delivery, the end."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.cases import answer_bank, commands, delivery
from ult_desktop.core.cases.case import Case, CaseKind, CaseState
from ult_desktop.core.visits.identity import mismatch_words
from ult_desktop.db.cases.boards import OpeningView
from ult_desktop.ui.counter.cases import case_forms, lists_boxes
from ult_desktop.ui.counter.pages import FormBox, PageHost
from ult_desktop.ui.kit import Theme, forms
from ult_desktop.ui.kit.forms.form import Values

BANK_KEY = "/"


class AnswerField(forms.TextField):
    """The field for an answer. "/" at the beginning of a word asks for one of the answer bank.

    Signals:
        bank_wanted: the key was pressed.
    """

    bank_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        hint = _("Tulis jawabannya, atau tekan {key} untuk bank jawaban.").format(key=BANK_KEY)
        super().__init__(theme, "answer", _("Jawaban untuk pemohon"), required=True, hint=hint, rows=4)
        self._taken: answer_bank.Faq | None = None
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
        self._taken = faq
        self.text.insertPlainText(faq.answer)

    @property
    def faq_id(self) -> int | None:
        """The entry of the answer bank that is the whole answer, or None."""
        return self._taken.id if self._taken is not None and self._taken.answer == self.value() else None


class AnswerBox(FormBox):
    """The box that answers a visitor and closes their case in one act.

    Args:
        host: the officer's.
        view: the visitor's matters; an open one is answered, else a new one is asked for.
        typed: what the officer typed about a new one elsewhere, by field name.
        then: gets the closed case.
    """

    def __init__(
        self, host: PageHost, view: OpeningView, typed: Values, then: Callable[[Case], object]
    ) -> None:
        self._view, self._typed = view, {"service_id": view.service_id, "kind": view.kind, **typed}
        self._asked_at: int | None = None
        self._found_at: int | None = None
        self.answer = AnswerField(host.theme)
        case = view.open_case
        known = {**self._typed, "way": delivery.DeliveryChannel.DIRECT}
        if case is not None:
            known["answer"] = case.answer
        super().__init__(
            host,
            _("Jawab dan selesaikan"),
            (
                *self._asking(host.theme),
                self.answer,
                *self._excluding(host.theme),
                *self._telling(host.theme),
            ),
            command=self._wanted,
            verb=_("Jawab dan tutup permohonan"),
            told=_("Dijawab; permohonan ditutup."),
            then=then,
            icon=("message-circle", "blue"),
            words=mismatch_words() if view.mismatch else "" if case is None else case.detail,
            draft=host.draft("case-answer-now", view.visit_id),
            known=known,
            wide=True,
        )
        self.answer.bank_wanted.connect(self._open_bank)
        self._time_fields(host)

    def _asking(self, theme: Theme) -> tuple[forms.Field, ...]:
        """Make the fields of a new case. The usual kind and service are those of the visitor's number."""
        if self._view.open_case is not None:
            return ()
        detail = forms.TextField(theme, "detail", _("Pertanyaan"), required=True, rows=2)
        if self._typed["kind"] is not CaseKind.COMPLAINT:
            return (detail,)
        return (detail, case_forms.class_field(theme, self._view))

    def _excluding(self, theme: Theme) -> tuple[forms.Field, ...]:
        """Make the fields of excluded information, if the office has some and the outcome is still open."""
        case = self._view.open_case
        if not self._view.grounds or (case is not None and case.outcome is not None):
            return ()
        grounds = [(each.key, each.words) for each in self._view.grounds]
        return case_forms.exclusion_fields(theme, _("Dasar pengecualian"), grounds)

    def _telling(self, theme: Theme) -> tuple[forms.Field, ...]:
        return (
            *case_forms.telling_fields(theme, self._view.guest),
            forms.TickField(theme, "receipt", _("Buat tanda terima informasi")),
        )

    def _time_fields(self, host: PageHost) -> None:
        """Note when the question was written down, and when the answer was begun: the steps end there."""

        def asked() -> None:
            if self._found_at is None:
                self._asked_at = host.stamp()

        def found() -> None:
            if self._found_at is None and self.answer.value():
                self._found_at = host.stamp()

        if self._view.open_case is None:
            self.form.field("detail").changed.connect(asked)
            if self.form.field("detail").value():
                asked()
        self.answer.changed.connect(found)

    def _open_bank(self) -> None:
        about = self._view.open_case.detail if self._view.open_case else self.form.field("detail").value()
        box = lists_boxes.AnswerBankBox(self._host, about, self._insert)
        box.rejected.connect(lambda: self.answer.text.insertPlainText(BANK_KEY))
        box.open()

    def _insert(self, faq: answer_bank.Faq, box: lists_boxes.AnswerBankBox) -> None:
        box.accept()
        self.answer.insert(faq)
        self.answer.setFocus()

    def _wanted(self, values: dict[str, Any]) -> commands.AnswerAtDesk:
        given = {name: value for name, value in values.items() if name not in ("excluded", "recipient")}
        case = self._view.open_case
        is_new = case is None
        asked = {name: self._typed[name] for name in ("service_id", "kind")} if is_new else {}
        return commands.AnswerAtDesk(
            visit_id=self._view.visit_id,
            another=is_new and bool(self._view.matters),
            faq_id=self.answer.faq_id,
            recipient=values.get("recipient", ""),
            asked_at=self._asked_at,
            found_at=self._found_at,
            seen=None if case is None else {"answer": case.answer},
            **asked,
            **given,
        )


def answer_at_once(host: PageHost, view: OpeningView, typed: Values, then: Callable[[Case], object]) -> None:
    """Open the box, or say why the visitor cannot be answered now."""
    case = view.open_case
    if case is not None and case.state is CaseState.ESCALATED:
        host.tell(_("Permohonan {number} masih di unit lain.").format(number=case.number))
    elif typed.get("about_id"):
        host.tell(_("Pengaduan tentang petugas dijawab kepala. Catat permohonannya dulu."))
    else:
        AnswerBox(host, view, typed, then).open()
