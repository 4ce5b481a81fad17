"""The day's picture, for an officer without a counter."""

from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.queue.boards import HallBoard
from ult_desktop.ui.counter.pages.page import WorkPage
from ult_desktop.ui.counter.queue.day_page import DayPage
from ult_desktop.ui.counter.queue.hall_page import hall_board
from ult_desktop.ui.kit.layouts import Column


class HallDayPage(WorkPage):
    """Reads what at a counter comes with the counter's board."""

    name, icon_name, group = "day", "chart-column", "quality"
    needs = frozenset({Permission.MANAGE_QUEUE, Permission.CLOSE_DAY, Permission.REVIEW_DEVIATIONS})

    @classmethod
    @override
    def title(cls) -> str:
        return _("Hari ini")

    @override
    def lay_out(self) -> Column:
        self.setProperty("kind", "page")
        return Column(self.theme, self)

    @override
    def build(self) -> None:
        self.day = DayPage(self.theme)
        self.body.addWidget(self.day)

    @override
    def refresh(self) -> None:
        self.fetch(hall_board, self._show)

    def _show(self, board: HallBoard) -> None:
        self.day.show_day(board.day)
