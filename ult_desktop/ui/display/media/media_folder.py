"""The office's pictures and films, read on a thread of its own, and which of them is next."""

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageIOHandler

from ult_desktop.base import UserError
from ult_desktop.ui.media_files import MediumKind, files_in, kind_of, picture_reader, unshown

_QUARTER_TURN = QImageIOHandler.Transformation.TransformationRotate90
_DIGITS = re.compile(r"(\d+)")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Medium:
    """A picture or film. A file with another time `changed` (ns) or `size` (bytes) is another medium."""

    path: Path
    kind: MediumKind
    changed: int
    size: int

    @property
    def order(self) -> tuple[tuple[int, int | str], ...]:
        """The sort key by name as people count: "2 loket.jpg" before "10 loket.jpg"."""
        parts = _DIGITS.split(self.path.name.casefold())
        return tuple((0, int(part)) if part.isdecimal() else (1, part) for part in parts if part)


class MediaFolder:
    """The files directly in one folder, without hidden ones. None: the office has no media."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        # The name, time and size of each file when `_unshown` was found out.
        self._judged_files: frozenset[tuple[str, int, int]] = frozenset()
        self._unshown: tuple[str, ...] = ()

    def scan(self) -> tuple[Medium, ...]:
        """Return the pictures and films in the folder now.

        Raises:
            UserError: the folder is not there or cannot be read.
        """
        if self._folder is None:
            return ()
        media = map(self._medium, files_in(self._folder))
        return tuple(medium for medium in media if medium is not None)

    def unshown(self) -> tuple[str, ...]:
        """Return the names of the files that cannot be shown, or of the folder if it cannot be read.

        Each file is opened again only once a file has come, gone or changed.
        """
        if self._folder is None:
            return ()
        try:
            facts = [(path.name, path.stat()) for path in files_in(self._folder)]
            files = frozenset((name, stat.st_mtime_ns, stat.st_size) for name, stat in facts)
            if files != self._judged_files:
                self._unshown, self._judged_files = unshown(self._folder), files
        except (UserError, OSError):
            return (str(self._folder),)
        return self._unshown

    def _medium(self, path: Path) -> Medium | None:
        kind = kind_of(path)
        if kind is None:
            return None
        try:
            facts = path.stat()
        except OSError as error:
            log.warning("media file passed over: %s", error)
            return None
        return Medium(path, kind, facts.st_mtime_ns, facts.st_size)


def open_picture(medium: Medium, room: QSize) -> QImage | None:
    """Return the picture no larger than `room`, turned as the camera says; None when it cannot be read."""
    reader = picture_reader(medium.path)
    if reader is None:
        log.warning("picture passed over: %s: no picture, or too large a one", medium.path.name)
        return None
    size = reader.size()
    # Scaled while it is decoded: JPEG reads an eighth of the data then, and the whole picture is never in
    # memory.
    turned = bool(reader.transformation() & _QUARTER_TURN)
    # The reader scales before it turns the picture as the camera says.
    limit = room.transposed() if turned else room
    if size.width() > limit.width() or size.height() > limit.height():
        reader.setScaledSize(size.scaled(limit, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        log.warning("picture passed over: %s: %s", medium.path.name, reader.errorString())
        return None
    return image


class Playlist:
    """The list that goes round the folder's files by name; files come and go while it runs.

    A file that cannot be shown is left out until it is replaced by another version of itself.
    """

    def __init__(self) -> None:
        self._files: tuple[Medium, ...] = ()
        self._broken: set[Medium] = set()
        self._current: Medium | None = None

    @property
    def current(self) -> Medium | None:
        """The medium that is on now; None while there is nothing to show."""
        return self._current

    @property
    def broken(self) -> frozenset[str]:
        """The names of the files that are left out."""
        return frozenset(medium.path.name for medium in self._broken)

    def update(self, files: Iterable[Medium]) -> bool:
        """Take the folder as it is now; return whether the medium that is on has gone from it."""
        self._files = tuple(sorted(files, key=lambda medium: medium.order))
        self._broken &= set(self._files)
        return self._current is not None and self._current not in self._files

    def next(self) -> Medium | None:
        """Go on to the next file that can be shown."""
        usable = [medium for medium in self._files if medium not in self._broken]
        current = self._current
        later = [medium for medium in usable if current is not None and medium.order > current.order]
        self._current = next(iter(later or usable), None)
        return self._current

    def drop(self, medium: Medium) -> None:
        """Leave out `medium`, which cannot be shown."""
        self._broken.add(medium)

    def forgive(self) -> None:
        """Allow the files that could not be shown again: the folder was out of reach meanwhile."""
        self._broken.clear()
