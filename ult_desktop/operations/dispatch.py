"""The dispatch of a command to its handler within a transaction, and the command's form in the journal."""

import msgspec

from ult_desktop.base import _
from ult_desktop.core.command import Command
from ult_desktop.core.event import Anchor, Event
from ult_desktop.core.recorded_requests import JournalResult
from ult_desktop.db.cases import cases
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations import register
from ult_desktop.operations.access.officers import require_still_allowed
from ult_desktop.operations.operation import Context, refuse, write_event

LONGEST_ARGUMENTS = 8_000_000


def execute(tx: Transaction, command: Command, context: Context) -> Event:
    """Carry out `command`: write its rows and its one event, which is returned.

    Raises:
        UserError: refused; the transaction must be rolled back.
    """
    operation = register.operation_of(type(command))
    require_still_allowed(tx, context.by, operation.needs, context.at, is_replayed=context.replay is not None)
    # An act on a complaint about the actor is refused as if there were no such case: they never learn of it.
    case_id, escalation_id = getattr(command, "case_id", None), getattr(command, "escalation_id", None)
    if (case_id or escalation_id) and cases.is_about(tx, context.by.officer_id or 0, case_id, escalation_id):
        raise refuse(_("Permohonan itu tidak ada."))
    context = msgspec.structs.replace(context, needs=operation.needs)
    event = operation.carry_out(command, tx, context)
    if context.begun_visits:
        event = msgspec.structs.replace(event, data={**event.data, "visits": context.begun_visits})
    return write_event(tx, event, context)


def encode_arguments(command: Command) -> str:
    """Return the command as a station's journal keeps it.

    Raises:
        UserError: it contains half a character (a lone surrogate, as broken clipboards and imports produce),
            it is too long, or no replay could read it, because a value is beyond its bounds.
    """
    try:
        arguments = msgspec.json.encode(command.journalled()).decode()
    except UnicodeEncodeError:
        raise refuse(
            _("Ada huruf rusak dalam isian itu."), _("Hapus huruf yang tampak sebagai kotak, lalu ulangi.")
        ) from None
    if len(arguments) > LONGEST_ARGUMENTS:
        raise refuse(_("Isian itu terlalu banyak untuk sekali simpan."), _("Simpan dalam beberapa bagian."))
    try:
        type(command).read(arguments)
    except msgspec.ValidationError as error:
        raise refuse(
            _("Isian itu tidak dapat dipakai: {error}.").format(error=error), _("Perbaiki isinya.")
        ) from error
    return arguments


def journal_result(event: Event) -> JournalResult:
    """Return the part of `event` that the station's journal keeps."""
    data = msgspec.json.decode(event.data)
    return JournalResult(
        seq=event.seq,
        kind=event.kind,
        subject=event.subject,
        label=data.get("label", ""),
        freed=tuple(data.get("freed", ())),
        visits=tuple(data.get("visits", ())),
    )


def encode_result(event: Event, anchor: Anchor) -> str:
    """Return the `journal_result` of `event` as JSON, with the anchor by which it is a witness of the log."""
    result = msgspec.structs.replace(journal_result(event), chain=anchor.chain, restores=anchor.restores)
    return msgspec.json.encode(result).decode()
