"""Sign language: the office's clip of a page, next to the page and never over it."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QUrl, Signal
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.base.late import late
from ult_desktop.devices.voice.player_threads import keep_off_python
from ult_desktop.ui.kiosk.parts.targets import square
from ult_desktop.ui.kiosk.visit import Screen
from ult_desktop.ui.kit import Column, Theme, widgets
from ult_desktop.ui.kit.accessible import Role, set_role

if TYPE_CHECKING:
    from PySide6 import QtMultimedia
else:
    QtMultimedia = late("PySide6.QtMultimedia")

log = logging.getLogger(__name__)

SLOTS = {
    Screen.HOME: "beranda",
    Screen.INFO: "syarat",
    Screen.WHOSE: "untuk-siapa",
    Screen.GROUND: "prioritas",
    Screen.HELP: "bantuan",
    Screen.OPTIONS: "tampilan",
    Screen.LANGUAGE: "bahasa",
    Screen.TAKEN: "nomor",
    Screen.CALL: "petugas",
    Screen.MORE: "lainnya",
    Screen.CODE: "kode",
    Screen.FOUND: "status",
    Screen.BOOK: "buku-tamu",
    Screen.SURVEY: "survei",
}
"""The name of each page's clip, as a file without its suffix."""
CLOSED, STILL_THERE = "tutup", "masih-di-sana"
_PICTURES = (".png", ".jpg", ".jpeg", ".webp")
_FILMS = (".webm", ".mp4", ".m4v", ".mov", ".mkv")
_MARGIN = 56  # base pixels at the sides of a wide page, as on all pages
_HIGH, _WIDE = 340, 420  # base pixels above an upright page, next to a wide one
_PART = 6  # the clip takes at most a sixth of a wide screen's width
_LEAST_WIDE = 1200  # pixels of width from which a wide screen has room for a clip
_ANY = 1 << 20  # pixels: no bound


class SignClip(QWidget):
    """The player of the page's clip, in a loop and without sound, while the visitor wants it.

    A clip may be a picture, which does not move.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._files = theme, dict[str, Path]()
        self._slot, self._playing = "", ""
        self.image = QImage()
        self._player: QtMultimedia.QMediaPlayer | None = None
        set_role(self, Role.Graphic)

    def use(self, folder: Path) -> None:
        """Use the office's clips, by their names."""
        known = {*SLOTS.values(), CLOSED, STILL_THERE}
        self._files = {
            path.stem: path
            for path in sorted(folder.glob("*"))
            if path.stem in known and path.suffix.lower() in (*_PICTURES, *_FILMS)
        }

    def show_slot(self, slot: str) -> None:
        """Choose the clip of the page that is in sight now."""
        self._slot = slot
        self.setAccessibleName(_("Bahasa isyarat"))
        if self.isVisible():
            self._play()

    @property
    def has_clip(self) -> bool:
        return self._slot in self._files

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._play()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._stop()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        # At the lower edge: there it does not move while the pages above it begin at different heights.
        box = QRectF((self.width() - size.width()) / 2, self.height() - size.height(), 0, 0)
        box.setSize(size.toSizeF())
        painter.drawImage(box, self.image)

    def _play(self) -> None:
        if self._playing == self._slot:
            return
        self._stop()
        path = self._files.get(self._slot)
        if path is None:
            return
        self._playing = self._slot
        if path.suffix.lower() in _PICTURES:
            self._show(QImage(str(path)))
        else:
            self._begin(path)

    def _begin(self, path: Path) -> None:
        try:
            player = self._player or self._make_player()
        except ImportError as error:  # the system's sound libraries
            log.warning("no film can be shown here: %s", error)
            return
        player.setSource(QUrl.fromLocalFile(str(path)))
        player.play()

    def _make_player(self) -> "QtMultimedia.QMediaPlayer":
        """Make the player. It has no audio output and is mute."""
        self._player = player = QtMultimedia.QMediaPlayer(self)
        sink = QtMultimedia.QVideoSink(player)
        # Qt Multimedia's own threads would enter Python otherwise (see `player_threads`).
        keep_off_python(player, sink)
        player.setVideoSink(sink)
        player.setLoops(QtMultimedia.QMediaPlayer.Loops.Infinite)
        sink.videoFrameChanged.connect(self._show_frame)
        return player

    def _show_frame(self, frame: "QtMultimedia.QVideoFrame") -> None:
        if self._playing and frame.isValid():
            self._show(frame.toImage())

    def _show(self, image: QImage) -> None:
        self.image = image
        self.update()

    def _stop(self) -> None:
        self._playing = ""
        if self._player is not None:
            self._player.stop()
        self._show(QImage())


class SignPanel(QWidget):
    """The clip with the button for it. Where a page has no clip there is neither.

    An upright screen has the clip above the page and the button in the foot; a wide one has both next to the
    page, for its foot is full.

    Signals:
        turned: the visitor wants the clips, or not any more.
    """

    turned = Signal()

    def __init__(self, theme: Theme, foot_key: widgets.Button) -> None:
        super().__init__()
        self._theme, self.wanted = theme, False
        self.clip, self.key, self._foot_key = SignClip(theme), square(theme, icon="hand"), foot_key
        self._column = Column(theme, self, gap=16)
        self._column.addWidget(self.clip, 1)
        self._column.addStretch()
        self._column.addWidget(self.key)
        for key in (self.key, foot_key):
            key.setCheckable(True)
            key.toggled.connect(self.want)
        self.hide()

    def want(self, on: bool) -> None:
        """Show the clips, or hide them."""
        if on != self.wanted:
            self.wanted = on
            self.key.setChecked(on)
            self._foot_key.setChecked(on)
            self.turned.emit()

    @property
    def is_offered(self) -> bool:
        """Return whether the page has a clip and the screen has room for it.

        A wide screen below `_LEAST_WIDE` has none.
        """
        room = self.window().width()
        return self.clip.has_clip and (room < self.window().height() or room >= _LEAST_WIDE)

    def arrange(self, *, upright: bool, shown: bool) -> int:
        """Fit the panel to the screen; return the height in pixels that it takes from the page."""
        theme, is_offered, wanted = self._theme, shown and self.is_offered, self.wanted
        for key in (self.key, self._foot_key):
            key.setAccessibleName(_("Bahasa isyarat"))
        self.key.setVisible(not upright)
        self.clip.setVisible(wanted)
        self.setVisible(is_offered and (wanted or not upright))
        wide = min(theme.px(_WIDE), self.window().width() // _PART) if wanted else theme.target
        beside = max(theme.gap, theme.px(_MARGIN))
        room = theme.px(_HIGH) if upright else wide + beside
        self._column.setContentsMargins(beside if upright else 0, 0, beside, 0)
        if upright:
            self.setMinimumSize(1, room)
            self.setMaximumSize(_ANY, room)
        else:
            self.setMinimumSize(room, 1)
            self.setMaximumSize(room, _ANY)
        return room if upright and is_offered and wanted else 0
