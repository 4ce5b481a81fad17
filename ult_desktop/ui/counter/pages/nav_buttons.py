"""The buttons that lead to pages, or to parts of one, in groups, with the number of things that wait."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.kit import Column, Theme, widgets


class NavEntry(NamedTuple):
    """An entry of the navigation, `title` in the language in force. A rule divides two of different `group`.

    Pages of the same `line` share one line of the rail; "" has one of its own.
    """

    name: str
    title: str
    icon_name: str
    group: str
    widget: QWidget
    line: str = ""


_MOST = 99  # of the number on a button; above it stands "99+"
_APART = 3  # base pixels at either side of the number
_ICON_GAP = 4  # pixels that Qt leaves between icon and words


class NavButton(widgets.Button):
    """The checkable button of a page. Its number is at the right; without a number that room is empty."""

    def __init__(self, theme: Theme, text: str, icon_name: str, key: str = "") -> None:
        super().__init__(theme, text, "nav", icon_name)
        self.setCheckable(True)
        self._name, self._key, self._count, self._since = text, key, 0, ""
        if key:
            self.setShortcut(key)

    @property
    def count(self) -> int:
        return self._count

    def show_count(self, count: int) -> None:
        self._count = count
        self._say_all()

    def show_running(self, since: str) -> None:
        """Show how long the officer's own work has been under way, instead of the number; "" ends it."""
        if since != self._since:
            self._since = since
            self._say_all()

    def _say_all(self) -> None:
        self.setAccessibleName(", ".join(part for part in (self._name, self._waiting()) if part))
        self._tell_tip()
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_tip()

    def _tell_tip(self) -> None:
        """Set the tool tip, with the whole name if it is cut."""
        name = self._name if self.shown_text() != self.text() else ""
        waiting = self._waiting()
        self.setToolTip(" · ".join(part for part in (name, self._key, waiting) if part))

    def _waiting(self) -> str:
        running = _("berlangsung {time}").format(time=self._since) if self._since else ""
        waiting = _("{n} menunggu").format(n=self._count) if self._count else ""
        return ", ".join(filter(None, (running, waiting)))

    def shown_text(self) -> str:
        """Return the page's name, cut with "…" where the number needs the room."""
        if not self._badge_text():
            return self.text()
        font = QFont(self.font())
        if self.isChecked():
            # As in the stylesheet, which the button's own font does not follow.
            font.setWeight(QFont.Weight.Bold)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        left = inside.left() + self.iconSize().width() + _ICON_GAP
        room = int(self.badge_box().left()) - self._theme.px(_APART) - left
        return QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def badge_box(self) -> QRectF:
        """Return the box of the number."""
        metrics = QFontMetrics(self._badge_font())
        tall = metrics.height() + 2
        wide = max(tall, metrics.horizontalAdvance(self._badge_text()) + tall // 2)
        left = self.width() - wide - self._theme.px(_APART)
        return QRectF(left, (self.height() - tall) / 2, wide, tall)

    def _badge_font(self) -> QFont:
        return self._theme.font("small", 700)

    def _badge_text(self) -> str:
        if self._since or not self._count:
            return self._since
        return str(self._count) if self._count <= _MOST else f"{_MOST}+"

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = self.shown_text()
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        if not self._badge_text():
            return
        box = self.badge_box()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._badge_font())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("ok" if self._since else "primary"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(self._theme.color("primary-ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._badge_text())


_KEYS = 9  # buttons that have a key


class PageButtons(QScrollArea):
    """The buttons of pages. With the `modifier` "Ctrl", Ctrl+1 to Ctrl+9 lead to the first nine.

    Signals:
        page_requested: a page (its name).
    """

    page_requested = Signal(str)

    def __init__(self, theme: Theme, places: Sequence[NavEntry], modifier: str = "Ctrl") -> None:
        super().__init__()
        self._theme = theme
        self.buttons: dict[str, NavButton] = {}
        self._inner = QWidget()
        self._inner.setProperty("kind", "scrolled")
        column = Column(theme, self._inner)
        group = QButtonGroup(self)
        before = places[0].group
        for number, place in enumerate(places, start=1):
            if place.group != before:
                line = QFrame()
                line.setProperty("kind", "line")
                column.addWidget(line)
                before = place.group
            key = f"{modifier}+{number}" if number <= _KEYS else ""
            button = NavButton(theme, place.title, place.icon_name, key)
            button.clicked.connect(lambda _checked=False, name=place.name: self.page_requested.emit(name))
            group.addButton(button)
            column.addWidget(button)
            self.buttons[place.name] = button
        column.addStretch()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._inner)

    def show_page(self, name: str) -> None:
        self.buttons[name].setChecked(True)
        self.ensureWidgetVisible(self.buttons[name])

    def show_counts(self, counts: Mapping[str, int]) -> None:
        for name, count in counts.items():
            self.buttons[name].show_count(count)

    def show_running(self, running: Mapping[str, str]) -> None:
        """Show how long work has been under way, by page; "" or no entry for a page without."""
        for name, button in self.buttons.items():
            button.show_running(running.get(name, ""))

    @override
    def sizeHint(self) -> QSize:
        return self._inner.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(1, self._theme.px(120))
