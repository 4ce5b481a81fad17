"""A kiosk whose office file takes nothing more: full, closed, or no office any more."""

from collections.abc import Callable

import pytest

from tests.ui.kiosk.cut_kiosk import ONLINE, CutKiosk
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import PaperState
from ult_desktop.db.store.errors import Unwritable

pytestmark = pytest.mark.usefixtures("quick_to_notice")


@pytest.fixture
def kiosk(start: Callable[..., CutKiosk]) -> CutKiosk:
    return start()


def test_a_full_server_costs_no_visitor_his_number(kiosk: CutKiosk) -> None:
    """He can do nothing about it, and hears nothing of folders and files."""
    kiosk.office._tasks.run(lambda office: office.halt(Unwritable("Penyimpanan penuh; office.db")))
    assert kiosk.take() == "AK01"
    assert "office.db" not in kiosk.take(commands.ReportPaper(ticket_id=9, paper=PaperState.PRINTED)).what
    kiosk.office._tasks.run(lambda office: office.halt(None))
    kiosk.wait(lambda: kiosk.link.connection is ONLINE)
    assert kiosk.labels() == ["AK01"]
    assert kiosk.refused == []


@pytest.mark.file_only("pages")
def test_an_office_file_that_became_empty_costs_no_visitor_his_number(kiosk: CutKiosk) -> None:
    whole = kiosk.path.read_bytes()
    kiosk.path.write_bytes(b"")
    kiosk.office.heart.beat()
    kiosk.wait(lambda: kiosk.office.monitor.health.is_cut)
    assert kiosk.take() == "AK01"
    kiosk.path.write_bytes(whole)
    kiosk.wait(lambda: kiosk.link.connection is ONLINE)
    assert kiosk.labels() == ["AK01"]
    assert kiosk.refused == []
