"""The link of a kiosk.

While the share is gone it gives numbers alone, and merges them when the share is back.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer
from typing_extensions import override
from uuid_utils import uuid7

from ult_desktop.base import UserError
from ult_desktop.base.trouble_log import TroubleLog
from ult_desktop.core import connection
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.command import Answer, Command
from ult_desktop.core.offline import OfficeSnapshot, offline_board
from ult_desktop.core.queue import boards, commands
from ult_desktop.db.offline_numbers import OfflineJournal
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.offline import offline_kiosk, offline_upload
from ult_desktop.ui.office_link import link_monitor, station_setup
from ult_desktop.ui.office_link.link import Job, OfficeLink
from ult_desktop.ui.office_link.offline_upload import OfflineUpload
from ult_desktop.ui.office_link.tasks import Tasks

log = logging.getLogger(__name__)
_GONE = (ShareUnreachable, *link_monitor.NO_WRITING)


@dataclass(frozen=True, eq=False)
class PendingNumber:
    """A number asked of the share under `request`, and who hears of it; `at` is `time.monotonic()`."""

    command: commands.IssueTicket
    request: str
    at: float
    then: Callable[[Any], object]
    refused: Callable[[UserError], None]

    @property
    def is_late(self) -> bool:
        """Return whether the request was not tried at all any more.

        It was queued behind something that hung.
        """
        return time.monotonic() - self.at > connection.OUTAGE_AFTER


class KioskLink(OfficeLink):
    """The link of a kiosk.

    Its window sees a link that is never gone while the kiosk knows enough of the office to give numbers.

    While cut off, `connection` is RECONNECTING, the board comes from the last snapshot of the office if that
    is recent, and a number from this kiosk's own series. When the share is back the connection is ONLINE only
    after those numbers are merged: any reader then sees them.

    One tap, one number: a request that was on its way and is not answered within three seconds is answered
    from here, and what it may still do in the office is withdrawn by the merge.

    Args:
        letter: marks the numbers of this kiosk, if no other kiosk has it.
    """

    def __init__(
        self,
        setup: station_setup.StationSetup,
        letter: str,
        parent: QObject | None = None,
        opening: Callable[[station_setup.StationSetup], Office] = station_setup.open_office,
    ) -> None:
        super().__init__(setup._replace(letter=letter), parent, opening)
        self._seen: OfficeSnapshot | None = None
        self._was_cut = self._looking = False
        self._book_troubles = TroubleLog(log)
        self._timeout = QTimer(self, singleShot=True, interval=round(connection.OUTAGE_AFTER * 1000))
        self._timeout.timeout.connect(lambda: self._take_over(self._touch))
        self._handing = OfflineUpload(
            partial(self._write, partial(offline_upload.upload_offline_work, setup.journal)),
            self._may_hand_in,
            self,
        )
        self._handing.done.connect(self._line.look)
        self._touch: PendingNumber | None = None
        self._codes: dict[int, str] = {}
        self._book: Tasks[OfflineJournal] = Tasks(partial(OfflineJournal, setup.journal), self)
        self._book.run(offline_kiosk.load_snapshot, self._remember, self._book_failed)
        self.changed.connect(self._look_again)
        self._line.judged.connect(self._act)

    @property
    def _cut(self) -> bool:
        return self._line.line.is_cut

    @override
    def perform(
        self,
        command: Command[Answer] | Job[Answer],
        then: Callable[[Answer], object] | None = None,
        refused: Callable[[UserError], None] | None = None,
    ) -> None:
        tell = partial(_tell_visitor, refused or self.refused.emit)
        if isinstance(command, commands.IssueTicket):
            self._take(PendingNumber(command, str(uuid7()), time.monotonic(), then or _nobody, tell))
        elif self._cut and self._ground is not None:
            tell(link_monitor.cut_off())
        elif isinstance(command, commands.ReportPaper) and command.ticket_id in self._codes:
            job: Job = partial(offline_kiosk.report_paper, self._codes[command.ticket_id], command.paper)
            super().perform(job, then, tell)
        else:
            super().perform(command, then, tell)

    @override
    def read_board(self, then: Callable[[boards.KioskBoard], None]) -> None:
        """Read the board of the office, or while cut off that of what the kiosk itself knows."""
        ground = self._ground
        if self._cut and ground is not None:
            then(offline_board(ground, offline_kiosk.snapshot_now(ground)))
        else:
            super().read_board(then)

    @override
    def close(self) -> None:
        self._timeout.stop()
        self._handing.stop()
        super().close()
        self._book.close()

    def _take(self, touch: PendingNumber) -> None:
        ground = self._ground
        if self._cut and ground is not None:
            self._give(touch, ground)
            return
        self._touch = touch
        self._timeout.start()
        asked = partial(_issue, touch.command, touch.request)
        super().perform(asked, partial(self._answered, touch), partial(self._not_answered, touch))

    def _answered(self, touch: PendingNumber, issued: boards.IssuedTicket) -> None:
        if self._touch is touch:
            self._touch = None
            self._timeout.stop()
            touch.then(issued)

    def _not_answered(self, touch: PendingNumber, error: UserError) -> None:
        if self._touch is touch and (isinstance(error, _GONE) or touch.is_late):
            self._take_over(touch)
        if self._touch is touch:
            self._touch = None
            self._timeout.stop()
            touch.refused(error)

    def _take_over(self, touch: PendingNumber | None) -> None:
        """Answer a request that got no answer for too long.

        The visitor gets a number from here, and no other.
        """
        ground = self._ground
        if touch is not None and self._touch is touch and ground is not None:
            self._touch = None
            self._timeout.stop()
            self._give(touch, ground, touch.request)

    def _give(self, touch: PendingNumber, ground: OfficeSnapshot, instead_of: str = "") -> None:
        job = partial(
            offline_kiosk.issue_offline, touch.command, ground, ground.letter, self.place.name, instead_of
        )
        self._book.run(job, partial(self._gave, touch), touch.refused)

    def _gave(self, touch: PendingNumber, issued: boards.IssuedTicket) -> None:
        self._handing.add_pending()
        self._codes[issued.ticket.id] = issued.ticket.code
        touch.then(issued)
        self._line.look()

    @property
    def _ground(self) -> OfficeSnapshot | None:
        """The office as last seen, if numbers can be given from it, on a new day too.

        It is None without an own letter, and while the date is in doubt.
        """
        seen = None if self.time_doubt is not None else self._seen
        holds = seen is not None and seen.has_letter and seen.holds(offline_kiosk.snapshot_now(seen))
        return seen if holds else None

    @override
    def _announce(self, error: UserError) -> None:
        """Announce an error, except trouble with the office file.

        A visitor can do nothing about it, and gets a number all the same.
        """
        if not isinstance(error, _GONE) or self._ground is None:
            super()._announce(error)

    @override
    def _more_facts(self, line: connection.LinkHealth) -> connection.LinkHealth:
        return line.stands(alone=self._ground is not None, owes=self._handing.owes)

    def _act(self) -> None:
        """Follow a change in how the share answers."""
        began, self._was_cut = self._cut and not self._was_cut, self._cut
        if began:
            self._take_over(self._touch)
            self.changed.emit()
        self._handing.go()
        if self._seen is None or not (
            self._seen.letter and self._seen.is_of(offline_kiosk.snapshot_now(self._seen))
        ):
            self._look_again()

    def _may_hand_in(self) -> bool:
        return not self._cut and self._sync is not None and not self._closed

    def _look_again(self) -> None:
        if self._looking or self._cut or self._sync is None or self._closed:
            return
        self._looking = True
        self._tasks.run(offline_kiosk.read_snapshot, self._see, self._not_seen)

    def _see(self, seen: OfficeSnapshot) -> None:
        self._looking = False
        if seen != self._seen:
            self._tell_of_letter(seen)
            self._seen = seen
            self._book.run(partial(offline_kiosk.store_snapshot, seen), self._book_kept, self._book_failed)

    def _tell_of_letter(self, seen: OfficeSnapshot) -> None:
        """Report, once, that another kiosk has this kiosk's letter."""
        if self._seen is None or self._seen.letter != seen.letter:
            try:
                offline_kiosk.require_letter(seen)
            except UserError as error:
                log.warning("%s", error)
                self.refused.emit(error)

    def _not_seen(self, _error: UserError) -> None:
        """Note the end of a failed look at the office; the connection itself reports the failure."""
        self._looking = False

    def _remember(self, kept: offline_kiosk.StoredSnapshot) -> None:
        self._seen = self._seen or kept.seen
        if kept.owes:
            self._handing.add_pending()
        self._line.look()

    def _book_kept(self, _nothing: object) -> None:
        self._book_troubles.stand({})

    def _book_failed(self, error: UserError) -> None:
        """Log that the offline book failed; without it the kiosk works as long as the share does."""
        self._book_troubles.stand({"the kiosk's own journal": error})


def _issue(command: commands.IssueTicket, request: str, office: Office, by: Actor) -> boards.IssuedTicket:
    return office.perform(command, by, request)


def _tell_visitor(tell: Callable[[UserError], None], error: UserError) -> None:
    """Report to a visitor an error that only IT can repair as a lost connection; the log has the details."""
    tell(link_monitor.cut_off() if isinstance(error, link_monitor.NO_WRITING) else error)


def _nobody(_issued: object) -> None:
    pass
