"""The whole picture of the lobby TV, with its head: mark, names that always fit, date and clock."""

from datetime import date

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedLayout, QWidget
from typing_extensions import override

from ult_desktop.base import _, language
from ult_desktop.base.i18n import SOURCE_LANGUAGE, translate
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue.boards import LobbyBoard
from ult_desktop.core.queue.lobby import LobbyNow, LobbyState, lobby_now
from ult_desktop.ui.display import panels
from ult_desktop.ui.display.calls.call_list import CallList
from ult_desktop.ui.display.calls.call_overlay import CallOverlay
from ult_desktop.ui.display.media.media_view import MediaPanel
from ult_desktop.ui.display.words import CallGroup, StateWords, state_words
from ult_desktop.ui.kit import Column, Row, Theme, widgets
from ult_desktop.ui.kit.widgets.marquee import Marquee

_EDGE = 40  # base pixels
_HEAD, _HIGH_HEAD = 128, 204  # base pixels; high for a long name
_NAMES = 24  # at 1080 lines, the least letters of the names: people read them from near by
_LONG = 40  # letters of a name for which the head is higher
_MEDIA_WIDE = 0.56  # of the width, on a wide screen
_MEDIA_HIGH = 0.5  # of the height, on a high one


class Halves(QWidget):
    """A pair of parts: side by side on a wide screen, one above the other on an upright one."""

    def __init__(self, theme: Theme, media: QWidget, calls: QWidget) -> None:
        super().__init__()
        self._theme, self._media, self._calls = theme, media, calls
        media.setParent(self)
        calls.setParent(self)
        theme.changed.connect(self._arrange)

    def _arrange(self) -> None:
        edge = self._theme.px(_EDGE)
        room = self.rect().adjusted(edge, edge * 3 // 4, -edge, -edge * 3 // 4)
        if self.window().width() >= self.window().height():
            split = round(room.width() * _MEDIA_WIDE)
            self._media.setGeometry(room.x(), room.y(), split - edge // 2, room.height())
            calls = room.adjusted(split + edge // 2, 0, 0, 0)
        else:
            split = round(room.height() * _MEDIA_HIGH)
            self._media.setGeometry(room.x(), room.y(), room.width(), split - edge // 2)
            calls = room.adjusted(0, split + edge // 2, 0, 0)
        self._calls.setGeometry(calls)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(640), self._theme.px(360))


class MainArea(QWidget):
    """The main area: the board, and before the first board the notice that the screen is connecting."""

    def __init__(self, theme: Theme, *, moving: bool = True) -> None:
        super().__init__()
        self.media = MediaPanel(theme, moving=moving)
        self.calls = CallList(theme)
        self.waiting = panels.NoticePanel(theme)
        self.show_unopened("")
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.waiting)
        self._pages.addWidget(Halves(theme, self.media, self.calls))

    @property
    def is_waiting(self) -> bool:
        return self._pages.currentIndex() == 0

    def show_board(self, board: LobbyBoard, now: LobbyNow, state: StateWords, today: date) -> None:
        """Show the board; outside work only those calls are listed whose visitor a counter still has."""
        self._pages.setCurrentIndex(1)
        self.media.show_board(board, now, state.heading, today)
        at_counters = {line.current.id for line in board.counters if line.current is not None}
        calls = [call for call in board.calls if now.state.is_at_work or call.ticket_id in at_counters]
        self.calls.show_calls(calls, at_counters, state)

    def show_unopened(self, why: str) -> None:
        """Say that the office is not open yet, and `why`; "" if that is not known."""
        meanwhile = _(
            "Sementara itu petugas memanggil dengan suara. Layar ini terisi sendiri begitu tersambung."
        )
        self.show_problem(f"{why} {meanwhile}".strip())

    def show_problem(self, words: str) -> None:
        """Say why there is nothing to show yet."""
        self.waiting.say(_("Menyambung ke data kantor…"), words, "refresh-cw")


TURN_MS = 10_000  # for which a sentence is shown
_ONE_LINE, _TWO_LINES = 2.1, 2.6  # heights of the text, in heights of its letters


class StillText(QWidget):
    """A text in place of the marquee: sentences that would run past the edge are shown in turn instead."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._messages: tuple[str, ...] = ()
        self._index = 0
        self.words = panels.FitText(theme, "body", 600, "ticker-ink", rows=2).aligned(panels.CENTRE)
        self.words.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self, interval=TURN_MS)
        self._timer.timeout.connect(self.turn)
        theme.changed.connect(self.updateGeometry)

    def show_messages(self, messages: tuple[str, ...]) -> None:
        if messages != self._messages:
            self._messages, self._index = messages, 0
            self._show_message()

    def turn(self) -> None:
        self._index = (self._index + 1) % max(1, len(self._messages))
        self._show_message()

    def _show_message(self) -> None:
        self.words.set_text(self._messages[self._index] if self._messages else "")

    @override
    def sizeHint(self) -> QSize:
        upright = self.window().height() > self.window().width()  # and a sentence takes two lines there
        height = self._theme.text("body") * (_TWO_LINES if upright else _ONE_LINE)
        return QSize(self._theme.px(400), round(height))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        edge = self._theme.px(40)
        self.words.setGeometry(QRect(edge, 0, max(1, self.width() - 2 * edge), self.height()))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._timer.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("ticker"))
        painter.end()


class Head(QFrame):
    """The head, like the kiosk's, but long names shrink: on a TV nobody can ask for the rest of them."""

    def __init__(self, theme: Theme, now: widgets.Now, unit: str) -> None:
        super().__init__()
        self._theme = theme
        self._has_long_name = False
        self.setProperty("kind", "header")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.unit = panels.FitText(theme, "title", 700, "header-ink", rows=3).shrinking_to(_NAMES).filling()
        self.unit.aligned(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        self.office = (
            panels.FitText(theme, "fine", 500, "header-ink-soft", rows=3).shrinking_to(_NAMES).filling()
        )
        self.office.aligned(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.clock = widgets.Clock(theme, now, "heading", date_size="fine")
        self.clock.align(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.logo = widgets.Logo(theme)
        names = Column(theme, gap=0)
        names.addWidget(self.unit, 1)
        names.addWidget(self.office, 1)
        row = Row(theme, self, 24, (40, 12, 40, 12))
        row.addWidget(self.logo)
        row.addLayout(names, 1)
        row.addWidget(self.clock)
        theme.changed.connect(self.update)
        self.show_names(unit, "")

    def show_names(self, unit: str, office: str) -> None:
        self.unit.set_text(unit)
        self.office.set_text(office)
        self.office.setVisible(bool(office))
        self._has_long_name = max(len(unit), len(office)) > _LONG
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        height = self._theme.px(_HIGH_HEAD if self._has_long_name else _HEAD)
        return super().sizeHint().expandedTo(QSize(0, height))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._theme.is_high_contrast:
            painter = QPainter(self)
            line = QRectF(0, self.height() - 2, self.width(), 2)
            painter.fillRect(line, self._theme.color("line"))
            painter.end()


LONG_CUT_MS = 30_000
"""The time without the share after which people are told that officers call by voice."""
_LOOK_MS = 1000  # between two looks at the clock


class LobbyScreen(QWidget):
    """The screen of the lobby: header, media, calls, running text, and the call over all of it.

    Args:
        theme: of the face "display".
        now: the office's clock.
        running_text: the text of this station; () for the office's own.
        moving: False when less motion is wanted.
    """

    def __init__(
        self, theme: Theme, now: widgets.Now, running_text: tuple[str, ...] = (), *, moving: bool = True
    ) -> None:
        super().__init__()
        self._theme, self._now, self._running_text = theme, now, running_text
        self._board: LobbyBoard | None = None
        self._lobby_now = LobbyNow()
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.header = Head(theme, now, _("Unit Layanan Terpadu"))
        self.stage = MainArea(theme, moving=moving)
        self.marquee = Marquee(theme) if moving else StillText(theme)
        self.marquee.show_messages(_in_language(running_text) or _usual_text())
        column = Column(theme, self)
        column.addWidget(self.header)
        column.addWidget(self.stage, 1)
        column.addWidget(self.marquee)
        self.overlay = CallOverlay(theme, self, moving=moving)
        self.long_cut = QTimer(self, singleShot=True, interval=LONG_CUT_MS)
        self.long_cut.timeout.connect(self._begin_long_cut)
        self._is_cut = self._is_cut_long = False
        # The clock alone opens and closes the office, also while no board comes.
        self._clock_timer = QTimer(self, interval=_LOOK_MS)
        self._clock_timer.timeout.connect(self.update_state)
        self._clock_timer.start()
        theme.apply(self)

    @property
    def state(self) -> LobbyState:
        """The state of the lobby that is shown."""
        return self._lobby_now.state

    def show_board(self, board: LobbyBoard) -> None:
        self._board = board
        self.header.show_names(board.office.unit, board.office.name)
        self.header.logo.show_picture(board.office.logo)
        self._show_state(board)

    def update_state(self) -> None:
        """Show the board again if the lobby's state, or the minutes until the next state, have changed."""
        if self._board is not None and self._state_of(self._board) != self._lobby_now:
            self._show_state(self._board)

    def _state_of(self, board: LobbyBoard) -> LobbyNow:
        return lobby_now(board.days, self._now(), serving=board.is_serving, cut_off=self._is_cut_long)

    def _show_state(self, board: LobbyBoard) -> None:
        today, self._lobby_now = self._now().date(), self._state_of(board)
        words = state_words(self._lobby_now, board, today)
        self.stage.show_board(board, self._lobby_now, words, today)
        sentences = _in_language(self._running_text or board.running_text)
        self.marquee.show_messages(words.ticker or sentences or _usual_text())
        self._show_cut_notice()

    def retranslate(self) -> None:
        """Write the words of the clock again; `show_board` writes all others."""
        self.header.clock.tick()

    def show_connection(self, connection: Connection) -> None:
        """Show the state of the share. The last board stays, with a notice that it may be out of date."""
        self._is_cut = connection is not Connection.ONLINE
        if not self._is_cut:
            self.long_cut.stop()
            self._is_cut_long = False
        elif not self._is_cut_long and not self.long_cut.isActive():
            self.long_cut.start()
        self._show_cut_notice()
        self.update_state()

    def _begin_long_cut(self) -> None:
        self._is_cut_long = True
        self._show_cut_notice()
        self.update_state()

    def _show_cut_notice(self) -> None:
        is_cut_shortly = self._is_cut and not self._is_cut_long and self.state.is_at_work
        self.stage.calls.show_notice(_("memperbarui…") if is_cut_shortly else "")

    def show_calls(self, group: CallGroup) -> None:
        self.overlay.show_calls(group)

    def clear_call(self) -> None:
        self.overlay.clear()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._theme.fit(self.width(), self.height())
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.overlay.setGeometry(self.rect())


def _usual_text() -> tuple[str, ...]:
    return (
        _("Silakan ambil nomor antrean di mesin yang tersedia"),
        _("Harap menunggu nomor antrean Anda dipanggil oleh petugas"),
        _("Seluruh layanan tidak dipungut biaya"),
    )


def _in_language(sentences: tuple[str, ...]) -> tuple[str, ...]:
    """Return an office's sentences in the language in force, without those that are not translated."""
    if language() == SOURCE_LANGUAGE:
        return sentences
    pairs = ((sentence, translate(sentence, language())) for sentence in sentences)
    return tuple(translation for sentence, translation in pairs if translation != sentence)
