"""The office's date and time: compared with its log at each write, and before anything goes by its age."""

from ult_desktop.base import _
from ult_desktop.core.command import Command
from ult_desktop.core.office.commands import ConfirmTime
from ult_desktop.core.office_time import NEAR_MS, Doubt, TimeWitnesses
from ult_desktop.core.stamps import on_this_pc
from ult_desktop.db.store import events, stations
from ult_desktop.db.store.clock import ShareClock
from ult_desktop.db.store.errors import WritesBlocked
from ult_desktop.db.store.transaction import Transaction


class TimeDoubt(WritesBlocked):
    """The error that the date is contradicted.

    Nothing is written until a clock is right or a person confirms the date.
    """

    def __init__(self, witnesses: TimeWitnesses, doubt: Doubt) -> None:
        now, log, own = (on_this_pc(at) for at in (witnesses.now, witnesses.log, witnesses.own))
        words = {
            Doubt.BEHIND: _("Jam bersama {now}, padahal catatan terakhir {log}."),
            Doubt.APART: _("Jam bersama {now}, tetapi jam komputer ini {own}; catatan terakhir {log}."),
            Doubt.SILENT: _("Jam bersama {now}; catatan terakhir sudah lama sekali, {log}."),
        }[doubt]
        super().__init__(
            words.format(now=now, log=log, own=own),
            _("Tidak ada yang ditulis; nomor yang sudah diambil tetap berlaku."),
            _(
                "Bila {now} benar, pastikan di jendela loket mana pun atau dengan"
                " `ult-desktop office confirm-time`. Bila salah, perbaiki jam komputer penyimpan."
            ).format(now=now),
        )
        self.witnesses = witnesses


class TimeWatch:
    """The watch over one running station's time, compared with the office's log (docs/store.md, rule 19)."""

    def __init__(self, station: str) -> None:
        self._station = station
        self._last_logged_at = 0

    def witnesses(self, tx: Transaction, now: int, clock: ShareClock) -> TimeWitnesses:
        """Return the evidence for the time `now` (UTC ms).

        Other clocks are asked only when the log's time is not near.
        """
        log = events.last_at(tx)
        plain = TimeWitnesses(now=now, log=log, own=clock.own)
        if plain.is_near:
            return plain
        return TimeWitnesses(
            now=now,
            log=log,
            own=clock.own,
            ran=clock.is_held,
            refuted=log < self._last_logged_at - NEAR_MS and _share_differs(clock),
            others_agree=bool({*stations.names_at_work(tx, now)} - {self._station}),
        )

    def look(self, tx: Transaction, clock: ShareClock) -> TimeWitnesses:
        """Return the evidence for the time of the clock, and learn from the log if nothing contradicts."""
        witnesses = self.witnesses(tx, clock(), clock)
        if witnesses.doubt is None:
            self._last_logged_at = witnesses.log
        return witnesses

    def require(self, tx: Transaction, now: int, clock: ShareClock, command: Command | None = None) -> None:
        """Require that `now` may be written. A command by which a person confirms the time is not checked.

        Raises:
            TimeDoubt: something contradicts it.
        """
        witnesses = self.witnesses(tx, now, clock)
        doubt = witnesses.doubt
        if doubt is not None and not isinstance(command, ConfirmTime):
            raise TimeDoubt(witnesses, doubt)
        self._last_logged_at = witnesses.log
        clock.hold()

    def wrote(self, at: int) -> None:
        """Note that an entry of this station is in the log with that time (UTC ms)."""
        self._last_logged_at = at

    def is_sure(self, tx: Transaction, clock: ShareClock) -> bool:
        return self.witnesses(tx, clock(), clock).doubt is None

    def believed(self, tx: Transaction, now: int, clock: ShareClock) -> int:
        """Return `now`, or while it is doubtful the last time that the log knows."""
        witnesses = self.witnesses(tx, now, clock)
        return witnesses.log if witnesses.doubt else now


def _share_differs(clock: ShareClock) -> bool:
    """Return whether the share's clock differs from the one in use, after measuring it.

    If the log steps back, the office was restored, or an officer put the date right. The share's clock shows
    which of them.
    """
    clock.measure()
    return clock.apart_ms != 0


def turn_to_another_clock(clock: ShareClock, witnesses: TimeWitnesses) -> bool:
    """Go by another clock, now that the log contradicts this time; return whether the time changed.

    That is this PC's own clock while others write by the same time, else the share's as it is now.
    """
    return clock.go_by_own() if abs(witnesses.own - witnesses.log) <= NEAR_MS else clock.yield_to_share()
