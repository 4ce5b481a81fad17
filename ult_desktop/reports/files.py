"""The writing of whole files: afterwards there is the whole new file, or still the old one."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ult_desktop.base import UserError, _


def write_whole(path: Path, content: bytes, *, with_folder: bool = False) -> Path:
    """Write the file whole; return its path.

    Raises:
        UserError: the file cannot be written.
    """
    new = path.with_name(f"{path.name}.part")
    try:
        if with_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(content)
        # A program that reads the file sees the old one or the new one, never a part.
        new.replace(path)
    except OSError as error:
        with suppress(OSError):
            new.unlink()
        raise _write_error(path, error) from error
    return path


def write_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all these files, by their names, into a folder; without room for all of them, none.

    The folder is made if it is not there. A file that another program holds stays as it was.

    Raises:
        UserError: the folder cannot be written.
    """
    final_paths = {folder / f"{name}.part": folder / name for name in files}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for new, content in zip(final_paths, files.values(), strict=True):
            new.write_bytes(content)
        # The files get their names when all are written: a full disk leaves those from before.
        for new, path in final_paths.items():
            new.replace(path)
    except OSError as error:
        for new in final_paths:
            with suppress(OSError):
                new.unlink()
        raise _write_error(folder, error) from error


def _write_error(path: Path, error: OSError) -> UserError:
    return UserError(
        _("{path} tidak dapat ditulis ({error}).").format(path=path, error=error.strerror or error),
        _("Yang tercatat tetap tersimpan."),
        _(
            "Tutup berkas itu di program lain; periksa foldernya, hak menulis, dan ruang kosong. "
            "Lalu coba lagi."
        ),
    )
