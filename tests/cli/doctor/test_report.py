"""`report`: every line says what is, and what to do when it is wrong."""

import os
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from tests import engines
from tests.cli.conftest import CommandLine, migrate_further
from tests.db.other_process import let_go, other_process
from tests.db.privileges import public_folder, unprivileged
from tests.office import open_office, report_other, stranger
from tests.program import CommandResult
from ult_desktop import __version__
from ult_desktop.base.paths import journal_path
from ult_desktop.cli.doctor import checks, report
from ult_desktop.core.stamps import on_this_pc
from ult_desktop.db.lock_check.location import DRIVE, Mount
from ult_desktop.db.lock_check.probe_round import FRESH_MS, Proof, ProofRecord
from ult_desktop.db.store.clock import ShareClock, own_ms
from ult_desktop.db.store.damage_flag import lay_flag
from ult_desktop.db.store.stations import Presence
from ult_desktop.devices.virtual_printer.server import VirtualPrinter

LEVELS = {"ok", "warn", "fail"}
ALWAYS = ["Program", "SQLite", "Printer karcis", *["Windows"] * (os.name == "nt"), "Huruf", "Layar", "Suara"]
ON_A_SHARE = [
    "Sambungan",
    "Tempat berkas",
    "Kunci berkas",
    "Kecepatan",
    "Jam komputer",
    "Ruang",
    "Data kantor",
    "Mode jurnal",
]
ON_A_SERVER = ["Sambungan", "Jam komputer", "Data kantor", "Server", "Kecepatan", "Akun server"]

# The look at screen and sound takes the application that is there.
pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def printer() -> Iterator[VirtualPrinter]:
    device = VirtualPrinter()
    yield device
    device.close()


def examine(desk: CommandLine, *words: object) -> CommandResult:
    return desk.run("doctor", "--database", desk.path, *words, "--json")


def line(answer: CommandResult, check: str) -> dict[str, str]:
    (found,) = [row for row in answer.rows if row["check"] == check]
    return found


def station_file(folder: Path, text: str) -> Path:
    path = folder / "station.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_all_is_well(backed_up: CommandLine) -> None:
    answer = examine(backed_up)
    assert answer.code == 0, answer.rows
    # A second line of the server is that its version, Debian's, has a known weakness.
    told = [row["check"] for row in answer.rows if not row["found"].endswith("sudah diperbaiki")]
    assert told == [
        *ALWAYS[:2],
        *(ON_A_SERVER if engines.on_server() else ON_A_SHARE),
        "Skema",
        "Saksi catatan",
        *("POS", "Identitas kantor", "Petugas POS"),
        "Kualifikasi petugas",
        "Tenggat",
        "Kunci data pribadi",
        "Cadangan",
        "Retensi data pribadi",
        *ALWAYS[2:],
    ]
    assert {row["level"] for row in answer.rows} <= LEVELS
    assert line(answer, "Data kantor")["found"] == "BPMP Provinsi Kalimantan Utara"
    assert [row for row in answer.rows if row["level"] == "fail"] == []


def test_in_words(backed_up: CommandLine) -> None:
    answer = backed_up.run("doctor", "--database", backed_up.path)
    assert answer.code == 0
    assert f"✓ Program: ult-desktop {__version__}" in answer.out


def test_every_trouble_says_what_to_do(desk: CommandLine, tmp_path: Path) -> None:
    settings = station_file(tmp_path, f"database = '{tmp_path}/away/office.db'")
    for answer in (desk.run("doctor", "--json"), desk.run("doctor", "--station", settings, "--json")):
        failed = [row for row in answer.rows if row["level"] == "fail"]
        assert failed
        assert answer.code == 1
        assert all(row["todo"] for row in failed)


def test_no_database_was_named(desk: CommandLine) -> None:
    answer = desk.run("doctor", "--json")
    assert answer.code == 1
    assert line(answer, "Data kantor")["found"] == "belum disebut"


def test_the_settings_name_the_database(backed_up: CommandLine, tmp_path: Path) -> None:
    settings = station_file(tmp_path, f"database = '{backed_up.path}'")
    answer = backed_up.run("doctor", "--station", settings, "--json")
    assert answer.code == 0


