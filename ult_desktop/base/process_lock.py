"""A lock that one process of a PC holds, and that the system frees with the process, however that ends.

Qt's lock file knows a dead holder only by its number and program name: after a crash another process may have
both, and the lock would be held for ever.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path

from ult_desktop.base.private_files import private_mode

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl
    import pwd


# Python opens files so that no child inherits their handles; a child that did would keep the lock.
# https://docs.python.org/3/library/os.html#inheritance-of-file-descriptors
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
_NAME_AT = 1  # Windows lets nobody read the locked byte
_LONGEST_NAME = 200  # bytes


def account() -> str:
    """Return the name of the account that this process runs in; empty if the system does not give it."""
    if sys.platform == "win32":
        return os.environ.get("USERNAME", "")
    else:  # noqa: RET505  (mypy leaves a branch of another system unchecked only with an `else`)
        with suppress(KeyError):
            return pwd.getpwuid(os.getuid()).pw_name
        return ""


class ProcessLock:
    """A lock that is held from `try_lock` until `unlock`, or until the process is gone.

    Args:
        path: the file that is locked.
        permissions: the permission bits of a new file; None: for this account alone.
    """

    def __init__(self, path: Path, permissions: int | None = None) -> None:
        self._path, self._permissions = path, private_mode() if permissions is None else permissions
        self._handle: int | None = None

    def try_lock(self) -> bool:
        """Take the lock; return False if another process holds it.

        Raises OSError if the file cannot be made or opened.
        """
        handle = os.open(self._path, _FLAGS, self._permissions)
        try:
            _lock(handle)
            if not os.path.samestat(os.fstat(handle), self._path.stat()):  # its last holder deleted it
                raise FileNotFoundError
        except OSError:  # another process holds the lock, or has deleted the file since it was opened here
            os.close(handle)
            return False
        self._handle = handle
        with suppress(OSError):  # on a full disk nobody is named
            os.ftruncate(handle, 0)
            os.write(handle, b"\n" + account().encode())
        return True

    def holder(self) -> str:
        """Return the account of the process that holds the lock; empty if it is unknown."""
        with suppress(OSError), self._path.open("rb", buffering=0) as file:
            file.seek(_NAME_AT)
            return file.read(_LONGEST_NAME).decode(errors="replace")
        return ""

    def unlock(self) -> None:
        """Free the lock by closing the file.

        The file itself stays, for another may be opening it just now.
        """
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def remove(self) -> None:
        """Free the lock and delete its file, if it is held here; else do nothing.

        A process that opened that file meanwhile fails to lock it.
        """
        if self._handle is None:
            return
        if sys.platform != "win32":
            with suppress(OSError):
                self._path.unlink()
            self.unlock()
        else:  # Windows deletes no open file: if another took the lock meanwhile, its file stays
            self.unlock()
            with suppress(OSError):
                self._path.unlink()


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        # Windows locks bytes, and beyond the end of an empty file too:
        # https://docs.python.org/3/library/msvcrt.html#msvcrt.locking
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        # Not `lockf`: such a lock goes with any handle of the file that this process closes, and `holder`
        # opens it. https://man7.org/linux/man-pages/man2/flock.2.html
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
