"""The page Permohonan with its import in sight, and a list for it."""

from pathlib import Path

import pytest

from tests.db.rows import open_requests
from tests.ui.counter.online.conftest import LIST, opened
from tests.ui.counter.pages.bench import Bench, bench
from ult_desktop.core.online.online_request import OnlineState
from ult_desktop.ui.counter.cases.page import CasesPage
from ult_desktop.ui.counter.lists.list_panel import ImportPanel

__all__ = ["bench", "opened"]
ROWS = "S-1;Dedi Kurniawan;SMPN 1;dedi@e.id;Mohon data\nS-2;Ani;SDN 2;ani;Mohon\n;Citra;;;Mohon narasumber\n"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "sempena-november.csv"
    path.write_text(LIST + ROWS, encoding="utf-8")
    return path


@pytest.fixture
def panel(bench: Bench, opened: CasesPage) -> ImportPanel:
    opened.import_button.click()
    assert opened.import_panel.isVisible()
    return opened.import_panel


def choose(panel: ImportPanel, path: Path) -> None:
    panel.start.show_values({"path": path})
    panel.start.submit()


def to_view(bench: Bench, panel: ImportPanel, path: Path) -> None:
    """Up to what was understood."""
    choose(panel, path)
    bench.wait(panel.view.isVisible)


def answer(bench: Bench, panel: ImportPanel, key: str, value: object) -> None:
    """Choose an answer; the list is understood again."""
    before = panel.draft
    panel.view.fields[key].show_value(value)
    bench.wait(lambda: panel.draft is not before)


def new(bench: Bench) -> int:
    return bench.office.read(open_requests).get(OnlineState.NEW, 0)
