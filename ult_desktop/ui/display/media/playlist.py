"""What the media panel shows next, out of what lies in the folder now."""

from collections.abc import Iterable

from ult_desktop.ui.display.media.media_folder import Medium


class Playlist:
    """Goes round the folder's files by name; files come and go while it runs.

    A file that cannot be shown is left out until it is replaced by another version of itself.
    """

    def __init__(self) -> None:
        self._files: tuple[Medium, ...] = ()
        self._broken: set[Medium] = set()
        self._current: Medium | None = None

    @property
    def current(self) -> Medium | None:
        """What is on now; None while there is nothing to show."""
        return self._current

    def update(self, files: Iterable[Medium]) -> bool:
        """The folder as it is now; True when what is on now has gone from it."""
        self._files = tuple(sorted(files, key=lambda medium: medium.order))
        self._broken &= set(self._files)
        return self._current is not None and self._current not in self._files

    def next(self) -> Medium | None:
        """Go on to the next file that can be shown."""
        usable = [medium for medium in self._files if medium not in self._broken]
        here = self._current
        later = [medium for medium in usable if here is not None and medium.order > here.order]
        self._current = next(iter(later or usable), None)
        return self._current

    def drop(self, medium: Medium) -> None:
        """`medium` cannot be shown."""
        self._broken.add(medium)

    def forgive(self) -> None:
        """Try the files that could not be shown once more (the folder was away)."""
        self._broken.clear()
