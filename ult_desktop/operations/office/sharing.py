"""The folder that PCs share, on Windows: the plan of `core.office.share_plan` carried out, or taken back.

The administrator is asked for once: `ult-desktop setup share` does all of it as one elevated program.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.base.own_program import own_command
from ult_desktop.core.office.setup_answers import SetupAnswers
from ult_desktop.core.office.share_plan import ShareChange, ShareStep, quoted, undo_of

POWERSHELL = ("powershell", "-NoProfile", "-NonInteractive", "-Command")
PATIENCE_S = 120.0
_STRICT = "$ErrorActionPreference = 'Stop'; [Console]::OutputEncoding = [Text.Encoding]::UTF8; "


class Windows:
    """The settings of this PC's Windows, by PowerShell.

    `shell` is the command that takes a script as its last word.
    """

    def __init__(self, shell: Sequence[str] = POWERSHELL) -> None:
        self._shell = shell

    def ask(self, script: str, patience_s: float | None = PATIENCE_S) -> str:
        """Run a script; return what it prints.

        Raises:
            UserError: it failed, or there is no PowerShell.
        """
        try:
            done = subprocess.run(  # noqa: S603
                [*self._shell, _STRICT + script],
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                stdin=subprocess.DEVNULL,
                timeout=patience_s,
                check=False,
                creationflags=0x0800_0000 if sys.platform == "win32" else 0,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _refused(str(error)) from error
        if done.returncode:
            raise _refused(done.stderr.strip() or done.stdout.strip())
        return done.stdout.strip()


def _refused(said: str) -> UserError:
    return _kept(_("Windows menolak: {said}").format(said=said.splitlines()[0] if said else "-"))


def _kept(what: str) -> UserError:
    return UserError(
        what,
        _("Pengaturan Windows tetap seperti semula."),
        _("Masuk dengan akun administrator PC ini, atau minta petugas TI."),
    )


def require_windows() -> None:
    """Raise UserError on other systems, with what a person has to do there."""
    if sys.platform != "win32":
        raise UserError(
            _("Folder bersama hanya dapat dibuat sendiri di Windows."),
            _("Tidak ada yang berubah."),
            _(
                "Di Linux pasang Samba seperti di panduan TI, bagian “The share”, dan buka berkasnya dari PC"
                " Windows; PC Linux memakai NFSv4 atau disknya sendiri."
            ),
        )


def carry_out(steps: Iterable[ShareStep], windows: Windows) -> tuple[ShareChange, ...]:
    """Carry out the steps; return what had to be changed. A step that fails takes back those before it.

    Raises:
        UserError: Windows refused.
    """
    done: list[ShareChange] = []
    try:
        for step in steps:
            before = windows.ask(step.look)
            if before != step.wanted:
                windows.ask(step.act)
                done.append(ShareChange(words=step.words, undo=undo_of(step, before)))
    except UserError:
        take_back(done, windows)
        raise
    return tuple(done)


def take_back(changes: Sequence[ShareChange], windows: Windows) -> None:
    """Take the changes back, the last one first.

    Raises:
        UserError: Windows refused.
    """
    for change in reversed(changes):
        windows.ask(change.undo)


@contextmanager
def windows_set(answers: SetupAnswers, windows: Windows) -> Iterator[tuple[ShareChange, ...]]:
    """Set Windows as the answers want it for the block. An error within the block takes that back.

    Raises:
        UserError: Windows, or the person who was asked for the administrator, refused.
    """
    folder = answers.share
    if folder is None and not answers.tune_windows:
        yield ()
        return
    accounts = (word for who in folder.accounts for word in ("--account", who)) if folder else ()
    changes = elevated(
        ("setup", "share", *((folder.folder, "--name", folder.name) if folder else ()), *accounts), windows
    )
    try:
        yield changes
    except BaseException:
        undo(changes, windows)
        raise


def undo(changes: tuple[ShareChange, ...], windows: Windows) -> None:
    """Take back changes that the elevated program made; this asks for the administrator again."""
    with TemporaryDirectory(prefix="ult-setup-") as folder:
        told = Path(folder, "changes.json")
        told.write_bytes(msgspec.json.encode(changes))
        elevated(("setup", "unshare", str(told)), windows)


def elevated(words: Sequence[str], windows: Windows) -> tuple[ShareChange, ...]:
    """Run this program's command as administrator; return what it reports to have changed.

    Raises:
        UserError: it was refused.
    """
    with TemporaryDirectory(prefix="ult-setup-") as folder:
        report = Path(folder, "report.json")
        as_administrator((*words, "--report", str(report)), windows)
        try:
            answer = msgspec.json.decode(report.read_bytes(), type=ShareReport)
        except (OSError, msgspec.DecodeError) as error:
            raise _refused(str(error)) from error
    if answer.refused:
        raise _kept(answer.refused)
    return answer.changes


def as_administrator(words: Sequence[str], windows: Windows) -> None:
    """Run this program's own command as administrator, and wait for its end. Windows asks for consent.

    The administrator's account may be another one than that of the person at the PC.

    Raises:
        UserError: nobody agreed.
    """
    program, *own = own_command()
    line = subprocess.list2cmdline([*own, *words])
    windows.ask(
        f"Start-Process -FilePath {quoted(program)} -ArgumentList {quoted(line)}"
        " -Verb RunAs -WindowStyle Hidden -Wait",
        patience_s=None,  # a person has to answer
    )


class ShareReport(msgspec.Struct, frozen=True):
    """The report of the elevated program to the one that started it."""

    changes: tuple[ShareChange, ...] = ()
    refused: str = ""
