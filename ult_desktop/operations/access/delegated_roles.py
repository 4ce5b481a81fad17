"""The roles of an officer who acts for an absent one, and the mark that such acts bear (a.n.).

A delegation lends the roles of the absent officer to the officer who represents them. The effective roles of
an officer are their own ones and those that are lent to them at a moment.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from ult_desktop.base import _
from ult_desktop.core.access.roles import PERMISSIONS, Actor, Role, roles_from
from ult_desktop.core.procedures.procedure import ROLE_OF_ACTOR, StepEvent
from ult_desktop.core.visits.visit import Visit, VisitChannel
from ult_desktop.db.access import officers
from ult_desktop.db.accountability import delegations, duty
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations.operation import Context, refuse


class RolesQuery(NamedTuple):
    """The question for an officer's effective roles at a moment (UTC ms)."""

    officer_id: int
    own_roles: Iterable[str]
    at: int


def effective_roles(
    tx: Transaction, officer_id: int, own_roles: Iterable[str], at: int, procedure_id: str | None = None
) -> frozenset[Role]:
    """Return an officer's roles at a moment (UTC ms), own and lent.

    With a procedure, an oral delegation counts only if it is for that procedure. The admin's role is never
    lent.
    """
    return _add_lent(own_roles, delegations.lent_roles(tx, officer_id, at, procedure_id))


def effective_roles_of_each(tx: Transaction, queries: Collection[RolesQuery]) -> Iterator[frozenset[Role]]:
    """Yield the effective roles for each query, in order. All delegations are read in one statement."""
    moments = [query.at for query in queries]
    loans = delegations.lent_between(tx, min(moments), max(moments)) if moments else ()
    for query in queries:
        lent_roles = [
            role
            for loan in loans
            if loan.officer_id == query.officer_id and loan.begins_at <= query.at < loan.ends_at
            for role in loan.roles
        ]
        yield _add_lent(query.own_roles, lent_roles)


def _add_lent(own_roles: Iterable[str], lent_roles: Iterable[str]) -> frozenset[Role]:
    # The admin's role opens the office's keys, which stay with the admin.
    return roles_from(own_roles) | (roles_from(lent_roles) - {Role.ADMIN})


def with_lent_roles(tx: Transaction, by: Actor, at: int) -> Actor:
    """Return `by`, an officer who signs in, with the roles lent to them at that moment (UTC ms)."""
    own_roles = (role.value for role in by.roles)
    return replace(by, roles=effective_roles(tx, by.officer_id or 0, own_roles, at))


def actor_roles_in_visit(tx: Transaction, context: Context, visit_id: int) -> frozenset[Role]:
    """Return the actor's roles in that visit as the file has them now, own and lent for its procedure."""
    return officer_roles_in_visit(tx, context.by.officer_id or 0, context.at, visit_id)


def officer_roles_in_visit(tx: Transaction, officer_id: int, at: int, visit_id: int) -> frozenset[Role]:
    """Return any officer's roles in that visit at a moment (UTC ms), own and lent for its procedure."""
    # Read from the file: an admin may have taken a role back since the officer signed in.
    own_roles = (role.value for role in _own_roles(tx, officer_id))
    return effective_roles(tx, officer_id, own_roles, at, _procedure_id_of(tx, visit_id))


def require_permission_in_visit(tx: Transaction, context: Context, visit_id: int) -> None:
    """Require that the actor has the operation's permission in that visit.

    An oral delegation lends a task only under the one procedure that allows it (POS Kaltara, warning 1).

    Raises:
        UserError: the actor has the permission only by an oral delegation for another procedure.
    """
    officer_id = context.by.officer_id
    if (
        officer_id is None
        or context.needs is None
        or not delegations.represented_by(tx, officer_id, context.at)
    ):
        return
    if not any(context.needs in PERMISSIONS[role] for role in actor_roles_in_visit(tx, context, visit_id)):
        raise refuse(
            _("Penugasan lisan Anda tidak berlaku untuk prosedur kunjungan ini."),
            _("Minta petugas yang berwenang, atau surat penugasan."),
        )


