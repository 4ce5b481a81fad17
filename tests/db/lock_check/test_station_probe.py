"""Two PCs prove their locks to each other: real processes, one of them now and then without any locks."""

import platform
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.db.lock_check.proof_station import LOCKS, NO_LOCKS, QUICK, connect_by, other_pc
from ult_desktop.db.lock_check.probe_round import (
    FRESH_MS,
    HOLD,
    Proof,
    ProofCard,
    ProofCardBox,
    ProofRecord,
    name_of,
)
from ult_desktop.db.lock_check.station_probe import StationIdentity, StationProof, _Peer
from ult_desktop.db.store.clock import own_ms
from ult_desktop.db.store.errors import UntrustedLocks

LONGEST_S = 60.0


class ProvingStation:
    """A station of this process, and what it judged."""

    def __init__(self, office: Path, host: str, own: Path, vfs: str = LOCKS) -> None:
        self.judged: list[UntrustedLocks | None] = []
        self.record = ProofRecord(office, own)
        here = StationIdentity(office, f"di-{host}", own, host)
        self.proof = StationProof(here, self.judged.append, QUICK, partial(connect_by, vfs))
        self.proof.start()

    def ok(self, host: str) -> bool | None:
        found = self.record.read().get(host)
        return None if found is None else found.ok


def wait_until(fact: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONGEST_S
    while not fact():
        assert time.monotonic() < deadline, "it did not come"
        threading.Event().wait(0.01)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return folder / "office.db"


Start = Callable[..., ProvingStation]


@pytest.fixture
def start(office: Path, tmp_path: Path) -> Iterator[Start]:
    started: list[ProvingStation] = []

    def begin(host: str, vfs: str = LOCKS) -> ProvingStation:
        started.append(ProvingStation(office, host, tmp_path / host, vfs))
        return started[-1]

    yield begin
    for station in started:
        station.proof.close(5)


@pytest.mark.slow
@pytest.mark.parametrize("here", ["a-pc", "z-pc"], ids=["leads", "follows"])
def test_two_computers_prove_their_locks_once(office: Path, tmp_path: Path, start: Start, here: str) -> None:
    station = start(here)
    other = ProofRecord(office, tmp_path / "m-pc")
    with other_pc(office, "m-pc", tmp_path / "m-pc"):
        wait_until(lambda: station.ok("m-pc") is True and here in other.read())
    assert other.read()[here].ok
    assert station.judged == []
    assert list(office.with_name("office.db.locks").glob("*.db*")) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("mine", "others"), [(LOCKS, NO_LOCKS), (NO_LOCKS, LOCKS), (NO_LOCKS, NO_LOCKS)], ids=str
)
def test_locks_that_do_not_reach_the_other_stop_the_writing(
    office: Path, tmp_path: Path, start: Start, mine: str, others: str
) -> None:
    station = start("a-pc", mine)
    with other_pc(office, "m-pc", tmp_path / "m-pc", others) as process:
        wait_until(lambda: bool(station.judged))
        assert process.stdout is not None
        assert "antara komputer ini dan a-pc (di-a-pc)" in process.stdout.readline()
    (reason,) = station.judged
    assert isinstance(reason, UntrustedLocks)
    assert "antara komputer ini dan m-pc (di-m-pc) tidak berlaku" in reason.what
    assert "nobrl" in reason.todo
    assert station.record.failure(own_ms()) is not None


@pytest.mark.slow
def test_a_failure_counts_as_long_as_the_other_is_at_work_and_until_it_is_mended(
    office: Path, tmp_path: Path, start: Start
) -> None:
    station = start("a-pc")
    with other_pc(office, "m-pc", tmp_path / "m-pc", NO_LOCKS):
        wait_until(lambda: station.ok("m-pc") is False)
    with other_pc(office, "m-pc", tmp_path / "m-pc"):
        wait_until(lambda: len(station.judged) == 2)
    assert station.judged[1] is None
    assert station.ok("m-pc") is True


def test_one_failure_alone_is_a_passing_thing(office: Path, start: Start) -> None:
    station = start("a-pc")
    peer = _Peer(ProofCard(station="tv", host="b-pc"), 0.0)
    for proved, known in ((False, None), (True, True), (False, True), (None, True), (False, False)):
        station.proof._note_result(peer, proved)
        assert station.ok("b-pc") is known
    assert not peer.at_work


@pytest.mark.slow
def test_a_pc_that_forgot_is_led_once_more(office: Path, tmp_path: Path, start: Start) -> None:
    """The other leads, and remembers that all is proved."""
    ProofRecord(office, tmp_path / "m-pc").write(Proof(host="z-pc", station="di-z-pc", ok=True, at=1))
    forgetful = start("z-pc")
    with other_pc(office, "m-pc", tmp_path / "m-pc"):
        wait_until(lambda: forgetful.ok("m-pc") is True)


@pytest.mark.parametrize(("age_ms", "stops"), [(0, True), (FRESH_MS, False)])
def test_an_old_failure_and_an_old_card_stop_nobody(
    office: Path, tmp_path: Path, start: Start, age_ms: int, stops: bool
) -> None:
    """Files of a computer that is long gone stop nobody; one that failed a moment ago may be at work."""
    proof = Proof(host="m-pc", station="tv", ok=False, at=own_ms() - age_ms)
    ProofRecord(office, tmp_path / "a-pc").write(proof)
    gone = ProofCardBox(office, "tv", "m-pc")
    gone.open()
    gone.write()
    station = start("a-pc")
    wait_until(lambda: station.proof._box.mine.beat > 3)
    (peer,) = station.proof._peers.values()
    assert peer.at_work is stops
    assert station.judged == [], "who stopped at the start need not be told again"


def test_a_share_that_is_not_there_yet(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    late = tmp_path / "share" / "office.db"
    proof = StationProof(StationIdentity(late, "kios", tmp_path / "own"), print, QUICK)
    proof.start()
    wait_until(lambda: "station proof" in caplog.text)
    late.parent.mkdir()
    wait_until(lambda: late.with_name("office.db.locks").is_dir())
    wait_until(lambda: proof._box.mine.beat > 0)
    assert name_of(proof._box.mine.host) == platform.node()
    proof.close(5)


def test_one_that_never_began_ends_at_once(office: Path, tmp_path: Path) -> None:
    StationProof(StationIdentity(office, "kios", tmp_path), print).close()
    assert not office.with_name("office.db.locks").exists()


def test_closing_does_not_wait_for_a_round(office: Path, tmp_path: Path, start: Start) -> None:
    silent = ProofCardBox(office, "tv", "m-pc")
    silent.open()
    silent.write()
    station = start("a-pc")
    wait_until(lambda: station.proof._box.mine.step == HOLD)
    began = time.monotonic()
    station.proof.close()
    assert time.monotonic() - began < QUICK.round.hold_s
    assert not station.proof._thread.is_alive()
