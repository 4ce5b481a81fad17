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


def _names(folder: Path) -> set[str]:
    """Return the names of the documents that lie there; files of other programs are left out."""
    found = share_files.named_below(folder, "*")
    return {each.name for each in found if SHA256.fullmatch(each.name) and each.parent.name == each.name[:2]}


def copy_new(home: Path, office_file: Path) -> int:
    """Copy what is not there yet; the name is the content's hash, so what is there is right."""
    new = _names(document_folder.folder_of(office_file)) - _names(_folder(home))
    for name in new:
        _copy(document_folder.path_of(office_file, name), place_of(home, name))
    return len(new)


def restore_missing(home: Path, office_file: Path, restored: Path) -> int:
    """Copy the documents that the share lacks and the `restored` office has a row of; none is overwritten.

    An office that cannot be read may have a row of any: then all come back.
    """
    lost = _names(_folder(home)) - _names(document_folder.folder_of(office_file))
    named = _named(restored, lost)
    wanted = lost if named is None else named
    for name in wanted:
        _copy(place_of(home, name), document_folder.path_of(office_file, name))
    return len(wanted)


def delete_erased(home: Path, office_file: Path) -> int:
    """Delete the documents that the share has no more and no backup kept here has a row of; return how many.

    A backup that cannot be read may have a row of any: then all stay.
    """
    # The half file of a killed program may be of a document that was erased since, and is never copied again.
    for half in _folder(home).glob(f"??/.*{_HALF}"):
        with suppress(OSError):
            half.unlink()
    gone = _names(_folder(home)) - _names(document_folder.folder_of(office_file))
    for path in backup.copies_in(home):
        if not gone:  # usually at the first one: the oldest backup has the rows of recent erasures
            break
        named = _named(path, gone)
        if named is None:
            log.warning("erased documents stay in %s: %s cannot be read", _folder(home), path.name)
            return 0
        gone -= named
    for name in gone:
        with suppress(OSError):  # a file that a scanner has open is deleted after the next backup
            place_of(home, name).unlink()
    return len(gone)


def _named(path: Path, hashes: set[str]) -> set[str] | None:
    return backup.look_into(path, lambda tx: documents.referred_to(tx, hashes))


def _copy(path: Path, target: Path) -> None:
    """Copy a document. The copy has its name only when all of it is on the disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f".{target.name}{_HALF}")
    shutil.copyfile(path, half)
    # A backup whose document is empty after a power cut would look complete.
    backup.sync_file(half)
    share_files.replace_file(half, target)
