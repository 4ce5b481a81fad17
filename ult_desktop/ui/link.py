"""The link of a window to its office: ask, read, be told. The one refresh path of every mode."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal
from uuid_utils import uuid7

from ult_desktop import __version__
from ult_desktop.config import Sync
from ult_desktop.core.asks import Ask
from ult_desktop.core.roles import Actor
from ult_desktop.db import office as office_row
from ult_desktop.db.failures import Outage
from ult_desktop.db.office import OfficeRow
from ult_desktop.db.stations import Presence
from ult_desktop.errors import UserError
from ult_desktop.i18n import _
from ult_desktop.operations.office import Office
from ult_desktop.ui.sync import OfficeSync
from ult_desktop.ui.tasks import OFFLINE_AFTER, RECONNECTING_AFTER, Connection, Tasks

log = logging.getLogger(__name__)
T = TypeVar("T")
HEARTBEAT_MS = 30_000
LOOK_MS = 500
REOPEN_MS = 2_000


class StationPlace(NamedTuple):
    """Where this station's office lies and what it is called there."""

    database: Path
    journal: Path
    name: str
    mode: str
    sync: Sync


class OfficeLink(QObject):
    """What a window holds instead of a store. Nothing here waits for the share.

    Signals:
        changed: something happened in the office, here or elsewhere: read your board again.
        connection_changed: the share answers, is slow, or is gone (a `Connection`).
        refused: a UserError that nobody else took.
    """

    changed = Signal()
    connection_changed = Signal(object)
    refused = Signal(object)

    def __init__(self, place: StationPlace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._sync: OfficeSync | None = None
        self._lost = False
        self._closed = False
        self._presence = Presence(
            name=place.name, mode=place.mode, version=__version__, boot=str(uuid7()), seen_at=0
        )
        self.actor = Actor(station=place.name)
        self.connection = Connection.RECONNECTING
        self._zone: tzinfo | None = None
        self._tasks = Tasks(partial(_open_office, place), self)
        self._tasks.refused.connect(self.refused)
        self._heart = QTimer(self, interval=HEARTBEAT_MS)
        self._heart.timeout.connect(self._beat)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._look_at_connection)
        self._look.start()
        self._open()

    def now(self) -> datetime:
        """This PC's time, in the office's zone as soon as that is known."""
        return datetime.fromtimestamp(time.time(), UTC).astimezone(self._zone)

    def perform(
        self,
        ask: Ask,
        then: Callable[[Any], None] | None = None,
        refused: Callable[[UserError], None] | None = None,
    ) -> None:
        """Have `ask` carried out by whoever is signed in; one of the continuations follows.

        While the share is gone it is refused at once, so that nothing happens behind people's backs later.
        """
        if self.connection is Connection.OFFLINE:
            (refused or self.refused.emit)(_cut_off())
            return
        self._tasks.run(partial(_perform, ask, self.actor), then, refused)

    def read(self, what: Callable[[Office], T], then: Callable[[T], None]) -> None:
        """Fetch a snapshot. While the share is gone nothing comes, and `changed` follows when it is back."""
        self._tasks.run(what, then, self._reading_failed)

    def sign_in(
        self,
        login: str,
        password: str,
        then: Callable[[Actor], None],
        refused: Callable[[UserError], None],
    ) -> None:
        def signed_in(actor: Actor) -> None:
            self.actor = actor
            then(actor)

        self._tasks.run(partial(_sign_in, login, password), signed_in, refused)

    def sign_out(self) -> None:
        self.actor = Actor(station=self._place.name)

    def report(self, **states: str) -> None:
        """Tell the other stations of this one's `printer` or `voice`; they see it at once."""
        changed = msgspec.structs.replace(self._presence, **states)
        if changed != self._presence:
            self._presence = changed
            if self._sync is not None:
                self._beat()

    def close(self) -> None:
        self._closed = True
        self._heart.stop()
        self._look.stop()
        if self._sync is not None:
            self._sync.close()
        self._tasks.close()

    def _open(self) -> None:
        if not self._closed:
            self._tasks.run(_identity, self._opened, self._not_opened)

    def _opened(self, office: OfficeRow) -> None:
        self._zone = office.settings.office.zone
        self._sync = OfficeSync(self._place.database, office.uid, self._place.sync, self)
        self._sync.changed.connect(self.changed)
        self._sync.reachable.connect(self._on_reachable)
        self._tasks.run(partial(_announce_with, self._sync.announce))
        self._beat()
        self._heart.start()
        self._look_at_connection()
        self.changed.emit()

    def _not_opened(self, error: UserError) -> None:
        log.warning("the office cannot be opened: %s", error)
        self._lost = True
        self._look_at_connection()
        if not isinstance(error, Outage):
            self.refused.emit(error)
        QTimer.singleShot(REOPEN_MS, self, self._open)

    def _beat(self) -> None:
        """Keep the station's row; a beat that finds the worker still busy is left out."""
        if self._tasks.busy_since is None:
            self._tasks.run(partial(_report, self._presence), None, self._reading_failed)

    def _reading_failed(self, error: UserError) -> None:
        log.warning("%s", error)
        if isinstance(error, Outage):
            self._lost = True
            self._look_at_connection()
        else:
            self.refused.emit(error)

    def _on_reachable(self, reached: bool) -> None:
        came_back = self._lost and reached
        self._lost = not reached
        self._look_at_connection()
        if came_back:
            self.changed.emit()

    def _look_at_connection(self) -> None:
        connection = self._judge()
        if connection is not self.connection:
            self.connection = connection
            self.connection_changed.emit(connection)

    def _judge(self) -> Connection:
        """Rule 10: two seconds without an answer are shown, three are an outage."""
        if self._tasks.connection is Connection.OFFLINE or self._sync is None:
            return Connection.OFFLINE if self._lost or self._sync is not None else Connection.RECONNECTING
        silent = self._sync.silent_s
        if silent >= OFFLINE_AFTER:
            return Connection.OFFLINE
        if self._lost or silent >= RECONNECTING_AFTER:
            return Connection.RECONNECTING
        return self._tasks.connection


def _open_office(place: StationPlace) -> Office:
    return Office(place.database, place.name, place.journal)


def _identity(office: Office) -> OfficeRow:
    return office.read(office_row.load)


def _perform(ask: Ask, actor: Actor, office: Office) -> Any:  # noqa: ANN401  (each ask has its own answer)
    return office.perform(ask, actor)


def _sign_in(login: str, password: str, office: Office) -> Actor:
    return office.sign_in(login, password)


def _announce_with(announce: Callable[[], None], office: Office) -> None:
    office.committed = announce


def _report(presence: Presence, office: Office) -> None:
    offset = office.measure_clock()
    office.report_presence(msgspec.structs.replace(presence, seen_at=office.clock(), clock_offset_ms=offset))


def _cut_off() -> UserError:
    return UserError(
        _("Sambungan ke berkas kantor terputus."),
        _("Semua yang sudah tersimpan tetap aman."),
        _("Program menyambung kembali sendiri; coba lagi sebentar lagi."),
    )
