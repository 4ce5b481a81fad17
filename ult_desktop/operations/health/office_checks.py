"""The checks of an office: its keys, backups, nightly check, procedures, personal data and updates."""

from collections.abc import Iterator
from pathlib import Path

from ult_desktop.base import _, counted, formats
from ult_desktop.core.event import Verdict
from ult_desktop.core.privacy.subjects import DeadlineState
from ult_desktop.core.stamps import DAY_MS, on_this_pc
from ult_desktop.core.updates.rollout import lacking_stations, version_order, version_under_way
from ult_desktop.db.access import keys
from ult_desktop.db.backup import upkeep
from ult_desktop.db.lock_check.location import is_reachable
from ult_desktop.db.privacy import breaches, subjects
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.journal import KEPT_MS
from ult_desktop.db.store.server_address import describe_repair, is_server
from ult_desktop.operations.access import readers
from ult_desktop.operations.backup import drill
from ult_desktop.operations.backup.backing_up import is_nightly
from ult_desktop.operations.health.check_result import CheckResult
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.place import on_one_disk
from ult_desktop.operations.office.time_confirming import read_time_witnesses
from ult_desktop.operations.privacy.retention import is_due
from ult_desktop.operations.procedures.procedures import procedures_behind_shipped
from ult_desktop.operations.time_watch import TimeDoubt
from ult_desktop.operations.updates.installing import state_of
from ult_desktop.operations.updates.rollout import read_rollout
from ult_desktop.operations.updates.staging import UpdatePlaces

INSTALLATION_S = 600  # the longest that an installation takes


def check_keys(office: Office) -> CheckResult:
    """Return the first trouble with the keys, or that all is well."""
    check, status = _("Kunci data pribadi"), office.read(lambda tx: readers.key_status(tx, office.clock()))
    if status.nobody_opens:
        return CheckResult(
            "fail",
            check,
            _("tidak seorang pun, dan tidak ada kode, yang membukanya: yang disegel sekarang hilang"),
            _("Masuk sekali sebagai admin: kantor mendapat kunci baru. Yang lama tetap tertutup."),
        )
    trouble = _key_trouble(status)
    if trouble is not None:
        return CheckResult("warn", check, *trouble)
    holders = [*filter(status.opens_all, status.officers)]
    return CheckResult("ok", check, counted("{n} petugas dapat membuka data pribadi", len(holders)))


def _key_trouble(status: keys.KeyStatus) -> tuple[str, str] | None:
    """Return the first trouble with the keys that is no loss, and what to do about it; None without one."""
    if not status.generation:
        return _("belum ada: data pribadi belum dikunci"), _("Masuk sekali sebagai admin.")
    if not status.has_code:
        todo = _("`ult-desktop keys recovery-code`, lalu simpan kertasnya di lemari terkunci.")
        return _("belum ada kode pemulihan"), todo
    # An officer who may no longer read keeps a key while nobody else can open the same data. As soon as
    # somebody else can, the program takes it away.
    former_readers = [
        officer.name for officer in status.officers if officer.generations and not officer.may_open
    ]
    if former_readers:
        words = _("dipegang tanpa hak: {names}").format(names=", ".join(former_readers))
        return words, _("Petugas itu masuk sekali sesudah petugas yang berhak: kuncinya lalu berpindah.")
    if status.renewal_due:
        words = _("harus diganti: seorang pemegangnya sudah pergi")
        return words, _("Seorang petugas yang memegang kunci masuk sekali.")
    if status.clear_text_left:
        return _("data dari masa sebelum ada kunci belum dikunci"), _("`ult-desktop keys seal-old`")
    waiting = [
        officer.name
        for officer in status.officers
        if officer.has_pair and officer.may_open and not status.opens_all(officer)
    ]
    if waiting:
        words = _("menunggu kunci: {names}").format(names=", ".join(waiting))
        return words, _("Seorang petugas yang memegang kunci masuk sekali.")
    return None


def check_witnesses(office: Office) -> CheckResult:
    """Compare the log with its witnesses: every journal and backup within reach.

    An older copy of the office, or a rewritten log, would give numbers a second time.
    """
    check, comparisons = _("Saksi catatan"), office.compare_witnesses()
    contradictions = [comparison.words for comparison in comparisons if comparison.verdict.contradicts]
    if contradictions:
        todo = _("Jangan bekerja dengan berkas ini: `ult-desktop verify`, lalu `restore --force`.")
        return CheckResult("fail", check, "; ".join(contradictions), describe_repair(office.path, todo))
    agreeing = [comparison for comparison in comparisons if comparison.verdict is Verdict.AGREES]
    return CheckResult("ok", check, counted("{n} jurnal dan cadangan cocok", len(agreeing)))


OLD_BACKUP_MS, OLD_NIGHTLY_MS, OLD_CHECK_MS = 1 * DAY_MS, 3 * DAY_MS, 7 * DAY_MS


