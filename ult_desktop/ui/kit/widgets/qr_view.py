"""A QR code drawn on the screen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.base.late import late
from ult_desktop.ui.kit.accessible import Role, set_role
from ult_desktop.ui.kit.theme import Theme

if TYPE_CHECKING:
    import qrcode
else:
    qrcode = late("qrcode")

_QUIET = 4  # modules around the code, as ISO/IEC 18004 asks


class QrView(QWidget):
    """A QR code. In every theme it is dark on white with a quiet zone, as cameras expect.

    Set the accessible name, which says what the code leads to.
    """

    def __init__(self, theme: Theme, content: str = "", size: int = 320) -> None:
        super().__init__()
        self._theme, self._size = theme, size
        self._modules: list[list[bool]] = []
        set_role(self, Role.Graphic)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self.updateGeometry)
        self.show_content(content)

    def show_content(self, content: str) -> None:
        """Draw `content`; nothing is drawn for the empty text."""
        self._modules = []
        if content:
            code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=_QUIET)
            code.add_data(content)
            code.make()
            self._modules = [[bool(dot) for dot in row] for row in code.get_matrix()]
        self.update()

    def fits(self) -> bool:
        """Return whether a dot has two pixels or more, which a camera needs."""
        return not self._modules or self._dot() >= 2

    def _dot(self) -> int:
        return max(1, min(self.width(), self.height()) // len(self._modules))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(self._size), self._theme.px(self._size))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() / 2

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._modules:
            return
        painter = QPainter(self)
        count = len(self._modules)
        dot = self._dot()
        side = dot * count
        left, top = (self.width() - side) // 2, (self.height() - side) // 2
        painter.fillRect(QRect(left, top, side, side), Qt.GlobalColor.white)
        for y, row in enumerate(self._modules):
            for x, dark in enumerate(row):
                if dark:
                    box = QRect(left + x * dot, top + y * dot, dot, dot)
                    painter.fillRect(box, Qt.GlobalColor.black)
