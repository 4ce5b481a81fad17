"""The layout of a card: the largest arrangement in which all words fit.

A card has a tile with a picture, a title, a description (`detail`) and a pill with its queue (`status`). The
sizes of these come in levels, from large to tight. They are tried in this order, with descriptions before
without, until every card of the page is whole: a title that does not fit at 38 base pixels is tried at 36.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.kiosk.parts import choices
from ult_desktop.ui.kit import Theme, icons, typeset
from ult_desktop.ui.kit.theme import Face as Window

CORNER_ICON, CORNER_WORD = 26, 20  # what is seen of the target, in base pixels
_CORNER_EDGE, _CORNER_PAD = 4, (12, 3)  # its frame from the card's edge, and at most from its word


class InfoCorner(QAbstractButton):
    """The corner of a card that opens the requirements.

    It is a full-size target with a frame that is smaller: the eye should find the service first.
    """

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
        return self._word_width() <= self.frame().width()

    def place(self, box: QRect, spare: int) -> None:
        """Lie in the upper right corner of `box`; `spare` pixels of its width are free for the frame."""
        size = self.sizeHint()
        wanted = self._word_width() + 2 * self._theme.px(_CORNER_PAD[0] + _CORNER_EDGE)
        width = max(size.width(), min(wanted, spare))
        self.setGeometry(box.right() + 1 - width, box.top(), width, size.height())

    def frame(self) -> QRect:
        """Return the frame that is seen of the target, at the card's corner."""
        edge, across = self._theme.px(_CORNER_EDGE), self._theme.px(_CORNER_PAD[0])
        width = min(self.width() - 2 * edge, self._word_width() + 2 * across)
        bottom = _corner(self._words, self._theme.face, _scales_of(self._theme)).bottom
        return QRect(self.width() - edge - width, edge, width, bottom - edge)

    def _word_width(self) -> int:
        return QFontMetrics(corner_font(self._theme)).horizontalAdvance(self._words)

    @override
    def sizeHint(self) -> QSize:
        return corner_size(self._theme)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame, side = self.frame(), _icon_side(self._theme)
        line = max(2, self._theme.px(2))
        painter.setPen(QPen(self._theme.color("focus" if self.hasFocus() else "primary-edge"), line))
        painter.setBrush(self._theme.color("primary-soft" if self.isDown() else "surface"))
        inner = QRectF(frame).adjusted(line / 2, line / 2, -line / 2, -line / 2)
        painter.drawRoundedRect(inner, self._theme.radius * 0.6, self._theme.radius * 0.6)
        ink = self._theme.color("primary-soft-ink")
        top = frame.top() + self._theme.px(_CORNER_PAD[1])
        if side:
            left = frame.center().x() - side // 2
            painter.drawPixmap(left, top, icons.icon_pixmap("clipboard-list", ink, side))
        painter.setFont(corner_font(self._theme))
        painter.setPen(ink)
        word = QRect(frame.left(), top + side, frame.width(), painter.fontMetrics().height())
        painter.drawText(word, Qt.AlignmentFlag.AlignCenter, self._words)


def corner_font(theme: Theme) -> QFont:
    return theme.font(CORNER_WORD, 600)


def _icon_side(theme: Theme) -> int:
    """Return the side of the corner's icon; 0 where large letters below it would make a speck of it."""
    side = theme.px(CORNER_ICON)
    return side if side >= 0.6 * typeset.ruler(corner_font(theme)).height else 0


Scales = tuple[float, float, float]  # of a theme: its scale, the visitor's text size, the screen's density


def _scales_of(theme: Theme) -> Scales:
    return theme.scale, theme.large_text, theme.density


def corner_size(theme: Theme) -> QSize:
    """Return the size of the corner: a target, and as large as its word."""
    corner = _corner(_("Syarat"), theme.face, _scales_of(theme))
    return QSize(corner.width, corner.height)


class CornerSize(NamedTuple):
    """The size of a corner in pixels; its frame, which is seen, ends at `bottom`."""

    width: int
    height: int
    bottom: int


@lru_cache(maxsize=256)
def _corner(word: str, window: Window, scales: Scales) -> CornerSize:
    theme = Theme(window, "light", *scales)
    metrics = typeset.ruler(corner_font(theme))
    width = metrics.horizontalAdvance(word) + theme.px(4 * _CORNER_EDGE)
    bottom = theme.px(_CORNER_EDGE) + 2 * theme.px(_CORNER_PAD[1]) + _icon_side(theme) + metrics.height
    return CornerSize(max(theme.target, width), max(theme.target, bottom), bottom)


@dataclass(frozen=True)
class CardSizes:
    """A level: the sizes of one arrangement in base pixels."""

    tile: int
    title: int
    detail: int
    pad: int
    status: int = 22


