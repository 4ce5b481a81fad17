"""The program on Windows: its windows come up on Qt's own platform there, and its locks hold."""

from pathlib import Path

import msgspec
import pytest

from tests.journeys.wine.session import WineSession
from tests.program import wait_until
from tools.windows.wine import windows_path

pytestmark = [pytest.mark.slow_night, pytest.mark.windows]
PICTURES = Path("test-pictures")
STATION = """
name = "lobi-{mode}"
[kiosk]
exit_pin = "1379"
[printer]
address = "none"
"""


@pytest.mark.posix_only("wine")
@pytest.mark.parametrize("mode", ["kiosk", "counter", "display"])
def test_a_mode_shows_its_first_window(wine: WineSession, wine_office: str, share: Path, mode: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    settings = wine.place / f"{mode}.toml"
    settings.write_text(STATION.format(mode=mode))
    process = wine.start(mode, "--station", windows_path(settings), "--database", wine_office)
    try:
        wine.wait_for_window(process, PICTURES / f"windows-{mode}.png")
        greeted = f"lobi-{mode}".encode()  # its own row, which a station writes when it has opened the office
        wait_until(lambda: greeted in (share / "office.db").read_bytes(), process)
        wine.look(PICTURES / f"windows-{mode}.png")
    finally:
        process.kill()
        process.communicate()
    (log,) = (wine.place / "account").rglob(f"lobi-{mode}.log")
    assert "Traceback" not in log.read_text(encoding="utf-8")


@pytest.mark.posix_only("wine")
def test_two_stations_lock_a_share_against_each_other(wine: WineSession, wine_office: str) -> None:
    answer = wine.run("doctor", "--database", wine_office, "--json")
    rows = [msgspec.json.decode(line) for line in answer.out.splitlines() if line.startswith("{")]
    levels = {row["check"]: row["level"] for row in rows}
    assert levels["Kunci berkas"] == "ok", answer.out
    assert levels["Data kantor"] == "ok", answer.out


@pytest.mark.posix_only("wine")
def test_a_station_killed_there_takes_nothing_along(wine: WineSession) -> None:
    """With Windows' own locks, its way of ending a process, and files that cannot be deleted while open."""
    tests = ["tests/db/store/test_store.py", "-k", "killed or empties"]
    answer = wine.python("-m", "pytest", "-q", "-p", "no:cacheprovider", *tests)
    assert answer.code == 0, answer.out
    assert "3 passed" in answer.out


@pytest.mark.posix_only("wine")
def test_a_kiosks_account_is_locked_and_let_go_by_another_one(wine: WineSession) -> None:
    """The administrator who agrees is seldom the account that visitors stand before."""
    answer = wine.python("-m", "tests.journeys.wine.other_account")
    assert (answer.code, answer.out.split()) == (0, ["let", "go"]), answer.out


ID = "from ult_desktop.base.machine import machine_id; print(machine_id())"


@pytest.mark.posix_only("wine")
def test_pcs_with_a_copy_of_one_disk_are_told_apart(wine: WineSession) -> None:
    """By the number of the disk that was formatted anew, and by what each PC has made for itself."""

    def identity() -> str:
        answer = wine.python("-c", ID)
        assert answer.code == 0, answer.out
        return answer.out.strip()

    serial = wine.folder / "drive_c" / ".windows-serial"  # Wine's way to give a disk its number
    serial.write_text("1234ABCD\n")
    first = identity()
    assert identity() == first
    serial.write_text("1234ABCE\n")
    second = identity()
    (part,) = (wine.folder / "drive_c" / "users").rglob("machine-part")
    part.unlink()
    assert len({first, second, identity()}) == 3


SHUTDOWN = """
import ctypes
from ult_desktop.pc import ending
level, flags = ctypes.c_ulong(), ctypes.c_ulong()
def told():
    ctypes.windll.kernel32.GetProcessShutdownParameters(ctypes.byref(level), ctypes.byref(flags))
    return level.value
before = told()
ending.end_after_others()
print(before > told())
"""


@pytest.mark.posix_only("wine")
def test_a_supervisor_is_ended_after_those_with_windows(wine: WineSession) -> None:
    """Windows ends the higher levels first."""
    answer = wine.python("-c", SHUTDOWN)
    assert (answer.code, answer.out.strip()) == (0, "True"), answer.out
