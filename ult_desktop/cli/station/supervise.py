"""`run` and `autostart`: the supervisor of a station's mode, the log of its runs, its start with the PC."""

import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from io import FileIO
from pathlib import Path
from queue import Empty, SimpleQueue
from types import FrameType
from typing import TYPE_CHECKING, Annotated, cast

import click
from typing_extensions import override

from ult_desktop import __version__
from ult_desktop.base import UserError, _, paths
from ult_desktop.base.bound_process import start_bound
from ult_desktop.base.config import load_station
from ult_desktop.base.late import late
from ult_desktop.base.own_program import crash_without_box, own_command
from ult_desktop.base.private_files import open_private
from ult_desktop.cli.common.parameters import command, param
from ult_desktop.cli.common.unseen import WRONG_USE, environment_of_child, is_unseen
from ult_desktop.pc import autostart as starts, ending, event_log
from ult_desktop.pc.event_log import LogEntry
from ult_desktop.pc.registry import Hive

if TYPE_CHECKING:
    from ult_desktop.base import windows
    from ult_desktop.db.store import server_address
    from ult_desktop.operations.office import sharing
else:
    windows = late("ult_desktop.base.windows")
    sharing = late("ult_desktop.operations.office.sharing")
    server_address = late("ult_desktop.db.store.server_address")


log = logging.getLogger(__name__)
MOST_BYTES = 1_000_000  # of a log before a new part begins
LAST_OUTPUT_S = 2.0  # how long `RunLog.end` waits for the last output of a mode
_CHUNK = 65_536  # bytes read at once


class RunLog(threading.Thread):
    """The log of a run: its newest output is in `path`, the part before it in the same name with `.last`.

    A log that cannot be written, or that another program holds open on Windows, does not stop the mode: the
    output is read and dropped.

    Args:
        output: the run's output, which is read to its end.
        path: the file of the newest part.
        most: bytes before a new part begins.
    """

    def __init__(self, output: FileIO, path: Path, most: int = MOST_BYTES) -> None:
        super().__init__(daemon=True, name="run-log")
        self._output, self._path, self._most = output, path, most
        self._file: FileIO | None = None
        self._size, self._is_ended, self._lock = 0, False, threading.Lock()
        self._begin_part()

    def end(self) -> None:
        """Wait for the last output of the mode, which has ended, and close the log.

        A program that the mode started, a reader of PDFs perhaps, may hold the output open for hours: what it
        writes later is dropped.
        """
        self.join(LAST_OUTPUT_S)
        with self._lock:
            self._is_ended = True
            self._close()

    @override
    def run(self) -> None:
        with self._output:
            while chunk := self._output.read(_CHUNK):
                with self._lock:
                    if not self._is_ended:
                        self._write(chunk)

    def _write(self, chunk: bytes) -> None:
        if self._size >= self._most:
            self._begin_part()
        self._size += len(chunk)
        if self._file is not None:
            with suppress(OSError):  # a full disk
                self._file.write(chunk)

    def _begin_part(self) -> None:
        self._close()
        self._size = 0
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._path.exists():
                self._path.replace(self._path.with_suffix(".last"))
            self._file = FileIO(self._path, "w", opener=open_private)
        except OSError as error:
            log.warning("%s: %s", self._path, error)

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0
STEADY_S = 300.0  # after a run of this length the pauses begin with the shortest again
LAST_LINES = 20  # of a failed mode's log are shown
POLL_S = 1.0  # between two looks for a request to end, during a pause
PATH_OPTIONS = ("--station", "--database")
_MODE = param("Kios, loket, atau layar TV.", type=click.Choice(starts.MODES))
Mode = Annotated[str, _MODE]
Args = Annotated[tuple[str, ...], param("Pilihan lain untuk MODE.", type=click.UNPROCESSED)]
_PASSED_ON = {"ignore_unknown_options": True}


