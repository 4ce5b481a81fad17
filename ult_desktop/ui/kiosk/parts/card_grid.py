"""The cards to tap, a service or a category each, and the grid that lays them out."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.ui.kiosk.parts import card_plan, choices
from ult_desktop.ui.kiosk.parts.card_plan import InfoCorner
from ult_desktop.ui.kit import Theme, icons, typeset
from ult_desktop.ui.kit.widgets.card import SHADOW, paint_card

_WIDTH = 310  # a card's least visible width in base pixels
_HEIGHT, _BARE_HEIGHT = 230, 164  # its least height with a pill and without
_HIGHEST = 460  # base pixels of a card
_MOST, _MOST_DENSE = 8, 16  # cards on a page
_PAGES = 2  # the most pages, where all cards have room on them
_ROUNDS = 3  # the most arrangements after a change: each may change the foot, and so the room


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
        return self.plan is None or self.plan.is_whole

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


@dataclass(frozen=True)
class Slots:
    """The arrangement of cards: how many columns and rows, and whether they are close together."""

    columns: int
    rows: int
    dense: bool = False

    @property
    def capacity(self) -> int:
        return min(_MOST_DENSE if self.dense else _MOST, self.columns * self.rows)

    def smaller(self) -> "list[Slots]":
        """Return the arrangements with one column or one row less: their cards are larger."""
        candidates = (Slots(self.columns - 1, self.rows), Slots(self.columns, self.rows - 1))
        return [slots for slots in candidates if slots.columns and slots.rows]


def slots_for(room: QSize, theme: Theme, faces: Sequence[choices.Face]) -> Slots:
    """Return the arrangement with the widest cards that still needs at most two pages."""
    gap, count = _gap(theme, Slots(1, 1)), len(faces)
    least = _HEIGHT if any(face.status for face in faces) else _BARE_HEIGHT
    height = theme.px(least * (1 + (theme.growth - 1) * 0.6))
    rows = max(1, min(4, (room.height() + gap) // (height + gap)))
    most = 4 if room.width() >= theme.px(1200) else 2
    width = theme.px(_WIDTH * theme.growth)
    columns = max(1, min(most, (room.width() + gap) // (width + gap)))
    while columns < most and columns * rows * _PAGES < count:
        columns += 1
    if 0 < count <= columns * rows:  # six cards look better as 3 + 3 than as 4 + 2
        # Rows first, then the columns that fill them evenly.
        columns = max(1, min(columns, math.ceil(count / rows)))
        rows = math.ceil(count / columns)
    return Slots(columns, rows)


def whole_slots(room: QSize, theme: Theme, faces: Sequence[choices.Face], least: int = 1) -> Slots:
    """Return the arrangement that shows every word whole on the fewest pages, at least `least`.

    An arrangement with room for descriptions is preferred. Names smaller than the words of a page are used
    only if three pages are too few otherwise.
    """
    usual, count = slots_for(room, theme, faces), len(faces)
    if not faces:
        return usual

    def pages(slots: Slots) -> int:
        return math.ceil(count / slots.capacity)

    def is_described(slots: Slots) -> bool:
        return card_plan.have_descriptions(faces, theme, card_size(slots, room, theme))

    if pages(usual) == least == 1 and _is_whole(usual, room, theme, faces) and is_described(usual):
        return usual
    candidates = [
        slots
        for slots in (Slots(columns, rows) for rows in range(1, 5) for columns in range(1, 5))
        # An arrangement is of no use when a smaller one has as many pages: its cards are larger.
        if not any(pages(smaller) == pages(slots) for smaller in slots.smaller())
    ]
    # In this order: three pages, two with small names, as many as it takes, and these with small names.
    for most, small in ((_PAGES + 1, False), (_PAGES, True), (count, False), (count, True)):
        fitting = [
            slots
            for slots in candidates
            if least <= pages(slots) <= most and _is_whole(slots, room, theme, faces, small=small)
        ]
        if fitting:
            fewest = min(map(pages, fitting))
            best = [slots for slots in fitting if pages(slots) == fewest]
            return min(best, key=lambda slots: (not is_described(slots), slots.columns * slots.rows))
    return Slots(1, 1)


def dense_slots(room: QSize, theme: Theme, faces: Sequence[choices.Face], parts: int) -> Slots | None:
    """Return the arrangement that shows every word of all faces whole on one page; None if there is none.

    The faces have room for a long queue as well, of which they show the first `parts` of the words: the
    arrangement must not change when people come.
    """
    candidates = (
        Slots(math.ceil(len(faces) / rows), rows, dense=True) for rows in range(2, _MOST_DENSE // 2 + 1)
    )
    measured = (*faces, *(choices.with_long_queue(face, parts) for face in faces))
    return next((slots for slots in candidates if _is_whole(slots, room, theme, measured)), None)


def _is_whole(
    slots: Slots, room: QSize, theme: Theme, faces: Sequence[choices.Face], *, small: bool = False
) -> bool:
    """Return whether the cards are large enough to tap, and show every word (`small`: as in `have_room`)."""
    size = card_size(slots, room, theme)
    is_target = min(size.width(), size.height()) >= theme.target
    return is_target and card_plan.have_room(faces, theme, size, small=small)


def card_size(slots: Slots, room: QSize, theme: Theme) -> QSize:
    """Return the size of the visible card."""
    reach, gap = theme.px(SHADOW), _gap(theme, slots)
    width = (room.width() - 2 * reach - (slots.columns - 1) * gap) // slots.columns
    height = (room.height() - 2 * reach - (slots.rows - 1) * gap) // slots.rows
    return QSize(width, min(height, theme.px(_HIGHEST * theme.growth)))


def _gap(theme: Theme, slots: Slots) -> int:
    """Return the gap between the visible cards, in pixels."""
    return theme.gap if slots.dense else max(theme.gap, theme.px(28))


class _Fill(NamedTuple):
    """The last arrangement: what it depended on but the height of the room, that height, and its pages."""

    content: object = None
    height: int = 0
    pages: int = 1


class CardGrid(QWidget):
    """The grid that shows faces as cards.

    Signals:
        chosen: the card with this index was touched.
        info_requested: its requirements were asked for.
        page_changed: another page is shown, or their number changed.
    """

    chosen = Signal(int)
    info_requested = Signal(int)
    page_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._faces: tuple[choices.Face, ...] = ()
        self._usual_faces: tuple[choices.Face, ...] = ()
        self._all_faces: tuple[choices.Face, ...] = ()
        self._slots = Slots(1, 1)
        self._last_fill = _Fill()
        self.page = 0
        self.cards = [self._make_card(place) for place in range(_MOST_DENSE)]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._arrange)

    @property
    def pages(self) -> int:
        return max(1, math.ceil(len(self._faces) / self._slots.capacity))

    @property
    def is_dense(self) -> bool:
        """Whether all faces are shown, on one page."""
        return self._slots.dense

    def show_faces(self, faces: tuple[choices.Face, ...], all_faces: tuple[choices.Face, ...] = ()) -> None:
        """Show `all_faces` where they have room on one page, else `faces`."""
        self._usual_faces, self._all_faces = faces, all_faces
        self._arrange()

    def turn(self, step: int) -> None:
        """Go `step` pages on, from the last to the first and back."""
        self.page = (self.page + step) % self.pages
        self._arrange()

    def first_page(self) -> None:
        self.page = 0
        self._arrange()

    def seek(self, wanted: Callable[[choices.Face], bool]) -> ServiceCard | None:
        """Leaf to the first card with a wanted face, and return it; None if there is none."""
        place = next((place for place, face in enumerate(self._faces) if wanted(face)), None)
        if place is None:
            return None
        page, card = divmod(place, self._slots.capacity)
        if page != self.page:
            self.turn(page - self.page)
        return self.cards[card]

    def choose_nth(self, number: int) -> None:
        """Tap the card with this number on the page, from 1; do nothing when there is none."""
        if 1 <= number <= len(self.cards) and self.cards[number - 1].isVisible():
            self.cards[number - 1].click()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.target, self._theme.target)

    def _make_card(self, place: int) -> ServiceCard:
        card = ServiceCard(self._theme, self)
        card.clicked.connect(lambda: self.chosen.emit(self._index(place)))
        card.info_requested.connect(lambda: self.info_requested.emit(self._index(place)))
        card.hide()
        return card

    def _index(self, place: int) -> int:
        return self.page * self._slots.capacity + place

    def _arrange(self) -> None:
        """Arrange the cards, in a few rounds at most.

        Keys to leaf make the foot grow, which takes room from the cards.
        """
        for _round in range(_ROUNDS):
            room = self.size()
            self._fill(room)
            self.page_changed.emit()
            # A page that is not yet in sight gets its resize event only when it is shown:
            # https://doc.qt.io/qt-6/qwidget.html#size-prop
            if self.size() == room:
                break

    def _fill(self, room: QSize) -> None:
        self._choose_slots(room)
        self._last_fill = _Fill(self._content(room), room.height(), self.pages)
        self.page = min(self.page, self.pages - 1)
        start = self.page * self._slots.capacity
        shown = self._faces[start : start + self._slots.capacity]
        size = card_size(self._slots, room, self._theme)
        level = card_plan.card_sizes_for(self._faces, self._theme, size)
        for place, card in enumerate(self.cards):
            card.setVisible(place < len(shown))
            if place < len(shown):
                # Shadows may overlap; only the visible cards have gaps.
                reach, gap = self._theme.px(SHADOW), _gap(self._theme, self._slots)
                row, column = divmod(place, self._slots.columns)
                left, top = column * (size.width() + gap), row * (size.height() + gap)
                card.setGeometry(QRect(left, top, size.width() + 2 * reach, size.height() + 2 * reach))
                card.show_face(shown[place], level)

    def _choose_slots(self, room: QSize) -> None:
        """Choose all faces, with two or one words of their queues, if they have room, else the usual ones."""
        for parts in (2, 1) if self._all_faces else ():
            faces = tuple(replace(face, detail="", status=face.status[:parts]) for face in self._all_faces)
            slots = dense_slots(room, self._theme, faces, parts)
            if slots is not None:
                self._faces, self._slots = faces, slots
                return
        self._faces = self._usual_faces
        # Keys to leaf first take room from the cards. Once the foot has settled, it gives a little of it back
        # (less than a target's height): that gain must not undo the page that brought the keys.
        last = self._last_fill
        is_same = last.content == self._content(room)
        least = last.pages if is_same and room.height() < last.height + self._theme.target else 1
        self._slots = whole_slots(room, self._theme, self._faces, least)

    def _content(self, room: QSize) -> object:
        return self._faces, self._theme.text("body"), room.width()
