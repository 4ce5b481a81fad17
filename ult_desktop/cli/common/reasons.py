"""The reason for a deviation that a command leaves: a person at a terminal is asked for it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click
from msgspec.structs import replace

from ult_desktop.base import _
from ult_desktop.cli.common import session
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.accountability.deviation_words import lack_words, reason_of, written_words
from ult_desktop.core.accountability.deviations import Deviation, DeviationState, Lack
from ult_desktop.core.cases.commands import (
    AnswerApplicant,
    AnswerEscalation,
    CloseCase,
    Escalate,
    ReferEscalation,
)
from ult_desktop.core.command import Command
from ult_desktop.core.online.commands import AnswerRequest, CloseRequest
from ult_desktop.core.phone.commands import EndCall
from ult_desktop.core.queue.commands import Finish
from ult_desktop.core.visits.commands import EndVisit
from ult_desktop.db import online_requests, phone_calls
from ult_desktop.db.accountability import deviations
from ult_desktop.db.cases import cases, escalations
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.accountability.judging import describe_lacks, lacks_of_call, late_of_officer
from ult_desktop.operations.office.office import Office

AnyCommand = TypeVar("AnyCommand", bound=Command[Any])
_Lacks = tuple[Lack, ...]
_FindLacks = Callable[[Office, Any, Actor], _Lacks]
_FindVisit = Callable[[Transaction, Any], int | None]


@contextmanager
def with_reason(office: Office, command: AnyCommand, by: Actor, *, as_json: bool) -> Iterator[AnyCommand]:
    """Yield the command that is to be performed, with the officer's reason if it will leave a deviation.

    Where nobody can be asked, or the command takes no reason, `write_unexplained` names the deviations.
    """
    explained = _with_typed_reason(office, command, by, as_json=as_json)
    find_visit = _VISIT_OF_REASONLESS.get(type(command))
    visit_id = None if find_visit is None else office.read(lambda tx: find_visit(tx, command))
    open_before = _open_deviations(office, visit_id)
    yield explained
    new = [row for row_id, row in _open_deviations(office, visit_id).items() if row_id not in open_before]
    if new:
        click.get_current_context().meta[session.UNEXPLAINED] = [lack_words(row) for row in new]


def _open_deviations(office: Office, visit_id: int | None) -> dict[int, Deviation]:
    """Return the deviations of a visit that nobody has explained, by their id; none without a visit."""
    if visit_id is None:
        return {}
    rows = office.read(lambda tx: deviations.of_visit(tx, visit_id))
    return {row.id: row for row in rows if row.state is DeviationState.OPEN and not row.is_false}


def _with_typed_reason(office: Office, command: AnyCommand, by: Actor, *, as_json: bool) -> AnyCommand:
    find_lacks = _LACKS.get(type(command))
    has_reason = bool(getattr(command, "reason", ""))
    lacks = () if find_lacks is None or has_reason else find_lacks(office, command, by)
    if not lacks:
        return command
    if as_json or not (sys.stdin.isatty() and sys.stderr.isatty()):
        click.get_current_context().meta[session.UNEXPLAINED] = [lack_words(each) for each in lacks]
        return command
    return replace(command, reason=_ask_reason(office, lacks))


def _ask_reason(office: Office, lacks: _Lacks) -> str:
    usual_reasons = office.read(office_rows.load).settings.calling.reasons
    click.echo(written_words(lacks), err=True)
    for number, reason in enumerate(usual_reasons, 1):
        click.echo(f"  {number}  {reason}", err=True)
    question = _("Alasan, dengan angka atau kata sendiri (kosong: tanpa alasan)")
    typed = str(click.prompt(question, default="", show_default=False, err=True))
    return reason_of(typed.strip(), usual_reasons)


def write_unexplained(*, as_json: bool) -> None:
    """Write the deviations that were left without a reason; as JSON they are in the answer (`deviations`)."""
    unexplained = click.get_current_context().meta.pop(session.UNEXPLAINED, None)
    if unexplained and not as_json:
        words = _("Penyimpangan tanpa alasan: {lacks}.").format(lacks="; ".join(unexplained))
        click.echo(words, err=True)
        click.echo(_("Jelaskan dengan `ult-desktop deviation explain NOMOR`."), err=True)


def _lacks_of_finish(office: Office, command: Finish, _by: Actor) -> _Lacks:
    """Return what the visitor's turn at the counter leaves undone, by the outcome that it ends with."""
    leaving = office.counter_board(command.counter).leaving
    if leaving is None:
        return ()
    is_service_given = command.outcome in office.read(office_rows.load).settings.calling.given
    return leaving.lacks_if_service_given if is_service_given else leaving.lacks


def _lacks_of_end_call(office: Office, command: EndCall, _by: Actor) -> _Lacks:
    """Return what the call leaves undone; nothing for a lost call."""

    def read_lacks(tx: Transaction) -> _Lacks:
        call = None if command.lost else phone_calls.find(tx, command.call_id)
        return () if call is None else describe_lacks(tx, lacks_of_call(tx, call.visit_id, office.clock()))

    return office.read(read_lacks)


def _late_steps(find_visit: _FindVisit) -> _FindLacks:
    """Return a function that finds the officer's late steps in the visit that a command is about."""

    def find(office: Office, command: Any, by: Actor) -> _Lacks:  # noqa: ANN401  (any command)
        def read_lacks(tx: Transaction) -> _Lacks:
            visit_id = find_visit(tx, command)
            if visit_id is None:
                return ()
            return describe_lacks(tx, late_of_officer(tx, visit_id, by.officer_id, office.clock()))

        return office.read(read_lacks)

    return find


def _visit_of_case(tx: Transaction, case_id: int) -> int | None:
    case = cases.find(tx, case_id)
    return None if case is None else case.visit_id


def _visit_of_escalation(tx: Transaction, escalation_id: int) -> int | None:
    escalation = escalations.find(tx, escalation_id)
    return None if escalation is None else _visit_of_case(tx, escalation.case_id)


def _visit_of_request(tx: Transaction, request_id: int) -> int | None:
    request = online_requests.find(tx, request_id)
    return None if request is None else request.visit_id


_LATE_IN_ESCALATION = _late_steps(lambda tx, command: _visit_of_escalation(tx, command.escalation_id))
# The commands that take a reason, and what finds the deviations that they would leave now.
_LACKS: dict[type[Command[Any]], _FindLacks] = {
    Finish: _lacks_of_finish,
    EndCall: _lacks_of_end_call,
    Escalate: _late_steps(lambda tx, command: _visit_of_case(tx, command.case_id)),
    **dict.fromkeys((ReferEscalation, AnswerEscalation, AnswerApplicant), _LATE_IN_ESCALATION),
    AnswerRequest: _late_steps(lambda tx, command: _visit_of_request(tx, command.request_id)),
}
# The commands that take no reason, and what finds the visit in which they may leave deviations.
_VISIT_OF_REASONLESS: dict[type[Command[Any]], _FindVisit] = {
    EndVisit: lambda _tx, command: command.visit_id,
    CloseCase: lambda tx, command: _visit_of_case(tx, command.case_id),
    CloseRequest: lambda tx, command: _visit_of_request(tx, command.request_id),
}
