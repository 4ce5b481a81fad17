"""The part of the lobby screen for media, next numbers, services and the survey."""

import math
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import (
    QHideEvent,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QStackedLayout, QWidget
from typing_extensions import override

from ult_desktop.base import _, counted, language
from ult_desktop.core.queue.boards import LobbyBoard, ServiceQueue, distinct_name, line_words
from ult_desktop.core.queue.calling_order import NextNumbers
from ult_desktop.core.queue.lobby import LobbyNow, LobbyState, week_rows
from ult_desktop.core.queue.wait_range import wait_words
from ult_desktop.ui.display import panels
from ult_desktop.ui.display.media.office_panels import HoursPanel, StandardPanel
from ult_desktop.ui.kit import Column, Row, Theme, typeset, widgets
from ult_desktop.ui.kit.accessible import Role, set_role
from ult_desktop.ui.kit.widgets.qr_view import QrView

_ROWS = 6
"""The most rows of a page, of services and of next numbers: more would be too small to read."""
_STACKED = 3  # the most rows of a page that are high enough for numbers below the counters
_NAMED = 3  # the most names in a row; the others are counted


class NextRow(panels.Backdrop):
    """The row of one counter, or of several that call the same numbers."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.counters = panels.FitText(theme, 64, 700, rows=2).filling()
        self.numbers = panels.FitText(theme, 130, 800, "call-accent").filling()
        self._row = Row(theme, self, 12, (28, 8, 28, 8))
        self._row.addWidget(self.counters, 5)
        self._row.addWidget(self.numbers, 7)

    def show_next(self, numbers: NextNumbers, *, stacked: bool) -> None:
        self._row.setDirection(
            QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        )
        self.numbers.aligned(panels.START if stacked else panels.END)
        self.counters.set_text(next_counters_words(numbers.counters))
        self.numbers.set_text(*(" · ".join(numbers.labels[:count]) for count in (3, 2, 1)))


def next_counters_words(counters: Sequence[tuple[int, str]]) -> str:
    """Return the counters in few words: "Loket 1–4, 7, Loket Data"."""
    unnamed = [number for number, name in counters if not distinct_name(number, name)]
    names = [distinct_name(number, name) for number, name in counters if distinct_name(number, name)]
    runs: list[list[int]] = []
    for number in unnamed:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    spans = [f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs]
    parts = [_("Loket {number}").format(number=", ".join(spans))] if unnamed else []
    words = ", ".join(parts + names[:_NAMED])
    more = len(names) - _NAMED
    return f"{words} {_('({n} lagi)').format(n=more)}" if more > 0 else words


class NextPanel(QWidget):
    """The panel of next numbers: six rows at most fill the height of a page."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._numbers: Sequence[NextNumbers] = ()
        self._page = 0
        self.title = panels.FitText(theme, "small", 600, "ink-soft")
        self.hint = panels.FitText(theme, "small", 500, "ink-soft", rows=2)
        self.rows = tuple(NextRow(theme) for _row in range(_ROWS))
        column = Column(theme, self, 12)
        column.addWidget(self.title)
        for row in self.rows:
            column.addWidget(row, 1)
        column.addWidget(self.hint)

    def show_next(self, numbers: Sequence[NextNumbers]) -> None:
        self._numbers = numbers
        self._arrange()

    def turn_page(self) -> bool:
        """Show the next page; return False after the last one, for which the first is shown again."""
        self._page += 1
        self._arrange()
        return self._page > 0

    def _arrange(self) -> None:
        self.title.set_text(_("NOMOR BERIKUTNYA"))
        self.hint.set_text(_("Urutan dapat berubah."))
        pages = max(1, math.ceil(len(self._numbers) / _ROWS))
        self._page %= pages
        count = max(1, math.ceil(len(self._numbers) / pages))
        shown = self._numbers[self._page * count : (self._page + 1) * count]
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(shown))
            if place < len(shown):
                row.show_next(shown[place], stacked=count <= _STACKED)


class SurveyPanel(QWidget):
    """The panel with the address of the office's form as a code to scan, and its purpose."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._address = ""
        self.title = panels.FitText(theme, "hero", 800, rows=2).aligned(panels.CENTRE)
        self.hint = panels.FitText(theme, "strong", 500, "ink-soft", rows=2).aligned(panels.CENTRE)
        self.code = QrView(theme, size=460)
        column = Column(theme, self, 20, (24, 24, 24, 24))
        column.addStretch(1)
        column.addWidget(self.title)
        column.addWidget(self.code, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.hint)
        column.addStretch(1)

    def show_address(self, address: str) -> None:
        """Show `address`, where a visitor's phone finds the survey form; "" draws no code."""
        self.title.set_text(_("Bagaimana layanan kami hari ini?"))
        self.hint.set_text(_("Pindai dengan HP untuk mengisi survei."))
        self.code.setAccessibleName(_("Kode QR survei"))
        if address != self._address:
            self._address = address
            self.code.show_content(address)


