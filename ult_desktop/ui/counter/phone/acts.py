"""The acts of an officer on a call: on the line, from the list, and in small boxes."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from ult_desktop.base import _
from ult_desktop.core import personal, stamps
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.accountability.commands import TickStep
from ult_desktop.core.command import Command
from ult_desktop.core.phone import commands, phone_call
from ult_desktop.core.privacy.subjects import OpenedVisit
from ult_desktop.ui.counter.appointments import booking_box
from ult_desktop.ui.counter.pages import FormBox, PageHost, may_open, open_visit
from ult_desktop.ui.counter.phone.call_panel import CallPanel
from ult_desktop.ui.counter.phone.call_words import moment_words
from ult_desktop.ui.kit import dialogs, forms
from ult_desktop.ui.kit.detail import DetailAction

Values = dict[str, Any]
_ICON = ("phone-call", "blue")


def promise_box(host: PageHost, call: phone_call.PhoneCall, usual: int) -> None:
    """POS 3B and 4: what the back office is asked, and when the caller is called back."""
    message = forms.TextField(host.theme, "instruction", _("Pesan untuk Back Office"), required=True, rows=3)
    message.show_value(call.question)
    _open(
        host, _("Janji telepon balik"), usual, partial(commands.ForwardCall, call_id=call.visit_id), message
    )


def renew_promise_box(host: PageHost, call: phone_call.PhoneCall, usual: int) -> None:
    """Another moment than was said, or one after all."""
    _open(host, _("Janji telepon balik"), usual, partial(commands.PromiseCallback, call_id=call.visit_id))


def postpone_box(host: PageHost, call: phone_call.PhoneCall, usual: int) -> None:
    """Open the box that postpones a call: the caller was reached before the answer was there."""
    command = partial(commands.EndAttempt, call_id=call.visit_id, result=phone_call.AttemptResult.REACHED)
    _open(host, _("Jadwalkan ulang telepon"), usual, command)


def _open(
    host: PageHost, title: str, usual: int, command: Callable[..., Command], *before: forms.Field
) -> None:
    """Ask for the moment that is promised, below the fields `before` it; `command` gets it (UTC ms)."""
    until = moment_words(stamps.to_datetime(usual, host.now().tzinfo), host.now())
    words = _("Sebutkan waktunya kepada penelepon. Tanpa tanggal dan jam: sampai {until}.")
    day = forms.DateField(host.theme, "day", _("Tanggal"), days=host)
    clock = forms.TimeField(host.theme, "clock", _("Jam"))

    def promised(values: Values) -> Command:
        moment = promised_stamp(values, host.now())
        return command(promised_at=moment, **{each.name: values[each.name] for each in before})

    FormBox(
        host,
        title,
        (*before, (day, clock)),
        command=promised,
        verb=_("Janjikan"),
        told=_("Telepon balik tercatat."),
        icon=_ICON,
        words=words.format(until=until),
        check=_check,
    ).open()


def _check(values: Values) -> dict[str, str]:
    """Return the problem of a day without an hour, which is no promise."""
    if values["day"] is not None and values["clock"] is None:
        return {"clock": _("Sebutkan jamnya juga.")}
    return {}


def promised_stamp(values: Values, now: datetime) -> int | None:
    """Return the agreed moment (UTC ms). An hour alone is today's."""
    if values["clock"] is None:
        return None
    day = values["day"] or now.date()
    return stamps.to_stamp(datetime.combine(day, values["clock"], tzinfo=now.tzinfo))


