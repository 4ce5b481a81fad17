"""Asks of the way back for a forgotten admin password."""

from ult_desktop.core.asks import Ask


class ResetAdmin(Ask, frozen=True, kw_only=True):
    """A new password for an admin who forgot it, as its Argon2id hash; every admin is told.

    It goes without signing in, and so only after `operations.way_back` has seen the proof.
    """

    login: str
    password_hash: str


class SeeNotices(Ask, frozen=True, kw_only=True):
    """The signed-in admin has read what happened while nobody was signed in."""
