"""The loudspeaker over every page of the kiosk, and the two keys that are there while it speaks."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from ult_desktop.base import _
from ult_desktop.ui.kiosk.frame.shell import KioskFrame
from ult_desktop.ui.kiosk.parts.targets import Aside, square
from ult_desktop.ui.kit import Theme, widgets

_BELOW = 16  # base pixels that a page leaves free below its room for the loudspeaker
_EDGE = 4  # base pixels between the loudspeaker and the edge of the screen


class SpeakerKeys(QObject):
    """Stand over the window, not in a page."""

    def __init__(self, window: QWidget, shell: KioskFrame, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._shell, self._theme = window, shell, theme
        self._asides: list[Aside] = []
        self._state = (False, True)
        self.key, self.louder = self._make_key("volume-2"), self._make_key("plus")
        self.faster = self._make_key("skip-forward")

    def place(self, *, on: bool, shown: bool) -> None:
        """At the right edge from half the height on, in the room that the page keeps for it."""
        self._state = (on, shown)
        page, theme, window = self._shell.page, self._theme, self._window
        for key in (self.louder, self.faster):
            key.setVisible(on)
        self.key.setVisible(shown and page is not self._shell.pin.made)
        self._name_keys()
        aside = getattr(page, "aside", self._shell.aside)
        if aside not in self._asides:
            self._asides.append(aside)
            aside.moved.connect(self._follow)
        side, step = theme.target, theme.target + theme.gap
        box = aside.rect().translated(aside.mapTo(window, aside.rect().topLeft()))
        left = min(box.left() + theme.gap, window.width() - theme.px(_EDGE) - side)
        lowest = (
            box.bottom()
            + 1
            - max(side, self.key.minimumSizeHint().height())
            - max(0, theme.gap - theme.px(_BELOW))
        )
        top = max(box.top(), min(window.height() // 2, lowest))
        below = box.bottom() >= top + 3 * step
        for place, key in enumerate((self.key, self.louder, self.faster)):
            key.setGeometry(left, top + place * (step if below else -step), side, side)
            key.raise_()

    def _name_keys(self) -> None:
        for key, words in (
            (self.key, _("Panduan suara")),
            (self.louder, _("Suara lebih keras")),
            (self.faster, _("Suara lebih cepat")),
        ):
            key.setAccessibleName(words)

    def _follow(self) -> None:
        on, shown = self._state
        self.place(on=on, shown=shown)

    def _make_key(self, icon: str) -> widgets.Button:
        key = square(self._theme, icon=icon)
        key.setParent(self._window)
        key.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return key
