"""The picture of what visitors see of the settings, next to or below their form."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel
from typing_extensions import override

from ult_desktop.ui.kit import Theme, panels

_REDRAW_AFTER_MS = 150  # without a further change


class PreviewPane(panels.Section):
    """The pane of the picture. It fits the picture to its size, and draws it again soon after a change."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme, title)
        self._draw: Callable[[], QPixmap] | None = None
        self._drawn = QPixmap()
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.picture.setMinimumSize(1, 1)
        self.picture.setAccessibleName(title)
        self.body.addWidget(self.picture, 1)
        self._redraw_timer = QTimer(self, singleShot=True, interval=_REDRAW_AFTER_MS)
        self._redraw_timer.timeout.connect(self._redraw)

    def show_picture(self, draw: Callable[[], QPixmap]) -> None:
        self._draw = draw
        self._redraw_timer.start()

    def _redraw(self) -> None:
        if self._draw is not None:
            self._drawn = self._draw()
            self._fit()

    def _fit(self) -> None:
        if not self._drawn.isNull():
            ratio = Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(self._drawn.scaled(self.picture.size(), ratio, smooth))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
