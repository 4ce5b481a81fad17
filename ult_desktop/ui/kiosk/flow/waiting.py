"""The waiting time of each page, and the question that is asked before a visit is given up."""

from PySide6.QtCore import QObject, Signal

from ult_desktop.base import language
from ult_desktop.ui.kiosk.flow.kiosk_flow import KioskFlow
from ult_desktop.ui.kiosk.frame.patience import Patience, StillThere, Wait
from ult_desktop.ui.kiosk.frame.shell import KioskFrame
from ult_desktop.ui.kiosk.frame.still_there import StillTherePage
from ult_desktop.ui.kiosk.parts.times import KioskTimes
from ult_desktop.ui.kiosk.visit import Screen

# Pages that only tell, and the officer's own: nobody has to be asked before they go.
_OVER = (Screen.PIN, Screen.THANKS, Screen.SURVEY_DONE)


class VisitorWait(QObject):
    """The waiting times of docs/screens.md, "Kiosk times".

    Signals:
        over: the visitor has gone.
        attention: a sound calls a visitor who does not look.
    """

    over = Signal()
    attention = Signal()

    def __init__(self, shell: KioskFrame, flow: KioskFlow, times: KioskTimes, usual_language: str) -> None:
        super().__init__(flow)
        self._shell, self._flow, self._times = shell, flow, times
        self._usual = (flow.scene.view, usual_language)
        self.patience = Patience(times.grace, self._wait, self)
        self.patience.asked.connect(self._ask)
        self.patience.over.connect(self.over)
        shell.taken.waiting.connect(self.begin)
        shell.still_there.when_made(self._wire)

    def begin(self) -> None:
        """Begin the waiting time again after a tap or a new page.

        The question itself is answered on its own page.
        """
        if self._flow.scene.asking is None:
            self.patience.restart()

    def _wire(self, page: StillTherePage) -> None:
        page.stayed.connect(self._stay)
        page.left.connect(self.over)

    def _wait(self) -> Wait | None:
        scene, shell, idle = self._flow.scene, self._shell, self._times.idle
        if scene.visit.screen is Screen.CALL:
            return Wait(self._times.photo)
        if scene.visit.screen is Screen.TAKEN:
            return None if shell.taken.has_paper else Wait(self._times.photo)
        if scene.holds_answers or shell.has_code:
            return Wait(idle, questions=2)
        as_found = scene.visit.at_start and (scene.view, language()) == self._usual
        return Wait(idle, questions=0 if as_found or scene.visit.screen in _OVER else 1)

    def _ask(self, question: StillThere) -> None:
        self._flow.ask(question)
        self.attention.emit()

    def _stay(self) -> None:
        self._flow.ask(None)
        self.patience.restart()
