"""The restore of an office: its last good backup, then the replay of its stations' journals on it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC
from pathlib import Path
from typing import TypeVar

import msgspec
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.core import stamps
from ult_desktop.core.event import Event, RestoreMark
from ult_desktop.core.recorded_requests import JournalRecord, merge_records
from ult_desktop.db import creation, verification
from ult_desktop.db.access import officers
from ult_desktop.db.backup import (
    anchors,
    answer_backup,
    backup,
    backup_folder,
    carrying,
    document_backup,
    journals,
    restoring as drafts,
)
from ult_desktop.db.office import office
from ult_desktop.db.store import damage_flag, errors, events
from ult_desktop.db.store.store import RETRY_LIMIT_S, Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.backup import witnessing
from ult_desktop.operations.backup.quiet_hours import alone_with
from ult_desktop.operations.backup.replay import ReplayReport, is_half_journalled, replay
from ult_desktop.operations.request_ids import new_id

T = TypeVar("T")

ReportProgress = Callable[[str], object]  # gets a sentence for the person who waits


class ReplayRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The request to replay journals on an office. `now` is UTC ms.

    `own` is this PC's folder of journals, `carried` are folders that a person brought from other PCs. With
    `force` an office that is whole is replayed on too. `by` is the login of the officer who asked; "" if
    nobody was signed in.
    """

    office_file: Path
    own: Path
    carried: tuple[Path, ...] = ()
    force: bool = False
    now: int
    station: str
    by: str = ""


class RestoreRequest(ReplayRequest, frozen=True, kw_only=True):
    """The request to restore an office from `source`, a backup or a folder of backups."""

    source: Path


class RestoreReport(msgspec.Struct, frozen=True, kw_only=True):
    """The report of a restore. Times are UTC ms.

    `backup` is "" if the server's own tools had brought the database back. `passed_over` says what was wrong
    with newer backups that were not whole. `aside` is the path of the former office file, "" without one.
    `answers` counts the surveys whose answers lay next to the backup, `unanswered` those whose answers are
    lost. `documents` counts the documents that came back with the backup.
    """

    backup: str
    backup_until: int
    passed_over: tuple[str, ...]
    aside: str
    replayed: ReplayReport
    documents: int
    verdict: verification.VerificationResult
    answers: int = 0
    unanswered: int = 0


def restore(request: RestoreRequest, report_progress: ReportProgress = lambda _words: None) -> RestoreReport:
    """Put the last good backup in the place of the office file, and replay the journals.

    The new file is finished and proved next to the old one, then the two change places.

    Raises:
        UserError: stations are at work, another process restores the office, the file is whole (without
            `force`), there is no good backup, or the folder cannot be written or goes away. The old file is
            unchanged, under its old name.
    """
    require_nobody_at_work(drafts.stations_at_work(request.office_file, request.now, request.station))
    _require_need(request)
    path, copy, passed_over = last_good(request.source, backup.uid_of(request.office_file))
    report_progress(
        _("Cadangan {name} utuh; isinya sampai catatan {seq}.").format(name=path, seq=copy.last_seq)
    )
    with drafts.exclusive_restore(request.office_file, request.station) as require_held:
        entries = merge_records(
            journals_for(request.office_file, path.parent, request.own, *request.carried), copy.uid
        )
        with drafts.draft_of(path, request.office_file) as draft:
            replayed, answers = _rebuild(draft, request, entries, path.parent, report_progress)
            documents = document_backup.restore_missing(path.parent, request.office_file, draft)
            require_held()  # another process must not have begun a restore meanwhile
            stamp = stamps.to_datetime(request.now, UTC).strftime("%Y%m%dT%H%M%SZ")
            aside = drafts.exchange(draft, request.office_file, stamp)
        verdict = verify_office(request.office_file, request.own, request.now)
    if verdict.ok:  # after the restore: while one runs, no flag is deleted
        damage_flag.clear_flag(request.office_file)
    half_journalled = [line for line in replayed.done if is_half_journalled(line)]
    return RestoreReport(
        backup=str(path),
        backup_until=copy.last_at,
        passed_over=passed_over,
        aside=str(aside or ""),
        replayed=replayed,
        documents=documents,
        verdict=verdict,
        answers=answers,
        unanswered=max(0, len(half_journalled) - answers),
    )


