"""A PC that opens files: which ones."""

from pathlib import Path

from PySide6.QtCore import QUrl


class OpenedFiles(list[Path]):
    """The opened files, in place of `QDesktopServices.openUrl`."""

    def __call__(self, url: QUrl) -> bool:
        self.append(Path(url.toLocalFile()))
        return True
