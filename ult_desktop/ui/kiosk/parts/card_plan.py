"""Where everything stands on a card: the largest arrangement in which all words fit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.kiosk.parts import choices
from ult_desktop.ui.kit import Theme, icons, typeset
from ult_desktop.ui.kit.theme import Face as Window

CORNER_ICON, CORNER_WORD = 38, 20  # what is seen of the target, in base pixels
_SMALLEST = 15


class InfoCorner(QAbstractButton):
    """A full-size target that looks small: the eye should find the service first."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_name(self, service: str) -> None:
        self._words = _("Syarat")
        self.setAccessibleName(_("Syarat {service}").format(service=service))

    def fits(self) -> bool:
        return QFontMetrics(self._font()).horizontalAdvance(self._words) <= self.width()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.target, self._theme.target)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._theme.color("primary-soft-ink")
        if self.isDown() or self.hasFocus():
            self._paint_ground(painter)
        side = self._theme.px(CORNER_ICON)
        painter.setFont(self._font())
        words = painter.fontMetrics().height()
        top = (self.height() - side - words) // 2
        left = (self.width() - side) // 2
        painter.drawPixmap(left, top, icons.icon_pixmap("clipboard-list", ink, side))
        painter.setPen(ink)
        line = QRect(0, top + side, self.width(), words)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self._words)

    def _font(self) -> QFont:
        """As large as the word fits the target, which does not grow with the text."""
        for size in range(CORNER_WORD, _SMALLEST, -1):
            font = self._theme.font(size, 600)
            if QFontMetrics(font).horizontalAdvance(self._words) <= self.width():
                return font
        return self._theme.font(_SMALLEST, 600)

    def _paint_ground(self, painter: QPainter) -> None:
        edge = self._theme.color("focus" if self.hasFocus() else "primary-edge")
        painter.setPen(QPen(edge, max(2, self._theme.px(3))))
        ground = "primary-soft" if self.isDown() else "surface"
        painter.setBrush(self._theme.color(ground))
        inset = self._theme.px(3)
        box = self.rect().adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, self._theme.radius * 0.8, self._theme.radius * 0.8)


@dataclass(frozen=True)
class CardSizes:
    """The sizes of one arrangement in base pixels."""

    tile: int
    title: int
    detail: int
    pad: int
    status: int = 22


BADGE = 34  # base pixels of the letter or tick beside the picture
# The generous ones; among these the words of the description decide.
_ROOMY = (
    CardSizes(112, 38, 26, 36),
    CardSizes(96, 36, 24, 32),
    CardSizes(80, 34, 24, 28),
    CardSizes(72, 32, 22, 24),
    CardSizes(64, 32, 22, 24),
    CardSizes(56, 32, 22, 18),
    CardSizes(52, 30, 22, 16),
    CardSizes(48, 28, 22, 16),
)
# The tight ones have no description, only what is needed to choose.
_TIGHT = (
    CardSizes(64, 32, 0, 20),
    CardSizes(56, 30, 0, 20),
    CardSizes(52, 28, 0, 20),
    CardSizes(48, 26, 0, 18, 20),
    CardSizes(44, 24, 0, 16, 20),
    CardSizes(40, 23, 0, 14, 18),
    CardSizes(36, 19, 0, 12, 18),
    CardSizes(36, 19, 0, 12, 18),
)
_TITLE_LINES, _DETAIL_LINES = 4, 3
_FLAT = 2.2  # as many times wider than high, an answer stands beside its picture


@dataclass(frozen=True)
class TextBlock:
    """Lines of one font, from `top` (pixels within the card's box)."""

    lines: tuple[str, ...]
    font: QFont
    top: int

    @property
    def height(self) -> int:
        return len(self.lines) * typeset.line_height(self.font)

    @property
    def width(self) -> int:
        metrics = QFontMetrics(self.font)
        return max((metrics.horizontalAdvance(line) for line in self.lines), default=0)


@dataclass(frozen=True)
class CardPlan:
    """The drawing of a card in its box.

    `left` is where its words begin, from the edge of the box. `whole` is false when not even the tightest
    size fits.
    """

    left: int
    tile: QRect
    title: TextBlock
    detail: TextBlock
    status: TextBlock
    pill: QRect
    whole: bool


def card_sizes_for(faces: Sequence[choices.Face], theme: Theme, size: QSize) -> CardSizes:
    """The level for all cards of a page: one on which every card is whole, with the most descriptions.

    The same pages come again and again, and to measure their words is most of what a page costs.
    """
    return _level_for(tuple(faces), theme.face, theme.scale, theme.large_text, (size.width(), size.height()))


