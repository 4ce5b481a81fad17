"""The larger half of the screen: pictures that melt into one another, films, or the slide."""

from PySide6.QtCore import QRectF, QSizeF, Qt, QVariantAnimation
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget
from typing_extensions import override

from ult_desktop.core.queue.boards import LobbyBoard
from ult_desktop.ui.display.media.slide import Slide
from ult_desktop.ui.kit.theme import Theme

FADE_MS = 240


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
    """Two pages in one place; it never shows an empty one."""

    def __init__(self, theme: Theme, *, moving: bool = True) -> None:
        super().__init__()
        self.slide = Slide(theme)
        self.view = MediaView(theme, moving=moving)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.slide)
        self._pages.addWidget(self.view)

    @property
    def shows_media(self) -> bool:
        return self._pages.currentWidget() is self.view

    def show_board(self, board: LobbyBoard) -> None:
        self.slide.show_board(board)

    def show_media(self, showing: bool) -> None:
        self._pages.setCurrentWidget(self.view if showing else self.slide)
