"""The panel before a visitor leaves: the outcome, what is missing, whether they stay in the building."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import Leaving
from ult_desktop.ui.counter.actions.reasons import Situation
from ult_desktop.ui.kit import Column, Row, Theme, set_style_properties, widgets
from ult_desktop.ui.kit.accessible import Role, set_role
from ult_desktop.ui.kit.forms.option_fields import Option, OptionsBox, Tick
from ult_desktop.ui.kit.layouts import WrapRow

_STAYS_KEY = "G"
_KEYS = {"B": "guest", "S": "survey", "K": "card_back"}


class EndPanel(QFrame):
    """The panel below the actions from the first F9 to the second, which finishes as chosen here.

    The first outcome of the office's list is preset; a digit chooses another, 0 none.

    Signals:
        wanted: something missing is to be seen to now ("guest", "survey" or "card_back").
        decided: finish as it is chosen (Enter).
        left: not finished yet (Esc).
    """

    wanted = Signal(str)
    decided = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._counter, self._subject = 0, -1
        self._outcomes: tuple[str, ...] = ()
        self.setProperty("kind", "panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(self, Role.Grouping)
        self.title = widgets.Label("", "title", wrap=True)
        self.result = widgets.Label("", "body", "soft", wrap=True)
        self.options: list[Option] = []
        self._group = QButtonGroup(self)
        self._box: OptionsBox | None = None
        self._choice = Column(theme)
        self.lacks = widgets.Label("", wrap=True)
        self.missing = {
            "guest": widgets.Button(theme, _("Isi buku tamu (B)"), icon_name="book-open"),
            "survey": widgets.Button(theme, _("Tawarkan survei (S)"), icon_name="message-circle"),
            "card_back": widgets.Button(theme, _("Kembalikan kartu (K)"), icon_name="id-card"),
        }
        self.stays = Tick(_("Masih di gedung, misalnya mengisi survei di kios (G)"))
        self.goes_on = widgets.Label("", "body", "soft", wrap=True)
        self.back = widgets.Button(theme, _("Kembali (Esc)"), "quiet")
        self.back.clicked.connect(self.left)
        self._lay_out()

    def _lay_out(self) -> None:
        head = Row(self._theme, gap=12)
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        column = Column(self._theme, self, gap=10, margins=(24, 12, 16, 12))
        column.addLayout(head)
        column.addWidget(self.result)
        column.addLayout(self._choice)
        column.addWidget(self.lacks)
        row = WrapRow(self._theme, gap=8)
        for name, button in self.missing.items():
            button.clicked.connect(lambda _checked=False, name=name: self.wanted.emit(name))
            row.addWidget(button)
        column.addLayout(row)
        self._stays_box = OptionsBox(self._theme, (self.stays,))
        column.addWidget(self._stays_box)
        column.addWidget(self.goes_on)
        column.addStretch()

    def show_situation(self, s: Situation) -> None:
        """Show what is known of the served visitor. The choices stay while it is the same visitor."""
        if s.current is None:
            return
        leaving = s.board.leaving or Leaving()
        self._counter = s.counter
        self._offer(() if leaving.case else s.board.calling.outcomes)
        if s.current.id != self._subject:
            self._begin(s.current.id, leaving)
        ask, told = _("Hasil untuk {label} (tekan angkanya)"), _("{label} selesai")
        self.title.setText((ask if self.options else told).format(label=s.current.label))
        self.setAccessibleName(self.title.text())
        self.result.setText(_("Hasilnya tercatat di permohonan {number}.").format(number=leaving.case))
        self.result.setVisible(bool(leaving.case))
        self._show_missing(leaving)
        kept = _what_keeps(leaving)
        self.goes_on.setText(kept)
        self.goes_on.setVisible(bool(kept))
        for each in (self.stays, self._stays_box):
            each.setVisible(not leaving.open_cases)

    def _begin(self, ticket_id: int, leaving: Leaving) -> None:
        self._subject = ticket_id
        self.stays.setChecked(bool(leaving.awaited))
        if self.options:
            self.options[0].setChecked(True)

    def _offer(self, outcomes: tuple[str, ...]) -> None:
        if outcomes == self._outcomes:
            return
        if self._box is not None:
            self._box.deleteLater()
        self._outcomes = outcomes
        numbered = [f"{number}  {outcome}" for number, outcome in enumerate(outcomes, 1)]
        texts = [*numbered, _("0  Tidak dicatat")] if outcomes else []
        self.options = [Option(text) for text in texts]
        self._box = OptionsBox(self._theme, self.options, _("Hasil layanan")) if outcomes else None
        for option in self.options:
            self._group.addButton(option)
        if self._box is not None:
            self.options[0].setChecked(True)
            self._choice.addWidget(self._box)

    def _show_missing(self, leaving: Leaving) -> None:
        held = _("Kartu identitas masih dipegang: {cards}.").format(cards=leaving.cards)
        lacking = {
            "guest": "" if leaving.guest_book else _("Buku tamu belum diisi."),
            "survey": "" if leaving.survey else _("Survei belum ditawarkan."),
            "card_back": held if leaving.cards else "",
        }
        for name, words in lacking.items():
            self.missing[name].setVisible(bool(words))
        told = " ".join(filter(None, lacking.values()))
        self.lacks.setText(told or _("Buku tamu terisi dan survei sudah ditawarkan."))
        set_style_properties(self.lacks, tone="warn" if told else "ok")

    def command(self) -> commands.Finish:
        """Return the end as chosen now."""
        chosen = next((number for number, each in enumerate(self.options) if each.isChecked()), 0)
        outcome = (*self._outcomes, "")[chosen]
        return commands.Finish(counter=self._counter, outcome=outcome, leaves=not self.stays.isChecked())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text().upper()
        wanted = _KEYS.get(typed, "")
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.decided.emit()
        elif typed.isdigit() and int(typed) < len(self.options):
            self.options[int(typed) - 1].setChecked(True)
        elif typed == _STAYS_KEY and self.stays.isVisible():
            self.stays.toggle()
        elif wanted and self.missing[wanted].isVisible():
            self.wanted.emit(wanted)
        else:
            super().keyPressEvent(event)


def _what_keeps(leaving: Leaving) -> str:
    """Why the visit goes on after the number."""
    if leaving.open_cases:
        words = _("Permohonan {numbers} masih terbuka: kunjungan tetap berjalan.")
        return words.format(numbers=", ".join(leaving.open_cases))
    if leaving.awaited:
        words = _("Berikutnya {step}: kunjungan berjalan selama tamu masih di gedung.")
        return words.format(step=leaving.awaited)
    return ""
