"""The lock probe between stations: a thread that meets every other computer once (docs/store.md, rule 3).

It opens the cards and the probe's own small files, never the office file, so it holds nobody up; a share that
hangs holds up this thread alone. What it finds is remembered on this PC. A failed probe counts when it failed
twice in a row. It then stops the writing here as long as that computer is at work, and is repeated until it
passes.
"""

import logging
import random
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ult_desktop.db.lock_check import probe_round
from ult_desktop.db.store.errors import UntrustedLocks

log = logging.getLogger(__name__)
_LOOKS_A_BEAT = 3  # a listing is one round trip, a card that was written four for each other station
FAILURES_NEEDED = 2  # stale attributes give a false look now and then


class ProbeIntervals(NamedTuple):
    """The intervals in seconds: between two looks, and until a silent station counts as away.

    Looks are more frequent while there is a station to meet.
    """

    meeting_s: float = 2.0
    idle_s: float = 10.0
    away_s: float = 120.0
    round: probe_round.RoundTimings = probe_round.RoundTimings()


_CALM = ProbeIntervals()


class StationIdentity(NamedTuple):
    """The identity of this station: office file, name, its PC's own folder, and the PC's name.

    `host` is "" for the PC's real name.
    """

    office: Path
    station: str
    own_folder: Path
    host: str = ""


class _Peer:
    """Another station and what was noticed of it; `at_work_until` in monotonic seconds."""

    def __init__(self, card: probe_round.ProofCard, at_work_until: float) -> None:
        self.card = card
        self.at_work_until = at_work_until
        self.asked_at_beat = -1
        self.failures = 0

    @property
    def at_work(self) -> bool:
        return time.monotonic() < self.at_work_until


