"""The upload of a station's offline work when the share is back: numbers, and notes of calls by mouth."""

import logging
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ult_desktop.base import UserError
from ult_desktop.base.late import late
from ult_desktop.core import offline
from ult_desktop.core.access.roles import Actor
from ult_desktop.db.access import officers
from ult_desktop.db.offline_numbers import OfflineJournal, OfflineOperation
from ult_desktop.db.store.errors import ShareUnreachable, WritesBlocked
from ult_desktop.db.store.journal import JournalUnwritable
from ult_desktop.operations.office.office import AnotherOffice, Office

if TYPE_CHECKING:
    from ult_desktop.operations.offline import manual_calls
else:
    manual_calls = late("ult_desktop.operations.offline.manual_calls")

log = logging.getLogger(__name__)


def upload_offline_work(journal: Path, office: Office) -> None:
    """Upload the operations that the station did offline, in their order, each once.

    If the program is killed in between, the next call uploads the rest. An operation that the office refuses
    is noted as refused; one that a broken disk has made unreadable is put away. Neither keeps the next one
    waiting. A note of a number that is not in the queue yet waits until its kiosk has uploaded the number.

    Raises:
        ShareUnreachable, WritesBlocked, AnotherOffice: the office cannot be written to; what was uploaded
            before stays there.
        JournalUnwritable: this PC's disk is full; as above.
    """
    office.keys.reload()  # the keys may have been renewed while this station was cut off
    with closing(OfflineJournal(journal)) as book:
        waiting = [(operation, _read_command(operation, book)) for operation in book.waiting(office.uid)]
    for operation, command in waiting:
        if command is None:
            continue
        if isinstance(command, offline.NoteCall) and manual_calls.may_come_later(office, command):
            continue
        try:
            office.perform(command, _actor_of(office, operation), operation.request)
        except (ShareUnreachable, WritesBlocked, AnotherOffice, JournalUnwritable):
            raise
        except UserError as error:  # `perform` has noted the refusal in the journal
            log.warning("what was done while cut off: %s", error)
    office.settle()


def _read_command(
    operation: OfflineOperation, book: OfflineJournal
) -> offline.MergeTicket | offline.NoteCall | None:
    """Return the command. One that cannot be read is put away, and None returned."""
    try:
        return msgspec.json.decode(operation.arguments, type=offline.MergeTicket | offline.NoteCall)
    except msgspec.MsgspecError as error:
        # Neither the command nor the error's own words are logged: both may quote what a visitor said.
        kind = type(error).__name__
        log.error("request %s was done while cut off and cannot be read: %s", operation.request, kind)  # noqa: TRY400
        book.put_away(operation.request)
        return None


def _actor_of(office: Office, operation: OfflineOperation) -> Actor:
    """Return the officer, or the station alone, who did the operation.

    The actor has no roles here: `perform` reads an officer's roles from the file.
    """
    officer_id = operation.officer_id
    row = None if officer_id is None else office.read(lambda tx: officers.by_id(tx, officer_id))
    return Actor(station=operation.station, officer_id=officer_id, name=row.name if row else "")
