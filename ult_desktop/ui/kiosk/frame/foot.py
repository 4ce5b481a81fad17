"""The kiosk's foot: the way back, pages, display settings and language."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from ult_desktop.base import _, language
from ult_desktop.ui.kiosk.home import priority, shortcut_row
from ult_desktop.ui.kiosk.parts.targets import Pager, TargetRow, set_button_words, square
from ult_desktop.ui.kit import Theme, widgets

_MARGINS = (56, 24, 56, 24)
_UNDER_CARDS = (44, 24, 56, 24)  # the bar's own edge stands under the cards' then
_ROOMY = 1500  # base pixels of width on which everything stands beside each other
LANGUAGES = (("id", "ID", "Bahasa Indonesia"), ("en", "EN", "English"))


@dataclass(frozen=True)
class FootState:
    """What the foot offers on a page; priority queue and shortcuts only where the page has no room."""

    back: bool = False
    priority: bool = False
    options: bool = True
    page: int = 0
    pages: int = 1


class Foot(QFrame):
    """Stands on every page that a visitor can change.

    Signals:
        back_requested, priority_requested, options_requested: the button was touched.
        language_requested: "id" or "en".
        turn_requested: pages to go on, -1 or 1.
        opened: a shortcut was touched, its `CodePurpose`; `more_requested`: the one for all of them.
    """

    back_requested = Signal()
    priority_requested = Signal()
    options_requested = Signal()
    language_requested = Signal(str)
    turn_requested = Signal(int)
    opened = Signal(object)
    more_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.back = widgets.Button(theme, icon_name="arrow-left")
        self.free = widgets.Label("", "small", "soft", wrap=True)
        self.bar = priority.PriorityBar(theme, slim=True)
        self.shortcuts, self.more = (
            shortcut_row.ShortcutRow(theme),
            shortcut_row.ShortcutTile(theme, "ellipsis", "blue"),
        )
        self.pager = Pager(theme)
        self.options = square(theme, icon="a-large-small")
        self.languages = {key: self._language(theme, key, short, name) for key, short, name in LANGUAGES}
        self.back.clicked.connect(self.back_requested)
        self.bar.clicked.connect(self.priority_requested)
        self.shortcuts.opened.connect(self.opened)
        self.more.clicked.connect(self.more_requested)
        self.pager.turn_requested.connect(self.turn_requested)
        self.options.clicked.connect(self.options_requested)
        self._row = row = TargetRow(theme, self, margins=_MARGINS)
        row.addWidget(self.back)
        row.addWidget(self.bar, 2)
        row.addWidget(self.shortcuts, 3)
        row.addWidget(self.more, 1)
        row.addWidget(self.free, 1)
        for widget in (self.pager, self.options, *self.languages.values()):
            row.addWidget(widget)
        self.show_state(FootState())

    def show_state(self, state: FootState) -> None:
        set_button_words(self.back, _("Kembali"))
        set_button_words(self.options, _("Tampilan"))
        narrow = state.priority and self.width() < self._theme.px(_ROOMY)
        if state.pages > 1 or state.priority:  # no room for the word
            self.options.setText("")
        self.options.setAccessibleDescription(_("Huruf besar, kontras tinggi, jangkauan rendah"))
        crowded = state.back or state.pages > 1
        self.free.setText("" if crowded else _("Seluruh layanan tidak dipungut biaya."))
        self.bar.retranslate()
        self.back.setVisible(state.back)
        self.shortcuts.retranslate()
        self.more.show_words(_("Lainnya"))
        few = narrow and (state.pages > 1 or self._theme.large_text > 1)
        self.bar.setVisible(state.priority)
        self._row.keep_margins(_UNDER_CARDS if state.priority else _MARGINS)
        self.shortcuts.setVisible(state.priority and not few)
        self.more.setVisible(state.priority and few)
        self.free.setVisible(not state.priority)
        self.options.setVisible(state.options)
        self.pager.show_page(state.page, state.pages)
        for key, button in self.languages.items():
            button.setChecked(key == language())
            button.setVisible(not narrow or key != language())

    def _language(self, theme: Theme, key: str, short: str, name: str) -> widgets.Button:
        button = square(theme, short)
        button.setAccessibleName(name)
        button.setCheckable(True)
        button.clicked.connect(lambda: self.language_requested.emit(key))
        return button
