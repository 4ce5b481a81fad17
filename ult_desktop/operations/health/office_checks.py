"""The state of the office: its keys, backups, nightly check, procedures and personal data."""

from collections.abc import Iterator
from pathlib import Path

from ult_desktop.base import _, counted, formats
from ult_desktop.core.event import Verdict
from ult_desktop.core.privacy.subjects import DeadlineState
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.core.stamps import DAY_MS, on_this_pc
from ult_desktop.core.updates.rollout import lacking, version_order, version_under_way
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
from ult_desktop.operations.procedures.procedures import behind_the_shipped
from ult_desktop.operations.time_watch import TimeDoubt
from ult_desktop.operations.updates.installing import state_of
from ult_desktop.operations.updates.rollout import read_rollout
from ult_desktop.operations.updates.staging import UpdatePlaces

INSTALLS_IN_S = 600


def check_keys(office: Office) -> CheckResult:
    """Return the first thing that somebody has to do about the keys, or that all is well."""
    found = office.read(lambda tx: readers.key_status(tx, office.clock()))
    if found.nobody_opens:
        return CheckResult(
            "fail",
            _("Kunci data pribadi"),
            _("tidak seorang pun, dan tidak ada kode, yang membukanya: yang disegel sekarang hilang"),
            _("Masuk sekali sebagai admin: kantor mendapat kunci baru. Yang lama tetap tertutup."),
        )
    for is_so, words, todo in (
        (not found.generation, _("belum ada: data pribadi belum dikunci"), _("Masuk sekali sebagai admin.")),
        (
            not found.has_code,
            _("belum ada kode pemulihan"),
            _("`ult-desktop keys recovery-code`, lalu simpan kertasnya di lemari terkunci."),
        ),
        (
            bool(_without_right(found)),
            _without_right(found),
            _("Petugas itu masuk sekali sesudah petugas yang berhak: kuncinya lalu berpindah."),
        ),
        (
            found.renewal_due,
            _("harus diganti: seorang pemegangnya sudah pergi"),
            _("Seorang petugas yang memegang kunci masuk sekali."),
        ),
        (
            found.clear_text_left,
            _("data dari masa sebelum ada kunci belum dikunci"),
            _("`ult-desktop keys seal-old`"),
        ),
        (bool(_waiting(found)), _waiting(found), _("Seorang petugas yang memegang kunci masuk sekali.")),
    ):
        if is_so:
            return CheckResult("warn", _("Kunci data pribadi"), words, todo)
    holders = [*filter(found.holds, found.officers)]
    words = counted("{n} petugas dapat membuka data pribadi", len(holders))
    return CheckResult("ok", _("Kunci data pribadi"), words)


def _waiting(found: keys.KeyStatus) -> str:
    names = [
        each.name for each in found.officers if each.has_pair and each.may_open and not found.holds(each)
    ]
    return _("menunggu kunci: {names}").format(names=", ".join(names)) if names else ""


def _without_right(found: keys.KeyStatus) -> str:
    """Return the officers who hold keys but may not open personal data, in words; "" if there are none.

    Such an officer keeps a key while nobody else can open the same data. As soon as somebody else can, the
    key is taken away automatically.
    """
    names = [each.name for each in found.officers if each.generations and not each.may_open]
    return _("dipegang tanpa hak: {names}").format(names=", ".join(names)) if names else ""


def check_witnesses(office: Office) -> CheckResult:
    """Compare the log with what each journal and backup within reach (the witnesses) recorded of it.

    An older copy of the office, or a rewritten log, would give numbers a second time.
    """
    anchor_checks = office.compare_witnesses()
    against = [each.words for each in anchor_checks if each.verdict.contradicts]
    if against:
        todo = _("Jangan bekerja dengan berkas ini: `ult-desktop verify`, lalu `restore --force`.")
        return CheckResult("fail", _("Saksi catatan"), "; ".join(against), describe_repair(office.path, todo))
    agree = [each for each in anchor_checks if each.verdict is Verdict.AGREES]
    return CheckResult("ok", _("Saksi catatan"), counted("{n} jurnal dan cadangan cocok", len(agree)))


OLD_BACKUP_MS, OLD_NIGHTLY_MS, OLD_CHECK_MS = 1 * DAY_MS, 3 * DAY_MS, 7 * DAY_MS


