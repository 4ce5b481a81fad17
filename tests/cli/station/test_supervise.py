"""A mode that ends by itself is started again; the program starts with the PC."""

import os
import signal
import stat
import subprocess
import sys
import threading
from io import FileIO
from pathlib import Path
from typing import cast

import click
import pytest

from tests.cli.conftest import CommandLine
from ult_desktop.base import paths
from ult_desktop.base.own_program import own_command
from ult_desktop.cli.common import unseen
from ult_desktop.cli.station import modes, supervise
from ult_desktop.cli.station.supervise import PATH_OPTIONS, RunLog, Supervisor
from ult_desktop.pc import autostart, ending, event_log
from ult_desktop.pc.event_log import LogEntry

CRASHES_TWICE = """
import pathlib, sys
runs = pathlib.Path(sys.argv[1])
count = len(runs.read_text()) if runs.exists() else 0
runs.write_text("x" * (count + 1))
print("lari ke", count + 1)
sys.exit(3 if count < 2 else 0)
"""


def python(*words: object) -> list[str]:
    return [sys.executable, "-c", *map(str, words)]


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch) -> list[tuple[LogEntry, str]]:
    """Return what Windows would be asked to keep in its log."""
    told: list[tuple[LogEntry, str]] = []
    monkeypatch.setattr(event_log, "write_entry", lambda *entry: told.append(entry))
    return told


def test_what_ends_by_itself_is_started_again_and_the_last_log_is_kept(
    tmp_path: Path, entries: list[tuple[LogEntry, str]]
) -> None:
    log, told = tmp_path / "log" / "run.log", list[str]()
    supervisor = Supervisor(python(CRASHES_TWICE, tmp_path / "runs"), log)
    assert supervisor.run(told.append, first_pause_s=0.01) == 0
    assert len(told) == 2
    assert "status 3" in told[0]
    assert entries == [(LogEntry.FAILED, words) for words in told]
    assert log.read_text() == "lari ke 3\n"
    assert log.with_suffix(".last").read_text() == "lari ke 2\n"


def test_the_pauses_grow_while_it_keeps_crashing_and_begin_small_after_a_steady_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pauses(steady_s: float) -> list[float]:
        (tmp_path / "runs").unlink(missing_ok=True)
        supervisor = Supervisor(python(CRASHES_TWICE, tmp_path / "runs"), tmp_path / "l", steady_s)
        made: list[float] = []
        monkeypatch.setattr(supervisor, "_pause", made.append)
        supervisor.run(lambda _words: None, first_pause_s=0.4)
        return made

    assert pauses(steady_s=0.0) == [0.4, 0.4]
    assert pauses(steady_s=99.0) == [0.4, 0.8]


SPEAKS_FOR_LONG = """
import os
for n in range(int(os.environ["LINES"])):
    print(f"baris {n:06}", flush=True)
"""


