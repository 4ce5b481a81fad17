"""A case's documents: chosen, and opened as clear copies that do not stay on this PC."""

import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.cases.case_views import CaseDocument
from ult_desktop.core.office_time import may_forget
from ult_desktop.core.stamps import MINUTE_MS
from ult_desktop.core.visits.document import copy_name
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.personal import read_document
from ult_desktop.reports.files import write_whole
from ult_desktop.ui.counter.pages import PageHost, may_open
from ult_desktop.ui.counter.pages.papers import show_document
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.detail import DetailAction

_PREFIX = "ult-dokumen-"
KEPT_MS = 60 * MINUTE_MS  # a copy stays so long: another counter on this PC may have opened it


def new_folder() -> Path:
    return Path(mkdtemp(prefix=_PREFIX))


def forget_old() -> None:
    """Remove copies opened more than an hour ago; one that another program still holds goes the next time.

    An officer may have written into a copy. So all stay while the newest copy contradicts this PC's clock
    (docs/store.md, rule 17).
    """
    now, opened = time.time_ns() // 1_000_000, dict(_opened())
    if not may_forget(now, max(opened.values(), default=0)):
        return
    for folder, at in opened.items():
        if at < now - KEPT_MS:
            with suppress(OSError):
                rmtree(folder)


def _opened() -> Iterator[tuple[Path, int]]:
    """Yield the folders of copies, and when each was opened (UTC ms)."""
    for folder in Path(gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # another counter on this PC may be removing it
            yield folder, folder.lstat().st_mtime_ns // 1_000_000


def document_actions(host: PageHost, found: tuple[CaseDocument, ...]) -> list[DetailAction]:
    if not found or not may_open(host):
        return []
    offer = partial(offer_documents, host, found)
    return [DetailAction("documents", _("Buka berkas"), "files", offer, is_aside=True)]


def document_word(each: CaseDocument) -> str:
    return each.title or _("berkas dari {officer}").format(officer=each.officer)


def offer_documents(host: PageHost, found: tuple[CaseDocument, ...]) -> None:
    """Open the only document, or the one that is chosen."""
    options = [(document_word(each), each.document_id) for each in found]
    if len(options) == 1:
        open_document(host, options[0][1])
    else:
        dialogs.choose(host.window, host.theme, _("Berkas mana?"), options, partial(open_document, host))


def open_document(host: PageHost, document_id: int) -> None:
    """Show a clear copy in the program that opens such files on this PC."""
    host.perform(partial(_open_copy, document_id, new_folder()), partial(show_document, host))


def _open_copy(document_id: int, folder: Path, office: Office, actor: Actor) -> Path:
    """Write a copy for another program, under nearly its own name. Its content is verified first."""
    document, content = read_document(document_id, office, actor)
    return write_whole(folder / copy_name(document), content)
