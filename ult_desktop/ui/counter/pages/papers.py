"""Papers and files that a page prints or saves."""

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from platformdirs import user_documents_path
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ult_desktop.base import UserError, _
from ult_desktop.base.late import late
from ult_desktop.base.paths import file_name
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.figures.report import PeriodReport, ReportPart
from ult_desktop.core.sheet import Sheet
from ult_desktop.db.lock_check.location import synced_by
from ult_desktop.operations.office.office import Office
from ult_desktop.reports.files import write_whole
from ult_desktop.reports.forms import ReportForm, report_bytes, table_bytes
from ult_desktop.ui.counter.pages.page_host import PageHost, PaperKind
from ult_desktop.ui.kit import dialogs

if TYPE_CHECKING:
    from ult_desktop.reports import sheet as sheets
else:
    sheets = late("ult_desktop.reports.sheet")

MakeSheet = Callable[[Office, Actor], Sheet]
MakeTable = Callable[[Office, Actor], ReportPart]

_PRINTER = "printer"


class PaperWay(NamedTuple):
    """A way to put a paper out: the words of the choice, and the function that does it."""

    words: str
    put_out: Callable[[], object]


def offer_paper(host: PageHost, make: MakeSheet, table: MakeTable | None = None) -> None:
    """Ask where to put the sheet, or its `table`. If only a PDF is possible, write it at once.

    The way that was taken last from this PC is offered first.
    """
    ways: dict[str, PaperWay] = {
        ReportForm.PDF: PaperWay(_("Berkas PDF"), partial(save, host, partial(write_pdf, make)))
    }
    if table is not None:
        for form, words in (
            (ReportForm.WORKBOOK, _("Buku kerja Excel")),
            (ReportForm.LIST, _("Daftar (CSV)")),
        ):
            ways[form] = PaperWay(words, partial(save, host, partial(write_table, table, form)))
    if host.can_print:
        printer = {_PRINTER: PaperWay(_("Printer karcis"), lambda: host.perform(make, host.print_paper))}
        # A list is long: the ticket printer is the last thing that is wanted for it.
        ways = printer | ways if table is None else ways | printer
    _choose_way(host, "sheet" if table is None else "list", ways)


def _choose_way(host: PageHost, kind: PaperKind, ways: dict[str, PaperWay]) -> None:
    last_way = host.paper_choices.last(kind)
    warning = ""
    if last_way == _PRINTER and _PRINTER not in ways:
        warning = _("Printer karcis yang terakhir dipakai tidak ada lagi pada komputer ini.")

    def take(name: str) -> None:
        host.paper_choices.keep(kind, name)
        ways[name].put_out()

    if len(ways) == 1 and not warning:
        take(next(iter(ways)))
        return
    question = _("Cetak ke mana?") if kind == "sheet" else _("Cetak, atau simpan sebagai apa?")
    options = [(way.words, name) for name, way in ways.items()]
    dialogs.choose(host.window, host.theme, question, options, take, words=warning, first=last_way)


def choose_days(host: PageHost, question: str, then: Callable[[tuple[date, date]], object]) -> None:
    """Ask for a period: this month, last month, this year, or today. `then` gets its first and last day."""
    today = host.now().date()
    end_of_last_month = today.replace(day=1) - timedelta(days=1)
    options = [
        (_("Bulan ini"), (today.replace(day=1), today)),
        (_("Bulan lalu"), (end_of_last_month.replace(day=1), end_of_last_month)),
        (_("Tahun ini"), (today.replace(month=1, day=1), today)),
        (_("Hari ini"), (today, today)),
    ]
    dialogs.choose(host.window, host.theme, question, options, then)


def write_pdf(make: MakeSheet, office: Office, actor: Actor) -> Path:
    """Write the sheet into `paper_folder()`, on the worker thread, and return its path.

    Raises:
        UserError: the folder cannot be written.
    """
    return write_sheet(make(office, actor))


def write_sheet(sheet: Sheet) -> Path:
    """Write the sheet into `paper_folder()`, and return its path.

    Raises:
        UserError: the folder cannot be written.
    """
    return write_document(f"{sheet.title} {sheet.number}", "pdf", sheets.sheet_pdf(sheet))


def write_table(make: MakeTable, form: ReportForm, office: Office, actor: Actor) -> Path:
    """Write the table into `paper_folder()`, on the worker thread, and return its path.

    Raises:
        UserError: the folder cannot be written, or this PC has no room to make it.
    """
    part = make(office, actor)
    return write_document(part.title, form.suffix, table_bytes(part, form))