BADGE = 34  # base pixels of the letter or tick next to the picture
# The large sizes, with the descriptions of all cards or else with none.
_ROOMY = (
    CardSizes(112, 38, 26, 36),
    CardSizes(96, 36, 24, 32),
    CardSizes(80, 34, 24, 28),
    CardSizes(72, 32, 22, 24),
    CardSizes(64, 32, 22, 24),
    CardSizes(56, 32, 22, 18),
    CardSizes(52, 30, 22, 16),
    CardSizes(48, 28, 22, 16),
    CardSizes(44, 32, 22, 12),
    CardSizes(44, 30, 22, 12),
    CardSizes(44, 28, 22, 12),
)
# The tight sizes have no description, only what is needed to choose. The last is like the one before: it is
# the level on which words may be broken.
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
_TITLE_LINES, _DETAIL_LINES, _STATUS_LINES = 4, 4, 2  # the most of each on a card
_PILL_EDGE = 6  # base pixels of a pill from the card's edge: it may reach further than words
_FLAT = 2.2  # from so many times wider than high, an answer is next to its picture


@dataclass(frozen=True)
class TextBlock:
    """The lines of one font, from `top` (pixels within the card's box)."""

    lines: tuple[str, ...]
    font: QFont
    top: int

    @cached_property
    def height(self) -> int:
        return len(self.lines) * typeset.line_height(self.font)

    @cached_property
    def width(self) -> int:
        metrics = typeset.ruler(self.font)
        return max((metrics.horizontalAdvance(line) for line in self.lines), default=0)


@dataclass(frozen=True)
class CardPlan:
    """The drawing of a card in its box.

    `left` is where its words begin, from the edge of the box. `is_whole` is false when not even the tightest
    size fits.
    """

    left: int
    tile: QRect
    title: TextBlock
    detail: TextBlock
    status: TextBlock
    pill: QRect
    is_whole: bool

    def spare(self, box: QRect, theme: Theme) -> int:
        """Return the pixels of the width that are free beside picture and letter."""
        beside = self.left > self.tile.right() - box.left()
        return 0 if beside else box.right() - self.tile.right() - theme.px(32) - theme.text(BADGE)


def card_sizes_for(faces: Sequence[choices.Face], theme: Theme, size: QSize) -> CardSizes:
    """Return the level for all cards of a page: the largest on which every card is whole.

    All of them have their descriptions or none has: some alone would look as if the others lacked something.

    The levels are cached: the same pages come again and again, and measuring their words is most of the cost
    of a page.
    """
    return _level_for(tuple(faces), theme.face, _scales_of(theme), (size.width(), size.height()))


def have_descriptions(faces: Sequence[choices.Face], theme: Theme, size: QSize) -> bool:
    """Return whether the cards of this size have the descriptions that there are for all of them."""
    return card_sizes_for(faces, theme, size).detail > 0 or not all(face.detail for face in faces)


@lru_cache(maxsize=1024)
def _level_for(
    faces: tuple[choices.Face, ...], window: Window, scales: Scales, size: tuple[int, int]
) -> CardSizes:
    theme, box = Theme(window, "light", *scales), QRect(0, 0, *size)
    levels = [*(replace(level, detail=0) for level in _ROOMY), *_TIGHT]
    if all(face.detail for face in faces):
        levels = [*_ROOMY, *levels]
    for level in levels:
        plans = (plan_card(face, theme, box, level) for face in faces)
        # A plan without the description that its level has lacked the room for it.
        if all(plan.is_whole and (plan.detail.lines or not level.detail) for plan in plans):
            return level
    return _TIGHT[-1]


def have_room(faces: Sequence[choices.Face], theme: Theme, size: QSize, *, small: bool) -> bool:
    """Return whether every card is whole at this size, and no word of it broken.

    `small`: its name may be smaller than the words of a page.
    """
    return _have_room(tuple(faces), theme.face, _scales_of(theme), (size.width(), size.height()), small=small)


@lru_cache(maxsize=1024)
def _have_room(
    faces: tuple[choices.Face, ...], window: Window, scales: Scales, size: tuple[int, int], *, small: bool
) -> bool:
    theme, box = Theme(window, "light", *scales), QRect(0, 0, *size)
    # The tightest level whose names are as large as the words of a page, or with `small` the tightest of all.
    least = 0 if small else theme.text("body") - 1
    level = next(level for level in reversed(_TIGHT[:-1]) if theme.text(level.title) >= least)
    return all(plan_card(face, theme, box, level).is_whole for face in faces)


def plan_card(face: choices.Face, theme: Theme, box: QRect, level: CardSizes) -> CardPlan:
    """Return the plan of a card on this level; it has its description only where all of that fits.

    A flat card that needs no pill and no corner has its picture beside its words, any other flat card only
    where it is not whole with the picture above them.
    """
    is_flat = box.width() > _FLAT * box.height()
    if is_flat and not (face.status or face.info):
        beside = _beside(face, theme, box, level)
        if beside.is_whole:
            return beside
    plan = _plan(face, theme, box, level, face.detail if level.detail else "")
    if not plan.is_whole or (face.detail and not plan.detail.lines):
        plan = _plan(face, theme, box, level, "")
    if is_flat and not plan.is_whole:
        beside = _beside(face, theme, box, level)
        if beside.is_whole:
            return beside
    return plan if face.status else _centred(plan, box)


