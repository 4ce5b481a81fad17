"""The setup of a PC from a person's answers: all of it or nothing.

It makes or joins the office and shares its folder, and writes the PC's settings.
"""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.base.config import StationConfig, default_path, load_station
from ult_desktop.base.own_program import OwnAnswer, ask_own, start_with_pc
from ult_desktop.base.station_file import unwritable_error, write_station_after
from ult_desktop.base.windows import Windows
from ult_desktop.core.office.setup_answers import SetupAnswers, share_account_of, station_of, template_of
from ult_desktop.core.office.share_plan import ShareChange
from ult_desktop.core.queue.boards import StationStatus
from ult_desktop.db.store.server_address import is_server
from ult_desktop.operations.access.passwords import make_password
from ult_desktop.operations.office.office_files import create_office, load_office
from ult_desktop.operations.office.place import examine, office_path, open_share, write_pointer
from ult_desktop.operations.office.share_account import is_public, keeping_account
from ult_desktop.operations.office.sharing import changing_windows
from ult_desktop.operations.office.station_replacing import take_over_config

CHANGES = "windows-changes.json"


class SetupResult(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a setup.

    `recovery_code` is "" if the office existed before. `changes` are those of Windows; `undo` is the file
    from which `setup unshare` takes them back. `remarks` say what failed and can be done later.
    """

    database: str
    recovery_code: str = ""
    changes: tuple[ShareChange, ...] = ()
    remarks: tuple[str, ...] = ()
    undo: str = ""


def set_up(
    answers: SetupAnswers, station_file: Path, code: str = "", windows: Windows | None = None
) -> SetupResult:
    """Set this PC up. An error leaves office, settings and Windows as they were.

    Args:
        answers: the person's.
        station_file: the file of the PC's settings.
        code: the recovery code, if the person has one on paper already.
        windows: the Windows of this PC.

    Raises:
        UserError: a part of the setup is impossible.
    """
    before = load_station(station_file) if station_file.exists() else StationConfig()
    windows, account = windows or Windows(), share_account_of(answers)
    if answers.share is None:
        open_share(answers.database, account, windows)
    path = office_path(answers.database, is_new_office=answers.office is not None)
    answers = msgspec.structs.replace(answers, database=str(path), name=answers.replaces or answers.name)
    config = station_of(answers, before)
    if answers.replaces:
        config = take_over_config(_require_replaced(path, answers.replaces), config)
    # Each part is undone by its context manager if a later one fails.
    with ExitStack() as parts:
        parts.enter_context(write_station_after(station_file, config))
        changes = parts.enter_context(changing_windows(answers, windows))
        parts.enter_context(keeping_account(path, account, windows))
        undo = parts.enter_context(_writing_changes(station_file.with_name(CHANGES), changes))
        if answers.office is None:
            _require_office(path, "" if answers.name == before.name else answers.name)
        else:
            shipped = load_office(answers.office.template)
            template, people = template_of(shipped, answers.office), answers.office.officers
            parts.enter_context(_making_folder(path.parent))
            code = create_office(path, template, answers.office.admin_password, people, code)
            if not is_server(path):
                write_pointer(path, account.name if account else "")
    return SetupResult(
        database=str(path),
        undo=undo,
        recovery_code=code if answers.office is not None else "",
        changes=changes,
        remarks=(*_network_remarks(answers, windows), *_do_optional_parts(answers, station_file)),
    )


@contextmanager
def _writing_changes(file: Path, changes: tuple[ShareChange, ...]) -> Iterator[str]:
    """Write the file from which `setup unshare` takes the changes back later; yield its path.

    Without changes no file is written, and "" is yielded. An error within the block undoes the writing.

    Raises:
        UserError: the file cannot be written.
    """
    if not changes:
        yield ""
        return
    before = file.read_bytes() if file.is_file() else None
    try:
        file.write_bytes(msgspec.json.encode(changes))
    except OSError as error:
        raise unwritable_error(file, error) from error
    try:
        yield str(file)
    except BaseException:
        with suppress(OSError):
            file.unlink() if before is None else file.write_bytes(before)
        raise


@contextmanager
def _making_folder(folder: Path) -> Iterator[None]:
    """Make the folder, but none above it; an error within the block removes it again."""
    try:
        folder.mkdir()
    except OSError:  # the folder exists, or the office cannot be created there either
        yield
        return
    try:
        yield
    except BaseException:
        with suppress(OSError):
            folder.rmdir()
        raise


def _require_replaced(path: Path, name: str) -> StationStatus:
    """Return the station `name`, if an admin has marked it as replaced, and this PC may take its place."""
    office = examine(str(path)).office
    stations = [station for station in (office.replaceable if office else ()) if station.name == name]
    if not stations:
        raise UserError(
            _("Tidak ada komputer bernama {name} yang diganti.").format(name=name),
            _("Tidak ada yang berubah."),
            _("Ganti dulu komputer lama itu di Kesehatan, pada PC lain."),
        )
    return stations[-1]


def new_windows_password() -> str:
    """Return "Bakosi-timuna-relefo-sadoku-47", of 79 random bits.

    Whoever listens on the network tries passwords at home, and Windows may ask for capitals and digits.
    """
    return f"{make_password(4).capitalize()}-{secrets.randbelow(90) + 10}"


def _network_remarks(answers: SetupAnswers, windows: Windows) -> Iterator[str]:
    """Yield a remark if other PCs would not reach the share: a public network lets nobody in."""
    if answers.share is not None and is_public(windows):
        yield _(
            "Jaringan PC ini bertanda Publik, dan PC lain tidak dapat membuka foldernya: jadikan Privat di"
            " Pengaturan Windows, Jaringan dan Internet"
        )


def _do_optional_parts(answers: SetupAnswers, station_file: Path) -> Iterator[str]:
    """Set up autostart and lock-down as answered; return what failed.

    A failure undoes nothing: both can be done later as well.
    """
    results: list[OwnAnswer] = []
    if answers.autostart:
        results.append(start_with_pc(answers.mode, None if station_file == default_path() else station_file))
    if answers.lock_down:
        results.append(ask_own("station", "lock-down", "on", "--ask"))
    return (result.words for result in results if not result.succeeded)


def _require_office(path: Path, station: str) -> None:
    if examine(str(path), station).office is None:
        raise UserError(
            _("Di {path} belum ada kantor.").format(path=path),
            _("Tidak ada yang berubah."),
            _("Periksa alamatnya, atau pilih membuat kantor baru."),
        )
