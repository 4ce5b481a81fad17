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
from ult_desktop.base.windows import Windows, quoted, windows_refusal
from ult_desktop.core.office.setup_answers import SHARE_ACCOUNT, SetupAnswers, SharedFolder
from ult_desktop.core.office.share_plan import ShareChange, ShareStep, host_steps, undo_of
from ult_desktop.db.lock_check.location import require_safe

ABOUT_ACCOUNT = "Folder bersama ULT Desktop"  # the account's description, by which it is known again


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
            account that was there before.
    """
    require_safe(Path(shared.folder), follow_links=False)
    made = _account_made(shared.password, windows) if shared.password else ()
    try:
        return (*made, *carry_out(host_steps(shared), windows))
    except UserError:
        take_back(made, windows)
        raise


def _account_made(password: str, windows: Windows) -> tuple[ShareChange, ...]:
    if windows.add_account(SHARE_ACCOUNT, password, ABOUT_ACCOUNT):
        words = _("Akun {name} dibuat: hanya untuk folder bersama, tidak untuk masuk di layar")
        return (
            ShareChange(
                words=words.format(name=SHARE_ACCOUNT), undo=f"Remove-LocalUser -Name {quoted(SHARE_ACCOUNT)}"
            ),
        )
    words = _("Kata sandi akun {name} diganti; PC yang sudah bergabung perlu kata sandi yang baru")
    return (ShareChange(words=words.format(name=SHARE_ACCOUNT), undo=""),)


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
        if change.undo:
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
    command = ["setup", "share"]
    if folder is not None:
        command += [folder.folder, "--name", folder.name]
        for account in folder.accounts:
            command += ["--account", account]
    changes = elevated(command, windows, folder.password if folder else "")
    try:
        yield changes
    except BaseException:
        undo(changes, windows)
        raise


def undo(changes: tuple[ShareChange, ...], windows: Windows) -> None:
    """Take back changes that the elevated program made; this asks for the administrator again."""
    with TemporaryDirectory(prefix="ult-setup-") as folder:
        listed = Path(folder, "changes.json")
        listed.write_bytes(msgspec.json.encode(changes))
        elevated(("setup", "unshare", str(listed)), windows)


def elevated(words: Sequence[str], windows: Windows, password: str = "") -> tuple[ShareChange, ...]:
    """Run this program's command as administrator; return what it reports to have changed.

    An elevated program inherits neither input nor environment: a `password` reaches it in a file of this
    account's own folder, which it deletes as it reads it.

    Raises:
        UserError: it was refused.
    """
    with TemporaryDirectory(prefix="ult-setup-") as folder:
        report, secret = Path(folder, "report.json"), Path(folder, "password")
        if password:
            secret.write_text(password, encoding="utf-8")
            words = (*words, "--password-file", str(secret))
        as_administrator((*words, "--report", str(report)), windows)
        try:
            answer = msgspec.json.decode(report.read_bytes(), type=ShareReport)
        except (OSError, msgspec.DecodeError) as error:
            raise windows_refusal(str(error)) from error
    if answer.refused:
        raise UserError(answer.refused, _("Pengaturan Windows tetap seperti semula."), answer.todo)
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
    todo: str = ""
