"""The shortcuts of the home page, as smaller targets: a number, a code, the survey, the guest book."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.kiosk.parts.choices import Face
from ult_desktop.ui.kiosk.parts.targets import FittedCard
from ult_desktop.ui.kiosk.visit import CodePurpose
from ult_desktop.ui.kit import Row, Theme, set_style_properties, widgets

_BESIDE = 236  # base pixels of width from which the icon is next to the words
_ROOMY = 320  # base pixels of width from which the words are larger
_PADDING = 8  # base pixels


class ShortcutTile(FittedCard):
    """A tile of the row, with an icon next to its words; a narrow tile has words alone."""

    def __init__(self, theme: Theme, icon: str, tint: str, side: int = _PADDING) -> None:
        """Make a tile; `side`: base pixels left of the icon."""
        super().__init__(theme, (_PADDING, _PADDING))
        self.words = widgets.Label("", "small", wrap=True)
        self.words.setProperty("bold", "true")
        self._icon_holder = QWidget()
        inset = Row(theme, self._icon_holder, margins=(side - _PADDING, 0, 0, 0))
        inset.addWidget(widgets.IconTile(theme, icon, tint, 44))
        self._row = Row(theme, gap=12)
        self._row.addWidget(self._icon_holder, 0, Qt.AlignmentFlag.AlignCenter)
        self._row.addWidget(self.words, 1)
        self.body.addLayout(self._row)
        self.refit()

    def show_words(self, words: str) -> None:
        self.words.setText(words)
        self.setAccessibleName(words)

    @override
    def make_room(self) -> None:
        beside = self.width() >= self._theme.px(_BESIDE) * self._theme.growth
        align = Qt.AlignmentFlag
        self._icon_holder.setVisible(beside)
        roomy = self.width() >= self._theme.px(_ROOMY) * self._theme.growth
        set_style_properties(self.words, type="body" if roomy else "small")
        self.words.setAlignment(align.AlignLeft | align.AlignVCenter if beside else align.AlignCenter)


ICONS = {
    CodePurpose.NUMBER: ("ticket", "violet"),
    CodePurpose.ANY: ("qr-code", "blue"),
    CodePurpose.SURVEY: ("smile", "green"),
    CodePurpose.BOOK: ("notebook-pen", "orange"),
}


class ShortcutRow(QWidget):
    """The row with one tile for each purpose of a code; that for any code has the words of an appointment.

    Signals:
        shortcut_touched: a `CodePurpose`.
    """

    shortcut_touched = Signal(object)

    def __init__(self, theme: Theme, side: int = _PADDING) -> None:
        super().__init__()
        self.tiles = {purpose: ShortcutTile(theme, *icon, side) for purpose, icon in ICONS.items()}
        row = Row(theme, self)  # the room for their shadows keeps them apart
        for purpose, tile in self.tiles.items():
            tile.clicked.connect(lambda _checked=False, purpose=purpose: self.shortcut_touched.emit(purpose))
            row.addWidget(tile, 1)

    def retranslate(self) -> None:
        for purpose, tile in self.tiles.items():
            tile.show_words(shortcut_words(purpose))


def shortcut_words(purpose: CodePurpose) -> str:
    return {
        CodePurpose.NUMBER: _("Cek nomor saya"),
        CodePurpose.ANY: _("Punya janji / kode"),
        CodePurpose.SURVEY: _("Isi survei"),
        CodePurpose.BOOK: _("Buku tamu"),
    }[purpose]


def shortcut_faces() -> tuple[Face, ...]:
    """Return the shortcuts as cards of a page of their own, for a small screen without room for the row."""
    details = {
        CodePurpose.NUMBER: _("Lihat giliran Anda, atau cetak ulang karcis"),
        CodePurpose.ANY: _("Janji temu atau permintaan daring"),
        CodePurpose.SURVEY: _("Nilai layanan yang baru Anda terima"),
        CodePurpose.BOOK: _("Isi data kunjungan setelah mengambil nomor"),
    }
    return tuple(
        Face(
            title=shortcut_words(purpose),
            name=shortcut_words(purpose),  # for a screen reader
            icon=icon,
            tint=tint,
            detail=details[purpose],
        )
        for purpose, (icon, tint) in ICONS.items()
    )
