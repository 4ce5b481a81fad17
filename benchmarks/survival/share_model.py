"""SQLite as it behaves on a Windows PC with an office file on a share, on any system, and what it asks.

The very library that Python's `sqlite3` has loaded gets one more file system, a copy of its own. As SQLite's
one for Windows it keeps its journal open between transactions, and does not notice that another file was
renamed over the database. It counts the round trips that each call costs a PC to which the server grants no
lease, and can wait for as long as a link would need for them.

The counts follow SQLite's `os_win.c`: to take SHARED is three locks, RESERVED one, EXCLUSIVE three; the way
back is up to five. Reading, writing, truncating, syncing and asking for a size is one round trip each. To ask
whether a name exists is one, to open a file two (creating it, and asking for its size), to close it one.
What the program itself asks of files beside the office file counts in the same way: a small file that is
opened, read or written, and closed, is four. The watcher reads the office file through a handle of its own,
as on Windows; here that handle stays open, for on POSIX closing it would drop SQLite's locks.
"""

import contextlib
import ctypes
import io
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.survival.file_system import (
    ACCESS,
    MOVE,
    NUMBER,
    OK,
    OPEN,
    POINTER_TO,
    SIZE,
    Call,
    Methods,
    OwnFileSystem,
)
from ult_desktop.db.store import connection

NAME = b"ult-share"
SHARED, RESERVED, EXCLUSIVE = 1, 2, 4

_PYTHONS = [(os, each) for each in ("stat", "access", "unlink", "scandir", "replace", "open")] + [
    (io, "open")
]
_OPENED = 4
_KINDS = {"read": MOVE, "write": MOVE, "truncate": SIZE, "sync": NUMBER, "size": POINTER_TO}


RESENT_S = 0.3
"""The seconds after which TCP on Windows sends a packet anew that nobody acknowledges; on Linux 0.2."""


@dataclass
class SlowLink:
    """A link whose round trips last so many seconds, more or less by `jitter_s`, and which loses packets.

    `lost` is the part of the packets that it loses. A question and its answer are one packet each, and
    nothing follows that would show the loss, so it is noticed by TCP's clock alone, which doubles each time.
    """

    round_trip_s: float = 0.0
    jitter_s: float = 0.0
    lost: float = 0.0
    dice: random.Random = field(default_factory=random.Random)

    def seconds(self, round_trips: int = 1) -> float:
        """Return how long so many round trips take, one after the other."""
        return sum(map(self._one, range(round_trips)))

    def _one(self, _number: int) -> float:
        took = self.round_trip_s + self.dice.uniform(-self.jitter_s, self.jitter_s)
        for _packet in ("question", "answer"):
            clock = RESENT_S
            while self.dice.random() < self.lost:
                took, clock = took + clock, 2 * clock
        return took


class ShareModel(OwnFileSystem):
    """The model of a share that keeps the files below `root`; what `link` needs is waited for.

    `asked` counts round trips by file and call. Connections opened on the share must be closed before
    another model begins; the model lasts as long as the process.
    """

    def __init__(self, root: Path) -> None:
        super().__init__(NAME)
        self._root = f"{root}{os.sep}"
        self.link: SlowLink | None = None
        self.asked: Counter[str] = Counter()
        self._files: dict[int, str] = {}
        self._levels: dict[int, int] = {}
        self._handles: dict[int, str] = {}
        self.system.open = self.function(OPEN, self._opens)
        self.system.access = self.function(ACCESS, self._is_there)

    @contextlib.contextmanager
    def at_work(self) -> Iterator["ShareModel"]:
        """Model the share for all that this process opens until the block ends, asked for by Python too."""
        self.begin()
        usual = [(module, name, getattr(module, name)) for module, name in _PYTHONS]
        for module, name, function in usual:
            setattr(module, name, self._counted(name, function))
        usual += [(os, "close", os.close), (os, "read", os.read), (connection, "HANDLES_OWN_LOCKS", False)]
        os.close, os.read = partial(self._closes, os.close), partial(self._reads, os.read)
        connection.HANDLES_OWN_LOCKS = True
        try:
            yield self
        finally:
            for module, name, function in usual:
                setattr(module, name, function)
            self.end()

    def _counted(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def ask(path: Any, *rest: Any, **more: Any) -> Any:  # noqa: ANN401  (as `os` has it)
            if isinstance(path, (str, os.PathLike)) and str(path).startswith(self._root):
                self._ask(str(path), name, _OPENED if name == "open" else 1)
            found = function(path, *rest, **more)
            if name == "open" and isinstance(found, int) and str(path).endswith(".db"):
                self._handles[found] = str(path)
            return found

        return ask

    def _closes(self, close: Callable[[int], None], handle: int) -> None:
        if handle not in self._handles:
            close(handle)

    def _reads(self, read: Callable[[int, int], bytes], handle: int, size: int) -> bytes:
        if handle in self._handles:
            self._ask(self._handles[handle], "read")
        return read(handle, size)

    def _ask(self, path: str, what: str, round_trips: int = 1) -> None:
        name = path.removeprefix(self._root)
        self.asked[f"{name} {what}"] += round_trips
        if self.link is not None:
            time.sleep(self.link.seconds(round_trips))

    def _opens(self, system: int, name: int | None, file: int, flags: int, out: int | None) -> int:
        path = ctypes.string_at(name).decode() if name else ""
        status = int(OPEN(self.base.open)(system, name, file, flags, out))
        if path.startswith(self._root):
            self._ask(path, "open", 2)
            if status == OK:
                self._files[file], self._levels[file] = path, 0
                self.take_over(file, self._count)
        return status

    def _is_there(self, system: int, name: bytes, flags: int, out: int) -> int:
        path = name.decode()
        if path.startswith(self._root):
            self._ask(path, "exists")
        return int(ACCESS(self.base.access)(system, name, flags, out))

    def _count(self, copy: Methods, base: Methods) -> None:
        for name, kind in _KINDS.items():
            setattr(copy, name, self.function(kind, self._plain(name, kind(getattr(base, name)))))
        self._set_locks(copy, base)
        self.behave_as_on_windows(copy, base, self._forget)

    def _plain(self, name: str, call: Call) -> Call:
        def counted(file: int, *rest: Any) -> int:  # noqa: ANN401  (ctypes)
            self._ask(self._files[file], name)
            return call(file, *rest)

        return counted

    def _set_locks(self, copy: Methods, base: Methods) -> None:
        lock, unlock, reserved = NUMBER(base.lock), NUMBER(base.unlock), POINTER_TO(base.reserved)
        levels = self._levels

        def locks(file: int, level: int) -> int:
            if level > levels[file]:
                self._ask(self._files[file], "lock", 1 if level == RESERVED else 3)
            status = int(lock(file, level))
            if status == OK:
                levels[file] = max(level, levels[file])
            return status

        def unlocks(file: int, level: int) -> int:
            former = levels[file]
            if level < former:
                way_back = {SHARED: 1, RESERVED: 2 + level, EXCLUSIVE: 4}.get(former, 2)
                self._ask(self._files[file], "unlock", way_back)
                levels[file] = level
            return int(unlock(file, level))

        def asks(file: int, out: int) -> int:
            if levels[file] < RESERVED:
                self._ask(self._files[file], "is reserved", 2)
            return int(reserved(file, out))

        copy.lock, copy.unlock = self.function(NUMBER, locks), self.function(NUMBER, unlocks)
        copy.reserved = self.function(POINTER_TO, asks)

    def _forget(self, file: int) -> None:
        self._ask(self._files.pop(file), "close")
