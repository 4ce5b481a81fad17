"""Draws a planned card."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from ult_desktop.ui.kiosk.parts.card_plan import BADGE, CardPlan, TextBlock
from ult_desktop.ui.kiosk.parts.choices import Face
from ult_desktop.ui.kiosk.parts.wrapping import line_height
from ult_desktop.ui.kit.icons import icon_pixmap
from ult_desktop.ui.kit.theme import Theme


def draw_face(painter: QPainter, theme: Theme, box: QRect, face: Face, plan: CardPlan) -> None:
    """Everything on the card's ground: tile, letter, words and pill."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_tile(painter, theme, face, plan.tile)
    left = box.left() + plan.left
    painter.setPen(theme.color("ink"))
    _draw_lines(painter, plan.title, left, box.top())
    painter.setPen(theme.color("ink-soft"))
    _draw_lines(painter, plan.detail, left, box.top())
    _draw_pill(painter, theme, face.tone, plan)


def _draw_tile(painter: QPainter, theme: Theme, face: Face, tile: QRect) -> None:
    tint = "slate" if face.dim else face.tint
    ink = theme.color(f"tint-{tint}-ink")
    kontras = theme.contrast == "kontras"
    painter.setPen(QPen(ink, 2) if kontras else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("surface" if face.dim else f"tint-{tint}"))
    radius = tile.width() * 0.25
    painter.drawRoundedRect(QRectF(tile), radius, radius)
    side = round(tile.width() * 0.54)
    inset = (tile.width() - side) // 2
    painter.drawPixmap(tile.left() + inset, tile.top() + inset, icon_pixmap(face.icon, ink, side))
    if face.badge:
        painter.setFont(theme.font(BADGE, 800))
        painter.setPen(ink)
        beside = QRect(tile.right() + theme.px(16), tile.top(), tile.width(), tile.height())
        where = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(beside, where | Qt.TextFlag.TextDontClip, face.badge)


def _draw_lines(painter: QPainter, block: TextBlock, left: int, top: int) -> None:
    painter.setFont(block.font)
    base = top + block.top + QFontMetrics(block.font).ascent()
    for number, line in enumerate(block.lines):
        painter.drawText(left, base + number * line_height(block.font), line)


def _draw_pill(painter: QPainter, theme: Theme, tone: str, plan: CardPlan) -> None:
    if not plan.status.lines:
        return
    ink = theme.color(f"{tone}-soft-ink")
    painter.setPen(QPen(ink, 2) if theme.contrast == "kontras" else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(f"{tone}-soft"))
    one = plan.pill.height() / max(1, len(plan.status.lines))
    painter.drawRoundedRect(QRectF(plan.pill), one / 2, one / 2)
    painter.setPen(ink)
    inset = (plan.pill.width() - plan.status.width) // 2
    top = plan.pill.top() + (plan.pill.height() - plan.status.height) // 2
    block = TextBlock(plan.status.lines, plan.status.font, 0)
    _draw_lines(painter, block, plan.pill.left() + inset, top)
