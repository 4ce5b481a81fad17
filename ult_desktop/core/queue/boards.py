"""The boards of the queue: what kiosk, counter and lobby screen show of it, and the words for closing a day.

A board is one snapshot; a window reads it again after every event.
"""

import datetime
from collections.abc import Collection
from enum import StrEnum

import msgspec

from ult_desktop.base import WordEnum, _, counted, formats
from ult_desktop.core.accountability.deviations import Lack
from ult_desktop.core.office.template import Calling, Greeting, OfficeIdentity, Words
from ult_desktop.core.office.working_time import LAST_MINUTE
from ult_desktop.core.queue.calling_order import CounterScope, NextNumbers
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.core.queue.wait_range import WaitRange, WaitUntil
from ult_desktop.core.station_health import StationHealth


class VulnerableGuest(msgspec.Struct, frozen=True, kw_only=True):
    """A vulnerable visitor who waits; `ticket_id` and `label` None: they have no number yet."""

    visit_id: int
    ticket_id: int | None
    label: str | None
    sits: bool


class Seats(msgspec.Struct, frozen=True, kw_only=True):
    """The seats for vulnerable visitors in the waiting room, and the `guests` who wait, oldest first.

    `reserved` is how many seats the office keeps for them.
    """

    reserved: int = 0
    guests: tuple[VulnerableGuest, ...] = ()

    @property
    def taken(self) -> int:
        """The number of seats that are taken."""
        return sum(guest.sits for guest in self.guests)

    def guest_of_visit(self, visit_id: int) -> VulnerableGuest | None:
        """Return the vulnerable visitor of a visit; None where the visit has none who waits."""
        return next((guest for guest in self.guests if guest.visit_id == visit_id), None)

    def guest_with_ticket(self, ticket_id: int) -> VulnerableGuest | None:
        """Return the vulnerable visitor with a ticket; None where nobody with this ticket is one."""
        return next((guest for guest in self.guests if guest.ticket_id == ticket_id), None)


class CounterState(WordEnum):
    """The state of a counter (loket): whether it takes visitors."""

    CLOSED = "closed", "tutup"
    OPEN = "open", "buka"
    PAUSED = "paused", "jeda"


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """A service as the office offers it. `minutes` is the announced duration; `quota` per day.

    `requirements`, `mechanism`, `completion`, `product` and `complaints` are parts of its published standard.
    """

    id: int
    prefix: str
    name: Words
    description: Words
    category: str
    icon: str
    requirements: tuple[Words, ...]
    minutes: int | None
    fee: Words
    quota: int | None
    mechanism: tuple[Words, ...] = ()
    completion: tuple[Words, ...] = ()
    product: tuple[Words, ...] = ()
    complaints: tuple[Words, ...] = ()


class Category(msgspec.Struct, frozen=True, kw_only=True):
    """A branch of the kiosk's tree; `parent` "" is the root."""

    key: str
    name: Words
    icon: str
    parent: str


class Openness(StrEnum):
    """Whether a visitor can take a number, or why not."""

    OPEN = "open"
    OUTSIDE_HOURS = "outside_hours"
    BREAK = "break"
    HOLIDAY = "holiday"
    PAUSED = "paused"


class OpeningDay(msgspec.Struct, frozen=True):
    """A day of the office: the times from which and until which it is open, or the name of the holiday."""

    date: datetime.date
    spans: tuple[tuple[datetime.time, datetime.time], ...] = ()
    holiday: str = ""

    def is_open(self, clock: datetime.time) -> bool:
        """Return whether `clock` is within the hours, which are written to the minute."""
        minute = clock.replace(second=0, microsecond=0)
        return any(
            opens <= minute < closes or closes == minute == LAST_MINUTE for opens, closes in self.spans
        )

    def is_break(self, clock: datetime.time) -> bool:
        """Return whether `clock` is between two stretches of the hours."""
        has_begun = [opens <= clock for opens, _closes in self.spans]
        is_between = any(has_begun) and not all(has_begun)
        return is_between and not self.is_open(clock)


class OpeningStatus(msgspec.Struct, frozen=True, kw_only=True):
    """The opening of the office.

    `reason` names the holiday or the reason of the pause, `opens_at` is UTC ms; `week` has the next seven
    days of an office that is closed, today first.
    """

    state: Openness = Openness.OPEN
    reason: str = ""
    opens_at: int | None = None
    week: tuple[OpeningDay, ...] = ()


