"""A counter's board while nobody is there: who is next, and what the officer owes."""

from datetime import date, datetime
from typing import Any

import pytest

from tests.operations.desks import Desks
from ult_desktop.core.accountability.commands import Delegate
from ult_desktop.core.cases.commands import AnswerEscalation, DeliverAnswer, OpenCase, Reschedule
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.phone.commands import ForwardCall, RecordCaller, StartCall
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import CounterBoard
from ult_desktop.core.queue.ticket import PriorityReason
from ult_desktop.core.stamps import to_stamp
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.db import phone_calls
from ult_desktop.db.cases import escalations


def board(desks: Desks, counter: int = 1) -> CounterBoard:
    return desks.scene.office.counter_board(counter)


def leave(desks: Desks) -> None:
    desks.scene.do(commands.Finish(counter=1))


@pytest.fixture(autouse=True)
def _budi_sits_at_the_second_counter(desks: Desks) -> None:
    desks.scene.sit(2)


def owed(desks: Desks, counter: int = 1) -> list[str]:
    return [f"{each.kind} {each.name} {each.ready}" for each in board(desks, counter).owed]


def test_the_next_three_stand_as_they_are_called_with_what_they_come_for(desks: Desks) -> None:
    tickets = [desks.scene.take("A") for _number in range(3)]
    first = desks.scene.take("A", PriorityReason.ELDERLY)
    sign = SignGuestBook(ticket_id=tickets[0].id, name="Ani", phone="081100000011", purpose="Tunjangan")
    desks.do(sign)
    expected = [(first.label, ""), (tickets[0].label, "Tunjangan"), (tickets[1].label, "")]
    assert [(ticket.label, purpose) for ticket, purpose in board(desks).upcoming] == expected
    desks.scene.call()
    assert board(desks).upcoming == (), "who serves looks at the visitor"


def test_an_answer_waits_for_who_asked_until_it_is_told(desks: Desks) -> None:
    case, hop = desks.escalated()
    leave(desks)
    assert not owed(desks)
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Cair Jumat"), "bela")
    (found,) = board(desks).owed
    assert (found.kind, found.id, found.name, found.due_at) == ("answer", case.id, "Ani Guru", case.due_at)
    assert not owed(desks, 2), "another officer owes nothing"
    desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT))
    assert not owed(desks)


def test_a_promise_is_named_once_the_earliest_first(desks: Desks) -> None:
    at = to_stamp(datetime.fromisoformat("2026-11-24 08:30").replace(tzinfo=desks.scene.zone))
    case = desks.do(OpenCase(visit_id=desks.visitor("Budi Wali"), detail="Data siswa"))
    desks.do(Reschedule(case_id=case.id, at=at, reason="Perlu data", officer_id=desks.id("siti")))
    leave(desks)
    call = desks.do(StartCall()).visit_id
    caller: dict[str, Any] = {
        "name": "Cici",
        "phone": "081100000012",
        "question": "Kapan cair?",
        "regency": "Tarakan",
    }
    desks.do(RecordCaller(call_id=call, **caller))
    desks.do(ForwardCall(call_id=call))
    case_id = desks.scene.office.read(lambda tx: phone_calls.get(tx, call)).case_id or 0
    (hop,) = desks.scene.office.read(lambda tx: escalations.open_of(tx, case_id))
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Jumat"), "bela")
    assert owed(desks) == ["appointment Budi Wali False", "call Cici True"]
    desks.scene.later(2 * 24 * 60)
    assert [each.is_late(desks.scene.clock.now) for each in board(desks).owed] == [True, True]


def test_who_stands_in_sees_what_the_absent_officer_owes(desks: Desks) -> None:
    _case, hop = desks.escalated()
    leave(desks)
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Ya"), "bela")
    assert not owed(desks, 2)
    letter = Delegate(
        absent="siti",
        delegate="budi",
        first_day=date(2026, 11, 23),
        last_day=date(2026, 11, 23),
        letter_number="13/ST/2026",
        letter_date=date(2026, 11, 23),
    )
    desks.do(letter, "admin")
    assert owed(desks, 2) == ["answer Ani Guru True"]