def write_document(name: str, suffix: str, content: bytes) -> Path:
    """Write a file of that name into `paper_folder()`, and return its path.

    Raises:
        UserError: the folder cannot be written.
    """
    return write_whole(paper_folder() / file_name(name, suffix), content, with_folder=True)


def paper_folder() -> Path:
    """Return the folder for the files of the job on this thread: as `save` chose it, or a local one."""
    return _FOLDER.get() or _local_folder()


# The folder that the officer chose, for the job that runs on this thread.
_FOLDER: ContextVar[Path | None] = ContextVar("folder", default=None)


def _documents_folder() -> Path:
    return user_documents_path() / "ult-desktop"


def _local_folder() -> Path:
    """Return a folder that no cloud copies: in the account's documents, or next to them if a cloud does."""
    return Path.home() / "ult-desktop" if synced_by(user_documents_path()) else _documents_folder()


def save(host: PageHost, job: Callable[[Office, Actor], Path]) -> None:
    """Write a document with `job`, on the worker thread; say where it is, and offer to open it.

    Where a cloud copies the account's documents, the officer is asked once whether it may copy these too.
    """
    last_choice = host.paper_choices.last("folder")
    if not synced_by(user_documents_path()) or last_choice == "cloud":
        _save_into(_documents_folder(), host, job)
    elif last_choice == "pc":
        _save_into(_local_folder(), host, job)
    else:
        _ask_for_folder(host, job)


def _ask_for_folder(host: PageHost, job: Callable[[Office, Actor], Path]) -> None:
    def take(way: str) -> None:
        host.paper_choices.keep("folder", way)
        save(host, job)

    cloud = synced_by(user_documents_path())
    dialogs.choose(
        host.window,
        host.theme,
        _("Simpan di mana?"),
        [
            (_("Di PC ini saja: {folder}").format(folder=_local_folder()), "pc"),
            (_("Di Dokumen, yang disalin ke awan: {folder}").format(folder=_documents_folder()), "cloud"),
        ],
        take,
        words=_(
            "Folder Dokumen akun ini disalin ke awan ({cloud}), dan berkas kantor dapat memuat data pribadi."
            " Pilihan Anda diingat di PC ini."
        ).format(cloud=cloud),
    )


def _save_into(folder: Path, host: PageHost, job: Callable[[Office, Actor], Path]) -> None:
    def run_job(office: Office, actor: Actor) -> Path:
        token = _FOLDER.set(folder)
        try:
            return job(office, actor)
        finally:
            _FOLDER.reset(token)

    def tell(path: Path) -> None:
        # Of the usual folder the officer sees only its name: "ult-desktop/Karcis.pdf".
        shown_path = path.relative_to(path.parents[1]) if folder == _documents_folder() else path
        offers = [(_("Buka"), partial(show_document, host, path))]
        if synced_by(user_documents_path()):
            # This writes the document once more, into the other folder.
            offers.append((_("Ganti folder"), partial(_ask_for_folder, host, job)))
        host.tell(_("Tersimpan: {label}").format(label=shown_path), offers)

    host.perform(run_job, tell)


MakeReport = Callable[[Office], PeriodReport]


def offer_report(
    host: PageHost,
    options: Sequence[tuple[str, MakeReport, ReportForm]],
    more: Sequence[tuple[str, Callable[[], object]]] = (),
) -> None:
    """Ask which file is wanted. Each of `options`: its words, the function that makes the report, the form.

    `more`: other papers of the same period, each with the function that offers it.
    """
    choices: list[tuple[str, Callable[[], object]]] = [
        (words, partial(save, host, partial(write_report, make, form))) for words, make, form in options
    ]
    dialogs.choose(host.window, host.theme, _("Simpan laporan"), [*choices, *more], lambda chosen: chosen())


def write_report(make: MakeReport, form: ReportForm, office: Office, _actor: Actor) -> Path:
    """Write the report into `paper_folder()`, on the worker thread, and return its path.

    Raises:
        UserError: the folder cannot be written.
    """
    report = make(office)
    name = report.file_words
    if form is ReportForm.POSTER:
        name = _("Poster {report}").format(report=name)
    return write_document(name, form.suffix, report_bytes(report, form))


def show_document(host: PageHost, path: Path) -> None:
    """Open the document in this PC's program for it, which prints it. Say so if there is none."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        host.refuse(
            UserError(
                _("PC ini tidak punya program yang membuka {path}.").format(path=path),
                _("Berkasnya sudah ditulis."),
                _("Pasang program itu, atau buka dari PC lain."),
            )
        )
