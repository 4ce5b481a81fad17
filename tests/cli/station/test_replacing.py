"""`station replace`: this PC takes over what a dead one was."""

from pathlib import Path

from tests.cli.conftest import CommandLine
from ult_desktop.base.config import StationConfig, load_station
from ult_desktop.base.station_file import write_station_after
from ult_desktop.core.station_health import StationHealth
from ult_desktop.db.store import stations
from ult_desktop.db.store.clock import own_ms
from ult_desktop.db.store.stations import Presence
from ult_desktop.db.store.store import Store


def test_name_letter_and_counter_come_here(desk: CommandLine, tmp_path: Path) -> None:
    store = Store(desk.path)
    dead = Presence(
        name="loket-2",
        mode="counter",
        version="1",
        boot="b",
        seen_at=1,
        identity="i",
        health=StationHealth(counter=2),
    )
    store.write(lambda tx: stations.report(tx, dead))
    file = tmp_path / "station.toml"
    with write_station_after(file, StationConfig(name="baru", language="en")):
        pass
    words = ("station", "replace", "loket-2", "--station", file, "--database", desk.path)
    answer = desk.run(*words)
    assert answer.code == 0, answer.err
    assert answer.out.startswith("PC ini sekarang loket-2; mulai ulang programnya.")
    config = load_station(file)
    assert (config.name, config.counter.number, config.language) == ("loket-2", 2, "en")
    assert "Tidak ada komputer bernama loket-2." in desk.run(*words).err
    store.close()


def test_a_station_at_work_is_asked_to_try(desk: CommandLine) -> None:
    store = Store(desk.path)
    seen = Presence(name="tv", mode="display", version="1", boot="b", seen_at=own_ms(), identity="i")
    store.write(lambda tx: stations.report(tx, seen))
    store.close()
    answer = desk.run("station", "try", "tv", "voice", "--database", desk.path)
    assert answer.out.strip() == "tv diminta; terjadi dalam setengah menit.", answer.err
    refused = desk.run("station", "try", "tv", "printer", "--database", desk.path)
    assert "tv tidak punya bagian itu." in refused.err
