"""Where the visitors of months and years came from, and how long they waited, however it is read."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.db.figures.test_spans import is_kept, keep
from tests.office import store_of, trace_statements
from tests.operations.scene import Scene
from ult_desktop.core.figures.figures import Spread
from ult_desktop.core.figures.period import Period, days_between
from ult_desktop.core.queue import commands
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.db.figures import origins
from ult_desktop.db.figures.origins import FIELDS, Origin, OriginField

if TYPE_CHECKING:
    from collections.abc import Callable

YEARS = days_between(date(2026, 1, 1), date(2028, 12, 31))
PERIODS = (
    YEARS,
    days_between(date(2026, 12, 1), date(2028, 1, 31)),
    days_between(date(2026, 12, 15), date(2027, 12, 30)),
    days_between(date(1, 1, 1), date(2026, 11, 1)),
)
HOME, SCHOOL = "Kab. Malinau", "SD 003"
MINUTE = 60_000


@pytest.fixture(scope="module")
def past(begun: Scene) -> None:
    """Days of fifteen months with two visitors each, one of whom is held a while; what has ended is kept."""
    for day in ("2026-11-30", "2026-12-01", "2027-03-15", "2027-12-31", "2028-01-03", "2028-02-10"):
        begun.set_time(f"{day} 09:00")
        begun.sit(1)
        come(begun, HOME, SCHOOL)
        held = come(begun, "Kota Tarakan", "")
        begun.later(10)
        begun.visit()
        begun.do(commands.Hold(ticket_id=held))
        begun.later(30)
        begun.do(commands.Resume(ticket_id=held))
        begun.later(7)
        begun.visit()
    keep(begun)


def come(scene: Scene, regency: str, institution: str) -> int:
    ticket = scene.take()
    book = SignGuestBook(ticket_id=ticket.id, name="Ani", regency=regency, institution=institution)
    scene.office.perform(book, scene.officer(1))
    return ticket.id


def told(scene: Scene, period: Period, field: OriginField = "regency") -> dict[str, Origin]:
    return origins.of_period(scene.office.read, period, field, with_waits=True)


def test_waits_are_told_without_the_time_that_a_number_was_held(scene: Scene) -> None:
    day = days_between(date(2027, 3, 15), date(2027, 3, 15))
    found = told(scene, day)
    assert {name: each.visits for name, each in found.items()} == {HOME: 1, "Kota Tarakan": 1}
    assert found[HOME].waits == Spread.of([found[HOME].waits.total_ms])
    assert {name: each.waits.total_ms // MINUTE for name, each in found.items()} == {
        HOME: 10,
        "Kota Tarakan": 17,
    }
    assert told(scene, day, "institution") == {SCHOOL: found[HOME]}


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("field", FIELDS)
def test_what_is_kept_is_what_the_rows_make(scene: Scene, period: Period, field: OriginField) -> None:
    kept = told(scene, period, field)
    assert [is_kept(scene, name) for name in ("2026-12", "2027", "2028-01")] == [True] * 3
    store_of(scene.office).write(lambda tx: tx.run("DELETE FROM figured_span"))
    assert told(scene, period, field) == kept
    counted = origins.of_period(scene.office.read, period, field, with_waits=False)
    assert counted == {name: Origin(each.visits, each.cases) for name, each in kept.items()}


def test_what_changes_a_visitor_s_origin_takes_month_and_year_with_it(scene: Scene) -> None:
    visit = "(SELECT min(id) FROM visit WHERE day = '2027-03-15')"
    case = (
        "INSERT INTO casefile (id, year, serial, number, visit_id, state, opened_at, owner_id, detail)"
        f" VALUES (1, 2027, 1, '1', {visit}, 'open', 0, 2, 'Tanya')"
    )
    changes: dict[str, Callable[[dict[str, Origin]], bool]] = {
        f"UPDATE guest SET regency = '' WHERE visit_id = {visit}": lambda found: found[HOME].visits == 5,
        f"UPDATE guest SET regency = 'Kab. Berau' WHERE visit_id = {visit}": lambda found: (
            "Kab. Berau" in found
        ),
        case: lambda found: found["Kab. Berau"].cases == 1,
    }
    for change, holds in changes.items():
        store_of(scene.office).write(lambda tx, change=change: tx.run(change))  # type: ignore[misc]
        assert [is_kept(scene, name) for name in ("2027-02", "2027-03", "2027")] == [True, False, False]
        left = scene.office.read(lambda tx: tx.column("SELECT DISTINCT span FROM span_origin ORDER BY span"))
        assert not {"2027-03", "2027"} & set(left)
        found = told(scene, YEARS)
        assert holds(found)
        keep(scene)
        assert is_kept(scene, "2027")
        assert told(scene, YEARS) == found


def test_origins_that_the_rows_do_not_make_are_found(scene: Scene) -> None:
    change = "UPDATE span_origin SET waits_3 = waits_3 + 1 WHERE span = '2027-12' AND field = 'regency'"
    store_of(scene.office).write(lambda tx: tx.run(change))
    trace_statements(store_of(scene.office), None)  # it walks on purpose
    found = {(each.check, each.detail) for each in scene.office.verify().findings}
    assert {("figures", "2027-12"), ("figures", "2027")} <= found
    for span in ("2027-12", "2027"):
        store_of(scene.office).write(partial(origins.keep, span=span))
