"""How far a station has seen its office's log: it only grows, and one that shrank is another file."""

from pathlib import Path

from ult_desktop.base import _
from ult_desktop.db.backup import upkeep
from ult_desktop.db.store.errors import WritesBlocked
from ult_desktop.db.store.transaction import Transaction


class OlderCopy(WritesBlocked):
    """Under the office's path lies an earlier state of it: it would give numbers a second time."""


class LogPosition:
    """The end of the log as one running program knows it; a restored office begins it anew."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = self._seen_at = 0

    def require_growth(self, tx: Transaction, seq: int) -> None:
        """`seq` is the event about to be committed, or that would be the next.

        Raises:
            OlderCopy: that event was here before, and nobody restored the office since.
        """
        if seq > self._seen:
            return
        if upkeep.restored_at(tx) < self._seen_at:
            raise OlderCopy(
                _("{path} diganti dengan salinan yang lebih lama.").format(path=self._path),
                _("Tidak ada yang ditulis ke berkas itu; nomor yang sudah diberikan tetap berlaku."),
                _("Kembalikan berkas yang benar, atau pulihkan dengan `ult-desktop restore --force`."),
            )
        self._seen = 0

    def advance(self, seq: int, at: int) -> None:
        """The event `seq` is on disk at that moment (UTC ms)."""
        self._seen, self._seen_at = max(self._seen, seq), max(self._seen_at, at)
