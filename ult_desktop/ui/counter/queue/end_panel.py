"""The panel that asks how the service of a visitor ends, and shows what is still missing."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.accountability.deviation_words import written_words
from ult_desktop.core.accountability.deviations import Lack
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import LeavingChecks
from ult_desktop.ui.counter.actions import reasons
from ult_desktop.ui.counter.actions.reasons import Situation
from ult_desktop.ui.counter.pages.closing_box import ClosingBox, Mending, NumberedChoice
from ult_desktop.ui.kit import Column, Row, Theme, widgets
from ult_desktop.ui.kit.forms.choice_fields import OptionsBox, Tick

_STAYS_KEY = "G"


class EndPanel(ClosingBox):
    """The panel that asks how the service ends. The first F9 shows it, the second finishes as chosen here.

    The first outcome of the office's list is preset; a digit chooses another, 0 none.

    Signals:
        back_requested: the officer does not finish yet (Esc).
    """

    back_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            {
                "answer": Mending("J", _("Jawab dan tutup permohonan (J)"), "message-circle"),
                "guest": Mending("B", _("Isi buku tamu (B)"), "book-open"),
                "identity": Mending("I", _("Verifikasi identitas (I)"), "badge-check"),
                "letter": Mending("T", _("Catat surat tamu (T)"), "file-text"),
                "survey": Mending("S", _("Tawarkan survei (S)"), "message-circle"),
                "card_back": Mending("K", _("Kembalikan kartu (K)"), "id-card"),
            },
        )
        self._counter, self._ticket_id, self._label = 0, -1, ""
        self._leaving = LeavingChecks()
        self._caseless_outcomes: tuple[str, ...] = ()  # those that need no case
        self.result = widgets.Label("", "body", "soft", wrap=True)
        self.outcome = NumberedChoice(theme, _("Hasil layanan"), _("Tidak dicatat"))
        self.stays = Tick(_("Masih di gedung, misalnya mengisi survei di kios (G)"))
        self.goes_on = widgets.Label("", "body", "soft", wrap=True)
        self.back = widgets.Button(theme, _("Kembali (Esc)"), "quiet")
        self.back.clicked.connect(self.back_requested)
        self.outcome.answered.connect(self._show_missing)
        self._lay_out()

    def _lay_out(self) -> None:
        head = Row(self._theme, gap=12)
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        column = Column(self._theme, self, gap=10, margins=(24, 12, 16, 12))
        column.addLayout(head)
        column.addWidget(self.result)
        column.addWidget(self.outcome)
        column.addWidget(self.reason)
        column.addWidget(self.lacks)
        column.addLayout(self._mends)
        self._stays_box = OptionsBox(self._theme, (self.stays,))
        column.addWidget(self._stays_box)
        column.addWidget(self.goes_on)
        column.addStretch()

    def show_situation(self, s: Situation) -> None:
        """Show what is known of the served visitor. The choices stay while it is the same visitor."""
        if s.current is None:
            return
        leaving = s.board.leaving or LeavingChecks()
        calling = s.board.calling
        self._counter, self._leaving, self._caseless_outcomes = s.counter, leaving, calling.given
        need_case = tuple(outcome for outcome in calling.every_outcome if outcome not in calling.given)
        if leaving.case:  # the outcome is noted there
            self.outcome.offer()
        else:
            self.outcome.offer(
                (_("Selesai tanpa permohonan"), calling.given), (_("Perlu permohonan"), need_case)
            )
        self.reason.choice.offer(("", calling.reasons))
        if s.current.id != self._ticket_id:
            self._ticket_id, self._label, self._asks_reason = s.current.id, s.current.label, False
            self.stays.setChecked(bool(leaving.awaited))
            self.outcome.choose(1)
            self.reason.begin()
        self.result.setText(_("Hasilnya tercatat di permohonan {number}.").format(number=leaving.case))
        self.result.setVisible(bool(leaving.case))
        self._show_missing()
        self._show_question(asks_reason=self._asks_reason and bool(self._lacks))
        can_answer = bool(leaving.open_cases) or not leaving.case
        self.mend_buttons["answer"].setVisible(can_answer and reasons.answer(s) == "")
        why = _why_goes_on(leaving)
        self.goes_on.setText(why)
        self.goes_on.setVisible(bool(why))
        for widget in (self.stays, self._stays_box):
            widget.setVisible(not leaving.open_cases)

    @property
    def _lacks(self) -> tuple[Lack, ...]:
        """The deviations that finishing with the chosen outcome would record."""
        needs_no_case = self.outcome.chosen in self._caseless_outcomes
        return self._leaving.lacks_if_given if needs_no_case else self._leaving.lacks

    @override
    def _show_question(self, *, asks_reason: bool) -> None:
        self.outcome.setVisible(bool(self.outcome.options) and not asks_reason)
        super()._show_question(asks_reason=asks_reason)

    @override
    def _question(self) -> str:
        if self._asks_reason:
            words = _("Mengapa ada yang terlewat pada {label}? (tekan angkanya)")
        elif self.outcome.options:
            words = _("Hasil untuk {label} (tekan angkanya)")
        else:
            words = _("{label} selesai")
        return words.format(label=self._label)

    def _show_missing(self) -> None:
        leaving, lacks = self._leaving, self._lacks
        mended = {lack.mended_by for lack in lacks}  # the acts that would mend them
        self.mend_buttons["guest"].setVisible(not leaving.guest_book)
        for act in ("identity", "letter"):
            self.mend_buttons[act].setVisible(act in mended)
        self.mend_buttons["survey"].setVisible(not leaving.survey)
        self.mend_buttons["card_back"].setVisible(bool(leaving.cards))
        no_lacks = _("Semua tercatat dan survei sudah ditawarkan.")
        self._show_lacks(_what_lacks(leaving, lacks), no_lacks, may_explain=bool(lacks))

    def command(self) -> commands.Finish:
        """Return the end as chosen now."""
        return commands.Finish(
            counter=self._counter,
            outcome=self.outcome.chosen,
            leaves=not self.stays.isChecked(),
            reason=self.reason.reason,
        )

    @override
    def _choose(self, digit: int) -> None:
        if self._asks_reason:
            super()._choose(digit)
        else:
            self.outcome.choose(digit)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_requested.emit()
        elif event.text().upper() == _STAYS_KEY and self.stays.isVisible():
            self.stays.toggle()
        else:
            super().keyPressEvent(event)


def _what_lacks(leaving: LeavingChecks, lacks: Sequence[Lack]) -> str:
    """Return the deviations that would be written, and below them what else is missing; "" for nothing."""
    others = []
    guest_book_is_a_lack = any(lack.mended_by == "guest" for lack in lacks)
    if not leaving.guest_book and not guest_book_is_a_lack:
        others.append(_("Buku tamu belum diisi."))
    if not leaving.survey:
        others.append(_("Survei belum ditawarkan."))
    if leaving.cards:
        others.append(_("Kartu identitas masih dipegang: {cards}.").format(cards=leaving.cards))
    return "\n".join(filter(None, (written_words(lacks), " ".join(others))))


def _why_goes_on(leaving: LeavingChecks) -> str:
    """Return why the visit goes on after the number is finished; "" when it ends."""
    if leaving.open_cases:
        words = _("Permohonan {numbers} masih terbuka: kunjungan tetap berjalan.")
        return words.format(numbers=", ".join(leaving.open_cases))
    if leaving.awaited:
        words = _("Berikutnya {step}: kunjungan berjalan selama tamu masih di gedung.")
        return words.format(step=leaving.awaited)
    return ""
