"""What people suggested in the period; whose it was and when is not known here."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy

from ult_desktop.base.i18n import _
from ult_desktop.ui.kit.section import Section
from ult_desktop.ui.kit.theme import Theme


class Suggestions(Section):
    """Every text, to be read and copied."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Saran dan masukan"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # what is left over
        self.text.setMinimumHeight(theme.px(96))
        self.text.setAccessibleName(_("Saran dan masukan"))
        self.text.setPlaceholderText(_("Belum ada saran untuk ditampilkan."))
        self.body.addWidget(self.text, 1)

    def show_texts(self, texts: Sequence[str]) -> None:
        words = "\n\n".join(f"• {text}" for text in texts)
        if words != self.text.toPlainText():
            self.text.setPlainText(words)
