"""The page that takes the place of the services while nobody is called: the hours of the week."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ult_desktop.base import _
from ult_desktop.ui.display import fit_text, panels
from ult_desktop.ui.kit import Column, Row, Theme

_MOST_ROWS = 7  # the days of a week
_MOST_HIGH = 220  # base pixels: a higher row would look empty


class HoursRow(panels.Backdrop):
    """Days that have the same hours, and these."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.days = fit_text.FitText(theme, "strong", 700, rows=2).filling()
        self.hours = fit_text.FitText(theme, "strong", 600, "call-accent", rows=2).filling()
        row = Row(theme, self, 20, (28, 4, 28, 4))
        row.addWidget(self.days, 1)
        row.addWidget(self.hours.aligned(fit_text.END), 1)


class HoursPanel(QWidget):
    """The hours of the next seven days, and the office's telephone."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.title = fit_text.FitText(theme, 72, 800)
        self.phone = fit_text.FitText(theme, "strong", 600, rows=2)
        self.rows = tuple(HoursRow(theme) for _row in range(_MOST_ROWS))
        column = Column(theme, self, 14)
        column.addWidget(self.title)
        for row in self.rows:
            column.addWidget(row, 1)
        column.addWidget(self.phone)
        column.addStretch()
        theme.changed.connect(self._limit)
        self._limit()

    def _limit(self) -> None:
        for row in self.rows:
            row.setMaximumHeight(self._theme.px(_MOST_HIGH))

    def show_hours(self, week: Sequence[tuple[str, str]], phone: str) -> None:
        """Show `week`, rows of days and hours; `phone` is the office's telephone in words, or ""."""
        self.title.set_text(_("Jam layanan"))
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(week))
            if place < len(week):
                row.days.set_text(week[place][0])
                row.hours.set_text(week[place][1])
        self.phone.set_text(phone)
        self.phone.setVisible(bool(phone))
