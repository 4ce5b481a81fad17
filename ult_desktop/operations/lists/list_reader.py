"""The reader of a list, which reads in a process of its own.

If a list makes the reading hang or crash, this program is unharmed, and ends that process.
"""

import subprocess
import threading
from pathlib import Path

import msgspec

from ult_desktop.base import UserError, _, language
from ult_desktop.base.own_program import own_command
from ult_desktop.operations.lists.list_files import LARGEST, ListFile

PATIENCE_S = 60.0  # a slow PC takes a third of that for a list with the most rows allowed
# https://docs.python.org/3/library/subprocess.html#subprocess.CREATE_NO_WINDOW
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # on Windows, where a console would flash up


class FileInUse(UserError):
    """The error that the file cannot be read now: another program holds it, or the right is missing."""


class ReadingCancelled(UserError):
    """The error that `ListReader.cancel` ended the reading."""


def reading_cancelled_error() -> ReadingCancelled:
    return ReadingCancelled(_("Pembacaan dibatalkan."), _("Tidak ada yang diimpor."))


class ListAnswer(msgspec.Struct, frozen=True):
    """The answer of `ult-desktop read-list`: the list, or the three parts of the error that refused it."""

    file: ListFile | None = None
    refusal: tuple[str, str, str] = ("", "", "")


class ListReader:
    """The reader of a list, for one reading. `sheet` "" is the first visible one that is filled."""

    def __init__(self, path: Path, patience_s: float = PATIENCE_S, sheet: str = "") -> None:
        self._path, self._patience_s, self._sheet = path, patience_s, sheet
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._cancelled = False

    def cancel(self) -> None:
        """End the reading at once. Any thread may call this, also before `read`."""
        with self._lock:
            self._cancelled = True
            if self._child is not None:
                self._child.kill()

    def read(self) -> ListFile:
        """Return the list. This waits for file and process, so it must not run on the windows' thread.

        The file is read before the process starts, and without a time limit: a share that hangs does not make
        a list unreadable.

        Raises:
            FileInUse: the file cannot be read now.
            ReadingCancelled: `cancel` was called.
            UserError: the file is too large, empty or of another kind, or the reading did not end.
        """
        data = _read_file(self._path)
        with self._start() as child:
            output = self._output_of(child, data)
        # `cancel` has ended the process, whatever it has written.
        if self._cancelled:
            raise reading_cancelled_error()
        try:
            answer = msgspec.msgpack.decode(output, type=ListAnswer)
        except msgspec.DecodeError as error:
            raise _unreadable_error(self._path.name) from error
        if answer.file is None:
            raise UserError(*answer.refusal)
        return answer.file

    def _start(self) -> "subprocess.Popen[bytes]":
        command = (*own_command(), "read-list", self._path.name, language(), self._sheet)
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        with self._lock:
            self._child = subprocess.Popen(  # noqa: S603
                command, stdin=pipe, stdout=pipe, stderr=nothing, creationflags=_NO_WINDOW
            )
            if self._cancelled:
                self._child.kill()
            return self._child

    def _output_of(self, child: "subprocess.Popen[bytes]", data: bytes) -> bytes:
        try:
            return child.communicate(data, self._patience_s)[0]
        except subprocess.TimeoutExpired:
            return b""
        finally:
            child.kill()


def read_list(path: Path, sheet: str = "") -> ListFile:
    """Read a list as `ListReader.read` does, for a caller that may wait."""
    return ListReader(path, sheet=sheet).read()


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            # One byte more than allowed is read, to see whether the file is too large.
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise FileInUse(
            _("{path} tidak dapat dibaca.").format(path=path),
            _("Tidak ada yang diimpor."),
            _("Tutup berkas itu di aplikasi lain, dan periksa hak bacanya."),
        ) from error
    if len(data) > LARGEST:
        raise UserError(
            _("{name} lebih dari {n} MB.").format(name=path.name, n=LARGEST // 1_000_000),
            _("Tidak ada yang diimpor."),
            _("Bagi daftarnya menjadi beberapa berkas."),
        )
    return data


def _unreadable_error(name: str) -> UserError:
    return UserError(
        _("Pembacaan {name} dihentikan: memakan waktu atau memori jauh melebihi daftar biasa.").format(
            name=name
        ),
        _("Tidak ada yang diimpor."),
        _("Buka di Excel atau LibreOffice, salin baris yang terisi ke berkas baru, dan impor itu."),
    )
