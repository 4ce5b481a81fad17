"""The sign-in: wrong passwords count for all stations together and slow down the next try."""

import math
from collections.abc import Callable
from contextlib import suppress

import msgspec

from ult_desktop.base import UserError, _, counted
from ult_desktop.base.digests import sha256
from ult_desktop.base.machine import machine_id
from ult_desktop.core.access.roles import Actor, Officer
from ult_desktop.core.event import Event
from ult_desktop.core.stamps import MINUTE_MS, office_day
from ult_desktop.db.access import officers
from ult_desktop.db.accountability import duty
from ult_desktop.db.office import office
from ult_desktop.db.store import events
from ult_desktop.db.store.clock import ShareClock
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.access.officers import check_password
from ult_desktop.operations.request_ids import new_id

FREE_TRIES = 3
DELAYS_MS = (5_000, 15_000, MINUTE_MS, 5 * MINUTE_MS)  # after the third, fourth … try; the last stays
STRANGER_SLOTS = 256


def delay_ms(wrong: int) -> int:
    """Return how long (ms) after the last of `wrong` tries the next one may be made."""
    # The delay grows no more after the last one: otherwise a guesser could lock the office out for ever
    # (docs/security.md).
    return 0 if wrong < FREE_TRIES else DELAYS_MS[min(wrong - FREE_TRIES, len(DELAYS_MS) - 1)]


def wait_ms(tries: officers.FailedSignIns, now: officers.SignInMoment) -> int:
    """Return the time (ms) until the next try may be made, 0 if at once."""
    return max(0, delay_ms(tries.wrong) - now.ms_since(tries))


def slot_of(login: str, officer_id: int | None) -> int:
    """Return the number under which tries are counted: an officer's id, or one shared by unknown names.

    A name that nobody has is counted and reported like any other, so that a lock-out does not show which
    names exist. What was typed is kept nowhere, since it may be a password in the wrong field.
    """
    if officer_id is not None:
        return officer_id
    # A row for each unknown name would let a guesser fill the office file.
    digest = sha256(login.encode())
    return -1 - int.from_bytes(digest[:4], "big") % STRANGER_SLOTS


class TooManyTries(UserError):
    """The error that the delay after wrong tries is not over. No password is checked until it is."""


class SignInCheck:
    """The check of a name and a password at a station.

    A right password with no wrong try before it writes nothing, except for the officer's first sign-in of the
    day, which notes that they are on duty. After `FREE_TRIES` wrong tries each further one is counted before
    the password is checked: stations that guess at the same time get one try between them, and a program that
    is killed while checking has used it up.

    Args:
        store: the office file.
        station: the station that asks.
        clock: the share's clock.
        log_time: gives the time of log entries, also while the clock is doubtful.
    """

    def __init__(
        self, store: Store, station: str, clock: ShareClock, log_time: Callable[[Transaction, int], int]
    ) -> None:
        self._store, self._station, self._clock, self._log_time = store, station, clock, log_time

    def authenticate(self, login: str, password: str) -> Actor:
        """Return the officer who has that name and password.

        Raises:
            TooManyTries: after wrong tries it is too early for another.
            UserError: name or password is wrong; the words do not say which.
        """
        now = officers.SignInMoment(last_at=self._clock(), machine=machine_id(), ticks=self._clock.ticks)
        officer, slot, tries = self._store.read(lambda tx: _read_officer_and_tries(tx, login))
        if delay_ms(tries.wrong):
            if now.ms_since(tries) < 0:
                # The clock was put back: the wait begins again, or it would last until the old clock's time.
                self._store.write(lambda tx: officers.begin_wait(tx, slot, now))
                tries = self._store.read(lambda tx: officers.failed_sign_ins(tx, slot))
            _require_wait_over(tries, now)
            tries = self._store.write(lambda tx: _claim_try(tx, slot, now))
        try:
            actor = check_password(officer, password, self._station)
        except UserError as error:
            raise self._refuse(error, slot, tries, now) from None
        if tries.wrong:
            self._store.write(lambda tx: officers.forget_wrong(tx, slot))
        # Note that the officer is on duty today. They are signed in even if this cannot be written.
        officer_id = actor.officer_id or 0
        day = self._store.read(lambda tx: office_day(now.last_at, office.zone(tx)))
        if not self._store.read(lambda tx: duty.is_noted(tx, day, officer_id)):
            with suppress(UserError):
                self._store.write(lambda tx: duty.note(tx, day, officer_id, now.last_at))
        return actor

    def _refuse(
        self, error: UserError, slot: int, tries: officers.FailedSignIns, now: officers.SignInMoment
    ) -> UserError:
        """Count the wrong try; return the error with the time after which the next one may be made."""
        is_claimed = bool(delay_ms(tries.wrong))
        wrong = self._store.write(lambda tx: self._note_wrong_try(tx, slot, now, is_claimed=is_claimed))
        remaining_ms = delay_ms(wrong)
        if not remaining_ms:
            return error
        return UserError(
            error.what, error.safe, _("Coba lagi setelah {time}.").format(time=_span_words(remaining_ms))
        )

    def _note_wrong_try(
        self, tx: Transaction, slot: int, now: officers.SignInMoment, *, is_claimed: bool
    ) -> int:
        """Count one more wrong try, unless `_claim_try` did; return how many there are.

        Once the next try has to wait, each wrong try is logged.
        """
        wrong = (
            officers.failed_sign_ins(tx, slot).wrong if is_claimed else officers.count_wrong(tx, slot, now)
        )
        if delay_ms(wrong):
            event = Event(
                seq=0,
                at=self._log_time(tx, now.last_at),
                station=self._station,
                officer_id=None,
                kind="officer.locked_out",
                area="officer",
                subject=max(0, slot),  # the officer's id; 0 for an unknown name
                data=msgspec.json.encode({"wrong": wrong}).decode(),
                request=new_id(),
            )
            events.append(tx, event)
        return wrong


def _read_officer_and_tries(
    tx: Transaction, login: str
) -> tuple[Officer | None, int, officers.FailedSignIns]:
    officer = officers.find(tx, login)
    slot = slot_of(login, None if officer is None else officer.id)
    return officer, slot, officers.failed_sign_ins(tx, slot)


def _claim_try(tx: Transaction, slot: int, now: officers.SignInMoment) -> officers.FailedSignIns:
    """Count a try as wrong before its password is checked; return the tries with it.

    Raises TooManyTries if another station made a try since the tries were read.
    """
    _require_wait_over(officers.failed_sign_ins(tx, slot), now)
    officers.count_wrong(tx, slot, now)
    return officers.failed_sign_ins(tx, slot)


def _require_wait_over(tries: officers.FailedSignIns, now: officers.SignInMoment) -> None:
    remaining_ms = wait_ms(tries, now)
    if remaining_ms:
        raise TooManyTries(
            _("Terlalu banyak kata sandi salah."),
            _("Antrean dan data tidak terganggu."),
            _("Tunggu {time}, lalu coba lagi.").format(time=_span_words(remaining_ms)),
        )


def _span_words(ms: int) -> str:
    """Return a span in words, rounded up, so that nobody comes back too early."""
    if ms < MINUTE_MS:
        return counted("{n} detik", math.ceil(ms / 1000))
    return counted("{n} menit", math.ceil(ms / MINUTE_MS))
