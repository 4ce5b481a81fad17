"""The kiosk's window: wires pages, office, printer and the way out together."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.config import StationConfig
from ult_desktop.core.boards import IssuedTicket, ServiceLine
from ult_desktop.i18n import language, use_language
from ult_desktop.ui.kiosk.arrows import next_target
from ult_desktop.ui.kiosk.exit_gate import ExitCorner
from ult_desktop.ui.kiosk.flow import KioskFlow
from ult_desktop.ui.kiosk.paper_run import PaperRun
from ult_desktop.ui.kiosk.presenter import Presenter
from ult_desktop.ui.kiosk.shell import Shell
from ult_desktop.ui.kiosk.times import KioskTimes
from ult_desktop.ui.kiosk.touches import Touches
from ult_desktop.ui.kiosk.view_options import View
from ult_desktop.ui.kiosk.visit import Screen
from ult_desktop.ui.layouts import Column
from ult_desktop.ui.link import OfficeLink
from ult_desktop.ui.print_desk import PrintDesk
from ult_desktop.ui.theme import Theme

Now = Callable[[], datetime]


class KioskWindow(QWidget):
    """Full screen, and not to be left by a visitor.

    Args:
        link: the office.
        desk: the printer of this PC.
        theme: colours and sizes; the window fits it to itself.
        config: this station's settings.
        now: the time, aware, in any zone.
        times: shorter ones for tests.

    Signals:
        left: an officer held the corner and knew the PIN; the window is closing.
    """

    left = Signal()

    def __init__(
        self,
        link: OfficeLink,
        desk: PrintDesk,
        theme: Theme,
        config: StationConfig,
        now: Now,
        times: KioskTimes = KioskTimes(),  # noqa: B008  (frozen)
    ) -> None:
        super().__init__()
        self._theme, self._config, self._now, self._times = theme, config, now, times
        self._locked = False
        self.setWindowTitle("ult-desktop")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        use_language(config.language)
        self.flow = KioskFlow(link, times, View(large_text=config.kiosk.large_text), self)
        self.paper = PaperRun(desk, times.printing, self)
        self.shell = Shell(theme, self._office_time, times, config.kiosk.exit_pin)
        self.corner = ExitCorner(theme, self, times.hold)
        self.touches = Touches(self, times.idle)
        self._presenter = Presenter(self.shell, self._office_time, config.kiosk.categories)
        column = Column(theme, self)
        column.addWidget(self.shell)
        self._wire(link, desk)
        theme.apply(self)
        self._show_scene()

    def fill_screen(self) -> None:
        """Cover the screen and refuse to be closed until an officer lets it."""
        self._locked = True
        self.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self.setGeometry(self.screen().geometry())
        self.showFullScreen()

    def _wire(self, link: OfficeLink, desk: PrintDesk) -> None:
        flow, shell = self.flow, self.shell
        flow.changed.connect(self._show_scene)
        flow.taken.connect(self._on_taken)
        desk.state_changed.connect(flow.set_printer)
        desk.state_changed.connect(lambda state: link.report(printer=state.value))
        self.paper.news.connect(shell.taken.show_paper)
        self.touches.idle.connect(self._on_idle)
        self.touches.arrow.connect(self._move_focus)
        self.corner.held.connect(lambda: flow.go(flow.scene.visit.goes_to(Screen.PIN)))
        shell.pin.accepted.connect(self._leave)
        shell.pin.given_up.connect(self._end_visit)
        shell.taken.done.connect(self._end_visit)
        shell.notice.acted.connect(self._end_visit)
        self._wire_pages()

    def _wire_pages(self) -> None:
        flow, shell = self.flow, self.shell
        shell.home.chosen.connect(flow.choose)
        shell.home.info_requested.connect(self._ask_info)
        shell.info.take_requested.connect(self._take_shown)
        shell.grounds.chosen.connect(lambda ground: flow.go(flow.scene.visit.declares(ground)))
        shell.helps.chosen.connect(lambda wanted: flow.go(flow.scene.visit.wants(wanted)))
        shell.options.changed.connect(flow.set_view)
        shell.options.done.connect(self._go_back)
        shell.foot.back_requested.connect(self._go_back)
        shell.foot.options_requested.connect(lambda: flow.go(flow.scene.visit.opens_options()))
        shell.foot.language_requested.connect(self._speak)
        shell.foot.turn_requested.connect(self._turn)
        for bar in (shell.foot.priority_requested, shell.home.priority_requested):
            bar.connect(lambda: flow.go(flow.scene.visit.goes_to(Screen.GROUND)))
