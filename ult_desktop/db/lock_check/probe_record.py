"""What this PC remembers of the lock probes with other computers, for each folder, on its own disk."""

import hashlib
from pathlib import Path

import msgspec

from ult_desktop.base.i18n import _
from ult_desktop.core.stamps import MINUTE_MS
from ult_desktop.db.store.errors import UNREADABLE, UntrustedLocks

FRESH_MS = 10 * MINUTE_MS


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """The last result with one computer: `at` UTC ms by this PC's clock."""

    host: str
    station: str
    ok: bool
    at: int

    def is_old(self, now: int) -> bool:
        """A failing pair is tried again all the time: unless it is, the other is gone or mended."""
        return now - self.at >= FRESH_MS


class ProofRecord:
    """The results in one folder. `own_folder` is this PC's own."""

    def __init__(self, office: Path, own_folder: Path) -> None:
        folder = str(office.absolute().parent)
        self._path = own_folder / f"stations-{hashlib.sha256(folder.encode()).hexdigest()[:16]}.json"

    def read(self) -> dict[str, Proof]:
        """By host. A record that is missing or broken is none: the probe is made again."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, Proof])
        except (OSError, *UNREADABLE):
            return {}

    def write(self, proof: Proof) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_bytes(msgspec.json.encode(self.read() | {proof.host: proof}))

    def failure(self, now: int) -> Proof | None:
        """A failed probe that may still be true."""
        return next((p for p in self.read().values() if not p.ok and not p.is_old(now)), None)


def describe_proof(proof: Proof) -> UntrustedLocks:
    return UntrustedLocks(
        _("Kunci berkas antara komputer ini dan {host} ({station}) tidak berlaku.").format(
            host=proof.host, station=proof.station
        ),
        _("Komputer ini tidak menulis ke berkas kantor, agar tidak ada nomor yang hilang atau ganda."),
        _(
            "Buka berkas di semua komputer lewat alamat jaringan yang sama, juga di komputer penyimpan, tanpa"
            " `nobrl` atau `nolock`; lihat `ult-desktop doctor`. Setelah diubah, atau bila {host} ditutup,"
            " program menguji dan menulis lagi sendiri."
        ).format(host=proof.host),
    )
