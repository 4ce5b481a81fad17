"""The upload of what a station did alone, when the share is back: numbers given, calls by mouth."""

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
from ult_desktop.operations.office.office import AnotherOffice, Office

if TYPE_CHECKING:
    from ult_desktop.operations.offline import manual_calls as noted_calls
else:
    noted_calls = late("ult_desktop.operations.offline.manual_calls")

log = logging.getLogger(__name__)


def upload_offline_work(journal: Path, office: Office) -> None:
    """Upload everything that was done alone, in its order, each once.

    If killed in between, the rest follows later.

    What the office refuses is written down as refused, and keeps nothing behind it waiting; nor does what a
    broken disk has made unreadable. A note of a number that is not in the queue yet waits for the kiosk that
    gave it.

    Raises:
        ShareUnreachable, WritesBlocked, AnotherOffice: the share is gone again; what is merged is merged.
    """
    office.keys.look()  # renewed while this station was away: what is sealed under the new ones is known
    with closing(OfflineJournal(journal)) as book:
        waiting = [(done, command) for done in book.waiting(office.uid) if (command := _read(done, book))]
    for done, command in waiting:
        if isinstance(command, offline.NoteCall) and noted_calls.is_early(office, command):
            continue
        try:
            office.perform(command, _who(office, done), done.request)
        except (ShareUnreachable, WritesBlocked, AnotherOffice):
            raise
        except UserError as error:
            log.warning("what was done while cut off: %s", error)
    office.settle()


def _read(done: OfflineOperation, book: OfflineJournal) -> offline.MergeTicket | offline.NoteCall | None:
    try:
        return msgspec.json.decode(done.arguments, type=offline.MergeTicket | offline.NoteCall)
    except msgspec.MsgspecError as error:
        # Neither the command nor the error's own words: both quote what a visitor said.
        told = type(error).__name__
        log.error("request %s was done while cut off and cannot be read: %s", done.request, told)  # noqa: TRY400
        book.put_away(done.request)
        return None


def _who(office: Office, done: OfflineOperation) -> Actor:
    """Return who did it then.

    The operation itself looks up in the file what they may do.
    """
    number = done.officer_id
    row = None if number is None else office.read(lambda tx: officers.by_id(tx, number))
    return Actor(station=done.station, officer_id=number, name=row.name if row else "")
