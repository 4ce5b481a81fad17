"""Acting for an absent officer (a.n.): with his roles, and so marked."""

from collections.abc import Iterable

from msgspec.structs import replace

from ult_desktop.core.procedure import StepEvent
from ult_desktop.core.roles import Actor, Role, roles_from
from ult_desktop.db import delegations, officers, procedures, visits
from ult_desktop.db.transaction import Transaction
from ult_desktop.operations.base import Moment

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


def roles_at(tx: Transaction, officer_id: int, own: Iterable[str], at: int) -> frozenset[Role]:
    """An officer's roles at a moment (UTC ms), with those of whom he stands for.

    The task is handed over, not the keys of the office: an admin's role stays with the admin.
    """
    lent = roles_from(delegations.lent_roles(tx, officer_id, at)) - {Role.ADMIN}
    return roles_from(own) | lent


def with_lent_roles(tx: Transaction, by: Actor, at: int) -> Actor:
    """An officer who signs in while he stands for another can do what the other can."""
    own = (role.value for role in by.roles)
    return replace(by, roles=roles_at(tx, by.officer_id or 0, own, at))


def stead(tx: Transaction, moment: Moment, actors: Iterable[str]) -> int | None:
    """Whose work it is when only an absent officer's role makes the acting one an actor of the step."""
    officer_id = moment.by.officer_id
    absent = () if officer_id is None else delegations.standing_for(tx, officer_id, moment.at)
    wanted = {ROLE_OF_ACTOR[actor] for actor in actors if actor in ROLE_OF_ACTOR}
    if not absent or _roles(tx, officer_id) & (wanted | {Role.ADMIN}):
        return None
    stood_for = (each.officer_id for each in absent if _roles(tx, each.officer_id) & wanted)
    return next(stood_for, None)


def stead_for_event(tx: Transaction, moment: Moment, visit_id: int, event: StepEvent) -> int | None:
    """The same for whatever steps of the visit's procedure the event completes."""
    if moment.by.officer_id is None or not delegations.standing_for(tx, moment.by.officer_id, moment.at):
        return None
    visit = visits.get(tx, visit_id)
    if visit.procedure_id is None:
        return None
    procedure = procedures.load(tx, visit.procedure_id, visit.procedure_version or 0)
    steps = [step for step in procedure.steps if step.completes.event == event]
    return stead(tx, moment, [actor.id for step in steps for actor in step.actors])


def _roles(tx: Transaction, officer_id: int | None) -> frozenset[Role]:
    officer = officers.by_id(tx, officer_id or 0)
    return roles_from(officer.roles if officer else ())
