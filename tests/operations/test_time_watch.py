"""A wrong clock begins no day: each write is held against the log, and a person decides a contradiction."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import msgspec
import pytest

from tests.clocks import Clocks
from tests.db.rows import log_after
from tests.office import PASSWORD, make_office, open_office, store_of, stranger
from tests.personal import rows
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.office.commands import ConfirmTime
from ult_desktop.core.office_time import Doubt
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.queue import tickets
from ult_desktop.db.store import events, stations
from ult_desktop.db.store.errors import WritesBlocked
from ult_desktop.db.store.journal import Journal
from ult_desktop.db.store.stations import Presence
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.time_confirming import confirm_time, read_time_witnesses
from ult_desktop.operations.time_watch import TimeDoubt

HOUR = 3_600_000
OpenStation = Callable[..., Office]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_office(tmp_path, hand_clock=True)


@pytest.fixture
def start(path: Path) -> Iterator[OpenStation]:
    """Start a station on a PC with these clocks: what it knew of the time in an earlier run is gone."""
    with ExitStack() as closing:

        def open_station(pc: Clocks, name: str = "kios-1") -> Office:
            office = open_office(path, name)
            closing.callback(office.close)
            office.clock = pc.clock()
            office.clock.measure()
            return office

        yield open_station


def take(office: Office) -> Ticket:
    command = commands.IssueTicket(service_id=1)
    return office.perform(command, Actor(station=office.station)).ticket


def now_of(office: Office, ticket: Ticket) -> Ticket:
    return office.read(lambda tx: tickets.get(tx, ticket.id))


def report(office: Office) -> None:
    office.report_presence(Presence(name=office.station, mode="kiosk", version="1", boot="b"))


def doubt_of(act: Callable[[], object]) -> Doubt | None:
    with pytest.raises(TimeDoubt) as told:
        act()
    assert "office confirm-time" in told.value.todo
    assert told.value.safe
    return told.value.witnesses.doubt


@pytest.mark.parametrize("which", ["own", "share"])
@pytest.mark.parametrize("step", [DAY_MS, -DAY_MS, 365 * DAY_MS])
def test_a_clock_that_is_stepped_while_the_program_runs_begins_no_day(
    start: OpenStation, which: str, step: int
) -> None:
    """The PC's own, or that of the disk: the ticks measured a minute, and everybody waits on."""
    pc = Clocks()
    kiosk = start(pc)
    waiting = take(kiosk)
    setattr(pc, which, getattr(pc, which) + step)
    pc.pass_ms(60_000)
    report(kiosk)
    second = take(kiosk)
    assert (second.label, second.day) == ("A002", waiting.day)
    assert now_of(kiosk, waiting).state is TicketState.WAITING


def test_a_pc_that_slept_overnight_goes_on_in_the_morning(start: OpenStation) -> None:
    pc = Clocks()
    kiosk = start(pc)
    first = take(kiosk)
    pc.pass_ms(15 * HOUR + 24 * HOUR)
    again = take(kiosk)
    assert (again.label, again.day > first.day) == ("A001", True)
    assert now_of(kiosk, first).state is TicketState.CANCELLED


@pytest.mark.parametrize("silent", [15 * HOUR, 3 * DAY_MS, 17 * DAY_MS])
@pytest.mark.parametrize("own", [0, 8 * HOUR, -6 * 365 * DAY_MS])
def test_the_first_station_after_holidays_just_starts(start: OpenStation, silent: int, own: int) -> None:
    """Its own clock may be in the wrong zone, or begin in 2020 each morning."""
    pc = Clocks()
    take(start(pc))
    pc.pass_ms(silent)
    pc.own += own
    kiosk = start(pc)
    report(kiosk)
    assert take(kiosk).label == "A001"


@pytest.mark.parametrize(
    ("share", "own", "doubt"),
    [
        (2 * DAY_MS, 0, Doubt.APART),
        (-DAY_MS, -DAY_MS, Doubt.BEHIND),
        (365 * DAY_MS, 365 * DAY_MS, Doubt.SILENT),
    ],
)
def test_a_contradiction_is_refused_and_cancels_nobody(
    start: OpenStation, share: int, own: int, doubt: Doubt
) -> None:
    pc = Clocks()
    office = start(pc)
    waiting = take(office)
    pc.pass_ms(2 * HOUR)
    pc.share, pc.own = pc.share + share, pc.own + own
    kiosk = start(pc, "kios-2")
    before = kiosk.last_seq()
    assert doubt_of(lambda: take(kiosk)) is doubt
    assert doubt_of(lambda: report(kiosk)) is doubt
    store_of(kiosk).close()
    assert kiosk.last_seq() == before, "reading goes on, on a new connection too"
    assert kiosk.read(stations.all_seen) == ()
    assert now_of(kiosk, waiting).state is TicketState.WAITING
    assert read_time_witnesses(kiosk).doubt is doubt


@pytest.mark.parametrize("step", [DAY_MS, -DAY_MS])
def test_a_share_whose_clock_jumped_keeps_no_station_from_starting(start: OpenStation, step: int) -> None:
    """Others are at work by the time that this PC's own clock has too."""
    pc = Clocks()
    running = start(pc)
    waiting = take(running)
    pc.pass_ms(60_000)
    pc.share += step
    kiosk = start(pc, "kios-2")
    report(kiosk)
    second = take(kiosk)
    assert (second.label, second.day) == ("A002", waiting.day)
    assert now_of(running, waiting).state is TicketState.WAITING
    assert (kiosk.clock.apart_ms, kiosk.clock.own_offset_ms) == (step, step)
    pc.share -= step
    kiosk.clock.measure()
    assert kiosk.clock.apart_ms == 0


