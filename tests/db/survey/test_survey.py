"""The survey's rows: one token for a visit, results of a period through an index on the day."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.db.plan_judge import faults
from tests.db.rows import write_rows
from tests.office import store_of, trace_statements
from tests.survey import KEYS, said
from ult_desktop.core.lists.commands import ListBatch
from ult_desktop.core.survey.survey import OutsideAnswers, SurveyAnswers, SurveyMode, SurveyToken, TokenState
from ult_desktop.db import list_imports
from ult_desktop.db.store.connection import open_file
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.survey import survey
from ult_desktop.db.survey.survey import ResponseFiling
from ult_desktop.operations.office.office import Office

FIRST = date(2024, 1, 1)


def file_under(day: date, mode: SurveyMode = SurveyMode.KIOSK) -> ResponseFiling:
    return ResponseFiling(day=day.isoformat(), edition="skm-14-2017/1", mode=mode, service_id=1)


@pytest.fixture
def three_years(office: Office) -> Office:
    def write(tx: Transaction, month: int) -> None:
        for place in range(month * 365 // 12, (month + 1) * 365 // 12):
            mode = SurveyMode.ASSISTED if place % 10 == 0 else SurveyMode.KIOSK
            given = said("444444444" if place % 2 else "222222222", "Kursi", jenis_kelamin="P")
            filing = file_under(FIRST + timedelta(days=place), mode)
            survey.add_responses(tx, [survey.NewResponse(answers=given, filing=filing)])

    for month in range(3 * 12):
        write_rows(office, partial(write, month=month))
    return office


def test_a_period_counts_its_own_days_both_ends_included(three_years: Office) -> None:
    found = three_years.read(lambda tx: survey.result(tx, "2025-02-01", "2025-02-28"))
    assert (found.respondents, found.assisted, found.visits) == (28, 3, 0)
    assert {total.element: (total.answers, total.total) for total in found.totals} == dict.fromkeys(
        KEYS, (28, 14 * 6)
    )
    counts = {(each.question, each.choice): each.respondents for each in found.profile}
    assert counts[("jenis_kelamin", "P")] == 28
    assert counts[("usia", "")] == 28
    texts = three_years.read(lambda tx: survey.suggestions(tx, "2025-02-01", "2025-02-28"))
    assert texts == ("Kursi",) * 28


@pytest.mark.file_only("plans")
def test_no_result_walks_through_other_years(three_years: Office, office_file: Path) -> None:
    spoken: set[str] = set()
    trace_statements(store_of(three_years), spoken.add)
    three_years.read(lambda tx: survey.result(tx, "2025-02-01", "2025-02-28"))
    three_years.read(lambda tx: survey.suggestions(tx, "2025-02-01", "2025-02-28"))
    trace_statements(store_of(three_years), None)
    queries = [sql for sql in spoken if sql.startswith("SELECT") and "survey_" in sql]
    assert len(queries) >= 8
    link = open_file(office_file)
    assert {sql: wrong for sql in queries if (wrong := faults(link, sql))} == {}
    plan = link.execute(
        "EXPLAIN QUERY PLAN SELECT count(*) FROM survey_response r WHERE r.day >= ? AND r.day <= ?",
        ("2025-02-01", "2025-02-28"),
    ).fetchall()
    assert "survey_response_by_day (day>? AND day<?)" in plan[0][3]
    assert faults(link, "SELECT * FROM survey_response r WHERE r.mode = 'kiosk'")
    link.close()


def test_what_happened_last_stands_on_the_token(office: Office) -> None:
    def write(tx: Transaction) -> SurveyToken | None:
        visit = tx.insert("visit", day="2026-11-23", channel="tatap_muka", began_at=1)
        for at, state in enumerate((TokenState.OPEN, TokenState.FILLED)):
            survey.set_token(tx, SurveyToken(visit_id=visit, state=state, at=at), "2026-11-23")
        return survey.token_of(tx, visit)

    token = write_rows(office, write)
    assert token is not None
    assert (token.state, token.at) == (TokenState.FILLED, 1)


def test_a_row_from_outside_is_known_the_second_time(office: Office) -> None:
    """By its answers, or by the cells of the whole row."""
    nothing = SurveyAnswers(answers={})
    rows = [
        OutsideAnswers(digest=new * 64, whole=old * 64, day=date(2026, 11, 20), said=nothing)
        for new, old in ("ab", "cd", "ef")
    ]

    def remember(tx: Transaction) -> None:
        import_id = list_imports.begin(tx, "survei", ListBatch(key="satu", file="jawaban.csv"), 1, None)
        known = [OutsideAnswers(digest=each * 64, day=date(2026, 11, 20), said=nothing) for each in "ad"]
        survey.remember_rows(tx, known, import_id)

    write_rows(office, remember)
    assert office.read(lambda tx: survey.known_rows(tx, rows)) == {
        "a" * 64: "jawaban.csv",
        "c" * 64: "jawaban.csv",
    }
