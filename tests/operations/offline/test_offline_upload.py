"""Handing in what was done alone: what the office cannot take now waits, what it will not take is told."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.office import PASSWORD, make_office, store_of
from tests.operations.offline.lone_kiosk import LoneKiosk
from tests.operations.scene import ELDERLY, Scene
from ult_desktop.core.access.commands import RetireOfficer
from ult_desktop.db.care import declarations
from ult_desktop.db.store.journal import JournalUnwritable
from ult_desktop.operations.office.office import AnotherOffice
from ult_desktop.operations.offline.offline_upload import upload_offline_work

pytestmark = pytest.mark.by_engine


@pytest.mark.posix_only("exchange")
def test_a_file_that_was_exchanged_takes_nothing_and_loses_nothing(scene: Scene, tmp_path: Path) -> None:
    kiosk = LoneKiosk(scene)
    kiosk.give()
    right = scene.path.with_name("right.db")
    with closing(kiosk.open_office()) as office:
        scene.path.rename(right)
        make_office(tmp_path / "lain", "bpmp-dki").rename(scene.path)
        store_of(office).close()
        with pytest.raises(AnotherOffice):
            upload_offline_work(kiosk.path, office)
    right.rename(scene.path)
    assert kiosk.waiting() == 1
    store_of(scene.office).close()
    kiosk.merge()
    assert scene.office.find_ticket("AK01") is not None
    assert kiosk.waiting() == 0


def test_a_full_disk_of_its_own_is_no_refusal_by_the_office(scene: Scene) -> None:
    """The number would wait for the next start of the kiosk, and its visitor stand in no queue."""
    kiosk = LoneKiosk(scene)
    kiosk.give()
    with closing(kiosk.open_office()) as office:
        with closing(sqlite3.connect(kiosk.path)) as link:
            link.execute("CREATE TRIGGER full BEFORE UPDATE ON work BEGIN SELECT RAISE(ABORT, 'disk'); END")
        with pytest.raises(JournalUnwritable):
            upload_offline_work(kiosk.path, office)
        with closing(sqlite3.connect(kiosk.path)) as link:
            link.execute("DROP TRIGGER full")
        assert kiosk.waiting() == 1
        upload_offline_work(kiosk.path, office)
    assert kiosk.waiting() == 0
    assert scene.office.find_ticket("AK01") is not None


def test_what_was_sealed_under_renewed_keys_is_not_sealed_again(scene: Scene) -> None:
    """The station had the office open all the time, and has not looked since the keys were renewed."""
    with closing(LoneKiosk(scene).open_office()) as office:
        admin = scene.office.sign_in("admin", PASSWORD)
        scene.office.perform(RetireOfficer(login="budi"), admin)
        scene.office.keys.reload()
        scene.office.keys.maintain()
        kiosk = LoneKiosk(scene)
        kiosk.give("A", ELDERLY)
        upload_offline_work(kiosk.path, office)
    said = scene.office.read(lambda tx: declarations.find(tx, 1))
    assert said is not None
    assert said.grounds == (ELDERLY,)
