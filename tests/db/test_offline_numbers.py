"""The kiosk's own file for the time without the share."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.office import connection_of, plain_link
from ult_desktop.base.errors import UserError
from ult_desktop.db.offline_numbers import OfflineJournal
from ult_desktop.db.store.journal import KEPT_MS, Journal, JournalEntry


@pytest.fixture
def book(tmp_path: Path) -> Iterator[OfflineJournal]:
    opened = OfflineJournal(tmp_path / "journal.db")
    yield opened
    opened.close()


def give(book: Journal, number: int, series: str = "AK", day: str = "2026-11-23", office: str = "u") -> str:
    request = f"{office}-{day}-{series}-{number}"
    arguments = f'{{"day":"{day}","series":"{series}","number":{number}}}'
    book.begin(JournalEntry(request, office, "MergeTicket", arguments, number, "kios", None))
    return request


def test_only_the_last_look_is_kept(book: OfflineJournal) -> None:
    assert book.kept_snapshot() == ""
    book.keep_snapshot("satu")
    book.keep_snapshot("dua")
    assert book.kept_snapshot() == "dua"
    again = OfflineJournal(book.path)
    assert again.kept_snapshot() == "dua"
    again.close()


@pytest.mark.parametrize("turned", [0, 17, -1])
def test_a_look_in_which_a_bit_turned_over_is_none(book: OfflineJournal, turned: int) -> None:
    """Such bytes may still be JSON of the right form, with a service that the office does not have."""
    book.keep_snapshot('{"services":{"6":"A"}}')
    with closing(plain_link(book.path)) as link, link:
        ((held,),) = link.execute("SELECT office FROM seen")
        broken = bytearray(held, "ascii")
        broken[turned] ^= 1
        link.execute("UPDATE seen SET office = ?", (broken.decode("ascii"),))
    assert book.kept_snapshot() == ""


def test_what_waits_is_found_without_the_months_work(book: OfflineJournal) -> None:
    with closing(plain_link(book.path)) as link:
        for index, name in (("given_alone", "MergeTicket"), ("noted_alone", "NoteCall")):
            text = f"SELECT 1 FROM work WHERE name = '{name}' AND outcome = 'open' LIMIT 1"
            assert index in str(link.execute(f"EXPLAIN QUERY PLAN {text}").fetchall())


def test_a_series_counts_for_itself_each_day_and_in_each_office(book: OfflineJournal) -> None:
    assert book.last_number("u", "2026-11-23", "AK") == 0
    for number in (1, 2, 11):
        give(book, number)
    give(book, 5, series="BK")
    give(book, 7, day="2026-11-22")
    give(book, 9, office="lain")
    assert book.last_number("u", "2026-11-23", "AK") == 11
    assert book.last_number("u", "2026-11-23", "BK") == 5


def test_what_is_merged_waits_no_more_but_its_number_is_gone(book: OfflineJournal) -> None:
    first, second = give(book, 1), give(book, 2)
    give(book, 3, office="lain")
    book.close_entry(second, "done")
    assert [each.request for each in book.waiting("u")] == [first]
    assert book.has_waiting()
    book.close_entry(first, "done")
    assert book.has_waiting(), "another office's"
    assert book.last_number("u", "2026-11-23", "AK") == 2


def test_a_start_does_not_settle_them_away(book: OfflineJournal) -> None:
    give(book, 1)
    book.begin(JournalEntry("r", "u", "IssueTicket", "{}", 1, "kios", None))
    assert book.open_requests("u") == ["r"]


def note(book: Journal, request: str, at: int) -> None:
    book.begin(JournalEntry(request, "u", "NoteCall", "{}", at, "loket", 1))


def test_notes_wait_beside_the_numbers(book: OfflineJournal) -> None:
    note(book, "n2", 2)
    note(book, "n1", 1)
    number = give(book, 9)
    assert [each.request for each in book.waiting("u")] == [number, "n1", "n2"]
    assert [each.request for each in book.noted_calls("u", "open")] == ["n1", "n2"]
    assert book.open_requests("u") == []


def test_a_refused_note_stays_until_it_is_read(book: OfflineJournal) -> None:
    note(book, "n", 1)
    book.close_entry("n", "refused", "Sudah dipanggil loket lain.")
    book.begin(JournalEntry("r", "u", "CallNext", "{}", 1, "loket", 1))
    book.close_entry("r", "refused", "Tidak ada yang menunggu.")
    book.forget_before(2 * KEPT_MS)
    (refused,) = book.noted_calls("u", "refused")
    assert (refused.request, refused.officer_id, refused.result) == ("n", 1, "Sudah dipanggil loket lain.")
    assert connection_of(book).execute("SELECT request FROM work").fetchall() == [("n",)]
    book.put_away("n")
    assert book.noted_calls("u", "refused") == ()
    book.forget_before(2 * KEPT_MS)
    assert connection_of(book).execute("SELECT request FROM work").fetchall() == []


def test_a_number_is_synced_before_it_is_shown(book: OfflineJournal) -> None:
    assert connection_of(book).execute("PRAGMA synchronous").fetchone() == (2,)
    give(book, 1)
    assert not connection_of(book).in_transaction


def test_a_month_of_requests_is_not_walked_through(book: OfflineJournal) -> None:
    said: list[str] = []
    connection_of(book).set_trace_callback(said.append)
    book.last_number("u", "2026-11-23", "AK")
    book.waiting("u")
    book.noted_calls("u", "refused")
    connection_of(book).set_trace_callback(None)
    plans = [connection_of(book).execute(f"EXPLAIN QUERY PLAN {sql}").fetchall() for sql in said]
    assert all("_alone" in plan[0][3] for plan in plans)


def test_a_disk_that_cannot_be_written_is_told(book: OfflineJournal) -> None:
    connection_of(book).execute("PRAGMA query_only = ON")
    with pytest.raises(UserError, match="tidak dapat ditulis"):
        give(book, 1)
    connection_of(book).execute("PRAGMA query_only = OFF")


def test_an_entry_whose_command_a_damaged_page_lost_is_listed_without_it(book: OfflineJournal) -> None:
    request = give(book, 1)
    with closing(plain_link(book.path)) as link:
        link.execute("PRAGMA writable_schema = ON")
        link.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'arguments TEXT NOT NULL', 'arguments TEXT')"
        )
        link.commit()
    with closing(plain_link(book.path)) as link, link:
        link.execute("PRAGMA ignore_check_constraints = ON")
        link.execute("UPDATE work SET arguments = NULL")
    assert [(entry.request, entry.arguments) for entry in book.waiting("u")] == [(request, "")]
    book.put_away(request)
    assert book.waiting("u") == ()
