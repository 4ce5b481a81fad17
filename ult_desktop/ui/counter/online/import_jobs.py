"""The steps of an import that run away from the windows: plain functions, told apart by their thread."""

from pathlib import Path

import msgspec

from ult_desktop.core.online import OnlineSource
from ult_desktop.core.online_rows import Refusal
from ult_desktop.errors import UserError
from ult_desktop.i18n import _
from ult_desktop.operations.office import Office
from ult_desktop.operations.online_files import ListFile, read_list
from ult_desktop.operations.online_import import (
    Ground,
    Plan,
    ground_for,
    plan_of,
    refused_file,
    with_known,
)


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A list that was read, on what ground, and the plan so far."""

    file: ListFile
    path: Path
    ground: Ground
    plan: Plan


def read_ground(source: OnlineSource, office: Office) -> Ground:
    """On the thread of the office file."""
    return office.read(lambda tx: ground_for(tx, source, office.clock()))


def read_known(plan: Plan, office: Office) -> Plan:
    """On the thread of the office file."""
    return with_known(office, plan)


def load(path: Path, source: OnlineSource, ground: Ground) -> Draft:
    """On a thread for files. Raises UserError when it is no list."""
    file = read_list(path)
    return Draft(file=file, path=path, ground=ground, plan=plan_of(file, source, ground))


def write_refused(path: Path, refused: tuple[Refusal, ...]) -> Path:
    """Beside the list, on a thread for files. Raises UserError when the folder cannot be written."""
    target = path.with_name(f"{path.name}.ditolak.csv")
    try:
        target.write_bytes(refused_file(refused))
    except OSError as error:
        raise UserError(
            _("{path} tidak dapat ditulis.").format(path=target),
            _("Permintaan yang diimpor sudah tersimpan."),
            _("Salin daftarnya ke folder yang dapat ditulis, lalu ulangi."),
        ) from error
    return target
