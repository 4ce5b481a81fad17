"""The facts that a server states about itself and about the account that this PC uses."""

from typing import NamedTuple

from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.postgres.engine import server_link
from ult_desktop.db.store.postgres.rights import roles_there

_IS_IN = "SELECT pg_has_role(?, 'USAGE')"
_REACHED = """
SELECT d.datname FROM pg_database d CROSS JOIN LATERAL aclexplode(d.datacl) a
WHERE a.privilege_type = 'CONNECT' AND pg_get_userbyid(a.grantee) = ?
"""


class ServerFacts(NamedTuple):
    """The facts of a server and of this PC's account.

    `alters_log`: the account may change or delete what is in the log, which a station's account may not.
    `roles` are the modes' roles in which the account is. `reaches` names the databases to which every account
    of such a role may connect.
    """

    version: str
    is_encrypted: bool
    alters_log: bool
    roles: tuple[str, ...]
    reaches: tuple[str, ...]


def facts_of(link: Link) -> ServerFacts:
    """Return the facts of a server; raises TypeError for a connection to a file."""
    server = server_link(link)
    (alters,) = server.execute("SELECT has_table_privilege('event', 'UPDATE, DELETE')").fetchone()
    roles = roles_there(server)
    own = tuple(role for role in roles if server.execute(_IS_IN, (role,)).fetchone()[0])
    reached = {name for role in roles for (name,) in server.execute(_REACHED, (role,)).fetchall()}
    return ServerFacts(server.version, server.is_encrypted, bool(alters), own, tuple(sorted(reached)))
