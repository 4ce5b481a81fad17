"""The restore drill: the last backup is brought back next to the office, proved, compared and removed again.

The keeper of a server brings its dump back into another database; proof, comparison and sheet are the same.

Once a quarter the program asks for a drill. Its sheet is signed and kept: an auditor asks for the proof that
a backup was brought back, not that there is one.
"""

import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from ult_desktop.base import UserError, _, counted
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office_time import is_future
from ult_desktop.core.sheet import Sheet, SheetRow
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db import creation, verification
from ult_desktop.db.backup import backup, document_backup, drill as comparing, restoring, upkeep
from ult_desktop.db.backup.backup_folder import SPARE_BYTES
from ult_desktop.db.office import office
from ult_desktop.db.store import events
from ult_desktop.db.store.server_address import is_server
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.backup import backing_up
from ult_desktop.operations.backup.restoring import another_offices_backup, last_good
from ult_desktop.operations.sheets import dated_words, letterhead, when_words

EVERY_MS = 92 * DAY_MS
_NO_FILE = "document_missing"


class DrillReport(msgspec.Struct, frozen=True, kw_only=True):
    """The report of a drill. Times are UTC ms; `took_s` does not count a server's bringing back of its dump.

    `findings` are the faults of the restored copy, `passed_over` the newer backups that were not whole.
    `documents` counts those that were looked for, on the backup disk or, on a server, in the copy; `findings`
    name the missing ones. `same_log`: the office's log has the copy's last event.
    """

    at: int
    took_s: int
    station: str
    backup: str
    on_server: bool
    backup_until: int
    events: int
    same_log: bool
    rows: tuple[comparing.ComparedRows, ...]
    documents: int
    findings: tuple[verification.Finding, ...]
    passed_over: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return not self.faults

    @property
    def faults(self) -> tuple[str, ...]:
        """Everything that is not as it should be, in words."""
        faults = [*self.passed_over, *(f"{finding.check} {finding.detail}" for finding in self.findings)]
        differing = (rows for rows in self.rows if not rows.agrees)
        faults += (f"{_table_word(rows.table)}: {_comparison_words(rows)}" for rows in differing)
        if not self.same_log:
            faults.append(_("catatan kantor lain daripada catatan cadangan"))
        return tuple(faults)


def drill(office_file: Path, source: Path, station: str) -> DrillReport:
    """Bring the last good backup of `source` back next to the office, prove and compare it, and remove it.

    For an office on a server `source` is the database into which its dump was brought back; it stays, and is
    migrated. The office is only read, and the outcome recorded in it.

    Raises:
        UserError: another station makes a drill, there is no whole backup or no such database, the disk has
            no room, or a file cannot be read or written. A failure is recorded too, if the office can be
            written.
    """
    if is_server(office_file) and (source == office_file or not is_server(source)):
        raise _not_a_copy(source)
    with backing_up.open_by_hand(office_file, station) as (store, clock):
        now = clock()
        if not store.write(lambda tx: upkeep.take_lease(tx, upkeep.DRILL, station, now)):
            holder = store.read(lambda tx: upkeep.holder_of(tx, upkeep.DRILL))
            raise UserError(
                _("{station} sedang menguji pemulihan.").format(station=holder),
                todo=_("Tunggu sampai selesai."),
            )
        try:
            report = _drill(store, source, station, now)
        except UserError as error:
            backing_up.record_failure(store, upkeep.DRILL, station, now, error.what)
            raise
        if report.ok:
            backing_up.record_success(store, upkeep.DRILL, station, now, report.backup)
        else:
            backing_up.record_failure(store, upkeep.DRILL, station, now, "; ".join(report.faults[:3]))
    return report


class _Copy(NamedTuple):
    """A backup that was brought back: its store, the facts of its proof, and the name for the report.

    `home` is the folder with its documents, None for a database. `passed_over` says what was wrong with newer
    backups.
    """

    store: Store
    proved: backup.Copy
    name: str
    home: Path | None = None
    passed_over: tuple[str, ...] = ()


def _drill(store: Store, source: Path, station: str, now: int) -> DrillReport:
    began = time.monotonic()
    is_on_server = is_server(store.path)
    bring_back = _open_database if is_on_server else _bring_back_file
    with bring_back(store, source, station, now) as copy:
        verdict = verification.verify(copy.store.read, lambda _tx: True)  # nobody waits for a copy
        rows = comparing.compare(copy.store.read, store.read, copy.proved.last_seq)
        document_count = comparing.count_documents(copy.store.read)
    return DrillReport(
        at=now,
        took_s=round(time.monotonic() - began),
        station=station,
        backup=copy.name,
        on_server=is_on_server,
        backup_until=copy.proved.last_at,
        events=copy.proved.last_seq,
        same_log=comparing.has_last_event(store.read, copy.proved),
        rows=rows,
        documents=document_count,
        findings=tuple(_without_found_documents(verdict.findings, copy.home)),
        passed_over=copy.passed_over,
    )


@contextmanager
def _bring_back_file(store: Store, source: Path, station: str, now: int) -> Iterator[_Copy]:
    """Bring the last good backup back in a hidden folder, which is removed after the block."""
    path, proved, passed_over = last_good(source, store.read(office.uid_of))
    _require_room(store.path.parent, proved.bytes)
    with restoring.draft_of(path, store.path, restoring.DRILLED) as draft:
        creation.migrate_file(draft, now, station)
        with closing(Store(draft, station=station)) as copy:
            yield _Copy(copy, proved, str(path), path.parent, passed_over)


