"""The picture of a call over the lobby screen."""

import math
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHideEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QRadialGradient,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.queue.boards import Call
from ult_desktop.ui.display.panels import least_letters
from ult_desktop.ui.display.words import (
    CallGroup,
    call_caption,
    more_words,
    second_words,
    sign_words,
    spoken_on_screen,
)
from ult_desktop.ui.kit import Theme, icons, typeset
from ult_desktop.ui.kit.accessible import Role, announce, set_role
from ult_desktop.ui.kit.widgets.painting import diagonal_gradient

_NOTHING = typeset.FittedText(QFont(), (), elided=False, tight=True)

LEAST_SHARE = 0.25
"""The height of a number, as a share of the screen's shorter side (docs/screens.md, "Readable at 8 m")."""

_SHARE = 0.34  # the same share, for a call alone
_SHARE_PRIORITY = 0.3  # the same, where a further line says that the call has priority
_EDGE = 0.04  # of the width, at each side

_CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class PlacedText:
    """Words in their box; `icon` is before them; with `is_pill` they have a background of their own."""

    words: typeset.FittedText
    box: QRectF
    tone: str
    icon: str = ""
    is_pill: bool = False
    is_number: bool = False
    align: Qt.AlignmentFlag = _CENTRE

    @property
    def side(self) -> int:
        """The side of the icon; one without words fills its box."""
        return round(self.words.size.height() * 1.5 or self.box.height()) if self.icon else 0

    @property
    def painted_box(self) -> QRectF:
        """The part of the box that icon and words take."""
        text = self.words.size
        gap = self.side * 0.4 if self.words.rows else 0
        spare = self.box.width() - self.side - gap - text.width()
        across = {_LEFT: 0.0, _CENTRE: 0.5, _RIGHT: 1.0}[self.align]
        high = max(float(self.side), text.height())
        left, top = self.box.left() + spare * across, self.box.center().y() - high / 2
        return QRectF(left, top, self.box.width() - spare, high)


@dataclass(frozen=True)
class PosterWords:
    """The words of a poster; `bright_row` is the row of the spoken call, None if there is one call alone."""

    words: tuple[PlacedText, ...]
    bright_row: QRectF | None = None


def place_calls(theme: Theme, group: CallGroup, size: QSizeF) -> PosterWords:
    """Return the words of one call, or of several in rows, within `size`."""
    if len(group.calls) == 1:
        return PosterWords(_place_call(theme, group, size))
    return _place_rows(theme, group, size)


def _place_call(theme: Theme, group: CallGroup, size: QSizeF) -> tuple[PlacedText, ...]:
    """Return the call's words from top to bottom, spread over the height of `size`."""
    call = group.current
    share = _SHARE_PRIORITY if call.priority else _SHARE
    if group.more:
        share = LEAST_SHARE
    room = QSizeF(size.width() * (1 - 2 * _EDGE), size.height() * 0.2)
    words = [_caption(theme, group, room)]
    if call.priority:
        text = _line(theme, _("Prioritas").upper(), 52, 700, room)
        words.append(PlacedText(text, QRectF(), "priority-soft-ink", "accessibility", is_pill=True))
    words.append(
        PlacedText(number_words(theme, call.label, size, share), QRectF(), "call-ink", is_number=True)
    )
    words.append(PlacedText(_line(theme, _("Silakan menuju"), 52, 500, room), QRectF(), "call-ink"))
    counter = typeset.fit(sign_words(call), theme.font(190, 800), room, tight=True, floor=_floor(theme, 190))
    words.append(PlacedText(counter, QRectF(), "call-accent"))
    service = typeset.fit(second_words(call), theme.font(52, 500), room, rows=2, floor=_floor(theme, 52))
    words.append(PlacedText(service, QRectF(), "call-ink"))
    words.extend(_waiting_line(theme, group, room))
    return _spread(words, size)


def _caption(theme: Theme, group: CallGroup, room: QSizeF) -> PlacedText:
    return PlacedText(
        _line(theme, call_caption(group).upper(), 52, 600, room), QRectF(), "call-ink", "bell-ring"
    )


