"""The holder of the office's keys on a station, and their upkeep.

The office's keys come in generations; text is sealed with the newest. A grant is the secret of a generation,
sealed for one officer's own pair, which their password opens. A generation is lost if neither an officer at
work nor the recovery code opens it.
"""

import logging
from collections.abc import Callable, Container, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from ult_desktop.base import UserError, _
from ult_desktop.core.access import commands, keys as officer_keys, roles, sealing
from ult_desktop.core.command import Answer, Command
from ult_desktop.db.access import keys, officers, seal_backlog
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.access import readers

log = logging.getLogger(__name__)
T = TypeVar("T")
OWN = 0  # the "generation" of what is sealed for one officer alone: their drafts


class HeldKeys(NamedTuple):
    """The keys of the officer who is signed in, `at` a moment (UTC ms).

    `pair` is their own, `newest` the office's generation that seals now, `secrets` what they can open, by
    generation. `may_read` says whether they may open personal data.
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


def next_upkeep_command(
    held_keys: HeldKeys, tried: Container[type[Command]], tx: Transaction
) -> Command | None:
    """Return the next upkeep command that is due and of no kind that was `tried`, or None."""
    for kind, task in TASKS.items():
        command = None if kind in tried else task(held_keys, tx)
        if command is not None:
            return command
    return None


def _make_command(held_keys: HeldKeys, tx: Transaction) -> Command | None:
    """Return the command for the office's first keys, or for others in place of lost ones."""
    newest, pair = held_keys.newest, held_keys.pair
    if (
        pair is None
        or held_keys.newest_secret is not None
        or not held_keys.actor.may(roles.Permission.MANAGE_OFFICE)
    ):
        return None
    if newest is not None and newest.generation not in keys.lost(tx):
        return None
    secret = officer_keys.new_secret()
    generation = 1 if newest is None else newest.generation + 1
    grant = _grant_of(generation, held_keys.actor.officer_id or 0, pair.public, secret)
    return commands.MakeKeys(public=secret.public, grant=grant)


def _grant_command(held_keys: HeldKeys, tx: Transaction) -> Command | None:
    if not held_keys.secrets:
        return None
    grants = tuple(
        _grant_of(
            missing.generation, missing.officer_id, missing.public, held_keys.secrets[missing.generation]
        )
        for missing in readers.missing_grants(tx, held_keys.at)
        if missing.generation in held_keys.secrets
    )
    return commands.GrantKeys(grants=grants) if grants else None


def _withdraw_command(held_keys: HeldKeys, tx: Transaction) -> Command | None:
    return commands.WithdrawKeys() if readers.excess_grants(tx, held_keys.at) else None


def _rotate_command(held_keys: HeldKeys, tx: Transaction) -> Command | None:
    newest, secret = held_keys.newest, held_keys.newest_secret
    if newest is None or secret is None or not (newest.renewal_due and held_keys.may_read):
        return None
    # The blind indexes of telephone numbers must stay comparable: so the index key passes on.
    new_secret = officer_keys.new_secret(secret.index_key)
    generation = newest.generation + 1
    # The recovery code that is on paper opens the new generation too.
    recovery = None
    recoveries = keys.recoveries(tx)
    if recoveries:
        code = recoveries[-1].public
        recovery = commands.Recovery(generation=generation, public=code, sealed=new_secret.sealed_for(code))
    reader_ids = readers.reader_ids(tx, held_keys.at)
    grants = tuple(
        _grant_of(generation, officer_id, public, new_secret)
        for officer_id, public in keys.public_keys(tx)
        if officer_id in reader_ids
    )
    return commands.RotateKeys(
        generation=generation, public=new_secret.public, grants=grants, recovery=recovery
    )


def _seal_old_command(held_keys: HeldKeys, tx: Transaction) -> Command | None:
    return commands.SealOld() if held_keys.secrets and seal_backlog.has_unsealed(tx) else None


# The upkeep in its order: old text is sealed last, with the key that a renewal may have made just before.
TASKS: dict[type[Command], Callable[[HeldKeys, Transaction], Command | None]] = {
    commands.MakeKeys: _make_command,
    commands.GrantKeys: _grant_command,
    commands.WithdrawKeys: _withdraw_command,
    commands.RotateKeys: _rotate_command,
    commands.SealOld: _seal_old_command,
}


