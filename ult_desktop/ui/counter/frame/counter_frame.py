"""What stands around every page of the counter: banner, pages, status bar, short messages."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from ult_desktop.base.i18n import _
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue.boards import CounterBoard
from ult_desktop.ui.counter.frame.cut_off_banner import CutOffBanner
from ult_desktop.ui.counter.frame.device_words import printer_words, voice_words
from ult_desktop.ui.kit.connection_notices import ConnectionNotices
from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.clock import Now
from ult_desktop.ui.kit.widgets.status_bar import StatusBar
from ult_desktop.ui.kit.widgets.toast import Toast


class CounterFrame(QWidget):
    """The window's whole inside; pages are put into it and taken out again."""

    def __init__(self, theme: Theme, now: Now) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.banner = CutOffBanner(theme, now)
        self.pages = QStackedWidget()
        self.status = StatusBar(theme, now)
        self.toast = Toast(theme, self)
        self.toast.setProperty("overlay", True)
        self.news = ConnectionNotices(self)
        column = Column(theme, self)
        column.addWidget(self.banner)
        column.addWidget(self.pages, 1)
        column.addWidget(self.status)

    def show_page(self, page: QWidget) -> bool:
        """Bring `page` to the front; True when it was not there before and was taken in."""
        is_new = self.pages.indexOf(page) < 0
        if is_new:
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        return is_new

    def remove_page(self, page: QWidget) -> None:
        self.pages.removeWidget(page)
        page.deleteLater()

    def show_connection(self, connection: Connection) -> None:
        """Also in the boxes over this window, which may cover banner and status bar."""
        self.status.show_link(connection)
        self.banner.show_connection(connection)
        words = _("Terputus dari berkas bersama; yang diketik tidak hilang.")
        self.news.tell(words if self.banner.is_cut else "")

    def show_devices(self, board: CounterBoard) -> None:
        printer, voice = printer_words(board.stations), voice_words(board.stations)
        self.status.show_printer(printer.text, ready=printer.ready)
        self.status.show_note(voice.text, "ok" if voice.ready else "warn")