class CallActs(QObject):
    """The acts of the panel on its call, each as a request. They live with the panel."""

    def __init__(self, host: PageHost, panel: CallPanel) -> None:
        super().__init__(panel)
        self._host, self._panel = host, panel
        head, decide, tell = panel.head, panel.decide, panel.tell
        head.greeted.connect(self._greet)
        head.closed.connect(self._close)
        head.broken.connect(self._break)
        head.booking_wanted.connect(self._book)
        head.book.setVisible(host.actor.may(Permission.KEEP_APPOINTMENTS))
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
        command = commands.RecordCaller(call_id=self._id, **{**self._panel.known, **values})
        self._host.perform(command, self._recorded, _("Penelepon tercatat."), self._panel.caller)

    def _recorded(self, _call: object) -> None:
        self._panel.end_correction()

    def _answer(self, values: dict[str, Any]) -> None:
        command = commands.AnswerCall(
            call_id=self._id, answer=values["answer"], ground=values.get("ground") or ""
        )
        self._host.perform(command, form=self._panel.decide.form)

    def _put_through(self) -> None:
        told = _("Disambungkan. Back Office melihatnya di daftar telepon.")
        self._host.perform(commands.ForwardCall(call_id=self._id, live=True), told=told)

    def _promise(self) -> None:
        """End the weighing and open the promise: while that box is open the caller is being informed."""
        self._host.perform(commands.WeighCall(call_id=self._id), self._open_promise)

    def _open_promise(self, call: phone_call.PhoneCall) -> None:
        promise_box(self._host, call, self._panel.board.usual_promise)

    def _tell(self) -> None:
        self._host.perform(commands.TellAnswer(call_id=self._id))

    def _tell_typed(self, values: dict[str, Any]) -> None:
        command = commands.TellAnswer(call_id=self._id, answer=values["answer"])
        self._host.perform(command, form=self._panel.tell.form)

    def _fail(self, result: phone_call.AttemptResult) -> None:
        command = commands.EndAttempt(call_id=self._id, result=result)
        self._host.perform(command, told=_("Percobaan tercatat; janji tetap berlaku."))

    def _later(self) -> None:
        rings = self._panel.call.attempt_at is not None
        open_box = postpone_box if rings else renew_promise_box
        open_box(self._host, self._panel.call, self._panel.board.usual_promise)

    def _book(self) -> None:
        """Book for the caller. A masked number must be opened in clear first."""
        if personal.is_masked(self._panel.call.phone):
            open_visit(self._host, self._id, self._book_opened)
        else:
            self._book_caller(self._panel.call)

    def _book_opened(self, opened: OpenedVisit) -> None:
        if opened.call is not None:
            self._book_caller(opened.call)

    def _book_caller(self, call: phone_call.PhoneCall) -> None:
        booking_box.book(self._host, booking_box.Expected(name=call.name, phone=call.phone))

    def _close(self) -> None:
        self._host.perform(commands.EndCall(call_id=self._id), told=_("Telepon selesai."))

    def _break(self) -> None:
        words = _("Yang sudah dicatat tetap disimpan. Telepon ini tidak dapat dilanjutkan lagi.")
        yes = (_("Catat sebagai putus"), self._lose)
        dialogs.ask(self._host.window, self._host.theme, _("Telepon putus?"), words, yes)

    def _lose(self) -> None:
        self._host.perform(commands.EndCall(call_id=self._id, lost=True), told=_("Telepon putus tercatat."))


def call_actions(
    host: PageHost, call: phone_call.PhoneCall, usual_promise: int, reveal: Callable[[], object]
) -> list[DetailAction]:
    """Return the acts on a call of the list; `reveal` lifts the mask of its number."""
    masked = personal.is_masked(call.phone)

    def dial() -> None:
        if masked:
            reveal()
        host.perform(commands.DialBack(call_id=call.visit_id))

    take = partial(host.perform, commands.TakeTransfer(call_id=call.visit_id))
    first = {
        phone_call.CallState.PROMISED: DetailAction(
            "dial", _("Telepon balik"), "phone-call", dial, "primary"
        ),
        phone_call.CallState.TRANSFERRED: DetailAction(
            "take", _("Terima sambungan"), "phone-call", take, "primary"
        ),
    }.get(call.state)
    promise = partial(renew_promise_box, host, call, usual_promise)
    open_case = partial(host.open_page, "cases", call.case_id)
    waiting = [
        DetailAction("promise", _("Ubah janji …"), "clock", promise),
        DetailAction("give_up", _("Hentikan …"), "x", partial(_ask_why, host, call)),
    ]
    case = DetailAction("case", _("Buka permohonan"), "file-text", open_case)
    eye = DetailAction("contact", _("Tampilkan nomor"), "eye", reveal, is_aside=True)
    return [
        *([first, *waiting] if first is not None else []),
        *([case] if call.case_id is not None else []),
        *([eye] if masked and may_open(host) else []),
    ]


def _ask_why(host: PageHost, call: phone_call.PhoneCall) -> None:
    words = _("Penelepon tidak akan dihubungi lagi. Alasan ini tercatat.")
    given = partial(_give_up, host, call.visit_id)
    dialogs.ask_text(host.window, host.theme, _("Hentikan telepon balik?"), words, (_("Hentikan"), given))


def _give_up(host: PageHost, call_id: int, reason: str) -> None:
    command = commands.EndCall(call_id=call_id, lost=True, remark=reason)
    host.perform(command, told=_("Telepon balik dihentikan."))
