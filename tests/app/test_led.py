"""Stations at work follow their office to a server and back, and write where it is into their settings."""

import signal
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tests import engines
from tests.office import PASSWORD, make_office
from tests.program import answer_of, start, wait_until
from ult_desktop.base.config import load_station
from ult_desktop.db.store.server_address import office_at
from ult_desktop.operations.office.moving import move_office
from ult_desktop.operations.office.office import Office

pytestmark = [pytest.mark.posix_only("postgresql"), pytest.mark.usefixtures("own_home")]


def opened(place: Path, home: Path) -> Office:
    return Office(place, "pengamat", home / "journal.db", timeout_s=5)


def run_of(place: Path, home: Path, mode: str) -> str:
    """The station's run that reported itself there last; "" for none."""
    with closing(opened(place, home)) as office:
        return str(office.read(lambda tx: tx.value("SELECT boot FROM station WHERE mode = ?", mode)) or "")


def has_followed(place: Path, home: Path, before: str) -> bool:
    return run_of(place, home, "display") != before


def move(place: Path, target: Path, home: Path) -> None:
    office = opened(place, home)
    move_office(office, office.sign_in("admin", PASSWORD), target)


@pytest.mark.slow
def test_a_station_at_work_follows_there_and_back(tmp_path: Path, own_home: Path) -> None:
    source, back, settings = make_office(tmp_path / "lama"), tmp_path / "baru.db", tmp_path / "station.toml"
    settings.write_text(f"database = '{source}'\nname = \"TV-1\"\n", encoding="utf-8")
    server = office_at(engines.new_database(tmp_path).read_text())
    process = start("display", "--station", settings, "--windowed")
    wait_until(lambda: run_of(source, tmp_path, "display") != "", process)
    before = run_of(source, tmp_path, "display")
    for old, new in ((source, server), (server, back)):
        move(old, new, tmp_path)
        wait_until(partial(has_followed, new, tmp_path, before), process)
        assert load_station(settings).database == str(new)
        before = run_of(new, tmp_path, "display")
    process.send_signal(signal.SIGTERM)
    answer = answer_of(process)
    assert (answer.code, "Traceback" in answer.err) == (0, False), answer.err


@pytest.mark.slow
def test_a_kiosk_that_was_told_the_old_place_at_its_start_is_led_on(tmp_path: Path, own_home: Path) -> None:
    source = make_office(tmp_path / "lama")
    server = office_at(engines.new_database(tmp_path).read_text())
    move(source, server, tmp_path)
    process = start("kiosk", "--database", source, "--windowed")
    wait_until(lambda: run_of(server, tmp_path, "kiosk") != "", process)
    process.send_signal(signal.SIGTERM)
    answer = answer_of(process)
    assert (answer.code, "Traceback" in answer.err) == (0, False), answer.err
