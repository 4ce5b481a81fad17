"""A counter that starts deletes what only its PC has of people, and is old by the office's time."""

import os
import tempfile
import time
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.app.test_printed_sheets import Desk
from ult_desktop.base.paths import drafts_path
from ult_desktop.db.store.clock import own_ms
from ult_desktop.db.store.drafts import KEPT_MS, DraftKey, Drafts
from ult_desktop.ui.counter.visits.documents import new_copy_folder

pytestmark = pytest.mark.usefixtures("own_home")
KEY = DraftKey(officer_id=2, form="guest-book", subject="7")


def test_old_drafts_and_copies_are_gone_once_the_office_is_open(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    copy, drafts = new_copy_folder(), drafts_path("loket-1")
    os.utime(copy, (time.time() - 7200,) * 2)
    with closing(Drafts(drafts)) as before:
        before.keep(KEY, "{}", own_ms() - KEPT_MS - 1)
    with ExitStack() as ending:
        qtbot.addWidget(Desk(tmp_path, ending).window)
        qtbot.waitUntil(lambda: not copy.exists())
    with closing(Drafts(drafts)) as after:
        assert after.load(KEY) == ""
