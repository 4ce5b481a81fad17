"""Between the officer's hands and the office while somebody is on the line."""

from typing import Any

from PySide6.QtCore import QObject

from ult_desktop.base.i18n import _
from ult_desktop.core.accountability.commands import TickStep
from ult_desktop.core.phone.commands import (
    AnswerCall,
    EndAttempt,
    EndCall,
    ForwardCall,
    RecordCaller,
    TellAnswer,
)
from ult_desktop.core.phone.phone_call import AttemptResult
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.counter.phone.boxes import postpone_box, promise_box, renew_promise_box
from ult_desktop.ui.counter.phone.call_panel import CallPanel
from ult_desktop.ui.kit import dialogs


class CallActs(QObject):
    """Makes a request of what the panel says; lives with the panel."""

    def __init__(self, desk: PageHost, panel: CallPanel) -> None:
        super().__init__(panel)
        self._desk, self._panel = desk, panel
        head, decide, tell = panel.head, panel.decide, panel.tell
        head.greeted.connect(self._greet)
        head.closed.connect(self._close)
        head.broken.connect(self._break)
        panel.caller.submitted.connect(self._record)
        decide.form.submitted.connect(self._answer)
        decide.live_wanted.connect(self._put_through)
        decide.promise_wanted.connect(self._promise)
        tell.told.connect(self._tell)
        tell.form.submitted.connect(self._tell_typed)
        tell.failed.connect(self._fail)
        tell.later_wanted.connect(self._later)

    @property
    def _id(self) -> int:
        return self._panel.call.visit_id

    def _greet(self, step: int) -> None:
        self._desk.perform(TickStep(visit_id=self._id, step=step))
        self._panel.caller.field("name").setFocus()

    def _record(self, values: dict[str, Any]) -> None:
        ask = RecordCaller(call_id=self._id, **values)
        self._desk.perform(ask, self._recorded, _("Penelepon tercatat."), self._panel.caller)

    def _recorded(self, _call: object) -> None:
        self._panel.end_correction()

    def _answer(self, values: dict[str, Any]) -> None:
        ask = AnswerCall(call_id=self._id, answer=values["answer"], ground=values.get("ground") or "")
        self._desk.perform(ask, form=self._panel.decide.form)

    def _put_through(self) -> None:
        told = _("Disambungkan. Back Office melihatnya di daftar telepon.")
        self._desk.perform(ForwardCall(call_id=self._id, live=True), told=told)

    def _promise(self) -> None:
        promise_box(self._desk, self._panel.call, self._panel.board.usual_promise)

    def _tell(self) -> None:
        self._desk.perform(TellAnswer(call_id=self._id))

    def _tell_typed(self, values: dict[str, Any]) -> None:
        ask = TellAnswer(call_id=self._id, answer=values["answer"])
        self._desk.perform(ask, form=self._panel.tell.form)

    def _fail(self, result: AttemptResult) -> None:
        ask = EndAttempt(call_id=self._id, result=result)
        self._desk.perform(ask, told=_("Percobaan tercatat; janji tetap berlaku."))

    def _later(self) -> None:
        rings = self._panel.call.attempt_at is not None
        open_box = postpone_box if rings else renew_promise_box
        open_box(self._desk, self._panel.call, self._panel.board.usual_promise)

    def _close(self) -> None:
        self._desk.perform(EndCall(call_id=self._id), told=_("Telepon selesai."))

    def _break(self) -> None:
        words = _("Yang sudah dicatat tetap disimpan. Telepon ini tidak dapat dilanjutkan lagi.")
        yes = (_("Catat sebagai putus"), self._lose)
        dialogs.ask(self._desk.window, self._desk.theme, _("Telepon putus?"), words, yes)

    def _lose(self) -> None:
        self._desk.perform(EndCall(call_id=self._id, lost=True), told=_("Telepon putus tercatat."))
