"""A round of probes between two stations: whether locks of the share hold (docs/store.md, rule 3).

Stations talk by cards, small files on the share that each of them writes and the others read.
"""

import contextlib
import platform
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import msgspec

from ult_desktop.base import _
from ult_desktop.base.digests import sha256
from ult_desktop.base.machine import machine_id
from ult_desktop.core.stamps import MINUTE_MS
from ult_desktop.db.store import connection, errors, share_files
from ult_desktop.db.store.errors import UNREADABLE, UntrustedLocks
from ult_desktop.db.store.share_files import file_name_part

ENDING = ".locks"
_MARK = "~"


def own_host() -> str:
    """Return the name of this PC, with a part of its machine id.

    A cloned disk has the same name, so the name alone would hide one of the two PCs.
    """
    return f"{platform.node()}{_MARK}{machine_id()[:8]}"


def name_of(host: str) -> str:
    """Return the name by which people call that PC."""
    return host.partition(_MARK)[0]


class ProofCard(msgspec.Struct, frozen=True, kw_only=True):
    """The card of a station: a small file on the share that other stations read.

    `beat` grows with every writing: a station whose beat grows is at work. `ask` names the station that is
    asked to take part in `round`; `step` is how far the card's own station is in it.
    """

    station: str
    host: str
    beat: int = 0
    ask: str = ""
    round: str = ""
    step: str = ""


class ProofCardBox:
    """The folder with the cards of one office; `mine` is this station's own.

    Raises:
        OSError: from any of its acts, when the share does not answer.
    """

    def __init__(self, office: Path, station: str, host: str) -> None:
        self.folder = office.with_name(f"{office.name}{ENDING}")
        self.mine = ProofCard(station=station, host=host)
        self._own_file = self.folder / f"{file_name_part(host)}.{file_name_part(station)}.json"
        self._read_cards: dict[str, _ReadCard] = {}  # by file name

    def open(self) -> None:
        """Make the folder, and delete the round files that a killed program of this PC left."""
        self.folder.mkdir(exist_ok=True)
        for leftover in self.folder.glob(f"{file_name_part(self.mine.host)}-*.db*"):
            with contextlib.suppress(OSError):
                leftover.unlink()

    def write(self, **changes: str) -> None:
        """Write this station's card with these changes (ask, round, step), its beat one further."""
        self.mine = msgspec.structs.replace(self.mine, beat=self.mine.beat + 1, **changes)
        # Written in place, not to a temporary file that is renamed: a reader skips a card that is half
        # written, and Windows may refuse the rename while somebody reads the old one.
        self._own_file.write_bytes(msgspec.json.encode(self.mine))

    def others(self) -> Iterator[ProofCard]:
        """Yield the cards of other computers; on one computer the locks were proved with two processes."""
        former, self._read_cards = self._read_cards, {}
        for entry in share_files.list_entries(self.folder):
            if entry.name == self._own_file.name or not entry.name.endswith(".json"):
                continue
            with contextlib.suppress(FileNotFoundError):
                # On Windows the listing brings size and time along: a card that is as it was is not opened.
                status = entry.stat()
                read_card = former.get(entry.name)
                if read_card is None or read_card.stamp != (status.st_mtime_ns, status.st_size):
                    read_card = _ReadCard((status.st_mtime_ns, status.st_size), _read(Path(entry)))
                self._read_cards[entry.name] = read_card
        for read_card in self._read_cards.values():
            if read_card.card is not None and read_card.card.host != self.mine.host:
                yield read_card.card

    def card_of(self, other: ProofCard) -> ProofCard | None:
        """Return the card of `other` as it is now."""
        return _read(self.folder / f"{file_name_part(other.host)}.{file_name_part(other.station)}.json")

    def round_file(self, leader: str, round_id: str) -> Path:
        return self.folder / f"{file_name_part(leader)}-{file_name_part(round_id)}.db"


class _ReadCard(NamedTuple):
    """A card as it was read, and the time (ns) and size of its file then."""

    stamp: tuple[int, int]
    card: ProofCard | None


