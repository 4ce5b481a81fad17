"""The rebuilding of an office: its last good backup, then the replay of its stations' journals."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC
from pathlib import Path

import msgspec

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
    restoring,
)
from ult_desktop.db.office import office
from ult_desktop.db.store import errors, events
from ult_desktop.db.store.store import RETRY_LIMIT_S, Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.backup import witnessing
from ult_desktop.operations.backup.quiet_hours import alone_with
from ult_desktop.operations.backup.replay import ReplayReport, is_half_journalled, replay
from ult_desktop.operations.request_ids import new_id

Tell = Callable[[str], object]


class ReplayRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The request to replay journals on an office.

    `own` is this PC's folder of them, `carried` are those of others.

    `force` does it to an office that is whole. `by` is the login of the officer who asked; "" if nobody was
    signed in.
    """

    office_file: Path
    own: Path
    carried: tuple[Path, ...] = ()
    force: bool = False
    now: int
    station: str
    by: str = ""


class RestoreRequest(ReplayRequest, frozen=True, kw_only=True):
    """The request to restore: `source` is a backup or a folder of backups."""

    source: Path


class RestoreReport(msgspec.Struct, frozen=True, kw_only=True):
    """The report of a restore. `passed_over` names backups that were not whole; times are UTC ms.

    `answers` counts the surveys whose answers lay next to the backup, `unanswered` those whose answers are
    lost. `backup` is "" if the server's own tools had brought the database back.
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


def restore(wish: RestoreRequest, tell: Tell = lambda _words: None) -> RestoreReport:
    """Put the last good backup in the place of the office file, and replay the journals.

    The new file is finished and proved next to the old one, then the two change places.

    Raises:
        UserError: stations are at work, another process restores the office, the file is whole (without
            `force`), there is no good backup, or the folder cannot be written or goes away. The old file is
            as it was, under its old name.
    """
    _require_nobody(wish)
    _require_need(wish)
    path, copy, bad = last_good(wish.source, backup.uid_of(wish.office_file))
    tell(_("Cadangan {name} utuh; isinya sampai catatan {seq}.").format(name=path, seq=copy.last_seq))
    with restoring.alone(wish.office_file, wish.station) as require_held:
        entries = merge_records(
            journals_for(wish.office_file, path.parent, wish.own, *wish.carried), copy.uid
        )
        with restoring.draft_of(path, wish.office_file) as draft:
            replayed, answers = _rebuild(draft, wish, entries, path.parent, tell)
            documents = document_backup.restore_missing(path.parent, wish.office_file, draft)
            require_held()
            aside = restoring.exchange(draft, wish.office_file, _stamp(wish.now))
        verdict = verify_office(wish.office_file, wish.own, wish.now)
        if verdict.ok:
            errors.clear_flag(wish.office_file)
    return RestoreReport(
        backup=str(path),
        backup_until=copy.last_at,
        passed_over=bad,
        aside=str(aside or ""),
        replayed=replayed,
        documents=documents,
        verdict=verdict,
        answers=answers,
        unanswered=max(0, sum(map(is_half_journalled, replayed.done)) - answers),
    )


def _rebuild(
    draft: Path, wish: RestoreRequest, entries: Sequence[JournalRecord], home: Path, tell: Tell
) -> tuple[ReplayReport, int]:
    """Replay the journals on `draft`, a copy of the backup.

    Returns the replay's report, and how many surveys got their answers back.
    """
    creation.migrate_file(draft, wish.now, wish.station)
    store = Store(draft, station=wish.station)
    try:
        before = backup.look_into(wish.office_file, events.restores) or 0
        laid = (journals.folder_of(wish.office_file), carrying.journals_in(home))
        mark = store.read(lambda tx: mark_of(tx, wish, entries, before, laid))
        replayed = replay(store, entries, tell)
        uid = store.read(office.uid_of)
        answers = sum(answer_backup.put_back(store.write, folder, uid) for folder in (home, *wish.carried))
        store.write(lambda tx: note_restored(tx, wish, mark))
    finally:
        store.close()
    return replayed, answers


def known_of(uid: str, wish: ReplayRequest, laid: Iterable[Path] = ()) -> Iterator[anchors.KnownAnchor]:
    """Yield what the journals of this PC, of the folders `laid` and of those brought here know of the log."""
    yield from anchors.on_this_pc(wish.own, uid)
    for folder in (*laid, *wish.carried):
        yield from anchors.on_share(folder, uid)


def mark_of(
    base: Transaction,
    wish: ReplayRequest,
    entries: Iterable[JournalRecord],
    before: int = 0,
    laid: Iterable[Path] = (),
) -> RestoreMark:
    """Return the mark of a restore. Its number of restores is higher than any that a journal or log knows.

    By it stations prefer the restored log to what they knew of the lost one. `before` is the number of
    restores of the lost file.
    """
    seen = [each.restores for each in known_of(office.uid_of(base), wish, laid)]
    given = [entry.journal_result.restores for entry in entries if entry.journal_result is not None]
    end = events.last_seq(base)
    return RestoreMark(
        restores=max(before, events.restores(base), *seen, *given) + 1,
        base_seq=end,
        base_chain=events.chain_at(base, end),
    )


def note_restored(tx: Transaction, wish: ReplayRequest, mark: RestoreMark) -> None:
    """Write the restore's mark into the log.

    Stations accept a log that contradicts their journals only if it has this mark. The event names the
    officer who asked, unless that officer was added after the backup and was not brought back.
    """
    officer = officers.find(tx, wish.by)
    event = Event(
        seq=0,
        at=wish.now,
        station=wish.station,
        officer_id=None if officer is None else officer.id,
        kind=events.RESTORED,
        area="office",
        subject=0,
        data=msgspec.json.encode(mark).decode(),
        request=new_id(),
    )
    events.append(tx, event)


def verify_office(office_file: Path, own: Path, now: int) -> verification.VerificationResult:
    """Check everything that `verify` looks at, unless a station at work would have to wait for it.

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
    """Require that the pages were checked.

    Raises UserError if stations at work prevented it: then no file is known to be whole.
    """
    if verdict.unread:
        raise UserError(
            _("Halaman berkas sebesar ini diperiksa hanya bila tidak ada stasiun yang bekerja."),
            _("Isinya yang sudah dibaca tidak bertentangan; tidak ada yang diganti."),
            _("Tutup ult-desktop di semua komputer, tunggu dua menit, lalu ulangi."),
        )