def test_a_folder_that_is_not_there(desk: CommandLine, tmp_path: Path) -> None:
    answer = desk.run("doctor", "--database", tmp_path / "away" / "office.db", "--json")
    assert answer.code == 1
    assert "tidak terjangkau" in line(answer, "Folder")["found"]
    assert [row["check"] for row in answer.rows if row["check"] in ON_A_SHARE] == []


@pytest.mark.posix_only("modes")
def test_a_folder_that_may_only_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program itself may lie where another user reads nothing: its own fonts are not looked at."""
    monkeypatch.setattr(checks, "check_machine", lambda: ())
    with public_folder() as folder:
        desk = CommandLine(folder / "office.db")
        folder.chmod(0o555)
        for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
            monkeypatch.setenv(variable, str(folder / "home"))
        with unprivileged():
            answer = examine(desk)
    assert answer.code == 1
    for check in ("Kunci berkas", "Kecepatan", "Data kantor"):
        assert line(answer, check)["level"] == "fail"


def test_a_folder_that_is_synchronised(desk: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive - Kantor"
    folder.mkdir()
    desk.path.rename(folder / "office.db")
    answer = examine(CommandLine(folder / "office.db"))
    assert answer.code == 1
    assert "sinkronisasi" in line(answer, "Tempat berkas")["todo"]


@pytest.mark.file_only("share")
def test_a_drive_letter_is_advised_against(desk: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    drive = Mount(str(desk.path.parent), DRIVE, frozenset())
    monkeypatch.setattr(report, "system_mounts", lambda: [drive])
    found = line(examine(desk), "Tempat berkas")
    assert found["level"] == "warn"
    assert "huruf drive" in found["todo"]


def test_what_is_no_office(desk: CommandLine, tmp_path: Path) -> None:
    other = CommandLine(tmp_path / "lain.db")
    link = stranger(other.path)
    link.execute("CREATE TABLE note (words TEXT)")
    link.close()
    answer = examine(other)
    assert answer.code == 1
    assert "lain.db" in line(answer, "Data kantor")["found"]


def test_a_file_of_a_newer_program(desk: CommandLine) -> None:
    migrate_further(desk.path)
    found = line(examine(desk), "Data kantor")
    assert "lebih baru" in found["found"]
    assert "Perbarui program" in found["todo"]


@pytest.mark.parametrize(
    ("trouble", "level", "said"),
    [
        (VirtualPrinter.restore, "ok", "Printer siap."),
        (VirtualPrinter.paper_low, "warn", "hampir habis"),
        (VirtualPrinter.paper_out, "fail", "Kertas printer habis"),
        (VirtualPrinter.vanish, "fail", "Printer mati"),
    ],
)
def test_the_printer(
    desk: CommandLine,
    tmp_path: Path,
    printer: VirtualPrinter,
    trouble: Callable[[VirtualPrinter], None],
    level: str,
    said: str,
) -> None:
    trouble(printer)
    settings = station_file(tmp_path, f'[printer]\naddress = "{printer.address}"')
    found = line(examine(desk, "--station", settings), "Printer karcis")
    assert found["level"] == level
    assert said in found["found"]
    assert bool(found["todo"]) == (level == "fail")


def test_a_printer_address_that_nobody_understands(desk: CommandLine, tmp_path: Path) -> None:
    settings = station_file(tmp_path, '[printer]\naddress = "gopher://printer"')
    found = line(examine(desk, "--station", settings), "Printer karcis")
    assert found["level"] == "fail"
    assert "gopher" in found["found"]


def test_settings_that_are_wrong(desk: CommandLine, tmp_path: Path) -> None:
    settings = station_file(tmp_path, '[kiosk]\nletter = "kk"\n')
    answer = examine(desk, "--station", settings)
    assert answer.code == 2
    assert f"{settings}, baris 2: kiosk.letter" in answer.err


@pytest.mark.parametrize(
    ("version", "offset", "level", "todo"),
    [
        (__version__, 0, "ok", ""),
        ("0.0.9", 0, "warn", "versi yang sama"),
        (__version__, -5_000, "warn", "Jam komputer itu"),
    ],
)
def test_the_other_stations(desk: CommandLine, version: str, offset: int, level: str, todo: str) -> None:
    office = open_office(desk.path)
    presence = Presence(
        name="tv-lobi", mode="display", version=version, boot="b", seen_at=office.clock(), voice="ready"
    )
    office.report_presence(msgspec.structs.replace(presence, clock_offset_ms=offset))
    office.close()
    found = line(examine(desk), "tv-lobi")
    assert (found["level"], todo in found["todo"]) == (level, True)
    assert found["found"].startswith("tersambung, terlihat ")
    assert found["found"].endswith(f" detik lalu; layar TV {version}, printer -, suara siap")


def test_two_kiosks_with_one_chosen_letter(desk: CommandLine) -> None:
    office = open_office(desk.path)
    for name in ("kios-1", "kios-2"):
        told = Presence(
            name=name, mode="kiosk", version=__version__, boot="b", seen_at=office.clock(), letter="M"
        )
        report_other(office, told)
    office.close()
    answer = examine(desk)
    assert answer.code == 1
    first, second = line(answer, "kios-1"), line(answer, "kios-2")
    assert (first["level"], second["level"]) == ("ok", "fail")
    assert "kios M " in first["found"]
    assert second["todo"].startswith("Huruf M sudah dipakai kios lain: ganti di PC itu")


def test_two_pcs_of_one_name(desk: CommandLine) -> None:
    office = open_office(desk.path)
    for boot, ago in (("b1", 0), ("b2", 0), ("replaced", 300_000)):
        seen_at = office.clock() - ago
        report_other(
            office, Presence(name="loket", mode="counter", version=__version__, boot=boot, seen_at=seen_at)
        )
    office.close()
    answer = examine(desk)
    lines = [each for each in answer.rows if each["check"] == "loket"]
    assert [each["level"] for each in lines] == ["fail", "fail"]
    assert {each["todo"] for each in lines} == {
        "2 komputer bernama loket: beri masing-masing nama sendiri (Pengaturan, Komputer ini)."
    }


@pytest.mark.parametrize(
    ("ago_s", "words"),
    [
        (70, "menyambung kembali…, terlihat 7"),
        (300, "terputus, terlihat 5 menit lalu"),
        (5 * 3600, "terputus, terlihat 5 jam lalu"),
        (9 * 24 * 3600, "terputus, terlihat 9 hari lalu"),
    ],
)
def test_a_station_that_was_not_seen_for_a_while(
    desk: CommandLine, ago_s: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = own_ms()
    monkeypatch.setattr(ShareClock, "__call__", lambda _clock: moment)
    office = open_office(desk.path)
    at = office.clock() - ago_s * 1000
    report_other(office, Presence(name="loket-1", mode="counter", version=__version__, boot="b", seen_at=at))
    office.close()
    found = line(examine(desk), "loket-1")
    assert found["found"].startswith(words)
    assert (found["level"], bool(found["todo"])) == ("warn", True)


def test_the_probe_of_this_pc(desk: CommandLine) -> None:
    found = line(examine(desk), "Sambungan")
    assert found["found"].startswith("tersambung: menjawab dalam ")
    assert found["level"] == "ok"


@pytest.mark.posix_only("lease")
def test_a_share_that_hangs_is_told_and_not_waited_for(
    desk: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kernel itself hangs: another process holds a lease on the file, and open() waits for it."""
    monkeypatch.setattr("ult_desktop.core.connection.OUTAGE_AFTER", 0.3)
    with other_process("lease", desk.path) as holder:
        answer = examine(desk)
        let_go(holder)
    found = line(answer, "Sambungan")
    assert answer.code == 1
    assert found["found"].startswith("terputus: tidak menjawab dalam ")
    assert found["todo"]
    assert [row["check"] for row in answer.rows if row["check"] in ("Folder", *ON_A_SHARE[1:])] == []
    for thread in threading.enumerate():
        if thread.name == "probe":
            thread.join(60)


