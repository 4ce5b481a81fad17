"""The office's date and time: compared with its log at each write, and before anything old is deleted."""

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
        self._last_logged_at = 0  # the time (UTC ms) of the newest entry that this station has seen

    def witnesses(self, tx: Transaction, now: int, clock: ShareClock) -> TimeWitnesses:
        """Return the evidence for the time `now` (UTC ms).

        Other clocks are asked only when the log's time is not near.
        """
        log = events.last_at(tx)
        of_log_alone = TimeWitnesses(now=now, log=log, own=clock.own)
        if of_log_alone.is_near:
            return of_log_alone
        is_refuted = False
        if log < self._last_logged_at - NEAR_MS:
            # The log steps back when the office was restored, or when an officer put the date right. In the
            # latter case the share's clock, measured again, differs from the one in use.
            clock.measure()
            is_refuted = clock.apart_ms != 0
        elif not clock.is_held:
            # This program has just started, perhaps while the share did not say its time.
            clock.measure()
            is_refuted = abs(clock() - now) > NEAR_MS
        return TimeWitnesses(
            now=now,
            log=log,
            own=clock.own,
            ran=clock.is_held,
            refuted=is_refuted,
            others_agree=bool({*stations.names_at_work(tx, now)} - {self._station}),
        )

    def look(self, tx: Transaction, clock: ShareClock) -> TimeWitnesses:
        """Return the evidence for the clock's time; note the log's newest entry if nothing contradicts."""
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
        if witnesses.is_near:
            clock.hold()

    def note_written(self, at: int) -> None:
        """Note that an entry of this station is in the log with that time (UTC ms)."""
        self._last_logged_at = at

    def is_sure(self, tx: Transaction, clock: ShareClock) -> bool:
        return self.witnesses(tx, clock(), clock).doubt is None

    def log_time(self, tx: Transaction, now: int, clock: ShareClock) -> int:
        """Return the time for a log entry: `now`, or while that is doubtful the time of the last entry."""
        witnesses = self.witnesses(tx, now, clock)
        return witnesses.log if witnesses.doubt else now


def turn_to_another_clock(clock: ShareClock, witnesses: TimeWitnesses) -> bool:
    """Go by another clock, because the time is contradicted; return whether it is another one now.

    The other clock is this PC's own if that is near the log's time, else the share's as it is now.
    """
    changed = clock.go_by_own() if abs(witnesses.own - witnesses.log) <= NEAR_MS else clock.yield_to_share()
    return changed or abs(clock() - witnesses.now) > NEAR_MS
