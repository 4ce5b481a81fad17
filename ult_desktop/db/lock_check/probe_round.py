"""A round of the two-station lock probe (docs/store.md, rule 3): one station leads, the other follows.

The leader holds BEGIN IMMEDIATE on a small file of its own and says so with a growing beat. The follower must
get BUSY. If it gets in instead and sees the beat go on, both hold the lock at once: that share doubles and
loses tickets without an error. Then the leader commits a row, the follower must see it at once and adds its
own, which the leader must see at once. No clock is compared, and a station that falls silent proves nothing
either way.
"""

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from ult_desktop.db.lock_check.probe_cards import ProofCard, ProofCardBox
from ult_desktop.db.store import connection, errors, share_files

WANTED, HOLD, COMMITTED, PASSED, FAILED, GAVE_UP = (
    "wanted",
    "hold",
    "committed",
    "passed",
    "failed",
    "gave up",
)
BUSY, INSIDE, SAW, MISSED = "busy", "inside", "saw", "missed"
BEATS_SEEN = 3  # the leader's beat grew twice while the follower held the lock too
Connect = Callable[[Path, str], sqlite3.Connection]


class RoundTimings(NamedTuple):
    """The times of a round in seconds: between two looks at a card, and the longest wait of each part."""

    step_s: float = 0.1
    hold_s: float = 8.0
    answer_s: float = 5.0


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Open a file as the store opens its own; `mode` is "rw", or "rwc" to make it."""
    link = sqlite3.connect(share_files.database_uri(path, mode), uri=True, isolation_level=None, timeout=0)
    try:
        connection.set_pragmas(link)
    except sqlite3.Error:
        link.close()
        raise
    return link


class ProofRound:
    """A round as this station sees it: True proved, False the locks do not hold, None nothing was proved.

    Raises:
        OSError: the share does not answer.
    """

    def __init__(
        self, box: ProofCardBox, pace: RoundTimings, closing: threading.Event, connecting: Connect = connect
    ) -> None:
        self._box, self._pace = box, pace
        self._closing, self._connect = closing, connecting

    def lead(self, peer: ProofCard) -> bool | None:
        number = uuid4().hex
        with self._own_file(number) as link:
            link.execute("CREATE TABLE proof (station TEXT)")
            link.execute("BEGIN IMMEDIATE")
            proved = self._led(link, peer, number)
        steps = {True: PASSED, False: FAILED, None: GAVE_UP}
        self._box.say(ask=peer.station, round=number, step=steps[proved])
        return proved

    def _led(self, link: sqlite3.Connection, peer: ProofCard, number: str) -> bool | None:
        hold = {"ask": peer.station, "round": number, "step": HOLD}
        answer = self._answer(peer, number, (BUSY, INSIDE), self._pace.hold_s, hold)
        if answer != BUSY:
            return False if answer == INSIDE else None
        link.execute("INSERT INTO proof VALUES (?)", (self._box.mine.station,))
        link.execute("COMMIT")
        self._box.say(step=COMMITTED)
        answer = self._answer(peer, number, (SAW, MISSED), self._pace.answer_s)
        return None if answer is None else answer == SAW and _stands(link, peer.station)

    def follow(self, leader: ProofCard) -> bool | None:
        path = self._box.round_file(leader.host, leader.round)
        with contextlib.closing(self._connect(path, "rw")) as link:
            _stands(link, leader.station)  # its pages lie in this cache now, and must not be believed later
            if _begins(link):
                return self._inside(leader)
            self._box.say(ask="", round=leader.round, step=BUSY)
            if self._answer(leader, leader.round, (COMMITTED,), self._pace.answer_s) is None:
                return None
            if not self._begins_soon(link):
                return None
            seen = _stands(link, leader.station)
            if seen:
                link.execute("INSERT INTO proof VALUES (?)", (self._box.mine.station,))
            link.execute("COMMIT")
            self._box.say(step=SAW if seen else MISSED)
            return seen

    def _inside(self, leader: ProofCard) -> bool | None:
        """Return False when this station got in although the leader holds the lock.

        Only a beat that goes on proves it: the leader may just have let go. Returns None when it is not
        proved.
        """
        beats: set[int] = set()
        for _look in self._looks(self._pace.answer_s):
            card = self._box.card_of(leader)
            if card is not None:
                if (card.round, card.step) != (leader.round, HOLD):
                    return None
                beats.add(card.beat)
            if len(beats) >= BEATS_SEEN:
                self._box.say(ask="", round=leader.round, step=INSIDE)
                return False
        return None

    def _begins_soon(self, link: sqlite3.Connection) -> bool:
        return any(_begins(link) for _look in self._looks(self._pace.answer_s))

    def _answer(
        self,
        other: ProofCard,
        number: str,
        steps: tuple[str, ...],
        within_s: float,
        saying: dict[str, str] | None = None,
    ) -> str | None:
        """Return the other's step, as soon as it is one of `steps`; None after `within_s` seconds.

        Meanwhile `saying` is said again and again.
        """
        for _look in self._looks(within_s):
            if saying is not None:
                self._box.say(**saying)
            card = self._box.card_of(other)
            if card is not None and card.round == number and card.step in steps:
                return card.step
        return None

    def _looks(self, within_s: float) -> Iterator[None]:
        deadline = time.monotonic() + within_s
        while time.monotonic() < deadline and not self._closing.is_set():
            yield
            self._closing.wait(self._pace.step_s)

    @contextlib.contextmanager
    def _own_file(self, number: str) -> Iterator[sqlite3.Connection]:
        path = self._box.round_file(self._box.mine.host, number)
        try:
            with contextlib.closing(self._connect(path, "rwc")) as link:
                yield link
        finally:
            for leftover in (path, path.with_name(f"{path.name}-journal")):
                with contextlib.suppress(OSError):
                    leftover.unlink()


def _begins(link: sqlite3.Connection) -> bool:
    """Return whether this connection got the lock; False when another holds it."""
    try:
        link.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if errors.is_busy(error):
            return False
        raise
    return True


def _stands(link: sqlite3.Connection, station: str) -> bool:
    rows = link.execute("SELECT count(*) FROM proof WHERE station = ?", (station,)).fetchone()
    return bool(rows[0])
