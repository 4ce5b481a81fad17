"""A tab about the visitor who is at the counter now."""

from PySide6.QtGui import QShowEvent
from typing_extensions import override

from ult_desktop.ui.counter.pages.panel import WorkPanel
from ult_desktop.ui.counter.pages.visitor_at_counter import VisitorAtCounter
from ult_desktop.ui.kit.layouts import Column


class VisitTab(WorkPanel):
    """Stands there for as long as somebody is called or served; `now_serving` tells who."""

    now_serving: VisitorAtCounter
    _told = False

    @override
    def lay_out(self) -> Column:
        self.setProperty("kind", "page")
        return Column(self.theme, self, gap=12, margins=(0, 12, 0, 0))

    def show_serving(self, now_serving: VisitorAtCounter) -> None:
        """Another visitor, or the same one after something happened."""
        self.now_serving, self._told = now_serving, True
        if self.isVisible():
            self.refresh()

    @override
    def _look_again(self) -> None:
        """The host reads who is served first, and then tells: `show_serving`."""

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if self._told:
            super().showEvent(event)
