"""The requirements of a service, one under the other."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScroller, QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.ui.kiosk.parts.targets import square
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.icon_tile import IconTile
from ult_desktop.ui.kit.widgets.label import Label


class RequirementList(QScrollArea):
    """Moves under the finger; when it is longer than its room, `steps` are buttons that move it.

    The buttons are the page's to place: all targets must stand where a visitor in a wheelchair reaches.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.steps = (self._step("chevron-up", -1), self._step("chevron-down", 1))
        self.verticalScrollBar().rangeChanged.connect(self._offer_steps)

    def show_requirements(self, words: tuple[str, ...]) -> None:
        inner = QWidget()
        inner.setProperty("kind", "scrolled")
        column = Column(self._theme, inner, gap=16)
        for each in words:
            row = Row(self._theme, gap=16)
            row.addWidget(IconTile(self._theme, "check", "green", 44))
            row.addWidget(Label(each, "body", wrap=True), 1)
            column.addLayout(row)
        column.addStretch()
        self.setWidget(inner)
        for step, name in zip(self.steps, (_("Naik"), _("Turun")), strict=True):
            step.setAccessibleName(name)
        self._offer_steps()

    @override
    def sizeHint(self) -> QSize:
        """As high as its words in this width: the card around it ends where they end."""
        inner = self.widget()
        if inner is None:
            return super().sizeHint()
        return QSize(self.width(), inner.heightForWidth(max(1, self.width())))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.target, self._theme.px(48))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _step(self, icon: str, direction: int) -> Button:
        button = square(self._theme, icon=icon)
        button.clicked.connect(lambda: self._move(direction))
        return button

    def _move(self, direction: int) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + direction * bar.pageStep() * 3 // 4)

    def _offer_steps(self) -> None:
        for step in self.steps:
            step.setVisible(self.verticalScrollBar().maximum() > 0)
