"""A case's documents: chosen, and opened as clear copies that do not stay on this PC."""

from contextlib import suppress
from functools import partial
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.cases.case_views import CaseDocument
from ult_desktop.core.office_time import TimeWitnesses
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
COPY_LIFETIME_MS = 60 * MINUTE_MS  # another counter on this PC may still show a younger copy


def new_copy_folder() -> Path:
    """Create a temporary folder for one clear copy, which `remove_old_copies` recognises by its name."""
    return Path(mkdtemp(prefix=_PREFIX))


def remove_old_copies(time: TimeWitnesses) -> None:
    """Remove copies opened more than an hour ago. A copy that another program still holds stays for now.

    An officer may have written into a copy. So all copies stay while the office's `time` is doubtful. They
    stay too while this PC's clock, which stamped the copies, contradicts the office's time or the newest
    copy (docs/store.md, rule 17).
    """
    opened_at: dict[Path, int] = {}
    for folder in Path(gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # another counter on this PC may be removing it
            opened_at[folder] = folder.lstat().st_mtime_ns // 1_000_000
    # The same question by this PC's clock: the newest copy is its last record, the office's time the witness.
    by_own_clock = TimeWitnesses(now=time.own, log=max(opened_at.values(), default=0), own=time.now)
    if not (time.may_forget() and by_own_clock.may_forget()):
        return
    for folder, at in opened_at.items():
        if at < time.own - COPY_LIFETIME_MS:
            with suppress(OSError):
                rmtree(folder)


def document_actions(host: PageHost, documents: tuple[CaseDocument, ...]) -> list[DetailAction]:
    """Return the action that opens a case's documents; none if there is none or the officer may not."""
    if not documents or not may_open(host):
        return []
    offer = partial(offer_documents, host, documents)
    return [DetailAction("documents", _("Buka berkas"), "files", offer, is_aside=True)]


def describe_document(document: CaseDocument) -> str:
    return document.title or _("berkas dari {officer}").format(officer=document.officer)


def offer_documents(host: PageHost, documents: tuple[CaseDocument, ...]) -> None:
    """Open the only document, or let the officer choose one."""
    options = [(describe_document(document), document.document_id) for document in documents]
    if len(options) == 1:
        open_document(host, options[0][1])
    else:
        dialogs.choose(host.window, host.theme, _("Berkas mana?"), options, partial(open_document, host))


def open_document(host: PageHost, document_id: int) -> None:
    """Write a clear copy, and show it in the program that opens such files on this PC."""
    folder = new_copy_folder()

    def write_copy(office: Office, actor: Actor) -> Path:
        document, content = read_document(document_id, office, actor)  # verifies the content
        return write_whole(folder / copy_name(document), content)

    host.perform(write_copy, partial(show_document, host))
