"""The survey through the operations: once for a visit, anonymous, waived when refused, imported once."""

import datetime
import re
import sqlite3

import msgspec
import pytest

from tests.office import journal_of, plain_link, store_of, stranger
from tests.operations.desks import Desks
from tests.operations.scene import KIOSK, Scene
from tests.survey import TEN, said
from ult_desktop.base.errors import UserError
from ult_desktop.core.cases.commands import ComeForResult
from ult_desktop.core.figures.period import Period, Span, parse_period, period_of
from ult_desktop.core.lists.commands import ListBatch, ListImport
from ult_desktop.core.office.commands import ChangeSettings
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.online.commands import AddRequest
from ult_desktop.core.online.online_request import OnlineRow, OnlineSource
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.sheet import BlankForm
from ult_desktop.core.survey.answer_rows import LIST_NAME
from ult_desktop.core.survey.commands import (
    ConfirmSurvey,
    EnterPaperSurvey,
    FillSurvey,
    ImportSurvey,
    InviteSurvey,
    RefuseSurvey,
    UndoSurveyImport,
)
from ult_desktop.core.survey.survey import (
    OutsideAnswers,
    Profile,
    SurveyAnswers,
    SurveyMode,
    SurveyTicket,
    TokenState,
)
from ult_desktop.core.visits.commands import EndVisit
from ult_desktop.core.visits.visit import Ending, Visit
from ult_desktop.db import list_imports
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.visits import visits
from ult_desktop.db.visits.visit_steps import visit_steps
from ult_desktop.operations.blank_forms import blank_form
from ult_desktop.operations.lists.undoing import UNDO_BATCH, undo_whole
from ult_desktop.operations.survey.answer_lists import AnswerLists
from ult_desktop.operations.survey.board import SurveyBoard, otherwise_words, survey_board
from ult_desktop.operations.survey.survey import subject_fields, survey_start, survey_ticket

TODAY = datetime.date(2026, 11, 23)


@pytest.fixture
def served(scene: Scene) -> Ticket:
    scene.take("A")
    return scene.visit()


def rows(scene: Scene, sql: str) -> list[tuple[object, ...]]:
    """Read the file itself, whatever that costs."""
    link = stranger(scene.path)
    try:
        return link.execute(sql).fetchall()
    finally:
        link.close()


def look_up(scene: Scene, text: str) -> SurveyTicket:
    return scene.office.read(lambda tx: survey_ticket(tx, text, scene.clock()))


def visit_of(scene: Scene, ticket: Ticket) -> Visit:
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    return visit


def board(scene: Scene, period: Period | None = None) -> SurveyBoard:
    return scene.office.read(lambda tx: survey_board(tx, scene.clock(), period))


def survey_step(scene: Scene, visit_id: int) -> tuple[StepState, str]:
    seen = scene.office.read(lambda tx: visit_steps(tx, visit_id, scene.clock()))
    assert seen is not None
    (number,) = [each.step for each in seen.procedure.steps if each.completes.event == "survey_filled"]
    step = seen.progress.of_step(number)
    return step.state, step.reason


def set_rules(scene: Scene, **rules: object) -> None:
    """Give the office other survey rules or another survey_url."""

    def change(settings: OfficeSettings) -> str:
        url = rules.pop("survey_url", settings.office.survey_url)
        office = msgspec.structs.replace(settings.office, survey_url=str(url))
        changed = msgspec.structs.replace(settings.survey, **rules)
        return msgspec.json.encode(msgspec.structs.replace(settings, office=office, survey=changed)).decode()

    text = change(scene.office.read(office_rows.load).settings)
    store_of(scene.office).write(lambda tx: tx.run("UPDATE office SET settings = ?", text))


