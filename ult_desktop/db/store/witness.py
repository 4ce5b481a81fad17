"""The newest event that a PC knows of its office's log; before each write the file must contain it.

A snapshot or a "previous version" of the office file is whole in itself: only a PC that knows a later event
can see that it is older (docs/store.md, rule 9).
"""

from collections.abc import Iterable
from pathlib import Path

from ult_desktop.base import _
from ult_desktop.core.event import Anchor
from ult_desktop.db.store import events
from ult_desktop.db.store.errors import WritesBlocked
from ult_desktop.db.store.server_address import is_server
from ult_desktop.db.store.transaction import Transaction


class OlderCopy(WritesBlocked):
    """The error that an earlier state of the office is at its path: it would give numbers a second time."""


class Witness:
    """The newest event that is known of an office. Belongs to the thread of its store."""

    def __init__(self, path: Path, anchors: Iterable[Anchor] = ()) -> None:
        self._path = path
        self.office = ""
        self.newest = max(anchors, key=lambda anchor: anchor.age, default=None)
        self.restores = 0  # how often the office was rebuilt, as last read

    def read_restores(self, tx: Transaction) -> None:
        self.restores = events.count_restores(tx)

    def require_home(self, tx: Transaction) -> None:
        """Require that the database is the one that its owner confirmed last (`Engine.is_home`).

        A store whose `office` is not known, as the restore's own, requires nothing.

        Raises:
            OlderCopy: the database came out of a dump, or another server has replaced its server.
        """
        if self.office and not tx.on_connection(tx.engine.is_home):
            raise database_moved(self._path)

    def require_in_log(self, tx: Transaction) -> None:
        """Require that the log contains the newest known event.

        That is one look-up by the log's key, on the page to which the next event is written.

        Raises:
            OlderCopy: the log lacks that event, and nobody rebuilt the office since.
        """
        if self.newest is None or events.has_event(tx, self.newest):
            return
        if self.office not in ("", tx.value("SELECT uid FROM office")):
            return  # another office: its opener reports that in words of its own
        self.read_restores(tx)
        if self.restores <= self.newest.restores:
            raise _older(self._path)
        self.newest = None  # it is not in the rebuilt log; the next event that is noted is

    def misses_event(self, tx: Transaction) -> bool:
        """Return whether `require_in_log` finds the newest known event missing."""
        try:
            self.require_in_log(tx)
        except OlderCopy:
            return True
        return False

    def note_newest(self, anchor: Anchor | None) -> bool:
        """Note an event that is on disk for certain.

        Returns False when as much was known before, which then stays.
        """
        if anchor is None or (self.newest is not None and anchor.age <= self.newest.age):
            return False
        self.newest = anchor
        return True


def database_moved(path: Path) -> OlderCopy:
    """Return the refusal of a database whose owner has not confirmed that the office lives there."""
    return OlderCopy(
        _("Basis data {name} bukan lagi yang dulu: dipulihkan, dipindah, atau di server pengganti.").format(
            name=path.stem
        ),
        _("Tidak ada yang ditulis ke sana; nomor yang sudah diberikan tetap berlaku."),
        _by_journals(),
    )


def _by_journals() -> str:
    return _(
        "Petugas TI membawa jurnal tiap PC (`ult-desktop journal FOLDER`), lalu di satu PC:"
        " `ult-desktop restore --journals FOLDER`."
    )


def _older(path: Path) -> OlderCopy:
    if is_server(path):
        return OlderCopy(
            _("Basis data {name} dikembalikan dari cadangan yang lebih lama.").format(name=path.stem),
            _("Tidak ada yang ditulis ke sana; nomor yang sudah diberikan tetap berlaku."),
            _by_journals(),
        )
    return OlderCopy(
        _("{path} diganti dengan salinan yang lebih lama.").format(path=path),
        _("Tidak ada yang ditulis ke berkas itu; nomor yang sudah diberikan tetap berlaku."),
        _("Kembalikan berkas yang benar, atau pulihkan dengan `ult-desktop restore --force`."),
    )