@pytest.mark.parametrize(
    ("what", "value", "check", "todo"),
    [
        pytest.param(
            *("cli.doctor.report.commit_round_trip_ms", lambda _folder: 480.0, "Kecepatan", "kabel"),
            marks=pytest.mark.file_only("share"),
        ),
        ("db.store.clock.ShareClock.measure", lambda _clock: -7_300, "Jam komputer", "NTP"),
    ],
)
def test_a_slow_or_wrong_computer(
    desk: CommandLine, monkeypatch: pytest.MonkeyPatch, what: str, value: object, check: str, todo: str
) -> None:
    monkeypatch.setattr(f"ult_desktop.{what}", value)
    found = line(examine(desk), check)
    assert found["level"] == "warn"
    assert todo in found["todo"]


@pytest.mark.file_only("share")
def test_a_disk_that_is_nearly_full(desk: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=3e8))
    answer = examine(desk)
    assert answer.code == 1
    assert "Kosongkan ruang" in line(answer, "Ruang")["todo"]


def test_a_computer_without_qt(desk: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its libraries are missing on a bare Linux; everything else is examined all the same."""
    monkeypatch.setitem(sys.modules, "ult_desktop.ui.media_probe", None)
    monkeypatch.setattr("ult_desktop.cli.doctor.checks.resource", tmp_path.joinpath)
    answer = examine(desk)
    assert answer.code == 1
    assert "dev.py setup" in line(answer, "Layar")["todo"]
    assert line(answer, "Huruf")["level"] == "fail"
    assert line(answer, "Data kantor")["level"] == "ok"


def test_folders_that_the_display_misses(desk: CommandLine, tmp_path: Path) -> None:
    settings = tmp_path / "station.toml"
    missing = tmp_path / "tidak-ada"
    settings.write_text(f"[display]\nmedia = '{missing}'\nvoice_pack = '{missing}'\n", encoding="utf-8")
    answer = examine(desk, "--station", settings)
    for check in ("Folder media", "Paket suara"):
        assert line(answer, check)["level"] == "warn"
        assert str(missing) in line(answer, check)["found"]


def test_media_that_the_display_cannot_show_are_named(desk: CommandLine, tmp_path: Path) -> None:
    settings, media = tmp_path / "station.toml", tmp_path / "media"
    media.mkdir()
    settings.write_text(f"[display]\nmedia = '{media}'\n", encoding="utf-8")
    assert "Folder media" not in [row["check"] for row in examine(desk, "--station", settings).rows]
    (media / "brosur.pdf").write_bytes(b"%PDF-1.7")
    found = line(examine(desk, "--station", settings), "Folder media")
    assert found["level"] == "warn"
    assert "brosur.pdf" in found["found"]
    assert "JPG" in found["todo"]


def test_the_voice_of_the_system_is_asked_where_a_display_speaks_with_it(
    desk: CommandLine, tmp_path: Path
) -> None:
    settings = tmp_path / "station.toml"
    settings.write_text("[display]\nvoice = 'system'\n", encoding="utf-8")
    assert line(examine(desk, "--station", settings), "Suara sistem")
    assert "Suara sistem" not in [row["check"] for row in examine(desk).rows]


@pytest.mark.file_only("share")
@pytest.mark.parametrize(
    ("ok", "age_ms", "level"), [(True, 0, "ok"), (False, 0, "fail"), (False, FRESH_MS, "warn")]
)
def test_what_the_lock_probe_with_another_computer_found(
    desk: CommandLine, ok: bool, age_ms: int, level: str
) -> None:
    at = time.time_ns() // 1_000_000 - age_ms
    record = ProofRecord(desk.path, journal_path("x").parent)
    record.write(Proof(host="pc-loket-2", station="loket-2", ok=ok, at=at))
    found = line(examine(desk), "Kunci antarkomputer")
    assert found["level"] == level
    assert f"pc-loket-2 (loket-2), diuji {on_this_pc(at)}" in found["found"]
    assert ("nobrl" in found["todo"]) is not ok


def test_a_damage_flag(desk: CommandLine) -> None:
    lay_flag(desk.path, "kios-1", sqlite3.DatabaseError("malformed"), known=True)
    answer = examine(desk)
    assert answer.code == 1
    found = line(answer, "Tanda kerusakan")
    assert "oleh kios-1" in found["found"]
    checked = "" if engines.on_server() else " ok"
    assert found["found"].endswith(f"(malformed).{checked}")
    assert "--clear-damage" in found["todo"]
    assert line(answer, "Data kantor")["level"] == "ok", "it can still be read"
