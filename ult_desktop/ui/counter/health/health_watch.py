"""A red line of Kesehatan as a pill at every admin's window."""

from PySide6.QtCore import QObject

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.stamps import MINUTE_MS
from ult_desktop.operations.health.board import count_red
from ult_desktop.ui.counter.pages import Fetching, PageHost
from ult_desktop.ui.kit import widgets


class HealthWatch(QObject):
    """The watch that counts the red lines, at most once a minute, for an admin alone.

    It lives with the pill. The next officer's watch replaces it.

    Args:
        host: the officer's.
        pill: shows how many lines are red; hidden while none is.
    """

    def __init__(self, host: PageHost, pill: widgets.Pill) -> None:
        for before in pill.findChildren(HealthWatch):
            before.deleteLater()
        super().__init__(pill)
        self._host, self._pill = host, pill
        self._fetching = Fetching(host)
        self._looked_at = 0
        self._show(0)
        if host.actor.may(Permission.MANAGE_OFFICE):
            host.changed.connect(self.refresh)
            self.refresh()

    def refresh(self) -> None:
        if self._host.stamp() - self._looked_at >= MINUTE_MS:
            self._looked_at = self._host.stamp()
            self._fetching.fetch(count_red, self._show)

    def _show(self, red: int) -> None:
        words = _("Kesehatan: {n} hal perlu diperbaiki").format(n=red) if red else ""
        self._pill.show_status(words, "danger", "heart-pulse")
        self._pill.setToolTip(_("Lihat Pengaturan, Kesehatan.") if red else "")
