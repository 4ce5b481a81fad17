"""The steps of an import that run away from the windows: plain functions, sorted by their thread."""

from pathlib import Path

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.core.online import online_request, request_rows
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.online import list_import
from ult_desktop.operations.online.list_files import ListFile
from ult_desktop.operations.online.list_reader import ListReader


class ImportDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A list that was read, the context of the import, and the plan so far."""

    file: ListFile
    path: Path
    ground: list_import.ImportContext
    plan: list_import.ImportPlan


def read_import_context(source: online_request.OnlineSource, office: Office) -> list_import.ImportContext:
    """Read the context of the import, on the thread of the office file."""
    return office.read(lambda tx: list_import.import_context(tx, source, office.clock()))


def load(
    path: Path, source: online_request.OnlineSource, context: list_import.ImportContext, reader: ListReader
) -> ImportDraft:
    """Read the list and plan its import, on a thread for files.

    Raises:
        UserError: the file is no list.
    """
    file = reader.read()
    return ImportDraft(
        file=file, path=path, ground=context, plan=list_import.plan_import(file, source, context)
    )


def write_refused(path: Path, refused: tuple[request_rows.RowRefusal, ...]) -> Path:
    """Write the refused rows next to the list, on a thread for files.

    Raises:
        UserError: the folder cannot be written.
    """
    target = path.with_name(f"{path.name}.ditolak.csv")
    try:
        target.write_bytes(list_import.refused_file(refused))
    except OSError as error:
        raise UserError(
            _("{path} tidak dapat ditulis.").format(path=target),
            _("Permintaan yang diimpor sudah tersimpan."),
            _("Salin daftarnya ke folder yang dapat ditulis, lalu ulangi."),
        ) from error
    return target
