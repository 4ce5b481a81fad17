"""The parts of Kesehatan that a window shows without being asked: red lines, deadlines to be moved."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.office.commands import FollowDays
from ult_desktop.core.stamps import MINUTE_MS
from ult_desktop.operations.health.board import count_red
from ult_desktop.operations.office.deadlines import MovedDeadline, describe_moved, find_outdated_deadlines
from ult_desktop.ui.counter.pages import Fetching, PageHost
from ult_desktop.ui.kit import dialogs, widgets


class HealthWatch(QObject):
    """The watch that counts the red lines of Kesehatan, at most once a minute, for an admin alone.

    The pill owns the watch. The next officer's watch replaces it.

    Args:
        host: access to the office for the signed-in officer.
        pill: shows how many lines are red; hidden while none is.
    """

    def __init__(self, host: PageHost, pill: widgets.Pill) -> None:
        for earlier in pill.findChildren(HealthWatch):
            earlier.deleteLater()
        super().__init__(pill)
        self._host, self._pill = host, pill
        self._fetching = Fetching(host)
        self._counted_at = 0
        self._show(0)
        if host.actor.may(Permission.MANAGE_OFFICE):
            host.changed.connect(self.refresh)
            self.refresh()

    def refresh(self) -> None:
        if self._host.stamp() - self._counted_at >= MINUTE_MS:
            self._counted_at = self._host.stamp()
            self._fetching.fetch(count_red, self._show)

    def _show(self, red_count: int) -> None:
        words = _("Kesehatan: {n} hal perlu diperbaiki").format(n=red_count) if red_count else ""
        self._pill.show_status(words, "danger", "heart-pulse")
        self._pill.setToolTip(_("Lihat Pengaturan, Kesehatan.") if red_count else "")


def offer_to_move_deadlines(host: PageHost, then: Callable[[], object] = lambda: None) -> None:
    """Ask whether to move open deadlines that a newer program's national holidays change.

    Only an officer who may set the office's days is asked. `then` is called after the move.
    """

    def show(moved: tuple[MovedDeadline, ...]) -> None:
        if not moved:
            return
        message = _("Tenggat dipindahkan.")
        yes = _("Pindahkan"), lambda: host.perform(FollowDays(), lambda _done: then(), message)
        question = _("Hari libur nasional berubah. Pindahkan tenggat?")
        dialogs.ask(host.window, host.theme, question, "\n".join(describe_moved(moved)), yes, _("Nanti"))

    if host.actor.may(Permission.SET_OFFICE):
        host.read(find_outdated_deadlines, show)
