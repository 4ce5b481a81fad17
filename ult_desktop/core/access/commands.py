"""The commands about the office's keys, its officers and a forgotten admin password."""

from typing import ClassVar

import msgspec

from ult_desktop.core.access.keys import OfficeKey, WrappedKey
from ult_desktop.core.access.roles import Officer
from ult_desktop.core.command import Command
from ult_desktop.core.merging import Edit, Seen


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """The secret of one generation of the office's keys, sealed for an officer.

    `public` is the officer's public key at that time.
    """

    generation: int
    officer_id: int
    public: bytes
    sealed: bytes


class Recovery(msgspec.Struct, frozen=True, kw_only=True):
    """The secret of one generation of the office's keys, sealed for the pair of the recovery code.

    `public` is the public half of that pair.
    """

    generation: int
    public: bytes
    sealed: bytes


class OwnPair(msgspec.Struct, frozen=True, kw_only=True):
    """An officer's own pair of keys. The officer's password opens the private half."""

    public: bytes
    wrapped: WrappedKey


class FirstPassword(msgspec.Struct, frozen=True, kw_only=True):
    """An officer of a new office who can sign in at once.

    `sealed` is the office's first secret, sealed for this officer; b"" for one who gets no keys.
    """

    login: str
    password_hash: str
    pair: OwnPair
    sealed: bytes


class FirstKeys(msgspec.Struct, frozen=True, kw_only=True):
    """The first keys of a new office.

    `admin_public` and `admin_wrapped` are the admin's pair; `public` is the office's first public key, and
    `sealed` its secret for the admin, `recovery` for the recovery code. `made_at` UTC ms; `officers` are
    those who can sign in from the first day, apart from the admin.
    """

    admin_public: bytes
    admin_wrapped: WrappedKey
    public: bytes
    sealed: bytes
    recovery: Recovery
    made_at: int
    officers: tuple[FirstPassword, ...] = ()


class ResetNotice(msgspec.Struct, frozen=True, kw_only=True):
    """A notice that a password was reset from the office's folder, without a sign-in.

    `name` is the officer's; it happened at `at` (UTC ms) on the PC `station`.
    """

    name: str
    at: int
    station: str


class PublishKey(Command[OfficeKey | None], frozen=True, kw_only=True):
    """Publish the own pair of the officer who signed in; the private half is wrapped under their password."""

    public: bytes
    wrapped: WrappedKey


class MakeKeys(Command[OfficeKey | None], frozen=True, kw_only=True):
    """Make the first generation of keys, or the next one where nobody can open the last one any more.

    `public` is its public key; `grant` gives its secret to the officer who asks.
    """

    public: bytes
    grant: Grant


class GrantKeys(Command[OfficeKey | None], frozen=True, kw_only=True):
    """Give the keys to officers who have a pair of their own and wait for the keys."""

    grants: tuple[Grant, ...]


class WithdrawKeys(Command[OfficeKey | None], frozen=True, kw_only=True):
    """Withdraw the keys of officers who hold them and may not open personal data (any more).

    A delegation may have ended, which happens at its time without a command.
    """


class GiveUpKeys(Command[OfficeKey | None], frozen=True, kw_only=True):
    """Give up the keys that only this officer's password opened, because nobody knows it any more.

    The text that these keys sealed is lost.
    """

    login: str


class RotateKeys(Command[OfficeKey | None], frozen=True, kw_only=True):
    """Begin a new generation of keys, because somebody who held the last one has gone."""

    generation: int
    public: bytes
    grants: tuple[Grant, ...]
    recovery: Recovery | None = None


class SetRecovery(Command[OfficeKey | None], frozen=True, kw_only=True):
    """Replace the recovery code: from now on the new code opens every generation, and the old code none."""

    recoveries: tuple[Recovery, ...]


class RecoverKeys(Command[OfficeKey | None], frozen=True, kw_only=True):
    """Give the officer who asks the keys that the recovery code has opened."""

    grants: tuple[Grant, ...]


class SealOld(Command[bool], frozen=True, kw_only=True):
    """Seal a portion of the rows that were written before there were keys.

    `anew` begins with the first row again. The command returns whether more rows are left.
    """

    anew: bool = False


class ResetAdmin(Command[Officer], frozen=True, kw_only=True):
    """Set a new password for an admin who forgot it, as its Argon2id hash; every admin is notified.

    It needs no sign-in: `operations/access/recovery.py` asks for another proof first.
    """

    login: str
    password_hash: str


class SeeNotices(Command[tuple[ResetNotice, ...]], frozen=True, kw_only=True):
    """Mark the notices of password resets as read by the signed-in admin."""


class AddOfficer(Command[Officer], frozen=True, kw_only=True):
    """Add an officer; the password is kept only as its Argon2id hash, until the officer chooses another.

    `pair` comes with a password: so the officer can be given keys before they first sign in.
    """

    moves_keys: ClassVar[bool] = True
    login: str
    name: str
    roles: tuple[str, ...]
    password_hash: str
    pair: OwnPair | None = None
    usual_counter: int | None = None


class SetPassword(Command[Officer], frozen=True, kw_only=True):
    """Set a new password for an officer, as its Argon2id hash.

    A password that somebody else set is good until the officer chooses their own. `own_key` is for officers
    who set their own password: their private key, wrapped under the new one. `pair` is for another officer: a
    new pair, because the old one cannot be opened without the old password.
    """

    moves_keys: ClassVar[bool] = True
    login: str
    password_hash: str
    own_key: WrappedKey | None = None
    pair: OwnPair | None = None


class ChangeOwnPassword(Command[Officer], frozen=True, kw_only=True):
    """Set the signed-in officer's new password, as its Argon2id hash; the keys are wrapped again under it."""

    moves_keys: ClassVar[bool] = True
    password_hash: str
    own_key: WrappedKey | None = None


class ChangeRoles(Edit[Officer], frozen=True, kw_only=True):
    """Replace an officer's roles by the ones of this list; windows know them from the next sign-in on."""

    edits = ("roles",)
    moves_keys: ClassVar[bool] = True
    login: str
    roles: tuple[str, ...]
    seen: Seen = None


class RetireOfficer(Command[Officer], frozen=True, kw_only=True):
    """Retire an officer who leaves the office: they can sign in no more; past acts keep their name."""

    moves_keys: ClassVar[bool] = True
    login: str


class ReturnOfficer(Command[Officer], frozen=True, kw_only=True):
    """Take a retired officer back; they are then given a password and keys like a new officer."""

    moves_keys: ClassVar[bool] = True
    login: str


class EditOfficer(Edit[Officer], frozen=True, kw_only=True):
    """Change an officer's name or usual counter. The login stays, for past acts are recorded under it."""

    edits = ("name", "usual_counter")
    login: str
    name: str
    usual_counter: int | None = None
    seen: Seen = None