def _grant_of(generation: int, officer_id: int, public: bytes, secret: officer_keys.Secret) -> commands.Grant:
    return commands.Grant(
        generation=generation, officer_id=officer_id, public=public, sealed=secret.sealed_for(public)
    )


class KeyedOffice(Protocol):
    """The part of an open office that keys and lost passwords need. `KeyHolder` sets `seal` and `keyring`."""

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

    def check_password(self, login: str, password: str) -> roles.Actor: ...


class StaleKeys(UserError):
    """The error that the office's keys were made or renewed since this station last read them."""


class KeyHolder:
    """The holder of an office's keys on a station. It belongs to the office's thread.

    It keeps the office's `seal` current at all times, and its `keyring` from sign-in to sign-out.
    """

    def __init__(self, office: KeyedOffice) -> None:
        self._office = office
        self._newest: officer_keys.OfficeKey | None = None
        self._actor: roles.Actor | None = None
        self._may_read = False
        self._pair: officer_keys.KeyPair | None = None
        self._grants: dict[int, bytes] = {}
        self._secrets: dict[int, officer_keys.Secret] = {}

    @property
    def lacks_newest_key(self) -> bool:
        """Whether the officer who is signed in may open personal data, but lacks the key that seals now."""
        return self._may_read and self._newest is not None and self._newest_secret is None

    @property
    def reader(self) -> int:
        """The id of the officer who is signed in, 0 for nobody."""
        return 0 if self._actor is None else self._actor.officer_id or 0

    @property
    def pair(self) -> officer_keys.KeyPair | None:
        """The key pair of the officer who is signed in, or None."""
        return self._pair

    @property
    def secrets(self) -> dict[int, officer_keys.Secret]:
        """The secrets that the officer can open, by generation.

        An officer who may no longer read personal data has them too, as long as nobody else opens the same
        generation: that officer must still hand them on.
        """
        return self._secrets

    @property
    def draft_seals(self) -> dict[int, sealing.Seal]:
        """The seals that close drafts, by officer id; the seal under 0 is for officers without a pair."""
        seals = {} if self._office.seal is None else {0: self._office.seal}
        if self._actor is not None and self._pair is not None:
            seals[self._actor.officer_id or 0] = sealing.Seal(OWN, self._pair.public)
        return seals

    @property
    def draft_keyring(self) -> sealing.Keyring | None:
        """The keyring that opens the drafts of the officer who is signed in, or None.

        An officer without the office's keys has drafts too.
        """
        if self._pair is None:
            return self._office.keyring
        shared = self._secrets if self._may_read else {}
        privates = {generation: secret.private for generation, secret in shared.items()}
        return sealing.Keyring({OWN: self._pair.private, **privates}, b"")

    def open(self, actor: roles.Actor, password: str) -> None:
        """Open the keys of an officer whose password was right. An officer without a pair gets one."""
        self.forget()
        self._actor = actor
        self._pair = self._own_pair(actor, password)
        self.reload_and_maintain()

    def forget(self) -> None:
        """Forget all keys: nobody is signed in, or the screen is locked."""
        self._actor = self._pair = self._office.keyring = None
        self._may_read = False
        self._grants, self._secrets = {}, {}

    def reload(self) -> None:
        """Read the newest key and the officer's grants from the file; set `seal` and `keyring` by them."""
        newest, grants, may_read = self._office.read(self._read_rows)
        if newest != self._newest:
            self._newest = newest
            self._office.seal = None if newest is None else sealing.Seal(newest.generation, newest.public)
        has_changed = may_read != self._may_read
        self._may_read = may_read
        # Opening costs time, and `reload` runs often: grants are opened only when they changed.
        if self._pair is not None and grants != self._grants:
            has_changed = True
            self._grants = grants
            self._secrets = self._open_grants(grants, self._pair)
        if not has_changed:
            return
        self._office.keyring = None
        if may_read and self._secrets:
            privates = {generation: secret.private for generation, secret in self._secrets.items()}
            index_key = self._secrets[max(self._secrets)].index_key
            self._office.keyring = sealing.Keyring(privates, index_key)

    def require_newest(self, public: bytes) -> None:
        """Raise StaleKeys unless this station seals with `public`, the newest key in the file."""
        if public != (b"" if self._newest is None else self._newest.public):
            raise StaleKeys(
                _("Kunci data pribadi baru saja diganti."), _("Tidak ada yang berubah."), _("Ulangi.")
            )

    def reload_and_maintain(self) -> None:
        """Read the keys from the file, then do the upkeep that is due."""
        self.reload()
        self.maintain()

    def maintain(self) -> None:
        """Do the upkeep that is due and that these keys allow (`TASKS`).

        A refusal is only logged: another station did it first, or this one tries again the next time.
        """
        actor = self._actor
        if actor is None:
            return
        # Each kind once: old text is sealed in portions, and the office's thread has other work between them.
        tried = set[type[Command]]()
        try:
            while True:
                held_keys = HeldKeys(
                    actor, self._pair, self._newest, self._secrets, self._may_read, self._office.clock()
                )
                command = self._office.read(partial(next_upkeep_command, held_keys, tried))
                if command is None:
                    break
                tried.add(type(command))
                self._office.perform(command, actor)
                self.reload()
        except UserError as error:
            log.info("keys: %s", error)

    def rewrap_pair(self, password: str, password_hash: str) -> officer_keys.WrappedKey | None:
        """Return the officer's own pair wrapped under their new password. None if no pair is open."""
        if self._pair is None:
            return None
        return officer_keys.wrap(self._pair.private, password, officer_keys.cost_of(password_hash))

    def make_pair_for(self, password: str, password_hash: str) -> commands.OwnPair | None:
        """Return a new pair, wrapped under `password`, for an officer who gets that password.

        None if the officer who is signed in lacks the newest key, and so cannot grant it to the new pair.
        """
        if self._newest_secret is None:
            return None
        pair = officer_keys.new_pair()
        cost = officer_keys.cost_of(password_hash)
        return commands.OwnPair(public=pair.public, wrapped=officer_keys.wrap(pair.private, password, cost))

    def recoveries_for(self, public: bytes) -> tuple[commands.Recovery, ...]:
        """Return every secret that the officer can open, sealed for the recovery pair of key `public`."""
        return tuple(
            commands.Recovery(generation=generation, public=public, sealed=secret.sealed_for(public))
            for generation, secret in sorted(self._secrets.items())
        )

    @property
    def _newest_secret(self) -> officer_keys.Secret | None:
        return None if self._newest is None else self._secrets.get(self._newest.generation)

    def _read_rows(self, tx: Transaction) -> tuple[officer_keys.OfficeKey | None, dict[int, bytes], bool]:
        """Return the newest key, the officer's grants by generation, and whether they may read."""
        newest = keys.newest(tx)
        officer = None if self._actor is None else officers.by_id(tx, self._actor.officer_id or 0)
        if officer is None:
            return newest, {}, False
        return newest, keys.grants_of(tx, officer.id), readers.may_read(tx, officer, self._office.clock())

    @staticmethod
    def _open_grants(grants: dict[int, bytes], pair: officer_keys.KeyPair) -> dict[int, officer_keys.Secret]:
        opened = {}
        for generation, sealed in grants.items():
            try:
                opened[generation] = officer_keys.unseal(pair.private, sealed)
            except sealing.UnsealError:
                log.warning("the grant of generation %d does not open", generation)
        return opened

    def _own_pair(self, actor: roles.Actor, password: str) -> officer_keys.KeyPair | None:
        """Return the officer's pair, or None if no pair could be published.

        An officer without a pair gets one. A pair that the password does not open is replaced.
        """
        officer_id = actor.officer_id or 0
        row = self._office.read(lambda tx: keys.of_officer(tx, officer_id))
        if row is not None:
            try:
                return officer_keys.unwrap(row.wrapping, password)
            except sealing.UnsealError:
                # The password was reset: the new one does not open the pair that the old one wrapped.
                log.warning("the key of officer %d does not open with the password", officer_id)
        officer = self._office.read(lambda tx: officers.by_id(tx, officer_id))
        cost = officer_keys.cost_of("" if officer is None else officer.password_hash)
        pair = officer_keys.new_pair()
        command = commands.PublishKey(
            public=pair.public, wrapped=officer_keys.wrap(pair.private, password, cost)
        )
        try:
            self._office.perform(command, actor)
        except UserError as error:
            log.info("keys: %s", error)
            return None
        return pair
