"""The move of an office to a server, or back to a file. Stations at its old location follow it."""

import logging
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ult_desktop.base import UserError, _, formats, paths
from ult_desktop.base.late import late
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.event import Event
from ult_desktop.db.lock_check.folder_probe import prove_locks
from ult_desktop.db.lock_check.location import require_safe
from ult_desktop.db.store.server_address import (
    has_account_for,
    is_server,
    office_at,
    place_of,
    remember,
    without_password,
)
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.store.witness import Witness
from ult_desktop.operations.access.officers import require_still_allowed
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.own_voice import own_languages_folder, own_voice_folder, sign_clips_folder
from ult_desktop.operations.request_ids import new_id
from ult_desktop.operations.time_watch import TimeWatch

if TYPE_CHECKING:
    from ult_desktop.db.move import move as moves
    from ult_desktop.operations.backup import witnessing
else:
    moves = late("ult_desktop.db.move.move")
    witnessing = late("ult_desktop.operations.backup.witnessing")

log = logging.getLogger(__name__)
# The moves that `follow_moves` follows from an old path, one after another; so a circle ends too.
MOST_HOPS = 8
_MOVED = "office.moved"
_OFFICE = 1  # the id of the one row of the office, the event's subject


def move_office(
    office: Office,
    by: Actor,
    target: Path,
    stations: str = "",
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> "moves.MovedOffice":
    """Move `office`, with all that it holds, to `target`, and close it.

    No other station can write meanwhile: kiosks give numbers alone, and hand them in at the new location.

    Args:
        office: open at its old location; it is closed.
        by: an admin.
        target: the path of a file that does not exist yet, or of an empty database.
        stations: the address by which stations find the office; "" is that of `target`, without its password.
        progress: gets the number of steps done, and of all steps.

    Raises:
        UserError: not allowed, the location is unsuitable, or the move broke off; the office is used on
            where it was.
    """
    target = target if is_server(target) else target.absolute()
    names = moves.PlaceNames(place_of(office.path), without_password(stations) or place_of(target))

    def moved_event(tx: Transaction) -> Event:
        now = office.clock()
        TimeWatch(office.station).require(tx, now, office.clock)
        require_still_allowed(tx, by, Permission.MANAGE_OFFICE, now)
        return Event(
            seq=0,
            at=now,
            station=by.station,
            officer_id=by.officer_id,
            kind=_MOVED,
            area="office",
            subject=_OFFICE,
            data=msgspec.json.encode({"from": names.source, "to": names.target}).decode(),
            request=new_id(),
        )

    by.require(Permission.MANAGE_OFFICE)
    # Before anything is done, this refuses an officer who may not move the office.
    office.read(moved_event)
    _require_suitable(office.path, target)
    witness = Witness(office.path)
    witnessing.note_all_anchors(witness, office.path, paths.data_folder(), office.uid)
    office.close()
    with closing(Store(office.path, station=office.station, witness=witness)) as store:
        moved = moves.move(store, target, office.uid, names, moved_event, progress)
    _carry_folders(office.path, target)
    return moved


def _require_suitable(source: Path, target: Path) -> None:
    """Require of a target file that its folder is safe, keeps locks and has room. A server needs no proof."""
    if is_server(target):
        return
    require_safe(target)
    prove_locks(target.parent)
    source_size = 0 if is_server(source) else source.stat().st_size
    if shutil.disk_usage(target.parent).free < 2 * source_size:
        raise UserError(
            _("Disk tempat {folder} tidak cukup: kantor ini {mb} MB.").format(
                folder=target.parent, mb=formats.format_fixed(source_size / 1e6, 0)
            ),
            _("Tidak ada yang berubah."),
            _("Kosongkan ruang di komputer yang menyimpan berkas, lalu coba lagi."),
        )


def follow_moves(path: Path) -> Path:
    """Return where the office of this path is now, after at most `MOST_HOPS` moves.

    A move that broke off after its commit is finished here.

    Raises:
        OSError: this PC's own folder cannot be written.
        UserError: a location on the way does not answer, or does not let this PC in.
    """
    for _hop in range(MOST_HOPS):
        mark = moves.gone_to(path)
        if mark is None:
            break
        if not has_account_for(mark.place):
            raise _no_account(mark.place)
        new_path = office_at(mark.place)
        _finish_move(path, new_path)
        path = new_path
    return path


def _no_account(place: str) -> UserError:
    return UserError(
        _("Kantor pindah ke {place}; PC ini belum punya akun di sana.").format(place=place),
        _("Semua yang tersimpan ikut pindah; kios tetap memberi nomor."),
        _("Minta petugas TI menjalankan `ult-desktop station server ALAMAT` di PC ini; lalu program lanjut."),
    )


def remember_server(address: str, password: str) -> Path:
    """Remember this PC's account on a server before the office moves there, and prove that it gets in.

    Raises:
        UserError: the address names no account, or the server does not let this PC in. In the latter case the
            account stays remembered.
    """
    path = remember(address, password)
    moves.require_answer(path)
    return path


def _finish_move(old: Path, new: Path) -> None:
    moves.finish(old, new)
    _carry_folders(old, new)


def _carry_folders(old: Path, new: Path) -> None:
    """Copy the folders that the office keeps next to its file. With a server, each PC has its own copies.

    A failure is logged and stops nothing.
    """
    for folder_of in (own_voice_folder, own_languages_folder, sign_clips_folder):
        try:
            if folder_of(old).is_dir() and not folder_of(new).exists():
                shutil.copytree(folder_of(old), folder_of(new))
        except OSError as error:
            log.warning("%s stays behind: %s", folder_of(old), error)


def finish_if_moved(path: Path, target: Path, stations: str = "") -> bool:
    """Return whether the office of `path` has moved to `target`. A move that broke off is finished here.

    Raises:
        UserError: as `follow_moves`.
    """
    mark = moves.gone_to(path)
    if mark is None or mark.place != (without_password(stations) or place_of(target)):
        return False
    _finish_move(path, target)
    return True