class ServiceLetter(QWidget):
    """The letter that a service's numbers begin with, on the tint it has at the kiosk."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._text, self._tint = "", "blue"
        set_role(self, Role.StaticText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_letter(self, text: str, tint: str) -> None:
        self._text, self._tint = text, tint
        self.setAccessibleName(text)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        side = self._theme.px(76)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(f"tint-{self._tint}"))
        box = QRectF(self.rect())
        painter.drawRoundedRect(box, box.width() / 4, box.width() / 4)
        ink = self._theme.color(f"tint-{self._tint}-ink")
        text = typeset.fit(self._text, self._theme.font(54, 800), box.size() * 0.8, tight=True, floor=0.3)
        text.draw(painter, box, ink, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        painter.end()


_LEAST = 26  # pixels of a letter at 1080 lines
# How a row's width is shared between the service's name and what is next to it:
_SHARES = (1, 1)  # its queue
_SHARES_CLOSED = (4, 5)  # why it gives no numbers; these are often its hours, in two lines
_SHARES_LONG = (3, 2)  # either, next to a long name: its row is higher and has room for more lines


class ServiceQueueRow(panels.Backdrop):
    """A line of the table: letter, name, how many wait and how long, or how many counters are open."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.letter = ServiceLetter(theme)
        # A third row of letters in a low row would be cut off: then they are smaller than the hall can read.
        self.name = panels.FitText(theme, "body", 600, rows=4).filling().shrinking_to(_LEAST)
        self.waiting = panels.FitText(theme, "body", 700, rows=3).aligned(panels.END)
        self.second = panels.FitText(theme, "body", 500, "ink-soft").aligned(panels.END)
        facts = Column(theme, gap=0)
        facts.addStretch(1)
        facts.addWidget(self.waiting)
        facts.addWidget(self.second)
        facts.addStretch(1)
        self._row = Row(theme, self, 20, (20, 2, 24, 2))
        self._row.addWidget(self.letter)
        self._row.addWidget(self.name)
        self._row.addLayout(facts)

    def show_line(self, line: ServiceQueue, index: int) -> None:
        self.letter.show_letter(line.service.prefix, widgets.tint_of(index))
        self.name.set_text(line.service.name.within(language()))
        self.waiting.set_text(waiting_words(line))
        usual = _SHARES if line.available else _SHARES_CLOSED
        for column, share in enumerate(_SHARES_LONG if _is_long(line) else usual, 1):
            self._row.setStretch(column, share)
        self.second.set_text(second_words(line))
        self.second.setVisible(bool(second_words(line)))
        self.second.set_tone("ink-soft" if line.counters_open else "warn-soft-ink")


def waiting_words(line: ServiceQueue) -> str:
    return line_words(line) if line.available else line.why


def second_words(line: ServiceQueue) -> str:
    """Return the wait of a visitor who comes now, or how many counters are open."""
    if not line.available:
        return ""
    if not line.counters_open:
        return _("belum buka")
    return wait_words(line.wait) or counted("{n} loket buka", line.counters_open)


_LOW, _HIGH = 116, 172  # base pixels: the least and the greatest height of a row
_LOW_LONG = _HIGH_LONG = 232  # the same while a long name is among them
_LONG = 40  # letters of a name that needs more than two lines
_GAP = 10  # base pixels


def _is_long(line: ServiceQueue) -> bool:
    return len(line.service.name.within(language())) > _LONG


