"""The larger half of the screen: pictures that melt into one another, films, or the slide."""

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt, QTimer, QVariantAnimation
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

from ult_desktop.base import _
from ult_desktop.core.queue.boards import LobbyBoard
from ult_desktop.ui.display import fit_text, panels
from ult_desktop.ui.display.media.next_panel import NextPanel
from ult_desktop.ui.display.media.service_table import ServiceTable
from ult_desktop.ui.display.media.survey_panel import SurveyPanel
from ult_desktop.ui.kit import Column, Row, Theme
from ult_desktop.ui.kit.accessible import Role, set_role

_ICONS = ("layout-grid", "ticket", "bell-ring")


class HowToSteps(panels.Backdrop):
    """Touch, take, wait: the three things a first-time visitor must know."""

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
    """Calm: it changes when the queue changes, and turns a page when there are many services."""

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

    def show_board(self, board: LobbyBoard) -> None:
        self.welcome.set_text(_("Selamat datang"))
        self.title.set_text(_("LAYANAN DAN ANTREAN SEKARANG"))
        self.steps.retranslate()
        self.table.show_lines(board.lines)

    def _show_page(self) -> None:
        several = self.table.pages > 1
        self.page.set_text(f"{self.table.page}/{self.table.pages}" if several else "")


FADE_MS = 240
TURN_MS = 12_000
"""How long the services stand, and the next numbers."""


class MediaView(QWidget):
    """Shows all of what it is given, never cropped: posters have words at their edges.

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
        """What stands here now as one picture, for the fade."""
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
    """The office's media, and between them the services and the next numbers in turn; never an empty page."""

    def __init__(self, theme: Theme, *, moving: bool = True) -> None:
        super().__init__()
        self.slide, self.upcoming, self.survey = Slide(theme), NextPanel(theme), SurveyPanel(theme)
        self.view = MediaView(theme, moving=moving)
        self._offered: list[QWidget] = [self.slide]
        self._pages = QStackedLayout(self)
        for page in (self.slide, self.upcoming, self.survey, self.view):
            self._pages.addWidget(page)
        self._turn = QTimer(self, interval=TURN_MS)
        self._turn.timeout.connect(self.turn_page)

    @property
    def shows_media(self) -> bool:
        return self._pages.currentWidget() is self.view

    def show_board(self, board: LobbyBoard) -> None:
        self.slide.show_board(board)
        self.upcoming.show_next(board.next_up)
        self.survey.show_address(board.survey_address)
        pages = ((self.upcoming, board.next_up), (self.survey, board.survey_address))
        self._offered = [self.slide, *(page for page, said in pages if said)]
        if self._pages.currentWidget() not in (*self._offered, self.view):
            self._pages.setCurrentWidget(self.slide)

    @property
    def shows_survey(self) -> bool:
        return self._pages.currentWidget() is self.survey

    @property
    def shows_next(self) -> bool:
        return self._pages.currentWidget() is self.upcoming

    def turn_page(self) -> None:
        """From the services to the next numbers and on; the media have turns of their own."""
        if not self.shows_media:
            offered = self._offered
            place = next(n for n, page in enumerate(offered) if page is self._pages.currentWidget())
            self._pages.setCurrentWidget(offered[(place + 1) % len(offered)])

    def show_media(self, showing: bool) -> None:
        if showing or self.shows_media:
            self._pages.setCurrentWidget(self.view if showing else self.slide)
            self._turn.start()  # whole turns after the media too

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._turn.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._turn.stop()
