"""A rounded card with a pre-rendered shadow, and the same card as a target to tap."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy
from typing_extensions import override

from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.button import HeardToggle
from ult_desktop.ui.kit.widgets.painting import paint_shadow

SHADOW = 16  # base pixels


class Card(QFrame):
    """A card. Put its content into `body`, a `Column`."""

    def __init__(self, theme: Theme, padding: int = 24, gap: int = 8) -> None:
        super().__init__()
        self._theme = theme
        edge = padding + SHADOW
        self.body = Column(theme, self, gap, (edge, edge, edge, edge))
        theme.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_card(QPainter(self), self._theme, self.rect(), ("surface", "line"))


class CardButton(HeardToggle, QAbstractButton):
    """A card that is one large button. Put labels into `body`; set the accessible name.

    `ground` and `edge` are the theme's tokens for background and edge (a priority card: "accent-soft",
    "accent").
    """

    def __init__(self, theme: Theme, padding: int = 24, ground: str = "surface", edge: str = "line") -> None:
        super().__init__()
        self._theme = theme
        self._ground, self._edge = ground, edge
        margin = padding + SHADOW
        self.body = Column(theme, self, 8, (margin, margin, margin, margin))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        # A layout asks an item for its height only where the policy says so:
        # https://doc.qt.io/qt-6/qsizepolicy.html
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    def target_rect(self) -> QRect:
        """Return the card itself, without the room for its shadow."""
        reach = self._theme.px(SHADOW)
        return self.rect().adjusted(reach, reach, -reach, -reach)

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.target_rect().contains(pos)

    @override
    def sizeHint(self) -> QSize:
        return self.body.sizeHint().expandedTo(self.minimumSizeHint())

    @override
    def minimumSizeHint(self) -> QSize:
        side = self._theme.target + 2 * self._theme.px(SHADOW)
        return self.body.minimumSize().expandedTo(QSize(side, side))

    @override
    def hasHeightForWidth(self) -> bool:
        return self.body.hasHeightForWidth()

    @override
    def heightForWidth(self, width: int) -> int:
        return max(self.body.totalHeightForWidth(width), self.minimumSizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        ground, edge = self._ground, "primary-edge" if self.isChecked() else self._edge
        if not self.isEnabled():
            ground = "disabled"
        elif self.isDown() or self.isChecked():
            ground = "primary-soft"
        if self.hasFocus():
            edge = "focus"
        is_raised = self.isEnabled() and not self.isDown()
        paint_card(QPainter(self), self._theme, self.rect(), (ground, edge), raised=is_raised)


def paint_card(
    painter: QPainter, theme: Theme, outer: QRect, colours: tuple[str, str], *, raised: bool = True
) -> None:
    """Draw a card into `outer`, which includes the room for its shadow.

    `colours` are the tokens of background and edge. Only a `raised` card has a shadow.
    """
    ground, edge = colours
    reach = theme.px(SHADOW)
    box = outer.adjusted(reach, reach, -reach, -reach)
    if raised:
        paint_shadow(painter, box, theme.radius, reach, theme.color("shadow"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color(edge), 1 if edge == "line" else max(2, theme.px(3))))
    painter.setBrush(theme.color(ground))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.radius, theme.radius)