def check_backup_folder(office_file: Path | None, place: Path | None) -> Iterator[CheckResult]:
    """Check the folder that this PC's settings name for backups and reports. A PC without one yields nothing.

    With an office on a server, the folder is for reports alone, which may lie on any disk.
    """
    if place is None:
        return
    is_on_server = office_file is not None and is_server(office_file)
    check = _("Folder laporan") if is_on_server else _("Folder cadangan")
    if not is_reachable(place):
        words = _("{folder} tidak ditemukan").format(folder=place)
        yield CheckResult(
            "fail", check, words, _("Pasang disknya, atau perbaiki Pengaturan, Cadangan, pada PC ini.")
        )
    elif office_file is not None and not is_on_server and on_one_disk(office_file.parent, place):
        words = _("{folder} di disk yang sama dengan berkas kantor").format(folder=place)
        yield CheckResult(
            "warn", check, words, _("Pakai disk lain: satu disk rusak tidak boleh membawa keduanya.")
        )
    else:
        yield CheckResult("ok", check, str(place))


def check_upkeep(office: Office) -> Iterator[CheckResult]:
    """Yield the office's last good backup, check and drill by any station, and the stations' troubles."""
    now, keep_one_on = office.clock(), _("Biarkan satu PC menyala sebelum atau sesudah jam layanan.")
    backups = office.read(lambda tx: upkeep.all_of(tx, upkeep.BACKUP))
    if is_server(office.path):
        words = _("dibuat di server (pg_dump), tidak oleh PC ini; tanyakan kepada petugas TI")
        yield CheckResult("ok", _("Cadangan"), words)
    elif is_nightly(backups):  # a large office is backed up in quiet hours only, so its backup may be older
        longest_ms = max(row.reading_ms for row in backups)
        mode = _("salinan utuh tiap malam, jurnal tiap jam: menyalin menahan stasiun {s} detik").format(
            s=formats.format_fixed(longest_ms / 1000, 1)
        )
        yield _last_success(_("Cadangan"), backups, now - OLD_NIGHTLY_MS, keep_one_on, mode)
    else:
        todo = _("Isi foldernya di Pengaturan, Cadangan, pada satu PC; periksa disknya.")
        yield _last_success(_("Cadangan"), backups, now - OLD_BACKUP_MS, todo, _("salinan utuh tiap jam"))
    journals = office.read(lambda tx: upkeep.all_of(tx, upkeep.JOURNALS))
    if journals:
        todo = _("Periksa disk cadangan PC itu.")
        yield _last_success(_("Jurnal di disk cadangan"), journals, now - OLD_BACKUP_MS, todo)
    # Journals are deleted after KEPT_MS. Requests between the last backup and the oldest journal are then in
    # neither.
    if backups and 0 < backups[0].done_at < now - KEPT_MS:
        words = _("cadangan utuh terakhir lebih tua daripada jurnal stasiun: pemulihan tidak lengkap lagi")
        yield CheckResult("fail", _("Pemulihan"), words, _("Buat cadangan hari ini: `ult-desktop backup`."))
    checks = office.read(lambda tx: upkeep.all_of(tx, upkeep.CHECK))
    if checks:
        yield _last_success(_("Pemeriksaan malam"), checks, now - OLD_CHECK_MS, keep_one_on)
    drills, is_drill_due = office.read(lambda tx: (upkeep.all_of(tx, upkeep.DRILL), drill.is_due(tx, now)))
    if is_drill_due or drills:
        todo = _("Uji pemulihan di PC dengan folder cadangan: tombolnya di sini, atau `ult-desktop drill`.")
        if is_server(office.path):
            todo = _(
                "Petugas TI mengembalikan pg_dump ke basis data lain, lalu `ult-desktop drill ALAMATNYA`."
            )
        result = _last_success(_("Uji pemulihan"), drills, now - drill.EVERY_MS, todo)
        # An office in which no drill was made yet works nevertheless.
        yield result._replace(level="warn") if result.level == "fail" else result
    troubles = dict.fromkeys((row.station, row.trouble) for row in (*backups, *journals, *checks, *drills))
    for station, trouble in troubles:
        if trouble:
            yield CheckResult("warn", station, trouble, _("Periksa disk dan jaringan PC itu."))


def check_time(office: Office) -> Iterator[CheckResult]:
    """Yield a doubt about the office's date, and stamps that no right clock can have made."""
    check, witnesses = _("Tanggal"), read_time_witnesses(office)
    doubt = witnesses.doubt
    if doubt is not None:
        trouble = TimeDoubt(witnesses, doubt)
        yield CheckResult("fail", check, trouble.what, trouble.todo)
    for stamp in office.future_stamps():
        yield CheckResult("fail", check, stamp.words, _("Setel jam komputer itu dan komputer penyimpan."))


