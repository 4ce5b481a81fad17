"""The last calls, newest on top."""

from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.queue.boards import Call
from ult_desktop.ui.display import panels
from ult_desktop.ui.display.words import StateWords, counter_by_number, second_words, sign_words
from ult_desktop.ui.kit import Column, Grid, Row, Theme, widgets
from ult_desktop.ui.kit.widgets.painting import diagonal_gradient


class CallCard(QFrame):
    """A row of the list.

    The present call looks different from the others; priority shows by icon and word.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._call: Call | None = None
        self.called_now = False
        self.number = panels.FitText(theme, "list-number", 800, tight=True)
        self.priority = widgets.Pill(theme, "", "priority", "accessibility")
        self.counter = panels.FitText(theme, "heading", 800, "call-accent", tight=True)
        self.service = panels.FitText(theme, "small", 500, "ink-soft", rows=3)
        row = Row(theme, self, 24, (28, 12, 20, 12))
        for share, column in ((9, (self.number, self.priority)), (11, (self.counter, self.service))):
            words = Column(theme, gap=14)
            words.addStretch(1)
            for part in column:
                words.addWidget(part)
            words.addStretch(1)
            row.addLayout(words, share)
        theme.changed.connect(self.update)

    def show_call(self, call: Call, *, called_now: bool) -> None:
        self._call, self.called_now = call, called_now
        self.number.set_text(call.label)
        self.priority.show_status(_("Prioritas") if call.priority else "", "priority", "accessibility")
        self.counter.set_text(sign_words(call), counter_by_number(call))
        self.service.set_tone("call-ink" if called_now else "ink-soft")
        self._show_service(call)
        self.update()

    def _show_service(self, call: Call) -> None:
        """Show the service's name if it fits as a whole and leaves the counter its room, else hide it.

        A visitor who hears their number gains nothing from tiny letters or half a name.
        """
        for words in (second_words(call), second_words(call, service=False)):
            self.service.set_text(words)
            self.service.setVisible(bool(words))
            layout = self.layout()
            if layout is not None:
                layout.activate()
            if self.service.fits() and self.counter.fits():
                break

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._call is not None:
            self._show_service(self._call)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(self._edge())
        painter.setBrush(
            diagonal_gradient(box, theme.color("call-from"), theme.color("call-to"))
            if self.called_now
            else theme.color("surface")
        )
        painter.drawRoundedRect(box, theme.radius, theme.radius)
        painter.end()

    def _edge(self) -> QPen:
        if self.called_now:
            return QPen(self._theme.color("accent"), self._theme.px(4))
        if self._theme.is_high_contrast:
            return QPen(self._theme.color("line"), self._theme.px(2))
        return QPen(Qt.PenStyle.NoPen)


PER_PLACE = 4
"""The number of small cards (chips) in the room of a large one."""

_MOST_GIVEN_UP = 3  # large cards that give their room to chips, at most


@dataclass(frozen=True)
class CallSplit:
    """The calls of the list, large and small, newest first in both.

    `given_up` is the number of large cards whose room the small ones take.
    """

    large: tuple[Call, ...] = ()
    small: tuple[Call, ...] = ()
    given_up: int = 0


def split_calls(calls: Sequence[Call], at_counters: Container[int], places: int) -> CallSplit:
    """Split the calls into large and small ones.

    The newest calls are large. Older ones are small, and only those whose visitor is still expected are kept.
    Large cards give up their room, one by one from the oldest, until all that are kept have room.

    Args:
        calls: newest first.
        at_counters: the ids of the tickets that a counter has now.
        places: the number of large cards that have room.
    """
    split = CallSplit(tuple(calls[:places]))
    if not any(call.ticket_id in at_counters for call in calls[places:]):
        return split
    for given_up in range(1, min(_MOST_GIVEN_UP, places - 1) + 1):
        small = [call for call in calls[places - given_up :] if call.ticket_id in at_counters]
        split = CallSplit(tuple(calls[: places - given_up]), tuple(small[: given_up * PER_PLACE]), given_up)
        if len(small) <= given_up * PER_PLACE:
            break
    return split


MAX_CHIPS = _MOST_GIVEN_UP * PER_PLACE
_COLUMNS = 2  # of chips


class CallChip(panels.Backdrop):
    """An earlier call in one line; priority is marked as on the large cards."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.number = panels.FitText(theme, "body", 800, tight=True)
        self.number.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.priority = panels.ToneIcon(theme, "accessibility", "priority-edge", 40)
        self.counter = panels.FitText(theme, "body", 700, "call-accent")
        row = Row(theme, self, 12, (20, 4, 20, 4))
        row.addWidget(self.number)
        row.addWidget(self.priority)
        row.addWidget(self.counter.aligned(panels.END), 1)

    def show_call(self, call: Call) -> None:
        self.number.set_text(call.label)
        self.number.set_tone("priority" if call.priority else "ink")
        self.priority.setVisible(call.priority)
        self.counter.set_text(sign_words(call), counter_by_number(call), str(call.counter))


