"""The kiosk's window, which connects pages, office, printer and the exit."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QScreen, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QLayout, QWidget
from typing_extensions import override

from ult_desktop.base import _, use_language
from ult_desktop.base.config import StationConfig
from ult_desktop.core.kiosk_code import KnownTicket
from ult_desktop.core.queue.boards import IssuedTicket
from ult_desktop.core.survey.survey import SurveyMode
from ult_desktop.devices.printer.paper import sample_paper
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.printer.talk import PrintOutcome, PrintResult
from ult_desktop.ui.kiosk.flow.kiosk_flow import KioskFlow
from ult_desktop.ui.kiosk.flow.presenter import Presenter
from ult_desktop.ui.kiosk.flow.wiring import SurveySteps, VisitorSteps, VisitorWait
from ult_desktop.ui.kiosk.frame import pin_page, shell, touches, view_options
from ult_desktop.ui.kiosk.frame.pin_page import PinPage
from ult_desktop.ui.kiosk.frame.touches import FruitlessTouches
from ult_desktop.ui.kiosk.number.paper import Reprints, TicketPrinting
from ult_desktop.ui.kiosk.parts.times import KioskTimes
from ult_desktop.ui.kiosk.speech.guidance import Guidance
from ult_desktop.ui.kiosk.typing.scanner import HomeKeys
from ult_desktop.ui.kiosk.visit import KioskVisit, Screen
from ult_desktop.ui.kit import Column, Theme
from ult_desktop.ui.kit.public_screen import PublicScreen, cover_screen
from ult_desktop.ui.kit.reading_order import move_keyboard
from ult_desktop.ui.office_link.link import StationLink
from ult_desktop.ui.print_service import PrintService

Now = Callable[[], datetime]
_TOUCH_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KioskWindow(QWidget):
    """The window of the kiosk. It fills the screen, and a visitor cannot leave it.

    Args:
        link: the office.
        printing: the printer of this PC.
        theme: colours and sizes; the window fits it to itself.
        config: this station's settings.
        now: the time, aware, in any zone.
        times: the waiting times; tests take shorter ones.

    Signals:
        left: an officer held the corner and knew the PIN; the window is closing.
        attention: a sound calls a visitor who does not look.
    """

    left = Signal()
    attention = Signal()

    def __init__(
        self,
        link: StationLink,
        printing: PrintService,
        theme: Theme,
        config: StationConfig,
        now: Now,
        times: KioskTimes = KioskTimes(),  # noqa: B008  (frozen)
    ) -> None:
        super().__init__()
        self._theme, self._config, self._now, self._times = theme, config, now, times
        self._is_locked = False
        self._front = PublicScreen(
            self, lambda screen: cover_screen(self, theme, screen, config.kiosk.line_mm)
        )
        self._question: object = None
        self.setWindowTitle(_("Kios"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        use_language(config.language)
        view = view_options.View(text_size=int(config.kiosk.large_text))
        self.flow = KioskFlow(link, times, view, self, survey_only=config.kiosk.survey_only)
        self.paper = TicketPrinting(printing, times.printing, self)
        self.reprints = Reprints(printing, times.printing, self)
        self.shell = shell.KioskFrame(theme, self._office_time, times, config.kiosk.exit_pin)
        self.corner = pin_page.ExitCorner(theme, self, times.hold)
        self.touches, self.keys = touches.TouchWatch(self), HomeKeys(self)
        self.lost = FruitlessTouches(times.fruitless, self)
        self.guidance = Guidance(self, self.shell, config.kiosk)
        self.waiting = VisitorWait(self.shell, self.flow, times, config.language)
        self._presenter = Presenter(self.shell, self._office_time, config.kiosk.categories)
        column = Column(theme, self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the words must not decide its size
        column.addWidget(self.shell)
        self._wire(link, printing)
        theme.apply(self)
        self.touches.handle_key = self.guidance.handle_key
        self.touches.handle_touch = self.guidance.handle_touch
        self._show_scene()
        self.shell.setFocus()

    def fill_screen(self, second: QScreen | None = None, *, locked: bool = True) -> None:
        """Cover the screen, or a counter's `second` one.

        `locked`: the window refuses to be closed until an officer leaves it with the PIN.
        """
        self._is_locked = locked
        self.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self._front.hold(second, takes_keys=locked)

    def end_visit(self) -> None:
        """Go home, and reset language and looks to the usual ones."""
        self.guidance.end()
        self.shell.forget()
        self.shell.home.grid.first_page()
        self.paper.leave()
        self.reprints.leave()
        self.survey.forget()
        use_language(self._config.language)
        self.flow.end_visit()
        self._show_scene()

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return move_keyboard(self, forward=next)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.touches.watch(self.windowHandle())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._theme.fit(event.size().width(), event.size().height())
        super().resizeEvent(event)
        self.corner.place()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look up a scanner's code, press the target that arrows led to on Enter, go back on Esc."""
        target = self.focusWidget()
        if self.keys.take_key(event):
            return
        if self.shell.page is self.shell.taken:
            if self.shell.taken.has_paper and event.key() in (*_TOUCH_KEYS, Qt.Key.Key_Escape):
                self.end_visit()
        elif event.key() in _TOUCH_KEYS and isinstance(target, QAbstractButton):
            target.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.flow.back()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_locked:
            event.ignore()
            return
        self.touches.stop()
        self.waiting.patience.stop()
        self.keys.stop()
        self.flow.stop()
        self.survey.forget()
        self.paper.leave()
        self.reprints.leave()
        self.guidance.close()
        super().closeEvent(event)

    def _wire(self, link: StationLink, printing: PrintService) -> None:
        self.flow.changed.connect(self._show_scene)
        self.flow.taken.connect(self._on_taken)
        self.flow.care_changed.connect(self.shell.taken.show_care)
        link.connection_changed.connect(self.shell.show_connection)
        self.shell.show_connection(link.connection)
        self._printing = printing
        printing.sheet_settled.connect(self._show_trial_result)
        printing.state_changed.connect(self.flow.set_printer)
        printing.state_changed.connect(lambda state: link.report(printer=state.value))
        self.paper.news.connect(self.shell.taken.show_paper)
        self.paper.news.connect(self.guidance.read_news)
        self.shell.found.when_built(lambda page: page.reprint_requested.connect(self._reprint))
        self.reprints.changed.connect(self.flow.show_reprint)
        self.touches.touched.connect(self.waiting.begin)
        self.touches.touched.connect(self.lost.touch)
        self.guidance.heard.connect(self.waiting.begin)
        self.guidance.heard.connect(self.shell.taken.begin_again)
        self.lost.lost.connect(self.flow.offer_officer)
        self.flow.changed.connect(self.lost.forget)
        self.shell.moved.connect(self.lost.forget)
        self.guidance.said.connect(self.lost.forget)
        self.flow.summoned.connect(self.attention)
        self.flow.calls.unheard.connect(self.attention)
        self.waiting.attention.connect(self.attention)
        self.touches.arrow.connect(self._move_focus)
        self.corner.held.connect(self._ask_pin)
        self.shell.pin.when_built(self._wire_pin)
        self.shell.summons.when_built(lambda page: page.acted.connect(self.end_visit))
        for over in (self.shell.taken.done, self.shell.notice.acted, self.waiting.over, self.flow.arrived):
            over.connect(self.end_visit)
        self._steps = VisitorSteps(self.shell, self.flow)
        self.keys.scanned.connect(self._steps.look_up_scanned)
        self.keys.digit.connect(self._steps.choose_nth)
        mode = SurveyMode.SCREEN if self._config.kiosk.survey_only else SurveyMode.KIOSK
        self.survey = SurveySteps(self.shell, self.flow, link, mode, self._times.stay)
        self.survey.over.connect(self.end_visit)

    def _wire_pin(self, page: PinPage) -> None:
        page.accepted.connect(self._leave)
        page.trial_wanted.connect(self._print_trial)
        page.guessed.connect(lambda: self.corner.ignore(self._times.guessed))
        page.given_up.connect(self.end_visit)

    def _show_scene(self) -> None:
        view, page_before = self.flow.scene.view, self.shell.page
        self._theme.set_contrast("kontras" if view.high_contrast else "light")
        self._theme.set_text_step(view.text_size)
        self._presenter.show(self.flow.scene)
        question, self._question = self._question, self.flow.scene.question
        if self.shell.page is not None and (self.shell.page is not page_before or question != self._question):
            self.touches.ignore(self._times.deaf)
            self.waiting.begin()
            self.shell.page.setFocus()
            self.guidance.read_new_page()
        else:
            self.guidance.read_news()
        self.corner.raise_()

    def _on_taken(self, issued: IssuedTicket) -> None:
        board = self.flow.scene.board
        if board is not None:
            self.shell.taken.show_number(issued, self.paper.start(issued.ticket, board.office, issued))
            self.guidance.read_new_page()

    def _reprint(self) -> None:
        scene = self.flow.scene
        if scene.board is not None and isinstance(scene.found, KnownTicket):
            self.reprints.begin(scene.found.ticket, scene.board.office)

    def _ask_pin(self) -> None:
        if not self._config.kiosk.exit_pin:
            return  # without a PIN there is no exit: this window has a frame, or is a counter's
        self.shell.pin.page.open()
        self.flow.go(KioskVisit(screen=Screen.PIN))

    def _print_trial(self) -> None:
        """Print a ticket like a visitor's. It has no number, and leaves no trace in the office."""
        board, page = self.flow.scene.board, self.shell.pin.page
        if board is None:
            page.show_trial(_("Kantor belum terhubung. Karcis memuat nama kantor itu."))
        elif not self._printing.has_printer:
            page.show_trial(PrinterState.NONE.word)
        else:
            page.show_trial(_("Mencetak karcis…"))
            label, now = _("COBA"), self._office_time()
            self._printing.print_sheet(sample_paper(board.office, label, _("Karcis percobaan"), now))

    def _show_trial_result(self, result: PrintResult) -> None:
        if self.flow.scene.visit.screen is not Screen.PIN:
            return
        has_failed = result.outcome is PrintOutcome.FAILED
        self.shell.pin.page.show_trial(
            result.state.word if has_failed else _("Karcis percobaan dikirim. Lihat kertasnya.")
        )

    def _leave(self) -> None:
        self._is_locked = False
        self._front.release()
        self.close()
        self.left.emit()

    def show_languages(self) -> None:
        """Offer the languages of the office's folder, which were just loaded.

        At the start of a visit, switch to the station's usual language, which may be one of them.
        """
        if self.flow.scene.visit.is_at_start:
            use_language(self._config.language)
        self._show_scene()

    def _move_focus(self, key: Qt.Key) -> None:
        target = touches.next_target(self, key)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def _office_time(self) -> datetime:
        board = self.flow.scene.board
        return self._now().astimezone(board.office.zone if board else None)
