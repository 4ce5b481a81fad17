"""The part of the lobby screen for media, next numbers, services and the survey."""

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
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget
from typing_extensions import override

from ult_desktop.base import _, counted, language
from ult_desktop.core.queue.boards import LobbyBoard, ServiceQueue, counter_name
from ult_desktop.core.queue.calling_order import NextNumbers
from ult_desktop.core.queue.lobby import LobbyNow, LobbyState, week_rows
from ult_desktop.core.queue.wait_range import wait_words
from ult_desktop.ui.display import fit_text, panels
from ult_desktop.ui.display.media.hours_panel import HoursPanel
from ult_desktop.ui.kit import Column, Grid, Row, Theme, typeset, widgets
from ult_desktop.ui.kit.accessible import Role, set_role
from ult_desktop.ui.kit.widgets.qr_view import QrView

_MOST_NEXT, _ONE_COLUMN = 12, 6
_NAMED = 3  # counters in a row; the others are counted


class NextRow(panels.Backdrop):
    """The row of one counter, or of several that call the same numbers."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.counters = fit_text.FitText(theme, "strong", 700, rows=2).filling()
        self.numbers = fit_text.FitText(theme, "title", 800, "call-accent").aligned(fit_text.END).filling()
        row = Row(theme, self, 20, (28, 8, 28, 8))
        row.addWidget(self.counters, 5)
        row.addWidget(self.numbers, 7)

    def show_next(self, numbers: NextNumbers) -> None:
        self.counters.set_text(next_counters_words(numbers.counters))
        self.numbers.set_text("   ".join(numbers.labels))


def next_counters_words(counters: Sequence[tuple[int, str]]) -> str:
    names = [counter_name(*each) for each in counters[:_NAMED]]
    more = len(counters) - _NAMED
    return ", ".join(names) + (" " + _("({n} lagi)").format(n=more) if more > 0 else "")


class NextPanel(QWidget):
    """The panel of next numbers. Up to six rows fill the height; more are in two columns."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.title = fit_text.FitText(theme, "small", 600, "ink-soft")
        self.hint = fit_text.FitText(theme, "small", 500, "ink-soft", rows=2)
        self.rows = tuple(NextRow(theme) for _row in range(_MOST_NEXT))
        column = Column(theme, self, 14)
        column.addWidget(self.title)
        self._grid = Grid(theme, gap=12)
        column.addLayout(self._grid, 1)
        column.addWidget(self.hint)

    def show_next(self, numbers: Sequence[NextNumbers]) -> None:
        self.title.set_text(_("NOMOR BERIKUTNYA"))
        self.hint.set_text(_("Urutan dapat berubah."))
        columns = 1 if len(numbers) <= _ONE_COLUMN else 2
        for place, row in enumerate(self.rows):
            self._grid.removeWidget(row)
            row.setVisible(place < len(numbers))
            if place < len(numbers):
                row.show_next(numbers[place])
                self._grid.addWidget(row, *divmod(place, columns))
        for line in range(_MOST_NEXT):
            used = line < -(-len(numbers) // columns)
            self._grid.setRowStretch(line, 1 if used else 0)
        self._grid.setColumnStretch(1, columns - 1)
        self._grid.setColumnStretch(0, 1)


class SurveyPanel(QWidget):
    """The panel with the address of the office's form as a code to scan, and its purpose."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._address = ""
        self.title = fit_text.FitText(theme, "hero", 800, rows=2).aligned(fit_text.CENTRE)
        self.hint = fit_text.FitText(theme, "strong", 500, "ink-soft", rows=2).aligned(fit_text.CENTRE)
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
        side = self._theme.px(60)
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
        text = typeset.fitted(self._text, self._theme.font(38, 800), box.size() * 0.8, tight=True, floor=0.3)
        text.draw(painter, box, ink, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        painter.end()


class ServiceQueueRow(panels.Backdrop):
    """A line of the table: letter, name, how many wait and how long, how many counters are open."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.letter = ServiceLetter(theme)
        self.name = fit_text.FitText(theme, 40, 600, rows=2)
        self.waiting = fit_text.FitText(theme, 36, 600)
        self.counters = fit_text.FitText(theme, 36, 500, "ink-soft").aligned(fit_text.END)
        facts = Row(theme, gap=20)
        facts.addWidget(self.waiting, 4)
        facts.addWidget(self.counters, 3)
        words = Column(theme, gap=0)
        words.addStretch(1)
        words.addWidget(self.name)
        words.addLayout(facts)
        words.addStretch(1)
        row = Row(theme, self, 20, (20, 2, 24, 2))
        row.addWidget(self.letter)
        row.addLayout(words, 1)

    def show_line(self, line: ServiceQueue, index: int) -> None:
        self.letter.show_letter(line.service.prefix, widgets.tint_of(index))
        self.name.set_text(line.service.name.within(language()))
        self.waiting.set_text(waiting_words(line))
        self.counters.set_text(counters_words(line))
        self.counters.set_tone("ink-soft" if line.counters_open else "warn-soft-ink")


def waiting_words(line: ServiceQueue) -> str:
    if not line.available:
        return line.why
    waiting = _("{n} menunggu").format(n=line.waiting) if line.waiting else _("tidak ada antrean")
    return " · ".join(filter(None, (waiting, wait_words(line.wait))))


def counters_words(line: ServiceQueue) -> str:
    if not line.counters_open:
        return _("loket belum buka")
    return counted("{n} loket buka", line.counters_open)


_LOW, _HIGH = 136, 190
_GAP = 12
_MOST_ROWS = 12
PAGE_MS = 12_000


class ServiceTable(QWidget):
    """The table of services. It turns its pages by itself; pages are of even length.

    Signals:
        turned: another page, or another number of pages, is shown.
    """

    turned = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: Sequence[ServiceQueue] = ()
        self._page = 0
        self.rows = tuple(ServiceQueueRow(theme) for _row in range(_MOST_ROWS))
        for row in self.rows:
            row.setParent(self)
        self._turn = QTimer(self, interval=PAGE_MS)
        self._turn.timeout.connect(self.turn_page)

    @property
    def pages(self) -> int:
        gap = self._theme.px(_GAP)
        fitting = (self.height() + gap) // (self._theme.px(_LOW) + gap)
        return max(1, -(-len(self._lines) // max(1, min(_MOST_ROWS, fitting))))

    @property
    def page(self) -> int:
        """The number of the page, from 1."""
        return self._page + 1

    def show_lines(self, lines: Sequence[ServiceQueue]) -> None:
        self._lines = lines
        self._arrange()

    def turn_page(self) -> None:
        if self.pages > 1:
            self._page = (self._page + 1) % self.pages
            self._arrange()

    def _arrange(self) -> None:
        self._page = min(self._page, self.pages - 1)
        count = max(1, -(-len(self._lines) // self.pages))
        gap = self._theme.px(_GAP)
        height = min(self._theme.px(_HIGH), (self.height() + gap) // count - gap)
        for place, row in enumerate(self.rows):
            index = self._page * count + place
            row.setVisible(place < count and index < len(self._lines))
            if not row.isHidden():
                row.setGeometry(0, place * (height + gap), self.width(), height)
                row.show_line(self._lines[index], index)
        self.turned.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._turn.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._turn.stop()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(_LOW))


_ICONS = ("layout-grid", "ticket", "bell-ring")


class HowToSteps(panels.Backdrop):
    """The three steps that a first-time visitor must know: tap, take, wait."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "surface-alt")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.texts = tuple(fit_text.FitText(theme, 36, 500, rows=3) for _icon in _ICONS)
        row = Row(theme, self, 16, (20, 16, 12, 16))
        for icon, text in zip(_ICONS, self.texts, strict=True):
            pair = Row(theme, gap=12)
            pair.addWidget(panels.ToneIcon(theme, icon, "accent", 40))
            pair.addWidget(text, 1)
            row.addLayout(pair, 1)
        self.retranslate()

    def retranslate(self) -> None:
        words = (_("Sentuh layanan di mesin antrean"), _("Ambil karcis Anda"), _("Tunggu nomor dipanggil"))
        for text, said in zip(self.texts, words, strict=True):
            text.set_text(said)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(600), self._theme.px(172))


class Slide(QWidget):
    """The calm slide: it changes when the queue changes, and turns a page when there are many services."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.welcome = fit_text.FitText(theme, 72, 800)
        self.title = fit_text.FitText(theme, "small", 600, "ink-soft")
        self.page = fit_text.FitText(theme, "small", 600, "ink-soft").aligned(fit_text.END)
        self.table = ServiceTable(theme)
        self.steps = HowToSteps(theme)
        titles = Row(theme, gap=16)
        titles.addWidget(self.title, 3)
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
        # Who waits has taken a number, and wants to see the queue.
        self.steps.setVisible(invites and not any(line.waiting for line in board.lines))
        self.table.show_lines(board.lines)

    def _show_page(self) -> None:
        several = self.table.pages > 1
        self.page.set_text(f"{self.table.page}/{self.table.pages}" if several else "")


FADE_MS = 240
TURN_MS = 12_000
"""The time for which each of the services, the next numbers and the survey is shown."""


class MediaView(QWidget):
    """The view of media. It shows all of what it is given, never cropped: posters have words at their edges.

    A film is a stream of `show_frame`; a QVideoWidget would stay blank in a screenshot.
    """

    def __init__(self, theme: Theme, *, moving: bool = True) -> None:
        super().__init__()
        self._theme, self._moving = theme, moving
        self._now: QPixmap | QImage | None = None
        self._before: QPixmap | None = None
        self._share = 1.0
        set_role(self, Role.Graphic)
        self.setAccessibleName(_("Gambar atau film kantor"))
        self._fade = QVariantAnimation(self, duration=FADE_MS)
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self._fade.valueChanged.connect(self._fade_to)
        self._fade.finished.connect(self._forget_before)

    @property
    def is_empty(self) -> bool:
        return self._now is None

    def show_picture(self, image: QImage) -> None:
        if self._now is not None and self._moving and self.isVisible():
            self._before = self._drawn()
            self._fade.start()
            self._share = 0.0
        self._now = QPixmap.fromImage(image)
        self.update()

    def show_frame(self, image: QImage) -> None:
        self._fade.stop()
        self._forget_before()
        self._now = image
        self.update()

    def clear(self) -> None:
        self._fade.stop()
        self._now = self._before = None
        self.update()

    def _drawn(self) -> QPixmap:
        """Return the present content as one picture, for the fade."""
        pixmap = QPixmap(self.size() * self.devicePixelRatioF())
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        pixmap.fill(self._theme.color("ground"))
        painter = QPainter(pixmap)
        self._paint_content(painter)
        painter.end()
        return pixmap

    def _fade_to(self, share: float) -> None:
        self._share = share
        self.update()

    def _forget_before(self) -> None:
        self._before, self._share = None, 1.0
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._before = None

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(self.rect()), self._theme.radius, self._theme.radius)
        painter.setClipPath(clip)
        painter.fillRect(self.rect(), self._theme.color("surface-alt"))
        if self._before is not None:
            painter.drawPixmap(0, 0, self._before)
            painter.setOpacity(self._share)
            painter.fillRect(self.rect(), self._theme.color("surface-alt"))
        self._paint_content(painter)
        painter.end()

    def _paint_content(self, painter: QPainter) -> None:
        if self._now is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = QSizeF(self._now.size())
        box = QRectF(self.rect())
        size.scale(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(box.topLeft(), size)
        target.moveCenter(box.center())
        if isinstance(self._now, QPixmap):
            painter.drawPixmap(target, self._now, QRectF(self._now.rect()))
        else:
            painter.drawImage(target, self._now, QRectF(self._now.rect()))


class MediaPanel(QWidget):
    """The panel with the office's media, and between them the services and the next numbers in turn.

    While nobody is called, the hours take the place of both. It is never empty.
    """

    def __init__(self, theme: Theme, *, moving: bool = True) -> None:
        super().__init__()
        self.slide, self.upcoming, self.survey = Slide(theme), NextPanel(theme), SurveyPanel(theme)
        self.hours = HoursPanel(theme)
        self.view = MediaView(theme, moving=moving)
        self._offered: list[QWidget] = [self.slide]
        self._pages = QStackedLayout(self)
        for page in (self.slide, self.hours, self.upcoming, self.survey, self.view):
            self._pages.addWidget(page)
        self._turn = QTimer(self, interval=TURN_MS)
        self._turn.timeout.connect(self.turn_page)

    @property
    def shows_media(self) -> bool:
        return self._pages.currentWidget() is self.view

    def show_board(self, board: LobbyBoard, now: LobbyNow, heading: str, today: date) -> None:
        is_open = now.state is LobbyState.OPEN
        self.slide.show_board(board, heading, invites=is_open and not board.kiosk_pause)
        self.hours.show_hours(week_rows(board.days, today), board.office.phone)
        self.upcoming.show_next(board.next_up)
        over = now.state in (LobbyState.ENDING, LobbyState.CLOSED) and not now.holiday
        survey = board.office.survey_url if over else ""
        self.survey.show_address(survey)
        calls = is_open or now.state is LobbyState.ENDING
        pages: tuple[tuple[QWidget, object], ...] = (
            (self.slide, calls),
            (self.hours, not calls),
            (self.upcoming, calls and board.next_up),
            (self.survey, survey),
        )
        self._offered = [page for page, said in pages if said]
        if self._pages.currentWidget() not in (*self._offered, self.view):
            self._pages.setCurrentWidget(self._offered[0])

    @property
    def shows_hours(self) -> bool:
        return self._pages.currentWidget() is self.hours

    @property
    def shows_survey(self) -> bool:
        return self._pages.currentWidget() is self.survey

    @property
    def shows_next(self) -> bool:
        return self._pages.currentWidget() is self.upcoming

    def turn_page(self) -> None:
        """Show the next of the services, the next numbers and the survey; media are not interrupted."""
        if not self.shows_media:
            offered = self._offered
            place = next(n for n, page in enumerate(offered) if page is self._pages.currentWidget())
            self._pages.setCurrentWidget(offered[(place + 1) % len(offered)])

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
