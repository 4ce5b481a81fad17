"""The keys in an open office: the seal, the keyring of whoever is signed in, and the upkeep of both."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from ult_desktop.base import UserError, _
from ult_desktop.core.access import commands, keys as officer_keys, roles, sealing
from ult_desktop.core.command import Answer, Command
from ult_desktop.db.access import keys, officers, seal_backlog
from ult_desktop.db.store.transaction import Transaction

log = logging.getLogger(__name__)
T = TypeVar("T")


class KeyedOffice(Protocol):
    """As much of an open office as keys and a lost password need. `seal` and `keyring` are set from here."""

    path: Path
    station: str
    uid: str
    keys: "KeyHolder"
    seal: sealing.Seal | None
    keyring: sealing.Keyring | None

    @property
    def clock(self) -> Callable[[], int]: ...

    def read(self, query: Callable[[Transaction], T]) -> T: ...

    def perform(self, command: Command[Answer], by: roles.Actor) -> Answer: ...


class StaleKeys(UserError):
    """The office's keys were made or renewed since this station last looked."""


class KeyHolder:
    """Keeps an office's `seal` up to date always, and its `keyring` from sign-in to sign-out.

    Belongs to the office's thread.
    """

    def __init__(self, house: KeyedOffice) -> None:
        self._house = house
        self._newest: officer_keys.OfficeKey | None = None
        self._actor: roles.Actor | None = None
        self._pair: officer_keys.KeyPair | None = None
        self._grants: dict[int, bytes] = {}
        self._secrets: dict[int, officer_keys.Secret] = {}

    @property
    def pending(self) -> bool:
        """Somebody is signed in who has not been given the keys that seal now."""
        return self._actor is not None and self._newest is not None and self._newest_secret is None

    @property
    def pair(self) -> officer_keys.KeyPair | None:
        """Of the officer who is signed in."""
        return self._pair

    @property
    def secrets(self) -> dict[int, officer_keys.Secret]:
        """What the officer can open, by generation."""
        return self._secrets

    def open(self, actor: roles.Actor, password: str) -> None:
        """The keys of an officer whose password was right; he gets a pair of his own if he has none."""
        self.forget()
        self._actor = actor
        self._pair = self._own_pair(actor, password)
        self.look()
        self.maintain()

    def forget(self) -> None:
        """Nobody is signed in, or the desk is locked: nothing opens."""
        self._actor = self._pair = self._house.keyring = None
        self._grants, self._secrets = {}, {}

    def look(self) -> None:
        """The keys as they stand in the file now: granted, renewed, or another office's."""
        newest, grants = self._house.read(self._rows)
        if newest != self._newest:
            self._house.seal = None if newest is None else sealing.Seal(newest.generation, newest.public)
        self._newest = newest
        if self._pair is not None and grants != self._grants:
            self._grants = grants
            self._secrets = self._opened(grants, self._pair)
            self._house.keyring = _keyring_of(self._secrets)

    def require_newest(self, public: bytes) -> None:
        """Raises StaleKeys unless what is sealed here is sealed with `public`, the key in the file now."""
        if public != (b"" if self._newest is None else self._newest.public):
            raise StaleKeys(
                _("Kunci data pribadi baru saja diganti."), _("Tidak ada yang berubah."), _("Ulangi.")
            )

    def maintain(self) -> None:
        """Whatever is due and can be done with these keys: make, renew, grant, seal what is old.

        A refusal is nobody's trouble here: another station did it first, or it is done the next time.
        """
        actor = self._actor
        if actor is None:
            return
        try:
            for task in (self._make, self._renew, self._grant, self._seal_old):
                task(actor)
        except UserError as error:
            log.info("keys: %s", error)

    def rewrapped(self, password: str, password_hash: str) -> officer_keys.WrappedKey | None:
        """The own pair under a new password of one's own; None when nothing is open."""
        return (
            None
            if self._pair is None
            else officer_keys.wrap(self._pair.private, password, officer_keys.cost_of(password_hash))
        )

    def recoveries_for(self, public: bytes) -> tuple[commands.Recovery, ...]:
        """All that can be opened here, sealed for a recovery pair."""
        return tuple(
            commands.Recovery(generation=generation, public=public, sealed=secret.sealed_for(public))
            for generation, secret in sorted(self._secrets.items())
        )

    @property
    def _newest_secret(self) -> officer_keys.Secret | None:
        return None if self._newest is None else self._secrets.get(self._newest.generation)

    def _rows(self, tx: Transaction) -> tuple[officer_keys.OfficeKey | None, dict[int, bytes]]:
        mine = self._actor.officer_id if self._actor is not None else None
        return keys.newest(tx), {} if mine is None else keys.grants_of(tx, mine)

    @staticmethod
    def _opened(grants: dict[int, bytes], pair: officer_keys.KeyPair) -> dict[int, officer_keys.Secret]:
        opened = {}
        for generation, sealed in grants.items():
            try:
                opened[generation] = officer_keys.unseal(pair.private, sealed)
            except sealing.UnsealError:
                log.warning("the grant of generation %d does not open", generation)
        return opened

    def _own_pair(self, actor: roles.Actor, password: str) -> officer_keys.KeyPair | None:
        """The officer's pair; one that his password does not open is of no use, and is replaced."""
        number = actor.officer_id or 0
        row = self._house.read(lambda tx: keys.of_officer(tx, number))
        if row is not None:
            try:
                return officer_keys.unwrap(row.wrapping, password)
            except sealing.UnsealError:
                log.warning("the key of officer %d does not open with his password", number)
        officer = self._house.read(lambda tx: officers.by_id(tx, number))
        cost = officer_keys.cost_of("" if officer is None else officer.password_hash)
        pair = officer_keys.new_pair()
        command = commands.PublishKey(
            public=pair.public, wrapped=officer_keys.wrap(pair.private, password, cost)
        )
        try:
            self._house.perform(command, actor)
        except UserError as error:
            log.info("keys: %s", error)
            return None
        return pair

    def _do(self, command: Command, by: roles.Actor) -> None:
        self._house.perform(command, by)
        self.look()

    def _make(self, actor: roles.Actor) -> None:
        pair, newest = self._pair, self._newest
        if pair is None or self._newest_secret is not None or not actor.may(roles.Permission.MANAGE_OFFICE):
            return
        if newest is None or newest.generation in self._house.read(keys.lost):
            secret, generation = officer_keys.new_secret(), 1 if newest is None else newest.generation + 1
            grant = _grant(generation, actor.officer_id or 0, pair.public, secret)
            self._do(commands.MakeKeys(public=secret.public, grant=grant), actor)

    def _renew(self, actor: roles.Actor) -> None:
        newest, secret = self._newest, self._newest_secret
        if newest is None or secret is None or not newest.renewal_due:
            return
        new, generation = officer_keys.new_secret(secret.index_key), newest.generation + 1
        readers, recoveries = self._house.read(lambda tx: (keys.officers_with_keys(tx), keys.recoveries(tx)))
        kept = [
            commands.Recovery(generation=generation, public=each.public, sealed=new.sealed_for(each.public))
            for each in recoveries[-1:]
        ]
        grants = tuple(_grant(generation, number, public, new) for number, public in readers)
        self._do(
            commands.RotateKeys(
                generation=generation, public=new.public, grants=grants, recovery=kept[0] if kept else None
            ),
            actor,
        )

    def _grant(self, actor: roles.Actor) -> None:
        if self._secrets:
            waiting = self._house.read(keys.missing_grants)
            grants = tuple(
                _grant(each.generation, each.officer_id, each.public, self._secrets[each.generation])
                for each in waiting
                if each.generation in self._secrets
            )
            if grants:
                self._do(commands.GrantKeys(grants=grants), actor)

    def _seal_old(self, actor: roles.Actor) -> None:
        left = self._house.read(seal_backlog.has_unsealed)
        if left and self._secrets:
            self._do(commands.SealOld(), actor)


def _grant(generation: int, officer_id: int, public: bytes, secret: officer_keys.Secret) -> commands.Grant:
    return commands.Grant(
        generation=generation, officer_id=officer_id, public=public, sealed=secret.sealed_for(public)
    )


def _keyring_of(secrets: dict[int, officer_keys.Secret]) -> sealing.Keyring | None:
    if not secrets:
        return None
    privates = {generation: secret.private for generation, secret in secrets.items()}
    return sealing.Keyring(privates, secrets[max(secrets)].index_key)
