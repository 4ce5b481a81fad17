"""The lock probe between stations: a thread that meets every other computer once (docs/store.md, rule 3).

The thread opens the cards and the probe's own small files, never the office file, so it keeps nobody waiting;
a share that hangs holds up this thread alone. What it finds is remembered on this PC. A failed probe counts
when it failed twice in a row. Then this PC does not write as long as that computer is at work, and the probe
is repeated until it passes.
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
from ult_desktop.db.store.clock import own_ms
from ult_desktop.db.store.errors import UntrustedLocks

log = logging.getLogger(__name__)
# The own card is written at every third idle look: a listing of the cards costs one round trip, a card that
# was written four at each other station.
_LOOKS_A_BEAT = 3
FAILURES_NEEDED = 2  # stale attributes give a false look now and then


class ProbeIntervals(NamedTuple):
    """The intervals in seconds: between two looks, and until a silent station counts as away.

    Looks are more frequent while there is a station to meet.
    """

    meeting_s: float = 2.0
    idle_s: float = 10.0
    away_s: float = 120.0
    round: probe_round.RoundTimings = probe_round.RoundTimings()


_USUAL_INTERVALS = ProbeIntervals()


class StationIdentity(NamedTuple):
    """The identity of this station: office file, name, its PC's own folder, and the PC's name.

    `host` is "" for the PC's real name.
    """

    office: Path
    station: str
    own_folder: Path
    host: str = ""


class _Peer:
    """Another station. It counts as at work until `at_work_until` (monotonic seconds).

    `asked_at_beat` is its beat when this station last led a round with it; `failures` are those in a row.
    """

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

    It calls `on_verdict` with the reason to stop writing, or with None when that reason has passed.
    """

    def __init__(
        self,
        identity: StationIdentity,
        on_verdict: Callable[[UntrustedLocks | None], None],
        intervals: ProbeIntervals = _USUAL_INTERVALS,
        opener: probe_round.Connect = probe_round.connect,
    ) -> None:
        self._box = probe_round.ProofCardBox(
            identity.office, identity.station, identity.host or probe_round.own_host()
        )
        self._record = probe_round.ProofRecord(identity.office, identity.own_folder)
        self._on_verdict, self._intervals = on_verdict, intervals
        self._peers: dict[tuple[str, str], _Peer] = {}  # by host and station
        self._followed_round = ""
        self._reported_host: str | None = None  # of the failed proof that `on_verdict` was called with last
        self._next_beat_at = 0.0  # monotonic seconds
        self._closing = threading.Event()
        self._round = probe_round.ProofRound(self._box, intervals.round, self._closing, opener)
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
        self._load_failure()
        is_open = False
        while not self._closing.is_set():
            try:
                if not is_open:
                    self._box.open()
                    is_open = True
                self._meet_others()
            except (OSError, sqlite3.Error) as error:
                log.info("station proof: %s", error)
            pause = self._intervals.meeting_s if self._has_to_meet_somebody() else self._intervals.idle_s
            # PCs that are switched on together would ask at the same moments, for hours.
            self._closing.wait(pause * random.uniform(0.9, 1.1))  # noqa: S311

    def _load_failure(self) -> None:
        """Load a probe that failed before this start: its computer may still be at work.

        `on_verdict` is not called for it, only when it has passed.
        """
        failure = self._record.failure(own_ms())
        if failure is not None:
            card = probe_round.ProofCard(station=failure.station, host=failure.host)
            until = time.monotonic() + self._intervals.away_s
            self._peers[card.host, card.station] = _Peer(card, until)
            self._reported_host = failure.host

    def _meet_others(self) -> None:
        """Look at all cards once, and carry out a round with each station that needs one."""
        if self._has_to_meet_somebody() or time.monotonic() >= self._next_beat_at:
            self._next_beat_at = time.monotonic() + self._intervals.idle_s * _LOOKS_A_BEAT
            self._box.write()
        has_followed = False
        for card in self._box.others():
            peer = self._notice(card)
            if self._is_asked(card) and card.step == probe_round.HOLD and card.round != self._followed_round:
                self._followed_round, has_followed = card.round, True
                self._note_result(peer, self._round.follow(card))
            elif self._has_to_lead(peer):
                peer.asked_at_beat = card.beat
                self._note_result(peer, self._round.lead(card))
        if not has_followed:  # else the leader may not have read the answer on this station's card yet
            self._ask_for_round()
        self._report()

    def _notice(self, card: probe_round.ProofCard) -> _Peer:
        """Note a card: if it changed, its station is at work.

        A card that is seen for the first time may be years old.
        """
        key, until = (card.host, card.station), time.monotonic() + self._intervals.away_s
        peer = self._peers.get(key)
        if peer is None:
            proof = self._record.read().get(card.host)
            has_old_failure = proof is not None and not proof.ok and proof.is_old(own_ms())
            peer = self._peers[key] = _Peer(card, 0.0 if has_old_failure else until)
        elif peer.card.beat != card.beat:
            peer.at_work_until = until
        peer.card = card
        return peer

    def _is_asked(self, card: probe_round.ProofCard) -> bool:
        return card.ask == self._box.mine.station

    def _leads(self, host: str) -> bool:
        """Return whether this computer leads the rounds with `host`: the first of the two by name does."""
        # Some rule that both sides know without talking: if both led, each would wait for the other's answer.
        return self._box.mine.host < host

    def _has_to_lead(self, peer: _Peer) -> bool:
        """Return whether this station must lead a round with `peer` now.

        A station that did not answer is asked again only after its beat grew.
        """
        card = peer.card
        is_alive = peer.at_work and card.beat != peer.asked_at_beat
        is_wanted = self._is_asked(card) and card.step == probe_round.WANTED
        proof = self._record.read().get(card.host)
        is_proved = proof is not None and proof.ok
        return self._leads(card.host) and is_alive and (is_wanted or not is_proved)

    def _ask_for_round(self) -> None:
        """Ask a station that leads for a round if this PC has no result with its computer."""
        for peer in self._peers.values():
            host = peer.card.host
            if peer.at_work and not self._leads(host) and host not in self._record.read():
                self._box.write(ask=peer.card.station, round="", step=probe_round.WANTED)
                return

    def _note_result(self, peer: _Peer, proved: bool | None) -> None:
        if proved is None:
            return
        peer.failures = 0 if proved else peer.failures + 1
        # A single failure may be a stale attribute (docs/store.md, rule 3); to stop the writing of an office
        # needs two.
        if proved or peer.failures >= FAILURES_NEEDED:
            host, station = peer.card.host, peer.card.station
            self._record.write(probe_round.Proof(host=host, station=station, ok=proved, at=own_ms()))
            log.log(logging.INFO if proved else logging.ERROR, "locks with %s: %s", host, proved)

    def _report(self) -> None:
        """Call `on_verdict` when another computer at work than before, or none, has a failed proof."""
        at_work = {peer.card.host for peer in self._peers.values() if peer.at_work}
        proofs = self._record.read().values()
        failure = next((proof for proof in proofs if not proof.ok and proof.host in at_work), None)
        host = None if failure is None else failure.host
        if host != self._reported_host:
            self._reported_host = host
            self._on_verdict(None if failure is None else probe_round.describe_failed_proof(failure))

    def _has_to_meet_somebody(self) -> bool:
        """Return whether a round is due with a station at work.

        Nothing is proved with it yet, or it asked for a round and got no answer.
        """
        proofs = self._record.read()
        unanswered = (probe_round.WANTED, probe_round.HOLD, probe_round.GAVE_UP)
        for peer in self._peers.values():
            asks = self._is_asked(peer.card) and peer.card.step in unanswered
            if peer.at_work and (peer.card.host not in proofs or asks):
                return True
        return False
