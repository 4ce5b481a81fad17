"""The steps of an import that run away from the windows: plain functions, told apart by their thread."""

from pathlib import Path

import msgspec

from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.core.online.online_request import OnlineSource
from ult_desktop.core.online.request_rows import RowRefusal
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.online.list_files import ListFile, read_list
from ult_desktop.operations.online.list_import import (
    ImportContext,
    ImportPlan,
    import_context,
    plan_import,
    refused_file,
)


class ImportDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A list that was read, on what ground, and the plan so far."""

    file: ListFile
    path: Path
    ground: ImportContext
    plan: ImportPlan


def read_import_context(source: OnlineSource, office: Office) -> ImportContext:
    """On the thread of the office file."""
    return office.read(lambda tx: import_context(tx, source, office.clock()))


def load(path: Path, source: OnlineSource, context: ImportContext) -> ImportDraft:
    """On a thread for files. Raises UserError when it is no list."""
    file = read_list(path)
    return ImportDraft(file=file, path=path, ground=context, plan=plan_import(file, source, context))


def write_refused(path: Path, refused: tuple[RowRefusal, ...]) -> Path:
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
