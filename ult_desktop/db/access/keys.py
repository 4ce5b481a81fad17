"""Keys of the office and of its officers; all rows are public, wrapped or sealed."""

from collections.abc import Iterable

import msgspec

from ult_desktop.core.access import commands, keys
from ult_desktop.db.access import seal_backlog
from ult_desktop.db.store.transaction import Rows, Transaction


class OfficerKey(msgspec.Struct, frozen=True, kw_only=True):
    """An officer's own key pair, the private key wrapped under the password."""

    officer_id: int
    public: bytes
    salt: bytes
    passes: int
    memory: int
    wrapped: bytes

    @property
    def wrapping(self) -> keys.WrappedKey:
        return keys.WrappedKey(salt=self.salt, passes=self.passes, memory=self.memory, wrapped=self.wrapped)


class MissingGrant(msgspec.Struct, frozen=True, kw_only=True):
    """An officer with a key pair of their own who has not been given a generation of the office's keys."""

    officer_id: int
    generation: int
    public: bytes


class GrantKey(msgspec.Struct, frozen=True, kw_only=True):
    """A generation of the office's keys that was given to an officer at work."""

    generation: int
    officer_id: int


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """An active officer: whether they have a key pair, and how many generations they were given.

    `may_open`: their roles let them open personal data.
    """

    officer_id: int
    login: str
    name: str
    has_pair: bool
    generations: int
    may_open: bool = True


class KeyStatus(msgspec.Struct, frozen=True, kw_only=True):
    """The state of the office's keys.

    `generation` 0: there are none; `made_at` UTC ms; `lost`: the generations that nobody opens.
    """

    generation: int = 0
    made_at: int = 0
    renewal_due: bool = False
    has_code: bool = False
    clear_text_left: bool = False
    lost: tuple[int, ...] = ()
    officers: tuple[Holder, ...] = ()

    def opens_all(self, holder: Holder) -> bool:
        """Return whether the officer can open all that anybody can, and what is sealed from now on."""
        opened_by_somebody = self.generation - len(self.lost)
        return self.generation > 0 and not self.nobody_opens and holder.generations == opened_by_somebody

    @property
    def nobody_opens(self) -> bool:
        """Return whether nobody opens the newest generation.

        What is sealed now is then lost the moment it is written.
        """
        return self.generation in self.lost


_OFFICE_KEY = Rows(keys.OfficeKey, "office_key")
_RECOVERY = Rows(commands.Recovery, "recovery_key")
_OFFICER_KEY = Rows(OfficerKey, "officer_key")
_LOST = (
    "SELECT k.generation FROM office_key k WHERE NOT EXISTS (SELECT 1 FROM key_grant h"
    " JOIN officer o ON o.id = h.officer_id WHERE h.generation = k.generation AND o.active = 1)"
    " AND NOT EXISTS (SELECT 1 FROM recovery_key r WHERE r.generation = k.generation)"
)


def write_first_keys(tx: Transaction, first: commands.FirstKeys, admin_id: int) -> None:
    """Write the keys of a new office."""
    add_generation(tx, 1, first.public, first.made_at)
    replace_pair(tx, admin_id, first.admin_public, first.admin_wrapped)
    grant(
        tx, commands.Grant(generation=1, officer_id=admin_id, public=first.admin_public, sealed=first.sealed)
    )
    add_recovery(tx, first.recovery)


def newest(tx: Transaction) -> keys.OfficeKey | None:
    """Return the generation that seals now; None in an office without keys."""
    return _OFFICE_KEY.maybe(tx, "ORDER BY generation DESC LIMIT 1")


def all_generations(tx: Transaction) -> tuple[keys.OfficeKey, ...]:
    return _OFFICE_KEY.all(tx, "ORDER BY generation")


def add_generation(tx: Transaction, generation: int, public: bytes, at: int) -> None:
    tx.insert("office_key", generation=generation, public=public, made_at=at)


def set_renewal(tx: Transaction, generation: int, *, due: bool) -> None:
    tx.update("office_key", {"generation": generation}, renewal_due=due)


def of_officer(tx: Transaction, officer_id: int) -> OfficerKey | None:
    return _OFFICER_KEY.maybe(tx, "WHERE officer_id = ?", officer_id)


def replace_pair(tx: Transaction, officer_id: int, public: bytes, wrapped: keys.WrappedKey) -> None:
    """Replace the officer's pair. The grants for the former pair open nothing any more, and are deleted."""
    delete_pair(tx, officer_id)
    tx.insert("officer_key", wrapped, officer_id=officer_id, public=public)


def rewrap(tx: Transaction, officer_id: int, wrapped: keys.WrappedKey) -> int:
    """Store the same pair under another password; return 0 when there is none."""
    return tx.update("officer_key", {"officer_id": officer_id}, wrapped)


def withdraw_grant(tx: Transaction, held: GrantKey) -> None:
    """Withdraw a generation. The officer keeps the pair, and may be given that generation again."""
    tx.run("DELETE FROM key_grant WHERE generation = ? AND officer_id = ?", held.generation, held.officer_id)