class ServiceQueue(msgspec.Struct, frozen=True, kw_only=True):
    """A service with its queue, as a visitor finds it who comes now.

    `waiting` is how many would be called before them (`core/queue/places.py`), `wait` how long they would
    wait; None: it cannot be estimated. `counted` False: a kiosk that is cut off cannot see the queue. `why`
    is the reason in words for which a service is not `available`.
    """

    service: Service
    waiting: int
    wait: WaitRange | None
    counters_open: int
    available: bool = True
    why: str = ""
    counted: bool = True


def line_words(queue: ServiceQueue) -> str:
    """Return in words how many stand before a visitor who comes now, for kiosk and lobby screen.

    Where one counter calls for several services, the visitors of all of them count.
    """
    if not queue.waiting:
        return _("Tidak ada antrean")
    return _("{n} antrean").format(n=formats.format_number(queue.waiting, 0))


class KioskBoard(msgspec.Struct, frozen=True, kw_only=True):
    """The board of the kiosk. `now` is UTC ms of the reading; the office's zone is in `office`."""

    office: OfficeIdentity
    greeting: Greeting
    opening: OpeningStatus
    categories: tuple[Category, ...]
    lines: tuple[ServiceQueue, ...]
    priority_series: str


class IssuedTicket(msgspec.Struct, frozen=True, kw_only=True):
    """A number just taken, with what the visitor is shown.

    `ahead` is how many are called before it, None from a kiosk that was cut off. `counters` are number and
    name of those that are open now and may call it; None where the kiosk does not know.
    """

    ticket: Ticket
    ahead: int | None
    wait: WaitUntil | None
    counters: tuple[tuple[int, str], ...] | None = None

    @property
    def label(self) -> str:
        return self.ticket.label


_MOST_NAMED = 4  # counters that are named to a visitor; nobody remembers more


def what_next(issued: IssuedTicket) -> tuple[str, ...]:
    """Return what the visitor does now and where they are called, on the screen and on paper alike."""
    sit = _("Silakan duduk di ruang tunggu.")
    counters = issued.counters
    if counters is None:
        return (sit,)
    if not counters:
        return (sit, _("Loket belum buka. Nomor Anda dipanggil setelah loket buka."))
    if len(counters) > _MOST_NAMED:
        return (sit, _("Anda dipanggil di salah satu loket. Lihat layar TV."))
    places = ", ".join(counter_name(number, name) for number, name in counters)
    return (sit, _("Anda dipanggil di {places}. Lihat layar TV.").format(places=places))


class CounterStatus(msgspec.Struct, frozen=True, kw_only=True):
    """A counter as everybody sees it. `current` is the ticket called or served there.

    `serves` are the ids of its services; `officer_id` is who sits there, None for nobody.
    """

    number: int
    name: str
    priority: bool
    state: CounterState
    pause_reason: str
    officer_id: int | None
    officer: str
    serves: tuple[int, ...]
    current: Ticket | None

    @property
    def scope(self) -> CounterScope:
        """The tickets that may be called here."""
        return CounterScope(
            number=self.number,
            services=frozenset(self.serves),
            priority=self.priority,
            officer_id=self.officer_id,
        )


class HourLoad(msgspec.Struct, frozen=True, kw_only=True):
    """An hour of today (0-23, office's zone): numbers taken, visits done, median wait in minutes."""

    hour: int
    issued: int
    done: int
    wait_minutes: int | None


class DaySummary(msgspec.Struct, frozen=True, kw_only=True):
    """Today at a glance. The fields in seconds are medians, None without data.

    `booked` visitors were or are expected today by appointment, `missed` of them did not come. `outcomes`:
    what became of numbers without a case, and how often, the most frequent first. `transferred`: how often a
    visitor was sent on, to a service, a counter or an officer. `set_aside`: how many were put on hold while
    being served, and are back; `aside_seconds` is their time on hold, which no other figure here contains.
    """

    issued: int
    done: int
    no_show: int
    waiting: int
    wait_seconds: int | None
    walking_seconds: int | None
    serving_seconds: int | None
    hours: tuple[HourLoad, ...]
    booked: int = 0
    missed: int = 0
    outcomes: tuple[tuple[str, int], ...] = ()
    transferred: int = 0
    set_aside: int = 0
    aside_seconds: int | None = None


class StationStatus(msgspec.Struct, frozen=True, kw_only=True):
    """A station as it last reported itself. `seen_at` UTC ms; texts are state words ("ready").

    `letter` is a kiosk's own, or a mark that it got none (`core.offline.refused_letter`). `replaced_at` is
    when another PC replaced the station, 0: none did. `left_lists` are the lists that its watched folder left
    to a person, `unshown_media` what a display cannot show of its media folder; a line each.
    """

    name: str
    mode: str
    version: str
    seen_at: int
    printer: str
    voice: str
    clock_offset_ms: int
    letter: str = ""
    identity: str = ""
    health: StationHealth = StationHealth()
    replaced_at: int = 0
    left_lists: str = ""
    unshown_media: str = ""


