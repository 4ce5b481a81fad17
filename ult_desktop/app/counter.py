"""The parts of a counter's PC besides its link: window, drafts, notes, second screen, watched folder.

A counter alone loads this module: it is a third of the program, and 20 MiB that no kiosk or display needs.
"""

from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import structs
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from ult_desktop.base.config import StationConfig
from ult_desktop.base.late import late
from ult_desktop.base.paths import drafts_path
from ult_desktop.core.office.template import OfficeIdentity, OfficeTemplate, ServiceTemplate
from ult_desktop.core.office_time import TimeWitnesses
from ult_desktop.core.online.online_request import OnlineSource
from ult_desktop.core.queue.boards import IssuedTicket
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.devices.printer.paper import ticket_paper
from ult_desktop.operations.office.time_confirming import read_time_witnesses
from ult_desktop.ui.counter.frame.counter_services import CounterServices
from ult_desktop.ui.counter.offline.notes import NoteKeeper
from ult_desktop.ui.counter.pages.page_host import Previews
from ult_desktop.ui.counter.visits import documents
from ult_desktop.ui.counter.window import CounterWindow
from ult_desktop.ui.kit import Theme, forms
from ult_desktop.ui.kit.theme import Contrast
from ult_desktop.ui.office_link.link import OfficeLink
from ult_desktop.ui.office_link.station_setup import StationSetup
from ult_desktop.ui.print_service import PrintService
from ult_desktop.ui.process import close_if_open

if TYPE_CHECKING:
    from ult_desktop.app import previews
    from ult_desktop.ui.counter.online import folder_watch
    from ult_desktop.ui.kiosk import window as kiosk_window
else:
    previews = late("ult_desktop.app.previews")
    folder_watch = late("ult_desktop.ui.counter.online.folder_watch")
    kiosk_window = late("ult_desktop.ui.kiosk.window")


def counter_window(
    link: OfficeLink,
    printing: PrintService,
    theme: Theme,
    config: StationConfig,
    setup: StationSetup,
    closing: ExitStack,
) -> CounterWindow:
    """Return the window, not shown yet; what else runs with it ends with `closing`."""
    drafts = forms.DraftKeeper(drafts_path(setup.name), link.now)
    closing.callback(drafts.close)
    _OldCopiesRemover(link, drafts)
    notes = NoteKeeper(link, setup.journal)
    closing.callback(notes.close)
    services = _counter_services(link, printing, config, setup, drafts, notes)
    window = CounterWindow(link, theme, config, link.now, services)
    printing.sheet_settled.connect(window.tell_of_sheet)
    _show_survey_screen(link, printing, config, closing)
    # Lists of online requests are imported by themselves, if the station names a folder.
    online = config.online
    if online.watched_folder is not None:
        watch = folder_watch.FolderWatch(link, online.watched_folder, OnlineSource(online.source))
        closing.callback(watch.close)
    return window


class _OldCopiesRemover(QObject):
    """The remover of drafts and copies of documents on this PC that are old by the office's time.

    It removes them once, as soon as the office answers and nothing contradicts its time.
    """

    def __init__(self, link: OfficeLink, drafts: forms.DraftKeeper) -> None:
        super().__init__(link)
        self._link, self._drafts = link, drafts
        self._is_done = False
        link.changed.connect(self._ask_time)
        self._ask_time()

    def _ask_time(self) -> None:
        if not self._is_done:
            self._link.read(read_time_witnesses, self._remove)

    def _remove(self, time: TimeWitnesses) -> None:
        self._is_done = time.may_forget()
        self._drafts.forget_old(time)
        documents.remove_old_copies(time)


def _counter_services(
    link: OfficeLink,
    printing: PrintService,
    config: StationConfig,
    setup: StationSetup,
    drafts: forms.DraftKeeper,
    notes: NoteKeeper,
) -> CounterServices:
    def reprint(ticket: Ticket, office: OfficeIdentity) -> None:
        printing.print_ticket(ticket, ticket_paper(ticket, office, reprint=True))

    def print_number(issued: IssuedTicket, office: OfficeIdentity) -> None:
        printing.print_ticket(issued.ticket, ticket_paper(issued.ticket, office, issued=issued))

    has_printer = config.printer.address != "none"
    printing.state_changed.connect(lambda state: link.report(printer=state.value))
    return CounterServices(
        drafts=drafts,
        print_paper=printing.print_sheet if has_printer else None,
        print_number=print_number if has_printer else None,
        reprint=reprint if has_printer else None,
        notes=notes,
        setup=setup,
        previews=Previews(_card_picture, _ticket_picture, _lobby_picture),
    )


def _card_picture(service: ServiceTemplate, contrast: Contrast) -> QPixmap:
    """Draw a service's card.

    This function and the next two import kiosk and display (in `previews`) only when they are called.
    """
    return previews.card_picture(service, contrast)


def _ticket_picture(office: OfficeTemplate, now: datetime) -> QPixmap:
    return previews.ticket_picture(office, now)


def _lobby_picture(office: OfficeTemplate, contrast: Contrast, now: datetime) -> QPixmap:
    return previews.lobby_picture(office, contrast, now)


def _show_survey_screen(
    link: OfficeLink, printing: PrintService, config: StationConfig, closing: ExitStack
) -> None:
    """Show the survey on a second screen, if the settings want it.

    Its window belongs to the counter's own program: one PC writes to a share from one program alone.
    """
    others = [screen for screen in QApplication.screens() if screen is not QApplication.primaryScreen()]
    if not (config.counter.survey_screen and others):
        return
    kiosk = structs.replace(config.kiosk, survey_only=True, line_mm=None)  # measured on the first screen
    size = others[0].geometry().size()
    theme = Theme.for_window("kiosk", size.width(), size.height())
    window = kiosk_window.KioskWindow(link, printing, theme, structs.replace(config, kiosk=kiosk), link.now)
    window.attention.connect(QApplication.beep)
    window.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)  # the counter's window ends the program
    closing.callback(close_if_open, window)
    window.fill_screen(others[0], locked=False)
