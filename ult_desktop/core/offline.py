"""The work of a station that is cut off: the numbers of a kiosk, the calls by mouth of a counter.

A kiosk counts in a series of its own, so that no number is given twice.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import ClassVar

import msgspec

from ult_desktop.core import personal, stamps
from ult_desktop.core.access.sealing import Seal
from ult_desktop.core.command import Command
from ult_desktop.core.office import settings as office_settings, template
from ult_desktop.core.queue import boards, opening as queue_opening, ticket
from ult_desktop.core.queue.ticket import Ticket

MIN_DIGITS = 2  # of a number that a kiosk gives alone
LONGEST_LABEL = 20  # letters and digits of a number on paper
RELIABLE_DAYS = 31  # an outage is repaired by then; after a longer time the kiosk was not in use

USUAL_LETTER = "K"
"""The letter in a kiosk's settings unless another was chosen: the kiosk then gets the next free one."""
_TAKEN = "?"  # the mark before the letter that a kiosk wished and did not get
_LETTERS = "KLMNRSTUVWXYZABCDEFGHJPQ"  # in the order in which they are given; I and O look like digits


class MergeTicket(Command[ticket.Ticket], frozen=True, kw_only=True):
    """Put a number that a kiosk gave while cut off into the queue; its code follows from this request's id.

    `day`, `series`, `number` and `label` are those of the paper, `issued_at` (UTC ms) is when it was given.
    `instead_of` is the request for which the kiosk had stopped waiting: if the office gave a number for it
    after all, nobody was shown that number.
    """

    done_alone: ClassVar[bool] = True
    service_id: int
    day: str
    series: str
    number: int
    label: str
    issued_at: int
    priority: personal.PriorityReasonText | None = None
    help: tuple[ticket.Help, ...] = ()
    wants_paper: bool = False
    instead_of: str = ""


class OfficeSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """A kiosk's last look at its office: enough to go on alone, also after a crash.

    `board` has no queues; `services` are the definitions by id; `day` the office's date of that look;
    `clock_offset_ms` is added to this PC's clock to get the share's, as measured in this run; `public_key`
    (of `generation`) seals what a visitor declares, b"" in an office without keys; `letter` is the kiosk's
    own, as `letter_for` gave it to the station of this `identity`.
    """

    uid: str
    settings: office_settings.OfficeSettings
    kiosk_pause: str
    board: boards.KioskBoard
    services: dict[int, template.ServiceTemplate]
    day: str
    clock_offset_ms: int = 0
    generation: int = 0
    public_key: bytes = b""
    identity: str = ""
    letter: str = ""

    @property
    def has_letter(self) -> bool:
        """Whether the kiosk has a letter of its own; without it, it would give numbers of another kiosk."""
        return bool(self.letter) and not refused_letter(self.letter)

    @property
    def seal(self) -> Seal | None:
        return Seal(self.generation, self.public_key) if self.public_key else None

    def local(self, at: int) -> datetime:
        """Return `at` (UTC ms) in the office's zone."""
        return stamps.to_datetime(at, self.settings.office.zone)

    def is_same_day(self, at: int) -> bool:
        """Return whether `at` (UTC ms) is on the day of the look."""
        return self._age(at) == 0

    def is_recent_at(self, at: int) -> bool:
        """Return whether a kiosk can rely on this look at `at` (UTC ms): on its day, and a month after.

        Weekly hours, closures and Ramadan are in the settings, so the hours of a new day follow from them. It
        is not recent before the day of the look (the clock was set back): a number given then would be of a
        past day when it is merged.
        """
        return 0 <= self._age(at) <= RELIABLE_DAYS

    def _age(self, at: int) -> int:
        """Return the age of the look at `at` in days of the office's calendar."""
        day = date.fromisoformat(stamps.office_day(at, self.settings.office.zone))
        return (day - date.fromisoformat(self.day)).days


