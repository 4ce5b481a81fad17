"""The program as real processes: exit status, streams, two at once, stations that cannot start."""

import os
import re
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import click
import pytest

from tests.cli.conftest import CommandLine
from tests.office import PASSWORD, stranger
from tests.program import ROOT, answer_of, rows_of, start
from ult_desktop.base.config import default_path
from ult_desktop.base.paths import log_path
from ult_desktop.cli import program as module
from ult_desktop.cli.program import LOG

SCREEN = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.fixture
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in SCREEN:
        monkeypatch.delenv(variable, raising=False)


def test_the_office_of_this_pc_need_not_be_named(desk: CommandLine) -> None:
    """A remedy of `doctor` is a command without `--database`."""
    place = default_path()
    place.parent.mkdir(parents=True, exist_ok=True)
    for words in (("queue", "issue", "A"), ("queue", "list"), ("wait", "backtest")):
        place.write_text("")
        assert "--database" in desk.run(*words, ULT_DATABASE=None).err
        place.write_text(f"database = '{desk.path}'\n")
        assert "--database" not in desk.run(*words, ULT_DATABASE=None).err
    assert desk.run("queue", "list", "--json", ULT_DATABASE=None).row["label"] == "A001"
    assert desk.run("verify", "--json", ULT_DATABASE=None).row["tickets"] == 1


def test_two_processes_at_once_never_give_a_number_twice(desk: CommandLine) -> None:
    words = ("queue", "issue", "A", "--count", 50, "--database", desk.path, "--json")
    answers = [answer_of(process) for process in [start(*words), start(*words)]]
    assert [answer.code for answer in answers] == [0, 0], answers
    labels = [row["label"] for answer in answers for row in answer.rows]
    assert sorted(labels) == [f"A{n:03d}" for n in range(1, 101)]
    assert desk.run("verify", desk.path, "--json").row["tickets"] == 100


@pytest.mark.slow
def test_a_line_is_written_when_its_number_is_on_disk(desk: CommandLine) -> None:
    """Killed in the middle: every number that was told is in the file."""
    process = start("queue", "issue", "A", "--count", 5_000, "--database", desk.path, "--json")
    assert process.stdout is not None
    told = [process.stdout.readline() for _n in range(20)]
    process.kill()
    rest, _err = process.communicate()
    lines = [*told, *(line for line in rest.splitlines(keepends=True) if line.endswith("\n"))]
    link = stranger(desk.path)
    kept = {label for (label,) in link.execute("SELECT label FROM ticket")}
    link.close()
    labels = [row["label"] for row in rows_of("".join(lines))]
    assert len(labels) >= 20
    assert set(labels) <= kept


@pytest.mark.posix_only("signals")
def test_ctrl_c_is_answered_in_the_language_of_the_program(desk: CommandLine) -> None:
    process = start("queue", "issue", "A", "--count", 5_000, "--database", desk.path)
    assert process.stdout is not None
    assert process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _rest, err = process.communicate()
    assert (process.returncode, err.rstrip().splitlines()[-1]) == (1, "Dibatalkan.")


@pytest.mark.slow
def test_a_refusal_and_a_password_prompt_of_a_real_program(desk: CommandLine) -> None:
    answer = answer_of(start("queue", "call", "--counter", 1, "--database", desk.path, ULT_PASSWORD="salah"))
    assert (answer.code, answer.out) == (1, "")
    assert "sandi" in answer.err
    good = answer_of(
        start(
            "queue",
            "close-day",
            "--yes",
            "--database",
            desk.path,
            "--json",
            ULT_PASSWORD=PASSWORD,
            LC_ALL="C",
        )
    )
    assert (good.code, good.rows, good.err) == (0, [{"closed": 0}], "")


