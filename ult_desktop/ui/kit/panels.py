"""Panels: a titled section, an empty state, a stack, a scrolling area, list and detail, a note, a chart."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget
from typing_extensions import override

from ult_desktop.ui.kit import layouts, widgets
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.bar_chart import BarChart

REGION = "region"
"""The property of a widget that Ctrl+Tab goes to; one that contains others with it is skipped."""


class Section(QFrame):
    """A panel with a title. Put its content into `body`."""

    def __init__(self, theme: Theme, title: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        column = layouts.Column(theme, self, gap=8, margins=(20, 12, 20, 16))
        self._head = layouts.Row(theme, gap=8)
        self.title = widgets.Label(title, "strong", wrap=True)
        self._head.addWidget(self.title, 1)
        column.addLayout(self._head)
        self.title.setVisible(bool(title))
        self.body = layouts.Column(theme, gap=8)
        column.addLayout(self.body, 1)

    def add_button(self, button: widgets.Button) -> widgets.Button:
        """Add a button at the right of the title."""
        button.setAutoDefault(False)
        self._head.addWidget(button)
        return button


class EmptyState(QWidget):
    """The words and icon shown while there is nothing else to show."""

    def __init__(self, theme: Theme, text: str = "", icon_name: str = "info") -> None:
        super().__init__()
        self.tile = widgets.IconTile(theme, icon_name, "slate", 64)
        self.words = widgets.Label(text, "body", "soft", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = layouts.Column(theme, self, gap=12, margins=(24, 24, 24, 24))
        column.addStretch(2)
        column.addWidget(self.tile, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.words)
        column.addStretch(3)

    def say(self, text: str, icon_name: str) -> None:
        self.words.setText(text)
        self.tile.show_icon(icon_name)


class ShownStack(QStackedWidget):
    """A stack as large as its current page needs: hidden pages make neither it nor its window larger."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    @override
    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        if shown is None:
            return super().minimumSizeHint()
        return shown.minimumSizeHint().expandedTo(shown.minimumSize())

    @override
    def hasHeightForWidth(self) -> bool:
        """Return False: Qt would ask the hidden pages too."""
        return False


_LEAST_HEIGHT = 96  # base pixels


class FittingArea(QScrollArea):
    """The area that is as high as its content if there is room, and scrolls if not."""

    def __init__(self, theme: Theme, inner: QWidget) -> None:
        super().__init__()
        inner.setProperty("kind", "scrolled")
        self._theme = theme
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = inner
        self.setWidget(inner)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Report a change of the content's height, so that the parent may grow."""
        is_handled = super().eventFilter(watched, event)
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._follow_keyboard()
        return is_handled

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow_keyboard()

    def _follow_keyboard(self) -> None:
        """Scroll to the widget with the keyboard's focus, and to an error that has appeared below it."""
        part: QWidget | None = self.window().focusWidget()
        while part is not None and part.parentWidget() is not self._inner:
            part = part.parentWidget() or None
        if part is not None:
            self.ensureWidgetVisible(part)

    @override
    def sizeHint(self) -> QSize:
        """Return the content's preferred size, or its least one where that is larger: captions may wrap."""
        wanted = self._inner.sizeHint().expandedTo(self._inner.minimumSizeHint())
        return wanted + QSize(self._theme.px(12), 4)

    @override
    def minimumSizeHint(self) -> QSize:
        inner = self._inner.minimumSizeHint()
        least = min(inner.height(), self._theme.px(_LEAST_HEIGHT))
        return QSize(inner.width() + self._theme.px(12), least)


_LEFT_SHARE, _LEAST, _MOST = 0.38, 300, 560  # the left side's part of the width, within base pixels


class SplitView(QWidget):
    """A view of two parts. The left one takes a good third of the width, within limits."""

    def __init__(self, theme: Theme, left: QWidget, right: QWidget) -> None:
        super().__init__()
        self._theme, self.left, self.right = theme, left, right
        row = layouts.Row(theme, self, gap=16)
        for part in (left, right):
            part.setProperty(REGION, True)
        row.addWidget(left)
        row.addWidget(right, 1)
        theme.changed.connect(self._share_width)
        self._share_width()

    def _share_width(self) -> None:
        wanted = round(self.width() * _LEFT_SHARE)
        px = self._theme.px
        self.left.setFixedWidth(min(max(wanted, px(_LEAST)), px(_MOST)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()


class Note(QFrame):
    """A note on a tinted background, hidden until `say`.

    `tone`: "info", "ok", "danger", "priority" or "" (warning).

    Signals:
        answered: its button was pressed, which also hides the note.
    """

    answered = Signal()

    def __init__(self, theme: Theme, tone: str = "info") -> None:
        super().__init__()
        self.setProperty("kind", "banner")
        self.setProperty("tone", tone)
        self.words = widgets.Label("", wrap=True, news=True)
        self.button = widgets.Button(theme, "", "quiet")
        self.button.setAutoDefault(False)
        row = layouts.Row(theme, self, gap=8, margins=(12, 4, 4, 4))
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.button.clicked.connect(self._answer)
        self.hide()

    def say(self, words: str, answer: str = "") -> None:
        """Show `words`; "" hides the note."""
        self.words.setText(words)
        self.button.setText(answer)
        self.button.setVisible(bool(answer))
        self.setVisible(bool(words))

    def _answer(self) -> None:
        self.hide()
        self.answered.emit()


class ChartPanel(QFrame):
    """A chart with its title."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.title = widgets.Label(title, "strong")
        self.chart = BarChart(theme)
        if title:
            self.chart.setAccessibleName(title)
        column = layouts.Column(theme, self, gap=8, margins=(24, 12, 24, 8))
        column.addWidget(self.title)
        column.addWidget(self.chart, 1)
