"""Set a PC up as somebody answered: the office made or joined, then the PC's own settings; all or nothing."""

from contextlib import ExitStack
from pathlib import Path

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.base.config import default_path
from ult_desktop.base.own_program import start_with_pc
from ult_desktop.base.station_file import station_written
from ult_desktop.core.office.setup_answers import SetupAnswers, station_of, template_of
from ult_desktop.core.office.share_plan import ShareChange
from ult_desktop.operations.office.office_files import create_office, load_office
from ult_desktop.operations.office.place import examine, leave_pointer, office_path
from ult_desktop.operations.office.sharing import Windows, windows_set


class SetupResult(msgspec.Struct, frozen=True, kw_only=True):
    """`recovery_code` is "" where the office was there before; `changes` are those of Windows.

    `remarks`: what did not go, and can be done later.
    """

    database: str
    recovery_code: str = ""
    changes: tuple[ShareChange, ...] = ()
    remarks: tuple[str, ...] = ()


def set_up(
    answers: SetupAnswers, station_file: Path, code: str = "", windows: Windows | None = None
) -> SetupResult:
    """Carry the answers out. An error leaves office, settings and Windows as they were.

    Args:
        answers: what was decided.
        station_file: where the PC's settings go.
        code: the recovery code, where somebody has it on paper already.
        windows: this PC's.

    Raises:
        UserError: any part of it cannot be.
    """
    path = office_path(answers.database)
    answers = msgspec.structs.replace(answers, database=str(path))
    with ExitStack() as parts:
        parts.enter_context(station_written(station_file, station_of(answers)))
        changes = parts.enter_context(windows_set(answers, windows or Windows()))
        if answers.office is None:
            _require_office(answers)
        else:
            ready = load_office(answers.office.template)
            template, people = template_of(ready, answers.office), answers.office.officers
            code = create_office(path, template, answers.office.admin_password, people, code)
            leave_pointer(path)
    return SetupResult(
        database=str(path),
        recovery_code=code if answers.office is not None else "",
        changes=changes,
        remarks=_autostart(answers.mode, station_file) if answers.autostart else (),
    )


def _autostart(mode: str, station_file: Path) -> tuple[str, ...]:
    trouble = start_with_pc(mode, None if station_file == default_path() else station_file)
    return (trouble,) if trouble else ()


def _require_office(answers: SetupAnswers) -> None:
    if examine(answers.database, answers.name).office is None:
        raise UserError(
            _("Di {path} belum ada kantor.").format(path=answers.database),
            _("Tidak ada yang berubah."),
            _("Periksa alamatnya, atau pilih membuat kantor baru."),
        )
