"""Boards of a morning at BPMP Kalimantan Utara, to show without an office."""

from dataclasses import dataclass, replace
from typing import Any

import msgspec

from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.office.template import Calling, OfficeIdentity, Words
from ult_desktop.core.queue.boards import (
    CounterBoard,
    CounterState,
    CounterStatus,
    DaySummary,
    HourLoad,
    Service,
    StationStatus,
)
from ult_desktop.core.queue.ticket import Help, PaperState, PriorityReason, QueuePosition, Ticket, TicketState

Change = Any
MINUTE = 60_000
NOW = 1_795_225_260_000  # 2026-11-21 09.41 WITA

OFFICE = OfficeIdentity(
    name="Balai Penjaminan Mutu Pendidikan Provinsi Kalimantan Utara",
    short_name="BPMP Kalimantan Utara",
    province="Kalimantan Utara",
    timezone="Asia/Makassar",
)
NAMES = (
    ("A", "Informasi & Konsultasi", "Information & Consultation"),
    ("B", "Tunjangan Profesi", "Professional Allowance"),
    ("C", "Data Pokok Pendidikan", "Education Data"),
    ("D", "Pengaduan", "Complaints"),
)
GUEST = ("Dedi Kurniawan", "SMPN 1 Tarakan")
LONG = (
    "Konsultasi dan Fasilitasi Peningkatan Mutu Pendidikan Anak Usia Dini, Dasar, dan Menengah",
    "Consultation and Facilitation for Improving Early Childhood, Primary and Secondary Education",
)
SITI = Actor(station="LOKET-2", officer_id=2, name="Siti Rahmawati", roles=frozenset({Role.FRONT_OFFICE}))


def service(number: int, *, long: bool = False) -> Service:
    prefix, name, english = NAMES[(number - 1) % len(NAMES)]
    name, english = LONG if long else (name, english)
    return Service(
        id=number,
        prefix=prefix,
        name=Words(name, english),
        description=Words(name, english),
        category="",
        icon="info",
        requirements=(),
        minutes=10,
        fee=Words("Tidak dipungut biaya", "Free of charge"),
        quota=None,
    )


def ticket(number: int, service_id: int = 1, **changes: Change) -> Ticket:
    made = service(service_id)
    waits = changes.pop("waits", 4)
    issued = NOW - waits * MINUTE
    base = Ticket(
        id=service_id * 1000 + number,
        code=f"K{service_id}{number:05}",
        day="2026-11-21",
        series=made.prefix,
        number=number,
        label=f"{made.prefix}{number:03}",
        service_id=service_id,
        service=made.name.indonesian,
        service_en=made.name.en,
        state=TicketState.WAITING,
        place=QueuePosition.FRESH,
        priority=False,
        grounds=(),
        help=(),
        issued_at=issued,
        queued_at=issued,
        called_at=None,
        arrived_at=None,
        finished_at=None,
        calls=0,
        counter=None,
        target_counter=None,
        sender_counter=None,
        remark="",
        paper=PaperState.PRINTED,
    )
    return msgspec.structs.replace(base, **changes)


def priority_ticket(number: int = 3, **changes: Change) -> Ticket:
    values: dict[str, Any] = {
        "label": f"P{number:03}",
        "series": "P",
        "id": 9000 + number,
        "priority": True,
        "grounds": (PriorityReason.ELDERLY,),
        "help": (Help.WHEELCHAIR,),
        "waits": 1,
    }
    return ticket(number, 1, **(values | changes))


def called(calls: int = 1, **changes: Change) -> Ticket:
    values: dict[str, Any] = {
        "state": TicketState.CALLED,
        "called_at": NOW - 40_000,
        "calls": calls,
        "counter": 2,
        "waits": 9,
    }
    return ticket(12, 1, **(values | changes))


def serving(**changes: Change) -> Ticket:
    values: dict[str, Any] = {"state": TicketState.SERVING, "arrived_at": NOW - 252_000}
    return called(**(values | changes))


def counter(number: int, **changes: Change) -> CounterStatus:
    base = CounterStatus(
        number=number,
        name="",
        priority=False,
        state=CounterState.OPEN,
        pause_reason="",
        officer_id=number,
        officer={1: "Dedi Kurniawan", 2: "Siti Rahmawati", 3: "Rina Marlina"}.get(number, ""),
        serves=(1, 2, 3, 4),
        current=None,
    )
    return msgspec.structs.replace(base, **changes)


def others() -> tuple[CounterStatus, ...]:
    return (
        counter(1, current=ticket(11, 1, state=TicketState.SERVING, calls=1, arrived_at=NOW - 300_000)),
        counter(
            3, name="Loket Prioritas", priority=True, state=CounterState.PAUSED, pause_reason="Istirahat"
        ),
        counter(4, state=CounterState.CLOSED, officer_id=None),
    )


