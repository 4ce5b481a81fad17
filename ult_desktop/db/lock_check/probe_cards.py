"""The notes of lock probes: cards on the share for other stations, a record on this PC's disk.

Cards are a second channel on purpose: what is being proved (SQLite's locks and pages) cannot carry the
messages about it. Each station writes its own card only, and every read opens the file again, which asks the
server.
"""

import contextlib
import platform
from collections.abc import Iterator
from pathlib import Path

import msgspec

from ult_desktop.base import _
from ult_desktop.base.digests import sha256
from ult_desktop.base.machine import machine_id
from ult_desktop.core.stamps import MINUTE_MS
from ult_desktop.db.store import share_files
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
    """The card of a station. `beat` grows with every writing: a station whose beat grows is at work.

    `ask` names the station that is asked to take part in `round`; `step` is how far this one is in it.
    """

    station: str
    host: str
    beat: int = 0
    ask: str = ""
    round: str = ""
    step: str = ""


class ProofCardBox:
    """The cards of one office, with this station's own one in hand.

    Raises:
        OSError: from any of its acts, when the share does not answer.
    """

    def __init__(self, office: Path, station: str, host: str) -> None:
        self.folder = office.with_name(f"{office.name}{ENDING}")
        self.mine = ProofCard(station=station, host=host)
        self._place = self.folder / f"{file_name_part(host)}.{file_name_part(station)}.json"

    def open(self) -> None:
        """Make the folder, and clear away what a killed run of this PC left of its rounds."""
        self.folder.mkdir(exist_ok=True)
        for leftover in self.folder.glob(f"{file_name_part(self.mine.host)}-*.db*"):
            with contextlib.suppress(OSError):
                leftover.unlink()

    def say(self, **news: str) -> None:
        """Write this station's card with `news` (ask, round, step), its beat one further."""
        self.mine = msgspec.structs.replace(self.mine, beat=self.mine.beat + 1, **news)
        self._place.write_bytes(msgspec.json.encode(self.mine))

    def others(self) -> Iterator[ProofCard]:
        """Yield the cards of other computers; on one computer the locks were proved with two processes."""
        for place in sorted(self.folder.glob("*.json")):
            card = _read(place)
            if card is not None and card.host != self.mine.host:
                yield card

    def card_of(self, other: ProofCard) -> ProofCard | None:
        """Return the card of `other` as it is now."""
        return _read(self.folder / f"{file_name_part(other.host)}.{file_name_part(other.station)}.json")

    def round_file(self, leader: str, number: str) -> Path:
        return self.folder / f"{file_name_part(leader)}-{file_name_part(number)}.db"


def _read(place: Path) -> ProofCard | None:
    """Read a card; None for one that is just being written, or was deleted."""
    try:
        return msgspec.json.decode(share_files.read_small(place), type=ProofCard)
    except (FileNotFoundError, *UNREADABLE):
        return None


FRESH_MS = 10 * MINUTE_MS


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """The last result with one computer: `at` UTC ms by this PC's clock."""

    host: str
    station: str
    ok: bool
    at: int

    def is_old(self, now: int) -> bool:
        """Return whether the proof is too old to count.

        A failing pair is tried again all the time. If it is not, the other PC is gone or was repaired.
        """
        return now - self.at >= FRESH_MS


class ProofRecord:
    """The results in one folder. `own_folder` is this PC's own."""

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
        """Return a failed probe that may still be true."""
        return next((p for p in self.read().values() if not p.ok and not p.is_old(now)), None)


def describe_proof(proof: Proof) -> UntrustedLocks:
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