class DayEnd(msgspec.Struct, frozen=True, kw_only=True):
    """The end of today, by the office's hours and by its officers; times are HH.MM.

    `closes` is when the hours end, "" on a day off and for an office without hours. `early`: that time is
    still to come. `closed` is when an officer closed the day, "" if nobody did or it was taken back.
    `can_be_taken_back`: there is such a closing to take back, or a day that a wrong clock began.
    """

    closes: str = ""
    early: bool = False
    closed: str = ""
    can_be_taken_back: bool = False


class HallBoard(msgspec.Struct, frozen=True, kw_only=True):
    """The queue as an officer without a counter sees it: reception, security desk, head.

    `missed` are the tickets of today whose visitors did not come. `kiosk_pause` is why the kiosks give no
    numbers, "" when they do; `cards_held` is how many identity cards the office still has.
    """

    office: OfficeIdentity
    services: tuple[Service, ...]
    counters: tuple[CounterStatus, ...]
    waiting: tuple[Ticket, ...]
    missed: tuple[Ticket, ...]
    held: tuple[Ticket, ...]
    day: DaySummary
    stations: tuple[StationStatus, ...]
    kiosk_pause: str = ""
    cards_held: int = 0
    end: DayEnd = DayEnd()

    @property
    def has_open_numbers(self) -> bool:
        """Whether a number waits, is on hold, or is called or served at a counter."""
        return bool(self.waiting or self.held or any(counter.current for counter in self.counters))


class LeavingChecks(msgspec.Struct, frozen=True, kw_only=True):
    """The matters that an officer checks before a served visitor leaves.

    `survey_offered`: it was offered, filled in or refused. `held_cards` names the visitor's identity cards
    that the office still holds. `case_number` is that of their case, open or not. `open_cases` are the
    numbers of those that keep the visit open. `awaited_step` is what another officer does with the visitor
    next, in words; it keeps the visit open too. `lacks` are the deviations that would be written;
    `lacks_if_service_given` are those that would be written if the officer finished with an outcome by which
    a service was given.
    """

    guest_book_signed: bool = True
    survey_offered: bool = True
    held_cards: str = ""
    case_number: str = ""
    open_cases: tuple[str, ...] = ()
    awaited_step: str = ""
    lacks: tuple[Lack, ...] = ()
    lacks_if_service_given: tuple[Lack, ...] = ()


class OwedKind(WordEnum):
    """The kinds of things that an officer owes somebody."""

    ANSWER = "answer", "jawaban siap"
    CALL = "call", "telepon balik"
    APPOINTMENT = "appointment", "janji temu"


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """A thing that an officer owes somebody: `name` is this person, `about` says in words what it is about.

    `id` is that of the case, of the visit of the call, or of the appointment. `due_at` (UTC ms) is the
    deadline, None where no time was promised. `ready`: the answer is there.
    """

    kind: OwedKind
    id: int
    name: str
    about: str
    due_at: int | None
    ready: bool = False

    def is_late(self, now: int) -> bool:
        return self.due_at is not None and now > self.due_at


class CounterBoard(HallBoard, frozen=True, kw_only=True):
    """The board of one counter's window.

    `mine` is this counter. `guest` is who is there, name and institution if the guest book has them;
    `leaving` is what is still open before they go. `last_call_at` (UTC ms) is when the visitor called or
    served here was called last. `next_up` is the ticket that "Panggil berikutnya" would call now. `undoable`
    is the ticket that `Undo` would put back at this counter. `seats` are those for vulnerable visitors; only
    a priority counter has them. While nobody is called or served here, `upcoming` are the next tickets, each
    with its visitor's purpose or "", and `owed` is what the officer owes, the earliest first.
    """

    calling: Calling
    mine: CounterStatus
    next_up: Ticket | None
    undoable: Ticket | None
    seats: Seats = Seats()
    guest: tuple[str, ...] = ()
    leaving: LeavingChecks | None = None
    last_call_at: int | None = None
    upcoming: tuple[tuple[Ticket, str], ...] = ()
    owed: tuple[Owed, ...] = ()


def why_too_early(end: DayEnd, *, may_close_early: bool) -> str:
    """Return why an officer may not close the day yet, "" when they may."""
    if not end.early or may_close_early:
        return ""
    words = _("Sebelum jam tutup ({time}) hari hanya ditutup resepsionis, kepala, atau admin.")
    return words.format(time=end.closes)


