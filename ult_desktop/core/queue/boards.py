"""What the windows show: small snapshots, read again whenever something happened."""

import datetime
from collections.abc import Collection
from enum import StrEnum

import msgspec

from ult_desktop.base import WordEnum, _, counted
from ult_desktop.core.office.template import Calling, Greeting, OfficeIdentity, Words
from ult_desktop.core.queue.calling_order import CounterScope
from ult_desktop.core.queue.next_numbers import NextNumbers
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.core.queue.wait_range import WaitRange
from ult_desktop.core.station_health import StationHealth


class SeatGuest(msgspec.Struct, frozen=True, kw_only=True):
    """A vulnerable visitor who waits; `ticket_id` and `label` None: he has no number yet."""

    visit_id: int
    ticket_id: int | None
    label: str | None
    sits: bool


class Seats(msgspec.Struct, frozen=True, kw_only=True):
    """How many seats the office keeps, and who waits for or on one. Oldest first."""

    kept: int = 0
    guests: tuple[SeatGuest, ...] = ()

    @property
    def taken(self) -> int:
        return sum(guest.sits for guest in self.guests)

    def guest(self, visit_id: int) -> SeatGuest | None:
        """None: nobody who waits here."""
        return next((guest for guest in self.guests if guest.visit_id == visit_id), None)

    def of_ticket(self, ticket_id: int) -> SeatGuest | None:
        return next((guest for guest in self.guests if guest.ticket_id == ticket_id), None)


class CounterState(WordEnum):
    """Whether a counter (loket) takes visitors."""

    CLOSED = "closed", "tutup"
    OPEN = "open", "buka"
    PAUSED = "paused", "jeda"


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """A service as the office offers it. `minutes` is the announced duration; `quota` per day."""

    id: int
    prefix: str
    name: Words
    description: Words
    category: str
    icon: str
    requirements: tuple[Words, ...]
    minutes: int
    fee: Words
    quota: int | None


class Category(msgspec.Struct, frozen=True, kw_only=True):
    """A branch of the kiosk's tree; `parent` "" is the root."""

    key: str
    name: Words
    icon: str
    parent: str


class Openness(StrEnum):
    """Whether a visitor can take a number."""

    OPEN = "open"
    OUTSIDE_HOURS = "outside_hours"
    HOLIDAY = "holiday"
    PAUSED = "paused"


class OpeningDay(msgspec.Struct, frozen=True):
    """A day of the office: when it is open, or the name of the holiday."""

    date: datetime.date
    spans: tuple[tuple[datetime.time, datetime.time], ...] = ()
    holiday: str = ""


class OpeningStatus(msgspec.Struct, frozen=True, kw_only=True):
    """The door: `reason` is a holiday or the pause, `opens_at` UTC ms; a shut one tells its next `week`."""

    state: Openness = Openness.OPEN
    reason: str = ""
    opens_at: int | None = None
    week: tuple[OpeningDay, ...] = ()


class ServiceQueue(msgspec.Struct, frozen=True, kw_only=True):
    """One service with its queue now. `wait` of who comes now; None: nothing sound to say.

    `counted` False: a kiosk that is cut off cannot see the queue. `available` False comes with `why`.
    """

    service: Service
    waiting: int
    wait: WaitRange | None
    counters_open: int
    available: bool = True
    why: str = ""
    counted: bool = True


class KioskBoard(msgspec.Struct, frozen=True, kw_only=True):
    """What the kiosk shows. `now` is UTC ms of the reading; the office's zone is in `office`."""

    office: OfficeIdentity
    greeting: Greeting
    opening: OpeningStatus
    categories: tuple[Category, ...]
    lines: tuple[ServiceQueue, ...]
    priority_series: str


class IssuedTicket(msgspec.Struct, frozen=True, kw_only=True):
    """A number just taken, with what the visitor is told; `ahead` None: given while cut off, nobody knows.

    `counters` are number and name of those that are open now and may call it; None as with `ahead`.
    """

    ticket: Ticket
    ahead: int | None
    wait: WaitRange | None
    counters: tuple[tuple[int, str], ...] | None = None

    @property
    def label(self) -> str:
        return self.ticket.label


_NAMED = 4  # counters; more of them nobody remembers


def what_next(issued: IssuedTicket) -> tuple[str, ...]:
    """What the visitor does now and where they are called, on the screen and on paper alike."""
    sit = _("Silakan duduk di ruang tunggu.")
    counters = issued.counters
    if counters is None:
        return (sit,)
    if not counters:
        return (sit, _("Loket belum buka. Nomor Anda dipanggil setelah loket buka."))
    if len(counters) > _NAMED:
        return (sit, _("Anda dipanggil di salah satu loket. Lihat layar TV."))
    places = ", ".join(counter_name(*each) for each in counters)
    return (sit, _("Anda dipanggil di {places}. Lihat layar TV.").format(places=places))


class CounterStatus(msgspec.Struct, frozen=True, kw_only=True):
    """A counter as everybody sees it. `current` is the ticket called or served there."""

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
        """What may be called here."""
        return CounterScope(
            number=self.number,
            services=frozenset(self.serves),
            priority=self.priority,
            officer_id=self.officer_id,
        )


class HourLoad(msgspec.Struct, frozen=True, kw_only=True):
    """One office hour (0-23) of today: numbers taken, visits done, median wait in minutes."""

    hour: int
    issued: int
    done: int
    wait_minutes: int | None


