"""Answers given after a backup lie beside it, and go back into an office that lacks them, once."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.survey import said
from ult_desktop.core.survey.survey import SurveyMode
from ult_desktop.db.backup import answer_backup, backup
from ult_desktop.db.office import office
from ult_desktop.db.store.store import Store
from ult_desktop.db.survey import survey
from ult_desktop.db.survey.survey import ResponseFiling

pytestmark = pytest.mark.file_only("copies")

TABLES = ("survey_response", "survey_answer", "survey_suggestion")


class AnsweringOffice:
    """An office file that answers come into, and its backup of before."""

    def __init__(self, office_file: Path, folder: Path) -> None:
        self.store = Store(office_file)
        self.answer("sebelum")
        self.backup = folder / "office-20261123T021320Z.db"
        backup.copy_online(office_file, self.backup)
        self.uid = self.store.read(office.uid_of)

    def answer(self, suggestion: str = "", mode: SurveyMode = SurveyMode.KIOSK, service: int = 1) -> None:
        filing = ResponseFiling(day="2026-11-23", edition="skm-14-2017/1", mode=mode, service_id=service)
        new = survey.NewResponse(answers=said("434444444", suggestion), filing=filing)
        self.store.write(lambda tx: survey.add_responses(tx, [new]))

    @property
    def beside(self) -> Path:
        return self.backup.with_suffix(".jawaban")

    def copy_new(self) -> int:
        return answer_backup.copy_new(self.store.read, self.backup)

    def put_back(self, uid: str = "") -> int:
        """Into the backup, as if it were the draft of a rebuilt office."""
        draft = Store(self.backup)
        found = answer_backup.restore_answers(draft.write, self.backup.parent, uid or self.uid)
        draft.close()
        return found

    def rows_of(self, path: Path) -> list[list[tuple[object, ...]]]:
        with closing(sqlite3.connect(path)) as link:
            return [link.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES]


@pytest.fixture
def asked(office_file: Path, tmp_path: Path) -> Iterator[AnsweringOffice]:
    office = AnsweringOffice(office_file, tmp_path)
    yield office
    office.store.close()


@pytest.mark.parametrize("at_once", [1, 200])
def test_what_came_after_the_backup_comes_back_once(
    asked: AnsweringOffice, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(answer_backup, "AT_ONCE", at_once)
    for suggestion in ("Kursi kurang", "", "Kursi kurang"):
        asked.answer(suggestion)
    asked.answer(mode=SurveyMode.OUTSIDE)
    assert asked.copy_new() == 4
    assert asked.rows_of(asked.backup) != asked.rows_of(asked.store.path)
    assert asked.put_back() == 3, "of the office's own visitors"
    assert asked.rows_of(asked.backup) == asked.rows_of(asked.store.path)
    assert asked.put_back() == 0
    assert asked.rows_of(asked.backup) == asked.rows_of(asked.store.path)


def test_it_tells_no_order_and_nothing_of_before(asked: AnsweringOffice) -> None:
    for number in range(20):
        asked.answer(f"ke-{number:02}")
    asked.copy_new()
    kept = answer_backup._decode(asked.beside.read_bytes())
    texts = [row.text for row in kept.suggestions]
    assert sorted(texts) == [f"ke-{number:02}" for number in range(20)]
    assert texts != sorted(texts)
    assert [row.id for row in kept.responses] == sorted(row.id for row in kept.responses)


def test_another_offices_and_unreadable_ones_are_passed_over(asked: AnsweringOffice) -> None:
    asked.answer()
    asked.copy_new()
    assert asked.put_back("lain") == 0
    asked.beside.with_name("rusak.jawaban").write_bytes(b"{")
    assert asked.put_back() == 1


def test_answers_about_a_service_that_did_not_come_back(
    asked: AnsweringOffice, caplog: pytest.LogCaptureFixture
) -> None:
    asked.answer()
    asked.copy_new()
    kept = asked.beside.read_bytes().replace(b'"service_id":1', b'"service_id":99')
    asked.beside.write_bytes(kept)
    assert asked.put_back() == 0
    assert "is left out: the office has no service 99" in caplog.text


def test_they_go_with_their_backup(asked: AnsweringOffice) -> None:
    asked.copy_new()
    answer_backup.delete_orphans(asked.backup.parent)
    assert asked.beside.exists()
    asked.backup.unlink()
    answer_backup.delete_orphans(asked.backup.parent)
    assert not asked.beside.exists()
