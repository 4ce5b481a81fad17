"""The home page's other ways: a code, the survey, the guest book."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ult_desktop.i18n import _
from ult_desktop.ui.kiosk.choices import Face
from ult_desktop.ui.kiosk.door import Door
from ult_desktop.ui.kiosk.visit import Purpose
from ult_desktop.ui.layouts import Row
from ult_desktop.ui.theme import Theme

ICONS = {
    Purpose.ANY: ("qr-code", "blue"),
    Purpose.SURVEY: ("smile", "green"),
    Purpose.BOOK: ("notebook-pen", "orange"),
}


class Doors(QWidget):
    """One door for each purpose of a code.

    Signals:
        opened: a `Purpose`.
    """

    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.doors = {purpose: Door(theme, *icon) for purpose, icon in ICONS.items()}
        row = Row(theme, self)  # the room for their shadows keeps them apart
        for purpose, door in self.doors.items():
            door.clicked.connect(lambda _on=False, wanted=purpose: self.opened.emit(wanted))
            row.addWidget(door, 1)

    def retranslate(self) -> None:
        for purpose, door in self.doors.items():
            door.show_words(door_words(purpose))


def door_words(purpose: Purpose) -> str:
    return {
        Purpose.ANY: _("Punya janji / kode"),
        Purpose.SURVEY: _("Isi survei"),
        Purpose.BOOK: _("Buku tamu"),
    }[purpose]


def door_faces() -> tuple[Face, ...]:
    """The same on a page of their own, where a small screen has no room for them."""
    details = {
        Purpose.ANY: _("Janji temu, permintaan daring, atau karcis"),
        Purpose.SURVEY: _("Nilai layanan yang baru Anda terima"),
        Purpose.BOOK: _("Isi data kunjungan setelah mengambil nomor"),
    }
    return tuple(
        Face(
            title=door_words(purpose), name=door_words(purpose), icon=icon, tint=tint, detail=details[purpose]
        )
        for purpose, (icon, tint) in ICONS.items()
    )
