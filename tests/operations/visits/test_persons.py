"""A group is one visit and one number; how many came is counted wherever persons are."""

from datetime import date

import msgspec
import pytest

from tests.operations.accountability.accounting import by_letter
from tests.operations.desks import Desks
from ult_desktop.core.figures.day import Cell
from ult_desktop.core.figures.figures import Figures, figure_column, sum_figures
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.db.figures import days
from ult_desktop.db.privacy import subjects
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import guests, visits
from ult_desktop.operations.office.office import today_of
from ult_desktop.operations.privacy.guest_book import book_sheet, book_table, unmasked_book


def counted(desks: Desks) -> Figures:
    day = today_of(desks.scene.office)

    def made(tx: Transaction) -> tuple[Cell, ...]:
        return days.cells_from_rows(tx, day)

    return sum_figures(cell.figures for cell in desks.scene.office.read(made))


def test_ten_teachers_are_one_visit_of_ten_persons(desks: Desks) -> None:
    desks.visitor("Budi Kepala")
    group = desks.visitor("Ani Guru")
    before = counted(desks)
    desks.do(SignGuestBook(visit_id=group, name="Ani Guru", institution="SDN 1", persons=10))
    after = counted(desks)
    assert (after.visits, after.persons) == (before.visits, before.persons + 9)
    assert figure_column("persons").value(after, after) == after.persons


def test_the_book_has_them_on_paper_and_in_a_column(desks: Desks) -> None:
    alone, group = desks.visitor("Budi Kepala"), desks.visitor("Ani Guru")
    desks.do(SignGuestBook(visit_id=group, name="Ani Guru", persons=10))
    day = date.fromisoformat(today_of(desks.scene.office))
    book = unmasked_book(day, day, desks.scene.office, desks.actor("siti"))
    table = book_table(book)
    place = [column.words for column in table.columns].index("Jumlah orang")
    assert {row[0]: row[place] for row in table.rows} == {alone: 1, group: 10}
    papers = ["\n".join(line.words) for line in book_sheet(book).table[1:]]
    assert ["Jumlah orang: 10" in paper for paper in papers] == [False, True]


def test_the_subjects_copy_says_how_many(desks: Desks) -> None:
    group = desks.visitor("Ani Guru")
    desks.do(SignGuestBook(visit_id=group, name="Ani Guru", persons=10))
    held = desks.scene.office.read(lambda tx: tuple(subjects.records_of(tx, group)))
    assert ("guest", "persons", "10") in [(each.part, each.field, each.value) for each in held]


@pytest.mark.parametrize("persons", [0, -1, 1000])
def test_a_number_that_no_group_has_is_refused_in_words(desks: Desks, persons: int) -> None:
    command = SignGuestBook(visit_id=desks.visitor("Ani Guru"), name="Ani Guru", persons=persons)
    desks.refused(command, "siti", "Isian “Jumlah orang”: tulis angka dari 1 sampai 999.")


def test_two_guests_on_one_number_stay_two(desks: Desks) -> None:
    """The second "visit guest" wrote over the first without a word."""
    visit_id = desks.visitor("Ani Guru")
    second = SignGuestBook(visit_id=visit_id, name="Budi Kepala", institution="SDN 2")
    desks.refused(second, "siti", "Buku tamu nomor ini sudah atas nama Ani Guru")
    both = SignGuestBook(visit_id=visit_id, name="Ani Guru", companions="Budi Kepala (SDN 2); Citra")
    desks.do(both)
    line = desks.scene.office.read(lambda tx: visits.guest_of(tx, visit_id))
    assert line is not None
    assert (line.name, line.companions, line.persons) == ("Ani Guru", "Budi Kepala (SDN 2); Citra", 3)
    desks.do(msgspec.structs.replace(second, instead=True))
    line = desks.scene.office.read(lambda tx: visits.guest_of(tx, visit_id))
    assert line is not None
    assert line.name == "Budi Kepala"


def test_a_title_that_two_guests_share_makes_them_no_one_guest(desks: Desks) -> None:
    visit_id = desks.visitor("Pak Andi, S.Pd.")
    desks.refused(
        SignGuestBook(visit_id=visit_id, name="Pak Budi, S.Pd."),
        "siti",
        "Buku tamu nomor ini sudah atas nama Pak Andi",
    )
    desks.do(SignGuestBook(visit_id=visit_id, name="Drs. H. Andi Wijaya"))


def test_who_is_asked_for_and_not_there_is_said_at_once(desks: Desks) -> None:
    """The name was free text, and the visitor waited for somebody on leave."""
    office = desks.scene.office

    def said(meets: str) -> str:
        visit_id = desks.visitor("Ani Guru")
        desks.do(SignGuestBook(visit_id=visit_id, name="Ani Guru", meets=meets))
        card = office.read(lambda tx: guests.visit_card(tx, visit_id))
        assert card is not None
        return card.meets_absent

    assert said("Ibu Siti") == ""  # at counter 1
    assert said("Subbag Umum") == ""
    desks.id("bela")
    assert said("Bela") == ""
    desks.do(by_letter("bela", "bono"), "kepala")
    assert said("Ibu Bela") == "Bela Back tidak ada hari ini; digantikan Bono Back."
    umar = "Umar Unit belum masuk di program hari ini."
    assert said("Pak Umar") == umar