def _beside(face: choices.Face, theme: Theme, box: QRect, level: CardSizes) -> CardPlan:
    """Return the plan with picture and words in one line, both in the middle of the card's height.

    The pill is below the words.
    """
    pad, side = theme.px(level.pad), max(theme.px(level.tile), theme.text(BADGE))
    tile = QRect(box.left() + pad, box.center().y() - side // 2, side, side)
    badge_width = theme.text(BADGE) + theme.px(16) if face.badge else 0
    left = pad + side + theme.px(24) + badge_width
    right = corner_size(theme).width() + theme.px(12) if face.info else pad
    width = box.width() - left - right
    title = _block(face.title, theme.font(level.title, 700, tabular=False), width, 0)
    detail_font = theme.font(level.detail or level.status, tabular=False)
    detail = _block(face.detail if level.detail and not face.status else "", detail_font, width, 0)
    status = _status(face.status, theme.font(level.status, 600), width, 0)
    pill = _pill(box, left, status) if face.status else QRect()
    height = title.height + detail.height + (theme.px(8) + pill.height() if face.status else 0)
    top = (box.height() - height) // 2
    whole = (
        len(title.lines) > 0
        and height <= box.height() - 2 * theme.px(12)
        and side <= box.height() - pad
        and pill.width() <= width
        and len(status.lines) <= _STATUS_LINES
    )
    title, detail = replace(title, top=top), replace(detail, top=top + title.height)
    pill.moveTop(box.top() + top + height - pill.height())
    return CardPlan(left, tile, title, detail, status, pill, whole)


def _plan(face: choices.Face, theme: Theme, box: QRect, level: CardSizes, description: str) -> CardPlan:
    """Return the plan with the picture above the words, which begin at the same edge."""
    pad = theme.px(level.pad)
    width = box.width() - 2 * pad
    tile = QRect(box.left() + pad, box.top() + pad, theme.px(level.tile), theme.px(level.tile))
    top = pad + tile.height()
    corner = corner_size(theme) if face.info else QSize()
    if face.info:
        top = max(top, _corner(_("Syarat"), theme.face, _scales_of(theme)).bottom)
    font = theme.font(level.title, 700, tabular=False)
    lines = typeset.wrap(face.title, font, width)
    # A word is broken only when no size is left to try.
    if not lines and level is _TIGHT[-1]:
        lines = typeset.break_words(face.title, font, width)
    title = TextBlock(lines, font, top + theme.px(min(12, level.pad / 3)))
    detail_top = title.top + title.height + theme.px(4)
    # Fine where the page behind "Syarat" says it again.
    detail_font = theme.font(level.detail, tabular=False, fine=face.info)
    detail = _block(description, detail_font, width, detail_top)
    pill_room = box.width() - pad - theme.px(_PILL_EDGE)
    status = _status(face.status, theme.font(level.status, 600), pill_room, detail.top + detail.height)
    pill = _pill(box, pad, status) if status.lines else QRect()
    height = detail.top + detail.height + (theme.px(12) + pill.height() if status.lines else 0)
    badge_width = theme.px(16) + theme.text(BADGE) if face.badge else 0
    whole = (
        pad + tile.width() + badge_width + corner.width() <= box.width()
        and height <= box.height() - pad
        and 0 < len(title.lines) <= _TITLE_LINES
        and len(detail.lines) <= _DETAIL_LINES
        and len(status.lines) <= max(_STATUS_LINES, len(face.status))
        and pill.width() <= pill_room
    )
    return CardPlan(pad, tile, title, detail, status, pill, whole)


def _centred(plan: CardPlan, box: QRect) -> CardPlan:
    """Return the plan of a card without a pill, with its words in the middle."""
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
    """Return the pill's text: one line with dots between the parts, or the parts one under the other."""
    room = width - 2 * _pill_side(font)
    joined = " · ".join(parts)
    if typeset.ruler(font).horizontalAdvance(joined) <= room:
        return TextBlock((joined,) if joined else (), font, top)
    lines = tuple(line for part in parts for line in (typeset.wrap(part, font, room) or (part,)))
    return TextBlock(lines, font, top)


def _pill_side(font: QFont) -> int:
    return round(typeset.ruler(font).height * 0.36)


def _pill(box: QRect, pad: int, status: TextBlock) -> QRect:
    side = _pill_side(status.font)
    height, width = status.height + side, status.width + 2 * side
    return QRect(box.left() + pad, box.bottom() + 1 - pad - height, width, height)
