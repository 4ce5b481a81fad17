"""The files that somebody asked for: either the whole new file is there, or the one from before."""

from contextlib import suppress
from pathlib import Path

from ult_desktop.base import UserError, _


def write_whole(path: Path, content: bytes, *, with_folder: bool = False) -> Path:
    """Write the file whole; return its path.

    Raises:
        UserError: it cannot be written.
    """
    half = path.with_name(f"{path.name}.part")
    try:
        if with_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(content)
        # A program that reads the file sees the old one or the new one, never a part.
        half.replace(path)
    except OSError as error:
        with suppress(OSError):
            half.unlink()
        raise UserError(
            _("{path} tidak dapat ditulis ({error}).").format(path=path, error=error.strerror or error),
            _("Yang tercatat tetap tersimpan."),
            _(
                "Tutup berkas itu di program lain; periksa foldernya, hak menulis, dan ruang kosong. "
                "Lalu coba lagi."
            ),
        ) from error
    return path
