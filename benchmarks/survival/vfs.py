"""The watch on what SQLite does to its files in this process: every write, truncation, sync and deletion.

The very library that Python's `sqlite3` has loaded gets one more file system, a copy of its own in which a
few functions first report to a `Disk` and then do what they always did. Shared memory and reading are
unchanged, so the program under test runs as ever, with its own pragmas and on real files.
"""

import contextlib
import ctypes
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.survival.disk import Disk
from benchmarks.survival.file_system import (
    DELETE,
    MOVE,
    NUMBER,
    OK,
    ONE,
    OPEN,
    SIZE,
    Call,
    Methods,
    OwnFileSystem,
)

IO_ERROR, DELETE_ON_CLOSE = 10, 0x8
NAME = b"ult-watched"


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


class _Watcher(OwnFileSystem):
    """Reports every change. Connections that were opened while it watched must be closed before it ends."""

    def __init__(self, root: str, disk: Disk, moment: Callable[[], None]) -> None:
        super().__init__(NAME)
        self._root, self._disk, self._moment = f"{root}{os.sep}", disk, moment
        self.failed: list[BaseException] = []
        self._paths: dict[int, str] = {}
        self._open: Call = OPEN(self.base.open)
        self._delete: Call = DELETE(self.base.delete)
        self.system.open = self.function(OPEN, self._opens)
        self.system.delete = self.function(DELETE, self._deletes)

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
            self.take_over(file, self._watch)
        return status

    def _deletes(self, system: int, name: int, folder_too: int) -> int:
        path = ctypes.string_at(name).decode()
        return self._tell(lambda: self._disk.deleted(path), lambda: self._delete(system, name, folder_too))

    def _watch(self, copy: Methods, base: Methods) -> None:
        disk, paths = self._disk, self._paths
        close: Call = ONE(base.close)
        write: Call = MOVE(base.write)
        truncate: Call = SIZE(base.truncate)
        sync: Call = NUMBER(base.sync)
        lock: Call = NUMBER(base.lock)

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

        copy.lock = self.function(NUMBER, locks)
        copy.close, copy.write = self.function(ONE, closes), self.function(MOVE, writes)
        copy.truncate, copy.sync = self.function(SIZE, truncates), self.function(NUMBER, syncs)
