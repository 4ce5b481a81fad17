"""The panels of the page Survei: index, period, suggestions (whose and when is not known here)."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from ult_desktop.base import _
from ult_desktop.core.figures.period import Period, Span, period_of
from ult_desktop.core.survey.index import SURVEY_SPANS
from ult_desktop.operations.survey.board import SurveyBoard
from ult_desktop.ui.counter.survey.survey_words import facts_of, index_words, why_withheld
from ult_desktop.ui.kit import Column, Row, Theme, panels, set_style_properties, widgets
from ult_desktop.ui.kit.detail import Facts


class IndexCard(QFrame):
    """The card of the index: Nilai IKM, mutu, respondents against the sample."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.value = widgets.Label("–", "number", "primary")
        self.grade = widgets.Label("", "strong", wrap=True)
        self.withheld = widgets.Label("", "small", "soft", wrap=True)
        self.facts = Facts(theme)
        left = Column(theme, gap=4)
        left.addWidget(widgets.Label(_("Nilai IKM"), "small", "soft"))
        for label in (self.value, self.grade, self.withheld):
            left.addWidget(label)
        left.addStretch(1)
        row = Row(theme, self, gap=24, margins=(24, 16, 24, 16))
        row.addLayout(left, 2)
        row.addWidget(self.facts, 3, Qt.AlignmentFlag.AlignTop)

    def show_board(self, board: SurveyBoard) -> None:
        value, grade, tone = index_words(board)
        self.value.setText(value)
        self.grade.setText(grade)
        set_style_properties(self.grade, tone=tone)
        why = why_withheld(board)
        self.withheld.setText(why)
        self.withheld.setVisible(bool(why))
        self.facts.show_facts(facts_of(board))


class PeriodBar(QWidget):
    """The bar that chooses the period. It begins with the present month.

    Signals:
        changed: another period was chosen.
        range_wanted: from which day to which is to be asked.
    """

    changed = Signal()
    range_wanted = Signal()

    def __init__(self, theme: Theme, today: date, spans: Sequence[Span] = SURVEY_SPANS) -> None:
        super().__init__()
        self._today = today
        self.period = period_of(today, Span.MONTH)
        self.spans = {span: self._span(theme, span) for span in spans}
        self.before = self._step(theme, "chevron-left", _("Periode sebelumnya"), -1)
        self.after = self._step(theme, "chevron-right", _("Periode berikutnya"), 1)
        self.words = widgets.Label("", "strong")
        row = Row(theme, self, gap=8)
        for button in self.spans.values():
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.before)
        row.addWidget(self.words)
        row.addWidget(self.after)
        self._show()

    def go(self, steps: int) -> None:
        """To a neighbour; nothing lies in the future."""
        wanted = self.period.moved(steps)
        if wanted.first <= self._today:
            self.choose(wanted)

    def choose(self, period: Period) -> None:
        self.period = period
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.words.setText(self.period.words)
        self.after.setEnabled(self.period.moved(1).first <= self._today)
        for span, button in self.spans.items():
            button.setChecked(span is self.period.span)

    def _span(self, theme: Theme, span: Span) -> widgets.Button:
        button = widgets.Button(theme, span.word)
        button.setCheckable(True)
        button.clicked.connect(partial(self._take, span))
        return button

    def _take(self, span: Span) -> None:
        if span is Span.RANGE:
            self._show()  # until it is known, the period is the one from before
            self.range_wanted.emit()
        else:
            self.choose(period_of(min(self.period.last, self._today), span))

    def _step(self, theme: Theme, icon: str, name: str, steps: int) -> widgets.Button:
        button = widgets.Button(theme, icon_name=icon)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(lambda: self.go(steps))
        return button


class Suggestions(panels.Section):
    """The list of every suggestion, to be read and copied."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Saran dan masukan"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # what is left over
        self.text.setMinimumHeight(theme.px(96))
        self.text.setAccessibleName(_("Saran dan masukan"))
        self.text.setPlaceholderText(_("Belum ada saran untuk ditampilkan."))
        self.body.addWidget(self.text, 1)

    def show_texts(self, texts: Sequence[str]) -> None:
        words = "\n\n".join(f"• {text}" for text in texts)
        if words != self.text.toPlainText():
            self.text.setPlainText(words)