def test_a_visitor_fills_in_once_and_the_step_is_done(scene: Scene, served: Ticket) -> None:
    found = scene.office.read(lambda tx: survey_ticket(tx, served.label.lower(), scene.clock()))
    assert (found.label, found.ticket_id) == (served.label, served.id)
    token = scene.kiosk.perform(FillSurvey(said=said(), ticket_id=found.ticket_id), KIOSK)
    visit = visit_of(scene, served)
    assert token is not None
    assert (token.visit_id, token.state) == (visit.id, TokenState.FILLED)
    assert survey_step(scene, visit.id)[0] is StepState.IN_TIME
    scene.refused(FillSurvey(said=said(), ticket_id=served.id), words="sudah diisi")
    with pytest.raises(UserError, match="sudah diisi"):
        scene.office.read(lambda tx: survey_ticket(tx, served.code, scene.clock()))


def test_who_was_not_served_has_nothing_to_judge(scene: Scene) -> None:
    ticket = scene.take("A")
    for text, words in ((ticket.label, "belum dilayani"), ("Z999", "tidak ditemukan")):
        with pytest.raises(UserError, match=words):
            look_up(scene, text)
    scene.refused(FillSurvey(said=said(), ticket_id=ticket.id), words="belum dilayani")
    scene.refused(FillSurvey(said=said(), visit_id=999), words="tidak ada")
    scene.refused(FillSurvey(said=said(), ticket_id=999), words="tidak ada")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "tidak sesuai"),
        ({"sarana": 5}, "tidak sesuai"),
        ({"entah": 4}, "tidak sesuai"),
        ({"sarana": 4}, "belum dijawab"),
    ],
)
def test_wrong_or_missing_answers_are_refused(
    scene: Scene, served: Ticket, given: dict[str, int], words: str
) -> None:
    scene.refused(FillSurvey(said=SurveyAnswers(answers=given), ticket_id=served.id), words=words)


def test_only_a_machine_or_a_helping_officer_fills_in(scene: Scene, served: Ticket) -> None:
    scene.refused(FillSurvey(said=said(), ticket_id=served.id, mode=SurveyMode.PAPER), words="tidak diisi")
    with pytest.raises(UserError, match="tidak berwenang"):
        scene.kiosk.perform(FillSurvey(said=said(), ticket_id=served.id, mode=SurveyMode.ASSISTED), KIOSK)
    scene.do(FillSurvey(said=said(), ticket_id=served.id, mode=SurveyMode.ASSISTED))
    assert board(scene).assisted == 1


def test_nothing_leads_from_the_answers_to_the_visit(scene: Scene, served: Ticket) -> None:
    known = said("432143214", "Kursi kurang", usia="26-35", pekerjaan="dukun")
    scene.kiosk.perform(FillSurvey(said=known, ticket_id=served.id), KIOSK)
    (response,) = rows(scene, "SELECT * FROM survey_response")
    (suggestion,) = rows(scene, "SELECT * FROM survey_suggestion")
    assert {len(answer) for answer in rows(scene, "SELECT * FROM survey_answer")} == {3}
    filed = ("2026-11-23", "skm-14-2017/1", "kiosk", served.service_id)
    assert response[1:] == (*filed, "", "26-35", "", "", None)
    assert re.fullmatch(r"[0-9a-f]{32}", str(response[0]))
    assert suggestion[1:] == ("2026-11", "Kursi kurang", None)
    assert response[0] != suggestion[0]
    event = scene.events()[-1]
    assert (event.kind, event.data) == ("survey.filled", "{}")
    journal = plain_link(journal_of(scene.kiosk).path)
    kept = [text for (text,) in journal.execute("SELECT arguments FROM work WHERE name = 'FillSurvey'")]
    journal.close()
    assert len(kept) == 1
    assert "sarana" not in kept[0]
    assert "Kursi" not in kept[0]


