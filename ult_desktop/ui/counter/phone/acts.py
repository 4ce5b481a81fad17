"""What an officer does about a call: on the line, from the list, and in small boxes."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from ult_desktop.base.i18n import _
from ult_desktop.core.accountability.commands import TickStep
from ult_desktop.core.command import Command
from ult_desktop.core.phone.commands import (
    AnswerCall,
    DialBack,
    EndAttempt,
    EndCall,
    ForwardCall,
    PromiseCallback,
    RecordCaller,
    TakeTransfer,
    TellAnswer,
)
from ult_desktop.core.phone.phone_call import AttemptResult, CallState, PhoneCall
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.counter.phone.call_panel import CallPanel
from ult_desktop.ui.counter.phone.call_words import moment_words
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.forms.date_fields import DateField, TimeField
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.forms.text_field import TextField

Values = dict[str, Any]
_ICON = ("phone-call", "blue")


def promise_box(host: PageHost, call: PhoneCall, usual: int) -> FormBox:
    """POS 3B and 4: what the back office is asked, and when the caller is called back."""
    message = TextField(host.theme, "instruction", _("Pesan untuk Back Office"), required=True, rows=3)
    message.show_value(call.question)
    return _open(
        host,
        _("Janji telepon balik"),
        (message, _moment_fields(host)),
        partial(_forward, host, call),
        _usual_words(host, usual),
    )


def renew_promise_box(host: PageHost, call: PhoneCall, usual: int) -> FormBox:
    """Another moment than was said, or one after all."""
    return _open(
        host,
        _("Janji telepon balik"),
        (_moment_fields(host),),
        partial(_promise, host, call),
        _usual_words(host, usual),
    )


def postpone_box(host: PageHost, call: PhoneCall, usual: int) -> FormBox:
    """The caller was reached before the answer was there."""
    return _open(
        host,
        _("Minta waktu lagi"),
        (_moment_fields(host),),
        partial(_reached, host, call),
        _usual_words(host, usual),
    )


def _moment_fields(host: PageHost) -> tuple[DateField, TimeField]:
    return (
        DateField(host.theme, "day", _("Tanggal"), now=host.now),
        TimeField(host.theme, "clock", _("Jam")),
    )


def _usual_words(host: PageHost, usual: int) -> str:
    until = moment_words(to_datetime(usual, host.now().tzinfo), host.now())
    return _("Sebutkan waktunya kepada penelepon. Tanpa tanggal dan jam: sampai {until}.").format(until=until)


def _open(
    host: PageHost,
    title: str,
    fields: tuple[Field | tuple[Field, ...], ...],
    command: Callable[[Values], Command],
    words: str,
) -> FormBox:
    told = _("Telepon balik tercatat.")
    box = FormBox(
        host,
        title,
        fields,
        command=command,
        verb=_("Janjikan"),
        told=told,
        icon=_ICON,
        words=words,
        check=_check,
    )
    box.open()
    return box


def _check(values: Values) -> dict[str, str]:
    """A day without an hour is no promise."""
    if values["day"] is not None and values["clock"] is None:
        return {"clock": _("Sebutkan jamnya juga.")}
    return {}


def promised_stamp(values: Values, now: datetime) -> int | None:
    """The moment that was agreed (UTC ms); an hour alone is today's."""
    if values["clock"] is None:
        return None
    day = values["day"] or now.date()
    return to_stamp(datetime.combine(day, values["clock"], tzinfo=now.tzinfo))


def _forward(host: PageHost, call: PhoneCall, values: Values) -> Command:
    return ForwardCall(
        call_id=call.visit_id,
        instruction=values["instruction"],
        promised_at=promised_stamp(values, host.now()),
    )


def _promise(host: PageHost, call: PhoneCall, values: Values) -> Command:
    return PromiseCallback(call_id=call.visit_id, promised_at=promised_stamp(values, host.now()))


