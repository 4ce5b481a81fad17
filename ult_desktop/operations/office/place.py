"""The location that a person gives for an office: what lies there, and whether an office may live there."""

import shutil
from pathlib import Path

from msgspec import Struct

from ult_desktop.base import UserError, _, formats, settings_file
from ult_desktop.base.windows import Windows
from ult_desktop.core.office.setup_answers import PathText, ShareAccount
from ult_desktop.db.lock_check.folder_probe import commit_round_trip_ms, prove_locks
from ult_desktop.db.lock_check.location import advice_on, is_reachable, require_safe, system_mounts
from ult_desktop.db.office.glance import OfficeGlance, glance
from ult_desktop.db.store import connection
from ult_desktop.db.store.clock import ShareClock
from ult_desktop.db.store.engines import clock_of, engine_at
from ult_desktop.db.store.server_address import SCHEMES, is_server, office_at
from ult_desktop.operations.office.share_account import require_open
from ult_desktop.operations.operation import refuse

SLOW_COMMIT_MS, WRONG_CLOCK_MS, LEAST_FREE_GB = 100, 2000, 1.0
FILE, POINTER = "office.db", "office-link.toml"
SERVER_FORM = "postgresql://kios_1:SANDI@server/kantor"  # as a person types it


class OfficePointer(Struct, frozen=True, forbid_unknown_fields=True):
    """The file `office-link`, which the first PC puts next to its office to lead the next PC there.

    `account` is the Windows account by which PCs open the share. Its password is typed at each PC.
    """

    database: PathText
    account: str = ""


class PlaceReport(Struct, frozen=True):
    """The report on a location: the office file's path, the office if there is one, and what to improve."""

    path: Path
    office: OfficeGlance | None = None
    remarks: tuple[str, ...] = ()


def office_path(place: str, *, is_new_office: bool = False) -> Path:
    """Return the path of the office that a person gave as `place`.

    `place` is the path of the office's file, of its folder, or of the file `office-link`, or the address of a
    server. The folder of a new office may be missing.

    Raises:
        UserError: `place` is none of them.
    """
    path = office_at(place.strip().strip('"'))  # a path copied in Windows has quotes around it
    if is_server(path):
        return path
    if not path.is_absolute():
        raise UserError(
            _("“{place}” bukan jalur lengkap.").format(place=place.strip()),
            todo=_("Tulis seperti {form}, atau pilih foldernya.").format(form=r"\\SERVER\ult\office.db"),
        )
    if path.suffix == ".toml":
        return Path(settings_file.read_settings(path, OfficePointer).database)
    if not is_reachable(path) and path.suffix == ".db":
        return path
    if _is_file(path):
        raise refuse(
            _("{path} bukan folder dan bukan berkas kantor.").format(path=path),
            _("Pilih foldernya, {file}, atau {pointer}.").format(file=FILE, pointer=POINTER),
        )
    if not is_reachable(path) and not is_new_office:
        raise _out_of_reach(path)
    if is_reachable(path / FILE):
        raise refuse(
            _("{path} adalah folder, bukan berkas kantor.").format(path=path / FILE),
            _("Ganti nama folder itu, atau pilih folder lain."),
        )
    return path / FILE


def open_share(place: str, account: ShareAccount | None, windows: Windows) -> None:
    """Open the share in which `place` lies, and the share that it names if it is the file `office-link`.

    Raises:
        ShareRefused: with the reason and its remedy.
        UserError: `office-link` cannot be read.
    """
    path = place.strip().strip('"')
    require_open(path, windows, account)
    if path.endswith(".toml"):
        pointer = settings_file.read_settings(Path(path), OfficePointer)
        require_open(pointer.database, windows, account, pointer.account)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def examine(
    place: str,
    station: str = "",
    *,
    is_new_office: bool = False,
    account: ShareAccount | None = None,
    windows: Windows | None = None,
) -> PlaceReport:
    """Examine a location and prove its locks; only scratch files are written.

    Slow on a share, and a share may hang: not on the window's thread (docs/store.md, rule 10).

    Args:
        place: as `office_path` takes it.
        station: the name that this PC is about to have; "" if its name need not be free.
        is_new_office: a folder for a new office may be missing; then the one above it is proved.
        account: the account by which a share is opened; None for this Windows account, or one that it keeps.
        windows: the Windows of this PC.

    Raises:
        ShareRefused: the share does not open.
        UserError: no office may live there, or this PC may not join the one that does.
    """
    open_share(place, account, windows or Windows())
    path = office_path(place, is_new_office=is_new_office)
    if is_server(path):
        return _examine_server(path, station)
    require_safe(path)
    folder = path.parent.parent if is_new_office and not is_reachable(path.parent) else path.parent
    if not is_reachable(folder):
        raise _out_of_reach(path.parent)
    clock = ShareClock(folder, station or "setup")
    offset = clock.measure()
    office = glance(path, clock()) if connection.is_present(path) else None
    _require_own_name(office, station)
    prove_locks(folder)
    _require_room(folder)
    remarks = (advice_on(path, system_mounts()), _speed_remark(folder), _clock_remark(offset))
    return PlaceReport(path, office, tuple(filter(None, remarks)))


