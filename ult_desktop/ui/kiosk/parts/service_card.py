"""A card to touch: one service, or a category of them."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from ult_desktop.ui.kiosk.parts.card_drawing import draw_face
from ult_desktop.ui.kiosk.parts.card_plan import CardPlan, CardSizes, plan_card
from ult_desktop.ui.kiosk.parts.choices import Face
from ult_desktop.ui.kiosk.parts.info_corner import InfoCorner
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.card import SHADOW, paint_card


class ServiceCard(QAbstractButton):
    """Draws its face itself, so that words shrink, wrap or step aside instead of being cut.

    Signals:
        info_requested: the corner with the requirements was touched.
    """

    info_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._face = Face(title="", name="", icon="file-text", tint="blue")
        self._level: CardSizes | None = None
        self._plan: CardPlan | None = None
        self.corner = InfoCorner(theme, self)
        self.corner.clicked.connect(self.info_requested)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._arrange)

    @property
    def face(self) -> Face:
        return self._face

    def target_rect(self) -> QRect:
        """The visible card, without the room for its shadow."""
        reach = self._theme.px(SHADOW)
        return self.rect().adjusted(reach, reach, -reach, -reach)

    def fits(self) -> bool:
        """Whether every word stands on the card uncut."""
        return self._plan is None or self._plan.whole

    def show_face(self, face: Face, level: CardSizes) -> None:
        self._face, self._level = face, level
        self.setAccessibleName(face.name)
        self.corner.show_name(face.title)
        self.corner.setVisible(face.info)
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    @override
    def hitButton(self, pos: QPoint) -> bool:
        """Not beside the corner: a finger that misses it must not take a number."""
        if self.corner.isVisible():
            gap = self._theme.gap
            if self.corner.geometry().adjusted(-gap, 0, 0, gap).contains(pos):
                return False
        return self.target_rect().contains(pos)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._plan is None:
            return
        painter = QPainter(self)
        ground = "primary-soft" if self.isDown() else "disabled" if self._face.dim else "surface"
        edge = "focus" if self.hasFocus() else "primary" if self.isDown() else "line"
        raised = not self.isDown() and not self._face.dim
        paint_card(painter, self._theme, self.rect(), (ground, edge), raised=raised)
        draw_face(painter, self._theme, self.target_rect(), self._face, self._plan)

    def _arrange(self) -> None:
        side = self._theme.target
        box = self.target_rect()
        self.corner.setGeometry(box.right() + 1 - side, box.top(), side, side)
        if self._level is not None:
            self._plan = plan_card(self._face, self._theme, box, self._level)
        self.update()