class Supervisor:
    """The supervisor of a command, which starts it again until a person ends it or `stop` is called.

    Args:
        command: the program and its arguments.
        log: the file of its output (`RunLog`).
        steady_s: a run at least this long resets the pauses.
    """

    def __init__(self, command: Sequence[str], log: Path, steady_s: float = STEADY_S) -> None:
        self._command, self._log, self._steady_s = list(command), log, steady_s
        self._stopping = False
        # A signal may come at any point of the pause. An Event that is set while it is waited for would wait
        # for its own lock; `SimpleQueue.put` may interrupt `get` (Python's manual, `queue`).
        self._woken = SimpleQueue[None]()
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, show: Callable[[str], object], first_pause_s: float = FIRST_PAUSE_S) -> int:
        """Run the command until it ends for good; return the exit status to end with.

        `show` gets the words for a person about each failed run.

        0: a person ended it, or `stop` was called.
        2 (`WRONG_USE`): its options or settings are wrong, and only a person helps.
        `ending.COME_BACK`: it is to restart when its program has been exchanged.
        `ending.RUNS_ALREADY`: the station runs already, and its own supervisor starts it again.
        `ending.SET_UP`: the wizard was finished, and this PC's mode may be another one now.
        """
        pause = first_pause_s
        while True:
            began = time.monotonic()
            status = self._run_once()
            if status == 0 or self._stopping or ending.is_session_ending():
                return 0
            if status in (ending.COME_BACK, ending.RUNS_ALREADY, ending.SET_UP):
                return status
            if status == WRONG_USE:
                words = _("Pilihan atau setelannya salah; tidak dimulai lagi:")
                event_log.write_entry(LogEntry.WRONG_SETTINGS, words.rstrip(":"))
                show(words)
                show(self._end_of_log())
                return status
            # Not by the wall clock: an officer or the domain may set it during the run.
            if time.monotonic() - began >= self._steady_s:
                pause = first_pause_s
            words = _("Berhenti dengan status {n}; dimulai lagi.").format(n=status)
            event_log.write_entry(LogEntry.FAILED, words)
            show(words)
            requested_status = self._pause(pause)
            if requested_status is not None:
                return requested_status
            pause = min(pause * 2, LONGEST_PAUSE_S)

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """End the mode and do not start it again; usable as a signal handler."""
        self._stopping = True
        self._woken.put(None)
        if self._process is not None:
            self._process.terminate()

    def _pause(self, pause: float) -> int | None:
        """Wait before the next run; return the exit status to end with if a request to end comes meanwhile.

        Between two runs there is no station that would see the request.
        """
        while pause > 0:
            with suppress(Empty):
                self._woken.get(timeout=min(pause, POLL_S))
                return 0
            code = ending.requested_exit_status()
            if code is not None:
                return code
            pause -= POLL_S
        return None

    def _end_of_log(self) -> str:
        try:
            lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError as error:
            return str(error)
        return "\n".join(lines[-LAST_LINES:])

    def _run_once(self) -> int:
        self._process = process = start_bound(self._command, subprocess.PIPE, environment_of_child())
        run_log = RunLog(cast("FileIO", process.stdout), self._log)
        run_log.start()
        if self._stopping:  # asked to stop between two runs
            process.terminate()
        status = process.wait()
        run_log.end()
        return status


@command(context_settings=_PASSED_ON)
@ending.note_presence()
def run(mode: Annotated[str | None, _MODE] = None, args: Args = ()) -> None:
    crash_without_box()
    ending.end_after_others()
    mode = mode or load_station().mode
    if not mode:
        raise UserError(
            _("PC ini belum disiapkan sebagai kios, loket, atau layar."),
            todo=_("Siapkan dengan `ult-desktop setup`, atau sebut MODE."),
        )
    while (status := _supervise(mode, args)) == ending.SET_UP:
        # The wizard may have changed the mode: the options of the one before may not fit it.
        station = _settings_path(args)
        mode = load_station(station).mode
        args = () if station is None else ("--station", str(station))
    if status == ending.COME_BACK and sys.platform == "win32":  # on Linux systemd starts it again
        ending.start_later([mode, *args])
    raise SystemExit(status)


def _supervise(mode: str, args: Sequence[str]) -> int:
    supervisor = Supervisor([*own_command(), mode, *args], paths.log_path(f"run-{mode}"))
    signal.signal(signal.SIGTERM, supervisor.stop)
    signal.signal(signal.SIGINT, supervisor.stop)
    event_log.write_entry(
        LogEntry.STARTED, _("{mode}: dimulai, versi {version}.").format(mode=mode, version=__version__)
    )
    status = supervisor.run(_write_if_seen)
    event_log.write_entry(
        LogEntry.ENDED, _("{mode}: berakhir dengan status {n}.").format(mode=mode, n=status)
    )
    return status


