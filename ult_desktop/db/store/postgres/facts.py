"""The facts that a server states about itself and about the account that this PC uses."""

from typing import NamedTuple

from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.postgres.engine import server_link
from ult_desktop.db.store.postgres.expected import STATIONS

_REACHED = """
SELECT d.datname FROM pg_database d CROSS JOIN LATERAL aclexplode(d.datacl) a
WHERE a.privilege_type = 'CONNECT' AND pg_get_userbyid(a.grantee) = ? ORDER BY d.datname
"""


class ServerFacts(NamedTuple):
    """The facts of a server and of this PC's account.

    `alters_log`: the account may change or delete what is in the log, which a station's account may not.
    `reaches` names the databases to which every account of the stations' role may connect.
    """

    version: str
    is_encrypted: bool
    alters_log: bool
    reaches: tuple[str, ...]


def facts_of(link: Link) -> ServerFacts:
    """Return the facts of a server; raises TypeError for a connection to a file."""
    server = server_link(link)
    (alters,) = server.execute("SELECT has_table_privilege('event', 'UPDATE, DELETE')").fetchone()
    reaches = tuple(name for (name,) in server.execute(_REACHED, (STATIONS,)).fetchall())
    return ServerFacts(server.version, server.is_encrypted, bool(alters), reaches)
