"""The box before a service ends: what is missing, the acts that make up for it, the reason for the rest."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.fields import LINE
from ult_desktop.ui.kit import Column, Row, Theme, set_style_properties, widgets
from ult_desktop.ui.kit.accessible import Role, set_role
from ult_desktop.ui.kit.forms.choice_fields import Option, OptionsBox
from ult_desktop.ui.kit.layouts import WrapRow

_REASON_KEY = "A"  # the words of `explain_button` name it too


class Mending(NamedTuple):
    """An act that makes up for something missing: its key, the words of its button, and their icon."""

    key: str
    words: str
    icon_name: str


class NumberedChoice(QFrame):
    """A question whose answers the officer chooses by digits. 0 chooses `zero_words`, whose answer is "".

    Signals:
        answered: the officer chose an answer by its digit or a click ("" for 0).
    """

    answered = Signal(str)

    def __init__(self, theme: Theme, question: str, zero_words: str) -> None:
        super().__init__()
        self._theme, self._question, self._zero_words = theme, question, zero_words
        self._columns: tuple[tuple[str, tuple[str, ...]], ...] = ()
        self._group = QButtonGroup(self)
        self._box: QWidget | None = None
        self._layout = Column(theme, self)
        self.options: list[Option] = []  # by digit from 1; that of 0 is the last
        self._answers: list[str] = []  # of the options, in their order

    def offer(self, *columns: tuple[str, tuple[str, ...]]) -> None:
        """Offer these answers, each column under its heading. Without any answer not even 0 is offered.

        If the same answers are offered already, the choice stays.
        """
        filled = tuple((heading, texts) for heading, texts in columns if texts)
        if filled == self._columns:
            return
        if self._box is not None:
            self._box.deleteLater()
            self._box = None
        self._columns, self.options, self._answers = filled, [], []
        if not filled:
            return
        self._box = QWidget()
        row = Row(self._theme, self._box, gap=16)
        for number, (heading, texts) in enumerate(filled, 1):
            options = [
                self._add_option(f"{digit}  {text}", text)
                for digit, text in enumerate(texts, len(self.options) + 1)
            ]
            if number == len(filled):
                options.append(self._add_option(f"0  {self._zero_words}", ""))
            column = Column(self._theme, gap=0)
            if heading:
                column.addWidget(widgets.Label(heading, "small", "soft"))
            label = ": ".join(filter(None, (self._question, heading)))
            column.addWidget(OptionsBox(self._theme, options, label))
            column.addStretch()
            row.addLayout(column, 1)
        self._layout.addWidget(self._box)

    def _add_option(self, words: str, answer: str) -> Option:
        option = Option(words)
        option.clicked.connect(lambda: self.answered.emit(answer))
        self._group.addButton(option)
        self.options.append(option)
        self._answers.append(answer)
        return option

    def choose(self, digit: int) -> None:
        """Choose the answer of this digit, if there is one."""
        if digit < len(self.options):
            self.options[digit - 1].click()  # for 0 this is the last one

    def choose_none(self) -> None:
        self._group.setExclusive(False)  # an exclusive group keeps one button checked
        for option in self.options:
            option.setChecked(False)
        self._group.setExclusive(True)

    @property
    def chosen_answer(self) -> str:
        """The chosen answer; "" for 0, and while none is chosen."""
        answers = zip(self._answers, self.options, strict=True)
        return next((answer for answer, option in answers if option.isChecked()), "")


class ReasonChoice(QFrame):
    """The choice of why something was left out: a reason of the office's list, or the officer's own words.

    Signals:
        chosen: the officer chose a reason of the list.
    """

    chosen = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.reason = ""
        self.choice = NumberedChoice(theme, _("Alasan"), _("Dengan kata sendiri"))
        self.choice.answered.connect(self._on_answered)
        self.words = QLineEdit()
        self.words.setMaxLength(LINE)
        self.words.setAccessibleName(_("Alasan dengan kata sendiri"))
        self.words.setPlaceholderText(_("Alasan dengan kata sendiri"))
        self.words.textChanged.connect(self._on_typed)
        column = Column(theme, self, gap=6)
        column.addWidget(self.choice)
        column.addWidget(self.words)

    def begin(self) -> None:
        """Begin without a reason."""
        self.reason = ""
        self.choice.choose_none()
        self.words.clear()
        self.words.hide()

    def _on_answered(self, listed_reason: str) -> None:
        self.reason = listed_reason or self.words.text().strip()
        self.words.setVisible(not listed_reason)
        if listed_reason:
            self.chosen.emit()
        else:
            self.words.setFocus()

    def _on_typed(self, words: str) -> None:
        self.reason = words.strip()


class ClosingBox(QFrame):
    """The box before a service ends.

    It names what the office would record as a deviation. Each of `acts` makes up for something, and has a
    button with a key. Its name is `mended_by` of the deviations that it mends. The key A asks for one reason
    for everything that stays missing. A subclass lays out the parts and has a question of its own.

    Signals:
        mending_wanted: the officer wants to do now what is missing (the name of the act in `acts`).
        decided: the officer ends the service as chosen here (Enter).
    """

    mending_wanted = Signal(str)
    decided = Signal()

    def __init__(self, theme: Theme, acts: Mapping[str, Mending]) -> None:
        super().__init__()
        self._theme = theme
        self._asks_reason = False
        self._act_by_key = {act.key: name for name, act in acts.items()}
        self.setProperty("kind", "panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(self, Role.Grouping)
        self.title = widgets.Label("", "title", wrap=True)
        self.lacks_label = widgets.Label("", wrap=True)
        self.mend_buttons = {
            name: widgets.Button(theme, act.words, icon_name=act.icon_name) for name, act in acts.items()
        }
        self.explain_button = widgets.Button(theme, _("Beri alasan (A)"), icon_name="pen-line")
        self.reason = ReasonChoice(theme)
        self._acts_row = WrapRow(theme, gap=8)
        for name, button in self.mend_buttons.items():
            button.clicked.connect(lambda _checked=False, name=name: self.mending_wanted.emit(name))
            self._acts_row.addWidget(button)
        self._acts_row.addWidget(self.explain_button)
        self.explain_button.clicked.connect(self._toggle_reason)
        self.reason.chosen.connect(lambda: self._show_question(asks_reason=False))

    def _show_lacks(self, lacks: str, no_lacks: str, *, may_explain: bool) -> None:
        """Show what is missing, else the words `no_lacks`. `may_explain`: the officer may give a reason."""
        self.lacks_label.setText(lacks or no_lacks)
        set_style_properties(self.lacks_label, tone="warn" if lacks else "ok")
        self.explain_button.setVisible(may_explain)
        if not may_explain:
            self.reason.begin()

    def _show_question(self, *, asks_reason: bool) -> None:
        """Ask for the reason, or the box's own question. Digits answer the one that is asked."""
        is_other_question = asks_reason is not self._asks_reason
        self._asks_reason = asks_reason
        self.reason.setVisible(asks_reason)
        self.title.setText(self._question())
        self.setAccessibleName(self.title.text())
        if self.reason.reason and not asks_reason:
            self.explain_button.setText(_("Alasan: {reason} (A)").format(reason=self.reason.reason))
        else:
            self.explain_button.setText(_("Beri alasan (A)"))
        if is_other_question:
            self.setFocus()

    @abstractmethod
    def _question(self) -> str:
        """Return the words of the question that is asked now."""

    def _toggle_reason(self) -> None:
        """Ask for the reason; while it is asked, go back without one."""
        if self._asks_reason:
            self.reason.begin()
        self._show_question(asks_reason=not self._asks_reason)

    def _choose(self, digit: int) -> None:
        """Choose the reason of this digit, if it is asked; a subclass adds the answers to its question."""
        if self._asks_reason:
            self.reason.choice.choose(digit)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text().upper()
        act = self._act_by_key.get(typed, "")
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.decided.emit()
        elif typed.isdecimal():
            self._choose(int(typed))
        elif typed == _REASON_KEY and self.explain_button.isVisible():
            self._toggle_reason()
        elif act and self.mend_buttons[act].isVisible():
            self.mending_wanted.emit(act)
        else:
            super().keyPressEvent(event)
