"""The office's clock: time with its zone, and the date."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from ult_desktop.base.formats import Style, format_clock, format_date
from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.label import Label

Now = Callable[[], datetime]
_TICK_MS = 1000


class Clock(QWidget):
    """Shows the time that `now` gives (aware, in the office's zone) and looks again each second.

    Args:
        theme: sizes of the gaps.
        now: the injected clock.
        time_size: text size of the time; the date is "small".
        date: "full", "medium", … or None for no date.
        tone: "header" for light text on the dark header, "" for ink.
    """

    def __init__(
        self,
        theme: Theme,
        now: Now,
        time_size: str = "title",
        date: Style | None = "full",
        tone: str = "header",
    ) -> None:
        super().__init__()
        self._now, self._style = now, date
        self.time_label = Label("", time_size, tone)
        self.time_label.setProperty("bold", True)
        self.date_label = Label("", "small", "header-soft" if tone == "header" else "soft")
        self._column = Column(theme, self, gap=2)
        self._column.addStretch()
        self._column.addWidget(self.time_label)
        self._column.addWidget(self.date_label)
        self._column.addStretch()
        self.date_label.setVisible(date is not None)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.tick()

    def align(self, where: Qt.AlignmentFlag) -> None:
        self.time_label.setAlignment(where)
        self.date_label.setAlignment(where)

    def give_place(self, sign: QWidget) -> None:
        """`sign` may stand where the date stands; whoever shows it hides the date."""
        self._column.insertWidget(self._column.count() - 1, sign, 0, Qt.AlignmentFlag.AlignRight)

    def tick(self) -> None:
        moment = self._now()
        self.time_label.setText(format_clock(moment))
        if self._style is not None:
            self.date_label.setText(format_date(moment, self._style))

    def stop(self) -> None:
        self._timer.stop()
