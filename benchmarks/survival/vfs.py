"""The watch on what SQLite does to its files in this process: every write, truncation, sync and deletion.

The very library that Python's `sqlite3` has loaded gets one more file system, a copy of its own in which a
few functions first report to a `Disk` and then do what they always did. Shared memory and reading are
unchanged, so the program under test runs as ever, with its own pragmas and on real files.
"""

import _sqlite3
import contextlib
import ctypes
import os
from collections.abc import Callable, Iterator
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p
from pathlib import Path
from typing import Any

from benchmarks.survival.disk import Disk

OK, IO_ERROR, DELETE_ON_CLOSE = 0, 10, 0x8
NAME = b"ult-watched"
_Call = Callable[..., int]


class _FileSystem(ctypes.Structure):
    """The struct `sqlite3_vfs`, version 3."""

    _fields_ = (
        ("version", c_int),
        ("file_size", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", c_void_p),
        ("delete", c_void_p),
        ("others", c_void_p * 14),
    )


class _Methods(ctypes.Structure):
    """The struct `sqlite3_io_methods`, version 3."""

    _fields_ = (
        ("version", c_int),
        ("close", c_void_p),
        ("read", c_void_p),
        ("write", c_void_p),
        ("truncate", c_void_p),
        ("sync", c_void_p),
        ("size", c_void_p),
        ("lock", c_void_p),
        ("others", c_void_p * 11),
    )


class _File(ctypes.Structure):
    """The struct `sqlite3_file`: it begins with its methods."""

    _fields_ = (("methods", c_void_p),)


_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_DELETE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)
_CLOSE = CFUNCTYPE(c_int, c_void_p)
_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)
_LOCK = CFUNCTYPE(c_int, c_void_p, c_int)


@contextlib.contextmanager
def watch(root: Path, disk: Disk, moment: Callable[[], None]) -> Iterator[None]:
    """Report to `disk` all that SQLite does under `root`, in any thread, until the block ends.

    `moment` is called before and after each lock and each change: it may look at the disk, or wait. Raises
    what it raises.
    """
    watcher = _Watcher(str(root), disk, moment)
    watcher.begin()
    try:
        yield
    finally:
        watcher.end()
    if watcher.failed:
        raise watcher.failed[0]


class _Watcher:
    """The owner of everything that C points to. Connections opened while it watched must be closed first."""

    def __init__(self, root: str, disk: Disk, moment: Callable[[], None]) -> None:
        self._root, self._disk, self._moment = f"{root}{os.sep}", disk, moment
        self.failed: list[BaseException] = []
        self._paths: dict[int, str] = {}
        self._own: dict[int, int] = {}
        self._kept: list[Any] = []
        # On Windows it lies next to Python's own module, elsewhere that module leads to it.
        self._library = ctypes.CDLL("sqlite3.dll" if os.name == "nt" else _sqlite3.__file__)
        self._library.sqlite3_vfs_find.restype = POINTER(_FileSystem)
        self._base = self._library.sqlite3_vfs_find(None).contents
        self._system = _FileSystem.from_buffer_copy(self._base)
        self._system.name, self._system.next = NAME, None
        self._open: _Call = _OPEN(self._base.open)
        self._delete: _Call = _DELETE(self._base.delete)
        self._system.open = self._function(_OPEN, self._opens)
        self._system.delete = self._function(_DELETE, self._deletes)

    def begin(self) -> None:
        self._library.sqlite3_vfs_register(ctypes.byref(self._system), 1)

    def end(self) -> None:
        self._library.sqlite3_vfs_unregister(ctypes.byref(self._system))
        self._library.sqlite3_vfs_register(ctypes.byref(self._base), 1)

    def _function(self, kind: Any, function: _Call) -> int | None:  # noqa: ANN401  (ctypes)
        pointer = kind(function)
        self._kept.append(pointer)
        return ctypes.cast(pointer, c_void_p).value

    def _tell(self, told: Callable[[], None], act: Callable[[], int]) -> int:
        """Do a change and report it; the power may go before it, or right after it."""
        try:
            self._moment()
            status = act()
            if status == OK:
                told()
            self._moment()
        except BaseException as error:  # noqa: BLE001  (nothing may be raised through C: `watch` raises it)
            self.failed.append(error)
            return IO_ERROR
        return status

    def _opens(self, system: int, name: int | None, file: int, flags: int, out: int | None) -> int:
        path = ctypes.string_at(name).decode() if name else ""
        if not path.startswith(self._root) or flags & DELETE_ON_CLOSE:
            return self._open(system, name, file, flags, out)
        # Read before SQLite has it open: closing a second handle would drop its locks.
        unknown = self._disk.needs(path) and Path(path).exists()
        content = Path(path).read_bytes() if unknown else None
        status = self._open(system, name, file, flags, out)
        if status == OK:
            self._disk.opened(path, content)
            self._paths[file] = path
            head = _File.from_address(file)
            head.methods = self._watched(head.methods)
        return status

    def _deletes(self, system: int, name: int, folder_too: int) -> int:
        path = ctypes.string_at(name).decode()
        return self._tell(lambda: self._disk.deleted(path), lambda: self._delete(system, name, folder_too))

    def _watched(self, methods: int) -> int:
        """Return a copy of a file's methods in which the changes are reported; one for each kind of file."""
        if methods not in self._own:
            base = _Methods.from_address(methods)
            copy = _Methods.from_buffer_copy(base)
            self._kept.append(copy)
            self._replace(copy, base)
            self._own[methods] = ctypes.addressof(copy)
        return self._own[methods]

    def _replace(self, copy: _Methods, base: _Methods) -> None:
        disk, paths = self._disk, self._paths
        close: _Call = _CLOSE(base.close)
        write: _Call = _WRITE(base.write)
        truncate: _Call = _TRUNCATE(base.truncate)
        sync: _Call = _SYNC(base.sync)
        lock: _Call = _LOCK(base.lock)

        def closes(file: int) -> int:
            paths.pop(file, None)
            return close(file)

        def writes(file: int, data: int, length: int, offset: int) -> int:
            held = ctypes.string_at(data, length)
            tell = lambda: disk.wrote(paths[file], offset, held)  # noqa: E731
            return self._tell(tell, lambda: write(file, data, length, offset))

        def truncates(file: int, size: int) -> int:
            return self._tell(lambda: disk.resized(paths[file], size), lambda: truncate(file, size))

        def syncs(file: int, how: int) -> int:
            return self._tell(lambda: disk.synced(paths[file]), lambda: sync(file, how))

        def locks(file: int, level: int) -> int:
            return self._tell(lambda: None, lambda: lock(file, level))

        copy.lock = self._function(_LOCK, locks)
        copy.close, copy.write = self._function(_CLOSE, closes), self._function(_WRITE, writes)
        copy.truncate, copy.sync = self._function(_TRUNCATE, truncates), self._function(_SYNC, syncs)