@pytest.mark.file_only("order")
def test_the_rows_lie_in_no_order_of_time(scene: Scene) -> None:
    for _n in range(12):
        scene.take("A")
        ticket = scene.visit()
        scene.kiosk.perform(FillSurvey(said=said(), ticket_id=ticket.id), KIOSK)
    ids = [str(each) for (each,) in rows(scene, "SELECT id FROM survey_response")]
    assert ids == sorted(ids)
    with pytest.raises(sqlite3.OperationalError, match="rowid"):
        rows(scene, "SELECT rowid FROM survey_response")


def test_refusing_waives_the_step_and_may_be_thought_over(scene: Scene, served: Ticket) -> None:
    token = scene.do(RefuseSurvey(ticket_id=served.id))
    visit = visit_of(scene, served)
    assert getattr(token, "state", None) is TokenState.REFUSED
    assert survey_step(scene, visit.id) == (StepState.WAIVED, "Pengunjung menolak mengisi survei")
    scene.kiosk.perform(FillSurvey(said=said(), visit_id=visit.id), KIOSK)
    assert board(scene).tokens == {"open": 0, "filled": 1, "refused": 0, "confirmed_outside": 0}


def test_a_form_outside_is_handed_out_and_confirmed(scene: Scene, served: Ticket) -> None:
    scene.do(InviteSurvey(ticket_id=served.id))
    assert board(scene).tokens["open"] == 1
    assert survey_step(scene, visit_of(scene, served).id)[0] is not StepState.IN_TIME
    scene.do(ConfirmSurvey(ticket_id=served.id))
    assert survey_step(scene, visit_of(scene, served).id)[0] is StepState.IN_TIME
    assert board(scene).respondents == 0
    scene.refused(ConfirmSurvey(ticket_id=served.id), words="sudah diisi")


def test_after_the_visit_ended_and_on_a_later_day(scene: Scene, served: Ticket) -> None:
    visit = visit_of(scene, served)
    scene.do(EndVisit(visit_id=visit.id, ending=Ending.DONE))
    scene.set_time("2026-11-25 10:00")
    found = scene.office.read(lambda tx: survey_ticket(tx, served.code, scene.clock()))
    scene.kiosk.perform(FillSurvey(said=said(), ticket_id=found.ticket_id), KIOSK)
    assert rows(scene, "SELECT day FROM survey_response") == [("2026-11-25",)]


def test_a_second_coming_is_the_same_survey(scene: Scene, served: Ticket) -> None:
    visit = visit_of(scene, served)
    scene.set_time("2026-11-24 10:00")
    assert visit.is_open
    again = scene.do(ComeForResult(visit_id=visit.id))
    token = scene.do(FillSurvey(said=said(), visit_id=again.id))
    assert getattr(token, "visit_id", None) == visit.id


def test_an_office_without_the_step_refuses_all_the_same(scene: Scene) -> None:
    store_of(scene.office).write(lambda tx: tx.run("UPDATE procedure SET retired_at = 1"))
    scene.take("A")
    ticket = scene.visit()
    scene.do(RefuseSurvey(ticket_id=ticket.id))
    assert board(scene).tokens["refused"] == 1


def test_paper_with_and_without_its_number(scene: Scene, served: Ticket) -> None:
    some = SurveyAnswers(answers={"sarana": 2}, profile=Profile(jenis_kelamin="P"))
    friday = datetime.date(2026, 11, 20)
    scene.refused(EnterPaperSurvey(said=some, day=datetime.date(2026, 11, 24)), words="belum tiba")
    assert scene.do(EnterPaperSurvey(said=some, day=friday, service_id=served.service_id)) is None
    token = scene.do(EnterPaperSurvey(said=some, day=friday, ticket_id=served.id))
    assert getattr(token, "state", None) is TokenState.FILLED
    filed = rows(scene, "SELECT day, mode, service_id FROM survey_response")
    assert filed == [("2026-11-20", "paper", served.service_id)] * 2


def imports(scene: Scene) -> tuple[ListImport, ...]:
    return scene.office.read(lambda tx: list_imports.imports(tx, LIST_NAME))


