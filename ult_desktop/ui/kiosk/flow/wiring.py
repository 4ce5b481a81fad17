"""What each page asks for, and which step of the flow answers it."""

from ult_desktop.core.queue.boards import ServiceQueue
from ult_desktop.core.queue.ticket import Help, PriorityReason
from ult_desktop.ui.kiosk.flow.code_steps import CodeSteps
from ult_desktop.ui.kiosk.flow.kiosk_flow import KioskFlow
from ult_desktop.ui.kiosk.frame.shell import KioskFrame
from ult_desktop.ui.kiosk.visit import Screen

_SCANNING = (Screen.HOME, Screen.INFO, Screen.MORE, Screen.CODE, Screen.FOUND)


class VisitorSteps:
    """Connects the pages that a visitor goes through; the window keeps it as long as itself."""

    def __init__(self, shell: KioskFrame, flow: KioskFlow) -> None:
        self._shell, self._flow = shell, flow
        shell.home.chosen.connect(flow.choose)
        shell.home.info_requested.connect(self._ask_info)
        shell.info.take_requested.connect(self._take_shown)
        shell.grounds.chosen.connect(self._declare)
        shell.helps.chosen.connect(self._want)
        shell.options.changed.connect(flow.set_view)
        shell.options.done.connect(self.back)
        shell.foot.back_requested.connect(self.back)
        shell.foot.options_requested.connect(self._open_options)
        shell.foot.turn_requested.connect(self._turn)
        shell.foot.priority_requested.connect(self._ask_ground)
        shell.home.priority_requested.connect(self._ask_ground)
        self._codes = CodeSteps(shell, flow)

    def look_up_scanned(self, code: str) -> None:
        """Wherever a visitor scans; not while he writes or looks at his new number."""
        scene = self._flow.scene
        if scene.visit.screen in _SCANNING and scene.notice is None:
            self._flow.look_up(code)

    def _ask_info(self, line: ServiceQueue) -> None:
        self._flow.go(self._flow.scene.visit.asks_about(line.service.id))

    def _take_shown(self) -> None:
        service_id = self._flow.scene.visit.service_id
        if service_id is not None:
            self._flow.take(service_id)

    def _ask_ground(self) -> None:
        self._flow.go(self._flow.scene.visit.goes_to(Screen.GROUND))

    def _declare(self, ground: PriorityReason) -> None:
        self._shell.helps.forget()
        self._flow.go(self._flow.scene.visit.declares(ground))

    def _want(self, wanted: tuple[Help, ...]) -> None:
        self._flow.go(self._flow.scene.visit.wants(wanted))

    def back(self) -> None:
        """One step back on the visitor's way."""
        if self._flow.scene.visit.screen is Screen.BOOK and self._flow.keeping.back():
            return
        self._flow.go(self._flow.scene.visit.back())

    def _open_options(self) -> None:
        self._flow.go(self._flow.scene.visit.opens_options())

    def _turn(self, step: int) -> None:
        for page in self._shell.leafed:
            if self._shell.page is page:
                page.grid.turn(step)
