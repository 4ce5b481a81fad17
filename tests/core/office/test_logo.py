"""The pictures that may be an office's logo: nothing that a screen or a printer stumbles over later."""

import io
import struct
import zlib

import pytest
from hypothesis import given, strategies as st
from PIL import Image, UnidentifiedImageError

from tests.pictures import LOGO, emblem, png
from ult_desktop.base.errors import UserError
from ult_desktop.core.office import logo
from ult_desktop.core.office.logo import MAX_BYTES, MAX_SIDE, is_drawable, make_logo
from ult_desktop.core.office.template import OfficeIdentity


def made(width: int, height: int, depth: int, kind: int, pixels: bytes, *, interlaced: int = 0) -> bytes:
    """A PNG written by hand."""
    head = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlaced)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(pixels)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_plain_kind_of_png_is_one(mode: str) -> None:
    assert is_drawable(png(emblem().convert(mode)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        png(emblem((MAX_SIDE + 1, 10))),
        made(2, 2, 8, 0, b"\0ab\0cd", interlaced=1),
        made(2, 2, 16, 0, b"\0abcd\0abcd"),
        made(2, 2, 8, 9, b"\0ab\0cd"),
        made(2, 2, 8, 0, b"\0ab"),
        made(2, 2, 8, 0, b"\0ab\0cdefg"),
        made(2, 2, 8, 0, b"\0ab\7cd"),
        made(2, 2, 8, 3, b"\0ab\0cd"),
        LOGO + b"\0" * MAX_BYTES,
    ],
)
def test_what_is_none_is_refused(data: bytes) -> None:
    assert not is_drawable(data)


@given(st.integers(0, len(LOGO) - 1), st.integers(1, 255))
def test_a_damaged_one_is_refused_or_can_still_be_drawn(at: int, change: int) -> None:
    damaged = LOGO[:at] + bytes([LOGO[at] ^ change]) + LOGO[at + 1 :]
    for data in (damaged, LOGO[:at]):
        if is_drawable(data):
            try:
                Image.open(io.BytesIO(data)).load()
            except (OSError, SyntaxError, UnidentifiedImageError) as error:
                pytest.fail(str(error))


def test_an_office_takes_no_other() -> None:
    names = {"name": "BPMP", "short_name": "BPMP", "timezone": "Asia/Jakarta"}
    assert OfficeIdentity(**names, logo=LOGO).logo == LOGO  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="logo bukan gambar PNG kecil"):
        OfficeIdentity(**names, logo=LOGO[:-1])  # type: ignore[arg-type]


def test_the_letterhead_is_the_offices_own_or_its_names() -> None:
    plain = OfficeIdentity(name="BPMP", short_name="BPMP", timezone="Asia/Jakarta", unit="ULT")
    assert plain.paper_head == ("BPMP", "ULT")
    own = OfficeIdentity(name="B", short_name="B", timezone="Asia/Jakarta", letterhead=("KEMENTERIAN", "B"))
    assert own.paper_head == ("KEMENTERIAN", "B")


@pytest.mark.parametrize(
    "image",
    [emblem((900, 700)), emblem((40, 30)), Image.effect_noise((700, 500), 90).convert("RGB")],
    ids=["large", "small", "noise"],
)
def test_any_picture_becomes_one(image: Image.Image) -> None:
    made = make_logo(png(image))
    assert is_drawable(made)
    drawn = logo.on_white(made)
    assert drawn.width / drawn.height == pytest.approx(image.width / image.height, rel=0.02)


def test_a_photograph_becomes_one() -> None:
    file = io.BytesIO()
    emblem((3000, 2000)).convert("RGB").save(file, "JPEG")
    assert is_drawable(make_logo(file.getvalue()))


def test_what_is_no_picture_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match="tidak dapat dibaca sebagai gambar"):
        make_logo(b"bukan gambar")
    monkeypatch.setattr(logo, "MAX_SOURCE_DOTS", 100)
    with pytest.raises(UserError, match="tidak dapat dibaca sebagai gambar"):
        make_logo(LOGO)


def test_transparent_parts_are_white_on_paper() -> None:
    assert logo.on_white(LOGO).getpixel((0, 0)) == (255, 255, 255)
    dots = logo.black_and_white(LOGO, 60)
    assert (dots.size, dots.mode, dots.getpixel((0, 0))) == ((80, 60), "1", 255)
    assert logo.black_and_white(png(emblem((240, 20))), 100).size == (300, 25)
