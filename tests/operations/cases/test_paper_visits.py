"""A visit that was written on paper: typed in with its own times, told as such, judged as a whole."""

from typing import Any

import pytest

from tests.operations.accountability.accounting import actor, found_in, run_face_to_face, steps
from tests.operations.scene import Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.accountability.commands import CollectDeviations
from ult_desktop.core.accountability.deviation_words import headline, time_words
from ult_desktop.core.accountability.deviations import DeviationKind
from ult_desktop.core.cases.case import CaseOutcome, CaseState
from ult_desktop.core.cases.commands import CloseCase, DeliverAnswer, GiveAnswer, SetOutcome
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.cases.paper_visit import EnterPaperVisit
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.cases import cases, deliveries
from ult_desktop.db.visits import guests
from ult_desktop.operations.accountability.deviations import visits_with_new_deviations
from ult_desktop.operations.cases.case_file import case_file_sheet
from ult_desktop.operations.sheets import intake_sheet, receipt_sheet

DAY = "2026-11-23"


@pytest.fixture
def desk(scene: Scene) -> Scene:
    """The office runs the POS of Sumut; the power was away in the morning, and it is half past two."""
    scene.set_time(f"{DAY} 08:00")
    run_face_to_face(scene)
    scene.set_time(f"{DAY} 14:30")
    return scene


def at(desk: Scene, clock: str, day: str = DAY) -> int:
    now = desk.clock.now
    desk.set_time(f"{day} {clock}")
    moment, desk.clock.now = desk.clock.now, now
    return moment


def paper(
    desk: Scene,
    came: str = "09:00",
    served: str = "09:20",
    left: str = "09:40",
    **other: Any,  # noqa: ANN401  (each field has its type)
) -> EnterPaperVisit:
    said: dict[str, Any] = {
        "began_at": at(desk, came),
        "served_at": at(desk, served),
        "ended_at": at(desk, left) if left else None,
        "name": "Maria Ulfa",
        "served_by": "siti",
    }
    return EnterPaperVisit(**(said | other))


ASKED = {"detail": "Data pokok sekolah"}
ANSWERED = {**ASKED, "outcome": CaseOutcome.AVAILABLE, "answer": "Salinannya diserahkan"}


def typed(desk: Scene, command: EnterPaperVisit, by: str = "nina") -> Visit:
    return desk.office.perform(command, actor(desk, by))


def test_its_rows_have_the_papers_times_and_say_who_typed_them(desk: Scene) -> None:
    visit = typed(desk, paper(desk, **ANSWERED))
    assert (visit.day, visit.began_at, visit.ended_at) == (DAY, at(desk, "09:00"), at(desk, "09:40"))
    assert (visit.belated, visit.typed_by, visit.typed_at) == (True, "Nina Kartika", at(desk, "14:30"))
    case = desk.office.read(lambda tx: cases.of_visit(tx, visit.id))
    assert case is not None
    assert (case.opened_at, case.closed_at) == (at(desk, "09:20"), at(desk, "09:40"))
    assert (case.owner, case.state, case.answer) == ("Siti Rahmawati", CaseState.CLOSED, ANSWERED["answer"])
    entry = next(
        each for each in desk.office.read(lambda tx: cases.timeline(tx, case.id)) if each.kind == "from_paper"
    )
    assert (entry.at, entry.officer) == (at(desk, "14:30"), "Nina Kartika")
    written = [each for each in desk.events() if each.kind == "visit.from_paper"]
    assert [(each.at, each.subject) for each in written] == [(at(desk, "14:30"), visit.id)]
    assert desk.kinds().count("case.opened") == 0  # one event tells of it all


def test_lists_and_sheets_tell_it(desk: Scene) -> None:
    visit = typed(desk, paper(desk, **ANSWERED))
    (row,) = desk.office.read(lambda tx: guests.of_day(tx, DAY))
    assert (row.belated, row.name) == (True, "Maria Ulfa")
    case = desk.office.read(lambda tx: cases.of_visit(tx, visit.id))
    assert case is not None
    (told,) = desk.office.read(lambda tx: deliveries.of_case(tx, case.id))
    for sheet in (
        desk.office.read(lambda tx: intake_sheet(tx, case.id)),
        desk.office.read(lambda tx: receipt_sheet(tx, told.id)),
    ):
        noted = {each.head: each.text for each in sheet.rows}["Dicatat belakangan"]
        assert noted == "Nina Kartika, Senin, 23 November 2026 14.30 WITA"
    whole = desk.office.read(lambda tx: case_file_sheet(tx, case.id))
    assert any("Dicatat belakangan dari kertas · Nina Kartika" in each.text for each in whole.rows)


def accounts(desk: Scene, visit: Visit) -> list[tuple[DeviationKind, str, tuple[int, ...]]]:
    return [(each.kind, each.cause_key, each.steps) for each in found_in(desk, visit)]


def test_whoever_was_served_in_time_leaves_no_deviation(desk: Scene) -> None:
    """On the way to an answer at once 3 + 3 + 3 + 3 + 5 + 5 minutes come after the call: 22."""
    visit = typed(desk, paper(desk, came="08:30", served="09:20", left="09:42", **ANSWERED))
    assert accounts(desk, visit) == []
    seen = steps(desk, visit)
    assert {each.began_at for each in seen.progress.steps} == {None}
    assert seen.on_paper is not None
    assert (seen.on_paper.steps, seen.on_paper.overdue) == ((6, 7, 8, 9, 15, 16), False)


