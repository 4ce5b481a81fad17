"""The trial of a station's printer, voice or backup, asked for at another station by an event in the log."""

from typing import NamedTuple

import msgspec

from ult_desktop.base import _
from ult_desktop.core import connection
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.office.commands import StationPart, TryStation
from ult_desktop.core.queue.boards import StationStatus
from ult_desktop.db.store import events, stations
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.operation import Context, NewEvent, handles, known, refuse, the_subject

TRIED = "station.tried"
_MODES = {
    StationPart.PRINTER: ("kiosk", "counter"),
    StationPart.VOICE: ("display",),
    StationPart.GUIDANCE: ("kiosk",),
}


def parts_of(station: StationStatus) -> tuple[StationPart, ...]:
    """Return the parts that a station can be asked to try."""
    own = (part for part, modes in _MODES.items() if station.mode in modes)
    return (*own, *((StationPart.BACKUP,) if station.health.backs_up else ()))


class _Trial(msgspec.Struct, frozen=True):
    """The event's data."""

    identity: str
    part: StationPart


class Trials(NamedTuple):
    """The trials that this station was asked for, up to the entry `seq` of the log."""

    seq: int
    parts: tuple[StationPart, ...] = ()


@handles(TryStation, needs=Permission.MANAGE_OFFICE, answer=the_subject)
def try_station(command: TryStation, tx: Transaction, context: Context) -> NewEvent:
    found = known(stations.of_identity(tx, command.identity), _("Komputer itu tidak dikenal."))
    if context.at - found.seen_at >= connection.GONE_MS:
        raise refuse(_("{name} tidak sedang bekerja.").format(name=found.name), _("Nyalakan komputer itu."))
    if command.part not in parts_of(found):
        raise refuse(_("{name} tidak punya bagian itu.").format(name=found.name))
    return NewEvent(TRIED, "office", 0, {"identity": found.identity, "part": command.part})


def trials_since(tx: Transaction, seq: int | None, identity: str) -> Trials:
    """Return what was asked of the station after the entry `seq`; with None, from now on.

    If the log ends before `seq`, the file is another one than before: then nothing was asked.
    """
    last = events.last_seq(tx)
    if seq is None or seq >= last:
        return Trials(last)
    asked = (msgspec.json.decode(data, type=_Trial) for data in events.data_after(tx, seq, TRIED))
    return Trials(last, tuple(dict.fromkeys(each.part for each in asked if each.identity == identity)))
