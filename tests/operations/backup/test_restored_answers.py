"""Surveys since last night's copy: that they were filled in comes from the journals, what from the disk."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.office import sign_in, stranger
from tests.operations.town import Town
from tests.survey import said
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.lists.commands import ListBatch
from ult_desktop.core.survey.commands import FillSurvey, ImportSurvey
from ult_desktop.core.survey.survey import OutsideAnswers
from ult_desktop.db.backup import carrying, journals
from ult_desktop.db.store.store import Store
from ult_desktop.operations.backup.restoring import restore

pytestmark = pytest.mark.file_only("copies")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    stands = Town(tmp_path)
    yield stands
    stands.close()


def answered(town: Town) -> list[tuple[object, ...]]:
    """All that stands of surveys, with the visits' steps that they filled in."""
    with closing(stranger(town.path)) as link:
        return [
            *link.execute("SELECT visit_id, state, day FROM survey_token ORDER BY 1"),
            *link.execute("SELECT * FROM survey_response ORDER BY id"),
            *link.execute("SELECT * FROM survey_answer ORDER BY 1, 2"),
            *link.execute("SELECT * FROM survey_suggestion ORDER BY id"),
            *link.execute("SELECT * FROM survey_import ORDER BY 1"),
            *link.execute("SELECT visit_id, kind, event, step FROM mark ORDER BY 1, 2, 3, 4"),
        ]


def fill_in(town: Town, suggestion: str) -> None:
    town.take("kios-1")
    label = town.serve()
    filled = FillSurvey(said=said(suggestion=suggestion), ticket_id=int(label.removeprefix("A")))
    town.offices["kios-1"].perform(filled, Actor(station="kios-1"))


def import_from_outside(town: Town) -> None:
    desk = town.offices["loket-1"]
    row = OutsideAnswers(digest="ab" * 32, day=date(2026, 1, 5), said=said(suggestion="Dari luar"))
    desk.perform(ImportSurvey(rows=(row,), batch=ListBatch(key="satu"), seed="rahasia"), sign_in(desk))


def lose_the_share(town: Town) -> None:
    """Each station lays its journal out and an hour's carrying follows; then nothing is left of the share."""
    for name, folder in town.pcs.items():
        journal = folder / f"journal-{name}.db"
        town.offices[name].settle()
        journals.write_day_files(journal, town.uid, journals.folder_of(town.path), town.now)
    store = Store(town.path)
    carrying.carry(store, town.disk)
    store.close()


def test_from_last_nights_copy_and_the_journals_on_the_disk_nothing_is_lost(town: Town) -> None:
    """No PC is left either: all that there is lies on the backup disk."""
    fill_in(town, "Sebelum salinan")
    town.back_up()
    fill_in(town, "Kursi kurang")
    import_from_outside(town)
    fill_in(town, "")
    lose_the_share(town)
    log, said_before = town.log(), answered(town)
    town.close()
    for place in (town.path.parent, *town.pcs.values()):
        shutil.rmtree(place)
    town.path.parent.mkdir()
    restored = restore(town.wish())
    assert town.log()[: len(log)] == log
    assert answered(town) == said_before
    assert (restored.answers, restored.unanswered, restored.replayed.lost) == (2, 0, 0)
    assert restored.replayed.refused == ()
    assert restored.verdict.findings == ()
    again = restore(town.wish(force=True))
    assert (answered(town), again.answers) == (said_before, 2)


def test_answers_that_nobody_kept_are_told(town: Town) -> None:
    """The survey was filled in, that stands; what was answered after the last hour's carrying is gone."""
    town.back_up()
    fill_in(town, "Kursi kurang")
    lose_the_share(town)
    fill_in(town, "Terlambat")
    town.close()
    town.path.unlink()
    restored = restore(town.wish("kios-1"))
    assert (restored.answers, restored.unanswered) == (1, 1)
    assert restored.verdict.findings == ()
    tokens = [row for row in answered(town) if "filled" in row]
    assert len(tokens) == 2
