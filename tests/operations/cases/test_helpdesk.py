"""Visitors directed to the helpdesk officer of their category, with receipt (POS Kaltara 3)."""

import msgspec
import pytest

from tests.office import store_of
from tests.operations.desks import Desks
from ult_desktop.base.errors import UserError
from ult_desktop.core.cases.commands import AcknowledgeHandover, HandToHelpdesk
from ult_desktop.core.cases.escalation import CaseDesk
from ult_desktop.core.phone.commands import StartCall
from ult_desktop.core.queue.commands import Finish, IssueTicket
from ult_desktop.db.cases import escalations
from ult_desktop.db.cases.boards import opening_view
from ult_desktop.db.cases.escalations import helpdesk_of
from ult_desktop.db.office import services
from ult_desktop.db.visits import visits


def name_helpdesk(desks: Desks, *logins: str, desk: str = "helpdesk") -> None:
    """The office's own list for service A."""

    def definition(row: services.ServiceRow) -> str:
        return msgspec.json.encode(msgspec.structs.replace(row.definition, **{desk: logins})).decode()

    write = store_of(desks.scene.office).write
    write(
        lambda tx: tx.run(
            "UPDATE service SET definition = ? WHERE id = 1", definition(services.active(tx)[0])
        )
    )


def logins(desks: Desks, service_id: int | None = 1) -> list[str]:
    return [each.login for each in desks.scene.office.read(lambda tx: helpdesk_of(tx, service_id))]


def test_the_service_names_its_officers_else_it_is_everybody_with_the_role(desks: Desks) -> None:
    assert logins(desks) == ["hadi", "hana", "helpdesk"]
    assert logins(desks, None) == ["hadi", "hana", "helpdesk"]
    name_helpdesk(desks, "hana", "budi")
    assert logins(desks) == ["budi", "hana"]


def test_the_officer_sees_who_is_on_the_way_and_receives(desks: Desks) -> None:
    name_helpdesk(desks, "hana")
    visit_id = desks.visitor()
    hand = HandToHelpdesk(visit_id=visit_id, officer_id=desks.id("hana"), remark="Soal Dapodik")
    desks.refused(msgspec.structs.replace(hand, officer_id=desks.id("hadi")), words="bukan petugas helpdesk")
    given = desks.do(hand, "nina")
    assert (given.officer, given.by, given.acknowledged_at) == ("Hana Helpdesk", "Nina Kartika", None)
    (item,) = desks.inbox("hana", CaseDesk.HELPDESK).items
    assert (item.kind, item.subject_id, item.number, item.name, item.text, item.unread) == (
        "handover", visit_id, "A001", "Ani Guru", "Soal Dapodik", True,
    )  # fmt: skip
    received = AcknowledgeHandover(visit_id=visit_id)
    desks.refused(received, "hadi", "diarahkan ke Hana")
    assert desks.do(received, "hana").acknowledged_at == desks.scene.clock.now
    desks.refused(received, "hana", "Tidak ada pengunjung")
    desks.refused(AcknowledgeHandover(visit_id=99), "hana", "Tidak ada pengunjung")
    (item,) = desks.inbox("hana", CaseDesk.HELPDESK).items
    assert (item.kind, item.subject_id, item.unread) == ("handover", visit_id, False), "until it is a request"
    assert desks.marks_of(visit_id) == ["handed_over"]


def test_a_visitor_may_be_directed_again(desks: Desks) -> None:
    visit_id = desks.visitor()
    for login in ("hana", "hadi"):
        desks.do(HandToHelpdesk(visit_id=visit_id, officer_id=desks.id(login)))
        desks.do(AcknowledgeHandover(visit_id=visit_id), login)
    desks.do(HandToHelpdesk(visit_id=visit_id, officer_id=desks.id("hana")))
    found = desks.scene.office.read(lambda tx: escalations.handover_of(tx, visit_id))
    assert found is not None
    assert (found.officer, found.acknowledged_at) == ("Hana Helpdesk", None)


def test_the_end_of_the_number_keeps_the_visit_for_the_helpdesk(desks: Desks) -> None:
    """The counter is through with them, the officer to whom they walk is not."""
    visit_id = desks.visitor()
    desks.do(HandToHelpdesk(visit_id=visit_id, officer_id=desks.id("hana")), "nina")
    desks.scene.do(Finish(counter=1, leaves=True))
    assert desks.scene.office.read(lambda tx: visits.get(tx, visit_id)).is_open


def test_a_case_goes_on_to_whom_its_service_names_at_the_back_office(desks: Desks) -> None:
    assert desks.escalated()[1].to_officer_id is None
    name_helpdesk(desks, "tuti", "bono", "bela", desk="back_office")
    assert desks.escalated()[1].to_officer_id == desks.id("bono"), "the first who is there"
    assert desks.escalated(CaseDesk.PPID)[1].to_officer_id is None


def test_a_service_is_offered_by_its_channels(desks: Desks) -> None:
    """The kiosk says by which; an officer may give a number all the same."""
    service_id = desks.scene.service["A"]
    call = desks.do(StartCall())

    def offered_to_the_caller() -> bool:
        found = desks.scene.office.read(lambda tx: opening_view(tx, call.visit_id)).services
        return service_id in dict(found)

    name_helpdesk(desks, "telepon", "daring", desk="channels")
    with pytest.raises(UserError, match="Hanya lewat telepon, daring"):
        desks.do(IssueTicket(service_id=service_id, at_kiosk=True))
    line = next(
        each
        for each in desks.scene.office.kiosk_board().lines
        if each.service.name.indonesian == service_name(desks)
    )
    assert (line.available, line.why) == (False, "Hanya lewat telepon, daring")
    assert offered_to_the_caller()
    assert desks.scene.take().label == "A001"
    name_helpdesk(desks, "tatap_muka", desk="channels")
    assert not offered_to_the_caller()
    assert desks.do(IssueTicket(service_id=service_id, at_kiosk=True)).ticket.label == "A002"


def service_name(desks: Desks) -> str:
    row = desks.scene.office.read(lambda tx: services.of_prefix(tx, "A"))
    assert row is not None
    return row.definition.name.indonesian
