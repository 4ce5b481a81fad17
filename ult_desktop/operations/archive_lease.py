"""Whoever writes archives does so alone: one station at a time, by a lease that is renewed on the way."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from ult_desktop.core.stamps import MINUTE_MS
from ult_desktop.db import upkeep
from ult_desktop.db.store import Store
from ult_desktop.i18n import _
from ult_desktop.operations.finding import nothing_changed
from ult_desktop.operations.office import Office

LEASE = "archive"
RENEW_MS = 5 * MINUTE_MS


@contextmanager
def alone(store: Store, office: Office) -> Iterator[Callable[[], None]]:
    """Gives what renews the lease. Raises UserError: another station is at it."""
    taken_at = 0

    def renew() -> None:
        nonlocal taken_at
        now = office.clock()
        if now - taken_at >= RENEW_MS:
            _take(store, office.station, now)
            taken_at = now

    renew()
    try:
        yield renew
    finally:
        store.write(lambda tx: upkeep.release_lease(tx, LEASE, office.station))


def take(office: Office) -> None:
    """For who works in steps: it is his for an hour, or until he lets it go. Raises as `alone`."""
    with closing(Store(office.path, station=office.station)) as store:
        _take(store, office.station, office.clock())


def let_go(office: Office) -> None:
    with closing(Store(office.path, station=office.station)) as store:
        store.write(lambda tx: upkeep.release_lease(tx, LEASE, office.station))


def _take(store: Store, station: str, now: int) -> None:
    if not store.write(lambda tx: upkeep.take_lease(tx, LEASE, station, now)):
        holder = store.read(lambda tx: upkeep.holder_of(tx, LEASE))
        raise nothing_changed(
            _("{station} sedang mengarsipkan.").format(station=holder), _("Tunggu selesai.")
        )
