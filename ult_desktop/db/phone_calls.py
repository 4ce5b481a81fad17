"""Telephone calls, the call-back list, and the attempts to reach somebody."""

import msgspec

from ult_desktop.core.access.roles import Actor
from ult_desktop.core.accountability.deviations import Lack
from ult_desktop.core.cases.answer_bank import LegalBasis
from ult_desktop.core.office import settings as office_settings, working_time
from ult_desktop.core.phone import phone_call
from ult_desktop.core.procedures.procedure import CallerField, Procedure
from ult_desktop.core.stamps import office_day, to_datetime
from ult_desktop.db.cases import answer_bank
from ult_desktop.db.office import office
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.transaction import Rows, Transaction
from ult_desktop.db.visits.visit_steps import VisitSteps, visit_steps

_ROWS = Rows(
    phone_call.PhoneCall,
    "phone_call p JOIN visit v ON v.id = p.visit_id JOIN officer t ON t.id = p.taken_by"
    " JOIN officer o ON o.id = p.officer_id LEFT JOIN guest g ON g.visit_id = p.visit_id"
    " LEFT JOIN casefile c ON c.visit_id = p.visit_id",
    "v.day AS day, v.began_at AS began_at, v.ended_at AS ended_at, t.name AS taken_by,"
    " o.name AS officer, coalesce(g.name, '') AS name, coalesce(g.institution, '') AS institution,"
    " coalesce(g.regency, '') AS regency, coalesce(g.phone, '') AS phone, c.id AS case_id,"
    " coalesce(c.number, '') AS case_number, coalesce(c.state, '') AS case_state,"
    " coalesce(c.detail, '') AS question, coalesce(c.answer, '') AS answer,"
    " (SELECT count(*) FROM call_attempt a WHERE a.visit_id = p.visit_id) AS attempts,"
    " (SELECT a.began_at FROM call_attempt a WHERE a.visit_id = p.visit_id AND a.ended_at IS NULL)"
    " AS attempt_at, coalesce((SELECT a.result FROM call_attempt a WHERE a.visit_id = p.visit_id"
    " AND a.ended_at IS NOT NULL ORDER BY a.began_at DESC, a.id DESC LIMIT 1), '') AS last_result,"
    " v.procedure_id AS procedure_id, v.procedure_version AS procedure_version",
    key="visit_id",
)
_ATTEMPT = Rows(
    phone_call.Attempt, "call_attempt a JOIN officer o ON o.id = a.officer_id", "o.name AS officer"
)


def insert(tx: Transaction, visit_id: int, officer_id: int) -> None:
    tx.insert("phone_call", visit_id=visit_id, taken_by=officer_id, officer_id=officer_id)


get = _ROWS.get
find = _ROWS.find


def call_on_line(tx: Transaction, officer_id: int) -> phone_call.PhoneCall | None:
    """Return the call that an officer has on the line."""
    return _ROWS.maybe(tx, "WHERE p.officer_id = ? AND p.state = 'talking'", officer_id)


def of_day(tx: Transaction, day: str) -> tuple[phone_call.PhoneCall, ...]:
    """List the calls that came in on a day, newest first."""
    return _ROWS.all(
        tx,
        "WHERE v.day = ? AND v.channel = 'telepon' AND v.ending <> 'merged'"
        " ORDER BY v.began_at DESC, v.id DESC",
        day,
    )


def waiting(tx: Transaction) -> tuple[phone_call.PhoneCall, ...]:
    """List the calls that wait: first those put through and not yet taken, then those to be called back.

    The earliest promise comes first.
    """
    return _ROWS.all(
        tx,
        "WHERE p.state IN ('transferred', 'promised')"
        " ORDER BY p.state = 'promised', coalesce(p.promised_at, 0), p.visit_id",
    )


def set_supporting(tx: Transaction, visit_id: int, supporting: str) -> None:
    tx.update("phone_call", {"visit_id": visit_id}, supporting=supporting)


def forward(tx: Transaction, visit_id: int, how: phone_call.Forwarding) -> None:
    tx.update("phone_call", {"visit_id": visit_id}, forwarded=how)


def set_state(tx: Transaction, visit_id: int, state: phone_call.CallState) -> None:
    tx.update("phone_call", {"visit_id": visit_id}, state=state)


def promise(tx: Transaction, visit_id: int, promised_at: int, promised_on: int | None) -> None:
    """Write that a call back was promised until `promised_at` (UTC ms).

    `promised_on` is when that was promised (UTC ms), if it was promised by the day; else None.
    """
    times = {"promised_at": promised_at, "promised_on": promised_on}
    tx.update("phone_call", {"visit_id": visit_id}, state="promised", **times)


def set_talking(tx: Transaction, visit_id: int, officer_id: int) -> None:
    """Note that an officer has the caller on the line."""
    tx.update("phone_call", {"visit_id": visit_id}, state="talking", officer_id=officer_id)


def set_informed(tx: Transaction, visit_id: int, at: int) -> None:
    """Note when the caller got the answer (UTC ms)."""
    tx.update("phone_call", {"visit_id": visit_id}, told_at=at)


