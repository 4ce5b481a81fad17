"""Take a number: series, order, quota, the kiosk's hours, the secret on the paper, walk-ins."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.office import calls_after, make_office, open_office, store_of, trace_statements
from tests.operations.scene import ELDERLY, KIOSK, Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.kiosk_code import CODE_LENGTH
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import Openness
from ult_desktop.core.queue.ticket import Help, PaperState, QueuePosition, TicketState
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.queue.issuing import ticket_code

pytestmark = pytest.mark.by_engine


@pytest.fixture
def weekdays(tmp_path: Path) -> Iterator[Scene]:
    """An office that keeps its own hours; nobody is there yet."""
    scene = Scene(make_office(tmp_path / "jam", always_open=False))
    yield scene
    scene.shut()


def at_kiosk(scene: Scene, service: str = "A") -> None:
    scene.kiosk.perform(commands.IssueTicket(service_id=scene.service[service], at_kiosk=True), KIOSK)


def test_each_service_counts_for_itself(scene: Scene) -> None:
    assert [scene.take(service).label for service in "AABBA"] == ["A001", "A002", "B001", "B002", "A003"]


def test_priority_has_its_own_series_over_all_services(scene: Scene) -> None:
    first, second = scene.take("A", ELDERLY), scene.take("B", ELDERLY)
    assert [first.label, second.label, scene.take("A").label] == ["P001", "P002", "A001"]
    assert (first.priority, scene.ticket(first).grounds) == (True, (ELDERLY,))


def test_the_help_asked_for_stands_on_the_ticket(scene: Scene) -> None:
    wanted = (Help.WHEELCHAIR, Help.ESCORT)
    command = commands.IssueTicket(service_id=scene.service["A"], priority=ELDERLY, help=wanted)
    assert scene.kiosk.perform(command, KIOSK).ticket.help == wanted


def test_people_ahead(scene: Scene) -> None:
    command = commands.IssueTicket(service_id=scene.service["A"])
    assert [scene.kiosk.perform(command, KIOSK).ahead for _n in range(3)] == [0, 1, 2]


def test_the_order_of_the_numbers_is_the_order_of_the_queue(scene: Scene) -> None:
    """A second kiosk whose clock lags, or that waited for its turn, does not jump the queue."""
    scene.take()
    scene.later(-0.5)
    behind = scene.take()
    assert scene.order() == ["A001", "A002"]
    assert behind.issued_at < behind.queued_at


def test_a_code_nobody_can_guess_and_a_reader_finds(scene: Scene) -> None:
    first, second = scene.take(), scene.take()
    assert first.code != second.code
    assert len(first.code) == CODE_LENGTH
    assert scene.office.find_ticket(first.code.lower()) == first
    assert scene.office.find_ticket(" a002 ") == second
    assert scene.office.find_ticket("A999") is None
    assert scene.office.find_ticket("") is None


def test_a_replay_prints_the_code_that_is_on_the_paper() -> None:
    assert ticket_code("01a1ff5d-e96f-7510-8000-000000000001") == "ENY7H7YR7QLX"


@pytest.mark.file_only("plans")
def test_what_a_number_costs_under_the_lock(scene: Scene) -> None:
    """Every statement holds up every other station (docs/store.md, rule 5)."""
    scene.take()
    said: list[str] = []
    with closing(open_office(scene.path, "kios-2")) as office:
        office.clock = scene.clock
        office.perform(commands.IssueTicket(service_id=scene.service["A"]), KIOSK)
        trace_statements(store_of(office), said.append)
        office.perform(commands.IssueTicket(service_id=scene.service["A"]), KIOSK)
    begun = said.index("BEGIN IMMEDIATE")
    assert said.index("COMMIT") - begun <= 30


def test_the_quota_of_a_day(scene: Scene) -> None:
    tickets = [scene.take("R") for _n in range(20)]
    command = commands.IssueTicket(service_id=scene.service["R"])
    scene.refused(command, words=r"Kuota Rapor Pendidikan hari ini sudah habis \(20 nomor\)")
    (line,) = [each for each in scene.office.kiosk_board().lines if each.service.prefix == "R"]
    assert (line.available, line.why) == (False, "Kuota hari ini habis")
    scene.do(commands.Cancel(ticket_id=tickets[0].id))
    assert scene.take("R").label == "R021"
    scene.later(24 * 60)
    assert scene.take("R").label == "R001"


def test_a_service_that_is_gone(scene: Scene) -> None:
    scene.refused(commands.IssueTicket(service_id=99), words="Layanan itu tidak ada lagi")


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2026-11-23 07:29", "belum dapat diambil"),
        ("2026-11-23 12:30", "belum dapat diambil"),
        ("2026-11-23 16:03", "belum dapat diambil"),
        ("2026-11-22 10:00", "belum dapat diambil"),
        ("2026-12-25 10:00", "belum dapat diambil"),
    ],
    ids=["before", "break", "after", "sunday", "holiday"],
)
def test_a_closed_office_gives_no_number_at_the_kiosk(weekdays: Scene, when: str, words: str) -> None:
    weekdays.set_time(when)
    with pytest.raises(UserError, match=words):
        at_kiosk(weekdays)
    assert weekdays.take().label == "A001", "at the desk an officer decides"


def test_who_began_before_the_break_gets_a_number(weekdays: Scene) -> None:
    weekdays.set_time("2026-11-23 12:02")
    assert weekdays.office.kiosk_board().opening.state is Openness.BREAK
    at_kiosk(weekdays)
    assert weekdays.kinds() == ["ticket.issued"]


def test_the_hours_of_a_service(weekdays: Scene) -> None:
    weekdays.set_time("2026-11-23 15:30")
    at_kiosk(weekdays, "A")
    with pytest.raises(UserError, match=r"Permohonan Informasi \(PPID\): Dibuka "):
        at_kiosk(weekdays, "U")
    assert weekdays.kinds() == ["ticket.issued"]


def test_a_paused_kiosk(scene: Scene) -> None:
    scene.office.perform(commands.PauseKiosks(reason="Printer diperbaiki"), scene.officer(1))
    assert scene.office.kiosk_board().opening.reason == "Printer diperbaiki"
    with pytest.raises(UserError, match="belum dapat diambil"):
        at_kiosk(scene)
    scene.office.perform(commands.PauseKiosks(), scene.officer(1))
    at_kiosk(scene)
    assert scene.kinds()[-3:] == ["kiosks.paused", "kiosks.open", "ticket.issued"]


def test_a_walk_in_is_issued_called_and_served_at_once(scene: Scene) -> None:
    scene.take()
    ticket = scene.do(commands.WalkIn(counter=1, service_id=scene.service["A"]))
    assert (ticket.label, ticket.state, ticket.counter, ticket.place) == (
        "A002",
        TicketState.SERVING,
        1,
        QueuePosition.FRESH,
    )
    assert ticket.issued_at == ticket.called_at == ticket.arrived_at
    assert scene.do(commands.Finish(counter=1)).state is TicketState.DONE
    assert calls_after(scene.office, 0) == ()


def test_a_walk_in_needs_a_free_counter(scene: Scene) -> None:
    scene.take()
    scene.call()
    command = commands.WalkIn(counter=1, service_id=scene.service["A"])
    scene.refused(command, words="Loket 1 masih menangani nomor A001")


def test_what_became_of_the_paper(scene: Scene) -> None:
    plain = scene.take()
    assert plain.paper is PaperState.NONE
    command = commands.IssueTicket(service_id=scene.service["A"], wants_paper=True)
    ticket = scene.kiosk.perform(command, KIOSK).ticket
    assert ticket.paper is PaperState.QUEUED
    for paper in (PaperState.FAILED, PaperState.PRINTED, PaperState.REPRINTED):
        report = commands.ReportPaper(ticket_id=ticket.id, paper=paper)
        assert scene.kiosk.perform(report, KIOSK).paper is paper
    assert scene.kinds()[-3:] == ["paper.failed", "paper.printed", "paper.reprinted"]


def test_past_999_the_number_grows(weekdays: Scene) -> None:
    weekdays.take()

    def jump(tx: Transaction) -> None:
        tx.run("UPDATE ticket SET number = 999, label = 'A999'")

    store_of(weekdays.office).write(jump)
    assert weekdays.take().label == "A1000"
