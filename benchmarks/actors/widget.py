"""A bare Qt widget, watched: the cost of a window before this program adds anything.

It reports "frame" when its first frame is on the screen.
"""

import sys

from PySide6.QtWidgets import QApplication, QLabel

from benchmarks.actors.paint_eye import PaintEye
from benchmarks.actors.said import tell


def main() -> int:
    application = QApplication(sys.argv[:1])
    widget = QLabel("…")
    eye = PaintEye(widget, lambda: tell("frame"))
    widget.show()
    status = application.exec()
    del eye
    return status


if __name__ == "__main__":
    sys.exit(main())
