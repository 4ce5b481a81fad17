"""Small acts that ask for a moment: forward with a promise, promise another time, told it takes longer."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from ult_desktop.core.command import Ask
from ult_desktop.core.phone import AttemptResult, PhoneCall
from ult_desktop.core.phone_asks import EndAttempt, ForwardCall, PromiseCallback
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.i18n import _
from ult_desktop.ui.counter.phone.call_words import moment_words
from ult_desktop.ui.counter.work.desk import WorkDesk
from ult_desktop.ui.counter.work.fields.date_field import DateField
from ult_desktop.ui.counter.work.fields.field import Field
from ult_desktop.ui.counter.work.fields.text_field import TextField
from ult_desktop.ui.counter.work.fields.time_field import TimeField
from ult_desktop.ui.counter.work.form_box import FormBox

Values = dict[str, Any]
_ICON = ("phone-call", "blue")


def promise_with_question(desk: WorkDesk, call: PhoneCall, usual: int) -> FormBox:
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


def promise_again(desk: WorkDesk, call: PhoneCall, usual: int) -> FormBox:
    """Another moment than was said, or one after all."""
    return _open(
        desk,
        _("Janji telepon balik"),
        (_moment_fields(desk),),
        partial(_promise, desk, call),
        _usual_words(desk, usual),
    )


def takes_longer(desk: WorkDesk, call: PhoneCall, usual: int) -> FormBox:
    """The caller was reached before the answer was there."""
    return _open(
        desk,
        _("Minta waktu lagi"),
        (_moment_fields(desk),),
        partial(_reached, desk, call),
        _usual_words(desk, usual),
    )


def _moment_fields(desk: WorkDesk) -> tuple[DateField, TimeField]:
    return (
        DateField(desk.theme, "day", _("Tanggal"), now=desk.now),
        TimeField(desk.theme, "clock", _("Jam")),
    )


def _usual_words(desk: WorkDesk, usual: int) -> str:
    until = moment_words(to_datetime(usual, desk.now().tzinfo), desk.now())
    return _("Sebutkan waktunya kepada penelepon. Tanpa tanggal dan jam: sampai {until}.").format(until=until)


def _open(
    desk: WorkDesk,
    title: str,
    fields: tuple[Field | tuple[Field, ...], ...],
    ask: Callable[[Values], Ask],
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


def _forward(desk: WorkDesk, call: PhoneCall, values: Values) -> Ask:
    return ForwardCall(
        call_id=call.visit_id,
        instruction=values["instruction"],
        promised_at=promised_stamp(values, desk.now()),
    )


def _promise(desk: WorkDesk, call: PhoneCall, values: Values) -> Ask:
    return PromiseCallback(call_id=call.visit_id, promised_at=promised_stamp(values, desk.now()))


def _reached(desk: WorkDesk, call: PhoneCall, values: Values) -> Ask:
    return EndAttempt(
        call_id=call.visit_id,
        result=AttemptResult.REACHED,
        promised_at=promised_stamp(values, desk.now()),
    )
