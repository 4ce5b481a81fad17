"""Orca's road: a kiosk's tour and a number served at a counter, over a real accessibility bus."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import program
from tests.journeys.bus.reader import BusReader, accessibility_bus
from tests.office import PASSWORD, make_office
from tools.windows.wine import screen

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_home"), pytest.mark.posix_only("bus")]
STATION = """
name = "lobi-{mode}"
[printer]
address = "none"
[kiosk]
exit_pin = "1379"
"""


class Session:
    """A screen reader, and the stations that it reads."""

    def __init__(self, place: Path, environment: dict[str, str], reader: BusReader) -> None:
        self.reader = reader
        self._place, self._environment = place, environment
        self._office = make_office(place)
        self._running = list[subprocess.Popen[str]]()

    def start(self, mode: str) -> None:
        settings = self._place / f"{mode}.toml"
        settings.write_text(STATION.format(mode=mode))
        words = (mode, "--station", settings, "--database", self._office)
        self._running.append(program.start(*words, QT_QPA_PLATFORM="xcb", LANGUAGE="id", **self._environment))

    def end(self) -> None:
        """Every station's program, as the end of its PC's day ends it."""
        while self._running:
            process = self._running.pop()
            process.terminate()
            said = program.answer_of(process)
            assert "Traceback" not in said.err


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with screen() as display, accessibility_bus(display) as (environment, reader):
        session = Session(tmp_path, environment, reader)
        yield session
        session.end()


def walk(reader: BusReader, *pages: tuple[str, str]) -> None:
    """Press the first word of each pair, and wait for the page on which the second stands."""
    for pressed, there in pages:
        reader.press(pressed)
        reader.wait_for(there)
        assert reader.unclear() == [], there


def test_a_kiosk_is_walked_through_by_ear(session: Session) -> None:
    reader = session.reader
    session.start("kiosk")
    reader.wait_for("Tunjangan Profesi")
    assert reader.unclear() == []
    walk(
        reader,
        ("Syarat Tunjangan Profesi", "Kembali"),
        ("Kembali", "Layanan prioritas"),
        ("Tampilan", "Kontras tinggi"),
        ("Kontras tinggi", "Selesai"),
        ("Selesai", "Punya janji"),
        ("Punya janji", "Hapus"),
        ("Kembali", "Isi survei"),
        ("Isi survei", "Hapus"),
        ("Kembali", "Buku tamu"),
        ("Buku tamu", "Hapus"),
        ("Kembali", "English"),
        ("English", "Teacher Allowance, number B, Nobody waiting"),
        ("Bahasa Indonesia", "Tunjangan Profesi, nomor B, Tidak ada antrean"),
        ("Layanan prioritas", "Lansia"),
        ("Lansia", "Kursi roda"),
        ("Kursi roda", "Lanjut"),
        ("Lanjut", "Tunjangan Profesi"),
        ("Tunjangan Profesi", "Nomor antrean Anda: P001"),
    )
    assert "Kursi roda: silakan ke meja petugas, tidak ada loket yang buka sekarang." in reader.texts()
    walk(reader, ("Selesai", "Tunjangan Profesi, nomor B, 1 antrean"))


def test_a_number_is_served_by_ear(session: Session) -> None:
    reader = session.reader
    session.start("kiosk")
    walk(reader, ("Tunjangan Profesi", "Nomor antrean Anda: B001"))
    session.end()
    session.start("counter")
    reader.type("Kata sandi", PASSWORD)
    walk_on = (
        ("Masuk", "Panggil berikutnya"),
        ("Panggil berikutnya", "dipanggil 1 dari 3"),
        ("Mulai layani", "dilayani"),
        ("Selesai", "1  Informasi diberikan"),
        ("Selesai", "B001 selesai: Informasi diberikan."),
    )
    for pressed, there in walk_on:
        reader.press(pressed)
        reader.wait_for(there)
        assert reader.nameless() == [], there
    assert "Tidak ada yang menunggu" in reader.texts()
