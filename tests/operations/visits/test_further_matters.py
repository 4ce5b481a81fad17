"""A visitor with several matters is one visitor: one line in each list, one guest book, one survey."""

import pytest

from tests.office import store_of
from tests.operations.desks import Desks
from tests.operations.procedures.test_matters import another, tell_and_close, visit_of
from ult_desktop.core.care.commands import DeclareVulnerable
from ult_desktop.core.cases.case import VisitorMode
from ult_desktop.core.cases.case_views import CaseFilter
from ult_desktop.core.cases.commands import Escalate, MoveVisitor, OpenCase, WithdrawEscalation
from ult_desktop.core.phone.commands import ForwardCall, RecordCaller, StartCall
from ult_desktop.core.queue.commands import Finish
from ult_desktop.core.queue.ticket import PriorityReason
from ult_desktop.core.stamps import DAY_MS, office_day
from ult_desktop.core.survey.commands import RefuseSurvey
from ult_desktop.core.survey.survey import TokenState
from ult_desktop.core.visits.commands import JoinVisit, SignGuestBook, WelcomeVisitor
from ult_desktop.db.care import declarations
from ult_desktop.db.cases import escalations
from ult_desktop.db.cases.case_views import case_list
from ult_desktop.db.office import office
from ult_desktop.db.privacy import retention, subjects
from ult_desktop.db.survey import survey
from ult_desktop.db.visits import guests, visits
from ult_desktop.operations.privacy import retention as runs


@pytest.fixture
def desks(desks: Desks) -> Desks:
    desks.run_only("sumut-tatap-muka", "dki-kelompok-rentan")
    return desks


def today(desks: Desks) -> str:
    return office_day(desks.scene.clock.now, desks.scene.zone)


def test_the_lists_of_visitors_have_one_line_with_every_number(desks: Desks) -> None:
    first = desks.case()
    other = OpenCase(
        visit_id=first.visit_id, detail="Legalisir", service_id=desks.scene.service["B"], another=True
    )
    second = desks.do(other)
    (line,) = desks.scene.office.read(lambda tx: guests.of_day(tx, today(desks)))
    assert (line.id, line.case_number) == (first.visit_id, f"{first.number}, {second.number}")
    card = desks.scene.office.read(lambda tx: guests.visit_card(tx, first.visit_id))
    assert card is not None
    assert card.case_number == line.case_number
    assert desks.scene.office.read(lambda tx: guests.without_number(tx, today(desks))) == ()
    assert visit_of(desks, second).service_id == desks.scene.service["B"]
    listed = desks.scene.office.read(lambda tx: case_list(tx, CaseFilter(text="Ani")))
    assert [(row.number, row.label) for row in listed] == [(second.number, "A001"), (first.number, "A001")]


def test_the_survey_is_the_visits_once(desks: Desks) -> None:
    first = desks.case()
    second = another(desks, first)
    for case in (second, first):
        tell_and_close(desks, case)
    desks.do(Finish(counter=1))
    desks.do(RefuseSurvey(visit_id=second.visit_id))
    token = desks.scene.office.read(lambda tx: survey.token_of(tx, first.visit_id))
    assert token is not None
    assert token.state is TokenState.REFUSED
    day = today(desks)
    asked = desks.scene.office.read(lambda tx: survey.result(tx, day, day))
    assert asked.visits == 1


def test_who_is_cared_for_is_one_person_until_only_the_result_is_to_come(desks: Desks) -> None:
    first = desks.case()
    desks.do(DeclareVulnerable(visit_id=first.visit_id, grounds=(PriorityReason.ELDERLY,)), "admin")
    second = another(desks, first)
    assert visit_of(desks, second).procedure_id == "dki-kelompok-rentan"

    def rows() -> tuple[list[int], list[int]]:
        return desks.scene.office.read(
            lambda tx: (
                [row.visit_id for row in declarations.vulnerable_visits(tx, today(desks))],
                [row.visit_id for row in declarations.open_vulnerable_visits(tx)],
            )
        )

    assert rows() == ([first.visit_id], [first.visit_id])
    desks.do(Escalate(case_id=second.id, instruction="x", visitor=VisitorMode.LEFT))
    tell_and_close(desks, first)
    assert rows() == ([first.visit_id], [second.visit_id])


def test_the_guest_book_is_kept_until_the_last_matter_is_over(desks: Desks) -> None:
    first = desks.case()
    second = another(desks, first)
    desks.do(Escalate(case_id=second.id, instruction="x", visitor=VisitorMode.LEFT))
    tell_and_close(desks, first)
    assert not visit_of(desks, first).is_open
    desks.scene.clock.now += 3 * 365 * DAY_MS

    def due() -> set[str]:
        sweep = runs.sweep_at(desks.scene.office.read(office.load).settings, desks.scene.clock.now)
        return {each.field for each in desks.scene.office.read(lambda tx: retention.due(tx, sweep))}

    assert "guest.name" not in due()
    desks.scene.clock.now -= 3 * 365 * DAY_MS
    desks.do(MoveVisitor(case_id=second.id, visitor=VisitorMode.AT_DESK))
    hop = desks.scene.office.read(lambda tx: escalations.open_of(tx, second.id))[0]
    desks.do(WithdrawEscalation(escalation_id=hop.id, reason="Tidak perlu"))
    tell_and_close(desks, second)
    desks.scene.clock.now += 3 * 365 * DAY_MS
    assert "guest.name" in due()


def test_their_data_is_found_and_put_right_under_each_matter(desks: Desks) -> None:
    first = desks.case()
    second = another(desks, first)
    found = desks.scene.office.read(lambda tx: subjects.search(tx, "Ani Gu"))
    assert {(each.visit_id, each.case_number, each.name) for each in found} == {
        (case.visit_id, case.number, "Ani Guru") for case in (first, second)
    }
    store_of(desks.scene.office).write(
        lambda tx: subjects.correct(tx, second.visit_id, "name", "Ani Guruwati", "")
    )
    card = desks.card(first)
    assert card.guest is not None
    assert card.guest.name == "Ani Guruwati"


def test_earlier_comings_tell_each_matter(desks: Desks) -> None:
    first = desks.case()
    second = another(desks, first)
    line = SignGuestBook(visit_id=first.visit_id, name="Ani Guru", phone="081100000011", remember=True)
    desks.do(line)
    tell_and_close(desks, second)
    now = desks.visitor()
    earlier = desks.scene.office.read(lambda tx: visits.earlier_visits(tx, now))
    assert {each.number for each in earlier} == {first.number, second.number}


def test_matters_go_over_with_the_visit_that_is_joined(desks: Desks) -> None:
    first = desks.case()
    second = another(desks, first)
    arrival = desks.do(WelcomeVisitor(), "admin")
    ticket_id = visit_of(desks, first).ticket_id
    assert ticket_id is not None
    desks.do(JoinVisit(visit_id=arrival.id, ticket_id=ticket_id))
    assert visit_of(desks, second).beside == arrival.id


def test_only_a_visitor_at_a_desk_has_further_matters(desks: Desks) -> None:
    call = desks.do(StartCall(), "admin")
    desks.do(
        RecordCaller(call_id=call.visit_id, name="Dedi", phone="0811-390-6669", question="Cair?"), "admin"
    )
    desks.do(ForwardCall(call_id=call.visit_id), "admin")
    lain = OpenCase(visit_id=call.visit_id, detail="Lain", another=True)
    desks.refused(lain, "admin", words="tersendiri")
