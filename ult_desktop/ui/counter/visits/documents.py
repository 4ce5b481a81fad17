"""A case's documents: chosen, and opened as clear copies that do not stay on this PC."""

import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ult_desktop.base.i18n import _
from ult_desktop.core.cases.case_views import CaseDocument
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.counter.visits.reading import open_copy
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.actions_row import DetailAction

_PREFIX = "ult-dokumen-"
KEPT_S = 3600.0  # another counter of this PC may just have opened one


def new_folder() -> Path:
    return Path(mkdtemp(prefix=_PREFIX))


def forget_old() -> None:
    """Take away what was opened before this hour; one that a reader still holds goes the next time."""
    for folder in Path(gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # another counter of this PC may have begun to take it away
            if folder.lstat().st_mtime < time.time() - KEPT_S:
                rmtree(folder)


def document_actions(found: tuple[CaseDocument, ...]) -> list[DetailAction]:
    return [DetailAction("documents", _("Buka berkas"), "files")] if found else []


def document_word(each: CaseDocument) -> str:
    return each.title or _("berkas dari {officer}").format(officer=each.officer)


def offer_documents(host: PageHost, found: tuple[CaseDocument, ...]) -> None:
    """The one there is, or the one that is chosen."""

    def chosen(document_id: object) -> None:
        host.perform(partial(open_copy, int(str(document_id)), new_folder()), _show)

    options: list[tuple[str, object]] = [(document_word(each), each.document_id) for each in found]
    if len(options) == 1:
        chosen(options[0][1])
    else:
        dialogs.choose(host.window, host.theme, _("Berkas mana?"), options, chosen)


def _show(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
