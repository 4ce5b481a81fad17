"""The watched folder: lists that are put there are imported automatically, never lost, never doubled.

A list leaves the folder only after its last batch is in the office file. If anything breaks before, it is
read again, and what was written is known by its numbers. A list still being written is left alone until it
has not changed between two looks.
"""

from pathlib import Path

import msgspec

from ult_desktop.base import UserError, _, counted
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.lists.columns import ColumnReason
from ult_desktop.core.lists.understanding import Understanding
from ult_desktop.core.online.online_request import OnlineRow, OnlineSource
from ult_desktop.operations.lists.importing import (
    ImportReport,
    import_basis,
    mark_known_rows,
    refused_file,
    run_import,
    understand_file,
)
from ult_desktop.operations.lists.list_files import ENDINGS
from ult_desktop.operations.lists.list_reader import FileInUse, read_list
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.online.request_lists import RequestLists

DONE, REFUSED = "selesai", "ditolak"
_UNFINISHED = ("~$", ".", "~")  # begin the names of unfinished files of office programs and downloads

Look = tuple[int, int]  # a file's size (bytes) and time of change (ns); (0, 0): it is not there


class FileImportResult(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one file: words for a person; `ok` when it was imported."""

    file: str
    ok: bool
    words: str


class WatchedFolder:
    """The watch over one folder. It belongs to one thread, which may wait for files.

    Raises:
        UserError: the folder is not there or cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._looks: dict[Path, Look] = {}
        self._settled: dict[Path, Look] = {}  # lists that are not read again while they look like this
        self._left: dict[Path, str] = {}  # why a person must do something about a list

    def ready(self) -> tuple[Path, ...]:
        """Return the lists that have not changed since the look before, by name."""
        try:
            looks = {path: _look(path) for path in sorted(self.folder.iterdir()) if _is_list(path)}
        except OSError as error:
            raise UserError(
                _("Folder {folder} tidak dapat dibaca.").format(folder=self.folder),
                _("Tidak ada yang diimpor."),
                _("Periksa folder permintaan daring (Pengaturan, Komputer ini)."),
            ) from error
        # A file that is being copied grows between two looks. Of an empty one the copying may not have begun.
        unchanged = tuple(path for path, look in looks.items() if look[0] and self._looks.get(path) == look)
        self._looks = looks
        return tuple(path for path in unchanged if self._settled.get(path) != looks[path])

    def leave(self, path: Path, reason: str = "") -> None:
        """Leave a list in the folder, since a person must do something.

        It is not read again until it changes.
        """
        self._settled[path] = self._looks.get(path, (0, 0))
        self._left[path] = reason

    def left(self) -> tuple[str, ...]:
        """Return the lists that wait for a person, each with the reason, while they are where they were."""
        waiting = {path: reason for path, reason in self._left.items() if reason and path.exists()}
        return tuple(f"{path.relative_to(self.folder)}: {reason}" for path, reason in sorted(waiting.items()))

    def look_again(self) -> None:
        """Look again at all lists that were left alone, since a person did something."""
        self._settled.clear()

    def put_imported(self, path: Path, report: ImportReport) -> None:
        """Put a list into `selesai`, with the list of its refused rows next to it."""
        self._put_away(path, DONE, "ditolak.csv", refused_file(report.refused) if report.refused else b"")

    def put_refused(self, path: Path, error: UserError) -> None:
        """Put a list into `ditolak`, with the reason next to it."""
        target = self._put_away(path, REFUSED, "sebab.txt", str(error).encode("utf-8-sig"))
        self._left[target] = error.what.removeprefix(f"{path.name}: ").rstrip(".")

    def _put_away(self, path: Path, where: str, ending: str, words: bytes) -> Path:
        """Move a list into the folder `where`, with `words` in a file next to it, of its name and `ending`.

        Return where the list is then.

        A list that cannot be moved is not read again until it changes.
        """
        # This comes first: otherwise a list that cannot be moved would be read at each look.
        self.leave(path)
        try:
            target = _free_name(self.folder / where / path.name)
            target.parent.mkdir(exist_ok=True)
            if words:
                target.with_name(f"{target.name}.{ending}").write_bytes(words)
            path.replace(target)
        except FileNotFoundError:
            return path  # another station was faster
        except OSError as error:
            raise UserError(
                _("{name} tidak dapat dipindahkan ke folder {where}.").format(name=path.name, where=where),
                _("Isinya sudah diproses dan tidak akan diimpor dua kali."),
                _("Periksa hak tulis folder itu, lalu pindahkan berkasnya."),
            ) from error
        return target


def _is_list(path: Path) -> bool:
    return path.suffix.lower() in ENDINGS and not path.name.startswith(_UNFINISHED) and path.is_file()


def _look(path: Path) -> Look:
    try:
        seen = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return (seen.st_size, seen.st_mtime_ns)


def _free_name(path: Path) -> Path:
    """Return a name that no file has yet: the same name comes back every week."""
    number = 2
    target = path
    while target.exists():
        target = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return target


def leave_list(
    watched: WatchedFolder, path: Path, understanding: Understanding[OnlineRow]
) -> FileImportResult:
    """Leave a list where it is until a person has looked at it."""
    # Every officer reads this in Kesehatan: no cell of the list is quoted.
    asked = counted("{n} hal belum pasti", len(understanding.open_questions))
    watched.leave(
        path, asked if understanding.open_questions else _("kolomnya belum dikenal untuk sumber ini")
    )
    return FileImportResult(file=path.name, ok=False, words=str(unsure(understanding)))


def unsure(understanding: Understanding[OnlineRow]) -> UserError:
    """Return the error that a person must look at a list: a question is open, or a column is new."""
    open_ones = [question.words for question in understanding.open_questions]
    new = [
        each.name for each in understanding.columns if each.field and each.why is not ColumnReason.REMEMBERED
    ]
    reason = open_ones or [_("kolom {names} belum dikenal untuk sumber ini").format(names=", ".join(new))]
    return UserError(
        _("{file} menunggu petugas: {why}.").format(file=understanding.file, why="; ".join(reason)),
        _("Berkas itu dibiarkan di foldernya."),
        _("Impor satu kali lewat halaman Permohonan agar jawabannya diingat."),
    )


def archive_list(watched: WatchedFolder, path: Path, report: ImportReport) -> FileImportResult:
    """Move a list out of the folder: the office file has its rows."""
    try:
        watched.put_imported(path, report)
    except UserError as error:
        return FileImportResult(file=path.name, ok=True, words=f"{report.words}. {error}")
    return FileImportResult(file=path.name, ok=True, words=report.words)


def reject_list(watched: WatchedFolder, path: Path, error: UserError) -> FileImportResult:
    """Reject a list. One held by another program is tried again; one that can never be read is put aside."""
    words = str(error)
    if not isinstance(error, FileInUse):
        try:
            watched.put_refused(path, error)
        except UserError as stuck:
            words = f"{words} {stuck}"
    return FileImportResult(file=path.name, ok=False, words=words)


def import_ready_lists(
    office: Office, watched: WatchedFolder, source: OnlineSource, by: Actor
) -> tuple[FileImportResult, ...]:
    """Import the lists that are ready, for a caller that may wait.

    Raises:
        UserError: the folder cannot be read.
        ShareUnreachable: the office file is gone; the lists are where they were.
    """
    return tuple(_import_one(office, watched, source, by, path) for path in watched.ready())


def _import_one(
    office: Office, watched: WatchedFolder, source: OnlineSource, by: Actor, path: Path
) -> FileImportResult:
    try:
        file = read_list(path)
    except UserError as error:
        return reject_list(watched, path, error)
    importer = RequestLists(source)
    understanding = understand_file(file, import_basis(office, importer), {})
    if not understanding.needs_no_person:
        return leave_list(watched, path, understanding)
    known = mark_known_rows(office, importer, understanding)
    return archive_list(
        watched, path, run_import(importer, known, lambda command: office.perform(command, by))
    )
