"""Whoever writes archives does so alone: one station at a time, by a lease that is renewed on the way."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

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
        if now - taken_at < RENEW_MS:
            return
        if not store.write(lambda tx: upkeep.take_lease(tx, LEASE, office.station, now)):
            holder = store.read(lambda tx: upkeep.holder_of(tx, LEASE))
            raise nothing_changed(
                _("{station} sedang mengarsipkan.").format(station=holder), _("Tunggu selesai.")
            )
        taken_at = now

    renew()
    try:
        yield renew
    finally:
        store.write(lambda tx: upkeep.release_lease(tx, LEASE, office.station))
