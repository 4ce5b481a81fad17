"""The folder that an office put next to its file: recordings, languages, pictures of signs."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTemporaryDir

from ult_desktop.ui.office_link.tasks import FileWorker


class OfficeFolder(QObject):
    """The copy of such a folder on this PC, as long as this object lives.

    The program reads the copy instead of the share, so that a slow share keeps no visitor waiting.

    Args:
        folder: the folder on the share; if it is not there, `then` is not called.
        then: gets the folder of the copies.
        parent: owns this object.
    """

    def __init__(self, folder: Path, then: Callable[[Path], object], parent: QObject) -> None:
        super().__init__(parent)
        self._then = then
        self._files, self._place = FileWorker(self), QTemporaryDir()
        copies = Path(self._place.path())
        self._files.run(partial(_copy, folder, copies), partial(self._on_copied, copies), lambda _error: None)

    def _on_copied(self, copies: Path, is_there: bool) -> None:
        if is_there:
            self._then(copies)


def _copy(folder: Path, copies: Path) -> bool:
    """Copy the folder; return whether it is there."""
    if not folder.is_dir():
        return False
    shutil.copytree(folder, copies, dirs_exist_ok=True)
    return True
