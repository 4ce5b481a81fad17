"""The buttons of pages, or of a page's parts, in groups, with the number of things that wait there."""

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
    """An entry of the navigation, `title` in the language in force.

    A dividing line is drawn between entries of different `group`. Pages of the same `line` share one line of
    the rail; a page whose `line` is "" has one of its own.
    """

    name: str
    title: str
    icon_name: str
    group: str
    widget: QWidget
    line: str = ""


_HIGHEST_COUNT = 99  # a button shows "99+" for more
_BADGE_GAP = 3  # base pixels at either side of the badge
_ICON_GAP = 4  # pixels that Qt leaves between icon and words


class NavButton(widgets.Button):
    """The checkable button of a page. Its badge shows how many things wait there, or how long work runs."""

    def __init__(self, theme: Theme, text: str, icon_name: str, key: str = "") -> None:
        super().__init__(theme, text, "nav", icon_name)
        self.setCheckable(True)
        self._name, self._key, self._count, self._running_time = text, key, 0, ""
        if key:
            self.setShortcut(key)

    @property
    def count(self) -> int:
        return self._count

    def show_count(self, count: int) -> None:
        self._count = count
        self._show_badge()

    def show_running(self, time: str) -> None:
        """Show how long (in words) the officer's own work has run, instead of the count; "": none runs."""
        if time != self._running_time:
            self._running_time = time
            self._show_badge()

    def _show_badge(self) -> None:
        self.setAccessibleName(", ".join(part for part in (self._name, self._badge_words()) if part))
        self._set_tool_tip()
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_tool_tip()

    def _set_tool_tip(self) -> None:
        name_if_cut = self._name if self.shown_text() != self.text() else ""
        self.setToolTip(" · ".join(filter(None, (name_if_cut, self._key, self._badge_words()))))

    def _badge_words(self) -> str:
        running = _("berlangsung {time}").format(time=self._running_time) if self._running_time else ""
        waiting = _("{n} menunggu").format(n=self._count) if self._count else ""
        return ", ".join(filter(None, (running, waiting)))

    def shown_text(self) -> str:
        """Return the page's name, cut with "…" where the badge needs the room."""
        if not self._badge_text():
            return self.text()
        font = QFont(self.font())
        if self.isChecked():
            # The stylesheet draws it bold, but the button's `font()` does not say so.
            font.setWeight(QFont.Weight.Bold)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        left = inside.left() + self.iconSize().width() + _ICON_GAP
        room = int(self.badge_box().left()) - self._theme.px(_BADGE_GAP) - left
        return QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def badge_box(self) -> QRectF:
        """Return the box of the badge, which is at least as wide as high."""
        metrics = QFontMetrics(self._badge_font())
        height = metrics.height() + 2
        width = max(height, metrics.horizontalAdvance(self._badge_text()) + height // 2)
        left = self.width() - width - self._theme.px(_BADGE_GAP)
        return QRectF(left, (self.height() - height) / 2, width, height)

    def _badge_font(self) -> QFont:
        return self._theme.font("small", 700)

    def _badge_text(self) -> str:
        if self._running_time:
            return self._running_time
        if not self._count:
            return ""
        return str(self._count) if self._count <= _HIGHEST_COUNT else f"{_HIGHEST_COUNT}+"

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
        painter.setBrush(self._theme.color("ok" if self._running_time else "primary"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(self._theme.color("primary-ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._badge_text())


_KEYS = 9  # buttons that have a key


class PageButtons(QScrollArea):
    """The buttons of pages. The first nine have a key: Ctrl+1 to Ctrl+9 with the `modifier` "Ctrl".

    Signals:
        page_requested: the button of a page was pressed (its name).
    """

    page_requested = Signal(str)

    def __init__(self, theme: Theme, entries: Sequence[NavEntry], modifier: str = "Ctrl") -> None:
        super().__init__()
        self._theme = theme
        self.buttons: dict[str, NavButton] = {}
        self._inner = QWidget()
        self._inner.setProperty("kind", "scrolled")
        column = Column(theme, self._inner)
        group = QButtonGroup(self)
        last_group = entries[0].group
        for number, entry in enumerate(entries, start=1):
            if entry.group != last_group:
                line = QFrame()
                line.setProperty("kind", "line")
                column.addWidget(line)
                last_group = entry.group
            key = f"{modifier}+{number}" if number <= _KEYS else ""
            button = NavButton(theme, entry.title, entry.icon_name, key)
            button.clicked.connect(lambda _checked=False, name=entry.name: self.page_requested.emit(name))
            group.addButton(button)
            column.addWidget(button)
            self.buttons[entry.name] = button
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

    def show_running(self, times: Mapping[str, str]) -> None:
        """Show how long (in words) the officer's work on a page has been under way; no entry: it has none."""
        for name, button in self.buttons.items():
            button.show_running(times.get(name, ""))

    @override
    def sizeHint(self) -> QSize:
        return self._inner.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(1, self._theme.px(120))
