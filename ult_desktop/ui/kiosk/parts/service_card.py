"""A card to tap, and its drawing: one service, or a category of them."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from ult_desktop.ui.kiosk.parts import card_plan, choices
from ult_desktop.ui.kiosk.parts.card_plan import InfoCorner
from ult_desktop.ui.kit import Theme, icons, typeset
from ult_desktop.ui.kit.widgets.card import SHADOW, paint_card


def draw_face(
    painter: QPainter, theme: Theme, box: QRect, face: choices.Face, plan: card_plan.CardPlan
) -> None:
    """Draw everything on the card's background: tile, letter, words and pill."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_tile(painter, theme, face, plan.tile)
    left = box.left() + plan.left
    painter.setPen(theme.color("ink"))
    _draw_lines(painter, plan.title, left, box.top())
    painter.setPen(theme.color("ink-soft"))
    _draw_lines(painter, plan.detail, left, box.top())
    _draw_pill(painter, theme, face.tone, plan)


def _draw_tile(painter: QPainter, theme: Theme, face: choices.Face, tile: QRect) -> None:
    tint = "slate" if face.dim else face.tint
    ink = theme.color(f"tint-{tint}-ink")
    painter.setPen(QPen(ink, 2) if theme.is_high_contrast else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("surface" if face.dim else f"tint-{tint}"))
    radius = tile.width() * 0.25
    painter.drawRoundedRect(QRectF(tile), radius, radius)
    side = round(tile.width() * 0.54)
    inset = (tile.width() - side) // 2
    painter.drawPixmap(tile.left() + inset, tile.top() + inset, icons.icon_pixmap(face.icon, ink, side))
    if face.badge:
        painter.setFont(theme.font(card_plan.BADGE, 800))
        painter.setPen(ink)
        beside = QRect(tile.right() + theme.px(16), tile.top(), tile.width(), tile.height())
        where = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(beside, where | Qt.TextFlag.TextDontClip, face.badge)


def _draw_lines(painter: QPainter, block: card_plan.TextBlock, left: int, top: int) -> None:
    painter.setFont(block.font)
    base = top + block.top + QFontMetrics(block.font).ascent()
    for number, line in enumerate(block.lines):
        painter.drawText(left, base + number * typeset.line_height(block.font), line)


def _draw_pill(painter: QPainter, theme: Theme, tone: str, plan: card_plan.CardPlan) -> None:
    if not plan.status.lines:
        return
    ink = theme.color(f"{tone}-soft-ink")
    painter.setPen(QPen(ink, 2) if theme.is_high_contrast else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(f"{tone}-soft"))
    radius = plan.pill.height() / max(1, len(plan.status.lines)) / 2  # as for a pill of one line
    painter.drawRoundedRect(QRectF(plan.pill), radius, radius)
    painter.setPen(ink)
    inset = (plan.pill.width() - plan.status.width) // 2
    top = plan.pill.top() + (plan.pill.height() - plan.status.height) // 2
    block = card_plan.TextBlock(plan.status.lines, plan.status.font, 0)
    _draw_lines(painter, block, plan.pill.left() + inset, top)


class ServiceCard(QAbstractButton):
    """The card of a service.

    It draws its face itself, so that words shrink, wrap or give way instead of being cut.

    Signals:
        info_requested: the corner with the requirements was touched.
    """

    info_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._face = choices.Face(title="", name="", icon="file-text", tint="blue")
        self._level: card_plan.CardSizes | None = None
        self.plan: card_plan.CardPlan | None = None
        self.corner = InfoCorner(theme, self)
        self.corner.clicked.connect(self.info_requested)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._arrange)

    @property
    def face(self) -> choices.Face:
        return self._face

    def target_rect(self) -> QRect:
        """Return the visible card, without the room for its shadow."""
        reach = self._theme.px(SHADOW)
        return self.rect().adjusted(reach, reach, -reach, -reach)

    def fits(self) -> bool:
        """Return whether every word is on the card uncut."""
        return self.plan is None or self.plan.whole

    def show_face(self, face: choices.Face, level: card_plan.CardSizes) -> None:
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
        """Ignore a tap close to the corner: a finger that misses it must not take a number."""
        if self.corner.isVisible():
            gap = self._theme.gap
            if self.corner.geometry().adjusted(-gap, 0, 0, gap).contains(pos):
                return False
        return self.target_rect().contains(pos)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.plan is None:
            return
        painter = QPainter(self)
        ground, edge = "disabled" if self._face.dim else "surface", "line"
        if self.isDown():
            ground, edge = "primary-soft", "primary-edge"
        if self.hasFocus():
            edge = "focus"
        raised = not self.isDown() and not self._face.dim
        paint_card(painter, self._theme, self.rect(), (ground, edge), raised=raised)
        draw_face(painter, self._theme, self.target_rect(), self._face, self.plan)

    def _arrange(self) -> None:
        box = self.target_rect()
        if self._level is not None:
            self.plan = card_plan.plan_card(self._face, self._theme, box, self._level)
        self.corner.place(box, self.plan.spare(box, self._theme) if self.plan is not None else 0)
        self.update()
