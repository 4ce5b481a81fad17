"""The commands about the office's keys and a forgotten admin password; journals keep all of it."""

from typing import ClassVar

import msgspec

from ult_desktop.core.access.keys import OfficeKey, WrappedKey
from ult_desktop.core.access.roles import Officer
from ult_desktop.core.command import Command


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """A generation's secret, sealed for the officer whose `public` key it was then."""

    generation: int
    officer_id: int
    public: bytes
    sealed: bytes


class Recovery(msgspec.Struct, frozen=True, kw_only=True):
    """A generation's secret, sealed for the recovery pair."""

    generation: int
    public: bytes
    sealed: bytes


class OwnPair(msgspec.Struct, frozen=True, kw_only=True):
    """An officer's own pair, made when somebody gives them a password; it wraps the private half."""

    public: bytes
    wrapped: WrappedKey


class FirstPassword(msgspec.Struct, frozen=True, kw_only=True):
    """An officer of a new office who can sign in at once; `sealed` is its first secret for them, or empty."""

    login: str
    password_hash: str
    pair: OwnPair
    sealed: bytes


class FirstKeys(msgspec.Struct, frozen=True, kw_only=True):
    """The first keys of a new office: its admin's pair, and its first secret for the admin and for the code.

    `made_at` UTC ms; `officers` have passwords besides the admin.
    """

    admin_public: bytes
    admin_wrapped: WrappedKey
    public: bytes
    sealed: bytes
    recovery: Recovery
    made_at: int
    officers: tuple[FirstPassword, ...] = ()


class ResetNotice(msgspec.Struct, frozen=True, kw_only=True):
    """The notice of a password reset from the folder: whose, when (UTC ms) and on which PC."""

    name: str
    at: int
    station: str


class PublishKey(Command[OfficeKey | None], frozen=True, kw_only=True):
    """The signed-in officer's own pair; the private half is wrapped under their password."""

    public: bytes
    wrapped: WrappedKey


class MakeKeys(Command[OfficeKey | None], frozen=True, kw_only=True):
    """The first generation, or the next where nobody opens the last any more; the admin who asks holds it."""

    public: bytes
    grant: Grant


class GrantKeys(Command[OfficeKey | None], frozen=True, kw_only=True):
    """Give the keys to officers who have a pair of their own and wait."""

    grants: tuple[Grant, ...]


class WithdrawKeys(Command[OfficeKey | None], frozen=True, kw_only=True):
    """Withdraw the keys of those who hold them and may not, or no longer, open personal data.

    A delegation ends by the clock, without anybody who asks for it.
    """


class GiveUpKeys(Command[OfficeKey | None], frozen=True, kw_only=True):
    """Nobody knows the password any more that alone opened the keys: what they sealed is lost."""

    login: str


class RotateKeys(Command[OfficeKey | None], frozen=True, kw_only=True):
    """A new generation, because somebody who held the last one has gone."""

    generation: int
    public: bytes
    grants: tuple[Grant, ...]
    recovery: Recovery | None = None


class SetRecovery(Command[OfficeKey | None], frozen=True, kw_only=True):
    """A new recovery code is kept by somebody: from now on it opens every generation, the old one none."""

    recoveries: tuple[Recovery, ...]


class RecoverKeys(Command[OfficeKey | None], frozen=True, kw_only=True):
    """The admin who asks gets the keys that the recovery code has opened."""

    grants: tuple[Grant, ...]


class SealOld(Command[bool], frozen=True, kw_only=True):
    """Seal a portion of what was written before there were keys; `anew` looks through everything again."""

    anew: bool = False


class ResetAdmin(Command[Officer], frozen=True, kw_only=True):
    """Set a new password for an admin who forgot it, as its Argon2id hash; every admin is notified.

    It needs no sign-in, and so it goes only after `operations.way_back` has seen the proof.
    """

    login: str
    password_hash: str


class SeeNotices(Command[tuple[ResetNotice, ...]], frozen=True, kw_only=True):
    """The signed-in admin has read what happened while nobody was signed in."""


class AddOfficer(Command[Officer], frozen=True, kw_only=True):
    """A new officer; the password is kept only as its Argon2id hash, until the officer chooses another.

    `pair` comes with a password: then nobody has to sign in before keys can be given.
    """

    moves_keys: ClassVar[bool] = True
    login: str
    name: str
    roles: tuple[str, ...]
    password_hash: str
    pair: OwnPair | None = None
    usual_counter: int | None = None


class SetPassword(Command[Officer], frozen=True, kw_only=True):
    """Set a new password for an officer, as its Argon2id hash; another's lasts until they choose their own.

    `own_key`: an officer who changes their own password keeps their keys, wrapped under the new one. `pair`:
    another officer's new pair, for what the old password wrapped is gone.
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


class ChangeRoles(Command[Officer], frozen=True, kw_only=True):
    """Give an officer other roles, the full list of them; windows know them from the next sign-in on."""

    moves_keys: ClassVar[bool] = True
    login: str
    roles: tuple[str, ...]


class RetireOfficer(Command[Officer], frozen=True, kw_only=True):
    """An officer leaves the office: no more sign-in; past acts keep the name."""

    moves_keys: ClassVar[bool] = True
    login: str


class ReturnOfficer(Command[Officer], frozen=True, kw_only=True):
    """A retired officer works here again, and is given a new password; keys come as to a new officer."""

    moves_keys: ClassVar[bool] = True
    login: str


class EditOfficer(Command[Officer], frozen=True, kw_only=True):
    """Change an officer's name or usual counter. The login stays, for past acts are recorded under it."""

    login: str
    name: str
    usual_counter: int | None = None
