"""What a server says of itself and of the account that this PC comes with."""

from typing import NamedTuple

from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.postgres.engine import server_link


class ServerFacts(NamedTuple):
    """`alters_log`: the account is no station's, it may change what stands in the log."""

    version: str
    is_encrypted: bool
    alters_log: bool


def facts_of(link: Link) -> ServerFacts:
    """Raises TypeError of a connection to a file."""
    server = server_link(link)
    (alters,) = server.execute("SELECT has_table_privilege('event', 'UPDATE, DELETE')").fetchone()
    return ServerFacts(server.version, server.is_encrypted, bool(alters))
