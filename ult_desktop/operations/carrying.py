"""Carry out one ask within a transaction: the same for a window, a retry and the rebuilding of an office."""

import msgspec

from ult_desktop.core.command import Ask
from ult_desktop.core.log import Event
from ult_desktop.core.recorded import Given
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Moment, record
from ult_desktop.operations.finding import nothing_changed
from ult_desktop.operations.officers import require_still
from ult_desktop.operations.register import operation_of


def carry_out(tx: Transaction, ask: Ask, moment: Moment) -> Event:
    """The rows and the one event of `ask`.

    Raises:
        UserError: refused; the transaction must be rolled back.
    """
    operation = operation_of(type(ask))
    require_still(tx, moment.by, operation.needs, moment.at)
    moment = msgspec.structs.replace(moment, needs=operation.needs)
    return record(tx, operation.carry_out(ask, tx, moment), moment)


def as_arguments(ask: Ask) -> str:
    """The ask as a station's journal keeps it.

    Raises:
        UserError: half a character stands in it, as broken clipboards and imports hold it.
    """
    try:
        return msgspec.json.encode(ask.journalled()).decode()
    except UnicodeEncodeError:
        raise nothing_changed(
            _("Ada huruf rusak dalam isian itu."),
            _("Hapus huruf yang tampak sebagai kotak, lalu ulangi."),
        ) from None


def given_by(event: Event) -> Given:
    """What the log acknowledged with `event`, without anything else that stands there."""
    data = msgspec.json.decode(event.data)
    return Given(
        seq=event.seq,
        kind=event.kind,
        subject=event.subject,
        label=data.get("label", ""),
        freed=tuple(data.get("freed", ())),
    )


def as_result(event: Event) -> str:
    """The same as a station's journal keeps it."""
    return msgspec.json.encode(given_by(event)).decode()
