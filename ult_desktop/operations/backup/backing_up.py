"""The making of backups, by a station's upkeep and by hand, and the record of each in the office file."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from ult_desktop.base import UserError, _, paths
from ult_desktop.core.office_time import TimeWitnesses
from ult_desktop.core.stamps import MINUTE_MS
from ult_desktop.db.backup import backup, backup_folder, carrying, journals, upkeep
from ult_desktop.db.backup.backup_folder import BackupResult
from ult_desktop.db.lock_check.location import require_safe
from ult_desktop.db.office import office
from ult_desktop.db.store.clock import ShareClock
from ult_desktop.db.store.engines import clock_of
from ult_desktop.db.store.server_address import is_server
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.store.witness import Witness
from ult_desktop.operations.backup.quiet_hours import alone_with
from ult_desktop.operations.backup.witnessing import note_all_anchors
from ult_desktop.operations.time_watch import TimeWatch

LONGEST_WAIT_MS = 250  # a backup may keep others from committing for as long
EVERY_HOUR_MS = 60 * MINUTE_MS
EVERY_NIGHT_MS = 20 * EVERY_HOUR_MS  # the quiet hours of one night may begin earlier than the last ones


class BackupUnderWay(UserError):
    """The error that another station has the lease and is making a backup."""


def is_nightly(rows: Sequence[upkeep.UpkeepRecord], station: str = "") -> bool:
    """Return whether reading all of the file takes `station` so long that it backs up in quiet hours only.

    `rows` are those of all stations, the last success first. PCs read at different speeds, so `station`'s own
    last reading decides. For a station that never read the file, the last reading of any PC does.
    """
    readings = [row for row in rows if row.reading_ms]
    own_readings = [row for row in readings if row.station == station]
    # The last reading alone decides: on a share that has become faster, backups are hourly again.
    deciding = (own_readings or readings)[:1]
    return any(row.reading_ms > LONGEST_WAIT_MS for row in deciding)


def back_up(
    store: Store, place: Path, station: str, time: TimeWitnesses, *, alone: bool = False
) -> BackupResult:
    """Make one backup of the office file of `store` in `place`, and record the outcome.

    Old backups are deleted, unless something speaks against this `time`. Others wait to commit for
    `LONGEST_WAIT_MS` at most; if nobody waits (`alone`), the backup may take any time.

    Raises:
        BackupUnderWay: another station is making a backup.
        KeepsOthersWaiting: the backup would hold others up too long; that is recorded too.
        UserError: the backup failed; that is recorded too, if the file can be written.
    """
    now = time.now
    _take_lease(store, upkeep.BACKUP, station, now)
    longest_s = math.inf if alone else LONGEST_WAIT_MS / 1000
    try:
        result = backup_folder.make_backup(store.path, place, time, longest_s=longest_s)
    except backup.KeepsOthersWaiting as error:
        _record_reading(store, station, now, error.reading_ms)
        raise
    except UserError as error:
        record_failure(store, upkeep.BACKUP, station, now, error.what)
        raise
    record_success(store, upkeep.BACKUP, station, now, str(result.path), result.reading_ms)
    return result


def carry(store: Store, place: Path, station: str, time: TimeWitnesses) -> None:
    """Copy the office's journals, documents and survey answers into `place`, and record the outcome.

    Together with them the last backup in `place` is the whole office. Old journals are deleted, unless
    something speaks against this `time`.

    Raises:
        BackupUnderWay: another station is copying them.
        UserError: the copying failed; that is recorded too, if the file can be written.
    """
    now = time.now
    _take_lease(store, upkeep.JOURNALS, station, now)
    try:
        home = carrying.carry(store, place)
        if time.may_forget():
            journals.delete_old(carrying.journals_in(home), now)
    except UserError as error:
        record_failure(store, upkeep.JOURNALS, station, now, error.what)
        raise
    record_success(store, upkeep.JOURNALS, station, now, str(home))


def _take_lease(store: Store, task: str, station: str, now: int) -> None:
    if not store.write(lambda tx: upkeep.take_lease(tx, task, station, now)):
        raise BackupUnderWay(
            _("{station} sedang membuat cadangan.").format(
                station=store.read(lambda tx: upkeep.holder_of(tx, task))
            ),
            todo=_("Tunggu sampai selesai."),
        )


def record_success(
    store: Store, task: str, station: str, now: int, place: str = "", reading_ms: int = 0
) -> None:
    """Record that the task is done, and release its lease."""

    def write(tx: Transaction) -> None:
        upkeep.record_success(tx, task, station, now, place, reading_ms)
        upkeep.release_lease(tx, task, station)

    store.write(write)


def record_failure(store: Store, task: str, station: str, now: int, words: str) -> None:
    """Record that the task failed, and release its lease. The last success stays on record."""

    def write(tx: Transaction) -> None:
        upkeep.record_failure(tx, task, station, now, words)
        upkeep.release_lease(tx, task, station)

    store.write(write)


def _record_reading(store: Store, station: str, now: int, reading_ms: int) -> None:
    """Record how long reading the file took, and release the backup's lease."""

    def write(tx: Transaction) -> None:
        upkeep.record_too_long_reading(tx, station, now, reading_ms)
        upkeep.release_lease(tx, upkeep.BACKUP, station)

    store.write(write)


def back_up_by_hand(database: Path, place: Path, station: str, *, at_once: bool = False) -> BackupResult:
    """Make one backup in `place`, over a connection of its own.

    Others wait for a moment at most, unless the backup is to be made `at_once`.

    Raises:
        UserError: as `back_up`, or the office file lies in an unsafe location.
    """
    with open_by_hand(database, station) as (store, clock):
        read_time = partial(TimeWatch(station).look, clock=clock)
        carry(store, place, station, store.read(read_time))
        alone = at_once or store.read(alone_with(database, clock))
        return back_up(store, place, station, store.read(read_time), alone=alone)


@contextmanager
def open_by_hand(database: Path, station: str) -> Iterator[tuple[Store, ShareClock]]:
    """Open a connection of its own, and the share's clock, for a task that a person starts.

    Raises:
        UserError: the office file lies in an unsafe location.
    """
    is_on_server = is_server(database)
    if not is_on_server:
        require_safe(database)
    clock = clock_of(database, station)
    clock.measure()
    witness = Witness(database)
    store = Store(database, station=station, witness=witness)
    try:
        # From its first write on the task refuses an older copy of the office. A file that is no office has
        # no uid (`backup.uid_of`), and an error of its own.
        uid = store.read(office.uid_of) if is_on_server else backup.uid_of(database)
        note_all_anchors(witness, database, paths.data_folder(), uid)
        yield store, clock
    finally:
        store.close()
