"""The upkeep of the office's keys: what is due, and possible with the keys of the officer signed in."""

from collections.abc import Callable, Container, Mapping
from typing import NamedTuple

from ult_desktop.core.access import commands, keys as officer_keys, roles
from ult_desktop.core.command import Command
from ult_desktop.db.access import keys, seal_backlog
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.access import readers


class HeldKeys(NamedTuple):
    """The keys in use: who is signed in, what opens for them by generation, whether they may read.

    `at` is UTC ms.
    """

    actor: roles.Actor
    pair: officer_keys.KeyPair | None
    newest: officer_keys.OfficeKey | None
    secrets: Mapping[int, officer_keys.Secret]
    may_read: bool
    at: int

    @property
    def newest_secret(self) -> officer_keys.Secret | None:
        """The secret of the generation that seals now, or None if the officer lacks it."""
        return None if self.newest is None else self.secrets.get(self.newest.generation)


def next_due(held: HeldKeys, done: Container[type[Command]], tx: Transaction) -> Command | None:
    """Return the next command that is due: make, grant, withdraw, renew, or seal what is old.

    `done` are the kinds that were tried: each comes once.
    """
    for kind, task in TASKS.items():
        command = None if kind in done else task(held, tx)
        if command is not None:
            return command
    return None


def _make(held: HeldKeys, tx: Transaction) -> Command | None:
    newest, pair = held.newest, held.pair
    if pair is None or held.newest_secret is not None or not held.actor.may(roles.Permission.MANAGE_OFFICE):
        return None
    if newest is not None and newest.generation not in keys.lost(tx):
        return None
    secret, generation = officer_keys.new_secret(), 1 if newest is None else newest.generation + 1
    grant = _grant_of(generation, held.actor.officer_id or 0, pair.public, secret)
    return commands.MakeKeys(public=secret.public, grant=grant)


def _grant(held: HeldKeys, tx: Transaction) -> Command | None:
    if not held.secrets:
        return None
    grants = tuple(
        _grant_of(each.generation, each.officer_id, each.public, held.secrets[each.generation])
        for each in readers.waiting(tx, held.at)
        if each.generation in held.secrets
    )
    return commands.GrantKeys(grants=grants) if grants else None


def _withdraw(held: HeldKeys, tx: Transaction) -> Command | None:
    return commands.WithdrawKeys() if readers.excess(tx, held.at) else None


def _renew(held: HeldKeys, tx: Transaction) -> Command | None:
    newest, secret = held.newest, held.newest_secret
    if newest is None or secret is None or not (newest.renewal_due and held.may_read):
        return None
    new, generation = officer_keys.new_secret(secret.index_key), newest.generation + 1
    kept = [
        commands.Recovery(generation=generation, public=each.public, sealed=new.sealed_for(each.public))
        for each in keys.recoveries(tx)[-1:]
    ]
    allowed = readers.readers(tx, held.at)
    grants = tuple(
        _grant_of(generation, number, public, new)
        for number, public in keys.officers_with_keys(tx)
        if number in allowed
    )
    return commands.RotateKeys(
        generation=generation, public=new.public, grants=grants, recovery=kept[0] if kept else None
    )


def _seal_old(held: HeldKeys, tx: Transaction) -> Command | None:
    return commands.SealOld() if held.secrets and seal_backlog.has_unsealed(tx) else None


TASKS: dict[type[Command], Callable[[HeldKeys, Transaction], Command | None]] = {
    commands.MakeKeys: _make,
    commands.GrantKeys: _grant,
    commands.WithdrawKeys: _withdraw,
    commands.RotateKeys: _renew,
    commands.SealOld: _seal_old,
}


def _grant_of(generation: int, officer_id: int, public: bytes, secret: officer_keys.Secret) -> commands.Grant:
    return commands.Grant(
        generation=generation, officer_id=officer_id, public=public, sealed=secret.sealed_for(public)
    )
