"""One round of the probe, step by step: silence proves nothing, old pages prove the worst."""

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from tests.db.lock_check.proof_station import NO_LOCKS, connect_by
from ult_desktop.db.lock_check import probe_round
from ult_desktop.db.lock_check.probe_round import (
    COMMITTED,
    FAILED,
    GAVE_UP,
    HOLD,
    INSIDE,
    PASSED,
    Connect,
    ProofCard,
    ProofCardBox,
    ProofRound,
    RoundTimings,
)
from ult_desktop.db.store.connection import set_pragmas

PACE = RoundTimings(step_s=0.005, hold_s=60.0, answer_s=60.0)
SHORT = RoundTimings(step_s=0.005, hold_s=0.05, answer_s=0.05)


class Cached(sqlite3.Connection):
    """A client that goes on believing the pages it read first."""

    first: Any = None

    @override
    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        cursor = super().execute(sql, parameters)
        if not sql.startswith("SELECT"):
            return cursor
        self.first = self.first or cursor.fetchall()
        return super().execute(f"SELECT {self.first[0][0]}")


def connect_cached(path: Path, _mode: str) -> sqlite3.Connection:
    link = sqlite3.connect(path, isolation_level=None, timeout=0, factory=Cached)
    set_pragmas(link)
    return link


class RoundPair:
    """A leader and a follower, each with its own box and its own thread."""

    def __init__(self, office: Path) -> None:
        self.leader, self.follower = ProofCardBox(office, "kios", "a-pc"), ProofCardBox(office, "tv", "b-pc")
        self.closing = threading.Event()
        self.leader.open()
        self.follower.write()
        self.pool = ThreadPoolExecutor(2)

    def lead(
        self, pace: RoundTimings = PACE, connect: Connect = probe_round.connect
    ) -> "Future[bool | None]":
        led = ProofRound(self.leader, pace, self.closing, connect)
        return self.pool.submit(led.lead, self.follower.mine)

    def asked(self) -> ProofCard:
        """The leader's card as soon as it holds."""
        while (card := self.follower.card_of(self.leader.mine)) is None or card.step != HOLD:
            self.closing.wait(0.005)
        return card

    def follow(
        self, card: ProofCard, pace: RoundTimings = PACE, connect: Connect = probe_round.connect
    ) -> bool | None:
        return ProofRound(self.follower, pace, self.closing, connect).follow(card)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[RoundPair]:
    made = RoundPair(tmp_path / "office.db")
    yield made
    made.closing.set()
    made.pool.shutdown()


def test_both_prove_it(pair: RoundPair) -> None:
    leading = pair.lead()
    assert pair.follow(pair.asked()) is True
    assert leading.result() is True
    assert (pair.leader.mine.ask, pair.leader.mine.step) == ("tv", PASSED)
    assert list(pair.leader.folder.glob("*.db*")) == []


@pytest.mark.parametrize("broken", ["leader", "follower"])
def test_both_hold_the_lock(pair: RoundPair, broken: str) -> None:
    none = partial(connect_by, NO_LOCKS)
    ways: dict[str, tuple[Connect, Connect]] = {
        "leader": (none, probe_round.connect),
        "follower": (probe_round.connect, none),
    }
    lead, follow = ways[broken]
    leading = pair.lead(connect=lead)
    assert pair.follow(pair.asked(), connect=follow) is False
    assert leading.result() is False
    assert (pair.follower.mine.step, pair.leader.mine.step) == (INSIDE, FAILED)


def test_a_follower_that_sees_old_pages(pair: RoundPair) -> None:
    leading = pair.lead()
    assert pair.follow(pair.asked(), connect=connect_cached) is False
    assert leading.result() is False


def test_a_leader_that_sees_old_pages(pair: RoundPair) -> None:
    def connect(path: Path, mode: str) -> sqlite3.Connection:
        link = connect_cached(path, mode)
        assert isinstance(link, Cached)
        link.first = [(0,)]
        return link

    leading = pair.lead(connect=connect)
    assert pair.follow(pair.asked()) is True, "it saw the leader's row"
    assert leading.result() is False


def test_nobody_answers(pair: RoundPair) -> None:
    assert pair.lead(SHORT).result() is None
    assert (pair.leader.mine.ask, pair.leader.mine.step) == ("tv", GAVE_UP)


def test_a_follower_that_falls_silent(pair: RoundPair) -> None:
    leading = pair.lead(PACE._replace(answer_s=0.05))
    card = pair.asked()
    pair.follower.write(round=card.round, step="busy")
    assert leading.result() is None


def left_behind(pair: RoundPair, step: str) -> ProofCard:
    """Leave behind a killed leader's card and its file, and no lock."""
    pair.leader.write(ask="tv", round="r1", step=step)
    with contextlib.closing(probe_round.connect(pair.leader.round_file("a-pc", "r1"), "rwc")) as link:
        link.execute("CREATE TABLE proof (station TEXT)")
    return pair.leader.mine


def test_a_leader_that_was_killed_left_no_lock_and_no_beat(pair: RoundPair) -> None:
    assert pair.follow(left_behind(pair, HOLD), SHORT) is None
    assert pair.follower.mine.step == ""


def test_a_leader_that_just_let_go(pair: RoundPair) -> None:
    card = left_behind(pair, HOLD)
    pair.leader.write(step=GAVE_UP)
    assert pair.follow(card) is None


@pytest.mark.parametrize("step", [HOLD, COMMITTED])
def test_a_lock_that_never_comes_free_proves_nothing(pair: RoundPair, step: str) -> None:
    card = left_behind(pair, step)
    holder = sqlite3.connect(pair.leader.round_file("a-pc", "r1"), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert pair.follow(card, SHORT) is None
    holder.close()


def test_a_card_that_is_just_being_written(pair: RoundPair) -> None:
    card = left_behind(pair, HOLD)
    pair.follower.folder.joinpath("a-pc.kios.json").write_bytes(b"")
    assert pair.follow(card, SHORT) is None


def test_a_file_that_is_gone_or_none(pair: RoundPair) -> None:
    pair.leader.write(ask="tv", round="../../office", step=HOLD)
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        pair.follow(pair.leader.mine)
    pair.leader.round_file("a-pc", "r2").write_text("bukan basis data " * 50)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        probe_round.connect(pair.leader.round_file("a-pc", "r2"), "rw")


def test_only_busy_is_busy(tmp_path: Path) -> None:
    with contextlib.closing(probe_round.connect(tmp_path / "r.db", "rwc")) as link:
        assert probe_round._try_begin(link)
        with pytest.raises(sqlite3.OperationalError, match="within a transaction"):
            probe_round._try_begin(link)
