"""A complaint about an officer: it goes to the head at once, and that officer never sees or holds it."""

import msgspec
import pytest

from tests.office import PASSWORD, store_of
from tests.operations.desks import Desks
from ult_desktop.base.errors import UserError
from ult_desktop.core.cases.case import Case, CaseKind, CaseState
from ult_desktop.core.cases.case_views import CaseFilter
from ult_desktop.core.cases.commands import (
    AddNote,
    AnswerEscalation,
    AssignEscalation,
    CloseCase,
    DeliverAnswer,
    Escalate,
    OpenCase,
    ReassignCase,
    ReceiveEscalation,
)
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.cases.escalation import CaseDesk
from ult_desktop.core.privacy.commands import OpenSheet
from ult_desktop.core.sheet import SheetKind
from ult_desktop.db.cases import cases, escalations
from ult_desktop.db.cases.boards import cases_board, inbox_board, opening_view
from ult_desktop.db.cases.case_views import case_card, case_list
from ult_desktop.operations.sheets import disposition_sheet, intake_sheet

ABOUT = "bela"
GONE = "Permohonan itu tidak ada"


@pytest.fixture
def complaint(desks: Desks) -> Case:
    """Ani complains of Bela to Siti."""
    found: Case = desks.do(opening(desks))
    return found


def opening(desks: Desks) -> OpenCase:
    return OpenCase(
        visit_id=desks.visitor(),
        detail="Bela meminta uang",
        complaint_class="pengaduan_biasa",
        about_id=desks.id(ABOUT),
    )


def seen_by(desks: Desks, login: str) -> list[bool]:
    """Whether list, card, boards and sheets show the case to who signs in."""
    office, now = desks.scene.office, desks.scene.clock.now
    if login:
        office.sign_in(login, PASSWORD)
    else:
        office.sign_out()
    hop = next(each.id for each in store_of(office).read(lambda tx: escalations.of_case(tx, 1)))
    me = desks.id(login) if login else 0
    everything = CaseFilter(open_only=False)
    board = office.read(lambda tx: cases_board(tx, now, me, everything, 1))
    return [
        bool(office.read(lambda tx: case_list(tx, everything))),
        office.read(lambda tx: case_card(tx, 1)) is not None,
        office.read(lambda tx: cases.by_number(tx, "0001/ULT/2026")) is not None,
        bool(board.rows) or board.chosen is not None,
        office.read(lambda tx: opening_view(tx, 1)).shown_case is not None,
        prints(desks, lambda: office.read(lambda tx: intake_sheet(tx, 1))),
        prints(desks, lambda: office.read(lambda tx: disposition_sheet(tx, hop))),
    ]


def prints(desks: Desks, sheet: object) -> bool:
    try:
        sheet()  # type: ignore[operator]
    except UserError:
        return False
    return True


def test_it_is_with_the_head_at_once(desks: Desks, complaint: Case) -> None:
    assert (complaint.kind, complaint.about) == (CaseKind.COMPLAINT, "Bela Back")
    assert complaint.state is CaseState.ESCALATED
    head = desks.actor("kepala")
    desks.scene.office.sign_in("kepala", PASSWORD)
    items = desks.scene.office.read(lambda tx: inbox_board(tx, desks.scene.clock.now, head, None)).items
    assert [(each.number, each.desk, each.due_at) for each in items] == [
        (complaint.number, CaseDesk.HEAD, complaint.due_at)
    ]
    hop = items[0].subject_id
    desks.do(ReceiveEscalation(escalation_id=hop), "kepala")
    desks.do(AnswerEscalation(escalation_id=hop, answer="Sudah ditegur"), "kepala")
    desks.do(DeliverAnswer(case_id=complaint.id, way=DeliveryChannel.DIRECT))
    assert desks.do(AddNote(case_id=complaint.id, text="Selesai")).state is CaseState.DELIVERED


def test_the_officer_never_sees_it(desks: Desks, complaint: Case) -> None:
    assert not any(seen_by(desks, ABOUT))
    assert seen_by(desks, "siti") == [True] * 7
    assert seen_by(desks, "kepala") == [True] * 7
    desks.do(Escalate(case_id=desks.case("Tunjangan").id, instruction="Mohon dicek"))
    everything = CaseFilter(open_only=False)
    desks.scene.office.sign_in(ABOUT, PASSWORD)
    rows = desks.scene.office.read(lambda tx: case_list(tx, everything))
    assert [each.detail for each in rows] == ["Tunjangan"]
    bela = desks.actor(ABOUT)
    items = desks.scene.office.read(lambda tx: inbox_board(tx, desks.scene.clock.now, bela, None)).items
    assert [each.text for each in items] == ["Mohon dicek"]


def test_whoever_has_not_signed_in_does_not_see_it_either(desks: Desks, complaint: Case) -> None:
    """The command line lists cases without a password: a colleague could ask it for themselves."""
    assert not any(seen_by(desks, ""))


def test_the_officer_cannot_act_on_it(desks: Desks, complaint: Case) -> None:
    hop = store_of(desks.scene.office).read(lambda tx: escalations.of_case(tx, complaint.id))[0]
    for command in (
        ReceiveEscalation(escalation_id=hop.id),
        AnswerEscalation(escalation_id=hop.id, answer="Tidak benar"),
        AddNote(case_id=complaint.id, text="Tidak benar"),
    ):
        desks.refused(command, ABOUT, GONE)
    sheet = OpenSheet(sheet=SheetKind.CASE_FILE, subject_id=complaint.id)
    with pytest.raises(UserError, match="Lembar itu tidak ada"):
        desks.do(sheet, ABOUT)


def test_nobody_hands_it_to_the_officer(desks: Desks, complaint: Case) -> None:
    hop = store_of(desks.scene.office).read(lambda tx: escalations.of_case(tx, complaint.id))[0]
    words = "Pengaduan ini tentang Bela Back"
    desks.refused(ReassignCase(case_id=complaint.id, officer_id=desks.id(ABOUT)), words=words)
    desks.refused(AssignEscalation(escalation_id=hop.id, officer_id=desks.id(ABOUT)), "kepala", words)


def test_the_officer_does_not_write_it_down(desks: Desks) -> None:
    mine = msgspec.structs.replace(opening(desks), about_id=desks.id("siti"))
    desks.refused(mine, words="Pengaduan tentang Anda dicatat oleh petugas lain")
    request = msgspec.structs.replace(mine, kind=CaseKind.REQUEST)
    desks.refused(request, words="Yang menyebut petugas adalah pengaduan")


def test_about_the_only_head_it_stays_with_who_wrote_it_down(desks: Desks) -> None:
    case = desks.do(msgspec.structs.replace(opening(desks), about_id=desks.id("kepala")))
    assert (case.state, case.owner) == (CaseState.OPEN, "Siti Rahmawati")
    desks.refused(AddNote(case_id=case.id, text="Tidak benar"), "kepala", GONE)
    desks.do(CloseCase(case_id=case.id, withdrawn=True, remark="Dicabut"))


def test_the_receipt_says_where_else_it_can_go(desks: Desks, complaint: Case) -> None:
    office = desks.scene.office
    office.sign_in("siti", PASSWORD)
    notes = office.read(lambda tx: intake_sheet(tx, complaint.id)).notes
    assert any("SP4N-LAPOR: www.lapor.go.id" in note for note in notes)
    request = desks.case("Tunjangan")
    assert not any("LAPOR" in note for note in office.read(lambda tx: intake_sheet(tx, request.id)).notes)
