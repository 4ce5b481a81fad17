"""A bench in an office that runs POS Sumut telepon, with a telephone officer at it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Show
from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.access.roles import Role
from ult_desktop.ui.counter.phone.call_panel import CallPanel
from ult_desktop.ui.counter.phone.call_words import CallStage
from ult_desktop.ui.counter.phone.page import PhonePage

CALLER: dict[str, Any] = {
    "name": "Rahmat Siregar",
    "institution": "SMP Negeri 3 Binjai",
    "regency": "Kota Binjai",
    "phone": "08113906669",
    "supporting": "NUPTK 1234 5678 9012 3456",
    "question": "Kapan tunjangan profesi triwulan IV dibayarkan untuk guru bersertifikat?",
}


@pytest.fixture
def bench(qtbot: QtBot, show: Show, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, show, tmp_path, "bpmp-sumut")
    made.sign_in("tuti", Role.PHONE, name="Tuti Handayani")
    yield made
    made.close()


def panel(page: PhonePage) -> CallPanel:
    assert page.call_panel is not None
    return page.call_panel


def picked_up(bench: Bench, page: PhonePage) -> None:
    bench.wait(lambda: page.board is not None)
    page.open_subject(page.global_key)
    bench.wait(lambda: page.call_panel is not None)


def recorded(bench: Bench, page: PhonePage) -> None:
    """The six fields are filled in and sent off."""
    panel(page).caller.show_values(CALLER)
    panel(page).caller.submit()
    bench.wait(lambda: panel(page).stage is CallStage.DECIDE)
