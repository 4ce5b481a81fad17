"""The replacement of a dead PC: another PC gets its name, letter and counter.

If the dead PC works again, its writes are refused. What it did while it was cut off is still accepted:
numbers that are on paper must not be lost.
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
from ult_desktop.operations.operation import Context, NewEvent, handles, known, refuse, the_subject


class StationReplaced(UserError):
    """The error that another PC has replaced this one: nothing new is written from here."""


def require_in_place(own: stations.OwnRow, tx: Transaction) -> None:
    """Raise StationReplaced if an admin had this PC replaced."""
    if own.replaced_at(tx):
        raise station_replaced()


def station_replaced() -> StationReplaced:
    return StationReplaced(
        _("Komputer ini sudah digantikan komputer lain."),
        _("Yang dicatat di sini selama terputus tetap diserahkan ke kantor."),
        _("Matikan komputer ini. Untuk memakainya lagi: `ult-desktop setup`, dengan nama lain."),
    )


@handles(ReplaceStation, needs=Permission.MANAGE_OFFICE, answer=the_subject)
def replace_station(command: ReplaceStation, tx: Transaction, context: Context) -> NewEvent:
    found = known(stations.of_identity(tx, command.identity), _("Komputer itu tidak dikenal."))
    if found.replaced_at:
        raise refuse(_("{name} sudah diganti.").format(name=found.name))
    if context.at - found.seen_at < connection.GONE_MS:
        raise refuse(
            _("{name} masih bekerja.").format(name=found.name),
            _("Matikan komputer itu, tunggu dua menit, lalu ulangi."),
        )
    stations.replace(tx, command.identity, context.at)
    return NewEvent("station.replaced", "office", 0, {"name": found.name, "mode": found.mode})


def config_after(old: StationStatus, config: StationConfig) -> StationConfig:
    """Return the settings of a PC that takes over from `old`: name, letter, counter."""
    letter = refused_letter(old.letter) or old.letter
    return replace(
        config,
        name=old.name,
        kiosk=replace(config.kiosk, letter=letter) if letter else config.kiosk,
        counter=replace(config.counter, number=old.health.counter) if old.health.counter else config.counter,
    )


def station_named(found: Iterable[StationStatus], name: str) -> StationStatus:
    """Return the last station of that name that was not replaced. Raises UserError when there is none."""
    of_name = [each for each in found if each.name == name and not each.replaced_at]
    return known(
        max(of_name, key=lambda each: each.seen_at, default=None),
        _("Tidak ada komputer bernama {name}.").format(name=name),
    )