def closed_words(end: DayEnd) -> str:
    """Return the sentence that an officer has closed the day, and when; "" while it goes on."""
    return _("Hari ini sudah ditutup pukul {time}").format(time=end.closed) if end.closed else ""


def why_not_closable(board: HallBoard, *, may_close_early: bool) -> str:
    """Return why an officer cannot close the day now, "" when they can."""
    if board.end.closed and not board.has_open_numbers:
        return closed_words(board.end)
    return why_too_early(board.end, may_close_early=may_close_early)


def left_open_words(board: HallBoard) -> str:
    """Return what closing the day would close, for the person who is asked about it."""
    states = [counter.current.state for counter in board.counters if counter.current is not None]
    counts = (
        (_("{n} menunggu"), len(board.waiting)),
        (_("{n} ditunda"), len(board.held)),
        (_("{n} dipanggil"), states.count(TicketState.CALLED)),
        (_("{n} sedang dilayani"), states.count(TicketState.SERVING)),
    )
    left_open = ", ".join(text.format(n=n) for text, n in counts if n)
    if left_open:
        words = _(
            "Masih terbuka: {left}. Semuanya ditutup dengan alasan; tidak ada yang dihapus, dan hari ini "
            "juga dapat dibatalkan."
        ).format(left=left_open)
    else:
        words = _("Tidak ada nomor yang masih terbuka.")
    if board.cards_held:
        words += " " + counted("{n} kartu identitas masih dipegang: kembalikan dulu.", board.cards_held)
    return words


def undone_words(ticket: Ticket, at_counter: Ticket | None) -> str:
    """Return what `Undo` has done with a number; `at_counter` is the visitor at the counter now."""
    if ticket.state is not TicketState.WAITING:
        return _("{label} diurungkan.").format(label=ticket.label)
    if at_counter is None:
        return _("{label} kembali ke antrean, dipanggil berikutnya.").format(label=ticket.label)
    words = _("{label} kembali ke antrean, dipanggil sesudah {other}.")
    return words.format(label=ticket.label, other=at_counter.label)


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A call to announce, in the order of the log (`seq`; 0 in a board). `at` UTC ms.

    `spoken` False: an officer called by mouth because devices failed; the call is shown but not announced.
    `origin` distinguishes papers with the same number: it says which kiosk gave it, and when.
    """

    seq: int
    at: int
    ticket_id: int
    label: str
    series: str
    number: int
    counter: int
    counter_name: str
    counter_priority: bool
    priority: bool
    service: Words
    attempt: int
    spoken: bool
    origin: str = ""


class LobbyBoard(msgspec.Struct, frozen=True, kw_only=True):
    """The board of the lobby TV. `calls` are today's latest, newest first.

    `days` are the office's hours from today on; `kiosk_pause` is why the kiosks give no numbers, "" when
    they do.
    """

    office: OfficeIdentity
    greeting: Greeting
    running_text: tuple[str, ...]
    calls: tuple[Call, ...]
    counters: tuple[CounterStatus, ...]
    lines: tuple[ServiceQueue, ...]
    next_up: tuple[NextNumbers, ...] = ()
    days: tuple[OpeningDay, ...] = ()
    kiosk_pause: str = ""

    @property
    def is_serving(self) -> bool:
        """Whether a counter is open and somebody has a number that it may call or has called."""
        opened = any(counter.state is not CounterState.CLOSED for counter in self.counters)
        return opened and (
            any(counter.current is not None for counter in self.counters)
            or any(queue.waiting for queue in self.lines)
        )

    def only_counters(self, numbers: Collection[int]) -> "LobbyBoard":
        """Return the board with the counters of these numbers alone; with all where `numbers` is empty.

        A screen that hangs in front of some of the counters shows those.
        """
        if not numbers:
            return self
        next_up = (
            upcoming
            for upcoming in self.next_up
            if any(number in numbers for number, _name in upcoming.counters)
        )
        return msgspec.structs.replace(
            self,
            calls=tuple(call for call in self.calls if call.counter in numbers),
            counters=tuple(counter for counter in self.counters if counter.number in numbers),
            next_up=tuple(next_up),
        )


def counter_name(number: int, name: str) -> str:
    """Return a counter's name as written and said: "Loket Prioritas", or "Loket 2" without one of its own."""
    return distinct_name(number, name) or _("Loket {number}").format(number=number)


def distinct_name(number: int, name: str) -> str:
    """Return a counter's name if it says more than "Loket 2", else "".

    "Loket 2" is left out because `counter_name` says it in the language of the screen.
    """
    return "" if name in (plain_name(number), _("Loket {number}").format(number=number)) else name


def plain_name(number: int) -> str:
    """Return the name that an office's file gives a counter without one of its own, in any language."""
    return f"Loket {number}"
