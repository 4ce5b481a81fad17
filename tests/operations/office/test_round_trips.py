"""The round trips of acts and reports on a share, by the model of a Windows PC without a lease."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.survival.share_model import ShareModel
from tests.operations.town import Town
from ult_desktop.db.store.stations import Presence

pytestmark = pytest.mark.file_only("pages")
HERE = Presence(name="kios-1", mode="kiosk", version="1", boot="b")


@pytest.fixture
def share(tmp_path: Path) -> Iterator[ShareModel]:
    with ShareModel(tmp_path / "share").at_work() as model:
        yield model


def test_a_report_is_one_transaction(share: ShareModel, tmp_path: Path) -> None:
    """Ten stations at rest make nothing but reports, and each commit makes the others read."""
    town = Town(tmp_path)
    kiosk = town.offices["kios-1"]
    kiosk.report_presence(HERE)
    kiosk.report_presence(HERE)
    time.sleep(0.002)  # a report of the same millisecond changes no page
    share.asked.clear()
    assert kiosk.report_presence(HERE) is None
    assert share.asked["office.db sync"] == 1
    assert share.asked["office.db lock"] == 7, "shared, reserved and exclusive, once each"
    assert share.asked.total() < 40
    town.close()


def test_a_number_asks_no_more_than_it_must(share: ShareModel, tmp_path: Path) -> None:
    town = Town(tmp_path)
    for _ in range(3):
        town.take("kios-1")
    share.asked.clear()
    town.take("kios-1")
    assert share.asked["office.db lock"] == 7
    assert share.asked["office.db stat"] == 1, "the file at the path is the open one"
    assert share.asked.total() <= 61
    town.close()
