"""The meaning of each of SQLite's errors, and the words a person gets."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from ult_desktop.base.errors import UserError
from ult_desktop.db.store import damage_flag, errors, key_ranges
from ult_desktop.db.store.errors import DamagedFile, ShareUnreachable, Unwritable
from ult_desktop.db.store.transaction import Transaction


def error(
    code: int, kind: type[sqlite3.Error] = sqlite3.OperationalError, words: str = "kata sqlite"
) -> sqlite3.Error:
    made = kind(words)
    made.sqlite_errorcode = code
    return made


@pytest.mark.parametrize(
    ("code", "kind", "what", "todo"),
    [
        (sqlite3.SQLITE_BUSY, ShareUnreachable, "sedang dipakai loket-2", "mulai ulang komputer"),
        (sqlite3.SQLITE_LOCKED, ShareUnreachable, "sedang dipakai loket-2", "mulai ulang komputer"),
        (sqlite3.SQLITE_FULL, Unwritable, "Penyimpanan penuh", "Kosongkan ruang"),
        (sqlite3.SQLITE_READONLY, Unwritable, "hanya dapat dibaca", "hak tulis"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, Unwritable, "hanya dapat dibaca", "folder"),
        (sqlite3.SQLITE_CORRUPT, DamagedFile, "bukan berkas kantor yang utuh", "ult-desktop repair"),
        (sqlite3.SQLITE_NOTADB, DamagedFile, "bukan berkas kantor yang utuh", "jangan menghapus"),
        (sqlite3.SQLITE_IOERR, ShareUnreachable, "Folder bersama tidak menjawab", "kabel"),
        (sqlite3.SQLITE_CANTOPEN, ShareUnreachable, "Folder bersama tidak menjawab", "kabel"),
    ],
)
def test_each_failure_has_its_words(code: int, kind: type[UserError], what: str, todo: str) -> None:
    told = errors.describe_failure(error(code), "office.db", "loket-2")
    assert type(told) is kind
    assert what in told.what
    assert told.safe
    assert todo in told.todo


def test_a_holder_without_a_name_is_another_station() -> None:
    assert "stasiun lain" in errors.describe_failure(error(sqlite3.SQLITE_BUSY), "office.db").what


def test_in_an_outage_nobody_is_told_to_make_a_new_office() -> None:
    assert "init" not in errors.file_missing("office.db").todo
    assert "ult-desktop init" in errors.no_file_yet("office.db").todo


@pytest.mark.parametrize("code", [sqlite3.SQLITE_IOERR_LOCK, sqlite3.SQLITE_IOERR_FSYNC])
def test_extended_codes_are_read_by_their_kind(code: int) -> None:
    assert errors.primary_code(error(code)) == sqlite3.SQLITE_IOERR


def test_bugs_are_not_waited_for() -> None:
    assert errors.is_bug(error(sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.IntegrityError))
    assert errors.is_bug(error(sqlite3.SQLITE_ERROR))
    assert errors.is_bug(sqlite3.ProgrammingError("closed"))
    assert not errors.is_bug(error(sqlite3.SQLITE_IOERR))


class BrokenOff(sqlite3.Connection):
    """A check that is interrupted just when SQLite opens the index of the texts."""

    @override
    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        raise error(sqlite3.SQLITE_ERROR, words="vtable constructor failed: faq_index")


def test_a_check_that_is_broken_off_in_an_index_is_no_damage() -> None:
    with closing(sqlite3.connect(":memory:", factory=BrokenOff)) as link:
        with pytest.raises(sqlite3.OperationalError, match="vtable"):
            damage_flag.has_sound_pages(link)
        assert (
            key_ranges.run_in_time(Transaction(link), lambda _tx: damage_flag.has_sound_pages(link)) is None
        )
    assert not errors.is_interrupted(error(sqlite3.SQLITE_ERROR))
    assert not errors.is_interrupted(error(sqlite3.SQLITE_CORRUPT, words="vtable constructor failed: x"))


def test_a_look_that_is_broken_off_as_a_pragma_is_opened_as_a_table_is_no_bug() -> None:
    """SQLite asks the authorizer just before it opens the table, and an interruption lasts while one runs."""
    with closing(sqlite3.connect(":memory:")) as link:
        link.execute("SELECT 1 FROM sqlite_schema").fetchall()
        running = link.execute("SELECT 1 UNION ALL SELECT 2")

        def authorize(*_asked: object) -> int:
            link.interrupt()
            return sqlite3.SQLITE_OK

        link.set_authorizer(authorize)
        with pytest.raises(sqlite3.OperationalError) as broken_off:
            link.execute("SELECT wr FROM pragma_table_list('ticket')")
        running.close()
    assert errors.primary_code(broken_off.value) == sqlite3.SQLITE_ERROR
    assert errors.is_interrupted(broken_off.value)


def test_a_replaced_file_is_not_final_but_a_read_only_one_is() -> None:
    assert errors.is_final(error(sqlite3.SQLITE_READONLY))
    assert not errors.is_final(error(sqlite3.SQLITE_READONLY_DBMOVED))


def test_text_that_is_no_utf8_is_damage() -> None:
    link = sqlite3.connect(":memory:")
    with pytest.raises(sqlite3.OperationalError, match="decode") as unreadable:
        link.execute("SELECT CAST(x'ff' AS TEXT)").fetchall()
    link.close()
    assert errors.is_damage(unreadable.value)


def test_a_file_that_is_gone_from_among_its_own_can_be_brought_back(tmp_path: Path) -> None:
    """An empty folder may be the bare ground of a share that is away."""
    path = tmp_path / "office.db"
    assert type(errors.file_missing(str(path))) is errors.ShareUnreachable
    (tmp_path / "office-jurnal").mkdir()
    assert type(errors.no_file_yet(str(path))) is errors.OfficeGone
