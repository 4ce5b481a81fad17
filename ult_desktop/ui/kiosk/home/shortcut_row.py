"""The home page's other ways: a code, the survey, the guest book."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ult_desktop.base.i18n import _
from ult_desktop.ui.kiosk.home.shortcut_tile import ShortcutTile
from ult_desktop.ui.kiosk.parts.choices import Face
from ult_desktop.ui.kiosk.visit import CodePurpose
from ult_desktop.ui.kit.layouts import Row
from ult_desktop.ui.kit.theme import Theme

ICONS = {
    CodePurpose.ANY: ("qr-code", "blue"),
    CodePurpose.SURVEY: ("smile", "green"),
    CodePurpose.BOOK: ("notebook-pen", "orange"),
}


class ShortcutRow(QWidget):
    """One door for each purpose of a code.

    Signals:
        opened: a `CodePurpose`.
    """

    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.doors = {purpose: ShortcutTile(theme, *icon) for purpose, icon in ICONS.items()}
        row = Row(theme, self)  # the room for their shadows keeps them apart
        for purpose, door in self.doors.items():
            door.clicked.connect(lambda _on=False, wanted=purpose: self.opened.emit(wanted))
            row.addWidget(door, 1)

    def retranslate(self) -> None:
        for purpose, door in self.doors.items():
            door.show_words(shortcut_words(purpose))


def shortcut_words(purpose: CodePurpose) -> str:
    return {
        CodePurpose.ANY: _("Punya janji / kode"),
        CodePurpose.SURVEY: _("Isi survei"),
        CodePurpose.BOOK: _("Buku tamu"),
    }[purpose]


def shortcut_faces() -> tuple[Face, ...]:
    """The same on a page of their own, where a small screen has no room for them."""
    details = {
        CodePurpose.ANY: _("Janji temu, permintaan daring, atau karcis"),
        CodePurpose.SURVEY: _("Nilai layanan yang baru Anda terima"),
        CodePurpose.BOOK: _("Isi data kunjungan setelah mengambil nomor"),
    }
    return tuple(
        Face(
            title=shortcut_words(purpose),
            name=shortcut_words(purpose),
            icon=icon,
            tint=tint,
            detail=details[purpose],
        )
        for purpose, (icon, tint) in ICONS.items()
    )
