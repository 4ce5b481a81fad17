"""Earlier calls that are still open, small, two by two; and which calls stand large."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from ult_desktop.core.queue.boards import Call
from ult_desktop.ui.display.calls.call_words import counter_words
from ult_desktop.ui.display.fit_text import END, FitText
from ult_desktop.ui.display.panels import Backdrop, ToneIcon
from ult_desktop.ui.kit.layouts import Grid, Row
from ult_desktop.ui.kit.theme import Theme

PER_PLACE = 4
"""So many small ones take the place of a large one."""

_MOST_GIVEN_UP = 2


@dataclass(frozen=True)
class CallSplit:
    """Newest first in both; `places` is how many large places the small ones take."""

    large: tuple[Call, ...] = ()
    small: tuple[Call, ...] = ()
    places: int = 0


def split_calls(calls: Sequence[Call], still_open: Container[int], places: int) -> CallSplit:
    """The newest calls large; older ones small, but only those whose visitor is still expected.

    Args:
        calls: newest first.
        still_open: ids of the tickets that a counter has now.
        places: how many large ones there is room for.
    """
    split = CallSplit(tuple(calls[:places]))
    if not any(call.ticket_id in still_open for call in calls[places:]):
        return split
    for given_up in range(1, min(_MOST_GIVEN_UP, places // 2) + 1):
        small = [call for call in calls[places - given_up :] if call.ticket_id in still_open]
        split = CallSplit(tuple(calls[: places - given_up]), tuple(small[: given_up * PER_PLACE]), given_up)
        if len(small) <= given_up * PER_PLACE:
            break
    return split


MAX_CHIPS = 2 * PER_PLACE
_COLUMNS = 2


class CallChip(Backdrop):
    """One earlier call in a line; priority is marked as on the large cards."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.number = FitText(theme, "body", 800)
        self.priority = ToneIcon(theme, "accessibility", "priority", 36)
        self.counter = FitText(theme, "small", 700, "call-accent").aligned(END)
        row = Row(theme, self, 12, (24, 4, 24, 4))
        row.addWidget(self.number, 3)
        row.addWidget(self.priority)
        row.addWidget(self.counter, 2)

    def show_call(self, call: Call) -> None:
        self.number.set_text(call.label)
        self.number.set_tone("priority" if call.priority else "ink")
        self.priority.setVisible(call.priority)
        self.counter.set_text(counter_words(call))


class CallChips(QWidget):
    """The chips of as many calls as it is given, up to eight; hidden while there are none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.chips = tuple(CallChip(theme) for _chip in range(MAX_CHIPS))
        self._grid = Grid(theme, self, 12)
        for index, chip in enumerate(self.chips):
            self._grid.addWidget(chip, index // _COLUMNS, index % _COLUMNS)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)

    def show_calls(self, calls: Sequence[Call], lines: int) -> None:
        """`lines` keeps the height of a chip, however few there are."""
        self.setVisible(bool(calls))
        for line in range(MAX_CHIPS // _COLUMNS):
            self._grid.setRowStretch(line, 1 if line < lines else 0)
        for index, chip in enumerate(self.chips):
            chip.setVisible(index < len(calls))
            if index < len(calls):
                chip.show_call(calls[index])