def test_taking_a_number_loads_no_window_library(desk: CommandLine) -> None:
    words = f"""
import sys
from click.testing import CliRunner
from ult_desktop.cli.program import program
done = CliRunner().invoke(program, ["queue", "issue", "A", "--database", {str(desk.path)!r}])
assert done.exit_code == 0, done.output
assert not [name for name in sys.modules if name.startswith(("PySide6", "escpos", "PIL"))]
"""
    done = subprocess.run(
        [sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_what_an_installer_asks_for_opens_no_office(desk: CommandLine) -> None:
    """An installer asks twice while somebody waits: each start loads the checks of properties alone."""
    words = """
import sys
from click.testing import CliRunner
from ult_desktop.cli.program import program
done = CliRunner().invoke(program, ["station", "install", "--prepare", "ROLE=kiosk", "PIN=1379"])
assert done.exit_code == 0, done.output
loaded = [each for each in sys.modules if each.startswith(("ult_desktop.db", "ult_desktop.operations"))]
assert not loaded, loaded
"""
    subprocess.run([sys.executable, "-c", words], cwd=ROOT, check=True)


def test_the_installer_of_windows_reads_every_letter() -> None:
    """Its plugin reads bytes in the code page of Windows, but UTF-16 as it is."""
    command = [sys.executable, "-m", "ult_desktop", "station", "install", "COUNTER=abc", "--prepare"]
    environment = {**os.environ, "ULT_ENCODING": "utf-16-le"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == 2
    assert "Bentuknya: 1 … 99." in done.stderr.decode("utf-16-le")


def test_help_is_told_as_the_commands_tell_it_and_loads_none_of_them() -> None:
    words = """
import sys
from click.testing import CliRunner
from ult_desktop.cli.program import program
done = CliRunner().invoke(program, ["--help"])
loaded = {name for name in sys.modules if name.startswith("ult_desktop.cli.")}
help = {f"ult_desktop.cli.common{part}" for part in ("", ".help", ".unseen")}
assert loaded == help | {"ult_desktop.cli.program"}, loaded
sys.stdout.write(done.output)
"""
    done = subprocess.run([sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=True)
    context = click.Context(module.program)
    for name, entry in module.COMMANDS.items():
        command = module.program.get_command(context, name)
        assert command is not None
        assert entry.help == ("" if command.hidden else command.help)
        assert (f"\n  {name} " in done.stdout) is not command.hidden


def test_help_of_a_command_opens_no_window_library() -> None:
    words = """
import sys
from click.testing import CliRunner
from ult_desktop.cli.program import COMMANDS, program
for name in COMMANDS:
    CliRunner().invoke(program, [name, "--help"])
    loaded = {each.partition(".")[0] for each in sys.modules} & {"PySide6", "escpos", "reportlab"}
    assert not loaded, (name, loaded)
"""
    subprocess.run([sys.executable, "-c", words], cwd=ROOT, check=True)


@pytest.mark.slow
def test_without_a_console_no_password_is_asked_for(desk: CommandLine) -> None:
    """Windows would be asked for ever, and a test that is started apart has none either."""
    call = ("queue", "call", "--counter", "1", "--database", str(desk.path))
    words = [sys.executable, "-m", "ult_desktop", *call]
    done = subprocess.run(
        words,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Kata sandi tidak dapat ditanyakan: tidak ada jendela perintah di sini.")
    assert "ULT_PASSWORD" in done.stderr


@pytest.mark.parametrize("error", ["EINVAL", "EPIPE"])
def test_a_reader_who_has_read_enough_is_no_bug(desk: CommandLine, error: str) -> None:
    """Windows tells of a closed pipe with error 22, and keeps nothing for a second try."""
    words = f"""
import errno, io, os, sys
class Closed(io.BufferedIOBase):
    def writable(self):
        return True
    def write(self, data):
        raise OSError(errno.{error}, os.strerror(errno.{error}))
sys.stdout = io.TextIOWrapper(Closed())
sys.argv = ["ult-desktop", "--help"]
from ult_desktop.cli import program
program.run()
"""
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert not log_path(LOG).exists()


@pytest.mark.usefixtures("no_screen")
@pytest.mark.parametrize("mode", ["kiosk", "counter", "display"])
def test_a_station_whose_settings_are_wrong(desk: CommandLine, tmp_path: Path, mode: str) -> None:
    """File, line, key and form, before any window and any screen."""
    settings = tmp_path / "station.toml"
    settings.write_text(f"database = '{desk.path}'\n[sync]\npoll_ms = 'cepat'\n", encoding="utf-8")
    answer = desk.run(mode, "--station", settings)
    assert answer.code == 2
    assert f"{settings}, baris 3: sync.poll_ms: seharusnya bilangan bulat" in answer.err
    assert "100 sampai 1500" in answer.err


def test_a_start_that_nobody_reads_was_a_click() -> None:
    """From a menu Windows gives no streams or its NUL, which it takes for a terminal."""
    lines = (
        "import sys; from ult_desktop.cli.program import _was_clicked; sys.exit(7 if _was_clicked() else 0)"
    )
    nothing = subprocess.DEVNULL
    detached = getattr(subprocess, "DETACHED_PROCESS", 0)
    done = subprocess.run(
        [sys.executable, "-c", lines],
        stdin=nothing,
        stdout=nothing,
        stderr=nothing,
        cwd=ROOT,
        creationflags=detached,
        check=False,
    )
    assert done.returncode == 7


@pytest.mark.posix_only("no screen")
@pytest.mark.usefixtures("no_screen")
@pytest.mark.parametrize("mode", ["kiosk", "counter", "display"])
def test_a_station_without_a_screen(desk: CommandLine, mode: str) -> None:
    answer = desk.run(mode, "--database", desk.path)
    assert answer.code == 1
    assert "Tidak ada layar" in answer.err


def test_a_station_without_a_database(desk: CommandLine, tmp_path: Path) -> None:
    settings = tmp_path / "station.toml"
    settings.touch()
    answer = desk.run("kiosk", "--station", settings, QT_QPA_PLATFORM="offscreen")
    assert answer.code == 1
    assert "Berkas kantor belum disebut" in answer.err


@pytest.mark.parametrize("size", ["besar", "1280x²"])
def test_a_size_that_is_none(desk: CommandLine, size: str) -> None:
    answer = desk.run("kiosk", "--database", desk.path, "--size", size, QT_QPA_PLATFORM="offscreen")
    assert answer.code == 2
    assert "1280x720" in answer.err


def test_a_place_that_loses_data(desk: CommandLine, tmp_path: Path) -> None:
    answer = desk.run(
        "display", "--database", tmp_path / "Dropbox" / "office.db", QT_QPA_PLATFORM="offscreen"
    )
    assert answer.code == 1
    assert "sinkronisasi" in answer.err


def test_a_printer_address_that_nobody_understands(desk: CommandLine, tmp_path: Path) -> None:
    settings = tmp_path / "station.toml"
    settings.write_text('[printer]\naddress = "gopher://x"\n[kiosk]\nexit_pin = "1379"\n', encoding="utf-8")
    words = ("kiosk", "--database", desk.path, "--station", settings)
    answer = answer_of(start(*words, QT_QPA_PLATFORM="offscreen"))
    assert answer.code == 2
    assert "gopher" in answer.err
    assert "Traceback" not in answer.err


def test_no_word_is_taken_for_a_pattern_of_file_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows click would look for files that fit "Selesai?" and put in what %NAME% stands for."""
    asked = list[dict[str, object]]()
    monkeypatch.setattr("faulthandler.enable", lambda: None)  # the tests have their own
    monkeypatch.setattr(module, "program", lambda **how: asked.append(how))
    module.run()
    assert asked == [{"windows_expand_args": False}]


def test_a_damaged_file_is_told_without_a_traceback(desk: CommandLine) -> None:
    with closing(stranger(desk.path)) as link, link:
        link.execute("UPDATE office SET settings = '{}'")
    answer = answer_of(start("queue", "board", "--database", desk.path))
    assert answer.code == 1
    assert answer.err.startswith(f"{desk.path} bukan berkas kantor yang utuh")
    assert "Traceback (most recent call last)" in log_path(LOG).read_text(encoding="utf-8")


@pytest.mark.parametrize("logs", [True, False])
def test_a_bug_is_told_in_words(desk: CommandLine, logs: bool) -> None:
    """Also where its traceback cannot be written down."""
    words = f"""
import sys
from ult_desktop.cli import program
program.LOG = {"ult-desktop" if logs else "x" * 300!r}
program.COMMANDS["nothing_of_this_name"] = program.Entry("care")
sys.argv = ["ult-desktop", "nothing_of_this_name"]
program.run()
"""
    done = subprocess.run(
        [sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Program berhenti karena kesalahan (AttributeError: ")
    assert "petugas TI" in done.stderr
    assert "Traceback" not in done.stderr
    assert not logs or "nothing_of_this_name" in log_path(LOG).read_text(encoding="utf-8")


def words_of_the_program() -> str:
    return (ROOT / "resources" / "i18n" / "ult_desktop.pot").read_text("utf-8").replace('"\n"', "")


def printed_commands() -> list[str]:
    """Every command that the program's own words tell somebody to type."""
    found = re.findall(r"`ult-desktop ([^`]+)`", words_of_the_program())
    filled = {"mode": "kiosk", "action": "on", "words": "kiosk --remove"}
    return sorted({re.sub(r"\{(\w+)\}", lambda name: filled.get(name[1], "1"), each) for each in found})


def test_every_command_that_is_told_stands_apart() -> None:
    """Between back-ticks, which the next test looks for; help with a line of its own for each has none."""
    plain = re.sub(r"`[^`]*`", "", words_of_the_program())
    told = re.findall(rf"ult-desktop (?:{'|'.join(module.COMMANDS)})\b.*", plain)
    assert [each for each in told if "BERKAS" not in each] == []


@pytest.mark.parametrize("words", printed_commands())
def test_a_command_that_is_told_works_as_it_is_printed(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a PC that is set up: what it wants is named, by a word in capitals where it differs."""
    for variable, value in (("ULT_DATABASE", "office.db"), ("ULT_NEW_PASSWORD", PASSWORD)):
        monkeypatch.setenv(variable, value)
    context = click.Context(module.program, info_name="ult-desktop")
    command: click.Command | None = module.program
    arguments = words.split()
    while isinstance(command, click.Group) and arguments and not arguments[0].startswith("-"):
        name = arguments.pop(0)
        command = command.get_command(context, name)
        assert command is not None, name
        if not isinstance(command, click.Group):
            break
        context = click.Context(command, info_name=name, parent=context)
    if isinstance(command, click.Group):
        return  # names a group of commands: its help tells the rest
    assert command is not None
    try:
        command.make_context(command.name, list(arguments), parent=context)
    except click.MissingParameter as error:
        raise AssertionError(error.format_message()) from error
    except click.BadParameter:
        assert any(word.isupper() for word in arguments), "only what stands for something else may not fit"
