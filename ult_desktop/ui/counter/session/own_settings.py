"""The settings that officers choose for themselves: how they read, and the way to another password."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QButtonGroup, QWidget

from ult_desktop.base import _
from ult_desktop.db.store import drafts
from ult_desktop.ui.kit import Row, Theme, dialogs, forms, widgets
from ult_desktop.ui.kit.theme import TEXT_SIZES


class OwnLook(QObject):
    """An officer's size of text and set of colours, kept on this PC: eyes and screens differ.

    What the officer changes, by whichever button or key, changes the theme; it is kept from there.

    Args:
        theme: the window's.
        keeper: what this PC keeps for its officers; None forgets it with the window.
        officer_id: whose it is.
    """

    def __init__(self, theme: Theme, keeper: forms.DraftKeeper | None, officer_id: int) -> None:
        super().__init__()
        self._theme, self._keeper, self._officer_id = theme, keeper, officer_id
        self._kept = self._shown
        theme.changed.connect(self._keep)
        if keeper is not None:
            keeper.load_look(officer_id, self._show)

    @property
    def percent(self) -> int:
        return round(self._theme.large_text * 100)

    @property
    def _shown(self) -> drafts.KeptLook:
        return drafts.KeptLook(self.percent, self._theme.contrast)

    def choose(self, percent: int) -> None:
        self._theme.set_text_size(percent)

    def step(self, by: int) -> None:
        """Make the text one size larger (1) or smaller (-1), or the usual one (0)."""
        place = TEXT_SIZES.index(self.percent) + by if by else 0
        self.choose(TEXT_SIZES[min(max(place, 0), len(TEXT_SIZES) - 1)])

    def end(self) -> None:
        """End: the next officer has their own settings."""
        self._keeper = None
        self._show(drafts.KeptLook(TEXT_SIZES[0], "light"))

    def _keep(self) -> None:
        if self._keeper is not None and self._shown != self._kept:
            self._kept = self._shown
            self._keeper.keep_look(self._officer_id, self._kept)

    def _show(self, look: drafts.KeptLook) -> None:
        self._kept = look
        if look.percent in TEXT_SIZES:
            self._theme.set_text_size(look.percent)
        self._theme.set_contrast("kontras" if look.contrast == "kontras" else "light")


class OwnSettingsBox(dialogs.Box):
    """The officer's own menu; a size is in force as soon as it is pressed."""

    def __init__(
        self, parent: QWidget, theme: Theme, look: OwnLook, change_password: Callable[[], object]
    ) -> None:
        super().__init__(parent, theme, _("Setelan saya"), ("user-cog", "blue"))
        self.words.addWidget(widgets.Label(_("Ukuran tulisan"), "strong"))
        row, group = Row(theme, gap=8), QButtonGroup(self)
        self.sizes = {percent: self._size_button(percent) for percent in TEXT_SIZES}
        for percent, button in self.sizes.items():
            button.setChecked(percent == look.percent)
            button.clicked.connect(partial(look.choose, percent))
            group.addButton(button)
            row.addWidget(button, 1)
        self.words.addLayout(row)
        self.say(_("Untuk Anda, di komputer ini. Juga dengan tombol Ctrl+, Ctrl- dan Ctrl+0."))
        self.password = self.add_button(_("Kata sandi saya …"), "", change_password)
        self.add_button(_("Tutup"), "primary", lambda: None)
        self.sizes[look.percent].setFocus()

    def _size_button(self, percent: int) -> widgets.Button:
        button = widgets.Button(self.theme, _("{n} %").format(n=percent))
        button.setAccessibleName(_("Ukuran tulisan {n} persen").format(n=percent))
        button.setCheckable(True)
        button.setAutoDefault(False)
        return button