def last_good(source: Path, uid: str) -> tuple[Path, backup.Copy, tuple[str, ...]]:
    """Return the newest backup that passes its proof, and what was wrong with those that did not.

    `uid` is "" if it is not known.

    Raises:
        UserError: there is none, it is another office's, or it is not clear of which office it is.
    """
    bad = []
    for path in _candidates(source, uid):
        try:
            copy = backup.verify_copy(path)
        except backup.BadCopy as error:
            bad.append(error.what)
            continue
        if uid and copy.uid != uid:
            raise of_another_office(path)
        return path, copy, tuple(bad)
    raise UserError(
        _("Tidak ada cadangan yang utuh di {folder}.").format(folder=source),
        _("Berkas kantor tidak diubah."),
        " ".join(bad) or _("Periksa alamatnya; disk cadangan lain mungkin punya."),
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
    return (each.path for home in homes for each in backup_folder.list_backups(home))


def journals_for(office_file: Path, home: Path, own: Path, *carried: Path) -> Iterable[JournalRecord]:
    """Yield the records of the journals of this PC, of the share, next to the backup, and brought here."""
    here = (own, journals.folder_of(office_file), carrying.journals_in(home))
    for folder in (*filter(Path.is_dir, here), *carried):
        yield from journals.read_day_files(folder)


def _require_nobody(wish: RestoreRequest) -> None:
    require_none_of(restoring.stations_at_work(wish.office_file, wish.now, wish.station))


def require_none_of(names: Sequence[str]) -> None:
    """Raise UserError if stations are at work."""
    if names:
        raise UserError(
            _("Stasiun masih bekerja: {names}.").format(names=", ".join(names)),
            _("Berkas kantor tidak diubah."),
            _("Tutup ult-desktop di komputer itu, tunggu dua menit, lalu ulangi."),
        )


def _require_need(wish: RestoreRequest) -> None:
    """Require that the file is not whole: a whole file holds more than any backup.

    A whole file is replaced only with `force`. A flag next to the file is not enough: its pages are checked.
    A file that is busy or out of reach is not taken for damaged.
    """
    if wish.force or not wish.office_file.exists():
        return
    try:
        verdict = verify_office(wish.office_file, wish.own, wish.now)
    except errors.DamagedFile:
        return
    if verdict.has_damage:
        return
    require_pages_checked(verdict)
    raise UserError(
        _("{path} utuh; tidak perlu dipulihkan.").format(path=wish.office_file),
        _("Berkas itu tidak diubah."),
        _("Bila ditandai rusak, `ult-desktop repair` menghapus tandanya. Kembali ke cadangan: --force."),
    )


def of_another_office(path: Path) -> UserError:
    return UserError(
        _("{path} adalah cadangan kantor lain.").format(path=path),
        _("Berkas kantor tidak diubah."),
        _("Pilih cadangan kantor ini."),
    )


def _stamp(now: int) -> str:
    return stamps.to_datetime(now, UTC).strftime("%Y%m%dT%H%M%SZ")