class StationProof:
    """The thread that runs the probe.

    It calls `judged` with the reason to stop writing, or with None when that reason has passed.
    """

    def __init__(
        self,
        here: StationIdentity,
        judged: Callable[[UntrustedLocks | None], None],
        rhythm: ProbeIntervals = _CALM,
        connecting: probe_round.Connect = probe_round.connect,
    ) -> None:
        self._box = probe_round.ProofCardBox(here.office, here.station, here.host or probe_round.own_host())
        self._record = probe_round.ProofRecord(here.office, here.own_folder)
        self._judged, self._rhythm = judged, rhythm
        self._peers: dict[tuple[str, str], _Peer] = {}
        self._followed = ""
        self._reported_host: str | None = None
        self._next_beat = 0.0
        self._closing = threading.Event()
        self._round = probe_round.ProofRound(self._box, rhythm.round, self._closing, connecting)
        self._thread = threading.Thread(target=self._run, name="station-proof", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self, timeout_s: float = 1.0) -> None:
        """Stop the thread.

        One that hangs in a dead share, or is within a round, is left behind: it is a daemon.
        """
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _run(self) -> None:
        self._remember()
        opened = False
        while not self._closing.is_set():
            try:
                if not opened:
                    self._box.open()
                    opened = True
                self._meet()
            except (OSError, sqlite3.Error) as error:
                log.info("station proof: %s", error)
            pause = self._rhythm.meeting_s if self._somebody_to_meet() else self._rhythm.idle_s
            # PCs that are switched on together would ask at the same moments, for hours.
            self._closing.wait(pause * random.uniform(0.9, 1.1))  # noqa: S311

    def _remember(self) -> None:
        """Load a probe that failed before this start: its computer may still be at work.

        `judged` is not called for it, only when it has passed.
        """
        failed = self._record.failure(milliseconds_now())
        if failed is not None:
            card = probe_round.ProofCard(station=failed.station, host=failed.host)
            until = time.monotonic() + self._rhythm.away_s
            self._peers[card.host, card.station] = _Peer(card, until)
            self._reported_host = failed.host

    def _meet(self) -> None:
        if self._somebody_to_meet() or time.monotonic() >= self._next_beat:
            self._next_beat = time.monotonic() + self._rhythm.idle_s * _LOOKS_A_BEAT
            self._box.say()
        followed = False
        for card in self._box.others():
            peer = self._notice(card)
            if self._is_asked(card) and card.step == probe_round.HOLD and card.round != self._followed:
                self._followed, followed = card.round, True
                self._conclude(peer, self._round.follow(card))
            elif self._has_to_lead(peer):
                peer.asked_at_beat = card.beat
                self._conclude(peer, self._round.lead(card))
        if not followed:  # else the leader may not have read the answer yet
            self._want()
        self._report()

    def _notice(self, card: probe_round.ProofCard) -> _Peer:
        """Note a card: if it changed, its station is at work.

        A card that is seen for the first time may be years old.
        """
        key, until = (card.host, card.station), time.monotonic() + self._rhythm.away_s
        peer = self._peers.get(key)
        if peer is None:
            proof = self._record.read().get(card.host)
            old = proof is not None and not proof.ok and proof.is_old(milliseconds_now())
            peer = self._peers[key] = _Peer(card, 0.0 if old else until)
        elif peer.card.beat != card.beat:
            peer.at_work_until = until
        peer.card = card
        return peer

    def _is_asked(self, card: probe_round.ProofCard) -> bool:
        return card.ask == self._box.mine.station

    def _is_first(self, host: str) -> bool:
        """Return whether this computer leads: of two computers the first by name does."""
        # Some rule that both sides know without talking: if both led, each would wait for the other's answer.
        return self._box.mine.host < host

    def _has_to_lead(self, peer: _Peer) -> bool:
        """Return whether this station must lead a round with `peer`.

        A station that did not answer is asked again only after it showed life.
        """
        card = peer.card
        alive = peer.at_work and card.beat != peer.asked_at_beat
        wanted = self._is_asked(card) and card.step == probe_round.WANTED
        return self._is_first(card.host) and alive and (wanted or not self._proved(card.host))

    def _want(self) -> None:
        """Ask a station that leads for a round if this PC has no result with its computer."""
        for peer in self._peers.values():
            host = peer.card.host
            if peer.at_work and not self._is_first(host) and host not in self._record.read():
                self._box.say(ask=peer.card.station, round="", step=probe_round.WANTED)
                return

    def _proved(self, host: str) -> bool:
        proof = self._record.read().get(host)
        return proof is not None and proof.ok

    def _conclude(self, peer: _Peer, proved: bool | None) -> None:
        if proved is None:
            return
        peer.failures = 0 if proved else peer.failures + 1
        # A single failure may be a stale attribute (docs/store.md, rule 3); to stop the writing of an office
        # needs two.
        if proved or peer.failures >= FAILURES_NEEDED:
            host, station = peer.card.host, peer.card.station
            self._record.write(
                probe_round.Proof(host=host, station=station, ok=proved, at=milliseconds_now())
            )
            log.log(logging.INFO if proved else logging.ERROR, "locks with %s: %s", host, proved)

    def _report(self) -> None:
        at_work = {peer.card.host for peer in self._peers.values() if peer.at_work}
        failed = next((p for p in self._record.read().values() if not p.ok and p.host in at_work), None)
        host = None if failed is None else failed.host
        if host != self._reported_host:
            self._reported_host = host
            self._judged(None if failed is None else probe_round.describe_proof(failed))

    def _somebody_to_meet(self) -> bool:
        """Return whether a station at work is to be met.

        Nothing is proved with it yet, or it asked and got no answer.
        """
        known = self._record.read()
        return any(
            peer.at_work
            and (
                peer.card.host not in known
                or (
                    self._is_asked(peer.card)
                    and peer.card.step in (probe_round.WANTED, probe_round.HOLD, probe_round.GAVE_UP)
                )
            )
            for peer in self._peers.values()
        )


def milliseconds_now() -> int:
    return time.time_ns() // 1_000_000
