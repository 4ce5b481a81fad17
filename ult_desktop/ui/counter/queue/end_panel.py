"""The panel that asks how a visit ends, and says what would stand open of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.accountability.causes import headline, time_words, without_finding
from ult_desktop.core.accountability.deviations import DeviationKind, Lack
from ult_desktop.core.fields import LINE
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import Leaving
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.ui.counter.actions import reasons
from ult_desktop.ui.counter.actions.reasons import Situation
from ult_desktop.ui.kit import Column, Row, Theme, set_style_properties, widgets
from ult_desktop.ui.kit.accessible import Role, set_role
from ult_desktop.ui.kit.forms.choice_fields import Option, OptionsBox, Tick
from ult_desktop.ui.kit.layouts import WrapRow

_STAYS_KEY, _REASON_KEY = "G", "A"
_KEYS = {"J": "answer", "B": "guest", "I": "identity", "T": "letter", "S": "survey", "K": "card_back"}


class NumberedChoice(QFrame):
    """A question whose answers are chosen by their digits, and 0 for the last one.

    Signals:
        answered: an answer is chosen by its digit or a click ("" for the last one).
    """

    answered = Signal(str)

    def __init__(self, theme: Theme, question: str, last: str) -> None:
        super().__init__()
        self._theme, self._question, self._last = theme, question, last
        self._columns: tuple[tuple[str, tuple[str, ...]], ...] = ()
        self._texts: tuple[str, ...] = ()
        self._group = QButtonGroup(self)
        self._box: QWidget | None = None
        self._layout = Column(theme, self)
        self.options: list[Option] = []

    def offer(self, *columns: tuple[str, tuple[str, ...]]) -> None:
        """Offer these answers, each column under its heading; without any, nothing is asked.

        What is offered already keeps its choice.
        """
        filled = tuple(column for column in columns if column[1])
        if filled == self._columns:
            return
        if self._box is not None:
            self._box.deleteLater()
        self._columns, self._texts = filled, tuple(text for _heading, texts in filled for text in texts)
        numbered = [f"{number}  {text}" for number, text in enumerate(self._texts, 1)]
        self.options = [Option(text) for text in [*numbered, f"0  {self._last}"]] if numbered else []
        for option, text in zip(self.options, (*self._texts, ""), strict=False):
            self._group.addButton(option)
            option.clicked.connect(lambda _checked=False, text=text: self.answered.emit(text))
        self._box = self._made() if numbered else None
        if self._box is not None:
            self._layout.addWidget(self._box)

    def _made(self) -> QWidget:
        """Return the options in their columns; "0" is below those of the last one."""
        box, left = QWidget(), list(self.options)
        row = Row(self._theme, box, gap=16)
        for place, (heading, texts) in enumerate(self._columns, 1):
            count = len(texts) if place < len(self._columns) else len(left)
            column = Column(self._theme, gap=0)
            if heading:
                column.addWidget(widgets.Label(heading, "small", "soft"))
            label = ": ".join(filter(None, (self._question, heading)))
            column.addWidget(OptionsBox(self._theme, left[:count], label))
            column.addStretch()
            row.addLayout(column, 1)
            del left[:count]
        return box

    def choose(self, digit: int) -> None:
        """Choose the answer of this digit, if there is one."""
        if digit < len(self.options):
            self.options[digit - 1].click()

    def choose_none(self) -> None:
        self._group.setExclusive(False)
        for option in self.options:
            option.setChecked(False)
        self._group.setExclusive(True)

    @property
    def chosen(self) -> str:
        """The chosen answer; "" for the last one."""
        checked = (text for text, each in zip(self._texts, self.options, strict=False) if each.isChecked())
        return next(checked, "")


class ReasonChoice(QFrame):
    """The choice of why something was left out: a reason of the office's list, or the officer's own words.

    Signals:
        chosen: a reason of the list is chosen.
    """

    chosen = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.reason = ""
        self.choice = NumberedChoice(theme, _("Alasan"), _("Dengan kata sendiri"))
        self.choice.answered.connect(self._take)
        self.words = QLineEdit()
        self.words.setMaxLength(LINE)
        self.words.setAccessibleName(_("Alasan dengan kata sendiri"))
        self.words.setPlaceholderText(_("Alasan dengan kata sendiri"))
        self.words.textChanged.connect(self._write)
        column = Column(theme, self, gap=6)
        column.addWidget(self.choice)
        column.addWidget(self.words)

    def begin(self) -> None:
        """Begin without a reason."""
        self.reason = ""
        self.choice.choose_none()
        self.words.clear()
        self.words.hide()

    def _take(self, reason: str) -> None:
        self.reason = reason or self.words.text().strip()
        self.words.setVisible(not reason)
        if reason:
            self.chosen.emit()
        else:
            self.words.setFocus()

    def _write(self, words: str) -> None:
        self.reason = words.strip()


class EndPanel(QFrame):
    """The panel that asks how the visit ends. The first F9 shows it, the second finishes as chosen here.

    The first outcome of the office's list is preset; a digit chooses another, 0 none. What would be written
    as a deviation is named with the key of the act that mends it; A gives the reason for all of it.

    Signals:
        wanted: the officer does something missing now ("answer", "guest", "identity", "letter", "survey" or
            "card_back").
        decided: finish as chosen (Enter).
        left: do not finish yet (Esc).
    """

    wanted = Signal(str)
    decided = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._counter, self._subject, self._label = 0, -1, ""
        self._asks_reason = False
        self._leaving, self._given = Leaving(), tuple[str, ...]()
        self.setProperty("kind", "panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(self, Role.Grouping)
        self.title = widgets.Label("", "title", wrap=True)
        self.result = widgets.Label("", "body", "soft", wrap=True)
        self.outcome = NumberedChoice(theme, _("Hasil layanan"), _("Tidak dicatat"))
        self.lacks = widgets.Label("", wrap=True)
        self.missing = {
            "answer": widgets.Button(theme, _("Jawab dan tutup permohonan (J)"), icon_name="message-circle"),
            "guest": widgets.Button(theme, _("Isi buku tamu (B)"), icon_name="book-open"),
            "identity": widgets.Button(theme, _("Verifikasi identitas (I)"), icon_name="badge-check"),
            "letter": widgets.Button(theme, _("Catat surat tamu (T)"), icon_name="file-text"),
            "survey": widgets.Button(theme, _("Tawarkan survei (S)"), icon_name="message-circle"),
            "card_back": widgets.Button(theme, _("Kembalikan kartu (K)"), icon_name="id-card"),
        }
        self.explain = widgets.Button(theme, _("Beri alasan (A)"), icon_name="pen-line")
        self.reason = ReasonChoice(theme)
        self.stays = Tick(_("Masih di gedung, misalnya mengisi survei di kios (G)"))
        self.goes_on = widgets.Label("", "body", "soft", wrap=True)
        self.back = widgets.Button(theme, _("Kembali (Esc)"), "quiet")
        self.back.clicked.connect(self.left)
        self._lay_out()

    def _lay_out(self) -> None:
        head = Row(self._theme, gap=12)
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        column = Column(self._theme, self, gap=10, margins=(24, 12, 16, 12))
        column.addLayout(head)
        column.addWidget(self.result)
        column.addWidget(self.outcome)
        column.addWidget(self.reason)
        column.addWidget(self.lacks)
        row = WrapRow(self._theme, gap=8)
        for name, button in self.missing.items():
            button.clicked.connect(lambda _checked=False, name=name: self.wanted.emit(name))
            row.addWidget(button)
        row.addWidget(self.explain)
        column.addLayout(row)
        self._stays_box = OptionsBox(self._theme, (self.stays,))
        column.addWidget(self._stays_box)
        column.addWidget(self.goes_on)
        column.addStretch()
        self.outcome.answered.connect(self._show_missing)
        self.explain.clicked.connect(self._ask_reason)
        self.reason.chosen.connect(lambda: self._show_question(asks_reason=False))

    def show_situation(self, s: Situation) -> None:
        """Show what is known of the served visitor. The choices stay while it is the same visitor."""
        if s.current is None:
            return
        leaving = s.board.leaving or Leaving()
        calling = s.board.calling
        self._counter, self._leaving, self._given = s.counter, leaving, calling.given
        wanting = tuple(each for each in calling.every_outcome if each not in calling.given)
        without_case = (_("Selesai tanpa permohonan"), calling.given), (_("Perlu permohonan"), wanting)
        self.outcome.offer(*(() if leaving.case else without_case))
        self.reason.choice.offer(("", calling.reasons))
        if s.current.id != self._subject:
            self._begin(s.current, leaving)
        self.result.setText(_("Hasilnya tercatat di permohonan {number}.").format(number=leaving.case))
        self.result.setVisible(bool(leaving.case))
        self._show_missing()
        self._show_question(asks_reason=self._asks_reason and bool(self._lacks))
        unanswered = leaving.open_cases or not leaving.case
        self.missing["answer"].setVisible(bool(unanswered) and reasons.answer(s) == "")
        kept = _what_keeps(leaving)
        self.goes_on.setText(kept)
        self.goes_on.setVisible(bool(kept))
        for each in (self.stays, self._stays_box):
            each.setVisible(not leaving.open_cases)

    @property
    def _lacks(self) -> tuple[Lack, ...]:
        """What would be written with the chosen outcome."""
        given = self.outcome.chosen in self._given
        return self._leaving.lacks_given if given else self._leaving.lacks

    def _begin(self, ticket: Ticket, leaving: Leaving) -> None:
        self._subject, self._label, self._asks_reason = ticket.id, ticket.label, False
        self.stays.setChecked(bool(leaving.awaited))
        self.outcome.choose(1)
        self.reason.begin()

    def _show_question(self, *, asks_reason: bool) -> None:
        """Ask for the reason or for the outcome; the digits answer what is asked."""
        turned, self._asks_reason = asks_reason is not self._asks_reason, asks_reason
        self.outcome.setVisible(bool(self.outcome.options) and not asks_reason)
        self.reason.setVisible(asks_reason)
        asked = _("Hasil untuk {label} (tekan angkanya)") if self.outcome.options else _("{label} selesai")
        if asks_reason:
            asked = _("Mengapa ada yang terlewat pada {label}? (tekan angkanya)")
        self.title.setText(asked.format(label=self._label))
        self.setAccessibleName(self.title.text())
        given = _("Alasan: {reason} (A)").format(reason=self.reason.reason)
        self.explain.setText(given if self.reason.reason and not asks_reason else _("Beri alasan (A)"))
        if turned:
            self.setFocus()

    def _show_missing(self) -> None:
        leaving, lacks = self._leaving, self._lacks
        mended = {each.mended_by for each in lacks}
        self.missing["guest"].setVisible(not leaving.guest_book)
        for act in ("identity", "letter"):
            self.missing[act].setVisible(act in mended)
        self.missing["survey"].setVisible(not leaving.survey)
        self.missing["card_back"].setVisible(bool(leaving.cards))
        told = _what_lacks(leaving, lacks)
        self.lacks.setText(told or _("Semua tercatat dan survei sudah ditawarkan."))
        set_style_properties(self.lacks, tone="warn" if told else "ok")
        self.explain.setVisible(bool(lacks))
        if not lacks:
            self.reason.begin()

    def _ask_reason(self) -> None:
        """Ask for the reason; asked again, none is given."""
        if self._asks_reason:
            self.reason.begin()
        self._show_question(asks_reason=not self._asks_reason)

    def command(self) -> commands.Finish:
        """Return the end as chosen now."""
        return commands.Finish(
            counter=self._counter,
            outcome=self.outcome.chosen,
            leaves=not self.stays.isChecked(),
            reason=self.reason.reason,
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text().upper()
        wanted = _KEYS.get(typed, "")
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.decided.emit()
        elif typed.isdigit():
            (self.reason.choice if self._asks_reason else self.outcome).choose(int(typed))
        elif typed == _STAYS_KEY and self.stays.isVisible():
            self.stays.toggle()
        elif typed == _REASON_KEY and self.explain.isVisible():
            self._ask_reason()
        elif wanted and self.missing[wanted].isVisible():
            self.wanted.emit(wanted)
        else:
            super().keyPressEvent(event)


def _what_lacks(leaving: Leaving, lacks: Sequence[Lack]) -> str:
    """Return what is missing before the visitor goes, and what of it would be written; "" for nothing."""
    held = _("Kartu identitas masih dipegang: {cards}.").format(cards=leaving.cards)
    guests = leaving.guest_book or any(each.mended_by == "guest" for each in lacks)
    written = _("Akan tercatat sebagai penyimpangan: {lacks}.").format(
        lacks="; ".join(map(_lack_words, lacks))
    )
    sentences = (
        "" if guests else _("Buku tamu belum diisi."),
        "" if leaving.survey else _("Survei belum ditawarkan."),
        held if leaving.cards else "",
    )
    told = " ".join(filter(None, sentences))
    return "\n".join(filter(None, (written if lacks else "", told)))


def _lack_words(lack: Lack) -> str:
    named = headline if lack.kind is DeviationKind.EQUIPMENT else without_finding
    return " · ".join(filter(None, (named(lack), time_words(lack))))


def _what_keeps(leaving: Leaving) -> str:
    """Return why the visit goes on after the number is finished; "" when it ends."""
    if leaving.open_cases:
        words = _("Permohonan {numbers} masih terbuka: kunjungan tetap berjalan.")
        return words.format(numbers=", ".join(leaving.open_cases))
    if leaving.awaited:
        words = _("Berikutnya {step}: kunjungan berjalan selama tamu masih di gedung.")
        return words.format(step=leaving.awaited)
    return ""