def waiting() -> tuple[Ticket, ...]:
    return (
        priority_ticket(),
        ticket(13, 1, waits=3),
        ticket(14, 1, waits=5, place=QueuePosition.RETURNED),
        ticket(2, 2, waits=6),
        ticket(
            15, 1, waits=8, place=QueuePosition.TRANSFERRED, sender_counter=1, remark="Minta legalisir SK"
        ),
        ticket(7, 3, waits=17, target_counter=2),
        ticket(1, 5, waits=0),
    )


MISSED = (
    ticket(9, 1, state=TicketState.NO_SHOW, waits=40, calls=3, finished_at=NOW - 11 * MINUTE),
    ticket(1, 2, state=TicketState.NO_SHOW, waits=55, calls=3, finished_at=NOW - 25 * MINUTE),
)
HELD = (ticket(5, 3, state=TicketState.HELD, waits=32, remark="Melengkapi berkas"),)

DAY = DaySummary(
    issued=38,
    done=27,
    no_show=2,
    waiting=7,
    wait_seconds=412,
    walking_seconds=38,
    serving_seconds=655,
    hours=(
        HourLoad(hour=7, issued=4, done=2, wait_minutes=2),
        HourLoad(hour=8, issued=17, done=12, wait_minutes=7),
        HourLoad(hour=9, issued=14, done=11, wait_minutes=9),
        HourLoad(hour=10, issued=3, done=2, wait_minutes=None),
    ),
    booked=5,
    missed=1,
)
EMPTY_DAY = DaySummary(
    issued=0,
    done=0,
    no_show=0,
    waiting=0,
    wait_seconds=None,
    walking_seconds=None,
    serving_seconds=None,
    hours=(),
)


def station(mode: str, printer: str = "", voice: str = "") -> StationStatus:
    return StationStatus(
        name=f"{mode.upper()}-1",
        mode=mode,
        version="0.1.0",
        seen_at=NOW - 5_000,
        printer=printer,
        voice=voice,
        clock_offset_ms=12,
    )


def board(**changes: Change) -> CounterBoard:
    """An idle, open counter 2 with seven people waiting; `current` goes into `mine`."""
    mine = changes.pop("mine", None) or counter(2, current=changes.pop("current", None))
    queue = changes.get("waiting", waiting())
    base = CounterBoard(
        office=OFFICE,
        calling=Calling(),
        services=tuple(service(number) for number in range(1, 5)),
        counters=(*others()[:1], mine, *others()[1:]),
        mine=mine,
        waiting=queue,
        missed=MISSED,
        held=HELD,
        next_up=queue[0] if queue else None,
        undoable=None,
        upcoming=tuple((each, "") for each in queue[:3]) if mine.current is None else (),
        day=DAY,
        stations=(station("kiosk", printer="ready"), station("display", voice="ready")),
    )
    return msgspec.structs.replace(base, **changes)


@dataclass(frozen=True)
class State:
    """A state of the counter's window that is drawn and looked at."""

    name: str
    board: CounterBoard
    online: bool = True

    def cut_off(self) -> "State":
        return replace(self, name=f"{self.name}-terputus", online=False)


def crowd() -> tuple[Ticket, ...]:
    return tuple(ticket(number, 1 + number % 4, waits=number) for number in range(1, 201))


def long_names() -> CounterBoard:
    name, english = LONG
    wordy = {"service": name, "service_en": english}
    return board(
        current=serving(
            **wordy, priority=True, grounds=(PriorityReason.DISASTER,), help=tuple(Help), label="P1012"
        ),
        guest=(f"Yohanes {name}", f"Balai {name}"),
        waiting=tuple(
            ticket(n, 1, waits=n * 31, **wordy, priority=True, grounds=(PriorityReason.NURSING,))
            for n in range(1, 9)
        ),
        missed=tuple(msgspec.structs.replace(t, **wordy) for t in MISSED),
        services=tuple(service(number, long=True) for number in range(1, 13)),
    )


def states() -> tuple[State, ...]:
    nobody = board(waiting=(), missed=(), held=(), day=EMPTY_DAY, counters=(counter(2),))
    return (
        State("tutup", board(mine=counter(2, state=CounterState.CLOSED))),
        State("kosong", nobody),
        State("siap", board()),
        State("dipanggil", board(current=called())),
        State("dipanggil-3x", board(current=called(3))),
        State("dilayani", board(current=serving(), undoable=None, guest=GUEST)),
        State("jeda", board(mine=counter(2, state=CounterState.PAUSED, pause_reason="Salat"))),
        State("diambil-alih", board(mine=counter(2, officer_id=3, officer="Rina Marlina"))),
        State("terputus", board(current=serving(remark="Sudah lengkap"), guest=GUEST), online=False),
        State("nama-panjang", long_names()),
        State("200-menunggu", board(waiting=crowd(), undoable=MISSED[0])),
        State(
            "alat-bermasalah",
            board(stations=(station("kiosk", printer="paper_out"), station("display", voice="silent"))),
        ),
    )
