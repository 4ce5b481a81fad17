"""A disk that loses what was not synced: its possible contents if the power went at this moment.

Each file has the bytes that are surely on the disk, and a list of changes that are not: a later sync makes
them sure. A cut keeps any subset of them, sector by sector, in parts of sectors too; a file that grew may
have got its length and not its content. The making or deleting of a file is as unsure until its folder is
synced.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
ASIDE = ("-journal", "-wal")


@dataclass(frozen=True)
class Write:
    """The bytes that were written at an offset and not synced yet."""

    offset: int
    data: bytes


@dataclass(frozen=True)
class Resize:
    """The file was cut to this length, and not synced yet."""

    size: int


Change = Write | Resize


@dataclass
class DiskEntry:
    """A file on the disk. `former` is what comes back while its folder is not synced; None is no file."""

    sure: bytearray | None = None
    changes: list[Change] = field(default_factory=list)
    present: bool = True
    settled: bool = True
    former: bytes | None = None


@dataclass(frozen=True)
class PowerCutModel:
    """The model of a power cut: the chance of an unsynced sector to be on the disk, and the dice for it."""

    dice: random.Random
    survival: float

    def keeps(self) -> bool:
        return self.dice.random() < self.survival


class Disk:
    """The files of an office and its stations, fed by `vfs.watch` with everything SQLite does to them."""

    def __init__(self) -> None:
        self.entries: dict[str, DiskEntry] = {}

    def needs(self, path: str) -> bool:
        """Return whether the content of this file is not known yet."""
        return path not in self.entries or not self.entries[path].present

    def opened(self, path: str, content: bytes | None) -> None:
        """Note that a file was opened; `content` None means that this opening made it."""
        entry = self.entries.get(path)
        if entry is not None and entry.present:
            return
        if content is not None:
            self.entries[path] = DiskEntry(sure=bytearray(content))
            return
        former = None if entry is None else entry.former
        self.entries[path] = DiskEntry(sure=bytearray(), settled=False, former=former)

    def wrote(self, path: str, offset: int, data: bytes) -> None:
        self.entries[path].changes.append(Write(offset, data))

    def resized(self, path: str, size: int) -> None:
        self.entries[path].changes.append(Resize(size))

    def synced(self, path: str) -> None:
        """Note that all of this file is on the disk.

        A journal that was just made syncs its folder with it.
        """
        entry = self.entries[path]
        entry.sure = _carried_out(entry, entry.sure if entry.sure is not None else bytearray())
        entry.changes.clear()
        if path.endswith(ASIDE) and not entry.settled:
            folder = Path(path).parent
            for name, other in self.entries.items():
                if Path(name).parent == folder:
                    other.settled, other.former = True, None

    def deleted(self, path: str) -> None:
        entry = self.entries.get(path)
        if entry is None:
            return
        if entry.settled:
            entry.former = bytes(whole(entry))
        entry.present, entry.settled = False, False
        entry.changes.clear()

    def forget(self, path: str) -> None:
        """Forget a file: what lies there now was laid by somebody else."""
        self.entries.pop(path, None)

    def intact(self, path: str) -> bytes | None:
        """Return what a program reads there now."""
        entry = self.entries[path]
        return bytes(whole(entry)) if entry.present else None

    def after(self, cut: PowerCutModel, lossy: Iterable[str]) -> dict[str, bytes]:
        """Return the files as they would be found; those in `lossy` lose, the others had their power on."""
        lossy, found = set(lossy), {}
        for path in sorted(self.entries):
            left = _left(self.entries[path], cut) if path in lossy else self.intact(path)
            if left is not None:
                found[path] = left
        return found


def whole(entry: DiskEntry) -> bytearray:
    """Return the content with every change carried out."""
    return _carried_out(entry, bytearray(entry.sure or b""))


def _carried_out(entry: DiskEntry, content: bytearray) -> bytearray:
    for change in entry.changes:
        if isinstance(change, Resize):
            _resize(content, change.size)
        else:
            _put(content, change.offset, change.data)
    return content


def _left(entry: DiskEntry, cut: PowerCutModel) -> bytes | None:
    if not entry.settled and not cut.keeps():
        return entry.former
    if not entry.present:
        return None
    content = bytearray(entry.sure or b"")
    for change in entry.changes:
        if isinstance(change, Write):
            _tear(content, change, cut)
        elif cut.keeps():
            _resize(content, change.size)
    return bytes(content)


def _tear(content: bytearray, change: Write, cut: PowerCutModel) -> None:
    grown = change.offset + len(change.data)
    if grown > len(content) and cut.keeps():  # the length came, the content perhaps not: what lay there
        content += cut.dice.randbytes(grown - len(content))
    place = 0
    while place < len(change.data):
        step = SECTOR - (change.offset + place) % SECTOR
        piece = change.data[place : place + step]
        _put_torn(content, change.offset + place, piece, cut)
        place += len(piece)


def _put_torn(content: bytearray, offset: int, piece: bytes, cut: PowerCutModel) -> None:
    """Write a sector whole, not at all, or only its first or last bytes."""
    if cut.keeps():
        _put(content, offset, piece)
    elif cut.keeps():
        at = cut.dice.randrange(len(piece))
        if cut.dice.random() < 0.5 or offset + at > len(content):
            _put(content, offset, piece[:at])
        else:
            _put(content, offset + at, piece[at:])


def _put(content: bytearray, offset: int, data: bytes) -> None:
    if not data:
        return
    if offset > len(content):
        content += bytes(offset - len(content))
    content[offset : offset + len(data)] = data


def _resize(content: bytearray, size: int) -> None:
    if size > len(content):
        content += bytes(size - len(content))
    del content[size:]
