"""The guest book of a period: in clear for who may open it, with a trace."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.operations.desks import Desks
from tests.operations.scene import Scene
from tests.personal import like_a_kiosk, rows
from tests.reports.pdf_words import pages_and_words
from tests.workbooks import first_sheet
from ult_desktop.base import formats
from ult_desktop.base.errors import UserError
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.db.privacy import personal
from ult_desktop.operations.office.office import today_of
from ult_desktop.operations.privacy.guest_book import (
    MOST_ON_PAPER,
    GuestBook,
    book_sheet,
    book_table,
    unmasked_book,
)
from ult_desktop.reports.forms import ReportForm, table_bytes
from ult_desktop.reports.sheet import sheet_pdf

PHONE = "081100000011"


@pytest.fixture
def desks(office_file: Path) -> Iterator[Desks]:
    scene = Scene(office_file)
    scene.sit(1)
    yield Desks(scene)
    scene.close()


@pytest.fixture
def visit_id(desks: Desks) -> int:
    visit_id = desks.visitor("Budi Kepala")
    desks.do(
        SignGuestBook(
            instead=True, visit_id=visit_id, name="=Budi", institution="SDN 1", phone=PHONE, meets="Kasubag"
        )
    )
    return visit_id


def today(desks: Desks) -> date:
    return date.fromisoformat(today_of(desks.scene.office))


def opened(desks: Desks, first: date, last: date, login: str = "siti") -> GuestBook:
    return unmasked_book(first, last, desks.scene.office, desks.actor(login))


def traces(desks: Desks) -> list[tuple[str, str]]:
    now = desks.scene.clock.now
    found = rows(desks.scene.office, lambda tx: personal.openings_between(tx, now - 60_000, now + 1))
    return [(line.officer, line.what) for line in found]


def test_it_is_opened_in_clear_and_that_is_kept(desks: Desks, visit_id: int) -> None:
    day = today(desks)
    (line,) = opened(desks, day, day).lines
    assert (line.visit_id, line.name, line.phone, line.meets) == (visit_id, "=Budi", PHONE, "Kasubag")
    ((_officer, what),) = traces(desks)
    assert what == f"guest_book:{day}--{day}"
    assert desks.scene.events()[-1].kind == "personal.guest_book_opened"


def test_another_day_has_other_guests(desks: Desks, visit_id: int) -> None:
    before = today(desks) - timedelta(days=1)
    assert visit_id
    assert opened(desks, before - timedelta(days=30), before).lines == ()


def test_whoever_may_not_or_has_no_key_sees_nothing(desks: Desks, visit_id: int) -> None:
    day = today(desks)
    assert visit_id
    with pytest.raises(UserError, match="tidak berwenang"):
        opened(desks, day, day, "joko")
    with like_a_kiosk(desks.scene.office), pytest.raises(UserError, match="belum terbuka"):
        opened(desks, day, day)
    assert traces(desks) == []


@pytest.mark.parametrize(("first", "last"), [(0, -1), (-366, 0)])
def test_a_period_that_is_none_or_too_long(desks: Desks, first: int, last: int) -> None:
    day = today(desks)
    with pytest.raises(UserError, match="paling lama setahun"):
        opened(desks, day + timedelta(days=first), day + timedelta(days=last))
    assert traces(desks) == []


def test_as_signed_paper_as_workbook_and_as_list(desks: Desks, visit_id: int) -> None:
    day = today(desks)
    book = opened(desks, day, day)
    pages, words = pages_and_words(sheet_pdf(book_sheet(book)))
    assert (pages, PHONE in words, "Jumlah:1" in words, "Kepala" in words) == (1, True, True, True)
    assert f"{''.join(formats.format_date(day, 'long').split())}Kepala" in words
    assert words.upper().count("BUKUTAMU") == 2  # above, and at the foot beside the page's number
    sheet = first_sheet(table_bytes(book_table(book), ReportForm.WORKBOOK))
    line = sheet.line()
    assert (line["Nomor kunjungan"], line["Telepon"], line["Nama"]) == (visit_id, PHONE, "=Budi")
    assert isinstance(line["Datang"], datetime)
    assert (line["Tanggal"], sheet.frozen) == (day, "B2")
    assert f"{visit_id};{day};{day} " in table_bytes(book_table(book), ReportForm.LIST).decode("utf-8-sig")


def test_too_many_guests_for_paper_go_into_a_workbook(desks: Desks, visit_id: int) -> None:
    day = today(desks)
    book = opened(desks, day, day)
    long = book._replace(lines=book.lines * (MOST_ON_PAPER + 1))
    assert visit_id
    with pytest.raises(UserError, match="terlalu panjang untuk PDF"):
        book_sheet(long)
    assert len(book_table(long).rows) == MOST_ON_PAPER + 1
