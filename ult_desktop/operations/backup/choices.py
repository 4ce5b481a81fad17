"""The backups from which an office can be restored, and what each would lose, before anything is changed."""

import bisect
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.core.recorded_requests import merge_records
from ult_desktop.db.backup import backup, backup_folder, restoring, upkeep
from ult_desktop.db.lock_check.location import is_reachable
from ult_desktop.db.office import office
from ult_desktop.db.store import events
from ult_desktop.db.store.clock import ShareClock
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.backup.replay import is_replayable
from ult_desktop.operations.backup.restoring import another_offices_backup, journals_for

_NUMBER_KINDS, _CASE_KIND = ("ticket.issued", "ticket.walked_in"), "case.opened"


class BackupChoice(msgspec.Struct, frozen=True, kw_only=True):
    """A backup, or an office file that an earlier restore `set_aside`. `at` (UTC ms) is in its name."""

    path: Path
    at: int
    bytes: int
    set_aside: bool = False

    @property
    def id(self) -> str:
        return str(self.path)


class BackupsFound(msgspec.Struct, frozen=True, kw_only=True):
    """The backups to choose from, the newest first. `trouble` says why the backups' folder shows none."""

    choices: tuple[BackupChoice, ...]
    trouble: str = ""


class BackupOutlook(msgspec.Struct, frozen=True, kw_only=True):
    """The outlook of a restore: what a proved backup, and the journals within reach, would bring back.

    The backup's log ends at the entry `last_seq`, written at `until` (UTC ms). `numbers`, `cases` and
    `entries` count what the present log has and the backup's has not. `repeated` counts the requests that
    journals would bring back, `lost` the entries that no journal has. If the present file cannot be read,
    `known` is false, and of these counts only `repeated` is true.
    """

    office: str
    until: int
    last_seq: int
    repeated: int
    known: bool
    numbers: int = 0
    cases: int = 0
    entries: int = 0
    lost: int = 0


def find_backups(office_file: Path, place: Path | None) -> BackupsFound:
    """Return the office's backups in `place`, and the office files that earlier restores put aside.

    If the present file cannot be read, the backups of every office in `place` are returned.
    """
    choices, trouble = list[BackupChoice](), _why_no_backups(office_file, place)
    for source in (_files_set_aside(office_file), _backups_in_place(office_file, place)):
        try:
            choices += source
        except UserError as error:  # the share is out of reach; the backup disk may still be read
            trouble = error.what
    newest_first = sorted(choices, key=lambda choice: choice.at, reverse=True)
    return BackupsFound(choices=tuple(newest_first), trouble=trouble)


def _why_no_backups(office_file: Path, place: Path | None) -> str:
    """Return why `place` shows no backups, and which PCs made some and where; "" if it shows them."""
    if place is not None and is_reachable(place):
        return ""
    why = _("Komputer ini tanpa folder cadangan.")
    if place is not None:
        why = _("Folder cadangan {folder} tidak ada.").format(folder=place)
    records = backup.query_copy(office_file, lambda tx: upkeep.all_of(tx, upkeep.BACKUP)) or ()
    places = "; ".join(f"{record.station}, {record.place}" for record in records if record.place)
    if not places:
        return why
    todo = _("Cadangan ada di: {places}. Pulihkan dari komputer itu, atau pilih foldernya di sini.")
    return f"{why} {todo.format(places=places)}"


def _backups_in_place(office_file: Path, place: Path | None) -> Iterator[BackupChoice]:
    """Yield the office's backups in `place`, or in its folder there."""
    if place is None or not is_reachable(place):
        return
    uid = backup.uid_of(office_file)
    for folder in backup_folder.office_folders(place):
        if not uid or folder == place or folder.name.endswith(uid[-8:]):
            yield from _backups_in_folder(folder)


def _files_set_aside(office_file: Path) -> Iterator[BackupChoice]:
    """Yield the office files that were put aside. Putting one back is a restore like any other."""
    for choice in _backups_in_folder(office_file.parent):
        if choice.path.name.startswith(f"{office_file.stem}.lama-"):
            yield msgspec.structs.replace(choice, set_aside=True)


def _backups_in_folder(folder: Path) -> Iterator[BackupChoice]:
    for listed in backup_folder.list_backups(folder):
        with backup.reporting_unreadable(folder):
            size = listed.path.stat().st_size
        yield BackupChoice(path=listed.path, at=listed.at, bytes=size)


def other_stations_at_work(office_file: Path, station: str) -> tuple[str, ...]:
    """Return the other stations at work, which have to be closed first.

    Raises:
        UserError: the file is busy or out of reach.
    """
    clock = ShareClock(office_file.parent, station)
    clock.measure()
    return restoring.stations_at_work(office_file, clock(), station)


def assess_backup(
    office_file: Path, source: Path, private_folder: Path, carried: Collection[Path]
) -> BackupOutlook:
    """Prove the backup `source`, and compare it with the present log and the journals within reach.

    `private_folder` is this PC's folder of journals, `carried` are those brought from other PCs. Slow: all
    of the backup is read.

    Raises:
        UserError: the backup is not whole, or another office's; or a carried folder is missing.
    """
    copy = backup.verify_copy(source)
    uid = backup.uid_of(office_file)
    if uid and copy.uid != uid:
        raise another_offices_backup(source)
    records = merge_records(journals_for(office_file, source.parent, private_folder, *carried), copy.uid)
    replayable = [record.request for record in records if is_replayable(record)]

    def read_repeated(backup_tx: Transaction) -> set[str]:
        return {request for request in replayable if events.result_of(backup_tx, request) is None}

    def read_later_events(present_tx: Transaction) -> list[_LoggedRequest] | None:
        return backup.query_copy(source, lambda backup_tx: _later_events(present_tx, backup_tx))

    repeated = backup.query_copy(source, read_repeated) or set()
    later_events = backup.query_copy(office_file, read_later_events)
    kinds = Counter(event.kind for event in later_events or ())
    # An event that a command wrote in addition to its own has that command's request, "/" and a word.
    lost = [event for event in later_events or () if event.request.partition("/")[0] not in repeated]
    return BackupOutlook(
        office=backup.query_copy(source, lambda backup_tx: office.load(backup_tx).settings.office.name) or "",
        until=copy.last_at,
        last_seq=copy.last_seq,
        repeated=len(repeated),
        known=later_events is not None,
        numbers=sum(kinds[kind] for kind in _NUMBER_KINDS),
        cases=kinds[_CASE_KIND],
        entries=len(later_events or ()),
        lost=len(lost),
    )


class _LoggedRequest(NamedTuple):
    """The kind and the request of an event."""

    kind: str
    request: str


def _later_events(present_tx: Transaction, backup_tx: Transaction) -> list[_LoggedRequest]:
    """Return the events that the present log has and the backup's has not.

    A restore's own mark is left out: nobody would miss it.
    """
    last_common = _last_common_seq(present_tx, backup_tx)
    return [
        _LoggedRequest(kind, request)
        for kind, request in events.requests_after(present_tx, last_common)
        if kind != events.RESTORED and events.result_of(backup_tx, request) is None
    ]


def _last_common_seq(present_tx: Transaction, backup_tx: Transaction) -> int:
    """Return the number of the last event that both logs have.

    Where the chain of two logs differs once, it differs in every later event: so a binary search finds it.
    """
    last = min(events.last_seq(present_tx), events.last_seq(backup_tx))
    entries = range(1, last + 1)
    return bisect.bisect_left(
        entries, x=True, key=lambda n: events.chain_at(present_tx, n) != events.chain_at(backup_tx, n)
    )
