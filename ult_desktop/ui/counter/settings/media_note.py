"""The note that names the files which the lobby's screen cannot show."""

from functools import partial
from pathlib import Path

from ult_desktop.base import UserError
from ult_desktop.core.station_health import unshown_advice, unshown_words
from ult_desktop.ui.kit import Theme, panels
from ult_desktop.ui.media_files import unshown
from ult_desktop.ui.office_link.tasks import FileWorker


class MediaNote(panels.Note):
    """The note about the folder that is filled in now; hidden while the screen can show all its files."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "")
        self._files = FileWorker(self)
        self._folder: Path | None = None
        self._must_look_again = False

    def forget(self) -> None:
        """Make the next `look` read the folder even if it is the same one: its files may have changed."""
        self._must_look_again = True

    def look(self, folder: Path | None) -> None:
        """Find and name the files of this folder that the screen cannot show, on a thread of its own."""
        if folder == self._folder and not self._must_look_again:
            return
        self._folder, self._must_look_again = folder, False
        if folder is None:
            self.say("")
        elif not self._files.is_busy:
            self._files.run(partial(unshown, folder), partial(self._show_names, folder), self._ignore_error)

    def _show_names(self, folder: Path | None, names: tuple[str, ...]) -> None:
        if folder == self._folder:
            self.say(f"{unshown_words(names)} {unshown_advice()}" if names else "")
        else:  # another folder was filled in meanwhile
            other, self._folder = self._folder, None
            self.look(other)

    def _ignore_error(self, _error: UserError) -> None:
        """Show nothing: the path may be half typed, and the display reports a folder that is missing."""
        self._show_names(self._folder, ())
