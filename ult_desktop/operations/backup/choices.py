"""Which backups an office can come back from, and what each would cost: told before anything is touched."""

import bisect
from collections.abc import Collection, Iterator
from pathlib import Path

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.core.recorded_requests import merge_records
from ult_desktop.db.backup import backup, backup_folder, restoring
from ult_desktop.db.lock_check.location import is_reachable
from ult_desktop.db.office import office
from ult_desktop.db.store import events
from ult_desktop.db.store.clock import ShareClock
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.backup.replay import is_wanted
from ult_desktop.operations.backup.restoring import journals_for, of_another_office

NUMBERS, CASES = ("ticket.issued", "ticket.walked_in"), ("case.opened",)


class BackupChoice(msgspec.Struct, frozen=True, kw_only=True):
    """One backup, or an office file that an earlier restore put aside. `at` UTC ms, as its name says."""

    path: Path
    at: int
    bytes: int
    set_aside: bool = False

    @property
    def id(self) -> str:
        return str(self.path)


class BackupsFound(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to choose from, the newest first; `trouble` says why the backups' folder shows none."""

    choices: tuple[BackupChoice, ...]
    trouble: str = ""


class BackupOutlook(msgspec.Struct, frozen=True, kw_only=True):
    """What a proved backup would bring back. `until` UTC ms, its log's end at entry `last_seq`.

    Since then there were so many `numbers`, `cases` and `entries` in all; `repeated` requests stand in
    journals within reach, `lost` entries in none. Where the present file cannot be read, the log is not
    `known`, and only `repeated` tells anything.
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
    """Those of this office in `place`; of every office there, where the present file tells of none."""
    found, trouble = list[BackupChoice](), _trouble(place)
    for listed in (_set_aside(office_file), _in_place(office_file, place)):
        try:
            found += listed
        except UserError as error:  # a share that is away: the backup disk may be there
            trouble = error.what
    return BackupsFound(choices=tuple(sorted(found, key=lambda each: each.at, reverse=True)), trouble=trouble)


def _trouble(place: Path | None) -> str:
    if place is None:
        return _("Komputer ini tanpa folder cadangan.")
    return "" if is_reachable(place) else _("Folder cadangan {folder} tidak ada.").format(folder=place)


def _in_place(office_file: Path, place: Path | None) -> Iterator[BackupChoice]:
    if place is None or not is_reachable(place):
        return
    uid = backup.uid_of(office_file)
    for home in backup_folder.office_folders(place):
        if not uid or home == place or home.name.endswith(uid[-8:]):
            yield from _listed(home)


def _set_aside(office_file: Path) -> Iterator[BackupChoice]:
    """Putting one back is a restore like any other."""
    for each in _listed(office_file.parent):
        if each.path.name.startswith(f"{office_file.stem}.lama-"):
            yield msgspec.structs.replace(each, set_aside=True)


def _listed(home: Path) -> Iterator[BackupChoice]:
    for each in backup_folder.list_backups(home):
        yield BackupChoice(path=each.path, at=each.at, bytes=each.path.stat().st_size)


def who_is_at_work(office_file: Path, station: str) -> tuple[str, ...]:
    """The stations beside this one that have to be closed first.

    Raises:
        UserError: the file is busy or out of reach.
    """
    clock = ShareClock(office_file.parent, station)
    clock.measure()
    return restoring.stations_at_work(office_file, clock(), station)


def look_ahead(office_file: Path, source: Path, own: Path, carried: Collection[Path]) -> BackupOutlook:
    """Prove the backup `source`, and compare it with the present log and the journals within reach.

    `own` is this PC's folder of journals, `carried` others' ones. Slow: all of the backup is read.

    Raises:
        UserError: it is not whole, or of another office; a carried folder is not there.
    """
    copy = backup.verify_copy(source)
    uid = backup.uid_of(office_file)
    if uid and copy.uid != uid:
        raise of_another_office(source)
    records = merge_records(journals_for(office_file, source.parent, own, *carried), copy.uid)
    wanted = [each.request for each in records if is_wanted(each)]
    repeated = backup.look_into(source, lambda then: _unknown_to(then, wanted)) or set()
    since = backup.look_into(
        office_file, lambda now: backup.look_into(source, lambda then: _since(now, then))
    )
    outlook = BackupOutlook(
        office=backup.look_into(source, lambda then: office.load(then).settings.office.name) or "",
        until=copy.last_at,
        last_seq=copy.last_seq,
        repeated=len(repeated),
        known=since is not None,
    )
    return _with_log(outlook, since or (), repeated)


def _with_log(
    outlook: BackupOutlook, since: Collection[tuple[str, str]], repeated: Collection[str]
) -> BackupOutlook:
    return msgspec.structs.replace(
        outlook,
        numbers=sum(kind in NUMBERS for kind, _request in since),
        cases=sum(kind in CASES for kind, _request in since),
        entries=len(since),
        lost=sum(_act_of(request) not in repeated for _kind, request in since),
    )


def _act_of(request: str) -> str:
    """An event that an act wrote beside its own comes again with that."""
    return request.partition("/")[0]


def _unknown_to(then: Transaction, requests: Collection[str]) -> set[str]:
    return {each for each in requests if events.subject_of(then, each) is None}


def _since(now: Transaction, then: Transaction) -> list[tuple[str, str]]:
    """What the present log has and the backup's has not; a restore's own mark is nobody's work."""
    common = _end_of_common(now, then)
    return [
        (kind, request)
        for kind, request in events.after(now, common)
        if kind != events.RESTORED and events.subject_of(then, request) is None
    ]


def _end_of_common(now: Transaction, then: Transaction) -> int:
    """The last entry that both logs have: a chain that differs once differs in all that follows."""
    last = min(events.last_seq(now), events.last_seq(then))
    entries = range(1, last + 1)
    return bisect.bisect_left(
        entries, x=True, key=lambda n: events.chain_at(now, n) != events.chain_at(then, n)
    )