class ServiceTable(QWidget):
    """The table of services, the longest queue first; its pages are of even length.

    Services that give no numbers now are the last.

    Signals:
        turned: another page, or another number of pages, is shown.
    """

    turned = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: Sequence[tuple[int, ServiceQueue]] = ()
        self._page = 0
        self.rows = tuple(ServiceQueueRow(theme) for _row in range(_ROWS))
        for row in self.rows:
            row.setParent(self)

    @property
    def pages(self) -> int:
        gap, least = self._theme.px(_GAP), self._theme.px(_LOW_LONG if self._has_long_name else _LOW)
        rows = max(1, min(_ROWS, (self.height() + gap) // (least + gap)))
        return max(1, math.ceil(len(self._lines) / rows))

    @property
    def _has_long_name(self) -> bool:
        return any(_is_long(line) for _index, line in self._lines)

    @property
    def page(self) -> int:
        """The number of the page, from 1."""
        return self._page + 1

    def show_lines(self, lines: Sequence[ServiceQueue]) -> None:
        self._lines = sorted(enumerate(lines), key=lambda line: (not line[1].available, -line[1].waiting))
        self._arrange()

    def turn_page(self) -> bool:
        """Show the next page; return False after the last one, for which the first is shown again."""
        self._page = (self._page + 1) % self.pages
        self._arrange()
        return self._page > 0

    def _arrange(self) -> None:
        self._page = min(self._page, self.pages - 1)
        count = max(1, math.ceil(len(self._lines) / self.pages))
        gap = self._theme.px(_GAP)
        most = self._theme.px(_HIGH_LONG if self._has_long_name else _HIGH)
        height = min(most, (self.height() + gap) // count - gap)
        for place, row in enumerate(self.rows):
            number = self._page * count + place
            row.setVisible(place < count and number < len(self._lines))
            if not row.isHidden():
                row.setGeometry(0, place * (height + gap), self.width(), height)
                index, line = self._lines[number]
                row.show_line(line, index)
        self.turned.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(_LOW))


_MOST_WITH_STEPS = 8  # services beside which the steps have room
_ICONS = ("layout-grid", "ticket", "bell-ring")


class HowToSteps(panels.Backdrop):
    """The three steps that a first-time visitor must know: tap, take, wait."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "surface-alt")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.texts = tuple(panels.FitText(theme, "body", 500, rows=3) for _icon in _ICONS)
        row = Row(theme, self, 16, (20, 16, 12, 16))
        for icon, text in zip(_ICONS, self.texts, strict=True):
            pair = Row(theme, gap=12)
            pair.addWidget(panels.ToneIcon(theme, icon, "accent", 40))
            pair.addWidget(text, 1)
            row.addLayout(pair, 1)
        self.retranslate()

    def retranslate(self) -> None:
        words = (
            (_("Sentuh layanan di mesin antrean"), _("Ke mesin antrean")),
            (_("Ambil karcis Anda"),),
            (_("Tunggu nomor dipanggil"), _("Tunggu dipanggil")),
        )
        for text, versions in zip(self.texts, words, strict=True):
            text.set_text(*versions)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(600), self._theme.px(172))


class Slide(QWidget):
    """The calm slide: it changes when the queue changes, and has pages when there are many services."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.welcome = panels.FitText(theme, 72, 800)
        self.title = panels.FitText(theme, "small", 600, "ink-soft")
        self.page = panels.FitText(theme, "small", 600, "ink-soft").aligned(panels.END)
        self.table = ServiceTable(theme)
        self.steps = HowToSteps(theme)
        titles = Row(theme, gap=16)
        titles.addWidget(self.title, 6)
        titles.addWidget(self.page, 1)
        column = Column(theme, self, 14)
        column.addWidget(self.welcome)
        column.addLayout(titles)
        column.addWidget(self.table, 1)
        column.addWidget(self.steps)
        self.table.turned.connect(self._show_page)

    def show_board(self, board: LobbyBoard, heading: str, *, invites: bool) -> None:
        self.welcome.set_text(heading)
        self.title.set_text(_("LAYANAN DAN ANTREAN SEKARANG"))
        self.steps.retranslate()
        # A visitor who waits has taken a number, and wants to see the queue.
        is_waited = any(line.waiting for line in board.lines)
        self.steps.setVisible(invites and not is_waited and len(board.lines) <= _MOST_WITH_STEPS)
        self.table.show_lines(board.lines)

    def _show_page(self) -> None:
        has_pages = self.table.pages > 1
        self.page.set_text(f"{self.table.page}/{self.table.pages}" if has_pages else "")


FADE_MS = 240  # from one picture to the next
TURN_MS = 12_000
"""The time for which each page of services, next numbers, standard, hours and survey is shown."""


class MediaView(QWidget):
    """The view of media. Pictures are never cropped: posters have words at their edges.

    A film is a stream of `show_frame`; a QVideoWidget would stay blank in a screenshot.
    """

    def __init__(self, theme: Theme, *, moving: bool = True) -> None:
        super().__init__()
        self._theme, self._moving = theme, moving
        self._picture: QPixmap | QImage | None = None
        self._former: QPixmap | None = None
        self._opacity = 1.0
        set_role(self, Role.Graphic)
        self.setAccessibleName(_("Gambar atau film kantor"))
        self._fade = QVariantAnimation(self, duration=FADE_MS)
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self._fade.valueChanged.connect(self._fade_to)
        self._fade.finished.connect(self._forget_former)

    @property
    def is_empty(self) -> bool:
        return self._picture is None

    def show_picture(self, image: QImage) -> None:
        if self._picture is not None and self._moving and self.isVisible():
            self._former = self._draw_picture()
            self._fade.start()
            self._opacity = 0.0
        self._picture = QPixmap.fromImage(image)
        self.update()

    def show_frame(self, image: QImage) -> None:
        self._fade.stop()
        self._forget_former()
        self._picture = image
        self.update()

    def clear(self) -> None:
        self._fade.stop()
        self._picture = self._former = None
        self.update()

    def _draw_picture(self) -> QPixmap:
        """Return the present content as one picture, for the fade."""
        pixmap = QPixmap(self.size() * self.devicePixelRatioF())
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        pixmap.fill(self._theme.color("ground"))
        painter = QPainter(pixmap)
        self._paint_content(painter)
        painter.end()
        return pixmap

    def _fade_to(self, opacity: float) -> None:
        self._opacity = opacity
        self.update()

    def _forget_former(self) -> None:
        self._former, self._opacity = None, 1.0
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._former = None

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(self.rect()), self._theme.radius, self._theme.radius)
        painter.setClipPath(clip)
        painter.fillRect(self.rect(), self._theme.color("surface-alt"))
        if self._former is not None:
            painter.drawPixmap(0, 0, self._former)
            painter.setOpacity(self._opacity)
            painter.fillRect(self.rect(), self._theme.color("surface-alt"))
        self._paint_content(painter)
        painter.end()

    def _paint_content(self, painter: QPainter) -> None:
        if self._picture is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = QSizeF(self._picture.size())
        box = QRectF(self.rect())
        size.scale(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(box.topLeft(), size)
        target.moveCenter(box.center())
        if isinstance(self._picture, QPixmap):
            painter.drawPixmap(target, self._picture, QRectF(self._picture.rect()))
        else:
            painter.drawImage(target, self._picture, QRectF(self._picture.rect()))


class MediaPanel(QWidget):
    """The panel with the office's media, and between them the services and the next numbers in turn.

    While nobody is called, the hours take the place of both.

    Signals:
        round_ended: each of the panel's own pages has had a turn.
    """

    round_ended = Signal()

    def __init__(self, theme: Theme, *, moving: bool = True) -> None:
        super().__init__()
        self.slide, self.upcoming, self.survey = Slide(theme), NextPanel(theme), SurveyPanel(theme)
        self.hours, self.standard = HoursPanel(theme), StandardPanel(theme)
        self.view = MediaView(theme, moving=moving)
        self._offered: list[QWidget] = [self.slide]
        self._pages = QStackedLayout(self)
        for page in (self.slide, self.hours, self.upcoming, self.standard, self.survey, self.view):
            self._pages.addWidget(page)
        self._turn = QTimer(self, interval=TURN_MS)
        self._turn.timeout.connect(self.turn_page)

    @property
    def page(self) -> QWidget | None:
        """The page in sight."""
        return self._pages.currentWidget()

    @property
    def shows_media(self) -> bool:
        return self.page is self.view

    def show_board(self, board: LobbyBoard, now: LobbyNow, heading: str, today: date) -> None:
        is_open = now.state is LobbyState.OPEN
        self.slide.show_board(board, heading, invites=is_open and not board.kiosk_pause)
        self.hours.show_hours(week_rows(board.days, today), board.office.phone_words)
        self.upcoming.show_next(board.next_up)
        is_over = now.state in (LobbyState.ENDING, LobbyState.CLOSED) and not now.holiday
        survey = board.office.survey_url if is_over else ""
        self.survey.show_address(survey)
        is_calling = is_open or now.state is LobbyState.ENDING
        has_standard = self.standard.show_lines(board.lines)
        pages = (
            (self.slide, is_calling),
            (self.hours, not is_calling),
            (self.upcoming, is_calling and bool(board.next_up)),
            (self.standard, has_standard),
            (self.survey, bool(survey)),
        )
        self._offered = [page for page, is_offered in pages if is_offered]
        if self.page not in (*self._offered, self.view):
            self._pages.setCurrentWidget(self._offered[0])

    def turn_page(self) -> None:
        """Show the next page of services, next numbers, hours and survey; media are not interrupted."""
        page = self.page
        if page is None or page not in self._offered:
            return
        if page is self.slide and self.slide.table.turn_page():
            return
        if page is self.upcoming and self.upcoming.turn_page():
            return
        if page is self.standard and self.standard.turn_page():
            return
        place = (self._offered.index(page) + 1) % len(self._offered)
        self._pages.setCurrentWidget(self._offered[place])
        if place == 0:
            self.round_ended.emit()

    def show_media(self, showing: bool) -> None:
        if showing or self.shows_media:
            self._pages.setCurrentWidget(self.view if showing else self._offered[0])
            self._turn.start()  # the slide after the media is shown for a whole turn too

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._turn.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._turn.stop()
