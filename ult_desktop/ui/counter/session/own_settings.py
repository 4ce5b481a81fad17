"""What an officer chooses for themselves: how large the text is, and the way to another password."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from ult_desktop.base import _
from ult_desktop.ui.kit import Row, Theme, dialogs, forms, widgets
from ult_desktop.ui.kit.theme import TEXT_SIZES


class TextSize(QObject):
    """An officer's size of text, kept on this PC: eyes and screens differ, and no other officer is touched.

    Args:
        theme: the window's.
        keeper: what this PC keeps for its officers; None forgets it with the window.
        officer_id: whose it is.

    Signals:
        changed: another size is in force (percent).
    """

    changed = Signal(int)

    def __init__(self, theme: Theme, keeper: forms.DraftKeeper | None, officer_id: int) -> None:
        super().__init__()
        self._theme, self._keeper, self._officer_id = theme, keeper, officer_id
        if keeper is not None:
            keeper.load_text_size(officer_id, self._show)

    @property
    def percent(self) -> int:
        return round(self._theme.large_text * 100)

    def choose(self, percent: int) -> None:
        self._show(percent)
        if self._keeper is not None:
            self._keeper.keep_text_size(self._officer_id, percent)

    def step(self, by: int) -> None:
        """One size larger (1) or smaller (-1); 0 is back to the usual one."""
        place = TEXT_SIZES.index(self.percent) + by if by else 0
        self.choose(TEXT_SIZES[min(max(place, 0), len(TEXT_SIZES) - 1)])

    def end(self) -> None:
        """Whoever signs in next has their own."""
        self._keeper = None
        self._show(TEXT_SIZES[0])

    def _show(self, percent: int) -> None:
        if percent in TEXT_SIZES and percent != self.percent:
            self._theme.set_text_size(percent)
            self.changed.emit(percent)


class OwnSettingsBox(dialogs.Box):
    """The officer's own menu; a size is in force as soon as it is pressed."""

    def __init__(
        self, parent: QWidget, theme: Theme, size: TextSize, change_password: Callable[[], object]
    ) -> None:
        super().__init__(parent, theme, _("Setelan saya"), ("user-cog", "blue"))
        self.words.addWidget(widgets.Label(_("Ukuran tulisan"), "strong"))
        row, group = Row(theme, gap=8), QButtonGroup(self)
        self.sizes = {percent: self._size_button(percent) for percent in TEXT_SIZES}
        for percent, button in self.sizes.items():
            button.setChecked(percent == size.percent)
            button.clicked.connect(partial(size.choose, percent))
            group.addButton(button)
            row.addWidget(button, 1)
        self.words.addLayout(row)
        self.say(_("Untuk Anda, di komputer ini. Juga dengan tombol Ctrl+, Ctrl- dan Ctrl+0."))
        self.password = self.add_button(_("Kata sandi saya …"), "", change_password)
        self.add_button(_("Tutup"), "primary", lambda: None)
        self.sizes[size.percent].setFocus()

    def _size_button(self, percent: int) -> widgets.Button:
        button = widgets.Button(self.theme, _("{n} %").format(n=percent))
        button.setAccessibleName(_("Ukuran tulisan {n} persen").format(n=percent))
        button.setCheckable(True)
        button.setAutoDefault(False)
        return button
