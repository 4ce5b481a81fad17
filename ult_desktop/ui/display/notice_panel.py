"""A place that has nothing to show yet, and says why."""

from PySide6.QtCore import Qt

from ult_desktop.ui.display.backdrop import Backdrop
from ult_desktop.ui.display.fit_text import CENTRE, FitText
from ult_desktop.ui.display.tone_icon import ToneIcon
from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.theme import Theme


class NoticePanel(Backdrop):
    """An icon, a sentence and what follows from it; nothing is wrong, or it is being seen to."""

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__(theme, "surface-alt")
        self.words = FitText(theme, "strong", 600, rows=2).aligned(CENTRE)
        self.hint = FitText(theme, 32, 500, "ink-soft", rows=4).aligned(CENTRE)
        column = Column(theme, self, 24, (48, 48, 48, 48))
        column.addStretch(1)
        column.addWidget(ToneIcon(theme, icon, "call-accent", 120), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.words)
        column.addWidget(self.hint)
        column.addStretch(1)

    def say(self, words: str, hint: str) -> None:
        self.words.set_text(words)
        self.hint.set_text(hint)
