"""Every search box finds a person, however name and telephone number are written."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC

import pytest

from tests.operations.desks import Desks
from tests.program import ROOT
from ult_desktop.core.cases.case_views import CaseFilter
from ult_desktop.core.cases.commands import Escalate, OpenCase
from ult_desktop.core.cases.escalation import CaseDesk
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.db.cases.case_views import inbox
from ult_desktop.db.visits import guests
from ult_desktop.operations import lookup
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.visits.returning_visitors import find_cases, find_returning, find_subject_visits
from ult_desktop.ui.counter.cases.inbox_page import inbox_row
from ult_desktop.ui.counter.cases.page import read_cases
from ult_desktop.ui.counter.frame.palette import search_office
from ult_desktop.ui.counter.visits.visit_view import visit_row
from ult_desktop.ui.kit.lists import ListRow
from ult_desktop.ui.kit.lists.record_list import RowModel

NAME, PHONE = "Dr. Hj. Nur’aini José Rahmawati, S.Pd., M.Si.", "+62 812-3456-7890"
NAMES = [
    *("Nur'aini", "NURAINI", "nur`aini jose", "rahmawati", "Rahmawati, Nuraini", "Ibu Nur aini, M.Si."),
    *(
        "jose\u0301 rahma",
        "\u200eNur\u02bcaini\u200b",
        "Nur aini Rahmawati",
        "rahmawati nur aini",
        "Nuraini Jo",
    ),
]
PHONES = [
    *("081234567890", "0812 3456 7890", "0812-3456-7890", "+62 (0)812 3456 7890", "6281234567890"),
    *("\u202a+62 812\u20113456\u20117890\u202c", "0812.3456.7890", "0812\u00a03456\u00a07890"),
]
Box = Callable[[Office, str], object]


def sifted(rows: Iterable[ListRow], text: str) -> int:
    """The number of rows that a list of the counter shows for a text."""
    model = RowModel()
    model.show_rows(list(rows))
    model.search(text)
    return model.rowCount()


def in_guests(office: Office, text: str) -> object:
    now = office.clock()
    day = office.read(lambda tx: lookup.today(tx, now))
    lines = office.read(lambda tx: guests.of_day(tx, day))
    return sifted((visit_row(each, to_datetime(now, UTC)) for each in lines), text)


def in_inbox(office: Office, text: str) -> object:
    now, desk = office.clock(), (CaseDesk.BACK_OFFICE,)
    items = office.read(lambda tx: inbox(tx, (), desk, now)).items
    return sifted([inbox_row(item, to_datetime(now, UTC), None) for item in items], text)


def in_cases(office: Office, text: str) -> object:
    return read_cases(0, CaseFilter(text=text), None, office).rows


def in_palette(office: Office, text: str) -> object:
    found = search_office(office, CaseFilter(text=text), frozenset({"guests", "cases"}))
    return found.guest_rows and found.cases


BOXES: dict[str, Box] = {
    "Tamu": in_guests,
    "Kotak masuk": in_inbox,
    "Permohonan": in_cases,
    "Ctrl+K": in_palette,
    "Buku tamu, pernah datang": find_returning,
    "Subjek data": find_subject_visits,
    "Kelanjutan dari, case list": lambda office, text: find_cases(office, CaseFilter(text=text)),
}


@pytest.fixture
def office(desks: Desks) -> Office:
    visit_id = desks.visitor()
    desks.do(SignGuestBook(visit_id=visit_id, name=NAME, phone=PHONE, remember=True, instead=True))
    case = desks.do(OpenCase(visit_id=visit_id, detail="Tunjangan"))
    desks.do(Escalate(case_id=case.id, instruction="Mohon dicek"))
    return desks.scene.office


@pytest.mark.parametrize("box", BOXES)
def test_each_box_finds_the_person(office: Office, box: str) -> None:
    for text in (*NAMES, *PHONES):
        assert BOXES[box](office, text), text
    for text in ("Nurlaila", "081234567891", "Nuraini Dewi"):
        assert not BOXES[box](office, text), text


def test_there_is_no_other_search_box() -> None:
    """Each place where something is searched for uses the one module, or a list that does."""
    asks = re.compile(r"laceholder\w*\(_\(\"Cari|AccessibleName\(_\(\"Cari")
    folder = ROOT / "ult_desktop" / "ui"
    own = {path for path in folder.rglob("*.py") if asks.search(path.read_text("utf-8"))}
    using = {path for path in own if "searching" in path.read_text("utf-8")}
    assert {path.name for path in own - using} == set()
