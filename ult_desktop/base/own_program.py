"""The command of this program, for starting it again as another process, without boxes over its crashes."""

import ctypes
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

_NO_CRASH_BOX = 0x0001 | 0x0002  # SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX


def own_command() -> tuple[str, ...]:
    """Return the bundle itself, or Python with the package."""
    frozen = getattr(sys, "frozen", False)
    return (sys.executable,) if frozen else (sys.executable, "-m", "ult_desktop")


def without_console(command: Sequence[str]) -> list[str]:
    """Return `command` with its program's twin without a console, if there is one: python.exe, pythonw.exe.

    For python.exe Windows opens a console, and a person who closes that console ends the program.
    """
    program = Path(command[0])
    silent = program.with_name(f"{program.stem}w{program.suffix}")
    # From the source there is only Python itself.
    has_silent = program.suffix == ".exe" and silent.exists()
    return [str(silent if has_silent else program), *command[1:]]


class OwnAnswer(NamedTuple):
    """The result of a command of this program.

    `words` are its standard output if it succeeded, else its standard error. `answer` is its standard output
    in both cases.
    """

    succeeded: bool
    words: str
    answer: str = ""


def ask_own(
    *words: str,
    on_line: Callable[[str], object] = lambda _line: None,
    on_start: Callable[[Callable[[], None]], object] = lambda _end: None,
) -> OwnAnswer:
    """Run a command of this program and return its answer; its process outlives this one.

    `on_line` is called on this thread with each line that the command says on its standard error while it
    works. `on_start` is called once, with a function that ends the process at once, from any thread.
    """
    error_lines = []
    with (
        # The answer goes to a file: nobody reads a second pipe meanwhile, and a full one would stop it.
        TemporaryFile(mode="w+", encoding="utf-8", errors="replace") as out,
        subprocess.Popen(  # noqa: S603
            [*own_command(), *words],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.PIPE,
            # The program writes UTF-8 into pipes on every system; Python would read them in the code page of
            # Windows.
            encoding="utf-8",
            errors="replace",
        ) as process,
    ):
        on_start(process.kill)
        for line in process.stderr or ():
            error_lines.append(line)
            on_line(line.strip())
        succeeded = not process.wait()
        out.seek(0)
        answer = out.read().strip()
    return OwnAnswer(succeeded, answer if succeeded else "".join(error_lines).strip(), answer)


def start_with_pc(mode: str, station_file: Path | None, *, remove: bool = False) -> OwnAnswer:
    """Let `mode` start with this PC from now on (`remove`: no longer); Windows may ask an administrator."""
    settings = () if station_file is None else ("--station", str(station_file))
    # The account that sets an installed PC up is seldom the one that works at it.
    everyone = ("--everyone",) if sys.platform == "win32" and getattr(sys, "frozen", False) else ()
    return ask_own("autostart", mode, *(("--remove",) if remove else (*settings, *everyone)), "--ask")


def crash_without_box() -> None:
    """Keep a crash from waiting for a click on Windows, from now on.

    This holds for this process and for those that it starts.
    """
    if sys.platform == "win32":
        # Nobody sits before a lobby screen to close that box, and children inherit the mode:
        # https://learn.microsoft.com/en-us/windows/win32/api/errhandlingapi/nf-errhandlingapi-seterrormode
        ctypes.windll.kernel32.SetErrorMode(_NO_CRASH_BOX)