def test_an_import_counts_every_row_once(scene: Scene) -> None:
    every = tuple(
        OutsideAnswers(digest=f"{place:064x}", day=TODAY, said=said(given)) for place, given in enumerate(TEN)
    )
    counts = [
        scene.office.perform(ImportSurvey(rows=part, batch=ListBatch(key=key)), scene.officer(1))
        for part, key in ((every[:6], "satu"), (every, "dua"))
    ]
    assert counts == [6, 4]
    assert scene.office.perform(ImportSurvey(rows=every, batch=ListBatch(key="tiga")), scene.officer(1)) == 0
    shown = board(scene)
    assert shown.index is not None
    assert (shown.respondents, str(shown.index.index)) == (10, "83.89")
    set_rules(scene, weight="0.111", order="kuesioner")
    other = board(scene, parse_period("2026-T4")).index
    assert other is not None
    assert (str(other.index), other.elements[-1].element) == ("83.81", "pengaduan")


def test_a_wrong_import_is_taken_back_whole_and_once(scene: Scene) -> None:
    rows = tuple(
        OutsideAnswers(digest=f"{place:064x}", day=TODAY, said=said(given, "Bagus"))
        for place, given in enumerate(TEN)
    )
    by = scene.officer(1)
    scene.do(EnterPaperSurvey(said=said(TEN[0]), day=TODAY))
    for part in (rows[:6], rows[6:]):
        scene.office.perform(ImportSurvey(rows=part, batch=ListBatch(key="satu", file="salah.csv")), by)
    (made,) = imports(scene)
    assert (made.file, made.added, made.undone_at) == ("salah.csv", 10, None)
    undo = AnswerLists().undo_command
    undone = undo_whole(made.id, undo, lambda command: scene.office.perform(command, by))
    assert undone == 10
    assert (board(scene).respondents, board(scene).suggestions) == (1, ())
    scene.refused(UndoSurveyImport(import_id=made.id), words="sudah diurungkan")
    scene.refused(UndoSurveyImport(import_id=made.id + 1), words="tidak ada")
    assert (
        scene.office.perform(ImportSurvey(rows=rows, batch=ListBatch(key="dua", file="benar.csv")), by) == 10
    )
    assert [(each.file, each.undone_at is None) for each in imports(scene)] == [
        ("benar.csv", True),
        ("salah.csv", False),
    ]


def test_a_long_list_goes_in_short_transactions(scene: Scene) -> None:
    by, given = scene.officer(1), said(TEN[0])
    rows = tuple(
        OutsideAnswers(digest=f"{place:064x}", day=TODAY, said=given) for place in range(2 * UNDO_BATCH)
    )
    scene.office.perform(ImportSurvey(rows=rows, batch=ListBatch(key="satu", file="panjang.csv")), by)
    (made,) = imports(scene)
    assert scene.office.perform(UndoSurveyImport(import_id=made.id), by) == UNDO_BATCH
    (half,) = imports(scene)
    assert (half.undone_at, board(scene).respondents) == (None, UNDO_BATCH)
    assert (
        undo_whole(made.id, AnswerLists().undo_command, lambda command: scene.office.perform(command, by))
        == UNDO_BATCH
    )
    assert board(scene).respondents == 0


def test_results_of_a_few_are_withheld(scene: Scene) -> None:
    def add(count: int) -> SurveyBoard:
        given = said("444444444", "Bagus", jenis_kelamin="L")
        for _n in range(count):
            scene.do(EnterPaperSurvey(said=given, day=TODAY))
        return board(scene)

    few = add(4)
    assert (few.respondents, few.index, few.profile, few.suggestions) == (4, None, (), ())
    enough = add(1)
    assert enough.index is not None
    assert {(each.question, each.choice, each.respondents) for each in enough.profile} >= {
        ("jenis_kelamin", "L", 5)
    }
    assert enough.suggestions == ("Bagus",) * 5
    assert board(scene, parse_period("2026-10")).respondents == 0


