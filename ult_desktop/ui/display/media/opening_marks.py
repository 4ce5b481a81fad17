"""Films that ended the program as they were opened: a decoder may crash, and the display starts anew."""

import logging
from contextlib import suppress
from pathlib import Path

import msgspec

from ult_desktop.ui.display.media.media_folder import Medium

MOST_TRIES = 2
MOST_MARKS = 100

log = logging.getLogger(__name__)


class OpeningMark(msgspec.Struct, frozen=True):
    """A file, as it was, whose opening began; one stands for each opening that did not come to its end."""

    path: str
    changed: int
    size: int


class OpeningMarks:
    """Kept in one small file on this PC's own disk. Belongs to the thread that reads files.

    Args:
        place: of that file; what cannot be read or written there counts as nothing.
    """

    def __init__(self, place: Path) -> None:
        self._place = place

    def begin(self, medium: Medium) -> bool:
        """Before a film is opened; False when it ended the program twice, and has not changed since."""
        mark, marks = _mark_of(medium), self._read()
        if marks.count(mark) >= MOST_TRIES:
            return False
        same = [each for each in marks if each.path != mark.path or each == mark]
        self._write([*same, mark])
        return True

    def over(self, medium: Medium) -> None:
        """It plays, or was refused: the program lives."""
        mark, marks = _mark_of(medium), self._read()
        if mark in marks:
            self._write([each for each in marks if each != mark])

    def _read(self) -> list[OpeningMark]:
        with suppress(OSError, msgspec.DecodeError, UnicodeDecodeError):
            return msgspec.json.decode(self._place.read_bytes(), type=list[OpeningMark])
        return []

    def _write(self, marks: list[OpeningMark]) -> None:
        try:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            self._place.write_bytes(msgspec.json.encode(marks[-MOST_MARKS:]))
        except OSError as error:
            log.warning("%s: %s", self._place, error)


def _mark_of(medium: Medium) -> OpeningMark:
    return OpeningMark(str(medium.path), medium.changed, medium.size)
