"""Boards of a lobby as they stand on real days."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from ult_desktop.core.office.template import FREE_OF_CHARGE, Greeting, OfficeIdentity, Words
from ult_desktop.core.queue.boards import (
    Call,
    CounterState,
    CounterStatus,
    LobbyBoard,
    OpeningDay,
    Service,
    ServiceQueue,
)
from ult_desktop.core.queue.calling_order import NextNumbers
from ult_desktop.core.queue.ticket import PaperState, QueuePosition, Ticket, TicketState
from ult_desktop.core.queue.wait_range import WaitRange

MORNING = datetime(2026, 11, 23, 1, 41, tzinfo=UTC).astimezone(ZoneInfo("Asia/Makassar"))
OFFICE = OfficeIdentity(
    name="BPMP Provinsi Kalimantan Utara",
    short_name="BPMP Kaltara",
    unit="Unit Layanan Terpadu",
    province="Kalimantan Utara",
    timezone="Asia/Makassar",
)
_USUAL = ((time(7, 30), time(12)), (time(13), time(16)))
_FRIDAY = ((time(7, 30), time(11, 30)), (time(13), time(16, 30)))
DAYS = tuple(
    OpeningDay(date(2026, 11, day), (_USUAL, _USUAL, _USUAL, _USUAL, _FRIDAY, (), ())[(day - 23) % 7])
    for day in range(23, 31)
)
"""From Monday on."""
RUNNING = (
    "Silakan ambil nomor antrean di mesin yang tersedia",
    "Harap menunggu nomor antrean Anda dipanggil oleh petugas",
    "Pastikan membawa dokumen persyaratan",
    "Seluruh layanan tidak dipungut biaya",
)
SERVICES = (
    ("A", Words("Informasi & Konsultasi", "Information & Advice"), "info"),
    ("B", Words("Tunjangan Profesi", "Teacher Allowance"), "wallet"),
    ("L", Words("Dapodik", "School Data (Dapodik)"), "database"),
    ("M", Words("NUPTK & NISN", "Teacher & Student Numbers"), "id-card"),
    ("R", Words("Rapor Pendidikan", "Education Report Card"), "chart-column"),
    ("U", Words("Permohonan Informasi (PPID)", "Public Information Request"), "file-text"),
)
LONG = Words(
    "Legalisasi Ijazah dan Surat Keterangan Pengganti Ijazah yang Hilang",
    "Certification of Diplomas and of Letters Replacing a Lost Diploma",
)
NEXT = (
    NextNumbers(counters=((1, "Loket 1"), (3, "Loket Data")), labels=("A013", "P004", "A014")),
    NextNumbers(counters=((2, "Loket 2"),), labels=("L012",)),
    NextNumbers(counters=((4, "Loket Prioritas"),), labels=("P004", "A013", "U003")),
)
QUEUES = ((3, 12, 2), (0, None, 1), (7, 35, 2), (1, None, 1), (2, 40, 0), (0, None, 3))


def call(
    seq: int,
    label: str = "A012",
    counter: int = 2,
    *,
    service: Words = SERVICES[0][1],
    counter_name: str = "",
    priority: bool = False,
    attempt: int = 1,
    spoken: bool = True,
) -> Call:
    return Call(
        seq=seq,
        at=1_000 * seq,
        ticket_id=seq,
        label=label,
        series=label.rstrip("0123456789"),
        number=int(label.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
        counter=counter,
        counter_name=counter_name or f"Loket {counter}",
        counter_priority=False,
        priority=priority,
        service=service,
        attempt=attempt,
        spoken=spoken,
    )


def service_line(index: int, name: Words | None = None) -> ServiceQueue:
    prefix, words, icon = SERVICES[index % len(SERVICES)]
    waiting, minutes, counters = QUEUES[index % len(QUEUES)]
    service = Service(
        id=index + 1,
        prefix=prefix,
        name=name or words,
        description=words,
        category="",
        icon=icon,
        requirements=(),
        minutes=10,
        fee=FREE_OF_CHARGE,
        quota=None,
    )
    return ServiceQueue(
        service=service,
        waiting=waiting,
        wait=None if minutes is None else WaitRange(minutes // 5 * 5, minutes // 5 * 5 + 10),
        counters_open=counters,
    )


def ticket(id_: int) -> Ticket:
    """Return a counter's ticket; only its id matters here."""
    return Ticket(
        id=id_,
        code=f"kode-{id_}",
        day="2026-11-23",
        series="A",
        number=id_,
        label=f"A{id_:03d}",
        service_id=1,
        service="Informasi & Konsultasi",
        service_en="",
        state=TicketState.SERVING,
        place=QueuePosition.FRESH,
        priority=False,
        grounds=(),
        help=(),
        issued_at=0,
        queued_at=0,
        called_at=0,
        arrived_at=0,
        finished_at=None,
        calls=1,
        counter=1,
        target_counter=None,
        sender_counter=None,
        remark="",
        paper=PaperState.NONE,
    )


def counter_line(number: int, current: int | None = None) -> CounterStatus:
    return CounterStatus(
        number=number,
        name=f"Loket {number}",
        priority=False,
        state=CounterState.OPEN,
        pause_reason="",
        officer_id=number,
        officer="Siti Rahmawati",
        serves=(),
        current=None if current is None else ticket(current),
    )


def board(calls: tuple[Call, ...] = (), services: int = 6, counters: int = 4) -> LobbyBoard:
    now = {each.counter: each.ticket_id for each in calls}
    return LobbyBoard(
        office=OFFICE,
        greeting=Greeting(),
        running_text=RUNNING,
        calls=calls,
        counters=tuple(counter_line(number, now.get(number)) for number in range(1, counters + 1)),
        lines=tuple(service_line(index) for index in range(services)),
    )


def normal_board() -> LobbyBoard:
    return board(
        (
            call(9, "A012", 2),
            call(8, "P003", 4, counter_name="Loket Prioritas", priority=True),
            call(7, "L011", 3, service=SERVICES[2][1], counter_name="Loket Data"),
            call(6, "U002", 1, service=SERVICES[5][1]),
        )
    )


def crowded_board() -> LobbyBoard:
    """Twelve counters at work, services with the longest names, numbers of four figures."""
    calls = tuple(
        call(30 - index, f"AB{1000 + index}", 12 - index, service=LONG, priority=index % 3 == 1)
        for index in range(12)
    )
    crowded = board(calls, 0, 12)
    office = OfficeIdentity(
        name="Balai Penjaminan Mutu Pendidikan Provinsi Kepulauan Bangka Belitung",
        short_name="BPMP Babel",
        unit="Unit Layanan Terpadu Pendidikan Dasar dan Menengah",
        timezone="Asia/Jakarta",
    )
    lines = tuple(service_line(index, LONG) for index in range(14))
    return LobbyBoard(
        office=office,
        greeting=crowded.greeting,
        running_text=RUNNING,
        calls=calls,
        counters=tuple(counter_line(each.counter, each.ticket_id) for each in calls),
        lines=lines,
    )