def _read(path: Path) -> ProofCard | None:
    """Read a card; None for one that is just being written, or was deleted."""
    try:
        return msgspec.json.decode(share_files.read_small(path), type=ProofCard)
    except (FileNotFoundError, *UNREADABLE):
        return None


FRESH_MS = 10 * MINUTE_MS  # a failed proof of this age counts no more


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """The last result with one computer; `ok`: locks hold. `at` UTC ms by this PC's clock."""

    host: str
    station: str
    ok: bool
    at: int

    def is_old(self, now: int) -> bool:
        """Return whether the proof is too old to count.

        A failed probe is repeated while both stations are at work. So an old failure means that the other PC
        is gone or was repaired.
        """
        return now - self.at >= FRESH_MS


class ProofRecord:
    """The file of the results with other computers, for one office's folder; it lies in `own_folder`."""

    def __init__(self, office: Path, own_folder: Path) -> None:
        folder = str(office.absolute().parent)
        self._path = own_folder / f"stations-{sha256(folder.encode()).hex()[:16]}.json"

    def read(self) -> dict[str, Proof]:
        """Return the proofs by host. A record that is missing or broken is empty: the probe is made again."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, Proof])
        except (OSError, *UNREADABLE):
            return {}

    def write(self, proof: Proof) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_bytes(msgspec.json.encode(self.read() | {proof.host: proof}))

    def failure(self, now: int) -> Proof | None:
        """Return a failed probe that may still be true; None if there is none."""
        proofs = self.read().values()
        return next((proof for proof in proofs if not proof.ok and not proof.is_old(now)), None)


def describe_failed_proof(proof: Proof) -> UntrustedLocks:
    host = name_of(proof.host)
    return UntrustedLocks(
        _("Kunci berkas antara komputer ini dan {host} ({station}) tidak berlaku.").format(
            host=host, station=proof.station
        ),
        _("Komputer ini tidak menulis ke berkas kantor, agar tidak ada nomor yang hilang atau ganda."),
        _(
            "Buka berkas di semua komputer lewat alamat jaringan yang sama, juga di komputer penyimpan, tanpa"
            " `nobrl` atau `nolock`; lihat `ult-desktop doctor`. Setelah diubah, atau bila {host} ditutup,"
            " program menguji dan menulis lagi sendiri."
        ).format(host=host),
    )


WANTED = "wanted"  # a station asks another one to lead a round
# The steps of a leader: it holds the lock, has committed; then how the round ended.
HOLD, COMMITTED = "hold", "committed"
PASSED, FAILED, GAVE_UP = "passed", "failed", "gave up"
# The steps of a follower: it did not get the lock, or did; it saw the leader's row, or did not.
BUSY, INSIDE, SAW, MISSED = "busy", "inside", "saw", "missed"
BEATS_SEEN = 3  # so many beats of the leader, while the follower held the lock too, prove that locks fail
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
    """A round as this station carries it out, as its leader (`lead`) or its follower (`follow`).

    The leader holds the lock (HOLD), and the follower must fail to get it (BUSY). The leader commits a row
    (COMMITTED); the follower must see it (SAW) and commits its own, which the leader must see. Both functions
    return True where the locks are proved, False where they do not hold, None where nothing was proved.

    Raises:
        OSError: the share does not answer.
    """

    def __init__(
        self, box: ProofCardBox, timings: RoundTimings, closing: threading.Event, opener: Connect = connect
    ) -> None:
        self._box, self._timings = box, timings
        self._closing, self._connect = closing, opener

    def lead(self, peer: ProofCard) -> bool | None:
        round_id = uuid4().hex
        with self._round_file(round_id) as link:
            link.execute("CREATE TABLE proof (station TEXT)")
            link.execute("BEGIN IMMEDIATE")
            proved = self._prove_as_leader(link, peer, round_id)
        steps = {True: PASSED, False: FAILED, None: GAVE_UP}
        self._box.write(ask=peer.station, round=round_id, step=steps[proved])
        return proved

    def _prove_as_leader(self, link: sqlite3.Connection, peer: ProofCard, round_id: str) -> bool | None:
        own_card = {"ask": peer.station, "round": round_id, "step": HOLD}
        answer = self._wait_for_step(peer, round_id, (BUSY, INSIDE), self._timings.hold_s, own_card)
        # INSIDE is proof that the locks do not hold. Silence is none: that PC may have been switched off.
        if answer != BUSY:
            return False if answer == INSIDE else None
        link.execute("INSERT INTO proof VALUES (?)", (self._box.mine.station,))
        link.execute("COMMIT")
        self._box.write(step=COMMITTED)
        answer = self._wait_for_step(peer, round_id, (SAW, MISSED), self._timings.answer_s)
        if answer is None:
            return None
        return answer == SAW and _has_row_of(link, peer.station)

    def follow(self, leader: ProofCard) -> bool | None:
        path = self._box.round_file(leader.host, leader.round)
        with contextlib.closing(self._connect(path, "rw")) as link:
            # Fills this connection's cache: the look after the leader's commit must not be answered from it.
            _has_row_of(link, leader.station)
            if _try_begin(link):
                return self._disprove_locks(leader)
            self._box.write(ask="", round=leader.round, step=BUSY)
            if self._wait_for_step(leader, leader.round, (COMMITTED,), self._timings.answer_s) is None:
                return None
            if not any(_try_begin(link) for _try in self._tries(self._timings.answer_s)):
                return None
            is_seen = _has_row_of(link, leader.station)
            if is_seen:
                link.execute("INSERT INTO proof VALUES (?)", (self._box.mine.station,))
            link.execute("COMMIT")
            self._box.write(step=SAW if is_seen else MISSED)
            return is_seen

    def _disprove_locks(self, leader: ProofCard) -> bool | None:
        """Return False if the leader holds the lock that this station got too; None if that is not proved.

        Only a beat of the leader that grows meanwhile proves it: the leader may just have released the lock.
        """
        beats: set[int] = set()
        for _try in self._tries(self._timings.answer_s):
            card = self._box.card_of(leader)
            if card is not None:
                if (card.round, card.step) != (leader.round, HOLD):
                    return None
                beats.add(card.beat)
            if len(beats) >= BEATS_SEEN:
                self._box.write(ask="", round=leader.round, step=INSIDE)
                return False
        return None

    def _wait_for_step(
        self,
        other: ProofCard,
        round_id: str,
        steps: tuple[str, ...],
        within_s: float,
        own_card: dict[str, str] | None = None,
    ) -> str | None:
        """Return the other's step, as soon as it is one of `steps`; None after `within_s` seconds.

        Meanwhile `own_card` is written to this station's card again and again, so that its beat grows.
        """
        for _try in self._tries(within_s):
            if own_card is not None:
                self._box.write(**own_card)
            card = self._box.card_of(other)
            if card is not None and card.round == round_id and card.step in steps:
                return card.step
        return None

    def _tries(self, within_s: float) -> Iterator[None]:
        """Yield again and again, with a pause in between, for `within_s` seconds."""
        deadline = time.monotonic() + within_s
        while time.monotonic() < deadline and not self._closing.is_set():
            yield
            self._closing.wait(self._timings.step_s)

    @contextlib.contextmanager
    def _round_file(self, round_id: str) -> Iterator[sqlite3.Connection]:
        path = self._box.round_file(self._box.mine.host, round_id)
        try:
            with contextlib.closing(self._connect(path, "rwc")) as link:
                yield link
        finally:
            connection.delete_with_journal(path)


def _try_begin(link: sqlite3.Connection) -> bool:
    """Try to begin a write; return False when another connection holds the lock."""
    try:
        link.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if errors.is_busy(error):
            return False
        raise
    return True


def _has_row_of(link: sqlite3.Connection, station: str) -> bool:
    rows = link.execute("SELECT count(*) FROM proof WHERE station = ?", (station,)).fetchone()
    return bool(rows[0])