@contextmanager
def _open_database(store: Store, source: Path, station: str, now: int) -> Iterator[_Copy]:
    """Open the database into which a person brought the dump back, migrated."""

    def read_lease(tx: Transaction) -> object:
        return upkeep.lease_of(tx, upkeep.DRILL)

    with closing(Store(source)) as copy:
        # The office has just got a lease for this drill. Whatever has it too is the office, and no copy.
        if copy.read(read_lease) == store.read(read_lease):
            raise _not_a_copy(source)
        if copy.read(office.uid_of) != store.read(office.uid_of):
            raise another_offices_backup(source)
    creation.migrate_file(source, now, station)
    with closing(Store(source)) as copy:
        yield _Copy(copy, copy.read(lambda tx: backup.facts_of(tx, size=0)), source.stem)


def _not_a_copy(source: Path) -> UserError:
    return UserError(
        _("{name} bukan basis data tempat cadangan kantor ini dikembalikan.").format(name=source.stem),
        backup.untouched_words(),
        _(
            "Kembalikan pg_dump terakhir ke basis data lain di server itu (pg_restore), lalu"
            " `ult-desktop drill ALAMATNYA`."
        ),
    )


def _without_found_documents(
    findings: tuple[verification.Finding, ...], home: Path | None
) -> Iterator[verification.Finding]:
    """Yield the findings, without the missing documents that the backup disk has.

    The copy of a file has no documents next to it: the check of the copy misses every one of them.
    """
    for finding in findings:
        if finding.check == _NO_FILE and home is not None:
            _document_id, _space, sha256 = finding.detail.partition(" ")
            if document_backup.place_of(home, sha256).is_file():
                continue
        yield finding


def _require_room(folder: Path, size: int) -> None:
    """Require room for a copy (`size` bytes) and the office's own writes: a full share stops all stations."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise UserError(
            _("Folder {folder} tidak dapat dibaca ({error}).").format(folder=folder, error=error),
            backup.untouched_words(),
            _("Periksa jaringan dan komputer penyimpan, lalu ulangi."),
        ) from error
    if free < size + SPARE_BYTES:
        raise UserError(
            _("Ruang di {folder} tidak cukup untuk uji pemulihan.").format(folder=folder),
            backup.untouched_words(),
            _("Kosongkan {mb} MB di disk itu, lalu ulangi.").format(
                mb=(size + SPARE_BYTES - free) // 1_000_000 + 1
            ),
        )


def is_due(tx: Transaction, now: int) -> bool:
    """Return whether the last drill, or in an office without one its first event, is a quarter ago."""
    drilled_at = [row.done_at for row in upkeep.all_of(tx, upkeep.DRILL) if row.done_at]
    since = drilled_at[0] if drilled_at else events.began_at(tx)
    return since is not None and now - since > EVERY_MS and not is_future(since, now)


def _table_word(table: str) -> str:
    return {"ticket": _("Nomor antrean"), "casefile": _("Permohonan"), "guest": _("Tamu")}[table]


def _comparison_words(rows: comparing.ComparedRows) -> str:
    words = _("{n} di cadangan, {same} sama di kantor").format(n=rows.copied, same=rows.same)
    withdrawn = rows.copied - rows.same
    if withdrawn and rows.agrees:
        words += _(", {n} ditarik sesudahnya bersama impornya").format(n=withdrawn)
    return words


def drill_sheet(settings: OfficeSettings, report: DrillReport) -> Sheet:
    """Return the sheet that is signed: when, how long, what was compared, and the outcome."""
    minutes, seconds = divmod(report.took_s, 60)
    if report.on_server:
        documents = counted("{n} dicari di salinan itu", report.documents)
        way = _(
            "Dikembalikan dengan pg_restore oleh petugas TI, selama ……… menit, lalu diperiksa;"
            " kantor tidak diubah."
        )
    else:
        documents = counted("{n} dicari di disk cadangan", report.documents)
        way = _("Salinan itu dikembalikan di samping kantor, diperiksa, lalu dihapus; kantor tidak diubah.")
    log = _("{n}, rantainya sama di kantor") if report.same_log else _("{n}, rantainya LAIN di kantor")
    rows = (
        (_("Mulai"), when_words(settings, report.at)),
        (_("Lamanya"), _("{m} menit {s} detik").format(m=minutes, s=seconds)),
        (_("Komputer"), report.station),
        (_("Cadangan"), report.backup),
        (_("Isinya sampai"), when_words(settings, report.backup_until) if report.events else "-"),
        (_("Catatan"), log.format(n=report.events)),
        *((_table_word(compared.table), _comparison_words(compared)) for compared in report.rows),
        (_("Dokumen"), documents),
        (_("Halaman, rantai, dan aturan"), _("diperiksa seluruhnya")),
        (_("Ditemukan"), "\n".join(report.faults) or _("tidak ada yang salah")),
        (_("Hasil"), _("BERHASIL") if report.ok else _("TIDAK BERHASIL")),
    )
    return Sheet(
        office=letterhead(settings),
        title=_("Berita Acara Uji Pemulihan"),
        number=when_words(settings, report.at),
        rows=tuple(SheetRow(head, text) for head, text in rows),
        notes=(
            way,
            _("Yang tercatat sesudah cadangan kembali dari jurnal stasiun; itu tidak diuji di sini."),
            dated_words(settings, report.at),
        ),
        signatures=(_("Petugas TI"), _("Kepala kantor")),
    )
