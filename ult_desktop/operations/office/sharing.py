"""The folder that PCs share, on Windows: carries out the plan of `core.office.share_plan`, or undoes it.

Windows asks for the administrator once: `ult-desktop setup share` does all of it as one elevated program.
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
from ult_desktop.base.windows import Windows, quoted, windows_refusal
from ult_desktop.core.office.setup_answers import SHARE_ACCOUNT, SetupAnswers, SharedFolder
from ult_desktop.core.office.share_plan import ShareChange, ShareStep, host_steps, undo_of
from ult_desktop.db.lock_check.location import require_safe

ACCOUNT_DESCRIPTION = "Folder bersama ULT Desktop"  # in Windows; it identifies the program's own account


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


def share(shared: SharedFolder, windows: Windows) -> tuple[ShareChange, ...]:
    """Make the office's own account, if it is to have one, and share the folder; return what was changed.

    Raises:
        UserError: a cloud copies the folder, or Windows refused; nothing is changed but the password of an
            account that existed before.
    """
    require_safe(Path(shared.folder), follow_links=False)
    account_changes = _make_account(shared.password, windows) if shared.password else ()
    try:
        return (*account_changes, *carry_out(host_steps(shared), windows))
    except UserError:
        take_back(account_changes, windows)
        raise


def _make_account(password: str, windows: Windows) -> tuple[ShareChange, ...]:
    """Make the office's own account, or give it another password if it exists; return that change."""
    if windows.add_account(SHARE_ACCOUNT, password, ACCOUNT_DESCRIPTION):
        words = _("Akun {name} dibuat: hanya untuk folder bersama, tidak untuk masuk di layar")
        return (
            ShareChange(
                words=words.format(name=SHARE_ACCOUNT), undo=f"Remove-LocalUser -Name {quoted(SHARE_ACCOUNT)}"
            ),
        )
    words = _("Kata sandi akun {name} diganti; PC yang sudah bergabung perlu kata sandi yang baru")
    return (ShareChange(words=words.format(name=SHARE_ACCOUNT), undo=""),)


def carry_out(steps: Iterable[ShareStep], windows: Windows) -> tuple[ShareChange, ...]:
    """Carry out the steps; return what had to be changed. A step that fails undoes those before it.

    Raises:
        UserError: Windows refused.
    """
    changes: list[ShareChange] = []
    try:
        for step in steps:
            before = windows.ask(step.look)
            if before != step.wanted:
                windows.ask(step.act)
                changes.append(ShareChange(words=step.words, undo=undo_of(step, before)))
    except UserError:
        take_back(changes, windows)
        raise
    return tuple(changes)


def take_back(changes: Sequence[ShareChange], windows: Windows) -> None:
    """Undo the changes, the last one first. The program must run as administrator.

    Raises:
        UserError: Windows refused.
    """
    for change in reversed(changes):
        if change.undo:
            windows.ask(change.undo)


@contextmanager
def changing_windows(answers: SetupAnswers, windows: Windows) -> Iterator[tuple[ShareChange, ...]]:
    """Change Windows as the answers say; yield the changes. An error within the block undoes them.

    Raises:
        UserError: Windows, or the person who was asked for the administrator, refused.
    """
    folder = answers.share
    if folder is None and not answers.tune_windows:
        yield ()
        return
    command = ["setup", "share"]
    if folder is not None:
        command += [folder.folder, "--name", folder.name]
        for account in folder.accounts:
            command += ["--account", account]
    changes = run_elevated(command, windows, folder.password if folder else "")
    try:
        yield changes
    except BaseException:
        undo(changes, windows)
        raise


def undo(changes: tuple[ShareChange, ...], windows: Windows) -> None:
    """Undo changes that the elevated program made; Windows asks for the administrator again."""
    with TemporaryDirectory(prefix="ult-setup-") as folder:
        changes_file = Path(folder, "changes.json")
        changes_file.write_bytes(msgspec.json.encode(changes))
        run_elevated(("setup", "unshare", str(changes_file)), windows)


def run_elevated(words: Sequence[str], windows: Windows, password: str = "") -> tuple[ShareChange, ...]:
    """Run this program's command as administrator; return the changes that it reports.

    An elevated program inherits neither input nor environment: a `password` reaches it in a file of this
    account's own folder, which it deletes as it reads it.

    Raises:
        UserError: the command, or the person who was asked for the administrator, refused.
    """
    with TemporaryDirectory(prefix="ult-setup-") as folder:
        report_file, password_file = Path(folder, "report.json"), Path(folder, "password")
        if password:
            password_file.write_text(password, encoding="utf-8")
            words = (*words, "--password-file", str(password_file))
        run_as_administrator((*words, "--report", str(report_file)), windows)
        try:
            report = msgspec.json.decode(report_file.read_bytes(), type=ShareReport)
        except (OSError, msgspec.DecodeError) as error:
            raise windows_refusal(str(error)) from error
    if report.refused:
        raise UserError(report.refused, _("Pengaturan Windows tetap seperti semula."), report.todo)
    return report.changes


def run_as_administrator(words: Sequence[str], windows: Windows) -> None:
    """Run this program's own command as administrator, and wait for its end. Windows asks for consent.

    The administrator's account may be another one than that of the person at the PC.

    Raises:
        UserError: nobody agreed.
    """
    program, *arguments = own_command()
    line = subprocess.list2cmdline([*arguments, *words])
    windows.ask(
        f"Start-Process -FilePath {quoted(program)} -ArgumentList {quoted(line)}"
        " -Verb RunAs -WindowStyle Hidden -Wait",
        patience_s=None,  # a person has to answer
    )


class ShareReport(msgspec.Struct, frozen=True):
    """The report of the elevated program to the one that started it."""

    changes: tuple[ShareChange, ...] = ()
    refused: str = ""
    todo: str = ""
