"""The watched folder: lists that are put there are imported automatically, none lost, none twice.

A list leaves the folder only after its last batch is in the office file. If anything breaks before, the list
is read again, and the rows that were written are known. A list that is still being written is left alone
until it has not changed between two looks.
"""

from pathlib import Path
from typing import NamedTuple

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

DONE, REFUSED = "selesai", "ditolak"  # folders within the watched one
_UNFINISHED = ("~$", ".", "~")  # beginnings of the names of office programs' and downloads' unfinished files


class FileLook(NamedTuple):
    """A file as it looked: its size (bytes) and time of change (ns), 0 for a file that is not there."""

    size: int = 0
    changed_ns: int = 0


class FileImportResult(msgspec.Struct, frozen=True, kw_only=True):
    """The result of importing one file: words for a person; `ok` if it was imported."""

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
        self._looks: dict[Path, FileLook] = {}
        self._ignored: dict[Path, FileLook] = {}  # lists that are not read again while they look like this
        self._reasons: dict[Path, str] = {}  # why a list needs a person

    def ready_lists(self) -> tuple[Path, ...]:
        """Return the lists that have not changed since the last call, by name."""
        try:
            looks = {
                path: _look_at(path)
                for path in sorted(self.folder.iterdir())
                if path.suffix.lower() in ENDINGS and not path.name.startswith(_UNFINISHED) and path.is_file()
            }
        except OSError as error:
            raise UserError(
                _("Folder {folder} tidak dapat dibaca.").format(folder=self.folder),
                _("Tidak ada yang diimpor."),
                _("Periksa folder permintaan daring (Pengaturan, Komputer ini)."),
            ) from error
        # A file that is being copied grows between two looks. An empty one may be about to be copied.
        unchanged = [path for path, look in looks.items() if look.size and self._looks.get(path) == look]
        self._looks = looks
        return tuple(path for path in unchanged if self._ignored.get(path) != looks[path])

    def leave(self, path: Path, reason: str = "") -> None:
        """Leave a list where it is, and do not read it again until it changes.

        With a `reason` it waits for a person.
        """
        self._ignored[path] = self._looks.get(path, FileLook())
        self._reasons[path] = reason

    def waiting_lists(self) -> tuple[str, ...]:
        """Return the lists that wait for a person, each with the reason, while they are where they were."""
        waiting = {path: reason for path, reason in self._reasons.items() if reason and path.exists()}
        return tuple(f"{path.relative_to(self.folder)}: {reason}" for path, reason in sorted(waiting.items()))

    def look_again(self) -> None:
        """Read again all lists that were left, because a person did something about them."""
        self._ignored.clear()

    def put_imported(self, path: Path, report: ImportReport) -> None:
        """Put a list into `selesai`, with the list of its refused rows next to it."""
        self._put_away(path, DONE, "ditolak.csv", refused_file(report.refused) if report.refused else b"")

    def put_refused(self, path: Path, error: UserError) -> None:
        """Put a list into `ditolak`, with the reason next to it."""
        target = self._put_away(path, REFUSED, "sebab.txt", str(error).encode("utf-8-sig"))
        self._reasons[target] = error.what.removeprefix(f"{path.name}: ").rstrip(".")

    def _put_away(self, path: Path, where: str, ending: str, report: bytes) -> Path:
        """Move a list into the folder `where`; return its new path.

        `report` is written next to the list, in a file of its name and `ending`.
        """
        # This comes first: otherwise a list that cannot be moved would be read at each look.
        self.leave(path)
        try:
            target = _free_path(self.folder / where / path.name)
            target.parent.mkdir(exist_ok=True)
            if report:
                target.with_name(f"{target.name}.{ending}").write_bytes(report)
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


def _look_at(path: Path) -> FileLook:
    try:
        status = path.stat()
    except FileNotFoundError:
        return FileLook()
    return FileLook(status.st_size, status.st_mtime_ns)


def _free_path(path: Path) -> Path:
    """Return a path that no file has yet: a list of the same name comes every week."""
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
    # Every officer reads the reason in Kesehatan: no cell of the list is quoted.
    if understanding.open_questions:
        reason = counted("{n} hal belum pasti", len(understanding.open_questions))
    else:
        reason = _("kolomnya belum dikenal untuk sumber ini")
    watched.leave(path, reason)
    return FileImportResult(file=path.name, ok=False, words=str(needs_person_error(understanding)))


def needs_person_error(understanding: Understanding[OnlineRow]) -> UserError:
    """Return the error that a person must look at a list: a question is open, or a column is new."""
    reasons = [question.words for question in understanding.open_questions]
    if not reasons:
        new_columns = [
            column.name
            for column in understanding.columns
            if column.field and column.why is not ColumnReason.REMEMBERED
        ]
        reasons = [_("kolom {names} belum dikenal untuk sumber ini").format(names=", ".join(new_columns))]
    return UserError(
        _("{file} menunggu petugas: {why}.").format(file=understanding.file, why="; ".join(reasons)),
        _("Berkas itu dibiarkan di foldernya."),
        _("Impor satu kali lewat halaman Permohonan agar jawabannya diingat."),
    )


def archive_list(watched: WatchedFolder, path: Path, report: ImportReport) -> FileImportResult:
    """Move a list out of the folder, once the office file has its rows."""
    try:
        watched.put_imported(path, report)
    except UserError as error:
        return FileImportResult(file=path.name, ok=True, words=f"{report.words}. {error}")
    return FileImportResult(file=path.name, ok=True, words=report.words)


def reject_list(watched: WatchedFolder, path: Path, error: UserError) -> FileImportResult:
    """Put aside a list that can never be read. A list that another program holds is tried again later."""
    words = str(error)
    if not isinstance(error, FileInUse):
        try:
            watched.put_refused(path, error)
        except UserError as move_error:
            words = f"{words} {move_error}"
    return FileImportResult(file=path.name, ok=False, words=words)


def import_ready_lists(
    office: Office, watched: WatchedFolder, source: OnlineSource, by: Actor
) -> tuple[FileImportResult, ...]:
    """Import the lists that are ready, for a caller that may wait.

    Raises:
        UserError: the folder cannot be read.
        ShareUnreachable: the office file is gone; the lists are where they were.
    """
    return tuple(_import_one(office, watched, source, by, path) for path in watched.ready_lists())


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
    understanding = mark_known_rows(office, importer, understanding)
    report = run_import(importer, understanding, lambda command: office.perform(command, by))
    return archive_list(watched, path, report)