def check_procedures(office: Office) -> CheckResult:
    """Check that procedures are in force, and in the text that this program ships.

    An office keeps its text of a procedure until an admin adopts that of a newer program.
    """
    check, in_force = _("POS"), office.read(procedures.load_in_force)
    outdated = office.read(procedures_behind_shipped)
    if outdated:
        words = _("bukan lagi naskah yang disertakan program: {ids}").format(ids=", ".join(outdated))
        todo = _(
            "Baca bedanya, lalu `ult-desktop procedure adopt {id}`; naskah kantor sendiri diberi id lain."
        )
        return CheckResult("warn", check, words, todo.format(id=outdated[0]))
    if in_force:
        names = [
            _("{report} (versi {n})").format(report=procedure.title, n=procedure.version)
            for procedure in in_force
        ]
        return CheckResult("ok", check, ", ".join(names))
    todo = _(
        "`ult-desktop procedure list` menyebut pilihannya; `ult-desktop procedure adopt ID` menjalankannya."
    )
    return CheckResult("warn", check, _("Kantor ini belum menjalankan POS"), todo)


def _last_success(
    check: str, rows: tuple[upkeep.UpkeepRecord, ...], oldest: int, todo: str, mode: str = ""
) -> CheckResult:
    """Return the result of a task by its last success, which comes first in `rows`.

    It warns if the success is before `oldest` (UTC ms), and fails if there is none. `mode` says how the task
    is done.
    """
    if not rows or not rows[0].done_at:
        return CheckResult("fail", check, _("belum pernah"), todo)
    last = rows[0]
    words = " ".join(filter(None, (on_this_pc(last.done_at), last.station, last.place, mode and f"({mode})")))
    if last.done_at < oldest:
        return CheckResult("warn", check, words, todo)
    return CheckResult("ok", check, words)


def check_privacy(office: Office) -> Iterator[CheckResult]:
    """Yield the state of the retention, and that of data subjects' open requests and of open breaches."""
    now, retention = office.clock(), _("Retensi data pribadi")
    if office.read(lambda tx: is_due(tx, now)):
        todo = _("`ult-desktop retention run` menampilkannya; dengan --yes dihapus.")
        yield CheckResult("warn", retention, _("ada yang jatuh tempo menurut jadwal"), todo)
    else:
        yield CheckResult("ok", retention, _("tidak ada yang jatuh tempo"))
    for check, still_open in (
        (_("Permintaan subjek data"), office.read(subjects.still_open)),
        (_("Insiden data pribadi"), office.read(breaches.still_open)),
    ):
        late_count = len([item for item in still_open if item.deadline(now) is DeadlineState.RED])
        words = _("{n} belum ditutup, {late} lewat 3×24 jam").format(n=len(still_open), late=late_count)
        if late_count:
            yield CheckResult("fail", check, words, _("Jawab atau beri tahu hari ini juga (UU 27/2022)."))
        elif still_open:
            yield CheckResult("ok", check, words)


def check_rollout(office: Office) -> Iterator[CheckResult]:
    """Yield how far an update has come, while not every station runs it."""
    rollout, now = office.read(read_rollout), office.clock()
    version = version_under_way(rollout.marks, rollout.stations)
    if not version:
        return
    lacking = lacking_stations(version, rollout.marks, rollout.stations, now)
    without_package = [station.name for station in lacking]
    outdated = [
        station.name
        for station in rollout.stations
        if version_order(station.version) < version_order(version)
    ]
    words = _("versi {version} belum berjalan di: {names}").format(version=version, names=", ".join(outdated))
    if without_package:
        words += _("; paketnya belum sampai di: {names}").format(names=", ".join(without_package))
    yield CheckResult(
        "warn", _("Pembaruan"), words, _("Nyalakan ulang PC itu, atau `ult-desktop update check`.")
    )


def check_updates(running: str, now_s: int) -> Iterator[CheckResult]:
    """Yield an update that was begun and does not run, or the version from which this PC went back.

    `running` is the version that runs, `now_s` UTC seconds.
    """
    state = state_of(UpdatePlaces.of_this_pc().kept)
    if state.version and state.version != running and now_s - state.at > INSTALLATION_S:
        words = _("pemasangan {version} dimulai {at}, yang berjalan {running}").format(
            version=state.version, at=on_this_pc(state.at * 1000), running=running
        )
        todo = _("Jalankan `ult-desktop update apply` sebagai administrator dan baca pemasangan.log.")
        yield CheckResult("fail", _("Pembaruan"), words, todo)
    elif state.left:
        words = _("komputer ini kembali dari {version}").format(version=state.left)
        yield CheckResult(
            "warn", _("Pembaruan"), words, _("Versi yang lebih baru dari itu dipasang lagi sendiri.")
        )