def test_a_serving_that_took_too_long_is_one_deviation(desk: Scene) -> None:
    visit = typed(desk, paper(desk, left="09:43", **ANSWERED))
    assert accounts(desk, visit) == [(DeviationKind.TIME, "di_kertas", (6, 7, 8, 9, 15, 16))]
    (found,) = found_in(desk, visit)
    assert headline(found) == "Lewat waktu: Dicatat belakangan dari kertas (langkah 6–9, 15–16)"
    assert time_words(found) == "23 menit, baku 22 menit"


def test_without_a_request_that_alone_is_missing(desk: Scene) -> None:
    visit = typed(desk, paper(desk))
    ((kind, cause, _steps),) = accounts(desk, visit)
    assert (kind, cause) == (DeviationKind.OUTPUT, "tanpa_permohonan")


def test_a_visitor_who_is_still_here_is_served_on(desk: Scene) -> None:
    visit = typed(desk, paper(desk, served="14:10", left="", **ASKED))
    case = desk.office.read(lambda tx: cases.of_visit(tx, visit.id))
    assert case is not None
    assert visit.is_open
    assert case.is_open
    assert desk.office.read(lambda tx: visits_with_new_deviations(tx, desk.clock.now)) == ()
    desk.set_time(f"{DAY} 15:30")
    late = desk.office.read(lambda tx: visits_with_new_deviations(tx, desk.clock.now))
    assert late == (visit.id,)
    desk.office.perform(CollectDeviations(visits=late), actor(desk, "nina"))
    assert desk.office.read(lambda tx: visits_with_new_deviations(tx, desk.clock.now)) == ()
    siti = actor(desk, "siti")
    desk.office.perform(SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE), siti)
    desk.office.perform(GiveAnswer(case_id=case.id, answer="Ini datanya"), siti)
    desk.office.perform(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT), siti)
    desk.office.perform(CloseCase(case_id=case.id), siti)
    assert [cause for _kind, cause, _steps in accounts(desk, visit)] == ["di_kertas"]


def test_whose_answer_follows_is_away_since_the_paper_says_so(desk: Scene) -> None:
    visit = typed(desk, paper(desk, **ASKED))
    seen = steps(desk, visit)
    assert visit.is_open
    assert seen.pause is not None
    assert (seen.pause.from_at, seen.on_paper and seen.on_paper.overdue) == (at(desk, "09:40"), False)


def test_it_runs_under_the_procedure_of_its_day(desk: Scene) -> None:
    assert typed(desk, paper(desk, **ANSWERED)).procedure_id == "sumut-tatap-muka"
    clocks = {"began_at": "08:00", "served_at": "08:05", "ended_at": "08:10"}
    friday: dict[str, Any] = {name: at(desk, clock, "2026-11-20") for name, clock in clocks.items()}
    visit = typed(desk, paper(desk, **(ANSWERED | friday)))
    assert visit.procedure_id == "kaltara-helpdesk"  # retired on Monday
    assert found_in(desk, visit) == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"left": "14:31"}, "belum tiba"),
        ({"came": "09:30"}, "tidak berurutan"),
        ({"served": "09:41"}, "tidak berurutan"),
        ({"answer": "Ada"}, "Permohonannya belum ditulis"),
        ({**ASKED, "answer": "Ada"}, "ditulis bersama"),
        ({**ASKED, "outcome": CaseOutcome.AVAILABLE}, "ditulis bersama"),
        ({"left": ""}, "Jam selesai belum ditulis"),
        ({**ANSWERED, "left": ""}, "Jam selesai belum ditulis"),
        ({"name": " "}, "Nama belum diisi"),
        ({"served_by": "tiada"}, "tidak ada"),
        ({**ASKED, "served_by": ""}, "tidak berwenang"),
        ({**ANSWERED, "outcome": CaseOutcome.EXCLUDED}, "dasar hukumnya"),
    ],
)
def test_a_paper_that_contradicts_itself_is_refused(desk: Scene, changes: dict[str, Any], words: str) -> None:
    before = desk.office.read(lambda tx: guests.of_day(tx, DAY))
    with pytest.raises(UserError, match=words):
        typed(desk, paper(desk, **changes))
    assert desk.office.read(lambda tx: guests.of_day(tx, DAY)) == before


def test_a_paper_of_two_days_or_of_a_closed_time_is_refused(desk: Scene) -> None:
    yesterday = at(desk, "09:00", "2026-11-22")
    with pytest.raises(UserError, match="satu hari"):
        typed(desk, paper(desk, began_at=yesterday))
    for day, refused in (("2026-10-22", True), ("2026-10-23", False)):
        moment = at(desk, "09:00", day)
        command = paper(desk, began_at=moment, served_at=moment, ended_at=moment)
        if refused:
            with pytest.raises(UserError, match="sudah ditutup"):
                typed(desk, command)
        else:
            assert typed(desk, command).day == day