def check_backup_folder(office_file: Path | None, place: Path | None) -> Iterator[CheckResult]:
    """Check the folder that this PC's settings name for backups and reports. A PC without one yields nothing.

    On a server it is for reports alone: they may lie on any disk.
    """
    if place is None:
        return
    on_server = office_file is not None and is_server(office_file)
    check = _("Folder laporan") if on_server else _("Folder cadangan")
    if not is_reachable(place):
        found = _("{folder} tidak ditemukan").format(folder=place)
        yield CheckResult(
            "fail", check, found, _("Pasang disknya, atau perbaiki Pengaturan, Cadangan, pada PC ini.")
        )
    elif office_file is not None and not on_server and on_one_disk(office_file.parent, place):
        found = _("{folder} di disk yang sama dengan berkas kantor").format(folder=place)
        yield CheckResult(
            "warn", check, found, _("Pakai disk lain: satu disk rusak tidak boleh membawa keduanya.")
        )
    else:
        yield CheckResult("ok", check, str(place))


def check_upkeep(office: Office) -> Iterator[CheckResult]:
    """Yield the last good backup and check of the office, made anywhere, and what went wrong since."""
    now, keep_one_on = office.clock(), _("Biarkan satu PC menyala sebelum atau sesudah jam layanan.")
    backups = office.read(lambda tx: upkeep.all_of(tx, upkeep.BACKUP))
    if is_server(office.path):
        found = _("dibuat di server (pg_dump), tidak oleh PC ini; tanyakan kepada petugas TI")
        yield CheckResult("ok", _("Cadangan"), found)
    elif is_nightly(backups):  # a large office is backed up in quiet hours only, so its backup may be older
        yield _last_done(_("Cadangan"), backups, now - OLD_NIGHTLY_MS, keep_one_on, _nightly(backups))
    else:
        todo = _("Isi foldernya di Pengaturan, Cadangan, pada satu PC; periksa disknya.")
        yield _last_done(_("Cadangan"), backups, now - OLD_BACKUP_MS, todo, _("salinan utuh tiap jam"))
    copied = office.read(lambda tx: upkeep.all_of(tx, upkeep.JOURNALS))
    if copied:
        todo = _("Periksa disk cadangan PC itu.")
        yield _last_done(_("Jurnal di disk cadangan"), copied, now - OLD_BACKUP_MS, todo)
    # Journals are deleted after KEPT_MS. What was done between the last backup and the oldest journal is then
    # in neither.
    if backups and 0 < backups[0].done_at < now - KEPT_MS:
        found = _("cadangan utuh terakhir lebih tua daripada jurnal stasiun: pemulihan tidak lengkap lagi")
        yield CheckResult("fail", _("Pemulihan"), found, _("Buat cadangan hari ini: `ult-desktop backup`."))
    checks = office.read(lambda tx: upkeep.all_of(tx, upkeep.CHECK))
    if checks:
        yield _last_done(_("Pemeriksaan malam"), checks, now - OLD_CHECK_MS, keep_one_on)
    drills, due = office.read(lambda tx: (upkeep.all_of(tx, upkeep.DRILL), drill.is_due(tx, now)))
    if due or drills:
        todo = _("Uji pemulihan di PC dengan folder cadangan: tombolnya di sini, atau `ult-desktop drill`.")
        if is_server(office.path):
            todo = _(
                "Petugas TI mengembalikan pg_dump ke basis data lain, lalu `ult-desktop drill ALAMATNYA`."
            )
        last = _last_done(_("Uji pemulihan"), drills, now - drill.EVERY_MS, todo)
        # An office in which no drill was made yet works all the same.
        yield last._replace(level="warn") if last.level == "fail" else last
    for station, trouble in dict.fromkeys(
        (row.station, row.trouble) for row in (*backups, *copied, *checks, *drills)
    ):
        if trouble:
            yield CheckResult("warn", station, trouble, _("Periksa disk dan jaringan PC itu."))


def _nightly(backups: tuple[upkeep.UpkeepRecord, ...]) -> str:
    longest = max(row.reading_ms for row in backups)
    return _("salinan utuh tiap malam, jurnal tiap jam: menyalin menahan stasiun {s} detik").format(
        s=formats.format_fixed(longest / 1000, 1)
    )


def check_time(office: Office) -> Iterator[CheckResult]:
    """Yield a doubt about the office's date, and stamps that no right clock can have made."""
    check, seen = _("Tanggal"), read_time_witnesses(office)
    doubt = seen.doubt
    if doubt is not None:
        trouble = TimeDoubt(seen, doubt)
        yield CheckResult("fail", check, trouble.what, trouble.todo)
    for stamp in office.future_stamps():
        yield CheckResult("fail", check, stamp.words, _("Setel jam komputer itu dan komputer penyimpan."))


