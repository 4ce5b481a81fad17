"""Where drafts of e-mail go on this PC, and what opens them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.core.online.reply import Reply, mail_draft


@dataclass(frozen=True)
class MailDrafts:
    """`open_file` gives a file to the program that this PC uses for it."""

    folder: Path
    open_file: Callable[[Path], object]


def drafts_of_this_pc() -> MailDrafts:
    downloads = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    return MailDrafts(Path(downloads), _open)


def _open(path: Path) -> object:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def write_draft(folder: Path, name: str, reply: Reply) -> Path:
    """Write the reply as an .eml file; raises UserError when the folder cannot be written."""
    path = folder / f"{name.replace('/', '-')}.eml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(mail_draft(reply))
    except OSError as error:
        raise UserError(
            _("Draf surel {path} tidak dapat ditulis.").format(path=path),
            _("Jawaban yang Anda tulis tetap ada."),
            _("Salin teksnya dan tempel di program surel."),
        ) from error
    return path