def test_the_log_begins_anew_within_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mode that runs for weeks and says something each second fills no disk.

    It says more than its pipe holds and one read takes: the log begins anew however late it is read.
    """
    monkeypatch.setenv("LINES", "20000")
    log = tmp_path / "log" / "run.log"
    with subprocess.Popen(python(SPEAKS_FOR_LONG), bufsize=0, stdout=subprocess.PIPE) as process:
        kept = RunLog(cast("FileIO", process.stdout), log, most=1000)
        kept.start()
        process.wait()
        kept.end()
    parts = (log.with_suffix(".last"), log)
    assert log.read_text().endswith("baris 019999\n")
    assert all(part.stat().st_size < 1000 + 65_536 for part in parts)
    assert sum(part.stat().st_size for part in parts) < 20_000 * len("baris 000000\n")
    own = 0o600 if os.name == "posix" else 0o666  # Windows has lists of who may, and no modes
    assert [stat.S_IMODE(part.stat().st_mode) for part in parts] == [own, own]
    assert sorted(each.name for each in log.parent.iterdir()) == ["run.last", "run.log"]


def test_a_program_that_the_mode_started_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader of PDFs that is still open holds the output of the mode that ended."""
    monkeypatch.setattr(supervise, "LAST_OUTPUT_S", 0.2)
    with subprocess.Popen(python("input()"), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        held = os.dup(reader.stdout.fileno())
        kept = RunLog(FileIO(held), tmp_path / "run.log")
        kept.start()
        kept.end()
        assert kept.is_alive()
        (tmp_path / "run.log").replace(tmp_path / "run.last")
        reader.stdin.write(b"selesai\n")
    kept.join()


def test_a_station_that_runs_already_is_not_started_again(tmp_path: Path) -> None:
    told = list[str]()
    supervisor = Supervisor(python("import sys; sys.exit(79)"), tmp_path / "run.log")
    assert supervisor.run(told.append, first_pause_s=60) == ending.RUNS_ALREADY
    assert told == []


def test_a_mode_knows_that_it_has_a_supervisor(tmp_path: Path) -> None:
    """One that ends with what the wizard says is not started again as what it was."""
    told = list[str]()
    code = f"import os, sys; sys.exit({ending.SET_UP} if os.environ[sys.argv[1]] else 3)"
    supervisor = Supervisor(python(code, unseen.SUPERVISED), tmp_path / "run.log")
    assert supervisor.run(told.append, first_pause_s=60) == ending.SET_UP
    assert told == []


def test_a_mode_that_windows_ends_with_the_session_is_not_started_again(
    tmp_path: Path, entries: list[tuple[LogEntry, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows ends the mode first, with a status of its own; no failure is told."""
    runs, told = tmp_path / "runs", list[str]()
    monkeypatch.setattr(ending, "is_session_ending", lambda: True)
    supervisor = Supervisor(python(CRASHES_TWICE, runs), tmp_path / "run.log")
    assert supervisor.run(told.append, first_pause_s=60) == 0
    assert (runs.read_text(), told, entries) == ("x", [], [])


def test_a_session_that_ends_wants_no_later_start(
    desk: CommandLine, monkeypatch: pytest.MonkeyPatch, entries: list[tuple[LogEntry, str]]
) -> None:
    """Even if the program is to be exchanged at that moment: the next sign-in starts the new one."""
    later, order = list[object](), list[str]()
    monkeypatch.setattr(ending, "is_session_ending", lambda: True)
    monkeypatch.setattr(ending, "start_later", later.append)
    monkeypatch.setattr(ending, "end_after_others", lambda: order.append("after others"))

    def once(_supervisor: Supervisor) -> int:
        order.append("mode")
        return ending.COME_BACK

    monkeypatch.setattr(Supervisor, "_run_once", once)
    assert desk.run("run", "kiosk").code == 0
    assert order == ["after others", "mode"], "before there is a mode that it would take along"
    assert later == []
    assert [entry for entry, _words in entries] == [LogEntry.STARTED, LogEntry.ENDED]


def test_without_a_mode_it_is_the_one_of_this_pc(desk: CommandLine) -> None:
    answer = desk.run("run")
    assert answer.code == 1
    assert "belum disiapkan" in answer.err


def test_stopping_ends_the_mode_and_starts_no_other(tmp_path: Path) -> None:
    log = tmp_path / "run.log"
    supervisor = Supervisor(python("print('siap', flush=True); import time; time.sleep(60)"), log)
    status = list[int]()
    thread = threading.Thread(target=lambda: status.append(supervisor.run(lambda _words: None)))
    thread.start()
    while not (log.exists() and log.read_text()):
        thread.join(0.01)
    supervisor.stop()
    thread.join()
    assert status == [0]


def test_told_to_stop_in_a_pause_it_ends(tmp_path: Path) -> None:
    supervisor = Supervisor(python("raise SystemExit(1)"), tmp_path / "run.log")
    assert supervisor.run(lambda _words: supervisor.stop(), first_pause_s=30) == 0


def test_asked_to_end_in_a_pause_it_comes_back_where_that_was_asked(own_home: Path, tmp_path: Path) -> None:
    """A mode that crashes while its program is to be exchanged comes back by the new one."""
    paths.data_folder().mkdir(parents=True)

    def ask_again(_words: str) -> None:
        (paths.data_folder() / "end.request").write_text("again")

    supervisor = Supervisor(python("raise SystemExit(1)"), tmp_path / "run.log")
    assert supervisor.run(ask_again, first_pause_s=0.01) == ending.COME_BACK


@pytest.mark.posix_only("signals")
def test_a_signal_at_any_point_of_a_pause_ends_it(tmp_path: Path) -> None:
    lines = f"""
import random, signal
from pathlib import Path
from ult_desktop.cli.station import supervise
supervise.POLL_S = 1e-5
for _round in range(100):
    supervisor = supervise.Supervisor([], Path({str(tmp_path / "run.log")!r}))
    signal.signal(signal.SIGALRM, supervisor.stop)
    signal.setitimer(signal.ITIMER_REAL, random.uniform(0.001, 0.005))
    assert supervisor._pause(60) == 0
"""
    subprocess.run([sys.executable, "-c", lines], check=True, timeout=120)


@pytest.mark.slow
@pytest.mark.posix_only("signals")
def test_as_a_program_it_passes_its_arguments_on_and_obeys_a_signal(own_home: Path, tmp_path: Path) -> None:
    """A kiosk without a screen ends by itself and is started again."""
    command = [*own_command(), "run", "kiosk", "--database", str(tmp_path / "tidak-ada.db")]
    surroundings = {**os.environ, "DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, env=surroundings)
    assert process.stderr is not None
    assert b"status 1" in process.stderr.readline()
    process.send_signal(signal.SIGTERM)
    process.stderr.close()
    assert process.wait(300) == 0


@pytest.mark.slow
def test_what_only_a_person_can_mend_is_told_and_not_tried_again(own_home: Path, tmp_path: Path) -> None:
    settings = tmp_path / "station.toml"
    settings.write_text("nama = 'kios-1'")
    for wrong in (("--size", "bukan-ukuran"), ("--station", str(settings))):
        command = [*own_command(), "run", "kiosk", "--database", "tidak-ada.db", *wrong]
        ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=300)
        assert ended.returncode == 2
        assert "tidak dimulai lagi" in ended.stderr
        assert ("1280x720" in ended.stderr) or ("station.toml, baris 1" in ended.stderr)


@pytest.mark.posix_only("signals")
def test_a_crash_inside_a_library_leaves_its_traceback(tmp_path: Path) -> None:
    log = tmp_path / "run.log"
    crash = """
import os, signal
from ult_desktop.cli import program
program.program = lambda **_how: os.kill(os.getpid(), signal.SIGSEGV)
program.run()
"""
    told = list[str]()
    supervisor = Supervisor(python(crash), log)

    def tell(words: str) -> None:
        told.append(words)
        supervisor.stop()

    supervisor.run(tell)
    assert f"status -{int(signal.SIGSEGV)}" in told[0]
    assert "Segmentation fault" in log.read_text()


@pytest.mark.posix_only("systemd")
def test_a_mode_that_starts_with_the_pc_finds_its_files_from_any_folder(
    desk: CommandLine, own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ("--station", "station.toml", "--database=bersama/office.db", "--counter", "2")
    assert desk.run("autostart", "counter", *words).code == 0
    unit = (own_home / "systemd/user/ult-desktop.service").read_text()
    assert f"--station {tmp_path}/station.toml --database={tmp_path}/bersama/office.db --counter 2" in unit


def test_every_option_that_names_a_file_is_known() -> None:
    paths = {
        option
        for mode in (modes.kiosk, modes.counter, modes.display)
        for each in mode.params
        if isinstance(each.type, click.Path)
        for option in each.opts
    }
    assert paths == set(PATH_OPTIONS)


@pytest.mark.posix_only("systemd")
def test_a_mode_starts_with_the_pc_until_it_is_taken_out(desk: CommandLine, own_home: Path) -> None:
    answer = desk.run("autostart", "kiosk", "--station", "/srv/ult/station 1.toml")
    unit = own_home / "systemd/user/ult-desktop.service"
    wanted = own_home / "systemd/user/graphical-session.target.wants/ult-desktop.service"
    assert str(unit) in answer.out
    assert wanted.resolve() == unit.resolve()
    assert "run kiosk --station '/srv/ult/station 1.toml'" in unit.read_text()
    assert desk.run("autostart", "kiosk").code == 0
    assert desk.run("autostart", "kiosk", "--remove").code == 0
    assert not unit.exists()
    assert not wanted.is_symlink()
    assert desk.run("autostart", "kiosk", "--remove").code == 0


@pytest.mark.posix_only("systemd")
def test_a_folder_that_cannot_be_written_is_told(desk: CommandLine, own_home: Path) -> None:
    own_home.mkdir(parents=True, exist_ok=True)
    (own_home / "systemd").write_text("bukan folder")
    answer = desk.run("autostart", "display")
    assert answer.code == 1
    assert "tidak dapat ditulis" in answer.err


def test_a_percent_sign_reaches_systemd_as_one() -> None:
    assert "%%20" in autostart.unit_text(["a", "x%20y"])


def test_systemd_starts_again_whom_a_restart_helps() -> None:
    """One with wrong settings, one that runs already or is gone would be started every ten seconds for ever.

    systemd's own status for a program that it cannot start is 203:
    https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html
    """
    lines = dict(line.split("=", 1) for line in autostart.unit_text(["run"]).splitlines() if "=" in line)
    assert lines["Restart"] == "on-failure"
    left = {int(status) for status in lines["RestartPreventExitStatus"].split()}
    assert left == {unseen.WRONG_USE, ending.RUNS_ALREADY, 203}


@pytest.mark.parametrize(("status", "ended"), [(0, 0), (2, 2)])
def test_a_log_that_cannot_be_written_stops_no_mode(tmp_path: Path, status: int, ended: int) -> None:
    (tmp_path / "log").write_text("bukan folder", encoding="utf-8")
    runs, told = tmp_path / "runs", list[str]()
    code = "import pathlib, sys; pathlib.Path(sys.argv[1]).touch(); sys.exit(int(sys.argv[2]))"
    assert Supervisor(python(code, runs, status), tmp_path / "log" / "run.log").run(told.append) == ended
    assert runs.exists()
    assert len(told) == ended