def check_procedures(office: Office) -> CheckResult:
    """Check that procedures are in force, and in the text that this program ships.

    A newer program changes none of them before an admin adopts its text.
    """
    running = office.read(procedures.load_in_force)
    check = _("POS")
    outdated = office.read(behind_the_shipped)
    if outdated:
        words = _("bukan lagi naskah yang disertakan program: {ids}").format(ids=", ".join(outdated))
        todo = _(
            "Baca bedanya, lalu `ult-desktop procedure adopt {id}`; naskah kantor sendiri diberi id lain."
        )
        return CheckResult("warn", check, words, todo.format(id=outdated[0]))
    if running:
        return CheckResult("ok", check, ", ".join(_named(each) for each in running))
    todo = _(
        "`ult-desktop procedure list` menyebut pilihannya; `ult-desktop procedure adopt ID` menjalankannya."
    )
    return CheckResult("warn", check, _("Kantor ini belum menjalankan POS"), todo)


def _named(procedure: Procedure) -> str:
    return _("{report} (versi {n})").format(report=procedure.title, n=procedure.version)


def _last_done(
    check: str, rows: tuple[upkeep.UpkeepRecord, ...], oldest: int, todo: str, mode: str = ""
) -> CheckResult:
    if not rows or not rows[0].done_at:
        return CheckResult("fail", check, _("belum pernah"), todo)
    last = rows[0]
    found = " ".join(filter(None, (on_this_pc(last.done_at), last.station, last.place, mode and f"({mode})")))
    if last.done_at < oldest:
        return CheckResult("warn", check, found, todo)
    return CheckResult("ok", check, found)


def check_privacy(office: Office) -> Iterator[CheckResult]:
    """Yield what is due about personal data. Requests and breaches yield nothing while there are none."""
    now, retention = office.clock(), _("Retensi data pribadi")
    if office.read(lambda tx: is_due(tx, now)):
        todo = _("`ult-desktop retention run` menampilkannya; dengan --yes dihapus.")
        yield CheckResult("warn", retention, _("ada yang jatuh tempo menurut jadwal"), todo)
    else:
        yield CheckResult("ok", retention, _("tidak ada yang jatuh tempo"))
    for check, found in (
        (_("Permintaan subjek data"), office.read(subjects.still_open)),
        (_("Insiden data pribadi"), office.read(breaches.still_open)),
    ):
        late = len([each for each in found if each.deadline(now) is DeadlineState.RED])
        words = _("{n} belum ditutup, {late} lewat 3×24 jam").format(n=len(found), late=late)
        if late:
            yield CheckResult("fail", check, words, _("Jawab atau beri tahu hari ini juga (UU 27/2022)."))
        elif found:
            yield CheckResult("ok", check, words)


def check_rollout(office: Office) -> Iterator[CheckResult]:
    """Yield how far an update has come, while not every station runs it."""
    known, now = office.read(read_rollout), office.clock()
    version = version_under_way(known.marks, known.stations)
    if not version:
        return
    without = [each.name for each in lacking(version, known.marks, known.stations, now)]
    outdated = [each.name for each in known.stations if version_order(each.version) < version_order(version)]
    found = _("versi {version} belum berjalan di: {names}").format(version=version, names=", ".join(outdated))
    if without:
        found += _("; paketnya belum sampai di: {names}").format(names=", ".join(without))
    yield CheckResult(
        "warn", _("Pembaruan"), found, _("Nyalakan ulang PC itu, atau `ult-desktop update check`.")
    )


def check_updates(running: str, now_s: int) -> Iterator[CheckResult]:
    """Yield an update that was begun and does not run, or the version from which this PC went back.

    `now_s` is UTC seconds.
    """
    begun = state_of(UpdatePlaces.of_this_pc().kept)
    if begun.version and begun.version != running and now_s - begun.at > INSTALLS_IN_S:
        found = _("pemasangan {version} dimulai {at}, yang berjalan {running}").format(
            version=begun.version, at=on_this_pc(begun.at * 1000), running=running
        )
        todo = _("Jalankan `ult-desktop update apply` sebagai administrator dan baca pemasangan.log.")
        yield CheckResult("fail", _("Pembaruan"), found, todo)
    elif begun.left:
        found = _("komputer ini kembali dari {version}").format(version=begun.left)
        yield CheckResult(
            "warn", _("Pembaruan"), found, _("Versi yang lebih baru dari itu dipasang lagi sendiri.")
        )