def test_a_station_that_turned_to_its_own_clock_is_no_witness_of_the_shares(start: OpenStation) -> None:
    """The report was made by the share's clock; a connection that opens later writes the row."""
    pc = Clocks()
    waiting = take(start(pc))
    pc.pass_ms(60_000)
    pc.share += 15 * DAY_MS
    kiosk = start(pc, "kios-2")
    kiosk.halt(WritesBlocked("flagged"))
    with pytest.raises(WritesBlocked, match="flagged"):
        report(kiosk)
    kiosk.halt(None)
    take(kiosk)
    store_of(kiosk).close()
    take(kiosk)
    assert [each.seen_at for each in kiosk.read(stations.all_seen)] == [pc.own]
    assert take(start(pc, "kios-3")).day == waiting.day


def test_a_pc_that_started_without_the_shares_time_asks_for_it_before_it_begins_a_day(
    start: OpenStation,
) -> None:
    """The share took no writes, so that it said no time; this PC's own clock is a day ahead."""
    waiting = take(start(Clocks()))
    pc = Clocks(own=DAY_MS)
    pc.share_answers = False
    kiosk = start(pc, "kios-2")
    pc.share_answers = True
    second = take(kiosk)
    assert (second.label, second.day) == ("A002", waiting.day)
    assert now_of(kiosk, waiting).state is TicketState.WAITING


def test_two_stations_that_agree_need_nobody(start: OpenStation) -> None:
    """After a reboot on Monday: the second PC has Sunday's date, and the first one is at work."""
    first, second = Clocks(), Clocks()
    take(start(first))
    for pc in (first, second):
        pc.pass_ms(3 * DAY_MS)
    second.own -= DAY_MS
    assert doubt_of(lambda: take(start(second, "kios-2"))) is Doubt.APART
    report(start(first))
    assert take(start(second, "kios-3")).label == "A001"


def test_a_date_confirmed_at_one_station_holds_at_all(start: OpenStation) -> None:
    """The share was put right while stations ran: who did not ask it goes by the log."""
    old, new = Clocks(), Clocks()
    running = start(old)
    take(running)
    for pc in (old, new):
        pc.pass_ms(2 * HOUR)
        pc.share += 2 * DAY_MS
    desk = start(new, "loket-1")
    assert doubt_of(lambda: take(desk)) is Doubt.APART
    assert confirm_time(desk, desk.sign_in("siti", PASSWORD)) == new.share
    assert take(desk).issued_at == new.share
    assert take(running).issued_at == old.share
    report(running)
    (told,) = [e for e in desk.read(lambda tx: log_after(tx, 0)) if e.kind == "time.confirmed"]
    assert (told.area, told.at, set(msgspec.json.decode(told.data))) == ("office", new.share, {"last"})


@pytest.mark.parametrize("asked", [True, False])
def test_a_date_that_ran_ahead_is_brought_back(start: OpenStation, asked: bool) -> None:
    """Everybody agreed on the day after tomorrow; then the share was put right, and an officer said so."""
    ahead, right = Clocks(own=2 * DAY_MS, share=2 * DAY_MS), Clocks()
    running = start(ahead)
    take(running)
    ahead.own, ahead.share = right.own, right.share
    desk = start(right, "loket-1")
    assert doubt_of(lambda: take(desk)) is Doubt.BEHIND
    confirm_time(desk, desk.sign_in("siti", PASSWORD))
    if asked:
        running.clock.measure()
    for pc in (ahead, right):
        pc.pass_ms(60_000)
    report(running)
    assert take(running).issued_at == ahead.share


def test_a_doubtful_date_costs_a_pc_none_of_its_journal(path: Path, start: OpenStation) -> None:
    """The jump lies within what an office may be closed; this PC's own clock contradicts it."""
    pc = Clocks()
    take(start(pc))
    pc.pass_ms(25 * DAY_MS)
    office = start(pc, "loket-1")
    confirm_time(office, office.check_password("siti", PASSWORD))
    pc.share += 15 * DAY_MS
    again = start(pc)
    with closing(Journal(path.parent / "journal-kios-1.db")) as journal:
        again.settle()
        assert journal.has_settled_before(pc.share)
        pc.own = pc.share
        again.settle()
        assert not journal.has_settled_before(pc.share)


def test_a_log_that_was_restored_refutes_nobody(start: OpenStation) -> None:
    """Such a log ends hours earlier than a running kiosk has seen it; the share says the same as before."""
    pc = Clocks()
    kiosk = start(pc)
    take(kiosk)
    pc.pass_ms(6 * HOUR)
    take(kiosk)
    with closing(stranger(store_of(kiosk).path)) as link, link:
        link.execute("DROP TRIGGER event_is_kept")
        link.execute("DELETE FROM event WHERE seq = 2")
    kiosk._time.require(rows(kiosk, lambda tx: tx), pc.share, kiosk.clock)


def test_who_guesses_a_password_meanwhile_does_not_confirm_the_date(start: OpenStation) -> None:
    """A lock-out is an entry of the log: it is dated with what the log knows."""
    pc = Clocks()
    take(start(pc))
    last = pc.share
    pc.pass_ms(2 * HOUR)
    pc.share += 2 * DAY_MS
    desk = start(pc, "loket-1")
    for _n in range(3):
        with pytest.raises(UserError):
            desk.sign_in("siti", "tebakan")
    assert desk.read(events.last_at) == last
    assert doubt_of(lambda: take(desk)) is Doubt.APART


@pytest.mark.parametrize("login", ["", "joko"])
def test_who_may_not_close_a_day_confirms_no_date(start: OpenStation, login: str) -> None:
    pc = Clocks()
    office = start(pc)
    guard = Actor(station="kios-1")
    with pytest.raises(UserError, match="tidak berwenang"):
        office.perform(ConfirmTime(), guard)