def represented_officer(
    tx: Transaction, context: Context, visit_id: int, actor_ids: Iterable[str]
) -> int | None:
    """Return the id of the absent officer for whom the actor does a step of these actors of the procedure.

    None if the actor may do the step by a role of their own, or if no absent officer lends them one for it.
    """
    return _find_represented(tx, context, visit_id, _roles_of_actors(actor_ids))


def represented_on_case(
    tx: Transaction, context: Context, visit_id: int, owner_id: int | None, role: Role | None = None
) -> int | None:
    """Return the id of the absent officer for whom the actor does an act on a case, or None.

    That is the case's owner, if the actor acts for them now. Otherwise it is an officer who lends the actor
    `role`. Without `role`, any role counts that carries the permission that the operation needs.
    """
    represented_owner = delegations.represented_owner(tx, context.by.officer_id, owner_id, context.at)
    if represented_owner is not None:
        return represented_owner
    needed = {role} if role else {any_role for any_role in Role if context.needs in PERMISSIONS[any_role]}
    return _find_represented(tx, context, visit_id, needed)


def _find_represented(
    tx: Transaction, context: Context, visit_id: int, needed_roles: set[Role]
) -> int | None:
    """Return the id of an absent officer who lends the actor one of the `needed_roles`.

    None if the actor has such a role of their own, or is an admin.
    """
    officer_id = context.by.officer_id or 0
    absentees = delegations.represented_by(tx, officer_id, context.at, _procedure_id_of(tx, visit_id))
    if not absentees or _own_roles(tx, officer_id) & (needed_roles | {Role.ADMIN}):
        return None
    for absentee in absentees:
        if _own_roles(tx, absentee.officer_id) & needed_roles:
            return absentee.officer_id
    return None


def represented_for_event(tx: Transaction, context: Context, visit_id: int, event: StepEvent) -> int | None:
    """Return the id of the absent officer for whom the actor does the steps of `event`, or None."""
    if context.by.officer_id is None or not delegations.represented_by(tx, context.by.officer_id, context.at):
        return None
    return _find_represented(tx, context, visit_id, _roles_for_event(tx, visits.get(tx, visit_id), event))


def lacks_letter_for_event(tx: Transaction, context: Context, visit_id: int, event: StepEvent) -> bool:
    """Return whether the actor does another role's step in a visit in person without a letter of duty.

    An admin needs no letter. Nobody needs one for a role that the office goes without today, if the role's
    steps fall away or pass to one of the actor's roles.
    """
    visit = visits.get(tx, visit_id)
    if context.by.officer_id is None or visit.channel is not VisitChannel.FACE_TO_FACE:
        return False
    needed = _roles_for_event(tx, visit, event)
    roles = actor_roles_in_visit(tx, context, visit_id)
    if not needed or needed & roles or Role.ADMIN in roles:
        return False
    rules = context.office.settings.absences
    without_by_settings = {rule.role for rule in rules if rule.passes_to in (None, *roles)}
    without_by_answer = {answer.role for answer in duty.answers(tx, context.day) if answer.without}
    return not needed & (without_by_settings | without_by_answer)


def _roles_for_event(tx: Transaction, visit: Visit, event: StepEvent) -> set[Role]:
    """Return the roles of those who do the steps that `event` completes in the visit's procedure."""
    procedure = procedures.of_visit(tx, visit)
    steps = procedure.steps_for(event) if procedure else ()
    return _roles_of_actors(actor.id for step in steps for actor in step.actors)


def _roles_of_actors(actor_ids: Iterable[str]) -> set[Role]:
    return {ROLE_OF_ACTOR[actor_id] for actor_id in actor_ids if actor_id in ROLE_OF_ACTOR}


def _procedure_id_of(tx: Transaction, visit_id: int) -> str:
    """Return the id of the visit's procedure, or "" if it has none: then no oral delegation counts."""
    return visits.get(tx, visit_id).procedure_id or ""


def _own_roles(tx: Transaction, officer_id: int | None) -> frozenset[Role]:
    officer = officers.by_id(tx, officer_id or 0)
    return roles_from(officer.roles if officer else ())
