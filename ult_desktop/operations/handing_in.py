"""When the share is back, a station hands in what it did alone: numbers given, calls by mouth."""

import logging
from contextlib import closing
from pathlib import Path

import msgspec

from ult_desktop.core.by_mouth import NoteCall
from ult_desktop.core.cut_off import MergeTicket
from ult_desktop.core.roles import Actor
from ult_desktop.db import officers
from ult_desktop.db.cut_off import CutOffBook, DoneAlone
from ult_desktop.db.failures import Outage, Stopped
from ult_desktop.errors import UserError
from ult_desktop.operations.by_mouth import is_early
from ult_desktop.operations.office import AnotherOffice, Office

log = logging.getLogger(__name__)


def hand_in(journal: Path, office: Office) -> None:
    """Everything that was done alone, in its order, each once: killed in between, the rest follows later.

    What the office refuses is written down as refused, and keeps nothing behind it waiting; nor does what a
    broken disk has made unreadable. A note of a
    number that is not in the queue yet waits for the kiosk that gave it.

    Raises:
        Outage, Stopped, AnotherOffice: the share is gone again; what is merged is merged.
    """
    office.keys.look()  # renewed while this station was away: what is sealed under the new ones is known
    with closing(CutOffBook(journal)) as book:
        waiting = [(done, ask) for done in book.waiting(office.uid) if (ask := _read(done, book))]
    for done, ask in waiting:
        if isinstance(ask, NoteCall) and is_early(office, ask):
            continue
        try:
            office.perform(ask, _who(office, done), done.request)
        except (Outage, Stopped, AnotherOffice):
            raise
        except UserError as error:
            log.warning("what was done while cut off: %s", error)
    office.settle()


def _read(done: DoneAlone, book: CutOffBook) -> MergeTicket | NoteCall | None:
    try:
        return msgspec.json.decode(done.arguments, type=MergeTicket | NoteCall)
    except msgspec.MsgspecError as error:
        # Neither the ask nor the error's own words: both quote what a visitor said.
        told = type(error).__name__
        log.error("request %s was done while cut off and cannot be read: %s", done.request, told)  # noqa: TRY400
        book.close_entry(done.request, "abandoned")
        return None


def _who(office: Office, done: DoneAlone) -> Actor:
    """Who did it then; what he may is looked up in the file by the operation itself."""
    number = done.officer_id
    row = None if number is None else office.read(lambda tx: officers.by_id(tx, number))
    return Actor(station=done.station, officer_id=number, name=row.name if row else "")