def letter_for(wish: str, own: str, others: Collection[str], on_papers: Collection[str] = ()) -> str:
    """Return the letter of a kiosk with `wish` in its settings, that had `own`, while `others` are taken.

    Where the wish is the usual letter, the kiosk keeps its own or gets the next free one that no papers of
    these days bear: a rebuilt office may not know any more which kiosk had that letter. Another wish is
    refused when it is taken: then the answer is the wish with a mark (see `refused_letter`). "" for a kiosk
    that gives no numbers alone.
    """
    if not wish:
        return ""
    # The letter that the kiosk had goes first: papers of today may already bear it.
    unused = (letter for letter in _LETTERS if letter not in on_papers)
    choice = (own, *unused) if wish == USUAL_LETTER else (wish,)
    free = (letter for letter in choice if letter.isalpha() and letter not in others)
    return next(free, _TAKEN + wish)


def refused_letter(letter: str) -> str:
    """Return the letter that a kiosk wished and did not get; "" when it has one."""
    return letter.removeprefix(_TAKEN) if letter.startswith(_TAKEN) else ""


def offline_series(snapshot: OfficeSnapshot, service_id: int, letter: str, *, priority: bool) -> str:
    """Return the series in which the kiosk `letter` counts while cut off: "AK", and "PK" for priority.

    The letter is repeated until it is no series that the office itself has.
    """
    calling = snapshot.settings.calling
    usual = {calling.priority_series, *(service.prefix for service in snapshot.services.values())}
    series = (calling.priority_series if priority else snapshot.services[service_id].prefix) + letter
    while series in usual:
        series += letter
    return series


def offline_digits(snapshot: OfficeSnapshot) -> int:
    """Return the digits of an offline number.

    The letter replaces a digit, so that all numbers are as wide: A012, AK01.
    """
    return max(MIN_DIGITS, snapshot.settings.calling.digits - 1)


def offline_board(snapshot: OfficeSnapshot, at: int) -> boards.KioskBoard:
    """Return the board of a cut-off kiosk at `at` (UTC ms): its opening and services, and no queue."""
    local = snapshot.local(at)
    lines = []
    for line in snapshot.board.lines:
        why = queue_opening.service_closed_words(snapshot.services[line.service.id], local)
        lines.append(msgspec.structs.replace(line, available=not why, why=why))
    opening = queue_opening.opening_of(snapshot.settings, snapshot.kiosk_pause, local)
    return msgspec.structs.replace(snapshot.board, opening=opening, lines=tuple(lines))


class NoteCall(Command[Ticket], frozen=True, kw_only=True):
    """Record a call by mouth that was made while the counter was cut off.

    Times UTC ms. `label` as it is on the paper. `arrived_at` and `ended_at` say when the visitor was served;
    without them the visitor did not come.
    """

    done_alone: ClassVar[bool] = True
    counter: int
    label: str
    called_at: int
    arrived_at: int | None = None
    ended_at: int | None = None

    @property
    def came(self) -> bool:
        return self.arrived_at is not None


class CallNote(msgspec.Struct, frozen=True, kw_only=True):
    """A call that a station noted in its own journal; `why` is the reason for which the office refused it."""

    request: str
    command: NoteCall
    officer_id: int | None = None
    why: str = ""


class CallNotes(msgspec.Struct, frozen=True):
    """The notes of a counter: the calls still to be handed in, and those that could not be."""

    waiting: tuple[CallNote, ...] = ()
    refused: tuple[CallNote, ...] = ()


def are_times_in_order(command: NoteCall) -> bool:
    """Return whether the times are in order: called, served from, then to; both or none of the last two."""
    if command.arrived_at is None or command.ended_at is None:
        return command.arrived_at is command.ended_at
    return command.called_at <= command.arrived_at <= command.ended_at


def clamp_to_now(command: NoteCall, now: int) -> NoteCall:
    """Return the command with no time after `now` (UTC ms): the clock of the PC that noted it may be fast."""

    def by_now(at: int | None) -> int | None:
        return None if at is None else min(at, now)

    return msgspec.structs.replace(
        command,
        called_at=min(command.called_at, now),
        arrived_at=by_now(command.arrived_at),
        ended_at=by_now(command.ended_at),
    )