def _settings_path(args: Sequence[str]) -> Path | None:
    """Return the path that `--station` names among the options of a mode; None without it."""
    for word, next_word in zip(args, (*args[1:], ""), strict=False):
        option, equals, value = word.partition("=")
        if option == "--station":
            return Path(value if equals else next_word)
    return None


def _write_if_seen(words: str) -> None:
    if not is_unseen():  # else the mode itself shows its words in a box
        click.echo(words, err=True)


@command(context_settings=_PASSED_ON)
def autostart(
    mode: Mode,
    args: Args = (),
    *,
    remove: Annotated[bool, "Jangan dimulai lagi bersama PC ini."] = False,
    everyone: Annotated[bool, "Bagi semua akun PC ini (administrator)."] = False,
    ask: Annotated[bool, "Windows meminta administrator."] = False,
) -> None:
    words, starter = with_absolute_paths(args), starts.of_this_pc()
    ask = ask and isinstance(starter, starts.RegistryStarts)
    try:
        if remove:
            _remove(starter, mode, ask=ask)
            click.echo(_("{mode} tidak dimulai bersama PC ini.").format(mode=mode))
        elif everyone:
            begin = partial(starts.begin_for_all, mode, words)
            _do_for_all(begin, [mode, *words, "--everyone"], _("Tidak ada yang berubah."), ask=ask)
            starter.end(Hive.ACCOUNT)
            click.echo(_("{mode} dimulai bersama PC ini di semua akun.").format(mode=mode))
        else:
            # Windows would begin two stations at one sign-in; Linux begins the account's instead of the PC's.
            if isinstance(starter, starts.RegistryStarts) and starter.is_on(Hive.PC):
                raise UserError(
                    _("Di PC ini sebuah stasiun sudah dimulai bagi semua akun."),
                    _("Tidak ada yang berubah."),
                    _("Ganti bagi semua akun: `ult-desktop autostart {mode} --everyone`.").format(mode=mode),
                )
            place = starter.begin(Hive.ACCOUNT, mode, words)
            message = _("{mode} dimulai bersama PC ini, mulai saat masuk berikutnya: {path}")
            click.echo(message.format(mode=mode, path=place))
    except OSError as error:
        raise UserError(
            _("Mulai bersama PC ini tidak dapat ditulis ({error}).").format(error=error),
            todo=_("Periksa hak tulis akun ini."),
        ) from error


def _remove(starter: starts.RegistryStarts | starts.SystemdStarts, mode: str, *, ask: bool) -> None:
    """End the start in this account and in all; where this account may not end the latter, opt out of it.

    Raises:
        UserError: the start in all accounts is still there.
    """
    starter.end(Hive.ACCOUNT)
    unchanged = _("Mulai sendiri milik akun ini sudah dilepas; bagi akun lain tidak ada yang berubah.")
    if isinstance(starter, starts.SystemdStarts):
        unchanged = _("Di akun ini tidak dimulai lagi; bagi akun lain tidak ada yang berubah.")
    try:
        _do_for_all(partial(starter.end, Hive.PC), [mode, "--remove"], unchanged, ask=ask)
    except UserError:
        if isinstance(starter, starts.SystemdStarts):
            starter.stay_out()
        raise


def _do_for_all(act: Callable[[], object], words: list[str], unchanged: str, *, ask: bool) -> None:
    """Do `act`, which changes all accounts; where this account may not, let Windows ask for an administrator.

    `words` are the arguments of `autostart` that do the same.

    Raises:
        UserError: nobody was asked, or nobody agreed. It says `unchanged`, the words for what is as it was.
    """
    try:
        act()
    except PermissionError as error:
        if not ask:
            raise UserError(
                _("Yang dimulai bagi semua akun PC ini hanya diubah oleh administrator."),
                unchanged,
                _("Sebagai administrator: `ult-desktop autostart {words}`").format(words=" ".join(words)),
            ) from error
        sharing.run_as_administrator(["autostart", *words], windows.Windows())


def with_absolute_paths(args: Sequence[str]) -> list[str]:
    """Return `args` with absolute paths: the system starts a mode in another folder."""
    changed = list[str]()
    for previous, word in zip(("", *args), args, strict=False):
        option, equals, value = word.partition("=")
        if previous in PATH_OPTIONS:
            changed.append(str(server_address.office_at(word).absolute()))
        elif equals and option in PATH_OPTIONS:
            changed.append(f"{option}={server_address.office_at(value).absolute()}")
        else:
            changed.append(word)
    return changed
