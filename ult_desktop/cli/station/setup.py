"""`setup`: make this PC a station, by the wizard or from a file of answers.

`setup share` and `setup unshare` change Windows as administrator: the wizard starts them so.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import click
import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.base.config import default_path
from ult_desktop.base.settings_file import read_settings
from ult_desktop.base.windows import Windows
from ult_desktop.cli.common.help import TranslatedGroup
from ult_desktop.cli.common.parameters import FILE, command, param
from ult_desktop.cli.common.session import write, write_json
from ult_desktop.cli.station.modes import set_up as set_up_here
from ult_desktop.core.office.setup_answers import SetupAnswers, SharedFolder
from ult_desktop.core.office.share_plan import ShareChange, client_steps
from ult_desktop.operations.office.setting_up import SetupResult, set_up
from ult_desktop.operations.office.sharing import (
    ShareReport,
    carry_out,
    require_windows,
    share as share_folder,
    take_back,
)
from ult_desktop.pc import ending

Report = Annotated[Path | None, "Tulis hasilnya ke berkas ini juga."]


@click.group(cls=TranslatedGroup, invoke_without_command=True)
@click.option("--answers", type=FILE, help="Berkas jawaban (.toml): tanpa jendela.")
@click.option("--station", type=FILE, help="Setelan stasiun (.toml).")
@click.option("--force", is_flag=True, help="Ganti setelan stasiun yang sudah ada.")
@click.option("--json", "as_json", is_flag=True, help="Satu objek JSON per hasil.")
@click.pass_context
@ending.note_presence()
def setup(
    ctx: click.Context, answers: Path | None, station: Path | None, *, force: bool, as_json: bool
) -> None:
    if ctx.invoked_subcommand is not None:
        return
    target = station or default_path()
    if answers is None:
        raise SystemExit(set_up_here(station))
    if target.exists() and not force:
        raise UserError(
            _("PC ini sudah punya pengaturan: {path}.").format(path=target),
            _("Pengaturan itu tidak berubah."),
            _("Ganti dengan --force."),
        )
    result = set_up(read_settings(answers, SetupAnswers), target)
    write(as_json, result, *_result_lines(result, target))


def _result_lines(result: SetupResult, target: Path) -> list[str]:
    lines = [
        _("Kantor: {path}").format(path=result.database),
        _("Pengaturan PC ini: {path}").format(path=target),
        *(change.words for change in result.changes),
        *result.remarks,
    ]
    if result.recovery_code:
        lines.append(_("Kode pemulihan: {code}").format(code=result.recovery_code))
        lines.append(
            _(
                "Kode pemulihan data pribadi. Tulis di kertas dan simpan di lemari terkunci: kode ini tidak\n"
                "disimpan di mana pun dan tidak ditampilkan lagi."
            )
        )
    return lines


@command("Bagikan FOLDER ke PC kantor lewat Windows; tanpa FOLDER: setelan PC yang membukanya.", group=setup)
def share(
    folder: str | None = None,
    *,
    name: Annotated[str, param("Nama folder bersama.", show_default=True)] = "ult",
    account: Annotated[tuple[str, ...], "Akun Windows yang boleh membukanya, misalnya PC-1\\siti."] = (),
    password_file: Annotated[
        Path | None, "Buat akun kantor dengan kata sandi di berkas ini; berkasnya dihapus."
    ] = None,
    report: Report = None,
) -> None:
    """Share the folder and write the changes as JSON. Only an administrator may."""
    if folder is None:
        _change_windows(lambda: carry_out(client_steps(), Windows()), report)
    else:
        shared = _shared_folder(folder, name, account, _take_password(password_file))
        _change_windows(lambda: share_folder(shared, Windows()), report)


def _take_password(file: Path | None) -> str:
    """Return the password in the file, and delete the file."""
    if file is None:
        return ""
    try:
        password = file.read_text(encoding="utf-8").strip()
        file.unlink()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            _("Berkas kata sandi {path} tidak dapat dibaca.").format(path=file), _("Tidak ada yang berubah.")
        ) from error
    return password


@command("Kembalikan setelan Windows yang disebut CHANGES, seperti ditulis `setup share`.", group=setup)
def unshare(changes: Path, *, report: Report = None) -> None:
    def undo() -> tuple[ShareChange, ...]:
        take_back(msgspec.json.decode(changes.read_bytes(), type=tuple[ShareChange, ...]), Windows())
        return ()

    _change_windows(undo, report)


def _shared_folder(folder: str, name: str, accounts: tuple[str, ...], password: str) -> SharedFolder:
    values = {"folder": folder, "name": name, "accounts": accounts, "password": password}
    try:
        return msgspec.convert(values, SharedFolder)
    except msgspec.ValidationError as error:
        raise UserError(
            _("Folder, nama, akun, atau kata sandi itu tidak diterima."),
            _("Tidak ada yang berubah."),
            _("Nama: huruf, angka, - dan _. Sebut --account, atau kata sandi dari sedikitnya 12 huruf."),
        ) from error


def _change_windows(act: Callable[[], tuple[ShareChange, ...]], report: Path | None) -> None:
    """Write the changes that `act` makes as JSON, and they or its refusal into the file `report`.

    The program that started this one as administrator cannot read its output, but the file.
    """
    try:
        require_windows()
        changes = act()
    except UserError as error:
        if report is not None:
            report.write_bytes(msgspec.json.encode(ShareReport(refused=error.what, todo=error.todo)))
        raise
    if report is not None:
        report.write_bytes(msgspec.json.encode(ShareReport(changes)))
    write_json(changes)