def test_the_sample_stands_for_the_visits_of_the_period(scene: Scene) -> None:
    for _n in range(12):
        scene.take("A")
        scene.visit()
    shown = board(scene)
    assert (shown.visits, shown.needed) == (12, 12)
    assert shown.period == period_of(TODAY, Span.MONTH)


def test_whose_survey_it_is_by_whatever_number(desks: Desks, served: Ticket) -> None:
    office = desks.scene.office
    case = desks.case()
    row = OnlineRow(name="Dedi", institution="SDN 1", detail="Mohon data")
    online = desks.do(AddRequest(source=OnlineSource.LETTER, row=row))

    def subject(text: str) -> dict[str, int | None]:
        return office.read(lambda tx: subject_fields(tx, text, office.clock()))

    assert subject(served.code) == {"ticket_id": served.id}
    assert subject(f" {case.number.lower()} ") == {"visit_id": case.visit_id}
    assert subject(online.number) == {"visit_id": online.visit_id}
    with pytest.raises(UserError, match="tidak ditemukan"):
        subject("X-1")


def test_an_online_request_is_judged_without_a_number(desks: Desks) -> None:
    row = OnlineRow(name="Dedi", institution="SDN 1", detail="Mohon data")
    online = desks.do(AddRequest(source=OnlineSource.LETTER, row=row))
    token = desks.do(ConfirmSurvey(visit_id=online.visit_id))
    assert (token.visit_id, token.state) == (online.visit_id, TokenState.CONFIRMED)
    desks.refused(ConfirmSurvey(visit_id=online.visit_id), words="kunjungan ini sudah diisi")


def test_a_number_served_before_there_were_visits(scene: Scene, served: Ticket) -> None:
    store_of(scene.office).write(
        lambda tx: tx.run("UPDATE visit SET ticket_id = NULL WHERE ticket_id = ?", served.id)
    )
    found = scene.office.read(lambda tx: survey_start(tx, served.label, scene.clock()))
    assert (found.ticket.label, len(found.elements), len(found.profile)) == (served.label, 9, 4)
    token = scene.kiosk.perform(FillSurvey(said=said(), ticket_id=found.ticket.ticket_id), KIOSK)
    assert token is not None
    assert token.state is TokenState.FILLED


def test_the_office_says_what_a_respondent_is_asked(scene: Scene, served: Ticket) -> None:
    settings = scene.office.read(office_rows.load).settings
    rules = msgspec.structs.replace(settings.survey, profile=("usia",))
    change = ChangeSettings(settings=msgspec.structs.replace(settings, survey=rules))
    scene.office.perform(change, scene.office.sign_in("admin", "rahasia-kita"))
    found = scene.office.read(lambda tx: survey_start(tx, served.label, scene.clock()))
    assert [question.key for question in found.profile] == ["usia"]
    paper = scene.office.read(lambda tx: blank_form(tx, BlankForm.SURVEY))
    assert len(paper.table) == 1 + len(found.elements) + 1


def test_the_other_weight_is_told_where_its_grade_is_another(scene: Scene) -> None:
    """Eight of all fours and seven of all threes: 477 points, A by a ninth, B by 0.111."""
    admin, day = scene.office.sign_in("admin", "rahasia-kita"), datetime.date(2026, 11, 23)

    def board() -> SurveyBoard:
        return scene.office.read(lambda tx: survey_board(tx, scene.clock()))

    for values in ("444444444",) * 8:
        scene.office.perform(EnterPaperSurvey(said=said(values), day=day), admin)
    assert (board().otherwise, otherwise_words(board())) == (None, "")
    for values in ("333333333",) * 7:
        scene.office.perform(EnterPaperSurvey(said=said(values), day=day), admin)
    found = board()
    assert found.index is not None
    assert str(found.index.index) == "88.33"
    assert otherwise_words(found) == "88,25, Mutu B · Baik, dengan bobot 0,111"
