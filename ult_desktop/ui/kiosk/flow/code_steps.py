"""The visitor's way through codes and the guest book: which touch leads where."""

from ult_desktop.core.queue.kiosk_code import KnownTicket
from ult_desktop.ui.kiosk.flow.kiosk_flow import KioskFlow
from ult_desktop.ui.kiosk.frame.shell import KioskFrame
from ult_desktop.ui.kiosk.guest_book.book_words import cards_of
from ult_desktop.ui.kiosk.home.shortcut_row import ICONS
from ult_desktop.ui.kiosk.visit import CodePurpose, KioskVisit, Screen


class CodeSteps:
    """Connects the pages; kept by whoever wires the window."""

    def __init__(self, shell: KioskFrame, flow: KioskFlow) -> None:
        self._shell, self._flow = shell, flow
        for doors in (shell.home, shell.foot):
            doors.opened.connect(self._ask_code)
        shell.foot.more_requested.connect(lambda: flow.go(flow.scene.visit.goes_to(Screen.MORE)))
        shell.code.back_requested.connect(flow.leave_code)
        shell.code.code_entered.connect(flow.look_up)
        flow.code_refused.connect(shell.code.show_refusal)
        shell.taken.book_requested.connect(flow.open_book)
        shell.found.acted.connect(lambda: flow.go(KioskVisit()))
        shell.found.book_requested.connect(self._sign_found)
        shell.found.survey_requested.connect(self._survey_found)
        shell.choice.chosen.connect(self._choose)
        shell.writing.entered.connect(flow.keeping.say)
        shell.writing.back_requested.connect(self._back)
        shell.review.remember_changed.connect(flow.keeping.agree)
        shell.review.saved.connect(flow.keeping.save)

    def _ask_code(self, purpose: CodePurpose) -> None:
        self._flow.go(KioskVisit().asks_code(purpose))

    def _choose(self, place: int) -> None:
        book = self._flow.scene.book
        if book is None:
            self._ask_code(tuple(ICONS)[place])
        else:
            self._flow.keeping.choose(cards_of(book)[place].then(book))

    def _back(self) -> None:
        if not self._flow.keeping.back():
            self._flow.end_visit()

    def _sign_found(self) -> None:
        known = self._flow.scene.found
        if isinstance(known, KnownTicket):
            self._flow.open_book(known.ticket)

    def _survey_found(self) -> None:
        known = self._flow.scene.found
        if isinstance(known, KnownTicket):
            self._ask_code(CodePurpose.SURVEY)
            self._flow.survey_ready.emit(known)