def _reached(host: PageHost, call: PhoneCall, values: Values) -> Command:
    return EndAttempt(
        call_id=call.visit_id,
        result=AttemptResult.REACHED,
        promised_at=promised_stamp(values, host.now()),
    )


class CallActs(QObject):
    """Makes a request of what the panel says; lives with the panel."""

    def __init__(self, host: PageHost, panel: CallPanel) -> None:
        super().__init__(panel)
        self._host, self._panel = host, panel
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
        self._host.perform(TickStep(visit_id=self._id, step=step))
        self._panel.caller.field("name").setFocus()

    def _record(self, values: dict[str, Any]) -> None:
        command = RecordCaller(call_id=self._id, **{**self._panel.known, **values})
        self._host.perform(command, self._recorded, _("Penelepon tercatat."), self._panel.caller)

    def _recorded(self, _call: object) -> None:
        self._panel.end_correction()

    def _answer(self, values: dict[str, Any]) -> None:
        command = AnswerCall(call_id=self._id, answer=values["answer"], ground=values.get("ground") or "")
        self._host.perform(command, form=self._panel.decide.form)

    def _put_through(self) -> None:
        told = _("Disambungkan. Back Office melihatnya di daftar telepon.")
        self._host.perform(ForwardCall(call_id=self._id, live=True), told=told)

    def _promise(self) -> None:
        promise_box(self._host, self._panel.call, self._panel.board.usual_promise)

    def _tell(self) -> None:
        self._host.perform(TellAnswer(call_id=self._id))

    def _tell_typed(self, values: dict[str, Any]) -> None:
        command = TellAnswer(call_id=self._id, answer=values["answer"])
        self._host.perform(command, form=self._panel.tell.form)

    def _fail(self, result: AttemptResult) -> None:
        command = EndAttempt(call_id=self._id, result=result)
        self._host.perform(command, told=_("Percobaan tercatat; janji tetap berlaku."))

    def _later(self) -> None:
        rings = self._panel.call.attempt_at is not None
        open_box = postpone_box if rings else renew_promise_box
        open_box(self._host, self._panel.call, self._panel.board.usual_promise)

    def _close(self) -> None:
        self._host.perform(EndCall(call_id=self._id), told=_("Telepon selesai."))

    def _break(self) -> None:
        words = _("Yang sudah dicatat tetap disimpan. Telepon ini tidak dapat dilanjutkan lagi.")
        yes = (_("Catat sebagai putus"), self._lose)
        dialogs.ask(self._host.window, self._host.theme, _("Telepon putus?"), words, yes)

    def _lose(self) -> None:
        self._host.perform(EndCall(call_id=self._id, lost=True), told=_("Telepon putus tercatat."))


def first_act(call: PhoneCall) -> str:
    """What Enter does on a line: call back, or take over the line; "" when there is nothing to do."""
    return {CallState.PROMISED: "dial", CallState.TRANSFERRED: "take"}.get(call.state, "")


def act(host: PageHost, name: str, call: PhoneCall, usual_promise: int) -> None:
    """`name` as in the detail's buttons."""
    if name == "dial":
        host.perform(DialBack(call_id=call.visit_id))
    elif name == "take":
        host.perform(TakeTransfer(call_id=call.visit_id))
    elif name == "promise":
        renew_promise_box(host, call, usual_promise)
    elif name == "give_up":
        _ask_why(host, call)
    elif name == "case":
        host.open_page("cases", call.case_id)


def _ask_why(host: PageHost, call: PhoneCall) -> None:
    words = _("Penelepon tidak akan dihubungi lagi. Alasan ini tercatat.")
    given = partial(_give_up, host, call.visit_id)
    dialogs.ask_text(host.window, host.theme, _("Hentikan telepon balik?"), words, (_("Hentikan"), given))


def _give_up(host: PageHost, call_id: int, reason: str) -> None:
    command = EndCall(call_id=call_id, lost=True, remark=reason)
    host.perform(command, told=_("Telepon balik dihentikan."))