def begin_attempt(tx: Transaction, visit_id: int, at: int, officer_id: int) -> None:
    tx.insert("call_attempt", visit_id=visit_id, began_at=at, officer_id=officer_id)


def end_attempt(tx: Transaction, visit_id: int, at: int, result: phone_call.AttemptResult) -> bool:
    """End the attempt that is under way; return False when there is none."""
    changed = tx.run(
        "UPDATE call_attempt SET ended_at = max(?, began_at), result = ?"
        " WHERE visit_id = ? AND ended_at IS NULL",
        at,
        result,
        visit_id,
    )
    return changed > 0


def attempts_of(tx: Transaction, visit_id: int) -> tuple[phone_call.Attempt, ...]:
    return _ATTEMPT.all(tx, "WHERE a.visit_id = ? ORDER BY a.began_at, a.id", visit_id)


class PhoneBoard(msgspec.Struct, frozen=True, kw_only=True):
    """The snapshot that the page Telepon shows an officer. Times UTC ms.

    `mine` is the call that the officer has on the line, `steps` its procedure. `script` is for this officer
    at this hour. `usual_promise` is until when a call back is promised unless something else is agreed.
    `caller_fields` is what the officer asks of a caller by the procedure. `attempts` are the attempts to
    reach the caller of `mine`, `chosen_attempts` those of the call chosen in the list. `lacks` are the
    deviations that would be written if `mine` ended now, `reasons` the office's list of causes for them.
    """

    at: int
    province: str
    usual_promise: int
    script: phone_call.Script
    caller_fields: tuple[CallerField, ...]
    grounds: tuple[LegalBasis, ...]
    mine: phone_call.PhoneCall | None
    steps: VisitSteps | None
    attempts: tuple[phone_call.Attempt, ...]
    chosen_attempts: tuple[phone_call.Attempt, ...]
    waiting: tuple[phone_call.PhoneCall, ...]
    today: tuple[phone_call.PhoneCall, ...]
    reasons: tuple[str, ...] = ()
    lacks: tuple[Lack, ...] = ()

    @property
    def overdue(self) -> int:
        return len([call for call in self.waiting if call.is_overdue(self.at)])


def phone_board(
    tx: Transaction, now: int, officer_id: int, officer: str, chosen: int | None = None
) -> PhoneBoard:
    settings = office.load(tx).settings
    zone = settings.office.zone
    mine = call_on_line(tx, officer_id)
    procedure = _procedure_for(tx, mine)
    return PhoneBoard(
        at=now,
        province=settings.office.province,
        usual_promise=working_time.WorkingCalendar(settings).due_after_days(now, phone_call.CALLBACK_DAYS),
        grounds=answer_bank.legal_bases(tx),
        script=_script(procedure, settings, officer, now),
        caller_fields=tuple(CallerField) if procedure is None else procedure.caller_questions,
        mine=mine,
        steps=None if mine is None else visit_steps(tx, mine.visit_id, now),
        attempts=() if mine is None else attempts_of(tx, mine.visit_id),
        chosen_attempts=() if chosen is None else attempts_of(tx, chosen),
        waiting=waiting(tx),
        today=of_day(tx, office_day(now, zone)),
        reasons=settings.calling.reasons,
    )


def due(tx: Transaction, now: int) -> frozenset[int | str]:
    """Return the calls of callers on hold, and the call backs that are overdue or have their answer.

    A call is named by the id of its case, or "visit ID" where it has none.
    """
    return frozenset(
        f"visit {call.visit_id}" if call.case_id is None else call.case_id
        for call in waiting(tx)
        if call.state is phone_call.CallState.TRANSFERRED or bool(call.answer) or call.is_overdue(now)
    )


def on_line_since(tx: Transaction, actor: Actor) -> int | None:
    """Return when the call began that the officer has on the line (UTC ms); None without one."""
    call = None if actor.officer_id is None else call_on_line(tx, actor.officer_id)
    return None if call is None else call.began_at


def script_of(tx: Transaction, call: phone_call.PhoneCall, officer: str, now: int) -> phone_call.Script:
    return _script(_procedure_for(tx, call), office.load(tx).settings, officer, now)


def _procedure_for(tx: Transaction, call: phone_call.PhoneCall | None) -> Procedure | None:
    """Return the call's own procedure; where it has none, the one under which the next call would run."""
    if call is not None and call.procedure_id is not None:
        return procedures.load(tx, call.procedure_id, call.procedure_version or 0)
    for procedure in procedures.in_force(tx):
        if procedure.channel == "telepon":
            return procedures.load(tx, procedure.id, procedure.version)
    return None


def _script(
    procedure: Procedure | None, settings: office_settings.OfficeSettings, officer: str, now: int
) -> phone_call.Script:
    scripts = None if procedure is None else procedure.scripts
    local = to_datetime(now, settings.office.zone).time()
    return phone_call.script_for(scripts, settings, officer, local)
