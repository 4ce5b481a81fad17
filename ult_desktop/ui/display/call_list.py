"""The last calls, newest on top."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.core.boards import Call
from ult_desktop.i18n import _
from ult_desktop.ui.display.call_card import CallCard
from ult_desktop.ui.display.call_chips import PER_PLACE, CallChips
from ult_desktop.ui.display.empty_calls import EmptyCalls
from ult_desktop.ui.display.fit_text import FitText
from ult_desktop.ui.theme import Theme
from ult_desktop.ui.widgets.pill import Pill

_CARD = 160
_GAP = 16
_TITLE = 44
_MOST_CARDS = 8


class CallList(QWidget):
    """As many large cards as there is room for; what does not fit is listed small below them.

    The places are set by hand: every card keeps its height, however many calls there are.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._calls: tuple[Call, ...] = ()
        self.title = FitText(theme, "small", 600, "ink-soft")
        self.empty = EmptyCalls(theme)
        self.cards = tuple(CallCard(theme) for _card in range(_MOST_CARDS))
        self.chips = CallChips(theme)
        self.notice = Pill(theme, "", "warn", "refresh-cw")
        for child in (self.title, self.empty, *self.cards, self.chips, self.notice):
            child.setParent(self)
        theme.changed.connect(self._arrange)
        self.notice.hide()
        self._arrange()

    @property
    def shown(self) -> tuple[str, ...]:
        """The numbers in the large cards, newest first."""
        return tuple(card.number.text() for card in self.cards if not card.isHidden())

    def show_calls(self, calls: Sequence[Call]) -> None:
        """`calls` newest first."""
        if tuple(calls) != self._calls:
            self._calls = tuple(calls)
            self._arrange()

    def show_notice(self, words: str) -> None:
        """A small word beside the title: why the list may be old."""
        self.notice.show_status(words, "warn", "refresh-cw")
        self._place_notice()

    def _places(self) -> list[QRect]:
        """Where cards can stand, from the top."""
        gap, top = self._theme.px(_GAP), self._theme.px(_TITLE + _GAP)
        room = self.height() - top + gap
        count = max(2, min(_MOST_CARDS, room // self._theme.px(_CARD + _GAP)))
        edges = [top + room * index // count for index in range(count + 1)]
        return [
            QRect(0, edges[index], self.width(), edges[index + 1] - edges[index] - gap)
            for index in range(count)
        ]

    def _arrange(self) -> None:
        places = self._places()
        large = self._large_cards(len(places))
        self.title.set_text(_("PANGGILAN TERAKHIR"))
        self.title.setGeometry(0, 0, self.width() // 2, self._theme.px(_TITLE))
        self.empty.retranslate()
        self.empty.setGeometry(places[0].united(places[-1]))
        self.empty.setVisible(not self._calls)
        for index, card in enumerate(self.cards):
            card.setVisible(index < large)
            if index < large:
                card.setGeometry(places[index])
                card.show_call(self._calls[index], newest=index == 0)
        small = len(places) - large if large < len(self._calls) else 0
        if small:
            self.chips.setGeometry(places[large].united(places[-1]))
        self.chips.show_calls(self._calls[large : large + small * PER_PLACE], small * PER_PLACE // 2)
        self._place_notice()

    def _large_cards(self, places: int) -> int:
        """All calls large, or else one place given up for four small ones, or two for eight."""
        if len(self._calls) <= places:
            return len(self._calls)
        return places - 1 if len(self._calls) < places + PER_PLACE or places < 4 else places - 2

    def _place_notice(self) -> None:
        self.notice.adjustSize()
        self.notice.move(self.width() - self.notice.width(), 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(2 * _CARD + _TITLE))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(800), self._theme.px(4 * (_CARD + _GAP) + _TITLE))
