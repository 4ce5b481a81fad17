"""What lies at a path that a person gives for an office, and whether an office may live there."""

import shutil
from pathlib import Path

from msgspec import Struct

from ult_desktop.base import UserError, _, formats, settings_file
from ult_desktop.core.office.setup_answers import Place
from ult_desktop.db.lock_check.folder_probe import commit_round_trip_ms, prove_locks
from ult_desktop.db.lock_check.location import advice_on, is_reachable, require_safe, system_mounts
from ult_desktop.db.office.glance import OfficeGlance, glance
from ult_desktop.db.store import connection
from ult_desktop.db.store.clock import ShareClock

SLOW_COMMIT_MS, WRONG_CLOCK_MS, LITTLE_DISK_GB = 100, 2000, 1.0
FILE, POINTER = "office.db", "office-link.toml"


class OfficePointer(Struct, frozen=True, forbid_unknown_fields=True):
    """The file `office-link`, which the first PC lays beside its office: it leads the next PC there."""

    database: Place


class PlaceReport(Struct, frozen=True):
    """Where the office file is, or will be; who lives there already; and what would be better about it."""

    path: Path
    office: OfficeGlance | None = None
    remarks: tuple[str, ...] = ()


def office_path(place: str) -> Path:
    """The office file that is meant by its own path, by its folder, or by the file `office-link`.

    Raises:
        UserError: it is none of them.
    """
    path = Path(place.strip().strip('"'))  # Windows copies a path in quotes
    if not path.is_absolute():
        raise UserError(
            _("“{place}” bukan jalur lengkap.").format(place=place.strip()),
            todo=_("Tulis seperti {form}, atau pilih foldernya.").format(form=r"\\SERVER\ult\office.db"),
        )
    if path.suffix == ".toml":
        return Path(settings_file.read_settings(path, OfficePointer).database)
    if is_reachable(path):
        return path / FILE
    if path.suffix != ".db":
        raise _out_of_reach(path)
    return path


def examine(place: str, station: str = "") -> PlaceReport:
    """Look at the place and prove its locks; scratch files are all that is written.

    Slow on a share, and a share may hang: not on the window's thread (docs/store.md, rule 10).

    Args:
        place: as `office_path` takes it.
        station: the name that this PC is about to have; "" asks for none.

    Raises:
        UserError: no office may live there, or this PC may not join the one that does.
    """
    path = office_path(place)
    require_safe(path)
    if not is_reachable(path.parent):
        raise _out_of_reach(path.parent)
    clock = ShareClock(path.parent, station or "setup")
    offset = clock.measure()
    office = glance(path, clock()) if connection.is_present(path) else None
    if office is not None and station in office.at_work:
        raise UserError(
            _("Nama {name} sudah dipakai komputer lain yang sedang bekerja.").format(name=station),
            _("Komputer itu tidak terganggu."),
            _("Beri komputer ini nama lain."),
        )
    prove_locks(path.parent)
    _require_room(path.parent)
    remarks = (advice_on(path, system_mounts()), _speed(path.parent), _clock(offset))
    return PlaceReport(path, office, tuple(filter(None, remarks)))


def leave_pointer(path: Path) -> None:
    """Lay `office-link` beside the office file. Where that cannot be, the next PC is told the path."""
    try:
        path.with_name(POINTER).write_text(f"database = '{path}'\n", encoding="utf-8")
    except OSError:
        path.with_name(POINTER).unlink(missing_ok=True)


def _out_of_reach(folder: Path) -> UserError:
    return UserError(
        _("{folder} tidak terjangkau.").format(folder=folder),
        _("Tidak ada yang berubah."),
        _("Periksa jaringan, alamatnya, dan apakah akun Windows ini boleh membukanya."),
    )


def _require_room(folder: Path) -> None:
    free = shutil.disk_usage(folder).free / 1e9
    if free < LITTLE_DISK_GB:
        raise UserError(
            _("Disk tempat {folder} hampir penuh: {gb} GB kosong.").format(
                folder=folder, gb=formats.format_fixed(free, 1)
            ),
            _("Tidak ada yang berubah."),
            _("Kosongkan ruang di komputer yang menyimpan berkas, lalu coba lagi."),
        )


def _speed(folder: Path) -> str:
    spent = commit_round_trip_ms(folder)
    if spent <= SLOW_COMMIT_MS:
        return ""
    words = _("Lambat, {ms} ms per penyimpanan. Pakai kabel, bukan Wi-Fi.")
    return words.format(ms=formats.format_fixed(spent, 0))


def _clock(offset_ms: int) -> str:
    if abs(offset_ms) <= WRONG_CLOCK_MS:
        return ""
    words = _("Jam PC ini berbeda {s} detik dari komputer penyimpan. Setel jamnya otomatis.")
    return words.format(s=formats.format_fixed(abs(offset_ms) / 1000, 0))
