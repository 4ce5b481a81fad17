"""The last calls, newest on top."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.core.queue.boards import Call
from ult_desktop.ui.display.calls.call_card import CallCard
from ult_desktop.ui.display.calls.call_chips import PER_PLACE, CallChips, split_calls
from ult_desktop.ui.display.fit_text import FitText
from ult_desktop.ui.display.panels import NoticePanel
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.pill import Pill

_CARD = 160
_GAP = 16
_TITLE = 44
_MOST_CARDS = 8
_LEAST_FREE = 2  # places; one alone is a margin


class CallList(QWidget):
    """As many large cards as there is room for; visitors still expected who do not fit stand small below.

    The places are set by hand: every card keeps its height, however many calls there are.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._calls: tuple[Call, ...] = ()
        self._open: frozenset[int] = frozenset()
        self.title = FitText(theme, "small", 600, "ink-soft")
        self.empty = NoticePanel(theme, "armchair")
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

    def show_calls(self, calls: Sequence[Call], still_open: Collection[int] = ()) -> None:
        """`calls` newest first; `still_open` are the tickets (ids) that a counter has now."""
        news = (tuple(calls), frozenset(still_open))
        if news != (self._calls, self._open):
            self._calls, self._open = news
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
        split = split_calls(self._calls, self._open, len(places))
        self.title.set_text(_("PANGGILAN TERAKHIR"))
        self.title.setGeometry(0, 0, self.width() // 2, self._theme.px(_TITLE))
        self._fill(places[len(split.large) : len(places) - split.places])
        for index, card in enumerate(self.cards):
            card.setVisible(index < len(split.large))
            if index < len(split.large):
                card.setGeometry(places[index])
                self._show_on(card, split.large[index], newest=index == 0)
        if split.places:
            self.chips.setGeometry(places[-split.places].united(places[-1]))
        self.chips.show_calls(split.small, split.places * PER_PLACE // 2)
        self._place_notice()

    def _fill(self, free: list[QRect]) -> None:
        """What is left below the cards is no hole: it tells who waits what to do."""
        self.empty.setVisible(len(free) >= _LEAST_FREE)
        if not self.empty.isHidden():
            self.empty.setGeometry(free[0].united(free[-1]))
        if self._calls:
            self.empty.say(_("Silakan duduk"), _("Nomor yang dipanggil tampil di sini dan diumumkan."))
        else:
            self.empty.say(
                _("Belum ada nomor yang dipanggil"),
                _("Silakan duduk. Nomor yang dipanggil tampil di sini dan diumumkan."),
            )

    def _show_on(self, card: CallCard, call: Call, *, newest: bool) -> None:
        card.show_call(call, called_now=newest and call.ticket_id in self._open)

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
