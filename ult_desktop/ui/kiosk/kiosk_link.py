"""A kiosk's link: when the share is gone it gives numbers alone, and merges them when it is back."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer
from typing_extensions import override
from uuid_utils import uuid7

from ult_desktop.core import connection
from ult_desktop.core.asks import IssueTicket, ReportPaper
from ult_desktop.core.boards import IssuedTicket
from ult_desktop.core.command import Ask
from ult_desktop.core.connection import Line
from ult_desktop.core.cut_off import OfficeSeen, board_alone
from ult_desktop.core.roles import Actor
from ult_desktop.db.cut_off import CutOffBook
from ult_desktop.db.failures import Outage
from ult_desktop.errors import UserError
from ult_desktop.operations import cut_off
from ult_desktop.operations.handing_in import hand_in
from ult_desktop.operations.office import Office
from ult_desktop.ui.hand_in import HandIn
from ult_desktop.ui.line_watch import NO_WRITING
from ult_desktop.ui.line_watch import cut_off as cut_off_words
from ult_desktop.ui.link import Job, OfficeLink
from ult_desktop.ui.station_place import StationPlace, open_office
from ult_desktop.ui.tasks import Tasks

log = logging.getLogger(__name__)
T = TypeVar("T")
_GONE = (Outage, *NO_WRITING)


@dataclass(frozen=True, eq=False)
class Touch:
    """A number asked of the share under `request`, and who hears of it; `at` is `time.monotonic()`."""

    ask: IssueTicket
    request: str
    at: float
    then: Callable[[IssuedTicket], None]
    refused: Callable[[UserError], None]

    @property
    def is_late(self) -> bool:
        """It was not tried at all any more: it stood behind something that hung."""
        return time.monotonic() - self.at > connection.OUTAGE_AFTER


class KioskLink(OfficeLink):
    """To the window it is a link that is never gone while there is something to stand on.

    While cut off, `connection` is RECONNECTING, the board comes from what was last seen of the office
    lately, and a number from this kiosk's own series. When the share is back the connection is ONLINE only
    after those numbers are merged: whoever reads then sees them.

    One touch, one number: a request that was on its way and is not answered within three seconds is
    answered from here, and what it may still do in the office is withdrawn by the merge.

    Args:
        letter: marks the numbers of this kiosk, as far as no other kiosk has it.
    """

    def __init__(
        self,
        place: StationPlace,
        letter: str,
        parent: QObject | None = None,
        opening: Callable[[StationPlace], Office] = open_office,
    ) -> None:
        super().__init__(place._replace(letter=letter), parent, opening)
        self._seen: OfficeSeen | None = None
        self._was_cut = self._looking = False
        self._patience = QTimer(self, singleShot=True, interval=round(connection.OUTAGE_AFTER * 1000))
        self._patience.timeout.connect(lambda: self._take_over(self._touch))
        self._handing = HandIn(partial(self._write, partial(hand_in, place.journal)), self._may_hand_in, self)
        self._handing.done.connect(self._line.look)
        self._touch: Touch | None = None
        self._codes: dict[int, str] = {}
        self._book: Tasks[CutOffBook] = Tasks(partial(CutOffBook, place.journal), self)
        self._book.run(cut_off.kept, self._remember, self._book_failed)
        self.changed.connect(self._look_again)
        self._line.judged.connect(self._act)

    @property
    def _cut(self) -> bool:
        return self._line.line.is_cut

    @override
    def perform(
        self,
        ask: Ask | Job,
        then: Callable[[Any], None] | None = None,
        refused: Callable[[UserError], None] | None = None,
    ) -> None:
        tell = partial(_tell_visitor, refused or self.refused.emit)
        if isinstance(ask, IssueTicket):
            self._take(Touch(ask, str(uuid7()), time.monotonic(), then or _nobody, tell))
        elif self._cut and self._ground is not None:
            tell(cut_off_words())
        elif isinstance(ask, ReportPaper) and ask.ticket_id in self._codes:
            code = self._codes[ask.ticket_id]
            super().perform(partial(cut_off.report_paper, code, ask.paper), then, tell)
        else:
            super().perform(ask, then, tell)

    @override
    def read(self, what: Callable[[Office], T], then: Callable[[T], None]) -> None:
        """While cut off the board is what the kiosk itself knows; nothing else comes."""
        ground = self._ground
        if self._cut and ground is not None and what is Office.kiosk_board:
            board: Any = board_alone(ground, cut_off.now_of(ground))
            then(board)
        else:
            super().read(what, then)

    @override
    def close(self) -> None:
        self._patience.stop()
        self._handing.stop()
        super().close()
        self._book.close()

    def _take(self, touch: Touch) -> None:
        ground = self._ground
        if self._cut and ground is not None:
            self._give(touch, ground)
            return
        self._touch = touch
        self._patience.start()
        asked = partial(_issue, touch.ask, touch.request)
        super().perform(asked, partial(self._answered, touch), partial(self._not_answered, touch))

    def _answered(self, touch: Touch, issued: IssuedTicket) -> None:
        if self._touch is touch:
            self._touch = None
            self._patience.stop()
            touch.then(issued)

    def _not_answered(self, touch: Touch, error: UserError) -> None:
        if self._touch is touch and (isinstance(error, _GONE) or touch.is_late):
            self._take_over(touch)
        if self._touch is touch:
            self._touch = None
            self._patience.stop()
            touch.refused(error)

    def _take_over(self, touch: Touch | None) -> None:
        """Too long without an answer: the visitor gets a number from here, and no other."""
        ground = self._ground
        if touch is not None and self._touch is touch and ground is not None:
            self._touch = None
            self._patience.stop()
            self._give(touch, ground, touch.request)

    def _give(self, touch: Touch, ground: OfficeSeen, instead_of: str = "") -> None:
        job = partial(cut_off.give_alone, touch.ask, ground, ground.letter, self._place.name, instead_of)
        self._book.run(job, partial(self._gave, touch), touch.refused)

    def _gave(self, touch: Touch, issued: IssuedTicket) -> None:
        self._handing.owe()
        self._codes[issued.ticket.id] = issued.ticket.code
        touch.then(issued)
        self._line.look()

    @property
    def _ground(self) -> OfficeSeen | None:
        """The office as last seen, to stand on; on a new day too. Without an own letter there is none."""
        seen = self._seen
        holds = seen is not None and seen.has_letter and seen.holds(cut_off.now_of(seen))
        return seen if holds else None

    @override
    def _announce(self, error: UserError) -> None:
        """A visitor can do nothing about the office file, and gets a number all the same."""
        if not isinstance(error, _GONE) or self._ground is None:
            super()._announce(error)

    @override
    def _more_facts(self, line: Line) -> Line:
        return line.stands(alone=self._ground is not None, owes=self._handing.owes)

    def _act(self) -> None:
        """What follows from how the share answers now."""
        began, self._was_cut = self._cut and not self._was_cut, self._cut
        if began:
            self._take_over(self._touch)
            self.changed.emit()
        self._handing.go()
        if self._seen is None or not (self._seen.letter and self._seen.is_of(cut_off.now_of(self._seen))):
            self._look_again()

    def _may_hand_in(self) -> bool:
        return not self._cut and self._sync is not None and not self._closed

    def _look_again(self) -> None:
        if self._looking or self._cut or self._sync is None or self._closed:
            return
        self._looking = True
        self._tasks.run(cut_off.look, self._see, self._not_seen)

    def _see(self, seen: OfficeSeen) -> None:
        self._looking = False
        if seen != self._seen:
            self._tell_of_letter(seen)
            self._seen = seen
            self._book.run(partial(cut_off.keep, seen), None, self._book_failed)

    def _tell_of_letter(self, seen: OfficeSeen) -> None:
        """Once, when it became known that another kiosk has it."""
        if self._seen is None or self._seen.letter != seen.letter:
            try:
                cut_off.require_letter(seen)
            except UserError as error:
                log.warning("%s", error)
                self.refused.emit(error)

    def _not_seen(self, _error: UserError) -> None:
        """The connection tells it."""
        self._looking = False

    def _remember(self, kept: cut_off.Kept) -> None:
        self._seen = self._seen or kept.seen
        if kept.owes:
            self._handing.owe()
        self._line.look()

    def _book_failed(self, error: UserError) -> None:
        """Without it the kiosk works as long as the share does."""
        log.warning("%s", error)


def _issue(ask: IssueTicket, request: str, office: Office, by: Actor) -> IssuedTicket:
    issued: IssuedTicket = office.perform(ask, by, request)
    return issued


def _tell_visitor(tell: Callable[[UserError], None], error: UserError) -> None:
    """What only an IT person can mend is to a visitor a line that is down; the log has the whole story."""
    tell(cut_off_words() if isinstance(error, NO_WRITING) else error)


def _nobody(_issued: IssuedTicket) -> None:
    pass