class DaySummary(msgspec.Struct, frozen=True, kw_only=True):
    """Today at a glance. Medians in seconds, None without data.

    `booked` were or are expected today by appointment, `missed` of them did not come.
    `outcomes`: what became of numbers without a case, and how often, the most frequent first.
    `transferred`: how often a visitor was sent on, to a service, a counter or an officer. `set_aside`: how
    many were set aside while being served, and are back; `aside_seconds` is not in waiting or serving.
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

    `letter` is a kiosk's own, or a mark that it got none (`core.offline.refused_letter`). `replaced_at`:
    since when another PC stands in its place, else 0.
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


class HallBoard(msgspec.Struct, frozen=True, kw_only=True):
    """What an officer without a counter sees of the queue: reception, security desk, head.

    `closes` is the office's closing time (HH.MM) while it is still to come.
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
    closes: str = ""


class Leaving(msgspec.Struct, frozen=True, kw_only=True):
    """What there is of a visitor who is served, before they are let go.

    `guest_book` is signed, `survey` offered or more. `cards` names those that the office holds: with one
    nobody goes. `case` is the number of theirs, open or not; `open_cases` and `awaited`, the step that
    another officer does with them next, keep the visit open.
    """

    guest_book: bool = True
    survey: bool = True
    cards: str = ""
    case: str = ""
    open_cases: tuple[str, ...] = ()
    awaited: str = ""


class CounterBoard(HallBoard, frozen=True, kw_only=True):
    """What one counter's window shows.

    `guest` is who stands at the counter, name and institution as far as the guest book has them; `leaving`
    what is to be seen to before they go.
    `last_call_at` (UTC ms) is when whoever is called or served here was called last.
    `next_up` is whom "Panggil berikutnya" would call now. `undoable` is the ticket whose finish or
    no-show this counter may still undo. `kiosk_pause` is why the kiosks give no numbers, "" when they
    do; `cards_held` how many identity cards the office still has; `seats` those for vulnerable visitors,
    at a priority counter alone. Alerts are short lines for the officer (printer, voice).
    """

    calling: Calling
    mine: CounterStatus
    next_up: Ticket | None
    undoable: Ticket | None
    seats: Seats = Seats()
    guest: tuple[str, ...] = ()
    leaving: Leaving | None = None
    last_call_at: int | None = None


def too_early(closes: str, *, may_close_early: bool) -> str:
    """Why the day is not closed yet, "" when it may be; `closes` as in `HallBoard`."""
    if not closes or may_close_early:
        return ""
    words = _("Sebelum jam tutup ({time}) hari hanya ditutup resepsionis, kepala, atau admin.")
    return words.format(time=closes)


def what_is_left(board: HallBoard) -> str:
    """What closing the day would close, for whoever is asked about it."""
    here = [line.current for line in board.counters if line.current is not None]
    counts = (
        (_("{n} menunggu"), len(board.waiting)),
        (_("{n} ditunda"), len(board.held)),
        (_("{n} dipanggil"), sum(each.state is TicketState.CALLED for each in here)),
        (_("{n} sedang dilayani"), sum(each.state is TicketState.SERVING for each in here)),
    )
    left = ", ".join(text.format(n=n) for text, n in counts if n)
    told = _(
        "Masih terbuka: {left}. Semuanya ditutup dengan alasan; tidak ada yang dihapus, dan hari ini juga "
        "dapat dibatalkan."
    ).format(left=left)
    words = told if left else _("Tidak ada nomor yang masih terbuka.")
    cards = counted("{n} kartu identitas masih dipegang: kembalikan dulu.", board.cards_held)
    return f"{words} {cards}" if board.cards_held else words


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One call to announce, in the order of the log (`seq`; 0 in a board). `at` UTC ms.

    `spoken` False: it was called by mouth when devices failed; it is shown but not announced. `origin` tells
    papers with the same number apart: which kiosk gave it, and when.
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
    """What the lobby TV shows. `calls` are today's latest, newest first."""

    office: OfficeIdentity
    greeting: Greeting
    running_text: tuple[str, ...]
    calls: tuple[Call, ...]
    counters: tuple[CounterStatus, ...]
    lines: tuple[ServiceQueue, ...]
    next_up: tuple[NextNumbers, ...] = ()
    opening: OpeningStatus = OpeningStatus()

    @property
    def survey_address(self) -> str:
        """Where whoever was here today may still answer: told once the office has closed."""
        is_over = self.opening.state in (Openness.OUTSIDE_HOURS, Openness.HOLIDAY)
        return self.office.survey_url if is_over else ""

    def of_counters(self, numbers: Collection[int]) -> "LobbyBoard":
        """Only what concerns these counters: a screen may stand before a part of them. None named: all."""
        if not numbers:
            return self
        return msgspec.structs.replace(
            self,
            calls=tuple(call for call in self.calls if call.counter in numbers),
            counters=tuple(line for line in self.counters if line.number in numbers),
            next_up=tuple(each for each in self.next_up if any(n in numbers for n, _name in each.counters)),
        )


class CallNews(msgspec.Struct, frozen=True, kw_only=True):
    """The calls after the last known one, from one snapshot: none can slip in between.

    `after` is where the log was known to end, `last_seq` where it ends.
    """

    after: int | None
    calls: tuple[Call, ...]
    last_seq: int


def counter_name(number: int, name: str) -> str:
    """As it is written and said: "Loket Prioritas", or "Loket 2" where it has no more than a number."""
    return own_name(number, name) or _("Loket {number}").format(number=number)


def own_name(number: int, name: str) -> str:
    """The name where it says more than the number, else "": a plain one is kept in no language."""
    return "" if name in (plain_name(number), _("Loket {number}").format(number=number)) else name


def plain_name(number: int) -> str:
    """The name that stands in the office's document, whoever reads it."""
    return f"Loket {number}"
