"""Which period is looked at: month, quarter or year, and its neighbours."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ult_desktop.base.i18n import _
from ult_desktop.core.survey.period import Period, Span, period_of
from ult_desktop.ui.counter.survey.survey_words import period_words, span_word
from ult_desktop.ui.kit.layouts import Row
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.label import Label


class PeriodBar(QWidget):
    """Begins with the present month.

    Signals:
        changed: another period was chosen.
    """

    changed = Signal()

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__()
        self._today = today
        self.period = period_of(today, Span.MONTH)
        self.spans = {span: self._span(theme, span) for span in Span}
        self.before = self._step(theme, "chevron-left", _("Periode sebelumnya"), -1)
        self.after = self._step(theme, "chevron-right", _("Periode berikutnya"), 1)
        self.words = Label("", "strong")
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
            self._choose(wanted)

    def _choose(self, period: Period) -> None:
        self.period = period
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.words.setText(period_words(self.period))
        self.after.setEnabled(self.period.moved(1).first <= self._today)
        for span, button in self.spans.items():
            button.setChecked(span is self.period.span)

    def _span(self, theme: Theme, span: Span) -> Button:
        button = Button(theme, span_word(span))
        button.setCheckable(True)
        button.clicked.connect(lambda: self._choose(period_of(min(self.period.last, self._today), span)))
        return button

    def _step(self, theme: Theme, icon: str, name: str, steps: int) -> Button:
        button = Button(theme, icon_name=icon)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(lambda: self.go(steps))
        return button
