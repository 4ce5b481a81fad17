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

MAX_SIDE = 240  # dots, of the longer side
MAX_BYTES = 20_000
SOURCE_FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP")  # of pictures from which a logo is made
MAX_SOURCE_DOTS = 50_000_000  # of such a picture; a large photograph has half as many
_COLOURS = (256, 128, 64, 32, 16, 8)  # numbers of colours, tried until the logo has few enough bytes
_WIDEST = 3  # a logo on a ticket is at most so many times as wide as high
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# The PNG specification's colour types, and the channels of each; the highest number of a line's filter.
_PALETTE = 3
_CHANNELS = {0: 1, 2: 3, _PALETTE: 1, 4: 2, 6: 4}
_HIGHEST_FILTER = 4


@lru_cache(maxsize=8)
def is_drawable(png: bytes) -> bool:
    """Return whether this is an undamaged PNG of at most `MAX_BYTES` and `MAX_SIDE` dots a side."""
    if len(png) > MAX_BYTES:
        return False
    try:
        chunks = list(_chunks(png))
        header = next(data for kind, data in chunks if kind == b"IHDR")
        width, height, depth, colour_type, _method, _filters, is_interlaced = struct.unpack(
            ">IIBBBBB", header
        )
        has_size = 0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE
        if is_interlaced or depth > 8 or not has_size:
            return False
        line_bytes = 1 + (width * _CHANNELS[colour_type] * depth + 7) // 8  # a row's filter, then its dots
        # One byte more than the picture has, so that a larger one is noticed and not unpacked whole.
        pixels = zlib.decompressobj().decompress(_join(chunks, b"IDAT"), line_bytes * height + 1)
    except (KeyError, StopIteration, struct.error, zlib.error):
        return False
    has_colours = colour_type != _PALETTE or bool(_join(chunks, b"PLTE"))
    filters = pixels[::line_bytes]
    return has_colours and len(pixels) == line_bytes * height and max(filters) <= _HIGHEST_FILTER


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and content of each chunk of a PNG. Raises struct.error or zlib.error for a broken one."""
    offset = len(_SIGNATURE)
    if not png.startswith(_SIGNATURE):
        raise struct.error("no PNG")
    kind = b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", png, offset)
        data = png[offset + 8 : offset + 8 + length]
        (check,) = struct.unpack_from(">I", png, offset + 8 + length)
        if zlib.crc32(kind + data) != check:
            raise zlib.error("damaged")
        offset += 12 + length
        yield kind, data


def _join(chunks: list[tuple[bytes, bytes]], kind: bytes) -> bytes:
    """Return the contents of all chunks of a kind, joined."""
    return b"".join(data for other, data in chunks if other == kind)


def make_logo(picture: bytes) -> bytes:
    """Make a logo of a picture, with fewer dots and colours.

    Raises:
        UserError: it is no picture, or has too many dots.
    """
    small = read_upright(picture, SOURCE_FORMATS)
    small.thumbnail((MAX_SIDE, MAX_SIDE))
    return next(png for colours in _COLOURS if len(png := _encode_png(small, colours)) <= MAX_BYTES)


def read_upright(picture: bytes, kinds: tuple[str, ...]) -> "Image.Image":
    """Read a picture of one of Pillow's formats `kinds`; return it in RGBA, turned as its EXIF data says.

    Raises:
        UserError: it is no picture, or has too many dots.
    """
    try:
        with Image.open(io.BytesIO(picture), formats=kinds) as image:
            if image.width * image.height > MAX_SOURCE_DOTS:
                raise unreadable_picture_error()
            return ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise unreadable_picture_error() from error


def _encode_png(image: "Image.Image", colours: int) -> bytes:
    file = io.BytesIO()
    image.quantize(colours, Image.Quantize.FASTOCTREE).save(file, "PNG", optimize=True)
    return file.getvalue()


def unreadable_picture_error() -> UserError:
    """Return the error for a file that is not read as a picture."""
    return UserError(
        _("Berkas itu tidak dapat dibaca sebagai gambar."),
        _("Tidak ada yang berubah."),
        _("Pilih gambar PNG atau JPEG lain."),
    )


def on_white(png: bytes) -> "Image.Image":
    """Return the picture as paper shows it: transparent parts are white."""
    with Image.open(io.BytesIO(png)) as image:
        picture = image.convert("RGBA")
    paper = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(paper, picture).convert("RGB")


def black_and_white(png: bytes, height: int) -> "Image.Image":
    """Return black dots on white, as a ticket printer draws; at most `height` dots high."""
    return ImageOps.contain(on_white(png), (height * _WIDEST, height)).convert("1")
