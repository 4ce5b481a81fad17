"""The roles on duty, and the rules for a day on which the office goes without a role."""

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

LATEST_ARRIVAL_MS = 30 * MINUTE_MS  # after opening: officers who come late have come by then


def roles_on_duty(tx: Transaction, first_day: str, last_day: str) -> frozenset[Role]:
    """Return the roles of the officers who signed in on these days, lent ones too. Empty if nobody did."""
    sign_ins = duty.officers_of(tx, first_day, last_day)
    queries = [RolesQuery(sign_in.officer_id, sign_in.roles, sign_in.at) for sign_in in sign_ins]
    return frozenset(role for roles in effective_roles_of_each(tx, queries) for role in roles)


def stand_ins_on(tx: Transaction, day: str) -> Mapping[Role, StandIn]:
    """Return, for each role that the office goes without on `day`, to whom its steps pass, if to anybody.

    The settings name such roles for every day, an officer's answer for one day. The settings prevail.
    """
    by_answer = {answer.role: StandIn() for answer in duty.answers(tx, day) if answer.without}
    rules = office.load(tx).settings.absences
    by_settings = {rule.role: StandIn(passes_to=rule.passes_to) for rule in rules}
    return {**by_answer, **by_settings}


def declare_absences(tx: Transaction, context: Context, day: str, roles: Iterable[Role]) -> int:
    """Write one deviation for that day and each role that the office goes without.

    Returns how many were new.
    """
    return sum(_declare_absence(tx, context, day, role) for role in roles)


def _declare_absence(tx: Transaction, context: Context, day: str, role: Role) -> int:
    # One procedure is named for all that need the role: a usual one before one for vulnerable visitors.
    usual_first = sorted(procedures.load_in_force(tx), key=lambda procedure: procedure.for_vulnerable)
    concerned = [procedure for procedure in usual_first if steps_without(procedure, role)]
    if not concerned:
        return 0
    procedure = concerned[0]
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

    A role is left out if the office's settings have a rule for its absence, or if an officer answered for it
    today. There are none if nobody has signed in today.
    """
    settings = office.load(tx).settings
    day = office_day(now, settings.office.zone)
    spans = WorkingCalendar(settings).spans(date.fromisoformat(day))
    present = roles_on_duty(tx, day, day)
    if not spans or not present:
        return ()
    opens, closes = spans[0][0], spans[-1][1]
    if not opens + LATEST_ARRIVAL_MS <= now <= closes:
        return ()
    settled = {answer.role for answer in duty.answers(tx, day)} | {rule.role for rule in settings.absences}
    needed_roles = dict.fromkeys(
        role
        for procedure in procedures.load_in_force(tx)
        if procedure.channel == "tatap_muka"
        for role in roles_at_the_desk(procedure)
    )
    return tuple(role for role in needed_roles if role not in present | settled)


@handles(AnswerAbsence, needs=Permission.EXPLAIN_DEVIATIONS, answer=answer_subject)
@named(
    "deviation without",
    "Hari ini tanpa ROLE: satu penyimpangan yang dinyatakan, bukan satu untuk setiap pengunjung.",
)
def answer_absence(command: AnswerAbsence, tx: Transaction, context: Context) -> NewEvent:
    """Answer whether the office goes without a role today. The result is how many deviations were written.

    There is one for the day, or none if the officer answers that somebody of the role still comes.
    """
    day, by = context.day, context.by.officer_id
    if not duty.answer(tx, day, command.role, context.at, by, without=command.without):
        raise refuse(_("Pertanyaan tentang {role} sudah dijawab hari ini.").format(role=command.role.word))
    added = declare_absences(tx, context, day, [command.role] if command.without else [])
    data = {"role": command.role, "without": command.without}
    return NewEvent("absence.answered", "deviation", added, data)
