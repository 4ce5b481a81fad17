"""Everything the kiosk's screen depends on, in one frozen record."""

from dataclasses import dataclass, field

from ult_desktop.core.boards import IssuedTicket, KioskBoard, Openness, ServiceLine
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.errors import UserError
from ult_desktop.ui.kiosk.notices import Notice, cut_off, not_open, refused, starting, taking
from ult_desktop.ui.kiosk.view_options import View
from ult_desktop.ui.kiosk.visit import Screen, Visit


@dataclass(frozen=True)
class Scene:
    """What is known now.

    Args:
        board: the office as last read; None before the first reading.
        connected: the share answers.
        slow: a number was asked for and does not come.
        issued: the number on the screen.
        error: why no number was given.
        printer: as the printer last reported itself; None before that.
    """

    board: KioskBoard | None = None
    connected: bool = True
    slow: bool = False
    visit: Visit = field(default_factory=Visit)
    view: View = field(default_factory=View)
    issued: IssuedTicket | None = None
    error: UserError | None = None
    printer: PrinterState | None = None

    @property
    def notice(self) -> Notice | None:
        """What stands in the way of the visitor's page, if anything does."""
        if self.board is None:
            return starting() if self.connected else cut_off()
        if not self.connected:
            return cut_off()
        if self.slow:
            return taking()
        if self.visit.screen is Screen.REFUSED and self.error is not None:
            return refused(self.error)
        if self.board.opening.state is not Openness.OPEN:
            return not_open(self.board.opening, self.board.office)
        return None

    def line(self, service_id: int | None) -> ServiceLine | None:
        lines = self.board.lines if self.board else ()
        return next((line for line in lines if line.service.id == service_id), None)