def require_office_path(place: str) -> Path:
    """Return the path of the existing office that a person gave as `place`. Slow on a share that is gone.

    Raises:
        UserError: this PC opens no office there now.
    """
    open_share(place, None, Windows())
    path = office_path(place)
    if not is_server(path) and not is_reachable(path.parent):
        raise _out_of_reach(path.parent)
    exists = _examine_server(path, "").office is not None if is_server(path) else connection.is_present(path)
    if not exists:
        raise _no_office(path)
    return path


def _no_office(path: Path) -> UserError:
    return refuse(
        _("Di {path} belum ada kantor.").format(path=path.stem if is_server(path) else path),
        _("Periksa alamatnya, atau minta petugas TI memindahkan kantor ke sana."),
    )


def database_setting(place: str) -> str:
    """Return the text by which a PC's settings name the office that a person gave as `place`.

    For the address of a server the text is a path that stands for it and has no password in it. The server
    is asked, which may take a while.

    Raises:
        UserError: the server does not let this PC in, or no office is there.
    """
    if not place.startswith(SCHEMES):
        return place
    report = examine(place)
    if report.office is None:
        raise _no_office(report.path)
    return str(report.path)


def _examine_server(path: Path, station: str) -> PlaceReport:
    clock = clock_of(path, station or "setup")
    offset = clock.measure()
    office = None if engine_at(path).is_free(path) else glance(path, clock())
    _require_own_name(office, station)
    return PlaceReport(path, office, tuple(filter(None, [_clock_remark(offset)])))


def _require_own_name(office: OfficeGlance | None, station: str) -> None:
    if office is not None and station in office.at_work:
        raise UserError(
            _("Nama {name} sudah dipakai komputer lain yang sedang bekerja.").format(name=station),
            _("Komputer itu tidak terganggu."),
            _("Beri komputer ini nama lain."),
        )


def examine_backups(place: str, office: Path) -> tuple[str, ...]:
    """Prove that this PC can write backups of `office` in `place`; return what to improve about it.

    Raises:
        UserError: it cannot write them there.
    """
    folder = Path(place)
    if not (folder.is_absolute() and is_reachable(folder)):
        raise _out_of_reach(folder)
    commit_round_trip_ms(folder, tries=1)
    nearest = next((above for above in office.parents if is_reachable(above)), None)
    if nearest is not None and on_one_disk(nearest, folder):
        return (_("Folder itu di disk yang sama dengan berkas kantor: satu disk rusak membawa keduanya."),)
    return ()


def on_one_disk(one: Path, other: Path) -> bool:
    """Return whether both lie on one disk. False if one of them cannot be reached."""
    return is_reachable(one) and is_reachable(other) and one.stat().st_dev == other.stat().st_dev


def write_pointer(path: Path, account: str = "") -> None:
    """Put `office-link` next to the office file. If that fails, a person has to give the next PC the path."""
    account_line = f"account = '{account}'\n" if account else ""
    try:
        path.with_name(POINTER).write_text(f"database = '{path}'\n{account_line}", encoding="utf-8")
    except OSError:
        path.with_name(POINTER).unlink(missing_ok=True)


def _out_of_reach(folder: Path) -> UserError:
    return refuse(
        _("{folder} tidak terjangkau.").format(folder=folder),
        _("Periksa jaringan, alamatnya, dan apakah akun Windows ini boleh membukanya."),
    )


def _require_room(folder: Path) -> None:
    free_gb = shutil.disk_usage(folder).free / 1e9
    if free_gb < LEAST_FREE_GB:
        raise refuse(
            _("Disk tempat {folder} hampir penuh: {gb} GB kosong.").format(
                folder=folder, gb=formats.format_fixed(free_gb, 1)
            ),
            _("Kosongkan ruang di komputer yang menyimpan berkas, lalu coba lagi."),
        )


def _speed_remark(folder: Path) -> str:
    commit_ms = commit_round_trip_ms(folder)
    if commit_ms <= SLOW_COMMIT_MS:
        return ""
    words = _("Lambat, {ms} ms per penyimpanan. Pakai kabel, bukan Wi-Fi.")
    return words.format(ms=formats.format_fixed(commit_ms, 0))


def _clock_remark(offset_ms: int) -> str:
    if abs(offset_ms) <= WRONG_CLOCK_MS:
        return ""
    words = _("Jam PC ini berbeda {s} detik dari komputer penyimpan. Setel jamnya otomatis.")
    return words.format(s=formats.format_fixed(abs(offset_ms) / 1000, 0))