def _waiting_line(theme: Theme, group: CallGroup, room: QSizeF) -> list[PlacedText]:
    """Return the line that says how many calls wait, [] when none does."""
    text = more_words(group)
    words = _line(theme, text, 52, 600, room)
    return [PlacedText(words, QRectF(), "call-accent", "bell-ring")] if text else []


_ROW_HIGH, _ROW_GAP = 0.2, 0.02  # of the screen's height
_CAPITAL = 0.52  # of a row's height: that of the number's letters
_LARGE = 100  # pixels as drawn, from which words in a row are heavy
_OUTER_HIGH = 1.8  # times the height of the words above and below the rows: their icon is higher


def _place_rows(theme: Theme, group: CallGroup, size: QSizeF) -> PosterWords:
    """Return a row for each call, number and counter side by side; that of the spoken one is bright."""
    left, width = size.width() * _EDGE, size.width() * (1 - 2 * _EDGE)
    room, count = QSizeF(width, size.height() * 0.1), len(group.calls)
    # The caption above the rows, and below them how many calls wait.
    outer_lines = [_caption(theme, group, room), *_waiting_line(theme, group, room)]
    outer_height = sum(_height(line) * _OUTER_HIGH for line in outer_lines)
    gap = size.height() * _ROW_GAP
    most_height = (size.height() * (1 - 2 * _EDGE) - outer_height) / count - gap
    row_height = min(size.height() * _ROW_HIGH, most_height)
    rows_height = count * (row_height + gap) - gap
    # Gaps of one height: above the caption, between it, the rows and the line below them, and at the end.
    gap_height = (size.height() - rows_height - outer_height) / (len(outer_lines) + 2)
    top = gap_height * 2 + _height(outer_lines[0]) * _OUTER_HIGH
    boxes = [QRectF(left, top + place * (row_height + gap), width, row_height) for place in range(count)]
    labels = tuple(call.label for call in group.calls)
    number = _filling(theme.font(100, 800), labels, width * 0.34, row_height * _CAPITAL)
    words = []
    for line, line_top in zip(outer_lines, (gap_height, top + rows_height + gap_height), strict=False):
        words.append(replace(line, box=QRectF(0, line_top, size.width(), _height(line) * _OUTER_HIGH)))
    for place, (call, box) in enumerate(zip(group.calls, boxes, strict=True)):
        words.extend(_row(theme, call, box, number, spoken=place == group.place))
    return PosterWords(tuple(words), boxes[group.place])


def _row(theme: Theme, call: Call, box: QRectF, number: QFont, *, spoken: bool) -> list[PlacedText]:
    ink, accent = ("ticker-ink", "ticker-ink") if spoken else ("call-ink", "call-accent")
    # The fractions below are shares of the row: from the left the mark of priority, the number, which ends at
    # 0.44, an arrow, and the counter with its other name below it.
    wide, side = box.width(), min(box.height() * 0.34, box.width() * 0.06)
    label = typeset.FittedText(number, (call.label,), elided=False, tight=True)
    at = QRectF(box.left() + wide * 0.09, box.top(), wide * 0.35, box.height())
    row = [PlacedText(label, at, ink, is_number=spoken, align=_RIGHT)]
    for icon, is_shown, place in (("accessibility", call.priority, 0.02), ("arrow-right", True, 0.46)):
        if is_shown:
            at = QRectF(box.left() + wide * place, box.center().y() - side / 2, side, side)
            row.append(PlacedText(_NOTHING, at, ink, icon))
    column = QRectF(box.left() + wide * 0.55, box.top(), wide * 0.43, box.height())
    second = second_words(call, service=False)
    split = box.height() * (0.62 if second else 1)
    for text, size, tone, part in (
        (sign_words(call), 130, accent, column.adjusted(0, 0, 0, split - box.height())),
        (second, 48, ink, column.adjusted(0, split, 0, -box.height() * 0.06)),
    ):
        if text:
            room, least = part.size() * 0.94, _floor(theme, size)
            font = theme.font(size, 800 if size > _LARGE else 600)
            words = typeset.fit(text, font, room, tight=True, floor=max(0.5, least))
            if words.elided:  # in one row they would be less than half as large
                words = typeset.fit(text, font, room, rows=2, tight=True, floor=least)
            row.append(PlacedText(words, part, tone, align=_LEFT))
    return row


