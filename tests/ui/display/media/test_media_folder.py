"""Which files count as media, and how pictures are read."""

import logging
import os
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st
from PIL import Image
from PySide6.QtCore import QSize

from ult_desktop.base.errors import UserError
from ult_desktop.core.station_health import unshown_words
from ult_desktop.ui.display.media.media_folder import MediaFolder, Medium, open_picture
from ult_desktop.ui.media_files import MediumKind, unshown


def medium(path: Path) -> Medium:
    return Medium(path, MediumKind.PICTURE, 0, 0)


def test_pictures_and_films_are_found_and_the_rest_left_alone(tmp_path: Path) -> None:
    for name in (
        "Alur.PNG",
        "brosur.JFIF",
        "profil.webm",
        "jadwal.webp",
        "catatan.txt",
        ".tersembunyi.jpg",
        "Thumbs.db",
    ):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "lama").mkdir()
    found = {each.path.name: each.kind for each in MediaFolder(tmp_path).scan()}
    assert found == {
        "Alur.PNG": MediumKind.PICTURE,
        "brosur.JFIF": MediumKind.PICTURE,
        "jadwal.webp": MediumKind.PICTURE,
        "profil.webm": MediumKind.VIDEO,
    }


def test_without_a_folder_there_is_nothing() -> None:
    assert MediaFolder(None).scan() == ()


def test_a_missing_folder_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Folder media tidak dapat dibaca"):
        MediaFolder(tmp_path / "tidak-ada").scan()


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_a_picture_is_read_no_larger_than_its_room(tmp_path: Path, name: str) -> None:
    Image.new("RGB", (800, 400), "navy").save(tmp_path / name)
    image = open_picture(medium(tmp_path / name), QSize(200, 200))
    assert image is not None
    assert (image.width(), image.height()) == (200, 100)


def test_a_small_picture_is_not_blown_up(tmp_path: Path) -> None:
    Image.new("RGB", (80, 40), "navy").save(tmp_path / "a.png")
    image = open_picture(medium(tmp_path / "a.png"), QSize(200, 200))
    assert image is not None
    assert (image.width(), image.height()) == (80, 40)


def test_a_photo_stands_as_the_camera_held_it(tmp_path: Path) -> None:
    upright = Image.Exif()
    upright[0x0112] = 6  # the camera lay on its side
    Image.new("RGB", (800, 400), "navy").save(tmp_path / "a.jpg", exif=upright)
    image = open_picture(medium(tmp_path / "a.jpg"), QSize(100, 300))
    assert image is not None
    assert (image.width(), image.height()) == (100, 200)


def test_a_damaged_picture_is_passed_over_and_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "rusak.jpg").write_bytes(b"bukan gambar")
    with caplog.at_level(logging.WARNING):
        assert open_picture(medium(tmp_path / "rusak.jpg"), QSize(100, 100)) is None
    assert "rusak.jpg" in caplog.text


def png_of(width: int, height: int, bits: int = 8) -> bytes:
    """The head of a picture of that size and those bits a colour, and nothing of it."""
    head = struct.pack(">IIBBBBB", width, height, bits, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b""))
    )


NESTED = "".join(f"<g id='g{n}'>" + f"<use xlink:href='#g{n - 1}'/>" * 9 + "</g>" for n in range(1, 12))
POISONED = {
    "raksasa.png": png_of(100_000, 100_000),
    "gambar.png": (
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
        f" width='9' height='9'><g id='g0'><rect width='9' height='9'/></g>{NESTED}</svg>"
    ).encode(),
    "surat.jpg": b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>",
    "lambang.bmp": b"II*\x00\x08\x00\x00\x00\xff\xff",
}


def test_a_photo_of_eighty_megapixels_is_made_smaller(tmp_path: Path) -> None:
    Image.new("L", (9000, 9000), 90).save(tmp_path / "a.jpg")
    image = open_picture(medium(tmp_path / "a.jpg"), QSize(200, 100))
    assert image is not None
    assert (image.width(), image.height()) == (100, 100)


