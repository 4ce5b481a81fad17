"""The monitor of the link.

It feeds the machine of `core.connection` with events of the station, and reports its verdict.
"""

import logging
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from ult_desktop.base import UserError, _
from ult_desktop.base.trouble_log import TroubleLog
from ult_desktop.core.connection import LinkHealth
from ult_desktop.db.store.errors import ShareUnreachable, WritesBlocked
from ult_desktop.db.store.moved import OfficeMoved
from ult_desktop.db.store.server_address import is_server
from ult_desktop.operations.office.office import AnotherOffice
from ult_desktop.operations.time_watch import TimeDoubt

log = logging.getLogger(__name__)
LOOK_MS = 250  # between two judgements
OUTAGE = "the office is out of reach"
# The file can be read, and must not be written. `TimeDoubt` is among them, and so is
# `OfficeMoved`: both are a `WritesBlocked`.
NO_WRITING = (AnotherOffice, WritesBlocked)


class LinkMonitor(QObject):
    """The monitor of how the share answers, one for each window.

    Args:
        overdue: returns the seconds for which an answer has been awaited; a hang gives no error.

    Attributes:
        add_facts: adds to the `LinkHealth` what only this kind of station knows.

    Signals:
        changed: another `Connection` is to be shown.
        judged: the connection was judged again, whether it changed or not.
        ticked: sent four times a second, after the connection was judged.
        moved: the office lies elsewhere; sent each time an error says so.
    """

    changed = Signal(object)
    judged = Signal()
    ticked = Signal()
    moved = Signal()

    def __init__(self, overdue: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._overdue_s = overdue
        self.add_facts: Callable[[LinkHealth], LinkHealth] = lambda health: health
        self._failing_since: float | None = None
        self.health = LinkHealth()
        self.trouble: UserError | None = None
        self.connection = self.health.connection
        self._outages = TroubleLog(log)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.judge)
        self._timer.timeout.connect(self.ticked)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def note(self, trouble: UserError | None) -> None:
        """Note that a write or an opening failed with `trouble`, or went through (None).

        A doubt of the time outlives an outage, since only a write ends it. Meanwhile the link is barred, and
        that is shown as the outage would be.
        """
        if isinstance(trouble, ShareUnreachable) and isinstance(self.trouble, TimeDoubt):
            trouble = self.trouble
        self.trouble = trouble
        if trouble is None:
            self._take(self.health.after_write())
        else:
            # The failing time counts from the beginning of the wait that `trouble` ended, not from the error.
            began = time.monotonic() - self.health.silent_s
            self._failing_since = began if self._failing_since is None else min(began, self._failing_since)
            self._take(
                self.health.after_refused_write()
                if isinstance(trouble, NO_WRITING)
                else self.health.after_failed_write()
            )
        if isinstance(trouble, OfficeMoved):
            self.moved.emit()

    def note_failure(self, error: UserError) -> None:
        """Take a failure into account if it says something about the share."""
        if isinstance(error, (ShareUnreachable, *NO_WRITING)):
            self.note(error)

    def note_write(self, before: UserError | None, error: UserError | None) -> None:
        """Note how a write ended; `before` was the trouble when the write began.

        Only a write proves that the file is in its place: an open handle still reads a file that was moved.
        A success does not end a ban on writing that came after the write began.
        """
        if error is not None:
            self.note_failure(error)
        elif self.trouble is before or not isinstance(self.trouble, NO_WRITING):
            self.note(None)

    def note_reading(self, is_reachable: bool) -> None:
        """Note that the watcher read the file, or could not.

        A reading ends an outage, also one that a failed write reported: the next write shows whether the file
        is in its place. It does not end a ban on writing.
        """
        if not isinstance(self.trouble, NO_WRITING):
            self.trouble = None if is_reachable else self.trouble or cut_off_error()
        self._take(self.health.after_read() if is_reachable else self.health.after_failed_read())

    def judge(self) -> None:
        """Judge the connection again: time went by, or what this kind of station knows has changed."""
        self._take(self.health)

    def why_not(self) -> UserError:
        """Return the error with which requests to the office are refused now."""
        return self.trouble if isinstance(self.trouble, NO_WRITING) else cut_off_error()

    def _take(self, health: LinkHealth) -> None:
        self.health = self.add_facts(health.with_silence(max(self._overdue_s(), self._failing_s())))
        if self.health.connection is not self.connection:
            self.connection = self.health.connection
            self.changed.emit(self.connection)
        self._outages.update({OUTAGE: self.trouble or "no answer"} if self.health.is_cut else {})
        self.judged.emit()

    def _failing_s(self) -> float:
        """Return the seconds since errors began.

        A share that gives errors at once keeps nobody waiting. Its errors count as silence, so that they too
        become an outage.
        """
        if self.trouble is None:
            self._failing_since = None
            return 0.0
        now = time.monotonic()
        if self._failing_since is None:
            self._failing_since = now
        return now - self._failing_since


class NotTried(UserError):
    """The refusal while the share is gone.

    The request was not even tried, and may be made again as it was.
    """


def is_outage(error: UserError) -> bool:
    """Return whether the office could not be asked, so that the error does not answer the request."""
    return isinstance(error, (ShareUnreachable, NotTried, *NO_WRITING))


def no_answer_error() -> ShareUnreachable:
    """Return the error for a request that takes too long: whether it was carried out is not known yet."""
    return ShareUnreachable(
        _("Folder bersama tidak menjawab; belum diketahui apakah permintaan tadi tersimpan."),
        _("Program mencari tahu sendiri; semua yang sudah tersimpan tetap aman."),
        _("Tunggu sampai tersambung lagi, lihat papan, dan ulangi hanya bila belum terjadi."),
    )


def not_opened_error(office: Path) -> ShareUnreachable:
    """Return the error for an office that is being opened: a share that hangs gives no error itself."""
    words = _("{path} belum menjawab.")
    if is_server(office):
        return ShareUnreachable(
            words.format(path=office.stem), todo=_("Periksa alamatnya, kabel jaringan, dan server.")
        )
    return ShareUnreachable(
        words.format(path=office), todo=_("Periksa alamatnya dan apakah folder bersama tersambung.")
    )


def cut_off_error() -> NotTried:
    return NotTried(
        _("Sambungan ke data kantor terputus."),
        _("Semua yang sudah tersimpan tetap aman."),
        _("Program menyambung kembali sendiri; coba lagi sebentar lagi."),
    )
