"""A counter that starts deletes what only its PC has of people, and is old by the office's time."""

import os
import tempfile
import time
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.app import test_printed_sheets
from tests.app.test_printed_sheets import Desk
from tests.clocks import undoubted
from tests.office import make_office
from ult_desktop.app import counter
from ult_desktop.base.paths import drafts_path
from ult_desktop.core.office_time import TimeWitnesses
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.store.clock import own_ms
from ult_desktop.db.store.drafts import KEPT_MS, DraftKey, Drafts
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.visits.documents import new_copy_folder

pytestmark = pytest.mark.usefixtures("own_home")
KEY = DraftKey(officer_id=2, form="guest-book", subject="7")


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a document that was opened two hours ago."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = new_copy_folder()
    os.utime(made, (time.time() - 7200,) * 2)
    return made


def test_old_drafts_and_copies_are_gone_once_the_office_is_open(
    tmp_path: Path, qtbot: QtBot, copy: Path
) -> None:
    drafts = drafts_path("loket-1")
    with closing(Drafts(drafts)) as before:
        before.keep(KEY, "{}", own_ms() - KEPT_MS - 1)
    with ExitStack() as ending:
        qtbot.addWidget(Desk(tmp_path, ending).window)
        qtbot.waitUntil(lambda: not copy.exists())
    with closing(Drafts(drafts)) as after:
        assert after.load(KEY) == ""


def test_they_go_too_where_the_office_was_not_there_at_the_start(
    tmp_path: Path, qtbot: QtBot, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = tmp_path / "dicabut"

    def unplugged(folder: Path) -> Path:
        return make_office(folder).rename(away).with_name("office.db")

    monkeypatch.setattr(test_printed_sheets, "make_office", unplugged)
    with ExitStack() as ending:
        desk = Desk(tmp_path, ending)
        qtbot.addWidget(desk.window)
        qtbot.waitUntil(lambda: desk.link.unopened is not None and desk.link.monitor.trouble is not None)
        away.rename(tmp_path / "office.db")
        qtbot.waitUntil(lambda: not copy.exists(), timeout=20_000)


def test_they_wait_for_a_date_that_is_not_in_doubt(
    tmp_path: Path, qtbot: QtBot, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = own_ms()
    answers = [undoubted(now), TimeWitnesses(now=now - DAY_MS, log=now, own=now)]
    asked: list[TimeWitnesses] = []

    def seen(_office: Office) -> TimeWitnesses:
        asked.append(answers[-1])
        return answers[-1]

    monkeypatch.setattr(counter, "read_time_witnesses", seen)
    with ExitStack() as ending:
        desk = Desk(tmp_path, ending)
        qtbot.addWidget(desk.window)
        qtbot.waitUntil(lambda: desk.link.is_open and bool(asked))
        assert copy.exists()
        answers.pop()
        desk.link.changed.emit()
        qtbot.waitUntil(lambda: not copy.exists())
