"""Documents in the second place: each is copied there once, and stays while a backup there has its row.

They lie in `berkas/` next to an office's backups, under their hash. A document that the office erased goes
when no backup there has a row of it any more.
"""

import logging
import shutil
from contextlib import suppress
from pathlib import Path

from ult_desktop.core.visits.document import SHA256
from ult_desktop.db.backup import backup
from ult_desktop.db.store import document_folder, share_files
from ult_desktop.db.visits import documents

log = logging.getLogger(__name__)
_HALF = ".part"


def place_of(home: Path, sha256: str) -> Path:
    return _folder(home) / sha256[:2] / sha256


def _folder(home: Path) -> Path:
    return home / "berkas"


def _hashes(folder: Path) -> set[str]:
    """Return the hashes of the documents that lie there; files of other programs are left out."""
    paths = share_files.find_files(folder, "*")
    return {path.name for path in paths if SHA256.fullmatch(path.name) and path.parent.name == path.name[:2]}


def copy_new(home: Path, office_file: Path) -> int:
    """Copy the documents that are not there yet; return how many.

    A file's name is the hash of its content, so one that is there already is right.
    """
    new = _hashes(document_folder.folder_of(office_file)) - _hashes(_folder(home))
    for sha256 in new:
        _copy(document_folder.path_of(office_file, sha256), place_of(home, sha256))
    return len(new)


def restore_missing(home: Path, office_file: Path, restored: Path) -> int:
    """Copy the documents back that the share lacks and the `restored` office has a row of; return how many.

    If the office cannot be read, it may have a row of any of them: then all are copied.
    """
    missing = _hashes(_folder(home)) - _hashes(document_folder.folder_of(office_file))
    wanted = _with_row(restored, missing)
    if wanted is None:
        wanted = missing
    for sha256 in wanted:
        _copy(place_of(home, sha256), document_folder.path_of(office_file, sha256))
    return len(wanted)


def delete_erased(home: Path, office_file: Path) -> int:
    """Delete the documents that the share has no more and no backup here has a row of; return how many.

    If a backup cannot be read, it may have a row of any of them: then all stay.
    """
    # The half file of a killed program may be of a document that was erased since, and is never copied again.
    for half in _folder(home).glob(f"??/.*{_HALF}"):
        with suppress(OSError):
            half.unlink()
    erased = _hashes(_folder(home)) - _hashes(document_folder.folder_of(office_file))
    for path in backup.copies_in(home):
        if not erased:  # usually after the first backup: the oldest one has the rows of recent erasures
            break
        with_row = _with_row(path, erased)
        if with_row is None:
            log.warning("erased documents stay in %s: %s cannot be read", _folder(home), path.name)
            return 0
        erased -= with_row
    for sha256 in erased:
        with suppress(OSError):  # a file that a scanner has open is deleted after the next backup
            place_of(home, sha256).unlink()
    return len(erased)


def _with_row(path: Path, hashes: set[str]) -> set[str] | None:
    """Return those hashes of which the office or backup at `path` has a row; None if it cannot be read."""
    return backup.query_copy(path, lambda tx: documents.hashes_with_row(tx, hashes))


def _copy(path: Path, target: Path) -> None:
    """Copy a document. The copy has its name only when all of it is on the disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f".{target.name}{_HALF}")
    shutil.copyfile(path, half)
    # A backup whose document is empty after a power cut would look complete.
    backup.sync_file(half)
    share_files.replace_file(half, target)
