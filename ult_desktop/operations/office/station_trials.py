"""The trial of a station's printer, voice or backup, requested at another station by an event in the log."""

from typing import NamedTuple

import msgspec

from ult_desktop.base import _
from ult_desktop.core import connection
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.office.commands import StationPart, TryStation
from ult_desktop.core.queue.boards import StationStatus
from ult_desktop.db.store import events, stations
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.operation import Context, NewEvent, answer_subject, handles, refuse, require_found

_TRIED = "station.tried"
_MODES_WITH_PART = {
    StationPart.PRINTER: ("kiosk", "counter"),
    StationPart.VOICE: ("display",),
    StationPart.GUIDANCE: ("kiosk",),
}


def triable_parts(station: StationStatus) -> tuple[StationPart, ...]:
    """Return the parts that a station can be asked to try."""
    parts = [part for part, modes in _MODES_WITH_PART.items() if station.mode in modes]
    return (*parts, StationPart.BACKUP) if station.health.backs_up else tuple(parts)


class _Trial(msgspec.Struct, frozen=True):
    """The data of a trial's event: the part, and the identity of the station that is to try it."""

    identity: str
    part: StationPart


class Trials(NamedTuple):
    """The parts that a station was asked to try, up to the entry `seq` of the log."""

    seq: int
    parts: tuple[StationPart, ...] = ()


@handles(TryStation, needs=Permission.MANAGE_OFFICE, answer=answer_subject)
def try_station(command: TryStation, tx: Transaction, context: Context) -> NewEvent:
    station = require_found(stations.of_identity(tx, command.identity), _("Komputer itu tidak dikenal."))
    if context.at - station.seen_at >= connection.GONE_MS:
        raise refuse(_("{name} tidak sedang bekerja.").format(name=station.name), _("Nyalakan komputer itu."))
    if command.part not in triable_parts(station):
        raise refuse(_("{name} tidak punya bagian itu.").format(name=station.name))
    return NewEvent(_TRIED, "office", 0, {"identity": station.identity, "part": command.part})


def trials_since(tx: Transaction, seq: int | None, identity: str) -> Trials:
    """Return the trials requested of the station after the entry `seq` of the log; none if `seq` is None.

    If the log ends before `seq`, the file is another one than before: then nothing was requested.
    """
    last = events.last_seq(tx)
    if seq is None or seq >= last:
        return Trials(last)
    requested = [msgspec.json.decode(data, type=_Trial) for data in events.data_after(tx, seq, _TRIED)]
    parts = dict.fromkeys(trial.part for trial in requested if trial.identity == identity)
    return Trials(last, tuple(parts))