@lru_cache(maxsize=256)
def _level_for(
    faces: tuple[choices.Face, ...], window: Window, scale: float, large_text: float, size: tuple[int, int]
) -> CardSizes:
    theme, box = Theme(window, scale=scale, large_text=large_text), QRect(0, 0, *size)
    best, most, all_described = None, -1, sum(bool(face.detail) for face in faces)
    for level in _ROOMY:
        plans = [plan_card(face, theme, box, level) for face in faces]
        described = sum(bool(plan.detail.lines) for plan in plans)
        if all(plan.whole for plan in plans) and described > most:
            best, most = level, described
        if most == all_described:
            break
    if best is not None:
        return best
    for level in _TIGHT:
        if all(plan_card(face, theme, box, level).whole for face in faces):
            return level
    return _TIGHT[-1]


def plan_card(face: choices.Face, theme: Theme, box: QRect, level: CardSizes) -> CardPlan:
    """The card on this level; its description only where all of it fits."""
    if not (face.status or face.info) and box.width() > _FLAT * box.height():
        beside = _beside(face, theme, box, level)
        if beside.whole:
            return beside
    plan = _plan(face, theme, box, level, face.detail if level.detail else "")
    if not plan.whole or (face.detail and not plan.detail.lines):
        plan = _plan(face, theme, box, level, "")
    return plan if face.status else _centred(plan, box)


def _beside(face: choices.Face, theme: Theme, box: QRect, level: CardSizes) -> CardPlan:
    """Picture and words in one line, both in the middle of the card's height."""
    pad, side = theme.px(level.pad), theme.px(level.tile)
    tile = QRect(box.left() + pad, box.center().y() - side // 2, side, side)
    mark = theme.text(BADGE) + theme.px(16) if face.badge else 0
    left = pad + side + theme.px(24) + mark
    width = box.width() - left - pad
    title = _block(face.title, theme.font(level.title, 700, tabular=False), width, 0)
    words = theme.font(level.detail or level.status, tabular=False)
    detail = _block(face.detail if level.detail else "", words, width, 0)
    height = title.height + detail.height
    top = (box.height() - height) // 2
    whole = len(title.lines) > 0 and height <= box.height() - 2 * theme.px(12) and side <= box.height() - pad
    title, detail = replace(title, top=top), replace(detail, top=top + title.height)
    return CardPlan(left, tile, title, detail, _block("", words, width, 0), QRect(), whole)


def _plan(face: choices.Face, theme: Theme, box: QRect, level: CardSizes, words: str) -> CardPlan:
    pad = theme.px(level.pad)
    width = box.width() - 2 * pad
    tile = QRect(box.left() + pad, box.top() + pad, theme.px(level.tile), theme.px(level.tile))
    top = pad + tile.height()
    if face.info:
        top = max(top, (theme.target + theme.px(CORNER_ICON) + theme.text(CORNER_WORD)) // 2)
    font = theme.font(level.title, 700, tabular=False)
    lines = typeset.wrap(face.title, font, width)
    if not lines and level is _TIGHT[-1]:
        lines = typeset.break_words(face.title, font, width)
    title = TextBlock(lines, font, top + theme.px(12))
    detail_top = title.top + title.height + theme.px(4)
    detail = _block(words, theme.font(level.detail, tabular=False), width, detail_top)
    status = _status(face.status, theme.font(level.status, 600), width, detail.top + detail.height)
    pill = _pill(box, pad, status) if status.lines else QRect()
    needed = detail.top + detail.height + (theme.px(12) + pill.height() if status.lines else 0)
    whole = (
        needed <= box.height() - pad
        and 0 < len(title.lines) <= _TITLE_LINES
        and len(detail.lines) <= _DETAIL_LINES
        and pill.width() <= width
    )
    return CardPlan(pad, tile, title, detail, status, pill, whole)


def _centred(plan: CardPlan, box: QRect) -> CardPlan:
    """A card without a pill keeps its words in the middle."""
    spare = (box.height() - plan.left - plan.detail.top - plan.detail.height) // 2
    if spare <= 0:
        return plan
    return replace(
        plan,
        tile=plan.tile.translated(0, spare),
        title=replace(plan.title, top=plan.title.top + spare),
        detail=replace(plan.detail, top=plan.detail.top + spare),
    )


def _block(text: str, font: QFont, width: int, top: int) -> TextBlock:
    return TextBlock(typeset.wrap(text, font, width), font, top)


def _status(parts: tuple[str, ...], font: QFont, width: int, top: int) -> TextBlock:
    """One line with dots between the parts, or the parts one under the other."""
    room = width - 2 * _pill_side(font)
    joined = " · ".join(parts)
    if QFontMetrics(font).horizontalAdvance(joined) <= room:
        return TextBlock((joined,) if joined else (), font, top)
    lines = tuple(line for part in parts for line in (typeset.wrap(part, font, room) or (part,)))
    return TextBlock(lines, font, top)


def _pill_side(font: QFont) -> int:
    return round(QFontMetrics(font).height() * 0.6)


def _pill(box: QRect, pad: int, status: TextBlock) -> QRect:
    height = status.height + round(QFontMetrics(status.font).height() * 0.36)
    width = status.width + 2 * _pill_side(status.font)
    return QRect(box.left() + pad, box.bottom() + 1 - pad - height, width, height)
