"""What can be asked about who signs in: officers, their passwords and roles, a forgotten admin password."""

from ult_desktop.core.access.keys import WrappedKey
from ult_desktop.core.command import Command


class ResetAdmin(Command, frozen=True, kw_only=True):
    """A new password for an admin who forgot it, as its Argon2id hash; every admin is told.

    It goes without signing in, and so only after `operations.way_back` has seen the proof.
    """

    login: str
    password_hash: str


class SeeNotices(Command, frozen=True, kw_only=True):
    """The signed-in admin has read what happened while nobody was signed in."""


class AddOfficer(Command, frozen=True, kw_only=True):
    """A new officer; the password is kept only as its Argon2id hash."""

    login: str
    name: str
    roles: tuple[str, ...]
    password_hash: str


class SetPassword(Command, frozen=True, kw_only=True):
    """A new password for an officer, as its Argon2id hash.

    `own_key`: who changes his own password keeps his keys, wrapped under the new one.
    """

    login: str
    password_hash: str
    own_key: WrappedKey | None = None


class ChangeRoles(Command, frozen=True, kw_only=True):
    """Other roles for an officer, all of them named anew; windows know them from the next sign-in on."""

    login: str
    roles: tuple[str, ...]


class RetireOfficer(Command, frozen=True, kw_only=True):
    """An officer leaves the office: no more sign-in; past acts keep the name."""

    login: str
