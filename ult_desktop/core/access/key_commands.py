"""Asks on the office's keys; all in them is public or sealed, so journals keep it and replay repeats it."""

import msgspec

from ult_desktop.core.access.keys import WrappedKey
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


class FirstKeys(msgspec.Struct, frozen=True, kw_only=True):
    """What a new office begins with: its admin's pair, and its first secret for him and for the code.

    `made_at` UTC ms.
    """

    admin_public: bytes
    admin_wrapped: WrappedKey
    public: bytes
    sealed: bytes
    recovery: Recovery
    made_at: int


class PublishKey(Command, frozen=True, kw_only=True):
    """The signed-in officer's own pair; the private half is wrapped under his password."""

    public: bytes
    wrapped: WrappedKey


class MakeKeys(Command, frozen=True, kw_only=True):
    """The first generation, or the next where nobody opens the last any more; the admin who asks holds it."""

    public: bytes
    grant: Grant


class GrantKeys(Command, frozen=True, kw_only=True):
    """Give the keys to officers who have a pair of their own and wait."""

    grants: tuple[Grant, ...]


class GiveUpKeys(Command, frozen=True, kw_only=True):
    """Nobody knows the password any more that alone opened the keys: what they sealed is lost."""

    login: str


class RotateKeys(Command, frozen=True, kw_only=True):
    """A new generation, because somebody who held the last one has gone."""

    generation: int
    public: bytes
    grants: tuple[Grant, ...]
    recovery: Recovery | None = None


class SetRecovery(Command, frozen=True, kw_only=True):
    """A new recovery code is kept by somebody: from now on it opens every generation, the old one none."""

    recoveries: tuple[Recovery, ...]


class RecoverKeys(Command, frozen=True, kw_only=True):
    """The admin who asks gets the keys that the recovery code has opened."""

    grants: tuple[Grant, ...]


class SealOld(Command, frozen=True, kw_only=True):
    """Seal a portion of what was written before there were keys; `anew` looks through everything again."""

    anew: bool = False
