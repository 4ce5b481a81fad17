"""Nobody on the line: the one key, and the words it will begin with."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from ult_desktop.base.i18n import _
from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.icon_tile import IconTile
from ult_desktop.ui.kit.widgets.label import Label


class IdlePanel(QFrame):
    """What stands beside the list while nothing is chosen.

    Signals:
        picked_up: the telephone rang and was picked up.
    """

    picked_up = Signal()

    def __init__(self, theme: Theme, key: str) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.button = Button(theme, _("Telepon masuk"), "primary", "phone-call")
        self.key = Label(
            _("Tekan {key} di halaman mana pun begitu telepon diangkat; jam mulai berjalan.").format(key=key),
            "body",
            "soft",
            wrap=True,
        )
        self.script = Label("", "strong", wrap=True)
        for label in (self.key, self.script):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = Column(theme, self, gap=16, margins=(48, 24, 48, 24))
        column.addStretch(2)
        column.addWidget(IconTile(theme, "phone", "blue", 72), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.key)
        column.addWidget(self.script)
        column.addStretch(3)
        self.button.clicked.connect(self.picked_up)

    def show_opening(self, words: str) -> None:
        self.script.setText(f"“{words}”")
