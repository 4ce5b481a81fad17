"""ReturningVisitor visitors: the search of the guest book, bounded and mindful of consent."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.db.plan_judge import slow
from tests.office import trace_statements
from ult_desktop.core.visits.visit import Guest, VisitChannel
from ult_desktop.db.store.connection import file_link
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import guests, visits

TODAY = "2026-11-23"


@pytest.fixture
def store(office_file: Path) -> Iterator[Store]:
    opened = Store(office_file)
    yield opened
    opened.close()


def sign(tx: Transaction, name: str, day: str = "2026-10-01", **more: object) -> int:
    """A line of the guest book; later lines are younger."""
    new = visits.NewVisit(day=day, channel=VisitChannel.FACE_TO_FACE, began_at=1000)
    visit_id = visits.insert(tx, new, None)
    said = {"institution": "", "phone": "", "remember": True, **more}
    guest = Guest(
        visit_id=visit_id, name=name, regency="Kota Tarakan", email="", occupation="", meets="",
        letter_number="", letter_date="", entered_by="officer", at=1000 + visit_id, **said,  # type: ignore[arg-type]
    )  # fmt: skip
    visits.write_guest(tx, guest)
    return visit_id


def found(store: Store, text: str, phone_index: str = "") -> list[tuple[str, str]]:
    lines = store.read(lambda tx: guests.find_returning(tx, text, TODAY, phone_index))
    return [(line.name, line.institution) for line in lines]


def test_the_latest_line_of_each_person_comes_newest_first(store: Store) -> None:
    def write(tx: Transaction) -> None:
        sign(tx, "Dedi Kurniawan", institution="SDN 1", phone="0812")
        sign(tx, "Dedi Kurniawan", institution="SMPN 2", phone="0812")
        sign(tx, "dedi Prasetyo", institution="Disdik")
        sign(tx, "Ani", institution="SDN 3")

    store.write(write)
    assert found(store, "dedi") == [("dedi Prasetyo", "Disdik"), ("Dedi Kurniawan", "SMPN 2")]
    assert found(store, "ANI") == [("Ani", "SDN 3")]
    assert found(store, "de") == []
    assert found(store, "zzz") == []


def test_the_whole_telephone_finds_too_and_odd_names_do(store: Store) -> None:
    def write(tx: Transaction) -> None:
        sign(tx, "Sri 🌺 Wahyuni", phone="08123456789")
        sign(tx, "100% Guru")

    store.write(write)
    assert found(store, "08123456789") == [("Sri 🌺 Wahyuni", "")]
    assert found(store, "0812") == found(store, "+62") == []
    assert found(store, "0812 3456 789") == found(store, "(+62) 0812-3456.789") == [("Sri 🌺 Wahyuni", "")]
    assert found(store, "Sri 🌺") == [("Sri 🌺 Wahyuni", "")]
    assert found(store, "100") == found(store, "100%") == [("100% Guru", "")]


@pytest.mark.parametrize("typed", ["081234567890", "0812 3456 7890", "0812-3456-7890", "+62 812 3456 7890"])
def test_a_telephone_is_found_however_it_is_written(store: Store, typed: str) -> None:
    store.write(lambda tx: sign(tx, "Ani", phone="+6281234567890"))
    store.write(lambda tx: sign(tx, "Budi", phone="081234567890"))
    assert sorted(found(store, typed)) == [("Ani", ""), ("Budi", "")]


def test_a_sealed_telephone_is_found_by_its_index_alone(store: Store) -> None:
    def write(tx: Transaction) -> None:
        sign(tx, "Ani", phone="s1:1:AAAA", phone_index="11")
        sign(tx, "Ani", phone="s1:1:BBBB", phone_index="11", institution="SDN 1")
        sign(tx, "Ani", phone="s1:1:CCCC", phone_index="22", institution="SDN 2")

    store.write(write)
    assert found(store, "0812345", "11") == [("Ani", "SDN 1")]
    assert found(store, "0812345") == []
    assert found(store, "Ani") == [("Ani", "SDN 2"), ("Ani", "SDN 1")]


def test_who_did_not_agree_is_known_only_on_the_same_day(store: Store) -> None:
    def write(tx: Transaction) -> None:
        sign(tx, "Budi Lama", remember=False)
        sign(tx, "Budi Hari Ini", day=TODAY, remember=False)

    store.write(write)
    assert found(store, "Budi") == [("Budi Hari Ini", "")]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Dra. Hj. Siti Nur'aini, S.Pd., M.Si.", "siti nuraini"),
        ("Dra. Hj. Siti Nur'aini, S.Pd., M.Si.", "Ibu Nur\u2019Aini"),
        ("Siti Nuraini", "Hj. Siti Nur Aini, M. Pd."),
        ("Ahmad Ma\u02bcruf", "H. Ma`ruf"),
        ("Jos\u00e9 Ximenes", "JOSE"),
        ("Jose", "Jos\u00e9"),
        ("Budi Santoso", "santoso, budi"),
        ("Nur-Aini Putri", "nuraini putri"),
        ("H.Ali Rahman, A.Md.Keb", "ali rah"),
        ("Mei Lestari", "mei les"),
        ("Na", "na"),
        ("山田太郎", "山田"),
        ("عبد الله", "عَبد"),
        ("Prof. Dr.", "prof"),
    ],
)
def test_a_person_is_found_however_the_name_is_written(store: Store, name: str, typed: str) -> None:
    store.write(lambda tx: [sign(tx, each) for each in (name, "Nadia Li", "Sitepu")])
    assert found(store, typed) == [(name, "")]


def test_a_name_is_found_while_it_stands_and_no_longer(store: Store) -> None:
    visit_id, other = store.write(lambda tx: (sign(tx, "Ani Guru"), sign(tx, "Budi")))
    moved = visits.NewVisit(day=TODAY, channel=VisitChannel.FACE_TO_FACE, began_at=1)
    to_id = store.write(lambda tx: visits.insert(tx, moved, None))
    store.write(lambda tx: visits.move_rows(tx, visit_id, to_id))
    assert found(store, "guru") == [("Ani Guru", "")]
    store.write(lambda tx: tx.update("guest", {"visit_id": to_id}, name="dihapus menurut jadwal"))
    assert found(store, "guru") == found(store, "dihapus") == found(store, "menurut jadwal") == []
    assert found(store, "budi") == [("Budi", "")]
    left = store.read(lambda tx: tx.column("SELECT DISTINCT holder FROM name_key"))
    assert left == [other]


@pytest.mark.file_only("plans")
def test_the_search_is_bounded_and_walks_no_history(store: Store) -> None:
    store.write(lambda tx: [sign(tx, f"Rahmat {n:03d}") for n in range(60)])
    said: set[str] = set()
    trace_statements(store, said.add)
    assert len(found(store, "Rahmat")) == guests.MAX_FOUND
    assert found(store, "005 rahmat") == [("Rahmat 005", "")]
    assert found(store, "0812345") == found(store, "0812345", "11") == []
    trace_statements(store, None)
    assert store.on_connection(lambda link: slow(file_link(link), said)) == {}


def test_a_visit_that_is_not_there(store: Store) -> None:
    assert store.read(lambda tx: guests.visit_card(tx, 99)) is None


def test_a_visit_without_a_procedure_has_its_words_as_they_stand(store: Store) -> None:
    def write(tx: Transaction) -> None:
        new = visits.NewVisit(day=TODAY, channel=VisitChannel.FACE_TO_FACE, began_at=1000)
        visits.set_purpose(tx, visits.insert(tx, new, None), "titip surat")

    store.write(write)
    (line,) = store.read(lambda tx: guests.of_day(tx, TODAY))
    assert line.purpose == "titip surat"
    assert store.read(lambda tx: guests.by_ids(tx, (line.id, 99))) == (line,)
    card = store.read(lambda tx: guests.visit_card(tx, line.id))
    assert card is not None
    assert (card.procedure, card.purpose, card.lacks_letter) == ("", "titip surat", False)
