"""The documents of an office in a file: their bytes lie in a folder next to it, under their hash."""

import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.db.store import share_files
from ult_desktop.db.store.engine import DocumentStore


def folder_of(office_file: Path) -> Path:
    """Return the folder of an office's documents: next to its file, named after it."""
    return office_file.with_name(f"{office_file.stem}-berkas")


def path_of(office_file: Path, sha256: str) -> Path:
    return folder_of(office_file) / sha256[:2] / sha256


class DocumentFolder(DocumentStore):
    """The folder of documents next to an office file."""

    def __init__(self, office_file: Path) -> None:
        self._office_file = office_file

    @override
    def put(self, sha256: str, content: bytes) -> None:
        """Write the bytes under another name, flush them to the disk, then rename the file."""
        # The name is the content's hash, so two stations that put the same scan write the same bytes, and the
        # later rename changes nothing.
        target = path_of(self._office_file, sha256)
        half = target.with_name(f"{target.name}.{uuid4().hex}")
        try:
            if target.exists():
                return
            target.parent.mkdir(parents=True, exist_ok=True)
            with half.open("wb") as file:
                file.write(content)
                # The row that names the document is committed after this; a power cut must not leave a row
                # whose file is empty. `flush` empties Python's buffer only.
                file.flush()
                os.fsync(file.fileno())
            share_files.replace_file(half, target)
        except OSError as error:
            with suppress(OSError):
                half.unlink()
            raise UserError(
                _("Berkas tidak dapat disimpan di folder kantor."),
                _("Tidak ada yang berubah."),
                _("Periksa ruang kosong dan hak menulis di folder berkas kantor."),
            ) from error

    @override
    def get(self, sha256: str) -> bytes | None:
        try:
            return share_files.read_whole(path_of(self._office_file, sha256))
        except OSError:
            return None

    @override
    def size(self, sha256: str) -> int | None:
        try:
            return path_of(self._office_file, sha256).stat().st_size
        except OSError:
            return None

    @override
    def take_away(self, sha256: str) -> bool:
        try:
            path_of(self._office_file, sha256).unlink(missing_ok=True)
        except OSError:
            return False
        return True

    @override
    def close(self) -> None:
        pass
