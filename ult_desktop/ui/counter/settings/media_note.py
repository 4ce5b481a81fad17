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
        self._is_old = False

    def forget(self) -> None:
        """Look at the folder again even if it stays the same one: its files may be others."""
        self._is_old = True

    def look(self, folder: Path | None) -> None:
        """Name the files of this folder, on a thread of its own."""
        if folder == self._folder and not self._is_old:
            return
        self._folder, self._is_old = folder, False
        if folder is None:
            self.say("")
        elif not self._files.is_busy:
            self._files.run(partial(unshown, folder), partial(self._tell, folder), self._pass_over)

    def _tell(self, folder: Path | None, names: tuple[str, ...]) -> None:
        if folder == self._folder:
            self.say(f"{unshown_words(names)} {unshown_advice()}" if names else "")
        else:  # another one was filled in meanwhile
            wanted, self._folder = self._folder, None
            self.look(wanted)

    def _pass_over(self, _error: UserError) -> None:
        """Say nothing of a path that is half typed; the display tells of a folder that is not there."""
        self._tell(self._folder, ())