class DraftStore(Store):
    """The store of a restore's draft. Nobody else waits for its lock, so a write may take any time."""

    @override
    def write(self, work: Callable[[Transaction], T]) -> T:
        return self.write_long(work)


def _rebuild(
    draft: Path,
    request: RestoreRequest,
    entries: Sequence[JournalRecord],
    home: Path,
    report_progress: ReportProgress,
) -> tuple[ReplayReport, int]:
    """Replay the journals on `draft`, a copy of the backup.

    Returns the replay's report, and how many surveys got their answers back.
    """
    creation.migrate_file(draft, request.now, request.station)
    store = DraftStore(draft, station=request.station)
    try:
        lost_restores = backup.query_copy(request.office_file, events.count_restores) or 0
        anchor_folders = (journals.folder_of(request.office_file), carrying.journals_in(home))
        mark = store.read(lambda tx: restore_mark(tx, request, entries, lost_restores, anchor_folders))
        replayed = replay(store, entries, report_progress)
        uid = store.read(office.uid_of)
        answers = sum(
            answer_backup.restore_answers(store.write, folder, uid) for folder in (home, *request.carried)
        )
        store.write(lambda tx: note_restored(tx, request, mark))
    finally:
        store.close()
    return replayed, answers


def known_anchors(
    uid: str, request: ReplayRequest, anchor_folders: Iterable[Path] = ()
) -> Iterator[anchors.KnownAnchor]:
    """Yield the anchors of the log that this PC, `anchor_folders` and the folders brought here have."""
    yield from anchors.read_on_this_pc(request.own, uid)
    for folder in (*anchor_folders, *request.carried):
        yield from anchors.read_on_share(folder, uid)


def restore_mark(
    base: Transaction,
    request: ReplayRequest,
    entries: Iterable[JournalRecord],
    lost_restores: int = 0,
    anchor_folders: Iterable[Path] = (),
) -> RestoreMark:
    """Return the mark of a restore. Its number of restores is higher than any that a journal or log has.

    By this number stations prefer the restored log to what they knew of the lost one. `base` reads the
    restored backup before the replay; `lost_restores` is the number of restores of the lost file.
    """
    in_anchors = [anchor.restores for anchor in known_anchors(office.uid_of(base), request, anchor_folders)]
    in_journals = [entry.journal_result.restores for entry in entries if entry.journal_result is not None]
    end = events.last_seq(base)
    return RestoreMark(
        restores=max(lost_restores, events.count_restores(base), *in_anchors, *in_journals) + 1,
        base_seq=end,
        base_chain=events.chain_at(base, end),
    )


def note_restored(tx: Transaction, request: ReplayRequest, mark: RestoreMark) -> None:
    """Write the restore's mark into the log.

    Stations accept a log that contradicts their journals only if it has this mark. The event names the
    officer of the request, unless that officer was added after the backup and was not brought back.
    """
    officer = officers.find(tx, request.by)
    event = Event(
        seq=0,
        at=request.now,
        station=request.station,
        officer_id=None if officer is None else officer.id,
        kind=events.RESTORED,
        area="office",
        subject=0,
        data=msgspec.json.encode(mark).decode(),
        request=new_id(),
    )
    events.append(tx, event)


def verify_office(office_file: Path, own: Path, now: int) -> verification.VerificationResult:
    """Check the office file, but not its pages if a station at work would have to wait for that.

    `own` is the folder of this PC's journals.

    Raises:
        UserError: the file is missing, busy, or so damaged that it does not open.
    """
    store = Store(office_file, RETRY_LIMIT_S)
    try:
        return witnessing.verify(store.read, alone_with(office_file, lambda: now), office_file, own)
    finally:
        store.close()


