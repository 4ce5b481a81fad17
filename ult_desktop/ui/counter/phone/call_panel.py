"""The panel of one call on the line: its words and clock above, and below them its next stage."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from ult_desktop.core.personal import is_masked
from ult_desktop.core.phone.phone_call import PhoneCall
from ult_desktop.core.privacy.subjects import OpenedVisit
from ult_desktop.db.phone_calls import PhoneBoard
from ult_desktop.ui.counter.pages import PageHost, open_visit
from ult_desktop.ui.counter.phone import call_words, caller, stages
from ult_desktop.ui.counter.phone.call_head import CallHead
from ult_desktop.ui.kit import Column

_TICK_MS = 1000


class CallPanel(QWidget):
    """The panel of one call.

    It lives while the call is this officer's, so that typed text belongs to it alone.

    Args:
        desk: the officer's.
        board: the first snapshot that holds the call.
        call: the call.
        regencies: the choices for where the caller is from.
    """

    def __init__(
        self, host: PageHost, board: PhoneBoard, call: PhoneCall, regencies: tuple[str, ...]
    ) -> None:
        super().__init__()
        self._host, self._now, self.board, self.call = host, host.now, board, call
        self._correcting = False
        self.known: dict[str, str] = {}  # what is corrected; it holds also what the form does not ask
        self.head = CallHead(host.theme)
        self.caller = caller.caller_form(host, call.visit_id, board.caller_fields, regencies)
        self.decide = stages.DecideStage(host, call.visit_id, board.grounds)
        self.tell = stages.TellStage(host, call.visit_id)
        self.closing = caller.CallerFacts(host.theme)
        self.survey = stages.SurveyOffer(host, call.visit_id)
        self._pages = QStackedWidget()
        self._stages: dict[call_words.CallStage, QWidget] = {
            call_words.CallStage.RECORD: self.caller,
            call_words.CallStage.DECIDE: self.decide,
            call_words.CallStage.TELL: self.tell,
            call_words.CallStage.CLOSE: self._closing_page(host),
        }
        for page in self._stages.values():
            self._pages.addWidget(page)
        column = Column(host.theme, self, gap=12)
        column.addWidget(self.head)
        column.addWidget(self._pages, 1)
        for facts in (self.decide.facts, self.tell.facts, self.closing):
            facts.change.clicked.connect(self._correct)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.show_time)

    def _closing_page(self, host: PageHost) -> QWidget:
        page = QWidget()
        column = Column(host.theme, page, gap=12)
        column.addWidget(caller.FactsArea(host.theme, self.closing, caller.MAX_FACTS_HEIGHT))
        column.addWidget(self.survey)
        column.addStretch(1)
        return page

    @property
    def stage(self) -> call_words.CallStage:
        return call_words.CallStage.RECORD if self._correcting else call_words.stage_of(self.call)

    def show_board(self, board: PhoneBoard, call: PhoneCall) -> None:
        before = self.stage
        self.board, self.call = board, call
        self.head.show_board(board, call, self._now())
        for view in (self.decide, self.tell, self.closing):
            view.show_call(call)
        self._show_stage(moved=self.stage is not before)

    def show_time(self) -> None:
        self.head.show_time(self._now())

    def begin(self) -> None:
        """Show the first stage, and move the focus there."""
        self._show_stage(moved=True)

    def end_correction(self) -> None:
        """End a correction: what the caller said is written down, and the next board shows what follows."""
        if self._correcting:
            self._correcting = False
            self._show_stage(moved=True)

    def _correct(self) -> None:
        """Correct the caller's data. A masked number must be opened in clear first."""
        if is_masked(self.call.phone):
            open_visit(self._host, self.call.visit_id, self._correct_opened)
        else:
            self._correct_call(self.call)

    def _correct_opened(self, opened: OpenedVisit) -> None:
        if opened.call is not None:
            self._correct_call(opened.call)

    def _correct_call(self, call: PhoneCall) -> None:
        self._correcting = True
        self.known = caller.known_values(call)
        self.caller.show_values(self.known)
        self._show_stage(moved=True)

    def _show_stage(self, *, moved: bool) -> None:
        self._pages.setCurrentWidget(self._stages[self.stage])
        if moved:
            self._place().setFocus()

    def _place(self) -> QWidget:
        """Return the widget for the focus: the words first, then the first field of the stage."""
        words = self.head.script.button
        if self.stage is call_words.CallStage.RECORD:
            return self.caller.field("name") if self._correcting or words.isHidden() else words
        if self.stage is call_words.CallStage.DECIDE:
            return self.decide.form.field("answer")
        if self.stage is call_words.CallStage.CLOSE:
            return words
        return self.tell.done if self.call.answer else self.tell.form.field("answer")

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
