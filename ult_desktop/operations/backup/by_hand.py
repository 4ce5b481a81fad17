"""A backup that a person asks for, in addition to those made automatically."""

from pathlib import Path

from ult_desktop.base import paths
from ult_desktop.db.backup import backup as copies
from ult_desktop.db.backup.backup_folder import BackupResult
from ult_desktop.db.lock_check.location import require_safe
from ult_desktop.db.store.clock import ShareClock
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.witness import Witness
from ult_desktop.operations.backup.backing_up import back_up, carry
from ult_desktop.operations.backup.quiet_hours import alone_with
from ult_desktop.operations.backup.witnessing import learn_all


def back_up_by_hand(database: Path, place: Path, station: str, *, at_once: bool = False) -> BackupResult:
    """Make one backup in `place`, over a connection of its own; it may take its time.

    Others wait for a moment at most, unless it is to be made `at_once`.

    Raises:
        UserError: as `backing_up.back_up`, or the office file lies in an unsafe location.
    """
    require_safe(database)
    clock = ShareClock(database.absolute().parent, station)
    clock.measure()
    witness = Witness(database)
    learn_all(witness, database, paths.journal_path("").parent, copies.uid_of(database))
    store = Store(database, station=station, witness=witness)
    try:
        carry(store, place, station, clock())
        return back_up(
            store, place, station, clock(), alone=at_once or store.read(alone_with(database, clock))
        )
    finally:
        store.close()
