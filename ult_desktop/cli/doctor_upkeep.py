"""What `doctor` says of backups, of the nightly check, and of the procedures an office runs."""

from collections.abc import Iterator
from pathlib import Path

from ult_desktop.base.i18n import _
from ult_desktop.cli.doctor_line import CheckResult
from ult_desktop.core.stamps import DAY_MS, on_this_pc
from ult_desktop.db.backup import upkeep
from ult_desktop.db.lock_check.location import is_reachable
from ult_desktop.db.procedures import procedures
from ult_desktop.operations.office.office import Office

OLD_BACKUP_MS, OLD_CHECK_MS = 1 * DAY_MS, 7 * DAY_MS


def check_backup_folder(office_file: Path | None, place: Path | None) -> Iterator[CheckResult]:
    """The folder that this PC's settings name for backups; a PC without one says nothing."""
    if place is None:
        return
    check = _("Folder cadangan")
    if not is_reachable(place):
        found = _("{folder} tidak ditemukan").format(folder=place)
        yield CheckResult(
            "fail", check, found, _("Pasang disknya, atau perbaiki [backup] pada setelan stasiun.")
        )
    elif office_file is not None and _same_disk(office_file, place):
        found = _("{folder} di disk yang sama dengan berkas kantor").format(folder=place)
        yield CheckResult(
            "warn", check, found, _("Pakai disk lain: satu disk rusak tidak boleh membawa keduanya.")
        )
    else:
        yield CheckResult("ok", check, str(place))


def _same_disk(office_file: Path, place: Path) -> bool:
    return is_reachable(office_file.parent) and office_file.parent.stat().st_dev == place.stat().st_dev


def check_upkeep(office: Office) -> Iterator[CheckResult]:
    """The last good backup and check of the office, wherever it was made, and what went wrong since."""
    now = office.clock()
    backups = office.read(lambda tx: upkeep.all_of(tx, upkeep.BACKUP))
    todo = _("Isi `folder` di bagian [backup] setelan satu stasiun; periksa disknya.")
    yield _last(_("Cadangan"), backups, now - OLD_BACKUP_MS, todo)
    checks = office.read(lambda tx: upkeep.all_of(tx, upkeep.CHECK))
    if checks:
        todo = _("Biarkan satu PC menyala sebelum atau sesudah jam layanan.")
        yield _last(_("Pemeriksaan malam"), checks, now - OLD_CHECK_MS, todo)
    for row in (*backups, *checks):
        if row.trouble:
            yield CheckResult("warn", row.station, row.trouble, _("Periksa disk dan jaringan PC itu."))


def check_procedures(office: Office) -> CheckResult:
    """An office made by an older program runs none until somebody says which."""
    running = office.read(procedures.in_force)
    check = _("POS")
    if running:
        return CheckResult("ok", check, ", ".join(f"{each.id} {each.version}" for each in running))
    todo = _(
        "`ult-desktop procedure list` menyebut pilihannya; `ult-desktop procedure adopt ID` menjalankannya."
    )
    return CheckResult("warn", check, _("Kantor ini belum menjalankan POS"), todo)


def _last(check: str, rows: tuple[upkeep.UpkeepRecord, ...], oldest: int, todo: str) -> CheckResult:
    if not rows or not rows[0].done_at:
        return CheckResult("warn", check, _("belum pernah"), todo)
    found = " ".join((on_this_pc(rows[0].done_at), rows[0].station, rows[0].place)).strip()
    return (
        CheckResult("warn", check, found, todo)
        if rows[0].done_at < oldest
        else CheckResult("ok", check, found)
    )
