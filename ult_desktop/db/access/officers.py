"""Officers (petugas) with their roles, and wrong passwords counted for the whole office."""

from collections.abc import Iterable

import msgspec

from ult_desktop.core.access.commands import ResetNotice
from ult_desktop.core.access.roles import Officer
from ult_desktop.db.store.transaction import Rows, Transaction

_ROWS = Rows(Officer, "officer", "roles AS roles_json")


def all_active(tx: Transaction) -> tuple[Officer, ...]:
    return _ROWS.all(tx, "WHERE active = 1 ORDER BY name, id")


def everybody(tx: Transaction) -> tuple[Officer, ...]:
    """List every officer; those who left the office come last."""
    return _ROWS.all(tx, "ORDER BY active DESC, name, id")


def find(tx: Transaction, login: str) -> Officer | None:
    return _ROWS.maybe(tx, "WHERE login = ?", login)


by_id = _ROWS.find
get = _ROWS.get


def insert(tx: Transaction, login: str, name: str, roles: Iterable[str], password_hash: str) -> int:
    return tx.insert("officer", login=login, name=name, roles=tuple(roles), password_hash=password_hash)


def edit(tx: Transaction, officer_id: int, name: str, usual_counter: int | None) -> None:
    tx.update("officer", officer_id, name=name, usual_counter=usual_counter)


def set_password(tx: Transaction, officer_id: int, password_hash: str, *, must_change: bool = False) -> None:
    tx.update("officer", officer_id, password_hash=password_hash, must_change=must_change)


def set_roles(tx: Transaction, officer_id: int, roles: Iterable[str]) -> None:
    tx.update("officer", officer_id, roles=tuple(roles))


def retire(tx: Transaction, officer_id: int) -> None:
    tx.update("officer", officer_id, active=0, password_hash="")


def reinstate(tx: Transaction, officer_id: int) -> None:
    """Make a retired officer active again; they cannot sign in before they get a password."""
    tx.update("officer", officer_id, active=1)


class SignInMoment(msgspec.Struct, frozen=True, kw_only=True):
    """The moment at which a password was given: UTC ms, the PC (`machine`), and its ticks.

    Ticks are milliseconds since that PC was switched on.
    """

    last_at: int = 0
    machine: str = ""
    ticks: int = 0

    def ms_since(self, before: "SignInMoment") -> int:
        """Return the milliseconds since `before`.

        They are measured by ticks where both passwords were given at one PC that was not switched off, else
        by the clock. A PC that was restarted is measured by ticks too once it runs for longer than it had at
        `before`: the result is then too small by that time.
        """
        if self.machine == before.machine and self.ticks >= before.ticks:
            return self.ticks - before.ticks
        return self.last_at - before.last_at


class FailedSignIns(SignInMoment, frozen=True, kw_only=True):
    """The count of wrong passwords since the last right one, and when the last was given."""

    wrong: int = 0


def failed_sign_ins(tx: Transaction, slot: int) -> FailedSignIns:
    """Return the wrong passwords of a slot: an officer's id, or one of the slots for unknown names."""
    sql = "SELECT wrong, last_at, machine, ticks FROM wrong_password WHERE slot = ?"
    return tx.maybe(FailedSignIns, sql, slot) or FailedSignIns()


def count_wrong(tx: Transaction, slot: int, now: SignInMoment) -> int:
    """Count one more wrong password; return how many there are."""
    tx.run(
        # In one statement: two stations that guess at once both count.
        "INSERT INTO wrong_password (slot, wrong, last_at) VALUES (?, 1, 0)"
        " ON CONFLICT (slot) DO UPDATE SET wrong = wrong_password.wrong + 1",
        slot,
    )
    begin_wait(tx, slot, now)
    return failed_sign_ins(tx, slot).wrong


def begin_wait(tx: Transaction, slot: int, now: SignInMoment) -> None:
    """Let the wait after wrong passwords begin at `now`, as if the last one were given then."""
    tx.update("wrong_password", {"slot": slot}, **msgspec.structs.asdict(now))


def forget_wrong(tx: Transaction, slot: int) -> None:
    tx.run("DELETE FROM wrong_password WHERE slot = ?", slot)


def leave_notice(tx: Transaction, admin_id: int, officer_id: int, at: int, station: str) -> None:
    tx.insert("reset_notice", admin_id=admin_id, officer_id=officer_id, at=at, station=station)


def notices_for(tx: Transaction, admin_id: int) -> tuple[ResetNotice, ...]:
    """List the notices that an admin has yet to read, oldest first."""
    return tx.all(
        ResetNotice,
        "SELECT o.name, n.at, n.station FROM reset_notice n JOIN officer o ON o.id = n.officer_id"
        " WHERE n.admin_id = ? ORDER BY n.at, n.officer_id",
        admin_id,
    )


def delete_notices(tx: Transaction, admin_id: int) -> int:
    """Delete the notices that the admin has read; return how many there were."""
    return tx.run("DELETE FROM reset_notice WHERE admin_id = ?", admin_id)
