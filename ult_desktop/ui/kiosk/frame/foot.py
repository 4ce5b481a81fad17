"""The kiosk's foot: the way back, pages, display settings and language."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from ult_desktop.base import _, i18n, language, pgettext
from ult_desktop.ui.kiosk.home import priority, shortcut_row
from ult_desktop.ui.kiosk.parts.targets import Pager, TargetRow, set_button_words, square
from ult_desktop.ui.kit import Theme, widgets

_MARGINS = (56, 24, 56, 24)  # base pixels, as all margins here
_UNDER_CARDS = (44, 16, 56, 20)  # the edge of the priority bar is in line with the cards' edges
_UNDER_KEYS = (20, 4, 20, 12)  # small: a keyboard needs the room
_ROOMY = 1600  # base pixels of width on which everything is side by side
_TOGGLED = 2  # languages, each with a key in the foot; where there are more, all are chosen on a page
_ANY_HEIGHT = 100_000  # pixels, more than any words take
_MOST_LINES = 2  # of the sentence that nothing costs
_ROUNDS = 3  # of states that are applied for one request, at most


@dataclass(frozen=True)
class FootState:
    """The buttons that the foot offers on a page.

    Args:
        back: the way back.
        priority: the priority queue and the shortcuts, which the page has no room for.
        options: the display settings.
        language_choice: the languages.
        officer_called: an officer was called already.
        keyboard: the page has a keyboard, which needs the room.
        has_sign_clip: the office has a clip in sign language for the page.
        page: the page of cards in sight, from 0, of `pages`.
    """

    back: bool = False
    priority: bool = False
    options: bool = True
    language_choice: bool = True
    officer_called: bool = False
    keyboard: bool = False
    has_sign_clip: bool = False
    page: int = 0
    pages: int = 1


class Foot(QFrame):
    """The foot of every page that a visitor can change.

    Signals:
        back_requested, priority_requested, options_requested, call_requested: the button was touched.
        language_requested: its code; `languages_requested`: the page on which they are chosen.
        turn_requested: pages to go on, -1 or 1.
        shortcut_touched: a shortcut was touched, its `CodePurpose`; `more_requested`: that for all of them.

    `sign_key` is the key of the frame's `SignPanel`, which connects it.
    """

    back_requested = Signal()
    priority_requested = Signal()
    options_requested = Signal()
    call_requested = Signal()
    language_requested = Signal(str)
    languages_requested = Signal()
    turn_requested = Signal(int)
    shortcut_touched = Signal(object)
    more_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.back_button = widgets.Button(theme, icon_name="arrow-left")
        self.no_fee = widgets.Label("", "fine", "soft", wrap=True)
        self.bar = priority.PriorityBar(theme, slim=True)
        self.shortcuts = shortcut_row.ShortcutRow(theme)
        self.more = shortcut_row.ShortcutTile(theme, "ellipsis", "blue")
        self.pager = Pager(theme)
        self.call_button = widgets.Button(theme, icon_name="bell-ring")
        self.options_button = widgets.Button(theme, icon_name="a-large-small")
        self.sign_key = square(theme, icon="hand")
        self.languages = {code: self._language_key(theme, code) for code in i18n.languages()[:_TOGGLED]}
        self.language_page = square(theme, icon="languages")
        self._row = row = TargetRow(theme, self, margins=_MARGINS)
        row.addWidget(self.back_button)
        row.addWidget(self.bar, 2)
        row.addWidget(self.shortcuts, 3)
        row.addWidget(self.more, 1)
        row.addWidget(self.no_fee, 1)
        row.addStretch()
        language_keys = (self.language_page, *self.languages.values())
        for widget in (self.pager, self.call_button, self.sign_key, self.options_button, *language_keys):
            row.addWidget(widget)
        self._wire()
        self._state, self._is_applying = FootState(), False
        self._last_shown: tuple[object, ...] = ()
        self.show_state(self._state)

    def _wire(self) -> None:
        self.back_button.clicked.connect(self.back_requested)
        self.bar.clicked.connect(self.priority_requested)
        self.shortcuts.shortcut_touched.connect(self.shortcut_touched)
        self.more.clicked.connect(self.more_requested)
        self.pager.turn_requested.connect(self.turn_requested)
        self.call_button.clicked.connect(self.call_requested)
        self.options_button.clicked.connect(self.options_requested)
        self.language_page.clicked.connect(self.languages_requested)

    def show_state(self, state: FootState) -> None:
        """Show `state`, unless it is shown already.

        A change of the foot's height resizes the cards above it, and they ask for a state again. While one is
        being applied such a request is only noted, and the round under way is followed by one more.
        """
        theme = self._theme
        has_keys = len(i18n.languages()) == _TOGGLED
        sizes = (theme.scale, theme.large_text, theme.density)
        shown = (state, self.width(), language(), sizes, has_keys)
        if shown == self._last_shown:
            return
        self._state, self._last_shown = state, shown
        # WORKAROUND the cards ask again while a key is being shown, and Qt would leave it half shown. Seen
        # with PySide6 6.12; no report is known. It can go when a widget may be hidden within its own
        # showing.
        if self._is_applying:
            return
        self._is_applying = True
        # After three rounds the foot stays as it is, so that it does not change for ever.
        for _round in range(_ROUNDS):
            now = self._state
            self._apply(now, has_language_keys=has_keys)
            if self._state == now:
                break
        self._is_applying = False

    def _apply(self, state: FootState, *, has_language_keys: bool) -> None:
        set_button_words(self.back_button, _("Kembali"))
        set_button_words(self.options_button, _("Tampilan"))
        narrow = state.priority and self.width() < self._theme.px(_ROOMY) * self._theme.growth
        set_button_words(
            self.call_button, _("Petugas dipanggil") if state.officer_called else _("Panggil petugas")
        )
        self.options_button.setAccessibleDescription(_("Huruf besar, kontras tinggi, jangkauan rendah"))
        self.bar.retranslate()
        self.back_button.setVisible(state.back)
        self.shortcuts.retranslate()
        self.more.show_words(pgettext("acts", "Lainnya"))
        self.bar.setVisible(state.priority)
        usual = _UNDER_KEYS if state.keyboard else _MARGINS
        self._row.set_margins(_UNDER_CARDS if state.priority else usual)
        self.shortcuts.setVisible(state.priority and not narrow)
        self.more.setVisible(narrow)
        self.no_fee.setText(_("Semua layanan tanpa biaya."))
        self.no_fee.setVisible(not (state.priority or state.back or state.pages > 1))
        self.options_button.setVisible(state.options)
        self.sign_key.setVisible(state.has_sign_clip)
        self.pager.show_page(state.page, state.pages)
        for key, button in self.languages.items():
            button.setChecked(key == language())
            button.setVisible(has_language_keys and (not narrow or key != language()))
        self.language_page.setVisible(not has_language_keys and state.language_choice)
        self.language_page.setAccessibleName(_("Pilih bahasa"))
        self._make_room()

    def _make_room(self) -> None:
        """Shorten or hide words so that the buttons fit, the least important first.

        One key is enough to leaf, for the first page follows the last.
        """
        for words in (self.options_button, self.call_button):
            if self._needed_width() > self.width():
                words.setText("")
        if self._needed_width() > self.width() and not self.shortcuts.isHidden():
            self.shortcuts.hide()
            self.more.show()
        current_key = self.languages.get(language())  # of the language in force
        for least_missed in (self.no_fee, current_key, self.pager.before_button, self.pager.place):
            if least_missed is not None and self._needed_width() > self.width():
                least_missed.hide()
        self._make_room_for_no_fee(current_key)

    def _make_room_for_no_fee(self, current_key: QWidget | None) -> None:
        """Give the sentence the lines that it needs.

        It may take two. The key of the language in force gives way to it. If that is not enough, the sentence
        goes and the key comes back.
        """
        most = min(_MOST_LINES, self._theme.target // self.no_fee.fontMetrics().lineSpacing())
        gives_way = current_key is not None and not current_key.isHidden() and self._no_fee_lines() > most
        if current_key is not None and gives_way:
            current_key.hide()
        if self._no_fee_lines() > most:
            self.no_fee.hide()
            if current_key is not None:
                current_key.setVisible(gives_way)

    def _no_fee_lines(self) -> int:
        """Return how many lines “Semua layanan tanpa biaya.” takes in the width that is left to it."""
        if self.no_fee.isHidden():
            return 0
        room = self.width() - self._needed_width() + self.no_fee.minimumSizeHint().width()
        box, metrics = QRect(0, 0, room, _ANY_HEIGHT), self.no_fee.fontMetrics()
        height = metrics.boundingRect(box, Qt.TextFlag.TextWordWrap, self.no_fee.text()).height()
        return round(height / metrics.lineSpacing())

    def _needed_width(self) -> int:
        """Return the width in pixels that everything shown takes, with a gap between each two."""
        places = (
            self.back_button,
            self.bar,
            self.shortcuts,
            self.more,
            self.no_fee,
            self.pager,
            self.call_button,
            self.options_button,
            self.language_page,
            self.sign_key,
        )
        shown = [
            widget.minimumSizeHint().width()
            for widget in (*places, *self.languages.values())
            if not widget.isHidden()
        ]
        margins = self._row.contentsMargins()
        return sum(shown) + len(shown) * self._theme.gap + margins.left() + margins.right()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Only the width decides what fits; the height follows from what the foot shows.
        if event.size().width() != event.oldSize().width():
            self.show_state(self._state)

    def _language_key(self, theme: Theme, code: str) -> widgets.Button:
        button = square(theme, code.upper())
        button.setAccessibleName(i18n.language_name(code))
        button.setCheckable(True)
        button.clicked.connect(lambda: self.language_requested.emit(code))
        return button
