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
from ult_desktop.ui.office_link import link_monitor
from ult_desktop.ui.office_link.link import Job, OfficeLink, Refused
from ult_desktop.ui.office_link.link_monitor import is_outage
from ult_desktop.ui.office_link.offline_upload import OfflineUpload
from ult_desktop.ui.office_link.tasks import Request, Tasks

log = logging.getLogger(__name__)


@dataclass(eq=False, kw_only=True)
class NumberRequest(Request[IssuedTicket]):
    """A request for a number, with the id under which the log of the office knows it."""

    command: IssueTicket
    id: str


class KioskLink(QObject):
    """The link of a kiosk to its office. Cut off, the kiosk can give numbers of its own series.

    While cut off, with a recent snapshot of the office, `connection` is RECONNECTING, never OFFLINE: the
    board comes from the snapshot, and numbers from this kiosk's own series. When the share is back,
    `connection` is ONLINE only after those numbers are merged, so that every reader sees them.

    One tap gives one number: if the office does not answer a request within three seconds, this kiosk gives
    the number, and the merge withdraws the number that the request may still get in the office.

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
        self._last_snapshot: OfficeSnapshot | None = None  # however old
        self._was_cut = False  # when the monitor last judged the connection
        self._is_reading = False  # a snapshot
        self._journal_troubles = TroubleLog(log)
        self._timeout = QTimer(self, singleShot=True, interval=round(connection.OUTAGE_AFTER * 1000))
        self._timeout.timeout.connect(self._take_over)
        self._upload = OfflineUpload(
            partial(office.write, partial(offline_upload.upload_offline_work, office.setup.journal)),
            lambda: not self._is_cut and office.is_open,
            self,
        )
        self._upload.done.connect(self._monitor.judge)
        self._number_request: NumberRequest | None = None  # of the visitor, while the office is asked for it
        self._office_request: Request[Any] | None = None  # to the office, for that number
        self._codes: dict[int, str] = {}  # of the numbers given here, by the id of the ticket in this kiosk
        self._journal: Tasks[OfflineJournal] = Tasks(partial(OfflineJournal, office.setup.journal), self)
        self._journal.run(offline_kiosk.load_snapshot, self._on_stored_snapshot, self._on_journal_error)
        self._monitor.add_facts = self._add_own_facts
        self.changed.connect(self._read_snapshot)
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
        return self._monitor.health.is_cut

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
            request.refuse(link_monitor.cut_off_error())
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
            self._issue_alone(request, self._snapshot)
            return
        self._number_request = request
        self._timeout.start()
        job = partial(_issue_by_office, request.command, request.id)
        on_answer, on_refused = partial(self._on_answer, request), partial(self._on_refused, request)
        self._office_request = self._office.perform(job, on_answer, on_refused)

    def _on_answer(self, request: NumberRequest, issued: IssuedTicket) -> None:
        if self._number_request is request:
            self._number_request = None
            self._timeout.stop()
            request.answer(issued)

    def _on_refused(self, request: NumberRequest, error: UserError) -> None:
        if self._number_request is request and is_outage(error):
            self._take_over()
        if self._number_request is request:  # not taken over: this kiosk has no snapshot for numbers
            self._number_request = None
            self._timeout.stop()
            request.refuse(error)

    def _take_over(self) -> None:
        """Give the number of a request that the office did not answer in time.

        The visitor gets this number only: the office's later answer is dropped.
        """
        request, snapshot = self._number_request, self._snapshot
        if request is not None and snapshot is not None:
            if self._office_request is not None:  # if it still waits for the worker, it need not begin
                self._office_request.ended.set()
            self._number_request = None
            self._timeout.stop()
            self._issue_alone(request, snapshot, request.id)

    def _issue_alone(self, request: NumberRequest, snapshot: OfficeSnapshot, instead_of: str = "") -> None:
        job = partial(
            offline_kiosk.issue_offline,
            request.command,
            snapshot,
            snapshot.letter,
            self._office.setup.name,
            instead_of,
        )
        self._journal.run(job, partial(self._on_given, request), request.refuse)

    def _on_given(self, request: NumberRequest, issued: IssuedTicket) -> None:
        self._upload.add_pending()
        self._codes[issued.ticket.id] = issued.ticket.code
        request.answer(issued)
        self._monitor.judge()

    @property
    def _snapshot(self) -> OfficeSnapshot | None:
        """The last snapshot, if this kiosk can give numbers from it; it may be of an earlier day.

        None while this kiosk has no letter of its own, or the date is in doubt.
        """
        snapshot = self._last_snapshot
        if snapshot is None or self.time_doubt is not None or not snapshot.has_letter:
            return None
        return snapshot if snapshot.is_recent_at(offline_kiosk.snapshot_now(snapshot)) else None

    def _add_own_facts(self, health: LinkHealth) -> LinkHealth:
        """Add to the state of the link whether this kiosk gives numbers alone, and owes the office some."""
        return health.with_own_work(alone=self._snapshot is not None, owes=self._upload.owes)

    def _on_judged(self) -> None:
        """Follow a change in how the share answers."""
        is_newly_cut = self._is_cut and not self._was_cut
        self._was_cut = self._is_cut
        if is_newly_cut:
            self._take_over()
            self.changed.emit()
        self._upload.start()
        snapshot = self._last_snapshot
        if (
            snapshot is None
            or not snapshot.letter
            or not snapshot.is_same_day(offline_kiosk.snapshot_now(snapshot))
        ):
            self._read_snapshot()

    def _read_snapshot(self) -> None:
        if self._is_reading or self._is_cut or not self._office.is_open:
            return
        self._is_reading = True
        self.read(offline_kiosk.read_snapshot, self._on_snapshot, self._on_no_snapshot)

    def _on_snapshot(self, snapshot: OfficeSnapshot) -> None:
        self._is_reading = False
        if snapshot != self._last_snapshot:
            self._report_taken_letter(snapshot)
            self._last_snapshot = snapshot
            self._journal.run(
                partial(offline_kiosk.store_snapshot, snapshot),
                lambda _nothing: self._journal_troubles.update({}),
                self._on_journal_error,
            )

    def _report_taken_letter(self, snapshot: OfficeSnapshot) -> None:
        """Report, once, that another kiosk has this kiosk's letter."""
        if self._last_snapshot is None or self._last_snapshot.letter != snapshot.letter:
            try:
                offline_kiosk.require_letter(snapshot)
            except UserError as error:
                log.warning("%s", error)
                self.refused.emit(error)

    def _on_no_snapshot(self, _error: UserError) -> None:
        """Note that no snapshot could be read; `connection_changed` reports the reason."""
        self._is_reading = False

    def _on_stored_snapshot(self, stored: offline_kiosk.StoredSnapshot) -> None:
        self._last_snapshot = self._last_snapshot or stored.snapshot
        if stored.has_unmerged:
            self._upload.add_pending()
        self._monitor.judge()

    def _on_journal_error(self, error: UserError) -> None:
        """Log that the kiosk's own journal failed; without it the kiosk works as long as the share does."""
        self._journal_troubles.update({"the kiosk's own journal": error})


def _issue_by_office(command: IssueTicket, request_id: str, office: Office, actor: Actor) -> IssuedTicket:
    with office.patience(connection.OUTAGE_AFTER):  # by then the visitor has a number from here
        return office.perform(command, actor, request_id)
