"""The facts that a server states about itself and about the account that this PC uses."""

from typing import NamedTuple

from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.postgres.engine import server_link


class ServerFacts(NamedTuple):
    """The facts of a server and of this PC's account.

    `alters_log`: the account is no station's, it may change what is in the log.
    """

    version: str
    is_encrypted: bool
    alters_log: bool


def facts_of(link: Link) -> ServerFacts:
    """Return the facts of a server; raises TypeError for a connection to a file."""
    server = server_link(link)
    (alters,) = server.execute("SELECT has_table_privilege('event', 'UPDATE, DELETE')").fetchone()
    return ServerFacts(server.version, server.is_encrypted, bool(alters))