def delete_pair(tx: Transaction, officer_id: int) -> None:
    """Delete the officer's pair and grants: the officer opens nothing any more."""
    tx.run("DELETE FROM key_grant WHERE officer_id = ?", officer_id)
    tx.run("DELETE FROM officer_key WHERE officer_id = ?", officer_id)


def grant(tx: Transaction, given: commands.Grant) -> int:
    """Give a generation to an officer at work whose pair is still that one; return 1, or 0 if not given."""
    return tx.run(
        "INSERT INTO key_grant (generation, officer_id, sealed)"
        " SELECT ?, k.officer_id, ? FROM officer_key k JOIN officer o ON o.id = k.officer_id"
        # Only for this pair: if it was replaced since, nothing opens what was sealed for it.
        " WHERE k.officer_id = ? AND k.public = ? AND o.active = 1"
        " AND EXISTS (SELECT 1 FROM office_key WHERE generation = ?) ON CONFLICT DO NOTHING",
        given.generation,
        given.sealed,
        given.officer_id,
        given.public,
        given.generation,
    )


def grants_of(tx: Transaction, officer_id: int) -> dict[int, bytes]:
    """Return what was sealed for the officer, by generation."""
    return dict(tx.rows("SELECT generation, sealed FROM key_grant WHERE officer_id = ?", officer_id))


def all_grants(tx: Transaction) -> tuple[GrantKey, ...]:
    """List the grants of every officer at work."""
    return tx.all(
        GrantKey,
        "SELECT g.generation, g.officer_id FROM key_grant g JOIN officer o ON o.id = g.officer_id"
        " WHERE o.active = 1 ORDER BY g.generation, g.officer_id",
    )


def holders(tx: Transaction, generation: int) -> list[int]:
    """List the officers at work who can open what this generation seals."""
    return tx.column(
        "SELECT g.officer_id FROM key_grant g JOIN officer o ON o.id = g.officer_id"
        " WHERE g.generation = ? AND o.active = 1 ORDER BY g.officer_id",
        generation,
    )


def lost(tx: Transaction) -> list[int]:
    """List the generations that nobody at work was given, and no recovery code opens."""
    return tx.column(f"{_LOST} ORDER BY k.generation")


def is_only_holder(tx: Transaction, officer_id: int) -> bool:
    """Return whether there is a generation that nobody could open any more without this officer's keys."""
    with_code = {recovery.generation for recovery in recoveries(tx)}
    return any(
        generation not in with_code and holders(tx, generation) == [officer_id]
        for generation in grants_of(tx, officer_id)
    )


def missing_grants(tx: Transaction) -> tuple[MissingGrant, ...]:
    """List which officer waits for which generation. Nobody waits for one that is lost."""
    return tx.all(
        MissingGrant,
        "SELECT k.officer_id, g.generation, k.public FROM officer_key k JOIN officer o ON o.id = k.officer_id"
        " CROSS JOIN office_key g WHERE o.active = 1 AND NOT EXISTS (SELECT 1 FROM key_grant t"
        " WHERE t.generation = g.generation AND t.officer_id = k.officer_id)"
        f" AND g.generation NOT IN ({_LOST})"
        " ORDER BY k.officer_id, g.generation",
    )


def public_keys(tx: Transaction) -> list[tuple[int, bytes]]:
    """List (officer, public key) for the officers at work who have a pair of their own."""
    return tx.rows(
        "SELECT k.officer_id, k.public FROM officer_key k JOIN officer o ON o.id = k.officer_id"
        " WHERE o.active = 1 ORDER BY k.officer_id"
    )


def active_officers(tx: Transaction) -> tuple[Holder, ...]:
    """List the officers at work, by name."""
    return tx.all(
        Holder,
        "SELECT o.id AS officer_id, o.login, o.name, k.officer_id IS NOT NULL AS has_pair,"
        " (SELECT count(*) FROM key_grant g WHERE g.officer_id = o.id) AS generations"
        " FROM officer o LEFT JOIN officer_key k ON k.officer_id = o.id WHERE o.active = 1"
        " ORDER BY o.name, o.id",
    )


def key_status(tx: Transaction) -> KeyStatus:
    key = newest(tx)
    if key is None:
        return KeyStatus(officers=active_officers(tx))
    return KeyStatus(
        generation=key.generation,
        made_at=key.made_at,
        renewal_due=key.renewal_due,
        has_code=bool(recoveries(tx)),
        clear_text_left=seal_backlog.has_unsealed(tx),
        lost=tuple(lost(tx)),
        officers=active_officers(tx),
    )


def recoveries(tx: Transaction) -> tuple[commands.Recovery, ...]:
    """Return what the recovery code opens; empty before there is one."""
    return _RECOVERY.all(tx, "ORDER BY generation")


def set_recoveries(tx: Transaction, recoveries: Iterable[commands.Recovery]) -> None:
    """Store what a new code opens. The code before opens nothing any more."""
    tx.run("DELETE FROM recovery_key")
    for recovery in recoveries:
        add_recovery(tx, recovery)


def add_recovery(tx: Transaction, recovery: commands.Recovery) -> None:
    tx.insert("recovery_key", recovery)
