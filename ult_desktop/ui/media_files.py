"""The files of the lobby's media folder: what a display can show, and which files it cannot."""

from enum import StrEnum
from pathlib import Path

from PySide6.QtGui import QImage, QImageReader

from ult_desktop.base import UserError, _

_PICTURES = frozenset({".jpg", ".jpeg", ".jfif", ".jpe", ".png", ".webp", ".bmp"})
_VIDEOS = frozenset({".mp4", ".m4v", ".webm", ".mkv", ".mov", ".avi", ".mpg", ".mpeg", ".wmv"})
# The content of a file decides, not its name: Qt would also read a drawing or a document that is named like a
# picture, and a drawing of a few letters can take hours.
# The number is of pixels. A JPEG is made smaller while it is decoded: 12 MB of memory, and up to 600 MB for a
# progressive one, which is whole in memory. Qt decodes all others whole, up to 256 MB: 4 bytes a pixel, or 8
# where a colour has 16 bits.
_MOST_PIXELS = {"jpeg": 100_000_000, "png": 60_000_000, "webp": 60_000_000, "bmp": 60_000_000}
_USUAL_BITS = 32  # of a pixel
_HEAD = 1 << 16  # bytes; the profile of a picture's colours may precede the mark of an animation
_WINDOWS_OWN_FILES = frozenset({"thumbs.db", "desktop.ini"})


class MediumKind(StrEnum):
    """The way a file is shown."""

    PICTURE = "picture"
    VIDEO = "video"


def files_in(folder: Path) -> tuple[Path, ...]:
    """Return what is directly in the folder, without hidden files.

    Raises:
        UserError: the folder is not there or cannot be read.
    """
    try:
        return tuple(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise UserError(
            _("Folder media tidak dapat dibaca: {folder}.").format(folder=folder),
            safe=_("Layar tetap menampilkan panggilan dan daftar layanan."),
            todo=_("Periksa jalur media di pengaturan stasiun ini."),
        ) from error


def kind_of(path: Path) -> MediumKind | None:
    """Return how the file is shown, by its name; None: it is not shown."""
    suffix = path.suffix.casefold()
    if suffix in _PICTURES:
        return MediumKind.PICTURE
    return MediumKind.VIDEO if suffix in _VIDEOS else None


def picture_reader(path: Path) -> QImageReader | None:
    """Return the reader of a picture, not decoded yet; None when it is no picture, too large, or moves."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    # Qt goes by the name first: https://doc.qt.io/qt-6/qimagereader.html#setDecideFormatFromContent
    reader.setDecideFormatFromContent(True)
    most = _MOST_PIXELS.get(reader.format().toStdString())
    if most is None:  # first: Qt may read a drawing for hours to tell its size
        return None
    if QImage.toPixelFormat(reader.imageFormat()).bitsPerPixel() > _USUAL_BITS:
        most //= 2
    size = reader.size()
    if size.isEmpty() or size.width() * size.height() > most or _is_animated(path):
        return None
    return reader


def _is_animated(path: Path) -> bool:
    """Return whether it is a WebP or PNG of several pictures, of which a display would show the first."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    # https://developers.google.com/speed/webp/docs/riff_container#extended_file_format
    # https://www.w3.org/TR/png-3/#acTL-chunk
    is_animated_webp = head[12:16] == b"VP8X" and bool(head[20] & 0x02)
    before_pixels = head.partition(b"IDAT")[0]
    is_animated_png = head[:4] == b"\x89PNG" and b"acTL" in before_pixels
    return is_animated_webp or is_animated_png


def unshown(folder: Path) -> tuple[str, ...]:
    """Return the names of the folder's files that a display cannot show.

    Raises:
        UserError: the folder is not there or cannot be read.
    """
    names = []
    for path in files_in(folder):
        if path.name.casefold() in _WINDOWS_OWN_FILES or not path.is_file():
            continue
        kind = kind_of(path)
        is_shown = kind is MediumKind.VIDEO or (kind is MediumKind.PICTURE and picture_reader(path))
        if not is_shown or not path.stat().st_size:
            names.append(path.name)
    return tuple(sorted(names, key=str.casefold))