class CallChips(QWidget):
    """The chips of up to twelve calls; hidden while there are none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.chips = tuple(CallChip(theme) for _chip in range(MAX_CHIPS))
        self._grid = Grid(theme, self, 10)
        for index, chip in enumerate(self.chips):
            self._grid.addWidget(chip, index // _COLUMNS, index % _COLUMNS)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)

    def show_calls(self, calls: Sequence[Call], lines: int) -> None:
        """Show calls in chips, each of the height divided by `lines`, however few calls there are."""
        self.setVisible(bool(calls))
        for line in range(MAX_CHIPS // _COLUMNS):
            self._grid.setRowStretch(line, 1 if line < lines else 0)
        for index, chip in enumerate(self.chips):
            chip.setVisible(index < len(calls))
            if index < len(calls):
                chip.show_call(calls[index])


_CARD = 160  # base pixels: the least height of a card
_GAP = 12  # base pixels
_TITLE = 60  # base pixels: the height of the title
_MOST_CARDS = 8  # large ones
_LEAST_FREE = 2  # places for the words below the cards; a single free place stays empty


class CallList(QWidget):
    """The list of large cards, as many as there is room for; below are small ones of visitors still expected.

    The positions are computed here, not by a layout: every card keeps its height, however many calls there
    are.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._calls: tuple[Call, ...] = ()
        self._at_counters: frozenset[int] = frozenset()
        self._state = StateWords("armchair", "", (), keeps_room=False)
        self.title = panels.FitText(theme, "small", 600, "ink-soft")
        self.empty = panels.NoticePanel(theme)
        self.cards = tuple(CallCard(theme) for _card in range(_MOST_CARDS))
        self.chips = CallChips(theme)
        self.notice = widgets.Pill(theme, "", "warn", "refresh-cw")
        for child in (self.title, self.empty, *self.cards, self.chips, self.notice):
            child.setParent(self)
        theme.changed.connect(self._arrange)
        self.notice.hide()
        self._arrange()

    @property
    def shown(self) -> tuple[str, ...]:
        """The numbers in the large cards, newest first."""
        return tuple(card.number.text() for card in self.cards if not card.isHidden())

    def show_calls(
        self, calls: Sequence[Call], at_counters: Collection[int] = (), state: StateWords | None = None
    ) -> None:
        """Show `calls`, newest first.

        Args:
            calls: those to list.
            at_counters: the ids of the tickets that a counter has now.
            state: the words for the room below the calls; None keeps the present ones.
        """
        content = (tuple(calls), frozenset(at_counters), state or self._state)
        if content != (self._calls, self._at_counters, self._state):
            self._calls, self._at_counters, self._state = content
            self._arrange()

    def show_notice(self, words: str) -> None:
        """Show words next to the title, why the list may be out of date; "" hides them."""
        self.notice.show_status(words, "warn", "refresh-cw")
        self._place_notice()

    def _places(self) -> list[QRect]:
        """Return the positions of cards, from the top."""
        gap = self._theme.px(_GAP)
        top = self._theme.px(_TITLE + _GAP) if self.title.text() else 0
        room = self.height() - top + gap
        count = max(2, min(_MOST_CARDS, room // self._theme.px(_CARD + _GAP)))
        edges = [top + room * index // count for index in range(count + 1)]
        return [
            QRect(0, edges[index], self.width(), edges[index + 1] - edges[index] - gap)
            for index in range(count)
        ]

    def _arrange(self) -> None:
        state = self._state
        if state.keeps_room and not self._calls:
            self.title.set_text("")
        else:
            self.title.set_text(_("PANGGILAN TERAKHIR"), _("PANGGILAN"))
        places = self._places()
        # From the top: the large cards, free places, the chips, and the place that the state keeps.
        chips_end = len(places) - 1 if state.keeps_room else len(places)
        split = split_calls(self._calls, self._at_counters, chips_end)
        chips_begin = chips_end - split.given_up
        # The state of the lobby is shown in the places that no call takes, if there are enough.
        free = places[len(split.large) : chips_begin] + places[chips_end:]
        self.empty.setVisible(len(free) >= (1 if state.keeps_room else _LEAST_FREE))
        if not self.empty.isHidden():
            self.empty.setGeometry(free[0].united(free[-1]))
        self.empty.say(state.title, state.hint, state.icon)
        for index, card in enumerate(self.cards):
            card.setVisible(index < len(split.large))
            if index < len(split.large):
                card.setGeometry(places[index])
                call = split.large[index]
                card.show_call(call, called_now=index == 0 and call.ticket_id in self._at_counters)
        if split.given_up:
            self.chips.setGeometry(places[chips_begin].united(places[chips_end - 1]))
        self.chips.show_calls(split.small, split.given_up * PER_PLACE // _COLUMNS)
        self._place_notice()

    def _place_notice(self) -> None:
        self.notice.adjustSize()
        self.notice.move(self.width() - self.notice.width(), 0)
        room = self.width() - (0 if self.notice.isHidden() else self.notice.width() + self._theme.px(_GAP))
        self.title.setGeometry(0, 0, room, self._theme.px(_TITLE))
        self.title.setVisible(self.notice.isHidden() or self.title.fits())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(2 * _CARD + _TITLE))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(800), self._theme.px(4 * (_CARD + _GAP) + _TITLE))
