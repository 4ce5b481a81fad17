"""Nothing here, said on purpose: an icon and words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.icon_tile import IconTile
from ult_desktop.ui.kit.widgets.label import Label


class EmptyState(QWidget):
    """Stands where something will be."""

    def __init__(self, theme: Theme, text: str = "", icon_name: str = "info") -> None:
        super().__init__()
        self.tile = IconTile(theme, icon_name, "slate", 64)
        self.words = Label(text, "body", "soft", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = Column(theme, self, gap=12, margins=(24, 24, 24, 24))
        column.addStretch(2)
        column.addWidget(self.tile, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.words)
        column.addStretch(3)

    def say(self, text: str, icon_name: str) -> None:
        self.words.setText(text)
        self.tile.show_icon(icon_name)
