"""Line-drawn icons, tinted by token and cached."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ult_desktop.base.paths import resource


def has_icon(name: str) -> bool:
    return resource("icons", f"{name}.svg").is_file()


@lru_cache(maxsize=256)
def _draw(name: str, colour: str, size: int, ratio: float, apart: int) -> QPixmap:
    """Draw an icon, with `apart` empty pixels at its right.

    The cache shares pixmaps: one for each button would take megabytes.
    """
    source = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    pixmap = QPixmap(round((size + apart) * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def icon_pixmap(name: str, colour: QColor, size: int, apart: int = 0) -> QPixmap:
    """Return the icon `name` at `size` pixels.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    # At the ratio of the sharpest screen: any screen may show the cached picture, scaled down.
    ratio = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    return _draw(name, colour.name(), max(1, size), ratio, apart)


def icon(name: str, colour: QColor, size: int, disabled: QColor | None = None, apart: int = 0) -> QIcon:
    """Return the icon of a button.

    `disabled` is the icon's colour while the button is disabled. `apart` is the gap (pixels) to the text,
    which a stylesheet cannot set.
    """
    drawn = QIcon(icon_pixmap(name, colour, size, apart))
    drawn.addPixmap(icon_pixmap(name, disabled or colour, size, apart), QIcon.Mode.Disabled)
    return drawn
