"""The officers on duty, and what a day without a role means for the steps of that role."""

from collections.abc import Iterable, Mapping
from datetime import date

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission, Role
from ult_desktop.core.accountability.causes import NOBODY, StandIn, roles_at_the_desk, steps_without
from ult_desktop.core.accountability.commands import AnswerAbsence
from ult_desktop.core.accountability.deviations import DeviationKind
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.stamps import MINUTE_MS, office_day
from ult_desktop.db.accountability import deviations, duty
from ult_desktop.db.office import office
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.access.delegated_roles import RolesQuery, effective_roles_of_each
from ult_desktop.operations.operation import Context, NewEvent, answer_subject, handles, named, refuse

ASKED_AFTER_MS = 30 * MINUTE_MS  # after opening: officers who come late have come by then


def roles_on_duty(tx: Transaction, first_day: str, last_day: str) -> frozenset[Role]:
    """Return the roles that signed in on these days, lent ones too. Empty if no sign-in is known."""
    people = duty.officers_of(tx, first_day, last_day)
    found = effective_roles_of_each(tx, [RolesQuery(each.officer_id, each.roles, each.at) for each in people])
    return frozenset(role for roles in found for role in roles)


def stand_ins_on(tx: Transaction, day: str) -> Mapping[Role, StandIn]:
    """Return, for each role that the office goes without on `day`, to whom its steps pass, if to anybody.

    The settings say so for every day, an officer's answer for that day; the settings come first.
    """
    answered = {row.role: StandIn() for row in duty.answers(tx, day) if row.without}
    rules = office.load(tx).settings.absences
    return {**answered, **{rule.role: StandIn(passes_to=rule.passes_to) for rule in rules}}


def declare_absences(tx: Transaction, context: Context, day: str, roles: Iterable[Role]) -> int:
    """Write one deviation for that day and each role that the office goes without.

    Returns how many were new.
    """
    return sum(_declare(tx, context, day, role) for role in roles)


def _declare(tx: Transaction, context: Context, day: str, role: Role) -> int:
    # One procedure stands for all that need the role: a usual one before one for vulnerable visitors.
    usual_first = sorted(procedures.load_in_force(tx), key=lambda each: each.for_vulnerable)
    procedure = next((each for each in usual_first if steps_without(each, role)), None)
    if procedure is None:
        return 0
    new = deviations.NewDeviation(
        kind=DeviationKind.OUTPUT,
        day=day,
        made_at=context.at,
        procedure_id=procedure.id,
        procedure_version=procedure.version,
        item=role.value,
        cause_key=f"{NOBODY}{role}",
        steps=steps_without(procedure, role),
    )
    return deviations.add(tx, new)


def absent_today(tx: Transaction, now: int) -> tuple[Role, ...]:
    """Return the roles that meet visitors in person but did not sign in within half an hour after opening.

    Roles are left out if the office's settings say what happens then, or if an officer answered for them
    today. There are none if nobody has signed in today.
    """
    settings = office.load(tx).settings
    day = office_day(now, settings.office.zone)
    spans = WorkingCalendar(settings).spans(date.fromisoformat(day))
    present = roles_on_duty(tx, day, day)
    if not spans or not present or now < spans[0][0] + ASKED_AFTER_MS or now > spans[-1][1]:
        return ()
    settled = {row.role for row in duty.answers(tx, day)} | {rule.role for rule in settings.absences}
    in_person = (each for each in procedures.load_in_force(tx) if each.channel == "tatap_muka")
    needed = (role for each in in_person for role in roles_at_the_desk(each))
    return tuple(role for role in dict.fromkeys(needed) if role not in present | settled)


@handles(AnswerAbsence, needs=Permission.EXPLAIN_DEVIATIONS, answer=answer_subject)
@named(
    "deviation without",
    "Hari ini tanpa ROLE: satu penyimpangan yang dinyatakan, bukan satu untuk setiap pengunjung.",
)
def answer_absence(command: AnswerAbsence, tx: Transaction, context: Context) -> NewEvent:
    """Answer for a role that is absent today. The answer is how many deviations it made.

    That is one for the day, or none if the officer answers that somebody of the role still comes.
    """
    day, by = context.day, context.by.officer_id
    if not duty.answer(tx, day, command.role, context.at, by, without=command.without):
        raise refuse(_("Pertanyaan tentang {role} sudah dijawab hari ini.").format(role=command.role.word))
    made = declare_absences(tx, context, day, [command.role] if command.without else [])
    return NewEvent("absence.answered", "deviation", made, {"role": command.role, "without": command.without})