def number_words(theme: Theme, label: str, size: QSizeF, share: float) -> typeset.FittedText:
    """Return the number in one line, as large as the screen allows."""
    font = _filling(theme.font(100, 800), (label,), size.width() * (1 - 2 * _EDGE), size.height() * share)
    return typeset.FittedText(font, (label,), elided=False, tight=True)


def _filling(font: QFont, rows: tuple[str, ...], width: float, capital: float) -> QFont:
    """Return `font` so large that its capitals are `capital` high, or less if a row is wider than `width`."""
    return typeset.enlarge(font, rows, width, capital / QFontMetricsF(font).capHeight())


def _line(theme: Theme, text: str, size: int, weight: int, room: QSizeF) -> typeset.FittedText:
    font = theme.font(size, weight, tabular=False)
    return typeset.fit(text, font, room, tight=True, floor=_floor(theme, size))


def _floor(theme: Theme, size: int) -> float:
    """Return the share of `size` to which words shrink that must be read by the whole hall."""
    return min(1.0, least_letters(theme) / theme.text(size))


def _spread(words: list[PlacedText], size: QSizeF) -> tuple[PlacedText, ...]:
    """Return the words below each other over the height of `size`, with equal gaps."""
    heights = [_height(placed) for placed in words]
    gap = (size.height() - sum(heights)) / (len(words) + 1)
    top, spread = gap, []
    for placed, height in zip(words, heights, strict=True):
        spread.append(replace(placed, box=QRectF(0, top, size.width(), height)))
        top += height + gap
    return tuple(spread)


def _height(placed: PlacedText) -> float:
    height = placed.words.size.height()
    return height * 2.0 if placed.is_pill else height


_DIM = 0.15  # the least strength of the light
_STEPS = 12  # of the halo's gradient


class CallCanvas:
    """The pictures of one screen that a call is made of: a background, a light behind the number, the words.

    The pictures are kept from call to call, because fresh memory of their size costs more than the drawing.
    The light is drawn again only for a number at another position.
    """

    def __init__(self, theme: Theme, size: QSize, ratio: float) -> None:
        self._theme, self._ratio = theme, ratio
        self.size = QSizeF(size)
        self.halo_box = QRectF()
        self._ground, self._halo, self._words = (self._blank() for _picture in range(3))
        painter = QPainter(self._ground)
        box = QRectF(QPointF(), self.size)
        painter.fillRect(
            box, diagonal_gradient(box, self._theme.color("call-from"), self._theme.color("call-to"))
        )
        painter.end()

    def fits(self, size: QSize, ratio: float) -> bool:
        return (self.size, self._ratio) == (QSizeF(size), ratio)

    def put_light(self, box: QRectF) -> None:
        if box != self.halo_box:
            self.halo_box = box
            self._draw_halo()

    def cleared_words(self) -> QPixmap:
        """Return the cleared picture for the next call's words."""
        self._words.fill(Qt.GlobalColor.transparent)
        return self._words

    def paint(self, painter: QPainter, part: QRectF, light: float) -> None:
        self.paint_ground(painter, part, light)
        self._copy(painter, self._words, part)

    def paint_ground(self, painter: QPainter, part: QRectF, light: float) -> None:
        self._copy(painter, self._ground, part)
        painter.setOpacity(_DIM + (1 - _DIM) * light)
        self._copy(painter, self._halo, part & QRectF(self.halo_box.toAlignedRect()))
        painter.setOpacity(1)

    def _copy(self, painter: QPainter, pixmap: QPixmap, part: QRectF) -> None:
        source = QRectF(part.topLeft() * self._ratio, part.size() * self._ratio)
        painter.drawPixmap(part, pixmap, source)

    def _blank(self) -> QPixmap:
        pixmap = QPixmap((self.size * self._ratio).toSize())
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        return pixmap

    def _draw_halo(self) -> None:
        inner = self._theme.color("call-halo")
        self._halo.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._halo)
        centre, box = self.halo_box.center(), self.halo_box
        painter.translate(centre)
        painter.scale(box.width() / box.height() * 0.8, 1.0)
        gradient = QRadialGradient(QPointF(), box.height() / 2)
        for step in range(_STEPS + 1):
            # Eased at both ends: a straight slope shows as rings on the flat ground.
            strength = (1 + math.cos(math.pi * step / _STEPS)) / 2
            inner.setAlphaF(strength)
            gradient.setColorAt(step / _STEPS, inner)
        side = box.height()
        painter.fillRect(QRectF(-side, -side / 2, side * 2, side), gradient)
        painter.end()


