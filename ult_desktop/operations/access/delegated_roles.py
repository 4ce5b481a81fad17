"""The roles of an officer who acts for an absent one (a.n.), and the mark that such acts bear."""

from collections.abc import Collection, Iterable, Iterator

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


def roles_at(
    tx: Transaction, officer_id: int, own: Iterable[str], at: int, procedure_id: str | None = None
) -> frozenset[Role]:
    """Return an officer's roles at a moment (UTC ms), with those lent to them by officers they act for.

    With a procedure, an oral delegation counts only if it is for that procedure. An admin's role is never
    lent.
    """
    return _with_lent(own, delegations.lent_roles(tx, officer_id, at, procedure_id))


def roles_of_all(
    tx: Transaction, people: Collection[tuple[int, Iterable[str], int]]
) -> Iterator[frozenset[Role]]:
    """Yield `roles_at` of each officer, given as id, own roles and moment (UTC ms).

    All that was lent is read at once.
    """
    moments = [at for _officer, _own, at in people]
    lent = delegations.lent(tx, min(moments), max(moments)) if moments else ()
    for officer_id, own, at in people:
        lent_roles = [
            role
            for each in lent
            if each.officer_id == officer_id and each.begins_at <= at < each.ends_at
            for role in each.roles
        ]
        yield _with_lent(own, lent_roles)


def _with_lent(own: Iterable[str], lent: Iterable[str]) -> frozenset[Role]:
    # The keys of the office stay with the admin.
    return roles_from(own) | (roles_from(lent) - {Role.ADMIN})


def with_lent_roles(tx: Transaction, by: Actor, at: int) -> Actor:
    """Return `by`, an officer who signs in, with the roles lent to them at that moment (UTC ms)."""
    own = (role.value for role in by.roles)
    return replace(by, roles=roles_at(tx, by.officer_id or 0, own, at))


def roles_in(tx: Transaction, context: Context, visit_id: int) -> frozenset[Role]:
    """Return the actor's roles in that visit as the file has them now, own and lent for its procedure."""
    return roles_of(tx, context.by.officer_id or 0, context.at, visit_id)


def roles_of(tx: Transaction, officer_id: int, at: int, visit_id: int) -> frozenset[Role]:
    """Return any officer's roles in that visit at a moment (UTC ms), own and lent for its procedure."""
    # Read from the file: an admin may have taken a role back since the officer signed in.
    own = (role.value for role in _roles(tx, officer_id))
    return roles_at(tx, officer_id, own, at, _procedure_of(tx, visit_id))


def require_lent_for(tx: Transaction, context: Context, visit_id: int) -> None:
    """Require that the actor has the operation's permission in that visit.

    An oral delegation lends a task only under the one procedure that allows it (POS Kaltara, warning 1).

    Raises:
        UserError: the actor has the permission only by an oral delegation for another procedure.
    """
    officer_id = context.by.officer_id
    if (
        officer_id is None
        or context.needs is None
        or not delegations.standing_for(tx, officer_id, context.at)
    ):
        return
    if not any(context.needs in PERMISSIONS[role] for role in roles_in(tx, context, visit_id)):
        raise refuse(
            _("Penugasan lisan Anda tidak berlaku untuk prosedur kunjungan ini."),
            _("Minta petugas yang berwenang, atau surat penugasan."),
        )


def represented_officer(
    tx: Transaction, context: Context, visit_id: int, actors: Iterable[str]
) -> int | None:
    """Return the absent officer for whom the actor does a step of these `actors`.

    None if the actor may do the step by a role of their own, or if no absent officer lends them one for it.
    """
    return _represented(tx, context, visit_id, _roles_of_actors(actors))


def represented_on_case(
    tx: Transaction, context: Context, visit_id: int, owner_id: int | None, role: Role | None = None
) -> int | None:
    """Return the officer for whom an act on a case is done, or None.

    That is the case's owner, if the actor acts for them now. Otherwise it is an officer who lends the actor
    `role`. Without `role`, any role counts that carries the permission that the operation needs.
    """
    found = delegations.on_behalf(tx, context.by.officer_id, owner_id, context.at)
    if found is not None:
        return found
    needed = {role} if role else {each for each in Role if context.needs in PERMISSIONS[each]}
    return _represented(tx, context, visit_id, needed)


def _represented(tx: Transaction, context: Context, visit_id: int, needed: set[Role]) -> int | None:
    officer_id = context.by.officer_id or 0
    absent = delegations.standing_for(tx, officer_id, context.at, _procedure_of(tx, visit_id))
    if not absent or _roles(tx, officer_id) & (needed | {Role.ADMIN}):
        return None
    return next((each.officer_id for each in absent if _roles(tx, each.officer_id) & needed), None)


def represented_for_event(tx: Transaction, context: Context, visit_id: int, event: StepEvent) -> int | None:
    """Return the absent officer for whom the actor does the steps that `event` completes, or None."""
    if context.by.officer_id is None or not delegations.standing_for(tx, context.by.officer_id, context.at):
        return None
    return _represented(tx, context, visit_id, _roles_for_event(tx, visits.get(tx, visit_id), event))


def lacks_letter_for_event(tx: Transaction, context: Context, visit_id: int, event: StepEvent) -> bool:
    """Return whether the actor does somebody else's step face to face, and no letter of duty says so.

    An admin needs none. Nor does anybody for a role that the office goes without today, if its steps fall
    away or pass to one of the actor's roles.
    """
    visit = visits.get(tx, visit_id)
    if context.by.officer_id is None or visit.channel is not VisitChannel.FACE_TO_FACE:
        return False
    needed = _roles_for_event(tx, visit, event)
    roles = roles_in(tx, context, visit_id)
    if not needed or needed & roles or Role.ADMIN in roles:
        return False
    rules = context.office.settings.absences
    by_settings = {rule.role for rule in rules if rule.passes_to in (None, *roles)}
    by_answer = {row.role for row in duty.answers(tx, context.day) if row.without}
    return not needed & (by_settings | by_answer)


def _roles_for_event(tx: Transaction, visit: Visit, event: StepEvent) -> set[Role]:
    """Return the roles of those who do the steps that `event` completes in the visit's procedure."""
    procedure = procedures.of_visit(tx, visit)
    steps = procedure.steps_for(event) if procedure else ()
    return _roles_of_actors(actor.id for step in steps for actor in step.actors)


def _roles_of_actors(actors: Iterable[str]) -> set[Role]:
    return {ROLE_OF_ACTOR[actor] for actor in actors if actor in ROLE_OF_ACTOR}


def _procedure_of(tx: Transaction, visit_id: int) -> str:
    """Return the id of the visit's procedure, or "" if it has none: then no oral delegation counts."""
    return visits.get(tx, visit_id).procedure_id or ""


def _roles(tx: Transaction, officer_id: int | None) -> frozenset[Role]:
    officer = officers.by_id(tx, officer_id or 0)
    return roles_from(officer.roles if officer else ())
