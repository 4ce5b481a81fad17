"""The replacement of a dead PC: another PC gets its name, letter and counter.

If the dead PC works again, its writes are refused. The numbers that it gave while it was cut off are still
accepted: they are on paper and must not be lost.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from ult_desktop.base import UserError, _
from ult_desktop.base.config import StationConfig
from ult_desktop.core import connection
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.office.commands import ReplaceStation
from ult_desktop.core.offline import refused_letter
from ult_desktop.core.queue.boards import StationStatus
from ult_desktop.db.store import stations
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.operation import Context, NewEvent, answer_subject, handles, refuse, require_found


class StationReplaced(UserError):
    """The error that another PC has replaced this one: nothing new is written from here."""


def require_in_place(own: stations.OwnRow, tx: Transaction) -> None:
    """Raise StationReplaced if an admin has marked this PC as replaced."""
    if own.replaced_at(tx):
        raise station_replaced()


def station_replaced() -> StationReplaced:
    return StationReplaced(
        _("Komputer ini sudah digantikan komputer lain."),
        _("Yang dicatat di sini selama terputus tetap diserahkan ke kantor."),
        _("Matikan komputer ini. Untuk memakainya lagi: `ult-desktop setup`, dengan nama lain."),
    )


@handles(ReplaceStation, needs=Permission.MANAGE_OFFICE, answer=answer_subject)
def replace_station(command: ReplaceStation, tx: Transaction, context: Context) -> NewEvent:
    station = require_found(stations.of_identity(tx, command.identity), _("Komputer itu tidak dikenal."))
    if station.replaced_at:
        raise refuse(_("{name} sudah diganti.").format(name=station.name))
    if context.at - station.seen_at < connection.GONE_MS:
        raise refuse(
            _("{name} masih bekerja.").format(name=station.name),
            _("Matikan komputer itu, tunggu dua menit, lalu ulangi."),
        )
    stations.replace(tx, command.identity, context.at)
    return NewEvent("station.replaced", "office", 0, {"name": station.name, "mode": station.mode})


def take_over_config(old: StationStatus, config: StationConfig) -> StationConfig:
    """Return a PC's settings with the name, the letter and the counter of `old`, which it replaces."""
    letter = refused_letter(old.letter) or old.letter
    return replace(
        config,
        name=old.name,
        kiosk=replace(config.kiosk, letter=letter) if letter else config.kiosk,
        counter=replace(config.counter, number=old.health.counter) if old.health.counter else config.counter,
    )


def require_station_named(all_stations: Iterable[StationStatus], name: str) -> StationStatus:
    """Return the station of that name that was seen last and not replaced. Raises UserError without one."""
    candidates = [station for station in all_stations if station.name == name and not station.replaced_at]
    return require_found(
        max(candidates, key=lambda station: station.seen_at, default=None),
        _("Tidak ada komputer bernama {name}.").format(name=name),
    )