class CallPoster:
    """The number, counter and service of calls, drawn on `canvas` in place of the words of earlier calls."""

    def __init__(self, theme: Theme, group: CallGroup, canvas: CallCanvas) -> None:
        self._theme, self._canvas = theme, canvas
        placed = place_calls(theme, group, canvas.size)
        self.placed, self._bright_row = placed.words, placed.bright_row
        self.number = next(placed for placed in self.placed if placed.is_number)
        reach = self.number.box.height() * 0.45
        self.halo_box = (self._bright_row or self.number.box).adjusted(0, -reach, 0, reach)
        canvas.put_light(self.halo_box)
        self._draw_words()

    def fits(self) -> bool:
        """Return whether no words are cut, and every line is inside the screen."""
        screen = QRectF(QPointF(), self._canvas.size)
        return all(not text.words.elided and screen.contains(text.box) for text in self.placed)

    @property
    def ink(self) -> QColor:
        """The colour of the number."""
        return self._theme.color(self.number.tone)

    def ground_at(self, point: QPointF, light: float) -> QColor:
        """Return the colour behind the words at `point` while the light has the strength `light`."""
        image = QImage(1, 1, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.translate(-point)
        self._canvas.paint_ground(painter, QRectF(point, QSizeF(1, 1)), light)
        painter.end()
        return image.pixelColor(0, 0)

    def paint(self, painter: QPainter, part: QRectF, light: float) -> None:
        """Draw `part` of the screen; `light` from 0 to 1 is how bright the halo is."""
        self._canvas.paint(painter, part, light)

    def _draw_words(self) -> None:
        painter = QPainter(self._canvas.cleared_words())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._bright_row is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("ticker"))
            painter.drawRoundedRect(self._bright_row, self._theme.radius, self._theme.radius)
        for placed in self.placed:
            self._draw(painter, placed)
        painter.end()

    def _draw(self, painter: QPainter, placed: PlacedText) -> None:
        colour = self._theme.color(placed.tone)
        painted_box, side = placed.painted_box, placed.side
        if placed.is_pill:
            pad = placed.box.height() * 0.45
            ground = QRectF(
                painted_box.left() - pad, placed.box.top(), painted_box.width() + 2 * pad, placed.box.height()
            )
            painter.setPen(colour)
            painter.setBrush(self._theme.color("priority-soft"))
            painter.drawRoundedRect(ground, placed.box.height() / 2, placed.box.height() / 2)
        if placed.icon:
            at = QPointF(painted_box.left(), painted_box.center().y() - side / 2)
            painter.drawPixmap(at, icons.icon_pixmap(placed.icon, colour, side))
        painted_box.setLeft(painted_box.right() - placed.words.size.width())
        placed.words.draw(painter, painted_box, colour, placed.align)


_PULSE_MS = 2400  # in which the light grows and fades once
_FLASH_MS, _FLASHES = 300, 3  # fewer than two a second, at the edge only, for photosensitive people
_FRAME = 28  # base pixels
_FRAME_MS = 40  # between two pictures of the light