def require_pages_checked(verdict: verification.VerificationResult) -> None:
    """Raise UserError if stations at work prevented the check of the pages: the file may be damaged then."""
    if verdict.unread:
        raise UserError(
            _("Halaman berkas sebesar ini diperiksa hanya bila tidak ada stasiun yang bekerja."),
            _("Isinya yang sudah dibaca tidak bertentangan; tidak ada yang diganti."),
            _("Tutup ult-desktop di semua komputer, tunggu dua menit, lalu ulangi."),
        )


def last_good(source: Path, uid: str) -> tuple[Path, backup.Copy, tuple[str, ...]]:
    """Return the newest backup that passes its proof, and what was wrong with the newer ones that did not.

    `uid` is the office's; "" if it is not known.

    Raises:
        UserError: there is none, it is another office's, or `source` has the backups of several offices.
    """
    passed_over = []
    for path in _candidates(source, uid):
        try:
            copy = backup.verify_copy(path)
        except backup.BadCopy as error:
            passed_over.append(error.what)
            continue
        if uid and copy.uid != uid:
            raise another_offices_backup(path)
        return path, copy, tuple(passed_over)
    raise UserError(
        _("Tidak ada cadangan yang utuh di {folder}.").format(folder=source),
        _("Berkas kantor tidak diubah."),
        " ".join(passed_over) or _("Periksa alamatnya; disk cadangan lain mungkin punya."),
    )


def _candidates(source: Path, uid: str) -> Iterable[Path]:
    if not source.is_dir():
        return (source,) if source.is_file() else ()
    homes = backup_folder.office_folders(source)
    if uid:
        homes = tuple(home for home in homes if home.name.endswith(uid[-8:]))
    if len(homes) > 1:
        raise UserError(
            _("Di {folder} ada cadangan beberapa kantor.").format(folder=source),
            _("Berkas kantor tidak diubah."),
            _("Sebut salah satu: {names}").format(names=", ".join(str(home) for home in homes)),
        )
    return (listed.path for home in homes for listed in backup_folder.list_backups(home))


def journals_for(office_file: Path, home: Path, own: Path, *carried: Path) -> Iterable[JournalRecord]:
    """Yield the records of the journals of this PC, of the share, next to the backup, and brought here."""
    usual_folders = (own, journals.folder_of(office_file), carrying.journals_in(home))
    # A usual folder may be missing; one that a person named must not be.
    for folder in (*filter(Path.is_dir, usual_folders), *carried):
        yield from journals.read_day_files(folder)


def require_nobody_at_work(names: Sequence[str]) -> None:
    """Raise UserError if stations are at work."""
    if names:
        raise UserError(
            _("Stasiun masih bekerja: {names}.").format(names=", ".join(names)),
            _("Berkas kantor tidak diubah."),
            _("Tutup ult-desktop di komputer itu, tunggu dua menit, lalu ulangi."),
        )


def _require_need(request: RestoreRequest) -> None:
    """Require, without `force`, that the file is damaged: a whole file holds more than any backup.

    A flag next to the file is not enough: its pages are checked. A file that is busy or out of reach does not
    count as damaged.
    """
    if request.force or not request.office_file.exists():
        return
    try:
        verdict = verify_office(request.office_file, request.own, request.now)
    except errors.DamagedFile:
        return
    if verdict.has_damage:
        return
    require_pages_checked(verdict)
    raise UserError(
        _("{path} utuh; tidak perlu dipulihkan.").format(path=request.office_file),
        _("Berkas itu tidak diubah."),
        _("Bila ditandai rusak, `ult-desktop repair` menghapus tandanya. Kembali ke cadangan: --force."),
    )


def another_offices_backup(path: Path) -> UserError:
    return UserError(
        _("{path} adalah cadangan kantor lain.").format(path=path),
        _("Berkas kantor tidak diubah."),
        _("Pilih cadangan kantor ini."),
    )
