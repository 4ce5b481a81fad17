"""The services with their queues: as many rows as there is room for, and pages when there are more."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.base import _, counted, language
from ult_desktop.core.queue.boards import ServiceQueue
from ult_desktop.core.queue.wait_range import wait_words
from ult_desktop.ui.display import fit_text, panels
from ult_desktop.ui.kit import Column, Row, Theme, typeset, widgets
from ult_desktop.ui.kit.accessible import Role, set_role


class ServiceLetter(QWidget):
    """The letter that a service's numbers begin with, on the tint it has at the kiosk."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._text, self._tint = "", "blue"
        set_role(self, Role.StaticText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_letter(self, text: str, tint: str) -> None:
        self._text, self._tint = text, tint
        self.setAccessibleName(text)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        side = self._theme.px(60)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(f"tint-{self._tint}"))
        box = QRectF(self.rect())
        painter.drawRoundedRect(box, box.width() / 4, box.width() / 4)
        ink = self._theme.color(f"tint-{self._tint}-ink")
        text = typeset.fitted(self._text, self._theme.font(38, 800), box.size() * 0.8, tight=True, floor=0.3)
        text.draw(painter, box, ink, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        painter.end()


class ServiceQueueRow(panels.Backdrop):
    """A line of the table: letter, name, how many wait and how long, how many counters are open."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.letter = ServiceLetter(theme)
        self.name = fit_text.FitText(theme, 40, 600, rows=2)
        self.waiting = fit_text.FitText(theme, 36, 600)
        self.counters = fit_text.FitText(theme, 36, 500, "ink-soft").aligned(fit_text.END)
        facts = Row(theme, gap=20)
        facts.addWidget(self.waiting, 4)
        facts.addWidget(self.counters, 3)
        words = Column(theme, gap=0)
        words.addStretch(1)
        words.addWidget(self.name)
        words.addLayout(facts)
        words.addStretch(1)
        row = Row(theme, self, 20, (20, 2, 24, 2))
        row.addWidget(self.letter)
        row.addLayout(words, 1)

    def show_line(self, line: ServiceQueue, index: int) -> None:
        self.letter.show_letter(line.service.prefix, widgets.tint_of(index))
        self.name.set_text(line.service.name.within(language()))
        self.waiting.set_text(waiting_words(line))
        self.counters.set_text(counters_words(line))
        self.counters.set_tone("ink-soft" if line.counters_open else "warn-soft-ink")


def waiting_words(line: ServiceQueue) -> str:
    if not line.available:
        return line.why
    waiting = _("{n} menunggu").format(n=line.waiting) if line.waiting else _("tidak ada antrean")
    return " · ".join(filter(None, (waiting, wait_words(line.wait))))


def counters_words(line: ServiceQueue) -> str:
    if not line.counters_open:
        return _("loket belum buka")
    return counted("{n} loket buka", line.counters_open)


_LOW, _HIGH = 136, 190
_GAP = 12
_MOST_ROWS = 12
PAGE_MS = 12_000


class ServiceTable(QWidget):
    """Turns its pages by itself; pages are of even length.

    Signals:
        turned: another page, or another number of pages, is shown.
    """

    turned = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: Sequence[ServiceQueue] = ()
        self._page = 0
        self.rows = tuple(ServiceQueueRow(theme) for _row in range(_MOST_ROWS))
        for row in self.rows:
            row.setParent(self)
        self._turn = QTimer(self, interval=PAGE_MS)
        self._turn.timeout.connect(self.turn_page)

    @property
    def pages(self) -> int:
        gap = self._theme.px(_GAP)
        fitting = (self.height() + gap) // (self._theme.px(_LOW) + gap)
        return max(1, -(-len(self._lines) // max(1, min(_MOST_ROWS, fitting))))

    @property
    def page(self) -> int:
        """From 1."""
        return self._page + 1

    def show_lines(self, lines: Sequence[ServiceQueue]) -> None:
        self._lines = lines
        self._arrange()

    def turn_page(self) -> None:
        if self.pages > 1:
            self._page = (self._page + 1) % self.pages
            self._arrange()

    def _arrange(self) -> None:
        self._page = min(self._page, self.pages - 1)
        count = max(1, -(-len(self._lines) // self.pages))
        gap = self._theme.px(_GAP)
        height = min(self._theme.px(_HIGH), (self.height() + gap) // count - gap)
        for place, row in enumerate(self.rows):
            index = self._page * count + place
            row.setVisible(place < count and index < len(self._lines))
            if not row.isHidden():
                row.setGeometry(0, place * (height + gap), self.width(), height)
                row.show_line(self._lines[index], index)
        self.turned.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._turn.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._turn.stop()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(_LOW))
