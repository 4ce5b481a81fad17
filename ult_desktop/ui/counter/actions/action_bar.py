"""The officer's actions in three rows of buttons that show their key and say why they are closed."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.queue.ticket import Act, TicketState
from ult_desktop.ui.counter.actions.actions import Action
from ult_desktop.ui.counter.actions.reasons import Situation
from ult_desktop.ui.kit import Column, Row, Theme, icons, set_style_properties, widgets

_PAD, _GAP = 10, 8


class ActionButton(widgets.Button):
    """One action: icon, words, its key in a small frame at the right.

    Args:
        theme: colours and sizes.
        action: what it does; the button itself only emits `clicked`.
        tall: the buttons of the main row are higher.
        quiet: without a border, for what is needed now and then.
    """

    def __init__(self, theme: Theme, action: Action, *, tall: bool = False, quiet: bool = False) -> None:
        super().__init__(theme, role="quiet" if quiet else "")
        self.action = action
        self._tall, self._quiet = tall, quiet
        self._words = action.text
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(action.text)
        self.setAccessibleDescription(action.key)

    def show_state(self, closed_because: str, *, main: bool = False, words: str = "") -> None:
        """Open, or closed for a reason; `main` marks the one thing to do next."""
        self._words = words or self.action.text
        self.setAccessibleName(self._words)
        self.setEnabled(not closed_because)
        self.setToolTip(closed_because)
        role = "primary" if main and not closed_because else "quiet" if self._quiet else ""
        if role != self.property("role"):
            set_style_properties(self, role=role)
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """What it says; painted here, so that the key has its own place."""
        return self._words

    def fits(self) -> bool:
        return self.width() >= self.sizeHint().width() and self.height() >= self._icon_side()

    def _text_font(self) -> QFont:
        size = "strong" if self._tall else "small" if self._quiet else "body"
        return self._theme.font(size, 700 if self._tall else 600)

    def _key_font(self) -> QFont:
        return self._theme.font("small", 500)

    def _key_width(self) -> int:
        return QFontMetrics(self._key_font()).horizontalAdvance(self.action.key) + self._theme.px(10)

    def _icon_side(self) -> int:
        return round(QFontMetrics(self._text_font()).height() * 1.05)

    @override
    def sizeHint(self) -> QSize:
        px = self._theme.px
        words = QFontMetrics(self._text_font()).horizontalAdvance(self._words)
        icon = 0 if self._quiet else self._icon_side() + px(_GAP)
        width = words + icon + self._key_width() + 2 * px(_PAD) + px(_GAP)
        height = px(60) if self._tall else max(self._theme.target, px(36 if self._quiet else 44))
        return QSize(width + 2, height)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        ink = self._ink(option.state)
        px = self._theme.px
        inner = self.rect().adjusted(px(_PAD), 0, -px(_PAD), 0)
        left = 0 if self._quiet else self._paint_icon(painter, inner, ink)
        painter.setPen(ink)
        painter.setFont(self._text_font())
        box = inner.adjusted(left, 0, -self._key_width() - px(_GAP), 0)
        if self._quiet:  # without a border to hold them together, words and key stand side by side
            box.setWidth(QFontMetrics(self._text_font()).horizontalAdvance(self._words) + 1)
            inner.setRight(box.right() + px(_GAP) + self._key_width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._words)
        self._paint_key(painter, inner, ink)

    def _paint_icon(self, painter: QPainter, inner: QRect, ink: QColor) -> int:
        side = self._icon_side()
        top = (self.height() - side) // 2
        painter.drawPixmap(inner.left(), top, icons.icon_pixmap(self.action.icon, ink, side))
        return side + self._theme.px(_GAP)

    def _paint_key(self, painter: QPainter, inner: QRect, ink: QColor) -> None:
        if not self.action.key:
            return
        painter.setFont(self._key_font())
        width = self._key_width()
        height = QFontMetrics(self._key_font()).height() + self._theme.px(4)
        cap = QRectF(inner.right() - width + 1, (self.height() - height) / 2, width, height)
        edge = QColor(ink)
        edge.setAlphaF(0.45)
        painter.setPen(QPen(edge, 1))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(ink)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.action.key)

    def _ink(self, state: QStyle.StateFlag) -> QColor:
        primary = self.property("role") == "primary"
        name = "primary-ink" if primary else "ink"
        if not self.isEnabled():
            name = "disabled-ink"
        elif state & QStyle.StateFlag.State_Sunken and not self._quiet:
            name = "primary-ink"
        elif state & QStyle.StateFlag.State_MouseOver and not primary:
            name = "primary-soft-ink"
        return self._theme.color(name)


_MAIN = ("call_next", "arrive", "finish")
_BY_WAYS = ("recall", "hold", "transfer", "no_show")
_ACTS = {"hold": Act.HOLD, "cancel": Act.CANCEL}
_NOW_AND_THEN = ("walk_in", "by_mouth", "cancel", "reprint", "undo")


class ActionBar(QWidget):
    """Every action has its fixed place; the one to do next is the filled one.

    Signals:
        asked: an action was pressed (its name).
    """

    asked = Signal(str)

    def __init__(self, theme: Theme, table: dict[str, Action]) -> None:
        super().__init__()
        self.buttons: dict[str, ActionButton] = {}
        column = Column(theme, self, gap=8)
        for names, tall, quiet in (
            (_MAIN, True, False),
            (_BY_WAYS, False, False),
            (_NOW_AND_THEN, False, True),
        ):
            row = Row(theme, gap=8)
            for name in names:
                button = ActionButton(theme, table[name], tall=tall, quiet=quiet)
                button.clicked.connect(lambda _checked=False, name=name: self.asked.emit(name))
                self.buttons[name] = button
                row.addWidget(button)
            column.addLayout(row)

    def show_situation(self, s: Situation) -> None:
        self.buttons["reprint"].setVisible(s.prints)
        for name, button in self.buttons.items():
            closed = button.action.closed_because(s)
            button.show_state(closed, main=name == _next_step(s), words=_words(button.action, s))


def _next_step(s: Situation) -> str:
    """The one action that a visit goes on with."""
    if s.current is None:
        return "call_next"
    if s.current.state is TicketState.SERVING:
        return "finish"
    return "arrive" if s.calls_left > 0 else "no_show"


def _words(action: Action, s: Situation) -> str:
    """The action's name; with the number where it is about a row of a list, with the count of calls."""
    if action.name == "recall" and s.current is not None and s.current.state is TicketState.CALLED:
        made, most = s.current.calls, s.board.calling.max_calls
        return _("{text} {n}/{most}").format(text=action.text, n=made, most=most)
    target = s.target(_ACTS[action.name]) if action.name in _ACTS else None
    if target is not None and target is s.selected:
        return _("{text} {label}").format(text=action.text, label=target.label)
    return action.text