def test_files_that_are_not_shown_are_named(tmp_path: Path) -> None:
    for name in ("a.jfif", "b.png"):
        Image.new("RGB", (8, 8)).save(tmp_path / name, "jpeg")
    for name in ("film.mp4", "klip.MOV", "Thumbs.db", ".tersembunyi.gif"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "lama.pdf").mkdir()
    assert unshown_words(unshown(tmp_path)) == ""
    (tmp_path / "raksasa.png").write_bytes(POISONED["raksasa.png"])
    for name in ("foto.heic", "Alur.PDF", "surat.jpg"):
        (tmp_path / name).write_bytes(POISONED["surat.jpg"])
    told = "Tidak dapat tampil di layar TV: Alur.PDF, foto.heic, raksasa.png, surat.jpg"
    assert unshown_words(unshown(tmp_path)) == f"{told}."
    for name in ("y.gif", "z.gif", "zz.tiff"):
        (tmp_path / name).write_bytes(b"GIF89a")
    assert unshown_words(unshown(tmp_path)) == f"{told}, y.gif, dan 2 berkas lain."


@pytest.mark.qt_log_ignore("JPEG datastream contains no image", extend=True)
def test_what_qt_cannot_decode_is_named(tmp_path: Path) -> None:
    for name in ("terpotong.jpg", "terpotong.png"):
        Image.new("RGB", (8, 8)).save(tmp_path / name)
        os.truncate(tmp_path / name, 20)
    (tmp_path / "16-bit.png").write_bytes(png_of(8000, 5000, bits=16))
    (tmp_path / "8-bit.png").write_bytes(png_of(8000, 5000))
    assert unshown(tmp_path) == ("16-bit.png", "terpotong.jpg", "terpotong.png")


@pytest.mark.parametrize("name", POISONED)
def test_a_poisoned_picture_is_passed_over(
    tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / name).write_bytes(POISONED[name])
    with caplog.at_level(logging.WARNING):
        assert open_picture(medium(tmp_path / name), QSize(100, 100)) is None
    assert name in caplog.text


@given(st.lists(st.text(max_size=12), max_size=4))
@example(["1²2", "٣", "10", "a"])
def test_files_of_any_name_have_an_order(names: list[str]) -> None:
    media = [medium(Path(f"x{name}.jpg")) for name in names] + [medium(Path(f"{name}.jpg")) for name in names]
    assert len(sorted(media, key=lambda each: each.order)) == len(media)


def test_what_phones_and_programs_save_is_shown_as_it_was_meant(tmp_path: Path) -> None:
    """Another ending than its content, colours for print, a turn in the EXIF: all are pictures."""
    red = Image.new("RGB", (40, 20), "red")
    Image.new("CMYK", (40, 20), (0, 255, 255, 0)).save(tmp_path / "cetak.jpg")
    turned = Image.Exif()
    turned[0x0112] = 6
    red.save(tmp_path / "putar.jpg", exif=turned)
    red.save(tmp_path / "png.jpg", "PNG")
    red.save(tmp_path / "jpeg.PNG", "JPEG")
    red.save(tmp_path / "lambat.jpg", progressive=True)
    assert unshown(tmp_path) == ()
    for path in tmp_path.iterdir():
        image = open_picture(medium(path), QSize(100, 100))
        assert image is not None, path.name
        assert (image.width() < image.height()) is (path.name == "putar.jpg")
        colour = image.pixelColor(5, 5)
        assert (colour.red() > 240, colour.green() < 20, colour.blue() < 20) == (True, True, True), path.name


@pytest.mark.parametrize("name", ["kosong.jpg", "kosong.MOV", "kosong.mp4", "foto.jpg.crdownload"])
def test_a_file_without_anything_in_it_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    assert unshown(tmp_path) == (name,)


@pytest.mark.parametrize("kind", ["GIF", "TIFF"])
def test_another_ending_makes_no_picture_of_it(tmp_path: Path, kind: str) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.jpg", kind)
    assert unshown(tmp_path) == ("a.jpg",)


@pytest.mark.parametrize("kind", ["webp", "png"])
def test_a_picture_that_moves_is_named(tmp_path: Path, kind: str) -> None:
    first, second = (Image.new("RGB", (80, 40), colour) for colour in ("navy", "gold"))
    first.save(tmp_path / f"diam.{kind}")
    profile = bytes(range(256)) * 20  # stands before what says that it moves
    moving = tmp_path / f"gerak.{kind}"
    first.save(moving, save_all=True, append_images=[second], duration=500, icc_profile=profile)
    assert unshown(tmp_path) == (f"gerak.{kind}",)