class CallOverlay(QWidget):
    """The cover over its parent while a call is on; a light behind the number grows and fades slowly.

    All words are drawn once per call, the background once for all: a frame of the pulse is three picture
    copies. With `moving` off there is no pulse. The cover comes and goes at once: a fade paints the whole
    screen with each frame, while people wait for the number.
    """

    def __init__(self, theme: Theme, parent: QWidget, *, moving: bool = True) -> None:
        super().__init__(parent)
        self._screen = parent
        self._theme, self._moving = theme, moving
        self._canvas: CallCanvas | None = None
        self._poster: CallPoster | None = None
        self._group: CallGroup | None = None
        self._elapsed = 0
        self._pulse = QTimer(self, interval=_FRAME_MS)
        self._pulse.timeout.connect(self._advance)
        theme.changed.connect(self._forget_colours)
        self.setProperty("overlay", True)
        # Qt then does not paint what the cover hides (film, running text).
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        set_role(self, Role.AlertMessage)
        self.hide()

    @property
    def call(self) -> Call | None:
        """The call that is announced now."""
        return None if self._group is None else self._group.current

    @property
    def is_pulsing(self) -> bool:
        return self._pulse.isActive()

    @property
    def poster(self) -> CallPoster:
        """The call as drawn at the present size."""
        if self._poster is None:
            if self._group is None:
                raise RuntimeError("no call to draw")
            self._poster = self._draw_poster(self._group)
        return self._poster

    def _draw_poster(self, group: CallGroup) -> CallPoster:
        size, ratio = self.size(), self.devicePixelRatioF()
        if self._canvas is None or not self._canvas.fits(size, ratio):
            self._canvas = CallCanvas(self._theme, size, ratio)
        return CallPoster(self._theme, group, self._canvas)

    def warm_up(self, call: Call) -> None:
        """Draw `call` without showing it: the first real call then finds background and letters drawn."""
        self.setGeometry(self._screen.rect())
        self._draw_poster(CallGroup((call,)))

    @property
    def is_framed(self) -> bool:
        """Return whether the edge is bright. It flashes as a call begins; with reduced motion it stays."""
        return not self._moving or self._elapsed // _FLASH_MS in range(0, 2 * _FLASHES, 2)

    def fits(self) -> bool:
        """Return whether every word of the call is on the screen, uncut."""
        return self._group is None or self.poster.fits()

    def show_calls(self, group: CallGroup) -> None:
        """Show calls. They are painted when this returns, before anything that waits for the event loop.

        The edge flashes when the announcement of another call begins, not when a call joins the others.
        """
        is_new = group.current is not self.call
        self._group = group
        if is_new:
            self._elapsed = 0
            self.setAccessibleName(spoken_on_screen(group))
            announce(self, spoken_on_screen(group))
        self.setGeometry(self._screen.rect())
        self._poster = None
        self.show()
        self.raise_()
        if self._moving:
            self._pulse.start()
        # Not `update`: what waits in the event loop, above all a board that came with the same commit, would
        # be drawn before the number.
        self.repaint()
        # `show` has queued another paint of the same picture.
        QCoreApplication.removePostedEvents(self, QEvent.Type.UpdateLater.value)

    def clear(self) -> None:
        self._group = None
        self._pulse.stop()
        self.hide()

    def _advance(self) -> None:
        was_framed = self.is_framed
        self._elapsed += _FRAME_MS
        if self.is_framed != was_framed:
            self.update()
        self.update(self.poster.halo_box.toAlignedRect())

    def _forget_colours(self) -> None:
        self._canvas = None
        self._draw_again()

    def _draw_again(self) -> None:
        self._poster = None
        self.update()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.DevicePixelRatioChange):
            self._draw_again()
        return super().event(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._pulse.stop()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._group is None:
            return
        painter = QPainter(self)
        light = (1 - math.cos(2 * math.pi * self._elapsed / _PULSE_MS)) / 2 if self._moving else 0.5
        self.poster.paint(painter, QRectF(event.rect()), light)
        if self.is_framed:
            edge = self._theme.px(_FRAME)
            painter.setPen(QPen(self._theme.color("accent"), edge))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(edge // 2, edge // 2, -edge // 2, -edge // 2))
        painter.end()
