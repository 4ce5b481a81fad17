"""Icon files of programs and shortcuts, drawn as the windows draw theirs.

A process of its own, for it is one of Qt: `python -m tools.installer.icons FOLDER`.
"""

import io
import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication

from ult_desktop.app.identity import face_icon
from ult_desktop.ui.kit.theme import Face

SIZES = (16, 24, 32, 48, 64, 128, 256)
FACES: tuple[Face, ...] = ("kiosk", "counter", "display")


def draw(face: Face, path: Path) -> None:
    """`path` with .ico and .png. Each size is drawn anew: a scaled glyph is blurred."""
    pictures = []
    for size in SIZES:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        face_icon(face).pixmap(size, size).save(buffer, "PNG")
        pictures.append(Image.open(io.BytesIO(buffer.data().data())))
    sizes = [(size, size) for size in SIZES]
    pictures[-1].save(path.with_suffix(".ico"), sizes=sizes, append_images=pictures[:-1])
    pictures[-1].save(path.with_suffix(".png"))


if __name__ == "__main__":
    application = QGuiApplication([])
    for each in FACES:
        draw(each, Path(sys.argv[1]) / each)
