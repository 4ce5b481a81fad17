"""The box before a service ends: what would stand open, what mends that, and one reason for the rest."""

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

_REASON_KEY = "A"


class Mending(NamedTuple):
    """An act that mends what is missing: its key, the words of its button, and their icon."""

    key: str
    words: str
    icon_name: str


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
        self._box = self._columns_box() if numbered else None
        if self._box is not None:
            self._layout.addWidget(self._box)

    def _columns_box(self) -> QWidget:
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


class ClosingBox(QFrame):
    """The box before a service ends.

    What would be written as a deviation is named with the keys of the acts that mend it; A gives the reason
    for all of it.

    Signals:
        wanted: the officer does something missing now (its name in `acts`).
        decided: end as chosen here (Enter).
    """

    wanted = Signal(str)
    decided = Signal()

    def __init__(self, theme: Theme, acts: Mapping[str, Mending]) -> None:
        super().__init__()
        self._theme = theme
        self._asks_reason = False
        self._acts = {act.key: name for name, act in acts.items()}
        self.setProperty("kind", "panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(self, Role.Grouping)
        self.title = widgets.Label("", "title", wrap=True)
        self.lacks = widgets.Label("", wrap=True)
        self.missing = {
            name: widgets.Button(theme, act.words, icon_name=act.icon_name) for name, act in acts.items()
        }
        self.explain = widgets.Button(theme, _("Beri alasan (A)"), icon_name="pen-line")
        self.reason = ReasonChoice(theme)
        self._mends = WrapRow(theme, gap=8)
        for name, button in self.missing.items():
            button.clicked.connect(lambda _checked=False, name=name: self.wanted.emit(name))
            self._mends.addWidget(button)
        self._mends.addWidget(self.explain)
        self.explain.clicked.connect(self._ask_reason)
        self.reason.chosen.connect(lambda: self._show_question(asks_reason=False))

    def _show_lacks(self, lacks: str, fine: str, *, may_explain: bool) -> None:
        """Tell what is missing, or that all is `fine`; `may_explain`: a reason can be given for it."""
        self.lacks.setText(lacks or fine)
        set_style_properties(self.lacks, tone="warn" if lacks else "ok")
        self.explain.setVisible(may_explain)
        if not may_explain:
            self.reason.begin()

    def _show_question(self, *, asks_reason: bool) -> None:
        """Ask for the reason, or what else there is to ask; the digits answer what is asked."""
        turned, self._asks_reason = asks_reason is not self._asks_reason, asks_reason
        self.reason.setVisible(asks_reason)
        self.title.setText(self._question())
        self.setAccessibleName(self.title.text())
        given = _("Alasan: {reason} (A)").format(reason=self.reason.reason)
        self.explain.setText(given if self.reason.reason and not asks_reason else _("Beri alasan (A)"))
        if turned:
            self.setFocus()

    @abstractmethod
    def _question(self) -> str:
        """Return the words of what is asked now."""

    def _ask_reason(self) -> None:
        """Ask for the reason; asked again, none is given."""
        if self._asks_reason:
            self.reason.begin()
        self._show_question(asks_reason=not self._asks_reason)

    def _choose(self, digit: int) -> None:
        """Choose the answer of this digit to what is asked."""
        if self._asks_reason:
            self.reason.choice.choose(digit)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text().upper()
        wanted = self._acts.get(typed, "")
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.decided.emit()
        elif typed.isdigit():
            self._choose(int(typed))
        elif typed == _REASON_KEY and self.explain.isVisible():
            self._ask_reason()
        elif wanted and self.missing[wanted].isVisible():
            self.wanted.emit(wanted)
        else:
            super().keyPressEvent(event)
