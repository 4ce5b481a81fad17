"""Which numbers the counters call next: the lobby sees how near it is."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ult_desktop.base import _
from ult_desktop.core.queue.boards import counter_name
from ult_desktop.core.queue.next_numbers import NextNumbers
from ult_desktop.ui.display import fit_text, panels
from ult_desktop.ui.kit import Column, Grid, Row, Theme

_MOST_ROWS, _ONE_COLUMN = 12, 6
_NAMED = 3  # counters in a row; the others are counted


class NextRow(panels.Backdrop):
    """One counter, or several that call the same numbers."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.counters = fit_text.FitText(theme, "strong", 700, rows=2).filling()
        self.numbers = fit_text.FitText(theme, "title", 800, "call-accent").aligned(fit_text.END).filling()
        row = Row(theme, self, 20, (28, 8, 28, 8))
        row.addWidget(self.counters, 5)
        row.addWidget(self.numbers, 7)

    def show_next(self, numbers: NextNumbers) -> None:
        self.counters.set_text(counters_words(numbers.counters))
        self.numbers.set_text("   ".join(numbers.labels))


def counters_words(counters: Sequence[tuple[int, str]]) -> str:
    names = [counter_name(*each) for each in counters[:_NAMED]]
    more = len(counters) - _NAMED
    return ", ".join(names) + (" " + _("({n} lagi)").format(n=more) if more > 0 else "")


class NextPanel(QWidget):
    """Up to six rows fill the height; more stand in two columns."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.title = fit_text.FitText(theme, "small", 600, "ink-soft")
        self.hint = fit_text.FitText(theme, "small", 500, "ink-soft", rows=2)
        self.rows = tuple(NextRow(theme) for _row in range(_MOST_ROWS))
        column = Column(theme, self, 14)
        column.addWidget(self.title)
        self._grid = Grid(theme, gap=12)
        column.addLayout(self._grid, 1)
        column.addWidget(self.hint)

    def show_next(self, numbers: Sequence[NextNumbers]) -> None:
        self.title.set_text(_("NOMOR BERIKUTNYA"))
        self.hint.set_text(_("Urutan dapat berubah."))
        columns = 1 if len(numbers) <= _ONE_COLUMN else 2
        for place, row in enumerate(self.rows):
            self._grid.removeWidget(row)
            row.setVisible(place < len(numbers))
            if place < len(numbers):
                row.show_next(numbers[place])
                self._grid.addWidget(row, *divmod(place, columns))
        for line in range(_MOST_ROWS):
            used = line < -(-len(numbers) // columns)
            self._grid.setRowStretch(line, 1 if used else 0)
        self._grid.setColumnStretch(1, columns - 1)
        self._grid.setColumnStretch(0, 1)
