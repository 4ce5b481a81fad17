"""The folders that an office keeps next to its file, and the recordings of its own voice in one of them."""

from pathlib import Path

from ult_desktop.base import UserError, _
from ult_desktop.db.store.share_files import write_whole

_ABOUT_FILE = "pack.toml"
_ABOUT = 'name = "Suara kantor"\nlanguage = "id"\nlicence = "milik kantor"\n'


def own_voice_folder(office_file: Path) -> Path:
    """Return the folder of the office's own voice pack, where every display finds it."""
    return office_file.with_name(f"{office_file.stem}-suara")


def own_languages_folder(office_file: Path) -> Path:
    """Return the folder for an office's own languages, a folder each (`base/i18n.py`, `add_languages`)."""
    return office_file.with_name(f"{office_file.stem}-bahasa")


def sign_clips_folder(office_file: Path) -> Path:
    """Return the folder for an office's clips in sign language, a file for each page of the kiosk."""
    return office_file.with_name(f"{office_file.stem}-isyarat")


def recorded_clips(folder: Path) -> frozenset[str]:
    """Return the names of the clips that are recorded already.

    Raises:
        UserError: the folder cannot be read.
    """
    try:
        return frozenset(path.stem for path in folder.iterdir() if path.suffix == ".wav")
    except OSError as error:
        if isinstance(error, FileNotFoundError) and folder.parent.is_dir():
            return frozenset()  # the first clip makes it
        raise _unreachable(folder, error) from error


def keep_clip(folder: Path, name: str, wav: bytes) -> None:
    """Put a clip into the voice pack, over an earlier one of that name. The first clip makes the pack.

    Raises:
        UserError: the clip cannot be written; the earlier one stays.
    """
    try:
        folder.mkdir(exist_ok=True)
        write_whole(folder / _ABOUT_FILE, _ABOUT.encode())
        write_whole(folder / f"{name}.wav", wav)
    except OSError as error:
        raise _unreachable(folder, error) from error


def _unreachable(folder: Path, error: OSError) -> UserError:
    return UserError(
        _("Rekaman tidak dapat disimpan di {folder}: {why}.").format(
            folder=folder, why=error.strerror or error
        ),
        _("Rekaman lain tetap tersimpan."),
        _("Periksa ruang disk, jaringan dan hak tulis folder itu, lalu rekam ulang."),
    )
