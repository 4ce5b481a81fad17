"""The office's logo: a small PNG, which every screen, ticket and sheet can draw."""

import io
import struct
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from ult_desktop.base import UserError, _
from ult_desktop.base.late import late

if TYPE_CHECKING:
    from PIL import Image, ImageOps
else:
    Image, ImageOps = late("PIL.Image"), late("PIL.ImageOps")

SIDE = 240  # dots, the longer side
MOST_BYTES = 20_000
KINDS = ("PNG", "JPEG", "BMP", "GIF", "WEBP")  # of pictures from which a logo is made
MOST_DOTS = 50_000_000  # of such a picture; a large photograph has half of it
_COLOURS = (256, 128, 64, 32, 16, 8)  # of the logo: fewer until it is small enough
_WIDEST = 3  # times as wide as high, on a ticket
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# The PNG specification's kinds of colour, and their channels; the highest number of a line's filter.
_PALETTE = 3
_CHANNELS = {0: 1, 2: 3, _PALETTE: 1, 4: 2, 6: 4}
_HIGHEST_FILTER = 4


@lru_cache(maxsize=8)
def is_drawable(png: bytes) -> bool:
    """Return whether this is an undamaged PNG of at most `SIDE` dots a side, which every printer can draw."""
    if len(png) > MOST_BYTES:
        return False
    try:
        chunks = list(_chunks(png))
        head = next(data for kind, data in chunks if kind == b"IHDR")
        width, height, depth, kind, _method, _filters, interlaced = struct.unpack(">IIBBBBB", head)
        if interlaced or not (0 < width <= SIDE and 0 < height <= SIDE) or depth > 8:
            return False
        line = 1 + (width * _CHANNELS[kind] * depth + 7) // 8  # bytes of a row: its filter and its dots
        pixels = zlib.decompressobj().decompress(_all(chunks, b"IDAT"), line * height + 1)
    except (KeyError, StopIteration, struct.error, zlib.error):
        return False
    has_colours = kind != _PALETTE or bool(_all(chunks, b"PLTE"))
    return has_colours and len(pixels) == line * height and max(pixels[::line]) <= _HIGHEST_FILTER


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and content of each chunk of a PNG. Raises struct.error or zlib.error for a broken one."""
    at = len(_SIGNATURE)
    if not png.startswith(_SIGNATURE):
        raise struct.error("no PNG")
    kind = b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", png, at)
        data = png[at + 8 : at + 8 + length]
        (check,) = struct.unpack_from(">I", png, at + 8 + length)
        if zlib.crc32(kind + data) != check:
            raise zlib.error("damaged")
        at += 12 + length
        yield kind, data


def _all(chunks: list[tuple[bytes, bytes]], kind: bytes) -> bytes:
    """Return the contents of all chunks of a kind, joined."""
    return b"".join(data for each, data in chunks if each == kind)


def logo_of(picture: bytes) -> bytes:
    """Make a logo of a picture, with fewer dots and colours.

    Raises:
        UserError: it is no picture, or has too many dots.
    """
    small = upright(picture, KINDS)
    small.thumbnail((SIDE, SIDE))
    return next(png for colours in _COLOURS if len(png := _png(small, colours)) <= MOST_BYTES)


def upright(picture: bytes, kinds: tuple[str, ...]) -> "Image.Image":
    """Return a picture of one of Pillow's `kinds` as it is held upright, in RGBA.

    Raises:
        UserError: it is no picture, or has too many dots.
    """
    try:
        with Image.open(io.BytesIO(picture), formats=kinds) as found:
            if found.width * found.height > MOST_DOTS:
                raise no_picture()
            return ImageOps.exif_transpose(found).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise no_picture() from error


def _png(image: "Image.Image", colours: int) -> bytes:
    file = io.BytesIO()
    image.quantize(colours, Image.Quantize.FASTOCTREE).save(file, "PNG", optimize=True)
    return file.getvalue()


def no_picture() -> UserError:
    """Return the error for a file that is not read as a picture."""
    return UserError(
        _("Berkas itu tidak dapat dibaca sebagai gambar."),
        _("Tidak ada yang berubah."),
        _("Pilih gambar PNG atau JPEG lain."),
    )


def on_white(png: bytes) -> "Image.Image":
    """Return the picture as paper shows it: transparent parts are white."""
    with Image.open(io.BytesIO(png)) as found:
        drawn = found.convert("RGBA")
    ground = Image.new("RGBA", drawn.size, "white")
    return Image.alpha_composite(ground, drawn).convert("RGB")


def in_dots(png: bytes, height: int) -> "Image.Image":
    """Return black dots on white, as a ticket printer draws; at most `height` dots high."""
    return ImageOps.contain(on_white(png), (height * _WIDEST, height)).convert("1")
