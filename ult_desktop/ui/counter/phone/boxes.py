"""Small acts that ask for a moment: forward with a promise, promise another time, told it takes longer."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from ult_desktop.base.i18n import _
from ult_desktop.core.command import Command
from ult_desktop.core.phone.commands import EndAttempt, ForwardCall, PromiseCallback
from ult_desktop.core.phone.phone_call import AttemptResult, PhoneCall
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.ui.counter.pages.form_box import FormBox
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.counter.phone.call_words import moment_words
from ult_desktop.ui.kit.forms.date_field import DateField
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.forms.text_field import TextField
from ult_desktop.ui.kit.forms.time_field import TimeField

Values = dict[str, Any]
_ICON = ("phone-call", "blue")


def promise_box(desk: PageHost, call: PhoneCall, usual: int) -> FormBox:
    """POS 3B and 4: what the back office is asked, and when the caller is called back."""
    message = TextField(desk.theme, "instruction", _("Pesan untuk Back Office"), required=True, rows=3)
    message.show_value(call.question)
    return _open(
        desk,
        _("Janji telepon balik"),
        (message, _moment_fields(desk)),
        partial(_forward, desk, call),
        _usual_words(desk, usual),
    )


def renew_promise_box(desk: PageHost, call: PhoneCall, usual: int) -> FormBox:
    """Another moment than was said, or one after all."""
    return _open(
        desk,
        _("Janji telepon balik"),
        (_moment_fields(desk),),
        partial(_promise, desk, call),
        _usual_words(desk, usual),
    )


def postpone_box(desk: PageHost, call: PhoneCall, usual: int) -> FormBox:
    """The caller was reached before the answer was there."""
    return _open(
        desk,
        _("Minta waktu lagi"),
        (_moment_fields(desk),),
        partial(_reached, desk, call),
        _usual_words(desk, usual),
    )


def _moment_fields(desk: PageHost) -> tuple[DateField, TimeField]:
    return (
        DateField(desk.theme, "day", _("Tanggal"), now=desk.now),
        TimeField(desk.theme, "clock", _("Jam")),
    )


def _usual_words(desk: PageHost, usual: int) -> str:
    until = moment_words(to_datetime(usual, desk.now().tzinfo), desk.now())
    return _("Sebutkan waktunya kepada penelepon. Tanpa tanggal dan jam: sampai {until}.").format(until=until)


def _open(
    desk: PageHost,
    title: str,
    fields: tuple[Field | tuple[Field, ...], ...],
    ask: Callable[[Values], Command],
    words: str,
) -> FormBox:
    told = _("Telepon balik tercatat.")
    box = FormBox(
        desk, title, fields, ask=ask, verb=_("Janjikan"), told=told, icon=_ICON, words=words, check=_check
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


def _forward(desk: PageHost, call: PhoneCall, values: Values) -> Command:
    return ForwardCall(
        call_id=call.visit_id,
        instruction=values["instruction"],
        promised_at=promised_stamp(values, desk.now()),
    )


def _promise(desk: PageHost, call: PhoneCall, values: Values) -> Command:
    return PromiseCallback(call_id=call.visit_id, promised_at=promised_stamp(values, desk.now()))


def _reached(desk: PageHost, call: PhoneCall, values: Values) -> Command:
    return EndAttempt(
        call_id=call.visit_id,
        result=AttemptResult.REACHED,
        promised_at=promised_stamp(values, desk.now()),
    )
