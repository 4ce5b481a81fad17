"""A day at the kiosk of BPMP Kalimantan Utara, for panels that are shown without a store."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import msgspec
from typing_extensions import override

from ult_desktop.base.paths import resource
from ult_desktop.core.care.declarations import Alert, AlertKind
from ult_desktop.core.kiosk_code import KnownRequest, KnownTicket, TicketNow
from ult_desktop.core.office.template import OfficeTemplate, Words
from ult_desktop.core.online.online_request import OnlineState
from ult_desktop.core.queue.boards import (
    Category,
    IssuedTicket,
    KioskBoard,
    OpeningDay,
    OpeningStatus,
    Service,
    ServiceQueue,
)
from ult_desktop.core.queue.ticket import Help, PaperState, PriorityReason, QueuePosition, Ticket, TicketState
from ult_desktop.core.queue.wait_range import WaitRange, WaitUntil, wait_until
from ult_desktop.core.visits.guest_book import GuestBookChoice

NINE_FORTY_ONE = datetime(2026, 11, 21, 1, 41, tzinfo=UTC)
REGENCIES = (
    "Kabupaten Bulungan", "Kabupaten Malinau", "Kabupaten Nunukan", "Kabupaten Tana Tidung", "Kota Tarakan",
)  # fmt: skip
PURPOSES = (
    GuestBookChoice("informasi", "Informasi"),
    GuestBookChoice("informasi/Tunjangan profesi", "Informasi · Tunjangan profesi"),
    GuestBookChoice("informasi/Penilaian angka kredit", "Informasi · Penilaian angka kredit"),
    GuestBookChoice("informasi/Dapodik", "Informasi · Dapodik"),
    GuestBookChoice("informasi/Layanan umum", "Informasi · Layanan umum"),
    GuestBookChoice("pengaduan", "Pengaduan"),
    GuestBookChoice("perizinan", "Perizinan"),
    GuestBookChoice("pengurusan", "Pengurusan"),
)
_QUEUES: tuple[tuple[int, int | None], ...] = (
    (3, 12), (8, 35), (0, None), (1, 5), (4, 0), (0, None), (2, None), (12, 100),
)  # fmt: skip


@dataclass(frozen=True)
class Size:
    """A screen that kiosks have."""

    width: int
    height: int

    @override
    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


SIZES = (Size(1080, 1920), Size(1920, 1080), Size(1024, 768))


def template(name: str = "bpmp-kaltara") -> OfficeTemplate:
    source = resource("offices", f"{name}.toml").read_bytes()
    return msgspec.toml.decode(source, type=OfficeTemplate)


def services() -> tuple[Service, ...]:
    return tuple(
        Service(
            id=number,
            prefix=each.prefix,
            name=each.name,
            description=each.description or each.name,
            category=each.category,
            icon=each.icon,
            requirements=each.requirements,
            minutes=each.minutes,
            fee=each.fee,
            quota=each.quota,
        )
        for number, each in enumerate(template().services, start=1)
    )


SOON = WaitRange(10, 20)


def around(minutes: int | None) -> WaitRange | None:
    """A wait of about so long."""
    return None if minutes is None else WaitRange(minutes // 5 * 5, minutes // 5 * 5 + 10)


def lines() -> tuple[ServiceQueue, ...]:
    made = [
        ServiceQueue(service=service, waiting=waiting, wait=around(minutes), counters_open=2)
        for service, (waiting, minutes) in zip(services(), _QUEUES, strict=True)
    ]
    made[4] = msgspec.structs.replace(made[4], available=False, why="Kuota hari ini habis")
    return tuple(made)


def _day(day: int, *spans: tuple[time, time], holiday: str = "") -> OpeningDay:
    return OpeningDay(date(2026, 11, day), spans, holiday)


_WORKED = ((time(7, 30), time(12)), (time(13), time(16)))
WEEK = (
    *(_day(21), _day(22), _day(23, *_WORKED), _day(24, holiday="Hari Raya Natal")),
    *(_day(25, *_WORKED), _day(26, *_WORKED), _day(27, (time(7, 30), time(11, 30)))),
)


def board(opening: OpeningStatus | None = None) -> KioskBoard:
    office = template()
    return KioskBoard(
        office=msgspec.structs.replace(office.office, phone="(0551) 2028123"),
        greeting=office.greeting,
        opening=opening or OpeningStatus(),
        categories=(),
        lines=lines(),
        priority_series="P",
    )


def big_board() -> KioskBoard:
    """Twenty services in a tree of categories."""
    categories = (
        Category(
            key="gtk", name=Words("Guru & Tenaga Kependidikan", "Teachers & Staff"), icon="users", parent=""
        ),
        Category(key="data", name=Words("Data Pendidikan", "Education Data"), icon="database", parent=""),
        Category(key="umum", name=Words("Layanan Umum", "General Services"), icon="landmark", parent=""),
        Category(key="nomor", name=Words("Nomor Induk", "Identity Numbers"), icon="id-card", parent="gtk"),
    )
    keys = ("gtk", "gtk", "data", "nomor", "data", "umum", "umum", "", "nomor", "umum")
    made = [
        msgspec.structs.replace(
            line,
            service=msgspec.structs.replace(
                line.service, id=number + 1, prefix=chr(65 + number), category=keys[number % len(keys)]
            ),
        )
        for number, line in enumerate((*lines(), *lines(), *lines()[:4]))
    ]
    return msgspec.structs.replace(board(), categories=categories, lines=tuple(made))


def ticket(**changes: object) -> Ticket:
    stamp = int(NINE_FORTY_ONE.timestamp() * 1000)
    made = Ticket(
        id=12,
        code="K7QF-3M9T",
        day="2026-11-21",
        series="A",
        number=12,
        label="A012",
        service_id=1,
        service="Informasi & Konsultasi",
        service_en="Information & Advice",
        state=TicketState.WAITING,
        place=QueuePosition.FRESH,
        priority=False,
        grounds=(),
        help=(),
        issued_at=stamp,
        queued_at=stamp,
        called_at=None,
        arrived_at=None,
        finished_at=None,
        calls=0,
        counter=None,
        target_counter=None,
        sender_counter=None,
        remark="",
        paper=PaperState.QUEUED,
    )
    return msgspec.structs.replace(made, **changes)


def until(wait: WaitRange | None) -> WaitUntil | None:
    """A wait that begins at 09.41."""
    return wait_until(wait, int(NINE_FORTY_ONE.timestamp() * 1000), template().office.zone)


def issued(ahead: int = 3, wait: WaitRange | None = SOON, **changes: object) -> IssuedTicket:
    open_now = ((1, "Loket 1"), (2, "Loket 2"))
    return IssuedTicket(ticket=ticket(**changes), ahead=ahead, wait=until(wait), counters=open_now)


def kiosk_alert(officer: str = "") -> Alert:
    """Somebody at the kiosk called; `officer` is on the way."""
    return Alert(
        id=1,
        visit_id=None,
        kind=AlertKind.KIOSK_CALL,
        at=int(NINE_FORTY_ONE.timestamp() * 1000),
        place="KIOS-1",
        label=None,
        acknowledged_at=int(NINE_FORTY_ONE.timestamp() * 1000) if officer else None,
        acknowledged_by=officer,
    )


def ticket_now(found: Ticket, alert: Alert | None = None) -> TicketNow:
    """The number of the present visit as the office has it, for the kiosk."""
    return TicketNow(ticket=found, counter_name="Loket 3" if found.counter else "", alert=alert)


def called(state: TicketState = TicketState.CALLED, calls: int = 1) -> TicketNow:
    """The number A012 at Loket 3."""
    return ticket_now(ticket(state=state, counter=3, calls=calls))


def known(**changes: object) -> KnownTicket:
    """Return the office's facts about the ticket A012."""
    told = KnownTicket(
        ticket=ticket(),
        ahead=3,
        callable_now=True,
        wait=until(SOON),
        signable=True,
        signed=False,
        purposes=PURPOSES,
        regencies=REGENCIES,
    )
    return msgspec.structs.replace(told, **changes)


def request(state: OnlineState = OnlineState.IN_PROGRESS) -> KnownRequest:
    return KnownRequest(number="D-0007/2026", state=state, due_at=int(NINE_FORTY_ONE.timestamp() * 1000))


def priority_issued() -> IssuedTicket:
    return issued(
        ahead=0,
        wait=None,
        series="P",
        number=3,
        label="P003",
        priority=True,
        grounds=(PriorityReason.ELDERLY,),
        help=(Help.WHEELCHAIR,),
        service="Permohonan Informasi (PPID)",
        service_en="Public Information Request",
    )
