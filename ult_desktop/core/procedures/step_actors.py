"""Which roles do the work that a procedure gives to its actors (pelaksana)."""

from collections.abc import Iterable

from ult_desktop.core.access.roles import Role

ROLE_OF_ACTOR = {
    "front_office": Role.FRONT_OFFICE,
    "back_office": Role.BACK_OFFICE,
    "resepsionis": Role.RECEPTION,
    "petugas_keamanan": Role.SECURITY,
    "helpdesk": Role.HELPDESK,
    "petugas_telepon": Role.PHONE,
    "unit_terkait": Role.RELATED_UNIT,
    "tim_ppid": Role.PPID,
}
VISITOR = "pengunjung"
_OVER_ALL = frozenset({Role.ADMIN, Role.HEAD})
_AT_THE_DESK = frozenset({Role.RECEPTION, Role.FRONT_OFFICE, Role.HELPDESK})


def may_tick(roles: Iterable[Role], actors: Iterable[str]) -> bool:
    """Whether one of the roles fits one of the actors.

    An actor that only the office's own procedure knows may be anybody; so may who notes what the visitor
    does by himself.
    """
    officers = set(actors) - {VISITOR}
    fitting = {ROLE_OF_ACTOR[actor] for actor in officers if actor in ROLE_OF_ACTOR}
    open_to_all = not officers or officers - ROLE_OF_ACTOR.keys()
    return bool(open_to_all) or not (fitting | _OVER_ALL).isdisjoint(roles)


def may_waive(roles: Iterable[Role], actors: Iterable[str]) -> bool:
    """Waiving a step and stopping the clock are the desk's too, where the visitor is known."""
    known = frozenset(roles)
    return may_tick(known, actors) or not _AT_THE_DESK.isdisjoint(known)
