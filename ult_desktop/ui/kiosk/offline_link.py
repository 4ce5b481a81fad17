"""The link of a kiosk.

While the share is gone it gives numbers alone, and merges them when the share is back.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer

from ult_desktop.base import UserError
from ult_desktop.base.trouble_log import TroubleLog
from ult_desktop.core import connection
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.command import Answer, Command
from ult_desktop.core.connection import Connection, LinkHealth
from ult_desktop.core.offline import OfficeSnapshot, offline_board
from ult_desktop.core.queue.boards import IssuedTicket, KioskBoard
from ult_desktop.core.queue.commands import IssueTicket, ReportPaper
from ult_desktop.db.offline_numbers import OfflineJournal
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.offline import offline_kiosk, offline_upload
from ult_desktop.operations.request_ids import new_id
from ult_desktop.operations.time_watch import TimeDoubt
from ult_desktop.ui.kiosk.outage_words import is_outage
from ult_desktop.ui.office_link import link_monitor
from ult_desktop.ui.office_link.link import Job, OfficeLink, Refused
from ult_desktop.ui.office_link.offline_upload import OfflineUpload
from ult_desktop.ui.office_link.tasks import Request, Tasks

log = logging.getLogger(__name__)


@dataclass(eq=False, kw_only=True)
class NumberRequest(Request[IssuedTicket]):
    """A request for a number, with the id under which the log of the office knows it."""

    command: IssueTicket
    id: str


class KioskLink(QObject):
    """The link of a kiosk to its office, which never seems gone while the kiosk can give numbers.

    While cut off, `connection` is RECONNECTING, the board comes from the last snapshot of the office if that
    is recent, and a number from this kiosk's own series. When the share is back the connection is ONLINE only
    after those numbers are merged: any reader then sees them.

    One tap gives one number: if the office does not answer a request within three seconds, this kiosk gives
    the number, and the merge withdraws what the request may still do in the office.

    Args:
        office: the link to the office; the kiosk's letter is in its set-up.
    """

    def __init__(self, office: OfficeLink) -> None:
        super().__init__(office)
        self._office, self._monitor = office, office.monitor
        self.changed = office.changed
        self.connection_changed = office.connection_changed
        self.refused = office.refused
        self.read, self.report = office.read, office.report
        self._seen: OfficeSnapshot | None = None  # the last snapshot, however old
        self._was_cut = False  # at the last judgement of the connection
        self._is_looking = False  # a snapshot is being read
        self._journal_troubles = TroubleLog(log)
        self._timeout = QTimer(self, singleShot=True, interval=round(connection.OUTAGE_AFTER * 1000))
        self._timeout.timeout.connect(self._take_over)
        self._upload = OfflineUpload(
            partial(office.write, partial(offline_upload.upload_offline_work, office.place.journal)),
            lambda: not self._is_cut and office.is_open,
            self,
        )
        self._upload.done.connect(self._monitor.look)
        self._number_request: NumberRequest | None = None  # the visitor's,
        self._office_request: Request[Any] | None = None  # and what the office is asked for it
        self._codes: dict[int, str] = {}  # of the numbers given here, by the ticket's id here
        self._journal: Tasks[OfflineJournal] = Tasks(partial(OfflineJournal, office.place.journal), self)
        self._journal.run(offline_kiosk.load_snapshot, self._remember, self._journal_failed)
        self._monitor.more = self._with_own_facts
        self.changed.connect(self._look_again)
        self._monitor.judged.connect(self._on_judged)

    @property
    def connection(self) -> Connection:
        return self._monitor.connection

    @property
    def unopened(self) -> UserError | None:
        return self._office.unopened

    @property
    def time_doubt(self) -> TimeDoubt | None:
        return self._office.time_doubt

    @property
    def _is_cut(self) -> bool:
        return self._monitor.line.is_cut

    def perform(
        self,
        command: Command[Answer] | Job[Answer],
        then: Callable[[Answer], object] | None = None,
        refused: Refused | None = None,
    ) -> Request[Answer]:
        """Perform as the office's link does; while cut off, give a number from here, and refuse the rest."""
        refused = refused or self.refused.emit
        if isinstance(command, IssueTicket):
            done: Callable[[Any], object] | None = then  # mypy takes no `IssuedTicket` for the `Answer`
            number = NumberRequest(done, refused, command=command, id=new_id())
            self._issue(number)
            answered: Request[Any] = number
            return answered
        if self._is_cut and self._snapshot is not None:
            request = Request(then, refused)
            request.refuse(link_monitor.cut_off())
            return request
        if isinstance(command, ReportPaper) and command.ticket_id in self._codes:
            job: Job[Any] = partial(offline_kiosk.report_paper, self._codes[command.ticket_id], command.paper)
            return self._office.perform(job, then, refused)
        return self._office.perform(command, then, refused)

    def read_board(self, then: Callable[[KioskBoard], object]) -> None:
        """Read the board of the office, or while cut off that of what the kiosk itself knows."""
        snapshot = self._snapshot
        if self._is_cut and snapshot is not None:
            then(offline_board(snapshot, offline_kiosk.snapshot_now(snapshot)))
        else:
            self._office.read_board(then)

    def close(self) -> None:
        """End what the kiosk does alone; the link to the office is closed after it."""
        self._timeout.stop()
        self._upload.stop()
        self._journal.close()

    def _issue(self, request: NumberRequest) -> None:
        if self._is_cut and self._snapshot is not None:
            self._give(request, self._snapshot)
            return
        self._number_request = request
        self._timeout.start()
        job = partial(_issue, request.command, request.id)
        answered, refused = partial(self._answered, request), partial(self._not_answered, request)
        self._office_request = self._office.perform(job, answered, refused)

    def _answered(self, request: NumberRequest, issued: IssuedTicket) -> None:
        if self._number_request is request:
            self._number_request = None
            self._timeout.stop()
            request.answer(issued)

    def _not_answered(self, request: NumberRequest, error: UserError) -> None:
        if self._number_request is request and is_outage(error):
            self._take_over()
        if self._number_request is request:
            self._number_request = None
            self._timeout.stop()
            request.refuse(error)

    def _take_over(self) -> None:
        """Answer a request that got no answer for too long.

        The visitor gets a number from here, and no other.
        """
        request, snapshot = self._number_request, self._snapshot
        if request is not None and snapshot is not None:
            if self._office_request is not None:  # what waits behind a report need not be begun any more
                self._office_request.ended.set()
            self._number_request = None
            self._timeout.stop()
            self._give(request, snapshot, request.id)

    def _give(self, request: NumberRequest, snapshot: OfficeSnapshot, instead_of: str = "") -> None:
        job = partial(
            offline_kiosk.issue_offline,
            request.command,
            snapshot,
            snapshot.letter,
            self._office.place.name,
            instead_of,
        )
        self._journal.run(job, partial(self._on_given, request), request.refuse)

    def _on_given(self, request: NumberRequest, issued: IssuedTicket) -> None:
        self._upload.add_pending()
        self._codes[issued.ticket.id] = issued.ticket.code
        request.answer(issued)
        self._monitor.look()

    @property
    def _snapshot(self) -> OfficeSnapshot | None:
        """The office as last seen, if numbers can be given from it, on a new day too.

        It is None without an own letter, and while the date is in doubt.
        """
        seen = self._seen
        if seen is None or self.time_doubt is not None or not seen.has_letter:
            return None
        return seen if seen.is_recent_at(offline_kiosk.snapshot_now(seen)) else None

    def _with_own_facts(self, line: LinkHealth) -> LinkHealth:
        return line.with_own_work(alone=self._snapshot is not None, owes=self._upload.owes)

    def _on_judged(self) -> None:
        """Follow a change in how the share answers."""
        is_newly_cut = self._is_cut and not self._was_cut
        self._was_cut = self._is_cut
        if is_newly_cut:
            self._take_over()
            self.changed.emit()
        self._upload.go()
        seen = self._seen
        if seen is None or not seen.letter or not seen.is_same_day(offline_kiosk.snapshot_now(seen)):
            self._look_again()

    def _look_again(self) -> None:
        if self._is_looking or self._is_cut or not self._office.is_open:
            return
        self._is_looking = True
        self.read(offline_kiosk.read_snapshot, self._on_snapshot, self._on_no_snapshot)

    def _on_snapshot(self, snapshot: OfficeSnapshot) -> None:
        self._is_looking = False
        if snapshot != self._seen:
            self._report_taken_letter(snapshot)
            self._seen = snapshot
            self._journal.run(
                partial(offline_kiosk.store_snapshot, snapshot), self._journal_kept, self._journal_failed
            )

    def _report_taken_letter(self, snapshot: OfficeSnapshot) -> None:
        """Report, once, that another kiosk has this kiosk's letter."""
        if self._seen is None or self._seen.letter != snapshot.letter:
            try:
                offline_kiosk.require_letter(snapshot)
            except UserError as error:
                log.warning("%s", error)
                self.refused.emit(error)

    def _on_no_snapshot(self, _error: UserError) -> None:
        """Note the end of a failed look at the office; the connection itself reports the failure."""
        self._is_looking = False

    def _remember(self, stored: offline_kiosk.StoredSnapshot) -> None:
        self._seen = self._seen or stored.seen
        if stored.owes:
            self._upload.add_pending()
        self._monitor.look()

    def _journal_kept(self, _nothing: object) -> None:
        self._journal_troubles.update({})

    def _journal_failed(self, error: UserError) -> None:
        """Log that the kiosk's own journal failed; without it the kiosk works as long as the share does."""
        self._journal_troubles.update({"the kiosk's own journal": error})


def _issue(command: IssueTicket, request: str, office: Office, by: Actor) -> IssuedTicket:
    with office.patience(connection.OUTAGE_AFTER):  # by then the visitor has a number from here
        return office.perform(command, by, request)
